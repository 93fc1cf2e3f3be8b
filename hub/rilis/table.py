"""The figures of one release as one table of linked cells: what each counts, and which of them add up to which.

Everything that is released or hidden together is one table: all levels, every breakdown, months beside their quarters, and what
earlier versions said. Nothing here knows of regions or elements: cells are numbered, and what is asked of them is arithmetic.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """`value`: what it counts, a whole number. `lowest`: what everybody knows it to be at least, hidden as it may be: nought is
    shown, so a hidden count of people is 1 at least, where it is not hidden whatever it counts. `weight`: the loss when it is
    hidden. `fixed`: it stands open in a version released before, so hiding it hides nothing. `owner`: the kabupaten that knows
    it; empty: nobody below the province does."""

    value: int
    lowest: int = 0
    weight: int = 1
    fixed: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """The cell `total` is the sum of the cells `parts`."""

    total: int
    parts: tuple[int, ...]


class Table:
    """Cells, the relations between them, and `around` each cell the relations it stands in: by how much the total of each becomes more
    than its parts when the cell is one more. `spare`: by how much a cell can be less; `sizes`: how many parts a relation has."""

    def __init__(self, cells: Sequence[Cell], relations: Iterable[Relation]) -> None:
        """Raises ValueError where a relation does not hold of the values: it would be no relation but a mistake."""
        self._bind(cells, relations)
        for i, r in enumerate(self.relations):
            if self.cells[r.total].value != sum(self.cells[p].value for p in r.parts):
                raise ValueError(f"relation {i} does not hold: cell {r.total} is not the sum of {r.parts}")

    def _bind(self, cells: Iterable[Cell], relations: Iterable[Relation]) -> None:
        self.cells = tuple(cells)
        self.relations = tuple(relations)
        self.sizes = tuple(len(r.parts) for r in self.relations)
        self.spare = tuple(c.value - c.lowest for c in self.cells)
        self.around: list[list[tuple[int, int]]] = [[] for _ in self.cells]
        for i, r in enumerate(self.relations):
            self.around[r.total].append((i, 1))
        for i, r in enumerate(self.relations):
            as_part = (i, -1)
            for p in r.parts:
                self.around[p].append(as_part)
