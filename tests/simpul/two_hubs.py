"""A province's hub and the hub of one of its kabupaten, a database each, and what goes to and fro between them without a wire."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

import orjson

from hub.berita.chain import begin_chain
from hub.berita.chain_event import DOWN, UP
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster, login_url
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_outbox import acknowledged, read_outbox
from hub.simpul.receipts import Receipt
from hub.simpul.receive import Receiver
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.rekap.texts import SUBMIT, WITHDRAW, angka, submission

KAB, PROV = "53.15", "53"
CLOCKS_AGREE = timedelta(0)

T = TypeVar("T")


def with_database(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(login_url(url), 2)
        await db.open()
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


def begin(url: str, kode_kab: str, direction: str) -> None:
    async def work(db: Database) -> None:
        async with db.as_owner() as conn:
            await begin_chain(conn, kode_kab, direction)

    with_database(url, work)


def batch_of(hub: Client, after: int | None = None, kode_kab: str = KAB, most: int = 1_000_000) -> bytes:
    """What is in the outbox after that number; None: after what was acknowledged."""

    async def work(db: Database) -> bytes:
        start = await acknowledged(db, kode_kab) if after is None else after
        batch = await read_outbox(db, kode_kab, start, most)
        assert batch is not None
        return batch.content

    return with_database(hub.url, work)


def events_of(content: bytes) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = orjson.loads(content)
    return read


def receive(hub: Client, content: bytes, clock: timedelta | None = CLOCKS_AGREE, kode_kab: str = KAB) -> Receipt:
    async def work(db: Database) -> Receipt:
        receiver = Receiver(db, KatalogCache(db))
        receipt = await receiver.receive(kode_kab, content, clock)
        await receiver.keep_given(receipt, b"tanda tangan")
        return receipt

    return with_database(hub.url, work)


def take_receipt(hub: Client, receipt: Receipt) -> None:
    async def work(db: Database) -> None:
        await Receiver(db, KatalogCache(db)).take_receipt(receipt.content(), b"tanda tangan")

    with_database(hub.url, work)


def deliver(sender: Client, receiver: Client, kode_kab: str = KAB) -> Receipt:
    """All that waits, and the receipt back."""
    receipt = receive(receiver, batch_of(sender, kode_kab=kode_kab), kode_kab=kode_kab)
    assert not receipt.problems, receipt.problems
    take_receipt(sender, receipt)
    return receipt


def hubs(cluster: PrivateCluster, template: str, kode_kab: str = KAB) -> Iterator[tuple[Client, Client]]:
    """The node of a kabupaten and its province, which begin with the same rows."""
    for node_url in clone_of(cluster, template):
        for province_url in clone_of(cluster, template):
            begin(node_url, kode_kab, UP)
            begin(province_url, kode_kab, DOWN)
            for node in serve(node_url):
                for province in serve(province_url):
                    yield node, province


def send(hub: Client, key: str, figure: int = 100, periode: str = "2023", **more: Any) -> Any:
    m = submission(KAB, "F02", periode, key, nilai=[angka(KAB, "BAN05", figure)], **more)
    answer = hub.ask(SUBMIT, {"m": m, "uji": False}, KAB)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer
    return answer


def withdraw(hub: Client, revision: int, id_: str = f"{KAB}:F02:2023") -> None:
    v = {"id": id_, "revisi": revision, "alasan": "salah berkas"}
    assert hub.ask(WITHDRAW, v, KAB)["hasil"]["__typename"] == "RekapDiterima"


def decide(hub: Client, call: str, revision: int | None = None, **more: Any) -> None:
    v = {"id": f"{KAB}:F02:2023", **({} if revision is None else {"revisi": revision}), **more}
    answer = hub.ask(call, v, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def standing(hub: Client, periode: str = "2023") -> tuple[Any, ...]:
    """Where the rekap stands: status, newest and approved revision, since when submitted, in time."""
    ((row),) = hub.sql(
        "SELECT status, revisi, revisi_disetujui, diajukan_pada, tepat_waktu FROM rekap "
        "WHERE kode_kab = %s AND formulir = 'F02' AND periode = %s",
        KAB, periode,
    )  # fmt: skip
    return row
