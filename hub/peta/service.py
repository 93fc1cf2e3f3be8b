"""Answers of the map: tiles, figures as columns, pages of features, with the versions and tags they go by.

Whoever asks takes the tag first: it names everything an answer depends on, so an answer that its holder still has, or that
is kept here, needs no statement.
"""

import hashlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from geo.tile_address import Box, TileAddress
from hub.base.actor import PUBLIK, Actor
from hub.base.errors import MasukanTidakSahError
from hub.berita.service import Berita
from hub.cakupan.service import CakupanService
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.peta.angka_tiles import angka_columns
from hub.peta.layer_parameters import Parameter
from hub.peta.layer_requests import Minta, MintaAngka, with_coverage
from hub.peta.layers import Konteks, Lapisan, read_figures
from hub.peta.tile_cache import ByteCache, SingleFlight
from hub.peta.versions import Peta, PetaVersi


@dataclass(frozen=True, slots=True)
class Versi:
    """`batas`: of shapes and names, `bentuk`: of the shapes alone; `data`: of everything that can be read here, None when
    nobody knows right now."""

    batas: str
    bentuk: str | None
    data: str | None


class PetaLayanan:
    """One per app."""

    def __init__(
        self,
        db: Database,
        katalog: KatalogCache,
        berita: Berita,
        peta: PetaVersi,
        cakupan: CakupanService,
        cache_bytes: int,
    ) -> None:
        self._db = db
        self._katalog = katalog
        self._berita = berita
        self._peta = peta
        self._cakupan = cakupan
        self.cache = ByteCache(cache_bytes)
        self.flights = SingleFlight()

    # ---------- versions and tags ----------

    async def peta(self) -> Peta:
        return await self._peta.get()

    @property
    def certain(self) -> bool:
        """Whether the version of the shapes is known for sure, so that what bears it may be kept for ever."""
        return self._peta.certain

    async def versi(self) -> Versi:
        data = self._berita.versi
        peta = await self._peta.get()
        return Versi(peta.versi, peta.bentuk, None if data is None else _sidik([data]))

    @staticmethod
    def tag(versi: Versi, actor: Actor, lapisan: Lapisan, parameter: Parameter, *tempat: Any) -> str | None:
        """What the answer goes by: what was asked, where, for whom, as of which versions. None where none can be promised."""
        if not lapisan.hidup:
            return _sidik([lapisan.nama, parameter.urut(), tempat, versi.batas])
        if versi.data is None:
            return None
        siapa = None if lapisan.umum else [actor.peran, actor.wilayah]
        return _sidik([lapisan.nama, parameter.urut(), tempat, versi.batas, versi.data, siapa])

    # ---------- answers ----------

    async def ask(self, lapisan: Lapisan, parameter: Parameter, lain: Sequence[str] = ()) -> Minta:
        """Read the parameters. `lain`: names that somebody else reads. Raises HubError."""
        minta = lapisan.baca(parameter, await self._konteks(katalog=lapisan.berkatalog))
        parameter.habis(lain)
        return minta

    async def figures_asked(self, parameter: Parameter) -> MintaAngka:
        minta = read_figures(parameter, await self._konteks(katalog=True))
        parameter.habis()
        return minta

    async def tile(
        self, actor: Actor, lapisan: Lapisan, minta: Minta, alamat: TileAddress, versi: Versi
    ) -> tuple[bytes, bool]:
        """The bytes of a tile, empty where there is nothing; and whether they are what `versi` stands for. Many who ask at
        once cause one statement."""
        siapa = PUBLIK if lapisan.umum else actor

        async def baca() -> tuple[bytes, bool]:
            perintah = (await with_coverage(minta, self._cakupan)).ubin(alamat)
            ((isi, *bentuk),) = await self._db.read_rows(siapa, perintah)
            sama = not bentuk or bentuk[0] == versi.bentuk
            if not sama:  # newer shapes, and the news of them still on its way
                self._peta.changed(None)
            return bytes(isi), sama

        return await self.flights.run((lapisan.nama, minta, alamat, siapa.peran, siapa.wilayah, versi), baca)

    async def figures(self, actor: Actor, minta: MintaAngka, versi: Versi) -> bytes:
        """Figures as columns, JSON."""
        a = minta.angka
        ((kode, nilai, status, diharapkan, disetujui),) = await self._db.read_rows(actor, angka_columns(a))
        isi = {
            "versi": versi.data,
            "batas": versi.batas,
            "indikator" if a.indikator else "elemen": {"kode": a.kode, "nama": minta.nama, "satuan": minta.satuan},
            "periode": a.periode,
            "tingkat": a.tingkat.name,
            "wilayah": a.wilayah,
            "rincian": dict(a.rincian),
            "wilayahPada": a.hari,
            "kode": orjson.Fragment(kode),
            "nilai": orjson.Fragment(nilai),
            "status": orjson.Fragment(status),
            "kelengkapan": {"diharapkan": diharapkan, "disetujui": disetujui},
            "sumber": minta.sumber,
        }
        return orjson.dumps(isi)

    async def values(self, actor: Actor, minta: MintaAngka) -> list[float]:
        """The figures that the caller may see, without their regions."""
        ((_, nilai, *_),) = await self._db.read_rows(actor, angka_columns(minta.angka))
        return [float(n) for n in orjson.loads(nilai) if n is not None]

    async def features(
        self, actor: Actor, lapisan: Lapisan, minta: Minta, kotak: Box | None, sesudah: str | None, batas: int
    ) -> AsyncGenerator[tuple[list[str], str | None]]:
        """Pages of at most `batas` features altogether: (texts of features, key to go on after; None: these were the last).

        Holds no connection between pages.
        """
        siapa = PUBLIK if lapisan.umum else actor
        minta = await with_coverage(minta, self._cakupan)
        while True:
            banyak = min(batas, minta.sehalaman)
            # one more than is shown tells whether there are more
            baris = await self._db.read_rows(siapa, minta.halaman(kotak, sesudah, banyak + 1))
            batas -= banyak
            if len(baris) <= banyak:
                yield [teks for _, teks in baris], None
                return
            sesudah = baris[banyak - 1][0]
            yield [teks for _, teks in baris[:banyak]], sesudah
            if batas <= 0:
                return

    async def _konteks(self, *, katalog: bool) -> Konteks:
        isi = await self._katalog.get() if katalog else None
        return Konteks(isi, await self._peta.get(), self._db.today())


def check_key(lapisan: Lapisan, kunci: str | None) -> str | None:
    """A key that somebody sends back. Raises MasukanTidakSahError."""
    if kunci is not None and not lapisan.kunci_sah(kunci):
        raise MasukanTidakSahError(f'after: "{kunci}" bukan penanda halaman lapisan {lapisan.nama}.')
    return kunci


def _sidik(isi: list[Any]) -> str:
    teks = orjson.dumps(isi, default=_lain)
    return hashlib.sha256(teks).hexdigest()[:32]


def _lain(nilai: object) -> object:
    raise TypeError(f"{type(nilai)} has no place in a tag")
