"""A rekap as a file, CSV (UTF-8) or XLSX, in one of two layouts:

wide   wilayah[, kecamatan], then a column per figure: BAN01, REH01[lingkup=gabungan], SDM01[JK=L,jabatan=pelaksana]
long   wilayah[, kecamatan], elemen, rincian, nilai[, status]

`wilayah` holds a code or a name; the row that says `wilayah` is the header, whatever stands above it. A row that begins
with TOTAL or JUMLAH states totals of its columns. Numbers may be written as people write them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.base.periode import Periode
from hub.base.temuan import Location
from hub.katalog.formula import read_rincian
from hub.lembar.files import content_of, read_sheets
from hub.lembar.sheet import Sheet
from hub.rekap.draft import Cell, Column, Envelope, Place, RekapDraft, Total

_NOT_ANGKA = ("wilayah", "kecamatan", "no", "no.", "nomor")
_COLUMN = re.compile(r"\s*(?P<elemen>[A-Za-z]+\d+)\s*(?:\[(?P<rincian>[^\]]*)\]\s*)?")
_TOTAL = re.compile(r"(t\s*o\s*t\s*a\s*l|jumlah)\b", re.IGNORECASE)


def read_rekap(file: Path, envelope: Envelope) -> RekapDraft:
    """The draft in a file. Raises InvalidInputError naming what is wrong with the file itself."""
    return rekap_from(file.name, content_of(file), envelope)


def rekap_from(name: str, content: bytes, envelope: Envelope) -> RekapDraft:
    """The same for a file at hand: its name and content."""
    try:
        parsed_periode = Periode.read(envelope.periode)
    except ValueError as error:
        raise InvalidInputError(str(error)) from None
    cells: list[Cell] = []
    total: list[Total] = []
    for lembar in read_sheets(name, content):
        s, t = _lembar(lembar)
        cells += s
        total += t
    return RekapDraft(
        kode_wilayah.dotted(envelope.pelapor),
        envelope.formulir.strip().upper(),
        parsed_periode,
        envelope.kunci_idempoten,
        None,
        tuple(cells),
        tuple(total),
    )


def _lembar(lembar: Sheet) -> tuple[list[Cell], list[Total]]:
    if not any(c.strip() for b in lembar.rows for c in b):
        return [], []
    for number, row in enumerate(lembar.rows):
        lowered = [k.strip().casefold() for k in row]
        if "wilayah" in lowered:
            numbered_rows = [
                (n, b) for n, b in enumerate(lembar.rows[number + 1 :], number + 2) if any(c.strip() for c in b)
            ]
            if "elemen" in lowered:
                return list(_long(lembar, lowered, numbered_rows)), []
            return _wide(lembar, [k.strip() for k in row], lowered, numbered_rows)
    first = next(b for b in lembar.rows if any(c.strip() for c in b))
    raise InvalidInputError(f'{lembar.name}: kolom "wilayah" tidak ada; kolomnya: {", ".join(first)}')


NumberedRows = list[tuple[int, list[str]]]  # row number from 1, cells


def _wide(
    lembar: Sheet, header: list[str], lowered: list[str], numbered_rows: NumberedRows
) -> tuple[list[Cell], list[Total]]:
    columns = {i: _column(lembar, k) for i, k in enumerate(header) if k and lowered[i] not in _NOT_ANGKA}
    cells: list[Cell] = []
    total: list[Total] = []
    for number, row in numbered_rows:
        place = _place(row, lowered)
        if _TOTAL.match(next(c.strip() for c in row if c.strip())):
            total += [
                Total(str(k), None, row[i].strip()) for i, k in columns.items() if i < len(row) and row[i].strip()
            ]
            continue
        for i in range(max(len(header), len(row))):
            angka = row[i].strip() if i < len(row) else ""
            if i in columns:
                location = Location(lembar=lembar.name, baris=number, kolom=header[i])
                cells.append(Cell(place, columns[i], angka or None, None, location, implied=not angka))
            elif angka and (i >= len(header) or not header[i]):  # a figure nobody can place: the checks will say so
                name = f"kolom ke-{i + 1} tanpa kepala"
                cells.append(
                    Cell(place, Column(name), angka, None, Location(lembar=lembar.name, baris=number, kolom=name))
                )
    return cells, total


def _long(lembar: Sheet, lowered: list[str], numbered_rows: NumberedRows) -> Iterator[Cell]:
    for number, row in numbered_rows:
        values = {k: (row[i].strip() if i < len(row) else "") for i, k in enumerate(lowered)}
        rincian = _rincian(lembar, number, values.get("rincian", ""))
        location = Location(lembar=lembar.name, baris=number, kolom="nilai")
        yield Cell(
            _place(row, lowered), Column(values["elemen"], rincian), values.get("nilai") or None,
            values.get("status", "").upper() or None, location,
        )  # fmt: skip


def _place(row: list[str], lowered: list[str]) -> Place:
    def cell(name: str) -> str | None:
        i = lowered.index(name) if name in lowered else -1
        return (row[i].strip() or None) if 0 <= i < len(row) else None

    wilayah = cell("wilayah")
    if wilayah is not None and wilayah[:1].isdigit():
        return Place(kode=kode_wilayah.dotted(wilayah))
    return Place(name=wilayah, kecamatan=cell("kecamatan"))


def _column(lembar: Sheet, text: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if match is None:
        return Column(text)  # not a code: the checks will say so, with a suggestion
    return Column(match["elemen"], _rincian(lembar, 1, match["rincian"] or ""))


def _rincian(lembar: Sheet, number: int, text: str) -> tuple[tuple[str, str], ...]:
    if not text.strip():
        return ()
    try:
        return read_rincian(text)
    except ValueError as error:
        raise InvalidInputError(f"{lembar.name}, baris {number}: {error}") from None
