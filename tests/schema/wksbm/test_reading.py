"""Networks (WKSBM) as they are read: profile, lists, where links lead, what can be asked of one."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Klien
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.sumber_daya.rows import JENIS, tambah
from tests.wksbm.texts import MBOKAK, SOTIMORI, bersih, id_wksbm, jejaring, nomor, sambung

DESA = [SOTIMORI, MBOKAK, "36.73.01.1002", "36.73.01.1003"]
RINCI = """id nama tujuan: hubungan { masuk tujuan { __typename ... on Wksbm { id nama desa { nama } }
  ... on SumberDaya { id nama desa { nama } } ... on Panti { dayaTampung } ... on MitraLuar { id nama } } }"""


@pytest.fixture(scope="module")
def isi_jejaring(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    """Networks 0 to 11, three in each of four desa of two kabupaten: a chain 0-1-2-3-4, and 0 linked to one social resource
    of every kind and to a partner. 11 stood in 2019 only."""
    for url in clone_of(cluster, templates["contoh"]):
        for klien in serve(url):
            bersih(klien)
            jejaring(klien, 12, [(n, n + 1) for n in range(4)], DESA)
            for n, jenis in enumerate(JENIS.values(), 1):
                tambah(klien, n, jenis)
                sambung(
                    klien,
                    "53.14",
                    nomor(0),
                    "SUMBER_DAYA",
                    "53.14",
                    f"01939f2e-7d1c-7a3b-9c55-{n:012d}",
                    jenis="rujukan",
                )
            klien.sql(
                "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, 'Mitra', 'usaha', '53', 'uji')",
                nomor(1),
            )
            sambung(klien, "53.14", nomor(0), "MITRA", "", nomor(1), jenis="bantuan")
            klien.sql("UPDATE wksbm SET sampai = '2020-01-01' WHERE id = %s", nomor(11))
            klien.sql(
                "UPDATE wksbm SET tahap = 'PEMANTAPAN', tahap_sejak = '2020-01-01' WHERE id = ANY(%s)",
                [nomor(1), nomor(2)],
            )
            yield klien


def test_where_links_lead_is_told_by_type_in_both_lanes(isi_jejaring: Klien) -> None:
    tanya = f'{{ wksbm(id: "{id_wksbm(0)}") {{ {RINCI} }} }}'
    w = isi_jejaring.tanya(tanya)["wksbm"]
    tujuan = {t["tujuan"]["__typename"]: t["tujuan"] for t in w["tujuan"]}
    assert tujuan.keys() == {"Wksbm", "MitraLuar", *JENIS}
    assert tujuan["Wksbm"] == {"__typename": "Wksbm", "id": id_wksbm(1), "nama": "J2", "desa": {"nama": "Mbokak"}}
    assert tujuan["MitraLuar"] == {"__typename": "MitraLuar", "id": f"mitra:{nomor(1)}", "nama": "Mitra"}
    assert tujuan["Panti"]["dayaTampung"] == 40
    assert "dayaTampung" not in tujuan["Lks"]
    assert {tujuan[t]["desa"]["nama"] for t in JENIS} == {"Sotimori"}
    campur = isi_jejaring.tanya(tanya.replace("{", "{ __schema { queryType { name } } ", 1))
    assert campur["wksbm"] == w


def test_a_nested_walk_over_links_and_ends(isi_jejaring: Klien) -> None:
    tanya = f"""{{ wksbm(id: "{id_wksbm(1)}") {{ hubungan {{ tujuan {{ ... on Wksbm {{ nama hubungan {{ masuk tujuan {{
      ... on Wksbm {{ nama }} ... on MitraLuar {{ nama jenis }} }} }} }} }} }} }} }}"""
    hasil = {h["tujuan"]["nama"]: h["tujuan"]["hubungan"] for h in isi_jejaring.tanya(tanya)["wksbm"]["hubungan"]}
    assert hasil.keys() == {"J1", "J3"}
    assert {"masuk": False, "tujuan": {"nama": "Mitra", "jenis": "usaha"}} in hasil["J1"]
    assert {(h["masuk"], h["tujuan"]["nama"]) for h in hasil["J3"]} == {(True, "J2"), (False, "J4")}


@pytest.mark.parametrize(
    ("saring", "harus"),
    [
        ({}, 12), ({"di": "53.14"}, 6), ({"di": "53"}, 6), ({"di": "5314012014"}, 3), ({"di": "53.14.10"}, 3),
        ({"tahap": ["PEMANTAPAN"]}, 2), ({"tahap": ["PEMANTAPAN"], "di": "36"}, 1), ({"tahap": []}, 0),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_paged(isi_jejaring: Klien, saring: dict[str, Any], harus: int) -> None:
    query = """query ($s: SaringWksbm, $a: String) { daftarWksbm(saring: $s, first: 4, after: $a) { totalCount
      pageInfo { hasNextPage endCursor } edges { node { id desa { kode } } } } }"""
    semua: list[Any] = []
    sesudah = None
    while True:
        hal = isi_jejaring.tanya(query, {"s": saring, "a": sesudah})["daftarWksbm"]
        assert hal["totalCount"] == harus
        semua += [(e["node"]["desa"]["kode"], e["node"]["id"]) for e in hal["edges"]]
        if not hal["pageInfo"]["hasNextPage"]:
            break
        sesudah = hal["pageInfo"]["endCursor"]
    assert semua == sorted(semua)
    assert len(set(semua)) == harus


def test_what_stands_on_a_day(isi_jejaring: Klien) -> None:
    query = """query ($p: Date) { daftarWksbm(pada: $p) { totalCount } }"""
    banyak = {
        p: isi_jejaring.tanya(query, {"p": p})["daftarWksbm"]["totalCount"]
        for p in (None, "2019-12-31", "2020-01-01", "2018-12-31")
    }
    assert banyak == {None: 12, "2019-12-31": 12, "2020-01-01": 11, "2018-12-31": 0}
    desa = 'query ($p: Date) { desa(kode: "36.73.01.1003", pada: $p) { wksbm { nama aktif } } }'
    assert len(isi_jejaring.tanya(desa, {"p": "2020-01-01"})["desa"]["wksbm"]) == 2
    assert isi_jejaring.tanya(desa)["desa"]["wksbm"] == [{"nama": "J4", "aktif": True}, {"nama": "J8", "aktif": True}]


def test_entities_keep_their_order_and_each_mistake_its_place(isi_jejaring: Klien) -> None:
    wakil = [{"__typename": "Wksbm", "id": i} for i in (id_wksbm(1), id_wksbm(77), id_wksbm(2, "36.73"), id_wksbm(2))]
    query = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Wksbm { nama tahap desa { nama } } } }"
    j2 = {"__typename": "Wksbm", "nama": "J2", "tahap": "PEMANTAPAN", "desa": {"nama": "Mbokak"}}
    j3 = {"__typename": "Wksbm", "nama": "J3", "tahap": "PEMANTAPAN", "desa": {"nama": "Cipare"}}
    assert isi_jejaring.tanya(query, {"r": wakil})["_entities"] == [j2, None, j3, None]
    campur = [wakil[0], {"__typename": "Wksbm", "id": "x"}, {"__typename": "Desa", "kode": SOTIMORI}]
    jawab = isi_jejaring.kirim(query, {"r": campur}).json()
    assert jawab["data"]["_entities"] == [j2, None, {"__typename": "Desa"}]
    assert [g["path"] for g in jawab["errors"]] == [["_entities", 1]]


def test_how_far_links_reach(isi_jejaring: Klien) -> None:
    query = "query ($id: ID!, $n: Int) { wksbm(id: $id) { jangkauan(langkah: $n) { nama } } }"

    def jangkauan(n: int, langkah: int | None) -> list[str]:
        w = isi_jejaring.tanya(query, {"id": id_wksbm(n, DESA[n % 4][:5]), "n": langkah})["wksbm"]
        return [x["nama"] for x in w["jangkauan"]]

    assert jangkauan(0, 0) == []
    assert jangkauan(0, 1) == ["J2"]
    assert jangkauan(0, None) == ["J2", "J3"]
    assert jangkauan(0, 10) == ["J2", "J3", "J4", "J5"]  # the nearest first
    assert jangkauan(2, 1) == ["J4", "J2"]  # along links of others too; equally near: by desa
    assert jangkauan(11, 3) == []
    for n, salah in ((-1, "MASUKAN_TIDAK_SAH"), (11, "BATAS_TERLAMPAUI")):
        (galat,) = isi_jejaring.galat(query, {"id": id_wksbm(0), "n": n})
        assert galat["extensions"]["kode"] == salah


def test_activities_between_days_with_their_programme(isi_jejaring: Klien) -> None:
    for tanggal, kode, uraian in (
        ("2019-02-01", "5a.1", ""),
        ("2019-05-01", "7.4", "Laporan tengah tahun"),
        ("2020-01-01", "9.9", ""),
    ):
        isi_jejaring.sql("INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) VALUES ('53.14', %s, %s, %s, %s)",
                         nomor(0), tanggal, kode, uraian)  # fmt: skip
    tanya = f'{{ wksbm(id: "{id_wksbm(0)}") {{ kegiatan(sejak: "2019-05-01", sampai: "2020-01-01") {{ tanggal program uraian kegiatan kode }} }} }}'
    assert isi_jejaring.tanya(tanya)["wksbm"]["kegiatan"] == [
        {"tanggal": "2019-05-01", "program": "Pengendalian program", "uraian": "Laporan tengah tahun", "kegiatan": "Laporan", "kode": "7.4"},
        {"tanggal": "2020-01-01", "program": "9", "uraian": "9.9", "kegiatan": "9.9", "kode": "9.9"},
    ]  # fmt: skip


def test_an_id_that_is_none_is_refused_and_one_unknown_is_null(isi_jejaring: Klien) -> None:
    assert isi_jejaring.tanya(f'{{ wksbm(id: "{id_wksbm(500)}") {{ nama }} }}') == {"wksbm": None}
    assert isi_jejaring.galat('{ wksbm(id: "53.14") { nama } }')[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
