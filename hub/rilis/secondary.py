"""Which further cells are hidden so that no primary one follows from what stays open.

Each primary cell gets a proof of its own that it is wide enough (hub/rilis/moves.py), by what is hidden already where that will
do, else by what can be hidden at the least loss; then what no proof needs any more is opened again, the dearest first. Offices
know their own figures: a proof that uses another office's cells is none against that office, so the cell gets a second one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hub.rilis.grid import Grid
from hub.rilis.moves import Move, Proof, Wanted, cheapest_block, cheapest_move, hidden_blocks, hidden_moves, together
from hub.rilis.table import Table

_Key = tuple[int, str]
"""A cell, and an office against which it is protected; "": against everybody who knows no figures."""
_SEVERAL = 12  # so many moves are made one after another for one cell


@dataclass(frozen=True, slots=True)
class Hidden:
    """`cells`: primary and secondary. `proofs`: per protected cell, against everybody (""), and against each office whose cells
    that proof uses. `unprotected`: cells for which nothing was found, with the office against which; the total above them cannot
    be released as it is; or the cell itself stood open before."""

    cells: frozenset[int]
    proofs: Mapping[_Key, Proof]
    unprotected: tuple[_Key, ...]


def hide(
    table: Table,
    grid: Grid,
    primary: Mapping[int, int],
    past: Collection[int] = (),
    hidden_before: Collection[int] = (),
) -> Hidden:
    """`primary`: cell → how wide it must stay (k). `past`: hidden in earlier versions that count otherwise now.
    `hidden_before`: hidden in the version before; they stay hidden unless every proof does without them."""
    choice = _Choice(table, grid, {*primary, *past, *hidden_before})
    for wanted in _in_order(table, primary):
        choice.protect(wanted)
    choice.open_again(kept={*primary, *past})
    return Hidden(frozenset(choice.hidden), choice.proofs, tuple(choice.unprotected))


def _in_order(table: Table, primary: Mapping[int, int]) -> Sequence[Wanted]:
    """Those with the least to give away first: they find the fewest partners."""
    return sorted(
        (Wanted(c, k) for c, k in primary.items()), key=lambda w: (table.cells[w.cell].value - w.width, w.cell)
    )


class _Choice:
    """What is hidden so far, and why."""

    def __init__(self, table: Table, grid: Grid, hidden: set[int]) -> None:
        self._table = table
        self._grid = grid
        self.hidden = hidden
        self.proofs: dict[_Key, Proof] = {}
        self.unprotected: list[_Key] = []
        self._at_hand: dict[int, list[Move]] = defaultdict(list)  # cell → moves found for others that lead through it

    def protect(self, wanted: Wanted) -> None:
        """Prove the cell wide enough against everybody, hiding more where that needs it. What stood open once is known for good."""
        if self._table.cells[wanted.cell].fixed:
            self.unprotected.append((wanted.cell, ""))
            return
        proof = self._proved(wanted, "")
        if proof is None:
            return
        for office in sorted(self._offices_of(proof)):
            self._proved(wanted, office)

    def _proved(self, wanted: Wanted, against: str) -> Proof | None:
        proof = self._without_loss(wanted, against) or self._at_least_loss(wanted, against)
        proof = proof or self._with_everything_above(wanted, against)
        if proof is None:
            self.unprotected.append((wanted.cell, against))
        else:
            self.proofs[wanted.cell, against] = proof
        return proof

    def _without_loss(self, wanted: Wanted, against: str) -> Proof | None:
        """By cells that are hidden already."""
        at_hand = (m for m in self._at_hand[wanted.cell] if self._unknown(m.signs, against))
        blocks = hidden_blocks(self._table, self._grid, wanted, self.hidden, against)
        return self._by_one_or_several(wanted, chain(at_hand, blocks))

    def _by_one_or_several(self, wanted: Wanted, moves: Iterable[Move]) -> Proof | None:
        """The first that does alone, else the first few made one after another."""
        few: list[Move] = []
        for m in moves:
            if proof := together(self._table, wanted, [m]):
                return proof
            if len(few) < _SEVERAL:
                few.append(m)
        return together(self._table, wanted, few) if len(few) > 1 else None

    def _at_least_loss(self, wanted: Wanted, against: str) -> Proof | None:
        """By hiding more."""
        move = cheapest_block(self._table, self._grid, wanted, self.hidden, against)
        move = move or cheapest_move(self._table, wanted, self.hidden, against)
        if move is None:
            return None
        self.hidden.update(move.signs)
        for c in move.signs:
            self._at_hand[c].append(move)
        return together(self._table, wanted, [move])

    def _with_everything_above(self, wanted: Wanted, against: str) -> Proof | None:
        """By hiding all totals above that may still be hidden: what several moves together need is seldom one cell."""
        more: set[int] = set()
        reached = [wanted.cell]
        while reached:
            for i in self._table.around[reached.pop()].above:
                r = self._table.relations[i]
                for c in (r.total, *(p for p in r.parts if p in self.hidden)):
                    if c not in more and not self._table.cells[c].fixed:
                        more.add(c)
                        reached.append(c)
        before = set(self.hidden)
        self.hidden |= more
        moves = chain(
            hidden_blocks(self._table, self._grid, wanted, self.hidden, against),
            hidden_moves(self._table, wanted, self.hidden, against),
        )
        proof = self._by_one_or_several(wanted, moves)
        if proof is None:
            self.hidden = before
        return proof

    def open_again(self, kept: Collection[int]) -> None:
        """Open each cell that is hidden for others' sake and that they can do without."""
        users: dict[int, set[_Key]] = defaultdict(set)
        for key, proof in self.proofs.items():
            for c in proof.cells:
                users[c].add(key)
        for cell in sorted(self.hidden - set(kept), key=lambda c: (-self._table.cells[c].weight, c)):
            self.hidden.discard(cell)
            instead = self._all_instead(users[cell])
            if instead is None:
                self.hidden.add(cell)
                continue
            for key, new in instead.items():
                for c in self.proofs[key].cells:
                    users[c].discard(key)
                for c in new.cells:
                    users[c].add(key)
                self.proofs[key] = new

    def _all_instead(self, keys: Iterable[_Key]) -> Mapping[_Key, Proof] | None:
        """Another proof for each; None as soon as one has none."""
        instead: dict[_Key, Proof] = {}
        for key in keys:
            new = self._instead(key)
            if new is None:
                return None
            instead[key] = new
        return instead

    def _instead(self, key: _Key) -> Proof | None:
        """Another proof by what is hidden now; it must not use the cells of an office against which there is none."""
        cell, against = key
        wanted = self.proofs[key].wanted
        proof = self._by_one_or_several(wanted, hidden_blocks(self._table, self._grid, wanted, self.hidden, against))
        if proof is None or (not against and any((cell, o) not in self.proofs for o in self._offices_of(proof))):
            return None
        return proof

    def _offices_of(self, proof: Proof) -> set[str]:
        """Other offices whose cells a proof uses."""
        cells = self._table.cells
        return {cells[c].owner for c in proof.cells} - {"", cells[proof.wanted.cell].owner}

    def _unknown(self, cells: Iterable[int], office: str) -> bool:
        return not office or all(self._table.cells[c].owner != office for c in cells)
