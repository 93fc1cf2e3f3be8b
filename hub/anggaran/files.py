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
from hub.lembar.sheet import Sheet

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
_TOP_ROWS = 30  # rows in which a header is looked for
_TAB = 4  # blanks that one counts for
_COLUMN = 100  # how far in a name is that stands in the next column
_SUM = re.compile(r"(sub|grand)?\s*(jumlah|total)\b", re.IGNORECASE)
_ALIASES = re.compile(r"[;|\n]")

ReadSource = Callable[[str], str | None]
"""A source of money as somebody wrote it → the catalogue's word for it; None: it is none."""


@dataclass(frozen=True, slots=True)
class _Table:
    """`columns`: field → its place; `names`: the places where a name may stand, the further right the further in."""

    lembar: str
    columns: dict[str, int]
    names: Sequence[int]
    rows: Sequence[tuple[int, list[str]]]
    temuan: list[Temuan]

    def cell(self, row: list[str], field: str) -> str:
        place = self.columns.get(field, len(row))
        return " ".join(row[place].split()) if place < len(row) else ""


def read_programs(sheets: Sequence[Sheet], source: ReadSource) -> WrittenList:
    """Every programme that the sheets list, in order, with what there is to say of how they are written."""
    tables = [t for sheet in sheets if (t := _table(sheet)) is not None]
    temuan = [x for t in tables for x in t.temuan]
    rows = [row for t in tables for row in _rows(t, source, temuan)]
    if not tables:
        message = "Tidak ada lembar dengan kolom nama program; beri kepala kolom Nama atau Program, dan bila ada Induk, Sumber, Alias."
        temuan.append(Temuan("PROGRAM_KOSONG", ERROR, message))
    elif not rows:
        message = "Kepala tabelnya dikenal, tetapi tidak ada program di bawahnya; isi satu baris per program."
        temuan.append(Temuan("PROGRAM_KOSONG", ERROR, message, lokasi=(Location(lembar=tables[0].lembar),)))
    return WrittenList(rows, any("induk" in t.columns for t in tables), temuan)


def _table(sheet: Sheet) -> _Table | None:
    for number, row in enumerate(sheet.rows[:_TOP_ROWS], 1):
        fields = [_FIELDS.get(name_key(c) or c.strip(), "?") for c in row]
        if "nama" not in fields:
            continue
        columns: dict[str, int] = {}
        temuan: list[Temuan] = []
        for place, (field, title) in enumerate(zip(fields, row, strict=True)):
            if field == "?" and title.strip():
                message = f'Kolom "{title.strip()}" tidak dikenal dalam daftar program; isinya tidak dibaca.'
                here = Location(lembar=sheet.name, baris=number, kolom=title.strip())
                temuan.append(Temuan("KOLOM_TAK_DIKENAL", INFO, message, nilai=title.strip(), lokasi=(here,)))
            elif field not in ("?", ""):
                columns.setdefault(field, place)
        names = [columns["nama"]]
        while names[-1] + 1 < len(row) and not row[names[-1] + 1].strip():  # a header over several columns
            names.append(names[-1] + 1)
        below = [(n, r) for n, r in enumerate(sheet.rows[number:], number + 1) if any(c.strip() for c in r)]
        return _Table(sheet.name, columns, names, below, temuan)
    return None


def _rows(table: _Table, source: ReadSource, temuan: list[Temuan]) -> Iterator[ListedProgram]:
    current: str | None = None
    for line, row in table.rows:
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


def _name(table: _Table, row: list[str]) -> tuple[int, str]:
    """How far in a name stands, and the name; a number in a column before it goes with it."""
    filled = [(n, row[p]) for n, p in enumerate(table.names) if p < len(row) and row[p].strip()]
    if not filled:
        return 0, ""
    (step, text), *rest = filled
    blanks = sum(_TAB if c == "\t" else 1 for c in text[: len(text) - len(text.lstrip())])
    if rest and numbered(f"{text} x").name == "x":
        text = f"{text.strip()} {rest[0][1].strip()}"
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
