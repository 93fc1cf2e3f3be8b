"""A small province whose kabupaten come in one by one and put figures right, released step by step as the hub does it."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.rilis.audit import bounds
from hub.rilis.figures import Figure, Shown, linked
from hub.rilis.office import Beside, Released, release
from hub.rilis.primary import Thresholds
from hub.rilis.province import Total, decide, total_of
from tests.rilis.made_figures import figures, regions, revised

BY_SEX = {"JK": ("L", "P")}
Told = Callable[[Released], Released]
"""What the province is told of a release."""


@dataclass
class Province:
    """`snapshots`: all that stood at a time, and what of it was hidden; a total that waits is hidden in it."""

    told: Told = lambda released: released
    now: dict[str, list[Figure]] = field(default_factory=dict)
    before: dict[str, list[Shown]] = field(default_factory=dict)
    offices: dict[str, Released] = field(default_factory=dict)
    shown: list[Total] = field(default_factory=list)
    snapshots: list[Shown] = field(default_factory=list)
    opened: int = 0
    small: int = 0
    waiting: int = 0
    unprotected: set[tuple[str, str, int, str]] = field(default_factory=set)
    """Region, choices, value and against whom: what the hub said it cannot protect."""

    def approve(self, kab: str, own: Sequence[Figure]) -> bool:
        """False: beside what stands open since before a count would follow; the kabupaten's figures stay as they were."""
        earlier = self.before.get(kab, [])
        path = self.offices[kab].path if kab in self.offices else ()
        released = release(kab, own, Thresholds(), Beside(earlier, path))
        offices = {**self.offices, kab: self.told(released)}
        now = {**self.now, kab: list(own)}
        tops: dict[tuple[tuple[str, str], ...], int] = {}
        for f in (f for rows in now.values() for f in rows if f.region.count(".") == 1):
            tops[f.choices] = tops.get(f.choices, 0) + f.value
        totals = [Figure("53", c, "2025", n, own[0].sensitivity) for c, n in tops.items()]
        decision = decide(offices, self.shown, totals, Thresholds())
        if decision.endangered or released.unprotected_then:
            return False
        self.offices, self.now = offices, now
        self.before[kab] = [*earlier, Shown(own, released.hidden)]
        for c, against in decision.unprotected:
            self.unprotected.add(("53", str(c), tops[c], against))
        for i in released.unprotected:
            self.unprotected.add((own[i].region, str(own[i].choices), own[i].value, ""))
        everything: list[Figure] = []
        hidden: set[int] = set()
        for k, rows in now.items():
            hidden |= {len(everything) + i for i in self.before[k][-1].hidden}
            everything += rows
        hidden |= {len(everything) + i for i, f in enumerate(totals) if f.choices not in decision.open}
        for f in totals:
            total = total_of(f, offices)
            if f.choices in decision.open and total not in self.shown:
                self.shown.append(total)
        self.snapshots.append(Shown([*everything, *totals], hidden))
        self.opened += len(decision.open)
        self.small += len(decision.small)
        self.waiting += len(decision.waiting)
        return True

    def narrow(self) -> list[tuple[str, str, int, str]]:
        """Small counts of which the public, or an office of another's, can say too much, beside those that were told."""
        last = self.snapshots[-1]
        tables = linked(last.figures, Thresholds(), adds_up_over_time=True, earlier=self.snapshots)
        hidden, shown, name = set[int](), set[int](), dict[int, Figure]()
        for s, cells in zip(self.snapshots, tables.cells_then, strict=True):
            for i, n in enumerate(cells):
                (hidden if i in s.hidden else shown).add(n)
                name[n] = s.figures[i]
        found = []
        for office in ("", *sorted(self.now)):
            asked = [c for c in tables.primary if not office or tables.table.cells[c].owner != office]
            told = bounds(tables.table, hidden - shown, asked, known_to=office)
            for c in asked:
                f = name[c]
                what = (f.region, str(f.choices), f.value)
                excused = (*what, "") in self.unprotected or (*what, office) in self.unprotected
                if not excused and not told[c].wide(tables.primary[c]):
                    found.append((*what, f"{office} {told[c].smallest}-{told[c].largest}"))
        return found


def one_by_one(
    seed: int,
    sensitivity: int,
    kabupaten: int,
    told: Told = lambda r: r,
    breakdowns: Mapping[str, Sequence[str]] = BY_SEX,
) -> Province:
    """They come in one after another; then one puts its figures right."""
    chance = random.Random(seed)
    province = Province(told)
    for i in range(1, kabupaten + 1):
        kab = f"53.{i:02d}"
        own = figures(chance, regions(kab, 3, 3, chance), breakdowns, ("2025",), sensitivity)
        if own:
            province.approve(kab, own)
    kab = chance.choice(sorted(province.now))
    province.approve(kab, revised(chance, province.now[kab], 0.2))
    return province
