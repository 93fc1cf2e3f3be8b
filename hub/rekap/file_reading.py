"""How a file of figures is read: its sheets to tables, their columns and rows to cells and totals, and what is said of it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hub.base.errors import InvalidInputError
from hub.base.periode import Periode
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.katalog.formula import read_rincian
from hub.katalog.katalog import Formulir, Katalog
from hub.lembar.find_tables import find_tables
from hub.lembar.sheet import OddKind, Sheet, Spot
from hub.lembar.table import Reason, Table
from hub.lembar.table_findings import (
    Counting,
    holds_something,
    named_rows,
    refused_cells,
    seen_sheets,
    sheets_left_out,
    table_findings,
)
from hub.lembar.template_mark import is_template
from hub.rekap.draft import Cell, Column, Total
from hub.rekap.file_claims import other_rows
from hub.rekap.file_columns import PlacedColumn, PlacedColumns, place_columns
from hub.rekap.file_mapping import NO_MAPPING, ColumnAnswer, FileMapping, RowAnswer
from hub.rekap.file_rows import PlacedRow, RowKind, place_rows, row_key
from hub.rekap.file_template import template_claims
from hub.rekap.file_titles import RekapTitles
from hub.rekap.file_words import ColumnUse, title_key
from hub.wilayah.region_list import RegionList


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is read by. Without a catalogue codes alone are elements; without regions names stay as they are written; `periode`:
    the rekap's, with which periods in the file are compared.
    `remembered`: what the office said of earlier files of that form; `mapping`: what came with this one."""

    katalog: Katalog | None = None
    formulir: Formulir | None = None
    regions: RegionList | None = None
    periode: Periode | None = None
    remembered: FileMapping = NO_MAPPING
    mapping: FileMapping = NO_MAPPING


NOTHING_KNOWN = Known()
_LONGEST_KEPT = 300  # letters of a title or row that is remembered: what is longer is no title


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table of a sheet as it was understood."""

    table: Table
    columns: PlacedColumns
    rows: list[PlacedRow]


@dataclass(slots=True)
class FileReading:
    """`used`: what of the mapping that came with the file settled something, in a form that can be remembered."""

    tables: list[ReadTable] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    total: list[Total] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)
    used: FileMapping = NO_MAPPING


def read_file(name: str, sheets: list[Sheet], known: Known = NOTHING_KNOWN) -> FileReading:
    """Raises InvalidInputError where there is no table of figures in it, or a code stands with choices that cannot be read."""
    titles = RekapTitles(known.katalog, known.formulir)
    reading = FileReading()
    seen, reading.temuan = seen_sheets(sheets)
    told, others = template_claims(seen, known.formulir, known.regions, known.periode)
    reading.temuan += told
    seen = [s for s in seen if id(s) not in others]
    for sheet in seen:
        reading.tables += _tables(name, sheet, titles, known)
    filled = [s for s in seen if holds_something(s)]
    if filled and not reading.tables:
        raise _no_table(filled[0])
    reading.temuan += sheets_left_out(seen, [t.table for t in reading.tables], _WANTED)
    for read in reading.tables:
        _take(read, reading, titles, known)
    reading.used, unused = _used(reading.tables, known.mapping)
    reading.temuan += unused
    return reading


_WANTED = "kolom wilayah (Kecamatan, Desa, Kode Wilayah) dan kolom angka"


def _no_table(sheet: Sheet) -> InvalidInputError:
    first = next((row for row in sheet.rows if any(c.strip() for c in row)), [])
    return InvalidInputError(
        f'{sheet.name}: kepala tabel dengan kolom wilayah ("wilayah", "Kecamatan", "Desa", "Kode Wilayah") tidak ada; baris '
        f"pertamanya: {', '.join(c.strip() for c in first if c.strip())[:300]}"
    )


def _tables(name: str, sheet: Sheet, titles: RekapTitles, known: Known) -> list[ReadTable]:
    columns_said = known.remembered.columns_of(sheet.name) | known.mapping.columns_of(sheet.name)
    rows_said = known.remembered.rows_of(sheet.name) | known.mapping.rows_of(sheet.name)
    mapped_titles = RekapTitles(titles.katalog, titles.formulir, columns_said) if columns_said else titles
    found = []
    for table in find_tables(sheet, mapped_titles):
        above = " ".join(s.text for s in table.skipped if s.reason in (Reason.TITLE, Reason.SECTION))
        columns = place_columns(table, titles, f"{above} {sheet.name} {name}", columns_said)
        if columns.has_figures or columns.temuan:
            found.append(ReadTable(table, columns, place_rows(table, columns, known.regions, rows_said)))
    return found


def _without_idle_sums(read: ReadTable) -> ReadTable:
    """A template's totals are formulas of its own: where no program has worked them out, they state nothing."""
    sums = {r.row.number for r in read.rows if r.kind is RowKind.TOTAL}
    odd = read.table.sheet.odd
    told = {s: o for s, o in odd.items() if s[0] not in sums or o.kind is not OddKind.FORMULA}
    if len(told) == len(odd):
        return read
    return replace(read, table=replace(read.table, sheet=replace(read.table.sheet, odd=told)))


# ---------- cells and totals ----------


def _take(read: ReadTable, reading: FileReading, titles: RekapTitles, known: Known) -> None:
    """Cells, totals and findings of a table, into the reading."""
    reading.temuan += read.columns.temuan
    own = is_template(read.table.sheet)
    read = _without_idle_sums(read) if own else read
    counting = [c.place for c in read.columns.columns if c.counts]
    values = [c.place for c in read.columns.of(ColumnUse.ELEMEN, ColumnUse.NILAI)]
    taken = {r.row.number for r in read.rows if r.kind not in (RowKind.FIGURES, RowKind.TOTAL)}
    untold = [r for r in read.table.rows if r.number not in taken]  # those that hold no text among them
    considered = Counting(counting, values, untold)
    reading.temuan += table_findings(read.table, considered)
    refused = refused_cells(read.table, considered)
    reading.temuan += _rows_of_kinds(read)
    figures, valued = read.columns.of(ColumnUse.ELEMEN), read.columns.of(ColumnUse.NILAI)
    titled = {c.place for c in read.columns.columns if c.title}
    others, told = other_rows(read.table, read.columns, read.rows, known.periode, known.regions)
    reading.temuan += told
    for row in read.rows:
        if row.row.number in others:
            continue
        if row.kind is RowKind.TOTAL:
            _take_totals(read, row, _not_refused(row, figures, refused), reading)
        elif row.kind is RowKind.FIGURES:
            if read.columns.is_long:
                if not refused or len(_not_refused(row, valued, refused)) == len(valued):
                    reading.cells += _long_cells(read, row, titles, may_be_empty=own)
            else:
                reading.cells += _wide_cells(read, row, _not_refused(row, figures, refused))
                reading.cells += _stray_cells(read, row, titled)


def _not_refused(row: PlacedRow, columns: list[PlacedColumn], refused: set[Spot]) -> list[PlacedColumn]:
    return [c for c in columns if (row.row.number, c.place) not in refused] if refused else columns


def _rows_of_kinds(read: ReadTable) -> list[Temuan]:
    """A finding for each kind of row that is no region's and no total."""
    temuan = []
    for kind, said in ((RowKind.RATE, "rata-rata atau persentase"), (RowKind.SKIPPED, "diabaikan menurut pemetaan")):
        rows = [r for r in read.rows if r.kind is kind]
        if rows:
            named = named_rows([r.row.number for r in rows])
            message = f'Lembar "{read.table.sheet.name}", {named}: {said}; tidak dibaca sebagai angka wilayah.'
            places = tuple(Location(lembar=read.table.sheet.name, baris=r.row.number) for r in rows[:50])
            temuan.append(Temuan("BARIS_DILEWATI", INFO, message, nilai=rows[0].written, lokasi=places))
    return temuan


def _wide_cells(read: ReadTable, row: PlacedRow, figures: list[PlacedColumn]) -> Iterator[Cell]:
    for c in figures:
        assert c.meaning.column is not None
        text = _text(row, c)
        location = _location(read, row, c)
        exact = bool(text) and (row.row.number, c.place) in read.table.sheet.exact
        yield Cell(row.place, c.meaning.column, text or None, None, location, implied=not text, exact=exact)


def _stray_cells(read: ReadTable, row: PlacedRow, titled: set[int]) -> Iterator[Cell]:
    """Figures below no title, which nobody can place: the checks say so."""
    for i, content in enumerate(row.row.cells):
        text = content.strip()
        if text and i not in titled and any(h.isdigit() for h in text):
            name = f"kolom ke-{i + 1} tanpa kepala"
            location = Location(lembar=read.table.sheet.name, baris=row.row.number, kolom=name)
            yield Cell(row.place, Column(name), text, None, location)


def _long_cells(read: ReadTable, row: PlacedRow, titles: RekapTitles, *, may_be_empty: bool) -> Iterator[Cell]:
    """`may_be_empty`: the rows name every figure before anybody fills them in, so that an empty one says no more than an empty cell of
    a table."""
    by_use = {
        use: read.columns.first(use)
        for use in (ColumnUse.NAMA_ELEMEN, ColumnUse.RINCIAN, ColumnUse.NILAI, ColumnUse.STATUS)
    }
    texts = {use: "" if c is None else _text(row, c) for use, c in by_use.items()}
    value = by_use[ColumnUse.NILAI]
    sheet, number = read.table.sheet, row.row.number
    column = _element(texts[ColumnUse.NAMA_ELEMEN], titles)
    if texts[ColumnUse.RINCIAN]:
        try:
            column = Column(column.elemen, tuple(sorted((*column.rincian, *read_rincian(texts[ColumnUse.RINCIAN])))))
        except ValueError as error:
            raise InvalidInputError(f"{sheet.name}, baris {number}: {error}") from None
    location = Location(lembar=sheet.name, baris=number, kolom="nilai" if value is None else value.title)
    exact = value is not None and (number, value.place) in sheet.exact
    nilai, status = texts[ColumnUse.NILAI] or None, texts[ColumnUse.STATUS].upper().replace(" ", "_") or None
    implied = may_be_empty and nilai is None and status is None
    yield Cell(row.place, column, nilai, status, location, implied=implied, exact=exact)


def _element(text: str, titles: RekapTitles) -> Column:
    guess = titles.guess((text,))
    if guess.sure and guess.meaning is not None and guess.meaning.column is not None and guess.meaning.fault is None:
        return guess.meaning.column
    return Column(text)  # the checks say so, with a suggestion


def _take_totals(read: ReadTable, row: PlacedRow, figures: list[PlacedColumn], reading: FileReading) -> None:
    stated = [(c, text) for c in figures if (text := _text(row, c))]
    if row.unclear and stated:
        message = (
            f'Baris {row.row.number} ("{row.written}") menyebut jumlah, tetapi tidak jelas jumlah wilayah mana; tulis wilayahnya, seperti '
            '"Jumlah Kec. Lobalain".'
        )
        location = Location(lembar=read.table.sheet.name, baris=row.row.number)
        reading.temuan.append(Temuan("JUMLAH_TAK_JELAS", ERROR, message, nilai=row.written, lokasi=(location,)))
        return
    for c, text in stated:
        exact = (row.row.number, c.place) in read.table.sheet.exact
        reading.total.append(Total(str(c.meaning.column), row.total, text, _location(read, row, c), exact))


def _text(row: PlacedRow, column: PlacedColumn) -> str:
    """What stands in a cell, with the word of size that its title has for all."""
    text = row.row.cells[column.place].strip() if column.place < len(row.row.cells) else ""
    return f"{text} {column.size}" if column.size and any(h.isdigit() for h in text) else text


def _location(read: ReadTable, row: PlacedRow, column: PlacedColumn) -> Location:
    return Location(lembar=read.table.sheet.name, baris=row.row.number, kolom=column.title)


# ---------- what was said of it ----------


def _used(tables: list[ReadTable], mapping: FileMapping) -> tuple[FileMapping, list[Temuan]]:
    """What of a mapping met something in the file, by title and row; and findings of what did not."""
    columns: list[ColumnAnswer] = []
    rows: list[RowAnswer] = []
    temuan: list[Temuan] = []
    for a in mapping.columns:
        of_sheet = [t for t in tables if a.lembar in (None, t.table.sheet.name)]
        met = [
            c
            for t in of_sheet
            for c in t.columns.columns
            if c.mapped and (title_key(a.kolom) == title_key(c.title) or a.kolom.strip() == c.letters)
        ]
        columns += [
            ColumnAnswer(a.lembar, title_key(c.title), a.meaning)
            for c in met
            if c.title and len(c.title) <= _LONGEST_KEPT
        ]
        if not met:
            temuan.append(_unused(f'kolom "{a.kolom}"', a.kolom, a.lembar))
    for r in mapping.rows:
        keys = {row_key(p.written) for t in tables if r.lembar in (None, t.table.sheet.name) for p in t.rows}
        keys |= {row_key(str(p.place)) for t in tables if r.lembar in (None, t.table.sheet.name) for p in t.rows}
        key = row_key(r.tertulis)
        if key not in keys:
            temuan.append(_unused(f'baris "{r.tertulis[:80]}"', r.tertulis, r.lembar))
        elif len(key) <= _LONGEST_KEPT:
            rows.append(RowAnswer(r.lembar, key, r.wilayah, r.left_out))
    return FileMapping(tuple(dict.fromkeys(columns)), tuple(dict.fromkeys(rows))), temuan


def _unused(what: str, written: str, lembar: str | None) -> Temuan:
    where = f' lembar "{lembar}"' if lembar else " berkas ini"
    message = f"Pemetaan menyebut {what}, yang tidak ada dalam{where}; salin judulnya dari jawaban bacaBerkas."
    return Temuan("PEMETAAN_TAK_TERPAKAI", WARNING, message, nilai=written)
