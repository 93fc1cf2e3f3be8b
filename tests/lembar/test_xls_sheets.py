"""XLS, as offices still keep it."""

import io
from datetime import datetime
from typing import Any

import pytest
import xlwt

from hub.base.errors import InvalidInputError
from hub.lembar.files import read_sheets
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet

CELLS = [
    # value, format, text, whether its point is that of a fraction
    (0.2754, "0.00%", "27.54%", True),
    (1799, '0" KK"', "1799 KK", False),
    (526700000, '"Rp"#,##0', "Rp526700000", False),
    (5, "00", "05", False),
    (5314010001, "0000000000", "5314010001", False),
    (12157475000, "General", "12157475000", False),
    (0.00005, "General", "0.00005", True),
    (1.5, "General", "1.5", True),
    (datetime(2021, 3, 5), "dd/mm/yyyy", "2021-03-05", False),
    (datetime(2021, 3, 5, 8, 30), "dd/mm/yyyy hh:mm", "2021-03-05 08:30:00", False),
    (True, "General", "TRUE", False),
    ("Oe\u200bseli", "General", "Oeseli", False),
    ("005", "@", "005", False),
]  # fmt: skip


def look(code: str) -> Any:
    style = xlwt.XFStyle()
    style.num_format_str = code
    return style


def read(book: Any) -> list[Sheet]:
    content = io.BytesIO()
    book.save(content)
    return read_sheets("a.xls", content.getvalue())


def test_a_cell_says_what_was_written() -> None:
    book = xlwt.Workbook()
    made = book.add_sheet("Data")
    for number, (value, code, _, _) in enumerate(CELLS):
        made.write(number, 1, value, look(code))
    (one,) = read(book)
    assert [r[1] for r in one.rows] == [text for _, _, text, _ in CELLS]
    assert set(one.exact) == {(n, 1) for n, c in enumerate(CELLS, 1) if c[3]}
    assert not one.odd


def test_what_is_hidden_merged_wrong_or_unseen_is_told() -> None:
    book = xlwt.Workbook()
    made = book.add_sheet("Data")
    for number in range(5):
        for column in range(3):
            made.write(number, column, number * 10 + column)
    made.row(2).hidden = True
    made.col(1).hidden = True
    made.col(2).width = 0
    made.write(5, 0, 7, look(";;;"))
    made.row(5).set_cell_error(1, 0x2A)
    made.write_merge(6, 8, 0, 0, "Lobalain")
    made.write(8, 1, 1)
    hidden = book.add_sheet("Sembunyi")
    hidden.visibility = 1
    book.add_sheet("Sangat").visibility = 2
    one, *others = read(book)
    assert [(s.name, s.hidden) for s in (one, *others)] == [("Data", False), ("Sembunyi", True), ("Sangat", True)]
    assert (set(one.hidden_rows), set(one.hidden_columns)) == ({3}, {1, 2})
    assert one.odd == {(6, 0): Odd(OddKind.UNSEEN, "7"), (6, 1): Odd(OddKind.FAULT, "#N/A")}
    assert one.rows[5] == ["", "#N/A"]
    assert one.merged == (Merged(7, 0, 9, 0),)
    assert one.rows[6:] == [["Lobalain"], [], ["", "1"]]


def test_days_counted_from_1904() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("Data").write(0, 0, datetime(2021, 3, 5), look("d/m/yy"))
    assert read(book)[0].rows == [["2021-03-05"]]


@pytest.mark.parametrize("cut", [600, 1_500, 4_000])
def test_a_cut_file_is_said_to_be_broken(cut: int) -> None:
    book = xlwt.Workbook()
    made = book.add_sheet("Data")
    for number in range(300):
        made.write(number, 0, f"Desa nomor {number}")
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(InvalidInputError, match=r"a\.xls tidak dapat dibaca"):
        read_sheets("a.xls", content.getvalue()[:cut])
