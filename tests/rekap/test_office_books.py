"""Workbooks as offices make them, each read through the whole path: file, child process, table, columns, rows, figures."""

from dataclasses import replace

import pytest

from tests.rekap.books_of_cells import CELLS
from tests.rekap.books_of_layouts import LAYOUTS
from tests.rekap.books_of_regions import REGIONS
from tests.rekap.office_books import Book, wrong_of

BOOKS = (*LAYOUTS, *CELLS, *REGIONS)


def test_there_are_enough_of_them_and_no_two_are_called_alike() -> None:
    names = {b.name for b in BOOKS}
    assert len(names) == len(BOOKS)
    assert len(names) >= 60
    assert {"xlsx", "xlsxwriter", "xls", "ods", "csv"} <= {b.kind for b in BOOKS}


@pytest.mark.parametrize("made", BOOKS, ids=lambda b: b.name)
def test_a_workbook_is_read_as_a_person_would_read_it(made: Book) -> None:
    assert wrong_of(made) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("53.14.03 BAN01 5", "read: 53.14.03 BAN01 5"),
        ("i BARIS_DILEWATI baris 8", "not said: i BARIS_DILEWATI baris 88"),
    ],
)
def test_a_reading_that_is_not_right_is_seen(change: str, told: str) -> None:
    made = LAYOUTS[0]
    assert told in wrong_of(replace(made, reading=made.reading.replace(change, change + "8")))
