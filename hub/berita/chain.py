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
        # of an older epoch nothing is taken any more: another machine has the kabupaten's key
        "INSERT INTO rantai_masuk AS r (kode_kab, arah, masa) VALUES (%s, %s, %s) "
        "ON CONFLICT (kode_kab) DO UPDATE SET masa = greatest(r.masa, excluded.masa)",
        (kode_kab, other_way, epoch),
    )
    if beginning is not None:
        await _take_up(conn, "rantai", beginning.own)
        await _take_up(conn, "rantai_masuk", beginning.received)
    head = await chain_head(conn, kode_kab)
    assert head is not None
    if head.direction != direction:
        raise ValueError(f"{kode_kab} has a chain of the other direction")
    return head


async def _take_up(conn: Conn, table: str, end: Head) -> None:
    """Go on after that event: what this hub has of earlier ones stays as a history that it does not go on from. A chain that stands
    further already is left."""
    acknowledged = "" if table == "rantai_masuk" else "diterima = %(n)s, "
    await conn.execute(
        f"UPDATE {table} SET nomor = %(n)s, awal = %(n)s, {acknowledged}sidik = %(s)s, awal_sidik = %(s)s, "
        "masa = greatest(masa, %(m)s) WHERE kode_kab = %(k)s AND (nomor < %(n)s OR nomor = awal)",
        {"k": end.kode_kab, "n": end.number, "s": end.hash, "m": end.epoch},
    )


async def skip_outgoing(conn: Conn, kode_kab: str) -> None:
    """What was told until now the other end has in another way."""
    await conn.execute("UPDATE rantai SET diterima = nomor WHERE kode_kab = %s", (kode_kab,))


async def has_gone_on(conn: Conn, kode_kab: str, epoch: int, told: int) -> bool:
    """Whether the other end has told something in that epoch, or said that it has what was told after that number."""
    cursor = await conn.execute(
        "SELECT EXISTS (SELECT FROM rantai_peristiwa_masuk WHERE kode_kab = %s AND masa >= %s) "
        "OR EXISTS (SELECT FROM rantai WHERE kode_kab = %s AND diterima > %s)",
        (kode_kab, epoch, kode_kab, told),
    )
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def writes_on(conn: Conn, kode_kab: str) -> bool:
    """Whether this hub's chain of it goes on."""
    cursor = await conn.execute("SELECT ditulis FROM rantai WHERE kode_kab = %s", (kode_kab,))
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


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
    """Every event of a chain up to that end, from where this hub has it, in order, each with the hashes of its content and of itself as they are stored."""
    table = "rantai_peristiwa_masuk" if received else "rantai_peristiwa"
    cursor = await conn.execute(
        f"SELECT kode_kab, %s, masa, nomor, jenis, subjek, isi, asal_pada, asal_oleh, sidik_sebelum, sidik_isi, sidik FROM {table} "
        f"WHERE kode_kab = %s AND nomor <= %s AND nomor > (SELECT awal FROM {_ends(received)} e WHERE e.kode_kab = {table}.kode_kab) "
        "ORDER BY nomor",
        (head.direction, head.kode_kab, head.number),
    )
    while rows := await cursor.fetchmany(200):
        for *event, content_hash, hash_ in rows:
            yield ChainEvent(*event), content_hash, hash_


async def start_of(conn: Conn, head: Head, *, received: bool) -> tuple[int, bytes]:
    """Number and hash of the last event that came before this hub had the chain; 0 and NO_HASH: it has all of it."""
    table = _ends(received)
    cursor = await conn.execute(f"SELECT awal, awal_sidik FROM {table} WHERE kode_kab = %s", (head.kode_kab,))
    row = await cursor.fetchone()
    return (row[0], bytes(row[1])) if row else (0, NO_HASH)


def _ends(received: bool) -> str:
    return "rantai_masuk" if received else "rantai"


async def hash_at(conn: Conn, head: Head, number: int, *, received: bool = False) -> bytes | None:
    """The hash of this hub's own event of that number; None: it never told it. `received`: of the other end's, as it was taken in."""
    first, hash_ = await start_of(conn, head, received=received)
    if number == first:
        return hash_
    table = "rantai_peristiwa_masuk" if received else "rantai_peristiwa"
    cursor = await conn.execute(
        f"SELECT sidik FROM {table} WHERE kode_kab = %s AND nomor = %s", (head.kode_kab, number)
    )
    row = await cursor.fetchone()
    return bytes(row[0]) if row else None


async def chains(conn: Conn) -> list[tuple[Head, bool]]:
    """The heads of all chains there are, own ones and (True) received ones."""
    cursor = await conn.execute(
        f"SELECT {_HEAD}, false FROM rantai UNION ALL SELECT {_HEAD}, true FROM rantai_masuk ORDER BY 1, 6"
    )
    return [(Head(*head), received) for *head, received in await cursor.fetchall()]
