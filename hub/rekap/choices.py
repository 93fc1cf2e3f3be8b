"""Choices of a breakdown as people write them, brought to the one spelling that is stored.

A listed choice is meant by its code, its name or another name the catalogue gives it. A choice of an open breakdown is meant by
its letters and digits alone: as this office, else another of its province, else this very rekap wrote it before. Of closed
figures nobody sees how others spell them, so there a new choice is stored in small letters, everywhere the same. A target's
`indikator` is the code of an indicator, of its variant or of an element. What is like a known choice without being it stands,
and is asked about. Programmes of which the office has a list are those of the list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process

from hub.anggaran.register import NO_PROGRAMS, PROGRAM, SOURCE, ProgramRegister, SourceRegister
from hub.base.dates import read_date
from hub.base.near_spelling import near_spelling
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.katalog.katalog import MEASURE, PARTING, Elemen, Formulir, Katalog, RincianDimension
from hub.rekap.draft import RekapDraft

_CLOSED = 2  # sensitivity from which on others' choices are not all seen
_LETTERS = 100  # of what was written, that likely choices are sought for


@dataclass(frozen=True, slots=True)
class _Written:
    """A choice as somebody wrote it."""

    elemen: Elemen
    text: str
    location: Location

    def finding(self, kode: str, level: str, message: str, proposal: str | None) -> Temuan:
        return Temuan(
            kode, level, message, elemen=self.elemen.kode, nilai=self.text, usulan=proposal, lokasi=(self.location,)
        )


@dataclass(frozen=True, slots=True)
class Spellings:
    """How open choices are spelled already, by breakdown: this office's own, and those of its province, as far as it sees them, that mean the same as
    one sent now (letters and digits → spelling)."""

    own: Mapping[str, frozenset[str]] = field(default_factory=dict)
    of_province: Mapping[tuple[str, str], str] = field(default_factory=dict)
    programs: ProgramRegister = NO_PROGRAMS


def open_choices(draft: RekapDraft, formulir: Formulir) -> dict[str, set[str]]:
    """Breakdown → the choices in the draft that no list holds, as written."""
    elements = {e.kode: e for e in formulir.elemen}
    result: dict[str, set[str]] = {}
    for column in {s.column for s in draft.cells}:
        elemen = elements.get(column.elemen.strip().upper())
        for name, written in column.rincian if elemen is not None else ():
            d = elemen.dimension(name.strip()) if elemen is not None else None
            if d is not None and d.terbuka and d.listed(written) is None:
                result.setdefault(d.kode, set()).add(written)
    return result


class ChoiceReader:
    """Reads the choices of one rekap. The first spelling of an open choice is that of the others too."""

    def __init__(self, katalog: Katalog, spellings: Spellings) -> None:
        self._katalog = katalog
        self._programs = spellings.programs
        self._of_province = spellings.of_province
        self._known: dict[str, dict[str, str]] = {
            d: {name_key(s) or s: s for s in sorted(used, reverse=True)} for d, used in spellings.own.items()
        }

    def programs(self, elemen: Elemen, rincian: Iterable[tuple[str, str]]) -> SourceRegister | None:
        """The office's programmes of the source that a column names; None where it has no list of them."""
        source = elemen.dimension(SOURCE)
        named = (source.listed(p) for n, p in rincian if source is not None and n.strip().casefold() == SOURCE)
        return self._programs.sources.get(next(named, None) or "")

    def read(
        self,
        elemen: Elemen,
        dimension: RincianDimension,
        written: str,
        location: Location,
        temuan: list[Temuan],
        programs: SourceRegister | None = None,
    ) -> str | None:
        """The choice that is meant; None where there is none. What was read otherwise than written is a finding. `programs`: those
        that the column may name."""
        tidy = " ".join(written.split())
        meant = dimension.listed(tidy)
        if dimension.kode == PROGRAM and programs is not None and tidy:
            meant, is_said = self._program(_Written(elemen, tidy, location), programs, temuan)
            if is_said:
                return meant
        if meant is None and dimension.kode == MEASURE:
            meant = self._katalog.measure(tidy)
        elif meant is None and dimension.terbuka and tidy and not set(tidy) & set(PARTING):
            meant = self._open(elemen, dimension, tidy, location, temuan)
        if meant is None:
            temuan.append(self._unknown(elemen, dimension, tidy, location))
        elif meant.casefold() != tidy.casefold() or (meant != tidy and meant not in dimension.pilihan):
            message = f'{elemen.kode}: pilihan "{tidy}" pada rincian {dimension.kode} dibaca sebagai "{meant}".'
            temuan.append(_Written(elemen, tidy, location).finding("PILIHAN_DIBACA", INFO, message, meant))
        return meant

    def _program(self, written: "_Written", programs: SourceRegister, temuan: list[Temuan]) -> tuple[str | None, bool]:
        """The programme that is meant, and whether there is nothing more to say of how it was written."""
        elemen, tidy = written.elemen.kode, written.text
        match = programs.match(tidy)
        if match is None:
            likely = programs.likely(tidy)
            hint = f' Mungkin maksudnya "{likely}".' if likely else ""
            remedy = "Pakai nama dalam daftarnya, atau muat daftar yang memuatnya (hub import program)."
            if programs.is_own:
                message = f'{elemen}: program "{tidy}" tidak ada dalam daftar program kantor ini.{hint} {remedy}'
                temuan.append(written.finding("PROGRAM_TAK_DIKENAL", ERROR, message, likely))
                return None, True
            message = f'{elemen}: program "{tidy}" tidak ada dalam daftar program tahun lain yang dipakai; dicatat apa adanya.{hint} {remedy}'
            temuan.append(written.finding("PROGRAM_TAK_DIKENAL", WARNING, message, likely))
            return None, False
        if match.is_closed:
            message = f'{elemen}: program "{match.choice}" tidak berlaku pada periode ini menurut daftar program; periksa daftarnya.'
            temuan.append(written.finding("PROGRAM_DITUTUP", WARNING, message, None))
        if match.is_near:
            message = f'{elemen}: program "{tidy}" dibaca sebagai "{match.choice}". Bila bukan itu, perbaiki namanya.'
            temuan.append(written.finding("PROGRAM_MIRIP", WARNING, message, match.choice))
        return match.choice, match.is_near

    def _open(
        self, elemen: Elemen, dimension: RincianDimension, tidy: str, location: Location, temuan: list[Temuan]
    ) -> str:
        if dimension.terbaru and (day := _day(tidy)) is not None:
            return day
        known = self._known.setdefault(dimension.kode, {})
        key = name_key(tidy) or tidy
        if key not in known:
            same = self._of_province.get((dimension.kode, key))
            near = None if same else near_spelling(key, {**{name_key(p) or p: p for p in dimension.pilihan}, **known})
            if near is not None:
                message = (
                    f'{elemen.kode}: pilihan "{tidy}" pada rincian {dimension.kode} mirip "{near}" yang sudah ada; dicatat sebagai '
                    f'pilihan sendiri. Bila yang dimaksud sama, tulis "{near}".'
                )
                temuan.append(_Written(elemen, tidy, location).finding("PILIHAN_HAMPIR_SAMA", WARNING, message, near))
            known[key] = same or (tidy.lower() if elemen.sensitif >= _CLOSED else tidy)
        return known[key]

    def _unknown(self, elemen: Elemen, dimension: RincianDimension, tidy: str, location: Location) -> Temuan:
        choices: Iterable[str] = dimension.pilihan
        if dimension.kode == MEASURE:
            choices = self._katalog.measure_choices(choices)
        nearest = process.extractOne(tidy[:_LETTERS], list(choices), score_cutoff=60)
        message = f'{elemen.kode}: "{tidy}" bukan pilihan rincian {dimension.kode}; pilihannya: {", ".join(choices)}.'
        if dimension.kode == MEASURE:
            message += " Kode elemen juga diterima."
        return _Written(elemen, tidy, location).finding(
            "PILIHAN_TAK_DIKENAL", ERROR, message, nearest[0] if nearest else None
        )


def _day(tidy: str) -> str | None:
    """The day of a decree, which tells versions in their order; None where it is none."""
    try:
        return read_date(tidy).isoformat()
    except ValueError:
        return None
