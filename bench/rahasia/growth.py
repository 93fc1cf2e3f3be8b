"""How long it takes to look through a province of real size: every hidden small count of a form and period, the public attacking.

A count is wide enough where two sets of whole numbers agree with all that is open and differ by enough there. Each program that HiGHS
solves says so of thousands of counts at once; the few that are left are asked of one by one.
"""

import random
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import highspy

from bench import national_data
from bench.national_data import FOUR_PROVINCES
from hub.base.kode import Level
from hub.rilis.audit import bounds
from hub.rilis.figures import Figure, linked
from hub.rilis.office import Released, release
from hub.rilis.primary import Thresholds, is_closed
from hub.rilis.province import decide
from hub.rilis.table import Table

_PROVINCE = "33"
_SEXES = ((("JK", "L"),), (("JK", "P"),))
_ROUNDS = 12
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Looked:
    """Of one element. `released`: seconds that the offices' releases took; `looked`: seconds of the audit; `longest`: of one office.
    `asked`: counts that were asked of one by one; `narrow`: those too narrow."""

    sensitivity: int
    cells: int
    primary: int
    hidden: int
    asked: int
    narrow: int
    released: float
    longest: float
    looked: float


def look_through(sensitivity: int, seed: int) -> Looked:
    """An element by sex, reported by every desa."""
    desa = [r.kode for r in national_data.regions(FOUR_PROVINCES) if r.kode.startswith(_PROVINCE) and len(r.kode) == 13]
    by_office = _figures(random.Random(seed), desa, sensitivity)
    offices: dict[str, Released] = {}
    seconds = []
    for kab, own in by_office.items():
        begun = time.monotonic()
        offices[kab] = release(kab, own, Thresholds())
        seconds.append(time.monotonic() - begun)
    tops: Counter[tuple[tuple[str, str], ...]] = Counter()
    for f in (f for own in by_office.values() for f in own if len(f.region) == 5):
        tops[f.choices] += f.value
    totals = [Figure(_PROVINCE, c, "2025", n, sensitivity) for c, n in tops.items()]
    decision = decide(offices, [], totals, Thresholds())
    every: list[Figure] = []
    hidden: list[int] = []
    for kab, own in by_office.items():
        hidden += [len(every) + i for i in offices[kab].hidden]
        every += own
    hidden += [len(every) + i for i, f in enumerate(totals) if f.choices not in decision.open]
    every += totals
    begun = time.monotonic()
    tables = linked(every, Thresholds(), adds_up_over_time=True)
    closed = {tables.cell[i] for i in hidden}
    closed |= {tables.cell[i] for i, f in enumerate(every) if is_closed(sensitivity, Level(f.region.count(".") + 1))}
    left = narrow_at_first(tables.table, closed, tables.primary)
    found = bounds(tables.table, closed, left)
    narrow = [c for c in left if not found[c].wide(tables.primary[c])]
    return Looked(
        sensitivity, len(tables.table.cells), len(tables.primary), len(closed), len(left), len(narrow), sum(seconds),
        max(seconds), time.monotonic() - begun,
    )  # fmt: skip


def narrow_at_first(table: Table, hidden: Collection[int], needed: Mapping[int, int]) -> list[int]:
    """Cells of `needed` (→ how wide they must be) of which a few programs do not show that they are."""
    cells = sorted(c for c in hidden if not table.cells[c].fixed)
    column = {c: i for i, c in enumerate(cells)}
    solver = _program(table, cells, column, 3 * max(needed.values(), default=0))
    chance = random.Random(1)
    lowest = {c: table.cells[c].value for c in needed}
    highest = dict(lowest)
    left = [c for c in needed if c in column]
    open_ones = [c for c in needed if c not in column]
    for n in range(_ROUNDS):
        if not left:
            break
        weights = [0.0] * len(cells)
        for c in left:
            weights[column[c]] = (1.0 if n % 2 else -1.0) if n < 2 else chance.choice((-1.0, 1.0))
        solver.changeColsCost(len(cells), list(range(len(cells))), weights)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        solver.run()
        values = solver.getSolution().col_value
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal or any(
            abs(v - round(v)) > _CLOSE for v in values
        ):
            continue
        for c in left:
            lowest[c] = min(lowest[c], round(values[column[c]]))
            highest[c] = max(highest[c], round(values[column[c]]))
        left = [c for c in left if highest[c] - lowest[c] < needed[c] or highest[c] < needed[c]]
    return left + open_ones


def _program(table: Table, cells: Sequence[int], column: Mapping[int, int], reach: int) -> highspy.Highs:
    """All that is open holds. Nobody need look further than `reach` from what is true: what is found there is enough."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    for c in cells:
        cell = table.cells[c]
        solver.addVar(float(max(cell.lowest, cell.value - reach)), float(cell.value + reach))
    for r in table.relations:
        factors: Counter[int] = Counter()
        known = 0
        for c, factor in ((r.total, 1), *((p, -1) for p in r.parts)):
            if c in column:
                factors[column[c]] += factor
            else:
                known -= factor * table.cells[c].value
        if factors:
            solver.addRow(float(known), float(known), len(factors), list(factors), [float(f) for f in factors.values()])
    return solver


def _figures(chance: random.Random, desa: Sequence[str], sensitivity: int) -> dict[str, list[Figure]]:
    """Kabupaten → its figures with all sums; a tenth of the desa report nothing, a third nobody."""
    counts: dict[str, Counter[tuple[str, tuple[tuple[str, str], ...]]]] = {}
    for region in desa:
        if chance.random() < 0.1:
            continue
        own = counts.setdefault(region[:5], Counter())
        for sex in _SEXES:
            n = (
                0
                if chance.random() < 0.35
                else chance.choice((chance.randint(1, 4), chance.randint(1, 12), chance.randint(1, 60)))
            )
            for above, chosen in product((region, region[:8], region[:5]), (sex, ())):
                own[above, chosen] += n
    return {kab: [Figure(w, c, "2025", n, sensitivity) for (w, c), n in own.items()] for kab, own in counts.items()}
