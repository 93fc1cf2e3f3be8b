"""What the rows of a table of figures say beside their region and their figures: of which period they are, of which kabupaten. Held
against the rekap they come with: rows of another year, or of somebody else, are not counted. Pure.

A column that a mapping says to leave out says nothing.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode, PeriodeKind
from hub.base.region_names import name_key, official_name
from hub.base.temuan import ERROR, WARNING, Location, Temuan
from hub.lembar.table import Table
from hub.lembar.table_findings import column_letters, named_rows
from hub.rekap.file_columns import PlacedColumn, PlacedColumns
from hub.rekap.file_rows import PlacedRow, RowKind
from hub.rekap.file_words import FIXED, ColumnUse, title_key
from hub.wilayah.near_names import tolerance
from hub.wilayah.region_list import RegionList

_MOST_PLACES = 50
_MOST_SAID = 5  # periods or names in one sentence
_KINDS = {
    "bulan": PeriodeKind.BULAN, "triwulan": PeriodeKind.TRIWULAN, "tw": PeriodeKind.TRIWULAN, "kuartal": PeriodeKind.TRIWULAN,
    "semester": PeriodeKind.SEMESTER, "smt": PeriodeKind.SEMESTER,
}  # fmt: skip
_TITLES: dict[str, PeriodeKind | None] = {
    **dict.fromkeys(("tahun", "thn", "tahun data", "tahun anggaran", "periode", "periode data", "periode pelaporan"), None),
    **_KINDS,
    "bulan pelaporan": PeriodeKind.BULAN,
}  # fmt: skip
_MONTHS = {
    m: n
    for n, names in enumerate(
        ("januari jan", "februari pebruari feb peb", "maret mar", "april apr", "mei", "juni jun", "juli jul",
         "agustus agu agt ags", "september sep sept", "oktober okt", "november nopember nov nop", "desember des"), 1,
    )
    for m in names.split()
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?P<tahun>(?:19|20)\d\d)-(?P<bulan>0[1-9]|1[0-2])(?:-\d\d)?(?:[ T].*)?")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+")


@dataclass(frozen=True, slots=True)
class _Said:
    """A period as a row says it; `year`: None where it says none; `kind`, `ordinal`: None for a whole year."""

    year: int | None = None
    kind: PeriodeKind | None = None
    ordinal: int | None = None

    def of(self, periode: Periode) -> Periode:
        """The period that is meant in a rekap of that one."""
        year = self.year or periode.year
        if self.kind is None or self.ordinal is None:
            return Periode(year, PeriodeKind.TAHUN, 1)
        return Periode(year, self.kind, self.ordinal)


def other_rows(
    table: Table, columns: PlacedColumns, rows: Sequence[PlacedRow], periode: Periode | None, regions: RegionList | None
) -> tuple[set[int], list[Temuan]]:
    """The numbers of rows that are not of this rekap, and what there is to say. `periode`: the rekap's; `regions`: of its reporter."""
    counting = [r for r in rows if r.kind in (RowKind.FIGURES, RowKind.TOTAL)]
    others, temuan = (set[int](), list[Temuan]()) if periode is None else _of_periods(table, columns, counting, periode)
    if regions is not None:
        for column in columns.columns:
            if (fits := _fits_reporter(column, regions)) is not None:
                found, told = _of_others(table, column, counting, fits, regions)
                others |= found
                temuan += told
    return others, temuan


# ---------- periods ----------


def _of_periods(
    table: Table, columns: PlacedColumns, rows: Iterable[PlacedRow], periode: Periode
) -> tuple[set[int], list[Temuan]]:
    telling = [c for c in columns.columns if not c.mapped and not c.counts and title_key(c.title) in _TITLES]
    said: dict[Periode, list[int]] = {}
    told = 0
    for row in rows if telling else ():
        meant = _said(row, telling)
        if meant is not None:
            told += 1
            if not _is_same(of := meant.of(periode), periode):
                said.setdefault(of, []).append(row.row.number)
    if not said:
        return set(), []
    numbers = sorted(n for rows_of in said.values() for n in rows_of)
    named = ", ".join(map(str, sorted(said, key=lambda p: (p.first_day, p.kind))[:_MOST_SAID])) + (
        ", …" if len(said) > _MOST_SAID else ""
    )
    title = " dan ".join(f'"{c.title}"' for c in telling)
    place = f'Lembar "{table.sheet.name}", {named_rows(numbers)}: kolom {title} menyebut periode {named}'
    locations = tuple(
        Location(lembar=table.sheet.name, baris=n, kolom=telling[0].title) for n in numbers[:_MOST_PLACES]
    )
    if len(said) == 1 and len(numbers) == told and next(iter(said)).year == periode.year:
        message = f"{place}, sedangkan rekap ini periode {periode}; angkanya dibaca untuk {periode}. Periksa periode rekapnya."
        return set(), [
            Temuan("PERIODE_BERKAS_BEDA", WARNING, message, nilai=named, usulan=str(periode), lokasi=locations)
        ]
    message = (
        f"{place}, sedangkan rekap ini periode {periode}; baris itu tidak dihitung. Sisakan baris periode {periode} saja, atau perbaiki "
        "periode rekapnya; bila kolom itu bukan periode angkanya, nyatakan ABAIKAN dengan pemetaan."
    )
    return set(numbers), [
        Temuan("BARIS_PERIODE_LAIN", ERROR, message, nilai=named, usulan=str(periode), lokasi=locations)
    ]


def _is_same(said: Periode, periode: Periode) -> bool:
    """A year says nothing else of its parts."""
    return said == periode or said in periode.ancestors


def _said(row: PlacedRow, columns: Iterable[PlacedColumn]) -> _Said | None:
    """What the columns of periods say together; None where they say nothing that is understood."""
    year: int | None = None
    part: _Said | None = None
    for c in columns:
        text = row.row.cells[c.place] if c.place < len(row.row.cells) else ""
        read = _read(text, _TITLES[title_key(c.title)])
        if read is not None:
            year = read.year or year
            part = read if read.kind is not None else part
    if part is not None:
        return _Said(part.year or year, part.kind, part.ordinal)
    return _Said(year) if year is not None else None


def _read(text: str, kind: PeriodeKind | None) -> _Said | None:
    """ "2021", "2021-S1", "Semester I 2021", "TW 2/2021", "Januari 2021", "2021-07-01"; below "Bulan" also "7" and "Januari". None
    for what cannot be read: "2020/2021"."""
    text = _WHOLE_NUMBER.sub(r"\1", text.strip())
    try:
        read = Periode.read(text)
    except ValueError:
        pass
    else:
        return _Said(read.year) if read.kind is PeriodeKind.TAHUN else _Said(read.year, read.kind, read.ordinal)
    if (day := _DAY.fullmatch(text)) is not None:
        return _Said(int(day["tahun"]), PeriodeKind.BULAN, int(day["bulan"]))
    words = [w for w in _WORDS.findall(text.casefold()) if w != "tahun"]
    years = {int(w) for w in words if _YEAR.fullmatch(w)}
    rest = [w for w in words if not _YEAR.fullmatch(w)]
    if len(years) > 1 or len(rest) > 2:
        return None
    year = next(iter(years), None)
    if not rest:
        return _Said(year) if year is not None else None
    if len(rest) == 1 and (month := _MONTHS.get(rest[0])) is not None:
        return _Said(year, PeriodeKind.BULAN, month)
    kind = _KINDS.get(rest[0], kind)
    ordinal = _ROMAN.get(rest[-1]) or (int(rest[-1]) if rest[-1].isdecimal() else 0)
    if kind is None or not 1 <= ordinal <= 12 // kind:
        return None
    return _Said(year, kind, ordinal)


# ---------- whose rows they are ----------


def _fits_reporter(column: PlacedColumn, regions: RegionList) -> Callable[[str], bool] | None:
    """Whether a cell of that column may mean the reporter; None where it is no column of such regions, or its rows are placed by it."""
    meaning = FIXED.get(title_key(column.title))
    if column.mapped or column.counts or meaning is None or meaning.level is None:
        return None
    level = kode_wilayah.level_of(regions.pelapor)
    if meaning.level > level:
        return None
    if meaning.use is ColumnUse.KODE_WILAYAH:
        return lambda text: (
            not kode_wilayah.is_valid(kode := kode_wilayah.dotted(text))
            or kode_wilayah.is_within(regions.pelapor, kode)
        )
    reporter = regions.in_force.get(regions.pelapor)
    if meaning.level != level or reporter is None:
        return None
    own = [name_key(n) for n in (reporter.nama, *reporter.alias)]
    if level is Level.KABUPATEN and reporter.nama.startswith("Kota "):
        own.append(name_key(reporter.nama[5:]))
    return lambda text: (
        not any(h.isalpha() for h in text) or _is_spelling(name_key(official_name(text, int(level))), own)
    )


def _is_spelling(key: str, own: Iterable[str]) -> bool:
    return any(DamerauLevenshtein.distance(key, n) <= tolerance(key) for n in own)


def _of_others(
    table: Table, column: PlacedColumn, rows: Iterable[PlacedRow], fits: Callable[[str], bool], regions: RegionList
) -> tuple[set[int], list[Temuan]]:
    known: dict[str, bool] = {}
    said: dict[str, list[int]] = {}
    for row in rows:
        text = " ".join(row.row.cells[column.place].split()) if column.place < len(row.row.cells) else ""
        if text and row.kind is RowKind.FIGURES:
            if text not in known:
                known[text] = fits(text)
            if not known[text]:
                said.setdefault(text, []).append(row.row.number)
    if not said:
        return set(), []
    numbers = sorted(n for rows_of in said.values() for n in rows_of)
    named = ", ".join(f'"{t[:80]}"' for t in list(said)[:_MOST_SAID]) + (", …" if len(said) > _MOST_SAID else "")
    reporter = regions.in_force.get(regions.pelapor)
    own = f"{reporter.nama} ({regions.pelapor})" if reporter is not None else regions.pelapor
    title = column.title or column_letters(column.place)
    message = (
        f'Lembar "{table.sheet.name}", {named_rows(numbers)}: kolom "{title}" menyebut {named}, sedangkan rekap ini dari {own}; baris itu '
        "tidak dihitung. Hapus baris wilayah lain, perbaiki kolomnya, atau nyatakan ABAIKAN dengan pemetaan."
    )
    locations = tuple(Location(lembar=table.sheet.name, baris=n, kolom=title) for n in numbers[:_MOST_PLACES])
    return set(numbers), [
        Temuan("KABUPATEN_LAIN", ERROR, message, nilai=next(iter(said))[:80], usulan=regions.pelapor, lokasi=locations)
    ]
