"""The demo's sample map: made up, clean, and the same every time."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely
from shapely import MultiPolygon

from geo.repair import repair
from seeds.demo_areas import as_features, sample_areas, story_areas

WILAYAH = Path(__file__).parents[2] / "seeds" / "contoh" / "wilayah.csv"
BANTEN = ["36.01", "36.02", "36.03", "36.04", "36.71", "36.72", "36.73", "36.74"]


@cache
def desa() -> list[str]:
    """The demo's desa of 2022 that its map shows: those of Rote Ndao."""
    with WILAYAH.open(encoding="utf-8", newline="") as lines:
        kode = [b["kode_2022"] or b["kode_2020"] for b in csv.DictReader(lines)]
    return [k for k in kode if len(k) == 13 and k.startswith("53.14.")]


@cache
def area() -> dict[str, MultiPolygon]:
    return sample_areas(desa())


def _same(one: Any, other: Any) -> bool:
    return bool(one.symmetric_difference(other).area < 1e-9 * one.area)


def test_every_desa_kecamatan_and_kabupaten_of_the_demo_has_an_area() -> None:
    assert len(desa()) == 119
    kecamatan = {f"53.14.{n:02d}" for n in range(1, 12)}
    assert area().keys() == {*desa(), *kecamatan, "53.14", *BANTEN, "36"}


def test_one_kabupaten_is_not_its_province() -> None:
    assert "53" not in area()
    assert _same(area()["36"], shapely.union_all([area()[k] for k in BANTEN]))


@pytest.mark.parametrize("length", [5, 8])
def test_every_region_is_exactly_what_its_parts_add_up_to(length: int) -> None:
    parts: dict[str, list[MultiPolygon]] = defaultdict(list)
    for kode, shape in area().items():
        if kode.count(".") == (2 if length == 5 else 3):
            parts[kode[:length]].append(shape)
    assert len(parts) == (1 if length == 5 else 11)
    for kode, pieces in parts.items():
        assert _same(area()[kode], shapely.union_all(pieces)), kode
        assert sum(b.area for b in pieces) == pytest.approx(area()[kode].area, rel=1e-9), kode


def test_neighbours_within_one_outline_are_a_clean_coverage() -> None:
    assert shapely.coverage_is_valid([area()[k] for k in BANTEN])
    for kecamatan in (k for k in area() if len(k) == 8):
        assert shapely.coverage_is_valid([area()[k] for k in desa() if k[:8] == kecamatan]), kecamatan


def test_all_areas_are_sound_and_where_they_should_be() -> None:
    for kode, shape in area().items():
        assert repair(shape)[1] is None, kode
        west, south, east, north = shape.bounds
        if kode.startswith("53"):
            assert (122.5 < west < east < 123.6, -11.1 < south < north < -10.3) == (True, True), kode
        else:
            assert (105 < west < east < 107, -7.2 < south < north < -5.7) == (True, True), kode


def test_the_map_is_the_same_every_time_and_does_not_depend_on_the_order() -> None:
    again = sample_areas(list(reversed(desa())))
    assert again.keys() == area().keys()
    assert all(again[k].equals_exact(area()[k], 0) for k in again)


def test_without_desa_the_kecamatan_stand_alone() -> None:
    without_desa = sample_areas([])
    assert len(without_desa) == 11 + 1 + 8 + 1
    assert _same(without_desa["53.14"], area()["53.14"])


def test_features_are_numbered_in_order_of_code_and_named_as_samples() -> None:
    features = list(as_features(area()))
    assert [f.number for f in features] == list(range(1, len(area()) + 1))
    assert [f.kode for f in features] == sorted(area())
    assert {(f.name, f.problem) for f in features} == {("contoh", None)}


# ---------- of the story ----------


@cache
def _story() -> tuple[list[str], dict[str, MultiPolygon]]:
    with WILAYAH.open(encoding="utf-8", newline="") as lines:
        kode = [b["kode_2022"] or b["kode_2020"] for b in csv.DictReader(lines)]
    return kode, story_areas(kode)


def test_the_story_draws_every_region_there_is_and_leaves_the_rest_as_it_was() -> None:
    kode, drawn = _story()
    assert drawn.keys() == set(kode)
    assert all(drawn[k].equals_exact(shape, 0) for k, shape in area().items() if k != "36")
    assert _same(drawn["36"], area()["36"])


@pytest.mark.parametrize("length", [2, 5, 8])
def test_in_the_story_too_a_region_is_what_its_parts_add_up_to(length: int) -> None:
    _, drawn = _story()
    parts: dict[str, list[MultiPolygon]] = defaultdict(list)
    for kode, shape in drawn.items():
        if len(kode) == {2: 5, 5: 8, 8: 13}[length]:
            parts[kode[:length]].append(shape)
    assert len(parts) == {2: 2, 5: 9, 8: 166}[length]
    for kode, pieces in parts.items():
        assert _same(drawn[kode], shapely.union_all(pieces)), kode
        assert shapely.coverage_is_valid(pieces), kode
    assert all(repair(shape)[1] is None for kode, shape in drawn.items() if len(kode) <= 5)


# ---------- in the demo's database ----------


def _shapes(url: str, day: date) -> dict[str, Any]:
    """Areas that hold on that day, of regions in force on it."""
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            "SELECT b.kode, ST_AsBinary(b.geom), b.contoh FROM batas b JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode "
            "AND w.berlaku_sejak = b.wilayah_sejak WHERE w.berlaku_sejak <= %(h)s AND w.hari_terakhir >= %(h)s "
            "AND b.sejak <= %(h)s AND (b.sampai IS NULL OR b.sampai > %(h)s)",
            {"h": day},
        ).fetchall()
    assert len(rows) == len({kode for kode, _, _ in rows}), "two boundaries hold for one region"
    assert all(is_sample for _, _, is_sample in rows)
    return {kode: shapely.from_wkb(wkb) for kode, wkb, _ in rows}


@pytest.mark.parametrize(("day", "kecamatan"), [(date(2020, 12, 31), 10), (date(2022, 1, 1), 11)])
def test_the_demos_map_fits_the_regions_of_its_day(shared_demo_url: str, day: date, kecamatan: int) -> None:
    shapes = _shapes(shared_demo_url, day)
    codes = [k for k in shapes if k.startswith("53.14.")]
    assert sum(len(k) == 8 for k in codes) == kecamatan
    assert sum(len(k) == 13 for k in codes) == 119
    for length in (8, 13):
        assert _same(shapes["53.14"], shapely.union_all([shapes[k] for k in codes if len(k) == length]))
    for kode in (k for k in codes if len(k) == 8):
        assert _same(shapes[kode], shapely.union_all([shapes[k] for k in codes if len(k) == 13 and k[:8] == kode])), (
            kode
        )


def test_before_2022_loaholu_is_part_of_rote_west_sea(shared_demo_url: str) -> None:
    before, after = _shapes(shared_demo_url, date(2021, 12, 31)), _shapes(shared_demo_url, date(2022, 1, 1))
    assert "53.14.11" not in before
    assert _same(before["53.14.02"], after["53.14.02"].union(after["53.14.11"]))
    assert _same(before["53.14.02.2018"], after["53.14.11.2002"])
