"""Moves of whatever shape: looked for where no block does, beside gaps. Most of the time of a large release is spent here.

Step by step from the cell itself: a relation that is off balance is put right by one further cell of it. Of all half-made moves
the one with the least loss so far goes on; of those alike first the longest, which soon ends where there is a long way round, then
over again the shortest, which leaves none out. What is found, and in which order, is told by a plain search in
tests/rilis/test_search.py; what is done here besides only saves time.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from hub.rilis.moves import Move, Wanted, protects, room
from hub.rilis.table import Table

_STEPS_DEEP, _STEPS_WIDE = 60, 300  # how many half-made moves are looked at for one cell
_MOST_CELLS = 40  # a move over more cells than this is not looked for
_LENGTHS = 64  # more than a move has cells: loss and length are one number

# plain tuples, of which a search makes thousands
_Step = tuple[int, int, Sequence[tuple[int, int]], int, int, int]
"""One further cell and its sign; relations around it (hub/rilis/table.py); what it costs to hide it; the cell with its sign as one bit,
and with either as two."""
_HalfMade = tuple[tuple["_HalfMade", _Step] | None, int, int, Mapping[int, tuple[int, int]], Sequence[int]]
"""That with a step less, and the step; how many there are; all their bits; relation → by how much its total is more than its parts, and
the how many-th that was touched it is; relations that are off balance."""
_NOTHING: "_HalfMade" = (None, 0, 0, {}, ())


def cheapest_move(table: Table, wanted: Wanted, hidden: Collection[int], unknown_to: str = "") -> Move | None:
    """The move, of whatever shape, that protects a cell by itself at the least loss; None: there is none among those looked at.
    `unknown_to`: an office that knows its own cells; the move uses none of them."""
    steps = _Steps(table, hidden, wanted.width - table.spare[wanted.cell], unknown_to, only_hidden=False)
    return next((m for m in _moves(steps, wanted.cell) if protects(table, wanted, m)), None)


def hidden_moves(table: Table, wanted: Wanted, hidden: Collection[int], unknown_to: str = "") -> Iterator[Move]:
    """Moves of whatever shape whose cells are all hidden, as far as they are looked for."""
    return _moves(_Steps(table, hidden, 1, unknown_to, only_hidden=True), wanted.cell)


class _Steps:
    """The steps of one search, made once for all its half-made moves. Cells that become less have that room at least."""

    def __init__(
        self, table: Table, hidden: Collection[int], least_room: int, unknown_to: str, *, only_hidden: bool
    ) -> None:
        self.table = table
        self._hidden = hidden
        self._least_room = least_room
        self._unknown_to = unknown_to
        self._only_hidden = only_hidden
        self._bits: dict[int, int] = {}
        self._made: dict[int, Sequence[_Step]] = {}

    def first(self, cell: int) -> _Step:
        self._bits[cell] = 1
        return cell, 1, self.table.around[cell], 0, 2, 3

    def putting_right(self, relation: int, by: int) -> Sequence[_Step]:
        """Steps that bring a relation nearer to balance whose total is so much more than its parts."""
        key = relation if by > 0 else ~relation
        made = self._made.get(key)
        if made is None:
            r, sign = self.table.relations[relation], 1 if by > 0 else -1
            made = self._made[key] = self._steps((*((p, sign) for p in r.parts), (r.total, -sign)))
        return made

    def _steps(self, signed: Iterable[tuple[int, int]]) -> Sequence[_Step]:
        """Of those cells with their signs."""
        cells, around, spare = self.table.cells, self.table.around, self.table.spare
        hidden, bits = self._hidden, self._bits
        made: list[_Step] = []
        for cell, sign in signed:
            is_hidden = cell in hidden
            if (self._only_hidden and not is_hidden) or (sign < 0 and spare[cell] < self._least_room):
                continue
            c = cells[cell]
            if c.fixed or (self._unknown_to and c.owner == self._unknown_to):
                continue
            bit = bits.get(cell)
            if bit is None:
                bit = bits[cell] = 1 << 2 * len(bits)
            made.append((cell, sign, around[cell], 0 if is_hidden else c.weight, bit << (sign > 0), 3 * bit))
        return made


def _moves(steps: _Steps, start: int) -> Iterator[Move]:
    """Moves that make a cell one more, those with the least loss first."""
    yield from _found(steps, start, deep=True)
    yield from _found(steps, start, deep=False)


def _found(steps: _Steps, start: int, *, deep: bool) -> Iterator[Move]:
    table, sizes = steps.table, steps.table.sizes
    left = _STEPS_DEEP if deep else _STEPS_WIDE
    # what waits its turn, by rank (loss and length): half-made moves, the next step of each
    waiting = {0: deque([(_NOTHING, steps.first(start))])}
    ranks = [0]
    seen: set[int] = set()
    balanced: set[int] = set()  # ranks of which one is a whole move
    while ranks and left:
        left -= 1
        rank = ranks[0]
        before, step = waiting[rank].popleft()
        if not waiting[rank]:
            del waiting[heappop(ranks)]
        half = _with_one_more(before, step)
        _, length, bits, off, uneven = half
        if not uneven:
            signs = _signs(half)
            yield Move(signs, *room(table, signs))
            continue
        if length >= _MOST_CELLS:
            continue
        # that with the fewest parts leaves the least choice
        worst = uneven[0] if len(uneven) == 1 else min(uneven, key=lambda i: (sizes[i], off[i][1]))
        so_far = rank // _LENGTHS
        longer = _LENGTHS - 2 - length if deep else length
        for step in steps.putting_right(worst, off[worst][0]):
            _, sign, around, loss, bit, either = step
            if either & bits or (key := bits | bit) in seen:
                continue
            seen.add(key)
            then = (so_far + loss) * _LENGTHS + longer
            queue = waiting.get(then)
            if queue is None:
                queue = waiting[then] = deque()
                heappush(ranks, then)
            queue.append((half, step))
            if not deep and len(around) == len(uneven) and all(off.get(i, (0,))[0] == -n * sign for i, n in around):
                balanced.add(then)
        if deep or rank in balanced or rank + 1 in balanced:
            continue
        # whatever follows from here on comes after all of these: where they are enough and none is a whole move, nothing is found
        if len(waiting.get(rank, ())) + len(waiting.get(rank + 1, ())) >= left:
            return


def _with_one_more(half: _HalfMade, step: _Step) -> _HalfMade:
    _, length, bits, off_before, uneven_before = half
    off, uneven = {**off_before}, [*uneven_before]
    sign = step[1]
    for i, n in step[2]:
        more = n * sign
        before = off.get(i)
        if before is None:
            off[i] = more, len(off)
            uneven.append(i)
            continue
        by, touched = before
        off[i] = by + more, touched
        if not by:
            uneven.append(i)
        elif by == -more:
            uneven.remove(i)
    return (half, step), length + 1, bits | step[4], off, uneven


def _signs(half: _HalfMade) -> dict[int, int]:
    """In the order in which they were chosen."""
    chosen: list[_Step] = []
    while (last := half[0]) is not None:
        half, step = last
        chosen.append(step)
    return {s[0]: s[1] for s in reversed(chosen)}
