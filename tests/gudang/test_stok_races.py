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

from tests.cli.hub_process import AKAR, environment, wait_until
from tests.client import Klien
from tests.db.roles import ambil_peran
from tests.gudang.stok_texts import (
    MINIMUM,
    MUTASI_LANGSUNG,
    catat,
    ditolak,
    gudang,
    jumlah,
    langsung,
    mutasi,
    nomor,
    satu,
    tercatat,
    terendah,
    tutup,
)

SELIMUT = "SELIMUT"

# one transfer by the very service, in a process of its own
_PINDAH = """
import asyncio, sys
from decimal import Decimal
from hub.base.actor import Actor, Peran
from hub.gudang.draft import BarisDraft, MutasiDraft
from hub.gudang.service import StokLedger
from hub.db.database import Database

async def main(url, asal, tujuan):
    db = Database(url, 2)
    await db.open()
    draft = MutasiDraft(asal, "PINDAH", (BarisDraft("SELIMUT", Decimal(40)),), "BA/p", "p", gudang_tujuan=tujuan)
    await StokLedger(db).record(Actor(Peran.KABUPATEN, "53.14", "uji"), draft)

asyncio.run(main(*sys.argv[1:]))
"""


def test_who_takes_at_once_gets_no_more_than_there_is(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 60, lot="A"), satu(SELIMUT, 40, lot="B")))
    with ThreadPoolExecutor(12) as kolam:
        hasil = list(kolam.map(lambda n: catat(hub, mutasi(g, "KELUAR", f"k{n}", satu(SELIMUT, 30))), range(12)))
    assert Counter(h["__typename"] for h in hasil) == {"StokTercatat": 3, "StokDitolak": 9}
    assert {t["kode"] for h in hasil if h["__typename"] == "StokDitolak" for t in h["temuan"]} == {"STOK_KURANG"}
    assert jumlah(hub, g) == {SELIMUT: 10}
    assert terendah(hub) >= 0
    # the numbers of the ledger have no gap, whoever came first
    assert hub.sql("SELECT min(urutan), max(urutan), count(*) FROM mutasi_stok") == [(1, 5, 5)]


def test_the_database_holds_even_where_nobody_asks_the_service(hub: Klien, g: str) -> None:
    """Ten connections that write the ledger by hand, all at the same moment."""
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 100)))
    mulai = Barrier(10)

    def ambil(_: int) -> str:
        mulai.wait()
        try:
            langsung(hub, "hub_kabupaten", "53.14", (MUTASI_LANGSUNG, ("53.14", nomor(1), "KELUAR", -30, None, None)))
        except psycopg.errors.CheckViolation:
            return "kurang"
        return "keluar"

    with ThreadPoolExecutor(10) as kolam:
        assert Counter(kolam.map(ambil, range(10))) == {"keluar": 3, "kurang": 7}
    assert jumlah(hub, g) == {SELIMUT: 10}
    assert terendah(hub) >= 0


def test_the_same_call_at_once_is_written_once(hub: Klien, g: str) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(8) as kolam:
        hasil = list(kolam.map(lambda _: tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 7))), range(8)))
    assert Counter(h["ulangan"] for h in hasil) == {False: 1, True: 7}
    assert all(h["mutasi"] == hasil[0]["mutasi"] for h in hasil)
    assert jumlah(hub, g) == {SELIMUT: 7}


def test_transfers_in_opposite_directions_wait_for_each_other_and_lose_nothing(hub: Klien, g: str) -> None:
    lain = gudang(hub, 2)
    for satu_gudang in (g, lain):
        tercatat(hub, mutasi(satu_gudang, "TERIMA", f"a{satu_gudang}", satu(SELIMUT, 50)))

    def pindah(n: int) -> str:
        asal, tujuan = (g, lain) if n % 2 else (lain, g)
        hasil = catat(hub, mutasi(asal, "PINDAH", f"p{n}", satu(SELIMUT, 20), gudangTujuan=tujuan))
        nama: str = hasil["__typename"]
        return nama

    with ThreadPoolExecutor(8) as kolam:
        hasil = Counter(kolam.map(pindah, range(24)))
    assert hasil.keys() <= {"StokTercatat", "StokDitolak"}, "no deadlock, no other failure"
    assert hasil["StokTercatat"] >= 4
    assert jumlah(hub, g)[SELIMUT] + jumlah(hub, lain)[SELIMUT] == 100
    assert terendah(hub) >= 0
    pasang = hub.sql("SELECT count(*), sum(jumlah) FROM mutasi_stok WHERE lawan_kab IS NOT NULL GROUP BY bukti")
    assert pasang == [(2, 0)] * hasil["StokTercatat"]


def test_minimums_of_the_same_goods_in_another_order_do_not_block_each_other(hub: Klien, g: str) -> None:
    hub.token("53.14")
    goods = list(hub.sql("SELECT kode FROM barang ORDER BY urut"))
    for n in range(6):  # rows that are there are updated; and each round waits for its slowest
        with ThreadPoolExecutor(8) as pool:
            lines = [{"barang": k, "jumlah": n} for (k,) in goods]
            sent = [{"g": g, "m": lines if i % 2 else lines[::-1], "sejak": "2024-01-01"} for i in range(8)]
            answers = list(pool.map(lambda v: hub.tanya(MINIMUM, v, "53.14")["hasil"], sent))
        assert {a["__typename"] for a in answers} == {"StokTercatat"}


@contextmanager
def _tertahan(hub: Klien, id_: str) -> Iterator[None]:
    """Nobody can write that warehouse's balances in here."""
    with psycopg.connect(hub.url) as conn:
        assert conn.execute("SELECT 1 FROM stok WHERE gudang = %s FOR UPDATE", (id_,)).fetchall()
        yield


def test_a_process_killed_in_mid_transfer_leaves_nothing_behind(hub: Klien, g: str) -> None:
    """Killed after it wrote what went out, while it waits to write what comes in."""
    lain = gudang(hub, 2)
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 100)))
    tercatat(hub, mutasi(lain, "TERIMA", "b", satu(SELIMUT, 1)))
    sebelum = hub.sql("SELECT gudang, urutan FROM buku_stok ORDER BY gudang")
    menunggu = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        "AND query LIKE 'INSERT INTO mutasi_stok%'"
    )
    with _tertahan(hub, nomor(2)):
        proses = subprocess.Popen([sys.executable, "-c", _PINDAH, hub.url, g, lain], cwd=AKAR, env=environment())
        try:
            wait_until(lambda: hub.sql(menunggu), "the transfer never came to its second row", 30)
            ((pid,),) = hub.sql(menunggu)
        finally:
            os.kill(proses.pid, signal.SIGKILL)
            proses.wait()
    wait_until(lambda: not hub.sql(f"SELECT 1 FROM pg_stat_activity WHERE pid = {pid}"), "its connection lives on", 30)
    assert (jumlah(hub, g), jumlah(hub, lain)) == ({SELIMUT: 100}, {SELIMUT: 1})
    assert hub.sql("SELECT count(*) FROM mutasi_stok WHERE lawan_kab IS NOT NULL") == [(0,)]
    assert hub.sql("SELECT count(*) FROM bukti_stok") == [(2,)]
    assert hub.sql("SELECT gudang, urutan FROM buku_stok ORDER BY gudang") == sebelum
    # what it held is free, and its key was never used
    lagi = tercatat(hub, mutasi(g, "PINDAH", "p", satu(SELIMUT, 40), gudangTujuan=lain, nomorDokumen="BA/p"))
    assert lagi["ulangan"] is False
    assert (jumlah(hub, g), jumlah(hub, lain)) == ({SELIMUT: 60}, {SELIMUT: 41})
    assert ditolak(hub, mutasi(g, "KELUAR", "k", satu(SELIMUT, 61))) == {"STOK_KURANG"}


@contextmanager
def _buku_tertahan(hub: Klien) -> Iterator[psycopg.Connection]:
    """The ledger of the first warehouse is held in here, and what the connection writes is there after it."""
    with psycopg.connect(hub.url) as conn:
        ambil_peran(conn, "hub_admin", "")
        conn.execute("SELECT hub_buka_buku_stok('53.14', %s)", (nomor(1),))
        conn.execute("SET LOCAL ROLE NONE")
        yield conn


def _sampai_menunggu(hub: Klien) -> None:
    menunggu = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        "AND query LIKE 'SELECT hub_buka_buku_stok%'"
    )
    wait_until(lambda: bool(hub.sql(menunggu)), "nobody waits for the ledger", 30)


@pytest.mark.parametrize("sebagai", ["53.14", "53", ""])
def test_what_comes_in_while_a_warehouse_closes_keeps_it_open(hub: Klien, g: str, sebagai: str) -> None:
    hub.token(sebagai)
    with ThreadPoolExecutor(1) as kolam:
        with _buku_tertahan(hub) as conn:
            hasil = kolam.submit(tutup, hub, 1, 1, sebagai, sampai="2024-01-01")
            _sampai_menunggu(hub)
            conn.execute(MUTASI_LANGSUNG, ("53.14", nomor(1), "TERIMA", 5, None, None))
        assert hasil.result(30) == ("SumberDayaDitolak", {"BUKU_DI_LUAR_MASA", "GUDANG_BERISI"})
    assert hub.sql("SELECT sampai FROM sumber_daya WHERE id = %s", nomor(1)) == [(None,)]


def test_nothing_comes_into_a_warehouse_that_closed_meanwhile(hub: Klien, g: str) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(1) as kolam:
        with _buku_tertahan(hub) as conn:
            hasil = kolam.submit(ditolak, hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 5)))
            _sampai_menunggu(hub)
            conn.execute("UPDATE sumber_daya SET sampai = '2024-01-01' WHERE id = %s", (nomor(1),))
        assert hasil.result(30) == {"GUDANG_TIDAK_AKTIF"}
    assert jumlah(hub, g) == {}
