"""Events of registers: all rows of one thing, written as they are at the other end. That end is the only one that writes them, and has
checked them as it does for its own callers; here they meet the rights of that office in the database, its constraints, the triggers
that keep what was and work out balances, and the list of regions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
import psycopg
from geoalchemy2 import Geometry
from sqlalchemy import Table, Text
from sqlalchemy.dialects import postgresql

from hub.base.actor import Actor, Role
from hub.base.temuan import ERROR, Temuan
from hub.berita.chain_event import UP, ChainEvent
from hub.db.database import Conn, Database
from hub.gudang.tables import STOK_DOCUMENT, STOK_MINIMUM, STOK_MOVEMENT, STOK_TRANSFER, TRANSFER_ANSWER
from hub.simpul.receive_event import ContentError, Taking, UnknownKindError
from hub.sumber_daya.tables import SUMBER_DAYA, SURAT
from hub.tagana.tables import NODE_COUNTS
from hub.wksbm.tables import ACTIVITY, LINK, MEMBER, PARTNER, WKSBM

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_HASHED = "_sidik"  # ends the name of what stands for a value that did not leave


@dataclass(frozen=True, slots=True)
class Part:
    """How rows of one table are written. `of`: the columns that say which thing they are part of; where `only`, its rows that are not in
    the event are deleted. `fixed`: a row that is there already is left as it is. `region`: column that holds the kabupaten, None: the
    table is for all."""

    table: Table
    of: tuple[str, ...] = ()
    only: bool = False
    fixed: bool = False
    region: str | None = "kode_kab"

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.table.primary_key.columns)

    def columns(self) -> dict[str, str]:
        """Those that are written, each with the SQL that makes its value of the text in a row `r`. What triggers write is left out."""
        return {
            c.name: _value(c.name, c.type)
            for c in self.table.columns
            if c.computed is None and c.name not in ("versi", "hari_terakhir") and "hub_saat" not in _default(c)
        }


def _default(column: Any) -> str:
    return "" if column.server_default is None else str(getattr(column.server_default, "arg", ""))


def _value(name: str, kind: Any) -> str:
    if isinstance(kind, Geometry):
        return f"(r->>'{name}')::geometry"
    return f"r->>'{name}'" if isinstance(kind, Text) else f"(r->>'{name}')::{kind.compile(dialect=_DIALECT)}"


KINDS: Mapping[str, Sequence[Part]] = {
    "sumber_daya.simpan": (Part(SUMBER_DAYA), Part(SURAT, of=("kode_kab", "id"), only=True)),
    "wksbm.simpan": (
        Part(WKSBM), Part(MEMBER, of=("kode_kab", "wksbm"), only=True), Part(ACTIVITY, of=("kode_kab", "wksbm"), only=True),
    ),
    "wksbm.hubungkan": (Part(PARTNER, fixed=True, region=None), Part(LINK, region="asal_kab")),
    "stok.catat": (
        Part(STOK_DOCUMENT, fixed=True), Part(STOK_TRANSFER, fixed=True), Part(TRANSFER_ANSWER, fixed=True),
        Part(STOK_MOVEMENT, fixed=True),
    ),
    "stok.minimum": (Part(STOK_MINIMUM),),
    "pindahan.jawab": (Part(TRANSFER_ANSWER, fixed=True),),
    "tagana.jumlah": (Part(NODE_COUNTS, of=("kode_kab",), only=True),),
}  # fmt: skip
_MAIN = {"sumber_daya.simpan": SUMBER_DAYA.name, "wksbm.simpan": WKSBM.name}  # what `only` parts belong to


class RowEvents:
    """Answers what refused an event; () where it was taken. Raises ContentError, UnknownKindError, TakenAlreadyError."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def write(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        event = taking.event
        rows = _rows_of(event)
        async with self._db.as_actor(_writer(event)) as conn:
            await taking.begin(conn)
            found = await _missing_regions(conn, event, rows)
            if not found:
                found = await _write(conn, event, rows)
            await taking.keep(conn, not found, found)
        return found


def _writer(event: ChainEvent) -> Actor:
    if event.direction == UP:
        return Actor(Role.KABUPATEN, event.kode_kab, event.by)
    return Actor(Role.PROVINSI, event.kode_kab[:2], event.by)


Rows = Mapping[str, Sequence[Mapping[str, str | None]]]


def _rows_of(event: ChainEvent) -> Rows:
    """Table → rows. Raises ContentError where they are not rows of that kabupaten, UnknownKindError where they have columns that this hub
    does not know yet."""
    parts = {p.table.name: p for p in KINDS[event.kind]}
    data = texts_of(event, parts.keys())
    for name, rows in data.items():
        part = parts[name]
        known = {c.name for c in part.table.columns}
        for row in rows:
            if any(c.removesuffix(_HASHED) not in known for c in row):
                raise UnknownKindError(name)
            if any(row.get(k) is None for k in part.key):
                raise ContentError(name)
            if part.region is not None and row.get(part.region) != event.kode_kab:
                raise ContentError(part.region)
    main = _MAIN.get(event.kind)
    if main is not None:
        things = {row["id"] for row in data[main]}
        things |= {row[p.of[1]] for p in parts.values() if p.only for row in data[p.table.name]}
        if len(data[main]) != 1 or len(things) != 1:
            raise ContentError(main)
    return data


def texts_of(event: ChainEvent, tables: Collection[str]) -> dict[str, Any]:
    """Table → rows of texts, of all these tables. Raises ContentError, UnknownKindError where there are more."""
    data = orjson.loads(event.content)
    if not isinstance(data, dict):
        raise ContentError(event.kind)
    for name, rows in data.items():
        if name not in tables:
            raise UnknownKindError(name)
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise ContentError(name)
        if not all(v is None or (isinstance(v, str) and "\0" not in v) for row in rows for v in row.values()):
            raise ContentError(name)
    if missing := set(tables) - set(data):
        raise ContentError(", ".join(sorted(missing)))
    return data


async def _missing_regions(conn: Conn, event: ChainEvent, rows: Rows) -> list[Temuan]:
    """Desa that the list of regions here does not know."""
    codes = sorted({str(r["kode_desa"]) for some in rows.values() for r in some if r.get("kode_desa")})
    cursor = await conn.execute(
        "SELECT k FROM unnest(%s::text[]) k WHERE NOT EXISTS (SELECT FROM wilayah w WHERE w.kode_kab = %s AND w.kode = k)",
        (codes, event.kode_kab),
    )
    return [
        Temuan(
            "WILAYAH_TAK_DIKENAL", ERROR, f"Desa {code} tidak ada dalam daftar wilayah hub ini.", wilayah=event.kode_kab, nilai=code
        )
        for (code,) in await cursor.fetchall()
    ]  # fmt: skip


class _NotAsThereError(Exception):
    """A row could not be written as it is at the other end."""


REFUSALS = (
    _NotAsThereError, psycopg.errors.IntegrityError, psycopg.errors.DataError, psycopg.errors.InsufficientPrivilege,
    psycopg.errors.RaiseException,
)  # fmt: skip
"""What the database raises where rows do not fit what is here."""


def not_as_there(event: ChainEvent) -> Temuan:
    message = (
        f"Data {event.subject} tidak sesuai dengan yang ada di hub ini; tidak ada yang dicatat. Bandingkan kedua hub."
    )
    return Temuan("BARIS_DITOLAK", ERROR, message, wilayah=event.kode_kab, nilai=event.subject)


async def _write(conn: Conn, event: ChainEvent, rows: Rows) -> list[Temuan]:
    """What the database says against it. What is looked at at commit is looked at now, so that a refusal is one of this event."""
    try:
        async with conn.transaction():
            for part in reversed(KINDS[event.kind]):
                if part.only:
                    main = rows[_MAIN[event.kind]][0]["id"] if event.kind in _MAIN else None
                    await _delete_others(conn, part, (event.kode_kab, main), rows[part.table.name])
            for part in KINDS[event.kind]:
                if rows[part.table.name]:
                    await _put(conn, part, rows[part.table.name])
            await conn.execute("SET CONSTRAINTS ALL IMMEDIATE")
            await conn.execute("SET CONSTRAINTS ALL DEFERRED")
    except REFUSALS:
        return [not_as_there(event)]
    return []


async def _delete_others(
    conn: Conn, part: Part, thing: tuple[str, str | None], rows: Sequence[Mapping[str, str | None]]
) -> None:
    """Rows of the same thing that are not in the event. `thing`: kabupaten, and id where it has one."""
    columns = part.columns()
    whole = " AND ".join(("t.kode_kab = %s", *(f"t.{c} = %s::uuid" for c in part.of[1:])))
    same = " AND ".join(f"t.{c} = {columns[c]}" for c in part.key)
    await conn.execute(
        f"DELETE FROM {part.table.name} t WHERE {whole} "
        f"AND NOT EXISTS (SELECT FROM jsonb_array_elements(%s::jsonb) r WHERE {same})",
        (*thing[: len(part.of)], orjson.dumps(rows).decode()),
    )


async def _put(conn: Conn, part: Part, rows: Sequence[Mapping[str, str | None]]) -> None:
    """Change the rows that are there, add the others. A column that the event does not have is left as it is. What is closed to the
    writer of a column cannot be compared: a row that is there is written again. Raises _NotAsThereError where the writer may not, or a row
    that never changes is there already."""
    name, key = part.table.name, part.key
    columns = {c: v for c, v in part.columns().items() if any(c in r for r in rows)}
    content = orjson.dumps(rows).decode()
    same = " AND ".join(f"t.{c} = {columns[c]}" for c in key if c in columns)
    changed = {c: v for c, v in columns.items() if c not in key}
    updated = 0
    if changed and not part.fixed:
        differs = (
            ""
            if part.of == ()
            else f" AND ({_list(f't.{c}' for c in changed)}) IS DISTINCT FROM ({_list(changed.values())})"
        )
        cursor = await conn.execute(
            f"UPDATE {name} t SET {_list(f'{c} = {v}' for c, v in changed.items())} FROM jsonb_array_elements(%s::jsonb) r "
            f"WHERE {same}{differs}",
            (content,),
        )
        updated = cursor.rowcount
    cursor = await conn.execute(
        f"INSERT INTO {name} ({_list(columns)}) SELECT {_list(columns.values())} "
        f"FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS e (r, n) "
        f"WHERE NOT EXISTS (SELECT FROM {name} t WHERE {same}) ORDER BY n",
        (content,),
    )
    if updated + cursor.rowcount != len(rows) and part.of == () and part.region is not None:
        raise _NotAsThereError
    if part.table is STOK_MOVEMENT and not await _numbered_alike(conn, content, len(rows)):
        raise _NotAsThereError


async def _numbered_alike(conn: Conn, content: str, count: int) -> bool:
    """Whether the ledgers here gave the movements the numbers that they have there: else a movement is missing at one end."""
    cursor = await conn.execute(
        "SELECT count(*) FROM jsonb_array_elements(%s::jsonb) r JOIN mutasi_stok m ON m.kode_kab = r->>'kode_kab' "
        "AND m.gudang = (r->>'gudang')::uuid AND m.urutan = (r->>'urutan')::integer AND m.bukti = (r->>'bukti')::uuid "
        "AND m.baris = (r->>'baris')::integer",
        (content,),
    )
    row = await cursor.fetchone()
    return row is not None and row[0] == count


def _list(parts: Any) -> str:
    return ", ".join(parts)
