"""A small list of regions and a way to import boundaries for it, for tests of what is made of boundaries."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from datetime import date
from typing import Any, TypeVar

import psycopg
import shapely
from shapely import MultiPolygon

from hub.batas.service import BatasFeature, BatasSource, LaporanBatas, Progress, import_batas
from hub.db.database import Database
from hub.wilayah.draft import ListLine
from hub.wilayah.service import Trust, import_wilayah

T = TypeVar("T")
A, B, C = date(2020, 1, 1), date(2022, 1, 1), date(2025, 1, 1)
WILAYAH = {
    "53": "NTT", "53.14": "Rote Ndao", "53.14.01": "Rote Barat Daya", "53.14.01.2005": "Oeseli", "53.14.01.2006": "Oebou",
    "53.14.01.2007": "Lalukoen",
}  # fmt: skip


def square(x: float, y: float, side: float = 0.01) -> MultiPolygon:
    """A square with its lower left corner x, y hundredths of a degree from 123° E, 11° S."""
    x, y = 123 + x / 100, -11 + y / 100
    return MultiPolygon([shapely.box(x, y, x + side, y + side)])


def feature(kode: str, geom: MultiPolygon | None, problem: str | None = None, number: int = 1) -> BatasFeature:
    return BatasFeature(number, kode, "Uji", geom, problem)


class Hub:
    """A database with the small list of regions in force from 2020."""

    def __init__(self, url: str) -> None:
        self.url = url

    def wilayah(self, regions: dict[str, str], valid_from: date = A) -> None:
        async def work(db: Database) -> None:
            lines = [ListLine(i, k, n) for i, (k, n) in enumerate(regions.items(), 2)]
            laporan = await import_wilayah(db, lines, valid_from, source="uji", trust=Trust(close_any=True))
            assert laporan.temuan == []

        self.run(work)

    def batas(
        self,
        features: Iterable[BatasFeature],
        as_of: date = A,
        *,
        is_sample: bool = False,
        version: str = "v1",
        advance: Any = None,
    ) -> LaporanBatas:
        async def work(db: Database) -> LaporanBatas:
            progress = Progress() if advance is None else Progress(features=advance)
            return await import_batas(db, features, as_of, BatasSource("uji", version, is_sample), progress=progress)

        return self.run(work)

    def run(self, work: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
        """Something done with the database open."""

        async def with_database() -> T:
            db = Database(self.url, 2)
            await db.open()
            try:
                return await work(db)
            finally:
                await db.close()

        return asyncio.run(with_database())

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as conn:
            return conn.execute(statement).fetchall()

    def stored(self) -> list[tuple[Any, ...]]:
        return self.sql("SELECT kode, sejak, sampai, contoh, versi FROM batas ORDER BY kode, sejak")
