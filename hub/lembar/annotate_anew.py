"""Sheets as a new XLSX, for files of kinds that are only read here: it holds what the hub read, so that it is read to the same again."""

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from hub.lembar.number_format import number_format
from hub.lembar.sheet import OddKind, Sheet

_WHOLE = re.compile(r"-?[1-9]\d{0,14}|0", re.ASCII)
_FIGURE = re.compile(r"(?P<minus>-?)(?P<before>[^\d-]*)(?P<digits>\d+(?:\.\d+)?)(?P<after>\D*)", re.ASCII)
_FAULTS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_UNKNOWN = "=NA()"  # it has no result either until somebody opens it, and then it is a fault and no figure
_WIDEST, _LEAST = 48, 6


def new_book(sheets: Sequence[Sheet]) -> tuple[bytes, dict[str, str]]:
    """The file, and what its sheets are called in it: names there are shorter and no two alike."""
    out = io.BytesIO()
    names: dict[str, str] = {}
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        looks = _Looks(book)
        taken: set[str] = set()
        active = False
        for sheet in sheets:
            name = _name(sheet.name, taken)
            taken.add(name.casefold())
            names.setdefault(sheet.name, name)
            written = book.add_worksheet(name)
            _write(sheet, written, looks)
            if sheet.hidden:
                written.hide()
            elif not active:
                active = True
                written.activate()
                written.set_first_sheet()
        if not active:  # a book shows one at least
            book.add_worksheet(_name("Kosong", taken)).activate()
    return out.getvalue(), names


class _Looks:
    """Formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def of(self, code: str) -> Format:
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _write(sheet: Sheet, written: Worksheet, looks: _Looks) -> None:
    for m in sheet.merged:
        written.merge_range(m.top - 1, m.left, m.bottom - 1, m.right, "")
    widths: dict[int, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        for column, text in enumerate(row):
            if text and (number, column) not in sheet.odd:
                _put(written, (number - 1, column), text, looks, exact=(number, column) in sheet.exact)
                widths[column] = max(widths.get(column, _LEAST), min(len(text), _WIDEST))
    for (number, column), odd in sheet.odd.items():
        at = number - 1, column
        if odd.kind is OddKind.FAULT:
            value = odd.text if odd.text in _FAULTS else "#N/A"
            written.write_formula(*at, "=NA()" if value == "#N/A" else f"={value}", None, value)
        elif odd.kind is OddKind.FORMULA:
            written.write_formula(*at, _UNKNOWN, None, "")
        elif _WHOLE.fullmatch(odd.text):
            written.write_number(*at, int(odd.text), looks.of(";;;"))
        else:
            written.write_string(*at, odd.text, looks.of(";;;"))
    for column in sorted(widths.keys() | sheet.hidden_columns):
        hidden = {"hidden": 1} if column in sheet.hidden_columns else {}
        written.set_column(column, column, widths.get(column, _LEAST) + 2, None, hidden)
    for number in sheet.hidden_rows:
        written.set_row(number - 1, None, None, {"hidden": 1})


def _put(written: Worksheet, at: tuple[int, int], text: str, looks: _Looks, *, exact: bool) -> None:
    if not exact:
        if _WHOLE.fullmatch(text):
            written.write_number(*at, int(text))
        else:
            written.write_string(*at, text)
        return
    found = _FIGURE.fullmatch(text)
    if found is not None:
        for value, code in _ways(found):
            shown = number_format(code).number(value)
            if (shown.text, shown.exact) == (text, True):
                written.write_number(*at, float(value), looks.of(code))
                return
    written.write_string(*at, text)


def _ways(figure: re.Match[str]) -> Iterable[tuple[Decimal, str]]:
    """Numbers with formats that may be shown like that."""
    value = Decimal(figure["minus"] + figure["digits"])
    before, after = _quoted(figure["before"]), figure["after"]
    if after.startswith("%"):
        yield value / 100, f"{before}0.00%{_quoted(after[1:])}"
    elif before or after:
        yield value, f"{before}0.00{_quoted(after)}"
    else:
        yield value, "General"


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"' if words else ""


def _name(wanted: str, taken: set[str]) -> str:
    bare = _NO_NAME.sub(" ", wanted).strip().strip("'")[:_LONGEST_NAME] or "Lembar"
    name, count = bare, 1
    while name.casefold() in taken or name.casefold() == "history":
        count += 1
        name = f"{bare[: _LONGEST_NAME - 5]} ({count})"
    return name
