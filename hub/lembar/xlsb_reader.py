"""The sheets of an XLSB: their values and dates, and beside them what its records say; formats are not read."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetVisibleEnum

from hub.lembar.number_format import as_decimal, decimal_text
from hub.lembar.plain_text import plain
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_limits import MOST_CELLS, MOST_ROWS, too_many_cells
from hub.lembar.sheet_rows import SheetRows
from hub.lembar.xlsb_records import mark, sheet_parts
from hub.lembar.xlsx_book import Parts
from hub.lembar.xml_reader import BrokenError


def read_xlsb(name: str, content: bytes, parts: Parts, part: str) -> Iterator[Sheet]:
    """`part`: the one that names the sheets. Raises InvalidInputError; BrokenError, KeyError where it is none."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        where = sheet_parts(parts, part)
        for about in book.sheets_metadata:
            rows = _rows(name, book, about)
            with parts.open(where[about.name]) as records:
                mark(rows, records.read())
            yield rows.sheet()
    except CalamineError:
        raise BrokenError from None
    except BaseException as panic:  # how the library breaks off over a damaged file is no Exception
        if type(panic).__module__ != "pyo3_runtime":
            raise
        raise BrokenError from None


def _rows(name: str, book: CalamineWorkbook, about: SheetMetadata) -> SheetRows:
    place = f'{name}, lembar "{about.name}"'
    sheet = book.get_sheet_by_name(about.name)
    if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise too_many_cells(place, sheet.total_height, sheet.total_width)
    rows = SheetRows(place, plain(about.name), about.visible != SheetVisibleEnum.Visible)
    left = sheet.start[1] if sheet.start else 0  # rows above the table come as they are, columns beside it do not
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for column, content in enumerate(cells, left):
            _put(rows, number, column, content)
    return rows


def _put(rows: SheetRows, number: int, column: int, content: object) -> None:
    if isinstance(content, bool):
        rows.put(number, column, "TRUE" if content else "FALSE")
    elif isinstance(content, float | int):
        value = as_decimal(content)
        text = decimal_text(value) if value is not None else str(content)
        rows.put(number, column, text, exact="." in text)
    elif isinstance(content, datetime) and content.time() == time():
        rows.put(number, column, content.date().isoformat())
    elif isinstance(content, datetime):
        rows.put(number, column, content.isoformat(" "))
    elif isinstance(content, date | time):
        rows.put(number, column, content.isoformat())
    elif content is not None:
        rows.put(number, column, plain(str(content)))
