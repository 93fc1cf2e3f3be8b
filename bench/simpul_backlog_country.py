"""The country of `scripts/bench simpul --lama`: regions and catalogue as `scripts/bench intake` has them, and of every kabupaten two
months of F02 and F03 in force, so that what comes is held against something. Change this module where those figures change."""

import asyncio
from collections.abc import Callable
from itertools import groupby

import psycopg

from bench import intake_data
from bench.intake_data import offices
from bench.national_data import Size
from bench.simpul_backlog_data import cells_of
from hub.base.actor import Actor, Role
from hub.base.periode import Periode
from hub.db.database import Database
from hub.rekap.approval import recount_each
from seeds.katalog_toml import read_katalog

_IN_FORCE = (("F02", "2023-11"), ("F02", "2023-12"), ("F03", "2023-11"), ("F03", "2023-12"))
_COPIED = {
    "rekap": "kode_kab, formulir, periode, status, revisi, revisi_disetujui, tenggat, diajukan_pada, tepat_waktu",
    "rekap_nilai": "kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status",
    "angka": "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan",
}


def build(url: str, size: Size, say: Callable[[str], None]) -> None:
    """Fill an empty database."""
    intake_data.build(url, size, say)
    with psycopg.connect(url) as conn:
        conn.execute("SET synchronous_commit = off")
        codes = [o.kode for o in offices(size) if _put(conn, o)]
    asyncio.run(_recount(url, codes))
    with psycopg.connect(url, autocommit=True) as conn:
        for table in (*_COPIED, "kelengkapan"):
            conn.execute(f"VACUUM (ANALYZE) {table}")
    say(f"{len(read_katalog().formulir)} formulir, {len(codes)} kabupaten")


def _put(conn: psycopg.Connection[tuple[object, ...]], office: intake_data.Office) -> bool:
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _COPIED}
    kab = office.kode
    for form, periode in _IN_FORCE:
        day = Periode.read(periode).last_day
        rows["rekap"].append((kab, form, periode, "DISETUJUI", 1, 1, day, day, True))
        for elemen, place, rincian, nilai, status in cells_of(office, form, periode, 1):
            choices, names = psycopg.types.json.Jsonb(rincian), "|".join(sorted(rincian))
            rows["rekap_nilai"].append((kab, form, periode, 1, elemen, place, choices, nilai, status))
            rows["angka"].append((kab, elemen, periode, 4, names, place, choices, nilai, status, False))
    for table, columns in _COPIED.items():
        with conn.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows[table]:
                copy.write_row(row)
    return True


async def _recount(url: str, codes: list[str]) -> None:
    db = Database(url, 1)
    await db.open()
    try:
        for provinsi, some in groupby(codes, key=lambda k: k[:2]):
            async with db.as_actor(Actor(Role.PROVINSI, provinsi, "bench")) as conn:
                await recount_each(conn, list(some), [(f, Periode.read(p)) for f, p in _IN_FORCE])
    finally:
        await db.close()
