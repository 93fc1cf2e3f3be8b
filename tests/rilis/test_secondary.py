"""Nobody can say of a hidden count what it is, or nearly: asked of HiGHS, which knows nothing of how the cells were chosen."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.rilis.audit import bounds
from hub.rilis.figures import Figure, LinkedFigures, linked
from hub.rilis.primary import Thresholds
from hub.rilis.secondary import Hidden, hide
from tests.rilis.made_figures import figures, regions
from tests.rilis.made_tables import made

_BREAKDOWNS: list[dict[str, tuple[str, ...]]] = [
    {}, {"JK": ("L", "P")}, {"jenis": ("a", "b", "c", "d", "e")}, {"JK": ("L", "P"), "umur": ("0-17", "18-59", "60+")},
]  # fmt: skip
_few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def _narrow(made_of: LinkedFigures, hidden: Hidden) -> list[int]:
    """Cells of which too much can be said, and that the hub did not say it cannot protect."""
    found = bounds(made_of.table, hidden.cells, made_of.primary)
    told = {c for c, _ in hidden.unprotected}
    return [c for c, k in made_of.primary.items() if c not in told and not found[c].wide(k)]


@_few
@given(seed=st.integers(0, 10**6), breakdown=st.sampled_from(_BREAKDOWNS), sensitivity=st.sampled_from([1, 2, 3]),
       quarters=st.booleans())  # fmt: skip
def test_nothing_narrow_follows_from_what_a_kabupaten_shows(
    seed: int, breakdown: dict[str, tuple[str, ...]], sensitivity: int, quarters: bool
) -> None:
    chance = random.Random(seed)
    periods = ("2025-TW1", "2025-TW2") if quarters and len(breakdown) < 2 else ("2025",)
    shown = figures(chance, regions("53.14", 3, 3, chance), breakdown, periods, sensitivity)
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    hidden = hide(tables.table, tables.grid, tables.primary)
    assert set(tables.primary) <= hidden.cells
    assert _narrow(tables, hidden) == []


@_few
@given(seed=st.integers(0, 10**6), breakdowns=st.sampled_from([(), (2,), (3,), (2, 2)]))
def test_nor_for_an_office_that_knows_its_own_figures(seed: int, breakdowns: tuple[int, ...]) -> None:
    """Of a province with several kabupaten: each as attacker, of the others' cells."""
    chance = random.Random(seed)
    province = made(chance, (4, 3), breakdowns)
    primary, cells = province.primary(5), province.table.cells
    hidden = hide(province.table, province.grid, primary)
    for office in ("", *sorted({c.owner for c in cells} - {""})):
        told = {c for c, against in hidden.unprotected if against in ("", office)}
        others = [c for c in primary if not office or cells[c].owner != office]
        found = bounds(province.table, hidden.cells, others, known_to=office)
        assert [c for c in others if c not in told and not found[c].wide(5)] == []


@_few
@given(seed=st.integers(0, 10**6), breakdowns=st.sampled_from([(), (2,), (2, 3)]))
def test_every_proof_is_one(seed: int, breakdowns: tuple[int, ...]) -> None:
    province = made(random.Random(seed), (3, 3, 3), breakdowns)
    hidden = hide(province.table, province.grid, province.primary(5))
    assert {(c, "") for c in province.primary(5)} == {k for k in {*hidden.proofs, *hidden.unprotected} if not k[1]}
    for (cell, against), proof in hidden.proofs.items():
        assert proof.wanted.cell == cell
        assert proof.is_one(province.table)
        assert proof.cells <= hidden.cells
        assert not against or all(province.table.cells[c].owner != against for c in proof.cells)


@_few
@given(seed=st.integers(0, 10**6))
def test_what_is_opened_again_was_needed_by_nobody(seed: int) -> None:
    """Each cell that is hidden for others' sake is needed: without it some cell has no proof among those of its shape."""
    province = made(random.Random(seed), (3, 3), (2,))
    primary = province.primary(5)
    hidden = hide(province.table, province.grid, primary)
    used = {c for p in hidden.proofs.values() for c in p.cells}
    assert hidden.cells - set(primary) <= used


@pytest.mark.parametrize("seed", range(12))
def test_the_attacker_succeeds_where_only_small_counts_are_hidden(seed: int) -> None:
    """Otherwise nothing above would mean anything."""
    chance = random.Random(seed)
    shown = figures(chance, regions("53.14", 4, 4, chance), {"JK": ("L", "P")}, ("2025",), 1, gaps=0)
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    found = bounds(tables.table, tables.primary, tables.primary)
    exact = [c for c in tables.primary if found[c].smallest == found[c].largest]
    assert exact
    assert all(found[c].smallest == tables.table.cells[c].value for c in exact)


def test_kecamatan_that_add_up_to_ten() -> None:
    """Two have five, three have ten together: hiding the three alone says that they add up to ten."""
    counts = {"53.14.01": 5, "53.14.02": 5, "53.14.03": 2, "53.14.04": 4, "53.14.05": 4}
    shown = [Figure(k, (), "2020", n, 1) for k, n in counts.items()] + [Figure("53.14", (), "2020", 20, 1)]
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    assert tables.primary == {2: 5, 3: 5, 4: 5}
    hidden = hide(tables.table, tables.grid, tables.primary)
    assert hidden.cells == {2, 3, 4}  # ten among three who have one at least: 1 to 8
    assert _narrow(tables, hidden) == []
    shown[2:5] = [Figure(k, (), "2020", n, 1) for k, n in (("53.14.03", 1), ("53.14.04", 4), ("53.14.05", 5))]
    shown[5] = Figure("53.14", (), "2020", 20, 1)
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    hidden = hide(tables.table, tables.grid, tables.primary)
    assert set(tables.primary) < hidden.cells  # five among two: 1 to 4 is too narrow
    assert _narrow(tables, hidden) == []


def test_labels_of_cases_that_sum_to_seven() -> None:
    """The profile's table of cases: with 13 open, four labels have 7 together and each is less than 10 for sure."""
    labels = {"a": 13, "b": 1, "c": 2, "d": 3, "e": 1}
    shown = [Figure("53.14", (("jenis", k),), "2020", n, 3) for k, n in labels.items()] + [
        Figure("53.14", (), "2020", 20, 3)
    ]
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    found = bounds(tables.table, tables.primary, tables.primary)
    assert not any(found[c].wide(10) for c in tables.primary)
    hidden = hide(tables.table, tables.grid, tables.primary)
    assert 0 in hidden.cells
    assert 5 not in hidden.cells  # the total stays
    assert _narrow(tables, hidden) == []


def test_linked_tables_protected_one_by_one_give_cells_away() -> None:
    """By sex and by age apart each looks protected; the total they share tells."""
    shown = [
        Figure(r, c, "2025", n, 1)
        for r, counts in {
            "53.14.01": {(): 12, (("JK", "L"),): 3, (("JK", "P"),): 9},
            "53.14.02": {(): 30, (("JK", "L"),): 14, (("JK", "P"),): 16},
            "53.14": {(): 42, (("JK", "L"),): 17, (("JK", "P"),): 25},
        }.items()
        for c, n in counts.items()
    ]
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    # of each kecamatan by itself it is enough to hide both sexes …
    both = {i for i, f in enumerate(shown) if f.region == "53.14.01" and f.choices}
    found = bounds(tables.table, both, tables.primary)
    assert not any(found[c].wide(5) for c in tables.primary)  # … but the other kecamatan and the kabupaten tell
    assert _narrow(tables, hide(tables.table, tables.grid, tables.primary)) == []


def test_what_cannot_be_protected_is_told() -> None:
    """A kabupaten with one kecamatan and one desa, whose total stands open since before: there is nothing to hide it behind."""
    shown = [Figure(k, (), "2025", 3, 1) for k in ("53.14", "53.14.01", "53.14.01.2001")]
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    hidden = hide(tables.table, tables.grid, tables.primary)
    assert hidden.unprotected == ()
    assert len(hidden.cells) == 3  # nobody shows a total above: 1 to endless
    shown = [
        Figure("53.14", (), "2025", 8, 1),
        *(Figure(k, (), "2025", n, 1) for k, n in (("53.14.01", 3), ("53.14.02", 5))),
    ]
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    assert hide(tables.table, tables.grid, tables.primary).cells == {tables.cell[1], tables.cell[2]}
    shown[0], shown[2] = Figure("53.14", (), "2025", 5, 0), Figure("53.14.02", (), "2025", 2, 1)
    tables = linked(shown, Thresholds(), adds_up_over_time=True)
    unprotected = hide(tables.table, tables.grid, tables.primary).unprotected
    assert {c for c, _ in unprotected} == {tables.cell[1], tables.cell[2]}
