"""Lists of regions and of their changes: CSV (UTF-8, or UTF-16 with its mark; comma, semicolon or tab) and spreadsheets, of which the
first sheet with the columns counts. Further columns are ignored.

One line of the file is one line of the list: names of regions hold no line breaks, so a quote that is not closed where it
was opened spoils that line and no other. What cannot be read comes back as BrokenLine; nothing is passed over.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hub.base.errors import InvalidInputError
from hub.lembar.files import content_of, is_spreadsheet, read_sheets
from hub.wilayah.draft import BrokenLine, ListLine, RegionChange

_TITLE_LINES = 10  # lines above the header that may hold a title
_LINE_END = re.compile(rb"\r\n|\n|\r")
_SEPARATORS = (",", ";", "\t")
# how a spreadsheet is told that a code is text: '53.10 and ="53.10"
_TEXT_MARK = re.compile(r"""'\s*(.*)|=\s*"(.*)"|""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    """`fault`: why the cells cannot be trusted; then they are what could be made out. `ended`: an end of line follows."""

    number: int
    cells: list[str]
    fault: str | None
    ended: bool


def read_region_list(file: Path) -> Iterator[ListLine | BrokenLine]:
    """Columns `kode`, `name`. Raises InvalidInputError when the file or a column is missing."""
    for line, (kode, name) in _rows(file, ("kode", "nama")):
        if line.fault:
            yield BrokenLine(line.number, line.fault, (kode,) if kode else (), name)
        else:
            yield ListLine(line.number, kode, name, cut=not line.ended)


def read_changes(file: Path) -> Iterator[RegionChange | BrokenLine]:
    """Columns `jenis`, `kode_lama`, `kode_baru`; `nama_lama`, `nama_baru` where they are there."""
    columns = ("jenis", "kode_lama", "kode_baru")
    for line, (kind, old, new, *names) in _rows(file, columns, ("nama_lama", "nama_baru")):
        if line.fault:
            yield BrokenLine(line.number, line.fault, tuple(k for k in (old, new) if k), file_label="perubahan ")
        else:
            yield RegionChange(line.number, kind, old, new, *names)


def _rows(file: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[_Line, list[str]]]:
    """Each line below the header with its cells under those columns, stripped, empty under an optional one that is not there; lines
    with nothing in them are left out."""
    content = content_of(file)
    spreadsheet = is_spreadsheet(file.name, content)
    if spreadsheet:
        tables: list[Iterable[_Line]] = [_sheet_lines(s.rows) for s in read_sheets(file.name, content)]
    else:
        text = _utf8(file, content)
        tables = [_Lines(text, s) for s in _SEPARATORS]
    lines, header = _header(file, tables, columns)
    titles = _titles(header)
    places = [titles.index(c) for c in columns]
    also = [titles.index(c) if c in titles else len(titles) for c in optional]
    for line in islice(lines, header.number, None):
        if not any(c.strip() for c in line.cells):
            continue
        cells = [
            _bare(line.cells[p], is_code=c.startswith("kode")) if p < len(line.cells) else ""
            for c, p in zip((*columns, *optional), (*places, *also), strict=True)
        ]
        yield line if spreadsheet else _counted(line, len(header.cells), max(places) + 1), cells


def _bare(cell: str, *, is_code: bool) -> str:
    """Without spaces around it, and a code without the mark of a text; a name may begin with one."""
    cell = cell.strip()
    match = _TEXT_MARK.fullmatch(cell) if is_code else None
    return cell if match is None else (match[1] or match[2] or "").strip()


def _utf8(file: Path, content: bytes) -> bytes:
    """A spreadsheet's "Unicode text" is UTF-16 and begins with a mark."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    try:
        return content.decode("utf-16").encode()
    except UnicodeError:
        raise InvalidInputError(f"{file}: teks UTF-16 yang rusak; simpan ulang sebagai CSV UTF-8.") from None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a text, as often as they are asked for."""

    content: bytes
    separator: str

    def __iter__(self) -> Iterator[_Line]:
        return _lines(self.content, self.separator)


def _sheet_lines(rows: list[list[str]]) -> list[_Line]:
    return [_Line(number, row, None, ended=True) for number, row in enumerate(rows, 1)]


def _header(file: Path, tables: Sequence[Iterable[_Line]], columns: tuple[str, ...]) -> tuple[Iterable[_Line], _Line]:
    """The readings of the file are tried in turn: its lines in the one in which a line names the columns, and that line, which may
    stand below a title."""
    best: tuple[int, list[str]] = (0, [])
    first: _Line | None = None
    for lines in tables:
        for line in islice(lines, _TITLE_LINES):
            first = first or line
            titles = _titles(line)
            if all(titles.count(c) == 1 for c in columns) and not line.fault:
                return lines, line
            best = max(best, (sum(c in titles for c in columns), titles))
    first = first or _Line(1, [], None, ended=True)
    if first.fault or any("\0" in c for c in first.cells):
        raise InvalidInputError(f"{file}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")
    seen = best[1] or _titles(first)
    double = [c for c in columns if seen.count(c) > 1]
    what = f"kolom {', '.join(double)} lebih dari satu" if double else (
        f"kolom {', '.join(c for c in columns if c not in seen)} tidak ada"
    )  # fmt: skip
    raise InvalidInputError(
        f"{file}: {what}; kolomnya: {', '.join(seen)}. Baris kepala memuat {', '.join(columns)}, dipisah koma, titik koma "
        "atau tab; simpan sebagai CSV UTF-8 atau XLSX."
    )


def _titles(line: _Line) -> list[str]:
    return ["_".join(c.casefold().split()) for c in line.cells]


def _lines(content: bytes, separator: str) -> Iterator[_Line]:
    start, number = content.startswith(b"\xef\xbb\xbf") * 3, 0
    while start < len(content):
        number += 1
        end = _LINE_END.search(content, start)
        raw = content[start : end.start() if end else len(content)]
        yield _line(number, raw, separator, ended=end is not None)
        start = end.end() if end else len(content)


def _line(number: int, raw: bytes, separator: str, *, ended: bool) -> _Line:
    fault = None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        text = raw.decode("utf-8", errors="replace")
        fault = f"bita ke-{error.start + 1} bukan teks UTF-8; simpan ulang sebagai CSV UTF-8"
    try:
        return _Line(number, next(csv.reader([text], delimiter=separator, strict=True), []), fault, ended)
    except csv.Error:
        cells = [c.strip(' "') for c in text.split(separator)]
        return _Line(number, cells, 'tanda kutip (") tidak ditutup di baris itu, atau tidak pada tempatnya', ended)


def _counted(line: _Line, width: int, needed: int) -> _Line:
    """With a fault when there are not as many cells as columns; empty ones that a spreadsheet adds at the end are none, and those it
    leaves out there, beyond the `needed` ones, are no loss where the line has its end."""
    many = len(line.cells)
    while many > width and not line.cells[many - 1].strip():
        many -= 1
    if line.fault or many == width or (line.ended and needed <= many < width):
        return line
    fault = f"{many} isian di bawah {width} kolom; " + (
        "barangkali ada pemisah di dalam nama (beri tanda kutip)" if many > width else "barangkali baris itu terpotong"
    )
    return _Line(line.number, line.cells, fault, line.ended)
