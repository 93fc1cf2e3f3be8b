"""Tables made for tests: regions in a tree, breakdowns crossed, counts as small as real ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from hub.rilis.grid import Grid, Tree
from hub.rilis.table import Cell, Relation, Table

Choices = tuple[str, ...]  # one per breakdown; "" where it is added up over


@dataclass(frozen=True, slots=True)
class MadeTable:
    """`numbers`: (region, choices) → cell. Regions are named like codes: "a", "a.1", "a.1.2"."""

    table: Table
    grid: Grid
    numbers: dict[tuple[str, Choices], int]

    def primary(self, k: int, level: int = 0) -> dict[int, int]:
        """Cells of 1 to k − 1, of regions at that level (dots in the code) or above."""
        return {
            n: k for (region, _), n in self.numbers.items()
            if 0 < self.table.cells[n].value < k and (level == 0 or region.count(".") <= level)
        }  # fmt: skip


def made(
    chance: random.Random, branches: Sequence[int], breakdowns: Sequence[int], largest: int = 12, lowest: int = 1
) -> MadeTable:
    """`branches`: how many parts a region has at most, level by level. `breakdowns`: how many choices each has; every combination
    of them is published, at every level."""
    regions = ["a"]
    below: dict[str, list[str]] = {}
    level = ["a"]
    for most in branches:
        for r in level:
            below[r] = [f"{r}.{i}" for i in range(chance.randint(1, most))]
        level = [c for r in level for c in below[r]]
        regions += level
    leaves = set(level)
    every: list[list[str]] = [["", *(f"{i}{j}" for j in range(n))] for i, n in enumerate(breakdowns)]
    whole = [c for c in product(*every) if all(c)] if breakdowns else [()]
    counts: dict[tuple[str, Choices], int] = {}
    for region in sorted(leaves):
        for c in whole:
            # most places have few or none, some have many
            counts[region, c] = chance.choice(
                (0, 0, chance.randint(0, 4), chance.randint(0, largest), chance.randint(0, largest * 8))
            )
    for region in reversed(regions):
        if region not in leaves:
            for c in whole:
                counts[region, c] = sum(counts[p, c] for p in below[region])
    values: dict[tuple[str, Choices], int] = {}
    for region in regions:
        for c in product(*every):
            values[region, c] = sum(
                counts[region, w] for w in whole if all(a in ("", b) for a, b in zip(c, w, strict=True))
            )
    numbers = {key: i for i, key in enumerate(values)}
    relations = []
    for (region, c), n in numbers.items():
        if region in below:
            relations.append(Relation(n, tuple(numbers[p, c] for p in below[region])))
        for i, choice in enumerate(c):
            if not choice:
                relations.append(Relation(n, tuple(numbers[region, (*c[:i], x, *c[i + 1 :])] for x in every[i][1:])))
    # nought is open, and what everybody sees cannot be moved
    cells = [
        Cell(v, lowest=lowest if v >= lowest else 0, weight=1 + v.bit_length() + 6 * (2 - min(2, region.count("."))), fixed=v == 0,
             owner=".".join(region.split(".")[:2]) if "." in region else "")
        for (region, _), v in values.items()
    ]  # fmt: skip
    trees = [Tree({p: r for r, parts in below.items() for p in parts}, below)]
    trees += [Tree(dict.fromkeys(e[1:], ""), {"": e[1:]}) for e in every]
    at = {(region, *c): n for (region, c), n in numbers.items()}
    return MadeTable(Table(cells, relations), Grid(trees, at, {n: p for p, n in at.items()}), numbers)
