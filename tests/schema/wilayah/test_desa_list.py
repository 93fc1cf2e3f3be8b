"""daftarDesa: pages, filters, orders; each served by an index."""

import json
import math
import time
from typing import Any

import psycopg
import pytest

from tests.client import Client

LISTING = """query ($s: SaringDesa, $u: [UrutDesa!], $n: Int, $a: String) { daftarDesa(saring: $s, urut: $u, first: $n, after: $a) {
  totalCount edges { cursor node { kode nama jenis luasKm2 titik kecamatan { kode } } } pageInfo { hasNextPage endCursor } } }"""
_ROTE = "SELECT kode, nama FROM wilayah WHERE tingkat = 4 AND kode LIKE '53.14.%' AND berlaku_sampai IS NULL ORDER BY "


def all_pages(hub: Client, filters: Any = None, order: Any = None, per: int = 50) -> list[dict[str, Any]]:
    """All pages, one after the other."""
    rows: list[dict[str, Any]] = []
    after = None
    for _ in range(200):
        page = hub.ask(LISTING, {"s": filters, "u": order, "n": per, "a": after})["daftarDesa"]
        rows += [e["node"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(rows)
            return rows
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("order", [None, [], ["KODE"], ["NAMA"], ["NAMA", "KODE"], ["LUAS"]])
@pytest.mark.parametrize("per", [1, 7, 50, 500])
def test_pages_hold_every_desa_once_in_order(read_hub: Client, order: Any, per: int) -> None:
    if per == 1 and order:
        per = 13
    rows = all_pages(read_hub, {"di": "53.14"} if per > 1 else {"di": "53.14.01"}, order, per)
    key = {"NAMA": "nama", "LUAS": "luasKm2"}.get((order or ["KODE"])[0], "kode")
    assert rows == sorted(rows, key=lambda d: (d[key], d["kode"]))
    expected = read_hub.sql(_ROTE + "kode")
    if per > 1:
        assert {(d["kode"], d["nama"]) for d in rows} == set(expected)
        assert len(rows) == len(expected) == 119


@pytest.mark.parametrize("region", ["36", "53.14", "53.14.11", "53.14.11.2002", "5314", "99", "53.99"])
def test_within_a_region(read_hub: Client, region: str) -> None:
    dotted = region if "." in region or len(region) == 2 else "53.14"
    expected = [k for (k,) in read_hub.sql(
        "SELECT kode FROM wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL AND (kode = %s OR kode LIKE %s) ORDER BY kode",
        dotted, dotted + ".%",
    )]  # fmt: skip
    assert [d["kode"] for d in all_pages(read_hub, {"di": region}, None, 500)] == expected


def test_by_part_of_the_name_whatever_the_case(read_hub: Client) -> None:
    rows = all_pages(read_hub, {"nama": "OESE"})
    assert rows
    assert all("oese" in d["nama"].lower() for d in rows)
    assert all_pages(read_hub, {"nama": "oe-se %_"}) == rows, "only letters and digits count"
    (error,) = read_hub.errors(LISTING, {"s": {"nama": "oe"}})
    assert "cariWilayah" in error["message"]


def test_by_kind(read_hub: Client) -> None:
    rows = all_pages(read_hub, {"di": "53.14", "jenis": ["KELURAHAN"]})
    assert rows
    assert {d["jenis"] for d in rows} == {"KELURAHAN"}
    assert len(rows) + len(all_pages(read_hub, {"di": "53.14", "jenis": ["DESA", "DESA_ADAT"]})) == 119
    assert all_pages(read_hub, {"jenis": []}) == []


def test_within_a_box_and_a_polygon(read_hub: Client) -> None:
    desa = all_pages(read_hub, {"di": "53.14"}, None, 500)
    lon, lat = desa[40]["titik"]["coordinates"]
    box = [lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001]
    assert desa[40]["kode"] in [d["kode"] for d in all_pages(read_hub, {"bbox": box})]
    batas = json.loads(read_hub.sql(
        "SELECT ST_AsGeoJSON(geom) FROM batas WHERE kode = '53.14.11' AND sampai IS NULL"
    )[0][0])  # fmt: skip
    inside = {d["kode"] for d in all_pages(read_hub, {"dalam": batas})}
    assert inside == {d["kode"] for d in desa if d["kode"].startswith("53.14.11.")}
    assert all_pages(read_hub, {"bbox": [0, 50, 1, 51]}) == []
    assert {
        d["kode"] for d in all_pages(read_hub, {"dalam": batas, "di": "53.14.11", "jenis": ["DESA"]}, ["LUAS"])
    } <= inside


def test_a_box_means_the_boundary_and_not_the_box_around_it(hub: Client) -> None:
    """A desa like an L, and boxes in the corner that it leaves free, on its arms, on its edge, and of no width."""
    kode = "53.14.01.2005"
    hub.sql(
        """UPDATE batas SET geom = ST_Multi(ST_GeomFromText('POLYGON((100 1, 102 1, 102 1.2, 100.2 1.2, 100.2 3, 100 3, 100 1))', 4326)),
      titik = ST_SetSRID(ST_MakePoint(100.1, 1.1), 4326) WHERE kode = %s""",
        kode,
    )
    for box, touches in (
        ([101, 2, 102, 3], False), ([100.21, 1.21, 103, 4], False), ([101.5, 1.1, 105, 1.15], True), ([99, 2.9, 100.1, 2.95], True),
        ([100.2, 1.2, 103, 4], True), ([101, 1.1, 101, 1.1], True), ([101, 2, 101, 2], False), ([101, 0, 101, 5], True),
        ([101, 2, 101, 5], False), ([99, 0, 103, 4], True),
    ):  # fmt: skip
        found = [d["kode"] for d in all_pages(hub, {"bbox": box})]
        assert found == [kode] * touches, box
        page = hub.get("/geojson/wilayah", params={"tingkat": "DESA", "bbox": ",".join(map(str, box))}).json()
        assert [f["id"] for f in page["features"]] == found, box


def test_a_large_polygon_is_read_once_and_not_for_every_desa(read_hub: Client) -> None:
    points = [[123 + math.cos(i / 795), -10.7 + math.sin(i / 795)] for i in range(4_995)]
    filters = {"dalam": {"type": "Polygon", "coordinates": [[*points, points[0]]]}}
    query = "query ($s: SaringDesa) { daftarDesa(saring: $s, first: 0) { totalCount } }"

    def fastest(more: Any) -> tuple[float, int]:
        durations = []
        for _ in range(16):  # after five on one connection, the plan is one for any value
            start = time.perf_counter()
            count = read_hub.ask(query, {"s": {**filters, **more}})["daftarDesa"]["totalCount"]
            durations.append(time.perf_counter() - start)
        return min(durations[-4:]), count

    empty_took, none_found = fastest({"bbox": [0, 50, 1, 51]})
    full_took, all_found = fastest({})
    assert (none_found, all_found) == (0, 119)
    assert full_took < 3 * empty_took + 0.1  # read for each of them it takes another quarter of a second


def test_a_page_stays_where_it_is_while_desa_come_and_go(hub: Client) -> None:
    first = hub.ask(LISTING, {"s": {"di": "53.14"}, "u": ["NAMA"], "n": 10})["daftarDesa"]
    hub.sql("UPDATE wilayah SET nama = 'Aaa' WHERE kode = '53.14.01.2001'")
    second = hub.ask(LISTING, {"s": {"di": "53.14"}, "u": ["NAMA"], "n": 10, "a": first["pageInfo"]["endCursor"]})[
        "daftarDesa"
    ]
    assert {e["node"]["kode"] for e in first["edges"]} & {e["node"]["kode"] for e in second["edges"]} == set()
    assert second["edges"][0]["node"]["nama"] >= first["edges"][-1]["node"]["nama"]


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"n": 501}, "paling banyak 500"),
        ({"u": ["NAMA", "LUAS"]}, "tidak dilayani"),
        ({"s": {"bbox": [1, 2, 3]}}, "empat angka"),
        ({"s": {"bbox": [-10, 120, -9, 121]}}, "tidak sah"),
        ({"s": {"dalam": {"type": "Point", "coordinates": [1, 2]}}}, "Polygon"),
        ({"s": {"dalam": {"type": "Polygon", "coordinates": [[1, 2]]}}}, "tidak terbaca"),
        ({"s": {"dalam": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}}}, ""),
        ({"s": {"dalam": {"type": "Polygon", "coordinates": [[[999, 2], [3, 4], [3, 5], [999, 2]]]}}}, "di luar bumi"),
        (
            {
                "s": {
                    "dalam": {
                        "type": "Polygon",
                        "coordinates": [
                            [[120 + i * i * 7 % 101 / 10, -i * 31 % 97 / 10] for i in range(99)] + [[120, 0]]
                        ],
                    }
                }
            },
            "kusut",
        ),
        ({"s": {"di": "abc"}}, "bukan kode wilayah"),
        ({"a": "xx"}, "Kursor"),
    ],
)
def test_a_wrong_question_is_refused_with_the_remedy(read_hub: Client, variables: Any, word: str) -> None:
    (error,) = read_hub.errors(LISTING, variables)
    assert error["path"] == ["daftarDesa"]
    assert error["extensions"]["kode"] in ("MASUKAN_TIDAK_SAH", "BATAS_TERLAMPAUI")
    assert word in error["message"]


@pytest.mark.parametrize(
    ("condition", "order"),
    [
        ("w.kode_kab >= '53' AND w.kode_kab < '53/'", "w.kode"),
        ("true", "w.kode"),
        ("true", "w.nama, w.kode"),
        ("w.jenis = ANY('{DESA_ADAT}')", "w.kode"),
        ("w.kunci LIKE '%%oeseli%%'", "w.kode"),
    ],
)
def test_an_index_serves_it(read_hub: Client, condition: str, order: str) -> None:
    with psycopg.connect(read_hub.url) as conn:
        conn.execute("SET enable_seqscan = off")
        plan = conn.execute(
            f"EXPLAIN SELECT w.kode FROM wilayah w WHERE w.tingkat = 4 AND {condition.replace('%%', '%')} ORDER BY {order} LIMIT 51"
        ).fetchall()
    text = "\n".join(b for (b,) in plan)
    assert "Index" in text
    assert "Seq Scan" not in text
