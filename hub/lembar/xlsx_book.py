"""What an XLSX says outside its sheets: which there are, its shared texts, its formats."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from hub.lembar.number_format import NumberFormat, built_in, number_format
from hub.lembar.plain_text import plain
from hub.lembar.xml_reader import Attributes, XmlReader, attribute, is_true, number

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A worksheet: what people call it, and the part of the file it is in."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """`recalculates`: whoever opens it is asked to work out every formula, the results in it are not all true."""

    sheets: list[BookSheet]
    from_1904: bool = False
    recalculates: bool = False
    texts: list[str] = field(default_factory=list)
    formats: list[NumberFormat] = field(default_factory=list)


class Parts:
    """The parts of a packed file, by names in whatever letters."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._named = {p.filename.replace("\\", "/").lstrip("/").lower(): p for p in packed.infolist()}

    def has(self, part: str) -> bool:
        return part.lower() in self._named

    def open(self, part: str) -> IO[bytes]:
        """Raises KeyError."""
        return self._packed.open(self._named[part.lower()])

    def linked(self, part: str) -> list[tuple[str, str, str]]:
        """What a part links to: id, last word of the kind, part."""
        folder, name = posixpath.split(part)
        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        if not self.has(links):
            return []
        found: list[tuple[str, str, str]] = []

        def link(a: Attributes) -> None:
            if attribute(a, "TargetMode") != "External":
                target = (attribute(a, "Target") or "").replace("\\", "/")
                where = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
                kind = (attribute(a, "Type") or "").rpartition("/")[2]
                found.append((attribute(a, "Id") or "", kind, where.lstrip("/")))

        reader = XmlReader()
        reader.starts["Relationship"] = link
        with self.open(links) as text:
            reader.read(text)
        return found


def book_part(parts: Parts) -> str:
    """The part that names the sheets. Raises KeyError."""
    linked = (where for _, kind, where in parts.linked("") if kind == "officeDocument")
    found = next(linked, "xl/workbook.xml")
    if not parts.has(found):
        raise KeyError(found)
    return found


def read_book(parts: Parts, part: str) -> Book:
    """Raises KeyError where a part is missing, expat.ExpatError, InvalidInputError."""
    links = parts.linked(part)
    where = {name: (kind, target) for name, kind, target in links}
    book = Book([])

    def sheet(a: Attributes) -> None:
        kind, target = where.get(attribute(a, "id") or "", ("", ""))
        if kind == "worksheet":  # and none of charts or macros
            hidden = a.get("state", "visible") in ("hidden", "veryHidden")
            book.sheets.append(BookSheet(plain(a.get("name", "")), target, hidden))

    def properties(a: Attributes) -> None:
        book.from_1904 = is_true(a.get("date1904"))

    def calculation(a: Attributes) -> None:
        book.recalculates = is_true(a.get("fullCalcOnLoad"))

    reader = XmlReader()
    reader.starts |= {"sheet": sheet, "workbookPr": properties, "calcPr": calculation}
    with parts.open(part) as text:
        reader.read(text)
    for _, kind, target in links:
        if kind == "sharedStrings" and parts.has(target):
            texts = _SharedTexts()
            with parts.open(target) as text:
                texts.read(text)
            book.texts = texts.found
        elif kind == "styles" and parts.has(target):
            formats = _Formats()
            try:
                with parts.open(target) as text:
                    formats.read(text)
            except expat.ExpatError:
                continue  # the numbers are there without them
            book.formats = formats.found()
    return book


def unescaped(text: str) -> str:
    """Text of a cell: signs that XML cannot hold are written _x000D_."""
    return plain(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text)


class _SharedTexts(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._reading_aid = False
        self.starts |= {"si": self._begin, "t": self._text, "rPh": self._aid}
        self.ends |= {"si": self._close, "t": self._text_ends, "rPh": self._aid_ends}

    def _begin(self, _: Attributes) -> None:
        self._pieces = []

    def _close(self) -> None:
        self.found.append(unescaped("".join(self._pieces)))

    def _text(self, _: Attributes) -> None:
        self._in_text = not self._reading_aid

    def _text_ends(self) -> None:
        self._in_text = False

    def _aid(self, _: Attributes) -> None:
        self._reading_aid = True  # how East Asian words are spoken: no part of the text

    def _aid_ends(self) -> None:
        self._reading_aid = False

    def characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


class _Formats(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._used: list[int] = []
        self._in_cells = False
        self.starts |= {"numFmt": self._format, "cellXfs": self._cells, "xf": self._style}
        self.ends |= {"cellXfs": self._cells_end}

    def _format(self, a: Attributes) -> None:
        self._codes[number(a.get("numFmtId"), 0)] = a.get("formatCode", "General")

    def _cells(self, _: Attributes) -> None:
        self._in_cells = True

    def _cells_end(self) -> None:
        self._in_cells = False

    def _style(self, a: Attributes) -> None:
        if self._in_cells:
            self._used.append(number(a.get("numFmtId"), 0))

    def found(self) -> list[NumberFormat]:
        return [number_format(self._codes[n]) if n in self._codes else built_in(n) for n in self._used]
