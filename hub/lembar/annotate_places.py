"""Where in a file a finding has its place: the sheet, the row and the title that it names, as a cell. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.base.temuan import Location, Temuan
from hub.base.temuan_codes import REGISTRY, RULE, RULE_SHAPE
from hub.lembar.annotate_notes import Note
from hub.lembar.annotated import Opened
from hub.lembar.sheet import Merged, Sheet
from hub.lembar.sheet_limits import MOST_COLUMNS
from hub.lembar.sheet_rows import column_number
from hub.lembar.spots import Spot

MOST_PLACES = 200
"""Places of one finding that are marked."""
_MOST_NOTES = 20_000
_TITLE_ROWS = 1_000  # rows in which titles are looked for
_MOST_CELLS = 200_000  # of them, and cells that are compared in all
_LONGEST_TITLE = 500
_ORDINAL = re.compile(r"(?:kolom )?ke-(\d{1,5})\b.*")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_DEEPEST_HEADER = 3


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A table as its reader found it: the rows of its header, title → column; `regions`: row → the column in which it says which region
    it is of, by code and by name."""

    lembar: str
    header: tuple[int, ...]
    titles: Mapping[str, int]
    code_columns: Mapping[int, int] = field(default_factory=dict)
    name_columns: Mapping[int, int] = field(default_factory=dict)


class Places:
    """`tables`: those that are known; of others the titles are looked for in the sheet."""

    def __init__(self, sheets: Sequence[Sheet], tables: Iterable[KnownTable] = ()) -> None:
        self._sheets = {s.name: s for s in reversed(sheets)}
        seen = [s for s in sheets if not s.hidden]
        self._only = seen[0] if len(seen) == 1 else None
        self._tables: dict[str, list[KnownTable]] = {}
        for table in sorted(tables, key=lambda t: t.header):
            self._tables.setdefault(table.lembar, []).append(table)
        self._found: dict[tuple[str, str], list[Spot]] = {}
        self._ends: dict[str, dict[str, list[Spot]]] = {}
        self._compared = 0
        self._headers: Counter[tuple[str, int]] = Counter()
        self._merged: dict[str, dict[Spot, Spot]] = {}

    def cell(self, at: Location, kode: str = "") -> tuple[str, Spot | None]:
        """The sheet that a location names, "" where there is none, and its cell, None where it names none."""
        sheet = self._sheets.get(at.lembar or "")
        if sheet is None and at.lembar is None and at.baris is not None:
            sheet = self._only
        if sheet is None:
            return "", None
        if at.baris is None and not at.kolom:
            return sheet.name, None
        found = self._of_title(sheet, at, kode)
        if found is None and at.baris is None:
            return sheet.name, None
        if found is None:
            assert at.baris is not None
            found = at.baris, _first_filled(sheet, at.baris)
        row, column = found
        if not 1 <= row <= max(len(sheet.rows), 1) or column >= MOST_COLUMNS:
            return sheet.name, None
        return sheet.name, self._top_left(sheet, (row, column))

    def header_of(self, name: str) -> int:
        """The last row of titles of the first table of a sheet; 0 where none is known."""
        if tables := self._tables.get(name):
            return tables[0].header[-1]
        rows = [(count, row) for (sheet, row), count in self._headers.items() if sheet == name]
        return max(rows, key=lambda r: (r[0], -r[1]))[1] if rows else 0

    def text(self, name: str, spot: Spot) -> str:
        row = self._sheets[name].rows[spot[0] - 1] if spot[0] <= len(self._sheets[name].rows) else []
        return row[spot[1]] if spot[1] < len(row) else ""

    def _of_title(self, sheet: Sheet, at: Location, kode: str) -> Spot | None:
        table = self._table(sheet.name, at.baris)
        if table is not None and at.baris is not None and (column := _region_column(table, at.baris, kode)) is not None:
            return at.baris, column
        title = at.kolom or ""
        if not title:
            return None
        column = table.titles.get(title) if table is not None else None
        if table is not None and column is not None:
            return at.baris or table.header[-1], column
        if (ordinal := _ORDINAL.fullmatch(title)) is not None:
            return (at.baris or 1), int(ordinal[1]) - 1
        found = self._titled(sheet, title)
        if found:
            above = [s for s in found if at.baris is None or s[0] <= at.baris]
            row, column = above[-1] if above else found[0]
            self._headers[sheet.name, row] += 1
            return at.baris or row, column
        if _LETTERS.fullmatch(title) and column_number(title) <= MOST_COLUMNS:
            return (at.baris or 1), column_number(title) - 1
        return None

    def _table(self, name: str, row: int | None) -> KnownTable | None:
        tables = self._tables.get(name, [])
        above = [t for t in tables if row is None or t.header[0] <= row]
        return above[-1] if above and row is not None else next(iter(tables), None)

    def _titled(self, sheet: Sheet, title: str) -> list[Spot]:
        """The cells that end a header of that title, from the top down."""
        wanted = " ".join(title.split())
        key = sheet.name, wanted
        if key not in self._found:
            likely = self._ending(sheet).get(wanted.rpartition(" ")[2], []) if len(wanted) <= _LONGEST_TITLE else []
            self._compared += len(likely)
            self._found[key] = (
                [s for s in likely if _says(sheet, *s, wanted)] if wanted and self._compared <= _MOST_CELLS else []
            )
        return self._found[key]

    def _ending(self, sheet: Sheet) -> dict[str, list[Spot]]:
        """The cells of the first rows of a sheet by the last word of each."""
        ends = self._ends.get(sheet.name)
        if ends is None:
            ends = self._ends[sheet.name] = {}
            left = _MOST_CELLS
            for number, row in enumerate(sheet.rows[:_TITLE_ROWS], 1):
                left -= len(row)
                if left < 0:
                    break
                for column, cell in enumerate(row):
                    if cell and len(cell) <= _LONGEST_TITLE and not cell.isspace():
                        ends.setdefault(cell.rsplit(None, 1)[-1], []).append((number, column))
        return ends

    def _top_left(self, sheet: Sheet, spot: Spot) -> Spot:
        if not sheet.merged:
            return spot
        covered = self._merged.get(sheet.name)
        if covered is None:
            covered = self._merged[sheet.name] = dict(_covered(sheet.merged))
        return covered.get(spot, spot)


def notes_of(findings: Iterable[Temuan], places: Places, opened: Opened) -> list[Note]:
    """One note for each finding and place; one without a cell for what has none."""
    taken = {(t.sheet, t.spot): t for t in opened.taken_over}
    notes: list[Note] = []
    for number, finding in enumerate(findings, 1):
        remedy = _remedy(finding.kode)
        cells = dict.fromkeys(places.cell(x, finding.kode) for x in finding.lokasi[:MOST_PLACES]) or {("", None): None}
        placed = [c for c in cells if c[1] is not None] or list(cells)[:1]
        for sheet, spot in placed:
            proposal, written, accepted = finding.usulan or "", finding.nilai or "", False
            if spot is not None:
                written = places.text(sheet, spot)
                over = taken.get((sheet, spot)) if finding.kode == "USULAN_DITERIMA" else None
                if over is not None:
                    written, proposal, accepted = over.written, over.proposal, True
            row, column = spot or (0, 0)
            notes.append(
                Note(
                    number,
                    finding.tingkat,
                    finding.kode,
                    finding.pesan,
                    remedy,
                    sheet,
                    row,
                    column,
                    written,
                    proposal,
                    accepted,
                )
            )
            if len(notes) >= _MOST_NOTES:
                return notes
    return notes


def _remedy(kode: str) -> str:
    entry = REGISTRY.get(kode) or (RULE if RULE_SHAPE.fullmatch(kode) else None)
    return entry.remedy if entry is not None else ""


def _region_column(table: KnownTable, row: int, kode: str) -> int | None:
    """The column that a finding about a region is really about, whichever figure it was found with."""
    if kode in OF_CODES:
        return table.code_columns.get(row, table.name_columns.get(row))
    if kode in OF_NAMES:
        return table.name_columns.get(row, table.code_columns.get(row))
    return None


OF_CODES = frozenset(
    ("WILAYAH_BUKAN_KODE", "WILAYAH_DI_LUAR", "WILAYAH_TIDAK_BERLAKU", "KODE_LAIN_MASA", "KODE_DAN_NAMA_BEDA")
)
OF_NAMES = frozenset(
    ("WILAYAH_KOSONG", "WILAYAH_TAK_DIKENAL", "WILAYAH_RANGKAP", "NAMA_MIRIP", "NAMA_TAK_SESUAI_KODE", "DESA_DAN_KECAMATAN_BEDA",
     "LEMBAGA_SEBAGAI_WILAYAH")
)  # fmt: skip
"""Findings of what a row says of its region."""


def _first_filled(sheet: Sheet, row: int) -> int:
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else []
    return next((i for i, c in enumerate(cells) if c), 0)


def _says(sheet: Sheet, row: int, column: int, wanted: str) -> bool:
    """Whether a cell, with the titles over it, says that."""
    rest = wanted
    for number in range(row, max(row - _DEEPEST_HEADER, 0), -1):
        cells = sheet.rows[number - 1]
        text = cells[column] if column < len(cells) else ""
        if not text and number < row:  # a title stands in the first of the cells that it is over
            text = next((c for c in reversed(cells[:column]) if c), "")
        words = " ".join(text.split())
        if not words:
            continue
        if not rest.endswith(words):
            return False
        rest = rest[: -len(words)].rstrip()
        if not rest:
            return True
    return False


def _covered(merged: Sequence[Merged]) -> Iterable[tuple[Spot, Spot]]:
    left = 200_000
    for m in merged:
        for row in range(m.top, m.bottom + 1):
            for column in range(m.left, m.right + 1):
                left -= 1
                if left < 0:
                    return
                yield (row, column), (m.top, m.left)
