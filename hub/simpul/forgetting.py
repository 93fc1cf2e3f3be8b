"""What a province gives up of a kabupaten that writes at a hub of its own: names of people, and where its shelters of victims stand. The
node has them; the province goes on with the counts that it is told."""

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection, sql

from hub.base.errors import InvalidInputError
from hub.db.connections import connect_async

_DELETED = ("penugasan_tagana", "pelatihan_tagana", "izin_nama", "tagana")
_CLEARED = ("sumber_daya", "sumber_daya_riwayat")
_COUNTS = """
INSERT INTO tagana_simpul (kode_kab, kode_kecamatan, jenis_kelamin, hari, didata, kabupaten, provinsi)
SELECT kode_kab, kode_kecamatan, jenis_kelamin, hari, didata, kabupaten, provinsi FROM hub_tagana_hari(%(kab)s)
WHERE NOT EXISTS (SELECT FROM tagana_simpul WHERE kode_kab = %(kab)s)
"""
_CLEAR = """
UPDATE {} SET alamat = CASE WHEN NOT rahasia THEN alamat END, sekretariat = CASE WHEN NOT rahasia THEN sekretariat END,
  titik = CASE WHEN NOT rahasia THEN titik END, ketua = CASE WHEN ketua_setuju THEN ketua END
WHERE kode_kab = %s AND pemilik NOT IN ('KEMENTERIAN', 'PROVINSI') AND (rahasia AND (alamat, sekretariat, titik) IS DISTINCT FROM
  (NULL, NULL, NULL) OR ketua IS NOT NULL AND ketua_setuju IS NOT TRUE)
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
            name = sql.Identifier(table)
            await conn.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
            statement = sql.SQL("DELETE FROM {} WHERE kode_kab = %s" if table in _DELETED else _CLEAR).format(name)
            rows[table] = (await conn.execute(statement, (kode_kab,))).rowcount
            await conn.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
            await conn.execute("SELECT pg_notify('hub_data', %s)", (table,))
    return rows
