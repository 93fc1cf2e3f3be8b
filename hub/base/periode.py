"""Reporting periods and the one tree they form: year → two semesters → two quarters each → three months each.

Every period is an exact partition of the one above it, so a figure for a coarse period can be made of finer ones
without counting a day twice. Dates are calendar days of the office's zone.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

_PATTERN = re.compile(r"(?P<tahun>\d{4})(-(S(?P<s>[12])|TW(?P<tw>[1-4])|(?P<bulan>0[1-9]|1[0-2])))?")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
PART_NUMBERS = ("I", "II", "III", "IV")
"""As semesters and quarters are counted in writing."""


class PeriodeKind(IntEnum):
    """How long a period is, in months."""

    BULAN = 1
    TRIWULAN = 3
    SEMESTER = 6
    TAHUN = 12


@dataclass(frozen=True, slots=True)
class Periode:
    """`year`; `kind`; `ordinal`: 1-based place within the year (1 for a whole year)."""

    year: int
    kind: PeriodeKind
    ordinal: int

    @classmethod
    def read(cls, text: str) -> "Periode":
        """Parse "2020", "2020-S1", "2020-TW3", "2020-07". Raises ValueError (Indonesian message) otherwise."""
        match = _PATTERN.fullmatch(text.strip().upper())
        if match is None:
            raise ValueError(
                f'Periode "{text}" tidak dikenal; tulis "2020" (tahun), "2020-S1" (semester), '
                '"2020-TW3" (triwulan) atau "2020-07" (bulan).'
            )
        year = int(match["tahun"])
        if year < 1945:
            raise ValueError(f'Periode "{text}" tidak masuk akal: tahun {year}.')
        if match["s"]:
            return cls(year, PeriodeKind.SEMESTER, int(match["s"]))
        if match["tw"]:
            return cls(year, PeriodeKind.TRIWULAN, int(match["tw"]))
        if match["bulan"]:
            return cls(year, PeriodeKind.BULAN, int(match["bulan"]))
        return cls(year, PeriodeKind.TAHUN, 1)

    def __str__(self) -> str:
        match self.kind:
            case PeriodeKind.TAHUN:
                return f"{self.year:04d}"
            case PeriodeKind.SEMESTER:
                return f"{self.year:04d}-S{self.ordinal}"
            case PeriodeKind.TRIWULAN:
                return f"{self.year:04d}-TW{self.ordinal}"
            case PeriodeKind.BULAN:
                return f"{self.year:04d}-{self.ordinal:02d}"

    @property
    def first_day(self) -> date:
        """First day."""
        return date(self.year, (self.ordinal - 1) * self.kind + 1, 1)

    @property
    def last_day(self) -> date:
        """Last day. Regions "of this period" are those in force on it."""
        month = self.ordinal * self.kind
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def parent(self) -> "Periode | None":
        """The period one step coarser; None for a year."""
        if self.kind is PeriodeKind.TAHUN:
            return None
        longer = min(j for j in PeriodeKind if j > self.kind)
        return Periode(self.year, longer, (self.ordinal - 1) * self.kind // longer + 1)

    @property
    def ancestors(self) -> tuple["Periode", ...]:
        """All coarser periods that hold this one, nearest first."""
        chain: list[Periode] = []
        above = self.parent
        while above is not None:
            chain.append(above)
            above = above.parent
        return tuple(chain)

    @property
    def parts(self) -> tuple["Periode", ...]:
        """The periods one step finer, in order; empty for a month."""
        if self.kind is PeriodeKind.BULAN:
            return ()
        shorter = max(j for j in PeriodeKind if j < self.kind)
        count = self.kind // shorter
        return tuple(Periode(self.year, shorter, (self.ordinal - 1) * count + i + 1) for i in range(count))

    @property
    def previous(self) -> "Periode":
        """The period of the same length just before."""
        if self.ordinal > 1:
            return Periode(self.year, self.kind, self.ordinal - 1)
        return Periode(self.year - 1, self.kind, 12 // self.kind)
