"""The outbox: what this hub has told of a kabupaten and the other end has not said it has. Its sequence is the truth, whatever jobs
there are to deliver it.
"""

from dataclasses import dataclass

from hub.berita.chain import acknowledged_number, chain_head, events_after, received_head
from hub.db.database import Database
from hub.simpul.envelope import enclose

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Events `after` … `last`, whole ones, of a chain that goes to `last_of_all`. `content`: see hub.simpul.envelope; an empty list where
    there are none."""

    kode_kab: str
    direction: str
    after: int
    last: int
    last_of_all: int
    content: bytes

    @property
    def empty(self) -> bool:
        return self.last == self.after


async def read_outbox(db: Database, kode_kab: str, after: int, max_bytes: int = MOST_BYTES) -> Batch | None:
    """This hub's own events with higher numbers, as many as fit into that many bytes, one at least where there is any. `after`: what the
    last receipt said (`acknowledged`). None: this hub never wrote a chain of that kabupaten."""
    return await _read(db, kode_kab, after, max_bytes, received=False)


async def read_received(db: Database, kode_kab: str, after: int, max_bytes: int = MOST_BYTES) -> Batch | None:
    """The other end's own events as they were taken in here, for a copy of it that was restored and lacks them."""
    return await _read(db, kode_kab, after, max_bytes, received=True)


async def _read(db: Database, kode_kab: str, after: int, max_bytes: int, *, received: bool) -> Batch | None:
    async with db.as_owner() as conn:
        head = await (received_head if received else chain_head)(conn, kode_kab)
        if head is None:
            return None
        events = await events_after(conn, head, after, max_bytes, received=received)
    last = events[-1].number if events else after
    return Batch(kode_kab, head.direction, after, last, max(head.number, last), enclose(events))


async def acknowledged(db: Database, kode_kab: str) -> int:
    """The number from which on the outbox is to be read."""
    async with db.as_owner() as conn:
        return await acknowledged_number(conn, kode_kab)


async def backlog(db: Database, kode_kab: str) -> int:
    """How many own events the other end has not said it has."""
    async with db.as_owner() as conn:
        head = await chain_head(conn, kode_kab)
        return head.number - await acknowledged_number(conn, kode_kab) if head else 0
