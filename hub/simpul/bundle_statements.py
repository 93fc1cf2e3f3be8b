"""The SQL of what travels down: digests of pieces of tables, their rows as text, and putting rows in the place of others.

A row travels as the texts that PostgreSQL writes of its values and reads itself; so it is the same row at both ends.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql
from psycopg.types.json import Jsonb

from hub.db.connections import Conn
from hub.simpul.bundle_parts import PARTS, Cut


@dataclass(frozen=True, slots=True)
class Piece:
    """`group`: see Cut; `size`: bytes of its rows as text, about."""

    group: str
    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Place:
    """A table of a part, as far as it concerns that kabupaten."""

    part: str
    table: str
    kode_kab: str

    @property
    def cut(self) -> Cut:
        return PARTS[self.part][self.table]

    @property
    def source(self) -> sql.Composed:
        """… FROM table WHERE it concerns the kabupaten."""
        return sql.SQL("FROM {} WHERE ({})").format(sql.Identifier(self.table), self.cut.condition(self.kode_kab))


async def speak_alike(conn: Conn) -> None:
    """In this transaction values are written as texts in the way both ends write them."""
    await conn.execute(
        "SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true), "
        "set_config('IntervalStyle', 'iso_8601', true), set_config('extra_float_digits', '1', true)"
    )


async def columns(conn: Conn, table: str) -> dict[str, str]:
    """Its columns in the order of their names, without those that are worked out: name → type."""
    cursor = await conn.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attname",
        (table,),
    )
    return {str(name): str(kind) for name, kind in await cursor.fetchall()}


async def pieces(conn: Conn, place: Place, names: Sequence[str]) -> list[Piece]:
    """What there is, by name. `names`: the columns that are looked at. After `speak_alike`."""
    statement = sql.SQL(
        "SELECT kelompok, potong, left(md5(count(*) || ':' || sum(hashtextextended(isi, 0))), 16), sum(length(isi))::bigint "
        "FROM (SELECT {} AS kelompok, {} AS potong, ROW({})::text AS isi {}) t GROUP BY 1, 2"
    ).format(place.cut.group_of, place.cut.piece_of, _listed(names), place.source)
    return sorted(
        (Piece(*row) for row in await (await conn.execute(statement)).fetchall()), key=lambda p: (p.group, p.name)
    )


async def rows(conn: Conn, place: Place, names: Sequence[str], wanted: Collection[str]) -> list[tuple[str, str, bytes]]:
    """Of those pieces: name, digest, and the rows as a JSON list of lists of texts. After `speak_alike`."""
    values = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(n)) for n in names)
    statement = sql.SQL(
        "SELECT potong, left(md5(count(*) || ':' || sum(hashtextextended(isi, 0))), 16), "
        "convert_to('[' || string_agg(baris, ',' ORDER BY baris COLLATE \"C\") || ']', 'UTF8') "
        "FROM (SELECT {piece} AS potong, ROW({names})::text AS isi, json_build_array({values})::text AS baris {source} "
        "AND {piece} = ANY({wanted})) t GROUP BY 1 ORDER BY 1"
    ).format(
        piece=place.cut.piece_of, names=_listed(names), values=values, source=place.source, wanted=sql.Literal(list(wanted))
    )  # fmt: skip
    return [
        (name, digest, bytes(content)) for name, digest, content in await (await conn.execute(statement)).fetchall()
    ]


# ---------- at the node ----------


async def hold(conn: Conn) -> None:
    """One part at a time, until the transaction ends."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('hub_bekal', 0))")


async def stage(conn: Conn, place: Place, piece: str, digest: str, content: object) -> None:
    """Keep a piece that has come."""
    await conn.execute(
        "INSERT INTO simpul_bekal_isi (kode_kab, bagian, tabel, potong, sidik, isi) VALUES (%s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (kode_kab, bagian, tabel, potong) DO UPDATE SET sidik = excluded.sidik, isi = excluded.isi",
        (place.kode_kab, place.part, place.table, piece, digest, Jsonb(content)),
    )


async def staged(conn: Conn, kode_kab: str, part: str) -> dict[tuple[str, str], str]:
    """(table, piece) → digest of what has come and is not in force yet."""
    cursor = await conn.execute(
        "SELECT tabel, potong, sidik FROM simpul_bekal_isi WHERE kode_kab = %s AND bagian = %s", (kode_kab, part)
    )
    return {(table, piece): digest for table, piece, digest in await cursor.fetchall()}


async def unstage(conn: Conn, kode_kab: str, part: str) -> None:
    await conn.execute("DELETE FROM simpul_bekal_isi WHERE kode_kab = %s AND bagian = %s", (kode_kab, part))


# Rows are told from each other by all they say. Both sides are worked out first, so that they are held together by hash: of thousands each
# with each would take for ever, and the planner knows of neither how many they are.


async def drop_others(conn: Conn, place: Place, types: Mapping[str, str], pieces: Collection[str]) -> int:
    """Take away the rows of those pieces that are not among what has come; of a piece of which nothing has, all. How many there were."""
    statement = sql.SQL(
        "WITH {}, {} DELETE FROM {} t USING lama l WHERE t.ctid = l.letak AND NOT EXISTS (SELECT FROM datang d WHERE d.isi = l.isi)"
    ).format(_came(place, types, pieces), _there(place, types, pieces), sql.Identifier(place.table))
    return (await conn.execute(statement)).rowcount


async def add_missing(conn: Conn, place: Place, types: Mapping[str, str], pieces: Collection[str]) -> int:
    """Write the rows of those pieces that have come and are not there. How many they were."""
    statement = sql.SQL(
        "WITH {}, {} INSERT INTO {} ({}) SELECT {} FROM datang d WHERE NOT EXISTS (SELECT FROM lama l WHERE l.isi = d.isi)"
    ).format(
        _came(place, types, pieces), _there(place, types, pieces), sql.Identifier(place.table), _listed(types), _values(types)
    )  # fmt: skip
    return (await conn.execute(statement)).rowcount


def _came(place: Place, types: Mapping[str, str], pieces: Collection[str]) -> sql.Composed:
    return sql.SQL(
        "datang AS MATERIALIZED (SELECT baris, ROW({})::text AS isi FROM simpul_bekal_isi b, jsonb_array_elements(b.isi) AS e(baris) "
        "WHERE b.kode_kab = {} AND b.bagian = {} AND b.tabel = {} AND b.potong = ANY({}))"
    ).format(_values(types), *map(sql.Literal, (place.kode_kab, place.part, place.table, list(pieces))))


def _there(place: Place, types: Mapping[str, str], pieces: Collection[str]) -> sql.Composed:
    return sql.SQL(
        "lama AS MATERIALIZED (SELECT ctid AS letak, ROW({})::text AS isi {} AND {} = ANY({}))"
    ).format(_listed(types), place.source, place.cut.piece_of, sql.Literal(list(pieces)))  # fmt: skip


def _values(types: Mapping[str, str]) -> sql.Composed:
    """Of a row that has come, its values. Types are the database's own words for them."""
    casts = (
        sql.SQL("(baris ->> {})::{}").format(sql.Literal(n), sql.SQL(kind)) for n, kind in enumerate(types.values())
    )
    return sql.SQL(", ").join(casts)


def _listed(names: Collection[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
