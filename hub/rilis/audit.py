"""What an attacker can say of hidden cells: the smallest and the largest whole number each can be.

It trusts nothing that chose them: it has the open figures, the relations, what a hidden cell is at least, and the figures an
office knows as its own. Connected hidden cells are looked at together and apart from all others. Each bound is a linear or
mixed-integer program solved by HiGHS.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy

from hub.rilis.table import Relation, Table

_SECONDS = 20.0  # for one bound; a bound that takes longer counts as none


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest and largest whole number a hidden cell can be. `largest` None: no end to it. `proved`: the solver came to its
    end; otherwise the cell counts as narrow."""

    smallest: int
    largest: int | None
    proved: bool = True

    def wide(self, width: int) -> bool:
        if not self.proved:
            return False
        return self.largest is None or (self.largest - self.smallest >= width and self.largest >= width)


def bounds(table: Table, hidden: Collection[int], asked: Iterable[int], known_to: str = "") -> dict[int, Bounds]:
    """Of each asked cell. `known_to`: an office that knows its own cells, which are then open to it."""
    unknown = {c for c in hidden if not table.cells[c].fixed and not (known_to and table.cells[c].owner == known_to)}
    result: dict[int, Bounds] = {}
    per_block: dict[int, list[int]] = defaultdict(list)
    blocks = _blocks(table, unknown)
    for c in asked:
        if c in unknown:
            per_block[blocks[c]].append(c)
        else:
            result[c] = Bounds(table.cells[c].value, table.cells[c].value)
    members: dict[int, list[int]] = defaultdict(list)
    for c in sorted(unknown):
        members[blocks[c]].append(c)
    for block, cells in per_block.items():
        result |= _bounds_of_block(table, members[block], cells)
    return result


def _blocks(table: Table, unknown: Collection[int]) -> dict[int, int]:
    """cell → the smallest cell of its block: unknown cells that relations connect."""
    block = {c: c for c in unknown}

    def first(c: int) -> int:
        while block[c] != c:
            block[c] = block[block[c]]
            c = block[c]
        return c

    for r in table.relations:
        linked = [first(c) for c in (r.total, *r.parts) if c in block]
        for c in linked[1:]:
            one, other = sorted((first(linked[0]), first(c)))
            block[other] = one
    return {c: first(c) for c in block}


def _bounds_of_block(table: Table, cells: Sequence[int], asked: Sequence[int]) -> dict[int, Bounds]:
    column = {c: i for i, c in enumerate(cells)}
    rows = {i for c in cells for i, _ in table.around[c]}
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", _SECONDS)
    solver.setOptionValue("random_seed", 0)
    for c in cells:
        solver.addVar(float(table.cells[c].lowest), highspy.kHighsInf)
    for i in sorted(rows):
        _add_row(solver, table, table.relations[i], column)
    for j in range(len(cells)):
        solver.changeColIntegrality(j, highspy.HighsVarType.kInteger)
    return {c: Bounds(*_both_ends(solver, column[c])) for c in asked}


def _add_row(solver: highspy.Highs, table: Table, relation: Relation, column: Mapping[int, int]) -> None:
    """Total less parts is nought; what is open stands on the other side."""
    known = 0
    factors: dict[int, float] = defaultdict(float)
    for c, factor in ((relation.total, 1), *((p, -1) for p in relation.parts)):
        if c in column:
            factors[column[c]] += factor
        else:
            known -= factor * table.cells[c].value
    solver.addRow(float(known), float(known), len(factors), list(factors), list(factors.values()))


def _both_ends(solver: highspy.Highs, column: int) -> tuple[int, int | None, bool]:
    solver.changeColCost(column, 1.0)
    try:
        # every cell has a lowest, so there is always a smallest; where there is none, what was said contradicts itself
        status = _solve(solver, highspy.ObjSense.kMinimize)
        if status != highspy.HighsModelStatus.kOptimal:
            return 0, 0, False
        smallest = round(solver.getInfo().objective_function_value)
        status = _solve(solver, highspy.ObjSense.kMaximize)
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return smallest, None, True
        if status != highspy.HighsModelStatus.kOptimal:
            return 0, 0, False
        return smallest, round(solver.getInfo().objective_function_value), True
    finally:
        solver.changeColCost(column, 0.0)


def _solve(solver: highspy.Highs, sense: highspy.ObjSense) -> highspy.HighsModelStatus:
    solver.changeObjectiveSense(sense)
    solver.run()
    return solver.getModelStatus()
