"""Statements over social resources. Every call runs under the caller's role; triggers keep what was replaced."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row, tuple_row

from hub.base.public_id import PublicId
from hub.db.database import Conn
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.point_reads import point_sql

_NOT_CONTENT = ("kode_kab", "id", "titik", "hari_terakhir", "versi", "diubah_pada", "diubah_oleh")
COLUMNS = tuple(k.name for k in SUMBER_DAYA.columns if k.name not in _NOT_CONTENT)

Surat = tuple[
    str, date, date | None, str | None, str | None, str | None
]  # jenis, sejak, sampai, nomor, peringkat, cakupan

_POINT = sql.SQL("ST_SetSRID(ST_MakePoint(%s::float, %s::float), 4326)")  # null where one of them is
_COLUMN_LIST = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))


async def row(conn: Conn, key: PublicId, *, lock: bool = False) -> dict[str, Any] | None:
    """The columns, `versi`, `lon` and `lat`. `lock` holds the row until the transaction ends, and finds it only where
    the caller may write it."""
    key_pair = (key.kode_kab, key.id)
    if lock:
        locked = await conn.execute("SELECT 1 FROM sumber_daya WHERE kode_kab = %s AND id = %s FOR UPDATE", key_pair)
        if await locked.fetchone() is None:
            return None
    cursor = conn.cursor(row_factory=dict_row)
    statement = sql.SQL(
        "SELECT {}, versi, ST_X(titik) AS lon, ST_Y(titik) AS lat FROM sumber_daya_terbaca WHERE kode_kab = %s AND id = %s"
    ).format(_COLUMN_LIST)
    await cursor.execute(statement, key_pair)
    return await cursor.fetchone()


async def in_desa(conn: Conn, kode_desa: str, kind: str) -> list[tuple[str, str]]:
    """(id, name) of those of a kind that stand in a desa; without samples."""
    cursor = await conn.execute(
        "SELECT id::text, nama FROM sumber_daya "
        "WHERE kode_kab = left(%(desa)s, 5) AND kode_desa = %(desa)s AND jenis = %(jenis)s AND sampai IS NULL AND NOT contoh "
        "ORDER BY id",
        {"desa": kode_desa, "jenis": kind},
    )
    return await cursor.fetchall()


async def insert(
    conn: Conn, key: PublicId, values: Mapping[str, Any], point: tuple[float, float] | None, by: str
) -> bool:
    """A new row at version 1; False when there is one under that id already."""
    statement = sql.SQL(
        "INSERT INTO sumber_daya (kode_kab, id, {}, titik, diubah_oleh) VALUES (%s, %s, {}, {}, %s) ON CONFLICT DO NOTHING"
    ).format(_COLUMN_LIST, sql.SQL(", ").join([sql.Placeholder()] * len(COLUMNS)), _POINT)
    nilai = [values.get(k) for k in COLUMNS]
    cursor = await conn.execute(statement, (key.kode_kab, key.id, *nilai, *(point or (None, None)), by))
    return cursor.rowcount == 1


async def update(
    conn: Conn, key: PublicId, values: Mapping[str, Any], point: tuple[float, float] | None, by: str
) -> int:
    """Replace the contents; the new version."""
    assignments = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(k)) for k in COLUMNS)
    statement = sql.SQL(
        "UPDATE sumber_daya SET {}, titik = {}, diubah_oleh = %s WHERE kode_kab = %s AND id = %s RETURNING versi"
    ).format(assignments, _POINT)
    nilai = [values.get(k) for k in COLUMNS]
    cursor = await conn.execute(statement, (*nilai, *(point or (None, None)), by, key.kode_kab, key.id))
    updated = await cursor.fetchone()
    assert updated is not None, "the row is locked by this transaction"
    version: int = updated[0]
    return version


async def papers(conn: Conn, key: PublicId) -> set[Surat]:
    cursor = conn.cursor(row_factory=tuple_row)
    await cursor.execute(
        "SELECT jenis, sejak, sampai, nomor, peringkat, cakupan FROM surat_sumber_daya WHERE kode_kab = %s AND id = %s",
        (key.kode_kab, key.id),
    )
    return set(await cursor.fetchall())


async def replace_papers(conn: Conn, key: PublicId, surat: Sequence[Surat]) -> None:
    """Exactly these papers; one that is the same stays untouched."""
    columns = [list(k) for k in zip(*surat, strict=True)] or [[]] * 6
    await conn.execute(
        "DELETE FROM surat_sumber_daya s WHERE s.kode_kab = %s AND s.id = %s AND NOT EXISTS ("
        "SELECT 1 FROM unnest(%s::text[], %s::date[]) AS t(jenis, sejak) WHERE t.jenis = s.jenis AND t.sejak = s.sejak)",
        (key.kode_kab, key.id, columns[0], columns[1]),
    )
    await conn.execute(
        "INSERT INTO surat_sumber_daya AS s (kode_kab, id, jenis, sejak, sampai, nomor, peringkat, cakupan) "
        "SELECT %s, %s::uuid, t.* FROM unnest(%s::text[], %s::date[], %s::date[], %s::text[], %s::text[], %s::text[]) AS t "
        "ON CONFLICT (kode_kab, id, jenis, sejak) DO UPDATE SET sampai = excluded.sampai, nomor = excluded.nomor, "
        "peringkat = excluded.peringkat, cakupan = excluded.cakupan "
        "WHERE (s.sampai, s.nomor, s.peringkat, s.cakupan) "
        "IS DISTINCT FROM (excluded.sampai, excluded.nomor, excluded.peringkat, excluded.cakupan)",
        (key.kode_kab, key.id, *columns),
    )


async def places(
    conn: Conn, points: Sequence[tuple[float, float, str]]
) -> list[tuple[str | None, str | None, bool | None]]:
    """For each (lon, lat, code of a desa): the desa at the point and its name, None where there is none; and whether the
    boundary of the desa named holds the point, None where no boundary of it is loaded."""
    if not points:
        return []
    columns = [list(k) for k in zip(*points, strict=True)]
    cursor = await conn.execute(
        f"""SELECT d.kode, w.nama, b.di_batas
        FROM unnest(%s::float[], %s::float[], %s::text[]) WITH ORDINALITY AS t(lon, lat, desa, urut)
        LEFT JOIN LATERAL ({point_sql("t.lon", "t.lat")}) d ON true
        LEFT JOIN wilayah w ON w.kode_kab = d.kode_kab AND w.kode = d.kode AND w.berlaku_sejak <= d.acuan AND w.hari_terakhir >= d.acuan
        LEFT JOIN LATERAL (
          SELECT bool_or(ST_Intersects(b.geom, ST_SetSRID(ST_MakePoint(t.lon, t.lat), 4326))) AS di_batas FROM batas b
          WHERE b.kode_kab = left(t.desa, 5) AND b.kode = t.desa AND b.sampai IS NULL
        ) b ON true ORDER BY t.urut""",
        columns,
    )
    return [(kode, name, inside) for kode, name, inside in await cursor.fetchall()]


async def standing(conn: Conn, kode_kab: str, kind: str) -> list[tuple[str, str, str]]:
    """(id, code of the desa, name) of what stands in a kabupaten, of one kind."""
    cursor = await conn.execute(
        "SELECT id::text, kode_desa, nama FROM sumber_daya WHERE kode_kab = %s AND jenis = %s AND sampai IS NULL",
        (kode_kab, kind),
    )
    return [(i, d, n) for i, d, n in await cursor.fetchall()]


async def standing_slrt(conn: Conn, kode_kab: Sequence[str], day: date) -> list[tuple[str, str, str]]:
    """(public id, kabupaten, name) of the SLRT of those kabupaten that stand on that day; without samples."""
    cursor = await conn.execute(
        "SELECT kode_kab || ':' || id, kode_kab, nama FROM sumber_daya "
        "WHERE kode_kab = ANY(%s) AND jenis = 'SLRT' AND sejak <= %s AND hari_terakhir >= %s AND NOT contoh ORDER BY kode_kab, id",
        (list(kode_kab), day, day),
    )
    return [(i, k, n) for i, k, n in await cursor.fetchall()]
