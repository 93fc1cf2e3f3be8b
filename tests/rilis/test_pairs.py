"""Proofs found for many cells at once are proofs like all others, and are found for nearly all of a large office."""

import random

import pytest

from hub.rilis.figures import LinkedFigures, Shown, linked
from hub.rilis.pairs import proved_by_pairs
from hub.rilis.primary import Thresholds
from hub.rilis.secondary import hide, hide_more
from tests.rilis.made_figures import figures, regions, revised

_BREAKDOWNS: list[dict[str, tuple[str, ...]]] = [{}, {"JK": ("L", "P")}, {"JK": ("L", "P"), "umur": ("a", "b", "c")}]


def _office(
    seed: int, breakdowns: dict[str, tuple[str, ...]], sensitivity: int, *, totals: bool = True, missing: float = 0
) -> LinkedFigures:
    """`missing`: so many of its figures nobody reported; what they are parts of is there all the same."""
    chance = random.Random(seed)
    shown = figures(chance, regions("53.14", 5, 9, chance), breakdowns, ("2025",), sensitivity)
    kept = [f for f in shown if (totals or len(f.choices) == len(breakdowns)) and chance.random() >= missing]
    return linked(kept, Thresholds(), adds_up_over_time=True)


@pytest.mark.parametrize("breakdowns", _BREAKDOWNS)
@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("sensitivity", [1, 2, 3])
@pytest.mark.parametrize("missing", [0, 0.05])
def test_pairs_are_proofs(
    breakdowns: dict[str, tuple[str, ...]], totals: bool, sensitivity: int, missing: float
) -> None:
    found = 0
    for seed in range(6):
        office = _office(seed, breakdowns, sensitivity, totals=totals, missing=missing)
        hidden = (
            set(random.Random(seed).sample(range(len(office.cell)), 2 * len(office.cell) // 3)) | office.primary.keys()
        )
        proofs = proved_by_pairs(office.table, office.grid, office.primary, hidden)
        found += len(proofs)
        for cell, proof in proofs.items():
            assert (proof.wanted.cell, proof.wanted.width) == (cell, office.primary[cell])
            assert proof.is_one(office.table)
            assert proof.cells <= hidden
    assert found


def test_nearly_all_counts_of_what_is_closed_are_proved_by_pairs() -> None:
    office = _office(3, {"JK": ("L", "P")}, 3)
    desa = {c for c in office.primary if office.grid.place[c][0].count(".") == 3}
    proofs = proved_by_pairs(office.table, office.grid, office.primary, office.primary)
    assert len(proofs.keys() & desa) > 0.9 * len(desa)


def test_all_or_nothing_says_so_as_soon_as_something_is_unprotected() -> None:
    some = 0
    for seed in range(12):
        chance = random.Random(seed)
        then = figures(chance, regions("53.14", 3, 4, chance), {"JK": ("L", "P")}, ("2025",), 3)
        earlier = [Shown(then, [i for i, f in enumerate(then) if f.value < 10 or f.region.count(".") > 1])]
        office = linked(revised(chance, then, 0.3), Thresholds(), adds_up_over_time=True, earlier=earlier)
        everything = office.table, office.grid, office.primary, office.past, office.hidden_before
        whole, short = hide(*everything), hide(*everything, all_or_nothing=True)
        assert bool(whole.unprotected) == bool(short.unprotected)
        assert short == whole or len(short.unprotected) == 1
        some += bool(whole.unprotected)
    assert 0 < some < 12


def test_what_protects_more_is_proved_and_hidden() -> None:
    """Beside gaps, where nothing near is enough."""
    for seed in range(20):
        office = _office(seed, {"JK": ("L", "P")}, 3, totals=False, missing=0.1)
        chosen = hide(office.table, office.grid, office.primary)
        more = hide_more(office.table, office.grid, office.primary, chosen)
        assert chosen.cells <= more.cells
        assert set(more.unprotected) <= set(chosen.unprotected)
        assert {c for c, _ in more.proofs} | {c for c, _ in more.unprotected} == office.primary.keys()
        assert all(p.is_one(office.table) and p.cells <= more.cells for p in more.proofs.values())
        if not chosen.unprotected:
            assert more == chosen
