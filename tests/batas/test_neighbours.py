"""Which desa border on each other: worked out with every import of boundaries, both ways, for what is near enough."""

import asyncio
from datetime import date

import shapely
from shapely import MultiPolygon

from hub.batas.service import FiturBatas, import_batas
from hub.db.database import Database
from tests.client import Klien


def _impor(url: str, area: dict[str, MultiPolygon], berlaku: date) -> None:
    async def jalan() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            fitur = [FiturBatas(n, k, k, g, None) for n, (k, g) in enumerate(area.items())]
            laporan = await import_batas(db, fitur, berlaku, sumber="uji", versi="uji")
            assert laporan.dipasang == len(area)
        finally:
            await db.close()

    asyncio.run(jalan())


def _kotak(x: float, y: float) -> MultiPolygon:
    return MultiPolygon([shapely.box(x, y, x + 0.01, y + 0.01)])


def _tetangga(hub: Klien) -> set[tuple[str, str]]:
    return {(a, b) for a, b in hub.sql("SELECT kode, tetangga FROM tetangga_desa")}


def test_neighbours_are_those_that_touch_or_nearly(hub_baca: Klien) -> None:
    batas = {
        k: shapely.from_wkb(bytes(g))
        for k, g in hub_baca.sql("SELECT kode, ST_AsBinary(geom) FROM batas WHERE tingkat = 4 AND sampai IS NULL")
    }
    harus = {(a, b) for a in batas for b in batas if a != b and shapely.dwithin(batas[a], batas[b], 0.00045)}
    assert len(harus) > 100
    assert _tetangga(hub_baca) == harus
    assert hub_baca.sql("SELECT count(*) FROM tetangga_desa WHERE kode_kab <> left(kode, 5)") == [(0,)]


def test_a_gap_a_step_and_a_newer_boundary(hub: Klien) -> None:
    a, b, c, d = "53.14.01.2008", "53.14.01.2014", "36.73.01.1002", "36.73.01.1003"
    hub.sql("DELETE FROM batas")
    hub.sql("DELETE FROM tetangga_desa")
    # a and b 30 m apart, c 60 m beyond b, d touching c at a corner
    _impor(hub.url, {a: _kotak(120, -10), b: _kotak(120.01027, -10)}, date(2022, 1, 1))
    assert _tetangga(hub) == {(a, b), (b, a)}
    _impor(hub.url, {c: _kotak(120.02081, -10), d: _kotak(120.03081, -9.99)}, date(2022, 1, 1))
    assert _tetangga(hub) == {(a, b), (b, a), (c, d), (d, c)}
    _impor(hub.url, {b: _kotak(120.011, -10)}, date(2023, 1, 1))
    assert _tetangga(hub) == {(b, c), (c, b), (c, d), (d, c)}
