"""The sheets of an XLS."""

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from hub.lembar.number_format import NumberFormat, as_decimal, number_format
from hub.lembar.plain_text import plain
from hub.lembar.sheet import Merged, OddKind, Sheet
from hub.lembar.sheet_rows import SheetRows
from hub.lembar.xml_reader import BrokenError

_GENERAL = number_format("General")
_LEAST_HEIGHT = 20  # twentieths of a point
_LEAST_WIDTH = 38  # 256ths of a letter


def read_xls(name: str, content: bytes) -> Iterator[Sheet]:
    """Raises InvalidInputError; BrokenError where it is none."""
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    except MemoryError:
        raise
    except Exception:  # of every kind, for the library trusts the file
        raise BrokenError from None
    formats = [_format(book, i) for i in range(len(book.xf_list))]
    for sheet in book.sheets():
        yield _sheet(name, book, sheet, formats)


def _format(book: Any, style: int) -> NumberFormat:
    used = book.format_map.get(book.xf_list[style].format_key)
    return number_format(used.format_str or "General") if used is not None else _GENERAL


def _sheet(name: str, book: Any, sheet: Any, formats: list[NumberFormat]) -> Sheet:
    title = plain(sheet.name)
    rows = SheetRows(f'{name}, lembar "{title}"', title, sheet.visibility != 0)
    for number, row in sheet.rowinfo_map.items():
        if row.hidden or (row.height is not None and row.height < _LEAST_HEIGHT):
            rows.hide_rows(number + 1, number + 1)
    for column, info in sheet.colinfo_map.items():
        if info.hidden or info.width < _LEAST_WIDTH:
            rows.hide_columns(column, column)
    for top, below, left, beyond in sheet.merged_cells:
        if (below - top, beyond - left) != (1, 1):
            rows.merge(Merged(top + 1, left, below, beyond - 1))
    zeros = bool(getattr(sheet, "show_zero_values", 1))
    for number in range(sheet.nrows):
        kinds, values, styles = sheet.row_types(number), sheet.row_values(number), sheet._cell_xf_indexes[number]
        for column, (kind, value, style) in enumerate(zip(kinds, values, styles, strict=False)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            look = formats[style] if 0 <= style < len(formats) else _GENERAL
            _put(rows, (number + 1, column), (kind, value), look, (bool(book.datemode), zeros))
    return rows.sheet()


def _put(
    rows: SheetRows, where: tuple[int, int], cell: tuple[int, Any], look: NumberFormat, about: tuple[bool, bool]
) -> None:
    """`about`: whether days are counted from 1904; whether zeros are shown."""
    kind, value = cell
    from_1904, zeros = about
    if kind == xlrd.XL_CELL_ERROR:
        rows.put_odd(*where, OddKind.FAULT, xlrd.error_text_from_code.get(value, "#"))
    elif kind == xlrd.XL_CELL_BOOLEAN:
        rows.put(*where, "TRUE" if value else "FALSE")
    elif kind == xlrd.XL_CELL_TEXT:
        text = plain(value)
        words = look.words(text)
        if words.unseen and text.strip():
            rows.put_odd(*where, OddKind.UNSEEN, text)
        else:
            rows.put(*where, words.text)
    elif (figure := as_decimal(value)) is not None:
        shown = look.number(figure, from_1904=from_1904)
        if shown.unseen or (not zeros and figure == 0):
            rows.put_odd(*where, OddKind.UNSEEN, _GENERAL.number(figure).text)
        else:
            rows.put(*where, shown.text, exact=shown.exact)
