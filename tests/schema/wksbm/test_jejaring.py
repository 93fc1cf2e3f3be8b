"""Questions about the graph of networks (WKSBM) as a whole, beside networkx over the same links, and in a fixed number of
statements whatever the size."""

import random
import time
from collections.abc import Iterator
from typing import Any

import networkx
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Klien
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.schema.statements_sent import bacaan
from tests.sumber_daya.rows import tambah
from tests.wksbm.texts import SOTIMORI, bersih, hubungkan, id_wksbm, isi, jejaring, nomor, sambung, simpan

DESA = ["36.73.01.1002", "36.73.01.1003", "53.14.01.2014", "53.14.03.1001", SOTIMORI, "53.14.10.2002"]
BANYAK = 60
RINGKAS = """simpul hubungan hubunganKeluar hubunganSumber komponen kepadatan jumlahTitikRapuh perTahap { tahap jumlah }
  terpencil { id } tanpaApa: terpencil(tanpaSumber: true) { id } titikRapuh { pecahan wksbm { id } } kelompok(batas: 500) { ukuran wksbm { id } }"""
JEJARING = f"query ($w: KodeWilayah!, $p: Date) {{ jejaring(wilayah: $w, pada: $p) {{ {RINGKAS} }} }}"


def _garis() -> list[tuple[int, int]]:
    """A crowd, a chain hanging on it, a pair, and some that are linked to nobody."""
    acak = random.Random(5)
    ramai = [tuple(acak.sample(range(30), 2)) for _ in range(70)]
    return [*dict.fromkeys((a, b) for a, b in ramai), (29, 30), *((n, n + 1) for n in range(30, 40)), (45, 46)]


@pytest.fixture(scope="module")
def luas(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    for url in clone_of(cluster, templates["contoh"]):
        for klien in serve(url):
            bersih(klien)
            jejaring(klien, BANYAK, _garis(), DESA)
            panti = tambah(klien, 1, "PANTI")[6:]
            for n in (1, 2, 50):
                sambung(klien, DESA[n % 6][:5], nomor(n), "SUMBER_DAYA", "53.14", panti)
            klien.tanya('{ formulir(kode: "F01") { kode } }')
            yield klien


def _id(n: int) -> str:
    return id_wksbm(n, DESA[n % 6][:5])


@pytest.mark.parametrize("wilayah", ["53.14", "53", "36.73", "53.14.10", SOTIMORI, "11"])
def test_the_shape_of_a_region_is_what_networkx_finds(luas: Klien, wilayah: str) -> None:
    semua: Any = networkx.Graph()
    semua.add_nodes_from(range(BANYAK))
    semua.add_edges_from(_garis())
    di = [n for n in range(BANYAK) if DESA[n % 6].startswith(wilayah)]
    g = semua.subgraph(di)
    j = luas.tanya(JEJARING, {"w": wilayah})["jejaring"]
    assert (j["simpul"], j["hubungan"]) == (len(di), g.number_of_edges())
    assert j["hubunganKeluar"] == sum(1 for a, b in semua.edges if (a in g) != (b in g))
    assert j["hubunganSumber"] == len({1, 2, 50} & set(di))
    assert j["kepadatan"] == pytest.approx(networkx.density(g))
    kelompok = sorted((sorted(map(_id, k)) for k in networkx.connected_components(g)), key=lambda k: (-len(k), k))
    assert j["komponen"] == len(kelompok)
    assert sorted((sorted(w["id"] for w in k["wksbm"]) for k in j["kelompok"]), key=lambda k: (-len(k), k)) == kelompok
    assert [k["ukuran"] for k in j["kelompok"]] == [len(k) for k in kelompok]
    terpencil = {_id(n) for n in di if semua.degree(n) == 0}
    assert {w["id"] for w in j["terpencil"]} == terpencil
    assert {w["id"] for w in j["tanpaApa"]} == terpencil - {_id(50)}
    pecahan = {
        _id(n): networkx.number_connected_components(g.subgraph(set(di) - {n})) - len(kelompok) + 1
        for n in networkx.articulation_points(g)
    }
    assert {t["wksbm"]["id"]: t["pecahan"] for t in j["titikRapuh"]} == pecahan
    assert j["jumlahTitikRapuh"] == len(pecahan)
    assert j["perTahap"] == [
        {"tahap": "PENUMBUHAN", "jumlah": len(di)}, {"tahap": "PEMANTAPAN", "jumlah": 0}, {"tahap": "PENGEMBANGAN", "jumlah": 0},
    ]  # fmt: skip


def test_reach_is_what_networkx_finds(luas: Klien) -> None:
    semua: Any = networkx.Graph(_garis())
    query = "query ($id: ID!, $n: Int!) { wksbm(id: $id) { jangkauan(langkah: $n) { id } } }"
    for mulai in (0, 29, 35, 40, 45):
        for langkah in (1, 2, 3, 10):
            jarak = networkx.single_source_shortest_path_length(semua, mulai, cutoff=langkah)
            hasil = [w["id"] for w in luas.tanya(query, {"id": _id(mulai), "n": langkah})["wksbm"]["jangkauan"]]
            assert set(hasil) == {_id(n) for n in jarak if n != mulai}
            nomor_jarak = {_id(n): j for n, j in jarak.items()}
            assert [nomor_jarak[i] for i in hasil] == sorted(nomor_jarak[i] for i in hasil)


def test_before_there_were_links_everybody_was_alone(luas: Klien) -> None:
    j = luas.tanya(JEJARING, {"w": "53.14", "p": "2019-05-31"})["jejaring"]
    assert (j["simpul"], j["hubungan"], j["komponen"], len(j["terpencil"])) == (40, 0, 40, 40)
    assert luas.tanya(JEJARING, {"w": "53.14", "p": "2018-12-31"})["jejaring"]["simpul"] == 0
    assert luas.galat(JEJARING, {"w": "salah"})[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


@pytest.mark.parametrize(
    ("teks", "banyak"),
    [
        ('{ jejaring(wilayah: "53.14") { simpul hubungan komponen kepadatan jumlahTitikRapuh perTahap { jumlah } } }', 0),
        ('{ jejaring(wilayah: "53.14") { terpencil { nama desa { nama } } titikRapuh { wksbm { nama hubungan { jenis } } } kelompok { wksbm { nama } } } }', 3),
        (f'{{ wksbm(id: "{id_wksbm(2)}") {{ nama anggota {{ nama }} hubungan {{ garis tujuan {{ __typename ... on Wksbm {{ nama }} ... on SumberDaya {{ nama }} }} }} jangkauan(langkah: 10) {{ nama desa {{ nama }} }} kegiatanKurang {{ kode }} }} }}', 1),
        ('{ daftarWksbm { totalCount edges { node { nama derajat jangkauan { nama } } } } }', 1),
        ('{ calonHubungan(wilayah: "53.14") { totalCount edges { node { alasan jarakKm asal { nama } tujuan { nama } } } } }', 1),
        ('{ hubunganJejaring(wilayah: "53.14") { totalCount edges { node { garis asal { nama } tujuan { __typename } } } } }', 1),
        ('{ daftarMitraLuar(takTerhubung: true) { totalCount edges { node { nama } } } }', 1),
        ('{ sumberDayaTakTerhubung(wilayah: "53") { totalCount edges { node { nama } } } }', 1),
        ('{ wksbmPerTahap(wilayah: "53", periode: ["2019", "2020-TW1", "2020-TW2"]) { periode jumlah } }', 1),
        ('{ desa(kode: "53.14.10.2003") { wksbm { nama } } }', 1),
    ],
)  # fmt: skip
def test_every_question_is_a_fixed_number_of_statements(
    luas: Klien, dikirim: list[str], teks: str, banyak: int
) -> None:
    luas.tanya(JEJARING, {"w": "53.14"})  # the graph is in memory
    dikirim.clear()
    luas.tanya(teks)
    assert len(bacaan(dikirim)) == banyak


def test_a_change_is_seen_by_the_writer_at_once_and_by_others_soon(luas: Klien, dikirim: list[str]) -> None:
    tanya = '{ jejaring(wilayah: "53.14") { hubungan terpencil { id } } }'
    sebelum = luas.tanya(tanya)["jejaring"]
    a, b = (w["id"] for w in sebelum["terpencil"][:2])
    assert hubungkan(luas, a, b)["__typename"] == "WksbmTersimpan"
    dikirim.clear()
    sesudah = luas.tanya(tanya)["jejaring"]
    assert sesudah["hubungan"] == sebelum["hubungan"] + 1
    assert {w["id"] for w in sebelum["terpencil"]} - {w["id"] for w in sesudah["terpencil"]} == {a, b}
    assert len(bacaan(dikirim)) == 2  # the graph anew, and the list
    # another process: the database tells of it
    luas.sql("UPDATE hubungan_wksbm SET sampai = '2020-01-01' WHERE asal = %s AND tujuan = %s", a[6:], b[6:])
    batas = time.monotonic() + 10
    while luas.tanya(tanya)["jejaring"] != sebelum and time.monotonic() < batas:
        time.sleep(0.05)
    assert luas.tanya(tanya)["jejaring"] == sebelum
    # what has nothing to do with networks leaves the graph where it is
    luas.sql("UPDATE formulir SET nama = nama WHERE kode = 'F01'")
    time.sleep(0.3)
    dikirim.clear()
    luas.tanya('{ jejaring(wilayah: "53.14") { hubungan } }')
    assert bacaan(dikirim) == []


def test_an_unlinked_answer_bears_a_new_tag_after_a_change(luas: Klien) -> None:
    query = {"query": "{ daftarMitraLuar { edges { node { nama } } } }"}
    pertama = luas.get("/graphql", params=query)
    ulang = luas.get("/graphql", params=query, headers={"If-None-Match": pertama.headers["etag"]})
    assert ulang.status_code == 304
    hubungkan(luas, _id(2), mitra={"nama": "Mitra Tag", "jenis": "usaha"})
    baru = luas.get("/graphql", params=query, headers={"If-None-Match": pertama.headers["etag"]})
    assert baru.status_code == 200
    assert "Mitra Tag" in baru.text


# ---------- pairs, lines, ends without a link, phases over time ----------


@pytest.fixture
def sendiri(hub: Klien) -> Klien:
    return bersih(hub)


def test_candidates_are_near_and_not_linked(sendiri: Klien) -> None:
    tetangga = sendiri.sql(
        "SELECT kode, tetangga FROM tetangga_desa WHERE kode LIKE '53.14.10.%%' AND left(tetangga, 8) <> left(kode, 8) ORDER BY 1, 2 LIMIT 1"
    )
    ((satu, dua),) = tetangga
    (jauh,) = sendiri.sql(
        "SELECT kode FROM batas WHERE kode LIKE '53.14.10.%%' AND tingkat = 4 AND sampai IS NULL AND kode <> %s AND NOT EXISTS ("
        "SELECT 1 FROM tetangga_desa t WHERE t.kode = batas.kode AND t.tetangga IN (%s, %s)) ORDER BY kode LIMIT 1", satu, satu, dua
    )  # fmt: skip
    # in Serang no boundary is loaded
    tempat = [satu, satu, dua, jauh[0], "36.73.01.1002", "36.73.01.1003"]
    jejaring(sendiri, 6, [], tempat)
    query = """query ($w: KodeWilayah!, $n: Int, $a: String) { calonHubungan(wilayah: $w, first: $n, after: $a) { totalCount
      pageInfo { hasNextPage endCursor } edges { node { alasan jarakKm asal { nama } tujuan { nama } } } } }"""

    def calon(wilayah: str) -> dict[tuple[str, ...], str]:
        isi = sendiri.tanya(query, {"w": wilayah})["calonHubungan"]
        hasil = {
            tuple(sorted((e["node"]["asal"]["nama"], e["node"]["tujuan"]["nama"]))): e["node"] for e in isi["edges"]
        }
        assert isi["totalCount"] == len(isi["edges"]) == len(hasil)
        assert all(n["jarakKm"] is not None for n in hasil.values()) or wilayah.startswith("36")
        return {k: n["alasan"] for k, n in hasil.items()}

    berbatasan = {("J1", "J3"): "DESA_BERBATASAN", ("J2", "J3"): "DESA_BERBATASAN"}
    assert calon("53.14") == {("J1", "J2"): "SATU_DESA", **berbatasan}
    assert calon(dua[:8]) == berbatasan  # one end in the region is enough
    assert calon("36.73") == {("J5", "J6"): "SATU_KECAMATAN"}
    hal = sendiri.tanya(query, {"w": "53.14", "n": 2})["calonHubungan"]
    lanjut = sendiri.tanya(query, {"w": "53.14", "n": 2, "a": hal["pageInfo"]["endCursor"]})["calonHubungan"]
    assert [len(h["edges"]) for h in (hal, lanjut)] == [2, 1]
    sambung(sendiri, "53.14", nomor(0), "WKSBM", "53.14", nomor(1))
    sambung(sendiri, "53.14", nomor(2), "WKSBM", "53.14", nomor(1), sampai="2020-01-01")
    assert calon("53.14") == berbatasan
    simpan(sendiri, isi("J3", id=id_wksbm(2), versi=1, desa=dua, sampai="2021-01-01"))
    assert calon("53.14") == {}


def test_lines_go_from_point_to_point_or_from_the_desas_label(sendiri: Klien) -> None:
    jejaring(sendiri, 4, [(0, 1), (1, 2), (2, 3)], [SOTIMORI, "53.14.01.2014", "36.73.01.1002"])
    sendiri.sql("UPDATE wksbm SET titik = ST_SetSRID(ST_MakePoint(123.5, -10.4), 4326) WHERE id = %s", nomor(0))
    sambung(
        sendiri,
        "53.14",
        nomor(0),
        "SUMBER_DAYA",
        "53.14",
        tambah(sendiri, 1, "LKS", titik="SRID=4326;POINT(123.4 -10.5)")[6:],
    )
    sambung(sendiri, "53.14", nomor(0), "MITRA", "", nomor(9))
    sendiri.sql(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, 'M', 'usaha', '', 'uji')", nomor(9)
    )
    ((x, y),) = sendiri.sql(
        "SELECT round(ST_X(titik)::numeric, 6)::float, round(ST_Y(titik)::numeric, 6)::float FROM batas WHERE kode = '53.14.01.2014' AND sampai IS NULL"
    )
    query = """query ($w: KodeWilayah!, $p: Date) { hubunganJejaring(wilayah: $w, pada: $p, first: 2000) {
      totalCount edges { node { garis asal { nama } tujuan { __typename ... on Wksbm { nama } } } } } }"""
    isi_ = sendiri.tanya(query, {"w": "53.14"})["hubunganJejaring"]
    garis = {
        (e["node"]["asal"]["nama"], e["node"]["tujuan"].get("nama", e["node"]["tujuan"]["__typename"])): e["node"][
            "garis"
        ]
        for e in isi_["edges"]
    }
    titik, label = [123.5, -10.4], [x, y]
    assert garis == {
        ("J1", "J2"): {"type": "LineString", "coordinates": [titik, label]},
        ("J1", "Lks"): {"type": "LineString", "coordinates": [titik, [123.4, -10.5]]},
        ("J1", "MitraLuar"): None,
        ("J2", "J3"): None,  # no boundary is loaded there
        ("J3", "J4"): None,
    }
    assert sendiri.tanya(query, {"w": "36.73"})["hubunganJejaring"]["totalCount"] == 2
    assert sendiri.tanya(query, {"w": "53.14", "p": "2019-05-31"})["hubunganJejaring"]["totalCount"] == 0


def test_ends_that_nobody_is_linked_to(sendiri: Klien) -> None:
    jejaring(sendiri, 1, [])
    satu, dua, tiga = (tambah(sendiri, n, j) for n, j in ((1, "LK3"), (2, "LKS"), (3, "LKS")))
    tambah(sendiri, 4, "LKS", sampai="2020-01-01")
    sambung(sendiri, "53.14", nomor(0), "SUMBER_DAYA", "53.14", satu[6:])
    sambung(sendiri, "53.14", nomor(0), "SUMBER_DAYA", "53.14", dua[6:], sampai="2020-01-01")
    query = """query ($w: KodeWilayah!, $j: [JenisSumberDaya!]) { sumberDayaTakTerhubung(wilayah: $w, jenis: $j) {
      totalCount edges { node { id nama } } } }"""

    def tanpa(wilayah: str, *jenis: str) -> list[str]:
        isi_ = sendiri.tanya(query, {"w": wilayah, "j": list(jenis) or None})["sumberDayaTakTerhubung"]
        assert isi_["totalCount"] >= len(isi_["edges"])
        return [e["node"]["id"] for e in isi_["edges"]]

    assert tanpa("53", "LKS", "LK3") == [dua, tiga]
    assert tanpa("53", "LK3") == tanpa("53.14.01.2008", "LKS") == []
    assert {dua, tiga} <= {*tanpa("53.14.10")}
    for nama, sampai in (("Mitra A", None), ("Mitra B", "2020-01-01")):
        hubungkan(
            sendiri, id_wksbm(0), mitra={"nama": nama, "jenis": "usaha"}, **({"sampai": sampai} if sampai else {})
        )
    mitra = "query ($t: Boolean) { daftarMitraLuar(takTerhubung: $t) { edges { node { nama jumlahHubungan } } } }"
    terlihat = {
        ya: [tuple(e["node"].values()) for e in sendiri.tanya(mitra, {"t": ya})["daftarMitraLuar"]["edges"]]
        for ya in (True, False)
    }
    assert terlihat == {True: [("Mitra B", 0)], False: [("Mitra A", 1), ("Mitra B", 0)]}


def test_phases_over_time(sendiri: Klien) -> None:
    jejaring(sendiri, 3, [])
    for tahap, sejak, ids in (
        ("PEMANTAPAN", "2019-07-01", [0, 1]), ("PENGEMBANGAN", "2020-02-01", [0]), ("PENUMBUHAN", "2020-05-01", [1]),
    ):  # fmt: skip
        sendiri.sql(
            "UPDATE wksbm SET tahap = %s, tahap_sejak = %s WHERE id = ANY(%s)", tahap, sejak, [nomor(n) for n in ids]
        )
    sendiri.sql("UPDATE wksbm SET sampai = '2020-07-01' WHERE id = %s", nomor(2))
    query = """query ($p: [Periode!]!) { wksbmPerTahap(wilayah: "53", periode: $p) { periode penumbuhan pemantapan pengembangan jumlah } }"""
    periode = ["2018", "2019-S1", "2019-TW3", "2020-TW1", "2020-TW2", "2020-TW3"]
    hasil = sendiri.tanya(query, {"p": periode})["wksbmPerTahap"]
    assert [tuple(b.values()) for b in hasil] == [
        ("2018", 0, 0, 0, 0), ("2019-S1", 3, 0, 0, 3), ("2019-TW3", 1, 2, 0, 3), ("2020-TW1", 1, 1, 1, 3),
        ("2020-TW2", 2, 0, 1, 3), ("2020-TW3", 1, 0, 1, 2),
    ]  # fmt: skip
    pada = sendiri.tanya('{ jejaring(wilayah: "53", pada: "2019-08-01") { perTahap { jumlah } } }')["jejaring"][
        "perTahap"
    ]
    assert [p["jumlah"] for p in pada] == [1, 2, 0]
