"""Polygons that readers send: what is mended, what is refused, and that neither takes long."""

import json
import math
import time
from collections.abc import Sequence
from typing import Any

import pytest
import shapely

from geo.polygon_input import PolygonError, polygon_wkt


def poligon(titik: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*titik, titik[0]]]}


def bintang(ujung: int, langkah: int) -> dict[str, Any]:
    """A star in one stroke, every `langkah`-th of so many points on a circle, degrees."""
    sudut = [2 * math.pi * i * langkah / ujung for i in range(ujung)]
    return poligon([(123 + math.cos(s), -10 + math.sin(s)) for s in sudut])


def test_a_polygon_drawn_across_itself_is_mended() -> None:
    kupu = shapely.from_wkt(polygon_wkt(poligon([(122, -11), (124, -10), (124, -11), (122, -10)])))
    assert kupu.is_valid
    assert kupu.area == pytest.approx(1)
    segi = shapely.from_wkt(polygon_wkt(bintang(15, 7)))  # 90 crossings
    assert segi.is_valid
    assert segi.contains(shapely.Point(123, -10))


def test_a_large_polygon_with_one_crossing_is_mended() -> None:
    titik = [(123 + math.cos(i / 1590), -10 + math.sin(i / 1590)) for i in range(9_990)]
    titik[5000], titik[5001] = titik[5001], titik[5000]
    utuh = shapely.from_wkt(polygon_wkt(poligon(titik)))
    assert utuh.is_valid
    assert utuh.area == pytest.approx(math.pi, rel=1e-3)


@pytest.mark.parametrize(
    "isi",
    [
        bintang(201, 73),
        bintang(9_999, 4_999),
        poligon([(122, -11), (123, -10)] * 4_900 + [(124, -11)]),
        poligon([(120 + i % 2 * (1 + i / 10_000), -10) for i in range(400)] + [(121, -9)]),
        {"type": "MultiPolygon", "coordinates": [poligon([(122, -11), (123, -10), (123, -11)])["coordinates"]] * 2_000},
    ],
    ids=["star", "large star", "to and fro", "along itself", "the same many times"],
)
def test_a_tangle_is_refused_at_once(isi: dict[str, Any]) -> None:
    mulai = time.process_time()
    with pytest.raises(PolygonError, match="terlalu kusut"):
        polygon_wkt(isi)
    assert time.process_time() - mulai < 2  # mending the smallest of them takes 25 s


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({"type": "Polygon", "coordinates": []}, "kosong"),
        ({"type": "Polygon", "coordinates": [[]]}, "kosong"),
        ({"type": ["Polygon"], "coordinates": []}, '"type" yang bukan teks'),
        ({"type": "Polygon", "coordinates": json.loads("[" * 900 + "]" * 900)}, "tidak terbaca"),
        ({"type": "Polygon", "coordinates": [["x"] * 10_001]}, "lebih dari 10000 titik"),
        ({"type": "MultiPolygon", "coordinates": [[[[1, 2]] * 6_000], [[[1, 2]] * 6_000]]}, "lebih dari 10000 titik"),
    ],
)
def test_what_is_no_polygon_is_told(isi: dict[str, Any], kata: str) -> None:
    with pytest.raises(PolygonError, match=kata):
        polygon_wkt(isi)
