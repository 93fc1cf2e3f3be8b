"""daftarGudang: which warehouses are in which state, where; one question, in pages."""

from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.gudang.stok_texts import MINIMUM, gudang, item, movement, record

LISTING = """query ($s: SaringGudang, $n: Int, $a: String) { daftarGudang(saring: $s, first: $n, after: $a) {
  totalCount edges { node { id kesehatan stok { kode kesehatan } } } pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture(scope="module")
def filled(module_hub: Client) -> dict[str, str]:
    """name → id of warehouses in every state, in two provinces; one that is gone."""
    desa = {"aman": "53.14.10.2003", "menipis": "53.14.01.2005", "kritis": "53.15.01.2001", "kosong": "53.14.03.1001",
            "baru": "53.14.10.2002", "serang": "36.73.01.1001", "tutup": "53.14.10.2001"}  # fmt: skip
    ids: dict[str, str] = {}
    for n, (name, kode) in enumerate(desa.items(), 1):
        g = ids[name] = gudang(module_hub, n, kode, sampai="2024-01-01" if name == "tutup" else None)
        if name in ("baru", "tutup"):
            continue
        record(module_hub, movement(g, "TERIMA", f"a{n}", item("SELIMUT", 10), item("MATRAS", 10)))
        minimum = {"menipis": 15, "kritis": 21, "serang": 21}.get(name, 0)
        m = [{"barang": "SELIMUT", "jumlah": minimum}, {"barang": "KASUR", "jumlah": 5 if name == "kritis" else 0}]
        module_hub.ask(MINIMUM, {"g": g, "m": m}, g[:5])
        if name == "kosong":
            record(module_hub, movement(g, "KELUAR", f"k{n}", item("SELIMUT", 10), item("MATRAS", 10)))
    return ids


def all_pages(hub: Client, filters: Any, per: int = 2) -> list[str]:
    """Ids on all pages, one after the other."""
    ids: list[str] = []
    after = None
    while True:
        page = hub.ask(LISTING, {"s": filters, "n": per, "a": after})["daftarGudang"]
        ids += [e["node"]["id"] for e in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(ids)
            return ids
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize(
    ("filters", "names"),
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
def test_filters_hold_what_they_say(module_hub: Client, filled: dict[str, str], filters: Any, names: str) -> None:
    assert all_pages(module_hub, filters) == [filled[n] for n in names.split()]


def test_each_says_how_it_is_and_why(module_hub: Client, filled: dict[str, str]) -> None:
    edges = module_hub.ask(LISTING, {"s": {"di": "53.15"}})["daftarGudang"]["edges"]
    assert [e["node"] for e in edges] == [
        {
            "id": filled["kritis"], "kesehatan": "KRITIS",
            "stok": [
                {"kode": "KASUR", "kesehatan": "KOSONG"}, {"kode": "MATRAS", "kesehatan": "AMAN"},
                {"kode": "SELIMUT", "kesehatan": "KRITIS"},
            ],
        }
    ]  # fmt: skip


def test_an_index_leads_to_the_warehouses_of_a_region(module_hub: Client, filled: dict[str, str]) -> None:
    module_hub.sql("""INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh)
      SELECT left(k, 5), gen_random_uuid(), 'LKS', 'X' || n, 'DESA', k, '2020-01-01', 'uji'
      FROM (SELECT n, format('%s.01.01.2001', 11 + n % 25) AS k FROM generate_series(1, 20000) n) s""")
    module_hub.sql("ANALYZE sumber_daya")
    with psycopg.connect(module_hub.url) as conn:
        plan = conn.execute(
            "EXPLAIN SELECT * FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' AND kode_desa >= '53' AND kode_desa < '53/' "
            "ORDER BY kode_desa, id LIMIT 50"
        ).fetchall()
    assert "Index Scan using sumber_daya_jenis_idx" in str(plan)
    assert "Sort" not in str(plan)
