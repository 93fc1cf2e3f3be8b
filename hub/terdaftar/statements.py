"""What the register of one kabupaten counts, for the checks of its rekap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from hub.base.kode import Level, level_of
from hub.db.database import Conn
from hub.plan.sql_text import Names
from hub.terdaftar.reads import COUNTED_THINGS, OVERLAPPING, terdaftar_counts

_NAMES = Names({k: f"%({k})s" for k in ("wilayah", "elemen", "periode", "akhir", "dimensi")})
Choices = tuple[tuple[str, str], ...]  # (breakdown, choice in small letters), sorted


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """What a register counts, region by region. `elemen`: those of which it holds any, of any time; `levels`, `dimensions`: what was
    asked for."""

    elemen: frozenset[str] = frozenset()
    levels: frozenset[Level] = frozenset()
    dimensions: frozenset[str] = frozenset()
    _counts: dict[tuple[str, str, Choices], int] = field(default_factory=dict)
    _told: dict[tuple[str, str, str], int] = field(default_factory=dict)  # sums over the choices of a breakdown
    _placed: dict[tuple[Level, str], int] = field(default_factory=dict)  # sums over the regions of a level

    def put(self, wilayah: str, elemen: str, choices: Choices, count: int) -> None:
        if (wilayah, elemen, choices) in self._counts:
            return
        self._counts[wilayah, elemen, choices] = count
        if choices:
            told = wilayah, elemen, _names(choices)
            self._told[told] = self._told.get(told, 0) + count
        else:
            placed = level_of(wilayah), elemen
            self._placed[placed] = self._placed.get(placed, 0) + count

    def of(self, wilayah: str, elemen: str, choices: Choices) -> tuple[int, int] | None:
        """How many there are, and how many there may be at most: some may not say of which choice they are, or in which region
        they lie. None where the register was not asked, or does not know."""
        names, level = _names(choices), level_of(wilayah)
        if elemen not in self.elemen or level not in self.levels or (names and names not in self.dimensions):
            return None
        count, most = self._counts.get((wilayah, elemen, choices), 0), self._counts.get((wilayah, elemen, ()), 0)
        if choices and elemen not in OVERLAPPING:
            most += count - self._told.get((wilayah, elemen, names), 0)
        most += self._placed.get((Level.KABUPATEN, elemen), 0) - self._placed.get((level, elemen), 0)
        return count, max(count, most)


def _names(choices: Choices) -> str:
    return "|".join(name for name, _ in choices)


@cache
def _counts_of(level: Level, *, detailed: bool) -> str:
    return terdaftar_counts(_NAMES, level, detailed=detailed)


async def kinds_there(conn: Conn, kode_kab: str) -> frozenset[str]:
    """Kinds of things of which the registers of a kabupaten hold any, of any time."""
    cursor = await conn.execute(
        "SELECT DISTINCT jenis FROM sumber_daya WHERE kode_kab = %(kab)s "
        "UNION ALL SELECT 'WKSBM' WHERE EXISTS (SELECT 1 FROM wksbm WHERE kode_kab = %(kab)s)",
        {"kab": kode_kab},
    )
    return frozenset(j for (j,) in await cursor.fetchall())


def known_of(elemen: Iterable[str], kinds: frozenset[str]) -> list[str]:
    """Those of the elements that count things of these kinds."""
    return [e for e in elemen if kinds & set(COUNTED_THINGS.get(e, ()))]


async def counts(
    conn: Conn,
    kode_kab: str,
    elemen: Sequence[str],
    last_day: tuple[str, date],
    asked: tuple[Iterable[Level], Iterable[str]],
    kinds: frozenset[str] | None = None,
) -> RegisterCounts:
    """`last_day`: a period and its last day. `asked`: levels, and breakdowns (sorted names joined by |). Of the elements those that
    count things of which the register there holds any, of any time (`kinds`: of which it does, None: look)."""
    if kinds is None:
        kinds = await kinds_there(conn, kode_kab)
    known = known_of(elemen, kinds)
    if not known:
        return RegisterCounts()
    levels, dimensions = frozenset(asked[0]), frozenset(asked[1])
    result = RegisterCounts(frozenset(known), levels, dimensions)
    values = {"wilayah": kode_kab, "elemen": known, "periode": [last_day[0]], "akhir": [last_day[1]]}
    for level in sorted(levels):
        for names in sorted(dimensions) or [""]:
            cursor = await conn.execute(_counts_of(level, detailed=bool(names)), {**values, "dimensi": names})
            for kode, kind, rincian, count in await cursor.fetchall():
                result.put(kode, kind, tuple(sorted((d, str(p).casefold()) for d, p in rincian.items())), int(count))
    return result


async def complaint_desks(conn: Conn, kode_kab: str, end: date) -> list[tuple[str, str]]:
    """(kind, code of the desa) of the SLRT and puskesos that stood on that day."""
    cursor = await conn.execute(
        "SELECT DISTINCT jenis, kode_desa FROM sumber_daya WHERE kode_kab = %s AND jenis IN ('SLRT', 'PUSKESOS') "
        "AND sejak <= %s AND hari_terakhir >= %s",
        (kode_kab, end, end),
    )
    return [(kind, desa) for kind, desa in await cursor.fetchall()]
