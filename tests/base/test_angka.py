"""Numbers as officials write them. Every expectation is what a reader of the page would say it means."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.base.angka import baca_angka

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("teks", "bulat", "nilai", "satuan"),
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
def test_the_writings_of_the_source_documents(teks: str, bulat: bool, nilai: str, satuan: str | None) -> None:
    angka = baca_angka(teks, bulat)
    assert (angka.nilai, angka.satuan, angka.bebas) == (Decimal(nilai), satuan, True)


@pytest.mark.parametrize("teks", ["0", "7", "1799", "12157475000", "+5", "-3", "007"])
@pytest.mark.parametrize("bulat", [True, False])
def test_a_plain_whole_number_needs_no_remark(teks: str, bulat: bool) -> None:
    angka = baca_angka(teks, bulat)
    assert (angka.nilai, angka.satuan, angka.bebas) == (Decimal(int(teks)), None, False)


@pytest.mark.parametrize(("teks", "nilai"), [("92.72", "92.72"), ("1.799", "1.799"), ("0.35", "0.35"), ("5.0", "5")])
def test_a_plain_decimal_is_one_where_fractions_make_sense(teks: str, nilai: str) -> None:
    angka = baca_angka(teks, bulat=False)
    assert (angka.nilai, angka.bebas) == (Decimal(nilai), False)


@pytest.mark.parametrize(
    ("teks", "bulat", "nilai"),
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
def test_whole_numbers_settle_what_a_single_separator_means(teks: str, bulat: bool, nilai: str) -> None:
    assert baca_angka(teks, bulat).nilai == Decimal(nilai)


def test_a_fraction_stays_one_even_where_whole_numbers_are_expected() -> None:
    assert baca_angka("2,5", bulat=True).nilai == Decimal("2.5")
    assert baca_angka("2.5", bulat=True).nilai == Decimal("2.5")


@pytest.mark.parametrize("teks", ["0.350%", "0,350%", "0.350 %"])
def test_a_zero_never_begins_a_group_of_thousands(teks: str) -> None:
    assert baca_angka(teks, bulat=False).nilai == Decimal("0.35")


@pytest.mark.parametrize(
    ("teks", "nilai"),
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
def test_sums_of_money(teks: str, nilai: str) -> None:
    for bulat in (True, False):
        angka = baca_angka(teks, bulat)
        assert (angka.nilai, angka.satuan, angka.bebas) == (Decimal(nilai), "rupiah", True)


@pytest.mark.parametrize(
    ("teks", "satuan"),
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
def test_the_unit_written_beside_is_kept_in_one_spelling(teks: str, satuan: str) -> None:
    angka = baca_angka(teks, bulat=True)
    assert (angka.nilai, angka.satuan, angka.bebas) == (Decimal(15), satuan, True)


def test_spaces_may_part_thousands() -> None:
    assert baca_angka("12 157 475", bulat=True).nilai == Decimal(12_157_475)
    assert baca_angka("  1 799  KK ", bulat=True).nilai == Decimal(1_799)


@pytest.mark.parametrize(
    "teks",
    ["", " ", "-", "abc", "KK", "%", "Rp", "Rp.", ".", ",", "--5", "5-", "5+5", "1e5", "NaN", "Infinity", "1/2", "=A1+B1", "#REF!",
     "12 KK 3", "KK 12", "5 (lima)", "±5", "1.2.3", "1,2,3", "1.23.456", "12,157,475,00", "1234.567.890", "1.799,50,3",
     "1.799.50,3,1", "2020-07-01"],
)  # fmt: skip
@pytest.mark.parametrize("bulat", [True, False])
def test_junk_is_refused_and_named(teks: str, bulat: bool) -> None:
    with pytest.raises(ValueError, match="bukan angka") as salah:
        baca_angka(teks, bulat)
    assert f'"{teks}"' in str(salah.value)


@pytest.mark.parametrize("teks", ["1.2,3", "1.79,50", "12,34.5", "1.2345,6", "1.799.50,3"])
def test_thousands_grouped_wrongly_before_a_decimal_sign_are_refused(teks: str) -> None:
    with pytest.raises(ValueError, match="bukan angka"):
        baca_angka(teks, bulat=False)


@pytest.mark.parametrize("teks", ["10 11", "15 20 KK", "1 2 3"])
def test_two_numbers_in_one_cell_are_not_glued_together(teks: str) -> None:
    with pytest.raises(ValueError, match="bukan angka"):
        baca_angka(teks, bulat=True)


@CEPAT
@given(st.integers(0, 10**15))
@example(1_000)
@example(999_000)
@example(999)
def test_every_way_to_part_thousands_gives_the_whole_number(n: int) -> None:
    inggris = f"{n:,}"
    indonesia = inggris.replace(",", ".")
    for teks in (str(n), inggris, indonesia, f"{indonesia} KK", f"Rp. {indonesia}.-", f"Rp{indonesia},-"):
        assert baca_angka(teks, bulat=True).nilai == n, teks


@CEPAT
@given(st.integers(0, 10**12), st.integers(0, 99))
@example(1_000, 0)
def test_two_decimals_are_read_either_way(rupiah: int, sen: int) -> None:
    inggris = f"{rupiah:,}.{sen:02d}"
    indonesia = f"{rupiah:,}".replace(",", ".") + f",{sen:02d}"
    harap = Decimal(f"{rupiah}.{sen:02d}")
    for teks in (inggris, indonesia, f"{indonesia}%", f"Rp {indonesia}"):
        assert baca_angka(teks, bulat=False).nilai == harap, teks


@CEPAT
@given(st.text(max_size=12))
def test_any_text_is_read_as_a_finite_number_or_refused(teks: str) -> None:
    try:
        angka = baca_angka(teks, bulat=True)
    except ValueError:
        return
    assert angka.nilai.is_finite()
    assert any(h.isdigit() for h in teks)
