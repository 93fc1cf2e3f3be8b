"""Reporting periods and the one tree they form: year → two semesters → two quarters each → three months each.

Every period is an exact partition of the one above it, so a figure for a coarse period can be made of finer ones
without counting a day twice. Dates are calendar days of the office's zone.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

_POLA = re.compile(r"(?P<tahun>\d{4})(-(S(?P<s>[12])|TW(?P<tw>[1-4])|(?P<bulan>0[1-9]|1[0-2])))?")


class JenisPeriode(IntEnum):
    """How long a period is, in months."""

    BULAN = 1
    TRIWULAN = 3
    SEMESTER = 6
    TAHUN = 12


@dataclass(frozen=True, slots=True)
class Periode:
    """`tahun`; `jenis`; `ke`: 1-based place within the year (1 for a whole year)."""

    tahun: int
    jenis: JenisPeriode
    ke: int

    @classmethod
    def baca(cls, teks: str) -> "Periode":
        """Parse "2020", "2020-S1", "2020-TW3", "2020-07". Raises ValueError (Indonesian message) otherwise."""
        cocok = _POLA.fullmatch(teks.strip().upper())
        if cocok is None:
            raise ValueError(
                f'Periode "{teks}" tidak dikenal; tulis "2020" (tahun), "2020-S1" (semester), '
                '"2020-TW3" (triwulan) atau "2020-07" (bulan).'
            )
        tahun = int(cocok["tahun"])
        if tahun < 1945:
            raise ValueError(f'Periode "{teks}" tidak masuk akal: tahun {tahun}.')
        if cocok["s"]:
            return cls(tahun, JenisPeriode.SEMESTER, int(cocok["s"]))
        if cocok["tw"]:
            return cls(tahun, JenisPeriode.TRIWULAN, int(cocok["tw"]))
        if cocok["bulan"]:
            return cls(tahun, JenisPeriode.BULAN, int(cocok["bulan"]))
        return cls(tahun, JenisPeriode.TAHUN, 1)

    def __str__(self) -> str:
        match self.jenis:
            case JenisPeriode.TAHUN:
                return f"{self.tahun:04d}"
            case JenisPeriode.SEMESTER:
                return f"{self.tahun:04d}-S{self.ke}"
            case JenisPeriode.TRIWULAN:
                return f"{self.tahun:04d}-TW{self.ke}"
            case JenisPeriode.BULAN:
                return f"{self.tahun:04d}-{self.ke:02d}"

    @property
    def awal(self) -> date:
        """First day."""
        return date(self.tahun, (self.ke - 1) * self.jenis + 1, 1)

    @property
    def akhir(self) -> date:
        """Last day. Regions "of this period" are those in force on it."""
        bulan = self.ke * self.jenis
        return date(self.tahun, bulan, monthrange(self.tahun, bulan)[1])

    @property
    def induk(self) -> "Periode | None":
        """The period one step coarser; None for a year."""
        if self.jenis is JenisPeriode.TAHUN:
            return None
        lebih_panjang = min(j for j in JenisPeriode if j > self.jenis)
        return Periode(self.tahun, lebih_panjang, (self.ke - 1) * self.jenis // lebih_panjang + 1)

    @property
    def leluhur(self) -> tuple["Periode", ...]:
        """All coarser periods that hold this one, nearest first."""
        rantai: list[Periode] = []
        naik = self.induk
        while naik is not None:
            rantai.append(naik)
            naik = naik.induk
        return tuple(rantai)

    @property
    def bagian(self) -> tuple["Periode", ...]:
        """The periods one step finer, in order; empty for a month."""
        if self.jenis is JenisPeriode.BULAN:
            return ()
        lebih_pendek = max(j for j in JenisPeriode if j < self.jenis)
        banyak = self.jenis // lebih_pendek
        return tuple(Periode(self.tahun, lebih_pendek, (self.ke - 1) * banyak + i + 1) for i in range(banyak))

    @property
    def sebelumnya(self) -> "Periode":
        """The period of the same length just before."""
        if self.ke > 1:
            return Periode(self.tahun, self.jenis, self.ke - 1)
        return Periode(self.tahun - 1, self.jenis, 12 // self.jenis)
