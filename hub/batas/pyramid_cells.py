"""What the pyramid is made of: cells. A cell is the area of a desa, or what a region's own boundary holds beyond its parts
where some of them have none. Nothing here is simplified yet.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely

from geo.arrays import Ints
from geo.pyramid import GAP, VERSION, unit_of
from geo.uncovered import uncovered
from hub.base.kode import Level
from hub.base.kode import parent_of as parent_of
from hub.batas import pyramid_statements as store
from hub.batas.pyramid_statements import NewestBatas, WilayahPeta
from hub.db.database import Conn

_REACH = GAP / 100_000  # degrees, a little more than the gap: so near are neighbours


@dataclass(slots=True)
class Peta:
    """The regions of the newest list and their newest boundaries, without the shapes.

    `drawn`: regions that get a place on the map. `fillings`: regions whose own boundary fills what their parts lack.
    """

    wilayah: dict[str, WilayahPeta]
    batas: dict[str, NewestBatas]
    drawn: set[str] = field(default_factory=set)
    fillings: set[str] = field(default_factory=set)
    samples: set[str] = field(default_factory=set)

    @property
    def cells(self) -> list[str]:
        """Codes of cells, in order; that of a filling may turn out to be nothing."""
        return sorted(self.fillings | {k for k, b in self.batas.items() if b.tingkat == Level.DESA})


def arrange(wilayah: Iterable[WilayahPeta], batas: Iterable[NewestBatas]) -> Peta:
    """Decide what is drawn from what.

    A region with a boundary is always drawn; one without is when at least half of its parts are. Samples are left out of a
    kabupaten that has a real boundary: they would eat into it.
    """
    all_batas = list(batas)
    real_units = {unit_of(b.kode) for b in all_batas if not b.contoh}
    peta = Peta(
        {w.kode: w for w in wilayah}, {b.kode: b for b in all_batas if not (b.contoh and unit_of(b.kode) in real_units)}
    )
    children: dict[str, list[str]] = defaultdict(list)
    for kode in peta.wilayah:
        parent = parent_of(kode)
        if parent is not None:
            children[parent].append(kode)
    for w in sorted(peta.wilayah.values(), key=lambda w: -w.tingkat):
        has_own, parts = w.kode in peta.batas, children[w.kode]
        drawn_parts = sum(b in peta.drawn for b in parts)
        if has_own or (parts and 2 * drawn_parts >= len(parts)):
            peta.drawn.add(w.kode)
        if has_own and w.tingkat < Level.DESA and drawn_parts < max(1, len(parts)):
            peta.fillings.add(w.kode)
    for kode in peta.cells:
        if peta.batas[kode].contoh:
            peta.samples |= {kode, kode[:8], kode[:5], kode[:2]}
    return peta


class BoxIndex:
    """Regions by the boxes of their boundaries: what lies near what."""

    def __init__(self, kode: list[str], batas: Mapping[str, NewestBatas]) -> None:
        self.kode = kode
        self.number_of = {k: i for i, k in enumerate(kode)}
        boxes = np.array([batas[k].box for k in kode], dtype=float).reshape(-1, 4)
        self._boxes = shapely.box(*(boxes + np.array([-1, -1, 1, 1]) * _REACH / 2).T)
        self._tree = shapely.STRtree(self._boxes)

    def near(self, numbers: Ints) -> Ints:
        """Those, and what lies beside them; by number."""
        return np.unique(np.concatenate([numbers, self._tree.query(self._boxes[numbers])[1]]))

    def around(self, kode: Iterable[str]) -> list[str]:
        """Those and two rings of neighbours, in order of code. A large region (what a kabupaten's own boundary fills) may lie
        beside everything; what is near it alone is not near those."""
        own = np.array(sorted(self.number_of[k] for k in kode), dtype=np.int64)
        first_ring = self.near(own)
        small = first_ring[np.array([len(self.kode[i]) > 5 for i in first_ring], dtype=bool)]
        return [self.kode[i] for i in np.union1d(first_ring, self.near(np.union1d(own, small)))]

    def beside(self, b: NewestBatas) -> list[str]:
        """Those whose boxes meet that boundary's."""
        return [self.kode[i] for i in sorted(self._tree.query(shapely.box(*b.box)))]


class PlacedCells:
    """The cells by place, their shapes and hashes on demand. `by_unit`: unit → its cells."""

    def __init__(self, conn: Conn, peta: Peta) -> None:
        self._conn = conn
        self.peta = peta
        self._box_index = BoxIndex(peta.cells, peta.batas)
        self.by_unit: dict[str, list[str]] = defaultdict(list)
        for k in self._box_index.kode:
            self.by_unit[unit_of(k)].append(k)
        self._drawn_by_unit: dict[str, list[str]] = defaultdict(list)
        for k in sorted(peta.drawn):
            self._drawn_by_unit[unit_of(k)].append(k)
        self._fillings: dict[str, bytes | None] = {}  # worked out already, where it is not the whole own boundary
        self._whole: set[str] = set()  # … and where it is
        self._hashes: dict[str, str] = {}

    def around(self, units: Iterable[str]) -> list[str]:
        """The cells of these units and two rings of neighbours, in order of code."""
        return self._box_index.around(k for u in units for k in self.by_unit[u])

    async def prune(self, units: Collection[str]) -> None:
        """Forget those of these units that turn out to have no cell at all."""
        for u in units:
            if all(k in self.peta.fillings for k in self.by_unit[u]) and not await self.shapes(self.by_unit[u]):
                del self.by_unit[u]

    async def shapes(self, kode: Collection[str]) -> dict[str, bytes]:
        """Code → WKB, EPSG:4326; fillings that are nothing are left out."""
        for k in kode:
            await self._fill(k)
        shapes = {k: g for k in kode if (g := self._fillings.get(k)) is not None}
        shapes |= await store.areas(self._conn, [k for k in kode if k not in self._fillings])
        return shapes

    async def hashes(self, kode: Collection[str]) -> dict[str, str]:
        """Code → hash of its shape; fillings that are nothing are left out."""
        for k in kode:
            await self._fill(k)
            if k not in self._hashes and (filling := self._fillings.get(k)) is not None:
                self._hashes[k] = hashlib.md5(filling, usedforsecurity=False).hexdigest()
        not_hashed = [k for k in kode if k not in self._hashes and k not in self._fillings]
        self._hashes |= await store.hashes(self._conn, not_hashed)
        return {k: self._hashes[k] for k in kode if k in self._hashes}

    async def fingerprint(self, unit: str) -> str:
        """Hash of all that decides what the unit looks like."""
        around = self.around([unit])
        hashes = await self.hashes(around)
        lines = [f"{VERSION} {GAP}", *(f"{k} {s}" for k, s in sorted(hashes.items()))]
        lines += [f"{k} {self.peta.wilayah[k].sejak} {k in self.peta.samples}" for k in self._drawn_by_unit[unit]]
        return hashlib.md5("\n".join(lines).encode(), usedforsecurity=False).hexdigest()

    async def _fill(self, kode: str) -> None:
        """Work out a filling once: what its region's boundary holds beyond all cells of finer levels."""
        if kode in self._fillings or kode in self._whole or kode not in self.peta.fillings:
            return
        finer = [k for k in self._box_index.beside(self.peta.batas[kode]) if len(k) > len(kode)]
        if not finer:
            self._whole.add(kode)
            return
        parts = await self.shapes(finer)
        alone = not any(k.startswith(kode + ".") for k in parts)
        own_area = (await store.areas(self._conn, [kode]))[kode]
        self._fillings[kode] = uncovered(own_area, list(parts.values()), whole=alone)
