"""Cells of a sheet, few bytes each: a sheet may have millions that are fractions."""

from collections.abc import Iterable, Iterator, Set

Spot = tuple[int, int]
"""A cell: its row, numbered from 1 as spreadsheets do, and its column, counted from 0."""


class Spots(Set[Spot]):
    """A set of cells that only grows."""

    __slots__ = ("_rows",)

    def __init__(self, spots: Iterable[Spot] = ()) -> None:
        self._rows: dict[int, int] = {}  # row → a bit for each column
        for row, column in spots:
            self.add(row, column)

    def add(self, row: int, column: int) -> None:
        self._rows[row] = self._rows.get(row, 0) | 1 << column

    def columns(self, row: int) -> list[int]:
        """Those of a row, in order."""
        bits, found = self._rows.get(row, 0), []
        while bits:
            lowest = bits & -bits
            found.append(lowest.bit_length() - 1)
            bits ^= lowest
        return found

    def __contains__(self, spot: object) -> bool:
        if not isinstance(spot, tuple) or len(spot) != 2:
            return False
        row, column = spot
        return isinstance(column, int) and column >= 0 and bool(self._rows.get(row, 0) >> column & 1)

    def __iter__(self) -> Iterator[Spot]:
        return ((row, column) for row in self._rows for column in self.columns(row))

    def __len__(self) -> int:
        return sum(bits.bit_count() for bits in self._rows.values())

    def __repr__(self) -> str:
        return f"Spots({sorted(self)})"
