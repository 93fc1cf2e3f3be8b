"""Lists of regions brought in for tests, and what the database says of them afterwards."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg

from hub.db.database import Database
from hub.wilayah.draft import ListLine, RegionChange
from hub.wilayah.service import LaporanWilayah, Trust, import_wilayah

A, B, C = date(2020, 1, 1), date(2022, 1, 1), date(2025, 1, 1)
BASE = {
    "53": "NUSA TENGGARA TIMUR",
    "53.14": "KAB. ROTE NDAO",
    "53.14.02": "Rote Barat Laut",
    "53.14.02.2018": "Holulai",
    "53.14.02.2021": "Saindule",
    "53.14.07": "Rote Barat",
    "53.14.07.2004": "Boa",
    "53.14.07.1001": "Busalangga",
}
BANTEN = {"36": "BANTEN", "36.73": "KOTA SERANG"}


def import_list(
    url: str,
    regions: dict[str, str] | Sequence[tuple[str, str]],
    valid_from: date,
    changes: Sequence[tuple[str, ...]] | None = None,
    trust: Trust = Trust(),  # noqa: B008 - frozen
) -> LaporanWilayah:
    """Import the list; line 2 is the first, as in a file with a header."""
    pairs = list(regions.items()) if isinstance(regions, dict) else regions
    lines = [ListLine(i, k, n) for i, (k, n) in enumerate(pairs, 2)]
    change_lines = None if changes is None else [RegionChange(i, *p) for i, p in enumerate(changes, 2)]

    async def work() -> LaporanWilayah:
        db = Database(url, 2)
        await db.open()
        try:
            return await import_wilayah(db, lines, valid_from, change_lines, source="uji", trust=trust)
        finally:
            await db.close()

    return asyncio.run(work())


def in_force_on(url: str, day: date) -> dict[str, str]:
    rows = sql(url, "SELECT kode, nama FROM wilayah WHERE berlaku_sejak <= %s AND hari_terakhir >= %s", day, day)
    assert len(rows) == len({k for k, _ in rows}), "one code names two regions on one day"
    return dict(rows)


def trace(url: str, kode: str) -> list[tuple[date, date | None, str]]:
    """All regions that ever bore the code: (from, until, name)."""
    return [
        (since, until, name)
        for since, until, name in sql(
            url, "SELECT berlaku_sejak, berlaku_sampai, nama FROM wilayah WHERE kode = %s ORDER BY 1", kode
        )
    ]


def lineage(url: str) -> list[tuple[Any, ...]]:
    return sql(url, "SELECT kode_lama, sejak_lama, kode_baru, sejak_baru, jenis FROM silsilah ORDER BY 1")


def everything(url: str) -> list[tuple[Any, ...]]:
    columns = "kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk"  # hari_terakhir may be infinite
    return sql(url, f"SELECT {columns} FROM wilayah ORDER BY 1, 2") + sql(
        url, "SELECT * FROM alias_wilayah ORDER BY 2, 4"
    )


def counts(laporan: LaporanWilayah) -> tuple[int, int, int, int, int]:
    return laporan.opened, laporan.closed, laporan.renamed, laporan.links, laporan.unchanged


def names(url: str, kode: str) -> list[tuple[date | None, str]]:
    """The names of the region in force under the code: (first day gone, name)."""
    former = "SELECT n.sampai, n.nama FROM nama_wilayah n JOIN wilayah w USING (kode_kab, kode, berlaku_sejak)"
    return [
        *sql(url, f"{former} WHERE kode = %s AND berlaku_sampai IS NULL ORDER BY 1", kode),
        *sql(url, "SELECT null::date, nama FROM wilayah WHERE kode = %s AND berlaku_sampai IS NULL", kode),
    ]


def sql(url: str, statement: str, *nilai: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(statement, nilai).fetchall()
