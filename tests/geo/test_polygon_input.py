"""Polygons that readers send: what is mended, what is refused before it costs anything."""

import json
import math
from collections.abc import Sequence
from typing import Any

import pytest
import shapely

from geo.polygon_input import PolygonError, polygon_wkt


def polygon(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def star(tips: int, step: int) -> dict[str, Any]:
    """A star in one stroke, every `step`-th of so many points on a circle, degrees."""
    angles = [2 * math.pi * i * step / tips for i in range(tips)]
    return polygon([(123 + math.cos(s), -10 + math.sin(s)) for s in angles])


def test_a_polygon_drawn_across_itself_is_mended() -> None:
    bow_tie = shapely.from_wkt(polygon_wkt(polygon([(122, -11), (124, -10), (124, -11), (122, -10)])))
    assert bow_tie.is_valid
    assert bow_tie.area == pytest.approx(1)
    mended = shapely.from_wkt(polygon_wkt(star(15, 7)))  # 90 crossings
    assert mended.is_valid
    assert mended.contains(shapely.Point(123, -10))


def test_a_large_polygon_with_one_crossing_is_mended() -> None:
    points = [(123 + math.cos(i / 1590), -10 + math.sin(i / 1590)) for i in range(9_990)]
    points[5000], points[5001] = points[5001], points[5000]
    whole = shapely.from_wkt(polygon_wkt(polygon(points)))
    assert whole.is_valid
    assert whole.area == pytest.approx(math.pi, rel=1e-3)


@pytest.mark.parametrize(
    "geometry",
    [
        star(201, 73),
        star(9_999, 4_999),
        polygon([(122, -11), (123, -10)] * 4_900 + [(124, -11)]),
        polygon([(120 + i % 2 * (1 + i / 10_000), -10.0) for i in range(400)] + [(121, -9)]),
        {"type": "MultiPolygon", "coordinates": [polygon([(122, -11), (123, -10), (123, -11)])["coordinates"]] * 2_000},
    ],
    ids=["star", "large star", "to and fro", "along itself", "the same many times"],
)
def test_a_tangle_is_refused(geometry: dict[str, Any]) -> None:
    """Mending the smallest of them takes 25 s, the largest all memory."""
    with pytest.raises(PolygonError, match="terlalu kusut"):
        polygon_wkt(geometry)


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ({"type": "Polygon", "coordinates": []}, "kosong"),
        ({"type": "Polygon", "coordinates": [[]]}, "kosong"),
        ({"type": ["Polygon"], "coordinates": []}, '"type" yang bukan teks'),
        ({"type": "Polygon", "coordinates": json.loads("[" * 900 + "]" * 900)}, "tidak terbaca"),
        ({"type": "Polygon", "coordinates": [["x"] * 10_001]}, "lebih dari 10000 titik"),
        ({"type": "MultiPolygon", "coordinates": [[[[1, 2]] * 6_000], [[[1, 2]] * 6_000]]}, "lebih dari 10000 titik"),
    ],
)
def test_what_is_no_polygon_is_told(geometry: dict[str, Any], message: str) -> None:
    with pytest.raises(PolygonError, match=message):
        polygon_wkt(geometry)
