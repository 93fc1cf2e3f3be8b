"""A point for a label lies inside, whatever the shape."""

from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

from geo.arrays import geometries
from geo.inside import keep_inside, label_point, label_points
from hub.batas.files import BerkasBatas

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)


def _kotak(x: float, y: float, sisi: float) -> Polygon:
    return shapely.box(x, y, x + sisi, y + sisi)


def test_a_square_is_labelled_in_its_middle() -> None:
    assert label_point(MultiPolygon([_kotak(0, 0, 10)])).equals(Point(5, 5))


def test_the_largest_part_is_labelled() -> None:
    assert label_point(MultiPolygon([_kotak(20, 0, 2), _kotak(0, 0, 4), _kotak(30, 0, 3)])).equals(Point(2, 2))


@pytest.mark.parametrize(
    "bentuk",
    [
        Polygon([(0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10)]),  # a "C"
        Polygon(_kotak(0, 0, 10).exterior, [_kotak(1, 1, 8).exterior]),  # a ring of land
        Polygon([(0, 0), (10, 0), (10, 10), (9.9, 0.1)]),  # a thin corner
        Polygon([(123.0, -10.7), (123.0000001, -10.7), (123.0000001, -10.6999999), (123.0, -10.6999999)]),
    ],
    ids=["letter C", "lake in the middle", "thin corner", "tiny"],
)
def test_the_point_is_inside_where_the_centroid_is_not(bentuk: Polygon) -> None:
    titik = label_point(MultiPolygon([bentuk]))
    assert bentuk.contains_properly(titik)


def test_a_centroid_on_the_very_edge_is_not_taken() -> None:
    # the lake's corner touches the centroid of the whole
    bentuk = Polygon(
        [(-4, -4), (4, -4), (4, 4), (-4, 4)], [[(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 0), (-1, 0), (-1, -1), (0, -1)]]
    )
    assert bentuk.centroid.equals(Point(0, 0))
    assert bentuk.contains_properly(label_point(MultiPolygon([bentuk])))


SUDUT = st.tuples(st.integers(0, 20), st.integers(0, 20))


@CEPAT
@given(st.lists(st.tuples(SUDUT, SUDUT, SUDUT), min_size=1, max_size=5))
def test_it_is_inside_whatever_the_shape(segitiga: list[tuple[tuple[int, int], ...]]) -> None:
    gabung = shapely.union_all([Polygon(s) for s in segitiga if Polygon(s).area > 0])
    bagian = [p for p in getattr(gabung, "geoms", [gabung]) if isinstance(p, Polygon) and p.area > 0]
    if not bagian:
        return
    titik = label_point(MultiPolygon(bagian))
    assert any(p.contains_properly(titik) for p in bagian)


def test_it_is_inside_every_desa_of_rote_ndao(data: Path) -> None:
    geom = [f.geom for f in BerkasBatas(data / "rote_ndao" / "desa.geojson").fitur() if f.geom is not None]
    assert len(geom) == 119
    assert all(g.contains_properly(label_point(g)) for g in geom)


def test_many_points_are_those_of_each_area_alone() -> None:
    bentuk = [
        MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 9, 9)]), MultiPolygon([shapely.box(3, 3, 4, 4)]),
        MultiPolygon([Polygon([(0, 0), (10, 0), (10, 10), (9, 10), (9, 1), (0, 1)])]),
    ]  # fmt: skip
    titik = label_points(geometries(bentuk))
    assert [t.equals(label_point(b)) for t, b in zip(titik, bentuk, strict=True)] == [True] * 3
    assert titik[0].equals(shapely.Point(7, 7))


def test_a_point_that_still_lies_inside_stays_where_it_was() -> None:
    titik = geometries([shapely.Point(1, 1), shapely.Point(9, 9)])
    hasil = keep_inside(titik, geometries([shapely.box(0, 0, 4, 4), shapely.box(0, 0, 4, 4)]))
    assert hasil[0].equals(titik[0])
    assert hasil[1].equals(shapely.Point(2, 2))
