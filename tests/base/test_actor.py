"""Who sees which region's drafts and raw figures."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.actor import PUBLIK, Actor, Peran

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)

KABUPATEN = Actor(Peran.KABUPATEN, "53.14", "Dinas Sosial Rote Ndao")
PROVINSI = Actor(Peran.PROVINSI, "53", "Dinas Sosial NTT")
ADMIN = Actor(Peran.ADMIN, "", "pengelola")
WILAYAH = ["53", "53.14", "53.14.01", "53.14.01.2005", "53.15", "53.15.01", "36", "36.73"]


@pytest.mark.parametrize(
    ("aktor", "terjangkau"),
    [
        (PUBLIK, []),
        (KABUPATEN, ["53.14", "53.14.01", "53.14.01.2005"]),
        (PROVINSI, ["53", "53.14", "53.14.01", "53.14.01.2005", "53.15", "53.15.01"]),
        (ADMIN, WILAYAH),
    ],
)
def test_each_role_reaches_its_own_region_and_below(aktor: Actor, terjangkau: list[str]) -> None:
    assert [w for w in WILAYAH if aktor.menjangkau(w)] == terjangkau


def test_a_code_that_only_begins_alike_is_not_reached() -> None:
    assert not Actor(Peran.KABUPATEN, "53.1", "").menjangkau("53.14")
    assert not Actor(Peran.PROVINSI, "5", "").menjangkau("53")


@pytest.mark.parametrize("peran", [Peran.KABUPATEN, Peran.PROVINSI, Peran.PUBLIK])
def test_a_role_without_a_region_reaches_nothing(peran: Peran) -> None:
    assert not any(Actor(peran, "", "").menjangkau(w) for w in WILAYAH)


@CEPAT
@given(st.sampled_from(WILAYAH), st.sampled_from(WILAYAH))
def test_the_public_reaches_nothing_whatever_region_it_claims(milik: str, ditanya: str) -> None:
    assert not Actor(Peran.PUBLIK, milik, "publik").menjangkau(ditanya)


def test_the_public_is_one_fixed_value() -> None:
    assert (PUBLIK.peran, PUBLIK.wilayah, PUBLIK.nama) == (Peran.PUBLIK, "", "publik")
    with pytest.raises(dataclasses.FrozenInstanceError):
        PUBLIK.peran = Peran.ADMIN  # type: ignore[misc]
