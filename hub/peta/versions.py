"""The version of the map: which shapes and names it has, known without asking the database as long as nobody changes them."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.tile_address import Box
from hub.base.kode import di_dalam, kode_kab
from hub.batas.drawn import Mulai
from hub.db.database import Database
from hub.peta.statements import TABEL, whole_map

_TULI = 2.0  # seconds between looks while nobody listens
_BENTUK = 2  # of the tiles themselves: a new one when the same shapes and names are written another way


@dataclass(frozen=True, slots=True)
class Peta:
    """`versi`: equal on every machine as long as what tiles of regions show is equal; `bentuk`: the part of it that stands for
    the shapes. `kotak`: west, south, east, north in degrees; None: no boundary is loaded.
    `mulai`: from which zoom each level is drawn."""

    versi: str
    bentuk: str | None
    kotak: Box | None
    mulai: Mulai
    _sejak: Mapping[str, date]

    def newest_region(self, wilayah: str) -> date:
        """The first day of the region there that came last; date.min where the map has none."""
        kab = kode_kab(wilayah)
        if kab in self._sejak and len(kab) == 5:
            return self._sejak[kab]
        return max((s for k, s in self._sejak.items() if di_dalam(k, wilayah)), default=date.min)


class PetaVersi:
    """`mendengar`: whether news of changes would reach this process right now. As long as not, `get` looks itself every other
    second, and nothing it says is for ever."""

    def __init__(self, db: Database, mendengar: Callable[[], bool]) -> None:
        self._db = db
        self._mendengar = mendengar
        self._isi: Peta | None = None
        self._dilihat = float("-inf")
        self._giliran = 0
        self._kunci = asyncio.Lock()

    @property
    def certain(self) -> bool:
        """Whether a change would be known here."""
        return self._mendengar()

    async def get(self) -> Peta:
        ada = self._segar()
        if ada is not None:
            return ada
        async with self._kunci:
            ada = self._segar()
            if ada is not None:
                return ada
            giliran = self._giliran
            isi = await whole_map(self._db)
            versi = hashlib.sha256(f"{_BENTUK} {isi.bentuk} {isi.mulai} {isi.nama}".encode()).hexdigest()[:16]
            peta = Peta(versi, isi.bentuk, isi.kotak, isi.mulai, isi.sejak)
            if giliran == self._giliran:  # else it changed again while we looked
                self._isi, self._dilihat = peta, time.monotonic()
            return peta

    def _segar(self) -> Peta | None:
        return self._isi if self._mendengar() or time.monotonic() - self._dilihat < _TULI else None

    def changed(self, tabel: str | None) -> None:
        """Somebody wrote to that table; None: nobody knows what was written while nobody listened."""
        if tabel is None or tabel in TABEL:
            self._giliran += 1
            self._isi = None
