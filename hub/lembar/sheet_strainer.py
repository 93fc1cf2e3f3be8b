"""Sheets of spreadsheets as XML, cell by cell in one pass: what holds something, and how far out it stands."""

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from hub.base.errors import InvalidInputError

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_HELD = ("v", "t")  # parts of a cell whose text is its content; a formula is not


def column_number(letters: str) -> int:
    """ "A" → 1, "XFD" → 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Reader:
    """Elements and text of XML without a document type: entities are how a small file becomes a huge one."""

    def __init__(self) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self._refuse
        self._parser = parser

    def read(self, text: IO[bytes]) -> None:
        """Raises InvalidInputError; expat.ExpatError where it is no XML."""
        self._parser.ParseFile(text)

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def characters(self, text: str) -> None: ...

    @staticmethod
    def _refuse(*_: Any) -> None:
        raise InvalidInputError(
            "Berkas ini memuat DOCTYPE, yang tidak dipakai lembar kerja mana pun; simpan ulang dari aplikasi lembar kerja."
        )


@lru_cache(1024)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


class SheetStrainer(_Reader):
    """A worksheet of XLSX, written again without the cells that hold nothing. `rows`, `columns`: how far the others extend;
    `last`: the farthest of them. `blank`: numbers of shared texts that are blank."""

    def __init__(self, blank: frozenset[int]) -> None:
        super().__init__()
        self.rows = self.columns = 0
        self.last = "A1"
        self._blank = blank
        self._out = io.BytesIO(b'<?xml version="1.0" encoding="UTF-8"?>')
        self._out.seek(0, io.SEEK_END)
        self._row = self._column = 0
        self._cell: list[str] | None = None  # the text of the cell that is open: written when it holds something
        self._opened: dict[str, str] = {}
        self._shared = False
        self._held = 0
        self._content: list[str] = []

    def text(self) -> bytes:
        return self._out.getvalue()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
        elif local == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            if reference is not None:
                self._column, self._row = column_number(reference[1]), int(reference[2])
            else:
                self._column += 1
            self._cell, self._content, self._shared = [], [], attributes.get("t") == "s"
            self._opened = attributes
            return
        elif local in _HELD and self._cell is not None:
            self._held += 1
        self._write(_opening(name, attributes))

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c" and self._cell is not None:
            self._close_cell(name, "".join(self._cell))
            self._cell = None
            return
        if local in _HELD and self._held:
            self._held -= 1
        self._write(f"</{name}>")

    def characters(self, text: str) -> None:
        if self._held:
            self._content.append(text)
        self._write(escape(text))

    def _close_cell(self, name: str, text: str) -> None:
        content = "".join(self._content).strip()
        if not content or (self._shared and content.isdecimal() and int(content) in self._blank):
            return
        where = f"{column_letters(self._column)}{self._row}"
        opening = _opening(name, {**self._opened, "r": where})  # said anew: what stood before it may be left out
        self._out.write(f"{opening}{text}</{name}>".encode())
        if self._row * self._column >= self.rows * self.columns:
            self.last = where
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def _write(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)
        else:
            self._out.write(text.encode())


class _BlankTexts(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.blank: set[int] = set()
        self._number = -1
        self._in_text = False
        self._filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "si":
            self._number, self._filled = self._number + 1, False
        self._in_text = local == "t"

    def end(self, name: str) -> None:
        self._in_text = False
        if _local(name) == "si" and not self._filled:
            self.blank.add(self._number)

    def characters(self, text: str) -> None:
        self._filled = self._filled or (self._in_text and bool(text.strip()))


def blank_texts(text: IO[bytes]) -> frozenset[int]:
    """The numbers, from 0, of the shared texts of an XLSX that are blank."""
    reader = _BlankTexts()
    reader.read(text)
    return frozenset(reader.blank)


class _Elements(_Reader):
    def __init__(self, local: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._local = local

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == self._local:
            self.found.append(attributes)


def elements(text: IO[bytes], local: str) -> list[dict[str, str]]:
    """The attributes of every element of that name, whatever its prefix."""
    reader = _Elements(local)
    reader.read(text)
    return reader.found


class OdsExtent(_Reader):
    """How large the tables of an ODS become. `cells`: rows × columns of all of them; `rows`, `columns`, `largest`: of the largest
    one, and its name. What only carries a style holds nothing, however often it is repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = self.rows = self.columns = 0
        self.largest = ""
        self._table = ""
        self._at = self._last_row = self._last_column = 0
        self._repeat_row = self._repeat_cell = 1
        self._column = 0
        self._in_cell = self._filled = self._row_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "table":
            self._table = attribute(attributes, "name") or ""
            self._at = self._last_row = self._last_column = 0
        elif local == "table-row":
            self._repeat_row = max(1, _number(attribute(attributes, "number-rows-repeated"), 1))
            self._column, self._row_filled = 0, False
        elif local in ("table-cell", "covered-table-cell"):
            self._repeat_cell = max(1, _number(attribute(attributes, "number-columns-repeated"), 1))
            self._in_cell, self._filled = True, attribute(attributes, "value-type") is not None

    def end(self, name: str) -> None:
        local = _local(name)
        if local in ("table-cell", "covered-table-cell"):
            self._in_cell = False
            self._column += self._repeat_cell
            if self._filled:
                self._row_filled, self._last_column = True, max(self._last_column, self._column)
        elif local == "table-row":
            self._at += self._repeat_row
            if self._row_filled:
                self._last_row = self._at
        elif local == "table":
            size = self._last_row * self._last_column
            self.cells += size
            if size >= self.rows * self.columns:
                self.rows, self.columns, self.largest = self._last_row, self._last_column, self._table

    def characters(self, text: str) -> None:
        self._filled = self._filled or (self._in_cell and bool(text))


def attribute(attributes: Mapping[str, str], local: str) -> str | None:
    """The value of the attribute of that name, whatever its prefix."""
    return next((v for k, v in attributes.items() if _local(k) == local), None)


def _number(text: str | None, otherwise: int) -> int:
    return int(text[:20]) if text is not None and text.isascii() and text.strip().isdigit() else otherwise


def _opening(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(f' {k}={quoteattr(v)}' for k, v in attributes.items())}>"
