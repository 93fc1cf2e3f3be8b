"""What moved between two lists, guessed from names: against small cases and against the true list of changes."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.nama import kunci_nama, nama_resmi
from hub.wilayah.changes import turunkan_perubahan
from hub.wilayah.draft import Perubahan

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)


def pindah(lama: dict[str, str], baru: dict[str, str]) -> set[tuple[str, str]]:
    return {(p.kode_lama, p.kode_baru) for p in turunkan_perubahan(lama, baru) if p.jenis == "pindah"}


def sisanya(lama: dict[str, str], baru: dict[str, str]) -> set[tuple[str, str]]:
    """Ended and begun without a link: (code, kind)."""
    return {
        (p.kode_lama or p.kode_baru, p.jenis) for p in turunkan_perubahan(lama, baru) if p.jenis in ("hapus", "tambah")
    }


def test_equal_lists_hold_no_change() -> None:
    isi = {"53.14.01": "Utara", "53.14.01.2001": "Alfa"}
    assert turunkan_perubahan(isi, dict(isi)) == []


def test_the_same_name_under_a_new_code_moved() -> None:
    assert pindah({"53.14.02.2018": "Holulai"}, {"53.14.11.2002": "HOLULAI"}) == {("53.14.02.2018", "53.14.11.2002")}
    assert pindah({"53.14.02.2018": "Tesa Bela"}, {"53.14.02.1018": "Tesabela"}) == {("53.14.02.2018", "53.14.02.1018")}


def test_what_has_no_namesake_ended_or_began() -> None:
    lama, baru = {"53.14.02.2018": "Holulai"}, {"53.14.11": "Loaholu", "53.14.11.2002": "Oelua"}
    assert pindah(lama, baru) == set()
    assert sisanya(lama, baru) == {("53.14.02.2018", "hapus"), ("53.14.11", "tambah"), ("53.14.11.2002", "tambah")}


def test_levels_do_not_mix() -> None:
    assert pindah({"53.14.02.2018": "Loaholu"}, {"53.14.11": "Loaholu"}) == set()


def test_a_name_that_stays_is_not_taken_for_one_that_moved() -> None:
    lama = {"53.14.01.2001": "Sukamaju", "53.14.02.2001": "Sukamaju"}
    baru = {"53.14.01.2001": "Sukamaju", "53.14.03.2001": "Sukamaju"}
    assert pindah(lama, baru) == {("53.14.02.2001", "53.14.03.2001")}


def test_of_several_namesakes_the_nearest_is_taken() -> None:
    lama = {"53.14.01.2001": "Sukamaju"}
    assert pindah(lama, {"53.14.01.2009": "Sukamaju", "53.14.02.2001": "Sukamaju", "36.01.01.2001": "Sukamaju"}) == {
        ("53.14.01.2001", "53.14.01.2009")
    }
    assert pindah(lama, {"53.14.02.2001": "Sukamaju", "53.15.01.2001": "Sukamaju"}) == {
        ("53.14.01.2001", "53.14.02.2001")
    }


def test_namesakes_equally_near_are_not_guessed_between() -> None:
    lama = {"53.14.01.2001": "Sukamaju"}
    baru = {"53.14.01.2008": "Sukamaju", "53.14.01.2009": "Sukamaju"}
    assert pindah(lama, baru) == set()
    assert sisanya(lama, baru) == {("53.14.01.2001", "hapus"), ("53.14.01.2008", "tambah"), ("53.14.01.2009", "tambah")}
    assert pindah({"53.14.01.2001": "Sukamaju", "53.14.01.2002": "Sukamaju"}, {"53.14.01.2009": "Sukamaju"}) == set()


def test_children_go_along_with_a_parent_that_moved() -> None:
    lama = {
        "91.01": "Merauke", "91.01.01": "Kota", "91.01.01.2001": "Sukamaju", "91.02": "Jayawijaya",
        "91.02.01": "Timur", "91.02.01.2001": "Sukamaju",
    }  # fmt: skip
    baru = {
        "93.01": "Merauke", "93.01.01": "Kota", "93.01.01.2001": "Sukamaju", "95.01": "Jayawijaya",
        "95.01.01": "Timur", "95.01.01.2001": "Sukamaju",
    }  # fmt: skip
    assert pindah(lama, baru) == set(zip(lama, baru, strict=True))


def test_a_code_that_took_another_name_while_the_old_one_moved_next_door_is_another_place() -> None:
    lama = {"53.14.02.2018": "Holulai"}
    baru = {"53.14.02.2018": "Tasilo", "53.14.02.2022": "Holulai"}
    assert pindah(lama, baru) == {("53.14.02.2018", "53.14.02.2022")}
    assert sisanya(lama, baru) == {("53.14.02.2018", "tambah")}


def test_two_codes_that_swapped_their_names_are_two_moves() -> None:
    lama = {"53.14.02.2001": "Lamorende", "53.14.02.2002": "Tongkuno"}
    baru = {"53.14.02.2001": "Tongkuno", "53.14.02.2002": "Lamorende"}
    assert pindah(lama, baru) == {("53.14.02.2001", "53.14.02.2002"), ("53.14.02.2002", "53.14.02.2001")}


@pytest.mark.parametrize(("dulu", "kini"), [("Boa", "Bo'a"), ("Labuhan Haji", "Labuhanhaji"), ("Oelolok", "Oelolot")])
def test_a_new_spelling_is_no_change(dulu: str, kini: str) -> None:
    assert turunkan_perubahan({"53.14.07.2004": dulu}, {"53.14.07.2004": kini}) == []


def test_a_new_name_alone_is_no_change() -> None:
    assert turunkan_perubahan({"12.12": "Toba Samosir"}, {"12.12": "Pulau Besar"}) == []


DESA = st.sampled_from([f"53.14.0{k}.200{d}" for k in (1, 2) for d in (1, 2, 3, 4)])
DAFTAR = st.dictionaries(DESA, st.sampled_from(["Alfa", "Beta", "Gama", "Delta", "Epsilon"]))


@CEPAT
@given(DAFTAR, DAFTAR)
def test_every_region_ends_and_begins_at_most_once_and_links_join_namesakes(
    lama: dict[str, str], baru: dict[str, str]
) -> None:
    hasil = turunkan_perubahan(lama, baru)
    akhir = Counter(p.kode_lama for p in hasil if p.kode_lama)
    mulai = Counter(p.kode_baru for p in hasil if p.kode_baru)
    assert set(akhir.values()) | set(mulai.values()) <= {1}
    assert lama.keys() - baru.keys() <= akhir.keys() <= lama.keys()
    assert baru.keys() - lama.keys() <= mulai.keys() <= baru.keys()
    # a code that stays either stays in both lists or is another place in both
    assert akhir.keys() & baru.keys() == mulai.keys() & lama.keys()
    for p in hasil:
        assert p.jenis == ("pindah" if p.kode_lama and p.kode_baru else "hapus" if p.kode_lama else "tambah")
        if p.jenis == "pindah":
            assert p.kode_lama != p.kode_baru
            assert kunci_nama(lama[p.kode_lama]) == kunci_nama(baru[p.kode_baru])


@CEPAT
@given(DAFTAR, DAFTAR)
def test_the_order_of_the_lists_lines_does_not_matter(lama: dict[str, str], baru: dict[str, str]) -> None:
    def balik(isi: dict[str, str]) -> dict[str, str]:
        return dict(reversed(isi.items()))

    def urut(hasil: list[Perubahan]) -> list[tuple[str, str, str]]:
        return sorted((p.jenis, p.kode_lama, p.kode_baru) for p in hasil)

    assert urut(turunkan_perubahan(lama, baru)) == urut(turunkan_perubahan(balik(lama), balik(baru)))


def test_nearly_all_true_moves_are_found_and_hardly_any_others(data: Path) -> None:
    def baca(tahun: int) -> dict[str, str]:
        with (data / f"wilayah_{tahun}.csv").open(encoding="utf-8", newline="") as isi:
            return {b["kode"]: nama_resmi(b["nama"], b["kode"].count(".") + 1) for b in csv.DictReader(isi)}

    with (data / "pemekaran_2020_2025.csv").open(encoding="utf-8", newline="") as isi:
        benar = {(b["kode_lama"], b["kode_baru"]) for b in csv.DictReader(isi) if b["jenis"].startswith("pindah")}
    assert len(benar) == 6_618
    ketemu = pindah(baca(2020), baca(2025))
    tepat = len(ketemu & benar)
    assert tepat / len(benar) >= 0.95
    assert tepat / len(ketemu) >= 0.99
    assert ("53.14.02.2018", "53.14.11.2002") in ketemu
