"""Proofs by pairs: one region has one more in some columns and less in others, a neighbour the other way round.

Nearly all small counts of a large office are protected like that by what is hidden anyway. Of a region only how far it can go
along either way matters, so that its partner is found without making a move for each that might be one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from hub.rilis.grid import Column, Grid, Partners, Tree
from hub.rilis.moves import ENDLESS, Move, Proof, Wanted, alone, holds
from hub.rilis.table import Table

_MOST_WAYS = 3  # sets of columns that are tried for one column: those over the fewest first

_Columns = Sequence[tuple[Column, int]]
"""Columns that go along, each with its sign."""


class _End(NamedTuple):
    """A region: its cells in those columns with their signs, and how often they can go along `forwards`, and the other way."""

    cells: Mapping[int, int]
    forwards: int
    backwards: int


def proved_by_pairs(table: Table, grid: Grid, wanted: Mapping[int, int], hidden: Collection[int]) -> dict[int, Proof]:
    """Cell → its proof, of those of `wanted` (cell → width) of which there is one. All cells that proofs use are in `hidden`."""
    found: dict[int, Proof] = {}
    regions = grid.trees[0]
    unknown = {c for c in hidden if not table.cells[c].fixed}
    neighbours = [[p for p in parts if p not in regions.parts] for parts in regions.parts.values()]
    for columns in _sets_of_columns(table, grid):
        for parts in neighbours:
            cells = (column.get(region) for column, _ in columns for region in parts)
            if all(c not in wanted or c in found for c in cells):
                continue
            for move in _pairs(table, _ends(table, columns, parts, unknown), wanted, found):
                if holds(table, move.signs):
                    left = (Wanted(c, wanted[c]) for c in move.signs if c in wanted and c not in found)
                    found |= {p.wanted.cell: p for p in alone(table, move, left)}
    return found


def _sets_of_columns(table: Table, grid: Grid) -> list[_Columns]:
    """Columns that can go along with each other in one region, each set once; the smallest sets first."""
    places = list(grid.columns)
    columns = [grid.columns[p] for p in places]
    room = [sum(table.spare[c] for c in column.values()) for column in columns]
    at = {("", *p): n for n, p in enumerate(places)}
    beside = Partners(Grid([Tree({}, {}), *grid.trees[1:]], at, {n: p for p, n in at.items()}), lambda n: -room[n])
    sets: dict[frozenset[int], _Columns] = {}
    for n in range(len(columns)):
        for _, signs in islice(beside.blocks(n, lambda _: 0, lambda: 1), _MOST_WAYS):
            sets.setdefault(frozenset(signs), [(columns[m], sign) for m, sign in signs.items()])
    return sorted(sets.values(), key=len)


def _ends(table: Table, columns: _Columns, regions: Sequence[str], unknown: Collection[int]) -> list[_End]:
    """Regions of which all cells in those columns are unknown, the roomiest first."""
    ends: list[_End] = []
    for region in regions:
        cells: dict[int, int] = {}
        forwards = backwards = ENDLESS
        for column, sign in columns:
            c = column.get(region, -1)
            if c not in unknown:
                break
            cells[c] = sign
            if sign < 0:
                forwards = min(forwards, table.spare[c])
            else:
                backwards = min(backwards, table.spare[c])
        else:
            ends.append(_End(cells, forwards, backwards))
    return sorted(ends, key=lambda e: -min(e.forwards, e.backwards))


def _pairs(table: Table, ends: list[_End], wanted: Mapping[int, int], found: Collection[int]) -> Iterator[Move]:
    """Moves that show cells wide enough that are not in `found` by then."""
    for one in reversed([*ends]):
        for cell, sign in one.cells.items():
            if cell not in wanted or cell in found:
                continue
            width, value = wanted[cell], table.cells[cell].value
            for other in ends:
                up, down = min(one.forwards, other.backwards), min(one.backwards, other.forwards)
                if other is not one and up + down >= width and value + (up if sign > 0 else down) >= width:
                    # those that were nobody's partner yet come first: a pair proves cells of both
                    ends.remove(other)
                    ends.append(other)
                    yield Move({**one.cells, **{c: -s for c, s in other.cells.items()}}, up, down)
                    break
