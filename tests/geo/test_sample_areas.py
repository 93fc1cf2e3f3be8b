"""The demo's made-up areas: a clean coverage of their outline, the same on every machine."""

from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

from geo.sample_areas import cells, rough, scatter

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)

PULAU = [(122.84, -10.90), (123.20, -10.60), (123.43, -10.42), (123.38, -10.63), (123.10, -10.88)]
KOTAK = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)])
SIKU = Polygon([(0, 0), (10, 0), (10, 3), (3, 3), (3, 10), (0, 10)])  # not convex
DUA_PULAU = MultiPolygon([KOTAK, Polygon([(12, 0), (14, 0), (14, 2), (12, 2)])])
BERLUBANG = Polygon(KOTAK.exterior, [[(4, 4), (6, 4), (6, 6), (4, 6)]])


def _penuh(tepi: Polygon | MultiPolygon, bagian: list[MultiPolygon]) -> None:
    """The parts are all of the outline, and nothing twice."""
    assert shapely.union_all(bagian).symmetric_difference(tepi).area < 1e-9 * tepi.area
    assert sum(b.area for b in bagian) == pytest.approx(tepi.area, rel=1e-9)
    for i, satu in enumerate(bagian):
        assert satu.geom_type == "MultiPolygon"
        assert satu.is_valid
        assert all(satu.intersection(lain).area < 1e-9 * tepi.area for lain in bagian[i + 1 :])


@pytest.mark.parametrize("tepi", [KOTAK, SIKU, DUA_PULAU, BERLUBANG], ids=["square", "corner", "two islands", "lake"])
@pytest.mark.parametrize("banyak", [1, 2, 3, 17])
def test_cells_cover_the_outline_exactly_without_overlap(tepi: Polygon | MultiPolygon, banyak: int) -> None:
    titik = scatter(tepi, banyak, "uji")
    bagian = cells(tepi, titik)
    assert len(bagian) == banyak
    _penuh(tepi, bagian)
    assert all(b.covers(t) for b, t in zip(bagian, titik, strict=True))


def test_cells_of_a_rough_island_are_a_clean_coverage() -> None:
    tepi = rough(PULAU, "pulau 0")
    bagian = cells(tepi, scatter(tepi, 19, "53.14.01"))
    _penuh(tepi, bagian)
    assert shapely.coverage_is_valid(bagian)


@CEPAT
@given(st.sets(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12))
def test_any_points_inside_give_a_cell_each_in_their_order(tempat: set[tuple[int, int]]) -> None:
    titik = [Point(x, y) for x, y in sorted(tempat)]
    bagian = cells(KOTAK, titik)
    _penuh(KOTAK, bagian)
    assert [next(i for i, b in enumerate(bagian) if b.covers(t)) for t in titik] == list(range(len(titik)))


def test_a_cell_is_what_lies_nearest_to_its_point() -> None:
    kiri, kanan = cells(KOTAK, [Point(2, 5), Point(6, 5)])
    assert kiri.equals(Polygon([(0, 0), (4, 0), (4, 10), (0, 10)]))
    assert kanan.equals(Polygon([(4, 0), (10, 0), (10, 10), (4, 10)]))


def test_two_points_in_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="coincide"):
        cells(KOTAK, [Point(1, 1), Point(2, 2), Point(1, 1)])


@pytest.mark.parametrize("luar", [Point(11, 5), Point(10, 5)])
def test_a_point_outside_or_on_the_edge_is_refused(luar: Point) -> None:
    with pytest.raises(ValueError, match="outside"):
        cells(KOTAK, [Point(1, 1), luar])


def test_scatter_is_the_same_for_the_same_seed_and_other_for_another() -> None:
    satu, dua, lain = scatter(SIKU, 20, "53.14.01"), scatter(SIKU, 20, "53.14.01"), scatter(SIKU, 20, "53.14.02")
    assert [t.coords[0] for t in satu] == [t.coords[0] for t in dua]
    assert [t.coords[0] for t in satu] != [t.coords[0] for t in lain]
    assert [t.coords[0] for t in scatter(SIKU, 5, "53.14.01")] == [t.coords[0] for t in satu[:5]]


def test_scattered_points_lie_inside_and_apart() -> None:
    titik = scatter(SIKU, 30, "jarak")
    assert len(titik) == 30
    assert all(SIKU.contains(t) for t in titik)
    assert min(a.distance(b) for a in titik for b in titik if a is not b) > 0.3
    assert scatter(SIKU, 0, "jarak") == []


def test_a_rough_outline_is_always_the_same_and_keeps_its_corners() -> None:
    garis = rough(PULAU, "pulau 0")
    assert garis.equals_exact(rough(PULAU, "pulau 0"), 0)
    assert not garis.equals(rough(PULAU, "pulau 1"))
    assert garis.is_valid
    assert len(garis.exterior.coords) == 8 * len(PULAU) + 1
    assert set(PULAU) <= set(garis.exterior.coords)


def test_a_rough_outline_stays_near_its_corners_lines() -> None:
    lurus = Polygon(PULAU)
    terpanjang = max(Point(a).distance(Point(b)) for a, b in pairwise([*PULAU, PULAU[0]]))
    assert rough(PULAU, "pulau 0").hausdorff_distance(lurus) <= 0.0351 * terpanjang
    assert rough(PULAU, "pulau 0").symmetric_difference(lurus).area > 0


def test_corners_that_cross_themselves_are_refused() -> None:
    with pytest.raises(ValueError, match="crosses itself"):
        rough([(0, 0), (10, 10), (10, 0), (0, 10)], "silang")
