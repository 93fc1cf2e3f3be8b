"""Totals that follow from finer periods, and statements that are told: what decides it, case by case."""

from decimal import Decimal

import pytest

from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure
from hub.rilis.office import release
from hub.rilis.primary import Thresholds
from hub.rilis.settled import Finer, Own, Row, Stated, decided, folded, is_told

Q1, Q2 = "2025-TW1", "2025-TW2"
WHOLE: Rincian = ()
BOTH = frozenset({"98.01", "98.02"})


def _row(value: int | None) -> Row:
    return Row(value, False, (2, 2, 2, 2), 1)


def _folded(finer: Finer, in_force: frozenset[str] = BOTH, *, adds_up: bool = True) -> int | str | None:
    rows = folded(finer, adds_up=adds_up, in_force=in_force, completeness=(2, 1, 1, 0))
    return rows[WHOLE].value if rows else "none"


def test_a_kabupaten_that_left_meanwhile_leaves_the_longer_period_no_total() -> None:
    finer = Finer(
        {(Q1, WHOLE): _row(9), (Q2, WHOLE): _row(4)}, {(Q1, WHOLE): BOTH, (Q2, WHOLE): frozenset({"98.02"})}, {}
    )
    assert _folded(finer) == 13
    assert _folded(finer, frozenset({"98.02"})) == "none"


def test_a_part_without_a_total_or_with_a_closed_one_is_not_left_out() -> None:
    carried = {(Q1, WHOLE): BOTH, (Q2, WHOLE): BOTH}
    assert _folded(Finer({(Q1, WHOLE): _row(9)}, carried, {})) == "none"
    assert _folded(Finer({(Q1, WHOLE): _row(9), (Q2, WHOLE): _row(None)}, carried, {})) is None


def test_people_counted_once_are_those_of_the_part_that_counts_for_all() -> None:
    rows = {(Q1, WHOLE): _row(9), (Q2, WHOLE): _row(4)}
    carried = {(Q1, WHOLE): BOTH, (Q2, WHOLE): BOTH}
    assert _folded(Finer(rows, carried, dict.fromkeys(BOTH, Q2)), adds_up=False) == 4
    assert _folded(Finer(rows, carried, {"98.01": Q1, "98.02": Q2}), adds_up=False) == "none"
    assert _folded(Finer({(Q1, WHOLE): _row(9)}, carried, dict.fromkeys(BOTH, Q2)), adds_up=False) == "none"


@pytest.mark.parametrize(
    ("value", "below", "total", "told"),
    [
        (40, True, 40, True),  # it says what everybody sees
        (41, True, 40, False),  # less the open parts it is the closed one
        (41, False, 40, True),
        (2, False, 40, False),  # a small count of its own
        (40, False, None, False),  # the total is closed
        (40, None, "no row", False),
        (40, False, "no row", True),
        (40, True, "no row", False),
    ],
)
def test_a_statement_is_told_where_it_tells_nothing(
    value: int, below: bool | None, total: int | str | None, told: bool
) -> None:
    row = None if isinstance(total, str) else _row(total)
    assert is_told(Stated(Decimal(value), 1, below), row, Thresholds()) is told


def test_a_total_that_everybody_can_add_up_is_shown() -> None:
    """One office has reported: no women, which it shows, and few men, which it does not."""
    by_sex = [(("JK", "L"),), (("JK", "P"),), WHOLE]
    figures = [Figure("98.01", c, "2025", n, 2) for c, n in zip(by_sex, (3, 0, 3), strict=True)]
    office = release("98.01", figures, Thresholds())
    assert office.hidden == {0, 2}
    made = decided(
        ("98", "2025"), Own({"98.01": office}, {"98.01": figures}), [], {}, Thresholds(), (2, 1, 1, 1)
    )  # fmt: skip
    assert [made.rows[c].value for c in by_sex] == [None, 0, None]
    assert by_sex[1] not in made.waiting
