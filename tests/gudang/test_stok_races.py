"""The ledger under many hands: what goes out at once never exceeds what is there, a transfer is two rows or none even when
the process that writes it is killed halfway, and nobody is left holding anything."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import psycopg
import pytest

from tests.cli.hub_process import ROOT, environment, wait_until
from tests.client import Client
from tests.db.roles import take_role
from tests.gudang.stok_texts import (
    DIRECT_MOVEMENT,
    MINIMUM,
    amounts,
    close,
    directly,
    gudang,
    item,
    lowest,
    movement,
    record,
    recorded,
    refused,
    uuid_of,
)

BLANKET = "SELIMUT"

# one transfer by the very service, in a process of its own
_MOVE = """
import asyncio, sys
from decimal import Decimal
from hub.base.actor import Actor, Role
from hub.gudang.draft import DraftRow, MovementDraft
from hub.gudang.service import StokLedger
from hub.db.database import Database

async def main(url, asal, tujuan):
    db = Database(url, 2)
    await db.open()
    draft = MovementDraft(asal, "PINDAH", (DraftRow("SELIMUT", Decimal(40)),), "BA/p", "p", gudang_tujuan=tujuan)
    await StokLedger(db).record(Actor(Role.KABUPATEN, "53.14", "uji"), draft)

asyncio.run(main(*sys.argv[1:]))
"""


def test_who_takes_at_once_gets_no_more_than_there_is(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 60, lot="A"), item(BLANKET, 40, lot="B")))
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda n: record(hub, movement(g, "KELUAR", f"k{n}", item(BLANKET, 30))), range(12)))
    assert Counter(h["__typename"] for h in results) == {"StokTercatat": 3, "StokDitolak": 9}
    assert {t["kode"] for h in results if h["__typename"] == "StokDitolak" for t in h["temuan"]} == {"STOK_KURANG"}
    assert amounts(hub, g) == {BLANKET: 10}
    assert lowest(hub) >= 0
    # the numbers of the ledger have no gap, whoever came first
    assert hub.sql("SELECT min(urutan), max(urutan), count(*) FROM mutasi_stok") == [(1, 5, 5)]


def test_the_database_holds_even_where_nobody_asks_the_service(hub: Client, g: str) -> None:
    """Ten connections that write the ledger by hand, all at the same moment."""
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 100)))
    start = Barrier(10)

    def take(_: int) -> str:
        start.wait()
        try:
            directly(hub, "hub_kabupaten", "53.14", (DIRECT_MOVEMENT, ("53.14", uuid_of(1), "KELUAR", -30, None, None)))
        except psycopg.errors.CheckViolation:
            return "kurang"
        return "keluar"

    with ThreadPoolExecutor(10) as pool:
        assert Counter(pool.map(take, range(10))) == {"keluar": 3, "kurang": 7}
    assert amounts(hub, g) == {BLANKET: 10}
    assert lowest(hub) >= 0


def test_the_same_call_at_once_is_written_once(hub: Client, g: str) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 7))), range(8)))
    assert Counter(h["ulangan"] for h in results) == {False: 1, True: 7}
    assert all(h["mutasi"] == results[0]["mutasi"] for h in results)
    assert amounts(hub, g) == {BLANKET: 7}


def test_transfers_in_opposite_directions_wait_for_each_other_and_lose_nothing(hub: Client, g: str) -> None:
    other = gudang(hub, 2)
    for each_gudang in (g, other):
        recorded(hub, movement(each_gudang, "TERIMA", f"a{each_gudang}", item(BLANKET, 50)))

    def move(n: int) -> str:
        source, target = (g, other) if n % 2 else (other, g)
        result = record(hub, movement(source, "PINDAH", f"p{n}", item(BLANKET, 20), gudangTujuan=target))
        name: str = result["__typename"]
        return name

    with ThreadPoolExecutor(8) as pool:
        results = Counter(pool.map(move, range(24)))
    assert results.keys() <= {"StokTercatat", "StokDitolak"}, "no deadlock, no other failure"
    assert results["StokTercatat"] >= 4
    assert amounts(hub, g)[BLANKET] + amounts(hub, other)[BLANKET] == 100
    assert lowest(hub) >= 0
    pairs = hub.sql("SELECT count(*), sum(jumlah) FROM mutasi_stok WHERE lawan_kab IS NOT NULL GROUP BY bukti")
    assert pairs == [(2, 0)] * results["StokTercatat"]


def test_minimums_of_the_same_goods_in_another_order_do_not_block_each_other(hub: Client, g: str) -> None:
    hub.token("53.14")
    goods = list(hub.sql("SELECT kode FROM barang ORDER BY urut"))
    for n in range(6):  # rows that are there are updated; and each round waits for its slowest
        with ThreadPoolExecutor(8) as pool:
            lines = [{"barang": k, "jumlah": n} for (k,) in goods]
            sent = [{"g": g, "m": lines if i % 2 else lines[::-1], "sejak": "2024-01-01"} for i in range(8)]
            answers = list(pool.map(lambda v: hub.ask(MINIMUM, v, "53.14")["hasil"], sent))
        assert {a["__typename"] for a in answers} == {"StokTercatat"}


@contextmanager
def _held(hub: Client, id_: str) -> Iterator[None]:
    """Nobody can write that warehouse's balances in here."""
    with psycopg.connect(hub.url) as conn:
        assert conn.execute("SELECT 1 FROM stok WHERE gudang = %s FOR UPDATE", (id_,)).fetchall()
        yield


def test_a_process_killed_in_mid_transfer_leaves_nothing_behind(hub: Client, g: str) -> None:
    """Killed after it wrote what went out, while it waits to write what comes in."""
    other = gudang(hub, 2)
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 100)))
    recorded(hub, movement(other, "TERIMA", "b", item(BLANKET, 1)))
    before = hub.sql("SELECT gudang, urutan FROM buku_stok ORDER BY gudang")
    waiting = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        "AND query LIKE 'INSERT INTO mutasi_stok%'"
    )
    with _held(hub, uuid_of(2)):
        process = subprocess.Popen([sys.executable, "-c", _MOVE, hub.url, g, other], cwd=ROOT, env=environment())
        try:
            wait_until(lambda: hub.sql(waiting), "the transfer never came to its second row", 30)
            ((pid,),) = hub.sql(waiting)
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    wait_until(lambda: not hub.sql(f"SELECT 1 FROM pg_stat_activity WHERE pid = {pid}"), "its connection lives on", 30)
    assert (amounts(hub, g), amounts(hub, other)) == ({BLANKET: 100}, {BLANKET: 1})
    assert hub.sql("SELECT count(*) FROM mutasi_stok WHERE lawan_kab IS NOT NULL") == [(0,)]
    assert hub.sql("SELECT count(*) FROM bukti_stok") == [(2,)]
    assert hub.sql("SELECT gudang, urutan FROM buku_stok ORDER BY gudang") == before
    # what it held is free, and its key was never used
    again = recorded(hub, movement(g, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=other, nomorDokumen="BA/p"))
    assert again["ulangan"] is False
    assert (amounts(hub, g), amounts(hub, other)) == ({BLANKET: 60}, {BLANKET: 41})
    assert refused(hub, movement(g, "KELUAR", "k", item(BLANKET, 61))) == {"STOK_KURANG"}


@contextmanager
def _ledger_held(hub: Client) -> Iterator[psycopg.Connection]:
    """The ledger of the first warehouse is held in here, and what the connection writes is there after it."""
    with psycopg.connect(hub.url) as conn:
        take_role(conn, "hub_admin", "")
        conn.execute("SELECT hub_buka_buku_stok('53.14', %s)", (uuid_of(1),))
        conn.execute("SET LOCAL ROLE NONE")
        yield conn


def _until_waiting(hub: Client) -> None:
    waiting = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        "AND query LIKE 'SELECT hub_buka_buku_stok%'"
    )
    wait_until(lambda: bool(hub.sql(waiting)), "nobody waits for the ledger", 30)


@pytest.mark.parametrize("as_whom", ["53.14", "53", ""])
def test_what_comes_in_while_a_warehouse_closes_keeps_it_open(hub: Client, g: str, as_whom: str) -> None:
    hub.token(as_whom)
    with ThreadPoolExecutor(1) as pool:
        with _ledger_held(hub) as conn:
            closing = pool.submit(close, hub, 1, 1, as_whom, sampai="2024-01-01")
            _until_waiting(hub)
            conn.execute(DIRECT_MOVEMENT, ("53.14", uuid_of(1), "TERIMA", 5, None, None))
        assert closing.result(30) == ("SumberDayaDitolak", {"BUKU_DI_LUAR_MASA", "GUDANG_BERISI"})
    assert hub.sql("SELECT sampai FROM sumber_daya WHERE id = %s", uuid_of(1)) == [(None,)]


def test_nothing_comes_into_a_warehouse_that_closed_meanwhile(hub: Client, g: str) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(1) as pool:
        with _ledger_held(hub) as conn:
            receiving = pool.submit(refused, hub, movement(g, "TERIMA", "a", item(BLANKET, 5)))
            _until_waiting(hub)
            conn.execute("UPDATE sumber_daya SET sampai = '2024-01-01' WHERE id = %s", (uuid_of(1),))
        assert receiving.result(30) == {"GUDANG_TIDAK_AKTIF"}
    assert amounts(hub, g) == {}
