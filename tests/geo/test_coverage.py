"""Areas made a coverage and simplified: nothing overlaps, nothing gapes, neighbours share their border vertex by vertex."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from shapely import LineString, MultiPolygon, Polygon

from geo.arrays import Geometries, geometries
from geo.coverage import as_multis, clean, dissolve, gaps, is_narrow, longest_border, simplify
from geo.edges import edges_of
from geo.mercator import to_degrees, to_mercator
from geo.zoom_bands import COARSER


@pytest.fixture(scope="module")
def rote(data: Path) -> tuple[list[str], Geometries]:
    """Codes and areas of the real desa of Rote Ndao, EPSG:3857; they overlap and gape."""
    _, _, wkb, (kode, *_) = pyogrio.raw.read(data / "rote_ndao" / "desa.geojson", columns=["kode"])
    order = np.argsort(kode)
    return [str(k) for k in kode[order]], to_mercator(shapely.from_wkb(wkb[order]))


def test_an_overlap_goes_to_the_smaller_area() -> None:
    large, small = shapely.box(0, 0, 100, 100), shapely.box(90, 20, 120, 60)
    cleaned = clean(geometries([large, small]), 0)[0]
    assert shapely.coverage_is_valid(cleaned)
    assert cleaned[1].equals(small)
    assert cleaned[0].equals(large.difference(small))


def test_an_area_inside_another_keeps_its_place() -> None:
    outer, inner = shapely.box(0, 0, 100, 100), shapely.box(40, 40, 60, 60)
    cleaned = clean(geometries([outer, inner]), 0)[0]
    assert [g.area for g in cleaned] == [9_600, 400]
    assert shapely.coverage_is_valid(cleaned)


def test_a_narrow_gap_is_filled_by_the_neighbour_with_the_longest_border_and_a_lake_stays() -> None:
    left = Polygon([(0, 0), (50, 0), (50, 100), (0, 100)])
    right = Polygon([(50, 0), (100, 0), (100, 100), (50, 100), (58, 50)])  # leaves a sliver 8 wide, open nowhere
    bottom = Polygon([(0, 0), (100, 0), (100, -100), (0, -100)], [[(20, -80), (80, -80), (80, -20), (20, -20)]])
    cleaned = clean(geometries([left, right, bottom]), 10)[0]
    assert shapely.coverage_is_valid(cleaned)
    assert shapely.area(cleaned).tolist() == pytest.approx(
        [5_000, 5_000, 10_000 - 3_600]
    )  # kanan: its border is longer
    (lake,) = gaps(shapely.union_all(cleaned))
    assert lake.area == 3_600
    assert shapely.area(clean(geometries([left, right, bottom]), 0)[0]).tolist() == pytest.approx([5_000, 4_600, 6_400])


def test_a_gap_all_around_an_enclave_is_a_ring() -> None:
    outer = Polygon(shapely.box(0, 0, 100, 100).exterior, [shapely.box(40, 40, 60, 60).exterior])
    inner = shapely.box(42, 42, 58, 58)
    (gap,) = gaps(shapely.union_all([outer, inner]))
    assert gap.area == 400 - 256
    cleaned = clean(geometries([outer, inner]), 5)[0]
    assert shapely.area(cleaned).tolist() == [9_600 + 144, 256]


def test_narrow_is_nowhere_wider_than_that() -> None:
    shapes = geometries(
        [
            shapely.box(0, 0, 1_000, 9),
            shapely.box(0, 0, 11, 11),
            shapely.box(0, 0, 1_000, 9).union(shapely.Point(500, 0).buffer(30)),
        ]
    )
    assert is_narrow(shapes, 10).tolist() == [True, False, False]


def test_the_longest_border_is_measured_and_the_first_wins_a_tie() -> None:
    middle = shapely.box(0, 0, 10, 30)
    around = geometries([
        Polygon([(10, 0), (20, 0), (20, 30), (10, 30)]), Polygon([(-10, 0), (0, 0), (0, 30), (-10, 30)]), shapely.box(0, 30, 10, 40),
    ])  # fmt: skip
    assert longest_border(geometries([middle, shapely.box(50, 50, 60, 60)]), around).tolist() == [0, -1]


def test_an_edge_is_the_same_from_both_sides() -> None:
    edges = edges_of(
        geometries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), MultiPolygon([shapely.box(5, -0.0, 6, 1)])])
    )
    assert len(edges.key) == 12
    shared = [k for k in np.unique(edges.key) if (edges.key == k).sum() == 2]
    assert len(shared) == 1
    assert edges.owner[edges.key == shared[0]].tolist() == [0, 1]
    assert edges.length.tolist() == [1] * 12


def test_real_desa_come_out_as_a_coverage_that_differs_little(rote: tuple[list[str], Geometries]) -> None:
    _, original = rote
    assert not shapely.coverage_is_valid(original)
    cleaned = clean(original, 50)[0]
    assert shapely.coverage_is_valid(cleaned)
    assert shapely.is_valid(cleaned).all()
    assert not is_narrow(gaps(shapely.union_all(cleaned)), 50).any()
    assert shapely.area(cleaned) == pytest.approx(shapely.area(original), rel=0.01)
    assert shapely.area(cleaned).sum() == pytest.approx(shapely.union_all(original).area, rel=1e-3)


def test_every_band_of_real_desa_stays_a_coverage(rote: tuple[list[str], Geometries]) -> None:
    kode, original = rote
    cells = clean(original, 50)[0]
    _, kecamatan = dissolve(cells, [k[:8] for k in kode])
    assert len(kecamatan) == 11
    for areas in (cells, kecamatan):
        vertices = shapely.get_num_coordinates(areas).sum()
        for b in COARSER:
            areas = simplify(areas, b.tolerance)
            assert shapely.coverage_is_valid(areas)
            assert shapely.is_valid(areas).all()
            assert not shapely.is_empty(areas).any()
            assert shapely.area(areas).sum() == pytest.approx(shapely.union_all(areas).area, rel=1e-9)
            fewer = shapely.get_num_coordinates(areas).sum()
            assert fewer < vertices
            vertices = fewer


def test_dissolving_gives_the_union_of_the_parts_in_order_of_key(rote: tuple[list[str], Geometries]) -> None:
    kode, original = rote
    cells = clean(original, 50)[0]
    keys, dissolved = dissolve(cells, [k[:8] for k in kode])
    assert keys == sorted({k[:8] for k in kode})
    for k, g in zip(keys, dissolved, strict=True):
        assert g.equals(shapely.union_all(cells[[p.startswith(k) for p in kode]]))


def test_what_is_no_coverage_is_still_united_and_simplified() -> None:
    overlapping = geometries([shapely.box(0, 0, 10, 10), shapely.box(5, 5, 15, 15), Polygon()])
    assert [g.area for g in dissolve(overlapping, ["a", "a", "b"])[1]] == [175]
    assert shapely.is_valid(simplify(overlapping[:2], 1)).all()


def test_everything_comes_out_as_multipolygons() -> None:
    shapes = geometries(
        [shapely.box(0, 0, 1, 1), shapely.GeometryCollection([shapely.box(2, 2, 3, 3), LineString([(0, 0), (1, 1)])])]
    )
    multi = as_multis(shapes)
    assert [g.geom_type for g in multi] == ["MultiPolygon"] * 2
    assert shapely.area(multi).tolist() == [1, 1]


def test_mercator_is_epsg_3857_and_comes_back() -> None:
    points = geometries([shapely.Point(123.05, -10.73), shapely.Point(-179.9, 0), shapely.Point(141, 6)])
    flat = to_mercator(points)
    transformer = Transformer.from_crs(4326, 3857, always_xy=True)
    for original, d, back in zip(points, flat, to_degrees(flat), strict=True):
        assert (d.x, d.y) == pytest.approx(transformer.transform(original.x, original.y), abs=1e-6)
        assert original.distance(back) < 1e-12
