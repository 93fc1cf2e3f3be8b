"""What is carried between hubs: the chains of hub/berita, in batches, with their receipts."""

from datetime import timedelta

from structlog.contextvars import bind_contextvars

from hub.berita.chain import begin_chain, received_head
from hub.berita.chain_event import DOWN, UP
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_outbox import acknowledged, backlog, read_outbox
from hub.simpul.delivery import Outgoing
from hub.simpul.receipts import REFUSED, read_receipt
from hub.simpul.receive import Receiver

_WITH_FIGURE = (b',"ADA"]', b',"NOL"]')  # how a cell with a figure ends, in canonical JSON


class ChainLedger:
    """See hub/simpul/delivery.py:Ledger. What was received is told to whoever logs next of this request: how many events, those refused
    among them, why it went no further, how many figures."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._receiver = Receiver(db, katalog)

    async def begin(self, conn: Conn, kode_kab: str, epoch: int, *, up: bool) -> None:
        await begin_chain(conn, kode_kab, UP if up else DOWN, epoch)

    async def outgoing(self, kode_kab: str) -> Outgoing | None:
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
        return (await self._receiver.take_receipt(receipt, signature)).number

    async def received(self, kode_kab: str) -> int:
        async with self._db.as_owner() as conn:
            head = await received_head(conn, kode_kab)
        return 0 if head is None else head.number
