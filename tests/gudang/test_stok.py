"""The ledger of disaster warehouses over HTTP: receipts, issues, transfers, corrections, who may, and what stays true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.gudang.stok_texts import (
    DIRECT_MOVEMENT,
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
    stok,
    uuid_of,
)

BLANKET, MATTRESS, FOOD = "SELIMUT", "MATRAS", "MAKANAN_SIAP_SAJI"
NOW = datetime.now(UTC)


def day(n: int) -> str:
    """A day n days from now, at noon in Jakarta."""
    return (NOW + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00+07:00")


def test_what_comes_and_goes_is_the_balance_at_every_moment(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item("selimut", 100, lot="2023"), item("Matras", "1.000"), pada=day(-40)))
    result = recorded(hub, movement(g, "KELUAR", "b", item(BLANKET, 30), pada=day(-20)))
    assert result["mutasi"] == [
        {
            "urutan": 3, "jenis": "KELUAR", "kodeBarang": BLANKET, "lot": "2023", "sumberDana": "APBN", "kedaluwarsa": None,
            "jumlah": -30, "lawan": None,
            "bukti": {"nomorDokumen": "BA/b", "tujuan": "Posko", "alasan": None, "oleh": "uji KABUPATEN 53.14"},
        }
    ]  # fmt: skip
    assert result["stok"] == [{"kode": MATTRESS, "jumlah": 1000}, {"kode": BLANKET, "jumlah": 70}]
    recorded(hub, movement(g, "KOREKSI", "c", item(BLANKET, -2), pada=day(-10)))
    assert amounts(hub, g) == {MATTRESS: 1000, BLANKET: 68}
    assert amounts(hub, g, day(-15)) == {MATTRESS: 1000, BLANKET: 70}
    assert amounts(hub, g, day(-30)) == {MATTRESS: 1000, BLANKET: 100}
    assert amounts(hub, g, day(-41)) == {}
    assert stok(hub, g, day(-41))[""] == "TIDAK_ADA_DATA"


def test_first_expiring_goes_first_and_what_expired_stays(hub: Client, g: str) -> None:
    expired, near, far = (day(n)[:10] for n in (-5, 20, 200))
    recorded(
        hub,
        movement(
            g, "TERIMA", "a", item(FOOD, 10, lot="jauh", kedaluwarsa=far), item(FOOD, 10, lot="habis", kedaluwarsa=expired),
            item(FOOD, 10, lot="tanpa"), item(FOOD, 10, kedaluwarsa=near), pada=day(-60),
        ),
    )  # fmt: skip
    result = recorded(hub, movement(g, "KELUAR", "b", item(FOOD, 25)))
    assert [(m["lot"], m["jumlah"]) for m in result["mutasi"]] == [(near, -10), ("jauh", -10), ("tanpa", -5)]
    assert refused(hub, movement(g, "KELUAR", "c", item(FOOD, 6))) == {"STOK_KURANG"}
    assert refused(hub, movement(g, "KELUAR", "d", item(FOOD, 1, lot="habis"))) == {"LOT_KEDALUWARSA"}
    found = stok(hub, g)[FOOD]
    assert (found["jumlah"], found["layak"], found["kedaluwarsa"]) == (15, 5, 10)
    assert [x["lot"] for x in found["lot"]] == ["habis", "tanpa"]
    # before that day it was good, and could have gone out then
    recorded(hub, movement(g, "KELUAR", "e", item(FOOD, 4, lot="habis"), pada=day(-6)))
    recorded(hub, movement(g, "KOREKSI", "f", item(FOOD, -6, lot="habis"), alasan="Dimusnahkan"))
    assert amounts(hub, g)[FOOD] == 5


def test_a_receipt_keeps_findings_whose_code_is_gone(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "k", item(FOOD, 5, kedaluwarsa="2035-01-01")))
    hub.sql("ALTER TABLE bukti_stok DISABLE TRIGGER USER")
    hub.sql("UPDATE bukti_stok SET temuan = jsonb_set(temuan, '{0,kode}', '\"KODE_LAMA\"')")
    hub.sql("ALTER TABLE bukti_stok ENABLE TRIGGER USER")
    again = recorded(hub, movement(g, "TERIMA", "k", item(FOOD, 5, kedaluwarsa="2035-01-01")))
    assert [t["kode"] for t in again["temuan"]] == ["KODE_LAMA"]


def test_the_same_key_gets_the_first_receipt_and_another_content_is_refused(hub: Client, g: str) -> None:
    first = recorded(hub, movement(g, "TERIMA", "k", item(FOOD, 5, kedaluwarsa="2035-01-01")))
    assert first["ulangan"] is False
    assert [t["kode"] for t in first["temuan"]] == ["LOT_DARI_KEDALUWARSA"]
    again = recorded(hub, movement(g, "TERIMA", "k", item(FOOD, 5, kedaluwarsa="2035-01-01")))
    assert again == {**first, "ulangan": True}
    assert refused(hub, movement(g, "TERIMA", "k", item(FOOD, 6, kedaluwarsa="2035-01-01"))) == {"KUNCI_SUDAH_DIPAKAI"}
    other = gudang(hub, 2)
    assert refused(hub, movement(other, "TERIMA", "k", item(FOOD, 5, kedaluwarsa="2035-01-01"))) == {
        "KUNCI_SUDAH_DIPAKAI"
    }
    assert hub.sql("SELECT count(*) FROM mutasi_stok") == [(1,)]


def test_every_finding_at_once_and_nothing_written(hub: Client, g: str) -> None:
    wrong = movement(
        g, "TERIMA", "x", item("BERAS", 1), item(BLANKET, 0), item(BLANKET, "1,5"), item(BLANKET, "dua"),
        item(BLANKET, 1, sumberDana=None), item(BLANKET, 1, lot="\n"), nomorDokumen=" ", pada=day(2), gudangTujuan=g,
    )  # fmt: skip
    assert refused(hub, wrong) == {
        "BARANG_TAK_DIKENAL", "JUMLAH_TIDAK_SAH", "JUMLAH_TIDAK_BULAT", "JUMLAH_TAK_TERBACA", "SUMBER_DANA_KOSONG",
        "LOT_TAK_SAH", "DOKUMEN_KOSONG", "PADA_BELUM_TIBA", "GUDANG_TUJUAN",
    }  # fmt: skip
    places = {t["kode"]: [x["indeks"] for x in t["lokasi"]] for t in record(hub, wrong)["temuan"]}
    assert places["BARANG_TAK_DIKENAL"] == [0]
    assert places["SUMBER_DANA_KOSONG"] == [4]
    assert refused(hub, movement(g, "KELUAR", "y", item(BLANKET, 1), tujuan=" ")) == {"TUJUAN_KOSONG", "STOK_KURANG"}
    assert refused(hub, movement(g, "KOREKSI", "z", item(BLANKET, 1), alasan=None)) == {
        "ALASAN_KOSONG",
        "LOT_HARUS_DISEBUT",
    }
    assert refused(hub, movement(g, "PINDAH", "p", item(BLANKET, 1))) == {"GUDANG_TUJUAN"}
    assert refused(hub, movement(g, "PINDAH", "p", item(BLANKET, 1), gudangTujuan=g.upper())) == {"GUDANG_SAMA"}
    assert refused(hub, movement(g, "TERIMA", "q", wrong_gudang := item(BLANKET, 1), pada="2018-12-31T10:00:00Z")) == {
        "GUDANG_TIDAK_AKTIF"
    }, wrong_gudang
    assert refused(hub, movement(f"53.14:{uuid_of(99)}", "TERIMA", "r", item(BLANKET, 1))) == {"GUDANG_TAK_ADA"}
    assert refused(hub, movement("53.14:bukan", "TERIMA", "r", item(BLANKET, 1))) == {"ID_TIDAK_SAH"}
    assert hub.sql("SELECT (SELECT count(*) FROM mutasi_stok), (SELECT count(*) FROM bukti_stok)") == [(0, 0)]


def test_the_day_of_a_movement_is_the_offices(hub: Client) -> None:
    """The warehouse opens on 1 January; 20:00 UTC the day before is 3:00 of that day in Jakarta."""
    g = gudang(hub, 1, sejak="2020-01-01")
    assert refused(hub, movement(g, "TERIMA", "a", item(BLANKET, 1), pada="2019-12-31T16:59:59Z")) == {
        "GUDANG_TIDAK_AKTIF"
    }
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 1), pada="2019-12-31T17:00:00Z"))


def test_one_lot_has_one_day_of_expiry(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item(FOOD, 5, lot="D22", kedaluwarsa="2035-01-01")))
    assert refused(hub, movement(g, "TERIMA", "b", item(FOOD, 5, lot="D22", kedaluwarsa="2036-01-01"))) == {
        "LOT_BEDA_KEDALUWARSA"
    }
    recorded(hub, movement(g, "TERIMA", "c", item(FOOD, 5, lot="D22")))
    other = gudang(hub, 2)
    recorded(hub, movement(other, "TERIMA", "d", item(FOOD, 5, lot="D22", kedaluwarsa="2036-01-01")))
    move = movement(g, "PINDAH", "e", item(FOOD, 5), gudangTujuan=other)
    assert refused(hub, move) == {"LOT_BEDA_KEDALUWARSA"}
    assert (amounts(hub, g), amounts(hub, other)) == ({FOOD: 10}, {FOOD: 5})


def test_an_issue_written_down_late_leaves_enough_for_what_went_out_since(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 100, lot="A"), pada=day(-50)))
    recorded(hub, movement(g, "KELUAR", "b", item(BLANKET, 90), pada=day(-20)))
    recorded(hub, movement(g, "TERIMA", "c", item(BLANKET, 100, lot="A"), pada=day(-10)))
    # 110 are there now, and 100 were on that day; but on day -20 ten were left
    result = record(hub, movement(g, "KELUAR", "d", item(BLANKET, 11), pada=day(-30)))
    assert [(t["kode"], t["usulan"]) for t in result["temuan"]] == [("STOK_KURANG_SAAT_ITU", "10")]
    recorded(hub, movement(g, "KELUAR", "d", item(BLANKET, 10), pada=day(-30)))
    assert refused(hub, movement(g, "KOREKSI", "e", item(BLANKET, -1), pada=day(-50))) == {"STOK_KURANG_SAAT_ITU"}
    # what came later cannot go out earlier
    assert refused(hub, movement(g, "KELUAR", "f", item(BLANKET, 1), pada=day(-15))) == {"STOK_KURANG_SAAT_ITU"}
    recorded(hub, movement(g, "KELUAR", "g", item(BLANKET, 100)))
    assert lowest(hub) >= 0


def test_a_transfer_within_one_office_is_two_rows_with_one_document(hub: Client, g: str) -> None:
    other = gudang(hub, 2, pemilik="DESA")
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 100, lot="A")))
    result = recorded(hub, movement(g, "PINDAH", "b", item(BLANKET, 40), gudangTujuan=other))
    assert [(m["jenis"], m["jumlah"], m["lawan"]) for m in result["mutasi"]] == [("PINDAH_KELUAR", -40, {"id": other})]
    assert result["temuan"] == []
    assert (amounts(hub, g), amounts(hub, other)) == ({BLANKET: 60}, {BLANKET: 40})
    assert hub.sql("SELECT count(*) FROM pindahan_stok") == [(0,)]
    ledger = f"""{{ sumberDaya(id: "{other}") {{ ... on GudangBencana {{ mutasi {{ totalCount edges {{ node {{
      urutan jenis jumlah lot lawan {{ id }} bukti {{ nomorDokumen }} }} }} }} }} }} }}"""
    for as_whom, document in (
        ("53.14", {"nomorDokumen": "BA/b"}),
        ("53", {"nomorDokumen": "BA/b"}),
        (None, None),
        ("53.15", None),
    ):
        answer = hub.ask(ledger, None, as_whom)["sumberDaya"]["mutasi"]
        expected = {
            "urutan": 1,
            "jenis": "PINDAH_MASUK",
            "jumlah": 40,
            "lot": "A",
            "lawan": {"id": g},
            "bukti": document,
        }
        assert answer == {"totalCount": 1, "edges": [{"node": expected}]}
    # too much for one line of two: neither side moves
    assert refused(hub, movement(g, "PINDAH", "c", item(BLANKET, 60), item(BLANKET, 1), gudangTujuan=other)) == {
        "STOK_KURANG"
    }
    assert (amounts(hub, g), amounts(hub, other)) == ({BLANKET: 60}, {BLANKET: 40})


def test_pages_of_the_ledger_and_the_stock_card_of_one_kind(hub: Client, g: str) -> None:
    for i in range(3):
        recorded(hub, movement(g, "TERIMA", f"a{i}", item(BLANKET, i + 1), item(MATTRESS, 1)))
    ledger = """query ($g: ID!, $b: String, $n: Int, $sesudah: String) { sumberDaya(id: $g) { ... on GudangBencana {
      mutasi(barang: $b, first: $n, after: $sesudah) { totalCount pageInfo { endCursor hasNextPage } edges { node { urutan jumlah } } } } } }"""
    first_page = hub.ask(ledger, {"g": g, "n": 4})["sumberDaya"]["mutasi"]
    assert [e["node"]["urutan"] for e in first_page["edges"]] == [1, 2, 3, 4]
    following = {"g": g, "n": 4, "sesudah": first_page["pageInfo"]["endCursor"]}
    second_page = hub.ask(ledger, following)["sumberDaya"]["mutasi"]
    assert [e["node"]["urutan"] for e in second_page["edges"]] == [5, 6]
    assert (second_page["totalCount"], second_page["pageInfo"]["hasNextPage"]) == (6, False)
    card = hub.ask(ledger, {"g": g, "b": "selimut"})["sumberDaya"]["mutasi"]
    assert [e["node"]["jumlah"] for e in card["edges"]] == [1, 2, 3]


# ---------- who may ----------


@pytest.mark.parametrize(
    ("owner", "allowed"),
    [("KABUPATEN", "53.14"), ("DESA", "53.14"), ("MASYARAKAT", "53.14"), ("PROVINSI", "53"), ("KEMENTERIAN", "53")],
)
def test_only_the_keeper_writes(hub: Client, owner: str, allowed: str) -> None:
    g = gudang(hub, 1, pemilik=owner)
    for as_whom in {"53.14", "53", "53.15", "36", ""} - {allowed}:
        assert record(hub, movement(g, "TERIMA", "a", item(BLANKET, 1)), as_whom)["__typename"] == "TidakBerwenang"
    assert hub.sql("SELECT count(*) FROM bukti_stok") == [(0,)]
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 1)), allowed)


def test_the_database_itself_refuses_what_the_services_never_do(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 5)))
    other, upper = gudang(hub, 2, "53.15.01.2001"), gudang(hub, 3, pemilik="PROVINSI")
    here, there = ("53.14", uuid_of(1)), ("53.15", uuid_of(2))
    wrong: list[tuple[type[Exception], str, str, str, tuple[Any, ...]]] = [
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", "UPDATE stok SET jumlah = 9", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_provinsi", "53", "DELETE FROM mutasi_stok", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_admin", "", "UPDATE mutasi_stok SET jumlah = 9", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", "UPDATE bukti_stok SET alasan = 'x'", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, (*there, "TERIMA", 1, None, None)),
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, ("53.14", uuid_of(3), "TERIMA", 1, None, None)),
        (psycopg.errors.InsufficientPrivilege, "hub_publik", "", DIRECT_MOVEMENT, (*here, "TERIMA", 1, None, None)),
        (psycopg.errors.CheckViolation, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, (*here, "KELUAR", -6, None, None)),
        (psycopg.errors.CheckViolation, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, (*here, "KELUAR", 6, None, None)),
        # into a foreign ledger
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, (*there, "PINDAH_MASUK", 5, *here)),
        (psycopg.errors.InsufficientPrivilege, "hub_provinsi", "53", DIRECT_MOVEMENT, (*here, "TERIMA", 1, None, None)),
        # half a transfer
        (psycopg.errors.IntegrityConstraintViolation, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, (*here, "PINDAH_MASUK", 5, *there)),
        (psycopg.errors.IntegrityConstraintViolation, "hub_kabupaten", "53.14", DIRECT_MOVEMENT, (*here, "PINDAH_KELUAR", -5, *there)),
    ]  # fmt: skip
    for error, role, wilayah, text, nilai in wrong:
        with pytest.raises(error):
            directly(hub, role, wilayah, (text, nilai))
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("DELETE FROM mutasi_stok")
    assert (amounts(hub, g), amounts(hub, other), amounts(hub, upper)) == ({BLANKET: 5}, {}, {})


def test_a_warehouse_is_closed_empty_and_after_its_last_movement(hub: Client) -> None:
    g = gudang(hub, 1)
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 10, lot="L1"), pada=day(-20)))

    assert close(hub, 1, 1, sampai=day(-30)[:10]) == ("SumberDayaDitolak", {"BUKU_DI_LUAR_MASA", "GUDANG_BERISI"})
    assert close(hub, 1, 1, sejak=day(-10)[:10]) == ("SumberDayaDitolak", {"BUKU_DI_LUAR_MASA"})
    assert close(hub, 1, 1, sampai=day(-10)[:10]) == ("SumberDayaDitolak", {"GUDANG_BERISI"})
    assert close(hub, 1, 1, sampai=day(10)[:10]) == ("SumberDayaTersimpan", {"GUDANG_BERISI"})
    recorded(hub, movement(g, "KELUAR", "b", item(BLANKET, 10), pada=day(-15)))
    assert close(hub, 1, 2, sampai=day(-10)[:10]) == ("SumberDayaTersimpan", set())
