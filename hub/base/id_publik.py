"""The public id of what has no natural key: its kabupaten and a UUID, "53.14:0192f3a0-…"."""

import uuid
from dataclasses import dataclass

from hub.base import kode
from hub.base.errors import MasukanTidakSahError


@dataclass(frozen=True, slots=True)
class IdPublik:
    """`id`: the UUID in its usual spelling."""

    kode_kab: str
    id: str

    def __str__(self) -> str:
        return f"{self.kode_kab}:{self.id}"


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
