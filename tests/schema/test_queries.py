"""What the plain queries answer: regions in time, boundaries, pages, breakdowns, refusals."""

from typing import Any

import pytest
import shapely

from tests.client import Klien


def test_a_region_that_moved_is_found_by_date_and_by_lineage(hub_baca: Klien) -> None:
    query = """query ($k: KodeWilayah!, $p: Date) { desa(kode: $k, pada: $p) {
      nama berlakuSejak berlakuSampai kecamatan { nama } pendahulu { kode berlakuSampai } pengganti { kode nama } } }"""

    def desa(kode: str, pada: str | None = None) -> Any:
        return hub_baca.tanya(query, {"k": kode, "p": pada})["desa"]

    lama = desa("53.14.02.2018")
    assert (lama["nama"], lama["berlakuSampai"], lama["kecamatan"]) == (
        "Holulai",
        "2022-01-01",
        {"nama": "Rote Barat Laut"},
    )
    assert lama["pengganti"] == [{"kode": "53.14.11.2002", "nama": "Holulai"}]
    assert desa("53.14.02.2018", "2021-12-31")["nama"] == "Holulai"
    assert desa("53.14.02.2018", "2022-01-01") is None
    baru = desa("53.14.11.2002")
    assert (baru["berlakuSejak"], baru["berlakuSampai"]) == ("2022-01-01", None)
    assert baru["pendahulu"] == [{"kode": "53.14.02.2018", "berlakuSampai": "2022-01-01"}]
    assert desa("53.14.11.2002", "2021-12-31") is None


def test_parts_are_those_of_the_day(hub_baca: Klien) -> None:
    query = 'query ($p: Date) { kabupaten(kode: "53.14", pada: $p) { kecamatan { kode desa { kode } } } }'
    for pada, kecamatan in (("2020-05-01", 10), ("2022-01-01", 11), (None, 11)):
        isi = hub_baca.tanya(query, {"p": pada})["kabupaten"]["kecamatan"]
        assert len(isi) == kecamatan
        assert sum(len(k["desa"]) for k in isi) == 119


def test_codes_without_dots_and_unknown_codes(hub_baca: Klien) -> None:
    assert hub_baca.tanya('{ kecamatan(kode: "531411") { nama jenis tingkat } }')["kecamatan"] == {
        "nama": "Loaholu", "jenis": "KECAMATAN", "tingkat": "KECAMATAN",
    }  # fmt: skip
    assert hub_baca.tanya('{ desa(kode: "99.99.99.2999") { nama } }') == {"desa": None}


def test_a_boundary_comes_as_geojson_and_holds_its_point(hub_baca: Klien) -> None:
    query = """query ($t: Float) { kecamatan(kode: "53.14.03") {
      batas(toleransiMeter: $t) titik bbox luasKm2 desa { batas titik luasKm2 } } }"""
    kec = hub_baca.tanya(query, {"t": 0})["kecamatan"]
    batas, titik = shapely.geometry.shape(kec["batas"]), shapely.geometry.shape(kec["titik"])
    assert batas.contains(titik)
    assert kec["bbox"] == pytest.approx(batas.bounds, abs=1e-6)
    assert batas.bounds[0] > 120, "longitude first"
    assert sum(d["luasKm2"] for d in kec["desa"]) == pytest.approx(
        kec["luasKm2"], rel=1e-3
    )  # geodesic edges bend a little
    kasar = shapely.geometry.shape(hub_baca.tanya(query, {"t": 2000})["kecamatan"]["batas"])
    assert len(shapely.get_coordinates(kasar)) < len(shapely.get_coordinates(batas))
    assert hub_baca.tanya('{ kabupaten(kode: "53.01") { batas titik bbox luasKm2 } }')["kabupaten"] == {
        "batas": None, "titik": None, "bbox": None, "luasKm2": None,
    }  # fmt: skip


def test_boundaries_change_over_time(hub_baca: Klien) -> None:
    query = 'query ($p: Date) { kecamatan(kode: "53.14.02", pada: $p) { luasKm2 } }'
    dahulu, kini = (hub_baca.tanya(query, {"p": p})["kecamatan"]["luasKm2"] for p in ("2020-06-01", "2023-06-01"))
    loaholu = hub_baca.tanya('{ kecamatan(kode: "53.14.11") { luasKm2 } }')["kecamatan"]["luasKm2"]
    assert dahulu == pytest.approx(kini + loaholu, rel=1e-3)


HALAMAN = """query ($n: Int, $a: String, $s: SaringRekap) { daftarRekap(first: $n, after: $a, saring: $s) {
  totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def test_pages_follow_each_other_without_gap_or_overlap(hub_baca: Klien) -> None:
    terkumpul: list[str] = []
    sesudah = None
    for _ in range(20):
        hal = hub_baca.tanya(HALAMAN, {"n": 4, "a": sesudah})["daftarRekap"]
        assert hal["totalCount"] == 14
        assert hal["pageInfo"]["hasPreviousPage"] is (sesudah is not None)
        assert [hal["pageInfo"]["startCursor"], hal["pageInfo"]["endCursor"]] == [
            hal["edges"][i]["cursor"] for i in (0, -1)
        ]
        terkumpul += [e["node"]["id"] for e in hal["edges"]]
        sesudah = hal["pageInfo"]["endCursor"]
        if not hal["pageInfo"]["hasNextPage"]:
            break
    assert len(terkumpul) == len(set(terkumpul)) == 14
    assert terkumpul == sorted(terkumpul)


def test_a_page_stays_where_it_is_when_rows_come_before_it(hub: Klien) -> None:
    satu = hub.tanya(HALAMAN, {"n": 10})["daftarRekap"]
    hub.sql(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, revisi_disetujui) VALUES ('36.01', 'F01', '2020', 'DISETUJUI', 1, 1)"
    )
    dua = hub.tanya(HALAMAN, {"n": 10, "a": satu["pageInfo"]["endCursor"]})["daftarRekap"]
    assert len(dua["edges"]) == 4
    assert dua["edges"][0]["node"]["id"] > satu["edges"][-1]["node"]["id"]


@pytest.mark.parametrize(
    ("saring", "banyak"),
    [
        ({"pelapor": ["53.14"]}, 10), ({"pelapor": ["36", "53.14"], "formulir": ["F09"]}, 2), ({"periode": ["2019"]}, 0),
        ({"status": ["DISETUJUI"]}, 14), ({"status": ["DRAF"]}, 0), ({"pelapor": []}, 0), ({}, 14), (None, 14),
    ],
)  # fmt: skip
def test_filters(hub_baca: Klien, saring: Any, banyak: int) -> None:
    assert hub_baca.tanya(HALAMAN, {"n": 0, "s": saring})["daftarRekap"]["totalCount"] == banyak


@pytest.mark.parametrize(
    ("variables", "kode"),
    [({"n": 501}, "BATAS_TERLAMPAUI"), ({"n": -1}, "MASUKAN_TIDAK_SAH"), ({"a": "bukan kursor"}, "MASUKAN_TIDAK_SAH")],
)
def test_a_wrong_page_is_refused(hub_baca: Klien, variables: Any, kode: str) -> None:
    (galat,) = hub_baca.galat(HALAMAN, variables)
    assert galat["extensions"]["kode"] == kode
    assert galat["path"] == ["daftarRekap"]


@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
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
def test_a_wrong_question_is_refused_with_the_remedy(hub_baca: Klien, argumen: str, kode: str, kata: str) -> None:
    (galat,) = hub_baca.galat(f"{{ agregat({argumen}) {{ nilai }} }}")
    assert galat["extensions"]["kode"] == kode
    assert kata in galat["message"]


def test_a_wrong_field_leaves_the_others_their_answers(hub_baca: Klien) -> None:
    jawab = hub_baca.kirim('{ a: kabupaten(kode: "53") { nama } b: kabupaten(kode: "53.14") { nama } }').json()
    assert jawab["data"] == {"a": None, "b": {"nama": "Rote Ndao"}}
    assert [e["path"] for e in jawab["errors"]] == [["a"]]


def test_many_keys_in_one_object(hub_baca: Klien) -> None:
    medan = " ".join(f"n{i}: nama k{i}: kode" for i in range(120))
    kab = hub_baca.tanya(f'{{ kabupaten(kode: "53.14") {{ {medan} provinsi {{ nama }} }} }}')["kabupaten"]
    assert len(kab) == 241
    assert (kab["n119"], kab["k0"], kab["provinsi"]) == ("Rote Ndao", "53.14", {"nama": "Nusa Tenggara Timur"})


def test_exact_decimals(hub: Klien) -> None:
    hub.sql("UPDATE angka SET nilai = 12345678901234567.25 WHERE elemen = 'BEN04' AND kode_wilayah = '53.14.01'")
    hub.sql("UPDATE angka SET nilai = 0.10 WHERE elemen = 'BEN04' AND kode_wilayah = '53.14.02'")
    query = '{ agregat(elemen: ["BEN04"], periode: ["2020"], wilayah: "53.14", tingkat: KECAMATAN) { nilai } }'
    teks = hub.kirim(query).text
    assert '"12345678901234567.25"' in teks  # a string, for a number would lose digits in most readers
    assert '"nilai":0.1}' in teks


def test_one_statement_serves_every_value_of_a_variable(hub_baca: Klien) -> None:
    query = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    nama = {hub_baca.tanya(query, {"k": k})["kabupaten"]["nama"] for k in ("53.14", "53.15", "36.73", "53.71")}
    assert nama == {"Rote Ndao", "Manggarai Barat", "Kota Serang", "Kota Kupang"}
    (galat,) = hub_baca.galat(query, {"k": None})
    assert "$k" in galat["message"]


def test_answers_of_no_field_one_and_several_are_whole(hub_baca: Klien) -> None:
    assert hub_baca.tanya("{ daftarProvinsi @skip(if: true) { kode } }") == {}
    assert hub_baca.tanya('{ __typename a: provinsi(kode: "99") { kode } b: provinsi(kode: "53") { kode } }') == {
        "__typename": "Query", "a": None, "b": {"kode": "53"},
    }  # fmt: skip
