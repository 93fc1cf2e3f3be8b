"""The demo's stock: every sample warehouse has some, says that it is made up, stands where its office says, and loading it
again on another day changes nothing."""

import asyncio
from datetime import date, timedelta

from hub.db.database import Database
from seeds.demo_stok import load_stock
from tests.client import Client

GUDANG = """{ daftarGudang(first: 100) { edges { node { id nama pemilik contoh kesehatan titik desa { kode }
  mutasi { edges { node { pada bukti { nomorDokumen tujuan oleh } } } } } } } }"""


def test_every_sample_warehouse_has_stock_in_some_state(read_hub: Client) -> None:
    found = [e["node"] for e in read_hub.ask(GUDANG, None, "36")["daftarGudang"]["edges"]]
    assert len(found) == 1 + 8 + 2
    assert {g["kesehatan"] for g in found} == {"AMAN", "MENIPIS", "KRITIS"}
    assert all(g["contoh"] and g["nama"].startswith("Contoh ") and g["mutasi"]["edges"] for g in found)
    documents = [m["node"]["bukti"] for g in found if g["desa"]["kode"] < "53" for m in g["mutasi"]["edges"]]
    assert all(b["nomorDokumen"].startswith("CONTOH/") and b["oleh"].endswith("(contoh)") for b in documents)
    assert all(b["tujuan"] is None or b["tujuan"].startswith("contoh: ") for b in documents)
    of_provinsi = [g for g in found if g["pemilik"] == "PROVINSI"]
    assert [g["mutasi"]["edges"][0]["node"]["bukti"]["oleh"] for g in of_provinsi] == ["Dinas Sosial 36 (contoh)"]


def test_they_stand_inside_the_area_they_belong_to(read_hub: Client) -> None:
    where = read_hub.sql("""
      SELECT max(b.tingkat), bool_and(ST_Contains(b.geom, s.titik)) FROM sumber_daya s
      JOIN batas b ON b.kode_kab = s.kode_kab AND b.sampai IS NULL AND b.kode IN (s.kode_desa, s.kode_kab)
      WHERE s.jenis = 'GUDANG_BENCANA' GROUP BY s.id""")
    assert sorted(where) == [(2, True)] * 9 + [(4, True)] * 2
    assert read_hub.sql("SELECT count(DISTINCT titik), count(*) FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA'") == [
        (11, 11)
    ]


def test_an_emergency_in_rote_can_be_planned(read_hub: Client) -> None:
    (plan,) = read_hub.ask(
        '{ rencanaDarurat(masukan: {desa: [{kode: "53.14.01.2005", kk: 120}], kebutuhan: [{barang: "MATRAS", perKk: 1}]}) '
        "{ gudang { gudang { nama } ambil { jumlah } } barang { kurang } } }"
    ).values()
    assert plan["barang"] == [{"kurang": 0}]
    assert sum(a["jumlah"] for g in plan["gudang"] for a in g["ambil"]) == 120


def test_goods_are_under_way_to_an_office_that_has_a_token(read_hub: Client) -> None:
    under_way = """{ daftarGudang(saring: { di: "36.73" }) { edges { node { pindahanMasuk { status dari { pemilik }
      mutasi { kodeBarang jumlah bukti { nomorDokumen } } } } } } }"""
    edges = read_hub.ask(under_way, None, "36.73")["daftarGudang"]["edges"]
    line = {"kodeBarang": "FAMILY_KIT", "jumlah": -20, "bukti": {"nomorDokumen": "CONTOH/PINDAH/1"}}
    assert [p for e in edges for p in e["node"]["pindahanMasuk"]] == [
        {"status": "DALAM_PERJALANAN", "dari": {"pemilik": "PROVINSI"}, "mutasi": [line]}
    ]


def test_loading_again_on_another_day_changes_nothing(hub: Client) -> None:
    ledger = "SELECT kode_kab, gudang, urutan, jumlah, pada FROM mutasi_stok ORDER BY 1, 2, 3"
    sent = "SELECT * FROM pindahan_stok"
    minimum = "SELECT kode_kab, gudang, barang, sejak, jumlah FROM stok_minimum ORDER BY 1, 2, 3, 4"
    before = hub.sql(ledger), hub.sql(minimum), hub.sql(sent)

    async def load(day: date) -> None:
        db = Database(hub.url, 2)
        await db.open()
        try:
            await load_stock(db, day)
        finally:
            await db.close()

    for day in (date.today(), date.today() + timedelta(days=40)):
        asyncio.run(load(day))
        assert (hub.sql(ledger), hub.sql(minimum), hub.sql(sent)) == before
    assert len(before[0]) > 70
