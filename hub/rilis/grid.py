"""Where the cells of a table stand: regions × breakdowns × periods, each a tree. From it, moves by their shape.

Nearly every move that protects a cell at little loss is a block: in each tree the cell's place is played off against a
neighbour (more here, less there) or taken along to the top, and the move is the product of that. There are few such
blocks, so all are tried; hub/rilis/moves.py proves each, and looks further where none is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Generic, TypeVar

Place = tuple[str, ...]  # a node per tree
T = TypeVar("T")

_MOST_NEIGHBOURS = 8  # of one place in one tree: the likeliest are tried first
_MOST_COUSINS = 3  # of each place above it
NEVER = 1 << 50
"""The rank of a place that no move can lead through."""


@dataclass(frozen=True, slots=True)
class Tree:
    """`parent`: node → the node it is a part of; the top is not in it. `parts`: node → its parts."""

    parent: Mapping[str, str]
    parts: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of one tree's nodes, everything else the same. `rank`: of a cell, the likeliest to lead through lowest; NEVER: none."""

    tree: Tree
    cell_at: Callable[[str], int | None]
    rank: Callable[[int], int]
    _orders: dict[str, Sequence[str]] = field(default_factory=dict)

    def ways(self, node: str) -> Iterator[Mapping[str, int]]:
        """Signs of nodes with which every sum of this tree still holds and `node` is one more; made one by one."""
        upward: dict[str, int] = dict.fromkeys(self._down(node), 1)
        at, most = node, _MOST_NEIGHBOURS
        while True:
            above = self.tree.parent.get(at)
            total = None if above is None else self.cell_at(above)
            if total is None:
                yield upward  # nobody adds up any further
            if above is None:
                return
            for n in [n for n in self._likeliest(above)[: most + 1] if n != at][:most]:
                yield {**upward, **dict.fromkeys(self._down(n), -1)}
            if total is None or self.rank(total) >= NEVER:
                return
            upward = {**upward, above: 1}
            at, most = above, _MOST_COUSINS

    def _down(self, node: str) -> list[str]:
        """A node and one part of each, down to the bottom."""
        path = [node]
        while parts := self._likeliest(path[-1]):
            path.append(parts[0])
        return path

    def _likeliest(self, above: str) -> Sequence[str]:
        """The parts of a node that a move can lead through, the likeliest first."""
        found = self._orders.get(above)
        if found is None:
            cells = ((n, self.cell_at(n)) for n in self.tree.parts.get(above, ()))
            ranked = sorted((r, n) for n, c in cells if c is not None and (r := self.rank(c)) < NEVER)
            found = self._orders[above] = [n for _, n in ranked]
        return found


Column = Mapping[str, int]
"""Cells of one choice of each breakdown and one period: region → cell."""


class Grid:
    """`at`: place → cell; `place`: cell → place; `columns`: place in all trees but the first → its cells. Regions, of which there are the most, are the first tree: places that differ only in
    it are looked up by it alone."""

    def __init__(self, trees: Sequence[Tree], at: Mapping[Place, int], place: Mapping[int, Place]) -> None:
        self.trees = trees
        self.at = at
        self.place = place
        self.columns: dict[Place, dict[str, int]] = {}
        for (first, *others), cell in at.items():
            self.columns.setdefault(tuple(others), {})[first] = cell

    def line(self, tree: int, place: Place, rank: Callable[[int], int]) -> _Line:
        """Places that differ from this one in that tree alone."""
        before, after = place[:tree], place[tree + 1 :]
        if not tree:
            return _Line(self.trees[0], self.columns[after].get, rank)
        return _Line(self.trees[tree], lambda node: self.at.get((*before, node, *after)), rank)

    def columns_of(self, ways: Sequence[Mapping[str, int]]) -> list[tuple[Column, int]]:
        """The columns that one way in each tree but the first leads through, with their signs."""
        return [
            (column, prod(way[n] for way, n in zip(ways, nodes, strict=True)))
            for nodes in product(*ways)
            if (column := self.columns.get(nodes)) is not None
        ]


class Partners:
    """Blocks through cells of which some are likelier partners than others (`rank`: lowest; NEVER: no partner). The order of what
    stands beside each other is remembered until it is told otherwise."""

    def __init__(
        self, grid: Grid, rank: Callable[[int], int], is_none: Callable[[int], bool] = lambda _: False
    ) -> None:
        """`is_none`: whether a cell has the rank NEVER, for who can tell sooner than by its rank."""
        self._grid = grid
        self.rank = rank
        self.is_none = is_none
        self._lines: dict[tuple[int, Place], _Line] = {}

    def ranked_anew(self, cell: int) -> None:
        """The rank of that cell is another one now."""
        place = self._grid.place.get(cell, ())
        for i in range(len(place)):
            self._lines.pop((i, place[:i] + place[i + 1 :]), None)

    def blocks(
        self, cell: int, loss: Callable[[int], int], cheaper_than: Callable[[], int]
    ) -> Iterator[tuple[int, dict[int, int]]]:
        """Moves of the shape of a block that make `cell` one more: what they cost, and cell → sign. `loss`: what hiding a cell
        costs. Only those that cost less than `cheaper_than` says by then."""
        place = self._grid.place.get(cell)
        if place is None:
            return  # of an earlier version
        first, own = place[0], [(self._grid.columns[place[1:]], 1)]

        # what goes through the place itself is part of each block on that way, or over those columns
        beside = [_Kept(self._ways(i, place)) for i in range(1, len(place))]
        over = (self._grid.columns_of(ways) for ways in _one_of_each(beside))
        through = {first: 1}
        across = _Kept(columns for columns in over if _block(through, columns, loss, cheaper_than()))
        for way in self._ways(0, place):
            for columns in across if _block(way, own, loss, cheaper_than()) else ():
                block = _block(way, columns, loss, cheaper_than())
                if block is not None:
                    yield block

    def _ways(self, tree: int, place: Place) -> Iterator[Mapping[str, int]]:
        key = tree, place[:tree] + place[tree + 1 :]
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._grid.line(tree, place, self.rank)
        return line.ways(place[tree])


class _Kept(Generic[T]):
    """What an iterator yields, asked for only once and only as far as anybody goes."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source = source
        self._so_far: list[T] = []

    def __iter__(self) -> Iterator[T]:
        yield from self._so_far
        for item in self._source:
            self._so_far.append(item)
            yield item


def _one_of_each(several: Sequence[_Kept[T]]) -> Iterator[tuple[T, ...]]:
    """As itertools.product, which would go through all of them first."""
    if not several:
        yield ()
        return
    for item in several[0]:
        for others in _one_of_each(several[1:]):
            yield (item, *others)


def _block(
    way: Mapping[str, int], columns: Sequence[tuple[Column, int]], loss: Callable[[int], int], cheaper_than: int
) -> tuple[int, dict[int, int]] | None:
    """What the cells there cost to hide, and cell → sign; None: it is too dear."""
    cost = 0
    signs: dict[int, int] = {}
    for node, one in way.items():
        for column, other in columns:
            found = column.get(node)
            if found is not None:
                cost += loss(found)
                if cost >= cheaper_than:
                    return None
                signs[found] = one * other
    return (cost, signs) if cost < cheaper_than else None
