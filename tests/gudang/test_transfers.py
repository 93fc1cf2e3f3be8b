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
from tests.client import Klien
from tests.gudang.stok_texts import (
    MUTASI_LANGSUNG,
    catat,
    ditolak,
    gudang,
    jumlah,
    langsung,
    mutasi,
    nomor,
    satu,
    stok,
    tercatat,
    tutup,
)
from tests.gudang.transfer_texts import accept, codes, everything, incoming, outgoing, refuse, send, spanning

SELIMUT, MAKANAN = "SELIMUT", "MAKANAN_SIAP_SAJI"
KINI = datetime.now(UTC)


def hari(n: int) -> str:
    """A day n days from now, at noon in Jakarta."""
    return (KINI + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00+07:00")


@pytest.fixture
def g(hub: Klien) -> str:
    """A warehouse of 53.14 with a hundred blankets since sixty days."""
    g = gudang(hub, 1)
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 100, lot="A"), pada=hari(-60)))
    return g


def sent(hub: Klien, g: str, to: str, kunci: str = "p", n: int = 40, **more: Any) -> Any:
    answer = send(hub, mutasi(g, "PINDAH", kunci, satu(SELIMUT, n), gudangTujuan=to, **more))
    assert answer["__typename"] == "StokTercatat", answer
    return answer


def test_what_is_sent_is_under_way_until_the_receiver_accepts_it(hub: Klien, g: str, far: str) -> None:
    receipt = sent(hub, g, far)
    p = receipt["pindahan"]
    assert [(m["jenis"], m["jumlah"]) for m in receipt["mutasi"]] == [("PINDAH_KELUAR", -40)]
    assert [t["kode"] for t in receipt["temuan"]] == ["DALAM_PERJALANAN"]
    line = {
        "jenis": "PINDAH_KELUAR",
        "kodeBarang": SELIMUT,
        "jumlah": -40,
        "lot": "A",
        "bukti": {"nomorDokumen": "BA/p"},
    }
    assert p == {
        "id": p["id"], "dari": {"id": g}, "ke": {"id": far}, "status": "DALAM_PERJALANAN", "alasan": None,
        "dikirimPada": p["dikirimPada"], "mutasi": [line],
    }  # fmt: skip
    assert p["id"].startswith("53.14:")
    assert (jumlah(hub, g), jumlah(hub, far), everything(hub)) == ({SELIMUT: 60}, {}, 100)
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
    assert received["stok"] == [{"kode": SELIMUT, "jumlah": 40}]
    assert (jumlah(hub, g), jumlah(hub, far), everything(hub)) == ({SELIMUT: 60}, {SELIMUT: 40}, 100)
    assert incoming(hub, far, "36.73") == [{**p, "status": "DITERIMA"}]
    assert spanning(hub) == 0
    # the sender's key still gets its receipt, which tells how the transfer stands now
    assert sent(hub, g, far) == {**receipt, "ulangan": True, "pindahan": {**p, "status": "DITERIMA"}}


def test_received_once_whatever_is_said_again(hub: Klien, g: str, far: str) -> None:
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
    assert codes(accept(hub, f"53.14:{nomor(9)}", "t", "36.73")) == {"PINDAHAN_TAK_ADA"}
    assert jumlah(hub, far) == {SELIMUT: 40}


def test_what_is_refused_goes_back_to_its_sender(hub: Klien, g: str, far: str) -> None:
    p = sent(hub, g, far, pada=hari(-3))["pindahan"]
    refused = refuse(hub, p["id"], " basah ", "36.73")
    assert (refused["ulangan"], refused["gudang"], refused["mutasi"]) == (False, {"id": far}, [])
    assert refused["pindahan"] == {**p, "status": "DITOLAK", "alasan": "basah"}
    assert refuse(hub, p["id"], "basah", "36.73") == {**refused, "ulangan": True}
    assert codes(refuse(hub, p["id"], "hilang", "36.73")) == {"PINDAHAN_SUDAH_DITOLAK"}
    assert codes(accept(hub, p["id"], "t", "36.73")) == {"PINDAHAN_SUDAH_DITOLAK"}
    assert (jumlah(hub, g), jumlah(hub, far), everything(hub)) == ({SELIMUT: 100}, {}, 100)
    assert jumlah(hub, g, hari(-1)) == {SELIMUT: 60}, "they were away meanwhile"
    book = f"""{{ sumberDaya(id: "{g}") {{ ... on GudangBencana {{ mutasi {{ edges {{ node {{
      urutan jenis jumlah lot lawan {{ id }} bukti {{ nomorDokumen alasan oleh }} }} }} }} }} }} }}"""
    last = hub.tanya(book, None, "53.14")["sumberDaya"]["mutasi"]["edges"][-1]["node"]
    why = {"nomorDokumen": "BA/p", "alasan": "basah", "oleh": "uji KABUPATEN 36.73"}
    assert last == {
        "urutan": 3, "jenis": "PINDAH_MASUK", "jumlah": 40, "lot": "A", "lawan": {"id": far}, "bukti": why,
    }  # fmt: skip
    assert [m["jumlah"] for m in sent(hub, g, far, pada=hari(-3))["mutasi"]] == [-40], "the first receipt is as it was"
    assert spanning(hub) == 0


def test_what_came_back_did_not_go_out_of_late(hub: Klien, g: str, far: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "b", satu(SELIMUT, 1, lot="B"), pada=hari(-100)))
    tercatat(hub, mutasi(g, "KELUAR", "k", satu(SELIMUT, 9), pada=hari(-50)))
    before = stok(hub, g)[SELIMUT]["hariTersisa"]
    id_ = sent(hub, g, far, pada=hari(-3))["pindahan"]["id"]
    assert stok(hub, g)[SELIMUT]["hariTersisa"] < before
    refuse(hub, id_, "basah", "36.73")
    assert stok(hub, g)[SELIMUT]["hariTersisa"] == before
    # sent before the days that are looked at: neither its leaving nor its return counts
    hub.sql("ALTER TABLE mutasi_stok DISABLE TRIGGER USER")
    hub.sql("UPDATE mutasi_stok SET dikirim_pada = %s WHERE dikirim_pada IS NOT NULL", hari(-95))
    hub.sql("UPDATE mutasi_stok SET pada = %s WHERE jenis = 'PINDAH_KELUAR'", hari(-95))
    assert stok(hub, g)[SELIMUT]["hariTersisa"] == before


# ---------- who is an office, and who may ----------


def test_only_the_receivers_office_answers(hub: Klien, g: str, far: str) -> None:
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
def test_the_province_is_another_office_in_the_same_kabupaten(hub: Klien, g: str, owner: str) -> None:
    above = gudang(hub, 2, pemilik=owner)
    id_ = sent(hub, g, above)["pindahan"]["id"]
    assert (jumlah(hub, g), jumlah(hub, above)) == ({SELIMUT: 60}, {})
    assert accept(hub, id_, "t", "53.14")["__typename"] == "TidakBerwenang"
    assert accept(hub, id_, "t", "53")["__typename"] == "StokTercatat"
    assert (jumlah(hub, g), jumlah(hub, above)) == ({SELIMUT: 60}, {SELIMUT: 40})
    back = send(hub, mutasi(above, "PINDAH", "q", satu(SELIMUT, 10), gudangTujuan=g), "53")["pindahan"]["id"]
    assert refuse(hub, back, "penuh", "53.14")["pindahan"]["status"] == "DITOLAK"
    assert (jumlah(hub, g), jumlah(hub, above)) == ({SELIMUT: 60}, {SELIMUT: 40})


def test_a_province_receives_from_itself_at_once_though_no_transaction_spans_two_kabupaten(hub: Klien) -> None:
    here, there = gudang(hub, 1, pemilik="PROVINSI"), gudang(hub, 2, "53.15.01.2001", pemilik="KEMENTERIAN")
    tercatat(hub, mutasi(here, "TERIMA", "a", satu(SELIMUT, 100)), "53")
    receipt = send(hub, mutasi(here, "PINDAH", "p", satu(SELIMUT, 40), gudangTujuan=there), "53")
    assert (receipt["pindahan"]["status"], receipt["temuan"]) == ("DITERIMA", [])
    assert (jumlah(hub, here), jumlah(hub, there)) == ({SELIMUT: 60}, {SELIMUT: 40})
    assert spanning(hub) == 0


@pytest.mark.parametrize("closed", [False, True], ids=["it stands", "it closes today"])
def test_what_a_province_sent_itself_days_ago_stands_in_both_ledgers_since_then(hub: Klien, closed: bool) -> None:
    here, there = gudang(hub, 1, pemilik="PROVINSI"), gudang(hub, 2, "53.15.01.2001", pemilik="PROVINSI")
    tercatat(hub, mutasi(here, "TERIMA", "a", satu(SELIMUT, 100), pada=hari(-60)), "53")
    if closed:
        hub.sql("UPDATE sumber_daya SET sampai = current_date WHERE id = %s", nomor(2))
    move = mutasi(here, "PINDAH", "p", satu(SELIMUT, 40), gudangTujuan=there, pada=hari(-3))
    receipt = send(hub, move, "53")
    assert (receipt["pindahan"]["status"], receipt["temuan"]) == ("DITERIMA", [])
    assert (jumlah(hub, here, hari(-4)), jumlah(hub, there, hari(-4))) == ({SELIMUT: 100}, {})
    assert (jumlah(hub, here, hari(-2)), jumlah(hub, there, hari(-2))) == ({SELIMUT: 60}, {SELIMUT: 40})
    tercatat(hub, mutasi(there, "KELUAR", "k", satu(SELIMUT, 40), pada=hari(-1)), "53")


# ---------- warehouses that close, lots, dates ----------


def test_a_warehouse_with_goods_under_way_stays_open(hub: Klien, g: str) -> None:
    other = gudang(hub, 2, pemilik="PROVINSI")
    id_ = sent(hub, g, other, n=100, pada=hari(-30))["pindahan"]["id"]
    assert tutup(hub, 1, 1, sampai=hari(-10)[:10]) == ("SumberDayaDitolak", {"BARANG_DALAM_PERJALANAN"})
    assert tutup(hub, 2, 1, "53", pemilik="PROVINSI", sampai=hari(-10)[:10])[1] == {"BARANG_DALAM_PERJALANAN"}
    assert tutup(hub, 1, 1, sampai=hari(10)[:10]) == ("SumberDayaTersimpan", {"BARANG_DALAM_PERJALANAN"})
    accept(hub, id_, "t", "53")
    assert tutup(hub, 1, 2, sampai=hari(-10)[:10]) == ("SumberDayaTersimpan", set())


def test_a_receiver_that_closed_meanwhile_can_only_refuse(hub: Klien, g: str, far: str) -> None:
    id_ = sent(hub, g, far)["pindahan"]["id"]
    hub.sql("UPDATE sumber_daya SET sampai = current_date WHERE id = %s", nomor(2))
    assert codes(accept(hub, id_, "t", "36.73")) == {"GUDANG_TIDAK_AKTIF"}
    assert ditolak(hub, mutasi(g, "PINDAH", "q", satu(SELIMUT, 1), gudangTujuan=far)) == {"GUDANG_TIDAK_AKTIF"}
    assert refuse(hub, id_, "gudang tutup", "36.73")["pindahan"]["status"] == "DITOLAK"
    assert jumlah(hub, g) == {SELIMUT: 100}


def test_a_lot_that_is_another_one_at_the_receivers_is_not_mixed_with_it(hub: Klien, g: str, far: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "b", satu(MAKANAN, 5, lot="D", kedaluwarsa="2035-01-01")))
    move = mutasi(g, "PINDAH", "p", satu(MAKANAN, 5), gudangTujuan=far)
    id_ = send(hub, move)["pindahan"]["id"]
    tercatat(hub, mutasi(far, "TERIMA", "c", satu(MAKANAN, 5, lot="D", kedaluwarsa="2036-01-01")))
    assert codes(accept(hub, id_, "t", "36.73")) == {"LOT_BEDA_KEDALUWARSA"}
    assert refuse(hub, id_, "lot lain", "36.73")["__typename"] == "StokTercatat"
    assert (jumlah(hub, g)[MAKANAN], jumlah(hub, far)) == (5, {MAKANAN: 5})
    # and is told at once where it can be known
    assert codes(catat(hub, {**move, "kunciIdempoten": "q"})) == {"LOT_BEDA_KEDALUWARSA"}


def test_what_expired_on_its_way_is_received_and_told(hub: Klien, g: str, far: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "b", satu(MAKANAN, 5, lot="D", kedaluwarsa=hari(-2)[:10]), pada=hari(-20)))
    id_ = send(hub, mutasi(g, "PINDAH", "p", satu(MAKANAN, 5), gudangTujuan=far, pada=hari(-5)))["pindahan"]["id"]
    received = accept(hub, id_, "t", "36.73")
    assert [(t["kode"], t["tingkat"]) for t in received["temuan"]] == [("SUDAH_KEDALUWARSA", "PERINGATAN")]
    row = stok(hub, far)[MAKANAN]
    assert (row["jumlah"], row["layak"], row["kedaluwarsa"]) == (5, 0, 5)
    assert jumlah(hub, far, hari(-1)) == {}, "it came in when it was accepted, not when it was sent"


def test_a_plan_for_an_emergency_takes_nothing_that_is_under_way(hub: Klien, g: str) -> None:
    near = gudang(hub, 2, pemilik="PROVINSI", titik="SRID=4326;POINT(123.0 -10.8)")
    id_ = sent(hub, g, near)["pindahan"]["id"]
    plan = """{ rencanaDarurat(masukan: { desa: [{ kode: "53.14.10.2003" }], kebutuhan: [{ barang: "SELIMUT", jumlah: 1000 }],
      jarakKm: 500 }) { barang { terpenuhi } } }"""
    assert hub.tanya(plan)["rencanaDarurat"]["barang"] == [{"terpenuhi": 60}]
    accept(hub, id_, "t", "53")
    assert hub.tanya(plan)["rencanaDarurat"]["barang"] == [{"terpenuhi": 100}]


# ---------- below the services ----------


def test_the_database_refuses_what_was_not_sent_or_not_wholly_received(hub: Klien, g: str, far: str) -> None:
    id_ = send(hub, mutasi(g, "PINDAH", "p", satu(SELIMUT, 40), satu(SELIMUT, 2), gudangTujuan=far))["pindahan"]["id"]
    here, there, uuid, bukti = ("53.14", nomor(1)), ("36.73", nomor(2)), id_[6:], str(uuid4())
    answer = (
        "INSERT INTO jawaban_pindahan (kode_kab, asal_kab, pindahan, gudang, status, alasan, bukti, oleh, dicatat_pada) "
        "VALUES (%s, '53.14', %s, %s, %s, %s, %s, 'x', now())"
    )
    row = MUTASI_LANGSUNG.replace("'SELIMUT', 'APBN', ''", "'SELIMUT', 'APBN', 'A'").replace(
        "gen_random_uuid()", f"'{bukti}'"
    )
    received = (answer, ("36.73", uuid, nomor(2), "DITERIMA", None, bukti))
    refused = (answer, ("36.73", uuid, nomor(2), "DITOLAK", "x", None))
    send_ = "INSERT INTO pindahan_stok VALUES (%s, gen_random_uuid(), %s, %s, %s, false, now())"
    back = ("SELECT hub_kembalikan_pindahan('53.14', %s, gen_random_uuid())", (uuid,))
    denied, broken = psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityConstraintViolation
    wrong: list[tuple[type[Exception], str, str, list[tuple[str, tuple[Any, ...]]]]] = [
        (broken, "hub_kabupaten", "36.73", [(row, (*there, "PINDAH_MASUK", 40, *here))]),
        (broken, "hub_kabupaten", "36.73", [received, (row, (*there, "PINDAH_MASUK", 40, *here))]),
        (broken, "hub_kabupaten", "36.73", [received]),
        (broken, "hub_kabupaten", "36.73", [(answer, ("36.73", nomor(9), nomor(2), "DITOLAK", "x", None))]),
        (broken, "hub_kabupaten", "36.73", [(answer, ("36.73", uuid, nomor(3), "DITOLAK", "x", None))]),
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
            langsung(hub, role, region, *statements)
    langsung(hub, "hub_admin", "", back)  # nothing was refused, so nothing comes back
    for statement in ("DELETE FROM pindahan_stok", "UPDATE pindahan_stok SET ke_kab = '53.15'"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            hub.sql(statement)
    assert (jumlah(hub, g), jumlah(hub, far), everything(hub)) == ({SELIMUT: 58}, {}, 100)
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
            bukti = str(uuid4())
            for kab in {here, there}:
                conn.execute(
                    "INSERT INTO bukti_stok (kode_kab, id, asal_kab, nomor_dokumen, oleh, dicatat_pada, hash_isi, temuan) "
                    "VALUES (%s, %s, %s, %s, 'uji', now(), '', '[]')",
                    (kab, bukti, here, f"BA/{n}"),
                )
            rows = (
                (here, ids[0], "TERIMA", 9, None, None, str(uuid4())),
                (here, ids[0], "PINDAH_KELUAR", -9, there, ids[1], bukti),
                (there, ids[1], "PINDAH_MASUK", 9, here, ids[0], bukti),
            )
            for *r, document in rows:
                conn.execute(MUTASI_LANGSUNG.replace("gen_random_uuid()", f"'{document}'"), r)
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


def test_an_older_version_is_not_gone_back_to_while_goods_are_under_way(hub: Klien, g: str, far: str) -> None:
    id_ = sent(hub, g, far)["pindahan"]["id"]
    with pytest.raises(DBAPIError, match="masih ada barang dalam perjalanan"):
        migrate(hub.url, "base")
    assert accept(hub, id_, "t", "36.73")["__typename"] == "StokTercatat"
