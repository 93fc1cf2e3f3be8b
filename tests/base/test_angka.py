"""Numbers as officials write them. Every expectation is what a reader of the page would say it means."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.base.angka import read_angka

FAST = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "whole", "nilai", "unit"),
    [
        ("1.799 KK", True, "1799", "kk"),
        ("1.799 KK", False, "1799", "kk"),
        ("Rp. 526.700.000.-", True, "526700000", "rupiah"),
        ("Rp. 526.700.000.-", False, "526700000", "rupiah"),
        ("12,157,475,000", True, "12157475000", None),
        ("12,157,475,000", False, "12157475000", None),
        ("92,72%", False, "92.72", "persen"),
        ("24,6 5%", False, "24.65", "persen"),
    ],
)
def test_the_writings_of_the_source_documents(text: str, whole: bool, nilai: str, unit: str | None) -> None:
    angka = read_angka(text, whole)
    assert (angka.nilai, angka.unit, angka.freely_written) == (Decimal(nilai), unit, True)


@pytest.mark.parametrize("text", ["0", "7", "1799", "12157475000", "+5", "-3", "007"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_plain_whole_number_needs_no_remark(text: str, whole: bool) -> None:
    angka = read_angka(text, whole)
    assert (angka.nilai, angka.unit, angka.freely_written) == (Decimal(int(text)), None, False)


@pytest.mark.parametrize("text", ["5.000", "5,000"])
def test_a_sum_of_rupiah_has_no_thousandths(text: str) -> None:
    angka = read_angka(text, whole=False, money=True)
    assert (angka.nilai, angka.other) == (Decimal(5000), Decimal(5))
    assert read_angka("5.000", whole=False, money=True, exact=True).nilai == 5


@pytest.mark.parametrize(("text", "nilai"), [("92.72", "92.72"), ("1.799", "1.799"), ("0.35", "0.35"), ("5.0", "5")])
def test_a_plain_decimal_is_one_where_fractions_make_sense(text: str, nilai: str) -> None:
    angka = read_angka(text, whole=False)
    assert (angka.nilai, angka.freely_written) == (Decimal(nilai), False)


@pytest.mark.parametrize(
    ("text", "whole", "nilai"),
    [
        ("1.799", True, "1799"),
        ("1.799", False, "1.799"),
        ("12,157", True, "12157"),
        ("12,157", False, "12.157"),
        ("1.000", True, "1000"),
        ("12.000", True, "12000"),
        ("250.000", True, "250000"),
        ("-1.000", True, "-1000"),
        ("1,000", True, "1000"),
        ("1.799,50", False, "1799.50"),
        ("1,799.50", False, "1799.50"),
        ("1.234.567,8", False, "1234567.8"),
        ("1,234,567.8", False, "1234567.8"),
    ],
)
def test_whole_numbers_settle_what_a_single_separator_means(text: str, whole: bool, nilai: str) -> None:
    assert read_angka(text, whole).nilai == Decimal(nilai)


def test_a_fraction_stays_one_even_where_whole_numbers_are_expected() -> None:
    assert read_angka("2,5", whole=True).nilai == Decimal("2.5")
    assert read_angka("2.5", whole=True).nilai == Decimal("2.5")


@pytest.mark.parametrize("text", ["0.350%", "0,350%", "0.350 %"])
def test_a_zero_never_begins_a_group_of_thousands(text: str) -> None:
    assert read_angka(text, whole=False).nilai == Decimal("0.35")


@pytest.mark.parametrize(
    ("text", "nilai"),
    [
        ("Rp 1.500", "1500"),
        ("Rp1500", "1500"),
        ("rp. 1.500,-", "1500"),
        ("RP. 12.157.475.000,--", "12157475000"),
        ("Rp 200.000.-", "200000"),
        ("Rp 1.500,50", "1500.50"),
        ("Rp. 0", "0"),
    ],
)
def test_sums_of_money(text: str, nilai: str) -> None:
    for whole in (True, False):
        angka = read_angka(text, whole)
        assert (angka.nilai, angka.unit, angka.freely_written) == (Decimal(nilai), "rupiah", True)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("15 anak", "orang"),
        ("15 Jiwa", "orang"),
        ("15 lansia", "orang"),
        ("15 orang", "orang"),
        ("15 KPM", "kpm"),
        ("15KPM", "kpm"),
        ("15%", "persen"),
        ("15 %", "persen"),
        ("15 pct", "persen"),
        ("15 unit ", "unit"),
        ("15 orang/KK", "orang/kk"),
    ],
)
def test_the_unit_written_beside_is_kept_in_one_spelling(text: str, unit: str) -> None:
    angka = read_angka(text, whole=True)
    assert (angka.nilai, angka.unit, angka.freely_written) == (Decimal(15), unit, True)


def test_spaces_may_part_thousands() -> None:
    assert read_angka("12 157 475", whole=True).nilai == Decimal(12_157_475)
    assert read_angka("  1 799  KK ", whole=True).nilai == Decimal(1_799)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "abc", "KK", "%", "Rp", "Rp.", ".", ",", "--5", "5-", "5+5", "1e5", "NaN", "Infinity", "1/2", "=A1+B1", "#REF!",
     "12 KK 3", "KK 12", "5 (lima)", "±5", "1.2.3", "1,2,3", "1.23.456", "12,157,475,00", "1234.567.890", "1.799,50,3",
     "1.799.50,3,1", "2020-07-01"],
)  # fmt: skip
@pytest.mark.parametrize("whole", [True, False])
def test_junk_is_refused_and_named(text: str, whole: bool) -> None:
    with pytest.raises(ValueError, match="bukan angka") as error:
        read_angka(text, whole)
    assert f'"{text}"' in str(error.value)


@pytest.mark.parametrize("text", ["1.2,3", "1.79,50", "12,34.5", "1.2345,6", "1.799.50,3"])
def test_thousands_grouped_wrongly_before_a_decimal_sign_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="bukan angka"):
        read_angka(text, whole=False)


@pytest.mark.parametrize("text", ["10 11", "15 20 KK", "1 2 3"])
def test_two_numbers_in_one_cell_are_not_glued_together(text: str) -> None:
    with pytest.raises(ValueError, match="bukan angka"):
        read_angka(text, whole=True)


@FAST
@given(st.integers(0, 10**15))
@example(1_000)
@example(999_000)
@example(999)
def test_every_way_to_part_thousands_gives_the_whole_number(n: int) -> None:
    english = f"{n:,}"
    indonesia = english.replace(",", ".")
    for text in (str(n), english, indonesia, f"{indonesia} KK", f"Rp. {indonesia}.-", f"Rp{indonesia},-"):
        assert read_angka(text, whole=True).nilai == n, text


@FAST
@given(st.integers(0, 10**12), st.integers(0, 99))
@example(1_000, 0)
def test_two_decimals_are_read_either_way(rupiah: int, sen: int) -> None:
    english = f"{rupiah:,}.{sen:02d}"
    indonesia = f"{rupiah:,}".replace(",", ".") + f",{sen:02d}"
    expected = Decimal(f"{rupiah}.{sen:02d}")
    for text in (english, indonesia, f"{indonesia}%", f"Rp {indonesia}"):
        assert read_angka(text, whole=False).nilai == expected, text


@FAST
@given(st.text(max_size=12))
def test_any_text_is_read_as_a_finite_number_or_refused(text: str) -> None:
    try:
        angka = read_angka(text, whole=True)
    except ValueError:
        return
    assert angka.nilai.is_finite()
    assert any(h.isdigit() for h in text)


# ---------- words of size, marks, number cells ----------


@pytest.mark.parametrize(
    ("text", "nilai", "unit"),
    [
        ("526 juta", "526000000", None),
        ("526 jt", "526000000", None),
        ("1,5 jt", "1500000", None),
        ("0,25 juta", "250000", None),
        ("2 milyar", "2000000000", None),
        ("2 Miliar rupiah", "2000000000", "rupiah"),
        ("5 ribu", "5000", None),
        ("5rb", "5000", None),
        ("Rp 3 M", "3000000000", "rupiah"),
        ("Rp. 1,2 T", "1200000000000", "rupiah"),
        ("Rp 526 juta,-", "526000000", "rupiah"),
        ("3 juta orang", "3000000", "orang"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_a_word_of_size_is_part_of_the_number(text: str, nilai: str, unit: str | None, whole: bool) -> None:
    angka = read_angka(text, whole)
    assert (str(angka.nilai), angka.unit, angka.freely_written) == (nilai, unit, True)


def test_m_and_t_are_sizes_of_money_and_units_of_other_things() -> None:
    assert read_angka("3 M", whole=True, money=True).nilai == 3_000_000_000
    assert read_angka("12 t", whole=False).unit == "t"
    assert read_angka("200 m", whole=False).unit == "m"
    with pytest.raises(ValueError, match='"M" dapat berarti miliar'):
        read_angka("3 M", whole=True)


@pytest.mark.parametrize(
    ("text", "whole", "nilai", "other"),
    [
        ("1,799", False, "1.799", "1799"),
        ("1.799", False, "1.799", "1799"),
        ("1.799 KK", False, "1799", "1.799"),
        ("1.500 juta", True, "1500000000", "1500000.000"),
        ("1.799", True, "1799", None),  # only whole numbers make sense: settled
        ("1.799,5", False, "1799.5", None),
        ("0,350", False, "0.350", None),
        ("12,5", False, "12.5", None),
        ("12.157.475", False, "12157475", None),
    ],
)
def test_a_mark_that_may_part_thousands_or_a_fraction_is_told_both_ways(
    text: str, whole: bool, nilai: str, other: str | None
) -> None:
    angka = read_angka(text, whole)
    assert angka.nilai == Decimal(nilai)
    assert angka.other == (None if other is None else Decimal(other))


@pytest.mark.parametrize(
    ("text", "nilai"),
    [("1.799", "1.799"), ("27.543%", "27.543"), ("1.799 KK", "1.799"), ("Rp1500000.500", "1500000.5")],
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_dot_of_a_number_cell_parts_its_fraction(text: str, nilai: str, whole: bool) -> None:
    angka = read_angka(text, whole, exact=True)
    assert (angka.nilai, angka.other) == (Decimal(nilai), None)


@pytest.mark.parametrize(
    ("text", "nilai"), [("5*", "5"), ("1.799 **", "1799"), ("5 KK*)", "5"), ("0,00005", "0.00005")]
)
def test_marks_of_notes_are_no_part_of_a_number(text: str, nilai: str) -> None:
    assert read_angka(text, whole=False).nilai == Decimal(nilai)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("(5)", "5 atau minus 5"), ("(1.799)", "1.799 atau minus 1.799"), ("± 20", "bukan angka pasti"), ("sekitar 20", "bukan angka pasti"),
     ("<5", "bukan angka pasti")],
)  # fmt: skip
def test_what_may_mean_several_numbers_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_angka(text, whole=True)
