"""From cells as written to cells that mean something: region, element, breakdown, number, status. Pure.

Every cell that cannot be read leaves a finding; none is dropped without one, and none stops the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import process

from hub.angka.cells import CleanCell
from hub.base.angka import read_angka
from hub.base.kode import Level, level_of
from hub.base.temuan import ERROR, WARNING, Location, Temuan, display
from hub.katalog.formula import Rincian
from hub.katalog.katalog import NO_UNIT, Elemen, Formulir, Katalog
from hub.rekap.cell_places import PlaceReading, read_place
from hub.rekap.choices import ChoiceReader, Spellings
from hub.rekap.draft import Cell, Column, Place, RekapDraft
from hub.rekap.written_words import EMPTY_STATUSES, NO_DATA, NOUGHT, WrittenWord, read_word
from hub.wilayah.region_list import RegionList, RegionMatch

_NO_SPELLINGS = Spellings()
_of_fields = tuple.__new__  # what a NamedTuple is made by, without the call that names the fields
_HEADER_LETTERS = 100  # letters of a header that likely ones are sought for
_ANY_LEVEL = frozenset(Level)
_SAME_UNITS = {"orang": {"orang", "jiwa"}, "orang/KK": {"orang", "kk"}, "per indikator": set()}


@dataclass(slots=True)
class _Reading:
    katalog: Katalog
    formulir: Formulir
    regions: RegionList
    temuan: list[Temuan]
    choices: ChoiceReader


def read_cells(
    draft: RekapDraft,
    katalog: Katalog,
    formulir: Formulir,
    regions: RegionList,
    temuan: list[Temuan],
    spellings: Spellings = _NO_SPELLINGS,
) -> list[CleanCell]:
    """All readable cells; the findings about the others go into `temuan`."""
    reading = _Reading(katalog, formulir, regions, temuan, ChoiceReader(katalog, spellings))
    columns: dict[Column, tuple[Elemen, Rincian] | None] = {}
    at_place: dict[Place, list[Cell]] = defaultdict(list)
    for s in draft.cells:
        if s.column not in columns:
            columns[s.column] = _read_column(s.column, s.location, reading)
        at_place[s.place].append(s)
    places = {t: read_place(PlaceReading(t, cells, columns, reading.regions, temuan)) for t, cells in at_place.items()}
    number_of: dict[tuple[str, Rincian], int] = {}  # of what a column means: columns may mean the same
    numbered = {
        c: None if m is None else (*m, number_of.setdefault((m[0].kode, m[1]), len(number_of)))
        for c, m in columns.items()
    }
    whole = _Whole()
    clean: list[CleanCell] = []
    said: set[tuple[str, int]] = set()
    read: Decimal | None
    for s in draft.cells:
        place, column, nilai, status, location, implied, _ = s
        meaning, match = numbered[column], places[place]
        if meaning is None or match is None:
            continue
        elemen, rincian, number = meaning
        if (
            type(nilai) is Decimal and status is None and not nilai.is_signed() and (not elemen.bulat or whole[nilai])
        ):  # nothing but a number such as the element has: nearly every cell
            read, status = nilai, "ADA" if nilai else "NOL"
        else:
            content = _read_content(_PlacedCell(s, elemen, rincian, match, temuan))
            if content is None:
                continue
            read, status = content
        said.add((match.kode, number))
        clean.append(_of_fields(CleanCell, (match.kode, elemen, rincian, read, status, location, implied)))
    if len(said) != len(clean):
        clean = _without_duplicates(clean, temuan)
    return clean if not any(s.implied for s in clean) else _without_implied(_without_told_wholes(clean))


# ---------- columns ----------


def _read_column(column: Column, location: Location, reading: _Reading) -> tuple[Elemen, Rincian] | None:
    kode = column.elemen.strip().upper()
    elemen = reading.katalog.elemen.get(kode)
    if elemen is None or elemen.formulir != reading.formulir.kode:
        reading.temuan.append(_wrong_elemen(column.elemen, elemen, location, reading))
        return None
    pairs: dict[str, str] = {}
    readable = True
    programs = reading.choices.programs(elemen, column.rincian)
    for name, pilihan in column.rincian:
        dimension = elemen.dimension(name.strip())
        if dimension is None:
            existing = ", ".join(d.kode for d in elemen.rincian) or "tidak ada"
            message = f'{elemen.kode} ({elemen.nama}) tidak mempunyai rincian "{name}"; rinciannya: {existing}.'
            reading.temuan.append(
                Temuan("RINCIAN_TAK_DIKENAL", ERROR, message, elemen=elemen.kode, nilai=name, lokasi=(location,))
            )
            readable = False
            continue
        standard = reading.choices.read(elemen, dimension, pilihan, location, reading.temuan, programs)
        readable = readable and standard is not None and dimension.kode not in pairs
        if dimension.kode in pairs:
            message = f"Rincian {dimension.kode} disebut dua kali dalam satu kolom."
            reading.temuan.append(
                Temuan("RINCIAN_GANDA", ERROR, message, elemen=elemen.kode, nilai=name, lokasi=(location,))
            )
        elif standard is not None:
            pairs[dimension.kode] = standard
    return (elemen, tuple(sorted(pairs.items()))) if readable else None


def _wrong_elemen(written: str, elemen: Elemen | None, location: Location, reading: _Reading) -> Temuan:
    f = reading.formulir
    if elemen is not None:
        message = f"Elemen {elemen.kode} ({elemen.nama}) termasuk formulir {elemen.formulir}, bukan {f.kode}."
        return Temuan(
            "ELEMEN_FORMULIR_LAIN",
            ERROR,
            message,
            elemen=elemen.kode,
            nilai=written,
            usulan=elemen.formulir,
            lokasi=(location,),
        )
    pilihan = {e.kode: f"{e.kode} {e.nama}" for e in f.elemen}
    nearest = process.extractOne(written[:_HEADER_LETTERS], pilihan, score_cutoff=60)
    likely = f" Mungkin maksudnya {nearest[2]} ({nearest[0].partition(' ')[2]})." if nearest else ""
    message = f'Elemen "{written}" tidak ada di formulir {f.kode}; elemennya: {", ".join(pilihan)}.{likely}'
    return Temuan(
        "ELEMEN_TAK_DIKENAL",
        ERROR,
        message,
        elemen=written,
        nilai=written,
        usulan=nearest[2] if nearest else None,  # the code alone: it is taken as it stands
        lokasi=(location,),
    )


# ---------- contents ----------


class _PlacedCell(NamedTuple):  # made for every cell of a rekap: a frozen dataclass takes three times as long
    """A cell whose column and place are known. What there is to say about its contents goes into `temuan`."""

    cell: Cell
    elemen: Elemen
    rincian: Rincian
    match: RegionMatch
    temuan: list[Temuan]

    def add_error(self, kode: str, message: str, proposal: str | None = None) -> None:
        nilai = None if self.cell.nilai is None else str(self.cell.nilai)
        self._add(
            kode, ERROR, f"{self.elemen.kode} ({self.elemen.nama}), {self.match.nama}: {message}", nilai, proposal
        )

    def add_warning(self, kode: str, message: str, written: str, proposal: str) -> None:
        self._add(kode, WARNING, f"{self.elemen.kode}, {self.match.nama}: {message}", written, proposal)

    def _add(self, kode: str, level: str, message: str, nilai: str | None, proposal: str | None) -> None:
        self.temuan.append(
            Temuan(
                kode, level, message, wilayah=self.match.kode, elemen=self.elemen.kode, nilai=nilai, usulan=proposal,
                lokasi=(self.cell.location,),
            )
        )  # fmt: skip


class _Whole(dict[Decimal, bool]):
    """Number → whether it has no fraction; each is looked at once."""

    def __missing__(self, number: Decimal) -> bool:
        found = self[number] = not number % 1
        return found


def _read_content(placed: _PlacedCell) -> tuple[Decimal | None, str] | None:
    s, elemen, add_error = placed.cell, placed.elemen, placed.add_error
    if s.status == "DISUPRESI":
        add_error("STATUS_BERTENTANGAN", "status DISUPRESI hanya dipakai hub dalam jawaban.")
        return None
    nilai = s.nilai
    if isinstance(nilai, str) and not nilai.strip():
        nilai = None
    if isinstance(nilai, str) and (word := read_word(nilai)) is not None:
        return _said_in_words(placed, word)
    if nilai is None:
        if s.status in EMPTY_STATUSES:
            return None, s.status
        if s.status is None and s.implied:
            return None, "TIDAK_ADA_DATA"
        if s.status is None:
            add_error("STATUS_KOSONG", "angka kosong harus disertai status (TIDAK_ADA_DATA, TIDAK_DILAKSANAKAN, …).")
        else:
            add_error("STATUS_BERTENTANGAN", f"status {s.status} memerlukan angka.")
        return None
    if isinstance(nilai, str):
        angka = _read_text(nilai, placed)
        if angka is None:
            return None
        nilai = angka
    status = "NOL" if nilai == 0 else "ADA"
    if s.status not in (None, status):
        add_error("STATUS_BERTENTANGAN", f"angka {display(nilai)} tidak cocok dengan status {s.status}.")
        return None
    if nilai < 0 and (elemen.batas.minimum is None or elemen.batas.minimum >= 0):  # else hub.rekap.ranges says how far
        add_error("ANGKA_NEGATIF", f"{display(nilai)} kurang dari nol.", display(-nilai))
        return None
    if elemen.bulat and nilai % 1:
        add_error("ANGKA_PECAHAN", f"{display(nilai)} {elemen.satuan} harus bilangan bulat.")
        return None
    return nilai, status


def _said_in_words(placed: _PlacedCell, word: WrittenWord) -> tuple[Decimal | None, str] | None:
    """A cell that holds a word where a figure would stand. A status beside it that is as empty says it more exactly."""
    s = placed.cell
    text = str(s.nilai)
    if s.status in EMPTY_STATUSES and word.status in EMPTY_STATUSES:
        return None, s.status
    if s.status not in (None, word.status):
        placed.add_error("STATUS_BERTENTANGAN", f'"{text}" tidak cocok dengan status {s.status}.')
        return None
    if not word.plain:
        instead = " bukan nol; bila maksudnya nol, tulis 0" if word.status == NO_DATA else ""
        message = f'"{text}" dibaca sebagai {word.status}{"," if instead else ""}{instead}.'
        placed.add_warning("ISIAN_DIBACA", message, text, word.status)
    return (Decimal(0), NOUGHT) if word.status == NOUGHT else (None, word.status)


def _read_text(text: str, placed: _PlacedCell) -> Decimal | None:
    elemen, unit = placed.elemen, _unit(placed.elemen, placed.rincian)
    try:
        written = read_angka(text, elemen.bulat, money=unit == "rupiah", exact=placed.cell.exact)
    except ValueError as error:
        placed.add_error("ANGKA_TAK_TERBACA", f"{error}.")
        return None
    if written.other is not None and _makes_sense(written.other, elemen):
        message = (
            f'"{text}" dapat berarti {display(written.nilai)} atau {display(written.other)}; dibaca sebagai {display(written.nilai)}. '
            "Bila bukan itu, tulis tanpa pemisah ribuan."
        )
        placed.add_warning("ANGKA_BERMAKNA_GANDA", message, text, str(written.nilai))
    elif written.freely_written:
        placed.add_warning(
            "ANGKA_TULISAN", f'"{text}" dibaca sebagai {_in_words(text, written.nilai)}.', text, str(written.nilai)
        )
    if written.unit and unit and written.unit not in _SAME_UNITS.get(unit, {unit.casefold()}):
        placed.add_warning("SATUAN_BEDA", f'ditulis dalam "{written.unit}", padahal satuannya {unit}.', text, unit)
    return written.nilai


def _makes_sense(nilai: Decimal, elemen: Elemen) -> bool:
    """Whether a figure of that element can be that."""
    least, most = elemen.batas.minimum, elemen.batas.maksimum
    return (
        (not elemen.bulat or nilai % 1 == 0) and (least is None or nilai >= least) and (most is None or nilai <= most)
    )


def _in_words(text: str, nilai: Decimal) -> str:
    """A figure that was read, so that one sees what was made of what was written: "1.799" is told as 1799."""
    shown = display(nilai)
    if shown != text.strip() or "." not in shown:
        return shown
    return f"{nilai:f} (titiknya pemisah ribuan)"


def _unit(elemen: Elemen, rincian: Rincian) -> str | None:
    """The unit of a cell: a choice may bring its own (a target in the unit of its indicator)."""
    for name, pilihan in rincian:
        dimension = elemen.dimension(name)
        if dimension is not None and dimension.satuan:
            return dimension.satuan.get(pilihan)
    return None if elemen.satuan in NO_UNIT else elemen.satuan


def _without_duplicates(cells: list[CleanCell], temuan: list[Temuan]) -> list[CleanCell]:
    """One cell per place, element and breakdown. An empty table cell gives way to a stated one; two stated ones are an
    error even when equal, for nobody can tell which was meant."""
    by_key: dict[tuple[str, str, Rincian], list[CleanCell]] = defaultdict(list)
    for s in cells:
        by_key[s.wilayah, s.elemen.kode, s.rincian].append(s)
    result: list[CleanCell] = []
    for same in by_key.values():
        explicit = [s for s in same if not s.implied] or same[:1]
        result.append(explicit[0])
        if len(explicit) > 1:
            values = " dan ".join(s.status if s.nilai is None else display(s.nilai) for s in explicit)
            message = f"{explicit[0].elemen.kode} untuk {explicit[0].wilayah} diberikan {len(explicit)} kali ({values}); sisakan satu."
            temuan.append(
                Temuan(
                    "SEL_GANDA", ERROR, message, wilayah=explicit[0].wilayah, elemen=explicit[0].elemen.kode, nilai=values,
                    lokasi=tuple(s.location for s in explicit),
                )
            )  # fmt: skip
    return result


def _without_told_wholes(cells: list[CleanCell]) -> list[CleanCell]:
    """An empty cell of a whole says nothing where parts beside it were filled in: they make it, or it is told what is missing."""
    empty = {(s.elemen.kode, s.rincian) for s in cells if s.implied}
    columns = {(s.elemen.kode, s.rincian): s.elemen for s in cells if s.rincian} if empty else {}
    wholes = {
        (kode, rincian): found
        for (kode, rincian), elemen in columns.items()
        if (found := [w for w in _wholes(elemen, rincian) if (kode, w) in empty])
    }
    if not wholes:
        return cells
    told = {
        (s.wilayah, s.elemen.kode, whole)
        for s in cells
        if not s.implied and s.nilai is not None
        for whole in wholes.get((s.elemen.kode, s.rincian), ())
    }
    return [s for s in cells if not s.implied or (s.wilayah, s.elemen.kode, s.rincian) not in told]


def _wholes(elemen: Elemen, rincian: Rincian) -> Iterator[Rincian]:
    """The breakdowns of figures that one of this breakdown is a part of."""
    parts = [n for n, _ in rincian if (d := elemen.dimension(n)) is not None and d.menjumlah]
    for count in range(1, len(parts) + 1):
        for dropped in combinations(parts, count):
            yield tuple(p for p in rincian if p[0] not in dropped)


def _without_implied(cells: list[CleanCell]) -> list[CleanCell]:
    """An empty cell says "no data" only at the level at which the element was reported at all: a table may hold desa
    and one institution for the whole kabupaten, and be empty where they cross."""
    explicit: dict[str, set[str]] = defaultdict(set)
    for s in cells:
        if not s.implied:
            explicit[s.elemen.kode].add(s.wilayah)
    levels = {elemen: {level_of(w) for w in regions} for elemen, regions in explicit.items()}
    return [s for s in cells if not s.implied or level_of(s.wilayah) in levels.get(s.elemen.kode, _ANY_LEVEL)]


def first_locations(cells: Iterable[CleanCell], most: int = 50) -> tuple[Location, ...]:
    """Where these cells stood, the first so many."""
    return tuple(s.location for s in list(cells)[:most])
