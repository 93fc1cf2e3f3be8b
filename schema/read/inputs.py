"""From argument values to parameters, with the refusals a user can act on. Each runs once per call, never per row."""

from typing import Any

from sqlalchemy import ARRAY, Date, DateTime, Text
from sqlalchemy.types import TypeEngine

from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.base.periode import Periode
from hub.services.pertanyaan import (
    akhir_periode,
    daftar,
    dimensi_dikenal,
    elemen_dikenal,
    formulir_dikenal,
    hari_sesudah,
    indikator_dikenal,
    kode_bertingkat,
    kode_ke_bawah,
    kode_sah,
)
from hub.store.metadata import Kode
from hub.store.rekap_statements import Kunci

__all__ = [
    "DATES", "KODE", "TEXT", "TEXTS", "TIME", "akhir_periode", "daftar", "dimensi_dikenal", "elemen_dikenal",
    "formulir_dikenal", "hari_sesudah", "indikator_dikenal", "kode_bertingkat", "kode_ke_bawah", "kode_sah", "kunci_rekap",
]  # fmt: skip

KODE: TypeEngine[Any] = Kode
TEXT: TypeEngine[Any] = Text()
TEXTS: TypeEngine[Any] = ARRAY(Text())
DATES: TypeEngine[Any] = ARRAY(Date())
TIME: TypeEngine[Any] = DateTime(timezone=True)


def kunci_rekap(teks: str) -> Kunci:
    """ "53.14:F05:2020" → its parts."""
    bagian = teks.split(":")
    if len(bagian) != 3 or not kode_wilayah.sah(bagian[0]) or not bagian[1].isprintable():
        raise MasukanTidakSahError(f'"{teks}" bukan id rekap; bentuknya "53.14:F05:2020".')
    try:
        periode = str(Periode.baca(bagian[2]))
    except ValueError as salah:
        raise MasukanTidakSahError(str(salah)) from None
    return Kunci(bagian[0], bagian[1].upper(), periode)
