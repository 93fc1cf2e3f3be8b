"""What the plain queries answer: regions in time, boundaries, pages, breakdowns, refusals."""

from typing import Any

import pytest
import shapely

from tests.client import Client


def test_a_region_that_moved_is_found_by_date_and_by_lineage(read_hub: Client) -> None:
    query = """query ($k: KodeWilayah!, $p: Date) { desa(kode: $k, pada: $p) {
      nama berlakuSejak berlakuSampai kecamatan { nama } pendahulu { kode berlakuSampai } pengganti { kode nama } } }"""

    def desa(kode: str, as_of: str | None = None) -> Any:
        return read_hub.ask(query, {"k": kode, "p": as_of})["desa"]

    old = desa("53.14.02.2018")
    assert (old["nama"], old["berlakuSampai"], old["kecamatan"]) == (
        "Holulai",
        "2022-01-01",
        {"nama": "Rote Barat Laut"},
    )
    assert old["pengganti"] == [{"kode": "53.14.11.2002", "nama": "Holulai"}]
    assert desa("53.14.02.2018", "2021-12-31")["nama"] == "Holulai"
    assert desa("53.14.02.2018", "2022-01-01") is None
    new = desa("53.14.11.2002")
    assert (new["berlakuSejak"], new["berlakuSampai"]) == ("2022-01-01", None)
    assert new["pendahulu"] == [{"kode": "53.14.02.2018", "berlakuSampai": "2022-01-01"}]
    assert desa("53.14.11.2002", "2021-12-31") is None


def test_parts_are_those_of_the_day(read_hub: Client) -> None:
    query = 'query ($p: Date) { kabupaten(kode: "53.14", pada: $p) { kecamatan { kode desa { kode } } } }'
    for as_of, kecamatan in (("2020-05-01", 10), ("2022-01-01", 11), (None, 11)):
        parts = read_hub.ask(query, {"p": as_of})["kabupaten"]["kecamatan"]
        assert len(parts) == kecamatan
        assert sum(len(k["desa"]) for k in parts) == 119


def test_codes_without_dots_and_unknown_codes(read_hub: Client) -> None:
    assert read_hub.ask('{ kecamatan(kode: "531411") { nama jenis tingkat } }')["kecamatan"] == {
        "nama": "Loaholu", "jenis": "KECAMATAN", "tingkat": "KECAMATAN",
    }  # fmt: skip
    assert read_hub.ask('{ desa(kode: "99.99.99.2999") { nama } }') == {"desa": None}


def test_a_boundary_comes_as_geojson_and_holds_its_point(read_hub: Client) -> None:
    query = """query ($t: Float) { kecamatan(kode: "53.14.03") {
      batas(toleransiMeter: $t) titik bbox luasKm2 desa { batas titik luasKm2 } } }"""
    kec = read_hub.ask(query, {"t": 0})["kecamatan"]
    batas, point = shapely.geometry.shape(kec["batas"]), shapely.geometry.shape(kec["titik"])
    assert batas.contains(point)
    assert kec["bbox"] == pytest.approx(batas.bounds, abs=1e-6)
    assert batas.bounds[0] > 120, "longitude first"
    assert sum(d["luasKm2"] for d in kec["desa"]) == pytest.approx(
        kec["luasKm2"], rel=1e-3
    )  # geodesic edges bend a little
    coarse = shapely.geometry.shape(read_hub.ask(query, {"t": 2000})["kecamatan"]["batas"])
    assert len(shapely.get_coordinates(coarse)) < len(shapely.get_coordinates(batas))
    assert read_hub.ask('{ kabupaten(kode: "53.01") { batas titik bbox luasKm2 } }')["kabupaten"] == {
        "batas": None, "titik": None, "bbox": None, "luasKm2": None,
    }  # fmt: skip


def test_boundaries_change_over_time(read_hub: Client) -> None:
    query = 'query ($p: Date) { kecamatan(kode: "53.14.02", pada: $p) { luasKm2 } }'
    earlier, now = (read_hub.ask(query, {"p": p})["kecamatan"]["luasKm2"] for p in ("2020-06-01", "2023-06-01"))
    loaholu = read_hub.ask('{ kecamatan(kode: "53.14.11") { luasKm2 } }')["kecamatan"]["luasKm2"]
    assert earlier == pytest.approx(now + loaholu, rel=1e-3)


PAGE = """query ($n: Int, $a: String, $s: SaringRekap) { daftarRekap(first: $n, after: $a, saring: $s) {
  totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def test_pages_follow_each_other_without_gap_or_overlap(read_hub: Client) -> None:
    gathered: list[str] = []
    after = None
    for _ in range(20):
        page = read_hub.ask(PAGE, {"n": 4, "a": after})["daftarRekap"]
        assert page["totalCount"] == 15
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert [page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]] == [
            page["edges"][i]["cursor"] for i in (0, -1)
        ]
        gathered += [e["node"]["id"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(gathered) == len(set(gathered)) == 15
    assert gathered == sorted(gathered)


def test_a_page_stays_where_it_is_when_rows_come_before_it(hub: Client) -> None:
    first = hub.ask(PAGE, {"n": 10})["daftarRekap"]
    hub.sql(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, revisi_disetujui) VALUES ('36.01', 'F01', '2020', 'DISETUJUI', 1, 1)"
    )
    second = hub.ask(PAGE, {"n": 10, "a": first["pageInfo"]["endCursor"]})["daftarRekap"]
    assert len(second["edges"]) == 5
    assert second["edges"][0]["node"]["id"] > first["edges"][-1]["node"]["id"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"pelapor": ["53.14"]}, 10), ({"pelapor": ["36", "53.14"], "formulir": ["F09"]}, 2), ({"periode": ["2019"]}, 0),
        ({"status": ["DISETUJUI"]}, 15), ({"status": ["DRAF"]}, 0), ({"pelapor": []}, 0), ({}, 15), (None, 15),
    ],
)  # fmt: skip
def test_filters(read_hub: Client, filters: Any, count: int) -> None:
    assert read_hub.ask(PAGE, {"n": 0, "s": filters})["daftarRekap"]["totalCount"] == count


@pytest.mark.parametrize(
    ("variables", "kode"),
    [({"n": 501}, "BATAS_TERLAMPAUI"), ({"n": -1}, "MASUKAN_TIDAK_SAH"), ({"a": "bukan kursor"}, "MASUKAN_TIDAK_SAH")],
)
def test_a_wrong_page_is_refused(read_hub: Client, variables: Any, kode: str) -> None:
    (error,) = read_hub.errors(PAGE, variables)
    assert error["extensions"]["kode"] == kode
    assert error["path"] == ["daftarRekap"]


@pytest.mark.parametrize(
    ("arguments", "kode", "word"),
    [
        ('elemen: ["BAN1"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI', "TIDAK_DIKENAL", "BAN01"),
        ('elemen: [], periode: ["2020"], wilayah: "53", tingkat: PROVINSI', "MASUKAN_TIDAK_SAH", "kosong"),
        (
            'elemen: ["BAN01"], periode: ["2020"], wilayah: "53.14", tingkat: PROVINSI',
            "MASUKAN_TIDAK_SAH",
            "tidak dapat dirinci",
        ),
        (
            'elemen: ["BAN01"], periode: ["2020"], wilayah: "5x", tingkat: PROVINSI',
            "MASUKAN_TIDAK_SAH",
            "bukan kode wilayah",
        ),
        (
            'elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI, rincian: ["warna"]',
            "TIDAK_DIKENAL",
            "warna",
        ),
    ],
)
def test_a_wrong_question_is_refused_with_the_remedy(read_hub: Client, arguments: str, kode: str, word: str) -> None:
    (error,) = read_hub.errors(f"{{ agregat({arguments}) {{ nilai }} }}")
    assert error["extensions"]["kode"] == kode
    assert word in error["message"]


def test_a_wrong_field_leaves_the_others_their_answers(read_hub: Client) -> None:
    answer = read_hub.send('{ a: kabupaten(kode: "53") { nama } b: kabupaten(kode: "53.14") { nama } }').json()
    assert answer["data"] == {"a": None, "b": {"nama": "Rote Ndao"}}
    assert [e["path"] for e in answer["errors"]] == [["a"]]


def test_many_keys_in_one_object(read_hub: Client) -> None:
    fields = " ".join(f"n{i}: nama k{i}: kode" for i in range(120))
    kab = read_hub.ask(f'{{ kabupaten(kode: "53.14") {{ {fields} provinsi {{ nama }} }} }}')["kabupaten"]
    assert len(kab) == 241
    assert (kab["n119"], kab["k0"], kab["provinsi"]) == ("Rote Ndao", "53.14", {"nama": "Nusa Tenggara Timur"})


def test_exact_decimals(hub: Client) -> None:
    hub.sql("UPDATE angka SET nilai = 12345678901234567.25 WHERE elemen = 'BEN04' AND kode_wilayah = '53.14.01'")
    hub.sql("UPDATE angka SET nilai = 0.10 WHERE elemen = 'BEN04' AND kode_wilayah = '53.14.02'")
    query = '{ agregat(elemen: ["BEN04"], periode: ["2020"], wilayah: "53.14", tingkat: KECAMATAN) { nilai } }'
    text = hub.send(query).text
    assert '"12345678901234567.25"' in text  # a string, for a number would lose digits in most readers
    assert '"nilai":0.1}' in text


def test_one_statement_serves_every_value_of_a_variable(read_hub: Client) -> None:
    query = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    names = {read_hub.ask(query, {"k": k})["kabupaten"]["nama"] for k in ("53.14", "53.15", "36.73", "53.71")}
    assert names == {"Rote Ndao", "Manggarai Barat", "Kota Serang", "Kota Kupang"}
    (error,) = read_hub.errors(query, {"k": None})
    assert "$k" in error["message"]


def test_answers_of_no_field_one_and_several_are_whole(read_hub: Client) -> None:
    assert read_hub.ask("{ daftarProvinsi @skip(if: true) { kode } }") == {}
    assert read_hub.ask('{ __typename a: provinsi(kode: "99") { kode } b: provinsi(kode: "53") { kode } }') == {
        "__typename": "Query", "a": None, "b": {"kode": "53"},
    }  # fmt: skip
