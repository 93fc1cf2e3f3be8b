"""cakupan by area, beside plain PostGIS: shares of desa, the union of the circles."""

import asyncio
import json
from typing import cast

import numpy as np
import pytest
import shapely

from hub.berita.service import Berita
from hub.cakupan.question import build_question
from hub.cakupan.service import CakupanService
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from tests.client import Client
from tests.schema.cakupan import border_country as data
from tests.schema.cakupan.border_country import PRESENT
from tests.schema.cakupan.texts import ROW, THREE_KINDS, ask

_CIRCLES = "SELECT ST_Union(ST_Buffer(s.letak, %s, 'quad_segs=45')::geometry) AS u FROM s"


@pytest.mark.parametrize("km", [1.5, 4, 9])
def test_shares_of_areas_are_those_of_postgis(hub_cakupan: Client, km: float) -> None:
    expected = hub_cakupan.sql(
        f"""WITH {PRESENT}, l AS ({_CIRCLES}) SELECT d.kode, 100 * coalesce(ST_Area(geography(ST_Intersection(d.geom, l.u))), 0)
          / ST_Area(geography(d.geom)), ST_Area(geography(d.geom)) FROM d CROSS JOIN l WHERE d.geom IS NOT NULL ORDER BY 1""",
        THREE_KINDS, "53.14.", km * 1000,
    )  # fmt: skip
    x = ask(hub_cakupan, f"persenLuas perWilayah(tingkat: KECAMATAN) {{ persenLuas }} baris {{ {ROW} }}", km)
    got = {b["desa"]["kode"]: b["persenLuas"] for b in x["baris"]}
    for kode, percent, _ in expected:
        assert got[kode] == pytest.approx(percent, abs=0.3)
    area = sum(a for _, _, a in expected)
    assert x["persenLuas"] == pytest.approx(sum(p * a for _, p, a in expected) / area, abs=0.1)
    assert len(x["perWilayah"]) == 11
    assert {0 < b["persenLuas"] < 100 for b in x["baris"] if b["persenLuas"] is not None} == {True, False}


def test_the_area_is_the_union_of_geodesic_circles(hub_cakupan: Client) -> None:
    ((expected,),) = hub_cakupan.sql(
        f"WITH {PRESENT}, l AS ({_CIRCLES}) SELECT ST_AsGeoJSON(l.u) FROM l", THREE_KINDS, "53.14.", 7_000
    )  # fmt: skip
    x = ask(hub_cakupan, "halus: area(toleransiMeter: 5) kasar: area(toleransiMeter: 300) bawaan: area", 7)
    correct = shapely.from_geojson(expected)
    vertices = {k: len(shapely.get_coordinates(shapely.from_geojson(json.dumps(v)))) for k, v in x.items()}
    assert vertices["kasar"] < vertices["bawaan"] < vertices["halus"]
    for name, tolerance in (("halus", 0.002), ("bawaan", 0.006), ("kasar", 0.06)):
        got = shapely.from_geojson(json.dumps(x[name]))
        assert got.is_valid
        # the resource that reaches nobody in Rote is not drawn, though it stands there in the reference
        outside = correct.difference(shapely.box(122, -12, 123.485, -10))
        rest = got.symmetric_difference(correct).difference(outside.buffer(0.001))
        assert rest.area / correct.area < tolerance


@pytest.mark.parametrize("km", [1e-300, 1e-6, 500])
def test_the_smallest_and_the_largest_distance_are_answered(hub_cakupan: Client, km: float) -> None:
    x = ask(hub_cakupan, "desaTercakup persenLuas a: area(toleransiMeter: -5) b: area(toleransiMeter: 1e30)", km)
    large = km == 500
    assert (x["persenLuas"], x["desaTercakup"]) == ((100, 117) if large else (0, x["desaTercakup"]))
    assert (x["a"] is not None) is (x["b"] is not None)


class _News:
    """As much of the hub's news as the service asks for, told by the test."""

    day = "hari"

    def __init__(self) -> None:
        self.version = "1"

    def version_of_tables(self, *tables: str) -> str:
        return self.version


def test_an_answer_that_a_change_overtakes_leaves_nothing_behind(hub_cakupan: Client) -> None:
    """Its areas still follow from what it was made of; whoever asks after the change gets the new ones."""
    question = build_question(["PUSKESOS"], 3, "53.14")

    async def overtake() -> None:
        db = Database(hub_cakupan.url, 2)
        await db.open()
        try:
            news = _News()
            service = CakupanService(db, cast(Berita, news), KatalogCache(db))
            old = await service.reach(question)
            old_areas = await service.area_shares(old)
            lon, lat = old.desa.points.lonlat[0]
            kode = old.kode[old.desa.placed[0]]
            data.add(hub_cakupan, 70, "PUSKESOS", kode_desa=kode, titik=f"SRID=4326;POINT({lon} {lat})")
            news.version = "2"
            assert np.array_equal(await service.area_shares(old), old_areas, equal_nan=True)
            old_region = await service.reached_area(old)
            new = await service.reach(question)
            assert new.covered.sum() > old.covered.sum()
            assert np.nansum(await service.area_shares(new)) > np.nansum(old_areas)
            assert (await service.reached_area(new)).area > old_region.area
        finally:
            await db.close()

    asyncio.run(overtake())
