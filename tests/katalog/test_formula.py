"""The formula language: what it accepts, where it stops, and what a formula is worth when figures are missing."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.katalog.formula import WORDS, Term, read_formula, read_rincian

FAST = settings(max_examples=100, deadline=None, derandomize=True)
Angka = Mapping[str, int | None]


def compute(text: str, nilai: Angka) -> Decimal | None:
    """The formula's worth; figures are named by their code, with their breakdown as written in brackets."""

    def figure_of(term: Term) -> Decimal | None:
        rincian = ",".join(f"{n}={p}" for n, p in term.rincian)
        angka = nilai.get(f"{term.kode}[{rincian}]" if rincian else term.kode)
        return None if angka is None else Decimal(angka)

    return read_formula(text).compute(figure_of)


def test_a_formula_names_its_figures_in_order_words_included() -> None:
    formula = read_formula("BAN03 * 200000 * BULAN - REH01[lingkup=gabungan]? | KIN04[ JK = L , umur=60+ ]")
    assert formula.terms() == (
        Term("BAN03"),
        Term("BULAN"),
        Term("REH01", (("lingkup", "gabungan"),), may_be_missing=True),
        Term("KIN04", (("JK", "L"), ("umur", "60+"))),
    )
    assert len(formula.pilihan) == 2
    assert formula.text.startswith("BAN03 * 200000")


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_products_bind_closer_than_sums(text: str, expected: int) -> None:
    assert compute(text, {"A1": 2, "B2": 3, "C3": 5, "NOL0": 0}) == expected


def test_numbers_are_exact() -> None:
    assert compute("A1 * 0.1 + A1 * 0.2", {"A1": 1}) == Decimal("0.3")
    assert compute("BAN03 * 200000 * BULAN", {"BAN03": 86_847, "BULAN": 1}) == 17_369_400_000


def test_a_missing_figure_makes_the_sum_unknown() -> None:
    assert compute("A1 + B2", {"A1": 2}) is None
    assert compute("A1 * B2", {"A1": 2}) is None
    assert compute("A1 * 0", {}) is None
    assert compute("A1", {"A1": 0}) == 0


def test_a_figure_that_may_be_missing_does_not_count_where_it_is() -> None:
    formula = "REH02 + REH04? + REH06? - REH08?"
    assert compute(formula, {"REH02": 10}) == 10
    assert compute(formula, {"REH02": 10, "REH06": 5, "REH08": 1}) == 14
    assert compute(formula, {"REH04": 10, "REH06": 5}) is None


def test_nothing_but_missing_figures_is_unknown_not_zero() -> None:
    assert compute("A1? + B2?", {}) is None
    assert compute("A1? + B2?", {"B2": 0}) == 0


def test_a_product_with_a_figure_that_may_be_missing_adds_nothing() -> None:
    assert compute("A1 + B2? * 3", {"A1": 2}) == 2
    assert compute("A1 + 3 * B2?", {"A1": 2}) == 2
    assert compute("A1 + B2? * 3", {"A1": 2, "B2": 4}) == 14


def test_the_order_of_factors_does_not_matter_when_figures_are_missing() -> None:
    for nilai in ({"A1": 2}, {"A1": 2, "C3": 5}, {"A1": 2, "B2": 3}, {"A1": 2, "B2": 3, "C3": 5}):
        assert compute("A1 + B2? * C3", nilai) == compute("A1 + C3 * B2?", nilai), nilai


def test_of_alternatives_the_first_known_one_counts() -> None:
    formula = "REH02 + REH04 | REH02[lingkup=gabungan] | 7"
    assert compute(formula, {"REH02": 1, "REH04": 2, "REH02[lingkup=gabungan]": 405}) == 3
    assert compute(formula, {"REH02": 1, "REH02[lingkup=gabungan]": 405}) == 405
    assert compute(formula, {"REH02": 1}) == 7
    assert compute("A1 | B2", {}) is None
    assert compute("A1 | B2", {"A1": 0, "B2": 5}) == 0


def test_a_breakdown_is_another_figure_than_the_whole() -> None:
    assert compute("KIN04[sumber_anggaran=APBD]", {"KIN04": 1}) is None
    assert compute("KIN04", {"KIN04[sumber_anggaran=APBD]": 1}) is None


@pytest.mark.parametrize(
    ("text", "letter", "rest"),
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
def test_a_formula_that_makes_no_sense_is_refused_at_its_place(text: str, letter: int, rest: str) -> None:
    with pytest.raises(ValueError, match="tidak terbaca") as error:
        read_formula(text)
    assert str(error.value) == f'Rumus "{text}" tidak terbaca pada huruf ke-{letter}: "{rest}"'


@pytest.mark.parametrize("text", ["", "   ", "A1 +", "A1 * ", "A1 |", "A1 -"])
def test_an_unfinished_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="belum selesai"):
        read_formula(text)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_words_take_neither_breakdown_nor_question_mark(word: str) -> None:
    assert read_formula(word).terms() == (Term(word),)
    for tail in ("?", "[JK=L]", "[JK=L]?"):
        with pytest.raises(ValueError, match=f"{word} tidak mempunyai rincian"):
            read_formula(word + tail)


@pytest.mark.parametrize(
    ("text", "rincian"),
    [
        ("JK=L", (("JK", "L"),)),
        ("umur=60+, JK=L", (("JK", "L"), ("umur", "60+"))),
        (" jabatan = kasubag/kasie ", (("jabatan", "kasubag/kasie"),)),
        ("a=b=c", (("a", "b=c"),)),
    ],
)
def test_breakdowns_come_sorted_by_name(text: str, rincian: tuple[tuple[str, str], ...]) -> None:
    assert read_rincian(text) == rincian


@pytest.mark.parametrize("text", ["", "JK", "JK=", "=L", "JK=L,", ",JK=L", "JK:L"])
def test_a_breakdown_that_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="nama=pilihan"):
        read_rincian(text)


@pytest.mark.parametrize("text", ["A1[JK]", "A1[JK=]", "A1[JK=L,]"])
def test_a_formula_with_a_bad_breakdown_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="nama=pilihan"):
        read_formula(text)


KODE = ["A1", "B2", "C3", "D4"]
PRODUCTS = st.lists(st.one_of(st.sampled_from(KODE), st.integers(0, 9).map(str)), min_size=1, max_size=3)
SUMS = st.lists(st.tuples(st.sampled_from("+-"), PRODUCTS), min_size=1, max_size=4)


@FAST
@given(SUMS, st.fixed_dictionaries({k: st.integers(-50, 50) for k in KODE}))
def test_with_all_figures_known_it_is_plain_arithmetic(
    summands: list[tuple[str, list[str]]], nilai: dict[str, int]
) -> None:
    expected, text = 0, ""
    for i, (sign, factors) in enumerate(summands):
        product = 1
        for factor in factors:
            product *= nilai[factor] if factor in nilai else int(factor)
        expected += -product if sign == "-" and i else product
        text += (f" {sign} " if i else "") + " * ".join(factors)
    assert compute(text, nilai) == expected


@FAST
@given(st.dictionaries(st.sampled_from(KODE), st.integers(-50, 50)))
def test_a_sum_of_figures_that_may_be_missing_is_the_sum_of_those_there(nilai: dict[str, int]) -> None:
    result = compute(" + ".join(f"{k}?" for k in KODE), nilai)
    assert result == (sum(nilai.values()) if nilai else None)


@FAST
@given(st.dictionaries(st.sampled_from(KODE), st.integers(-50, 50)))
def test_alternatives_answer_with_the_first_figure_there(nilai: dict[str, int]) -> None:
    assert compute(" | ".join(KODE), nilai) == next((nilai[k] for k in KODE if k in nilai), None)
