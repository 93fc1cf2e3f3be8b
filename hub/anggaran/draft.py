"""A list of programmes on its way in: as it was written, and as it is to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from hub.base.temuan import Location, Temuan

MOST_PROGRAMS = 1_000  # in one list
LONGEST_NAME = 300  # letters


@dataclass(frozen=True, slots=True)
class ListedProgram:
    """A row of a list as it was written. `number`: the one before the name, or in a column of its own; `indent`: how far the name is
    set in; `sumber`: of this row, or the last one named above it, None where none was; `induk`: what it names as its parent."""

    lembar: str
    baris: int
    number: str
    name: str
    indent: int
    induk: str
    sumber: str | None
    alias: tuple[str, ...]
    tahun: str

    @property
    def location(self) -> Location:
        return Location(lembar=self.lembar, baris=self.baris)


@dataclass(frozen=True, slots=True)
class WrittenList:
    """`with_parents`: a column says what belongs to what; else numbers and indentation do."""

    rows: Sequence[ListedProgram]
    with_parents: bool
    temuan: Sequence[Temuan]


@dataclass(frozen=True, slots=True)
class Program:
    """A programme as it is kept; `induk`: the key of the one it is part of. Years, days and what is in force stand beside it."""

    sumber: str
    kunci: str
    nama: str
    induk: str | None
    alias: tuple[str, ...] = ()
    kunci_alias: tuple[str, ...] = ()
    urut: int = 0


@dataclass(frozen=True, slots=True)
class KeptProgram:
    """A programme of a register, of one year. `berlaku_sampai` None: in force."""

    program: Program
    berlaku_sejak: date
    berlaku_sampai: date | None


@dataclass(frozen=True, slots=True)
class ProgramRequest:
    """What is to be done with a list. `berlaku`: the day since which it holds, None: the first day of the year that its column
    says, else of this year; `sumber`: of rows that do not say theirs; `uji`: say everything and write nothing."""

    wilayah: str
    berlaku: date | None = None
    sumber: str | None = None
    uji: bool = False


@dataclass(frozen=True, slots=True)
class ProgramsImported:
    """How many are new, changed, as they were, closed; for which year."""

    tahun: int
    baru: int
    berubah: int
    tetap: int
    closed: int
    temuan: tuple[Temuan, ...] = field(default=())
