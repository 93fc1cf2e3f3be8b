"""Moves of whatever shape: looked for where no block does, beside gaps. Most of the time of a large release is spent here.

Step by step from the cell itself: a relation that is off balance is put right by one further cell of it. Of all half-made moves
the one with the least loss so far goes on; of those alike first the longest, which soon ends where there is a long way round, then
over again the shortest, which leaves none out.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from hub.rilis.grid import NEVER
from hub.rilis.moves import Move, Wanted, protects, room
from hub.rilis.table import Table

_STEPS_DEEP, _STEPS_WIDE = 60, 300  # how many half-made moves are looked at for one cell
_MOST_CELLS = 40  # a move over more cells than this is not looked for
_LENGTHS = 64  # more than a move has cells: loss and length are one number
_PUSHES = 1 << 24  # more than there are in one search
_ENDLESS = 1 << 60

# plain tuples, of which a search makes thousands
_Changes = Sequence[tuple[int, int]]
"""Relation, by how much its total becomes more than its parts."""
_Remedy = tuple[int, int, _Changes]
"""A cell, its sign, what they change."""
_Step = tuple[int, int, _Changes, int, int, int]
"""A remedy; what it costs to hide the cell; the cell with its sign as one bit, and with either sign as two."""
_HalfMade = tuple[tuple[_Step, ...], Mapping[int, int]]
"""Its steps; relation → by how much its total is more than its parts."""


class Search:
    """Moves of one table. `unknown_to`: an office that knows its own cells; a move uses none of them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._changes: dict[tuple[int, int], _Changes] = {}
        self._remedies: dict[tuple[int, bool], Sequence[_Remedy]] = {}

    def cheapest_move(self, wanted: Wanted, hidden: Collection[int], unknown_to: str = "") -> Move | None:
        """The move, of whatever shape, that protects a cell by itself at the least loss; None: there is none among those looked at."""
        cells = self.table.cells
        least_room = wanted.width - self.table.spare[wanted.cell]
        steps = _Steps(self, lambda c: 0 if c in hidden else cells[c].weight, least_room, unknown_to)
        return next((m for m in _moves(steps, wanted.cell) if protects(self.table, wanted, m)), None)

    def hidden_moves(self, wanted: Wanted, hidden: Collection[int], unknown_to: str = "") -> Iterator[Move]:
        """Moves of whatever shape whose cells are all hidden, as far as they are looked for."""
        return _moves(_Steps(self, lambda c: 0 if c in hidden else NEVER, 1, unknown_to), wanted.cell)

    def remedies(self, relation: int, *, total_more: bool) -> Sequence[_Remedy]:
        """What brings a relation nearer to balance whose total is more than its parts, or less."""
        found = self._remedies.get((relation, total_more))
        if found is None:
            r, sign = self.table.relations[relation], 1 if total_more else -1
            signed = (*((p, sign) for p in r.parts), (r.total, -sign))
            found = [(c, s, self.changes(c, s)) for c, s in signed if not self.table.cells[c].fixed]
            self._remedies[relation, total_more] = found
        return found

    def changes(self, cell: int, sign: int) -> _Changes:
        found = self._changes.get((cell, sign))
        if found is None:
            around = self.table.around[cell]
            found = (*((i, sign) for i in around.below), *((i, -sign) for i in around.above))
            self._changes[cell, sign] = found
        return found


class _Steps:
    """The steps of one search, made once for all its half-made moves. `loss`: what it costs to hide a cell; NEVER: no step leads there.
    Cells that become less have that room at least."""

    def __init__(self, search: Search, loss: Callable[[int], int], least_room: int, unknown_to: str) -> None:
        self.table = search.table
        self._search = search
        self._loss = loss
        self._least_room = least_room
        self._unknown_to = unknown_to
        self._bits: dict[int, int] = {}
        self._made: dict[int, Sequence[_Step]] = {}

    def first(self, cell: int) -> _Step:
        return self._step(cell, 1, self._search.changes(cell, 1), 0)

    def putting_right(self, relation: int, by: int) -> Sequence[_Step]:
        """Steps that bring a relation nearer to balance whose total is so much more than its parts."""
        key = relation if by > 0 else ~relation
        made = self._made.get(key)
        if made is None:
            loss, spare, least_room = self._loss, self.table.spare, self._least_room
            made = self._made[key] = [
                self._step(cell, sign, changes, n)
                for cell, sign, changes in self._search.remedies(relation, total_more=by > 0)
                if (sign > 0 or spare[cell] >= least_room) and self._is_unknown(cell) and (n := loss(cell)) < NEVER
            ]
        return made

    def _is_unknown(self, cell: int) -> bool:
        return not self._unknown_to or self.table.cells[cell].owner != self._unknown_to

    def _step(self, cell: int, sign: int, changes: _Changes, loss: int) -> _Step:
        bits = self._bits
        bit = bits.get(cell)
        if bit is None:
            bit = bits[cell] = 1 << 2 * len(bits)
        return cell, sign, changes, loss, bit << (sign > 0), 3 * bit


def _moves(steps: _Steps, start: int) -> Iterator[Move]:
    """Moves that make a cell one more, those with the least loss first."""
    yield from _found(steps, start, deep=True)
    yield from _found(steps, start, deep=False)


def _found(steps: _Steps, start: int, *, deep: bool) -> Iterator[Move]:
    table, sizes = steps.table, steps.table.sizes
    left = _STEPS_DEEP if deep else _STEPS_WIDE
    first = steps.first(start)
    nothing: _HalfMade = ((), {})
    # what waits its turn: which comes when (every one has a number of its own), a half-made move, its next step, the bits of both
    queue = [(0, nothing, first, first[4])]
    seen: set[int] = set()
    waiting: dict[int, int] = defaultdict(int)  # rank → how many
    balanced: set[int] = set()  # ranks of which one is a whole move
    pushed = 0
    while queue and left:
        at, (before, off_before), last, bits = heappop(queue)
        left -= 1
        rank = at // _PUSHES
        waiting[rank] -= 1
        chosen = (*before, last)
        off = {**off_before}
        for i, n in last[2]:
            off[i] = off.get(i, 0) + n
        # one that is off balance: that with the fewest parts, for it leaves the least choice
        worst, by, fewest, several = 0, 0, _ENDLESS, 0
        for i, n in off.items():
            if n:
                several += 1
                if sizes[i] < fewest:
                    worst, by, fewest = i, n, sizes[i]
        if not several:
            signs = {s[0]: s[1] for s in chosen}
            yield Move(signs, *room(table, signs))
            continue
        length = len(chosen)
        if length >= _MOST_CELLS:
            continue
        half: _HalfMade = (chosen, off)
        so_far = rank // _LENGTHS
        longer = _LENGTHS - 2 - length if deep else length
        for step in steps.putting_right(worst, by):
            _, _, changes, loss, bit, either = step
            if either & bits or (key := bits | bit) in seen:
                continue
            seen.add(key)
            pushed += 1
            then = (so_far + loss) * _LENGTHS + longer
            heappush(queue, (then * _PUSHES + pushed, half, step, key))
            if deep:
                continue
            waiting[then] += 1
            if len(changes) == several and all(off.get(i) == -n for i, n in changes):
                balanced.add(then)
        # whatever follows from here on comes after all of these ranks: where they are enough and none is a whole move, nothing is found
        if not deep and waiting[rank] + waiting[rank + 1] >= left and balanced.isdisjoint((rank, rank + 1)):
            return
