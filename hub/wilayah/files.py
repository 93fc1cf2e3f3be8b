"""Lists of regions and of their changes as CSV (UTF-8; comma, semicolon or tab; further columns are ignored).

One line of the file is one line of the list: names of regions hold no line breaks, so a quote that is not closed where it
was opened spoils that line and no other. What cannot be read comes back as BarisRusak; nothing is passed over.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hub.base.errors import InvalidInputError
from hub.lembar.files import content_of
from hub.wilayah.draft import BrokenLine, ListLine, RegionChange

_TITLE_LINES = 10  # lines above the header that may hold a title
_LINE_END = re.compile(rb"\r\n|\n|\r")
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class _Line:
    """`fault`: why the cells cannot be trusted; then they are what could be made out. `ended`: an end of line follows."""

    number: int
    cells: list[str]
    fault: str | None
    ended: bool


def read_region_list(file: Path) -> Iterator[ListLine | BrokenLine]:
    """Columns `kode`, `name`. Raises MasukanTidakSahError when the file or a column is missing."""
    for line, (kode, name) in _rows(file, ("kode", "nama")):
        if line.fault:
            yield BrokenLine(line.number, line.fault, (kode,) if kode else (), name)
        else:
            yield ListLine(line.number, kode, name, cut=not line.ended)


def read_changes(file: Path) -> Iterator[RegionChange | BrokenLine]:
    """Columns `kind`, `kode_lama`, `kode_baru`."""
    for line, (kind, old, new) in _rows(file, ("jenis", "kode_lama", "kode_baru")):
        if line.fault:
            yield BrokenLine(line.number, line.fault, tuple(k for k in (old, new) if k), file_label="perubahan ")
        else:
            yield RegionChange(line.number, kind, old, new)


def _rows(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[_Line, list[str]]]:
    """Each line below the header with its cells under those columns, stripped; lines with nothing in them are left out."""
    content = content_of(file)
    separator, header = _header(file, content, columns)
    places = [_titles(header).index(c) for c in columns]
    for line in islice(_lines(content, separator), header.number, None):
        if not any(c.strip() for c in line.cells):
            continue
        cells = [line.cells[p].strip() if p < len(line.cells) else "" for p in places]
        yield _counted(line, len(header.cells)), cells


def _header(file: Path, content: bytes, columns: tuple[str, ...]) -> tuple[str, _Line]:
    """The separator and the line that names the columns, which may stand below a title."""
    best: tuple[int, list[str]] = (0, [])
    for separator in _SEPARATORS:
        for line in islice(_lines(content, separator), _TITLE_LINES):
            titles = _titles(line)
            if all(titles.count(c) == 1 for c in columns) and not line.fault:
                return separator, line
            best = max(best, (sum(c in titles for c in columns), titles))
    first = next(_lines(content, ","), _Line(1, [], None, ended=True))
    if first.fault or b"\0" in content[:200]:
        raise InvalidInputError(f"{file}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")
    seen = best[1] or _titles(first)
    double = [c for c in columns if seen.count(c) > 1]
    what = f"kolom {', '.join(double)} lebih dari satu" if double else (
        f"kolom {', '.join(c for c in columns if c not in seen)} tidak ada"
    )  # fmt: skip
    raise InvalidInputError(
        f"{file}: {what}; kolomnya: {', '.join(seen)}. Baris kepala memuat {', '.join(columns)}, dipisah koma, titik koma "
        "atau tab; simpan sebagai CSV UTF-8."
    )


def _titles(line: _Line) -> list[str]:
    return [c.strip().casefold() for c in line.cells]


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


def _counted(line: _Line, width: int) -> _Line:
    """With a fault when there are not as many cells as columns; empty ones that a spreadsheet adds at the end are none."""
    many = len(line.cells)
    while many > width and not line.cells[many - 1].strip():
        many -= 1
    if line.fault or many == width:
        return line
    fault = f"{many} isian di bawah {width} kolom; " + (
        "barangkali ada pemisah di dalam nama (beri tanda kutip)" if many > width else "barangkali baris itu terpotong"
    )
    return _Line(line.number, line.cells, fault, line.ended)
