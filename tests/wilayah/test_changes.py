"""What moved between two lists, guessed from names: against small cases and against the true list of changes."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.region_names import name_key, official_name
from hub.wilayah.changes import derive_changes
from hub.wilayah.draft import RegionChange

FAST = settings(max_examples=100, deadline=None, derandomize=True)


def moves(old: dict[str, str], new: dict[str, str]) -> set[tuple[str, str]]:
    return {(p.kode_lama, p.kode_baru) for p in derive_changes(old, new) if p.jenis == "pindah"}


def the_rest(old: dict[str, str], new: dict[str, str]) -> set[tuple[str, str]]:
    """Ended and begun without a link: (code, kind)."""
    return {(p.kode_lama or p.kode_baru, p.jenis) for p in derive_changes(old, new) if p.jenis in ("hapus", "tambah")}


def test_equal_lists_hold_no_change() -> None:
    regions = {"53.14.01": "Utara", "53.14.01.2001": "Alfa"}
    assert derive_changes(regions, dict(regions)) == []


def test_the_same_name_under_a_new_code_moved() -> None:
    assert moves({"53.14.02.2018": "Holulai"}, {"53.14.11.2002": "HOLULAI"}) == {("53.14.02.2018", "53.14.11.2002")}
    assert moves({"53.14.02.2018": "Tesa Bela"}, {"53.14.02.1018": "Tesabela"}) == {("53.14.02.2018", "53.14.02.1018")}


def test_what_has_no_namesake_ended_or_began() -> None:
    old, new = {"53.14.02.2018": "Holulai"}, {"53.14.11": "Loaholu", "53.14.11.2002": "Oelua"}
    assert moves(old, new) == set()
    assert the_rest(old, new) == {("53.14.02.2018", "hapus"), ("53.14.11", "tambah"), ("53.14.11.2002", "tambah")}


def test_levels_do_not_mix() -> None:
    assert moves({"53.14.02.2018": "Loaholu"}, {"53.14.11": "Loaholu"}) == set()


def test_a_name_that_stays_is_not_taken_for_one_that_moved() -> None:
    old = {"53.14.01.2001": "Sukamaju", "53.14.02.2001": "Sukamaju"}
    new = {"53.14.01.2001": "Sukamaju", "53.14.03.2001": "Sukamaju"}
    assert moves(old, new) == {("53.14.02.2001", "53.14.03.2001")}


def test_of_several_namesakes_the_nearest_is_taken() -> None:
    old = {"53.14.01.2001": "Sukamaju"}
    assert moves(old, {"53.14.01.2009": "Sukamaju", "53.14.02.2001": "Sukamaju", "36.01.01.2001": "Sukamaju"}) == {
        ("53.14.01.2001", "53.14.01.2009")
    }
    assert moves(old, {"53.14.02.2001": "Sukamaju", "53.15.01.2001": "Sukamaju"}) == {
        ("53.14.01.2001", "53.14.02.2001")
    }


def test_namesakes_equally_near_are_not_guessed_between() -> None:
    old = {"53.14.01.2001": "Sukamaju"}
    new = {"53.14.01.2008": "Sukamaju", "53.14.01.2009": "Sukamaju"}
    assert moves(old, new) == set()
    assert the_rest(old, new) == {("53.14.01.2001", "hapus"), ("53.14.01.2008", "tambah"), ("53.14.01.2009", "tambah")}
    assert moves({"53.14.01.2001": "Sukamaju", "53.14.01.2002": "Sukamaju"}, {"53.14.01.2009": "Sukamaju"}) == set()


def test_children_go_along_with_a_parent_that_moved() -> None:
    old = {
        "91.01": "Merauke", "91.01.01": "Kota", "91.01.01.2001": "Sukamaju", "91.02": "Jayawijaya",
        "91.02.01": "Timur", "91.02.01.2001": "Sukamaju",
    }  # fmt: skip
    new = {
        "93.01": "Merauke", "93.01.01": "Kota", "93.01.01.2001": "Sukamaju", "95.01": "Jayawijaya",
        "95.01.01": "Timur", "95.01.01.2001": "Sukamaju",
    }  # fmt: skip
    assert moves(old, new) == set(zip(old, new, strict=True))


def test_a_code_that_took_another_name_while_the_old_one_moved_next_door_is_another_place() -> None:
    old = {"53.14.02.2018": "Holulai"}
    new = {"53.14.02.2018": "Tasilo", "53.14.02.2022": "Holulai"}
    assert moves(old, new) == {("53.14.02.2018", "53.14.02.2022")}
    assert the_rest(old, new) == {("53.14.02.2018", "tambah")}


def test_two_codes_that_swapped_their_names_are_two_moves() -> None:
    old = {"53.14.02.2001": "Lamorende", "53.14.02.2002": "Tongkuno"}
    new = {"53.14.02.2001": "Tongkuno", "53.14.02.2002": "Lamorende"}
    assert moves(old, new) == {("53.14.02.2001", "53.14.02.2002"), ("53.14.02.2002", "53.14.02.2001")}


@pytest.mark.parametrize(
    ("earlier", "current"), [("Boa", "Bo'a"), ("Labuhan Haji", "Labuhanhaji"), ("Oelolok", "Oelolot")]
)
def test_a_new_spelling_is_no_change(earlier: str, current: str) -> None:
    assert derive_changes({"53.14.07.2004": earlier}, {"53.14.07.2004": current}) == []


def test_a_new_name_alone_is_no_change() -> None:
    assert derive_changes({"12.12": "Toba Samosir"}, {"12.12": "Pulau Besar"}) == []


DESA = st.sampled_from([f"53.14.0{k}.200{d}" for k in (1, 2) for d in (1, 2, 3, 4)])
REGIONS = st.dictionaries(DESA, st.sampled_from(["Alfa", "Beta", "Gama", "Delta", "Epsilon"]))


@FAST
@given(REGIONS, REGIONS)
def test_every_region_ends_and_begins_at_most_once_and_links_join_namesakes(
    old: dict[str, str], new: dict[str, str]
) -> None:
    changes = derive_changes(old, new)
    ended = Counter(p.kode_lama for p in changes if p.kode_lama)
    begun = Counter(p.kode_baru for p in changes if p.kode_baru)
    assert set(ended.values()) | set(begun.values()) <= {1}
    assert old.keys() - new.keys() <= ended.keys() <= old.keys()
    assert new.keys() - old.keys() <= begun.keys() <= new.keys()
    # a code that stays either stays in both lists or is another place in both
    assert ended.keys() & new.keys() == begun.keys() & old.keys()
    for p in changes:
        assert p.jenis == ("pindah" if p.kode_lama and p.kode_baru else "hapus" if p.kode_lama else "tambah")
        if p.jenis == "pindah":
            assert p.kode_lama != p.kode_baru
            assert name_key(old[p.kode_lama]) == name_key(new[p.kode_baru])


@FAST
@given(REGIONS, REGIONS)
def test_the_order_of_the_lists_lines_does_not_matter(old: dict[str, str], new: dict[str, str]) -> None:
    def backwards(regions: dict[str, str]) -> dict[str, str]:
        return dict(reversed(regions.items()))

    def ordered(changes: list[RegionChange]) -> list[tuple[str, str, str]]:
        return sorted((p.jenis, p.kode_lama, p.kode_baru) for p in changes)

    assert ordered(derive_changes(old, new)) == ordered(derive_changes(backwards(old), backwards(new)))


def test_nearly_all_true_moves_are_found_and_hardly_any_others(data: Path) -> None:
    def read(year: int) -> dict[str, str]:
        with (data / f"wilayah_{year}.csv").open(encoding="utf-8", newline="") as lines:
            return {b["kode"]: official_name(b["nama"], b["kode"].count(".") + 1) for b in csv.DictReader(lines)}

    with (data / "pemekaran_2020_2025.csv").open(encoding="utf-8", newline="") as lines:
        true_moves = {
            (b["kode_lama"], b["kode_baru"]) for b in csv.DictReader(lines) if b["jenis"].startswith("pindah")
        }
    assert len(true_moves) == 6_618
    found = moves(read(2020), read(2025))
    hits = len(found & true_moves)
    assert hits / len(true_moves) >= 0.95
    assert hits / len(found) >= 0.99
    assert ("53.14.02.2018", "53.14.11.2002") in found
