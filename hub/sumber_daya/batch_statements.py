"""Social resources many at a time: what stands of one kind in some kabupaten, and adding and replacing whole lists of them.
Every call runs under the caller's role; triggers keep what was replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy.dialects import postgresql

from hub.base.off_loop import off_loop
from hub.base.public_id import PublicId
from hub.db.database import Conn
from hub.db.many_rows import all_rows
from hub.sumber_daya.statements import COLUMNS, Surat
from hub.sumber_daya.tables import SUMBER_DAYA

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_RECORD_SHAPE = sql.SQL(
    "kode_kab text, id uuid, versi integer, lon float, lat float, "
    + ", ".join(f'"{k}" {SUMBER_DAYA.c[k].type.compile(_DIALECT).split(" COLLATE")[0]}' for k in COLUMNS)
)
_COLUMN_LIST = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
_FROM_R = sql.SQL(", ").join(sql.SQL("r.{}").format(sql.Identifier(k)) for k in COLUMNS)
_POINT = sql.SQL("ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326)")  # null where one of them is


@dataclass(frozen=True, slots=True)
class RowToStore:
    """A row to store. `values`: its columns; `titik`: longitude and latitude; `surat` None: papers stay as they are; `versi`: the
    version it replaces."""

    key: PublicId
    values: Mapping[str, Any]
    titik: tuple[float, float] | None
    surat: Sequence[Surat] | None
    versi: int | None = None


async def lock(conn: Conn, kode_kab: Sequence[str], kinds: Sequence[str]) -> None:
    """One list at a time per kabupaten and kind, until the transaction ends: two that bring the same row make one."""
    await conn.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(t.kunci, 0)) FROM ("
        "SELECT 'sumber_daya ' || k || ' ' || j AS kunci FROM unnest(%s::text[]) k, unnest(%s::text[]) j ORDER BY 1) t",
        (list(kode_kab), list(kinds)),
    )


async def rows(conn: Conn, kode_kab: Sequence[str], kinds: Sequence[str]) -> list[dict[str, Any]]:
    """kode_kab, id, the columns, versi, lon, lat of everything of those kinds there, of any time."""
    cursor = conn.cursor(row_factory=dict_row)
    statement = sql.SQL(
        "SELECT kode_kab, id::text, {}, versi, ST_X(titik) AS lon, ST_Y(titik) AS lat FROM sumber_daya_terbaca "
        "WHERE kode_kab = ANY(%s) AND jenis = ANY(%s) ORDER BY kode_kab, id"
    ).format(_COLUMN_LIST)
    await cursor.execute(statement, (list(kode_kab), list(kinds)))
    return await all_rows(cursor)


async def papers(conn: Conn, kode_kab: Sequence[str], kinds: Sequence[str]) -> list[tuple[str, str, Surat]]:
    """(kode_kab, id, paper) of everything of those kinds there."""
    cursor = await conn.execute(
        "SELECT t.kode_kab, t.id::text, t.jenis, t.sejak, t.sampai, t.nomor, t.peringkat, t.cakupan "
        "FROM sumber_daya s JOIN surat_sumber_daya t ON t.kode_kab = s.kode_kab AND t.id = s.id "
        "WHERE s.kode_kab = ANY(%s) AND s.jenis = ANY(%s)",
        (list(kode_kab), list(kinds)),
    )
    return [(b[0], b[1], (b[2], b[3], b[4], b[5], b[6], b[7])) for b in await all_rows(cursor)]


async def insert(conn: Conn, to_store: Sequence[RowToStore], by: str) -> None:
    """New rows at version 1, with their papers."""
    if not to_store:
        return
    statement = sql.SQL(
        "INSERT INTO sumber_daya (kode_kab, id, {}, titik, diubah_oleh) SELECT r.kode_kab, r.id, {}, {}, %s "
        "FROM jsonb_to_recordset(%s::jsonb) AS r({})"
    ).format(_COLUMN_LIST, _FROM_R, _POINT, _RECORD_SHAPE)
    await conn.execute(statement, (by, await off_loop(len(to_store), _json, to_store)))
    await _replace_papers(conn, to_store)


async def update(conn: Conn, to_store: Sequence[RowToStore], by: str) -> int:
    """Replace the contents of rows that are still at the version named, and their papers; how many were."""
    if not to_store:
        return 0
    assignments = sql.SQL(", ").join(sql.SQL("{0} = r.{0}").format(sql.Identifier(k)) for k in COLUMNS)
    statement = sql.SQL(
        "UPDATE sumber_daya s SET {}, titik = {}, diubah_oleh = %s FROM jsonb_to_recordset(%s::jsonb) AS r({}) "
        "WHERE s.kode_kab = r.kode_kab AND s.id = r.id AND s.versi = r.versi"
    ).format(assignments, _POINT, _RECORD_SHAPE)
    cursor = await conn.execute(statement, (by, await off_loop(len(to_store), _json, to_store)))
    await _replace_papers(conn, to_store)
    return cursor.rowcount


async def kabupaten_of(conn: Conn, kode: str, as_of: date) -> list[tuple[str, str]]:
    """(code, name) of the kabupaten at or below a code that are in force on a day."""
    cursor = await conn.execute(
        "SELECT kode, nama FROM wilayah WHERE tingkat = 2 AND kode_kab >= %s AND kode_kab < %s "
        "AND berlaku_sejak <= %s AND hari_terakhir >= %s ORDER BY kode",
        (kode, kode + "/", as_of, as_of),
    )
    return [(k, n) for k, n in await cursor.fetchall()]


async def _replace_papers(conn: Conn, to_store: Sequence[RowToStore]) -> None:
    """Exactly the papers given, where any are; one that is the same stays untouched."""
    with_surat = [b for b in to_store if b.surat is not None]
    surat = [(b.key.kode_kab, b.key.id, *s) for b in with_surat for s in b.surat or ()]
    columns = [list(k) for k in zip(*surat, strict=True)] or [[]] * 8
    await conn.execute(
        "DELETE FROM surat_sumber_daya s USING unnest(%s::text[], %s::uuid[]) AS i(kode_kab, id) "
        "WHERE s.kode_kab = i.kode_kab AND s.id = i.id AND NOT EXISTS ("
        "SELECT 1 FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::date[]) AS t(kode_kab, id, jenis, sejak) "
        "WHERE t.kode_kab = s.kode_kab AND t.id = s.id AND t.jenis = s.jenis AND t.sejak = s.sejak)",
        ([b.key.kode_kab for b in with_surat], [b.key.id for b in with_surat], *columns[:4]),
    )
    await conn.execute(
        "INSERT INTO surat_sumber_daya AS s (kode_kab, id, jenis, sejak, sampai, nomor, peringkat, cakupan) "
        "SELECT * FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::date[], %s::date[], %s::text[], %s::text[], %s::text[]) "
        "ON CONFLICT (kode_kab, id, jenis, sejak) DO UPDATE SET sampai = excluded.sampai, nomor = excluded.nomor, "
        "peringkat = excluded.peringkat, cakupan = excluded.cakupan "
        "WHERE (s.sampai, s.nomor, s.peringkat, s.cakupan) "
        "IS DISTINCT FROM (excluded.sampai, excluded.nomor, excluded.peringkat, excluded.cakupan)",
        columns,
    )


def _json(to_store: Sequence[RowToStore]) -> str:
    return f"[{','.join(map(_json_of, to_store))}]"


def _json_of(b: RowToStore) -> str:
    lon, lat = b.titik or (None, None)
    record = {str(k): v for k in COLUMNS if (v := b.values.get(k)) is not None}
    record |= {"kode_kab": b.key.kode_kab, "id": b.key.id, "versi": b.versi, "lon": lon, "lat": lat}
    return orjson.dumps(record, default=str).decode()
