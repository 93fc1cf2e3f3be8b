"""Reporting periods: how they are written, and that they divide a year without gap or overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.periode import JenisPeriode, Periode

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)

SEHARI = timedelta(days=1)


@st.composite
def periode(draw: st.DrawFn) -> Periode:
    jenis = draw(st.sampled_from(JenisPeriode))
    return Periode(draw(st.integers(1946, 2200)), jenis, draw(st.integers(1, 12 // jenis)))


@pytest.mark.parametrize(
    ("teks", "jenis", "ke", "awal", "akhir"),
    [
        ("2020", JenisPeriode.TAHUN, 1, date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-S1", JenisPeriode.SEMESTER, 1, date(2020, 1, 1), date(2020, 6, 30)),
        ("2020-S2", JenisPeriode.SEMESTER, 2, date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-TW1", JenisPeriode.TRIWULAN, 1, date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-TW4", JenisPeriode.TRIWULAN, 4, date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-02", JenisPeriode.BULAN, 2, date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", JenisPeriode.BULAN, 2, date(2021, 2, 1), date(2021, 2, 28)),
        ("2020-12", JenisPeriode.BULAN, 12, date(2020, 12, 1), date(2020, 12, 31)),
    ],
)
def test_a_written_period_has_its_days(teks: str, jenis: JenisPeriode, ke: int, awal: date, akhir: date) -> None:
    p = Periode.baca(teks)
    assert (p.tahun, p.jenis, p.ke) == (awal.year, jenis, ke)
    assert (p.awal, p.akhir) == (awal, akhir)
    assert str(p) == teks


def test_case_and_spaces_around_do_not_matter() -> None:
    assert Periode.baca(" 2020-tw3 ") == Periode(2020, JenisPeriode.TRIWULAN, 3)
    assert Periode.baca("2020-s1\n") == Periode(2020, JenisPeriode.SEMESTER, 1)


@pytest.mark.parametrize(
    "teks",
    ["", "20", "202", "20200", "2020-", "2020-0", "2020-7", "2020-00", "2020-13", "2020-007", "2020-S0", "2020-S3", "2020-TW0",
     "2020-TW5", "2020-Q1", "2020 TW1", "2020/07", "TW1-2020", "2020-07-01", "Juli 2020", "-2020"],
)  # fmt: skip
def test_anything_else_is_refused_with_all_ways_to_write_it(teks: str) -> None:
    with pytest.raises(ValueError, match="tidak dikenal") as salah:
        Periode.baca(teks)
    assert f'"{teks}"' in str(salah.value)
    for contoh in ('"2020"', '"2020-S1"', '"2020-TW3"', '"2020-07"'):
        assert contoh in str(salah.value)


def test_a_year_before_the_republic_is_refused() -> None:
    assert Periode.baca("1945").awal == date(1945, 1, 1)
    with pytest.raises(ValueError, match="tahun 1944"):
        Periode.baca("1944-TW1")
    with pytest.raises(ValueError, match="tahun 0"):
        Periode.baca("0000")


def test_the_tree_goes_year_semester_quarter_month() -> None:
    juli = Periode.baca("2020-07")
    assert [str(p) for p in juli.leluhur] == ["2020-TW3", "2020-S2", "2020"]
    assert [str(p) for p in Periode.baca("2020").bagian] == ["2020-S1", "2020-S2"]
    assert [str(p) for p in Periode.baca("2020-S2").bagian] == ["2020-TW3", "2020-TW4"]
    assert [str(p) for p in Periode.baca("2020-TW3").bagian] == ["2020-07", "2020-08", "2020-09"]
    assert juli.bagian == ()
    assert Periode.baca("2020").induk is None
    assert Periode.baca("2020").leluhur == ()


def test_the_period_before_the_first_of_a_year_is_the_last_of_the_year_before() -> None:
    sebelum = {"2021": "2020", "2021-S1": "2020-S2", "2021-TW1": "2020-TW4", "2021-01": "2020-12", "2021-03": "2021-02"}
    assert {p: str(Periode.baca(p).sebelumnya) for p in sebelum} == sebelum


@CEPAT
@given(periode())
def test_what_is_written_is_read_back(p: Periode) -> None:
    assert Periode.baca(str(p)) == p


@CEPAT
@given(periode())
def test_a_period_is_exactly_partitioned_by_its_parts(p: Periode) -> None:
    if p.jenis is JenisPeriode.BULAN:
        assert p.bagian == ()
        return
    assert p.bagian[0].awal == p.awal
    assert p.bagian[-1].akhir == p.akhir
    assert all(kiri.akhir + SEHARI == kanan.awal for kiri, kanan in zip(p.bagian, p.bagian[1:], strict=False))
    assert all(b.induk == p for b in p.bagian)
    assert sum(b.jenis for b in p.bagian) == p.jenis


@CEPAT
@given(periode())
def test_every_coarser_period_holds_the_finer_one(p: Periode) -> None:
    assert [q.jenis for q in p.leluhur] == [j for j in JenisPeriode if j > p.jenis]
    assert all(q.awal <= p.awal <= p.akhir <= q.akhir for q in p.leluhur)


@CEPAT
@given(periode())
def test_the_period_before_ends_the_day_before_and_is_as_long(p: Periode) -> None:
    assert p.sebelumnya.akhir + SEHARI == p.awal
    assert p.sebelumnya.jenis is p.jenis


@CEPAT
@given(st.integers(1945, 2200))
def test_the_months_of_a_year_are_all_its_days_once(tahun: int) -> None:
    daun = [Periode(tahun, JenisPeriode.TAHUN, 1)]
    while daun[0].bagian:
        daun = [b for p in daun for b in p.bagian]
    assert [str(p) for p in daun] == [f"{tahun}-{m:02d}" for m in range(1, 13)]
    hari = sum((p.akhir - p.awal).days + 1 for p in daun)
    assert hari == (date(tahun + 1, 1, 1) - date(tahun, 1, 1)).days
