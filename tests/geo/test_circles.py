"""Circles on the map and shares of areas. The areas are compared with PostGIS in tests/schema/cakupan/test_reach.py."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.arrays import Floats, Geometries
from geo.circles import circles, corners_for, settled, share_covered, union_reaching
from geo.geodesic import GEOD, distances
from geo.near import Points
from tests.geo.random_points import random_points

FAST = settings(max_examples=40, deadline=None, derandomize=True)


@pytest.mark.parametrize("km", [0.1, 5, 50, 500])
@pytest.mark.parametrize("lat", [-10.9, 0.0, 5.5])
def test_a_circle_has_its_radius_and_its_area(km: float, lat: float) -> None:
    meter = km * 1000
    (circle,) = circles(np.array([[120.0, lat]]), meter, 360)
    edge = shapely.get_coordinates(circle)
    measured = distances(edge, np.repeat([[120.0, lat]], len(edge), axis=0))
    assert np.allclose(measured, meter, rtol=1e-4)
    area, _ = GEOD.geometry_area_perimeter(circle)
    # of a circle on a sphere of the ellipsoid's mean curvature there
    expected = 2 * np.pi * 6.371e6**2 * (1 - np.cos(meter / 6.371e6))
    assert abs(area) == pytest.approx(expected, rel=0.001)


@pytest.mark.parametrize(
    ("meter", "tolerance"), [(1_000, 50), (10_000, 50), (10_000, 500), (100_000, 20), (500_000, 1)]
)
def test_as_many_corners_as_the_tolerance_asks(meter: float, tolerance: float) -> None:
    count = corners_for(meter, tolerance)
    assert 16 <= count <= 360
    (circle,) = circles(np.array([[120.0, -2.0]]), meter, count)
    edge = shapely.get_coordinates(circle)
    middles = (edge[1:] + edge[:-1]) / 2
    centres = np.repeat([[120.0, -2.0]], len(middles), axis=0)
    deviation = np.abs(np.concatenate([distances(edge[1:], centres), distances(middles, centres)]) - meter).max()
    assert deviation <= tolerance * 1.05 or count == 360
    assert count == 16 or deviation > tolerance * 0.3  # and no more than that


def cells(seed: int, count: int) -> Geometries:
    box = shapely.box(122.5, -11, 124.5, -10)
    points = np.unique(random_points(seed, count).round(4), axis=0)
    voronoi = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=box)
    return np.asarray(shapely.intersection(np.array(voronoi.geoms), box), dtype=object)


@FAST
@given(st.integers(0, 2**32 - 1), st.integers(2, 150), st.integers(1, 40), st.floats(1, 60))
def test_shares_are_those_of_one_union_cut_by_each_area(seed: int, n: int, m: int, km: float) -> None:
    area, centres = cells(seed, n), random_points(seed + 1, m)
    union = shapely.union_all(circles(centres, km * 1000, 180))
    expected = shapely.area(shapely.intersection(area, union)) / shapely.area(area)
    assert np.abs(share_covered(area, centres, km * 1000) - expected).max() < 0.004
    certain = settled(shapely.bounds(area), Points(centres), km * 1000)
    known = ~np.isnan(certain)
    assert np.allclose(certain[known], expected[known], atol=1e-9)


def test_areas_side_by_side_add_up_to_what_is_covered_of_them_all() -> None:
    area, centres = cells(7, 200), random_points(8, 15)
    shares = share_covered(area, centres, 12_000)
    sizes = shapely.area(area)
    union = shapely.union_all(circles(centres, 12_000, 360)).intersection(shapely.box(122.5, -11, 124.5, -10))
    assert (shares * sizes).sum() == pytest.approx(union.area, rel=0.001)
    assert 0 < shares.min() + 1 <= shares.max() + 1 == 2


def test_an_area_that_crosses_itself_is_measured_all_the_same() -> None:
    """Two lobes, of which a circle covers a part of one; what is wound the other way round is area too."""
    bow_tie = shapely.Polygon([(123, -10), (123.06, -10.03), (123.06, -10), (123, -10.01)])
    assert not bow_tie.is_valid
    whole = shapely.make_valid(bow_tie)
    (circle,) = circles(np.array([[123.05, -10.01]]), 700)
    (share,) = share_covered(np.array([bow_tie], dtype=object), np.array([[123.05, -10.01]]), 700)
    assert share == pytest.approx(whole.intersection(circle).area / whole.area)


def test_circles_far_away_or_absent_cover_nothing() -> None:
    area = np.array([shapely.box(123, -10.1, 123.1, -10)], dtype=object)
    boxes = shapely.bounds(area)
    for centres in (np.empty((0, 2)), np.array([[140.0, -5.0]])):
        assert share_covered(area, centres, 1_000).tolist() == [0.0]
        assert settled(boxes, Points(centres), 1_000).tolist() == [0.0]
    assert np.isnan(settled(np.full((1, 4), np.nan), Points(np.array([[123.0, -10.0]])), 1_000)).all()


def test_the_union_takes_from_outside_only_what_reaches_in() -> None:
    centres: Floats = np.array([[123.0, -10.0], [123.14, -10.05], [125.0, -10.0], [128.0, -10.0]])
    inside = np.array([True, False, False, True])  # the last stands in the region though far from every box of it
    boxes = np.array([[123.0, -10.1, 123.1, -10.0], [np.nan] * 4])
    union = union_reaching(centres, inside, boxes, 5_000, 64)
    hit = [union.contains(shapely.Point(p)) for p in centres]
    assert hit == [True, True, False, True]
    assert shapely.is_ccw(shapely.get_exterior_ring(union.geoms[0]))
    assert (shapely.get_coordinates(union).round(6) == shapely.get_coordinates(union)).all()
    assert union_reaching(centres[:0], inside[:0], boxes, 5_000, 64).is_empty
