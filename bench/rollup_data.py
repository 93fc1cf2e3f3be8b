"""One province of made-up rekap, approved as the hub approves them: the large province of `national_data` (35 kabupaten, 576
kecamatan, 8.563 desa), every form but the plan's, two periods each, of which the semesters and the year are made.

What a desa reports follows from its code, the element and the period alone.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from zlib import crc32

import psycopg

from bench.national_data import FOUR_PROVINCES, Size, regions
from hub.base.actor import Actor, Role
from hub.base.kode import Level, level_of
from hub.base.periode import PeriodeKind
from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.db.migrate import migrate
from hub.katalog.cache import KatalogCache
from hub.katalog.install import install_katalog
from hub.katalog.katalog import Elemen, Formulir
from hub.rekap import statements as store
from hub.rekap.approval import from_stored, put_into_force
from hub.rekap.statements import NilaiRow
from hub.wilayah import statements as wilayah_statements
from seeds.katalog_toml import read_katalog

PROVINSI, _DUE = "33", date(2024, 12, 31)
_PLANS = {"F12"}  # its choices are names of the office's own


def build(url: str, size: Size, say: Callable[[str], None]) -> None:
    """Fill an empty database: migrations, catalogue, the large province of that size, its rekap."""
    migrate(url)
    asyncio.run(_fill(url, size, say))
    with psycopg.connect(url, autocommit=True) as conn:
        for table in ("wilayah", "rekap", "rekap_nilai", "angka"):
            conn.execute(f"VACUUM (ANALYZE) {table}")


async def _fill(url: str, size: Size, say: Callable[[str], None]) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await install_katalog(db, read_katalog())
        province = [w for w in regions(size) if w.kode[:2] == PROVINSI]
        async with db.as_owner() as conn:
            await wilayah_statements.insert(conn, province)
        kab = [w.kode for w in province if w.tingkat == Level.KABUPATEN]
        for number, kode in enumerate(kab, 1):
            below = [w.kode for w in province if w.kode.startswith(kode)]
            await _report(db, kode, below)
            say(f"rekap {kode} ({number}/{len(kab)})")
    finally:
        await db.close()


async def _report(db: Database, kab: str, below: Sequence[str]) -> None:
    katalog = await KatalogCache(db).get()
    for formulir in katalog.formulir.values():
        if formulir.kode in _PLANS:
            continue
        for part in (1, 2):
            prefix = "S" if formulir.periode_jenis is PeriodeKind.SEMESTER else "TW"
            key = RekapKey(kab, formulir.kode, f"2024-{prefix}{part}")
            cells = list(_cells(formulir, key.periode, below))
            async with db.as_actor(Actor(Role.KABUPATEN, kab, "bench")) as conn:
                await store.create_head(conn, key, "DIAJUKAN", _DUE)
                await store.copy_values(conn, key, 1, cells)
                await store.advance(conn, key, "DIAJUKAN", 1, None)
            async with db.as_actor(Actor(Role.PROVINSI, PROVINSI, "bench")) as conn:
                await store.set_status(conn, key, "DISETUJUI", 1)
                angka, total = await from_stored(conn, key, 1, cells, katalog)
                await put_into_force(conn, key, formulir, katalog, angka, total)


def _cells(formulir: Formulir, periode: str, below: Sequence[str]) -> Iterator[NilaiRow]:
    for e in formulir.elemen:
        for kode in below:
            if level_of(kode) == e.tingkat:
                for rincian in _breakdowns(e):
                    nilai = Decimal(crc32(f"{e.kode} {kode} {periode} {rincian}".encode()) % 50)
                    yield NilaiRow(e.kode, kode, tuple(sorted(rincian.items())), nilai, "ADA" if nilai else "NOL")


def _breakdowns(e: Elemen) -> list[dict[str, str]]:
    """The choices of the first breakdown that makes a total, if there is one; else the figure itself."""
    whole = next((d for d in e.rincian if d.whole and len(d.pilihan) <= 4), None)
    return [{}] if whole is None else [{whole.kode: p} for p in whole.pilihan]


SIZE = FOUR_PROVINCES
