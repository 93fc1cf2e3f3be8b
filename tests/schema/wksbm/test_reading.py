"""Networks (WKSBM) as they are read: profile, lists, where links lead, what can be asked of one."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.sumber_daya.rows import KINDS, add
from tests.wksbm.texts import MBOKAK, SOTIMORI, connect, emptied, id_wksbm, jejaring, uuid_of

DESA = [SOTIMORI, MBOKAK, "36.73.01.1002", "36.73.01.1003"]
DETAIL = """id nama tujuan: hubungan { masuk tujuan { __typename ... on Wksbm { id nama desa { nama } }
  ... on SumberDaya { id nama desa { nama } } ... on Panti { dayaTampung } ... on MitraLuar { id nama } } }"""


@pytest.fixture(scope="module")
def filled_jejaring(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """Networks 0 to 11, three in each of four desa of two kabupaten: a chain 0-1-2-3-4, and 0 linked to one social resource
    of every kind and to a partner. 11 stood in 2019 only."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            emptied(client)
            jejaring(client, 12, [(n, n + 1) for n in range(4)], DESA)
            for n, kind in enumerate(KINDS.values(), 1):
                add(client, n, kind)
                connect(
                    client,
                    "53.14",
                    uuid_of(0),
                    "SUMBER_DAYA",
                    "53.14",
                    f"01939f2e-7d1c-7a3b-9c55-{n:012d}",
                    jenis="rujukan",
                )
            client.sql(
                "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, 'Mitra', 'usaha', '53', 'uji')",
                uuid_of(1),
            )
            connect(client, "53.14", uuid_of(0), "MITRA", "", uuid_of(1), jenis="bantuan")
            client.sql("UPDATE wksbm SET sampai = '2020-01-01' WHERE id = %s", uuid_of(11))
            client.sql(
                "UPDATE wksbm SET tahap = 'PEMANTAPAN', tahap_sejak = '2020-01-01' WHERE id = ANY(%s)",
                [uuid_of(1), uuid_of(2)],
            )
            yield client


def test_where_links_lead_is_told_by_type_in_both_lanes(filled_jejaring: Client) -> None:
    question = f'{{ wksbm(id: "{id_wksbm(0)}") {{ {DETAIL} }} }}'
    w = filled_jejaring.ask(question)["wksbm"]
    targets = {t["tujuan"]["__typename"]: t["tujuan"] for t in w["tujuan"]}
    assert targets.keys() == {"Wksbm", "MitraLuar", *KINDS}
    assert targets["Wksbm"] == {"__typename": "Wksbm", "id": id_wksbm(1), "nama": "J2", "desa": {"nama": "Mbokak"}}
    assert targets["MitraLuar"] == {"__typename": "MitraLuar", "id": f"mitra:{uuid_of(1)}", "nama": "Mitra"}
    assert targets["Panti"]["dayaTampung"] == 40
    assert "dayaTampung" not in targets["Lks"]
    assert {targets[t]["desa"]["nama"] for t in KINDS} == {"Sotimori"}
    mixed = filled_jejaring.ask(question.replace("{", "{ __schema { queryType { name } } ", 1))
    assert mixed["wksbm"] == w


def test_a_nested_walk_over_links_and_ends(filled_jejaring: Client) -> None:
    question = f"""{{ wksbm(id: "{id_wksbm(1)}") {{ hubungan {{ tujuan {{ ... on Wksbm {{ nama hubungan {{ masuk tujuan {{
      ... on Wksbm {{ nama }} ... on MitraLuar {{ nama jenis }} }} }} }} }} }} }} }}"""
    links = {h["tujuan"]["nama"]: h["tujuan"]["hubungan"] for h in filled_jejaring.ask(question)["wksbm"]["hubungan"]}
    assert links.keys() == {"J1", "J3"}
    assert {"masuk": False, "tujuan": {"nama": "Mitra", "jenis": "usaha"}} in links["J1"]
    assert {(h["masuk"], h["tujuan"]["nama"]) for h in links["J3"]} == {(True, "J2"), (False, "J4")}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 12), ({"di": "53.14"}, 6), ({"di": "53"}, 6), ({"di": "5314012014"}, 3), ({"di": "53.14.10"}, 3),
        ({"tahap": ["PEMANTAPAN"]}, 2), ({"tahap": ["PEMANTAPAN"], "di": "36"}, 1), ({"tahap": []}, 0), ({"nama": "j 1"}, 4),
        ({"nama": "J1", "di": "53"}, 2),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_paged(filled_jejaring: Client, filters: dict[str, Any], expected: int) -> None:
    query = """query ($s: SaringWksbm, $a: String) { daftarWksbm(saring: $s, first: 4, after: $a) { totalCount
      pageInfo { hasNextPage endCursor } edges { node { id desa { kode } } } } }"""
    found: list[Any] = []
    after = None
    while True:
        page = filled_jejaring.ask(query, {"s": filters, "a": after})["daftarWksbm"]
        assert page["totalCount"] == expected
        found += [(e["node"]["desa"]["kode"], e["node"]["id"]) for e in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == sorted(found)
    assert len(set(found)) == expected


def test_what_stands_on_a_day(filled_jejaring: Client) -> None:
    query = """query ($p: Date) { daftarWksbm(pada: $p) { totalCount } }"""
    counts = {
        p: filled_jejaring.ask(query, {"p": p})["daftarWksbm"]["totalCount"]
        for p in (None, "2019-12-31", "2020-01-01", "2018-12-31")
    }
    assert counts == {None: 12, "2019-12-31": 12, "2020-01-01": 11, "2018-12-31": 0}
    desa = 'query ($p: Date) { desa(kode: "36.73.01.1003", pada: $p) { wksbm { nama aktif } } }'
    assert len(filled_jejaring.ask(desa, {"p": "2020-01-01"})["desa"]["wksbm"]) == 2
    assert filled_jejaring.ask(desa)["desa"]["wksbm"] == [{"nama": "J4", "aktif": True}, {"nama": "J8", "aktif": True}]


def test_entities_keep_their_order_and_each_mistake_its_place(filled_jejaring: Client) -> None:
    representations = [
        {"__typename": "Wksbm", "id": i} for i in (id_wksbm(1), id_wksbm(77), id_wksbm(2, "36.73"), id_wksbm(2))
    ]
    query = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Wksbm { nama tahap desa { nama } } } }"
    j2 = {"__typename": "Wksbm", "nama": "J2", "tahap": "PEMANTAPAN", "desa": {"nama": "Mbokak"}}
    j3 = {"__typename": "Wksbm", "nama": "J3", "tahap": "PEMANTAPAN", "desa": {"nama": "Cipare"}}
    assert filled_jejaring.ask(query, {"r": representations})["_entities"] == [j2, None, j3, None]
    mixed = [representations[0], {"__typename": "Wksbm", "id": "x"}, {"__typename": "Desa", "kode": SOTIMORI}]
    answer = filled_jejaring.send(query, {"r": mixed}).json()
    assert answer["data"]["_entities"] == [j2, None, {"__typename": "Desa"}]
    assert [g["path"] for g in answer["errors"]] == [["_entities", 1]]


def test_how_far_links_reach(filled_jejaring: Client) -> None:
    query = "query ($id: ID!, $n: Int) { wksbm(id: $id) { jangkauan(langkah: $n) { nama } } }"

    def reach(n: int, steps: int | None) -> list[str]:
        w = filled_jejaring.ask(query, {"id": id_wksbm(n, DESA[n % 4][:5]), "n": steps})["wksbm"]
        return [x["nama"] for x in w["jangkauan"]]

    assert reach(0, 0) == []
    assert reach(0, 1) == ["J2"]
    assert reach(0, None) == ["J2", "J3"]
    assert reach(0, 10) == ["J2", "J3", "J4", "J5"]  # the nearest first
    assert reach(2, 1) == ["J4", "J2"]  # along links of others too; equally near: by desa
    assert reach(11, 3) == []
    for n, refusal in ((-1, "MASUKAN_TIDAK_SAH"), (11, "BATAS_TERLAMPAUI")):
        (error,) = filled_jejaring.errors(query, {"id": id_wksbm(0), "n": n})
        assert error["extensions"]["kode"] == refusal


def test_activities_between_days_with_their_programme(filled_jejaring: Client) -> None:
    for day, kode, description in (
        ("2019-02-01", "5a.1", ""),
        ("2019-05-01", "7.4", "Laporan tengah tahun"),
        ("2020-01-01", "9.9", ""),
    ):
        filled_jejaring.sql("INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) VALUES ('53.14', %s, %s, %s, %s)",
                         uuid_of(0), day, kode, description)  # fmt: skip
    question = f'{{ wksbm(id: "{id_wksbm(0)}") {{ kegiatan(sejak: "2019-05-01", sampai: "2020-01-01") {{ tanggal program uraian kegiatan kode }} }} }}'
    assert filled_jejaring.ask(question)["wksbm"]["kegiatan"] == [
        {"tanggal": "2019-05-01", "program": "Pengendalian program", "uraian": "Laporan tengah tahun", "kegiatan": "Laporan", "kode": "7.4"},
        {"tanggal": "2020-01-01", "program": "9", "uraian": "9.9", "kegiatan": "9.9", "kode": "9.9"},
    ]  # fmt: skip


def test_an_id_that_is_none_is_refused_and_one_unknown_is_null(filled_jejaring: Client) -> None:
    assert filled_jejaring.ask(f'{{ wksbm(id: "{id_wksbm(500)}") {{ nama }} }}') == {"wksbm": None}
    assert filled_jejaring.errors('{ wksbm(id: "53.14") { nama } }')[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
