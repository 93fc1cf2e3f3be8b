"""Lists of an office as somebody sends them: lines as written, and what they amount to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.base.temuan import Location, Temuan


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line below the header. `cells`: column → text as written, trimmed, single blanks; every column of the list is there.
    `titles`: what the file calls each."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    titles: Mapping[str, str]

    def finding(self, kode: str, level: str, message: str, column: str, proposal: str | None = None) -> Temuan:
        """A finding about one of its cells; the message names the line by itself."""
        place = (Location(lembar=self.sheet, baris=self.row, kolom=self.titles.get(column, column)),)
        return Temuan(kode, level, message, nilai=self.cells[column][:40], usulan=proposal, lokasi=place)


@dataclass(frozen=True, slots=True)
class Objective:
    """`nomor`: as breakdown sasaran_kinerja says it; `indikator`: choices of breakdown indikator, in order."""

    nomor: str
    nama: str
    indikator: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale: the word for achievements from `dari` percent on, up to the next step."""

    dari: Decimal
    nama: str


@dataclass(frozen=True, slots=True)
class OfficeYear:
    """Whose list it is, and the first year it holds."""

    pelapor: str
    tahun: int
