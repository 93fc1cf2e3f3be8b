"""The two lists as files, CSV or spreadsheet: a header somewhere at the top, a line per indicator or per step below it.

sasaran   nomor, sasaran, indikator: a line without a number goes on with the objective above it
skala     dari, predikat
"""

import re
from collections.abc import Mapping, Sequence

from hub.base.errors import InvalidInputError
from hub.base.region_names import name_key
from hub.kinerja.draft import WrittenLine
from hub.lembar.sheet import Sheet

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
_IS_COLUMN_NUMBER = re.compile(r"\(\d+\)")
_MOST = 500  # lines: an agreement has a dozen indicators


def lines_of(name: str, sheets: Sequence[Sheet], columns: Columns) -> list[WrittenLine]:
    """The lines of all tables with such a header. Raises InvalidInputError where there is none, or no line below it."""
    lines = [line for sheet in sheets for line in _of_sheet(sheet, columns)]
    if len(lines) > _MOST:
        raise InvalidInputError(f"{name} berisi {len(lines)} baris, paling banyak {_MOST}; bagi berkasnya.")
    if not lines:
        titles = ", ".join(names[0] for names in columns.values())
        raise InvalidInputError(
            f"{name}: tidak ada baris yang terbaca. Kepala tabelnya harus memuat kolom {titles}, dan isinya di bawahnya."
        )
    return lines


def _of_sheet(sheet: Sheet, columns: Columns) -> list[WrittenLine]:
    lines: list[WrittenLine] = []
    places: dict[str, int] = {}
    titles: dict[str, str] = {}
    for number, row in enumerate(sheet.rows, 1):
        cells = [" ".join(c.split()) for c in row]
        found = _header(cells, columns)
        if len(found) == len(columns):
            places, titles = found, {k: cells[i] for k, i in found.items()}
        elif places and any(cells):
            written = {k: cells[i] if i < len(cells) else "" for k, i in places.items()}
            if any(written.values()) and not all(_IS_COLUMN_NUMBER.fullmatch(c) for c in written.values() if c):
                lines.append(WrittenLine(sheet.name, number, written, titles))
    return lines


def _header(cells: Sequence[str], columns: Columns) -> dict[str, int]:
    """Column → where it stands; of several that could be meant the first."""
    places: dict[str, int] = {}
    for i, cell in enumerate(cells):
        meant = next((k for k, names in columns.items() if name_key(cell) in {name_key(n) for n in names}), None)
        if meant is not None:
            places.setdefault(meant, i)
    return places
