"""Questions to the layers of the map, their parameters read and checked, and the statements that answer them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from geo.tile_address import Box, TileAddress
from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.batas.drawn import DARI_NOL, Mulai
from hub.batas.tiles import ZOOM_LABEL, wilayah_tile
from hub.cakupan.question import Tanya
from hub.cakupan.service import CakupanService
from hub.db.database import Statement
from hub.peta import geojson as geojson_source
from hub.peta import mutu_tiles as ubin_mutu_source
from hub.peta.angka_tiles import AngkaPeta, angka_tile
from hub.peta.cakupan_tiles import Tercakup, cakupan_page, cakupan_tile
from hub.peta.sumber_daya_tiles import sumber_daya_tile
from hub.peta.wksbm_tiles import wksbm_page, wksbm_tile


def level_below(wilayah: str | None) -> Tingkat:
    """The level a map of that region is usually of: its parts; of the country kabupaten."""
    if wilayah is None:
        return Tingkat.KABUPATEN
    return Tingkat(min(kode_wilayah.tingkat(wilayah) + 1, Tingkat.DESA))


class Minta(Protocol):
    """A question to one layer, its parameters read and checked."""

    @property
    def sehalaman(self) -> int:
        """Features of one page of GeoJSON."""

    @property
    def from_zoom(self) -> Mapping[str, int]:
        """Source-layers that this map draws from a zoom of its own on; below it a tile only tells how many they would be."""

    def ubin(self, alamat: TileAddress) -> Statement:
        """One row with the bytes of the tile."""

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        """Rows (key, GeoJSON text of a feature)."""


@dataclass(frozen=True, slots=True)
class MintaWilayah:
    """`tingkat` None: the level follows the zoom."""

    tingkat: Tingkat | None
    wilayah: str | None
    mulai: Mulai = DARI_NOL

    @property
    def from_zoom(self) -> Mapping[str, int]:
        if self.tingkat is None:
            return {}
        first = self.mulai[self.tingkat - 1]
        return {"wilayah": first, "label": max(first, ZOOM_LABEL[self.tingkat])}

    @property
    def _tingkat(self) -> Tingkat:
        return self.tingkat or level_below(self.wilayah)

    @property
    def sehalaman(self) -> int:
        return geojson_source.SEHALAMAN[self._tingkat]

    def ubin(self, alamat: TileAddress) -> Statement:
        return wilayah_tile(alamat, self.tingkat, self.wilayah, self.mulai)

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        return geojson_source.wilayah_page(self._tingkat, self.wilayah, kotak, sesudah, banyak)


@dataclass(frozen=True, slots=True)
class MintaSumberDaya:
    jenis: tuple[str, ...]
    aktif: bool | None
    sehalaman: int = geojson_source.SEHALAMAN_TITIK

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {}

    def ubin(self, alamat: TileAddress) -> Statement:
        return sumber_daya_tile(alamat, self.jenis, self.aktif)

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        return geojson_source.sumber_daya_page(self.jenis, self.aktif, kotak, sesudah, banyak)


@dataclass(frozen=True, slots=True)
class MintaWksbm:
    skala: tuple[str, ...]
    tahap: tuple[str, ...]
    sehalaman: int = geojson_source.SEHALAMAN_TITIK

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {}

    def ubin(self, alamat: TileAddress) -> Statement:
        return wksbm_tile(alamat, self.skala, self.tahap)

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        return wksbm_page(self.tahap, kotak, sesudah, banyak)


@dataclass(frozen=True, slots=True)
class MintaCakupan:
    """`isi`: the answer of the coverage, once it is worked out (`with_coverage`); the question alone tells two apart."""

    tanya: Tanya
    isi: Tercakup | None = field(default=None, compare=False)
    sehalaman: int = geojson_source.SEHALAMAN[Tingkat.DESA]
    mulai: Mulai = DARI_NOL

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {"cakupan": self.mulai[Tingkat.DESA - 1]}

    def ubin(self, alamat: TileAddress) -> Statement:
        assert self.isi is not None
        return cakupan_tile(alamat, self.isi, self.mulai)

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        assert self.isi is not None
        return cakupan_page(self.isi, kotak, sesudah, banyak)


async def with_coverage(minta: Minta, cakupan: CakupanService) -> Minta:
    """The question with what only the service of coverage can tell; any other question as it is."""
    if not isinstance(minta, MintaCakupan):
        return minta
    liputan = await cakupan.liputan(minta.tanya)
    jarak = [None if math.isnan(j) else j for j in liputan.jarak_km.tolist()]
    daerah = await cakupan.daerah(liputan)
    return replace(minta, isi=Tercakup(minta.tanya.wilayah, liputan.kode, liputan.tercakup.tolist(), jarak, daerah))


@dataclass(frozen=True, slots=True)
class MintaMutu:
    jenis: tuple[str, ...]
    wilayah: str | None
    sehalaman: int = ubin_mutu_source.SEHALAMAN

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {}

    def ubin(self, alamat: TileAddress) -> Statement:
        return ubin_mutu_source.mutu_tile(alamat, self.jenis, self.wilayah)

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        return ubin_mutu_source.mutu_page(self.jenis, self.wilayah, kotak, sesudah, banyak)


@dataclass(frozen=True, slots=True)
class MintaAngka:
    """`nama`, `satuan`, `sumber`: of the element or indicator, for who reads the figures."""

    angka: AngkaPeta
    status: tuple[str, ...]
    nama: str
    satuan: str
    sumber: str
    mulai: Mulai = DARI_NOL

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {"angka": self.mulai[self.angka.tingkat - 1]}

    @property
    def sehalaman(self) -> int:
        return geojson_source.SEHALAMAN[self.angka.tingkat]

    def ubin(self, alamat: TileAddress) -> Statement:
        return angka_tile(alamat, self.angka, self.status, self.mulai)

    def halaman(self, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
        return geojson_source.angka_page(self.angka, self.status, kotak, sesudah, banyak)
