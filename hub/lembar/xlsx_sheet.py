"""A worksheet of XLSX, cell by cell in one pass: what is shown, and what is there and is not."""

from typing import IO
from xml.parsers import expat

from hub.lembar.number_format import NumberFormat, as_decimal, number_format
from hub.lembar.sheet import Merged, OddKind
from hub.lembar.sheet_rows import SheetRows, column_number, spot
from hub.lembar.xlsx_book import Book, unescaped
from hub.lembar.xml_reader import Attributes, BrokenError, XmlReader, is_true, number

_GENERAL = number_format("General")
_LEAST_HEIGHT = 1.0  # points: less is no line on a screen
_LEAST_WIDTH = 0.15  # letters
_MOST_KEPT = 50_000  # numbers as written that are remembered
_MOST_RESULTS = 100_000  # cells of array formulas that are looked at
_DIGITS = "0123456789"
_Written = tuple[str, bool, bool]  # text, exact, unseen


class XlsxSheet(XmlReader):
    def __init__(self, book: Book, rows: SheetRows) -> None:
        super().__init__()
        self._book, self._rows = book, rows
        self._row = self._column = 0
        self._type = self._style = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._has_value = self._in_cell = self._aid = False
        self._kept: list[str] | None = None  # where the text of the element goes
        self._shared: dict[str, str] = {}
        self._shared_of: str | None = None
        self._array: str | None = None
        self._arrays: list[tuple[str, str]] = []
        self._results_left = _MOST_RESULTS
        self._zeros = True
        self._all_cells = False
        self._formats: dict[str, NumberFormat] = {}
        self._written: dict[tuple[str, str], _Written] = {}
        self.starts |= {
            "row": self._start_row, "c": self._start_cell, "v": self._start_value, "t": self._start_text, "f": self._start_formula,
            "rPh": self._start_aid, "col": self._start_column, "mergeCell": self._merge, "sheetView": self._view,
        }  # fmt: skip
        self.ends |= {
            "c": self._end_cell, "v": self._end_value, "t": self._end_value, "f": self._end_value, "rPh": self._end_aid,
            "sheetData": self._end_cells,
        }  # fmt: skip

    def read(self, text: IO[bytes]) -> None:
        """Raises InvalidInputError; expat.ExpatError where its cells are no XML."""
        try:
            super().read(text)
        except (expat.ExpatError, BrokenError):
            if not self._all_cells:
                raise
        for reference, formula in self._arrays:
            self._without_result(reference, formula)

    def characters(self, text: str) -> None:
        if self._kept is not None:
            self._kept.append(text)

    def _start_row(self, a: Attributes) -> None:
        self._row, self._column = number(a.get("r"), self._row + 1), -1
        height = a.get("ht")
        if is_true(a.get("hidden")) or (height is not None and _less(height, _LEAST_HEIGHT)):
            self._rows.hide_rows(self._row, self._row)

    def _start_cell(self, a: Attributes) -> None:
        reference = a.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip(_DIGITS)
            if letters.isalpha() and letters.isascii() and len(letters) <= 3:
                self._column = column_number(letters) - 1
                self._row = int(reference[len(letters) :][:8] or self._row)
            elif (found := spot(reference)) is not None:
                self._row, self._column = found
            else:
                self._column += 1
        self._type, self._style = a.get("t", "n"), a.get("s", "0")
        self._value, self._formula, self._has_value, self._in_cell = [], None, False, True
        self._shared_of = self._array = None

    def _start_value(self, _: Attributes) -> None:
        if self._in_cell:
            self._kept, self._has_value = self._value, True

    def _start_text(self, _: Attributes) -> None:
        if self._in_cell and not self._aid:
            self._kept, self._has_value = self._value, True

    def _start_formula(self, a: Attributes) -> None:
        if self._in_cell:
            self._formula = self._kept = []
            self._shared_of = a.get("si") if a.get("t") == "shared" else None
            self._array = a.get("ref") if a.get("t") == "array" else None

    def _end_value(self) -> None:
        self._kept = None

    def _start_aid(self, _: Attributes) -> None:
        self._aid = True

    def _end_aid(self) -> None:
        self._aid = False

    def _end_cell(self) -> None:
        self._in_cell = False
        raw = "".join(self._value)
        if self._formula is not None:
            formula = self._whole_formula()
            empty = not raw and not (self._type == "str" and self._has_value)
            # what is asked to be worked out anew, and is 0, was never worked out: so libraries write formulas
            if empty or (self._book.recalculates and raw == "0" and self._type == "n"):
                self._rows.put_odd(self._row, self._column, OddKind.FORMULA, formula)
                if self._array:
                    self._arrays.append((self._array, formula))
                return
        if not raw:
            return
        if self._type == "e":
            self._rows.put_odd(self._row, self._column, OddKind.FAULT, raw)
            return
        text, exact, unseen = self._text(raw)
        if unseen:
            self._rows.put_odd(self._row, self._column, OddKind.UNSEEN, text)
        else:
            self._rows.put(self._row, self._column, text, exact=exact)

    def _text(self, raw: str) -> _Written:
        kind = self._type
        if kind == "n":
            known = self._written.get((raw, self._style))
            if known is None:
                if len(self._written) > _MOST_KEPT:
                    self._written.clear()
                known = self._written[raw, self._style] = self._number(raw)
            return known
        if kind == "b":
            return ("TRUE" if is_true(raw) else "FALSE"), False, False
        if kind == "d":
            return raw.removesuffix("Z").removesuffix("T00:00:00").replace("T", " "), False, False
        if kind == "s":
            at = number(raw, -1)
            if not 0 <= at < len(self._book.texts):
                raise BrokenError
            text = self._book.texts[at]
        else:
            text = unescaped(raw)
        words = self._format().words(text)
        return (words.text or text, False, True) if words.unseen and text.strip() else (words.text, False, False)

    def _number(self, raw: str) -> _Written:
        if raw.isdecimal() and raw.isascii() and raw[0] != "0" and self._format().adds_nothing:
            return raw, False, False
        value = as_decimal(raw)
        if value is None:
            return unescaped(raw), False, False
        if not self._zeros and value == 0:
            return "0", False, True
        shown = self._format().number(value, from_1904=self._book.from_1904)
        return (_GENERAL.number(value).text, False, True) if shown.unseen else (shown.text, shown.exact, False)

    def _format(self) -> NumberFormat:
        style = self._style
        known = self._formats.get(style)
        if known is None:
            at = number(style, 0)
            known = self._formats[style] = self._book.formats[at] if at < len(self._book.formats) else _GENERAL
        return known

    def _whole_formula(self) -> str:
        text = "".join(self._formula or ())
        if self._shared_of is not None:
            text = self._shared.setdefault(self._shared_of, text)
        return f"={text}"

    def _without_result(self, reference: str, formula: str) -> None:
        """The other cells of an array formula hold its results only."""
        first, _, last = reference.partition(":")
        top, bottom = spot(first), spot(last or first)
        if top is None or bottom is None:
            return
        for row in range(top[0], min(bottom[0], self._rows.height) + 1):
            for column in range(top[1], min(bottom[1], self._rows.width - 1) + 1):
                self._results_left -= 1
                if self._results_left < 0:
                    return
                if self._rows.is_empty(row, column):
                    self._rows.put_odd(row, column, OddKind.FORMULA, formula)

    def _end_cells(self) -> None:
        self._all_cells = True

    def _start_column(self, a: Attributes) -> None:
        width = a.get("width")
        if is_true(a.get("hidden")) or (width is not None and _less(width, _LEAST_WIDTH)):
            first = number(a.get("min"), 0)
            self._rows.hide_columns(first - 1, number(a.get("max"), first) - 1)

    def _merge(self, a: Attributes) -> None:
        first, _, last = a.get("ref", "").partition(":")
        top, bottom = spot(first), spot(last or first)
        if top is not None and bottom is not None and top != bottom:
            self._rows.merge(Merged(top[0], top[1], bottom[0], bottom[1]))

    def _view(self, a: Attributes) -> None:
        zeros = a.get("showZeros")
        self._zeros = zeros is None or is_true(zeros)


def _less(text: str, limit: float) -> bool:
    try:
        return float(text) < limit
    except ValueError:
        return False
