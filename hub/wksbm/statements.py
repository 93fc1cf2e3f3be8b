"""Statements over networks (WKSBM): profile, members, activities, phase. Every call runs under the caller's role; triggers
keep what was replaced, the phases and the nodes of the graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from hub.base.public_id import PublicId
from hub.db.database import Conn

COLUMNS = ("nama", "kode_desa", "balai", "dokumen", "keterangan", "sejak", "sampai", "contoh", "sumber")
_PHASE_COLUMNS = ("tahap", "tahap_sejak", "tahap_alasan")

Member = tuple[str, date, str, date | None]  # nama, sejak, jenis, sampai
Activity = tuple[date, str, str]  # tanggal, kegiatan, uraian


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """Into another phase from that day. `backward`: back, so activities count anew from then on."""

    phase: str
    since: date
    reason: str | None
    backward: bool


_POINT = sql.SQL("ST_SetSRID(ST_MakePoint(%s::float, %s::float), 4326)")  # null where one of them is
_COLUMN_LIST = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))


async def row(conn: Conn, key: PublicId, *, lock: bool = False) -> dict[str, Any] | None:
    """The columns, the phase, `kegiatan_sejak`, `versi`, `lon` and `lat`. `lock` holds the row until the transaction ends,
    and finds it only where the caller may write it."""
    key_pair = (key.kode_kab, key.id)
    if lock:
        locked = await conn.execute("SELECT 1 FROM wksbm WHERE kode_kab = %s AND id = %s FOR UPDATE", key_pair)
        if await locked.fetchone() is None:
            return None
    cursor = conn.cursor(row_factory=dict_row)
    statement = sql.SQL(
        "SELECT {}, tahap, tahap_sejak, tahap_alasan, kegiatan_sejak, versi, ST_X(titik) AS lon, ST_Y(titik) AS lat "
        "FROM wksbm_terbaca WHERE kode_kab = %s AND id = %s"
    ).format(_COLUMN_LIST)
    await cursor.execute(statement, key_pair)
    return await cursor.fetchone()


async def in_desa(conn: Conn, kode_desa: str) -> list[tuple[str, str]]:
    """(id, name) of the networks that stand in a desa; without samples."""
    cursor = await conn.execute(
        "SELECT id::text, nama FROM wksbm "
        "WHERE kode_kab = left(%(desa)s, 5) AND kode_desa = %(desa)s AND sampai IS NULL AND NOT contoh ORDER BY id",
        {"desa": kode_desa},
    )
    return await cursor.fetchall()


async def insert(
    conn: Conn, key: PublicId, values: Mapping[str, Any], point: tuple[float, float] | None, by: str
) -> bool:
    """A new row at version 1, with its first phase; False when there is one under that id already, here or elsewhere."""
    columns = (*COLUMNS, *_PHASE_COLUMNS)
    statement = sql.SQL(
        "INSERT INTO wksbm (kode_kab, id, {}, titik, diubah_oleh) VALUES (%s, %s, {}, {}, %s) ON CONFLICT DO NOTHING"
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join([sql.Placeholder()] * len(columns)), _POINT
    )
    nilai = [values.get(k) for k in columns]
    cursor = await conn.execute(statement, (key.kode_kab, key.id, *nilai, *(point or (None, None)), by))
    return cursor.rowcount == 1


async def update(
    conn: Conn, key: PublicId, values: Mapping[str, Any], point: tuple[float, float] | None, by: str
) -> int:
    """Replace the contents; the new version."""
    assignments = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(k)) for k in COLUMNS)
    statement = sql.SQL(
        "UPDATE wksbm SET {}, titik = {}, diubah_oleh = %s WHERE kode_kab = %s AND id = %s RETURNING versi"
    ).format(assignments, _POINT)
    nilai = [values.get(k) for k in COLUMNS]
    return await _new_version(conn, statement, (*nilai, *(point or (None, None)), by, key.kode_kab, key.id))


async def move(conn: Conn, key: PublicId, change: PhaseChange, by: str) -> int:
    """Into another phase; the new version."""
    statement = sql.SQL(
        "UPDATE wksbm SET tahap = %s, tahap_sejak = %s, tahap_alasan = %s, diubah_oleh = %s, "
        "kegiatan_sejak = CASE WHEN %s THEN %s ELSE kegiatan_sejak END WHERE kode_kab = %s AND id = %s RETURNING versi"
    )
    values = (change.phase, change.since, change.reason, by, change.backward, change.since)
    return await _new_version(conn, statement, (*values, key.kode_kab, key.id))


async def touch(conn: Conn, key: PublicId, by: str) -> int:
    """A new version of a network whose members or activities changed."""
    statement = sql.SQL("UPDATE wksbm SET diubah_oleh = %s WHERE kode_kab = %s AND id = %s RETURNING versi")
    return await _new_version(conn, statement, (by, key.kode_kab, key.id))


async def _new_version(conn: Conn, statement: sql.SQL | sql.Composed, nilai: Sequence[Any]) -> int:
    cursor = await conn.execute(statement, nilai)
    updated = await cursor.fetchone()
    assert updated is not None, "the row is locked by this transaction"
    version: int = updated[0]
    return version


# ---------- members and activities ----------


async def members(conn: Conn, key: PublicId) -> set[Member]:
    cursor = await conn.execute(
        "SELECT nama, sejak, jenis, sampai FROM anggota_wksbm WHERE kode_kab = %s AND wksbm = %s",
        (key.kode_kab, key.id),
    )
    return {(n, s, j, a) for n, s, j, a in await cursor.fetchall()}


async def replace_members(conn: Conn, key: PublicId, new_members: Sequence[Member]) -> None:
    """Exactly these members; one that is the same stays untouched."""
    columns = [list(k) for k in zip(*new_members, strict=True)] or [[]] * 4
    await conn.execute(
        "DELETE FROM anggota_wksbm a WHERE a.kode_kab = %s AND a.wksbm = %s AND NOT EXISTS ("
        "SELECT 1 FROM unnest(%s::text[], %s::date[]) AS t(nama, sejak) WHERE t.nama = a.nama AND t.sejak = a.sejak)",
        (key.kode_kab, key.id, columns[0], columns[1]),
    )
    await conn.execute(
        "INSERT INTO anggota_wksbm AS a (kode_kab, wksbm, nama, sejak, jenis, sampai) "
        "SELECT %s, %s::uuid, t.* FROM unnest(%s::text[], %s::date[], %s::text[], %s::date[]) AS t "
        "ON CONFLICT (kode_kab, wksbm, nama, sejak) DO UPDATE SET jenis = excluded.jenis, sampai = excluded.sampai "
        "WHERE (a.jenis, a.sampai) IS DISTINCT FROM (excluded.jenis, excluded.sampai)",
        (key.kode_kab, key.id, *columns),
    )


async def activities(conn: Conn, key: PublicId) -> set[Activity]:
    cursor = await conn.execute(
        "SELECT tanggal, kegiatan, uraian FROM kegiatan_wksbm WHERE kode_kab = %s AND wksbm = %s",
        (key.kode_kab, key.id),
    )
    return {(t, k, u) for t, k, u in await cursor.fetchall()}


async def add_activities(conn: Conn, key: PublicId, new_activities: Sequence[Activity]) -> int:
    """How many were new."""
    columns = [list(k) for k in zip(*new_activities, strict=True)] or [[]] * 3
    cursor = await conn.execute(
        "INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) "
        "SELECT %s, %s::uuid, t.* FROM unnest(%s::date[], %s::text[], %s::text[]) AS t ON CONFLICT DO NOTHING",
        (key.kode_kab, key.id, *columns),
    )
    return cursor.rowcount


async def replace_activities(conn: Conn, key: PublicId, new_activities: Sequence[Activity]) -> None:
    """Exactly these activities; one that is the same stays untouched."""
    columns = [list(k) for k in zip(*new_activities, strict=True)] or [[]] * 3
    await conn.execute(
        "DELETE FROM kegiatan_wksbm g WHERE g.kode_kab = %s AND g.wksbm = %s AND NOT EXISTS ("
        "SELECT 1 FROM unnest(%s::date[], %s::text[], %s::text[]) AS t(tanggal, kegiatan, uraian) "
        "WHERE t.tanggal = g.tanggal AND t.kegiatan = g.kegiatan AND t.uraian = g.uraian)",
        (key.kode_kab, key.id, *columns),
    )
    await add_activities(conn, key, new_activities)


async def done(conn: Conn, key: PublicId, since: date | None, until: date) -> set[str]:
    """Codes of the activities carried out between those days, both included; `since` None: whenever before."""
    cursor = await conn.execute(
        "SELECT DISTINCT kegiatan FROM kegiatan_wksbm WHERE kode_kab = %s AND wksbm = %s AND tanggal <= %s "
        "AND tanggal >= coalesce(%s, '-infinity'::date)",
        (key.kode_kab, key.id, until, since),
    )
    return {k for (k,) in await cursor.fetchall()}
