"""The ledger of disaster warehouses over HTTP: receipts, issues, transfers, corrections, who may, and what stays true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

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
    terendah,
    tutup,
)

SELIMUT, MATRAS, MAKANAN = "SELIMUT", "MATRAS", "MAKANAN_SIAP_SAJI"
KINI = datetime.now(UTC)


def hari(n: int) -> str:
    """A day n days from now, at noon in Jakarta."""
    return (KINI + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00+07:00")


def test_what_comes_and_goes_is_the_balance_at_every_moment(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu("selimut", 100, lot="2023"), satu("Matras", "1.000"), pada=hari(-40)))
    hasil = tercatat(hub, mutasi(g, "KELUAR", "b", satu(SELIMUT, 30), pada=hari(-20)))
    assert hasil["mutasi"] == [
        {
            "urutan": 3, "jenis": "KELUAR", "kodeBarang": SELIMUT, "lot": "2023", "sumberDana": "APBN", "kedaluwarsa": None,
            "jumlah": -30, "lawan": None,
            "bukti": {"nomorDokumen": "BA/b", "tujuan": "Posko", "alasan": None, "oleh": "uji KABUPATEN 53.14"},
        }
    ]  # fmt: skip
    assert hasil["stok"] == [{"kode": MATRAS, "jumlah": 1000}, {"kode": SELIMUT, "jumlah": 70}]
    tercatat(hub, mutasi(g, "KOREKSI", "c", satu(SELIMUT, -2), pada=hari(-10)))
    assert jumlah(hub, g) == {MATRAS: 1000, SELIMUT: 68}
    assert jumlah(hub, g, hari(-15)) == {MATRAS: 1000, SELIMUT: 70}
    assert jumlah(hub, g, hari(-30)) == {MATRAS: 1000, SELIMUT: 100}
    assert jumlah(hub, g, hari(-41)) == {}
    assert stok(hub, g, hari(-41))[""] == "TIDAK_ADA_DATA"


def test_first_expiring_goes_first_and_what_expired_stays(hub: Klien, g: str) -> None:
    habis, dekat, jauh = (hari(n)[:10] for n in (-5, 20, 200))
    tercatat(
        hub,
        mutasi(
            g, "TERIMA", "a", satu(MAKANAN, 10, lot="jauh", kedaluwarsa=jauh), satu(MAKANAN, 10, lot="habis", kedaluwarsa=habis),
            satu(MAKANAN, 10, lot="tanpa"), satu(MAKANAN, 10, kedaluwarsa=dekat), pada=hari(-60),
        ),
    )  # fmt: skip
    hasil = tercatat(hub, mutasi(g, "KELUAR", "b", satu(MAKANAN, 25)))
    assert [(m["lot"], m["jumlah"]) for m in hasil["mutasi"]] == [(dekat, -10), ("jauh", -10), ("tanpa", -5)]
    assert ditolak(hub, mutasi(g, "KELUAR", "c", satu(MAKANAN, 6))) == {"STOK_KURANG"}
    assert ditolak(hub, mutasi(g, "KELUAR", "d", satu(MAKANAN, 1, lot="habis"))) == {"LOT_KEDALUWARSA"}
    isi = stok(hub, g)[MAKANAN]
    assert (isi["jumlah"], isi["layak"], isi["kedaluwarsa"]) == (15, 5, 10)
    assert [x["lot"] for x in isi["lot"]] == ["habis", "tanpa"]
    # before that day it was good, and could have gone out then
    tercatat(hub, mutasi(g, "KELUAR", "e", satu(MAKANAN, 4, lot="habis"), pada=hari(-6)))
    tercatat(hub, mutasi(g, "KOREKSI", "f", satu(MAKANAN, -6, lot="habis"), alasan="Dimusnahkan"))
    assert jumlah(hub, g)[MAKANAN] == 5


def test_a_receipt_keeps_findings_whose_code_is_gone(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "k", satu(MAKANAN, 5, kedaluwarsa="2035-01-01")))
    hub.sql("ALTER TABLE bukti_stok DISABLE TRIGGER USER")
    hub.sql("UPDATE bukti_stok SET temuan = jsonb_set(temuan, '{0,kode}', '\"KODE_LAMA\"')")
    hub.sql("ALTER TABLE bukti_stok ENABLE TRIGGER USER")
    lagi = tercatat(hub, mutasi(g, "TERIMA", "k", satu(MAKANAN, 5, kedaluwarsa="2035-01-01")))
    assert [t["kode"] for t in lagi["temuan"]] == ["KODE_LAMA"]


def test_the_same_key_gets_the_first_receipt_and_another_content_is_refused(hub: Klien, g: str) -> None:
    pertama = tercatat(hub, mutasi(g, "TERIMA", "k", satu(MAKANAN, 5, kedaluwarsa="2035-01-01")))
    assert pertama["ulangan"] is False
    assert [t["kode"] for t in pertama["temuan"]] == ["LOT_DARI_KEDALUWARSA"]
    lagi = tercatat(hub, mutasi(g, "TERIMA", "k", satu(MAKANAN, 5, kedaluwarsa="2035-01-01")))
    assert lagi == {**pertama, "ulangan": True}
    assert ditolak(hub, mutasi(g, "TERIMA", "k", satu(MAKANAN, 6, kedaluwarsa="2035-01-01"))) == {"KUNCI_SUDAH_DIPAKAI"}
    lain = gudang(hub, 2)
    assert ditolak(hub, mutasi(lain, "TERIMA", "k", satu(MAKANAN, 5, kedaluwarsa="2035-01-01"))) == {
        "KUNCI_SUDAH_DIPAKAI"
    }
    assert hub.sql("SELECT count(*) FROM mutasi_stok") == [(1,)]


def test_every_finding_at_once_and_nothing_written(hub: Klien, g: str) -> None:
    salah = mutasi(
        g, "TERIMA", "x", satu("BERAS", 1), satu(SELIMUT, 0), satu(SELIMUT, "1,5"), satu(SELIMUT, "dua"),
        satu(SELIMUT, 1, sumberDana=None), satu(SELIMUT, 1, lot="\n"), nomorDokumen=" ", pada=hari(2), gudangTujuan=g,
    )  # fmt: skip
    assert ditolak(hub, salah) == {
        "BARANG_TAK_DIKENAL", "JUMLAH_TIDAK_SAH", "JUMLAH_TIDAK_BULAT", "JUMLAH_TAK_TERBACA", "SUMBER_DANA_KOSONG",
        "LOT_TAK_SAH", "DOKUMEN_KOSONG", "PADA_BELUM_TIBA", "GUDANG_TUJUAN",
    }  # fmt: skip
    tempat = {t["kode"]: [x["indeks"] for x in t["lokasi"]] for t in catat(hub, salah)["temuan"]}
    assert tempat["BARANG_TAK_DIKENAL"] == [0]
    assert tempat["SUMBER_DANA_KOSONG"] == [4]
    assert ditolak(hub, mutasi(g, "KELUAR", "y", satu(SELIMUT, 1), tujuan=" ")) == {"TUJUAN_KOSONG", "STOK_KURANG"}
    assert ditolak(hub, mutasi(g, "KOREKSI", "z", satu(SELIMUT, 1), alasan=None)) == {
        "ALASAN_KOSONG",
        "LOT_HARUS_DISEBUT",
    }
    assert ditolak(hub, mutasi(g, "PINDAH", "p", satu(SELIMUT, 1))) == {"GUDANG_TUJUAN"}
    assert ditolak(hub, mutasi(g, "PINDAH", "p", satu(SELIMUT, 1), gudangTujuan=g.upper())) == {"GUDANG_SAMA"}
    assert ditolak(hub, mutasi(g, "TERIMA", "q", gudang_salah := satu(SELIMUT, 1), pada="2018-12-31T10:00:00Z")) == {
        "GUDANG_TIDAK_AKTIF"
    }, gudang_salah
    assert ditolak(hub, mutasi(f"53.14:{nomor(99)}", "TERIMA", "r", satu(SELIMUT, 1))) == {"GUDANG_TAK_ADA"}
    assert ditolak(hub, mutasi("53.14:bukan", "TERIMA", "r", satu(SELIMUT, 1))) == {"ID_TIDAK_SAH"}
    assert hub.sql("SELECT (SELECT count(*) FROM mutasi_stok), (SELECT count(*) FROM bukti_stok)") == [(0, 0)]


def test_the_day_of_a_movement_is_the_offices(hub: Klien) -> None:
    """The warehouse opens on 1 January; 20:00 UTC the day before is 3:00 of that day in Jakarta."""
    g = gudang(hub, 1, sejak="2020-01-01")
    assert ditolak(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 1), pada="2019-12-31T16:59:59Z")) == {
        "GUDANG_TIDAK_AKTIF"
    }
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 1), pada="2019-12-31T17:00:00Z"))


def test_one_lot_has_one_day_of_expiry(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(MAKANAN, 5, lot="D22", kedaluwarsa="2035-01-01")))
    assert ditolak(hub, mutasi(g, "TERIMA", "b", satu(MAKANAN, 5, lot="D22", kedaluwarsa="2036-01-01"))) == {
        "LOT_BEDA_KEDALUWARSA"
    }
    tercatat(hub, mutasi(g, "TERIMA", "c", satu(MAKANAN, 5, lot="D22")))
    lain = gudang(hub, 2)
    tercatat(hub, mutasi(lain, "TERIMA", "d", satu(MAKANAN, 5, lot="D22", kedaluwarsa="2036-01-01")))
    pindah = mutasi(g, "PINDAH", "e", satu(MAKANAN, 5), gudangTujuan=lain)
    assert ditolak(hub, pindah) == {"LOT_BEDA_KEDALUWARSA"}
    assert (jumlah(hub, g), jumlah(hub, lain)) == ({MAKANAN: 10}, {MAKANAN: 5})


def test_an_issue_written_down_late_leaves_enough_for_what_went_out_since(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 100, lot="A"), pada=hari(-50)))
    tercatat(hub, mutasi(g, "KELUAR", "b", satu(SELIMUT, 90), pada=hari(-20)))
    tercatat(hub, mutasi(g, "TERIMA", "c", satu(SELIMUT, 100, lot="A"), pada=hari(-10)))
    # 110 are there now, and 100 were on that day; but on day -20 ten were left
    hasil = catat(hub, mutasi(g, "KELUAR", "d", satu(SELIMUT, 11), pada=hari(-30)))
    assert [(t["kode"], t["usulan"]) for t in hasil["temuan"]] == [("STOK_KURANG_SAAT_ITU", "10")]
    tercatat(hub, mutasi(g, "KELUAR", "d", satu(SELIMUT, 10), pada=hari(-30)))
    assert ditolak(hub, mutasi(g, "KOREKSI", "e", satu(SELIMUT, -1), pada=hari(-50))) == {"STOK_KURANG_SAAT_ITU"}
    # what came later cannot go out earlier
    assert ditolak(hub, mutasi(g, "KELUAR", "f", satu(SELIMUT, 1), pada=hari(-15))) == {"STOK_KURANG_SAAT_ITU"}
    tercatat(hub, mutasi(g, "KELUAR", "g", satu(SELIMUT, 100)))
    assert terendah(hub) >= 0


def test_a_transfer_within_one_office_is_two_rows_with_one_document(hub: Klien, g: str) -> None:
    lain = gudang(hub, 2, pemilik="DESA")
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 100, lot="A")))
    hasil = tercatat(hub, mutasi(g, "PINDAH", "b", satu(SELIMUT, 40), gudangTujuan=lain))
    assert [(m["jenis"], m["jumlah"], m["lawan"]) for m in hasil["mutasi"]] == [("PINDAH_KELUAR", -40, {"id": lain})]
    assert hasil["temuan"] == []
    assert (jumlah(hub, g), jumlah(hub, lain)) == ({SELIMUT: 60}, {SELIMUT: 40})
    assert hub.sql("SELECT count(*) FROM pindahan_stok") == [(0,)]
    buku = f"""{{ sumberDaya(id: "{lain}") {{ ... on GudangBencana {{ mutasi {{ totalCount edges {{ node {{
      urutan jenis jumlah lot lawan {{ id }} bukti {{ nomorDokumen }} }} }} }} }} }} }}"""
    for sebagai, bukti in (
        ("53.14", {"nomorDokumen": "BA/b"}),
        ("53", {"nomorDokumen": "BA/b"}),
        (None, None),
        ("53.15", None),
    ):
        isi = hub.tanya(buku, None, sebagai)["sumberDaya"]["mutasi"]
        harus = {"urutan": 1, "jenis": "PINDAH_MASUK", "jumlah": 40, "lot": "A", "lawan": {"id": g}, "bukti": bukti}
        assert isi == {"totalCount": 1, "edges": [{"node": harus}]}
    # too much for one line of two: neither side moves
    assert ditolak(hub, mutasi(g, "PINDAH", "c", satu(SELIMUT, 60), satu(SELIMUT, 1), gudangTujuan=lain)) == {
        "STOK_KURANG"
    }
    assert (jumlah(hub, g), jumlah(hub, lain)) == ({SELIMUT: 60}, {SELIMUT: 40})


def test_pages_of_the_ledger_and_the_stock_card_of_one_kind(hub: Klien, g: str) -> None:
    for i in range(3):
        tercatat(hub, mutasi(g, "TERIMA", f"a{i}", satu(SELIMUT, i + 1), satu(MATRAS, 1)))
    buku = """query ($g: ID!, $b: String, $n: Int, $sesudah: String) { sumberDaya(id: $g) { ... on GudangBencana {
      mutasi(barang: $b, first: $n, after: $sesudah) { totalCount pageInfo { endCursor hasNextPage } edges { node { urutan jumlah } } } } } }"""
    satu_ = hub.tanya(buku, {"g": g, "n": 4})["sumberDaya"]["mutasi"]
    assert [e["node"]["urutan"] for e in satu_["edges"]] == [1, 2, 3, 4]
    lanjut = {"g": g, "n": 4, "sesudah": satu_["pageInfo"]["endCursor"]}
    dua = hub.tanya(buku, lanjut)["sumberDaya"]["mutasi"]
    assert [e["node"]["urutan"] for e in dua["edges"]] == [5, 6]
    assert (dua["totalCount"], dua["pageInfo"]["hasNextPage"]) == (6, False)
    kartu = hub.tanya(buku, {"g": g, "b": "selimut"})["sumberDaya"]["mutasi"]
    assert [e["node"]["jumlah"] for e in kartu["edges"]] == [1, 2, 3]


# ---------- who may ----------


@pytest.mark.parametrize(
    ("pemilik", "boleh"),
    [("KABUPATEN", "53.14"), ("DESA", "53.14"), ("MASYARAKAT", "53.14"), ("PROVINSI", "53"), ("KEMENTERIAN", "53")],
)
def test_only_the_keeper_writes(hub: Klien, pemilik: str, boleh: str) -> None:
    g = gudang(hub, 1, pemilik=pemilik)
    for sebagai in {"53.14", "53", "53.15", "36", ""} - {boleh}:
        assert catat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 1)), sebagai)["__typename"] == "TidakBerwenang"
    assert hub.sql("SELECT count(*) FROM bukti_stok") == [(0,)]
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 1)), boleh)


def test_the_database_itself_refuses_what_the_services_never_do(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 5)))
    lain, atas = gudang(hub, 2, "53.15.01.2001"), gudang(hub, 3, pemilik="PROVINSI")
    sini, sana = ("53.14", nomor(1)), ("53.15", nomor(2))
    salah: list[tuple[type[Exception], str, str, str, tuple[Any, ...]]] = [
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", "UPDATE stok SET jumlah = 9", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_provinsi", "53", "DELETE FROM mutasi_stok", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_admin", "", "UPDATE mutasi_stok SET jumlah = 9", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", "UPDATE bukti_stok SET alasan = 'x'", ()),
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, (*sana, "TERIMA", 1, None, None)),
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, ("53.14", nomor(3), "TERIMA", 1, None, None)),
        (psycopg.errors.InsufficientPrivilege, "hub_publik", "", MUTASI_LANGSUNG, (*sini, "TERIMA", 1, None, None)),
        (psycopg.errors.CheckViolation, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, (*sini, "KELUAR", -6, None, None)),
        (psycopg.errors.CheckViolation, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, (*sini, "KELUAR", 6, None, None)),
        # into a foreign ledger
        (psycopg.errors.InsufficientPrivilege, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, (*sana, "PINDAH_MASUK", 5, *sini)),
        (psycopg.errors.InsufficientPrivilege, "hub_provinsi", "53", MUTASI_LANGSUNG, (*sini, "TERIMA", 1, None, None)),
        # half a transfer
        (psycopg.errors.IntegrityConstraintViolation, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, (*sini, "PINDAH_MASUK", 5, *sana)),
        (psycopg.errors.IntegrityConstraintViolation, "hub_kabupaten", "53.14", MUTASI_LANGSUNG, (*sini, "PINDAH_KELUAR", -5, *sana)),
    ]  # fmt: skip
    for galat, peran, wilayah, teks, nilai in salah:
        with pytest.raises(galat):
            langsung(hub, peran, wilayah, (teks, nilai))
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("DELETE FROM mutasi_stok")
    assert (jumlah(hub, g), jumlah(hub, lain), jumlah(hub, atas)) == ({SELIMUT: 5}, {}, {})


def test_a_warehouse_is_closed_empty_and_after_its_last_movement(hub: Klien) -> None:
    g = gudang(hub, 1)
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 10, lot="L1"), pada=hari(-20)))

    assert tutup(hub, 1, 1, sampai=hari(-30)[:10]) == ("SumberDayaDitolak", {"BUKU_DI_LUAR_MASA", "GUDANG_BERISI"})
    assert tutup(hub, 1, 1, sejak=hari(-10)[:10]) == ("SumberDayaDitolak", {"BUKU_DI_LUAR_MASA"})
    assert tutup(hub, 1, 1, sampai=hari(-10)[:10]) == ("SumberDayaDitolak", {"GUDANG_BERISI"})
    assert tutup(hub, 1, 1, sampai=hari(10)[:10]) == ("SumberDayaTersimpan", {"GUDANG_BERISI"})
    tercatat(hub, mutasi(g, "KELUAR", "b", satu(SELIMUT, 10), pada=hari(-15)))
    assert tutup(hub, 1, 2, sampai=hari(-10)[:10]) == ("SumberDayaTersimpan", set())
