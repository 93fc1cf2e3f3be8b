"""The demo's made-up areas: a clean coverage of their outline, the same on every machine."""

from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

from geo.sample_areas import cells, rough, scatter

FAST = settings(max_examples=100, deadline=None, derandomize=True)

ISLAND = [(122.84, -10.90), (123.20, -10.60), (123.43, -10.42), (123.38, -10.63), (123.10, -10.88)]
SQUARE = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)])
L_SHAPE = Polygon([(0, 0), (10, 0), (10, 3), (3, 3), (3, 10), (0, 10)])  # not convex
TWO_ISLANDS = MultiPolygon([SQUARE, Polygon([(12, 0), (14, 0), (14, 2), (12, 2)])])
WITH_HOLE = Polygon(SQUARE.exterior, [[(4, 4), (6, 4), (6, 6), (4, 6)]])


def _fills(outline: Polygon | MultiPolygon, parts: list[MultiPolygon]) -> None:
    """The parts are all of the outline, and nothing twice."""
    assert shapely.union_all(parts).symmetric_difference(outline).area < 1e-9 * outline.area
    assert sum(b.area for b in parts) == pytest.approx(outline.area, rel=1e-9)
    for i, one in enumerate(parts):
        assert one.geom_type == "MultiPolygon"
        assert one.is_valid
        assert all(one.intersection(other).area < 1e-9 * outline.area for other in parts[i + 1 :])


@pytest.mark.parametrize(
    "outline", [SQUARE, L_SHAPE, TWO_ISLANDS, WITH_HOLE], ids=["square", "corner", "two islands", "lake"]
)
@pytest.mark.parametrize("count", [1, 2, 3, 17])
def test_cells_cover_the_outline_exactly_without_overlap(outline: Polygon | MultiPolygon, count: int) -> None:
    points = scatter(outline, count, "uji")
    parts = cells(outline, points)
    assert len(parts) == count
    _fills(outline, parts)
    assert all(b.covers(t) for b, t in zip(parts, points, strict=True))


def test_cells_of_a_rough_island_are_a_clean_coverage() -> None:
    outline = rough(ISLAND, "pulau 0")
    parts = cells(outline, scatter(outline, 19, "53.14.01"))
    _fills(outline, parts)
    assert shapely.coverage_is_valid(parts)


@FAST
@given(st.sets(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12))
def test_any_points_inside_give_a_cell_each_in_their_order(places: set[tuple[int, int]]) -> None:
    points = [Point(x, y) for x, y in sorted(places)]
    parts = cells(SQUARE, points)
    _fills(SQUARE, parts)
    assert [next(i for i, b in enumerate(parts) if b.covers(t)) for t in points] == list(range(len(points)))


def test_a_cell_is_what_lies_nearest_to_its_point() -> None:
    left, right = cells(SQUARE, [Point(2, 5), Point(6, 5)])
    assert left.equals(Polygon([(0, 0), (4, 0), (4, 10), (0, 10)]))
    assert right.equals(Polygon([(4, 0), (10, 0), (10, 10), (4, 10)]))


def test_two_points_in_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="coincide"):
        cells(SQUARE, [Point(1, 1), Point(2, 2), Point(1, 1)])


@pytest.mark.parametrize("outside", [Point(11, 5), Point(10, 5)])
def test_a_point_outside_or_on_the_edge_is_refused(outside: Point) -> None:
    with pytest.raises(ValueError, match="outside"):
        cells(SQUARE, [Point(1, 1), outside])


def test_scatter_is_the_same_for_the_same_seed_and_other_for_another() -> None:
    one, again, other = (
        scatter(L_SHAPE, 20, "53.14.01"),
        scatter(L_SHAPE, 20, "53.14.01"),
        scatter(L_SHAPE, 20, "53.14.02"),
    )
    assert [t.coords[0] for t in one] == [t.coords[0] for t in again]
    assert [t.coords[0] for t in one] != [t.coords[0] for t in other]
    assert [t.coords[0] for t in scatter(L_SHAPE, 5, "53.14.01")] == [t.coords[0] for t in one[:5]]


def test_scattered_points_lie_inside_and_apart() -> None:
    points = scatter(L_SHAPE, 30, "jarak")
    assert len(points) == 30
    assert all(L_SHAPE.contains(t) for t in points)
    assert min(a.distance(b) for a in points for b in points if a is not b) > 0.3
    assert scatter(L_SHAPE, 0, "jarak") == []


def test_a_rough_outline_is_always_the_same_and_keeps_its_corners() -> None:
    outline = rough(ISLAND, "pulau 0")
    assert outline.equals_exact(rough(ISLAND, "pulau 0"), 0)
    assert not outline.equals(rough(ISLAND, "pulau 1"))
    assert outline.is_valid
    assert len(outline.exterior.coords) == 8 * len(ISLAND) + 1
    assert set(ISLAND) <= set(outline.exterior.coords)


def test_a_rough_outline_stays_near_its_corners_lines() -> None:
    straight = Polygon(ISLAND)
    longest = max(Point(a).distance(Point(b)) for a, b in pairwise([*ISLAND, ISLAND[0]]))
    assert rough(ISLAND, "pulau 0").hausdorff_distance(straight) <= 0.0351 * longest
    assert rough(ISLAND, "pulau 0").symmetric_difference(straight).area > 0


def test_corners_that_cross_themselves_are_refused() -> None:
    with pytest.raises(ValueError, match="crosses itself"):
        rough([(0, 0), (10, 10), (10, 0), (0, 10)], "silang")
