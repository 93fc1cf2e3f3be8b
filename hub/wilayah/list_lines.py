"""The lines of a CSV, each for itself: names of regions hold no line breaks, so a quote that is not closed where it was opened, or a
byte that is no letter, spoils that line and no other."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hub.base.errors import InvalidInputError
from hub.lembar.csv_encoding import encoding_of
from hub.lembar.csv_separator import said_separator, separator

_LINE_END = re.compile(rb"\r\n|\n|\r")
_SEPARATORS = (",", ";", "\t", "|")
_HEAD = 64 * 1024  # bytes in which the separator is looked for
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):  # made for every line: a frozen dataclass takes three times as long
    """`fault`: why the cells cannot be trusted; then they are what could be made out. `ended`: an end of line follows."""

    number: int
    cells: list[str]
    fault: str | None = None
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A text as UTF-8. `separators`: what may part its cells, the likeliest first; `typed`: bytes that are not UTF-8 are likely
    Windows-1252."""

    content: bytes
    separators: tuple[str, ...]
    typed: bool = False

    def lines(self, sign: str) -> Iterator[Line]:
        content, length = self.content, len(self.content)
        start, number = content.startswith(b"\xef\xbb\xbf") * 3, 0
        while start < length:
            number += 1
            end = _LINE_END.search(content, start)
            raw = content[start : end.start() if end else length]
            yield self._line(number, raw, sign, ended=end is not None)
            start = end.end() if end else length

    def _line(self, number: int, raw: bytes, sign: str, *, ended: bool) -> Line:
        fault = None
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            text = raw.decode("cp1252" if self.typed else "utf-8", errors="replace")
            likely = ", barangkali Windows-1252" if self.typed else ""
            fault = f"bita ke-{error.start + 1} bukan teks UTF-8{likely}; simpan ulang sebagai CSV UTF-8"
        try:
            return Line(number, next(csv.reader([text], delimiter=sign, strict=True), []), fault, ended)
        except csv.Error:
            cells = [c.strip(' "') for c in text.split(sign)]
            return Line(number, cells, 'tanda kutip (") tidak ditutup di baris itu, atau tidak pada tempatnya', ended)


def text_of(name: str, content: bytes) -> Text:
    """Raises InvalidInputError where it is no text that is read here."""
    try:
        encoding = encoding_of(name, content)
    except InvalidInputError:
        if content.startswith(_UTF16):
            raise InvalidInputError(f"{name}: teks UTF-16 yang rusak; simpan ulang sebagai CSV UTF-8.") from None
        raise
    if encoding.codec.startswith("utf-16"):
        content = content[encoding.skip :].decode(encoding.codec).encode()
    head = content[:_HEAD].decode("utf-8", errors="ignore").replace("\r\n", "\n").replace("\r", "\n")
    said = said_separator(head)
    likely = (separator(head), *_SEPARATORS)
    return Text(content, (said,) if said else tuple(dict.fromkeys(likely)), typed=encoding.codec == "cp1252")


def counted(line: Line, width: int, needed: int) -> Line:
    """With a fault when there are not as many cells as columns; empty ones that a spreadsheet adds at the end are none, and those it
    leaves out there, beyond the `needed` ones, are no loss where the line has its end."""
    many = len(line.cells)
    if many == width:
        return line
    while many > width and not line.cells[many - 1].strip():
        many -= 1
    if line.fault or many == width or (line.ended and needed <= many < width):
        return line
    fault = f"{many} isian di bawah {width} kolom; " + (
        "barangkali ada pemisah di dalam nama (beri tanda kutip)" if many > width else "barangkali baris itu terpotong"
    )
    return Line(line.number, line.cells, fault, line.ended)
