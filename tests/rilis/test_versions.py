"""Somebody may have kept yesterday's page: what all versions together tell, asked of HiGHS."""

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.rilis.audit import bounds
from hub.rilis.figures import Figure, LinkedFigures, Shown, linked
from hub.rilis.primary import Thresholds
from hub.rilis.secondary import Hidden, hide
from tests.rilis.made_figures import figures, regions, revised

_few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
_BY_SEX = {"JK": ("L", "P")}


def _released(shown: Sequence[Figure], earlier: Sequence[Shown]) -> tuple[LinkedFigures, Hidden]:
    tables = linked(shown, Thresholds(), adds_up_over_time=True, earlier=earlier)
    hidden = hide(tables.table, tables.grid, tables.primary, tables.past, tables.hidden_before)
    return tables, hidden


def _version(shown: Sequence[Figure], tables: LinkedFigures, hidden: Hidden) -> Shown:
    return Shown(shown, {i for i, n in enumerate(tables.cell) if n in hidden.cells and not tables.table.cells[n].fixed})


def _narrow(tables: LinkedFigures, hidden: Hidden) -> list[int]:
    told = {c for c, _ in hidden.unprotected}
    found = bounds(tables.table, hidden.cells, tables.primary)
    return [c for c, k in tables.primary.items() if c not in told and not found[c].wide(k)]


@_few
@given(seed=st.integers(0, 10**6), sensitivity=st.sampled_from([1, 2, 3]), share=st.sampled_from([0.1, 0.5]))
def test_revisions_together_tell_nothing_narrow(seed: int, sensitivity: int, share: float) -> None:
    chance = random.Random(seed)
    shown = figures(chance, regions("53.14", 3, 3, chance), _BY_SEX, ("2025",), sensitivity)
    earlier: list[Shown] = []
    for _ in range(3):
        tables, hidden = _released(shown, earlier)
        assert _narrow(tables, hidden) == []
        earlier.append(_version(shown, tables, hidden))
        shown = revised(chance, shown, share)


def _with_province(per_kabupaten: Mapping[str, Sequence[Figure]]) -> list[Figure]:
    total: dict[tuple[tuple[str, str], ...], int] = {}
    rows = [f for kab in per_kabupaten.values() for f in kab]
    for f in rows:
        if f.region.count(".") == 1:
            total[f.choices] = total.get(f.choices, 0) + f.value
    return rows + [Figure("53", c, "2025", n, rows[0].sensitivity) for c, n in total.items()]


def _one_by_one(seed: int, sensitivity: int) -> tuple[int, int, int]:
    """Kabupaten come in, each showing its own figures when it is approved; the province's totals move where no version tells.
    How many totals were shown, how many wait, how many cells could not be protected from the public."""
    chance = random.Random(seed)
    approved: dict[str, list[Figure]] = {}
    earlier: list[Shown] = []
    open_totals = waiting = unprotected = 0
    for kab in ("53.01", "53.02", "53.03", "53.04"):
        own = figures(chance, regions(kab, 3, 3, chance), _BY_SEX, ("2025",), sensitivity)
        if not own:
            continue
        approved[kab] = own
        earlier.append(_version(own, *_released(own, [])))
        everything = _with_province(approved)
        tables = linked(everything, Thresholds(), adds_up_over_time=True, earlier=earlier)
        # what the kabupaten hide stays hidden: the province decides on its totals alone
        hidden = hide(tables.table, tables.grid, tables.primary, tables.past | tables.hidden_before)
        assert _narrow(tables, hidden) == []
        earlier.append(_version(everything, tables, hidden))
        of_province = [n for f, n in zip(everything, tables.cell, strict=True) if f.region == "53"]
        waiting += sum(n in hidden.cells for n in of_province)
        open_totals += sum(n not in hidden.cells for n in of_province)
        unprotected += sum(not against for _, against in hidden.unprotected)
    return open_totals, waiting, unprotected


@pytest.mark.parametrize("sensitivity", [1, 2, 3])
def test_kabupaten_that_come_in_one_by_one_are_not_told_by_the_totals_above(sensitivity: int) -> None:
    open_totals, waiting, unprotected = (
        sum(n) for n in zip(*(_one_by_one(s, sensitivity) for s in range(4)), strict=True)
    )
    assert unprotected == 0
    assert open_totals > waiting > 0  # totals do move, and some wait


def test_a_total_before_and_after_one_approval_is_that_kabupaten() -> None:
    """53.02 has three, hidden; the total was 20 without it. A new total of 23 would tell; 60 with a third may be shown."""
    first = [Figure("53.01", (), "2025", 20, 1), Figure("53", (), "2025", 20, 1)]
    earlier = [Shown(first, set())]
    second = [first[0], Figure("53.02", (), "2025", 3, 1), Figure("53", (), "2025", 23, 1)]
    tables, hidden = _released(second, earlier)
    assert {second[i].region for i, n in enumerate(tables.cell) if n in hidden.cells} == {"53.02", "53"}
    assert _narrow(tables, hidden) == []
    earlier.append(_version(second, tables, hidden))
    third = [
        *second[:2],
        Figure("53.03", (), "2025", 4, 1),
        Figure("53.04", (), "2025", 4, 1),
        Figure("53", (), "2025", 31, 1),
    ]
    tables, hidden = _released(third, earlier)
    assert {third[i].region for i, n in enumerate(tables.cell) if n in hidden.cells} == {"53.02", "53.03", "53.04"}
    assert _narrow(tables, hidden) == []


def test_what_stood_open_once_is_not_said_to_be_protected() -> None:
    """Three were shown while the province had another k; they are known, whatever is hidden now."""
    shown = [
        Figure("53.14", (), "2025", 43, 1),
        Figure("53.14.01", (), "2025", 3, 1),
        Figure("53.14.02", (), "2025", 40, 1),
    ]
    tables, hidden = _released(shown, [Shown(shown, set())])
    assert hidden.unprotected == ((tables.cell[1], ""),)
    assert not hidden.proofs


def test_three_typed_for_three_hundred_is_not_hidden_for_ever_nor_told() -> None:
    """The figure put right is large; opening it would tell what was typed before, unless others hide that too."""
    places = ("53.14.01", "53.14.02", "53.14.03")

    def with_sum(counts: Sequence[int]) -> list[Figure]:
        return [
            *(Figure(p, (), "2025", n, 1) for p, n in zip(places, counts, strict=True)),
            Figure("53.14", (), "2025", sum(counts), 1),
        ]

    first = with_sum((3, 40, 50))
    tables, hidden = _released(first, [])
    earlier = [_version(first, tables, hidden)]
    second = with_sum((300, 40, 50))
    tables, hidden = _released(second, earlier)
    assert _narrow(tables, hidden) == []
    earlier.append(_version(second, tables, hidden))
    # all counted anew: nothing of the first count follows any more
    third = with_sum((310, 44, 51))
    tables, hidden = _released(third, earlier)
    assert _narrow(tables, hidden) == []
    assert not any(n in hidden.cells for n in tables.cell)
