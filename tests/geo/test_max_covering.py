"""Greedy covering beside every choice there is: one place is the best, several reach 1 − 1/e of it and more."""

import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.arrays import Bools, Floats
from geo.max_covering import propose
from geo.near import Points
from tests.geo.random_points import all_distances, random_points

FAST = settings(max_examples=80, deadline=None, derandomize=True)
_CASE = (st.integers(0, 2**32 - 1), st.integers(1, 24), st.floats(0.05, 0.6))


def case(seed: int, n: int, fraction: float) -> tuple[Points, Bools, float, Floats, Bools]:
    """Points, which are open, metres, weights, who reaches whom."""
    r = np.random.default_rng(seed)
    points = random_points(seed, n, 0.3)
    meter = fraction * 60_000
    open_points = r.random(n) < 0.8
    return (
        Points(points),
        open_points,
        meter,
        r.integers(0, 50, n).astype(float),
        all_distances(points, points) <= meter,
    )


def nilai(reachable: Bools, open_points: Bools, weights: Floats) -> tuple[float, int]:
    covered = reachable & open_points
    return float(weights[covered].sum()), int(covered.sum())


@FAST
@given(*_CASE)
def test_one_place_is_the_best_there_is_and_of_equals_the_first(seed: int, n: int, fraction: float) -> None:
    points, open_points, meter, weights, reach = case(seed, n, fraction)
    result = propose(points, open_points, meter, weights, 1)
    by_place = [nilai(reach[i], open_points, weights) for i in range(n)]
    best = max(by_place)
    if not open_points.any():
        assert result == []
        return
    assert result[0].index == by_place.index(best)
    assert (weights[result[0].covered].sum(), len(result[0].covered)) == best


@FAST
@given(*_CASE, st.integers(2, 3))
def test_several_places_reach_the_bound(seed: int, n: int, fraction: float, count: int) -> None:
    points, open_points, meter, weights, reach = case(seed, n, fraction)
    result = propose(points, open_points, meter, weights, count)
    gained = sum(weights[t.covered].sum() for t in result)
    best = max(
        nilai(np.asarray(reach[list(p)].any(axis=0)), open_points, weights)[0]
        for p in itertools.combinations(range(n), min(count, n))
    )
    assert (1 - 1 / math.e) * best <= gained <= best
    # each step adds what nobody before it covered, and all of that
    remaining = open_points.copy()
    for t in result:
        assert set(t.covered) == set(np.flatnonzero(reach[t.index] & remaining))
        remaining[t.covered] = False


def test_it_ends_where_nothing_is_left() -> None:
    points = Points(np.array([[123.0, -10.0], [123.01, -10.0], [125.0, -10.0]]))
    all_open = np.ones(3, dtype=bool)
    result = propose(points, all_open, 5_000, np.zeros(3), 10)
    assert [(t.index, sorted(t.covered.tolist())) for t in result] == [(0, [0, 1]), (2, [2])]
    assert propose(points, ~all_open, 5_000, np.ones(3), 10) == []


def test_weight_goes_before_number() -> None:
    points = Points(np.array([[123.0, -10.0], [123.01, -10.0], [125.0, -10.0]]))
    all_open = np.ones(3, dtype=bool)
    assert [t.index for t in propose(points, all_open, 5_000, np.array([1.0, 1.0, 3.0]), 3)] == [2, 0]
