"""Whether what an attacker says of closed cells is true, and too much. The database is read here to judge, never to attack."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg

from bench.rahasia.seen import table_of
from bench.rahasia.walk import Place, Walk
from hub.base import kode as kode_wilayah
from hub.rilis.audit import Bounds, bounds
from hub.rilis.primary import Thresholds, width

_TRUTH = """SELECT elemen, periode, kode_wilayah, rincian, nilai, hub_peka(elemen, rincian) FROM angka
  WHERE nilai IS NOT NULL AND elemen = ANY(%(e)s)
UNION ALL SELECT elemen, periode, left(kode_kab, 2), rincian, sum(nilai), hub_peka(elemen, rincian) FROM angka
  WHERE tingkat = 2 AND nilai IS NOT NULL AND elemen = ANY(%(e)s) GROUP BY 1, 2, 3, 4"""


@dataclass(frozen=True, slots=True)
class Truth:
    """`sensitivity`: of the element told by the choices."""

    value: int
    sensitivity: int


@dataclass(slots=True)
class Verdict:
    """`closed`: cells with a figure that are closed to the attacker; `primary`: of them, those hidden for their own sake;
    `recovered`, `narrow`: primary ones that follow, or nearly; `wrong`: closed cells whose true value lies outside what the
    attacker says, where a relation was taken for one that is none."""

    cells: int = 0
    unknowns: int = 0
    closed: int = 0
    primary: int = 0
    recovered: list[tuple[Place, Bounds]] = field(default_factory=list)
    narrow: list[tuple[Place, Bounds]] = field(default_factory=list)
    wrong: list[tuple[Place, Bounds]] = field(default_factory=list)
    open_small: list[Place] = field(default_factory=list)
    """Cells that ought to be hidden for their own sake, and stand open."""


def truths(database_url: str, elements: list[str]) -> dict[tuple[str, str, str, str], Truth]:
    """By element, period, region and choices: the figures of now."""
    with psycopg.connect(database_url) as conn:
        rows = conn.execute(_TRUTH, {"e": elements}).fetchall()
    return {(e, p, w, _text(tuple(sorted(r.items())))): Truth(int(n), s) for e, p, w, r, n, s in rows if n == int(n)}


def _text(choices: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"{n}:{c}" for n, c in choices)


def _is_whole_choice(place: Place, found: Truth, truth: Mapping[tuple[str, str, str, str], Truth]) -> bool:
    """Whether all of one of its totals are of this choice."""
    totals = (tuple(c for c in place.choices if c != left_out) for left_out in place.choices)
    return any(
        total is not None and total.value == found.value
        for total in (truth.get((place.element, place.periode, place.region, _text(t))) for t in totals)
    )


def judge(
    heard: Walk, truth: Mapping[tuple[str, str, str, str], Truth], own: str = "", thresholds: Thresholds | None = None
) -> Verdict:
    """`own`: the kabupaten that attacks; what it may see of itself is no leak."""
    k = thresholds or Thresholds()
    table, number = table_of(heard)
    verdict = Verdict(cells=len(table.cells), unknowns=len(table.unknown))
    looked_at: dict[int, tuple[Place, Truth, int | None]] = {}
    for place, n in number.items():
        found = truth.get((place.element, place.periode, place.region, _text(place.choices)))
        if found is None or place.as_of or place.borders or (own and kode_wilayah.is_within(place.region, own)):
            continue
        level = kode_wilayah.level_of(place.region)
        needed = width(found.sensitivity, level, found.value, k, whole_choice=_is_whole_choice(place, found, truth))
        if n in table.unknown:
            looked_at[n] = place, found, needed
        elif needed is not None:
            verdict.open_small.append(place)
    said = bounds(table, table.unknown, looked_at)
    for n, (place, found, needed) in looked_at.items():
        b = said[n]
        verdict.closed += 1
        if b.proved and not b.smallest <= found.value <= (found.value if b.largest is None else b.largest):
            verdict.wrong.append((place, b))
        elif needed is not None:
            verdict.primary += 1
            if b.proved and b.smallest == b.largest:
                verdict.recovered.append((place, b))
            elif not b.wide(needed):
                verdict.narrow.append((place, b))
    return verdict
