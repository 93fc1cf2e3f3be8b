"""What kabupaten and province show together tells nothing narrow: asked of HiGHS over all levels and all versions, which knows
nothing of needs and room. The public is the attacker, and each office, which knows its own figures."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.rilis.figures import Figure, Shown, linked
from hub.rilis.office import Beside, Need, Released, Room, release
from hub.rilis.primary import Thresholds
from hub.rilis.province import Decision, Total, decide
from hub.rilis.secondary import hide
from tests.rilis.made_province import one_by_one

_few = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
_L, _P = (("JK", "L"),), (("JK", "P"),)


@_few
@given(seed=st.integers(0, 10**6), sensitivity=st.sampled_from([1, 2, 3]), kabupaten=st.integers(3, 6))
def test_nobody_tells_a_count_by_what_kabupaten_and_province_show(seed: int, sensitivity: int, kabupaten: int) -> None:
    province = one_by_one(seed, sensitivity, kabupaten)
    assert not province.snapshots or province.narrow() == []


@pytest.mark.parametrize("sensitivity", [1, 2, 3])
def test_totals_are_shown_and_only_totals_are_said_to_be_unprotected(sensitivity: int) -> None:
    made = [one_by_one(seed, sensitivity, 6) for seed in range(4)]
    assert sum(p.opened for p in made) > 0
    assert sum(p.waiting for p in made) > 0
    assert {region for p in made for region, *_ in p.unprotected} <= {"53"}


def test_the_attacker_succeeds_where_the_province_is_not_told_of_needs() -> None:
    """Otherwise the others would mean nothing."""
    deaf = [one_by_one(seed, 1, 4, lambda released: replace(released, needs=())) for seed in range(4)]
    narrow = [n for p in deaf for n in p.narrow()]
    assert any(region != "53" for region, *_ in narrow)
    assert all(one_by_one(seed, 1, 4).narrow() == [] for seed in range(4))


def test_the_attacker_succeeds_where_room_is_made_up() -> None:
    """Rooms that nobody has meet every need on paper, and counts follow."""

    def boast(released: Released) -> Released:
        room = {c: Room(99, frozenset(range(released.version + 1))) for c in released.choices}
        return replace(released, room=room)

    assert any(one_by_one(seed, 1, 6, boast).narrow() for seed in range(8))


def _office(needs: tuple[Need, ...] = (), room: dict[tuple[tuple[str, str], ...], int] | None = None) -> Released:
    rooms = {c: Room(n, frozenset({0})) for c, n in (room or {}).items()}
    return Released(frozenset(), frozenset(), 0, needs, rooms, (), 0, frozenset({(), _L, _P}))


_NEED = Need({(_L, 0): 1, (_P, 0): -1}, 4)


def _decided(offices: dict[str, Released], shown: list[Total] | None = None) -> Decision:
    new = [Figure("53", (), "2025", 100, 1), Figure("53", _L, "2025", 40, 1), Figure("53", _P, "2025", 60, 1)]
    return decide(offices, shown or [], new, Thresholds())


def test_one_that_can_carry_it_is_not_enough() -> None:
    """It knows its own figures: against it a second one is needed. Both totals of the need wait, the third is shown."""
    offices = {"53.01": _office((_NEED,)), "53.02": _office(room={_L: 50, _P: 50})}
    decision = _decided(offices)
    assert decision.waiting == {_L, _P}
    assert decision.open == {()}
    offices["53.03"] = _office(room={_L: 4, _P: 9})
    assert _decided(offices).open == {(), _L, _P}
    offices["53.03"] = _office(room={_L: 3, _P: 9})  # L must go down by four
    assert _decided(offices).waiting == {_L, _P}


def test_who_stands_in_another_open_total_carries_nothing() -> None:
    """53.02 was in a total that stands open without 53.01: its figure cannot be otherwise with the newer one alone."""
    offices = {"53.01": _office((_NEED,)), **{k: _office(room={_L: 9, _P: 9}) for k in ("53.02", "53.03")}}
    assert _decided(offices).waiting == frozenset()
    decision = _decided(offices, [Total(_L, 20, {"53.02": 0})])
    assert decision.waiting == {_L, _P}
    assert not decision.endangered


def test_a_revision_that_an_open_total_would_tell_is_named() -> None:
    offices = {"53.01": _office((_NEED,)), "53.02": _office()}
    assert _decided(offices, [Total(_L, 30, {"53.01": 0})]).endangered == {"53.01"}


def test_a_total_that_a_kabupaten_left_tells_it_by_what_is_less() -> None:
    """53.01 has such choices no more: beside the totals shown before, those without it would tell how many it had."""
    offices = {
        "53.01": replace(_office((_NEED,)), version=1, choices=frozenset({()})),
        **{k: _office(room={_L: 9, _P: 9}) for k in ("53.02", "53.03")},
    }
    before = [Total(c, 99, dict.fromkeys(offices, 0)) for c in (_L, _P)]
    decision = _decided(offices, before)
    assert decision.waiting == {_L, _P}
    assert not decision.endangered
    # for one whom totals that were shown tell already nothing more is kept back
    decision = _decided(offices, [*before, Total(_L, 7, {"53.01": 0})])
    assert decision.endangered == {"53.01"}
    assert not decision.waiting


def test_a_small_total_is_hidden_with_one_beside_it() -> None:
    offices = {k: _office(room={_L: 1, _P: 50, (): 50}) for k in ("53.01", "53.02", "53.03")}
    new = [Figure("53", (), "2025", 103, 1), Figure("53", _L, "2025", 3, 1), Figure("53", _P, "2025", 100, 1)]
    decision = decide(offices, [], new, Thresholds())
    assert _L in decision.small
    assert len(decision.small) == 2
    assert len(decision.open) == 1


def test_room_is_what_the_path_can_lose_and_its_figures_are_hidden() -> None:
    """The kabupaten's women are hidden for a kecamatan's sake that is alone; one way down is hidden with them."""
    counts = {"53.01": {(): 3, _L: 1, _P: 2}, "53.01.01": {(): 3, _L: 1, _P: 2}, "53.01.01.2001": {(): 3, _L: 1, _P: 2}}
    shown = [Figure(r, c, "2025", n, 1) for r, by in counts.items() for c, n in by.items()]
    released = release("53.01", shown, Thresholds())
    assert released.path == ("53.01.01", "53.01.01.2001")
    assert released.hidden == set(range(9))
    assert {c: r.down for c, r in released.room.items()} == {(): 2, _L: 0, _P: 1}
    assert any(n > 0 for need in released.needs for n in need.vector.values())
    again = release("53.01", shown, Thresholds(), Beside([Shown(shown, released.hidden)], released.path))
    assert again.version == 1
    assert {r.versions for r in again.room.values()} == {frozenset({0, 1})}  # the same cells


def test_a_place_hidden_in_a_period_beside_is_hidden_here() -> None:
    shown = [Figure(r, (), "2025", n, 1) for r, n in (("53.01", 90), ("53.01.01", 40), ("53.01.02", 50))]
    assert release("53.01", shown, Thresholds()).hidden == frozenset()
    assert 1 in release("53.01", shown, Thresholds(), Beside(forced=[1])).hidden


def test_where_a_count_was_hidden_none_is_shown() -> None:
    """So a count that stays hidden there is known to be one at least; two and three that add up to five are too narrow."""
    first = [
        Figure(r, (), "2025", n, 1)
        for r, n in (("53.01", 60), ("53.01.01", 3), ("53.01.02", 9), ("53.01.03", 48))
    ]  # fmt: skip
    hidden = hide((then := linked(first, Thresholds(), adds_up_over_time=True)).table, then.grid, then.primary)
    earlier = [Shown(first, {i for i, n in enumerate(then.cell) if n in hidden.cells})]
    second = [replace(f, value=n) for f, n in zip(first, (53, 2, 3, 48), strict=True)]
    tables = linked(second, Thresholds(), adds_up_over_time=True, earlier=earlier)
    assert {tables.table.cells[tables.cell[i]].lowest for i in (1, 2)} == {1}
    chosen = hide(tables.table, tables.grid, tables.primary, tables.past, tables.hidden_before)
    assert len(chosen.cells & set(tables.cell)) > 2
