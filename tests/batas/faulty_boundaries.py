"""What the tests of the quality report stand on: the demo with two desa that overlap and one outside its kecamatan, examined."""

import asyncio
from datetime import date

import shapely
from shapely import MultiPolygon

from geo.boundary_quality import Limits
from hub.batas.quality import examine_boundaries
from hub.batas.service import BatasFeature, BatasSource, import_batas
from hub.db.database import Database
from tests.client import Client


def build(hub: Client) -> None:
    """Fill a demo of one's own."""

    def square(x: float) -> MultiPolygon:
        return MultiPolygon([shapely.box(x, -10.9, x + 0.02, -10.88)])

    async def work() -> None:
        db = Database(hub.url, 2)
        await db.open()
        try:
            desa = {"53.14.01.2005": square(122.9), "53.14.01.2006": square(122.91), "53.14.01": square(122.9)}
            features = (BatasFeature(i, k, "uji", g, None) for i, (k, g) in enumerate(desa.items()))
            await import_batas(db, features, date(2022, 6, 1), BatasSource("uji", "uji"))
            await examine_boundaries(db, limits=Limits(0, 0, 0.6))
        finally:
            await db.close()

    asyncio.run(work())
