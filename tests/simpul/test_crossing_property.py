"""A node and its province do as they like, and hear of each other whenever they do, of some of it twice: in the end a rekap stands at both
as it would if all had been said in one place."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hub.angka.verify import verify_rollup
from hub.angka.verify_completeness import verify_completeness
from hub.base.actor import Actor, Role
from hub.base.errors import RevisionConflictError
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import Location
from hub.berita.chain import received_head
from hub.berita.chain_event import DOWN, UP
from hub.berita.chain_verify import verify_chains
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster, login_url
from hub.katalog.cache import KatalogCache
from hub.rekap.draft import Cell, Column, Place, RekapDraft
from hub.rekap.receipt import Receipt
from hub.rekap.service import RekapWorkflow
from hub.rekap.statements import head, values
from hub.simpul.chain_outbox import acknowledged, read_outbox
from hub.simpul.receive import Receiver
from tests.database_clones import clone_of
from tests.simpul.two_hubs import KAB, PROV, begin

KEY = RekapKey(KAB, "F02", "2023")
OFFICE, PROVINCE = Actor(Role.KABUPATEN, KAB, "dinas"), Actor(Role.PROVINSI, PROV, "provinsi")
STEPS = 45


@pytest.fixture
def urls(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[str, str]]:
    for node in clone_of(cluster, templates["contoh"]):
        for province in clone_of(cluster, templates["contoh"]):
            begin(node, KAB, UP)
            begin(province, KAB, DOWN)
            yield node, province


@dataclass
class End:
    db: Database
    workflow: RekapWorkflow = field(init=False)
    receiver: Receiver = field(init=False)

    def __post_init__(self) -> None:
        katalog = KatalogCache(self.db)
        self.workflow, self.receiver = RekapWorkflow(self.db, katalog), Receiver(self.db, katalog)

    async def standing(self) -> tuple[str | None, int, int | None]:
        async with self.db.as_actor(OFFICE) as conn:
            found = await head(conn, KEY)
        return (found.status, found.revisi, found.revisi_disetujui) if found else (None, 0, None)

    async def approved_values(self) -> list[str]:
        _, _, approved = await self.standing()
        async with self.db.as_actor(OFFICE) as conn:
            return sorted(map(str, await values(conn, KEY, approved or 0)))


def draft(figure: int) -> RekapDraft:
    cell = Cell(Place(KAB), Column("BAN05"), str(figure), None, Location(indeks=0))
    return RekapDraft(KAB, "F02", Periode.read("2023"), f"k{figure}", None, (cell,))


async def deliver(sender: End, receiver: End, chance: random.Random | None) -> bool:
    """Some of what waits, all of it without `chance`; whether there was any. A receipt may be lost, and a part may come again."""
    after = await acknowledged(sender.db, KAB)
    if chance and chance.random() < 0.3:
        after = chance.randrange(after + 1)
    batch = await read_outbox(sender.db, KAB, after, 900 if chance and chance.random() < 0.5 else 1_000_000)
    assert batch is not None
    if batch.empty:
        return False
    receipt = await receiver.receiver.receive(KAB, batch.content)
    assert receipt.problems == []
    if not chance or chance.random() < 0.7:
        await sender.receiver.take_receipt(receipt.content(), None)
    return True


async def step(node: End, province: End, chance: random.Random, number: int) -> str:
    _, here, _ = await node.standing()
    _, there, _ = await province.standing()
    what = chance.choice(
        ["submit", "submit", "save", "withdraw", "approve", "return", "reopen", "up", "up", "down", "down"]
    )
    try:
        match what:
            case "submit":
                result = await node.workflow.submit(OFFICE, draft(number))
            case "save":
                result = await node.workflow.save_draft(OFFICE, draft(number))
            case "withdraw":
                result = await node.workflow.withdraw(OFFICE, KEY, here, "keliru")
            case "approve":
                result = await province.workflow.approve(PROVINCE, KEY, there)
            case "return":
                result = await province.workflow.send_back(PROVINCE, KEY, there, "periksa")
            case "reopen":
                result = await province.workflow.reopen(PROVINCE, KEY, "ada yang baru")
            case "up":
                return what if await deliver(node, province, chance) else "-"
            case _:
                return what if await deliver(province, node, chance) else "-"
    except RevisionConflictError:
        return "-"
    return what if isinstance(result, Receipt) else "-"


async def walk(urls: tuple[str, str], seed: int) -> None:
    chance = random.Random(seed)
    dbs = [Database(login_url(url), 2) for url in urls]
    for db in dbs:
        await db.open()
    try:
        node, province = (End(db) for db in dbs)
        done = [await step(node, province, chance, number) for number in range(1, STEPS + 1)]
        told = " ".join(d for d in done if d != "-")
        while await deliver(node, province, None) | await deliver(province, node, None):
            pass
        (here, newest, approved), (there, known, approved_there) = await node.standing(), await province.standing()
        assert approved == approved_there, told
        assert await node.approved_values() == await province.approved_values(), told
        if here == "DRAF":  # a draft is nobody's business but the office's
            assert there in (None, "DRAF", "DIKEMBALIKAN"), told
        else:
            assert (here, newest) == (there, max(newest, known)), told
        for db in dbs:
            assert (await verify_rollup(db, KAB))[1] == []
            assert (await verify_completeness(db, KAB))[1] == []
            assert (await verify_chains(db))[1] == []
        for end, other in ((node, province), (province, node)):
            async with end.db.as_owner() as conn, other.db.as_owner() as conn_there:
                received = await received_head(conn, KAB)
                cursor = await conn_there.execute("SELECT nomor, sidik FROM rantai WHERE kode_kab = %s", (KAB,))
                assert received is not None
                assert [(received.number, received.hash)] == await cursor.fetchall()
    finally:
        for db in dbs:
            await db.close()


@pytest.mark.parametrize("seed", range(4))
def test_both_come_to_the_same(urls: tuple[str, str], seed: int) -> None:
    asyncio.run(walk(urls, seed))
