"""What is carried between hubs: the chains of hub/berita, in batches, with their receipts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from structlog.contextvars import bind_contextvars

from hub.base.errors import InvalidInputError
from hub.berita.chain import (
    Beginning,
    acknowledged_number,
    begin_chain,
    chain_head,
    has_gone_on,
    hash_at,
    received_head,
    skip_outgoing,
    writes_on,
)
from hub.berita.chain_event import DOWN, NO_HASH, UP, Head
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_outbox import acknowledged, backlog, read_outbox
from hub.simpul.delivery import Outgoing
from hub.simpul.receipts import REFUSED, read_receipt
from hub.simpul.receive import ForkedChainError, Receiver
from hub.simpul.refusals import RestoredError

REMEDY = "Bila basis data simpul itu dipulihkan dari cadangan, jalankan di sana: hub simpul pulihkan."

_WITH_FIGURE = (b',"ADA"]', b',"NOL"]')  # how a cell with a figure ends, in canonical JSON


class ChainLedger:
    """See hub/simpul/delivery.py:Ledger. What was received is told to whoever logs next of this request: how many events, those refused
    among them, why it went no further, how many figures."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._receiver = Receiver(db, katalog)

    async def begin(self, conn: Conn, kode_kab: str, epoch: int, *, up: bool) -> None:
        await begin_chain(conn, kode_kab, UP if up else DOWN, epoch)
        if not up:
            await skip_outgoing(conn, kode_kab)

    async def handed(self, conn: Conn, kode_kab: str, epoch: int, told: int) -> Mapping[str, Any] | None:
        own, received = await chain_head(conn, kode_kab), await received_head(conn, kode_kab)
        if own is None or received is None or await has_gone_on(conn, kode_kab, epoch, told):
            return None
        return {
            "naik": [received.number, received.hash.hex()],
            "turun": [told, (await hash_at(conn, own, told) or NO_HASH).hex()],
        }

    async def take_up(self, conn: Conn, kode_kab: str, epoch: int, ends: object) -> None:
        if ends is None:  # a province of an earlier version
            return
        up, down = (read_end(ends, kode_kab, direction, epoch) for direction in (UP, DOWN))
        own = await begin_chain(conn, kode_kab, UP, epoch, Beginning(up, down))
        received = await received_head(conn, kode_kab)
        if (own.number, own.hash) != (up.number, up.hash) or received is None or received.number != down.number:
            raise InvalidInputError(
                "Rantai catatan simpul ini bukan sambungan dari yang ada di provinsi; mulailah dengan basis data baru."
            )

    async def place(self, kode_kab: str) -> Mapping[str, Any]:
        async with self._db.as_owner() as conn:
            own, received = await chain_head(conn, kode_kab), await received_head(conn, kode_kab)
        if own is None or received is None:
            return {}
        return {"masa": own.epoch, "nomor": own.number, "sidik": own.hash.hex(), "turun": received.number}

    async def check_place(self, kode_kab: str, place: Mapping[str, object]) -> None:
        epoch, number, down = (place.get(k) for k in ("masa", "nomor", "turun"))
        if not isinstance(number, int) or not isinstance(down, int) or not isinstance(epoch, int):
            return
        async with self._db.as_owner() as conn:
            received, own = await received_head(conn, kode_kab), await chain_head(conn, kode_kab)
            if received is None or own is None or not await writes_on(conn, kode_kab) or epoch < received.epoch:
                return
            taken = await acknowledged_number(conn, kode_kab)
            same = number > received.number or (number, place.get("sidik")) == (received.number, received.hash.hex())
        if not same or down < taken:
            raise RestoredError(
                f"Simpul {kode_kab} menyebut nomor {number} naik dan {down} turun, sedangkan yang sudah disampaikannya ke sini "
                f"nomor {received.number} naik dan {taken} turun: ia mundur atau bercabang. {REMEDY}"
            )

    async def outgoing(self, kode_kab: str) -> Outgoing | None:
        async with self._db.as_owner() as conn:
            if not await writes_on(conn, kode_kab):  # to a node that was revoked, or is to take the chain up yet
                return None
        batch = await read_outbox(self._db, kode_kab, await acknowledged(self._db, kode_kab))
        return None if batch is None else Outgoing(batch.content, batch.last, batch.last_of_all, batch.empty)

    async def waits(self, kode_kab: str) -> bool:
        return await backlog(self._db, kode_kab) > 0

    async def receive(self, kode_kab: str, content: bytes, clock: timedelta | None) -> bytes:
        receipt = await self._receiver.receive(kode_kab, content, clock)
        bind_contextvars(
            peristiwa=len(receipt.answered), ditolak=sum(a.verdict == REFUSED for a in receipt.answered),
            masalah=[p.kode for p in receipt.problems], angka=sum(map(content.count, _WITH_FIGURE)),
        )  # fmt: skip
        return receipt.content()

    async def given(self, receipt: bytes, signature: bytes) -> None:
        await self._receiver.keep_given(read_receipt(receipt), signature)

    async def taken(self, receipt: bytes, signature: bytes) -> int:
        try:
            return (await self._receiver.take_receipt(receipt, signature)).number
        except ForkedChainError as error:
            raise ForkedChainError(f"{error.message} {REMEDY}") from None

    async def received(self, kode_kab: str) -> int:
        async with self._db.as_owner() as conn:
            head = await received_head(conn, kode_kab)
        return 0 if head is None else head.number


def read_end(ends: object, kode_kab: str, direction: str, epoch: int) -> Head:
    """Where a chain of that kabupaten is taken up, as the other end said. Raises InvalidInputError."""
    try:
        assert isinstance(ends, dict)
        number, hash_ = ends["naik" if direction == UP else "turun"]
        return Head(kode_kab, direction, epoch, int(number), bytes.fromhex(hash_))
    except (AssertionError, KeyError, TypeError, ValueError):
        raise InvalidInputError(
            "Provinsi tidak menyebut ujung rantai dengan benar; pakai hub versi yang sama di kedua pihak."
        ) from None
