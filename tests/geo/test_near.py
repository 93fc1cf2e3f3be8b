"""Nearest ones and sums within a distance: always what the geodesic says, pair by pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geodesic import GEOD, chord_within, distances, earth_centred, longest_geodesic
from geo.near import Points, nearest, sum_within, within
from tests.geo.random_points import all_distances, random_points

FAST = settings(max_examples=60, deadline=None, derandomize=True)
_SEED = st.integers(0, 2**32 - 1)


@FAST
@given(_SEED, st.integers(1, 400), st.integers(1, 90), st.sampled_from([0.001, 0.1, 1.0, 9.0]))
def test_the_nearest_is_the_nearest_along_the_geodesic(seed: int, n: int, m: int, extent: float) -> None:
    a, b = random_points(seed, n, extent), random_points(seed + 1, m, extent)
    indexes, meter = nearest(Points(a), Points(b))
    measured = all_distances(a, b)
    assert np.array_equal(meter, measured.min(axis=1))
    assert np.array_equal(indexes, measured.argmin(axis=1))  # of equally near ones the first


@FAST
@given(_SEED, st.integers(1, 400), st.integers(1, 90), st.sampled_from([0.001, 0.1, 1.0, 9.0]), st.floats(0.01, 1.2))
def test_sums_are_those_of_all_pairs(seed: int, n: int, m: int, extent: float, fraction: float) -> None:
    a, b = random_points(seed, n, extent), random_points(seed + 1, m, extent)
    weights = np.random.default_rng(seed).integers(0, 1000, (m, 2)).astype(float)
    meter = fraction * extent * 111_000
    inside = all_distances(a, b) <= meter
    assert np.array_equal(sum_within(Points(a), Points(b), meter, weights), inside.astype(float) @ weights)
    assert np.array_equal(within(Points(a), n // 2, Points(b), meter), inside[n // 2])


@pytest.mark.parametrize("km", [0.5, 5, 50, 500, 5_000])
def test_at_the_very_distance_is_within_and_a_micrometre_less_is_not(km: float) -> None:
    centre = np.array([[123.0, -10.5]])
    directions = np.linspace(0, 360, 360, endpoint=False)
    n = len(directions)
    x, y, _ = GEOD.fwd(np.full(n, 123.0), np.full(n, -10.5), directions, np.full(n, km * 1000))
    edge = np.column_stack([x, y])
    measured = distances(edge, np.repeat(centre, n, axis=0))
    one = np.ones((1, 1))
    assert sum_within(Points(edge), Points(centre), float(measured.max()), one).sum() == n
    assert sum_within(Points(edge), Points(centre), float(measured.min()) - 1e-6, one).sum() == 0


@FAST
@given(_SEED)
def test_chords_bound_the_geodesic_anywhere_on_earth(seed: int) -> None:
    r = np.random.default_rng(seed)
    a = np.column_stack([r.uniform(-180, 180, 500), r.uniform(-90, 90, 500)])
    directions, lengths = r.uniform(0, 360, 500), 10 ** r.uniform(0, 7, 500)
    x, y, _ = GEOD.fwd(a[:, 0], a[:, 1], directions, lengths)
    b = np.column_stack([x, y])
    chords = np.linalg.norm(earth_centred(a) - earth_centred(b), axis=1)
    geodesics = distances(a, b)
    assert (chords <= geodesics + 1e-6).all()
    assert (geodesics <= longest_geodesic(chords) + 1e-6).all()
    assert all(
        g <= m for t, g, m in zip(chords, geodesics, geodesics * 1.01, strict=True) if t <= chord_within(m) - 1e-6
    )


def test_nothing_against_something() -> None:
    nothing, something = Points(np.empty((0, 2))), Points(np.array([[123.0, -10.5]]))
    indexes, meter = nearest(something, nothing)
    assert indexes.tolist() == [-1]
    assert np.isnan(meter).all()
    assert len(nearest(nothing, something)[0]) == 0
    assert sum_within(something, nothing, 1e6, np.empty((0, 1))).tolist() == [[0.0]]
    assert sum_within(nothing, something, 1e6, np.ones((1, 1))).shape == (0, 1)


def test_many_targets_are_summed_in_several_goes() -> None:
    """More than are multiplied at once."""
    a, b = random_points(1, 40, 0.1), random_points(2, 3_000, 0.1)
    weights = np.arange(3_000.0)[:, None]
    inside = all_distances(a, b) <= 7_000
    assert 100 < inside.sum(axis=1).min() < inside.sum(axis=1).max() < 3_000
    assert np.array_equal(sum_within(Points(a), Points(b), 7_000, weights), inside.astype(float) @ weights)
