"""Lists of regions and of their changes: any table with their columns (`hub.lembar`), CSV or spreadsheet, in one sheet or several,
whatever stands above and below it. Further columns are ignored.

A list says by leaving out that a region is no more: what cannot be read comes back as BrokenLine, what was left out as Remark;
nothing is passed over. So the lines of a CSV are read each for itself (`list_lines`).
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from hub.base.errors import InvalidInputError
from hub.lembar.files import content_of, is_spreadsheet, read_sheets
from hub.lembar.find_tables import find_tables
from hub.lembar.harmless import as_written
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_limits import MOST_COLUMNS
from hub.lembar.table import Reason, Table
from hub.lembar.table_findings import (
    named_column,
    odd_said,
    rows_left_out,
    seen_sheets,
    sheets_left_out,
)
from hub.wilayah.draft import BrokenLine, ListLine, RegionChange, Remark
from hub.wilayah.list_lines import Line, Text, counted, text_of

_HEAD_ROWS = 200  # of a long list, in which its header is looked for
_CODE = re.compile(r"\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?|\d{4}|\d{6}|\d{10}", re.ASCII)
_TITLE_LINES = 10  # rows that are looked at for the columns, to say what is wrong with them
# how a spreadsheet is told that a code is text: '53.10 and ="53.10"
_TEXT_MARK = re.compile(r"""'\s*(.*)|=\s*"(.*)"|""", re.DOTALL)
_CODE_LIKE = re.compile(r"\d\d(?!\d{3}-)")  # what may be a code, if a spoiled one


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a kind of list, as titles are compared. `hub.lembar.table.Titles`."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def sureness(self, parts: tuple[str, ...]) -> float:
        return 1.0 if len(parts) == 1 and _title(parts[0]) in (*self.needed, *self.optional) else 0.0

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return self.sureness(parts) == 1 and _title(parts[0]).startswith("kode")


_REGIONS = _Columns(("kode", "nama"))
_CHANGES = _Columns(("jenis", "kode_lama", "kode_baru"), ("nama_lama", "nama_baru"))


class _Place(NamedTuple):  # made for every line: a frozen dataclass takes three times as long
    """A line with its cells under the columns; `where`: put before its number where there are several tables."""

    line: Line
    cells: list[str]
    where: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A table, without the rows of the sheet whose numbers are `evident`, which are its own as well."""

    table: Table
    evident: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Opened:
    """The sheets of a file. `lines`: of a CSV, whose rows are these."""

    sheets: list[Sheet]
    lines: Sequence[Line] = ()
    remarks: list[Remark] = field(default_factory=list)


def read_region_list(file: Path) -> Iterator[ListLine | BrokenLine | Remark]:
    """Columns `kode`, `name`. Raises InvalidInputError when the file or a column is missing."""
    for place in _places(file, _REGIONS):
        if isinstance(place, Remark):
            yield place
            continue
        line, (kode, name) = place.line, place.cells
        if line.fault:
            yield BrokenLine(line.number, line.fault, (kode,) if kode else (), name, place.where)
        else:
            yield ListLine(line.number, kode, name, not line.ended, place.where)


def read_changes(file: Path) -> Iterator[RegionChange | BrokenLine | Remark]:
    """Columns `jenis`, `kode_lama`, `kode_baru`; `nama_lama`, `nama_baru` where they are there."""
    for place in _places(file, _CHANGES):
        if isinstance(place, Remark):
            yield place
            continue
        line, (kind, old, new, *names) = place.line, place.cells
        if line.fault:
            codes = tuple(k for k in (old, new) if k)
            yield BrokenLine(line.number, line.fault, codes, file_label=f"perubahan {place.where}")
        else:
            yield RegionChange(line.number, kind, old, new, *names)


def _places(file: Path, columns: _Columns) -> Iterator[_Place | Remark]:
    """Each line of each table with its cells under the columns, stripped, empty under an optional one that is not there; lines with
    nothing in them are left out."""
    opened, tables = _tables(file, columns)
    yield from opened.remarks
    for t in tables:
        if opened.lines:
            yield from _of_csv(t, columns, opened.lines)
        else:
            yield from _of_sheet(t, columns, f'lembar "{t.table.sheet.name}", ' if len(tables) > 1 else "")


def _tables(file: Path, columns: _Columns) -> tuple[_Opened, list[_List]]:
    """The file as it shows the columns. Raises InvalidInputError where it does not."""
    content = content_of(file)
    first: _Opened | None = None
    for opened in _readings(file, content):
        first = first or opened
        tables = [t for s in opened.sheets for t in _tables_of(s, columns)]
        if tables:
            opened.remarks.extend(
                Remark(t.pesan) for t in sheets_left_out(opened.sheets, [t.table for t in tables], _named(columns))
            )
            return opened, tables
    raise _no_columns(file, columns, first.sheets if first else [], first.lines if first else ())


def _readings(file: Path, content: bytes) -> Iterator[_Opened]:
    """A spreadsheet is read in one way, a text with each separator it may have."""
    if is_spreadsheet(file.name, content):
        seen, told = seen_sheets(read_sheets(file.name, content))
        yield _Opened(seen, remarks=[Remark(t.pesan) for t in told])
        return
    text: Text = text_of(str(file), content)
    for sign in text.separators:
        lines = list(text.lines(sign))
        yield _Opened([Sheet(file.name, [line.cells for line in lines])], lines)


def _tables_of(sheet: Sheet, columns: _Columns) -> list[_List]:
    """The lists in a sheet. Of a long one the rows with a code in its place are the list's, no doubt: only what is among them is asked
    whether it is a heading, a foot, another table."""
    if len(sheet.rows) > _HEAD_ROWS and not sheet.merged and not sheet.odd:
        head = [t for t in find_tables(replace(sheet, rows=sheet.rows[:_HEAD_ROWS]), columns) if _has_all(t, columns)]
        if len(head) == 1:
            codes = [c.place for c in head[0].columns if _title(c.title).startswith("kode")]
            evident = _evident(sheet, codes)
            numbers = _asked(len(sheet.rows), evident)
            rest = replace(sheet, rows=[sheet.rows[n - 1] if n else [] for n in numbers])
            found = [t for t in find_tables(rest, columns) if _has_all(t, columns)]
            if len(found) == 1:
                (t,) = found
                rows = [replace(r, number=numbers[r.number - 1]) for r in t.rows]
                skipped = [replace(s, number=numbers[s.number - 1]) for s in t.skipped]
                return [_List(replace(t, sheet=sheet, rows=rows, skipped=skipped), evident)]
    return [_List(t) for t in find_tables(sheet, columns) if _has_all(t, columns)]


def _evident(sheet: Sheet, codes: Sequence[int]) -> set[int]:
    """Numbers of the rows, below the first ones, that have a code under one of those columns."""
    is_code = _CODE.fullmatch
    found = set()
    for p in codes:
        for n, row in enumerate(sheet.rows[_HEAD_ROWS:], _HEAD_ROWS + 1):
            if p < len(row) and is_code(row[p]):
                found.add(n)
    return found


def _asked(count: int, evident: set[int]) -> list[int]:
    """Numbers of the other rows; 0 for those in between."""
    numbers = list(range(1, _HEAD_ROWS + 1))
    for n in range(_HEAD_ROWS + 1, count + 1):
        if n not in evident:
            numbers.append(n)
        elif numbers[-1]:
            numbers.append(0)
    return numbers


def _has_all(table: Table, columns: _Columns) -> bool:
    titles = [_title(c.title) for c in table.columns]
    return all(titles.count(c) == 1 for c in columns.needed)


def _title(text: str) -> str:
    return "_".join(text.casefold().split())


# ---------- lines ----------


def _of_csv(found: _List, columns: _Columns, lines: Sequence[Line]) -> Iterator[_Place | Remark]:
    table = found.table
    places = _columns_of(table, columns)
    needed = max(p for p in places[: len(columns.needed)] if p is not None) + 1
    width = len(lines[table.header[-1] - 1].cells)
    left_out = _left_out(table, places)
    yield from _said(table, left_out)
    wanted = _wanted(places, columns)
    for number, cells in _rows(found, left_out):
        yield _Place(counted(lines[number - 1], width, needed), _cells(cells, wanted))


def _of_sheet(found: _List, columns: _Columns, where: str) -> Iterator[_Place | Remark]:
    table = found.table
    places = _columns_of(table, columns)
    counting = [p for p in places if p is not None]
    if hidden := [p for p in counting if p in table.sheet.hidden_columns]:
        raise InvalidInputError(
            f'Lembar "{table.sheet.name}": {named_column(table, hidden[0])} tersembunyi. Tampilkan kolomnya, periksa isinya, lalu '
            "ulangi."
        )
    left_out = _left_out(table, places)
    yield from _said(table, left_out)
    odd = {row: odd.kind for (row, column), odd in table.sheet.odd.items() if column in counting}
    wanted = _wanted(places, columns)
    for number, cells in _rows(found, left_out):
        fault = None
        if number in odd:
            fault = f"kode atau isinya {odd_said(odd[number])}"
        elif number in table.sheet.hidden_rows:
            fault = "baris tersembunyi, tetapi berisi; tampilkan barisnya (matikan saringannya) bila harus masuk, atau hapus barisnya"
        yield _Place(Line(number, cells, fault), _cells(cells, wanted), where)


def _columns_of(table: Table, columns: _Columns) -> list[int | None]:
    """Where the columns stand, the needed ones first; None: it is not there."""
    of = {_title(c.title): c.place for c in reversed(table.columns)}
    return [of.get(c) for c in (*columns.needed, *columns.optional)]


def _left_out(table: Table, places: Sequence[int | None]) -> set[int]:
    """Rows that are none of the list: the header again, the numbers of the columns, and what stands below it without a code."""
    out = set()
    rows = table.sheet.rows
    first_code = next(p for p in places if p is not None and _title(table.columns[p].title).startswith("kode"))
    for s in table.skipped:
        cells = rows[s.number - 1]
        code = cells[first_code] if first_code < len(cells) else ""
        if s.reason in (Reason.REPEATED_HEADER, Reason.NUMBERING) or (
            s.reason is Reason.FOOTER and not _CODE_LIKE.match(code.strip(" '=\""))
        ):
            out.add(s.number)
    return out


def _said(table: Table, left_out: set[int]) -> list[Remark]:
    """What was left out, for who knows that it was none."""
    below = [s for s in table.skipped if s.number in left_out]
    return [Remark(t.pesan) for t in rows_left_out(Table(table.sheet, table.header, table.columns, [], below))]


def _rows(found: _List, left_out: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Every row below the header, those that look like headings too: number, cells."""
    table, evident = found.table, found.evident
    of_number = {r.number: r.cells for r in table.rows}
    for s in table.skipped:
        if s.number > table.header[-1] and s.number not in left_out:
            of_number[s.number] = table.sheet.rows[s.number - 1]
    if not evident:
        yield from sorted(of_number.items())
        return
    for number, cells in enumerate(table.sheet.rows, 1):
        if number in evident:
            yield number, cells
        elif number in of_number:
            yield number, of_number[number]


def _wanted(places: Sequence[int | None], columns: _Columns) -> list[tuple[int, bool]]:
    """Of each column its place, far out where it is not there; and whether it holds codes."""
    names = (*columns.needed, *columns.optional)
    return [(MOST_COLUMNS if p is None else p, c.startswith("kode")) for c, p in zip(names, places, strict=True)]


def _cells(cells: Sequence[str], wanted: Sequence[tuple[int, bool]]) -> list[str]:
    width = len(cells)
    return [_bare(cells[p], is_code) if p < width else "" for p, is_code in wanted]


def _bare(cell: str, is_code: bool) -> str:
    """Without spaces around it, and a code without the mark of a text; a name may begin with one."""
    cell = cell.strip()
    if not is_code:
        return as_written(cell) if cell[:1] == "'" else cell
    if cell[:1].isdigit():
        return cell
    match = _TEXT_MARK.fullmatch(cell)
    return cell if match is None else (match[1] or match[2] or "").strip()


# ---------- what is wrong with a file ----------


def _named(columns: _Columns) -> str:
    return f"kolom {', '.join(columns.needed)}"


def _no_columns(file: Path, columns: _Columns, sheets: Sequence[Sheet], lines: Sequence[Line]) -> InvalidInputError:
    if lines and (lines[0].fault or any("\0" in c for c in lines[0].cells)):
        return InvalidInputError(f"{file}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")
    rows = [[_title(c) for c in row] for s in sheets for row in s.rows[:_TITLE_LINES] if any(c.strip() for c in row)]
    seen = max(rows, key=lambda titles: sum(c in titles for c in columns.needed), default=[])
    double = [c for c in columns.needed if seen.count(c) > 1]
    what = f"kolom {', '.join(double)} lebih dari satu" if double else (
        f"kolom {', '.join(c for c in columns.needed if c not in seen)} tidak ada"
    )  # fmt: skip
    return InvalidInputError(
        f"{file}: {what}; kolomnya: {', '.join(seen)}. Baris kepala memuat {', '.join(columns.needed)}, dipisah koma, titik koma "
        "atau tab; simpan sebagai CSV UTF-8 atau XLSX."
    )
