"""The search for moves finds what a plain one finds, in the same order: ending early and sharing steps change nothing."""

import random
from collections.abc import Callable, Collection, Iterator
from heapq import heappop, heappush

import pytest

from hub.rilis.figures import LinkedFigures, linked
from hub.rilis.moves import Move, Wanted, holds, protects, room
from hub.rilis.primary import Thresholds
from hub.rilis.search import cheapest_move, hidden_moves
from hub.rilis.table import Table
from tests.rilis.made_figures import figures, regions

_Signs = tuple[tuple[int, int], ...]
_Loss = Callable[[int], int | None]


def _plain(table: Table, start: int, loss: _Loss, least_room: int) -> Iterator[Move]:
    """Moves as the search finds them. `loss`: None where no move leads."""
    for longest_first, steps in ((True, 60), (False, 300)):
        pushed, seen = 0, set[frozenset[tuple[int, int]]]()
        queue: list[tuple[int, int, int, _Signs]] = [(0, 0, 0, ((start, 1),))]
        while queue and steps:
            steps -= 1
            so_far, _, _, chosen = heappop(queue)
            signs = dict(chosen)
            off: dict[int, int] = {}
            for cell, sign in chosen:
                for i, n in table.around[cell]:
                    off[i] = off.get(i, 0) + n * sign
            uneven = [i for i, n in off.items() if n]
            if not uneven:
                yield Move(signs, *room(table, signs))
                continue
            worst = min(uneven, key=lambda i: len(table.relations[i].parts))
            sign = 1 if off[worst] > 0 else -1
            relation = table.relations[worst]
            for cell, s in [*((p, sign) for p in relation.parts), (relation.total, -sign)]:
                more = loss(cell)
                key = frozenset((*chosen, (cell, s)))
                if cell in signs or table.cells[cell].fixed or (s < 0 and table.spare[cell] < least_room):
                    continue
                if more is None or key in seen or len(chosen) >= 40:
                    continue
                seen.add(key)
                pushed += 1
                length = -len(chosen) if longest_first else len(chosen)
                heappush(queue, (so_far + more, length, pushed, (*chosen, (cell, s))))


def _office(seed: int) -> tuple[LinkedFigures, set[int]]:
    """And what is hidden of it: besides small counts some others."""
    chance = random.Random(seed)
    shown = figures(chance, regions("53.14", 3, 6, chance), {"JK": ("L", "P")}, ("2025",), chance.randint(1, 3))
    kept = [f for f in shown if chance.random() >= 0.1]
    office = linked(kept, Thresholds(), adds_up_over_time=True)
    others = range(len(office.table.cells))
    return office, {*office.primary, *chance.sample(others, len(others) // chance.randint(2, 9))}


def _told(moves: Iterator[Move] | Collection[Move]) -> list[tuple[list[tuple[int, int]], int, int]]:
    return [([*m.signs.items()], m.up, m.down) for m in moves]


def test_every_move_of_a_plain_search_is_found_in_its_order() -> None:
    many = few = 0
    for seed in range(12):
        office, hidden = _office(seed)
        for cell, width in sorted(office.primary.items())[:40]:
            found = _told(hidden_moves(office.table, Wanted(cell, width), hidden))
            loss = dict.fromkeys(hidden, 0).get
            assert found == _told(_plain(office.table, cell, loss, 1))
            assert all(holds(office.table, dict(signs)) for signs, _, _ in found)
            many, few = many + (len(found) > 1), few + (not found)
    assert many > 20
    assert few > 20


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_move_is_the_first_that_protects(seed: int) -> None:
    office, hidden = _office(seed)
    table = office.table
    for cell, width in sorted(office.primary.items())[:40]:
        wanted = Wanted(cell, width)
        plain = _plain(table, cell, lambda c: 0 if c in hidden else table.cells[c].weight, width - table.spare[cell])
        first = next((m for m in plain if protects(table, wanted, m)), None)
        found = cheapest_move(table, wanted, hidden)
        assert _told([found] if found else []) == _told([first] if first else [])
