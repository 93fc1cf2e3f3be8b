"""What a province gives up of a kabupaten that writes at a hub of its own: names of people, and where its shelters of victims stand. The
node has them; the province goes on with the counts that it is told."""

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection

from hub.base.errors import InvalidInputError
from hub.db.connections import Conn, connect_async

_DELETED = ("penugasan_tagana", "pelatihan_tagana", "izin_nama", "tagana")
_CLEARED = ("sumber_daya", "sumber_daya_riwayat")
_COUNTS = """
INSERT INTO tagana_simpul (kode_kab, kode_kecamatan, jenis_kelamin, hari, didata, kabupaten, provinsi)
SELECT kode_kab, kode_kecamatan, jenis_kelamin, hari, didata, kabupaten, provinsi FROM hub_tagana_hari(%(kab)s)
WHERE NOT EXISTS (SELECT FROM tagana_simpul WHERE kode_kab = %(kab)s)
"""


async def forget(owner_url: str, kode_kab: str) -> Mapping[str, int]:
    """How many rows of each table were deleted or cleared; in one transaction. `owner_url`: of the province's database, as its owner, who
    alone takes back what was written. The log of who read names stays. Raises InvalidInputError where the kabupaten writes here."""
    async with await connect_async(owner_url, AsyncConnection[tuple[Any, ...]]) as conn:
        cursor = await conn.execute(
            "SELECT FROM simpul WHERE kode_kab = %s AND induk IS NULL AND serah_pada IS NOT NULL AND dicabut_pada IS NULL FOR UPDATE",
            (kode_kab,),
        )
        if await cursor.fetchone() is None:
            raise InvalidInputError(
                f"{kode_kab} tidak menulis di simpulnya sendiri; nama-namanya hanya ada di sini dan tidak dihapus."
            )
        rows: dict[str, int] = {}
        await conn.execute(_COUNTS, {"kab": kode_kab})
        for table in (*_DELETED, *_CLEARED):  # triggers are for those who write; the row before is not kept
            await conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            rows[table] = await (_delete if table in _DELETED else _clear)(conn, table, kode_kab)
            await conn.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            await conn.execute("SELECT pg_notify('hub_data', %s)", (table,))
    return rows


async def _delete(conn: Conn, table: str, kode_kab: str) -> int:
    return (await conn.execute(f"DELETE FROM {table} WHERE kode_kab = %s", (kode_kab,))).rowcount


async def _clear(conn: Conn, table: str, kode_kab: str) -> int:
    """Of the office's own."""
    cursor = await conn.execute(
        f"UPDATE {table} SET alamat = CASE WHEN NOT rahasia THEN alamat END, "
        "sekretariat = CASE WHEN NOT rahasia THEN sekretariat END, titik = CASE WHEN NOT rahasia THEN titik END, "
        "ketua = CASE WHEN ketua_setuju THEN ketua END WHERE kode_kab = %s AND pemilik NOT IN ('KEMENTERIAN', 'PROVINSI') "
        "AND (rahasia AND (alamat IS NOT NULL OR sekretariat IS NOT NULL OR titik IS NOT NULL) "
        "OR ketua IS NOT NULL AND ketua_setuju IS NOT TRUE)",
        (kode_kab,),
    )
    return cursor.rowcount
