"""Who is asking, when nobody says so."""

import dataclasses

import pytest

from hub.base.actor import PUBLIC, Role


def test_the_public_is_one_fixed_value() -> None:
    assert (PUBLIC.role, PUBLIC.wilayah, PUBLIC.name) == (Role.PUBLIC, "", "publik")
    with pytest.raises(dataclasses.FrozenInstanceError):
        PUBLIC.role = Role.ADMIN  # type: ignore[misc]
