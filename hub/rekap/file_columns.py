"""The columns of a table of figures: what each of them is, how surely, and what is asked where that is not sure. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.lembar.table import Column as TableColumn
from hub.lembar.table import Table
from hub.lembar.table_findings import column_letters
from hub.rekap.draft import Column
from hub.rekap.file_titles import Guess, RekapTitles
from hub.rekap.file_words import NOT_READ, OF_REGIONS, ColumnUse, Meaning, size_word, title_key

_SHOWN = 3  # cells of a column that are named
_REGION_CODE = re.compile(r"\d{2}([.\s-]?\d{2}([.\s-]?\d{2}([.\s-]?\d{4})?)?)?", re.ASCII)
_SHORT_FIGURE = re.compile(r"[\d.,%\s]{1,12}")


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """`title`: as written; `meaning`: what it is, or may be; `yakin`: how surely, 0 to 1; `counts`: whether it is read, not only
    proposed; `size`: the word of size in its title, which goes with each of its figures; `mapped`: a mapping said so."""

    place: int
    title: str
    meaning: Meaning
    yakin: float
    counts: bool
    size: str | None = None
    mapped: bool = False

    @property
    def letters(self) -> str:
        return column_letters(self.place)


@dataclass(slots=True)
class PlacedColumns:
    """The columns of one table, in order."""

    columns: list[PlacedColumn]
    temuan: list[Temuan] = field(default_factory=list)

    def of(self, *uses: ColumnUse) -> list[PlacedColumn]:
        return [c for c in self.columns if c.counts and c.meaning.use in uses]

    def first(self, use: ColumnUse) -> PlacedColumn | None:
        return next(iter(self.of(use)), None)

    @property
    def is_long(self) -> bool:
        return self.first(ColumnUse.NAMA_ELEMEN) is not None

    @property
    def has_figures(self) -> bool:
        return any(c.meaning.use in (ColumnUse.ELEMEN, ColumnUse.NILAI) for c in self.columns)

    @property
    def has_regions(self) -> bool:
        return any(c.counts and c.meaning.use in OF_REGIONS for c in self.columns)


@dataclass(frozen=True, slots=True)
class _Titled:
    """A column with what its title may mean and what stands in it."""

    column: TableColumn
    title: str
    guess: Guess
    filled: list[tuple[int, str]]
    mapped: bool


def place_columns(
    table: Table, titles: RekapTitles, context: str = "", mapped: Mapping[str, Meaning] | None = None
) -> PlacedColumns:
    """`context`: what stands over the table; `mapped`: what was sent along, by title as compared or by letters of the column.
    Raises InvalidInputError where a code is written with choices that cannot be read."""
    titles_here = {title_key(c.title) for c in table.columns}
    # "L" is a title where one is called so, else letters of a column
    mapped = {k: m for k, m in (mapped or {}).items() if not k.isupper() or k.casefold() not in titles_here}
    titled = [_titled(table, c, titles, context, mapped) for c in table.columns]
    placed = PlacedColumns([])
    row = table.header[-1] if table.header else None
    for t in titled:
        if t.guess.meaning is not None and t.guess.meaning.fault is not None:
            raise InvalidInputError(f"{table.sheet.name}, baris {row}: {t.guess.meaning.fault}")
    meanings = _of_levels([t.guess.meaning for t in titled], titled)
    for t, meaning in zip(titled, meanings, strict=True):
        location = Location(lembar=table.sheet.name, baris=row, kolom=t.title or column_letters(t.column.place))
        counts = t.guess.sure and meaning is not None and meaning.use is not ColumnUse.ABAIKAN
        if not t.guess.sure and t.filled and t.title:
            placed.temuan.append(_asked(t, titles, location))
        if meaning is not None and meaning.personal and t.filled:
            placed.temuan.append(_personal(t, location))
        placed.columns.append(
            PlacedColumn(
                t.column.place, t.title, meaning or NOT_READ, _told_yakin(t.guess) if meaning else 0.0, counts, size_word(t.column.parts),
                t.mapped,
            )
        )  # fmt: skip
    _long_values(placed, row, table.sheet.name)
    _refuse_twins(placed, table.sheet.name, row)
    return placed


def _told_yakin(guess: Guess) -> float:
    """How surely a meaning is proposed: of several as likely ones each by its share."""
    return guess.yakin / (len(guess.others) + 1)


def _titled(
    table: Table, column: TableColumn, titles: RekapTitles, context: str, mapped: Mapping[str, Meaning]
) -> _Titled:
    i = column.place
    filled = [(r.number, r.cells[i]) for r in table.rows if i < len(r.cells) and r.cells[i].strip()]
    own = mapped.get(title_key(column.title)) or mapped.get(column_letters(i))
    guess = Guess(own, 1.0) if own is not None else titles.guess(column.parts, context)
    return _Titled(column, " ".join(column.title.split()), guess, filled, own is not None)


def _of_levels(meanings: Iterable[Meaning | None], titled: list[_Titled]) -> list[Meaning | None]:
    """Of columns of several levels the finest says which region the row is of, a kecamatan's where it lies, the others nothing new."""
    found = list(meanings)
    for use in (ColumnUse.KODE_WILAYAH, ColumnUse.NAMA_WILAYAH):
        same = [i for i, m in enumerate(found) if m is not None and titled[i].guess.sure and _kind(m) is use]
        levels = [m.level for m in (found[i] for i in same) if m is not None and m.level is not None]
        finest = max(levels, default=None)
        unnamed = len(levels) < len(same)  # "wilayah" beside "Kab/Kota"
        for i in same:
            meaning = found[i]
            assert meaning is not None
            if meaning.level is None or (meaning.level == finest and not (unnamed and meaning.level < Level.KECAMATAN)):
                continue
            is_parent = meaning.level is Level.KECAMATAN and use is ColumnUse.NAMA_WILAYAH
            found[i] = meaning if is_parent else NOT_READ
    _codes_of_parents(found, titled)
    if any(m is not None and m.use is ColumnUse.NAMA_KECAMATAN for m in found):
        for i, m in enumerate(found):  # a kabupaten's name beside its kecamatan
            if m is not None and m.use is ColumnUse.NAMA_WILAYAH and m.level is not None and m.level < Level.KECAMATAN:
                found[i] = NOT_READ
    return found


def _codes_of_parents(found: list[Meaning | None], titled: list[_Titled]) -> None:
    """The code of a kecamatan beside the name of a desa says where it lies, that of a kabupaten nothing new; what is no code in a
    column "Kode" says nothing of regions."""
    names = [m for m in found if m is not None and _kind(m) is ColumnUse.NAMA_WILAYAH]
    finest = max((m.level for m in names if m.level is not None), default=None)
    for i, m in enumerate(found):
        if m is None or m.use is not ColumnUse.KODE_WILAYAH or titled[i].mapped:
            continue
        if (
            names
            and title_key(titled[i].title) == "kode"
            and not any(_REGION_CODE.fullmatch(c) for _, c in titled[i].filled)
        ):
            found[i] = NOT_READ
        elif m.level is not None and finest is not None and m.level < finest:
            named = any(n.use is ColumnUse.NAMA_KECAMATAN for n in names)
            is_parent = m.level is Level.KECAMATAN and not named
            found[i] = Meaning(ColumnUse.NAMA_KECAMATAN, level=Level.KECAMATAN) if is_parent else NOT_READ


def _kind(meaning: Meaning) -> ColumnUse:
    return ColumnUse.NAMA_WILAYAH if meaning.use is ColumnUse.NAMA_KECAMATAN else meaning.use


def _long_values(placed: PlacedColumns, row: int | None, sheet: str) -> None:
    """Where each row names its element, a column "Jumlah" or "Realisasi" holds its figure; elsewhere a column of values is of
    nothing that is named."""
    if placed.is_long:
        if placed.first(ColumnUse.NILAI) is None:
            at = next((i for i, c in enumerate(placed.columns) if title_key(c.title) in _VALUES), None)
            if at is not None:
                c = placed.columns[at]
                placed.columns[at] = replace(c, meaning=Meaning(ColumnUse.NILAI), yakin=1.0, counts=True)
                placed.temuan = [t for t in placed.temuan if t.nilai != c.title]
        return
    for i, c in enumerate(placed.columns):
        if c.meaning.use in (ColumnUse.NILAI, ColumnUse.STATUS, ColumnUse.RINCIAN):
            placed.columns[i] = replace(c, meaning=NOT_READ, yakin=0.5, counts=False)
            location = Location(lembar=sheet, baris=row, kolom=c.title)
            if c.meaning.use is not ColumnUse.NILAI:
                message = f'Kolom "{c.title}" hanya dibaca dalam tabel yang tiap barisnya menyebut elemen; isinya tidak disimpan.'
                placed.temuan.append(Temuan("KOLOM_TAK_DIKENAL", INFO, message, nilai=c.title, lokasi=(location,)))
            else:
                message = f'Kolom "{c.title}" tidak menyebut elemennya; tulis kode elemennya sebagai judul, atau nyatakan dengan pemetaan.'
                placed.temuan.append(Temuan("KOLOM_DITANYAKAN", ERROR, message, nilai=c.title, lokasi=(location,)))


_VALUES = ("jumlah", "realisasi", "capaian", "isian", "volume")


def _refuse_twins(placed: PlacedColumns, sheet: str, row: int | None) -> None:
    """Of two columns that mean the same none is taken: nobody can tell which was meant."""
    by_meaning: dict[tuple[ColumnUse, Column | None], list[int]] = {}
    for i, c in enumerate(placed.columns):
        if c.counts:
            by_meaning.setdefault((c.meaning.use, _standard(c.meaning.column)), []).append(i)
    for (use, column), same in by_meaning.items():
        if len(same) < 2:
            continue
        twins = [placed.columns[i] for i in same]
        names = " dan ".join(f'"{c.title}" (kolom {c.letters})' for c in twins)
        what = str(column) if column is not None else _USES[use]
        message = f"Kolom {names} sama-sama berarti {what}; sisakan satu, atau nyatakan arti masing-masing."
        places = tuple(Location(lembar=sheet, baris=row, kolom=c.title) for c in twins)
        placed.temuan.append(Temuan("KOLOM_GANDA", ERROR, message, nilai=twins[1].title, lokasi=places))
        for i in same[1:]:
            placed.columns[i] = replace(placed.columns[i], counts=False)


def _standard(column: Column | None) -> Column | None:
    if column is None:
        return None
    return Column(column.elemen.upper(), tuple(sorted((n.casefold(), p.casefold()) for n, p in column.rincian)))


_USES = {
    ColumnUse.KODE_WILAYAH: "kode wilayah",
    ColumnUse.NAMA_WILAYAH: "nama wilayah",
    ColumnUse.NAMA_KECAMATAN: "nama kecamatan",
    ColumnUse.NAMA_ELEMEN: "elemen",
    ColumnUse.RINCIAN: "rincian",
    ColumnUse.NILAI: "nilai",
    ColumnUse.STATUS: "status",
    ColumnUse.ABAIKAN: "tidak dibaca",
}


def named(meaning: Meaning, titles: RekapTitles) -> str:
    """What a meaning is called: "BAN01 (KPM PKH)", "nama wilayah"."""
    if meaning.column is None:
        return _USES.get(meaning.use, meaning.use.value)
    elemen = titles.katalog.elemen.get(meaning.column.elemen.upper()) if titles.katalog is not None else None
    return f"{meaning.column} ({elemen.nama})" if elemen is not None else str(meaning.column)


def _asked(t: _Titled, titles: RekapTitles, location: Location) -> Temuan:
    meaning = t.guess.meaning
    proposal = None if meaning is None else str(meaning.column) if meaning.column is not None else meaning.use.value
    if t.guess.meaning is None and not any(h.isdigit() for _, text in t.filled for h in text):
        message = f'Kolom "{t.title}" tidak dikenal dan tidak berisi angka; {len(t.filled)} isinya tidak disimpan.'
        return Temuan("KOLOM_TAK_DIKENAL", INFO, message, nilai=t.title, lokasi=(location,))
    shown = [text for _, text in t.filled if _SHORT_FIGURE.fullmatch(text)][
        :_SHOWN
    ]  # numbers of persons are told to nobody
    contents = f" (isinya {', '.join(shown)}, …)" if shown else ""
    question = f'Kolom "{t.title}"{contents} tidak pasti artinya'
    likely = [named(m, titles) for m in (t.guess.meaning, *t.guess.others) if m is not None]
    if len(likely) > 1:
        question += f": dapat berarti {' atau '.join(likely)}"
    elif likely:
        question += f": barangkali {likely[0]} (keyakinan {round(t.guess.yakin * 100)}%)"
    message = f"{question}. Nyatakan artinya dengan pemetaan, tulis kode elemennya sebagai judul, atau hapus kolomnya."
    return Temuan("KOLOM_DITANYAKAN", ERROR, message, nilai=t.title, usulan=proposal, lokasi=(location,))


def _personal(t: _Titled, location: Location) -> Temuan:
    message = f'Kolom "{t.title}" ({len(t.filled)} baris) berisi data pribadi; hub tidak menyimpannya.'
    return Temuan("DATA_PRIBADI", WARNING, message, nilai=t.title, lokasi=(location,))
