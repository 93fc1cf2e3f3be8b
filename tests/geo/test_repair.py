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
from hub.batas.files import BerkasBatas

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)

Ring = Sequence[tuple[float, float]]


def kotak(x: float, y: float, sisi: float) -> list[tuple[float, float]]:
    return [(x, y), (x + sisi, y), (x + sisi, y + sisi), (x, y + sisi)]


def utuh(bentuk: Any) -> tuple[Any, str]:
    """The repaired area and the reason, both of which must be there."""
    hasil, sebab = repair(bentuk)
    assert hasil is not None
    assert sebab is not None
    assert isinstance(hasil, MultiPolygon)
    assert hasil.is_valid
    assert not hasil.has_z
    return hasil, sebab


def lilitan(ring: Ring, x: float, y: float) -> int:
    """How often the ring winds around the point (not on the ring)."""
    banyak = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        kiri = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        if y1 <= y < y2 and kiri > 0:
            banyak += 1
        elif y2 <= y < y1 and kiri < 0:
            banyak -= 1
    return banyak


def test_a_sound_polygon_is_only_wrapped() -> None:
    asal = Polygon(kotak(0, 0, 10), [kotak(2, 2, 3)])
    hasil, sebab = repair(asal)
    assert sebab is None
    assert hasil is not None
    assert (hasil.geom_type, hasil.area, len(hasil.geoms)) == ("MultiPolygon", 91.0, 1)
    assert hasil.geoms[0].equals_exact(asal, 0)


def test_sound_parts_stay_as_they_are() -> None:
    asal = MultiPolygon([Polygon(kotak(0, 0, 10), [kotak(2, 2, 6)]), Polygon(kotak(4, 4, 2))])
    hasil, sebab = repair(asal)
    assert sebab is None
    assert hasil is not None
    assert (hasil.area, len(hasil.geoms)) == (68.0, 2)  # an islet in a lake is no error


def test_an_islet_nested_in_a_shell_belongs_to_it() -> None:
    hasil, sebab = utuh(MultiPolygon([Polygon(kotak(0, 0, 10)), Polygon(kotak(4, 4, 2))]))
    assert (hasil.area, len(hasil.geoms)) == (100.0, 1)
    assert len(hasil.geoms[0].interiors) == 0
    assert sebab == "Nested shells"


def test_a_hole_outside_the_shell_is_an_islet() -> None:
    hasil, sebab = utuh(Polygon(kotak(0, 0, 10), [kotak(20, 0, 2)]))
    assert (hasil.area, len(hasil.geoms)) == (104.0, 2)
    assert hasil.covers(Point(21, 1))
    assert sebab == "Hole lies outside shell"


def test_a_true_hole_stays_one_beside_a_hole_outside() -> None:
    hasil, _ = utuh(Polygon(kotak(0, 0, 10), [kotak(20, 0, 2), kotak(1, 1, 3)]))
    assert (hasil.area, len(hasil.geoms)) == (95.0, 2)
    assert not hasil.intersects(Point(2, 2))


def test_a_hole_written_twice_is_still_a_hole() -> None:
    hasil, _ = utuh(Polygon(kotak(0, 0, 10), [kotak(2, 2, 2), kotak(2, 2, 2)]))
    assert hasil.area == pytest.approx(96)
    assert not hasil.intersects(Point(3, 3))


def test_holes_that_overlap_are_both_holes() -> None:
    hasil, _ = utuh(Polygon(kotak(0, 0, 10), [kotak(2, 2, 3), kotak(3, 2, 3)]))
    assert hasil.area == pytest.approx(88)


def test_a_bow_tie_keeps_both_lobes() -> None:
    hasil, sebab = utuh(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]))
    assert hasil.area == pytest.approx(2)
    assert len(hasil.geoms) == 2
    assert hasil.covers(Point(1.8, 1))
    assert hasil.covers(Point(0.2, 1))
    assert sebab == "Self-intersection"


def test_lobes_of_unlike_size_both_stay() -> None:
    besar_kecil = [(0, 0), (9, 9), (9, 10), (10, 9), (0, 9)]
    hasil, _ = utuh(Polygon(besar_kecil))
    assert hasil.covers(Point(1, 6))
    assert hasil.covers(Point(9.2, 9.4))


def test_what_is_wound_twice_counts_once() -> None:
    hasil, _ = utuh(Polygon([*kotak(0, 0, 4), *kotak(0, 0, 4)]))
    assert hasil.area == pytest.approx(16)


def test_a_spike_leaves_nothing_behind() -> None:
    hasil, _ = utuh(Polygon([(0, 0), (4, 0), (4, 4), (8, 4), (4, 4), (0, 4)]))
    assert hasil.area == pytest.approx(16)
    assert hasil.bounds == (0, 0, 4, 4)


def test_overlapping_and_repeated_parts_count_once() -> None:
    assert utuh(MultiPolygon([Polygon(kotak(0, 0, 2)), Polygon(kotak(1, 1, 2))]))[0].area == pytest.approx(7)
    assert utuh(MultiPolygon([Polygon(kotak(0, 0, 2)), Polygon(kotak(0, 0, 2))]))[0].area == pytest.approx(4)


def test_of_a_collection_the_areas_are_kept() -> None:
    campur = [
        Polygon(kotak(0, 0, 2)),
        LineString([(0, 0), (9, 9)]),
        Point(7, 7),
        MultiPolygon([Polygon(kotak(4, 0, 1))]),
    ]
    hasil, _ = repair(GeometryCollection([*campur, GeometryCollection([Polygon(kotak(8, 8, 1))])]))
    assert hasil is not None
    assert (hasil.area, len(hasil.geoms)) == (pytest.approx(6), 3)


def test_the_reason_given_for_a_collection_is_not_that_it_is_valid() -> None:
    _, sebab = repair(GeometryCollection([Polygon(kotak(0, 0, 2)), Point(7, 7)]))
    assert sebab != "Valid Geometry"


@pytest.mark.parametrize("kosong", [None, Polygon(), MultiPolygon(), GeometryCollection(), Point()])
def test_nothing_gives_nothing(kosong: Any) -> None:
    assert repair(kosong) == (None, "kosong")


@pytest.mark.parametrize(
    "bukan",
    [Point(1, 1), MultiPoint([(0, 0), (1, 1)]), LineString([(0, 0), (1, 1)]), MultiLineString([[(0, 0), (1, 1)]])],
)
def test_points_and_lines_have_no_area(bukan: Any) -> None:
    assert repair(bukan) == (None, f"bukan poligon ({bukan.geom_type})")


def test_a_ring_along_one_line_has_no_area() -> None:
    assert repair(Polygon([(0, 0), (1, 1), (2, 2)])) == (None, "tanpa luas")


@pytest.mark.parametrize("angka", [math.nan, math.inf])
def test_coordinates_that_are_no_numbers_are_refused(angka: float) -> None:
    with np.errstate(invalid="ignore"):
        rusak = Polygon([(0, 0), (1, 0), (1, angka)])
    assert repair(rusak) == (None, "koordinat bukan angka")


def test_heights_are_dropped_from_sound_and_broken_polygons() -> None:
    hasil, sebab = repair(Polygon([(0, 0, 5), (2, 0, 5), (2, 2, 7), (0, 2, 7)]))
    assert hasil is not None
    assert (hasil.area, hasil.has_z, sebab) == (4.0, False, None)
    assert utuh(Polygon([(0, 0, 5), (2, 2, 5), (2, 0, 7), (0, 2, 7)]))[0].area == pytest.approx(2)


def test_an_empty_part_is_left_out() -> None:
    hasil, _ = repair(MultiPolygon([Polygon(kotak(0, 0, 2)), Polygon()]))
    assert hasil is not None
    assert (hasil.area, len(hasil.geoms)) == (4.0, 1)


TITIK = st.tuples(st.integers(0, 4), st.integers(0, 4))


@CEPAT
@given(st.lists(TITIK, min_size=3, max_size=8), st.integers(0, 2**32))
def test_no_area_a_ring_winds_around_is_lost(ring: list[tuple[int, int]], benih: int) -> None:
    hasil, _ = repair(Polygon(ring))
    acak = Random(benih)
    di_dalam = [(x, y) for x, y in ((acak.uniform(0, 4), acak.uniform(0, 4)) for _ in range(30)) if lilitan(ring, x, y)]
    if hasil is None:
        assert di_dalam == []
        return
    assert hasil.is_valid
    assert all(hasil.covers(Point(x, y)) for x, y in di_dalam)
    assert hasil.difference(shapely.convex_hull(MultiPoint(ring))).area < 1e-9


@CEPAT
@given(st.lists(TITIK, min_size=3, max_size=8))
def test_what_was_repaired_needs_no_repair(ring: list[tuple[int, int]]) -> None:
    hasil, _ = repair(Polygon(ring))
    if hasil is not None:
        assert repair(hasil) == (hasil, None)


def _luas_ring(ring: list[list[float]]) -> Any:
    """All faces of a ring that it winds around, found without `repair`."""
    titik = [(t[0], t[1]) for t in ring]
    if len({*titik}) < 3:
        return Polygon()
    garis = shapely.node(LineString([*titik, titik[0]]))
    muka = shapely.polygonize(list(getattr(garis, "geoms", [garis]))).geoms
    wakil = [m.representative_point() for m in muka]
    return shapely.union_all([m for m, w in zip(muka, wakil, strict=True) if lilitan(titik, w.x, w.y)])


def _harap(koordinat: list[list[list[float]]]) -> Any:
    tepi = hasil = _luas_ring(koordinat[0])
    for lubang in map(_luas_ring, koordinat[1:]):
        di_dalam = lubang.intersection(tepi).area > lubang.area / 2
        hasil = hasil.difference(lubang) if di_dalam else hasil.union(lubang)
    return hasil


def test_all_broken_polygons_of_the_national_set_but_the_empty_one_become_valid(data: Path) -> None:
    berkas = data / "mutu" / "poligon_rusak_mentah.geojson"
    fitur = list(BerkasBatas(berkas).fitur())
    assert len(fitur) == 46
    assert [(f.kode, f.masalah) for f in fitur if f.geom is None] == [("96.01.05.1012", "kosong atau tidak terbaca")]
    baik = [f for f in fitur if f.geom is not None]
    assert len(baik) == 45
    assert all(f.geom is not None and f.geom.is_valid and f.geom.area > 0 for f in baik)
    assert Counter(f.masalah for f in baik) == {
        "Ring Self-intersection": 27, "Hole lies outside shell": 8, "Self-intersection": 6, "Nested shells": 2,
        "tepi tidak tertutup": 1, "Too few points in geometry component": 1,
    }  # fmt: skip


def test_every_broken_polygon_of_the_national_set_keeps_exactly_what_its_rings_wind_around(data: Path) -> None:
    berkas = data / "mutu" / "poligon_rusak_mentah.geojson"
    mentah = json.loads(berkas.read_text(encoding="utf-8"))["features"]
    beda: dict[str, float] = {}
    for f, asal in zip(BerkasBatas(berkas).fitur(), mentah, strict=True):
        if f.geom is None:
            continue
        bentuk = asal["geometry"]
        poligon = [bentuk["coordinates"]] if bentuk["type"] == "Polygon" else bentuk["coordinates"]
        harap = shapely.union_all([_harap(p) for p in poligon if p])
        beda[f.kode] = harap.symmetric_difference(f.geom).area / harap.area
    assert len(beda) == 45
    assert {k: b for k, b in beda.items() if b > 1e-9} == {}
