"""The index of regions says what going through all of them says, for every kind of spelling; and tires of guessing."""

import random
from datetime import date
from pathlib import Path

import pytest

from hub.rekap.examination import ProvinsiRegionIndex
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah, NoMatchError, RegionList, RegionMatch
from tests.wilayah.national_list import AS_OF, national

_OF = date(2020, 1, 1)


def said(regions: RegionList, name: str, kecamatan: str | None) -> object:
    try:
        return regions.match_name(name, kecamatan)
    except NoMatchError as misfit:
        return misfit.cause, misfit.suggestions


def said_of_code(regions: RegionList, code: str) -> object:
    try:
        return regions.match_kode(code)
    except NoMatchError as misfit:
        return misfit.cause, misfit.suggestions


def misspelled(name: str, chance: random.Random) -> str:
    letters = list(name)
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 2)] = chance.choice(["", "a", "e", "lo", " ", "y"])
        letters = letters or ["x"]
    return chance.choice(["", "", "Desa ", "Kec. ", "Kel."]) + "".join(letters)


@pytest.mark.parametrize("kab", ["53.14", "36.73", "36.01"])
def test_it_says_the_same(data: Path, kab: str) -> None:
    slow, chance = national(data, 2025, kab), random.Random(kab)
    fast = RegionIndex(kab, AS_OF, slow.in_force.values())
    below = [w for k, w in slow.in_force.items() if len(k) > 5]
    kecamatan = [w.nama for k, w in slow.in_force.items() if len(k) == 8]
    outcomes = set()
    for _ in range(700):
        name = misspelled(chance.choice(below).nama, chance)
        beside = chance.choice([None, None, misspelled(chance.choice(kecamatan), chance), chance.choice(kecamatan)])
        expected = said(slow, name, beside)
        assert said(fast, name, beside) == expected == said(fast, name, beside), (name, beside)
        outcomes.add(type(expected))
    assert outcomes == {RegionMatch, tuple}
    for code in (*list(slow.in_force)[:50], f"{kab}.01.9999", f"{kab}.99", "99.99", "abc"):
        assert said_of_code(fast, code) == said_of_code(slow, code), code


def test_each_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = RegionList.match_name

    def noted(self: RegionList, name: str, kecamatan: str | None) -> RegionMatch:
        asked.append(name)
        return plain(self, name, kecamatan)

    monkeypatch.setattr(RegionList, "match_name", noted)
    regions = RegionIndex("53.14", AS_OF, [DatedWilayah("53.14.01", _OF, None, "Rote Barat Daya")])
    for _ in range(3):
        assert said(regions, "Rote Barat Daya", None) == RegionMatch("53.14.01", "Rote Barat Daya")
        assert said(regions, "Antah Berantah", None) == ("TAK_DIKENAL", ())
    assert asked == ["Rote Barat Daya", "Antah Berantah"]


def test_it_tires_of_guessing_and_never_of_finding() -> None:
    regions = RegionIndex("53.14", AS_OF, [DatedWilayah("53.14.01", _OF, None, "Rote Barat Daya")])
    first = said(regions, "Rote Barat x0", None)
    assert first == ("TAK_DIKENAL", ("53.14.01 Rote Barat Daya",))
    for n in range(1, 2_100):
        last = said(regions, f"Rote Barat xx{n}", None)
    assert last == ("TAK_DIKENAL", ())
    assert said(regions, "Rote Barat Daja", None) == RegionMatch("53.14.01", "Rote Barat Daya", "NAMA_MIRIP")


def test_a_name_as_long_as_a_book_is_no_name() -> None:
    regions = RegionIndex("53.14", AS_OF, [DatedWilayah("53.14.01", _OF, None, "Rote Barat Daya")])
    assert said(regions, "Rote Barat Daya " * 5_000, None) == ("TAK_DIKENAL", ())


def test_a_provinces_statement_names_the_province_and_nothing_below_it() -> None:
    """The name of one of its kabupaten was a failure of the hub."""
    below = [DatedWilayah("53", _OF, None, "NTT"), DatedWilayah("53.14", _OF, None, "Rote Ndao")]
    regions = ProvinsiRegionIndex("53", AS_OF, below)
    assert said(regions, "NTT", None) == RegionMatch("53", "NTT")
    assert said(regions, "Rote Ndao", None) == ("TAK_DIKENAL", ())
