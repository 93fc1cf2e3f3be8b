"""Blocks: moves by the shape of a table, made only as far as they are asked for."""

import random
from collections.abc import Callable

import pytest

from hub.rilis.figures import LinkedFigures, linked
from hub.rilis.grid import Partners
from hub.rilis.moves import holds
from hub.rilis.primary import Thresholds
from hub.rilis.secondary import hide
from tests.rilis.made_figures import figures, regions


def _kabupaten(desa: int, breakdowns: dict[str, tuple[str, ...]]) -> LinkedFigures:
    chance = random.Random(7)
    shown = figures(chance, regions("53.14", 20, desa, chance), breakdowns, ("2025",), 1, gaps=0)
    return linked(shown, Thresholds(), adds_up_over_time=True)


def _counted(asked: list[int]) -> Callable[[int], int]:
    def rank(cell: int) -> int:
        asked.append(cell)
        return 0

    return rank


def test_the_first_block_of_a_desa_looks_at_its_kecamatan_alone() -> None:
    """Not at the other kecamatan, nor at all desa in them: hundreds of small counts are asked for each approval."""
    tables = _kabupaten(15, {})
    cell, place = next((c, p) for c, p in tables.grid.place.items() if p[0].count(".") == 3)
    asked: list[int] = []
    cost, signs = next(Partners(tables.grid, _counted(asked)).blocks(cell, lambda _: 0, lambda: 1))
    assert (cost, signs[cell]) == (0, 1)
    assert {tables.grid.place[c][0][:8] for c in asked} == {place[0][:8]}
    assert len(asked) < 15


@pytest.mark.parametrize("breakdowns", [{}, {"JK": ("L", "P")}, {"JK": ("L", "P"), "umur": ("a", "b", "c")}])
def test_every_block_that_is_looked_for_balances(breakdowns: dict[str, tuple[str, ...]]) -> None:
    """Where every place is there, as each relation says of all its cells one by one."""
    tables = _kabupaten(4, breakdowns)
    blocks = 0
    for cell in list(tables.grid.place)[::37]:
        for _, signs in Partners(tables.grid, lambda _: 0).blocks(cell, lambda _: 0, lambda: 1):
            blocks += 1
            off = [
                r for r in tables.table.relations
                if signs.get(r.total, 0) != sum(signs.get(p, 0) for p in r.parts)
            ]  # fmt: skip
            assert off == []
            assert holds(tables.table, signs)
            left_out = max(signs)
            assert not holds(tables.table, {c: s for c, s in signs.items() if c != left_out}) or len(signs) == 1
    assert blocks


def test_proofs_of_a_whole_kabupaten_are_true() -> None:
    tables = _kabupaten(15, {"JK": ("L", "P")})
    hidden = hide(tables.table, tables.grid, tables.primary)
    assert hidden.unprotected == ()
    assert {(c, "") for c in tables.primary} <= set(hidden.proofs)
    assert all(p.is_one(tables.table) and p.cells <= hidden.cells for p in hidden.proofs.values())
