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
from hub.base.actor import PUBLIC, Actor, Role
from hub.base.errors import InvalidInputError, UnknownNameError
from hub.berita.service import Berita
from hub.cakupan import statements as cakupan_statements
from hub.cakupan import weights as cakupan_weights
from hub.cakupan.computation import (
    CakupanResult,
    Desa,
    Distances,
    Proposal,
    Reach,
    Resources,
    Weights,
    access,
    measure,
    proposals,
    proven,
)
from hub.cakupan.memory import Memory
from hub.cakupan.question import TOLERANCE_METER, Question, Weight, check_question
from hub.cakupan.statements import Box
from hub.cakupan.weights import WeightTable
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Elemen
from hub.katalog.questions import of_this_hub

T = TypeVar("T")

_CONCURRENT = 2  # calculations at once: each may hold some tens of MiB
# resources are read so far around a region at least: what is nearest to a gap may be farther than jarakKm
_MARGIN_KM = 50.0
_WILAYAH, _SHAPES = 64, 64  # columns of regions, and areas worked out, that are kept


class CakupanService:
    """Raises InvalidInputError and UnknownNameError.

    What is kept is kept under the very objects it was made from: data that changes between two steps of one answer leaves
    nothing behind for those who ask after the change.
    """

    def __init__(self, db: Database, berita: Berita, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog
        # regions and boundaries are imported now and then, resources change all day
        self._wilayah = Memory(lambda: _batas_version(berita), _WILAYAH)
        self._distance_memory = Memory(lambda: berita.version, _WILAYAH)
        self._shape_memory = Memory(lambda: berita.version, _SHAPES)
        self._executor = ThreadPoolExecutor(_CONCURRENT, "cakupan")

    # ---------- for everybody ----------

    async def reach(self, question: Question, actor: Actor = PUBLIC) -> Reach:
        """Each desa of the region in order of code: `kode`, `tercakup`, `jarak_km` to the nearest resource. `actor` matters to
        questions about free places only. Raises NotAuthorisedError, OtherRegionError."""
        check_question(question)
        of_this_hub(question.wilayah, await self._katalog.get())
        if question.daya_tersisa:
            izin.require(actor, izin.ASK_FREE_PLACES, question.wilayah)
        return Reach(question, await self._distances(question, actor if question.daya_tersisa else PUBLIC))

    async def reached_area(self, reach: Reach, tolerance_meter: float = TOLERANCE_METER) -> shapely.Geometry:
        """The area within `jarak_km` of the resources in the region and of those across its border whose circle reaches one of
        its desa: EPSG:4326, longitude first, edges off by `tolerance_meter` at most; empty without resources."""
        corners = circles.corners_for(reach.question.meter, tolerance_meter)
        key = (reach.distances, reach.question.meter, corners)
        return await self._shape_memory.get(key, lambda: self._union(reach, corners))

    async def area_shares(self, reach: Reach) -> Floats:
        """Share of each desa's area within that area, 0 to 1, in the order of `reach`; nan without a boundary."""
        return await self._shape_memory.get((reach.distances, reach.question.meter), lambda: self._area_shares(reach))

    # ---------- for one caller ----------

    async def cakupan(
        self,
        actor: Actor,
        question: Question,
        weight: Weight | None = None,
        *,
        with_area: bool = False,
        akses: bool = False,
    ) -> CakupanResult:
        """The whole answer. `with_area`: with shares of areas; `akses`: with places per unit of weight."""
        check_question(question, elemen=await self._elemen(weight))
        reach = await self.reach(question, actor)
        sheltered = await self._sheltered(actor, question)
        shares = await self.area_shares(reach) if with_area else None
        if weight is None:
            return CakupanResult(reach, area_shares=shares, sheltered=sheltered)
        if not akses:
            weights = await self._weights(actor, weight, reach.desa, question.wilayah)
            return CakupanResult(reach, *weights, shares, sheltered=sheltered)
        surroundings = await self._surroundings(reach)
        periode, weights_around = await self._weights(actor, weight, surroundings, question.wilayah)
        nilai, complete = await self._compute(lambda: access(reach, surroundings, weights_around))
        return CakupanResult(
            reach, periode, weights_around.take(slice(0, len(reach.desa))), shares, nilai, complete, sheltered
        )

    async def propose(
        self, actor: Actor, question: Question, count: int, weight: Weight | None = None
    ) -> list[Proposal]:
        """Desa at whose label points new resources would cover the most, best first; none where all with a point are covered.
        Raises InvalidInputError where none has a point: who is reached is not known there, and no place is the best."""
        check_question(question, count, await self._elemen(weight))
        reach = await self.reach(question, actor)
        if len(reach.desa.placed) == 0:
            raise InvalidInputError(_nowhere(question.wilayah, len(reach.desa)))
        weights = None
        if weight is not None:
            _, weights = await self._weights(actor, weight, reach.desa, question.wilayah)
        return await self._compute(lambda: proposals(reach, weights, count))

    # ---------- parts ----------

    async def _elemen(self, weight: Weight | None) -> Elemen | None:
        if weight is None:
            return None
        elemen = (await self._katalog.get()).elemen.get(weight.elemen)
        if elemen is None:
            raise UnknownNameError(f"Elemen {weight.elemen} tidak ada di katalog.")
        return elemen

    async def _desa(self, wilayah: str) -> Desa:
        async def read() -> Desa:
            table = await cakupan_statements.desa_of(self._db, wilayah)
            if not table.exists:
                raise UnknownNameError(f"Wilayah {wilayah} tidak ada, atau tidak berlaku lagi hari ini.")
            return Desa(table)

        return await self._wilayah.get(wilayah, read)

    async def _sheltered(self, actor: Actor, question: Question) -> int:
        """Shelters that take no part, for whoever may see any: the public has none, and waits for no statement."""
        if actor.role is Role.PUBLIC:
            return 0
        return await cakupan_statements.sheltered(self._db, actor, question)

    async def _distances(self, question: Question, actor: Actor) -> Distances:
        desa = await self._desa(question.wilayah)
        box = desa.box_around(max(question.jarak_km, _MARGIN_KM))

        async def measured() -> Distances:
            resources = await self._resources(actor, question, box)
            result = await self._compute(lambda: measure(question.wilayah, desa, resources))
            if box is None or proven(result, box):
                return result
            # a kind that is rare around here: then there are few of it anywhere
            everywhere = await self._resources(actor, question, None)
            return await self._compute(lambda: measure(question.wilayah, desa, everywhere))

        # jarakKm is no part of it: every question up to _MARGIN_KM measures the same
        who = (actor.role, actor.wilayah)
        return await self._distance_memory.get((desa, replace(question, jarak_km=0.0), box, who), measured)

    async def _resources(self, actor: Actor, question: Question, box: Box | None) -> Resources:
        return Resources(await cakupan_statements.resources(self._db, actor, question, box))

    async def _boxes(self, reach: Reach) -> Floats:
        """West, south, east, north of each desa; nan without a boundary."""

        async def read() -> Floats:
            boxes = await cakupan_statements.boxes_of(self._db, reach.question.wilayah)
            nothing = (np.nan,) * 4
            return np.array([boxes.get(k, nothing) for k in reach.kode], dtype=np.float64).reshape(-1, 4)

        return await self._wilayah.get((reach.desa, "kotak"), read)

    async def _area_shares(self, reach: Reach) -> Floats:
        question, points = reach.question, reach.resources.points
        boxes = await self._boxes(reach)
        shares = await self._compute(lambda: circles.settled(boxes, points, question.meter))
        unsettled = np.flatnonzero(np.isnan(shares) & ~np.isnan(boxes[:, 0]))
        if len(unsettled) == 0:
            return shares
        shapes = await cakupan_statements.shapes_of(self._db, [reach.kode[i] for i in unsettled])

        def cut() -> Floats:
            places = unsettled[[i for i, _ in shapes]]
            area = geometries(shapely.from_wkb([wkb for _, wkb in shapes]))
            result = shares.copy()
            result[places] = circles.share_covered(area, points.lonlat, question.meter)
            return result

        return await self._compute(cut)

    async def _union(self, reach: Reach, corners: int) -> shapely.Geometry:
        boxes = await self._boxes(reach)
        points, inside = reach.resources.points.lonlat, reach.distances.in_wilayah
        return await self._compute(lambda: circles.union_reaching(points, inside, boxes, reach.question.meter, corners))

    async def _surroundings(self, reach: Reach) -> Desa:
        """The region's desa, and after them those that compete with them for what they can reach: within twice the distance."""
        desa, wilayah = reach.desa, reach.question.wilayah
        box = desa.box_around(2 * reach.question.jarak_km)
        if box is None:
            return desa

        async def read() -> Desa:
            return desa.extended_by(await cakupan_statements.desa_around(self._db, box), wilayah)

        return await self._wilayah.get((desa, box), read)

    async def _weights(self, actor: Actor, weight: Weight, desa: Desa, wilayah: str) -> tuple[str | None, Weights]:
        periode = weight.periode or await cakupan_weights.newest_period(self._db, actor, weight.elemen, wilayah)
        if periode is None:  # nobody ever reported it
            n = len(desa)
            return None, Weights.of(WeightTable([None] * n, ["TIDAK_ADA_DATA"] * n))
        table = await cakupan_weights.weights(self._db, actor, weight.elemen, periode, desa.kode, desa.since)
        return periode, Weights.of(table)

    async def _compute(self, what: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, what)


def _nowhere(wilayah: str, desa_count: int) -> str:
    if desa_count == 0:
        return f"{wilayah}: hub belum mengenal satu desa pun di sana, jadi tidak ada tempat yang dapat diusulkan. Impor daftar wilayahnya."
    return (
        f"{wilayah}: batas {desa_count} desa di sana belum dimuat satu pun, jadi belum diketahui mana yang terjangkau dan tidak ada "
        "tempat yang dapat diusulkan. Impor batasnya (hub import batas)."
    )


def _batas_version(berita: Berita) -> str | None:
    """Of what depends on regions, their boundaries and the day alone."""
    day, version = berita.day, berita.version_of_tables("wilayah", "batas")
    return None if day is None or version is None else f"{version}.{day}"
