"""The formula language: what it accepts, where it stops, and what a formula is worth when figures are missing."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.katalog.rumus import KATA, Suku, baca_rincian, baca_rumus

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)
Angka = Mapping[str, int | None]


def hitung(teks: str, nilai: Angka) -> Decimal | None:
    """The formula's worth; figures are named by their code, with their breakdown as written in brackets."""

    def satu(suku: Suku) -> Decimal | None:
        rincian = ",".join(f"{n}={p}" for n, p in suku.rincian)
        angka = nilai.get(f"{suku.kode}[{rincian}]" if rincian else suku.kode)
        return None if angka is None else Decimal(angka)

    return baca_rumus(teks).hitung(satu)


def test_a_formula_names_its_figures_in_order_words_included() -> None:
    rumus = baca_rumus("BAN03 * 200000 * BULAN - REH01[lingkup=gabungan]? | KIN04[ JK = L , umur=60+ ]")
    assert rumus.suku() == (
        Suku("BAN03"),
        Suku("BULAN"),
        Suku("REH01", (("lingkup", "gabungan"),), boleh_kosong=True),
        Suku("KIN04", (("JK", "L"), ("umur", "60+"))),
    )
    assert len(rumus.pilihan) == 2
    assert rumus.teks.startswith("BAN03 * 200000")


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("A1", 2),
        ("A1 + B2", 5),
        ("A1-B2", -1),
        ("A1 - B2 - C3", -6),
        ("A1 * B2 + C3", 11),
        ("A1 + B2 * C3", 17),
        ("A1 * B2 * C3", 30),
        ("10 - A1 * 4", 2),
        ("7", 7),
        ("A1 * 0", 0),
        ("NOL0", 0),
        ("  A1   +B2 ", 5),
    ],
)
def test_products_bind_closer_than_sums(teks: str, hasil: int) -> None:
    assert hitung(teks, {"A1": 2, "B2": 3, "C3": 5, "NOL0": 0}) == hasil


def test_numbers_are_exact() -> None:
    assert hitung("A1 * 0.1 + A1 * 0.2", {"A1": 1}) == Decimal("0.3")
    assert hitung("BAN03 * 200000 * BULAN", {"BAN03": 86_847, "BULAN": 1}) == 17_369_400_000


def test_a_missing_figure_makes_the_sum_unknown() -> None:
    assert hitung("A1 + B2", {"A1": 2}) is None
    assert hitung("A1 * B2", {"A1": 2}) is None
    assert hitung("A1 * 0", {}) is None
    assert hitung("A1", {"A1": 0}) == 0


def test_a_figure_that_may_be_missing_does_not_count_where_it_is() -> None:
    rumus = "REH02 + REH04? + REH06? - REH08?"
    assert hitung(rumus, {"REH02": 10}) == 10
    assert hitung(rumus, {"REH02": 10, "REH06": 5, "REH08": 1}) == 14
    assert hitung(rumus, {"REH04": 10, "REH06": 5}) is None


def test_nothing_but_missing_figures_is_unknown_not_zero() -> None:
    assert hitung("A1? + B2?", {}) is None
    assert hitung("A1? + B2?", {"B2": 0}) == 0


def test_a_product_with_a_figure_that_may_be_missing_adds_nothing() -> None:
    assert hitung("A1 + B2? * 3", {"A1": 2}) == 2
    assert hitung("A1 + 3 * B2?", {"A1": 2}) == 2
    assert hitung("A1 + B2? * 3", {"A1": 2, "B2": 4}) == 14


def test_the_order_of_factors_does_not_matter_when_figures_are_missing() -> None:
    for nilai in ({"A1": 2}, {"A1": 2, "C3": 5}, {"A1": 2, "B2": 3}, {"A1": 2, "B2": 3, "C3": 5}):
        assert hitung("A1 + B2? * C3", nilai) == hitung("A1 + C3 * B2?", nilai), nilai


def test_of_alternatives_the_first_known_one_counts() -> None:
    rumus = "REH02 + REH04 | REH02[lingkup=gabungan] | 7"
    assert hitung(rumus, {"REH02": 1, "REH04": 2, "REH02[lingkup=gabungan]": 405}) == 3
    assert hitung(rumus, {"REH02": 1, "REH02[lingkup=gabungan]": 405}) == 405
    assert hitung(rumus, {"REH02": 1}) == 7
    assert hitung("A1 | B2", {}) is None
    assert hitung("A1 | B2", {"A1": 0, "B2": 5}) == 0


def test_a_breakdown_is_another_figure_than_the_whole() -> None:
    assert hitung("KIN04[sumber_anggaran=APBD]", {"KIN04": 1}) is None
    assert hitung("KIN04", {"KIN04[sumber_anggaran=APBD]": 1}) is None


@pytest.mark.parametrize(
    ("teks", "huruf", "sisa"),
    [
        ("+ A1", 1, "+ A1"),
        ("- A1", 1, "- A1"),
        ("A1 + + B2", 5, " + B2"),
        ("A1 B2", 3, " B2"),
        ("A1 * * 2", 5, " * 2"),
        ("| A1", 1, "| A1"),
        ("A1 || B2", 5, "| B2"),
        ("A1 / B2", 3, " / B2"),
        ("(A1)", 1, "(A1)"),
        ("a1", 1, "a1"),
        ("A1 + a1", 5, " a1"),
        ("A1[", 3, "["),
        ("A1[]", 3, "[]"),
        ("A1 ?", 3, " ?"),
        ("2A1", 2, "A1"),
        ("1,5", 2, ",5"),
        ("1.5.2", 4, ".2"),
        ("A1 == B2", 3, " == B2"),
    ],
)
def test_a_formula_that_makes_no_sense_is_refused_at_its_place(teks: str, huruf: int, sisa: str) -> None:
    with pytest.raises(ValueError, match="tidak terbaca") as salah:
        baca_rumus(teks)
    assert str(salah.value) == f'Rumus "{teks}" tidak terbaca pada huruf ke-{huruf}: "{sisa}"'


@pytest.mark.parametrize("teks", ["", "   ", "A1 +", "A1 * ", "A1 |", "A1 -"])
def test_an_unfinished_formula_is_refused(teks: str) -> None:
    with pytest.raises(ValueError, match="belum selesai"):
        baca_rumus(teks)


@pytest.mark.parametrize("kata", sorted(KATA))
def test_words_take_neither_breakdown_nor_question_mark(kata: str) -> None:
    assert baca_rumus(kata).suku() == (Suku(kata),)
    for ekor in ("?", "[JK=L]", "[JK=L]?"):
        with pytest.raises(ValueError, match=f"{kata} tidak mempunyai rincian"):
            baca_rumus(kata + ekor)


@pytest.mark.parametrize(
    ("teks", "rincian"),
    [
        ("JK=L", (("JK", "L"),)),
        ("umur=60+, JK=L", (("JK", "L"), ("umur", "60+"))),
        (" jabatan = kasubag/kasie ", (("jabatan", "kasubag/kasie"),)),
        ("a=b=c", (("a", "b=c"),)),
    ],
)
def test_breakdowns_come_sorted_by_name(teks: str, rincian: tuple[tuple[str, str], ...]) -> None:
    assert baca_rincian(teks) == rincian


@pytest.mark.parametrize("teks", ["", "JK", "JK=", "=L", "JK=L,", ",JK=L", "JK:L"])
def test_a_breakdown_that_is_no_pair_is_refused(teks: str) -> None:
    with pytest.raises(ValueError, match="nama=pilihan"):
        baca_rincian(teks)


@pytest.mark.parametrize("teks", ["A1[JK]", "A1[JK=]", "A1[JK=L,]"])
def test_a_formula_with_a_bad_breakdown_is_refused(teks: str) -> None:
    with pytest.raises(ValueError, match="nama=pilihan"):
        baca_rumus(teks)


KODE = ["A1", "B2", "C3", "D4"]
PERKALIAN = st.lists(st.one_of(st.sampled_from(KODE), st.integers(0, 9).map(str)), min_size=1, max_size=3)
JUMLAH = st.lists(st.tuples(st.sampled_from("+-"), PERKALIAN), min_size=1, max_size=4)


@CEPAT
@given(JUMLAH, st.fixed_dictionaries({k: st.integers(-50, 50) for k in KODE}))
def test_with_all_figures_known_it_is_plain_arithmetic(
    jumlah: list[tuple[str, list[str]]], nilai: dict[str, int]
) -> None:
    harap, teks = 0, ""
    for i, (tanda, kali) in enumerate(jumlah):
        isi = 1
        for faktor in kali:
            isi *= nilai[faktor] if faktor in nilai else int(faktor)
        harap += -isi if tanda == "-" and i else isi
        teks += (f" {tanda} " if i else "") + " * ".join(kali)
    assert hitung(teks, nilai) == harap


@CEPAT
@given(st.dictionaries(st.sampled_from(KODE), st.integers(-50, 50)))
def test_a_sum_of_figures_that_may_be_missing_is_the_sum_of_those_there(nilai: dict[str, int]) -> None:
    hasil = hitung(" + ".join(f"{k}?" for k in KODE), nilai)
    assert hasil == (sum(nilai.values()) if nilai else None)


@CEPAT
@given(st.dictionaries(st.sampled_from(KODE), st.integers(-50, 50)))
def test_alternatives_answer_with_the_first_figure_there(nilai: dict[str, int]) -> None:
    assert hitung(" | ".join(KODE), nilai) == next((nilai[k] for k in KODE if k in nilai), None)
