"""Who is asking, when nobody says so."""

import dataclasses

import pytest

from hub.base.actor import PUBLIK, Peran


def test_the_public_is_one_fixed_value() -> None:
    assert (PUBLIK.peran, PUBLIK.wilayah, PUBLIK.nama) == (Peran.PUBLIK, "", "publik")
    with pytest.raises(dataclasses.FrozenInstanceError):
        PUBLIK.peran = Peran.ADMIN  # type: ignore[misc]
