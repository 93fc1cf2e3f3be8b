"""Lists of programmes as offices keep them: CSV and spreadsheets, columns found by name, one row a programme.

Beside the columns of a list stand those of the table it was taken from (ceilings, what was spent, per cent), which are left
alone; so are its rows of sums. A row that only names a source of money says it for the rows below.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hub.anggaran.draft import ListedProgram, WrittenList
from hub.anggaran.names import numbered, program_key
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.lembar.find_tables import find_tables, with_sections_as_rows
from hub.lembar.sheet import Sheet
from hub.lembar.table import Row, Table
from hub.lembar.table_findings import Counting, seen_sheets, sheets_left_out, table_findings

_COLUMNS = {
    "nama": "nama|nama program|program|uraian|uraian program|program kegiatan|nama program kegiatan|kegiatan|nama kegiatan|belanja|"
    "jenis belanja|kelompok belanja|program atau kelompok belanja|uraian belanja|program dan kegiatan|uraian program kegiatan|sub kegiatan|"
    "program kegiatan sub kegiatan",
    "induk": "induk|program induk|induk program|nama induk|bagian dari|kelompok|kelompok induk|termasuk",
    "sumber": "sumber|sumber anggaran|sumber dana|sumber pendanaan|dana|pendanaan",
    "alias": "alias|nama lain|sebutan lain|sebutan|singkatan|ditulis juga|ejaan lain",
    "nomor": "no|nomor|kode|kode rekening|no urut|nomor urut|kode program|kode kegiatan|rekening|no rekening|nomor rekening",
    "tahun": "tahun|tahun anggaran|ta",
    "": "pagu|pagu anggaran|anggaran|alokasi|jumlah|realisasi|realisasi anggaran|persen|persentase|%|sisa|sisa anggaran|keterangan|ket|"
    "capaian|target|urut|urutan|pptk|bidang|penanggung jawab|serapan|satuan|volume",
}  # fmt: skip
_FIELDS = {name_key(s) or s: field for field, spellings in _COLUMNS.items() for s in spellings.split("|")}
_TAB = 4  # blanks that one counts for
_COLUMN = 100  # how far in a name is that stands in the next column
_SUM = re.compile(r"(sub|grand)?\s*(jumlah|total)\b", re.IGNORECASE)
_ALIASES = re.compile(r"[;|\n]")

ReadSource = Callable[[str], str | None]
"""A source of money as somebody wrote it → the catalogue's word for it; None: it is none."""


class _Titles:
    """The titles of such a list. A title above others that are left alone ("Realisasi" over "Jumlah" and "%") is left alone too."""

    @staticmethod
    def field(parts: tuple[str, ...]) -> str | None:
        """The field that a column of these titles is; "": known, and left alone; None: unknown."""
        found = _FIELDS.get(name_key(" ".join(parts)) or " ".join(parts))
        if found is None and len(parts) > 1:
            each = {_FIELDS.get(name_key(p) or p) for p in parts}
            found = "" if "" in each else each.pop() if len(each) == 1 else None
        return found

    def sureness(self, parts: tuple[str, ...]) -> float:
        return 0.0 if self.field(parts) is None else 1.0

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return self.field(parts) == "nama"


@dataclass(frozen=True, slots=True)
class _Table:
    """`columns`: field → its place; `names`: the places where a name may stand, the further right the further in."""

    table: Table
    columns: dict[str, int]
    names: Sequence[int]
    temuan: list[Temuan]

    @property
    def lembar(self) -> str:
        return self.table.sheet.name

    def cell(self, row: Row, field: str) -> str:
        place = self.columns.get(field)
        return "" if place is None else " ".join(row.cells[place].split())


def read_programs(sheets: Sequence[Sheet], source: ReadSource) -> WrittenList:
    """Every programme that the sheets list, in order, with what there is to say of how they are written."""
    seen, temuan = seen_sheets(sheets)
    tables = [_table(with_sections_as_rows(t)) for sheet in seen for t in find_tables(sheet, _Titles())]
    temuan += sheets_left_out(seen, [t.table for t in tables], "kolom Nama atau Program")
    temuan += [x for t in tables for x in t.temuan]
    rows = [row for t in tables for row in _rows(t, source, temuan)]
    if not tables:
        message = "Tidak ada lembar dengan kolom nama program; beri kepala kolom Nama atau Program, dan bila ada Induk, Sumber, Alias."
        temuan.append(Temuan("PROGRAM_KOSONG", ERROR, message))
    elif not rows:
        message = "Kepala tabelnya dikenal, tetapi tidak ada program di bawahnya; isi satu baris per program."
        temuan.append(Temuan("PROGRAM_KOSONG", ERROR, message, lokasi=(Location(lembar=tables[0].lembar),)))
    return WrittenList(rows, any("induk" in t.columns for t in tables), temuan)


def _table(table: Table) -> _Table:
    columns: dict[str, int] = {}
    temuan: list[Temuan] = []
    for column in table.columns:
        field = _Titles.field(column.parts) if column.parts else ""
        if field is None:
            message = f'Kolom "{column.title}" tidak dikenal dalam daftar program; isinya tidak dibaca.'
            here = Location(lembar=table.sheet.name, baris=table.header[-1], kolom=column.title)
            temuan.append(Temuan("KOLOM_TAK_DIKENAL", INFO, message, nilai=column.title, lokasi=(here,)))
        elif field:
            columns.setdefault(field, column.place)
    title = table.columns[columns["nama"]].parts
    names = [columns["nama"]]
    for column in table.columns[names[0] + 1 :]:  # a header over several columns
        if column.parts not in ((), title):
            break
        names.append(column.place)
    temuan += table_findings(table, Counting({*columns.values(), *names}))
    return _Table(table, columns, names, temuan)


def _rows(table: _Table, source: ReadSource, temuan: list[Temuan]) -> Iterator[ListedProgram]:
    current: str | None = None
    for row in table.table.rows:
        line = row.number
        indent, written = _name(table, row)
        place = Location(lembar=table.lembar, baris=line)
        name = numbered(written)
        if not program_key(name.name):
            continue  # numbers of columns, a signature's place
        if said := table.cell(row, "sumber"):
            meant = source(said)
            if meant is None:
                message = f'Baris {line}: "{said}" bukan sumber anggaran yang dikenal; pakai sumber dalam katalog, misalnya APBD atau APBN.'
                temuan.append(Temuan("SUMBER_TAK_DIKENAL", ERROR, message, nilai=said, lokasi=(place,)))
            current = meant or said
        elif heading := source(name.name):
            current = heading
            continue
        if _SUM.match(name.name):
            message = f'Baris {line} ("{name.name}") adalah jumlah, bukan program; dilewati.'
            temuan.append(Temuan("BARIS_JUMLAH", INFO, message, nilai=name.name, lokasi=(place,)))
            continue
        alias = tuple(dict.fromkeys(a for x in _ALIASES.split(table.cell(row, "alias")) if (a := " ".join(x.split()))))
        number = name.number or table.cell(row, "nomor")
        parent, year = table.cell(row, "induk"), table.cell(row, "tahun").removesuffix(".0")
        yield ListedProgram(table.lembar, line, number, name.name, indent, parent, current, alias, year)


def _name(table: _Table, row: Row) -> tuple[int, str]:
    """How far in a name stands, and the name; a number in a column before it goes with it."""
    filled = [(n, p) for n, p in enumerate(table.names) if row.cells[p]]
    if not filled:
        return 0, ""
    (step, place), *rest = filled
    text, raw = row.cells[place], table.table.sheet.rows[row.number - 1]
    before = raw[place][: len(raw[place]) - len(raw[place].lstrip())] if place < len(raw) else ""
    blanks = sum(_TAB if c == "\t" else 1 for c in before)
    if rest and numbered(f"{text} x").name == "x":
        text = f"{text} {row.cells[rest[0][1]]}"
    return step * _COLUMN + blanks, " ".join(text.split())


def assumed_source(rows: Sequence[ListedProgram], source: str) -> Temuan | None:
    """That rows were taken to be of a source that nothing said."""
    unsaid = [r for r in rows if r.sumber is None]
    if not unsaid:
        return None
    message = (
        f"Sumber anggaran tidak ditulis pada {len(unsaid)} baris; dianggap {source}. Bila bukan, isi kolom Sumber."
    )
    return Temuan("SUMBER_DIANGGAP", WARNING, message, usulan=source, lokasi=tuple(r.location for r in unsaid[:10]))
