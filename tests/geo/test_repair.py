"""Broken polygons made whole: hand-made ones with known areas, random rings against winding numbers, and real ones."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon

from geo.repair import repair
from hub.batas.files import BatasFile

FAST = settings(max_examples=100, deadline=None, derandomize=True)

Ring = Sequence[tuple[float, float]]


def square(x: float, y: float, side: float) -> list[tuple[float, float]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def repaired(shape: Any) -> tuple[Any, str]:
    """The repaired area and the reason, both of which must be there."""
    result, cause = repair(shape)
    assert result is not None
    assert cause is not None
    assert isinstance(result, MultiPolygon)
    assert result.is_valid
    assert not result.has_z
    return result, cause


def winding(ring: Ring, x: float, y: float) -> int:
    """How often the ring winds around the point (not on the ring)."""
    turns = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        if y1 <= y < y2 and side > 0:
            turns += 1
        elif y2 <= y < y1 and side < 0:
            turns -= 1
    return turns


def test_a_sound_polygon_is_only_wrapped() -> None:
    original = Polygon(square(0, 0, 10), [square(2, 2, 3)])
    result, cause = repair(original)
    assert cause is None
    assert result is not None
    assert (result.geom_type, result.area, len(result.geoms)) == ("MultiPolygon", 91.0, 1)
    assert result.geoms[0].equals_exact(original, 0)


def test_sound_parts_stay_as_they_are() -> None:
    original = MultiPolygon([Polygon(square(0, 0, 10), [square(2, 2, 6)]), Polygon(square(4, 4, 2))])
    result, cause = repair(original)
    assert cause is None
    assert result is not None
    assert (result.area, len(result.geoms)) == (68.0, 2)  # an islet in a lake is no error


def test_an_islet_nested_in_a_shell_belongs_to_it() -> None:
    result, cause = repaired(MultiPolygon([Polygon(square(0, 0, 10)), Polygon(square(4, 4, 2))]))
    assert (result.area, len(result.geoms)) == (100.0, 1)
    assert len(result.geoms[0].interiors) == 0
    assert cause == "Nested shells"


def test_a_hole_outside_the_shell_is_an_islet() -> None:
    result, cause = repaired(Polygon(square(0, 0, 10), [square(20, 0, 2)]))
    assert (result.area, len(result.geoms)) == (104.0, 2)
    assert result.covers(Point(21, 1))
    assert cause == "Hole lies outside shell"


def test_a_true_hole_stays_one_beside_a_hole_outside() -> None:
    result, _ = repaired(Polygon(square(0, 0, 10), [square(20, 0, 2), square(1, 1, 3)]))
    assert (result.area, len(result.geoms)) == (95.0, 2)
    assert not result.intersects(Point(2, 2))


def test_a_hole_written_twice_is_still_a_hole() -> None:
    result, _ = repaired(Polygon(square(0, 0, 10), [square(2, 2, 2), square(2, 2, 2)]))
    assert result.area == pytest.approx(96)
    assert not result.intersects(Point(3, 3))


def test_holes_that_overlap_are_both_holes() -> None:
    result, _ = repaired(Polygon(square(0, 0, 10), [square(2, 2, 3), square(3, 2, 3)]))
    assert result.area == pytest.approx(88)


def test_a_bow_tie_keeps_both_lobes() -> None:
    result, cause = repaired(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]))
    assert result.area == pytest.approx(2)
    assert len(result.geoms) == 2
    assert result.covers(Point(1.8, 1))
    assert result.covers(Point(0.2, 1))
    assert cause == "Self-intersection"


def test_lobes_of_unlike_size_both_stay() -> None:
    unlike_lobes = [(0, 0), (9, 9), (9, 10), (10, 9), (0, 9)]
    result, _ = repaired(Polygon(unlike_lobes))
    assert result.covers(Point(1, 6))
    assert result.covers(Point(9.2, 9.4))


def test_what_is_wound_twice_counts_once() -> None:
    result, _ = repaired(Polygon([*square(0, 0, 4), *square(0, 0, 4)]))
    assert result.area == pytest.approx(16)


def test_a_spike_leaves_nothing_behind() -> None:
    result, _ = repaired(Polygon([(0, 0), (4, 0), (4, 4), (8, 4), (4, 4), (0, 4)]))
    assert result.area == pytest.approx(16)
    assert result.bounds == (0, 0, 4, 4)


def test_overlapping_and_repeated_parts_count_once() -> None:
    assert repaired(MultiPolygon([Polygon(square(0, 0, 2)), Polygon(square(1, 1, 2))]))[0].area == pytest.approx(7)
    assert repaired(MultiPolygon([Polygon(square(0, 0, 2)), Polygon(square(0, 0, 2))]))[0].area == pytest.approx(4)


def test_of_a_collection_the_areas_are_kept() -> None:
    mixed = [
        Polygon(square(0, 0, 2)),
        LineString([(0, 0), (9, 9)]),
        Point(7, 7),
        MultiPolygon([Polygon(square(4, 0, 1))]),
    ]
    result, _ = repair(GeometryCollection([*mixed, GeometryCollection([Polygon(square(8, 8, 1))])]))
    assert result is not None
    assert (result.area, len(result.geoms)) == (pytest.approx(6), 3)


def test_the_reason_given_for_a_collection_is_not_that_it_is_valid() -> None:
    _, cause = repair(GeometryCollection([Polygon(square(0, 0, 2)), Point(7, 7)]))
    assert cause != "Valid Geometry"


@pytest.mark.parametrize("empty", [None, Polygon(), MultiPolygon(), GeometryCollection(), Point()])
def test_nothing_gives_nothing(empty: Any) -> None:
    assert repair(empty) == (None, "kosong")


@pytest.mark.parametrize(
    "without_area",
    [Point(1, 1), MultiPoint([(0, 0), (1, 1)]), LineString([(0, 0), (1, 1)]), MultiLineString([[(0, 0), (1, 1)]])],
)
def test_points_and_lines_have_no_area(without_area: Any) -> None:
    assert repair(without_area) == (None, f"bukan poligon ({without_area.geom_type})")


def test_a_ring_along_one_line_has_no_area() -> None:
    assert repair(Polygon([(0, 0), (1, 1), (2, 2)])) == (None, "tanpa luas")


@pytest.mark.parametrize("angka", [math.nan, math.inf])
def test_coordinates_that_are_no_numbers_are_refused(angka: float) -> None:
    with np.errstate(invalid="ignore"):
        broken = Polygon([(0, 0), (1, 0), (1, angka)])
    assert repair(broken) == (None, "koordinat bukan angka")


def test_heights_are_dropped_from_sound_and_broken_polygons() -> None:
    result, cause = repair(Polygon([(0, 0, 5), (2, 0, 5), (2, 2, 7), (0, 2, 7)]))
    assert result is not None
    assert (result.area, result.has_z, cause) == (4.0, False, None)
    assert repaired(Polygon([(0, 0, 5), (2, 2, 5), (2, 0, 7), (0, 2, 7)]))[0].area == pytest.approx(2)


def test_an_empty_part_is_left_out() -> None:
    result, _ = repair(MultiPolygon([Polygon(square(0, 0, 2)), Polygon()]))
    assert result is not None
    assert (result.area, len(result.geoms)) == (4.0, 1)


POINT = st.tuples(st.integers(0, 4), st.integers(0, 4))


@FAST
@given(st.lists(POINT, min_size=3, max_size=8), st.integers(0, 2**32))
def test_no_area_a_ring_winds_around_is_lost(ring: list[tuple[int, int]], seed: int) -> None:
    result, _ = repair(Polygon(ring))
    chance = Random(seed)
    inside = [
        (x, y) for x, y in ((chance.uniform(0, 4), chance.uniform(0, 4)) for _ in range(30)) if winding(ring, x, y)
    ]
    if result is None:
        assert inside == []
        return
    assert result.is_valid
    assert all(result.covers(Point(x, y)) for x, y in inside)
    assert result.difference(shapely.convex_hull(MultiPoint(ring))).area < 1e-9


@FAST
@given(st.lists(POINT, min_size=3, max_size=8))
def test_what_was_repaired_needs_no_repair(ring: list[tuple[int, int]]) -> None:
    result, _ = repair(Polygon(ring))
    if result is not None:
        assert repair(result) == (result, None)


def _area_of_ring(ring: list[list[float]]) -> Any:
    """All faces of a ring that it winds around, found without `repair`."""
    points = [(t[0], t[1]) for t in ring]
    if len({*points}) < 3:
        return Polygon()
    lines = shapely.node(LineString([*points, points[0]]))
    faces = shapely.polygonize(list(getattr(lines, "geoms", [lines]))).geoms
    representatives = [m.representative_point() for m in faces]
    return shapely.union_all([m for m, w in zip(faces, representatives, strict=True) if winding(points, w.x, w.y)])


def _expected(rings: list[list[list[float]]]) -> Any:
    shell = result = _area_of_ring(rings[0])
    for hole in map(_area_of_ring, rings[1:]):
        is_inside = hole.intersection(shell).area > hole.area / 2
        result = result.difference(hole) if is_inside else result.union(hole)
    return result


def test_all_broken_polygons_of_the_national_set_but_the_empty_one_become_valid(data: Path) -> None:
    file = data / "mutu" / "poligon_rusak_mentah.geojson"
    features = list(BatasFile(file).features())
    assert len(features) == 46
    assert [(f.kode, f.problem) for f in features if f.geom is None] == [("96.01.05.1012", "kosong atau tidak terbaca")]
    good = [f for f in features if f.geom is not None]
    assert len(good) == 45
    assert all(f.geom is not None and f.geom.is_valid and f.geom.area > 0 for f in good)
    assert Counter(f.problem for f in good) == {
        "Ring Self-intersection": 27, "Hole lies outside shell": 8, "Self-intersection": 6, "Nested shells": 2,
        "tepi tidak tertutup": 1, "Too few points in geometry component": 1,
    }  # fmt: skip


def test_every_broken_polygon_of_the_national_set_keeps_exactly_what_its_rings_wind_around(data: Path) -> None:
    file = data / "mutu" / "poligon_rusak_mentah.geojson"
    raw = json.loads(file.read_text(encoding="utf-8"))["features"]
    differences: dict[str, float] = {}
    for f, original in zip(BatasFile(file).features(), raw, strict=True):
        if f.geom is None:
            continue
        geometry = original["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        expected = shapely.union_all([_expected(p) for p in polygons if p])
        differences[f.kode] = expected.symmetric_difference(f.geom).area / expected.area
    assert len(differences) == 45
    assert {k: b for k, b in differences.items() if b > 1e-9} == {}
