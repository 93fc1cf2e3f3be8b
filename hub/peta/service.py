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
from hub.base.actor import PUBLIC, Actor
from hub.base.errors import InvalidInputError
from hub.berita.service import Berita
from hub.cakupan.service import CakupanService
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.peta.angka_tiles import WHY_CLOSED, angka_columns
from hub.peta.layer_parameters import Parameter
from hub.peta.layer_requests import AngkaRequest, LayerRequest, WilayahRequest, with_coverage
from hub.peta.layers import Layer, LayerContext, read_figures
from hub.peta.statements import box_of
from hub.peta.tile_cache import ByteCache, SingleFlight
from hub.peta.versions import Peta, PetaVersion
from hub.rilis.shown_rows import CLOSED


@dataclass(frozen=True, slots=True)
class Versions:
    """`limit`: of shapes and names, `shapes_version`: of the shapes alone; `data`: of everything that can be read here, None when
    nobody knows right now."""

    batas: str
    shapes_version: str | None
    data: str | None


class PetaService:
    """One per app."""

    def __init__(
        self,
        db: Database,
        katalog: KatalogCache,
        berita: Berita,
        peta: PetaVersion,
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

    async def box_of(self, layer_request: WilayahRequest) -> Box | None:
        """Around what such a question draws, in degrees; None: nothing."""
        if layer_request.wilayah is None:
            return (await self._peta.get()).box
        return await box_of(self._db, layer_request.wilayah, layer_request.level)

    @property
    def certain(self) -> bool:
        """Whether the version of the shapes is known for sure, so that what bears it may be kept for ever."""
        return self._peta.certain

    async def versions(self) -> Versions:
        data = self._berita.version
        peta = await self._peta.get()
        return Versions(peta.version, peta.shapes_version, None if data is None else _fingerprint([data]))

    @staticmethod
    def tag(versions: Versions, actor: Actor, layer: Layer, parameter: Parameter, *place: Any) -> str | None:
        """What the answer goes by: what was asked, where, for whom, as of which versions. None where none can be promised."""
        if not layer.live:
            return _fingerprint([layer.name, parameter.in_order(), place, versions.batas])
        if versions.data is None:
            return None
        who = None if layer.public else [actor.role, actor.wilayah]
        return _fingerprint([layer.name, parameter.in_order(), place, versions.batas, versions.data, who])

    # ---------- answers ----------

    async def ask(self, layer: Layer, parameter: Parameter, others: Sequence[str] = ()) -> LayerRequest:
        """Read the parameters. `others`: names that somebody else reads. Raises HubError."""
        layer_request = layer.read(parameter, await self._context(katalog=layer.needs_katalog))
        parameter.refuse_unread(others)
        return layer_request

    async def figures_asked(self, parameter: Parameter) -> AngkaRequest:
        layer_request = read_figures(parameter, await self._context(katalog=True))
        parameter.refuse_unread()
        return layer_request

    async def tile(
        self, actor: Actor, layer: Layer, layer_request: LayerRequest, address: TileAddress, versions: Versions
    ) -> tuple[bytes, bool]:
        """The bytes of a tile, empty where there is nothing; and whether they are what `versions` stands for. Many who ask at
        once cause one statement."""
        who = PUBLIC if layer.public else actor

        async def read() -> tuple[bytes, bool]:
            statement = (await with_coverage(layer_request, self._cakupan)).tile(address)
            ((content, *shapes_version),) = await self._db.read_rows(who, statement)
            same = not shapes_version or shapes_version[0] == versions.shapes_version
            if not same:  # newer shapes, and the news of them still on its way
                self._peta.changed(None)
            return bytes(content), same

        return await self.flights.run((layer.name, layer_request, address, who.role, who.wilayah, versions), read)

    async def figures(self, actor: Actor, layer_request: AngkaRequest, versions: Versions) -> bytes:
        """Figures as columns, JSON."""
        a = layer_request.angka
        ((kode, nilai, status, expected, approved),) = await self._db.read_rows(actor, angka_columns(a))
        content = {
            "versi": versions.data,
            "batas": versions.batas,
            "indikator" if a.indikator else "elemen": {
                "kode": a.kode,
                "nama": layer_request.name,
                "satuan": layer_request.unit,
            },
            "periode": a.periode,
            "tingkat": a.level.name,
            "wilayah": a.wilayah,
            "rincian": dict(a.rincian),
            "wilayahPada": a.borders_day,
            "kode": orjson.Fragment(kode),
            "nilai": orjson.Fragment(nilai),
            "status": orjson.Fragment(status),
            "keterangan": WHY_CLOSED if CLOSED in status else None,
            "kelengkapan": {"diharapkan": expected, "disetujui": approved},
            "sumber": layer_request.source,
        }
        return orjson.dumps(content)

    async def values(self, actor: Actor, layer_request: AngkaRequest) -> list[float]:
        """The figures that the caller may see, without their regions."""
        ((_, nilai, *_),) = await self._db.read_rows(actor, angka_columns(layer_request.angka))
        return [float(n) for n in orjson.loads(nilai) if n is not None]

    async def features(
        self, actor: Actor, layer: Layer, layer_request: LayerRequest, box: Box | None, after: str | None, limit: int
    ) -> AsyncGenerator[tuple[list[str], str | None]]:
        """Pages of at most `limit` features altogether: (texts of features, key to go on after; None: these were the last).

        Holds no connection between pages.
        """
        who = PUBLIC if layer.public else actor
        layer_request = await with_coverage(layer_request, self._cakupan)
        while True:
            count = min(limit, layer_request.page_size)
            # one more than is shown tells whether there are more
            rows = await self._db.read_rows(who, layer_request.page(box, after, count + 1))
            limit -= count
            if len(rows) <= count:
                yield [text for _, text in rows], None
                return
            after = rows[count - 1][0]
            yield [text for _, text in rows[:count]], after
            if limit <= 0:
                return

    async def _context(self, *, katalog: bool) -> LayerContext:
        current_katalog = await self._katalog.get() if katalog else None
        return LayerContext(current_katalog, await self._peta.get(), self._db.today())


def check_key(layer: Layer, key: str | None) -> str | None:
    """A key that somebody sends back. Raises InvalidInputError."""
    if key is not None and not layer.key_is_valid(key):
        raise InvalidInputError(f'after: "{key}" bukan penanda halaman lapisan {layer.name}.')
    return key


def _fingerprint(parts: list[Any]) -> str:
    text = orjson.dumps(parts, default=_unexpected)
    return hashlib.sha256(text).hexdigest()[:32]


def _unexpected(nilai: object) -> object:
    raise TypeError(f"{type(nilai)} has no place in a tag")
