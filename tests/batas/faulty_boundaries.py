"""What the tests of the quality report stand on: the demo with two desa that overlap and one outside its kecamatan, examined."""

import asyncio
from datetime import date

import shapely
from shapely import MultiPolygon

from geo.boundary_quality import Limits
from hub.batas.mutu import examine_boundaries
from hub.batas.service import FiturBatas, import_batas
from hub.db.database import Database
from tests.client import Klien


def susun(hub: Klien) -> None:
    """Fill a demo of one's own."""

    def petak(x: float) -> MultiPolygon:
        return MultiPolygon([shapely.box(x, -10.9, x + 0.02, -10.88)])

    async def kerja() -> None:
        db = Database(hub.url, 2)
        await db.open()
        try:
            desa = {"53.14.01.2005": petak(122.9), "53.14.01.2006": petak(122.91), "53.14.01": petak(122.9)}
            isi = (FiturBatas(i, k, "uji", g, None) for i, (k, g) in enumerate(desa.items()))
            await import_batas(db, isi, date(2022, 6, 1), sumber="uji", versi="uji")
            await examine_boundaries(db, ambang=Limits(0, 0, 0.6))
        finally:
            await db.close()

    asyncio.run(kerja())
