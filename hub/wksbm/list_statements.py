"""The networks of some kabupaten, for a list that is laid over them. Under the caller's role."""

from collections.abc import Sequence
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from hub.base.public_id import PublicId
from hub.db.database import Conn
from hub.db.many_rows import all_rows
from hub.wksbm.statements import COLUMNS, Activity, Member

_COLUMN_LIST = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))


async def networks(conn: Conn, kode_kab: Sequence[str]) -> list[dict[str, Any]]:
    """The columns, the phase, versi, lon, lat, and as `key` the public id; without samples."""
    cursor = conn.cursor(row_factory=dict_row)
    statement = sql.SQL(
        "SELECT kode_kab, id::text, {}, tahap, tahap_sejak, versi, ST_X(titik) AS lon, ST_Y(titik) AS lat "
        "FROM wksbm_terbaca WHERE kode_kab = ANY(%s) AND NOT contoh ORDER BY kode_kab, id"
    ).format(_COLUMN_LIST)
    await cursor.execute(statement, (list(kode_kab),))
    return [{**r, "key": PublicId(r["kode_kab"], r["id"])} for r in await all_rows(cursor)]


async def members(conn: Conn, kode_kab: Sequence[str]) -> list[tuple[PublicId, Member]]:
    cursor = await conn.execute(
        "SELECT kode_kab, wksbm::text, nama, sejak, jenis, sampai FROM anggota_wksbm WHERE kode_kab = ANY(%s) "
        "ORDER BY kode_kab, wksbm, nama, sejak",
        (list(kode_kab),),
    )
    return [(PublicId(r[0], r[1]), (r[2], r[3], r[4], r[5])) for r in await all_rows(cursor)]


async def activities(conn: Conn, kode_kab: Sequence[str]) -> list[tuple[PublicId, Activity]]:
    cursor = await conn.execute(
        "SELECT kode_kab, wksbm::text, tanggal, kegiatan, uraian FROM kegiatan_wksbm WHERE kode_kab = ANY(%s) "
        "ORDER BY kode_kab, wksbm, tanggal, kegiatan, uraian",
        (list(kode_kab),),
    )
    return [(PublicId(r[0], r[1]), (r[2], r[3], r[4])) for r in await all_rows(cursor)]
