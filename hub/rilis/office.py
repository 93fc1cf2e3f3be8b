"""What one kabupaten shows of an element in one period, and what it asks of the totals above it.

Inside the kabupaten each small count gets its proof (hub/rilis/secondary.py). A proof that makes the kabupaten's own figure
otherwise holds only where the province's total lets it: that is a need. In turn the kabupaten offers room: one way down, through
one kecamatan and one desa, on which it can carry the counterpart of what another one needs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure, LinkedFigures, Shown, linked
from hub.rilis.moves import Proof
from hub.rilis.primary import Thresholds
from hub.rilis.secondary import Hidden, hide, hide_more
from hub.rilis.table import Table

_NEVER = 10**9
"""How often a need is there that no room of others is enough for."""

Top = tuple[Rincian, int]
"""A figure of the kabupaten itself: choices, and in which of its versions, counted from 0."""


@dataclass(frozen=True, slots=True)
class Need:
    """The kabupaten's own figures must be able to be otherwise by `times` × `vector`. Without a common divisor."""

    vector: Mapping[Top, int]
    times: int


@dataclass(frozen=True, slots=True)
class Room:
    """How far a hidden figure of the kabupaten can go down along the path; upwards there is no end. `versions`: those whose
    figure goes along."""

    down: int
    versions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Released:
    """`hidden`, `unprotected`: by place in the list of figures. `unprotected_then`: how many counts of earlier versions are not
    protected. `room`: choices → room, of hidden figures of the kabupaten that have any. `path`: regions below the kabupaten,
    whose figures at those choices are hidden too. `version`: the number of this one."""

    hidden: frozenset[int]
    unprotected: frozenset[int]
    unprotected_then: int
    needs: tuple[Need, ...]
    room: Mapping[Rincian, Room]
    path: tuple[str, ...]
    version: int
    choices: frozenset[Rincian]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a release stands beside. `earlier`: every version ever shown, oldest first. `path`: of the release before, on which
    totals that stand open may rely: kept while its regions report. `forced`: figures (by place in the list) that are hidden
    whatever they count, since the same place is hidden in a period beside this one. None: all of them, for a period beside this
    one is shown; then the kabupaten's own are told by no total either. `all_or_nothing`: where not all can be protected nothing
    is shown, so that what it says of others then is of no use."""

    earlier: Sequence[Shown] = ()
    path: Sequence[str] = ()
    forced: Collection[int] | None = ()
    all_or_nothing: bool = False


NOTHING = Beside()


def release(kabupaten: str, figures: Sequence[Figure], thresholds: Thresholds, beside: Beside = NOTHING) -> Released:
    """`figures`: of one element and period, all regions of the kabupaten."""
    earlier, forced = beside.earlier, beside.forced
    alone = forced is None
    tables = linked(figures, thresholds, adds_up_over_time=True, earlier=earlier)
    inside = _Inside(kabupaten, figures, earlier, tables)
    kept = inside.relied_upon({kabupaten, *beside.path}) | {
        tables.cell[i] for i in (range(len(figures)) if forced is None else forced)
    }
    wide = dict(tables.primary)
    for f, n in zip(figures, tables.cell, strict=True) if alone else ():
        if f.region == kabupaten and not tables.table.cells[n].fixed:
            wide[n] = max(wide.get(n, 0), thresholds.of(f.sensitivity))
    chosen = hide(
        tables.table, tables.grid, wide, tables.past | kept, tables.hidden_before, all_or_nothing=beside.all_or_nothing
    )
    if chosen.unprotected and not earlier and not alone:
        chosen = hide_more(tables.table, tables.grid, wide, chosen)  # nothing around it is enough
    hidden = {*chosen.cells}
    tops = sorted(c for c, n in inside.now[kabupaten].items() if n in hidden) if kabupaten in inside.now else []
    way, room = inside.companion(tops, beside.path)
    for region in way:
        hidden.update(inside.now[region][c] for c in room if c in inside.now[region])
    open_cells = {c for c, _ in chosen.unprotected}
    current = set(tables.cell)
    # that there is nobody at all is hidden too, and no other kabupaten can stand in for it: a total waits
    none = [f.choices for f in figures if alone and f.region == kabupaten and f.value == 0]
    return Released(
        frozenset(i for i, n in enumerate(tables.cell) if alone or (n in hidden and not tables.table.cells[n].fixed)),
        frozenset(i for i, n in enumerate(tables.cell) if n in open_cells),
        len(open_cells - current),
        (*inside.needs(chosen), *(Need({(c, len(earlier)): 1}, _NEVER) for c in none)),
        room,
        way,
        len(earlier),
        frozenset(inside.now.get(kabupaten, ())),
    )


def enough(table: Table, proof: Proof) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """A proof that goes no further than the width asks: nobody need carry more. Higher, and lower."""
    cell, width = proof.wanted.cell, proof.wanted.width
    lower = _at_most(proof.lower, cell, width)
    down = -lower.get(cell, 0)
    return _at_most(proof.higher, cell, width - min(down, table.cells[cell].value)), lower


def _at_most(other: Mapping[int, int], cell: int, far: int) -> Mapping[int, int]:
    """The same way from the figures, no further than makes the cell otherwise by `far`."""
    if not other.get(cell) or far <= 0:
        return {}
    whole = gcd(*other.values())
    times = min(whole, -(-far * whole // abs(other[cell])))
    return {c: n // whole * times for c, n in other.items()}


class _Inside:
    """The cells of one kabupaten by region and choices, those of earlier versions too."""

    def __init__(
        self, kabupaten: str, figures: Sequence[Figure], earlier: Sequence[Shown], tables: LinkedFigures
    ) -> None:
        self._kabupaten = kabupaten
        self._table: Table = tables.table
        self._earlier = earlier
        self._tables = tables
        self._versions: list[dict[str, dict[Rincian, int]]] = []
        self._choices: dict[int, Rincian] = {}
        every = [*zip((s.figures for s in earlier), tables.cells_then, strict=True), (figures, tables.cell)]
        for shown, cells in every:
            by_region: dict[str, dict[Rincian, int]] = defaultdict(dict)
            for f, n in zip(shown, cells, strict=True):
                by_region[f.region][f.choices] = n
                self._choices[n] = f.choices
            self._versions.append(dict(by_region))
        self.now = self._versions[-1]

    def relied_upon(self, regions: Collection[str]) -> set[int]:
        """Cells of now in those regions that were hidden in an earlier version: they are not opened again."""
        then = {
            cells[i] for s, cells in zip(self._earlier, self._tables.cells_then, strict=True) for i in s.hidden
        }  # fmt: skip
        return {n for r in regions for n in self.now.get(r, {}).values()} & then

    def needs(self, chosen: Hidden) -> Iterable[Need]:
        """Each vector once, as often as it is needed at most."""
        tops: dict[int, list[Top]] = defaultdict(list)
        for number, version in enumerate(self._versions):
            for choices, n in version.get(self._kabupaten, {}).items():
                tops[n].append((choices, number))
        most: dict[frozenset[tuple[Top, int]], int] = {}
        for proof in chosen.proofs.values():
            if tops.keys().isdisjoint(proof.higher) and tops.keys().isdisjoint(proof.lower):
                continue
            for other in enough(self._table, proof):
                moved = {c: n for c, n in other.items() if n and c in tops}
                if moved:
                    times = gcd(*moved.values())
                    vector = frozenset((top, n // times) for c, n in moved.items() for top in tops[c])
                    most[vector] = max(times, most.get(vector, 0))
        for vector in sorted(most, key=sorted):
            yield Need(dict(sorted(vector)), most[vector])

    def companion(
        self, tops: Sequence[Rincian], before: Sequence[str]
    ) -> tuple[tuple[str, ...], Mapping[Rincian, Room]]:
        """The way down with the most room for most of those choices."""
        if not tops:
            return (), {}
        paths = [tuple(before)] if before and all(r in self.now for r in before) else self._paths()
        found = [(p, self._rooms(tops, p)) for p in paths]
        return max(found, key=lambda f: (len(f[1]), min((r.down for r in f[1].values()), default=0)))

    def _paths(self) -> list[tuple[str, ...]]:
        tree = self._tables.grid.trees[0]
        done: list[tuple[str, ...]] = []
        begun: list[tuple[str, ...]] = [(self._kabupaten,)]
        while begun:
            path = begun.pop()
            parts = tree.parts.get(path[-1], ())
            begun += [(*path, p) for p in parts]
            if not parts:
                done.append(path[1:])
        return sorted(done)

    def _rooms(self, tops: Sequence[Rincian], path: Sequence[str]) -> dict[Rincian, Room]:
        found = ((c, self._room(c, (self._kabupaten, *path))) for c in tops)
        return {c: room for c, room in found if room is not None}

    def _room(self, choices: Rincian, regions: Sequence[str]) -> Room | None:
        """Of one choice: with the figures of now alone, else with those of all versions at once."""
        for versions in (self._versions[-1:], self._versions):
            moved = {v[r][choices] for v in versions for r in regions if choices in v.get(r, {})}
            cells = [self._table.cells[n] for n in moved]
            if any(c.fixed for c in cells) or not self._holds(moved):
                continue
            along = frozenset(
                i for i, v in enumerate(self._versions) if v.get(self._kabupaten, {}).get(choices) in moved
            )
            # one at least, though a revision may have made it nought: later it is known that it did not
            return Room(min(c.value - max(c.lowest, min(c.value, 1)) for c in cells), along)
        return None

    def _holds(self, moved: Collection[int]) -> bool:
        """Whether all sums of regions hold when those cells are one more. Sums of choices are the province's to look at."""
        for i in {i for n in moved for i, _ in self._table.around[n]}:
            r = self._table.relations[i]
            of_regions = self._choices[r.total] == self._choices[r.parts[0]]
            if of_regions and (r.total in moved) != sum(p in moved for p in r.parts):
                return False
        return True
