"""Questions about the graph of networks (WKSBM) as a whole, beside networkx over the same links, and in a fixed number of
statements whatever the size."""

import random
import time
from collections.abc import Iterator
from typing import Any

import networkx
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.schema.statements_sent import reads
from tests.sumber_daya.rows import add
from tests.wksbm.texts import SOTIMORI, connect, emptied, id_wksbm, jejaring, link, save, uuid_of, wksbm_input

DESA = ["36.73.01.1002", "36.73.01.1003", "53.14.01.2014", "53.14.03.1001", SOTIMORI, "53.14.10.2002"]
SIZE = 60
SUMMARY = """simpul hubungan hubunganKeluar hubunganSumber komponen kepadatan jumlahTitikRapuh perTahap { tahap jumlah }
  terpencil { id } tanpaApa: terpencil(tanpaSumber: true) { id } titikRapuh { pecahan wksbm { id } } kelompok(batas: 500) { ukuran wksbm { id } }"""
JEJARING = f"query ($w: KodeWilayah!, $p: Date) {{ jejaring(wilayah: $w, pada: $p) {{ {SUMMARY} }} }}"


def _links() -> list[tuple[int, int]]:
    """A crowd, a chain hanging on it, a pair, and some that are linked to nobody."""
    chance = random.Random(5)
    crowd = [tuple(chance.sample(range(30), 2)) for _ in range(70)]
    return [*dict.fromkeys((a, b) for a, b in crowd), (29, 30), *((n, n + 1) for n in range(30, 40)), (45, 46)]


@pytest.fixture(scope="module")
def wide(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            emptied(client)
            jejaring(client, SIZE, _links(), DESA)
            panti = add(client, 1, "PANTI")[6:]
            for n in (1, 2, 50):
                connect(client, DESA[n % 6][:5], uuid_of(n), "SUMBER_DAYA", "53.14", panti)
            client.ask('{ formulir(kode: "F01") { kode } }')
            yield client


def _id(n: int) -> str:
    return id_wksbm(n, DESA[n % 6][:5])


@pytest.mark.parametrize("wilayah", ["53.14", "53", "36.73", "53.14.10", SOTIMORI, "11"])
def test_the_shape_of_a_region_is_what_networkx_finds(wide: Client, wilayah: str) -> None:
    whole: Any = networkx.Graph()
    whole.add_nodes_from(range(SIZE))
    whole.add_edges_from(_links())
    inside = [n for n in range(SIZE) if DESA[n % 6].startswith(wilayah)]
    g = whole.subgraph(inside)
    j = wide.ask(JEJARING, {"w": wilayah})["jejaring"]
    assert (j["simpul"], j["hubungan"]) == (len(inside), g.number_of_edges())
    assert j["hubunganKeluar"] == sum(1 for a, b in whole.edges if (a in g) != (b in g))
    assert j["hubunganSumber"] == len({1, 2, 50} & set(inside))
    assert j["kepadatan"] == pytest.approx(networkx.density(g))
    groups = sorted((sorted(map(_id, k)) for k in networkx.connected_components(g)), key=lambda k: (-len(k), k))
    assert j["komponen"] == len(groups)
    assert sorted((sorted(w["id"] for w in k["wksbm"]) for k in j["kelompok"]), key=lambda k: (-len(k), k)) == groups
    assert [k["ukuran"] for k in j["kelompok"]] == [len(k) for k in groups]
    isolated = {_id(n) for n in inside if whole.degree(n) == 0}
    assert {w["id"] for w in j["terpencil"]} == isolated
    assert {w["id"] for w in j["tanpaApa"]} == isolated - {_id(50)}
    pieces = {
        _id(n): networkx.number_connected_components(g.subgraph(set(inside) - {n})) - len(groups) + 1
        for n in networkx.articulation_points(g)
    }
    assert {t["wksbm"]["id"]: t["pecahan"] for t in j["titikRapuh"]} == pieces
    assert j["jumlahTitikRapuh"] == len(pieces)
    assert j["perTahap"] == [
        {"tahap": "PENUMBUHAN", "jumlah": len(inside)}, {"tahap": "PEMANTAPAN", "jumlah": 0}, {"tahap": "PENGEMBANGAN", "jumlah": 0},
    ]  # fmt: skip


def test_reach_is_what_networkx_finds(wide: Client) -> None:
    whole: Any = networkx.Graph(_links())
    query = "query ($id: ID!, $n: Int!) { wksbm(id: $id) { jangkauan(langkah: $n) { id } } }"
    for start in (0, 29, 35, 40, 45):
        for steps in (1, 2, 3, 10):
            distances = networkx.single_source_shortest_path_length(whole, start, cutoff=steps)
            found = [w["id"] for w in wide.ask(query, {"id": _id(start), "n": steps})["wksbm"]["jangkauan"]]
            assert set(found) == {_id(n) for n in distances if n != start}
            distance_of = {_id(n): j for n, j in distances.items()}
            assert [distance_of[i] for i in found] == sorted(distance_of[i] for i in found)


def test_before_there_were_links_everybody_was_alone(wide: Client) -> None:
    j = wide.ask(JEJARING, {"w": "53.14", "p": "2019-05-31"})["jejaring"]
    assert (j["simpul"], j["hubungan"], j["komponen"], len(j["terpencil"])) == (40, 0, 40, 40)
    assert wide.ask(JEJARING, {"w": "53.14", "p": "2018-12-31"})["jejaring"]["simpul"] == 0
    assert wide.errors(JEJARING, {"w": "salah"})[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


@pytest.mark.parametrize(
    ("document", "count"),
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
    wide: Client, sent_statements: list[str], document: str, count: int
) -> None:
    wide.ask(JEJARING, {"w": "53.14"})  # the graph is in memory
    sent_statements.clear()
    wide.ask(document)
    assert len(reads(sent_statements)) == count


def test_a_change_is_seen_by_the_writer_at_once_and_by_others_soon(wide: Client, sent_statements: list[str]) -> None:
    question = '{ jejaring(wilayah: "53.14") { hubungan terpencil { id } } }'
    before = wide.ask(question)["jejaring"]
    a, b = (w["id"] for w in before["terpencil"][:2])
    assert link(wide, a, b)["__typename"] == "WksbmTersimpan"
    sent_statements.clear()
    after = wide.ask(question)["jejaring"]
    assert after["hubungan"] == before["hubungan"] + 1
    assert {w["id"] for w in before["terpencil"]} - {w["id"] for w in after["terpencil"]} == {a, b}
    assert len(reads(sent_statements)) == 2  # the graph anew, and the list
    # another process: the database tells of it
    wide.sql("UPDATE hubungan_wksbm SET sampai = '2020-01-01' WHERE asal = %s AND tujuan = %s", a[6:], b[6:])
    deadline = time.monotonic() + 10
    while wide.ask(question)["jejaring"] != before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert wide.ask(question)["jejaring"] == before
    # what has nothing to do with networks leaves the graph where it is
    wide.sql("UPDATE formulir SET nama = nama WHERE kode = 'F01'")
    time.sleep(0.3)
    sent_statements.clear()
    wide.ask('{ jejaring(wilayah: "53.14") { hubungan } }')
    assert reads(sent_statements) == []


def test_an_unlinked_answer_bears_a_new_tag_after_a_change(wide: Client) -> None:
    query = {"query": "{ daftarMitraLuar { edges { node { nama } } } }"}
    first = wide.get("/graphql", params=query)
    again = wide.get("/graphql", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    link(wide, _id(2), mitra={"nama": "Mitra Tag", "jenis": "usaha"})
    new = wide.get("/graphql", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert new.status_code == 200
    assert "Mitra Tag" in new.text


# ---------- pairs, lines, ends without a link, phases over time ----------


@pytest.fixture
def own(hub: Client) -> Client:
    return emptied(hub)


def test_candidates_are_near_and_not_linked(own: Client) -> None:
    neighbours = own.sql(
        "SELECT kode, tetangga FROM tetangga_desa WHERE kode LIKE '53.14.10.%%' AND left(tetangga, 8) <> left(kode, 8) ORDER BY 1, 2 LIMIT 1"
    )
    ((one, other),) = neighbours
    (far,) = own.sql(
        "SELECT kode FROM batas WHERE kode LIKE '53.14.10.%%' AND tingkat = 4 AND sampai IS NULL AND kode <> %s AND NOT EXISTS ("
        "SELECT 1 FROM tetangga_desa t WHERE t.kode = batas.kode AND t.tetangga IN (%s, %s)) ORDER BY kode LIMIT 1", one, one, other
    )  # fmt: skip
    # in Serang no boundary is loaded
    places = [one, one, other, far[0], "36.73.01.1002", "36.73.01.1003"]
    jejaring(own, 6, [], places)
    query = """query ($w: KodeWilayah!, $n: Int, $a: String) { calonHubungan(wilayah: $w, first: $n, after: $a) { totalCount
      pageInfo { hasNextPage endCursor } edges { node { alasan jarakKm asal { nama } tujuan { nama } } } } }"""

    def candidates(wilayah: str) -> dict[tuple[str, ...], str]:
        answer = own.ask(query, {"w": wilayah})["calonHubungan"]
        pairs = {
            tuple(sorted((e["node"]["asal"]["nama"], e["node"]["tujuan"]["nama"]))): e["node"] for e in answer["edges"]
        }
        assert answer["totalCount"] == len(answer["edges"]) == len(pairs)
        assert all(n["jarakKm"] is not None for n in pairs.values()) or wilayah.startswith("36")
        return {k: n["alasan"] for k, n in pairs.items()}

    adjacent = {("J1", "J3"): "DESA_BERBATASAN", ("J2", "J3"): "DESA_BERBATASAN"}
    assert candidates("53.14") == {("J1", "J2"): "SATU_DESA", **adjacent}
    assert candidates(other[:8]) == adjacent  # one end in the region is enough
    assert candidates("36.73") == {("J5", "J6"): "SATU_KECAMATAN"}
    page = own.ask(query, {"w": "53.14", "n": 2})["calonHubungan"]
    next_page = own.ask(query, {"w": "53.14", "n": 2, "a": page["pageInfo"]["endCursor"]})["calonHubungan"]
    assert [len(h["edges"]) for h in (page, next_page)] == [2, 1]
    connect(own, "53.14", uuid_of(0), "WKSBM", "53.14", uuid_of(1))
    connect(own, "53.14", uuid_of(2), "WKSBM", "53.14", uuid_of(1), sampai="2020-01-01")
    assert candidates("53.14") == adjacent
    save(own, wksbm_input("J3", id=id_wksbm(2), versi=1, desa=other, sampai="2021-01-01"))
    assert candidates("53.14") == {}


def test_lines_go_from_point_to_point_or_from_the_desas_label(own: Client) -> None:
    jejaring(own, 4, [(0, 1), (1, 2), (2, 3)], [SOTIMORI, "53.14.01.2014", "36.73.01.1002"])
    own.sql("UPDATE wksbm SET titik = ST_SetSRID(ST_MakePoint(123.5, -10.4), 4326) WHERE id = %s", uuid_of(0))
    connect(
        own,
        "53.14",
        uuid_of(0),
        "SUMBER_DAYA",
        "53.14",
        add(own, 1, "LKS", titik="SRID=4326;POINT(123.4 -10.5)")[6:],
    )
    connect(own, "53.14", uuid_of(0), "MITRA", "", uuid_of(9))
    own.sql(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, 'M', 'usaha', '', 'uji')",
        uuid_of(9),
    )
    ((x, y),) = own.sql(
        "SELECT round(ST_X(titik)::numeric, 6)::float, round(ST_Y(titik)::numeric, 6)::float FROM batas WHERE kode = '53.14.01.2014' AND sampai IS NULL"
    )
    query = """query ($w: KodeWilayah!, $p: Date) { hubunganJejaring(wilayah: $w, pada: $p, first: 2000) {
      totalCount edges { node { garis asal { nama } tujuan { __typename ... on Wksbm { nama } } } } } }"""
    answer = own.ask(query, {"w": "53.14"})["hubunganJejaring"]
    lines = {
        (e["node"]["asal"]["nama"], e["node"]["tujuan"].get("nama", e["node"]["tujuan"]["__typename"])): e["node"][
            "garis"
        ]
        for e in answer["edges"]
    }
    point, label = [123.5, -10.4], [x, y]
    assert lines == {
        ("J1", "J2"): {"type": "LineString", "coordinates": [point, label]},
        ("J1", "Lks"): {"type": "LineString", "coordinates": [point, [123.4, -10.5]]},
        ("J1", "MitraLuar"): None,
        ("J2", "J3"): None,  # no boundary is loaded there
        ("J3", "J4"): None,
    }
    assert own.ask(query, {"w": "36.73"})["hubunganJejaring"]["totalCount"] == 2
    assert own.ask(query, {"w": "53.14", "p": "2019-05-31"})["hubunganJejaring"]["totalCount"] == 0


def test_ends_that_nobody_is_linked_to(own: Client) -> None:
    jejaring(own, 1, [])
    one, two, three = (add(own, n, j) for n, j in ((1, "LK3"), (2, "LKS"), (3, "LKS")))
    add(own, 4, "LKS", sampai="2020-01-01")
    connect(own, "53.14", uuid_of(0), "SUMBER_DAYA", "53.14", one[6:])
    connect(own, "53.14", uuid_of(0), "SUMBER_DAYA", "53.14", two[6:], sampai="2020-01-01")
    query = """query ($w: KodeWilayah!, $j: [JenisSumberDaya!]) { sumberDayaTakTerhubung(wilayah: $w, jenis: $j) {
      totalCount edges { node { id nama } } } }"""

    def unlinked(wilayah: str, *kinds: str) -> list[str]:
        answer = own.ask(query, {"w": wilayah, "j": list(kinds) or None})["sumberDayaTakTerhubung"]
        assert answer["totalCount"] >= len(answer["edges"])
        return [e["node"]["id"] for e in answer["edges"]]

    assert unlinked("53", "LKS", "LK3") == [two, three]
    assert unlinked("53", "LK3") == unlinked("53.14.01.2008", "LKS") == []
    assert {two, three} <= {*unlinked("53.14.10")}
    for name, until in (("Mitra A", None), ("Mitra B", "2020-01-01")):
        link(own, id_wksbm(0), mitra={"nama": name, "jenis": "usaha"}, **({"sampai": until} if until else {}))
    partners = "query ($t: Boolean) { daftarMitraLuar(takTerhubung: $t) { edges { node { nama jumlahHubungan } } } }"
    seen = {
        only_unlinked: [
            tuple(e["node"].values()) for e in own.ask(partners, {"t": only_unlinked})["daftarMitraLuar"]["edges"]
        ]
        for only_unlinked in (True, False)
    }
    assert seen == {True: [("Mitra B", 0)], False: [("Mitra A", 1), ("Mitra B", 0)]}


def test_phases_over_time(own: Client) -> None:
    jejaring(own, 3, [])
    for stage, since, ids in (
        ("PEMANTAPAN", "2019-07-01", [0, 1]), ("PENGEMBANGAN", "2020-02-01", [0]), ("PENUMBUHAN", "2020-05-01", [1]),
    ):  # fmt: skip
        own.sql(
            "UPDATE wksbm SET tahap = %s, tahap_sejak = %s WHERE id = ANY(%s)", stage, since, [uuid_of(n) for n in ids]
        )
    own.sql("UPDATE wksbm SET sampai = '2020-07-01' WHERE id = %s", uuid_of(2))
    query = """query ($p: [Periode!]!) { wksbmPerTahap(wilayah: "53", periode: $p) { periode penumbuhan pemantapan pengembangan jumlah } }"""
    periode = ["2018", "2019-S1", "2019-TW3", "2020-TW1", "2020-TW2", "2020-TW3"]
    rows = own.ask(query, {"p": periode})["wksbmPerTahap"]
    assert [tuple(b.values()) for b in rows] == [
        ("2018", 0, 0, 0, 0), ("2019-S1", 3, 0, 0, 3), ("2019-TW3", 1, 2, 0, 3), ("2020-TW1", 1, 1, 1, 3),
        ("2020-TW2", 2, 0, 1, 3), ("2020-TW3", 1, 0, 1, 2),
    ]  # fmt: skip
    then = own.ask('{ jejaring(wilayah: "53", pada: "2019-08-01") { perTahap { jumlah } } }')["jejaring"]["perTahap"]
    assert [p["jumlah"] for p in then] == [1, 2, 0]
