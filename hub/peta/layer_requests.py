"""Questions to the layers of the map, their parameters read and checked, and the statements that answer them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from geo.tile_address import Box, TileAddress
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.batas.drawn import FROM_ZERO, FirstZooms
from hub.batas.tiles import ZOOM_LABEL, wilayah_tile
from hub.cakupan.question import Question
from hub.cakupan.service import CakupanService
from hub.db.database import Statement
from hub.peta import geojson as geojson_source
from hub.peta import quality_tiles as quality_source
from hub.peta.angka_tiles import AngkaPeta, angka_tile
from hub.peta.cakupan_tiles import CoveredDesa, cakupan_page, cakupan_tile
from hub.peta.sumber_daya_tiles import sumber_daya_tile
from hub.peta.wksbm_tiles import wksbm_page, wksbm_tile


def level_below(wilayah: str | None) -> Level:
    """The level a map of that region is usually of: its parts; of the country kabupaten."""
    if wilayah is None:
        return Level.KABUPATEN
    return Level(min(kode_wilayah.level_of(wilayah) + 1, Level.DESA))


class LayerRequest(Protocol):
    """A question to one layer, its parameters read and checked."""

    @property
    def page_size(self) -> int:
        """Features of one page of GeoJSON."""

    @property
    def from_zoom(self) -> Mapping[str, int]:
        """Source-layers that this map draws from a zoom of its own on; below it a tile only tells how many they would be."""

    def tile(self, address: TileAddress) -> Statement:
        """One row with the bytes of the tile."""

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        """Rows (key, GeoJSON text of a feature)."""


@dataclass(frozen=True, slots=True)
class WilayahRequest:
    """`level` None: the level follows the zoom."""

    level: Level | None
    wilayah: str | None
    first_zooms: FirstZooms = FROM_ZERO

    @property
    def from_zoom(self) -> Mapping[str, int]:
        if self.level is None:
            return {}
        first = self.first_zooms[self.level - 1]
        return {"wilayah": first, "label": max(first, ZOOM_LABEL[self.level])}

    @property
    def _level_drawn(self) -> Level:
        return self.level or level_below(self.wilayah)

    @property
    def page_size(self) -> int:
        return geojson_source.PAGE_SIZES[self._level_drawn]

    def tile(self, address: TileAddress) -> Statement:
        return wilayah_tile(address, self.level, self.wilayah, self.first_zooms)

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        return geojson_source.wilayah_page(self._level_drawn, self.wilayah, box, after, count)


@dataclass(frozen=True, slots=True)
class SumberDayaRequest:
    kinds: tuple[str, ...]
    active: bool | None
    page_size: int = geojson_source.POINTS_PAGE_SIZE

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {}

    def tile(self, address: TileAddress) -> Statement:
        return sumber_daya_tile(address, self.kinds, self.active)

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        return geojson_source.sumber_daya_page(self.kinds, self.active, box, after, count)


@dataclass(frozen=True, slots=True)
class WksbmRequest:
    scales: tuple[str, ...]
    phases: tuple[str, ...]
    page_size: int = geojson_source.POINTS_PAGE_SIZE

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {}

    def tile(self, address: TileAddress) -> Statement:
        return wksbm_tile(address, self.scales, self.phases)

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        return wksbm_page(self.phases, box, after, count)


@dataclass(frozen=True, slots=True)
class CakupanRequest:
    """`isi`: the answer of the coverage, once it is worked out (`with_coverage`); the question alone tells two apart."""

    question: Question
    isi: CoveredDesa | None = field(default=None, compare=False)
    page_size: int = geojson_source.PAGE_SIZES[Level.DESA]
    first_zooms: FirstZooms = FROM_ZERO

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {"cakupan": self.first_zooms[Level.DESA - 1]}

    def tile(self, address: TileAddress) -> Statement:
        assert self.isi is not None
        return cakupan_tile(address, self.isi, self.first_zooms)

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        assert self.isi is not None
        return cakupan_page(self.isi, box, after, count)


async def with_coverage(layer_request: LayerRequest, cakupan: CakupanService) -> LayerRequest:
    """The question with what only the service of coverage can tell; any other question as it is."""
    if not isinstance(layer_request, CakupanRequest):
        return layer_request
    reach = await cakupan.reach(layer_request.question)
    distances = [None if math.isnan(j) else j for j in reach.distance_km.tolist()]
    reached_area = await cakupan.reached_area(reach)
    return replace(
        layer_request,
        isi=CoveredDesa(layer_request.question.wilayah, reach.kode, reach.covered.tolist(), distances, reached_area),
    )


@dataclass(frozen=True, slots=True)
class QualityRequest:
    kinds: tuple[str, ...]
    wilayah: str | None
    page_size: int = quality_source.PAGE_SIZE

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {}

    def tile(self, address: TileAddress) -> Statement:
        return quality_source.quality_tile(address, self.kinds, self.wilayah)

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        return quality_source.quality_page(self.kinds, self.wilayah, box, after, count)


@dataclass(frozen=True, slots=True)
class AngkaRequest:
    """`name`, `unit`, `source`: of the element or indicator, for who reads the figures."""

    angka: AngkaPeta
    status: tuple[str, ...]
    name: str
    unit: str
    source: str
    first_zooms: FirstZooms = FROM_ZERO

    @property
    def from_zoom(self) -> Mapping[str, int]:
        return {"angka": self.first_zooms[self.angka.level - 1]}

    @property
    def page_size(self) -> int:
        return geojson_source.PAGE_SIZES[self.angka.level]

    def tile(self, address: TileAddress) -> Statement:
        return angka_tile(address, self.angka, self.status, self.first_zooms)

    def page(self, box: Box | None, after: str | None, count: int) -> Statement:
        return geojson_source.angka_page(self.angka, self.status, box, after, count)
