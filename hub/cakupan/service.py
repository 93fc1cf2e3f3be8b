"""Coverage of a region by social resources: which desa they reach, how much of their area and of what they weigh, where the
next ones would do most.

Where desa and resources lie is public, so what follows from it is the same for everybody and is kept while the data version
stands. Weights are read anew as the caller, each time. Arithmetic runs in threads, so that the hub goes on answering.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import numpy as np
import shapely

from geo import circles
from geo.arrays import Floats, geometries
from hub.akses import izin
from hub.base.actor import PUBLIK, Actor, Peran
from hub.base.errors import TidakDikenalError
from hub.berita.service import Berita
from hub.cakupan import statements as cakupan_statements
from hub.cakupan import weights as cakupan_bobot
from hub.cakupan.computation import (
    Berat,
    Desa,
    Hasil,
    Jarak,
    Liputan,
    Sumber,
    Usulan,
    access,
    measure,
    proposals,
    proven,
)
from hub.cakupan.memory import Ingatan
from hub.cakupan.question import TOLERANSI_METER, Bobot, Tanya, periksa
from hub.cakupan.statements import Kotak
from hub.cakupan.weights import TabelBobot
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Elemen

T = TypeVar("T")

_SERENTAK = 2  # calculations at once: each may hold some tens of MiB
# resources are read so far around a region at least: what is nearest to a gap may be farther than jarakKm
_TEPI_KM = 50.0
_WILAYAH, _BENTUK = 64, 64  # columns of regions, and areas worked out, that are kept


class CakupanService:
    """Raises MasukanTidakSahError and TidakDikenalError.

    What is kept is kept under the very objects it was made from: data that changes between two steps of one answer leaves
    nothing behind for those who ask after the change.
    """

    def __init__(self, db: Database, berita: Berita, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog
        # regions and boundaries are imported now and then, resources change all day
        self._wilayah = Ingatan(lambda: _versi_batas(berita), _WILAYAH)
        self._jauh = Ingatan(lambda: berita.versi, _WILAYAH)
        self._bentuk = Ingatan(lambda: berita.versi, _BENTUK)
        self._pelaksana = ThreadPoolExecutor(_SERENTAK, "cakupan")

    # ---------- for everybody ----------

    async def liputan(self, tanya: Tanya, actor: Actor = PUBLIK) -> Liputan:
        """Each desa of the region in order of code: `kode`, `tercakup`, `jarak_km` to the nearest resource. `actor` matters to
        questions about free places only. Raises TidakBerwenangError."""
        periksa(tanya)
        if tanya.daya_tersisa:
            izin.require(actor, izin.ASK_FREE_PLACES, tanya.wilayah)
        return Liputan(tanya, await self._jarak(tanya, actor if tanya.daya_tersisa else PUBLIK))

    async def daerah(self, liputan: Liputan, toleransi_meter: float = TOLERANSI_METER) -> shapely.Geometry:
        """The area within `jarak_km` of the resources in the region and of those across its border whose circle reaches one of
        its desa: EPSG:4326, longitude first, edges off by `toleransi_meter` at most; empty without resources."""
        sudut = circles.corners_for(liputan.tanya.meter, toleransi_meter)
        kunci = (liputan.jarak, liputan.tanya.meter, sudut)
        return await self._bentuk.ambil(kunci, lambda: self._gabung(liputan, sudut))

    async def luas(self, liputan: Liputan) -> Floats:
        """Share of each desa's area within that area, 0 to 1, in the order of `liputan`; nan without a boundary."""
        return await self._bentuk.ambil((liputan.jarak, liputan.tanya.meter), lambda: self._luas(liputan))

    # ---------- for one caller ----------

    async def cakupan(
        self, actor: Actor, tanya: Tanya, bobot: Bobot | None = None, *, luas: bool = False, akses: bool = False
    ) -> Hasil:
        """The whole answer. `luas`: with shares of areas; `akses`: with places per unit of weight."""
        periksa(tanya, elemen=await self._elemen(bobot))
        liputan = await self.liputan(tanya, actor)
        rahasia = await self._rahasia(actor, tanya)
        bagian = await self.luas(liputan) if luas else None
        if bobot is None:
            return Hasil(liputan, luas=bagian, rahasia=rahasia)
        if not akses:
            berat = await self._berat(actor, bobot, liputan.desa, tanya.wilayah)
            return Hasil(liputan, *berat, bagian, rahasia=rahasia)
        sekitar = await self._sekitar(liputan)
        periode, di_sekitar = await self._berat(actor, bobot, sekitar, tanya.wilayah)
        nilai, lengkap = await self._hitung(lambda: access(liputan, sekitar, di_sekitar))
        return Hasil(liputan, periode, di_sekitar.pilih(slice(0, len(liputan.desa))), bagian, nilai, lengkap, rahasia)

    async def usulan(self, actor: Actor, tanya: Tanya, banyak: int, bobot: Bobot | None = None) -> list[Usulan]:
        """Desa at whose label points new resources would cover the most, best first."""
        periksa(tanya, banyak, await self._elemen(bobot))
        liputan = await self.liputan(tanya, actor)
        berat = None
        if bobot is not None:
            _, berat = await self._berat(actor, bobot, liputan.desa, tanya.wilayah)
        return await self._hitung(lambda: proposals(liputan, berat, banyak))

    # ---------- parts ----------

    async def _elemen(self, bobot: Bobot | None) -> Elemen | None:
        if bobot is None:
            return None
        elemen = (await self._katalog.get()).elemen.get(bobot.elemen)
        if elemen is None:
            raise TidakDikenalError(f"Elemen {bobot.elemen} tidak ada di katalog.")
        return elemen

    async def _desa(self, wilayah: str) -> Desa:
        async def baca() -> Desa:
            tabel = await cakupan_statements.desa_of(self._db, wilayah)
            if not tabel.ada:
                raise TidakDikenalError(f"Wilayah {wilayah} tidak ada, atau tidak berlaku lagi hari ini.")
            return Desa(tabel)

        return await self._wilayah.ambil(wilayah, baca)

    async def _rahasia(self, actor: Actor, tanya: Tanya) -> int:
        """Shelters that take no part, for whoever may see any: the public has none, and waits for no statement."""
        if actor.peran is Peran.PUBLIK:
            return 0
        return await cakupan_statements.sheltered(
            self._db, actor, tanya.wilayah, tanya.jenis,
            hanya_berlaku=tanya.hanya_berlaku, daya_tersisa=tanya.daya_tersisa,
        )  # fmt: skip

    async def _jarak(self, tanya: Tanya, actor: Actor) -> Jarak:
        desa = await self._desa(tanya.wilayah)
        kotak = desa.sekitar(max(tanya.jarak_km, _TEPI_KM))

        async def ukur() -> Jarak:
            sumber = await self._sumber(actor, tanya, kotak)
            hasil = await self._hitung(lambda: measure(tanya.wilayah, desa, sumber))
            if kotak is None or proven(hasil, kotak):
                return hasil
            # a kind that is rare around here: then there are few of it anywhere
            semua = await self._sumber(actor, tanya, None)
            return await self._hitung(lambda: measure(tanya.wilayah, desa, semua))

        # jarakKm is no part of it: every question up to _TEPI_KM measures the same
        siapa = (actor.peran, actor.wilayah)
        return await self._jauh.ambil((desa, replace(tanya, jarak_km=0.0), kotak, siapa), ukur)

    async def _sumber(self, actor: Actor, tanya: Tanya, kotak: Kotak | None) -> Sumber:
        return Sumber(
            await cakupan_statements.resources(
                self._db, actor, tanya.wilayah, tanya.jenis, kotak,
                hanya_berlaku=tanya.hanya_berlaku, daya_tersisa=tanya.daya_tersisa,
            )
        )  # fmt: skip

    async def _kotak(self, liputan: Liputan) -> Floats:
        """West, south, east, north of each desa; nan without a boundary."""

        async def baca() -> Floats:
            kotak = await cakupan_statements.boxes_of(self._db, liputan.tanya.wilayah)
            tiada = (np.nan,) * 4
            return np.array([kotak.get(k, tiada) for k in liputan.kode], dtype=np.float64).reshape(-1, 4)

        return await self._wilayah.ambil((liputan.desa, "kotak"), baca)

    async def _luas(self, liputan: Liputan) -> Floats:
        tanya, titik = liputan.tanya, liputan.sumber.titik
        kotak = await self._kotak(liputan)
        bagian = await self._hitung(lambda: circles.settled(kotak, titik, tanya.meter))
        belum = np.flatnonzero(np.isnan(bagian) & ~np.isnan(kotak[:, 0]))
        if len(belum) == 0:
            return bagian
        bentuk = await cakupan_statements.shapes_of(self._db, [liputan.kode[i] for i in belum])

        def potong() -> Floats:
            di_mana = belum[[i for i, _ in bentuk]]
            area = geometries(shapely.from_wkb([wkb for _, wkb in bentuk]))
            hasil = bagian.copy()
            hasil[di_mana] = circles.share_covered(area, titik.lonlat, tanya.meter)
            return hasil

        return await self._hitung(potong)

    async def _gabung(self, liputan: Liputan, sudut: int) -> shapely.Geometry:
        kotak = await self._kotak(liputan)
        titik, dalam = liputan.sumber.titik.lonlat, liputan.jarak.di_wilayah
        return await self._hitung(lambda: circles.union_reaching(titik, dalam, kotak, liputan.tanya.meter, sudut))

    async def _sekitar(self, liputan: Liputan) -> Desa:
        """The region's desa, and after them those that compete with them for what they can reach: within twice the distance."""
        desa, wilayah = liputan.desa, liputan.tanya.wilayah
        kotak = desa.sekitar(2 * liputan.tanya.jarak_km)
        if kotak is None:
            return desa

        async def baca() -> Desa:
            return desa.dan(await cakupan_statements.desa_around(self._db, kotak), wilayah)

        return await self._wilayah.ambil((desa, kotak), baca)

    async def _berat(self, actor: Actor, bobot: Bobot, desa: Desa, wilayah: str) -> tuple[str | None, Berat]:
        periode = bobot.periode or await cakupan_bobot.newest_period(self._db, actor, bobot.elemen, wilayah)
        if periode is None:  # nobody ever reported it
            n = len(desa)
            return None, Berat.dari(TabelBobot([None] * n, ["TIDAK_ADA_DATA"] * n))
        tabel = await cakupan_bobot.weights(self._db, actor, bobot.elemen, periode, desa.kode, desa.sejak)
        return periode, Berat.dari(tabel)

    async def _hitung(self, apa: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pelaksana, apa)


def _versi_batas(berita: Berita) -> str | None:
    """Of what depends on regions, their boundaries and the day alone."""
    hari, versi = berita.hari, berita.versi_tabel("wilayah", "batas")
    return None if hari is None or versi is None else f"{versi}.{hari}"
