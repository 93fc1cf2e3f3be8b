"""Moves: how hidden cells may all be otherwise without any open figure being otherwise.

A move says of some hidden cells that each is one more or one less, so that every relation still holds. Whoever knows the open
figures and no more cannot tell the table from the one moved once, twice … until a cell would be less than it can be. A cell
that can be moved far enough is protected; the move is the proof, and it is checked by adding up.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from hub.rilis.grid import NEVER, Grid, Partners
from hub.rilis.table import Table

_MOST_IN_VAIN = 12  # blocks that do not balance, beside gaps, before a way round them is looked for
ENDLESS = 1 << 60
_UNLIKELY = 1 << 20


class Move(NamedTuple):
    """`signs`: cell → +1 or −1. `up`, `down`: how often it can be made, forwards and backwards."""

    signs: Mapping[int, int]
    up: int
    down: int


class Wanted(NamedTuple):
    """A cell, and how wide what can be said of it must be at least: largest less smallest, and the largest itself."""

    cell: int
    width: int


class Proof(NamedTuple):
    """Two other tables that look the same from outside: by how much each cell is more in the one where the wanted cell is
    largest, and in the one where it is smallest."""

    wanted: Wanted
    higher: Mapping[int, int]
    lower: Mapping[int, int]

    @property
    def cells(self) -> frozenset[int]:
        """Those that are otherwise in one of them; all must be hidden."""
        return frozenset((*self.higher, *self.lower))

    def is_one(self, table: Table) -> bool:
        """Whether it is true: by adding up."""
        value = table.cells[self.wanted.cell].value
        most, least = value + self.higher.get(self.wanted.cell, 0), value + self.lower.get(self.wanted.cell, 0)
        return (
            most - least >= self.wanted.width
            and most >= self.wanted.width
            and all(
                holds(table, other)
                and all(
                    table.cells[c].value + n >= table.cells[c].lowest and not table.cells[c].fixed
                    for c, n in other.items()
                )
                for other in (self.higher, self.lower)
            )
        )


def room(table: Table, signs: Mapping[int, int]) -> tuple[int, int]:
    """How often a move can be made forwards, and backwards: until a cell that becomes less is at its lowest."""
    # a move without a cell that becomes less goes on for ever: no table of sums that is shown at its top has one
    up = down = ENDLESS
    for cell, sign in signs.items():
        spare = table.spare[cell]
        if sign < 0:
            up = min(up, spare)
        else:
            down = min(down, spare)
    return up, down


def holds(table: Table, signs: Mapping[int, int]) -> bool:
    """Whether every relation still holds when these cells are that much more."""
    off: dict[int, int] = {}
    around = table.around
    for cell, more in signs.items():
        for i, n in around[cell]:
            off[i] = off.get(i, 0) + n * more
    return not any(off.values())


def seen_from(move: Move, cell: int) -> Move:
    """The same move, told so that this cell of it is one more."""
    if move.signs[cell] > 0:
        return move
    return Move({c: -s for c, s in move.signs.items()}, move.down, move.up)


def protects(table: Table, wanted: Wanted, move: Move) -> bool:
    """Whether that move alone shows that the cell is wide enough."""
    up, down = (move.up, move.down) if move.signs[wanted.cell] > 0 else (move.down, move.up)
    return up + down >= wanted.width and table.cells[wanted.cell].value + up >= wanted.width


def alone(table: Table, move: Move, cells: Iterable[Wanted]) -> list[Proof]:
    """Proofs of those cells of a move that it shows wide enough by itself; most of what one cell is proved by proves its neighbours."""
    wide = [w for w in cells if protects(table, w, move)]
    if not wide:
        return []
    forwards = {c: s * move.up for c, s in move.signs.items()} if move.up else {}
    backwards = {c: -s * move.down for c, s in move.signs.items()} if move.down else {}
    return [Proof(w, *((forwards, backwards) if move.signs[w.cell] > 0 else (backwards, forwards))) for w in wide]


def together(table: Table, wanted: Wanted, moves: Iterable[Move]) -> Proof | None:
    """What several moves show of a cell, made one after another; None: not enough. Each makes the cell one more (`seen_from`)."""
    told = [seen_from(m, wanted.cell) for m in moves]
    higher = _as_far_as_possible(table, sorted(told, key=lambda m: -m.up), 1)
    lower = _as_far_as_possible(table, sorted(told, key=lambda m: -m.down), -1)
    up, down = higher.get(wanted.cell, 0), -lower.get(wanted.cell, 0)
    if up + down >= wanted.width and table.cells[wanted.cell].value + up >= wanted.width:
        return Proof(wanted, higher, lower)
    return None


def _as_far_as_possible(table: Table, moves: Iterable[Move], direction: int) -> dict[int, int]:
    """How much each cell is more or less when those moves are made in turn, each as often as it still can be."""
    offsets: dict[int, int] = {}
    for m in moves:
        times = min(
            (table.spare[c] + offsets.get(c, 0) for c, s in m.signs.items() if s == -direction),
            default=ENDLESS,
        )
        if times:
            for c, s in m.signs.items():
                offsets[c] = offsets.get(c, 0) + s * direction * times
    return offsets


def hidden_partners(table: Table, grid: Grid, hidden: Collection[int], unknown_to: str = "") -> Partners:
    """Cells that are hidden, from whoever knows his own too; the roomiest first. Follows `hidden` (`Partners.ranked_anew`)."""
    cells, spare = table.cells, table.spare

    def is_none(c: int) -> bool:
        return c not in hidden or cells[c].fixed or (bool(unknown_to) and cells[c].owner == unknown_to)

    return Partners(grid, lambda c: NEVER if is_none(c) else -spare[c], is_none)


def hidden_blocks(table: Table, partners: Partners, wanted: Wanted) -> Iterator[Move]:
    """Blocks through a cell whose cells are all among those partners."""
    in_vain = 0
    for _, signs in partners.blocks(wanted.cell, partners.is_none, lambda: 1):
        if holds(table, signs):
            move = Move(signs, *room(table, signs))
            if move.up or move.down:
                yield move
        elif (in_vain := in_vain + 1) >= _MOST_IN_VAIN:
            return


def cheapest_block(
    table: Table, grid: Grid, wanted: Wanted, hidden: Collection[int], unknown_to: str = ""
) -> Move | None:
    """The block that protects a cell by itself at the least loss; None: no block does. As `cheapest_move`."""

    def loss(cell: int) -> int:
        """What it costs to hide it; more than anything where that is no use."""
        c = table.cells[cell]
        if c.fixed or (unknown_to and c.owner == unknown_to):
            return NEVER
        return 0 if cell in hidden else c.weight

    least_room = wanted.width - table.spare[wanted.cell]

    def rank(cell: int) -> int:
        """Its loss; last of all those that cannot become less by enough."""
        return loss(cell) + (0 if table.spare[cell] >= least_room else _UNLIKELY)

    in_vain = 0
    best: list[tuple[int, Move]] = []  # the cheapest last
    blocks = Partners(grid, rank).blocks(wanted.cell, loss, lambda: best[-1][0] if best else NEVER)
    for total, signs in blocks:
        move = Move(signs, *room(table, signs))
        if not protects(table, wanted, move):
            continue
        if holds(table, signs):
            best.append((total, move))
            if not total:
                break
        elif (in_vain := in_vain + 1) >= _MOST_IN_VAIN:
            break
    return best[-1][1] if best else None
