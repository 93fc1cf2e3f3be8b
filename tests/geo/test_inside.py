"""A point for a label lies inside, whatever the shape."""

from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

from geo.arrays import geometries
from geo.inside import keep_inside, label_point, label_points
from hub.batas.files import BatasFile

FAST = settings(max_examples=100, deadline=None, derandomize=True)


def _square(x: float, y: float, side: float) -> Polygon:
    return shapely.box(x, y, x + side, y + side)


def test_a_square_is_labelled_in_its_middle() -> None:
    assert label_point(MultiPolygon([_square(0, 0, 10)])).equals(Point(5, 5))


def test_the_largest_part_is_labelled() -> None:
    assert label_point(MultiPolygon([_square(20, 0, 2), _square(0, 0, 4), _square(30, 0, 3)])).equals(Point(2, 2))


@pytest.mark.parametrize(
    "shape",
    [
        Polygon([(0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10)]),  # a "C"
        Polygon(_square(0, 0, 10).exterior, [_square(1, 1, 8).exterior]),  # a ring of land
        Polygon([(0, 0), (10, 0), (10, 10), (9.9, 0.1)]),  # a thin corner
        Polygon([(123.0, -10.7), (123.0000001, -10.7), (123.0000001, -10.6999999), (123.0, -10.6999999)]),
    ],
    ids=["letter C", "lake in the middle", "thin corner", "tiny"],
)
def test_the_point_is_inside_where_the_centroid_is_not(shape: Polygon) -> None:
    point = label_point(MultiPolygon([shape]))
    assert shape.contains_properly(point)


def test_a_centroid_on_the_very_edge_is_not_taken() -> None:
    # the lake's corner touches the centroid of the whole
    shape = Polygon(
        [(-4, -4), (4, -4), (4, 4), (-4, 4)], [[(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 0), (-1, 0), (-1, -1), (0, -1)]]
    )
    assert shape.centroid.equals(Point(0, 0))
    assert shape.contains_properly(label_point(MultiPolygon([shape])))


CORNER = st.tuples(st.integers(0, 20), st.integers(0, 20))


@FAST
@given(st.lists(st.tuples(CORNER, CORNER, CORNER), min_size=1, max_size=5))
def test_it_is_inside_whatever_the_shape(triangles: list[tuple[tuple[int, int], ...]]) -> None:
    union = shapely.union_all([Polygon(s) for s in triangles if Polygon(s).area > 0])
    parts = [p for p in getattr(union, "geoms", [union]) if isinstance(p, Polygon) and p.area > 0]
    if not parts:
        return
    point = label_point(MultiPolygon(parts))
    assert any(p.contains_properly(point) for p in parts)


def test_it_is_inside_every_desa_of_rote_ndao(data: Path) -> None:
    geom = [f.geom for f in BatasFile(data / "rote_ndao" / "desa.geojson").features() if f.geom is not None]
    assert len(geom) == 119
    assert all(g.contains_properly(label_point(g)) for g in geom)


def test_many_points_are_those_of_each_area_alone() -> None:
    shapes = [
        MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 9, 9)]), MultiPolygon([shapely.box(3, 3, 4, 4)]),
        MultiPolygon([Polygon([(0, 0), (10, 0), (10, 10), (9, 10), (9, 1), (0, 1)])]),
    ]  # fmt: skip
    points = label_points(geometries(shapes))
    assert [t.equals(label_point(b)) for t, b in zip(points, shapes, strict=True)] == [True] * 3
    assert points[0].equals(shapely.Point(7, 7))


def test_a_point_that_still_lies_inside_stays_where_it_was() -> None:
    points = geometries([shapely.Point(1, 1), shapely.Point(9, 9)])
    result = keep_inside(points, geometries([shapely.box(0, 0, 4, 4), shapely.box(0, 0, 4, 4)]))
    assert result[0].equals(points[0])
    assert result[1].equals(shapely.Point(2, 2))
