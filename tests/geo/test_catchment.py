"""Two-step floating catchment: what is handed out is what there is, and what nobody knows is said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catchment import two_step
from geo.near import Points
from tests.geo.random_points import all_distances, random_points

FAST = settings(max_examples=60, deadline=None, derandomize=True)
_THREE_POINTS = np.array(
    [[123.0, -10.0], [123.05, -10.0], [124.0, -10.0]]
)  # the first two are 5,5 km apart, the third is far away


def test_two_desa_share_what_is_between_them() -> None:
    points, panti = Points(_THREE_POINTS), Points(_THREE_POINTS[:1])
    result = two_step(points, points, np.array([30.0, 10.0, 99.0]), panti, np.array([20.0]), 6_000)
    assert result.value.tolist() == [0.5, 0.5, 0.0]  # 20 places for 40 people
    assert result.complete.tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("needs", "places", "nilai"),
    [([30.0, np.nan, 99.0], 20.0, 20 / 30), ([30.0, 10.0, 99.0], np.nan, 0.0), ([0.0, 0.0, 1.0], 20.0, 0.0)],
    ids=["kebutuhan", "tempat", "tidak ada yang butuh"],
)
def test_what_nobody_knows_is_left_out_and_said(needs: list[float], places: float, nilai: float) -> None:
    points, panti = Points(_THREE_POINTS), Points(_THREE_POINTS[:1])
    result = two_step(points, points, np.array(needs), panti, np.array([places]), 6_000)
    assert result.value.tolist() == [nilai, nilai, 0.0]
    known = not np.isnan([*needs[:2], places]).any()
    assert result.complete.tolist() == [known, known, True]


@FAST
@given(st.integers(0, 2**32 - 1), st.integers(1, 120), st.integers(1, 30), st.floats(0.02, 0.8))
def test_all_places_within_reach_are_handed_out_once(seed: int, n: int, m: int, fraction: float) -> None:
    r = np.random.default_rng(seed)
    a, b, meter = random_points(seed, n), random_points(seed + 1, m), fraction * 100_000
    needs, places = r.integers(0, 40, n).astype(float), r.integers(0, 100, m).astype(float)
    result = two_step(Points(a), Points(a), needs, Points(b), places, meter)
    reachable = (all_distances(b, a) <= meter) @ needs > 0
    assert (result.value * needs).sum() == pytest.approx(places[reachable].sum())
    assert result.complete.all()
