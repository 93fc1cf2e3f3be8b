"""The two lists as files, CSV or spreadsheet: a header somewhere at the top, a line per indicator or per step below it.

sasaran   nomor, sasaran, indikator: a line without a number goes on with the objective above it
skala     dari, predikat
"""

from collections.abc import Iterator, Mapping, Sequence

from hub.base.errors import InvalidInputError
from hub.base.region_names import name_key
from hub.base.temuan import Temuan
from hub.kinerja.draft import WrittenLine
from hub.lembar.find_tables import find_tables, with_sections_as_rows
from hub.lembar.sheet import Sheet
from hub.lembar.table import Table
from hub.lembar.table_findings import Counting, seen_sheets, sheets_left_out, table_findings

Columns = Mapping[str, tuple[str, ...]]
"""Column → what a file may call it, by its letters and digits (`name_key`)."""

OBJECTIVE_COLUMNS: Columns = {
    "nomor": ("nomor", "no"),
    "sasaran": ("sasaran", "sasaran kinerja", "sasaran strategis", "nama sasaran"),
    "indikator": ("indikator", "kode indikator", "indikator kinerja"),
}
SCALE_COLUMNS: Columns = {
    "dari": ("dari", "mulai", "batas bawah", "capaian"),
    "predikat": ("predikat", "skala", "skala ordinal", "kategori"),
}
_MOST = 500  # lines: an agreement has a dozen indicators


class _Titles:
    def __init__(self, columns: Columns) -> None:
        self._columns = {name_key(n): column for column, names in columns.items() for n in names}

    def column(self, parts: tuple[str, ...]) -> str | None:
        """The column of the list that a column of these titles is: by all of them, else by the last."""
        if not parts:
            return None
        return self._columns.get(name_key(" ".join(parts))) or self._columns.get(name_key(parts[-1]))

    def sureness(self, parts: tuple[str, ...]) -> float:
        return 0.0 if self.column(parts) is None else 1.0

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return self.column(parts) is not None


def read_lines(name: str, sheets: Sequence[Sheet], columns: Columns) -> tuple[list[WrittenLine], list[Temuan]]:
    """The lines of all tables with such a header, and what there is to say of how they are kept. Raises InvalidInputError where
    there is none, or no line below it."""
    seen, temuan = seen_sheets(sheets)
    titles = _Titles(columns)
    lines: list[WrittenLine] = []
    read: list[Table] = []
    for table in (with_sections_as_rows(t) for sheet in seen for t in find_tables(sheet, titles)):
        places: dict[str, int] = {}
        for column in table.columns:  # of several that could be meant the first
            if (meant := titles.column(column.parts)) is not None:
                places.setdefault(meant, column.place)
        if len(places) == len(columns):
            read.append(table)
            lines += _of_table(table, places)
            temuan += table_findings(table, Counting(list(places.values())))
    if len(lines) > _MOST:
        raise InvalidInputError(f"{name} berisi {len(lines)} baris, paling banyak {_MOST}; bagi berkasnya.")
    needed = ", ".join(names[0] for names in columns.values())
    if not lines:
        raise InvalidInputError(
            f"{name}: tidak ada baris yang terbaca. Kepala tabelnya harus memuat kolom {needed}, dan isinya di bawahnya."
        )
    return lines, [*temuan, *sheets_left_out(seen, read, f"kolom {needed}")]


def _of_table(table: Table, places: Mapping[str, int]) -> Iterator[WrittenLine]:
    titles = {k: table.columns[i].title for k, i in places.items()}
    for row in table.rows:
        written = {k: " ".join(row.cells[i].split()) for k, i in places.items()}
        if any(written.values()) or any((row.number, i) in table.sheet.odd for i in places.values()):
            yield WrittenLine(table.sheet.name, row.number, written, titles)
