"""The figures of an element as a table of linked cells: all its regions, breakdowns and periods together.

Relations are taken from the figures themselves: a figure is bound by what it is the sum of. A part without data is no part.
Stocks and people counted once are for a longer period what they were in the part that counts: there one cell stands for both.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.katalog.formula import Rincian
from hub.rilis.grid import Grid, Place, Tree
from hub.rilis.primary import Thresholds, is_closed, nought_is_open, width
from hub.rilis.table import Cell, Relation, Table


@dataclass(frozen=True, slots=True)
class Figure:
    """`sensitivity`: of the element told by these choices (`hub_peka`)."""

    region: str
    choices: Rincian
    periode: str
    value: int
    sensitivity: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An earlier version: its figures, and which of them (by their place in the list) were hidden in it."""

    figures: Sequence[Figure]
    hidden: Collection[int]


@dataclass(frozen=True, slots=True)
class LinkedFigures:
    """`cell`: of each figure, in the order given; several may share one. `primary`: cell → how wide it must stay, those of earlier
    versions too. `past`: hidden cells of earlier versions that count otherwise now. `hidden_before`: cells of now that stood for
    a hidden figure in the version before. `cells_then`: as `cell`, of each earlier version."""

    table: Table
    grid: Grid
    cell: tuple[int, ...]
    primary: Mapping[int, int]
    past: frozenset[int]
    hidden_before: frozenset[int]
    cells_then: tuple[tuple[int, ...], ...]


def linked(
    figures: Sequence[Figure], thresholds: Thresholds, *, adds_up_over_time: bool, earlier: Sequence[Shown] = ()
) -> LinkedFigures:
    """`figures`: of one element, each place once. `adds_up_over_time`: a longer period is the sum of its parts. `earlier`: every
    version that was ever shown, oldest first; somebody may have kept it."""
    names = sorted({n for f in (*figures, *(f for s in earlier for f in s.figures)) for n, _ in f.choices})
    cells = _Cells(names, adds_up_over_time)
    then: list[tuple[int, ...]] = []
    for shown in earlier:
        version = cells.add(shown.figures, thresholds, shown.hidden)
        then.append(tuple(version.number[i] for i in range(len(shown.figures))))
    hidden_then = {place: n for place, n in cells.latest.items() if n in cells.hidden}
    now = cells.add(figures, thresholds)
    current = set(now.number.values())
    was_hidden = frozenset(n for place, n in now.at.items() if place in hidden_then)
    # none at all is shown where a count was hidden, too: so what stays hidden there is one at least
    made = [
        replace(c, fixed=n in cells.shown) if c.fixed != (n in cells.shown) else c for n, c in enumerate(cells.made)
    ]
    table = Table(made, (Relation(total, parts) for total, parts in cells.relations))
    grid = Grid(now.trees, now.at, {n: place for place, n in now.at.items()})
    return LinkedFigures(
        table, grid, tuple(now.number[i] for i in range(len(figures))), cells.primary,
        frozenset(cells.hidden - current), was_hidden, tuple(then),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Version:
    """`at`: place → cell, of figures that are no other's; `number`: figure → cell."""

    trees: Sequence[Tree]
    at: Mapping[Place, int]
    number: Mapping[int, int]


class _Cells:
    """Cells of several versions. What counts the same as in the version before is the same cell."""

    def __init__(self, names: Sequence[str], adds_up_over_time: bool) -> None:
        self._names = names
        self._adds_up = adds_up_over_time
        self.made: list[Cell] = []
        self._made_of: list[tuple[int, ...]] = []
        self._alike: dict[tuple[int, int, int, bool, str], Cell] = {}
        self.relations: dict[tuple[int, tuple[int, ...]], None] = {}
        self.primary: dict[int, int] = {}
        self.latest: dict[Place, int] = {}
        self.hidden: set[int] = set()  # in some earlier version
        self.shown: set[int] = set()  # open in some earlier version, or always

    def add(self, figures: Sequence[Figure], thresholds: Thresholds, hidden: Collection[int] | None = None) -> _Version:
        """`hidden`: of an earlier version; None: this one is not shown yet."""
        places = _places(figures, self._names)
        at = dict(zip(places, range(len(figures)), strict=True))
        same = {} if self._adds_up else _same_in_a_part(at, figures)
        trees = [_regions(figures), *(_choices(figures, n) for n in self._names), _periods(figures)]
        parts = _parts(places, trees, at)
        number: dict[int, int] = {}
        length = {p: int(Periode.read(p).kind) for p in {f.periode for f in figures}}
        for i in sorted((i for i in at.values() if i not in same), key=lambda i: _finest_first(figures[i], length)):
            # nearly all of them have no parts
            made_of = tuple([number[p] for _, several in parts[i] for p in several if p in number]) if parts[i] else ()
            number[i] = self._cell(places[i], figures[i], made_of)
        number |= {i: number[first] for i, first in same.items()}
        for i, n in number.items():
            self.latest[places[i]] = n
            if hidden is not None:
                (self.hidden if i in hidden else self.shown).add(n)
        kept = {place: number[i] for place, i in at.items() if i not in same}
        over_time = len(trees) - 1
        for i in at.values():
            for tree, several in parts[i] if i not in same else ():
                cells = tuple(number[p] for p in several if p not in same)
                if (tree < over_time or self._adds_up) and self._is_sum(number[i], cells):
                    self.relations[number[i], cells] = None
        for n, k in _primary(figures, places, at, number, trees[0], thresholds).items():
            self.primary[n] = max(k, self.primary.get(n, 0))
        return _Version(trees, kept, number)

    def _is_sum(self, total: int, parts: Sequence[int]) -> bool:
        return bool(parts) and sum(self.made[p].value for p in parts) == self.made[total].value

    def _cell(self, place: Place, figure: Figure, made_of: tuple[int, ...]) -> int:
        before = self.latest.get(place)
        # the same sum of other parts is another cell: nobody knows that it is the same before it is shown again
        if before is not None and self.made[before].value == figure.value and self._made_of[before] == made_of:
            return before
        level = len(figure.region)
        kind = figure.value, figure.sensitivity, level, not figure.choices, figure.region[:5]
        made = self._alike.get(kind)
        if made is None:
            made = self._alike[kind] = _cell(figure)
        self.made.append(made)
        self._made_of.append(made_of)
        if made.fixed:
            self.shown.add(len(self.made) - 1)
        return len(self.made) - 1


def _finest_first(figure: Figure, length: Mapping[str, int]) -> tuple[int, int, int]:
    """`length`: of each period, in months."""
    return -len(figure.region), -len(figure.choices), length[figure.periode]


def _parts(
    places: Iterable[Place], trees: Sequence[Tree], at: Mapping[Place, int]
) -> list[list[tuple[int, list[int]]]]:
    """What is there of the parts of each place in a tree, everything else the same: of each tree in which it has any (by its number)."""
    found: list[list[tuple[int, list[int]]]] = []
    parts_in = [(i, tree.parts) for i, tree in enumerate(trees) if tree.parts]
    for place in places:
        of_place: list[tuple[int, list[int]]] = []
        for i, parts in parts_in:
            nodes = parts.get(place[i])
            if nodes:
                before, after = place[:i], place[i + 1 :]
                of_place.append((i, [p for n in nodes if (p := at.get((*before, n, *after))) is not None]))
        found.append(of_place)
    return found


def _places(figures: Iterable[Figure], names: Sequence[str]) -> list[Place]:
    """`names`: of the breakdowns, which are looked up once for each choice of them."""
    of_choices: dict[tuple[Rincian, str], Place] = {}
    places: list[Place] = []
    for f in figures:
        found = of_choices.get((f.choices, f.periode))
        if found is None:
            chosen = dict(f.choices)
            found = of_choices[f.choices, f.periode] = (*(chosen.get(n, "") for n in names), f.periode)
        places.append((f.region, *found))
    return places


# An own figure of a kabupaten that a proof moves makes totals of its province wait (hub/rilis/province.py): eight times as dear, proofs
# stay inside (20 kabupaten, sex × age: 18 totals of 18 open instead of 9, as many cells hidden).
_LEVEL_WEIGHT = {Level.PROVINSI: 4, Level.KABUPATEN: 24, Level.KECAMATAN: 2, Level.DESA: 1}


def _cell(figure: Figure) -> Cell:
    level = kode_wilayah.level_of(figure.region)
    open_nought = nought_is_open(figure.sensitivity, level)
    return Cell(
        figure.value,
        lowest=1 if open_nought and figure.value > 0 else 0,
        # hiding a place costs less than hiding its kabupaten, a choice less than the total, a small count less than a large one
        weight=(1 + figure.value.bit_length()) * _LEVEL_WEIGHT[level] * (1 if figure.choices else 3),
        fixed=figure.sensitivity == 0 or (figure.value == 0 and open_nought),
        owner=figure.region[:5] if level > Level.PROVINSI else "",
    )


def _same_in_a_part(at: Mapping[Place, int], figures: Sequence[Figure]) -> dict[int, int]:
    """Figures that are those of a part of their period: the newest part that says the same, down to the finest."""
    same: dict[int, int] = {}
    periods = {f.periode for f in figures}
    newest_first = {p: [q for part in reversed(Periode.read(p).parts) if (q := str(part)) in periods] for p in periods}
    for place, i in at.items():
        found = i
        while True:
            parts = newest_first[figures[found].periode]
            finer = [at[(*place[:-1], p)] for p in parts if (*place[:-1], p) in at]
            equal = next((j for j in finer if figures[j].value == figures[i].value), None)
            if equal is None:
                break
            found = equal
        if found != i:
            same[i] = found
    return same


def _regions(figures: Iterable[Figure]) -> Tree:
    codes = {f.region for f in figures}
    parent = {c: p for c in codes if (p := kode_wilayah.parent_of(c)) is not None and p in codes}
    return _tree(parent)


def _choices(figures: Iterable[Figure], name: str) -> Tree:
    return _tree(dict.fromkeys({c for f in figures for n, c in f.choices if n == name}, ""))


def _periods(figures: Iterable[Figure]) -> Tree:
    periods = {f.periode for f in figures}
    parent: dict[str, str] = {}
    for p in periods:
        above = next((str(a) for a in Periode.read(p).ancestors if str(a) in periods), None)
        if above is not None:
            parent[p] = above
    return _tree(parent)


def _tree(parent: Mapping[str, str]) -> Tree:
    parts: dict[str, list[str]] = defaultdict(list)
    for node in sorted(parent):
        parts[parent[node]].append(node)
    return Tree(parent, parts)


def _primary(
    figures: Sequence[Figure],
    places: Sequence[Place],
    at: Mapping[Place, int],
    number: Mapping[int, int],
    regions: Tree,
    thresholds: Thresholds,
) -> dict[int, int]:
    primary: dict[int, int] = {}
    with_data = Counter((regions.parent.get(place[0]), *place[1:]) for place in at)
    levels = {region: kode_wilayah.level_of(region) for region in {f.region for f in figures}}
    closed = {(n, level): is_closed(n, level) for n in {f.sensitivity for f in figures} for level in {*levels.values()}}
    for i, f in enumerate(figures):
        level = levels[f.region]
        if closed[f.sensitivity, level] and _is_whole_of_region(places[i], with_data, regions):
            continue
        needed = width(f.sensitivity, level, f.value, thresholds)
        if needed is None and _is_whole_choice(f, places[i], at, figures):
            needed = width(f.sensitivity, level, f.value, thresholds, whole_choice=True)
        if needed is not None:
            primary[number[i]] = max(needed, primary.get(number[i], 0))
    return primary


def _is_whole_choice(figure: Figure, place: Place, at: Mapping[Place, int], figures: Sequence[Figure]) -> bool:
    """Whether all of one of its totals are of this choice."""
    for i in range(1, len(place) - 1):
        total = at.get((*place[:i], "", *place[i + 1 :])) if place[i] else None
        if total is not None and figures[total].value == figure.value:
            return True
    return False


def _is_whole_of_region(place: Place, with_data: Mapping[tuple[str | None, ...], int], regions: Tree) -> bool:
    """Whether its region is the only one with data of the region above: then the figure above tells it anyway, and is judged.
    `with_data`: how many parts of a region have data, everything else the same."""
    above = regions.parent.get(place[0])
    return above is not None and with_data[above, *place[1:]] == 1
