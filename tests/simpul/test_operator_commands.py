"""hub simpul banding and hub simpul lupakan as an operator runs them, and what hub simpul status and the log say of a node: real processes."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from hub.db.database import Database
from hub.simpul import summary
from hub.simpul.summary import Summary, figures
from tests.cli.hub_process import wait_until
from tests.client import Client
from tests.rekap.texts import SUBMIT, angka, submission
from tests.simpul.handed_over import HandedOver
from tests.simpul.hub_pair import Hub, Pair
from tests.simpul.prepared_processes import run_prepared
from tests.simpul.two_hubs import with_database
from tests.sumber_daya.texts import panti, save

KAB = "53.14"


@pytest.fixture(scope="module")
def hubs(handed_over: HandedOver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with handed_over.serving(tmp_path_factory.mktemp("simpul")) as both:
        yield both


def _save(hub: Hub, **more: Any) -> Any:
    with Client(hub.address, hub.url) as client:
        answer = save(client, panti(**more), KAB)
    assert answer["__typename"] == "SumberDayaTersimpan", answer
    return answer["sumberDaya"]


def _arrived(hubs: Pair, name: str) -> None:
    there = "SELECT count(*) FROM sumber_daya WHERE nama = %s"
    wait_until(lambda: hubs.province.sql(there, name) == [(1,)], "not come", 60)


def _untold(hub: Hub, table: str, change: str, *values: object) -> None:
    """Written past everything that would tell of it."""
    hub.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    hub.sql(f"UPDATE {table} SET {change}", *values)
    hub.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _says(done: "subprocess.CompletedProcess[str]", code: int, *words: str) -> None:
    """In sentences for people, whatever became of it."""
    told = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == code, told
    for w in words:
        assert w in told, told
    assert "Traceback" not in told


def test_hubs_that_hold_the_same(hubs: Pair) -> None:
    _save(hubs.node, nama="Panti Sama")
    _says(hubs.node.run("banding"), 0, f"Isi {KAB} di sini dan di provinsi sama.")
    assert hubs.province.sql("SELECT count(*) FROM sumber_daya WHERE nama = 'Panti Sama'") == [(1,)]


def test_a_difference_is_named_and_mended_only_when_that_is_asked_for(hubs: Pair) -> None:
    id_ = _save(hubs.node, nama="Panti Beda")["id"].rpartition(":")[2]
    _arrived(hubs, "Panti Beda")
    _untold(hubs.province, "sumber_daya", "nama = 'lain' WHERE id = %s", id_)
    name = "SELECT nama FROM sumber_daya WHERE id = %s"
    _says(hubs.node.run("banding"), 1, "sumber_daya: 1 baris", f"{id_} berbeda")
    assert hubs.province.sql(name, id_) == [("lain",)]
    told = hubs.node.run("banding", "--perbaiki")
    _says(told, 0, "sumber_daya: 1 baris", "1 hal dikirim lagi.", f"Isi {KAB} di sini dan di provinsi sama.")
    assert hubs.province.sql(name, id_) == [("Panti Beda",)]


def test_a_submission_that_holds_something_else_is_an_alarm_and_stays(hubs: Pair) -> None:
    with Client(hubs.node.address, hubs.node.url) as client:
        m = submission(KAB, "F02", "2019", "banding2019", nilai=[angka(KAB, "BAN05", 7)])
        assert client.ask(SUBMIT, {"m": m}, KAB)["hasil"]["__typename"] == "RekapDiterima"
    here = "SELECT nilai FROM rekap_nilai WHERE kode_kab = '53.14' AND periode = '2019'"
    wait_until(lambda: hubs.province.sql(here) == [(7,)], "not come", 60)
    change = "nilai = %s WHERE kode_kab = '53.14' AND periode = '2019'"
    _untold(hubs.province, "rekap_nilai", change, 8)
    alarm = "PERINGATAN: nomor yang sama berisi lain; tidak ada yang ditimpa"
    _says(hubs.node.run("banding"), 1, "rekap_nilai: 1 baris", alarm)
    told = hubs.node.run("banding", "--perbaiki")
    _says(
        told,
        1,
        alarm,
        "Tidak dapat dikirim lagi: rekap_nilai",
        "0 hal dikirim lagi.",
        "Yang masih berbeda",
        "hub simpul pulihkan",
    )
    assert hubs.province.sql(here) == [(8,)]
    _untold(hubs.province, "rekap_nilai", change, 7)


def test_where_it_cannot_be_done_it_says_so(hubs: Pair) -> None:
    _says(hubs.province.run("banding"), 1, "Perintah ini untuk hub kabupaten/kota", "HUB_WILAYAH=53.14")
    _says(hubs.node.run("banding", "--semua"), 2, "--semua")
    _says(hubs.node.run("lupakan"), 2, "ID")
    _says(hubs.node.run("lupakan", "53.15:019b"), 1, '"53.15:019b" bukan id sumber daya 53.14')
    hubs.province.kill()
    try:
        _says(hubs.node.run("banding"), 1, "Gagal:")
    finally:
        hubs.province.start()


def test_the_salt_of_named_data_goes_and_the_chain_holds(hubs: Pair) -> None:
    node = hubs.node
    saved = _save(node, nama="Rumah Aman", rahasia=True, alamat="Jalan Rahasia 7")
    salts = "SELECT count(*) FROM rantai_garam WHERE subjek = %s"
    subject = f"sumber_daya:{saved['id']}"
    wait_until(lambda: node.sql(salts, subject) == [(1,)], "no salt", 20)
    told = node.run("lupakan", saved["id"], f"{KAB}:tidak-ada")
    _says(
        told,
        1,
        "1 garam dihapus",
        f"Tidak ada garam: sumber_daya:{KAB}:tidak-ada",
        f"{subject} masih menyimpan alamat",
        "lalu jalankan lagi",
    )
    assert node.sql(salts, subject) == [(0,)]
    _save(node, nama="Rumah Aman", rahasia=True, alamat="", id=saved["id"], versi=saved["versi"])
    last = node.run("lupakan", saved["id"])
    assert last.returncode in (0, 1), (
        last.stderr
    )  # whether what is left to hash still needs a salt is the chain's affair
    assert "masih menyimpan" not in last.stderr
    assert "Jalan Rahasia" not in last.stdout + last.stderr
    checked = run_prepared("check", "rantai", **node.environment())
    assert checked.returncode == 0, checked.stderr


# ---------- what waits, and since when ----------


def _summary(hub: Hub) -> list[dict[str, Any]]:
    """The lines of two hours, between which nothing happened but what had to."""
    log = structlog.testing.CapturingLogger()

    async def two_hours(db: Database) -> None:
        told = Summary(db)
        await told.begin()
        async with db.as_owner() as conn:
            await conn.execute(
                "INSERT INTO simpul_langsung AS l (kode_kab, ditanya, langsung) VALUES ('53.14', 5, 3) "
                "ON CONFLICT (kode_kab) DO UPDATE SET ditanya = l.ditanya + 5, langsung = l.langsung + 3"
            )
        await told.tell()
        await told.tell()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "_log", log)
        with_database(hub.url, two_hours)
    assert {c.args for c in log.calls} == {("ringkasan simpul",)}
    return [c.kwargs for c in log.calls]


def test_a_backlog_and_its_age_are_told_at_both_ends(hubs: Pair) -> None:
    node, province = hubs.node, hubs.province
    wait_until(lambda: [f.own for f in with_database(node.url, figures)] == [0], "something waits", 60)
    assert [f.lag for f in with_database(node.url, figures)] == [None]
    first, second = _summary(province)
    assert (first["kabupaten"], first["tertunda"], first["menunggu"], first["menunggu_detik"]) == (KAB, 0, 0, None)
    assert [(s["ditanya"], s["dijawab"]) for s in (first, second)] == [(5, 3), (0, 0)], "of the hour"
    assert 0 <= first["sejak_kontak_detik"] < 60
    province.kill()
    try:
        _save(node, nama="Panti Menunggu")
        (line, _) = _summary(node)
        assert (line["tertunda"], line["menunggu"]) == (1, 1)
        assert 0 <= line["menunggu_detik"] < 60
        newest = "asal_pada = asal_pada - interval '3 hours' WHERE nomor = (SELECT nomor FROM rantai)"
        _untold(node, "rantai_peristiwa", newest)
        (cells,) = ([c.strip() for c in row.split("│")] for row in node.do("status").splitlines() if KAB in row)
        assert ("1" in cells, "3 jam" in cells) == (True, True)
        with Client(node.address, node.url) as client:
            assert client.ask("{ daftarSimpul { tertunda } }", None, KAB)["daftarSimpul"] == [{"tertunda": 1}]
    finally:
        province.start()
