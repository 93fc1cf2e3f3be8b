"""Goods between offices under many hands, and when the program is killed between two of its transactions: what the warehouses
hold and what is under way is the same at every moment."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import Any

import psycopg
import pytest

from hub.base.actor import Actor
from hub.base.errors import TimeLimitError
from hub.base.public_id import PublicId
from hub.base.temuan import Temuan
from hub.gudang.transfer_service import StokTransfer
from tests.cli.hub_process import ROOT, environment, wait_until
from tests.client import Client
from tests.db.roles import take_role
from tests.gudang.stok_texts import MINIMUM, amounts, gudang, item, lowest, movement, recorded, uuid_of
from tests.gudang.transfer_texts import accept, everything, incoming, outgoing, refuse, send, spanning
from tests.hub_server import serve

BLANKET = "SELIMUT"

# one call of the very services, in a process of its own
_CALL = """
import asyncio, sys
from decimal import Decimal
from hub.base.actor import Actor, Role
from hub.gudang.draft import DraftRow, MovementDraft
from hub.gudang.service import StokLedger
from hub.gudang.transfer_service import StokTransfer
from hub.db.database import Database

async def main(url, what, *ids):
    db = Database(url, 2)
    await db.open()
    if what == "refuse":
        await StokTransfer(db).refuse(Actor(Role.KABUPATEN, "36.73", "uji"), ids[0], "basah")
    else:
        draft = MovementDraft(ids[0], "PINDAH", (DraftRow("SELIMUT", Decimal(40)),), "BA/p", "p", gudang_tujuan=ids[1])
        await StokLedger(db).record(Actor(Role.PROVINSI, "53", "uji"), draft)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def hub(hub: Client) -> Client:
    for code in ("53.14", "53.15", "36.73", "53"):
        hub.token(code)
    return hub


@pytest.fixture
def g(hub: Client) -> str:
    g = gudang(hub, 1)
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 100)))
    return g


def test_twelve_who_receive_at_once_receive_once(hub: Client, g: str, far: str) -> None:
    id_ = send(hub, movement(g, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=far))["pindahan"]["id"]
    with ThreadPoolExecutor(12) as pool:
        same = list(pool.map(lambda _: accept(hub, id_, "t", "36.73"), range(12)))
    assert Counter(a["ulangan"] for a in same) == {False: 1, True: 11}
    assert (amounts(hub, g), amounts(hub, far)) == ({BLANKET: 60}, {BLANKET: 40})


def test_of_those_who_receive_and_refuse_at_once_one_is_right(hub: Client, g: str, far: str) -> None:
    for n in range(4):
        id_ = send(hub, movement(g, "PINDAH", f"p{n}", item(BLANKET, 10), gudangTujuan=far))["pindahan"]["id"]
        calls: list[Callable[[], Any]] = []
        for i in range(6):
            calls += [partial(accept, hub, id_, f"t{n} {i}", "36.73"), partial(refuse, hub, id_, f"rusak {i}", "36.73")]
        with ThreadPoolExecutor(12) as pool:
            answers = Counter(a["__typename"] for a in pool.map(lambda call: call(), calls))
        assert answers == {"StokTercatat": 1, "StokDitolak": 11}
        assert incoming(hub, far, "36.73")[0]["status"] in ("DITERIMA", "DITOLAK")
        assert everything(hub) == amounts(hub, g)[BLANKET] + amounts(hub, far).get(BLANKET, 0) == 100


@pytest.mark.parametrize("seed", [1, 2])
def test_stock_and_under_way_are_constant_whatever_happens_at_once(hub: Client, seed: int) -> None:
    """Eight hands that send, receive and refuse at random among five warehouses of four offices, and one who watches."""
    where = [("53.14.10.2003", "KABUPATEN"), ("53.14.10.2003", "DESA"), ("53.14.10.2003", "PROVINSI"),
             ("53.15.01.2001", "PROVINSI"), ("36.73.01.1001", "KABUPATEN")]  # fmt: skip
    ids = [gudang(hub, n, desa, pemilik=owner) for n, (desa, owner) in enumerate(where, 1)]
    office = {i: i[:2] if owner == "PROVINSI" else i[:5] for i, (_, owner) in zip(ids, where, strict=True)}
    for n, i in enumerate(ids):
        recorded(hub, movement(i, "TERIMA", f"a{n}", item(BLANKET, 60)), office[i])

    def one_hand(hand: int) -> Counter[str]:
        rnd, seen = random.Random(f"{seed} {hand}"), Counter[str]()
        for n in range(8):
            here, there = rnd.sample(ids, 2)
            open_ = [p["id"] for p in incoming(hub, here, office[here]) if p["status"] == "DALAM_PERJALANAN"]
            match rnd.choice(["send", "send", "accept", "refuse"]) if open_ else "send":
                case "send":
                    document = movement(
                        here, "PINDAH", f"p{hand} {n}", item(BLANKET, rnd.randint(1, 30)), gudangTujuan=there
                    )
                    answer = send(hub, document, office[here])
                case "accept":
                    answer = accept(hub, rnd.choice(open_), f"t{hand} {n}", office[here])
                case _:
                    answer = refuse(hub, rnd.choice(open_), "rusak", office[here])
            seen[answer["__typename"]] += 1
        return seen

    done = Event()

    def watch() -> set[int]:
        totals: set[int] = set()
        with Client(hub.address, hub.url) as eye:
            while not done.wait(0.02):
                totals.add(everything(eye))
        return totals

    with ThreadPoolExecutor(9) as pool:
        watcher = pool.submit(watch)
        try:
            answers = sum(pool.map(one_hand, range(8)), Counter[str]())
        finally:
            done.set()
    assert watcher.result() == {300}
    assert everything(hub) == 300
    assert answers.keys() <= {"StokTercatat", "StokDitolak"}
    assert answers["StokTercatat"] > 20
    assert (spanning(hub), lowest(hub) >= 0) == (0, True)
    assert not [
        p
        for i in ids
        for p in outgoing(hub, i, office[i])
        if office[p["ke"]["id"]] == office[i] and p["status"] != "DITERIMA"
    ]


# ---------- killed between two transactions ----------


@contextmanager
def _ledger_held(hub: Client, kab: str, n: int) -> Iterator[None]:
    with psycopg.connect(hub.url) as conn:
        take_role(conn, "hub_admin", "")
        conn.execute("SELECT hub_buka_buku_stok(%s, %s)", (kab, uuid_of(n)))
        conn.execute("SET LOCAL ROLE NONE")
        yield


def _killed(hub: Client, *words: str, held: tuple[str, int], waiting_in: str) -> None:
    """A call in a process of its own, killed while it waits for that ledger: after its first transaction, within its second."""
    waiting = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        f"AND query LIKE '%{waiting_in}%'"
    )
    with _ledger_held(hub, *held):
        process = subprocess.Popen([sys.executable, "-c", _CALL, hub.url, *words], cwd=ROOT, env=environment())
        try:
            wait_until(lambda: hub.sql(waiting), "it never came to its second transaction")
            ((pid,),) = hub.sql(waiting)
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    wait_until(lambda: not hub.sql(f"SELECT 1 FROM pg_stat_activity WHERE pid = {pid}"), "its connection lives on")


def _restarted(hub: Client) -> None:
    """Another hub begins over the same database."""
    for _ in serve(hub.url):
        pass


def test_refused_goods_come_back_at_the_next_start_of_a_killed_program(hub: Client, g: str, far: str) -> None:
    id_ = send(hub, movement(g, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=far))["pindahan"]["id"]
    _killed(hub, "refuse", id_, held=("53.14", 1), waiting_in="hub_kembalikan_pindahan")
    assert (outgoing(hub, g, "53.14")[0]["status"], amounts(hub, g)) == ("DITOLAK", {BLANKET: 60})
    assert everything(hub) == 100, "they are still under way"
    _restarted(hub)
    assert (amounts(hub, g), amounts(hub, far), everything(hub)) == ({BLANKET: 100}, {}, 100)
    _restarted(hub)
    assert amounts(hub, g) == {BLANKET: 100}, "once"


def test_refusing_again_also_brings_them_back(hub: Client, g: str, far: str) -> None:
    id_ = send(hub, movement(g, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=far))["pindahan"]["id"]
    _killed(hub, "refuse", id_, held=("53.14", 1), waiting_in="hub_kembalikan_pindahan")
    assert refuse(hub, id_, "basah", "36.73")["ulangan"] is True
    assert (amounts(hub, g), everything(hub)) == ({BLANKET: 100}, 100)


def test_what_an_office_sent_itself_arrives_at_the_next_start_of_a_killed_program(hub: Client) -> None:
    here, there = gudang(hub, 1, pemilik="PROVINSI"), gudang(hub, 2, "53.15.01.2001", pemilik="PROVINSI")
    recorded(hub, movement(here, "TERIMA", "a", item(BLANKET, 100)), "53")
    _killed(hub, "send", here, there, held=("53.15", 2), waiting_in="hub_buka_buku_stok")
    assert (outgoing(hub, here, "53")[0]["status"], everything(hub)) == ("DALAM_PERJALANAN", 100)
    _restarted(hub)
    assert (outgoing(hub, here, "53")[0]["status"], everything(hub)) == ("DITERIMA", 100)
    assert (amounts(hub, here), amounts(hub, there)) == ({BLANKET: 60}, {BLANKET: 40})
    again = send(hub, movement(here, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=there, nomorDokumen="BA/p"), "53")
    assert (again["ulangan"], amounts(hub, there)) == (True, {BLANKET: 40})


# what may befall the receiver between the two transactions of one office, and who can answer then
_MEANWHILE = [("pemilik = 'KABUPATEN'", "tidak boleh mencatat stok gudang Gudang 2", "53.15"),
              ("sampai = '2020-01-01'", "Gudang Gudang 2 tidak ada pada", "53")]  # fmt: skip


@pytest.mark.parametrize(("change", "why", "who"), _MEANWHILE, ids=["another owner", "closed"])
def test_what_an_office_cannot_receive_from_itself_is_told_and_hinders_nothing_else(
    hub: Client, monkeypatch: pytest.MonkeyPatch, change: str, why: str, who: str
) -> None:
    here, there, third = (gudang(hub, n, f"53.{kab}", pemilik="PROVINSI") for n, kab in enumerate(
        ("14.10.2003", "15.01.2001", "15.01.2001"), 1))  # fmt: skip
    recorded(hub, movement(here, "TERIMA", "a", item(BLANKET, 100)), "53")
    at_once = StokTransfer.receive_own

    async def after_that(self: StokTransfer, actor: Actor, id_: PublicId) -> list[Temuan]:
        hub.sql(f"UPDATE sumber_daya SET {change} WHERE id = %s", uuid_of(2))
        return await at_once(self, actor, id_)

    async def killed(*_: object) -> list[Temuan]:
        return []

    move = movement(here, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=there)
    monkeypatch.setattr(StokTransfer, "receive_own", after_that)
    first = send(hub, move, "53")
    monkeypatch.setattr(StokTransfer, "receive_own", killed)
    second = send(hub, movement(here, "PINDAH", "q", item(BLANKET, 10), gudangTujuan=third), "53")
    monkeypatch.undo()
    for receipt in (first, send(hub, move, "53")):
        assert (receipt["__typename"], receipt["pindahan"]["status"]) == ("StokTercatat", "DALAM_PERJALANAN")
        (finding,) = receipt["temuan"]
        assert (finding["kode"], finding["tingkat"], why in finding["pesan"]) == (
            "DALAM_PERJALANAN",
            "PERINGATAN",
            True,
        )
    assert second["pindahan"]["status"] == "DALAM_PERJALANAN"
    _restarted(hub)
    assert {p["status"] for p in incoming(hub, third, "53")} == {"DITERIMA"}
    assert (incoming(hub, there, "53")[0]["status"], everything(hub)) == ("DALAM_PERJALANAN", 100)
    assert refuse(hub, first["pindahan"]["id"], "keliru", who)["pindahan"]["status"] == "DITOLAK"
    assert (amounts(hub, here), everything(hub)) == ({BLANKET: 90}, 100)


def test_what_cannot_be_finished_hinders_no_start_and_nothing_else(
    hub: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = gudang(hub, 1, pemilik="PROVINSI"), gudang(hub, 2, "53.15.01.2001", pemilik="PROVINSI")
    recorded(hub, movement(here, "TERIMA", "a", item(BLANKET, 100)), "53")
    at_once, tried = StokTransfer.receive_own, 0

    async def killed(*_: object) -> list[Temuan]:
        return []

    async def first_fails(self: StokTransfer, actor: Actor, id_: PublicId) -> list[Temuan]:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise TimeLimitError("terlalu lama")
        return await at_once(self, actor, id_)

    monkeypatch.setattr(StokTransfer, "receive_own", killed)
    for key in ("p", "q"):
        send(hub, movement(here, "PINDAH", key, item(BLANKET, 10), gudangTujuan=there), "53")
    monkeypatch.setattr(StokTransfer, "receive_own", first_fails)
    _restarted(hub)
    assert sorted(p["status"] for p in incoming(hub, there, "53")) == ["DALAM_PERJALANAN", "DITERIMA"]
    assert (tried, everything(hub)) == (2, 100)


@pytest.mark.parametrize("what", ["accept", "refuse", "record", "minimum"])
def test_who_lost_the_warehouse_while_waiting_for_its_ledger_is_told_so(
    hub: Client, g: str, far: str, what: str
) -> None:
    id_ = send(hub, movement(g, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=far))["pindahan"]["id"]
    calls: dict[str, Callable[[], Any]] = {
        "accept": lambda: accept(hub, id_, "t", "36.73"),
        "refuse": lambda: refuse(hub, id_, "basah", "36.73"),
        "minimum": lambda: hub.ask(MINIMUM, {"g": far, "m": [{"barang": BLANKET, "jumlah": 5}]}, "36.73")["hasil"],
        "record": lambda: send(hub, movement(far, "TERIMA", "b", item(BLANKET, 1)), "36.73"),
    }
    waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with ThreadPoolExecutor(1) as pool:
        with _ledger_held(hub, "36.73", 2):
            answer = pool.submit(calls[what])
            wait_until(lambda: hub.sql(waiting), "it does not wait for the ledger")
            hub.sql("UPDATE sumber_daya SET pemilik = 'PROVINSI' WHERE id = %s", uuid_of(2))
        assert answer.result()["__typename"] == "TidakBerwenang"
    assert everything(hub) == 100
