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
from tests.geo.random_points import acak

CEPAT = settings(max_examples=40, deadline=None, derandomize=True)


@pytest.mark.parametrize("km", [0.1, 5, 50, 500])
@pytest.mark.parametrize("lat", [-10.9, 0.0, 5.5])
def test_a_circle_has_its_radius_and_its_area(km: float, lat: float) -> None:
    meter = km * 1000
    (lingkar,) = circles(np.array([[120.0, lat]]), meter, 360)
    tepi = shapely.get_coordinates(lingkar)
    jarak = distances(tepi, np.repeat([[120.0, lat]], len(tepi), axis=0))
    assert np.allclose(jarak, meter, rtol=1e-4)
    luas, _ = GEOD.geometry_area_perimeter(lingkar)
    # of a circle on a sphere of the ellipsoid's mean curvature there
    sama = 2 * np.pi * 6.371e6**2 * (1 - np.cos(meter / 6.371e6))
    assert abs(luas) == pytest.approx(sama, rel=0.001)


@pytest.mark.parametrize(
    ("meter", "toleransi"), [(1_000, 50), (10_000, 50), (10_000, 500), (100_000, 20), (500_000, 1)]
)
def test_as_many_corners_as_the_tolerance_asks(meter: float, toleransi: float) -> None:
    banyak = corners_for(meter, toleransi)
    assert 16 <= banyak <= 360
    (lingkar,) = circles(np.array([[120.0, -2.0]]), meter, banyak)
    tepi = shapely.get_coordinates(lingkar)
    tengah = (tepi[1:] + tepi[:-1]) / 2
    pusat = np.repeat([[120.0, -2.0]], len(tengah), axis=0)
    simpang = np.abs(np.concatenate([distances(tepi[1:], pusat), distances(tengah, pusat)]) - meter).max()
    assert simpang <= toleransi * 1.05 or banyak == 360
    assert banyak == 16 or simpang > toleransi * 0.3  # and no more than that


def petak(benih: int, banyak: int) -> Geometries:
    kotak = shapely.box(122.5, -11, 124.5, -10)
    titik = np.unique(acak(benih, banyak).round(4), axis=0)
    isi = shapely.voronoi_polygons(shapely.MultiPoint(titik), extend_to=kotak)
    return np.asarray(shapely.intersection(np.array(isi.geoms), kotak), dtype=object)


@CEPAT
@given(st.integers(0, 2**32 - 1), st.integers(2, 150), st.integers(1, 40), st.floats(1, 60))
def test_shares_are_those_of_one_union_cut_by_each_area(benih: int, n: int, m: int, km: float) -> None:
    area, pusat = petak(benih, n), acak(benih + 1, m)
    gabung = shapely.union_all(circles(pusat, km * 1000, 180))
    harap = shapely.area(shapely.intersection(area, gabung)) / shapely.area(area)
    assert np.abs(share_covered(area, pusat, km * 1000) - harap).max() < 0.004
    pasti = settled(shapely.bounds(area), Points(pusat), km * 1000)
    tahu = ~np.isnan(pasti)
    assert np.allclose(pasti[tahu], harap[tahu], atol=1e-9)


def test_areas_side_by_side_add_up_to_what_is_covered_of_them_all() -> None:
    area, pusat = petak(7, 200), acak(8, 15)
    bagian = share_covered(area, pusat, 12_000)
    luas = shapely.area(area)
    gabung = shapely.union_all(circles(pusat, 12_000, 360)).intersection(shapely.box(122.5, -11, 124.5, -10))
    assert (bagian * luas).sum() == pytest.approx(gabung.area, rel=0.001)
    assert 0 < bagian.min() + 1 <= bagian.max() + 1 == 2


def test_an_area_that_crosses_itself_is_measured_all_the_same() -> None:
    """Two lobes, of which a circle covers a part of one; what is wound the other way round is area too."""
    dasi = shapely.Polygon([(123, -10), (123.06, -10.03), (123.06, -10), (123, -10.01)])
    assert not dasi.is_valid
    utuh = shapely.make_valid(dasi)
    (lingkar,) = circles(np.array([[123.05, -10.01]]), 700)
    (bagian,) = share_covered(np.array([dasi], dtype=object), np.array([[123.05, -10.01]]), 700)
    assert bagian == pytest.approx(utuh.intersection(lingkar).area / utuh.area)


def test_circles_far_away_or_absent_cover_nothing() -> None:
    area = np.array([shapely.box(123, -10.1, 123.1, -10)], dtype=object)
    tepi = shapely.bounds(area)
    for pusat in (np.empty((0, 2)), np.array([[140.0, -5.0]])):
        assert share_covered(area, pusat, 1_000).tolist() == [0.0]
        assert settled(tepi, Points(pusat), 1_000).tolist() == [0.0]
    assert np.isnan(settled(np.full((1, 4), np.nan), Points(np.array([[123.0, -10.0]])), 1_000)).all()


def test_the_union_takes_from_outside_only_what_reaches_in() -> None:
    pusat: Floats = np.array([[123.0, -10.0], [123.14, -10.05], [125.0, -10.0], [128.0, -10.0]])
    dalam = np.array([True, False, False, True])  # the last stands in the region though far from every box of it
    kotak = np.array([[123.0, -10.1, 123.1, -10.0], [np.nan] * 4])
    gabung = union_reaching(pusat, dalam, kotak, 5_000, 64)
    kena = [gabung.contains(shapely.Point(p)) for p in pusat]
    assert kena == [True, True, False, True]
    assert shapely.is_ccw(shapely.get_exterior_ring(gabung.geoms[0]))
    assert (shapely.get_coordinates(gabung).round(6) == shapely.get_coordinates(gabung)).all()
    assert union_reaching(pusat[:0], dalam[:0], kotak, 5_000, 64).is_empty
