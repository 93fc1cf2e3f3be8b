"""A small list of regions and a way to import boundaries for it, for tests of what is made of boundaries."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from datetime import date
from typing import Any, TypeVar

import psycopg
import shapely
from shapely import MultiPolygon

from hub.batas.service import FiturBatas, LaporanBatas, import_batas
from hub.db.database import Database
from hub.wilayah.draft import BarisDaftar
from hub.wilayah.service import Cara, import_wilayah

T = TypeVar("T")
A, B, C = date(2020, 1, 1), date(2022, 1, 1), date(2025, 1, 1)
WILAYAH = {
    "53": "NTT", "53.14": "Rote Ndao", "53.14.01": "Rote Barat Daya", "53.14.01.2005": "Oeseli", "53.14.01.2006": "Oebou",
    "53.14.01.2007": "Lalukoen",
}  # fmt: skip


def petak(x: float, y: float, sisi: float = 0.01) -> MultiPolygon:
    """A square with its lower left corner x, y hundredths of a degree from 123° E, 11° S."""
    x, y = 123 + x / 100, -11 + y / 100
    return MultiPolygon([shapely.box(x, y, x + sisi, y + sisi)])


def fitur(kode: str, geom: MultiPolygon | None, masalah: str | None = None, nomor: int = 1) -> FiturBatas:
    return FiturBatas(nomor, kode, "Uji", geom, masalah)


class Hub:
    """A database with the small list of regions in force from 2020."""

    def __init__(self, url: str) -> None:
        self.url = url

    def wilayah(self, daftar: dict[str, str], berlaku: date = A) -> None:
        async def kerja(db: Database) -> None:
            baris = [BarisDaftar(i, k, n) for i, (k, n) in enumerate(daftar.items(), 2)]
            laporan = await import_wilayah(db, baris, berlaku, sumber="uji", cara=Cara(tutup=True))
            assert laporan.temuan == []

        self.run(kerja)

    def batas(
        self, isi: Iterable[FiturBatas], berlaku: date = A, *, contoh: bool = False, versi: str = "v1", maju: Any = None
    ) -> LaporanBatas:
        async def kerja(db: Database) -> LaporanBatas:
            lapor = {} if maju is None else {"maju": maju}
            return await import_batas(db, isi, berlaku, sumber="uji", versi=versi, contoh=contoh, **lapor)

        return self.run(kerja)

    def run(self, kerja: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
        """Something done with the database open."""

        async def semua() -> T:
            db = Database(self.url, 2)
            await db.open()
            try:
                return await kerja(db)
            finally:
                await db.close()

        return asyncio.run(semua())

    def sql(self, perintah: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as conn:
            return conn.execute(perintah).fetchall()

    def tersimpan(self) -> list[tuple[Any, ...]]:
        return self.sql("SELECT kode, sejak, sampai, contoh, versi FROM batas ORDER BY kode, sejak")
