"""Reporting periods: how they are written, and that they divide a year without gap or overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.periode import Periode, PeriodeKind

FAST = settings(max_examples=100, deadline=None, derandomize=True)

ONE_DAY = timedelta(days=1)


@st.composite
def periode(draw: st.DrawFn) -> Periode:
    kind = draw(st.sampled_from(PeriodeKind))
    return Periode(draw(st.integers(1946, 2200)), kind, draw(st.integers(1, 12 // kind)))


@pytest.mark.parametrize(
    ("text", "kind", "ordinal", "first_day", "last_day"),
    [
        ("2020", PeriodeKind.TAHUN, 1, date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-S1", PeriodeKind.SEMESTER, 1, date(2020, 1, 1), date(2020, 6, 30)),
        ("2020-S2", PeriodeKind.SEMESTER, 2, date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-TW1", PeriodeKind.TRIWULAN, 1, date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-TW4", PeriodeKind.TRIWULAN, 4, date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-02", PeriodeKind.BULAN, 2, date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", PeriodeKind.BULAN, 2, date(2021, 2, 1), date(2021, 2, 28)),
        ("2020-12", PeriodeKind.BULAN, 12, date(2020, 12, 1), date(2020, 12, 31)),
    ],
)
def test_a_written_period_has_its_days(
    text: str, kind: PeriodeKind, ordinal: int, first_day: date, last_day: date
) -> None:
    p = Periode.read(text)
    assert (p.year, p.kind, p.ordinal) == (first_day.year, kind, ordinal)
    assert (p.first_day, p.last_day) == (first_day, last_day)
    assert str(p) == text


def test_case_and_spaces_around_do_not_matter() -> None:
    assert Periode.read(" 2020-tw3 ") == Periode(2020, PeriodeKind.TRIWULAN, 3)
    assert Periode.read("2020-s1\n") == Periode(2020, PeriodeKind.SEMESTER, 1)


@pytest.mark.parametrize(
    "text",
    ["", "20", "202", "20200", "2020-", "2020-0", "2020-7", "2020-00", "2020-13", "2020-007", "2020-S0", "2020-S3", "2020-TW0",
     "2020-TW5", "2020-Q1", "2020 TW1", "2020/07", "TW1-2020", "2020-07-01", "Juli 2020", "-2020"],
)  # fmt: skip
def test_anything_else_is_refused_with_all_ways_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="tidak dikenal") as error:
        Periode.read(text)
    assert f'"{text}"' in str(error.value)
    for example in ('"2020"', '"2020-S1"', '"2020-TW3"', '"2020-07"'):
        assert example in str(error.value)


def test_a_year_before_the_republic_is_refused() -> None:
    assert Periode.read("1945").first_day == date(1945, 1, 1)
    with pytest.raises(ValueError, match="tahun 1944"):
        Periode.read("1944-TW1")
    with pytest.raises(ValueError, match="tahun 0"):
        Periode.read("0000")


def test_the_tree_goes_year_semester_quarter_month() -> None:
    july = Periode.read("2020-07")
    assert [str(p) for p in july.ancestors] == ["2020-TW3", "2020-S2", "2020"]
    assert [str(p) for p in Periode.read("2020").parts] == ["2020-S1", "2020-S2"]
    assert [str(p) for p in Periode.read("2020-S2").parts] == ["2020-TW3", "2020-TW4"]
    assert [str(p) for p in Periode.read("2020-TW3").parts] == ["2020-07", "2020-08", "2020-09"]
    assert july.parts == ()
    assert Periode.read("2020").parent is None
    assert Periode.read("2020").ancestors == ()


def test_the_period_before_the_first_of_a_year_is_the_last_of_the_year_before() -> None:
    previous = {
        "2021": "2020",
        "2021-S1": "2020-S2",
        "2021-TW1": "2020-TW4",
        "2021-01": "2020-12",
        "2021-03": "2021-02",
    }
    assert {p: str(Periode.read(p).previous) for p in previous} == previous


@FAST
@given(periode())
def test_what_is_written_is_read_back(p: Periode) -> None:
    assert Periode.read(str(p)) == p


@FAST
@given(periode())
def test_a_period_is_exactly_partitioned_by_its_parts(p: Periode) -> None:
    if p.kind is PeriodeKind.BULAN:
        assert p.parts == ()
        return
    assert p.parts[0].first_day == p.first_day
    assert p.parts[-1].last_day == p.last_day
    assert all(
        earlier.last_day + ONE_DAY == later.first_day for earlier, later in zip(p.parts, p.parts[1:], strict=False)
    )
    assert all(b.parent == p for b in p.parts)
    assert sum(b.kind for b in p.parts) == p.kind


@FAST
@given(periode())
def test_every_coarser_period_holds_the_finer_one(p: Periode) -> None:
    assert [q.kind for q in p.ancestors] == [j for j in PeriodeKind if j > p.kind]
    assert all(q.first_day <= p.first_day <= p.last_day <= q.last_day for q in p.ancestors)


@FAST
@given(periode())
def test_the_period_before_ends_the_day_before_and_is_as_long(p: Periode) -> None:
    assert p.previous.last_day + ONE_DAY == p.first_day
    assert p.previous.kind is p.kind


@FAST
@given(st.integers(1945, 2200))
def test_the_months_of_a_year_are_all_its_days_once(year: int) -> None:
    leaves = [Periode(year, PeriodeKind.TAHUN, 1)]
    while leaves[0].parts:
        leaves = [b for p in leaves for b in p.parts]
    assert [str(p) for p in leaves] == [f"{year}-{m:02d}" for m in range(1, 13)]
    days = sum((p.last_day - p.first_day).days + 1 for p in leaves)
    assert days == (date(year + 1, 1, 1) - date(year, 1, 1)).days
