"""Where the cells of a table stand: regions × breakdowns × periods, each a tree. From it, moves by their shape.

Nearly every move that protects a cell at little loss is a block: in each tree the cell's place is played off against a
neighbour (more here, less there) or taken along to the top, and the move is the product of that. There are few such
blocks, so all are tried; hub/rilis/moves.py proves each, and looks further where none is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

Place = tuple[str, ...]  # a node per tree

_MOST_NEIGHBOURS = 8  # of one place in one tree: the likeliest are tried first
_MOST_COUSINS = 3  # of each place above it
NEVER = 1 << 50
"""The rank of a place that no move can lead through."""


@dataclass(frozen=True, slots=True)
class Tree:
    """`parent`: node → the node it is a part of; the top is not in it. `parts`: node → its parts."""

    parent: Mapping[str, str]
    parts: Mapping[str, Sequence[str]]

    def ways(self, node: str, rank: Callable[[str], int]) -> Iterator[Mapping[str, int]]:
        """Signs of nodes with which every sum of this tree still holds and `node` is one more. `rank`: of neighbours,
        the likeliest lowest; NEVER: none."""
        down = self._down(node, rank)
        upward: dict[str, int] = dict.fromkeys(down, 1)
        at: str | None = node
        while at is not None:
            above = self.parent.get(at)
            if above is None:
                yield upward  # all the way to the top
                return
            neighbours = sorted((r, n) for n in self.parts[above] if n != at and (r := rank(n)) < NEVER)
            for _, n in neighbours[: _MOST_NEIGHBOURS if at == node else _MOST_COUSINS]:
                yield {**upward, **dict.fromkeys(self._down(n, rank), -1)}
            if rank(above) >= NEVER:
                return
            upward = {**upward, above: 1}
            at = above

    def _down(self, node: str, rank: Callable[[str], int]) -> list[str]:
        """A node and one part of each, down to the bottom."""
        path = [node]
        while parts := self.parts.get(path[-1]):
            path.append(min(parts, key=rank))
        return path


_Column = Mapping[str, int]
"""Cells of one choice of each breakdown and one period: region → cell."""


class Grid:
    """`at`: place → cell; `place`: cell → place. Regions, of which there are the most, are the first tree: places that differ only in
    it are looked up by it alone."""

    def __init__(self, trees: Sequence[Tree], at: Mapping[Place, int], place: Mapping[int, Place]) -> None:
        self.trees = trees
        self.at = at
        self.place = place
        self._columns: dict[Place, dict[str, int]] = {}
        for (first, *others), cell in at.items():
            self._columns.setdefault(tuple(others), {})[first] = cell

    def blocks(
        self, cell: int, loss: Callable[[int], int], rank: Callable[[int], int], cheaper_than: Callable[[], int]
    ) -> Iterator[tuple[int, dict[int, int]]]:
        """Moves of the shape of a block that make `cell` one more: what they cost, and cell → sign. `loss`: what hiding a cell
        costs; `rank`: the likeliest partners lowest. Only those that cost less than `cheaper_than` says by then."""
        place = self.place.get(cell)
        if place is None:
            return  # of an earlier version
        first, *others = place
        beside = [self._ways_of_others(place, i, rank) for i in range(1, len(place))]
        across = [self._columns_of(ways) for ways in product(*beside)]
        if not across:
            return
        # seldom more than the first few are asked for, so those of the regions are made one by one
        for way in self.trees[0].ways(first, _rank_in(self._columns[tuple(others)], rank)):
            for columns in across:
                signs: dict[int, int] = {}
                cost, most = 0, cheaper_than()
                for found, sign in _product(way, columns):
                    cost += loss(found)
                    if cost >= most:
                        break
                    signs[found] = sign
                else:
                    yield cost, signs

    def _ways_of_others(self, place: Place, tree: int, rank: Callable[[int], int]) -> list[Mapping[str, int]]:
        """Ways in a tree that is not the first; partners are ranked by the cell that stands there beside this one."""

        def of_node(node: str) -> int:
            found = self.at.get((*place[:tree], node, *place[tree + 1 :]))
            return NEVER if found is None else rank(found)

        return list(self.trees[tree].ways(place[tree], of_node))

    def _columns_of(self, ways: Sequence[Mapping[str, int]]) -> list[tuple[_Column, int]]:
        """The columns that one way in each of the other trees leads through, with their signs."""
        return [
            (column, prod(way[n] for way, n in zip(ways, nodes, strict=True)))
            for nodes in product(*ways)
            if (column := self._columns.get(nodes)) is not None
        ]


def _rank_in(column: _Column, rank: Callable[[int], int]) -> Callable[[str], int]:
    def of_node(node: str) -> int:
        found = column.get(node)
        return NEVER if found is None else rank(found)

    return of_node


def _product(way: Mapping[str, int], columns: Sequence[tuple[_Column, int]]) -> Iterator[tuple[int, int]]:
    """Cell and sign of each place that is there."""
    for node, one in way.items():
        for column, other in columns:
            found = column.get(node)
            if found is not None:
                yield found, one * other
