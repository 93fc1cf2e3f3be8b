"""Which rows everybody may see of what an office reported for a period: figures, what follows from hidden ones, stated totals. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure
from hub.rilis.primary import is_closed

COUNTED_BY: Mapping[str, str] = {"BAN02": "BAN01", "BAN04": "BAN03"}
"""Money of a programme → the count of who gets it: a fixed sum a month, so money tells the count."""
RESULTS = "KIN02"
"""Realised results, each named by its choices: of indicators, which are made of elements."""
CLOSED = "DISUPRESI"


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of `angka`, or of what is shown of it. `sensitivity`: of the element told by these choices (`hub_peka`)."""

    elemen: str
    region: str
    choices: Rincian
    nilai: Decimal | None
    status: str
    sensitivity: int

    @property
    def level(self) -> Level:
        return kode_wilayah.level_of(self.region)

    @property
    def cell(self) -> tuple[str, str, Rincian]:
        return self.elemen, self.region, self.choices

    def closed(self) -> "RawRow":
        return replace(self, nilai=None, status=CLOSED)


def countable(rows: Iterable[RawRow]) -> bool:
    """Whether all figures are whole and not below nought, as counts of people are."""
    return all(r.nilai is None or (r.nilai >= 0 and r.nilai == int(r.nilai)) for r in rows)


def figures(rows: Iterable[RawRow], periode: str) -> list[Figure]:
    """Those rows that have a number, in a fixed order."""
    having = (r for r in rows if r.nilai is not None)
    return sorted(
        (Figure(r.region, r.choices, periode, int(r.nilai or 0), r.sensitivity) for r in having),
        key=lambda f: (f.region, f.choices),
    )


def seen(rows: Iterable[RawRow], hidden: Collection[tuple[str, Rincian]]) -> list[RawRow]:
    """Rows of one element at levels that are shown, hidden ones closed. `hidden`: (region, choices)."""
    return [r.closed() if (r.region, r.choices) in hidden else r for r in rows if not is_closed(r.sensitivity, r.level)]


def money_seen(rows: Sequence[RawRow], counts: Sequence[RawRow]) -> list[RawRow]:
    """Rows of money, closed where the count is. `counts`: what is shown of who gets it, without breakdown."""
    status = {c.region: c.status for c in counts if not c.choices and c.status in ("ADA", "NOL", CLOSED)}
    regions = {r.region for r in rows}
    closed = {r for r in regions if _count_closed(r, status)}
    closed = _with_lonely_parts({r.region for r in rows if r.nilai is not None and not r.choices}, closed)
    return [r.closed() if r.region in closed else r for r in rows]


def _count_closed(region: str, status: Mapping[str, str]) -> bool:
    """Of a region without a count of its own the strictest below it decides, else the one above; without any, the level."""
    if region in status:
        return status[region] == CLOSED
    below = [s for r, s in status.items() if r.startswith(region + ".")]
    if below:
        return CLOSED in below
    above = kode_wilayah.parent_of(region)
    while above is not None:
        if above in status:
            return status[above] == CLOSED
        above = kode_wilayah.parent_of(above)
    return kode_wilayah.level_of(region) > Level.KABUPATEN


def _with_lonely_parts(regions: Collection[str], closed: set[str]) -> set[str]:
    """A region whose only closed part follows from it is closed as well, and so on upwards."""
    result = set(closed)
    for region in sorted(regions, key=len, reverse=True):
        parts = [r for r in regions if kode_wilayah.parent_of(r) == region]
        if sum(p in result for p in parts) == 1:
            result.add(region)
    return result


def results_seen(rows: Iterable[RawRow], totals: Mapping[str, Mapping[str, str]]) -> list[RawRow]:
    """Rows of results; closed are those made of what is most sensitive, and those that name an element whose own total is not
    shown. `totals`: element of sensitivity ≥ 1 → region → status of what is shown of it."""
    return [r.closed() if r.sensitivity >= 3 or _names_a_closed_total(r, totals) else r for r in rows]


def _names_a_closed_total(row: RawRow, totals: Mapping[str, Mapping[str, str]]) -> bool:
    words = {w.upper() for _, choice in row.choices for w in re.split(r"[^A-Za-z0-9]+", choice)}
    return any(totals[w].get(row.region) in (CLOSED, None) for w in words if w in totals)


def stated_seen(
    stated: Mapping[tuple[str, str, Rincian], Decimal], rows: Iterable[RawRow]
) -> set[tuple[str, str, Rincian]]:
    """Which stated totals are shown: of an open figure, where they say the same or nothing of that element is closed. `rows`: as seen."""
    by_cell = {r.cell: r for r in rows}
    closed: dict[str, bool] = defaultdict(bool)
    for row in by_cell.values():
        closed[row.elemen] |= row.status == CLOSED
    told = set()
    for cell, said in stated.items():
        figure = by_cell.get(cell)
        if figure is None or figure.nilai is None:
            continue
        if figure.nilai == said or not closed[cell[0]]:
            told.add(cell)
    return told
