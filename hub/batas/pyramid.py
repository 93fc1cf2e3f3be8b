"""Building the pyramid of boundaries: only what changed, in the transaction of the change.

A unit (kabupaten) is built anew when the hash of all that decides its shapes has changed: its own cells and those of two
rings around it. Units whose common border came out differently are built once more, together. Then kabupaten and provinces
of the landmasses concerned. What was built replaces what was there; if anything fails, everything stays as it was.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from geo.pyramid import Built, Cell, Shape, build_above, build_units, unit_of
from hub.base.kode import Level, level_of
from hub.batas import neighbour_statements as neighbour_statements
from hub.batas import pyramid_statements as store
from hub.batas import quality_statements
from hub.batas.pyramid_cells import PlacedCells, arrange
from hub.batas.pyramid_statements import BuiltUnit, PyramidRow
from hub.batas.pyramid_workers import Workers, processes_for
from hub.batas.pyramid_zoom import lowest_zooms
from hub.batas.statements import lock
from hub.db.database import Conn, Database

_WORTH_SHARING = 1_500  # cells; fewer are done before processes have started
_AT_ONCE = 400  # cells of units that are built at a time; about as many lie around them

Advance = Callable[[int, int], None]  # units done, units to do


@dataclass(slots=True)
class LaporanPyramid:
    """What a build did. `units`: units there are; `built`: built anew; `merged`: of those, built once more because their
    border with a neighbour differed; `rows`: rows written."""

    units: int = 0
    built: int = 0
    merged: int = 0
    rows: int = 0
    version: UUID = store.NO_VERSION


async def behind(db: Database) -> bool:
    """Whether an upgrade left boundaries undrawn; `rebuild` draws them."""
    async with db.as_owner() as conn:
        return await store.behind(conn)


async def rebuild(
    db: Database, *, everything: bool = False, advance: Advance = lambda n, total: None
) -> LaporanPyramid:
    """Bring the whole pyramid up to date in a transaction of its own. `everything`: also what has not changed."""
    async with db.as_owner() as conn:
        await lock(conn)
        await neighbour_statements.fill(conn)
        return await build(conn, everything=everything, advance=advance)


async def build(
    conn: Conn,
    changed: Collection[str] | None = None,
    *,
    everything: bool = False,
    advance: Advance = lambda n, total: None,
) -> LaporanPyramid:
    """Bring the pyramid up to date within the caller's transaction, which holds the lock on boundaries.

    `changed`: codes of regions whose boundaries may have changed; None: anything may have.
    """
    peta = arrange(await store.regions(conn), await store.boundaries(conn))
    building = _Build(conn, PlacedCells(conn, peta), await store.units(conn))
    stale = await building.stale(changed, everything)
    gone = building.stored.keys() - building.cells.by_unit.keys()
    if gone:
        await store.drop_units(conn, gone)
    cell_count = sum(len(building.cells.by_unit[u]) for u in stale)
    with Workers(processes_for(cell_count, _WORTH_SHARING)) as workers:
        await building.units(workers, stale, advance)
        await building.above(workers, gone)
    await quality_statements.forget(conn, building.changed() | gone | {unit_of(k) for k in changed or ()})
    version = building.version()
    if building.laporan.rows or gone:
        await store.analyze(conn)
    if building.laporan.rows or gone or await store.zooms_unknown(conn):
        await store.set_boundary_version(conn, version, await lowest_zooms(conn))
    building.laporan.units = len(building.cells.by_unit)
    building.laporan.version = version
    return building.laporan


@dataclass(slots=True)
class _Build:
    conn: Conn
    cells: PlacedCells
    stored: dict[str, BuiltUnit]
    fingerprints: dict[str, str] = field(default_factory=dict)
    bordered_before: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )  # unit → whom it bordered on before
    built: set[str] = field(default_factory=set)
    borders: dict[str, dict[str, str]] = field(default_factory=dict)  # unit built now → neighbour → hash of the border
    hashes: dict[str, str] = field(default_factory=dict)
    wholes: dict[str, bytes] = field(default_factory=dict)
    laporan: LaporanPyramid = field(default_factory=LaporanPyramid)

    def __post_init__(self) -> None:
        for u, s in self.stored.items():
            for neighbour in s.tepi:
                self.bordered_before[neighbour].add(u)

    # ---------- what to build ----------

    async def stale(self, changed: Collection[str] | None, everything: bool) -> list[str]:
        candidates = set(self.cells.by_unit) if changed is None or everything else self._near(changed)
        await self.cells.prune(candidates)
        existing = set(self.cells.by_unit)
        candidates &= existing
        stale = set()
        for unit in sorted(candidates):
            self.fingerprints[unit] = await self.cells.fingerprint(unit)
            if everything or unit not in self.stored or self.stored[unit].sidik != self.fingerprints[unit]:
                stale.add(unit)
        return sorted(stale)

    def _near(self, changed: Collection[str]) -> set[str]:
        """Units that a change of these regions may reach: around what they are now, and beside what they were."""
        existing = set(self.cells.by_unit)
        hit = {unit_of(k) for k in changed}
        # the boundary of a province or kabupaten may come to fill, or fill no more, any place in it
        hit |= {u for k in changed if len(k) <= 5 for u in existing if u.startswith(k)}
        near = {unit_of(k) for u in hit & existing for k in self.cells.around([u])}
        neighbours_before = {u for k in hit for u in self.bordered_before[k]}
        return (hit | near | neighbours_before | (existing - self.stored.keys())) & existing

    def changed(self) -> set[str]:
        """Units whose cells, or those around them, are not what they were."""
        return {u for u in self.built if u not in self.stored or self.stored[u].sidik != self.fingerprints[u]}

    # ---------- units ----------

    async def units(self, workers: Workers, stale: Collection[str], advance: Advance) -> None:
        groups: dict[str, tuple[str, ...]] = {u: (u,) for u in stale}
        batches = self._batches(stale)
        while batches:
            work = ((members, build_units, self._cells(members)) for members in batches)
            async for _, built in workers.each(work):
                await self._keep(built)
                advance(min(len(self.wholes), len(stale)), len(stale))
            batches = self._disagreeing(groups)
            for unit in groups.keys() - self.fingerprints.keys():  # it was built before and did not change; it does now
                self.fingerprints[unit] = await self.cells.fingerprint(unit)
        for unit in sorted(groups):
            built_unit = BuiltUnit(self.fingerprints[unit], self.hashes[unit], self.borders[unit])
            await store.save_unit(self.conn, unit, built_unit, self.wholes.pop(unit))
        self.built = set(groups)
        self.laporan.built = len(groups)
        self.laporan.merged = sum(len(members) > 1 for members in groups.values())

    def _batches(self, stale: Iterable[str]) -> list[tuple[str, ...]]:
        """Units that follow each other by code, some at a time: neighbours are looked at once for all of them."""
        batches: list[tuple[str, ...]] = []
        cell_count = 0
        for unit in sorted(stale):
            cell_count += len(self.cells.by_unit[unit])
            if batches and batches[-1][0][:2] == unit[:2] and cell_count <= _AT_ONCE:
                batches[-1] = (*batches[-1], unit)
            else:
                batches.append((unit,))
                cell_count = len(self.cells.by_unit[unit])
        return batches

    async def _cells(self, units: tuple[str, ...]) -> tuple[tuple[str, ...], list[Cell]]:
        shapes = await self.cells.shapes(self.cells.around(units))
        return units, [Cell(k, g) for k, g in shapes.items()]

    async def _keep(self, built: Built) -> None:
        self.wholes |= built.whole
        self.hashes |= built.hashes
        for u in built.units:
            self.borders[u] = {n: h for (of_unit, n), h in built.borders.items() if of_unit == u}
        self.laporan.rows += await store.replace_rows(
            self.conn, built.units, (Level.KECAMATAN, Level.DESA), self._rows(built.shapes)
        )

    def _rows(self, shapes: Iterable[Shape]) -> Iterator[PyramidRow]:
        """The shapes of regions that are drawn, as rows."""
        peta = self.cells.peta
        for b in shapes:
            if b.kode in peta.drawn:
                is_sample = b.kode in peta.samples
                yield PyramidRow(
                    b.kode, peta.wilayah[b.kode].sejak, level_of(b.kode), b.band, b.geom, b.point, is_sample
                )

    def _disagreeing(self, groups: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The groups to build again: units whose two sides of a border differ come into one group."""
        regrouped: set[tuple[str, ...]] = set()
        for unit in sorted(groups):
            for other in sorted(self.borders[unit].keys() | self.bordered_before[unit]):
                agrees = self._border(other).get(unit) == self.borders[unit].get(other)
                if agrees or other in groups[unit] or other not in self.cells.by_unit:
                    continue
                joined = tuple(sorted({*groups[unit], *groups.get(other, (other,))}))
                regrouped = {g for g in regrouped if not set(g) <= set(joined)} | {joined}
                groups |= dict.fromkeys(joined, joined)
        return sorted(regrouped)

    def _border(self, unit: str) -> dict[str, str]:
        if unit in self.borders:
            return self.borders[unit]
        return self.stored[unit].tepi if unit in self.stored else {}

    # ---------- kabupaten and provinces ----------

    async def above(self, workers: Workers, gone: Collection[str]) -> None:
        """Kabupaten and provinces of what hangs together with anything that was built or is gone."""
        provinsi = {u[:2] for u in (*self.built, *gone)} | await self._changed_provinces()
        left = set(provinsi)
        concerned = [d for d in self._together() if not provinsi.isdisjoint(u[:2] for u in d)]
        async for d, shapes in workers.each((d, build_above, self._wholes(d)) for d in concerned):
            await self._store_changed(d, shapes)
            left -= {u[:2] for u in d}
        for kode in sorted(left):  # nothing of them is left
            await store.replace_rows(self.conn, [kode], [Level.PROVINSI], [])

    async def _wholes(self, d: tuple[str, ...]) -> tuple[dict[str, bytes]]:
        return (await store.wholes(self.conn, d),)

    async def _store_changed(self, d: tuple[str, ...], shapes: list[Shape]) -> None:
        """Most kabupaten and provinces come out as they were: those are left alone."""
        new_rows: dict[str, list[PyramidRow]] = {k: [] for u in d for k in (u, u[:2])}
        for row in self._rows(shapes):
            new_rows[row.kode].append(row)
        old_hashes = await store.row_hashes(self.conn, sorted(new_rows), (Level.PROVINSI, Level.KABUPATEN))
        for kode, rows in sorted(new_rows.items()):
            if old_hashes.get(kode, "") != store.hash_of(rows):
                self.laporan.rows += await store.replace_rows(self.conn, [kode], [level_of(kode)], rows)

    def _together(self) -> list[tuple[str, ...]]:
        """The units in groups that hang together, however indirectly, by their borders or because they are of one province."""
        provinsi: dict[str, list[str]] = defaultdict(list)
        for u in self.cells.by_unit:
            provinsi[u[:2]].append(u)
        left = dict.fromkeys(sorted(self.cells.by_unit))
        groups = []
        while left:
            group, ends = set(), [next(iter(left))]
            while ends:
                unit = ends.pop()
                if unit in left:
                    del left[unit]
                    group.add(unit)
                    ends += [*self._border(unit), *provinsi[unit[:2]]]
            groups.append(tuple(sorted(group)))
        return groups

    async def _changed_provinces(self) -> set[str]:
        """Provinces whose place on the map is not as it should be, though nothing of them was built: a new first day, or so
        many kabupaten more or less that they are drawn or no longer."""
        peta = self.cells.peta
        drawn = await store.provinces(self.conn)
        expected = {k: (peta.wilayah[k].sejak, k in peta.samples) for k in peta.drawn if len(k) == 2}
        return {k for k in drawn.keys() | expected.keys() if drawn.get(k) != expected.get(k)}

    def version(self) -> UUID:
        lines = [f"{k} {self.cells.peta.wilayah[k].sejak}" for k in sorted(self.cells.peta.drawn) if len(k) <= 5]
        for u in sorted(self.cells.by_unit):
            hashes = (
                (self.fingerprints[u], self.hashes[u])
                if u in self.built
                else (self.stored[u].sidik, self.stored[u].hasil)
            )
            lines.append(" ".join((u, *hashes)))
        return UUID(hashlib.md5("\n".join(lines).encode(), usedforsecurity=False).hexdigest())
