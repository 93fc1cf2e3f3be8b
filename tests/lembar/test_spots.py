"""Sets of cells that take few bytes."""

import sys
from collections.abc import Set

from hub.lembar.spots import Spot, Spots


def test_they_are_sets_of_row_and_column() -> None:
    cells: Set[Spot] = {(1, 0), (1, 16_383), (200_000, 3)}
    spots: Set[Spot] = Spots(cells)
    assert spots == cells == set(spots)
    frozen: Set[Spot] = frozenset(cells)
    assert frozen == spots
    assert len(spots) == 3
    assert (1, 1) not in spots
    assert (2, 0) not in spots
    assert (1, -1) not in spots
    assert Spots(cells).columns(1) == [0, 16_383]
    assert spots - {(1, 0)} == Spots([(1, 16_383), (200_000, 3)])


def test_a_million_of_them_are_small() -> None:
    spots = Spots((row, column) for row in range(1, 10_001) for column in range(100))
    assert len(spots) == 1_000_000
    assert sys.getsizeof(spots._rows) + sum(map(sys.getsizeof, spots._rows.values())) < 2_000_000
