"""The sheets of an XLSB: their values, dates, merged cells and what is hidden as a whole; formats and hidden rows are not read."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetVisibleEnum

from hub.lembar.number_format import as_decimal, decimal_text
from hub.lembar.plain_text import plain
from hub.lembar.sheet import Merged, OddKind, Sheet
from hub.lembar.sheet_limits import MOST_CELLS, MOST_ROWS, too_many_cells
from hub.lembar.sheet_rows import SheetRows
from hub.lembar.xml_reader import BrokenError


def read_xlsb(name: str, content: bytes) -> Iterator[Sheet]:
    """Raises InvalidInputError; BrokenError where it is none."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for about in book.sheets_metadata:
            yield _sheet(name, book, about)
    except CalamineError:
        raise BrokenError from None


def _sheet(name: str, book: CalamineWorkbook, about: SheetMetadata) -> Sheet:
    place = f'{name}, lembar "{about.name}"'
    sheet = book.get_sheet_by_name(about.name)
    if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise too_many_cells(place, sheet.total_height, sheet.total_width)
    rows = SheetRows(place, plain(about.name), about.visible != SheetVisibleEnum.Visible)
    left = sheet.start[1] if sheet.start else 0  # rows above the table come as they are, columns beside it do not
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for column, content in enumerate(cells, left):
            _put(rows, number, column, content)
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        rows.merge(Merged(top + 1, first, bottom + 1, last))
    return rows.sheet()


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
    elif isinstance(content, str) and content.startswith("#") and content.rstrip("!?").isupper():
        rows.put_odd(number, column, OddKind.FAULT, content)
    elif content is not None:
        rows.put(number, column, plain(str(content)))
