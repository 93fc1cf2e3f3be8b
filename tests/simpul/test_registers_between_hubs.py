"""Registers of a node at its province, row for row: resources, networks, links, the ledger of stock and its minimum. What the province
keeps comes down. Names and where shelters stand stay where they are."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from hub.simpul.receipts import Receipt
from tests.client import Client
from tests.gudang.stok_texts import MINIMUM, gudang, item, movement, recorded
from tests.gudang.transfer_texts import accept, send
from tests.simpul.two_hubs import batch_of, deliver, events_of, hubs, receive, take_receipt
from tests.sumber_daya.texts import lks, panti
from tests.sumber_daya.texts import save as save_resource
from tests.wksbm.texts import SAVE_PARTNER, link, move, wksbm_input
from tests.wksbm.texts import record as record_activity
from tests.wksbm.texts import save as save_network

KAB, PROV = "53.14", "53"
Pair = tuple[Client, Client]


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Pair]:
    yield from hubs(cluster, templates["contoh"], KAB)


def up(pair: Pair) -> Receipt:
    node, province = pair
    receipt = deliver(node, province, KAB)
    assert [a.verdict for a in receipt.answered] == ["DITERIMA"] * len(receipt.answered), receipt.answered
    return receipt


def alike(pair: Pair, table: str, but: str = "", where: str = "true") -> list[Any]:
    """All rows of a table, which are the same at both ends but for those columns."""
    asked = f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} t WHERE {where} ORDER BY 1"
    here, there = (h.sql(asked, but.split()) for h in pair)
    assert here == there
    return here


RESOURCES = "versi diubah_pada"


def test_a_resource_with_its_papers_and_every_change_of_it(pair: Pair) -> None:
    node, province = pair
    paper = {"jenis": "AKREDITASI", "sejak": "2019-01-01", "sampai": "2024-01-01", "peringkat": "B", "nomor": "1/2019"}
    given = panti(
        titik={"type": "Point", "coordinates": [123.4, -10.5]},
        klienL=3,
        klienP=4,
        surat=[paper, {**paper, "sejak": "2024-01-01", "sampai": None}],
    )
    saved = save_resource(node, given)
    assert saved["__typename"] == "SumberDayaTersimpan", saved
    id_ = saved["sumberDaya"]["id"]
    assert [a.number for a in up(pair).answered] == [1]
    changed = save_resource(
        node, {**given, "id": id_, "versi": 1, "nama": "Panti Asih Baru", "surat": [{**paper, "peringkat": "A"}]}
    )
    assert changed["__typename"] == "SumberDayaTersimpan", changed
    up(pair)
    alike(pair, "sumber_daya", RESOURCES)
    assert len(alike(pair, "surat_sumber_daya", "diubah_pada", f"id = '{id_[6:]}'")) == 1
    alike(pair, "sumber_daya_riwayat", "diubah_pada diganti_pada", f"id = '{id_[6:]}'")
    assert province.sql("SELECT nama, klien_l, diubah_oleh FROM sumber_daya WHERE id = %s", id_[6:]) == [
        ("Panti Asih Baru", 3, "uji KABUPATEN 53.14")
    ]
    # the same once more is no news
    save_resource(
        node, {**given, "id": id_, "versi": 2, "nama": "Panti Asih Baru", "surat": [{**paper, "peringkat": "A"}]}
    )
    assert events_of(batch_of(node, kode_kab=KAB)) == []


def test_shelters_and_names_stay_where_they_are(pair: Pair) -> None:
    node, province = pair
    save_resource(node, panti(nama="Rumah Aman", rahasia=True, alamat="Jalan Rahasia 7"))
    save_resource(node, lks())
    node.sql("UPDATE sumber_daya SET ketua = 'Ibu Maria' WHERE nama = 'LKS Kasih'")  # as older rows may have it
    save_resource(node, lks(nama="LKS Dua", ketua="Bapak Yosef", ketuaSetuju=True))
    content = batch_of(node, kode_kab=KAB)
    assert b"Yosef" in content
    for name in (b"Jalan Rahasia", b"Maria"):
        assert name not in content
    kept = [e["data"]["sumber_daya"][0] for e in events_of(content)]
    assert [len(kept[0]["alamat_sidik"]), len(kept[2]["ketua_sidik"]), "ketua_sidik" in kept[3]] == [64, 64, False]
    hashed = "SELECT encode(sha256(garam || convert_to('ketua:Ibu Maria', 'UTF8')), 'hex') FROM rantai_garam WHERE subjek = %s"
    assert node.sql(hashed, events_of(content)[2]["subject"]) == [(kept[2]["ketua_sidik"],)]
    up(pair)
    stored = province.sql(
        "SELECT nama, alamat, ketua FROM sumber_daya WHERE nama IN ('Rumah Aman', 'LKS Kasih', 'LKS Dua') ORDER BY 1"
    )
    assert stored == [("LKS Dua", None, "Bapak Yosef"), ("LKS Kasih", None, None), ("Rumah Aman", None, None)]


def test_what_the_province_knows_of_a_name_is_not_taken_from_it(pair: Pair) -> None:
    node, province = pair
    saved = save_resource(node, lks(ketua="Ibu Maria"))["sumberDaya"]
    up(pair)
    province.sql("UPDATE sumber_daya SET ketua = 'Ibu Maria' WHERE id = %s", saved["id"][6:])  # by a grant
    save_resource(node, lks(ketua="Ibu Maria", id=saved["id"], versi=1, bidang="anak"))
    up(pair)
    assert province.sql("SELECT ketua, bidang FROM sumber_daya WHERE id = %s", saved["id"][6:]) == [
        ("Ibu Maria", "anak")
    ]


def test_what_the_province_keeps_comes_down(pair: Pair) -> None:
    node, province = pair
    saved = save_resource(province, panti(nama="Panti Provinsi", pemilik="PROVINSI"), PROV)
    assert saved["__typename"] == "SumberDayaTersimpan", saved
    receipt = deliver(province, node, KAB)
    assert [a.verdict for a in receipt.answered] == ["DITERIMA"]
    alike(pair, "sumber_daya", RESOURCES)
    assert events_of(batch_of(node, kode_kab=KAB)) == []  # not back up again


def test_a_network_its_phases_and_links(pair: Pair) -> None:
    node, _ = pair
    members = [{"nama": "Karang Taruna A", "jenis": "KARANG_TARUNA", "sejak": "2019-02-01"}]
    saved = save_network(node, wksbm_input(anggota=members, titik={"type": "Point", "coordinates": [123.4, -10.5]}))
    if saved["__typename"] != "WksbmTersimpan":
        saved = save_network(node, wksbm_input(titik={"type": "Point", "coordinates": [123.4, -10.5]}))
    assert saved["__typename"] == "WksbmTersimpan", saved
    id_ = saved["wksbm"]["id"]
    other = save_network(node, wksbm_input("WKSBM Dua"))["wksbm"]["id"]
    up(pair)
    assert record_activity(node, id_, ("2020-01-05", "PERTEMUAN_RUTIN"))["__typename"] in (
        "WksbmTersimpan",
        "WksbmDitolak",
    )
    move(node, id_, "PEMANTAPAN", "2020-03-01", reason="maju")
    assert link(node, id_, other)["__typename"] == "WksbmTersimpan"
    partner = node.ask(SAVE_PARTNER, {"m": {"nama": "Yayasan Kasih", "jenis": "yayasan"}}, KAB)["hasil"]["mitra"]["id"]
    assert link(node, id_, partner)["__typename"] == "WksbmTersimpan"
    up(pair)
    alike(pair, "wksbm", RESOURCES)
    alike(pair, "simpul_wksbm")
    alike(pair, "anggota_wksbm", "diubah_pada")
    alike(pair, "kegiatan_wksbm", "diubah_pada")
    alike(pair, "tahap_wksbm", "dicatat_pada")
    assert len(alike(pair, "hubungan_wksbm", RESOURCES, f"asal = '{id_[6:]}'")) == 2
    alike(pair, "mitra_luar", RESOURCES)


def test_the_ledger_and_what_follows_from_it(pair: Pair) -> None:
    node, province = pair
    for hub in pair:
        for table in ("sumber_daya", "bukti_stok"):
            hub.sql(f"ALTER TABLE {table} DISABLE TRIGGER rantai")
        g, h = gudang(hub, 1), gudang(hub, 2)
        for table in ("sumber_daya", "bukti_stok"):
            hub.sql(f"ALTER TABLE {table} ENABLE TRIGGER rantai")
    recorded(node, movement(g, "TERIMA", "a", item("SELIMUT", 100), item("TENDA_KELUARGA", 5)))
    recorded(node, movement(g, "KELUAR", "b", item("SELIMUT", 30)))
    recorded(node, movement(g, "PINDAH", "c", item("SELIMUT", 20), gudangTujuan=h))
    node.ask(MINIMUM, {"g": g, "m": [{"barang": "SELIMUT", "jumlah": 40}], "sejak": "2020-01-01"}, KAB)
    up(pair)
    node.ask(MINIMUM, {"g": g, "m": [{"barang": "SELIMUT", "jumlah": 45}], "sejak": "2020-01-01"}, KAB)
    up(pair)
    for table in ("bukti_stok", "mutasi_stok", "stok", "buku_stok", "stok_minimum"):
        assert alike(pair, table)
    take_receipt(node, receive(province, batch_of(node, 0, KAB), kode_kab=KAB))  # all of it again
    alike(pair, "mutasi_stok")
    assert province.sql("SELECT jumlah FROM stok WHERE gudang = %s AND barang = 'SELIMUT'", g[6:]) == [(50,)]


def test_goods_to_the_provinces_warehouse_are_under_way_until_it_says_so(pair: Pair) -> None:
    node, province = pair
    for hub in pair:
        hub.sql("ALTER TABLE sumber_daya DISABLE TRIGGER rantai")
        g, owner = gudang(hub, 1), gudang(hub, 2, pemilik="PROVINSI")
        hub.sql("ALTER TABLE sumber_daya ENABLE TRIGGER rantai")
    recorded(node, movement(g, "TERIMA", "a", item("SELIMUT", 100)))
    sent = send(node, movement(g, "PINDAH", "b", item("SELIMUT", 10), gudangTujuan=owner))
    up(pair)
    assert accept(province, sent["pindahan"]["id"], "c", PROV)["__typename"] == "StokTercatat"
    receipt = deliver(province, node, KAB)
    assert [a.verdict for a in receipt.answered] == ["DITERIMA"]
    for table in ("bukti_stok", "mutasi_stok", "stok", "pindahan_stok", "jawaban_pindahan"):
        assert alike(pair, table)


def test_what_the_other_end_cannot_hold_is_refused_whole_and_the_chain_goes_on(pair: Pair) -> None:
    node, province = pair
    province.sql("DELETE FROM wilayah WHERE kode = '53.14.10.2003'")  # a list of regions behind
    save_resource(node, panti())
    node.sql("ALTER TABLE sumber_daya DISABLE TRIGGER rantai")
    g = gudang(node, 1, "53.14.10.2004")
    node.sql("ALTER TABLE sumber_daya ENABLE TRIGGER rantai")
    recorded(node, movement(g, "TERIMA", "a", item("SELIMUT", 1)))
    province.sql("UPDATE barang SET kode = 'LAIN' WHERE kode = 'SELIMUT'")
    province.sql(
        "INSERT INTO stok (kode_kab, gudang, barang, sumber_dana, lot, kedaluwarsa, jumlah) "
        "VALUES ('53.14', %s, 'SELIMUT', 'APBN', '', '2020-01-01', 0)",
        g[6:],
    )  # one lot has one day
    receipt = deliver(node, province, KAB)
    assert [(a.verdict, [t["kode"] for t in a.temuan]) for a in receipt.answered] == [
        ("DITOLAK", ["WILAYAH_TAK_DIKENAL"]), ("DITOLAK", ["BARIS_DITOLAK"]),
    ]  # fmt: skip
    assert node.sql("SELECT putusan FROM rantai_peristiwa ORDER BY nomor") == [("DITOLAK",)] * 2
    assert province.sql("SELECT count(*) FROM bukti_stok WHERE kunci_idempoten = 'a'") == [(0,)]
    # a ledger in which a line is missing does not go on as if it were not
    province.sql("DELETE FROM stok WHERE gudang = %s", g[6:])
    recorded(node, movement(g, "TERIMA", "b", item("SELIMUT", 2)))
    assert [a.verdict for a in deliver(node, province, KAB).answered] == ["DITOLAK"]
    assert province.sql("SELECT count(*) FROM mutasi_stok WHERE gudang = %s", g[6:]) == [(0,)]


def test_rows_of_another_kabupaten_or_with_new_columns(pair: Pair) -> None:
    node, province = pair
    row = '{"kode_kab":"53.15","gudang":"01939f2e-7d1c-7a3b-9c55-000000000001","barang":"SELIMUT","sejak":"2020-01-01"}'
    node.sql(
        "SELECT hub_rantai_tulis(%s, 'stok.minimum', 'x', hub_json_kanonik(%s::jsonb), now(), 'uji')",
        KAB,
        f'{{"stok_minimum":[{row}]}}',
    )
    new = row.replace("53.15", KAB).replace("}", ',"kelak":"1"}')
    node.sql(
        "SELECT hub_rantai_tulis(%s, 'stok.minimum', 'x', hub_json_kanonik(%s::jsonb), now(), 'uji')",
        KAB,
        f'{{"stok_minimum":[{new}]}}',
    )
    receipt = receive(province, batch_of(node, kode_kab=KAB), kode_kab=KAB)
    assert [(a.verdict, a.temuan[0]["kode"]) for a in receipt.answered] == [("DITOLAK", "PERISTIWA_RUSAK")]
    assert [(p.number, p.kode) for p in receipt.problems] == [(2, "JENIS_PERISTIWA_TAK_DIKENAL")]


def counts(hub: Client) -> list[list[Any]]:
    days = ("2018-12-31", "2019-01-01", "2020-02-01", "2020-06-30", "2021-01-01", "2022-01-01", "2099-01-01")
    return [hub.sql("SELECT * FROM hub_tagana_jumlah('53', %s) ORDER BY 1, 2, 3", d) for d in days]


def test_of_tagana_counts_alone(pair: Pair) -> None:
    node, province = pair
    for hub in pair:
        hub.sql("TRUNCATE tagana, pelatihan_tagana, penugasan_tagana")
    people = [
        # day of registration, verified by the kabupaten, by the province, no longer
        ("2019-01-01", None, None, None), ("2019-01-01", "2020-02-01", None, "2021-01-01"), ("2020-02-01", "2020-01-01", "2020-06-30", None),
        ("2020-06-30", "2021-01-01", None, "2021-01-01"), ("2021-01-01", None, None, "2021-01-01"), ("2021-01-01", "2020-01-01", None, "2020-06-30"),
    ]  # fmt: skip
    for number, (since, kab, prov, until) in enumerate(people):
        node.sql(
            "INSERT INTO tagana (kode_kab, id, nama, tanggal_lahir, jenis_kelamin, kode_desa, didata, verifikasi_kabupaten, verifikasi_provinsi, "
            "sampai, keahlian, berpengetahuan, bersedia_dilatih, beriman, setia_pancasila, versi, diubah_pada, diubah_oleh) "
            "VALUES ('53.14', gen_random_uuid(), %s, '1990-01-01', %s, %s, %s, %s, %s, %s, '{}', true, true, true, true, 1, now(), 'uji')",
            f"Orang {number}", "LP"[number % 2], f"53.14.0{1 + number % 3}.2001", since, kab, prov, until,
        )  # fmt: skip
    assert b"Orang" not in batch_of(node, kode_kab=KAB)
    up(pair)
    assert province.sql("SELECT count(*) FROM tagana") == [(0,)]
    assert counts(node) == counts(province) != [[]] * 7
    node.sql("UPDATE tagana SET sampai = '2022-01-01' WHERE nama = 'Orang 0'")
    up(pair)
    assert counts(node) == counts(province)
    assert province.sql("SELECT hub_tagana_ada('53.14')") == [(True,)]
    node.sql("UPDATE tagana SET nama = 'Orang lain' WHERE nama = 'Orang 0'")
    assert events_of(batch_of(node, kode_kab=KAB)) == []  # a name is no news


def test_what_is_not_the_offices_or_diverged_is_not_taken_in_silence(pair: Pair) -> None:
    node, province = pair
    saved = save_resource(node, panti())["sumberDaya"]
    up(pair)
    province.sql("UPDATE sumber_daya SET pemilik = 'PROVINSI' WHERE id = %s", saved["id"][6:])
    save_resource(node, panti(nama="Panti Lain", id=saved["id"], versi=1))
    for hub in pair:
        hub.sql("ALTER TABLE sumber_daya DISABLE TRIGGER rantai")
        g = gudang(hub, 1)
        hub.sql("ALTER TABLE sumber_daya ENABLE TRIGGER rantai")
    recorded(province, movement(g, "TERIMA", "b", item("SELIMUT", 3)))  # both sides wrote
    recorded(node, movement(g, "TERIMA", "a", item("SELIMUT", 1)))
    receipt = deliver(node, province, KAB)
    assert [(a.verdict, a.temuan[0]["kode"]) for a in receipt.answered] == [("DITOLAK", "BARIS_DITOLAK")] * 2
    assert province.sql("SELECT nama FROM sumber_daya WHERE id = %s", saved["id"][6:]) == [("Panti Asih",)]
    assert province.sql("SELECT jumlah FROM stok WHERE gudang = %s", g[6:]) == [(3,)]
