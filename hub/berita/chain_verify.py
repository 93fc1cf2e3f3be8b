"""Proof that chains are what they were: every event whole, after the one before it, none missing, and their ends where they say."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.berita.chain import acknowledged_number, chains, start_of, walk
from hub.berita.chain_event import Head
from hub.db.database import Conn, Database


@dataclass(frozen=True, slots=True)
class Break:
    """`received`: in what the other end told. `number`: of the event, or of the one that should be there; `what`: a sentence's end."""

    kode_kab: str
    received: bool
    number: int
    what: str


async def verify_chains(
    db: Database, kode_kab: str = "", tell: Callable[[int, int], None] = lambda done, total: None
) -> tuple[int, list[Break]]:
    """How many events were looked at, and where a chain is broken, the first place in each. `kode_kab`: of that one alone. `tell`: told
    how many chains of how many are done."""
    async with db.as_owner() as conn:
        heads = [(head, received) for head, received in await chains(conn) if kode_kab in ("", head.kode_kab)]
    counted, broken = 0, []
    for done, (head, received) in enumerate(heads, 1):
        async with db.as_owner() as conn:
            count, found = await _verify(conn, head, received)
        counted += count
        broken += [] if found is None else [found]
        tell(done, len(heads))
    return counted, broken


async def _verify(conn: Conn, head: Head, received: bool) -> tuple[int, Break | None]:
    kode_kab, epoch = head.kode_kab, 0
    first, hash_ = await start_of(conn, head, received=received)
    number = first
    async for event, content_hash, stored in walk(conn, head, received=received):
        what = None
        if event.number != number + 1:
            return number - first, Break(kode_kab, received, number + 1, "tidak ada")
        if event.content_hash() != content_hash:
            what = "isinya bukan yang dahulu ditulis"
        elif event.before != hash_:
            what = "tidak menyambung peristiwa sebelumnya"
        elif event.hash() != stored:
            what = "waktu, pelaku, jenis atau tempatnya bukan yang dahulu ditulis"
        elif event.epoch < epoch:
            what = "masanya mundur"
        if what is not None:
            return event.number - first, Break(kode_kab, received, event.number, what)
        number, hash_, epoch = event.number, stored, event.epoch
    return number - first, await _at_its_end(conn, Head(kode_kab, head.direction, epoch, number, hash_), head, received)


async def _at_its_end(conn: Conn, walked: Head, head: Head, received: bool) -> Break | None:
    if (walked.number, walked.hash) != (head.number, head.hash):
        return Break(head.kode_kab, received, max(walked.number, head.number), "bukan yang disebut ujung rantainya")
    if not received and (acknowledged := await acknowledged_number(conn, head.kode_kab)) > head.number:
        return Break(head.kode_kab, received, acknowledged, "sudah diakui hub lain, tetapi tidak ada di sini")
    return None
