"""Dates and how long papers hold, as officials write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.base.dates import Span, read_date, read_span, read_start

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@pytest.mark.parametrize(
    "text",
    [
        "31-12-2023", "31/12/2023", "31.12.2023", "31 12 2023", "31/12/23", "31 Desember 2023", "31 DESEMBER 2023",
        "31-Des-2023", "31 Des. 2023", "31-Dec-23", "2023-12-31", "2023-12-31 00:00:00", "45291", "45291.0",
        "Minggu, 31 Desember 2023", "tanggal 31 Desember 2023", " 31  Desember   2023 ",
    ],
)  # fmt: skip
def test_one_day_however_it_is_written(text: str) -> None:
    assert read_date(text) == date(2023, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "x", "Desember 2023", "2023", "31-02-2023", "12/31/2023", "31-13-2023", "1-1-0001", "31 Foo 2023", "-"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"bukan tanggal|tidak mungkin"):
        read_date(text)


@given(st.dates(date(1930, 1, 1), date(2150, 12, 31)))
def test_every_day_in_every_spelling_is_that_day(day: date) -> None:
    d, m, y = day.day, day.month, day.year
    serial = (day - date(1899, 12, 30)).days
    for text in (
        f"{d}-{m}-{y}",
        f"{d:02}/{m:02}/{y}",
        f"{d} {MONTHS[m - 1]} {y}",
        f"{d}-{MONTHS[m - 1][:3]}-{y}",
        day.isoformat(),
        str(serial),
    ):
        assert read_date(text) == day, text


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("01-01-2022 s.d. 31-12-2024", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("01/01/2022 s/d 31/12/2024", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("1 Januari 2022 sampai dengan 31 Desember 2024", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("1 Januari 2022 – 31 Desember 2024", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("01-01-2022-31-12-2024", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("2022-2025", Span(date(2022, 1, 1), date(2025, 12, 31), approximate=True)),
        ("Maret 2022 s/d Februari 2024", Span(date(2022, 3, 1), date(2024, 2, 29), approximate=True)),
        ("31 Desember 2025", Span(None, date(2025, 12, 31))),
        ("s.d. 31-12-2025", Span(None, date(2025, 12, 31))),
        ("2025", Span(None, date(2025, 12, 31), approximate=True)),
        ("45291", Span(None, date(2023, 12, 31))),
        ("Seumur Hidup", Span(None, None)),
        ("2020 sampai sekarang", Span(date(2020, 1, 1), None)),
        ("3 (tiga) tahun", Span(None, None, years=3)),
    ],
)  # fmt: skip
def test_how_long_a_paper_holds(text: str, span: Span) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["besok", "31-02-2022 s.d. 31-12-2024", "1-2-3-4", "tiga tahun"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="bukan"):
        read_span(text)


def test_where_only_a_month_or_a_year_is_written_it_begins_on_its_first_day() -> None:
    assert read_start("2019") == (date(2019, 1, 1), True)
    assert read_start("Mei 2019") == (date(2019, 5, 1), True)
    assert read_start("5 Mei 2019") == (date(2019, 5, 5), False)
    assert read_start("tahun 2019")[0] + timedelta(days=364) == date(2019, 12, 31)
