"""Goods between offices over HTTP: under way until the receiver accepts or refuses them, who may, what everybody sees meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.exc import DBAPIError

from hub.db.migrate import migrate
from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.gudang.stok_texts import (
    DIRECT_MOVEMENT,
    amounts,
    close,
    directly,
    gudang,
    item,
    movement,
    record,
    recorded,
    refused,
    stok,
    uuid_of,
)
from tests.gudang.transfer_texts import accept, codes, everything, incoming, outgoing, refuse, send, spanning

BLANKET, FOOD = "SELIMUT", "MAKANAN_SIAP_SAJI"
NOW = datetime.now(UTC)


def day(n: int) -> str:
    """A day n days from now, at noon in Jakarta."""
    return (NOW + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00+07:00")


@pytest.fixture
def g(hub: Client) -> str:
    """A warehouse of 53.14 with a hundred blankets since sixty days."""
    g = gudang(hub, 1)
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 100, lot="A"), pada=day(-60)))
    return g


def sent(hub: Client, g: str, to: str, key: str = "p", n: int = 40, **more: Any) -> Any:
    answer = send(hub, movement(g, "PINDAH", key, item(BLANKET, n), gudangTujuan=to, **more))
    assert answer["__typename"] == "StokTercatat", answer
    return answer


def test_what_is_sent_is_under_way_until_the_receiver_accepts_it(hub: Client, g: str, far: str) -> None:
    receipt = sent(hub, g, far)
    p = receipt["pindahan"]
    assert [(m["jenis"], m["jumlah"]) for m in receipt["mutasi"]] == [("PINDAH_KELUAR", -40)]
    assert [t["kode"] for t in receipt["temuan"]] == ["DALAM_PERJALANAN"]
    line = {
        "jenis": "PINDAH_KELUAR",
        "kodeBarang": BLANKET,
        "jumlah": -40,
        "lot": "A",
        "bukti": {"nomorDokumen": "BA/p"},
    }
    assert p == {
        "id": p["id"], "dari": {"id": g}, "ke": {"id": far}, "status": "DALAM_PERJALANAN", "alasan": None,
        "dikirimPada": p["dikirimPada"], "mutasi": [line],
    }  # fmt: skip
    assert p["id"].startswith("53.14:")
    assert (amounts(hub, g), amounts(hub, far), everything(hub)) == ({BLANKET: 60}, {}, 100)
    for who in ("53.14", "53", "36.73", "36", ""):
        assert incoming(hub, far, who) == outgoing(hub, g, who) == [p], who
        assert incoming(hub, g, who) == outgoing(hub, far, who) == []
    for stranger in (None, "53.15", "36.01"):
        assert incoming(hub, far, stranger) == outgoing(hub, g, stranger) == []

    received = accept(hub, p["id"], "t", "36.73")
    assert (received["__typename"], received["ulangan"], received["gudang"]) == ("StokTercatat", False, {"id": far})
    assert received["pindahan"] == {**p, "status": "DITERIMA"}
    (row,) = received["mutasi"]
    assert (row["jenis"], row["jumlah"], row["lot"], row["lawan"]) == ("PINDAH_MASUK", 40, "A", {"id": g})
    assert row["bukti"] == {"nomorDokumen": "BA/p", "alasan": None, "oleh": "uji KABUPATEN 36.73"}
    assert row["pada"] >= p["dikirimPada"]
    assert received["stok"] == [{"kode": BLANKET, "jumlah": 40}]
    assert (amounts(hub, g), amounts(hub, far), everything(hub)) == ({BLANKET: 60}, {BLANKET: 40}, 100)
    assert incoming(hub, far, "36.73") == [{**p, "status": "DITERIMA"}]
    assert spanning(hub) == 0
    # the sender's key still gets its receipt, which tells how the transfer stands now
    assert sent(hub, g, far) == {**receipt, "ulangan": True, "pindahan": {**p, "status": "DITERIMA"}}


def test_received_once_whatever_is_said_again(hub: Client, g: str, far: str) -> None:
    id_ = sent(hub, g, far)["pindahan"]["id"]
    first = accept(hub, id_, "t", "36.73")
    assert accept(hub, id_, "t", "36.73") == {**first, "ulangan": True}
    assert codes(accept(hub, id_, "lain", "36.73")) == {"PINDAHAN_SUDAH_DITERIMA"}
    assert codes(refuse(hub, id_, "rusak", "36.73")) == {"PINDAHAN_SUDAH_DITERIMA"}
    other = sent(hub, g, far, "q", 5)["pindahan"]["id"]
    assert codes(accept(hub, other, "t", "36.73")) == {"KUNCI_SUDAH_DIPAKAI"}
    assert codes(accept(hub, other, " ", "36.73")) == {"KUNCI_KOSONG"}
    assert codes(refuse(hub, other, " ", "36.73")) == {"ALASAN_KOSONG"}
    assert codes(refuse(hub, other, "x" * 501, "36.73")) == {"TEKS_TAK_SAH"}
    assert codes(accept(hub, "bukan id", "", "36.73")) == {"ID_TIDAK_SAH", "KUNCI_KOSONG"}
    assert codes(accept(hub, f"53.14:{uuid_of(9)}", "t", "36.73")) == {"PINDAHAN_TAK_ADA"}
    assert amounts(hub, far) == {BLANKET: 40}


def test_what_is_refused_goes_back_to_its_sender(hub: Client, g: str, far: str) -> None:
    p = sent(hub, g, far, pada=day(-3))["pindahan"]
    refused = refuse(hub, p["id"], " basah ", "36.73")
    assert (refused["ulangan"], refused["gudang"], refused["mutasi"]) == (False, {"id": far}, [])
    assert refused["pindahan"] == {**p, "status": "DITOLAK", "alasan": "basah"}
    assert refuse(hub, p["id"], "basah", "36.73") == {**refused, "ulangan": True}
    assert codes(refuse(hub, p["id"], "hilang", "36.73")) == {"PINDAHAN_SUDAH_DITOLAK"}
    assert codes(accept(hub, p["id"], "t", "36.73")) == {"PINDAHAN_SUDAH_DITOLAK"}
    assert (amounts(hub, g), amounts(hub, far), everything(hub)) == ({BLANKET: 100}, {}, 100)
    assert amounts(hub, g, day(-1)) == {BLANKET: 60}, "they were away meanwhile"
    book = f"""{{ sumberDaya(id: "{g}") {{ ... on GudangBencana {{ mutasi {{ edges {{ node {{
      urutan jenis jumlah lot lawan {{ id }} bukti {{ nomorDokumen alasan oleh }} }} }} }} }} }} }}"""
    last = hub.ask(book, None, "53.14")["sumberDaya"]["mutasi"]["edges"][-1]["node"]
    why = {"nomorDokumen": "BA/p", "alasan": "basah", "oleh": "uji KABUPATEN 36.73"}
    assert last == {
        "urutan": 3, "jenis": "PINDAH_MASUK", "jumlah": 40, "lot": "A", "lawan": {"id": far}, "bukti": why,
    }  # fmt: skip
    assert [m["jumlah"] for m in sent(hub, g, far, pada=day(-3))["mutasi"]] == [-40], "the first receipt is as it was"
    assert spanning(hub) == 0


def test_what_came_back_did_not_go_out_of_late(hub: Client, g: str, far: str) -> None:
    recorded(hub, movement(g, "TERIMA", "b", item(BLANKET, 1, lot="B"), pada=day(-100)))
    recorded(hub, movement(g, "KELUAR", "k", item(BLANKET, 9), pada=day(-50)))
    before = stok(hub, g)[BLANKET]["hariTersisa"]
    id_ = sent(hub, g, far, pada=day(-3))["pindahan"]["id"]
    assert stok(hub, g)[BLANKET]["hariTersisa"] < before
    refuse(hub, id_, "basah", "36.73")
    assert stok(hub, g)[BLANKET]["hariTersisa"] == before
    # sent before the days that are looked at: neither its leaving nor its return counts
    hub.sql("ALTER TABLE mutasi_stok DISABLE TRIGGER USER")
    hub.sql("UPDATE mutasi_stok SET dikirim_pada = %s WHERE dikirim_pada IS NOT NULL", day(-95))
    hub.sql("UPDATE mutasi_stok SET pada = %s WHERE jenis = 'PINDAH_KELUAR'", day(-95))
    assert stok(hub, g)[BLANKET]["hariTersisa"] == before


# ---------- who is an office, and who may ----------


def test_only_the_receivers_office_answers(hub: Client, g: str, far: str) -> None:
    id_ = sent(hub, g, far)["pindahan"]["id"]
    for who in ("53.14", "53", "36", "", None):
        for answer in (accept(hub, id_, "t", who or ""), refuse(hub, id_, "rusak", who or "")):
            assert answer["__typename"] == "TidakBerwenang", who
    for stranger in ("36.01", "53.15"):
        assert (
            codes(accept(hub, id_, "t", stranger)) == codes(refuse(hub, id_, "rusak", stranger)) == {"PINDAHAN_TAK_ADA"}
        )
    assert everything(hub) == 100
    assert hub.sql("SELECT count(*) FROM jawaban_pindahan") == [(0,)]


@pytest.mark.parametrize("owner", ["PROVINSI", "KEMENTERIAN"])
def test_the_province_is_another_office_in_the_same_kabupaten(hub: Client, g: str, owner: str) -> None:
    above = gudang(hub, 2, pemilik=owner)
    id_ = sent(hub, g, above)["pindahan"]["id"]
    assert (amounts(hub, g), amounts(hub, above)) == ({BLANKET: 60}, {})
    assert accept(hub, id_, "t", "53.14")["__typename"] == "TidakBerwenang"
    assert accept(hub, id_, "t", "53")["__typename"] == "StokTercatat"
    assert (amounts(hub, g), amounts(hub, above)) == ({BLANKET: 60}, {BLANKET: 40})
    back = send(hub, movement(above, "PINDAH", "q", item(BLANKET, 10), gudangTujuan=g), "53")["pindahan"]["id"]
    assert refuse(hub, back, "penuh", "53.14")["pindahan"]["status"] == "DITOLAK"
    assert (amounts(hub, g), amounts(hub, above)) == ({BLANKET: 60}, {BLANKET: 40})


def test_a_province_receives_from_itself_at_once_though_no_transaction_spans_two_kabupaten(hub: Client) -> None:
    here, there = gudang(hub, 1, pemilik="PROVINSI"), gudang(hub, 2, "53.15.01.2001", pemilik="KEMENTERIAN")
    recorded(hub, movement(here, "TERIMA", "a", item(BLANKET, 100)), "53")
    receipt = send(hub, movement(here, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=there), "53")
    assert (receipt["pindahan"]["status"], receipt["temuan"]) == ("DITERIMA", [])
    assert (amounts(hub, here), amounts(hub, there)) == ({BLANKET: 60}, {BLANKET: 40})
    assert spanning(hub) == 0


@pytest.mark.parametrize("closed", [False, True], ids=["it stands", "it closes today"])
def test_what_a_province_sent_itself_days_ago_stands_in_both_ledgers_since_then(hub: Client, closed: bool) -> None:
    here, there = gudang(hub, 1, pemilik="PROVINSI"), gudang(hub, 2, "53.15.01.2001", pemilik="PROVINSI")
    recorded(hub, movement(here, "TERIMA", "a", item(BLANKET, 100), pada=day(-60)), "53")
    if closed:
        hub.sql("UPDATE sumber_daya SET sampai = current_date WHERE id = %s", uuid_of(2))
    move = movement(here, "PINDAH", "p", item(BLANKET, 40), gudangTujuan=there, pada=day(-3))
    receipt = send(hub, move, "53")
    assert (receipt["pindahan"]["status"], receipt["temuan"]) == ("DITERIMA", [])
    assert (amounts(hub, here, day(-4)), amounts(hub, there, day(-4))) == ({BLANKET: 100}, {})
    assert (amounts(hub, here, day(-2)), amounts(hub, there, day(-2))) == ({BLANKET: 60}, {BLANKET: 40})
    recorded(hub, movement(there, "KELUAR", "k", item(BLANKET, 40), pada=day(-1)), "53")


# ---------- warehouses that close, lots, dates ----------


def test_a_warehouse_with_goods_under_way_stays_open(hub: Client, g: str) -> None:
    other = gudang(hub, 2, pemilik="PROVINSI")
    id_ = sent(hub, g, other, n=100, pada=day(-30))["pindahan"]["id"]
    assert close(hub, 1, 1, sampai=day(-10)[:10]) == ("SumberDayaDitolak", {"BARANG_DALAM_PERJALANAN"})
    assert close(hub, 2, 1, "53", pemilik="PROVINSI", sampai=day(-10)[:10])[1] == {"BARANG_DALAM_PERJALANAN"}
    assert close(hub, 1, 1, sampai=day(10)[:10]) == ("SumberDayaTersimpan", {"BARANG_DALAM_PERJALANAN"})
    accept(hub, id_, "t", "53")
    assert close(hub, 1, 2, sampai=day(-10)[:10]) == ("SumberDayaTersimpan", set())


def test_a_receiver_that_closed_meanwhile_can_only_refuse(hub: Client, g: str, far: str) -> None:
    id_ = sent(hub, g, far)["pindahan"]["id"]
    hub.sql("UPDATE sumber_daya SET sampai = current_date WHERE id = %s", uuid_of(2))
    assert codes(accept(hub, id_, "t", "36.73")) == {"GUDANG_TIDAK_AKTIF"}
    assert refused(hub, movement(g, "PINDAH", "q", item(BLANKET, 1), gudangTujuan=far)) == {"GUDANG_TIDAK_AKTIF"}
    assert refuse(hub, id_, "gudang tutup", "36.73")["pindahan"]["status"] == "DITOLAK"
    assert amounts(hub, g) == {BLANKET: 100}


def test_a_lot_that_is_another_one_at_the_receivers_is_not_mixed_with_it(hub: Client, g: str, far: str) -> None:
    recorded(hub, movement(g, "TERIMA", "b", item(FOOD, 5, lot="D", kedaluwarsa="2035-01-01")))
    move = movement(g, "PINDAH", "p", item(FOOD, 5), gudangTujuan=far)
    id_ = send(hub, move)["pindahan"]["id"]
    recorded(hub, movement(far, "TERIMA", "c", item(FOOD, 5, lot="D", kedaluwarsa="2036-01-01")))
    assert codes(accept(hub, id_, "t", "36.73")) == {"LOT_BEDA_KEDALUWARSA"}
    assert refuse(hub, id_, "lot lain", "36.73")["__typename"] == "StokTercatat"
    assert (amounts(hub, g)[FOOD], amounts(hub, far)) == (5, {FOOD: 5})
    # and is told at once where it can be known
    assert codes(record(hub, {**move, "kunciIdempoten": "q"})) == {"LOT_BEDA_KEDALUWARSA"}


def test_what_expired_on_its_way_is_received_and_told(hub: Client, g: str, far: str) -> None:
    recorded(hub, movement(g, "TERIMA", "b", item(FOOD, 5, lot="D", kedaluwarsa=day(-2)[:10]), pada=day(-20)))
    id_ = send(hub, movement(g, "PINDAH", "p", item(FOOD, 5), gudangTujuan=far, pada=day(-5)))["pindahan"]["id"]
    received = accept(hub, id_, "t", "36.73")
    assert [(t["kode"], t["tingkat"]) for t in received["temuan"]] == [("SUDAH_KEDALUWARSA", "PERINGATAN")]
    row = stok(hub, far)[FOOD]
    assert (row["jumlah"], row["layak"], row["kedaluwarsa"]) == (5, 0, 5)
    assert amounts(hub, far, day(-1)) == {}, "it came in when it was accepted, not when it was sent"


def test_a_plan_for_an_emergency_takes_nothing_that_is_under_way(hub: Client, g: str) -> None:
    near = gudang(hub, 2, pemilik="PROVINSI", titik="SRID=4326;POINT(123.0 -10.8)")
    id_ = sent(hub, g, near)["pindahan"]["id"]
    plan = """{ rencanaDarurat(masukan: { desa: [{ kode: "53.14.10.2003" }], kebutuhan: [{ barang: "SELIMUT", jumlah: 1000 }],
      jarakKm: 500 }) { barang { terpenuhi } } }"""
    assert hub.ask(plan)["rencanaDarurat"]["barang"] == [{"terpenuhi": 60}]
    accept(hub, id_, "t", "53")
    assert hub.ask(plan)["rencanaDarurat"]["barang"] == [{"terpenuhi": 100}]


# ---------- below the services ----------


def test_the_database_refuses_what_was_not_sent_or_not_wholly_received(hub: Client, g: str, far: str) -> None:
    id_ = send(hub, movement(g, "PINDAH", "p", item(BLANKET, 40), item(BLANKET, 2), gudangTujuan=far))["pindahan"]["id"]
    here, there, uuid, document_id = ("53.14", uuid_of(1)), ("36.73", uuid_of(2)), id_[6:], str(uuid4())
    answer = (
        "INSERT INTO jawaban_pindahan (kode_kab, asal_kab, pindahan, gudang, status, alasan, bukti, oleh, dicatat_pada) "
        "VALUES (%s, '53.14', %s, %s, %s, %s, %s, 'x', now())"
    )
    row = DIRECT_MOVEMENT.replace("'SELIMUT', 'APBN', ''", "'SELIMUT', 'APBN', 'A'").replace(
        "gen_random_uuid()", f"'{document_id}'"
    )
    received = (answer, ("36.73", uuid, uuid_of(2), "DITERIMA", None, document_id))
    refused = (answer, ("36.73", uuid, uuid_of(2), "DITOLAK", "x", None))
    send_ = "INSERT INTO pindahan_stok VALUES (%s, gen_random_uuid(), %s, %s, %s, false, now())"
    back = ("SELECT hub_kembalikan_pindahan('53.14', %s, gen_random_uuid())", (uuid,))
    denied, broken = psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityConstraintViolation
    wrong: list[tuple[type[Exception], str, str, list[tuple[str, tuple[Any, ...]]]]] = [
        (broken, "hub_kabupaten", "36.73", [(row, (*there, "PINDAH_MASUK", 40, *here))]),
        (broken, "hub_kabupaten", "36.73", [received, (row, (*there, "PINDAH_MASUK", 40, *here))]),
        (broken, "hub_kabupaten", "36.73", [received]),
        (broken, "hub_kabupaten", "36.73", [(answer, ("36.73", uuid_of(9), uuid_of(2), "DITOLAK", "x", None))]),
        (broken, "hub_kabupaten", "36.73", [(answer, ("36.73", uuid, uuid_of(3), "DITOLAK", "x", None))]),
        (denied, "hub_kabupaten", "53.14", [refused]),
        (denied, "hub_provinsi", "36", [refused]),
        (denied, "hub_publik", "", [refused]),
        (denied, "hub_kabupaten", "36.73", [(row, (*here, "PINDAH_MASUK", 40, *there))]),
        (denied, "hub_kabupaten", "36.73", [(send_, (*here, *there))]),
        (denied, "hub_kabupaten", "36.73", [refused, back]),
        (denied, "hub_kabupaten", "53.14", [("UPDATE pindahan_stok SET bukti_kembali = gen_random_uuid()", ())]),
    ]
    for error, role, region, statements in wrong:
        with pytest.raises(error):
            directly(hub, role, region, *statements)
    directly(hub, "hub_admin", "", back)  # nothing was refused, so nothing comes back
    for statement in ("DELETE FROM pindahan_stok", "UPDATE pindahan_stok SET ke_kab = '53.15'"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            hub.sql(statement)
    assert (amounts(hub, g), amounts(hub, far), everything(hub)) == ({BLANKET: 58}, {}, 100)
    assert accept(hub, id_, "t", "36.73")["__typename"] == "StokTercatat"
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("DELETE FROM jawaban_pindahan")


# ---------- what was written before ----------


@pytest.fixture
def old_url(cluster: PrivateCluster, run: str) -> Iterator[str]:
    """A database of the version before."""
    name = sql.Identifier(f"uji_{run}_{uuid4().hex[:12]}")
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template1").format(name))
    url = cluster.url(name.as_string().strip('"'))
    migrate(url, "0024_buku_stok_admin")
    yield url
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_transfers_of_before_are_kept_as_received(old_url: str) -> None:
    pairs = [  # sender, receiver, owner of the receiver's
        ("53.14", "53.15", "KABUPATEN"),
        ("53.14", "53.14", "PROVINSI"),
        ("53.14", "53.14", "DESA"),
    ]
    with psycopg.connect(old_url) as conn:
        for n, (here, there, owner) in enumerate(pairs):
            ids = [str(uuid4()), str(uuid4())]
            for kab, id_, whose in ((here, ids[0], "KABUPATEN"), (there, ids[1], owner)):
                conn.execute(
                    "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh) "
                    "VALUES (%s, %s, 'GUDANG_BENCANA', 'G', %s, %s, '2019-01-01', 'uji')",
                    (kab, id_, whose, f"{kab}.01.2001"),
                )
            document_id = str(uuid4())
            for kab in {here, there}:
                conn.execute(
                    "INSERT INTO bukti_stok (kode_kab, id, asal_kab, nomor_dokumen, oleh, dicatat_pada, hash_isi, temuan) "
                    "VALUES (%s, %s, %s, %s, 'uji', now(), '', '[]')",
                    (kab, document_id, here, f"BA/{n}"),
                )
            rows = (
                (here, ids[0], "TERIMA", 9, None, None, str(uuid4())),
                (here, ids[0], "PINDAH_KELUAR", -9, there, ids[1], document_id),
                (there, ids[1], "PINDAH_MASUK", 9, here, ids[0], document_id),
            )
            for *r, document in rows:
                conn.execute(DIRECT_MOVEMENT.replace("gen_random_uuid()", f"'{document}'"), r)
    with psycopg.connect(old_url) as conn:
        ledger = conn.execute(
            "SELECT kode_kab, gudang, urutan, bukti, jumlah, pada FROM mutasi_stok ORDER BY 1, 2, 3"
        ).fetchall()
    migrate(old_url)
    with psycopg.connect(old_url) as conn:
        assert (
            ledger
            == conn.execute(
                "SELECT kode_kab, gudang, urutan, bukti, jumlah, pada FROM mutasi_stok ORDER BY 1, 2, 3"
            ).fetchall()
        )
        got = conn.execute(
            "SELECT b.nomor_dokumen, p.kode_kab, j.kode_kab, j.status, j.bukti = p.id, p.satu_kantor FROM pindahan_stok p "
            "JOIN jawaban_pindahan j ON j.kode_kab = p.ke_kab AND j.asal_kab = p.kode_kab AND j.pindahan = p.id "
            "JOIN bukti_stok b ON b.kode_kab = p.kode_kab AND b.id = p.id ORDER BY 1"
        ).fetchall()
    assert got == [
        ("BA/0", "53.14", "53.15", "DITERIMA", True, False),
        ("BA/1", "53.14", "53.14", "DITERIMA", True, False),
    ]


def test_an_older_version_is_not_gone_back_to_while_goods_are_under_way(hub: Client, g: str, far: str) -> None:
    id_ = sent(hub, g, far)["pindahan"]["id"]
    with pytest.raises(DBAPIError, match="masih ada barang dalam perjalanan"):
        migrate(hub.url, "base")
    assert accept(hub, id_, "t", "36.73")["__typename"] == "StokTercatat"
