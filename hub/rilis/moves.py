"""Moves: how hidden cells may all be otherwise without any open figure being otherwise.

A move says of some hidden cells that each is one more or one less, so that every relation still holds. Whoever knows the open
figures and no more cannot tell the table from the one moved once, twice … until a cell would be less than it can be. A cell
that can be moved far enough is protected; the move is the proof, and it is checked by adding up.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from hub.rilis.grid import NEVER, Grid, Partners
from hub.rilis.table import Relation, Table

_STEPS_DEEP, _STEPS_WIDE = 60, 300  # how many half-made moves are looked at for one cell
_MOST_IN_VAIN = 12  # blocks that do not balance, beside gaps, before a way round them is looked for
_MOST_CELLS = 40  # a move over more cells than this is not looked for
ENDLESS = 1 << 60
_UNLIKELY = 1 << 20


@dataclass(frozen=True, slots=True)
class Move:
    """`signs`: cell → +1 or −1. `up`, `down`: how often it can be made, forwards and backwards."""

    signs: Mapping[int, int]
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A cell, and how wide what can be said of it must be at least: largest less smallest, and the largest itself."""

    cell: int
    width: int


@dataclass(frozen=True, slots=True)
class Proof:
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
    for cell, more in signs.items():
        _count(table, off, cell, more)
    return not any(off.values())


def _count(table: Table, off: dict[int, int], cell: int, more: int) -> None:
    """What a cell that is so much more does to `off`: relation → by how much its total is more than its parts."""
    around = table.around[cell]
    for i in around.below:
        off[i] = off.get(i, 0) + more
    for i in around.above:
        off[i] = off.get(i, 0) - more


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

    def rank(c: int) -> int:
        if c not in hidden or cells[c].fixed or (unknown_to and cells[c].owner == unknown_to):
            return NEVER
        return -spare[c]

    return Partners(grid, rank)


def hidden_blocks(table: Table, partners: Partners, wanted: Wanted) -> Iterator[Move]:
    """Blocks through a cell whose cells are all among those partners."""
    in_vain = 0
    for _, signs in partners.blocks(wanted.cell, lambda c: partners.rank(c) >= NEVER, lambda: 1):
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


def cheapest_move(table: Table, wanted: Wanted, hidden: Collection[int], unknown_to: str = "") -> Move | None:
    """The move, of whatever shape, that protects a cell by itself at the least loss; None: there is none among those looked at.
    `unknown_to`: an office that knows its own cells; the move uses none of them."""
    least_room = wanted.width - table.spare[wanted.cell]
    found = _moves(table, wanted.cell, lambda c: 0 if c in hidden else table.cells[c].weight, least_room, unknown_to)
    return next((m for m in found if protects(table, wanted, m)), None)


def hidden_moves(table: Table, wanted: Wanted, hidden: Collection[int], unknown_to: str = "") -> Iterator[Move]:
    """Moves of whatever shape whose cells are all hidden, as far as they are looked for."""
    return _moves(table, wanted.cell, lambda c: 0 if c in hidden else NEVER, 1, unknown_to)


def _moves(table: Table, start: int, loss: Callable[[int], int], least_room: int, unknown_to: str) -> Iterator[Move]:
    """Moves that make a cell one more, those with the least loss first.

    Looked for step by step from the cell itself: a relation that is off balance is put right by one further cell of it. Of all
    half-made moves the one with the least loss so far goes on; of those alike first the longest, which soon ends where there is
    a long way round, then over again the shortest, which leaves none out.
    """
    yield from _search(table, start, loss, (least_room, unknown_to), deep=True)
    yield from _search(table, start, loss, (least_room, unknown_to), deep=False)


def _search(
    table: Table, start: int, loss: Callable[[int], int], partners: tuple[int, str], *, deep: bool
) -> Iterator[Move]:
    longer = -1 if deep else 1
    first = _HalfMade((), frozenset(), {})
    queue: list[tuple[int, int, int, _HalfMade, int, int]] = [(0, longer, 0, first, start, 1)]
    seen: set[frozenset[int]] = set()
    pushed = steps = 0
    while queue and steps < (_STEPS_DEEP if deep else _STEPS_WIDE):
        so_far, _, _, before, cell, sign = heappop(queue)
        steps += 1
        half = before.with_one_more(table, cell, sign)
        signs = dict(half.chosen)
        worst = half.worst_relation(table)
        if worst is None:
            yield Move(signs, *room(table, signs))
            continue
        if len(half.chosen) >= _MOST_CELLS:
            continue
        for cell, sign in _remedies(table, *worst, signs, *partners):
            more = loss(cell)
            if more >= NEVER or (key := half.key | {_signed(cell, sign)}) in seen:
                continue
            seen.add(key)
            pushed += 1
            heappush(queue, (so_far + more, longer * (len(half.chosen) + 1), pushed, half, cell, sign))


class _HalfMade(NamedTuple):
    """A move that is being looked for. `key`: the same cells and signs have the same; `off`: relation → by how much its total is more
    than its parts."""

    chosen: tuple[tuple[int, int], ...]
    key: frozenset[int]
    off: dict[int, int]

    def with_one_more(self, table: Table, cell: int, sign: int) -> "_HalfMade":
        off = dict(self.off)
        _count(table, off, cell, sign)
        key = self.key | {_signed(cell, sign)}
        return _HalfMade((*self.chosen, (cell, sign)), key, off)

    def worst_relation(self, table: Table) -> tuple[Relation, int] | None:
        """One that is off balance, and by how much: that with the fewest parts, for it leaves the least choice."""
        off = [(table.relations[i], n) for i, n in self.off.items() if n]
        return min(off, key=lambda r: len(r[0].parts)) if off else None


def _signed(cell: int, sign: int) -> int:
    """A cell and its sign as one number."""
    return (cell << 1) | (sign > 0)


def _remedies(
    table: Table, relation: Relation, by: int, signs: Mapping[int, int], least_room: int, unknown_to: str
) -> list[tuple[int, int]]:
    """Cells that bring a relation nearer to balance, each with its sign. `by`: how much it is off."""
    off = 1 if by > 0 else -1
    found = [(p, off) for p in relation.parts if p not in signs]
    if relation.total not in signs:
        found.append((relation.total, -off))
    return [
        (cell, sign)
        for cell, sign in found
        if not (c := table.cells[cell]).fixed
        and (not unknown_to or c.owner != unknown_to)
        and (sign > 0 or table.spare[cell] >= least_room)
    ]
