"""Spreadsheets (XLSX, XLSB, XLS, ODS) as sheets of text. Only for a process of its own (sheet_child): the library that opens them
ends its process where a file asks for more memory than there is."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetMetadata, SheetVisibleEnum

from hub.base.errors import InvalidInputError
from hub.base.temuan import display
from hub.lembar.plain_text import plain
from hub.lembar.sheet import Merged, Sheet, Spot
from hub.lembar.sheet_extent import bounded
from hub.lembar.sheet_limits import (
    MOST_CELL_LETTERS,
    MOST_CELLS,
    MOST_ROW_LETTERS,
    MOST_ROWS,
    MOST_SHEETS,
    too_many_cells,
    too_many_rows,
)

Row = list[str]


def unreadable(name: str) -> InvalidInputError:
    return InvalidInputError(
        f"{name} tidak dapat dibaca sebagai lembar kerja (rusak, berkata sandi, atau bukan lembar kerja). Buka di aplikasi "
        "lembar kerja, hapus kata sandinya bila ada, lalu simpan ulang sebagai XLSX atau CSV UTF-8."
    )


def read_workbook(name: str, content: bytes) -> Iterator[Sheet]:
    """Every sheet, its rows without the blanks at their ends. Raises InvalidInputError, at any sheet."""
    try:
        if zipfile.is_zipfile(io.BytesIO(content)):
            content = bounded(name, content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if len(book.sheet_names) > MOST_SHEETS:
            raise InvalidInputError(
                f"{name}: {display(len(book.sheet_names))} lembar, paling banyak {MOST_SHEETS}; hapus lembar yang tidak dipakai."
            )
        cells = 0
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            rows, columns = sheet.total_height + 1, sheet.total_width + 1
            cells += rows * columns
            if rows > MOST_ROWS + 1 or cells > MOST_CELLS + rows + columns:
                raise too_many_cells(f'{name}, lembar "{about.name}"', rows, columns)
            yield _sheet(name, about, sheet)
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, expat.ExpatError):
        # what zipfile raises for members it cannot open: packed in a strange way, with a password, cut
        raise unreadable(name) from None


def _sheet(name: str, about: SheetMetadata, sheet: CalamineSheet) -> Sheet:
    place = f'{name}, lembar "{about.name}"'
    # rows above the table come as they are, columns beside it do not
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows: list[Row] = []
    exact: list[Spot] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS:
            raise too_many_rows(place)
        row = left + [_text(c) for c in cells]
        exact += [(number, i) for i, c in enumerate(cells, len(left)) if isinstance(c, float) and not c.is_integer()]
        rows.append(_checked(place, number, _trimmed(row)))
    while rows and not rows[-1]:
        rows.pop()
    merged = tuple(
        Merged(top + 1, start, bottom + 1, end)
        for (top, start), (bottom, end) in sheet.merged_cell_ranges or ()
        if top < len(rows)
    )
    hidden = about.visible != SheetVisibleEnum.Visible
    return Sheet(about.name, rows, hidden, merged=merged, exact=frozenset(exact))


def _trimmed(row: Row) -> Row:
    """Without the blanks at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _checked(place: str, number: int, row: Row) -> Row:
    if max(map(len, row), default=0) > MOST_CELL_LETTERS or sum(map(len, row)) > MOST_ROW_LETTERS:
        raise InvalidInputError(
            f"{place}: baris {number} berisi teks lebih panjang dari {display(MOST_CELL_LETTERS)} huruf dalam satu sel atau "
            f"{display(MOST_ROW_LETTERS)} huruf dalam satu baris; ini bukan tabel. Pendekkan isinya."
        )
    return row


def _text(content: object) -> str:
    if isinstance(content, str):
        return plain(content)
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    if isinstance(content, datetime) and content.time() == time():
        content = content.date()
    if isinstance(content, date):
        return content.isoformat()
    return "" if content is None else plain(str(content))
