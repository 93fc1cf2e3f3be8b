"""Which desa border on each other: worked out with every import of boundaries, both ways, for what is near enough."""

import asyncio
from datetime import date

import shapely
from shapely import MultiPolygon

from hub.batas.service import BatasFeature, BatasSource, import_batas
from hub.db.database import Database
from tests.client import Client


def _import_areas(url: str, area: dict[str, MultiPolygon], as_of: date) -> None:
    async def run() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            features = [BatasFeature(n, k, k, g, None) for n, (k, g) in enumerate(area.items())]
            laporan = await import_batas(db, features, as_of, BatasSource("uji", "uji"))
            assert laporan.stored == len(area)
        finally:
            await db.close()

    asyncio.run(run())


def _box(x: float, y: float) -> MultiPolygon:
    return MultiPolygon([shapely.box(x, y, x + 0.01, y + 0.01)])


def _neighbours(hub: Client) -> set[tuple[str, str]]:
    return {(a, b) for a, b in hub.sql("SELECT kode, tetangga FROM tetangga_desa")}


def test_neighbours_are_those_that_touch_or_nearly(read_hub: Client) -> None:
    batas = {
        k: shapely.from_wkb(bytes(g))
        for k, g in read_hub.sql("SELECT kode, ST_AsBinary(geom) FROM batas WHERE tingkat = 4 AND sampai IS NULL")
    }
    expected = {(a, b) for a in batas for b in batas if a != b and shapely.dwithin(batas[a], batas[b], 0.00045)}
    assert len(expected) > 100
    assert _neighbours(read_hub) == expected
    assert read_hub.sql("SELECT count(*) FROM tetangga_desa WHERE kode_kab <> left(kode, 5)") == [(0,)]


def test_a_gap_a_step_and_a_newer_boundary(hub: Client) -> None:
    a, b, c, d = "53.14.01.2008", "53.14.01.2014", "36.73.01.1002", "36.73.01.1003"
    hub.sql("DELETE FROM batas")
    hub.sql("DELETE FROM tetangga_desa")
    # a and b 30 m apart, c 60 m beyond b, d touching c at a corner
    _import_areas(hub.url, {a: _box(120, -10), b: _box(120.01027, -10)}, date(2022, 1, 1))
    assert _neighbours(hub) == {(a, b), (b, a)}
    _import_areas(hub.url, {c: _box(120.02081, -10), d: _box(120.03081, -9.99)}, date(2022, 1, 1))
    assert _neighbours(hub) == {(a, b), (b, a), (c, d), (d, c)}
    _import_areas(hub.url, {b: _box(120.011, -10)}, date(2023, 1, 1))
    assert _neighbours(hub) == {(b, c), (c, b), (c, d), (d, c)}
