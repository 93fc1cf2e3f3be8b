"""daftarDesa: pages, filters, orders; each served by an index."""

import json
import math
import time
from typing import Any

import psycopg
import pytest

from tests.client import Klien

DAFTAR = """query ($s: SaringDesa, $u: [UrutDesa!], $n: Int, $a: String) { daftarDesa(saring: $s, urut: $u, first: $n, after: $a) {
  totalCount edges { cursor node { kode nama jenis luasKm2 titik kecamatan { kode } } } pageInfo { hasNextPage endCursor } } }"""
_ROTE = "SELECT kode, nama FROM wilayah WHERE tingkat = 4 AND kode LIKE '53.14.%' AND berlaku_sampai IS NULL ORDER BY "


def semua(hub: Klien, saring: Any = None, urut: Any = None, per: int = 50) -> list[dict[str, Any]]:
    """All pages, one after the other."""
    isi: list[dict[str, Any]] = []
    sesudah = None
    for _ in range(200):
        hal = hub.tanya(DAFTAR, {"s": saring, "u": urut, "n": per, "a": sesudah})["daftarDesa"]
        isi += [e["node"] for e in hal["edges"]]
        sesudah = hal["pageInfo"]["endCursor"]
        if not hal["pageInfo"]["hasNextPage"]:
            assert hal["totalCount"] == len(isi)
            return isi
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("urut", [None, [], ["KODE"], ["NAMA"], ["NAMA", "KODE"], ["LUAS"]])
@pytest.mark.parametrize("per", [1, 7, 50, 500])
def test_pages_hold_every_desa_once_in_order(hub_baca: Klien, urut: Any, per: int) -> None:
    if per == 1 and urut:
        per = 13
    isi = semua(hub_baca, {"di": "53.14"} if per > 1 else {"di": "53.14.01"}, urut, per)
    kunci = {"NAMA": "nama", "LUAS": "luasKm2"}.get((urut or ["KODE"])[0], "kode")
    assert isi == sorted(isi, key=lambda d: (d[kunci], d["kode"]))
    harap = hub_baca.sql(_ROTE + "kode")
    if per > 1:
        assert {(d["kode"], d["nama"]) for d in isi} == set(harap)
        assert len(isi) == len(harap) == 119


@pytest.mark.parametrize("di", ["36", "53.14", "53.14.11", "53.14.11.2002", "5314", "99", "53.99"])
def test_within_a_region(hub_baca: Klien, di: str) -> None:
    titik = di if "." in di or len(di) == 2 else "53.14"
    harap = [k for (k,) in hub_baca.sql(
        "SELECT kode FROM wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL AND (kode = %s OR kode LIKE %s) ORDER BY kode",
        titik, titik + ".%",
    )]  # fmt: skip
    assert [d["kode"] for d in semua(hub_baca, {"di": di}, None, 500)] == harap


def test_by_part_of_the_name_whatever_the_case(hub_baca: Klien) -> None:
    isi = semua(hub_baca, {"nama": "OESE"})
    assert isi
    assert all("oese" in d["nama"].lower() for d in isi)
    assert semua(hub_baca, {"nama": "oe-se %_"}) == isi, "only letters and digits count"
    (galat,) = hub_baca.galat(DAFTAR, {"s": {"nama": "oe"}})
    assert "cariWilayah" in galat["message"]


def test_by_kind(hub_baca: Klien) -> None:
    isi = semua(hub_baca, {"di": "53.14", "jenis": ["KELURAHAN"]})
    assert isi
    assert {d["jenis"] for d in isi} == {"KELURAHAN"}
    assert len(isi) + len(semua(hub_baca, {"di": "53.14", "jenis": ["DESA", "DESA_ADAT"]})) == 119
    assert semua(hub_baca, {"jenis": []}) == []


def test_within_a_box_and_a_polygon(hub_baca: Klien) -> None:
    desa = semua(hub_baca, {"di": "53.14"}, None, 500)
    lon, lat = desa[40]["titik"]["coordinates"]
    kotak = [lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001]
    assert desa[40]["kode"] in [d["kode"] for d in semua(hub_baca, {"bbox": kotak})]
    batas = json.loads(hub_baca.sql(
        "SELECT ST_AsGeoJSON(geom) FROM batas WHERE kode = '53.14.11' AND sampai IS NULL"
    )[0][0])  # fmt: skip
    di_dalam = {d["kode"] for d in semua(hub_baca, {"dalam": batas})}
    assert di_dalam == {d["kode"] for d in desa if d["kode"].startswith("53.14.11.")}
    assert semua(hub_baca, {"bbox": [0, 50, 1, 51]}) == []
    assert {
        d["kode"] for d in semua(hub_baca, {"dalam": batas, "di": "53.14.11", "jenis": ["DESA"]}, ["LUAS"])
    } <= di_dalam


def test_a_large_polygon_is_read_once_and_not_for_every_desa(hub_baca: Klien) -> None:
    titik = [[123 + math.cos(i / 795), -10.7 + math.sin(i / 795)] for i in range(4_995)]
    saring = {"dalam": {"type": "Polygon", "coordinates": [[*titik, titik[0]]]}}
    query = "query ($s: SaringDesa) { daftarDesa(saring: $s, first: 0) { totalCount } }"

    def tercepat(lagi: Any) -> tuple[float, int]:
        lama = []
        for _ in range(16):  # after five on one connection, the plan is one for any value
            mulai = time.perf_counter()
            banyak = hub_baca.tanya(query, {"s": {**saring, **lagi}})["daftarDesa"]["totalCount"]
            lama.append(time.perf_counter() - mulai)
        return min(lama[-4:]), banyak

    kosong, tidak_ada = tercepat({"bbox": [0, 50, 1, 51]})
    lama, semuanya = tercepat({})
    assert (tidak_ada, semuanya) == (0, 119)
    assert lama < 3 * kosong + 0.1  # read for each of them it takes another quarter of a second


def test_a_page_stays_where_it_is_while_desa_come_and_go(hub: Klien) -> None:
    satu = hub.tanya(DAFTAR, {"s": {"di": "53.14"}, "u": ["NAMA"], "n": 10})["daftarDesa"]
    hub.sql("UPDATE wilayah SET nama = 'Aaa' WHERE kode = '53.14.01.2001'")
    dua = hub.tanya(DAFTAR, {"s": {"di": "53.14"}, "u": ["NAMA"], "n": 10, "a": satu["pageInfo"]["endCursor"]})[
        "daftarDesa"
    ]
    assert {e["node"]["kode"] for e in satu["edges"]} & {e["node"]["kode"] for e in dua["edges"]} == set()
    assert dua["edges"][0]["node"]["nama"] >= satu["edges"][-1]["node"]["nama"]


@pytest.mark.parametrize(
    ("variables", "kata"),
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
def test_a_wrong_question_is_refused_with_the_remedy(hub_baca: Klien, variables: Any, kata: str) -> None:
    (galat,) = hub_baca.galat(DAFTAR, variables)
    assert galat["path"] == ["daftarDesa"]
    assert galat["extensions"]["kode"] in ("MASUKAN_TIDAK_SAH", "BATAS_TERLAMPAUI")
    assert kata in galat["message"]


@pytest.mark.parametrize(
    ("syarat", "urut"),
    [
        ("w.kode_kab >= '53' AND w.kode_kab < '53/'", "w.kode"),
        ("true", "w.kode"),
        ("true", "w.nama, w.kode"),
        ("w.jenis = ANY('{DESA_ADAT}')", "w.kode"),
        ("w.kunci LIKE '%%oeseli%%'", "w.kode"),
    ],
)
def test_an_index_serves_it(hub_baca: Klien, syarat: str, urut: str) -> None:
    with psycopg.connect(hub_baca.url) as conn:
        conn.execute("SET enable_seqscan = off")
        rencana = conn.execute(
            f"EXPLAIN SELECT w.kode FROM wilayah w WHERE w.tingkat = 4 AND {syarat.replace('%%', '%')} ORDER BY {urut} LIMIT 51"
        ).fetchall()
    teks = "\n".join(b for (b,) in rencana)
    assert "Index" in teks
    assert "Seq Scan" not in teks
