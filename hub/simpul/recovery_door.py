"""At the province: what a node told before comes back to it, and a new epoch is agreed on, from which on both go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.base.errors import InvalidInputError
from hub.berita.chain import begin_chain, chain_head, received_head, skip_outgoing
from hub.berita.chain_event import DIRECTIONS, DOWN, UP, Head
from hub.db.database import Conn, Database
from hub.simpul import joining_copy_statements as copy
from hub.simpul import registry_statements as registry_store
from hub.simpul.chain_outbox import read_outbox, read_received
from hub.simpul.joining_copy import DifferentCopyError, different
from hub.simpul.recovery_statements import FETCHED
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame

FETCH_PATH, EPOCH_PATH = "/simpul/ambil", "/simpul/zaman"


@dataclass(frozen=True, slots=True)
class Archive:
    """Gives back, to the node of a kabupaten alone, what of both its chains is kept here."""

    db: Database

    async def fetch(self, delivery: Delivery) -> Frame:
        """A page of a chain: events with higher numbers than `sesudah`, its end, and which of them were refused here. Raises
        InvalidInputError."""
        kab, head = delivery.sender.kode_kab, delivery.frame.head
        direction, after = head.get("rantai"), head.get("sesudah")
        if direction not in DIRECTIONS or type(after) is not int or not 0 <= after < 2**62:
            raise InvalidInputError(
                "Permintaan itu tidak menyebut rantai dan nomor; pakai hub versi yang sama di kedua pihak."
            )
        batch = await (read_received if direction == UP else read_outbox)(self.db, kab, after)
        async with self.db.as_owner() as conn:
            end = await (received_head if direction == UP else chain_head)(conn, kab)
            refused = (
                await _refused(conn, kab, after, after if batch is None else batch.last) if direction == UP else []
            )
        if batch is None or end is None:
            raise InvalidInputError(
                f"Provinsi tidak menyimpan rantai {kab}; selesaikan dahulu serah terima: hub simpul serah."
            )
        return Frame({"ujung": [end.number, end.hash.hex()], "sampai": batch.last, "ditolak": refused}, batch.content)

    async def agree(self, delivery: Delivery) -> Frame:
        """A new epoch, where the node has everything that is here. Raises DifferentCopyError, InvalidInputError."""
        kab, head = delivery.sender.kode_kab, delivery.frame.head
        theirs = head.get("sidik")
        if not isinstance(theirs, dict):
            raise InvalidInputError("Permintaan zaman baru tanpa sidik isi.")
        async with self.db.as_owner() as conn:
            node = await registry_store.node(conn, kab, lock=True)
            if node is None or node.serah_pada is None:
                raise InvalidInputError(f"{kab} belum serah terima; jalankan hub simpul serah.")
            epoch = node.zaman + 1
            own = await begin_chain(conn, kab, DOWN, epoch)
            received = await received_head(conn, kab)
            if received is None or not _stands(head, "naik", received) or not _stands(head, "turun", own):
                raise DifferentCopyError("Ada peristiwa yang baru di provinsi; ambil lagi.")
            here = {t: d for t, d in (await copy.digests(conn, kab)).items() if t in FETCHED}
            if names := different(here, theirs):
                raise DifferentCopyError(f"Isi simpul berbeda dari provinsi: {', '.join(names[:10])}; ambil lagi.")
            await skip_outgoing(conn, kab)
            await registry_store.set_epoch(conn, kab, epoch)
        return Frame({"zaman": epoch})


def _stands(head: Mapping[str, Any], name: str, end: Head) -> bool:
    return head.get(name) == [end.number, end.hash.hex()]


async def _refused(conn: Conn, kode_kab: str, after: int, last: int) -> list[int]:
    cursor = await conn.execute(
        "SELECT nomor FROM rantai_peristiwa_masuk WHERE kode_kab = %s AND nomor > %s AND nomor <= %s AND putusan = 'DITOLAK' ORDER BY nomor",
        (kode_kab, after, last),
    )
    return [int(number) for (number,) in await cursor.fetchall()]
