"""How long it takes to look through a province of real size: every hidden small count of a form and period in every version that was
ever shown, the public attacking.

A count is wide enough where two sets of whole numbers agree with all that is open and differ by enough there. Each program that HiGHS
solves says so of thousands of counts at once; the few that are left are asked of one by one.
"""

import random
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import highspy

from bench import national_data
from bench.national_data import FOUR_PROVINCES
from hub.base.kode import Level
from hub.rilis.audit import bounds
from hub.rilis.figures import Figure, Shown, linked
from hub.rilis.office import Beside, Released, release
from hub.rilis.primary import Thresholds, is_closed
from hub.rilis.province import Total, decide, total_of
from hub.rilis.table import Cell, Relation, Table

_PROVINCE = "33"
_SEXES = ((("JK", "L"),), (("JK", "P"),))
_ROUNDS = 12
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Looked:
    """Of one element. `versions`: of offices and of totals, that were ever shown; `released`: seconds that the offices' releases took;
    `looked`: seconds of the audit; `longest`: of one office. `asked`: counts that were asked of one by one; `narrow`: those too narrow."""

    sensitivity: int
    versions: int
    cells: int
    primary: int
    hidden: int
    asked: int
    narrow: int
    released: float
    longest: float
    looked: float


def look_through(sensitivity: int, seed: int) -> Looked:
    """An element by sex, reported by every desa; office by office, and a third of them again, with the totals after each."""
    desa = [r.kode for r in national_data.regions(FOUR_PROVINCES) if r.kode.startswith(_PROVINCE) and len(r.kode) == 13]
    chance = random.Random(seed)
    by_office = _figures(chance, desa, sensitivity)
    coming = Coming(sensitivity)
    for kab in by_office:
        coming.approve(kab, by_office[kab])
    for kab in chance.sample(sorted(by_office), len(by_office) // 3):
        coming.approve(kab, revised(chance, coming.now[kab]))
    begun = time.monotonic()
    table, closed, primary = coming.all_versions()
    left = narrow_at_first(table, closed, primary)
    found = bounds(table, closed, left)
    narrow = [c for c in left if not found[c].wide(primary[c])]
    versions = sum(len(v) for v in coming.shown.values()) + len(coming.now) + len(coming.totals)
    return Looked(
        sensitivity, versions, len(table.cells), len(primary), len(closed), len(left), len(narrow), sum(coming.seconds),
        max(coming.seconds), time.monotonic() - begun,
    )  # fmt: skip


class Coming:
    """A province as its offices come in. `now`: what each shows; `shown`: its versions before; `totals`: versions of totals that were
    ever open; `seconds`: of each release."""

    def __init__(self, sensitivity: int) -> None:
        self.now: dict[str, list[Figure]] = {}
        self.shown: dict[str, list[Shown]] = {}
        self.totals: list[Total] = []
        self.seconds: list[float] = []
        self._sensitivity = sensitivity
        self._released: dict[str, Released] = {}

    def approve(self, kab: str, figures: list[Figure]) -> None:
        """A revision beside which a count is not protected, or that a total which stands open would tell, is not shown."""
        before = self._released.get(kab)
        earlier = list(self.shown.get(kab, ()))
        if before is not None:
            earlier.append(Shown(self.now[kab], before.hidden))
        begun = time.monotonic()
        released = release(kab, figures, Thresholds(), Beside(earlier, before.path if before is not None else ()))
        self.seconds.append(time.monotonic() - begun)
        offices = {**self._released, kab: released}
        decision = decide(offices, self.totals, self._sums({**self.now, kab: figures}), Thresholds())
        if before is not None and (decision.endangered or released.unprotected_then or released.unprotected):
            return
        self._released, self.now[kab], self.shown[kab] = offices, figures, earlier
        for figure in self._sums(self.now):
            total = total_of(figure, offices)
            if figure.choices in decision.open and total not in self.totals:
                self.totals.append(total)

    def _sums(self, now: Mapping[str, Sequence[Figure]]) -> list[Figure]:
        tops: Counter[tuple[tuple[str, str], ...]] = Counter()
        for f in (f for own in now.values() for f in own if len(f.region) == 5):
            tops[f.choices] += f.value
        return [Figure(_PROVINCE, c, "2025", n, self._sensitivity) for c, n in tops.items()]

    def all_versions(self) -> tuple[Table, set[int], dict[int, int]]:
        """Every version as one table, as who kept every page has it; its closed cells; cells that must stay wide, and how wide."""
        cells: list[Cell] = []
        relations: list[Relation] = []
        closed: set[int] = set()
        primary: dict[int, int] = {}
        tops: dict[tuple[str, int, object], int] = {}
        for kab, own in self.now.items():
            first = len(cells)
            tables = linked(own, Thresholds(), adds_up_over_time=True, earlier=self.shown[kab])
            cells += tables.table.cells
            relations += (Relation(r.total + first, tuple(p + first for p in r.parts)) for r in tables.table.relations)
            primary |= {c + first: k for c, k in tables.primary.items()}
            versions = [*zip((s.figures for s in self.shown[kab]), tables.cells_then, strict=True), (own, tables.cell)]
            hidden = {*tables.past, *(tables.cell[i] for i in self._released[kab].hidden)}
            for n, (figures, number) in enumerate(versions):
                for f, c in zip(figures, number, strict=True):
                    if is_closed(self._sensitivity, Level(f.region.count(".") + 1)):
                        hidden.add(c)
                    if f.region == kab:
                        tops[kab, n, f.choices] = c + first
            closed |= {c + first for c in hidden if not tables.table.cells[c].fixed}
        for t in self.totals:
            relations.append(Relation(len(cells), tuple(tops[k, n, t.choices] for k, n in t.parts.items())))
            cells.append(Cell(t.value))
        return Table(cells, relations), closed, primary


def revised(chance: random.Random, before: Sequence[Figure]) -> list[Figure]:
    """A tenth of the counts of desa are otherwise, and with them all they are part of."""
    change: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
    for f in before:
        if f.region.count(".") == 3 and f.choices and chance.random() < 0.1:
            n = chance.choice((0, 3, f.value * 10, f.value + 1, chance.randint(0, 40))) - f.value
            for above, chosen in product((f.region, f.region[:8], f.region[:5]), (f.choices, ())):
                change[above, chosen] += n
    return [replace(f, value=f.value + change[f.region, f.choices]) for f in before]


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
