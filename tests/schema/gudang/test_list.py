"""daftarGudang: which warehouses are in which state, where; one question, in pages."""

from typing import Any

import psycopg
import pytest

from tests.client import Klien
from tests.gudang.stok_texts import MINIMUM, catat, gudang, mutasi, satu

DAFTAR = """query ($s: SaringGudang, $n: Int, $a: String) { daftarGudang(saring: $s, first: $n, after: $a) {
  totalCount edges { node { id kesehatan stok { kode kesehatan } } } pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture(scope="module")
def isi(hub_modul: Klien) -> dict[str, str]:
    """name → id of warehouses in every state, in two provinces; one that is gone."""
    desa = {"aman": "53.14.10.2003", "menipis": "53.14.01.2005", "kritis": "53.15.01.2001", "kosong": "53.14.03.1001",
            "baru": "53.14.10.2002", "serang": "36.73.01.1001", "tutup": "53.14.10.2001"}  # fmt: skip
    hasil: dict[str, str] = {}
    for n, (nama, kode) in enumerate(desa.items(), 1):
        g = hasil[nama] = gudang(hub_modul, n, kode, sampai="2024-01-01" if nama == "tutup" else None)
        if nama in ("baru", "tutup"):
            continue
        catat(hub_modul, mutasi(g, "TERIMA", f"a{n}", satu("SELIMUT", 10), satu("MATRAS", 10)))
        minimum = {"menipis": 15, "kritis": 21, "serang": 21}.get(nama, 0)
        m = [{"barang": "SELIMUT", "jumlah": minimum}, {"barang": "KASUR", "jumlah": 5 if nama == "kritis" else 0}]
        hub_modul.tanya(MINIMUM, {"g": g, "m": m}, g[:5])
        if nama == "kosong":
            catat(hub_modul, mutasi(g, "KELUAR", f"k{n}", satu("SELIMUT", 10), satu("MATRAS", 10)))
    return hasil


def semua(hub: Klien, saring: Any, per: int = 2) -> list[str]:
    """Ids on all pages, one after the other."""
    hasil: list[str] = []
    sesudah = None
    while True:
        hal = hub.tanya(DAFTAR, {"s": saring, "n": per, "a": sesudah})["daftarGudang"]
        hasil += [e["node"]["id"] for e in hal["edges"]]
        if not hal["pageInfo"]["hasNextPage"]:
            assert hal["totalCount"] == len(hasil)
            return hasil
        sesudah = hal["pageInfo"]["endCursor"]


@pytest.mark.parametrize(
    ("saring", "nama"),
    [
        (None, "serang menipis kosong baru aman kritis"), ({}, "serang menipis kosong baru aman kritis"),
        ({"di": "53", "kesehatan": ["KRITIS"]}, "kritis"), ({"kesehatan": ["KRITIS"]}, "serang kritis"),
        ({"di": "53.14", "kesehatan": ["MENIPIS", "KRITIS", "KOSONG"]}, "menipis kosong"),
        ({"kesehatan": ["TIDAK_ADA_DATA"]}, "baru"), ({"kesehatan": ["AMAN"]}, "aman"), ({"kesehatan": []}, ""),
        ({"barang": "selimut"}, "serang menipis kosong aman kritis"),
        ({"barang": "  Selimut ", "kesehatan": ["KRITIS"]}, "serang kritis"),
        ({"barang": "MATRAS", "kesehatan": ["KRITIS", "MENIPIS"]}, ""),
        ({"barang": "KASUR", "kesehatan": ["KOSONG"]}, "kritis"), ({"barang": "TENDA_GULUNG"}, ""),
        ({"di": "53.14.10"}, "baru aman"), ({"di": "99"}, ""),
    ],
)  # fmt: skip
def test_filters_hold_what_they_say(hub_modul: Klien, isi: dict[str, str], saring: Any, nama: str) -> None:
    assert semua(hub_modul, saring) == [isi[n] for n in nama.split()]


def test_each_says_how_it_is_and_why(hub_modul: Klien, isi: dict[str, str]) -> None:
    hasil = hub_modul.tanya(DAFTAR, {"s": {"di": "53.15"}})["daftarGudang"]["edges"]
    assert [e["node"] for e in hasil] == [
        {
            "id": isi["kritis"], "kesehatan": "KRITIS",
            "stok": [
                {"kode": "KASUR", "kesehatan": "KOSONG"}, {"kode": "MATRAS", "kesehatan": "AMAN"},
                {"kode": "SELIMUT", "kesehatan": "KRITIS"},
            ],
        }
    ]  # fmt: skip


def test_an_index_leads_to_the_warehouses_of_a_region(hub_modul: Klien, isi: dict[str, str]) -> None:
    hub_modul.sql("""INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh)
      SELECT left(k, 5), gen_random_uuid(), 'LKS', 'X' || n, 'DESA', k, '2020-01-01', 'uji'
      FROM (SELECT n, format('%s.01.01.2001', 11 + n % 25) AS k FROM generate_series(1, 20000) n) s""")
    hub_modul.sql("ANALYZE sumber_daya")
    with psycopg.connect(hub_modul.url) as conn:
        rencana = conn.execute(
            "EXPLAIN SELECT * FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' AND kode_desa >= '53' AND kode_desa < '53/' "
            "ORDER BY kode_desa, id LIMIT 50"
        ).fetchall()
    assert "Index Scan using sumber_daya_jenis_idx" in str(rencana)
    assert "Sort" not in str(rencana)
