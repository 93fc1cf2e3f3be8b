"""The tables of an ODS in one pass. What is shown stands in it beside the value; of what is shown only the words are taken, the
figure is the value."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from hub.lembar.number_format import as_decimal, by_thousands, decimal_text
from hub.lembar.plain_text import plain
from hub.lembar.sheet import Merged, OddKind, Sheet
from hub.lembar.sheet_rows import SheetRows
from hub.lembar.xml_reader import Attributes, XmlReader, attribute, local, number

_FIGURE = re.compile(r"(?:[-−(]\s?)?[0-9](?:[0-9., \u00a0'/:]*[0-9])?(?:[eE][+-]?[0-9]+)?\)?")
_FAULT = re.compile(r"#[A-Z0-9/!?]+|Err:[0-9]+|#NAME\?|#N/A")
_LENGTH = re.compile(r"([0-9.]+)\s*(?:cm|mm|in|pt|px)?")
_SPAN = re.compile(r"(-?)P(?:([0-9]+)D)?T?(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,][0-9]+)?S)?")
_APART = ("annotation", "frame", "custom-shape", "ruby-text", "note", "shapes", "tracked-changes", "dde-links")
_MOST_SPACES = 32_768
_HIDDEN = ("collapse", "filter")


class OdsTables(XmlReader):
    """`sheets`: after reading. `name`: of the file."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._name = name
        self._style = ("", "")  # name, family
        self._data_style = ""
        self._scaled: set[str] = set()  # styles of numbers and of cells that show thousands or millions
        self._unseen_styles: set[tuple[str, str]] = set()  # name, family
        self._rows: SheetRows | None = None
        self._row = self._column = self._columns = self._repeat_row = self._repeat = 0
        self._cells: list[
            tuple[int, int, Attributes, str, bool]
        ] = []  # first and last column, what it is, its text, whether shown
        self._cell: Attributes | None = None
        self._pieces: list[str] = []
        self._paragraphs = self._in_paragraph = self._apart = self._groups = self._hidden_groups = 0
        self._group_stack: list[bool] = []
        self.starts |= {
            "style": self._start_style, "table-properties": self._sheet_look, "table-row-properties": self._size,
            "table-column-properties": self._size, "table": self._start_table, "table-column": self._start_column,
            "table-row": self._start_row, "table-cell": self._start_cell, "covered-table-cell": self._start_cell,
            "p": self._start_paragraph, "s": self._spaces, "tab": self._tab, "line-break": self._line,
            "table-row-group": self._start_group, "table-column-group": self._start_group,
            "number": self._start_number, "map": self._other_style,
            **dict.fromkeys(("number-style", "currency-style"), self._start_data_style),
            **dict.fromkeys(_APART, self._start_apart),
        }  # fmt: skip
        self.ends |= {
            "table": self._end_table, "table-row": self._end_row, "table-cell": self._end_cell, "covered-table-cell": self._end_cell,
            "p": self._end_paragraph, "table-row-group": self._end_group, "table-column-group": self._end_group,
            **dict.fromkeys(_APART, self._end_apart),
        }  # fmt: skip

    def read(self, text: IO[bytes]) -> None:
        """Raises InvalidInputError; expat.ExpatError, BrokenError."""
        super().read(text)
        if self._rows is not None:
            raise expat.ExpatError

    def characters(self, text: str) -> None:
        if self._in_paragraph and not self._apart:
            self._pieces.append(text)

    # ---------- looks ----------

    def _start_style(self, a: Attributes) -> None:
        self._style = (attribute(a, "name") or "", attribute(a, "family") or "")
        if attribute(a, "data-style-name") in self._scaled:
            self._scaled.add(self._style[0])

    def _start_data_style(self, a: Attributes) -> None:
        self._data_style = attribute(a, "name") or ""

    def _start_number(self, a: Attributes) -> None:
        if (as_decimal(attribute(a, "display-factor") or "1") or 1) > 1:
            self._scaled.add(self._data_style)

    def _other_style(self, a: Attributes) -> None:
        if attribute(a, "apply-style-name") in self._scaled:
            self._scaled.add(self._data_style)

    def _sheet_look(self, a: Attributes) -> None:
        if attribute(a, "display") == "false":
            self._unseen_styles.add(self._style)

    def _size(self, a: Attributes) -> None:
        size = _LENGTH.fullmatch(attribute(a, "row-height") or attribute(a, "column-width") or "")
        if size is not None and (as_decimal(size[1]) or 0) < Decimal("0.01"):
            self._unseen_styles.add(self._style)

    def _is_unseen(self, a: Attributes, family: str) -> bool:
        return (attribute(a, "style-name") or "", family) in self._unseen_styles

    # ---------- tables ----------

    def _start_table(self, a: Attributes) -> None:
        if self._rows is not None or attribute(a, "style-name") == "ta_extref":
            self._apart += 1  # a table in a cell; what another file once said
            self._group_stack.append(True)
            return
        self._group_stack.append(False)
        name = plain(attribute(a, "name") or "")
        self._rows = SheetRows(f'{self._name}, lembar "{name}"', name, self._is_unseen(a, "table"))
        self._row = self._columns = 0

    def _end_table(self) -> None:
        if self._group_stack.pop():
            self._apart -= 1
        elif self._rows is not None:
            self.sheets.append(self._rows.sheet())
            self._rows = None

    def _start_group(self, a: Attributes) -> None:
        self._group_stack.append(attribute(a, "display") == "false")
        self._hidden_groups += self._group_stack[-1]

    def _end_group(self) -> None:
        self._hidden_groups -= self._group_stack.pop()

    def _start_apart(self, _: Attributes) -> None:
        self._apart += 1

    def _end_apart(self) -> None:
        self._apart -= 1

    def _hides(self, a: Attributes, family: str) -> bool:
        return attribute(a, "visibility") in _HIDDEN or self._hidden_groups > 0 or self._is_unseen(a, family)

    def _start_column(self, a: Attributes) -> None:
        if self._rows is None or self._apart:
            return
        count = max(1, number(attribute(a, "number-columns-repeated"), 1))
        if self._hides(a, "table-column"):
            self._rows.hide_columns(self._columns, self._columns + count - 1)
        self._columns += count

    def _start_row(self, a: Attributes) -> None:
        if self._rows is None or self._apart:
            return
        self._repeat_row = max(1, number(attribute(a, "number-rows-repeated"), 1))
        self._cells, self._column = [], 0
        if self._hides(a, "table-row"):
            self._rows.hide_rows(self._row + 1, self._row + self._repeat_row)

    def _end_row(self) -> None:
        rows = self._rows
        if rows is None or self._apart:
            return
        last_row = self._row + self._repeat_row
        for first, last, a, text, shown in self._cells:
            if (last > first or self._repeat_row > 1) and not rows.repeat(last_row, last):
                continue
            for row in range(self._row + 1, last_row + 1):
                for column in range(first, last + 1):
                    _put(rows, (row, column), a, text, shown)
        self._row = last_row

    # ---------- cells ----------

    def _start_cell(self, a: Attributes) -> None:
        if self._rows is None or self._apart:
            return
        about = {local(k): v for k, v in a.items()}
        if "error" in a.values() and any(v == "error" and local(k) == "value-type" for k, v in a.items()):
            about["error"] = "error"  # a second value-type, of LibreOffice
        self._cell, self._pieces, self._paragraphs = about, [], 0
        self._repeat = max(1, number(about.get("number-columns-repeated"), 1))
        across, down = number(about.get("number-columns-spanned"), 1), number(about.get("number-rows-spanned"), 1)
        if across > 1 or down > 1:
            self._rows.merge(
                Merged(self._row + 1, self._column, self._row + max(1, down), self._column + max(1, across) - 1)
            )

    def _end_cell(self) -> None:
        if self._rows is None or self._apart or self._cell is None:
            return
        text = plain("".join(self._pieces))
        if text.strip() or "value-type" in self._cell or "formula" in self._cell:
            shown = bool(text.strip()) or not self._paragraphs
            if self._scaled and self._cell.get("style-name") in (None, *self._scaled) and shown:
                text = "" if "value" in self._cell else text  # its words go with the figure shown, divided
            self._cells.append((self._column, self._column + self._repeat - 1, self._cell, text, shown))
        self._column += self._repeat
        self._cell = None

    def _start_paragraph(self, _: Attributes) -> None:
        if not self._apart and self._cell is not None:
            if self._paragraphs:
                self._pieces.append("\n")
            self._paragraphs += 1
            self._in_paragraph += 1

    def _end_paragraph(self) -> None:
        if not self._apart and self._in_paragraph:
            self._in_paragraph -= 1

    def _spaces(self, a: Attributes) -> None:
        self.characters(" " * min(number(attribute(a, "c"), 1), _MOST_SPACES))

    def _tab(self, _: Attributes) -> None:
        self.characters("\t")

    def _line(self, _: Attributes) -> None:
        self.characters("\n")


def _put(rows: SheetRows, where: tuple[int, int], a: Attributes, text: str, shown: bool) -> None:
    formula = a.get("formula")
    value, exact = _value(a, text)
    if "error" in a or (formula is not None and _FAULT.fullmatch(text.strip())):
        rows.put_odd(*where, OddKind.FAULT, text.strip() or "#")
    elif formula is not None and value is None:
        rows.put_odd(*where, OddKind.FORMULA, f"={formula.partition('=')[2] or formula}")
    elif value and not shown:
        rows.put_odd(*where, OddKind.UNSEEN, value)
    else:
        rows.put(*where, value or "", exact=exact)


def _value(a: Attributes, text: str) -> tuple[str | None, bool]:
    """What the cell holds, and whether it is a fraction; None where it holds nothing. `a`: by names without prefix."""
    kind = a.get("value-type")
    if kind in ("float", "currency", "percentage"):
        value = a.get("value")
        return _figure(value, kind == "percentage", text) if value else (text or None, False)
    if kind == "date":
        day = a.get("date-value")
        return (day.removesuffix("T00:00:00").replace("T", " ") if day else text or None), False
    if kind == "time":
        return _span(a.get("time-value", "")) or text or None, False
    if kind == "boolean":
        return ({"true": "TRUE", "false": "FALSE"}.get(a.get("boolean-value", ""), text) or None), False
    if kind == "string":
        return text or plain(a.get("string-value", "")), False
    return text or None, False


@lru_cache(50_000)
def _figure(raw: str, of_hundred: bool, text: str) -> tuple[str, bool]:
    value = as_decimal(raw)
    if value is None:
        return text or raw, False
    if of_hundred:
        written = decimal_text(value.scaleb(2))
        return f"{written}%", "." in written
    written = decimal_text(value)
    exact = "." in written
    figure = _FIGURE.search(text) if text != written else None
    if figure is None:
        return written, exact
    digits = "".join(c for c in figure[0] if c.isdigit())
    whole = not exact and value >= 0
    if whole and digits != written and digits.lstrip("0") == written:
        written = digits  # written with zeros in front: a code
    if whole and digits == written and not by_thousands(figure[0]) and "E" not in figure[0].upper():
        written = figure[0]
    elif not _is_of(value, figure[0]):
        return written, exact  # "526 juta" of 526.000.000: the word goes with the figure that is shown
    before, after = text[: figure.start()], text[figure.end() :]
    minus, written = ("-", written[1:]) if written.startswith("-") else ("", written)
    return f"{minus}{before.strip('(')}{written}{after.strip(')')}".strip(), exact


def _is_of(value: Decimal, shown: str) -> bool:
    """Whether the figure that is shown has as many digits before its point as the value."""
    whole = decimal_text(abs(value)).partition(".")[0].lstrip("0")
    bare = "".join(c for c in shown if c.isdigit() or c in ".,")
    runs = re.split(r"[.,]", bare)
    possible = {
        "".join(runs).lstrip("0"),
        "".join(runs[:-1]).lstrip("0") if len(runs) > 1 else "".join(runs).lstrip("0"),
    }
    rounded_up = "1" + "0" * len(whole) if set(whole) == {"9"} else None
    return any(len(p) == len(whole) or p == rounded_up for p in possible)


def _span(text: str) -> str | None:
    """ "PT08H30M00S" → "08:30:00"."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(g[:9]) if g else 0 for g in found.groups()[1:])
    return f"{found[1]}{days * 24 + hours:02}:{minutes:02}:{seconds:02}"
