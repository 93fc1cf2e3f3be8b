"""The chain of a kabupaten that this hub writes, and how far it has the other end's. Whether one is written at all is decided here;
what is written into it the triggers of migration 0054_rantai decide. Every call runs in a transaction of the hub's own work (`as_owner`).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from psycopg.rows import tuple_row

from hub.berita.chain_event import DIRECTIONS, DOWN, NO_HASH, UP, ChainEvent, Head
from hub.db.database import Conn

_HEAD = "kode_kab, arah, masa, nomor, sidik"
_AROUND = 800  # bytes that the envelope of an event takes beside its content, at most as a rule


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a hub takes up chains that there are already, of a node that another machine was before: after which event of its own, and of
    the other end's."""

    own: Head
    received: Head


async def begin_chain(
    conn: Conn, kode_kab: str, direction: str, epoch: int = 1, beginning: Beginning | None = None
) -> Head:
    """Write a chain of that kabupaten from now on (UP at its node, DOWN at its province), and take in the other one. Waits until those
    who write just now have ended: all they did is committed before this is, or stands in the chain. Safe to repeat; a chain that was
    ended goes on where it stood, and one that has no event yet takes up at `beginning`, where it is given. `epoch`: not less than the one
    there is. Raises ValueError where there is one of the other direction."""
    if direction not in DIRECTIONS:
        raise ValueError(direction)
    other_way = UP if direction == DOWN else DOWN
    await conn.execute("LOCK TABLE rantai IN EXCLUSIVE MODE")
    await conn.execute(
        "INSERT INTO rantai AS r (kode_kab, arah, masa) VALUES (%s, %s, %s) "
        "ON CONFLICT (kode_kab) DO UPDATE SET ditulis = true, masa = greatest(r.masa, excluded.masa) WHERE r.arah = excluded.arah",
        (kode_kab, direction, epoch),
    )
    await conn.execute(
        "INSERT INTO rantai_masuk (kode_kab, arah) VALUES (%s, %s) ON CONFLICT (kode_kab) DO NOTHING",
        (kode_kab, other_way),
    )
    if beginning is not None:
        first, other = beginning.own, beginning.received
        await conn.execute(
            "UPDATE rantai SET nomor = %(n)s, awal = %(n)s, diterima = %(n)s, sidik = %(s)s, awal_sidik = %(s)s "
            "WHERE kode_kab = %(k)s AND arah = %(a)s AND nomor = awal",
            {"k": kode_kab, "a": direction, "n": first.number, "s": first.hash},
        )
        await conn.execute(
            "UPDATE rantai_masuk SET masa = %(m)s, nomor = %(n)s, awal = %(n)s, sidik = %(s)s, awal_sidik = %(s)s "
            "WHERE kode_kab = %(k)s AND arah = %(a)s AND nomor = awal",
            {"k": kode_kab, "a": other_way, "m": other.epoch, "n": other.number, "s": other.hash},
        )
    head = await chain_head(conn, kode_kab)
    assert head is not None
    if head.direction != direction:
        raise ValueError(f"{kode_kab} has a chain of the other direction")
    return head


async def end_chain(conn: Conn, kode_kab: str) -> None:
    """Write no more of it; what was written stays, and is still delivered."""
    await conn.execute("UPDATE rantai SET ditulis = false WHERE kode_kab = %s", (kode_kab,))


async def chain_head(conn: Conn, kode_kab: str) -> Head | None:
    """Where the chain stands that this hub writes of it; None: it never did."""
    cursor = await conn.execute(f"SELECT {_HEAD} FROM rantai WHERE kode_kab = %s", (kode_kab,))
    row = await cursor.fetchone()
    return Head(*row) if row else None


async def received_head(conn: Conn, kode_kab: str) -> Head | None:
    """Up to where the other end's chain was taken in, without a hole; None: none is taken in of that kabupaten."""
    cursor = await conn.execute(f"SELECT {_HEAD} FROM rantai_masuk WHERE kode_kab = %s", (kode_kab,))
    row = await cursor.fetchone()
    return Head(*row) if row else None


async def acknowledged_number(conn: Conn, kode_kab: str) -> int:
    """The number up to which the other end has said that it has this hub's events."""
    cursor = await conn.execute("SELECT diterima FROM rantai WHERE kode_kab = %s", (kode_kab,))
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def events_after(conn: Conn, head: Head, after: int, max_bytes: int, *, received: bool) -> list[ChainEvent]:
    """Events of a chain with higher numbers, in order, as many as take that many bytes in their envelopes; one at least where there is
    any. `received`: of the other end's chain, as it was taken in."""
    table = "rantai_peristiwa_masuk" if received else "rantai_peristiwa"
    cursor = conn.cursor(row_factory=tuple_row)
    await cursor.execute(
        f"""
SELECT kode_kab, %(arah)s, masa, nomor, jenis, subjek, isi, asal_pada, asal_oleh, sidik_sebelum FROM (
  SELECT *, sum(octet_length(isi) + {_AROUND}) OVER (ORDER BY nomor) AS panjang FROM {table}
  WHERE kode_kab = %(kab)s AND nomor > %(sesudah)s AND nomor <= %(sesudah)s + %(paling)s
) p WHERE panjang <= %(muat)s OR nomor = %(sesudah)s + 1 ORDER BY nomor
""",
        {
            "arah": head.direction, "kab": head.kode_kab, "sesudah": after, "muat": max_bytes,
            "paling": max_bytes // _AROUND + 1,
        },
    )  # fmt: skip
    return [ChainEvent(*row) for row in await cursor.fetchall()]


async def walk(conn: Conn, head: Head, *, received: bool) -> AsyncIterator[tuple[ChainEvent, bytes, bytes]]:
    """Every event of a chain up to that end, in order, each with the hashes of its content and of itself as they are stored."""
    table = "rantai_peristiwa_masuk" if received else "rantai_peristiwa"
    cursor = await conn.execute(
        f"SELECT kode_kab, %s, masa, nomor, jenis, subjek, isi, asal_pada, asal_oleh, sidik_sebelum, sidik_isi, sidik FROM {table} "
        "WHERE kode_kab = %s AND nomor <= %s ORDER BY nomor",
        (head.direction, head.kode_kab, head.number),
    )
    while rows := await cursor.fetchmany(200):
        for *event, content_hash, hash_ in rows:
            yield ChainEvent(*event), content_hash, hash_


async def start_of(conn: Conn, head: Head, *, received: bool) -> tuple[int, bytes]:
    """Number and hash of the last event that came before this hub had the chain; 0 and NO_HASH: it has all of it."""
    table = "rantai_masuk" if received else "rantai"
    cursor = await conn.execute(f"SELECT awal, awal_sidik FROM {table} WHERE kode_kab = %s", (head.kode_kab,))
    row = await cursor.fetchone()
    return (row[0], bytes(row[1])) if row else (0, NO_HASH)


async def hash_at(conn: Conn, head: Head, number: int) -> bytes | None:
    """The hash of this hub's own event of that number; None: it never told it."""
    first, hash_ = await start_of(conn, head, received=False)
    if number == first:
        return hash_
    cursor = await conn.execute(
        "SELECT sidik FROM rantai_peristiwa WHERE kode_kab = %s AND nomor = %s", (head.kode_kab, number)
    )
    row = await cursor.fetchone()
    return bytes(row[0]) if row else None


async def chains(conn: Conn) -> list[tuple[Head, bool]]:
    """The heads of all chains there are, own ones and (True) received ones."""
    cursor = await conn.execute(
        f"SELECT {_HEAD}, false FROM rantai UNION ALL SELECT {_HEAD}, true FROM rantai_masuk ORDER BY 1, 6"
    )
    return [(Head(*head), received) for *head, received in await cursor.fetchall()]
