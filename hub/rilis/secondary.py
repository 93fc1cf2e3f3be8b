"""Which further cells are hidden so that no primary one follows from what stays open.

Each primary cell gets a proof of its own that it is wide enough (hub/rilis/moves.py), by what is hidden already where that will
do, else by what can be hidden at the least loss; then what no proof needs any more is opened again, the dearest first. Offices
know their own figures: a proof that uses another office's cells is none against that office, so the cell gets a second one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hub.rilis.grid import Grid, Partners
from hub.rilis.moves import (
    Move,
    Proof,
    Wanted,
    alone,
    cheapest_block,
    hidden_blocks,
    hidden_partners,
    protects,
    together,
)
from hub.rilis.pairs import proved_by_pairs
from hub.rilis.search import cheapest_move, hidden_moves
from hub.rilis.table import Table

_Key = tuple[int, str]
"""A cell, and an office against which it is protected; "": against everybody who knows no figures."""
_SEVERAL = 12  # so many moves are made one after another for one cell
_ASKED = 20  # so many that are unprotected are looked at once more: where one cannot be helped, they are alike


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
    *,
    all_or_nothing: bool = False,
) -> Hidden:
    """`primary`: cell → how wide it must stay (k). `past`: hidden in earlier versions that count otherwise now.
    `hidden_before`: hidden in the version before; they stay hidden unless every proof does without them. `all_or_nothing`: whoever asks
    has no use for it where a cell is unprotected, so the first such cell ends it, with the others not looked at."""
    choice = _Choice(table, grid, primary, {*primary, *past, *hidden_before})
    choice.proofs = {(c, ""): p for c, p in proved_by_pairs(table, grid, primary, choice.hidden).items()}
    for wanted in _in_order(table, primary):
        choice.protect(wanted)
        if all_or_nothing and choice.unprotected:
            break
    else:
        choice.open_again(kept={*primary, *past})
    return Hidden(frozenset(choice.hidden), choice.proofs, tuple(choice.unprotected))


def hide_more(table: Table, grid: Grid, primary: Mapping[int, int], chosen: Hidden) -> Hidden:
    """What is still unprotected, protected by cells that are such when all that may be are hidden: those are hidden too."""
    choice = _Choice(table, grid, primary, set(range(len(table.cells))))
    for cell, _ in chosen.unprotected[:_ASKED]:
        choice.protect(Wanted(cell, primary[cell]))
    cells = {cell for cell, _ in chosen.unprotected}
    found = {key: proof for key, proof in choice.proofs.items() if key[0] in cells}
    left = dict.fromkeys(key for key in (*chosen.unprotected, *choice.unprotected) if key not in found)
    more = chain.from_iterable(proof.cells for proof in found.values())
    return Hidden(chosen.cells.union(more), {**found, **chosen.proofs}, tuple(left))


def _in_order(table: Table, primary: Mapping[int, int]) -> Sequence[Wanted]:
    """Those with the least to give away first: they find the fewest partners."""
    return sorted(
        (Wanted(c, k) for c, k in primary.items()), key=lambda w: (table.cells[w.cell].value - w.width, w.cell)
    )


class _Choice:
    """What is hidden so far, and why."""

    def __init__(self, table: Table, grid: Grid, primary: Mapping[int, int], hidden: set[int]) -> None:
        self._table = table
        self._grid = grid
        self._primary = primary
        self.hidden = hidden
        self.proofs: dict[_Key, Proof] = {}
        self.unprotected: dict[_Key, None] = {}
        self._offices = {c.owner for c in table.cells} - {""}
        self._at_hand: dict[int, list[Move]] = defaultdict(list)  # cell → moves found for others that lead through it
        self._partners: dict[str, Partners] = {}  # office → what it does not know

    def protect(self, wanted: Wanted) -> None:
        """Prove the cell wide enough against everybody, hiding more where that needs it. What stood open once is known for good."""
        if self._table.cells[wanted.cell].fixed:
            self.unprotected[wanted.cell, ""] = None
        elif self._is_proved(wanted, ""):
            for office in sorted(self._offices_of(self.proofs[wanted.cell, ""])):
                self._is_proved(wanted, office)

    def _is_proved(self, wanted: Wanted, against: str) -> bool:
        if (wanted.cell, against) in self.proofs:
            return True
        found = (
            self._without_loss(wanted, against)
            or self._at_least_loss(wanted, against)
            or self._with_everything_above(wanted, against)
        )
        if not found:
            self.unprotected[wanted.cell, against] = None
        for proof in found:
            key = proof.wanted.cell, against
            if key not in self.unprotected:  # whose offices were looked at already
                self.proofs.setdefault(key, proof)
        return bool(found)

    def _without_loss(self, wanted: Wanted, against: str) -> Sequence[Proof]:
        """By cells that are hidden already."""
        at_hand = (m for m in self._at_hand[wanted.cell] if self._unknown(m.signs, against))
        return self._by_one_or_several(wanted, chain(at_hand, self._hidden_blocks(wanted, against)))

    def _hidden_blocks(self, wanted: Wanted, against: str) -> Iterator[Move]:
        if against not in self._partners:
            self._partners[against] = hidden_partners(self._table, self._grid, self.hidden, against)
        return hidden_blocks(self._table, self._partners[against], wanted)

    def _by_one_or_several(self, wanted: Wanted, moves: Iterable[Move]) -> Sequence[Proof]:
        """The first that does alone, of all that it does it for; else the first few made one after another."""
        few: list[Move] = []
        for m in moves:
            if protects(self._table, wanted, m):
                return self._alone(m)
            if len(few) < _SEVERAL:
                few.append(m)
        proof = together(self._table, wanted, few) if len(few) > 1 else None
        return [proof] if proof else []

    def _alone(self, move: Move) -> Sequence[Proof]:
        return alone(self._table, move, (Wanted(c, self._primary[c]) for c in move.signs if c in self._primary))

    def _at_least_loss(self, wanted: Wanted, against: str) -> Sequence[Proof]:
        """By hiding more."""
        move = cheapest_block(self._table, self._grid, wanted, self.hidden, against)
        move = move or cheapest_move(self._table, wanted, self.hidden, against)
        if move is None:
            return []
        self._hide(c for c in move.signs if c not in self.hidden)
        for c in move.signs:
            self._at_hand[c].append(move)
        return self._alone(move)

    def _hide(self, cells: Iterable[int]) -> None:
        for c in cells:
            self.hidden.add(c)
            self._ranked_anew(c)

    def _open(self, cells: Iterable[int]) -> None:
        for c in cells:
            self.hidden.discard(c)
            self._ranked_anew(c)

    def _ranked_anew(self, cell: int) -> None:
        for p in self._partners.values():
            p.ranked_anew(cell)

    def _with_everything_above(self, wanted: Wanted, against: str) -> Sequence[Proof]:
        """By hiding all totals above that may still be hidden: what several moves together need is seldom one cell."""
        more = self._above(wanted.cell) - self.hidden
        self._hide(more)
        moves = chain(self._hidden_blocks(wanted, against), hidden_moves(self._table, wanted, self.hidden, against))
        found = self._by_one_or_several(wanted, moves)
        if not found:
            self._open(more)
        return found

    def _above(self, cell: int) -> set[int]:
        """Totals above a cell, and those above the hidden cells beside them, that no version has shown."""
        found: set[int] = set()
        looked_at: set[int] = set()
        reached = [cell]
        while reached:
            for i, change in self._table.around[reached.pop()]:
                if change > 0 or i in looked_at:
                    continue
                looked_at.add(i)
                r = self._table.relations[i]
                for c in (r.total, *self.hidden.intersection(r.parts)):
                    if c not in found and not self._table.cells[c].fixed:
                        found.add(c)
                        reached.append(c)
        return found

    def open_again(self, kept: Collection[int]) -> None:
        """Open each cell that is hidden for others' sake and that they can do without."""
        users: dict[int, dict[_Key, None]] = {c: {} for c in self.hidden - set(kept)}
        for key, proof in self.proofs.items():
            for c in users.keys() & proof.higher.keys() | users.keys() & proof.lower.keys():
                users[c][key] = None
        for cell in sorted(users, key=lambda c: (-self._table.cells[c].weight, c)):
            self._open([cell])
            instead = self._all_instead(users[cell])
            if instead is None:
                self._hide([cell])
                continue
            for key, new in instead.items():
                for c in users.keys() & self.proofs[key].cells:
                    users[c].pop(key, None)
                for c in users.keys() & new.cells:
                    users[c][key] = None
                self.proofs[key] = new

    def _all_instead(self, keys: Collection[_Key]) -> Mapping[_Key, Proof] | None:
        """Another proof for each by what is hidden now; None as soon as one has none."""
        instead: dict[_Key, Proof] = {}
        for key in keys:
            if key in instead:
                continue
            against = key[1]
            wanted = self.proofs[key].wanted
            for proof in self._by_one_or_several(wanted, self._hidden_blocks(wanted, against)):
                other = proof.wanted.cell, against
                if other in keys and self._stands(proof, against):
                    instead.setdefault(other, proof)
            if key not in instead:
                return None
        return instead

    def _stands(self, proof: Proof, against: str) -> bool:
        """Whether it uses no cells of an office against which there is no proof."""
        return bool(against) or all((proof.wanted.cell, o) in self.proofs for o in self._offices_of(proof))

    def _offices_of(self, proof: Proof) -> set[str]:
        """Other offices whose cells a proof uses."""
        cells, owner = self._table.cells, self._table.cells[proof.wanted.cell].owner
        if self._offices <= {owner}:
            return set()
        return {cells[c].owner for c in proof.cells} - {"", owner}

    def _unknown(self, cells: Iterable[int], office: str) -> bool:
        return not office or all(self._table.cells[c].owner != office for c in cells)
