"""The quality report on boundaries: overlaps, gaps, misfits with the region above, missing ones, areas that differ.

Real boundary data is never clean: most neighbours overlap a little and thousands of slivers lie between them. So what is
told is a matter of limits, not of right and wrong; nothing is changed. The findings of the newest examination stand in the
database until the boundaries they speak of change.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from geo.boundary_quality import Finding, Limits, Parts, examine
from geo.pyramid import unit_of
from hub.base.errors import UnknownNameError
from hub.base.kode import Level
from hub.batas import pyramid_statements as pyramid_statements
from hub.batas import quality_statements as store
from hub.batas.pyramid_cells import BoxIndex, Peta, arrange
from hub.batas.pyramid_workers import Workers, processes_for
from hub.batas.quality_statements import QualityRow
from hub.batas.statements import lock
from hub.db.database import Conn, Database

_WORTH_SHARING = 4_000  # areas; fewer are done before processes have started


@dataclass(frozen=True, slots=True)
class OfficialAreas:
    """Official areas to compare with: code → km². `least_difference`: share of the official area from which a difference is told."""

    km2: dict[str, float]
    least_difference: float = 0.1


@dataclass(slots=True)
class QualitySummary:
    """`counts`, `m2`: per (kabupaten or province, kind); what two kabupaten share is counted once. `names`: of all regions."""

    names: dict[str, str] = field(default_factory=dict)
    wilayah: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    m2: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))


async def examine_boundaries(
    db: Database,
    provinsi: str | None = None,
    *,
    limits: Limits | None = None,
    official: OfficialAreas | None = None,
    accept: Callable[[Finding], None] = lambda temuan: None,
    advance: Callable[[int, int], None] = lambda n, total: None,
) -> QualitySummary:
    """Examine a province, or everything; `accept` gets every finding as it is found, kabupaten by kabupaten.

    Raises UnknownNameError when no region of that province is known.
    """
    limits = limits or Limits()
    async with db.as_owner() as conn:
        await lock(conn)
        names = await store.names(conn, provinsi)
        if provinsi is not None and provinsi not in names:
            raise UnknownNameError(f"Provinsi {provinsi} tidak ada dalam daftar wilayah.")
        peta = arrange(await pyramid_statements.regions(conn), await pyramid_statements.boundaries(conn))
        examination = _Examination(conn, peta, [u for u in sorted({unit_of(k) for k in names}) if peta.batas])
        summary = QualitySummary(names, examination.unit)
        await store.clear(conn, provinsi)
        differing = await examination.differing(official) if official else {}
        with Workers(processes_for(len(examination.finest.kode), _WORTH_SHARING)) as workers:
            work = ((u, examine, examination.arguments(u, limits)) for u in examination.unit)
            done = 0
            async for unit, temuan in workers.each(work):
                all_temuan = [*temuan, *examination.missing(unit), *differing.get(unit, ())]
                await store.insert(conn, _numbered(all_temuan))
                for t in all_temuan:
                    accept(t)
                    if t.first:
                        summary.counts[unit, t.kind] += 1
                        summary.m2[unit, t.kind] += t.m2 or 0.0
                advance(done := done + 1, len(examination.unit))
    return summary


class _Examination:
    def __init__(self, conn: Conn, peta: Peta, unit: list[str]) -> None:
        self._conn = conn
        self._peta = peta
        self.unit = unit
        per_unit: dict[str, list[str]] = defaultdict(list)
        for k in sorted(peta.batas):
            per_unit[unit_of(k)].append(k)
        # of each kabupaten the finest level it has; a province's own boundary overlaps all that lies in it
        self._by_unit = {u: codes for u, codes in per_unit.items() if len(u) > 2}
        finest = [k for codes in self._by_unit.values() for k in codes if len(k) == max(map(len, codes))]
        self.finest = BoxIndex(sorted(finest), peta.batas)
        self._above = {
            t: BoxIndex([k for k, b in sorted(peta.batas.items()) if b.tingkat == t], peta.batas)
            for t in (Level.PROVINSI, Level.KABUPATEN, Level.KECAMATAN)
        }
        levels_with_batas = {(k[:2], b.tingkat) for k, b in peta.batas.items()}
        self._without_batas: dict[str, list[str]] = defaultdict(list)
        for k, w in peta.wilayah.items():
            if k not in peta.batas and (k[:2], w.tingkat) in levels_with_batas:
                self._without_batas[unit_of(k)].append(k)

    async def arguments(self, unit: str, limits: Limits) -> tuple[str, dict[str, bytes], list[Parts], Limits]:
        own_codes = self._by_unit.get(unit, [])
        own_finest = [k for k in own_codes if k in self.finest.number_of]
        areas = await pyramid_statements.areas(self._conn, self.finest.around(own_finest) if own_finest else [])
        levels = []
        for t, above in self._above.items():
            children = [k for k in own_codes if self._peta.batas[k].tingkat == t + 1]
            near = {a for k in children for a in above.beside(self._peta.batas[k])}
            if near:
                parts = {k: areas[k] for k in children if k in areas}
                parts |= await pyramid_statements.areas(self._conn, [k for k in children if k not in areas])
                levels.append(Parts(parts, await pyramid_statements.areas(self._conn, near)))
        return unit, areas, levels, limits

    def missing(self, unit: str) -> list[Finding]:
        """Regions without a boundary, at the levels at which their province has any."""
        return [Finding("TANPA_BATAS", k, (), None, None, None) for k in self._without_batas[unit]]

    async def differing(self, official: OfficialAreas) -> dict[str, list[Finding]]:
        """Unit → regions whose boundary has another area than the official one."""
        units = set(self.unit)
        measured = await store.areas_km2(self._conn, sorted(k for k in official.km2 if unit_of(k) in units))
        found: dict[str, list[Finding]] = defaultdict(list)
        for k, (km2, point) in sorted(measured.items()):
            difference = km2 - official.km2[k]
            if abs(difference) > official.least_difference * official.km2[k]:
                found[unit_of(k)].append(
                    Finding("LUAS_BEDA", k, (), abs(difference) * 1e6, difference / official.km2[k], point)
                )
        return found


def _numbered(temuan: Iterable[Finding]) -> list[QualityRow]:
    """Numbered per region and kind, the largest first."""
    numbers: Counter[tuple[str, str]] = Counter()
    rows = []
    for t in sorted(temuan, key=lambda t: (t.kode, t.kind, -(t.m2 or 0.0), t.others)):
        numbers[t.kode, t.kind] += 1
        rows.append(QualityRow(t.kode, t.kind, numbers[t.kode, t.kind], list(t.others), t.m2, t.share, t.geom))
    return rows
