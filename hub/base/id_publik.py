"""Public ids: of what has no natural key, its kabupaten and a UUID ("53.14:0192f3a0-…"); of a rekap, its parts ("53.14:F05:2020")."""

import uuid
from dataclasses import dataclass

from hub.base import kode
from hub.base.errors import MasukanTidakSahError
from hub.base.periode import Periode


@dataclass(frozen=True, slots=True)
class IdPublik:
    """`id`: the UUID in its usual spelling."""

    kode_kab: str
    id: str

    def __str__(self) -> str:
        return f"{self.kode_kab}:{self.id}"


@dataclass(frozen=True, slots=True)
class Kunci:
    """A rekap: reporter's code, form, period."""

    kode_kab: str
    formulir: str
    periode: str

    @property
    def id(self) -> str:
        return f"{self.kode_kab}:{self.formulir}:{self.periode}"


def baca_id(teks: str, apa: str) -> IdPublik:
    """The parts of a public id. `apa`: what it is the id of, for the reader of the refusal.

    Raises MasukanTidakSahError.
    """
    kab, _, nomor = teks.partition(":")
    try:
        if not kode.sah(kab) or kode.tingkat(kab) is not kode.Tingkat.KABUPATEN:
            raise ValueError
        return IdPublik(kab, str(uuid.UUID(nomor)))
    except ValueError:
        contoh = "53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"
        raise MasukanTidakSahError(f'"{teks}" bukan id {apa}; bentuknya "{contoh}".') from None


def kunci_rekap(teks: str) -> Kunci:
    """ "53.14:F05:2020" → its parts. Raises MasukanTidakSahError."""
    bagian = teks.split(":")
    if len(bagian) != 3 or not kode.sah(bagian[0]) or not bagian[1].isprintable():
        raise MasukanTidakSahError(f'"{teks}" bukan id rekap; bentuknya "53.14:F05:2020".')
    try:
        periode = str(Periode.baca(bagian[2]))
    except ValueError as salah:
        raise MasukanTidakSahError(str(salah)) from None
    return Kunci(bagian[0], bagian[1].upper(), periode)
