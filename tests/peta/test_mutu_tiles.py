"""What is wrong with boundaries, on the map: the same findings as in GraphQL."""

from typing import Any

import pytest
from shapely.geometry import shape

from geo.tile_address import tile_at
from tests.client import Klien
from tests.peta.tile_client import ubin, utuh

_TANYA = """query ($a: String) { mutuBatas(wilayah: "53", first: 500, after: $a) { totalCount pageInfo { hasNextPage endCursor }
  edges { node { jenis wilayah { kode } lain luasM2 bagian geometri } } } }"""
_TENGAH = (122.915, -10.89)


def janji(hub: Klien) -> list[dict[str, Any]]:
    isi: list[dict[str, Any]] = []
    sesudah = None
    while True:
        hal = hub.tanya(_TANYA, {"a": sesudah})["mutuBatas"]
        isi += [e["node"] for e in hal["edges"]]
        sesudah = hal["pageInfo"]["endCursor"]
        if not hal["pageInfo"]["hasNextPage"]:
            assert len(isi) == hal["totalCount"]
            return isi


def test_geojson_holds_every_finding(hub_mutu: Klien) -> None:
    semua = janji(hub_mutu)
    jenis = {t["jenis"] for t in semua}
    assert {"TUMPANG_TINDIH", "DI_LUAR_INDUK", "TANPA_BATAS"} <= jenis
    fitur: list[dict[str, Any]] = []
    jalur = "/geojson/mutu-batas?wilayah=53&limit=37"
    while jalur:
        hal = hub_mutu.get(jalur).json()
        fitur += hal["features"]
        jalur = next((t["href"].removeprefix(hub_mutu.alamat) for t in hal["links"] if t["rel"] == "next"), "")
    ada = [
        {"jenis": f["properties"]["jenis"], "kode": f["properties"]["kode"], "lain": f["properties"]["lain"],
         "luas": f["properties"]["luas_m2"], "bentuk": f["geometry"] is not None}
        for f in fitur
    ]  # fmt: skip
    assert ada == [
        {"jenis": t["jenis"], "kode": t["wilayah"]["kode"], "lain": t["lain"], "luas": t["luasM2"],
         "bentuk": t["geometri"] is not None}
        for t in semua
    ]  # fmt: skip
    assert len({f["id"] for f in fitur}) == len(fitur)
    (tindih,) = hub_mutu.get("/geojson/mutu-batas?jenis=TUMPANG_TINDIH&bbox=122.91,-10.895,122.92,-10.885").json()[
        "features"
    ]
    assert shape(tindih["geometry"]).bounds == pytest.approx((122.91, -10.9, 122.92, -10.88))
    assert hub_mutu.get("/geojson/mutu-batas?jenis=TUMPANG_TINDIH&bbox=120,-9,121,-8").json()["features"] == []
    assert hub_mutu.get("/geojson/mutu-batas?wilayah=36").json()["features"] == []
    # as many findings as a region can have in the database
    assert hub_mutu.get("/geojson/mutu-batas?after=53.14.01.2005~CELAH~32767").status_code == 200


def test_tiles_show_each_place_once_and_a_point_from_afar(hub_mutu: Klien) -> None:
    bertempat = [t for t in janji(hub_mutu) if t["geometri"] is not None]
    dekat = ubin(hub_mutu, "mutu-batas", tile_at(*_TENGAH, 12))
    (tindih,) = [f for f in dekat["mutu-batas"] if f["properties"]["jenis"] == "TUMPANG_TINDIH"]
    assert utuh(tindih)
    assert tindih["properties"] == {
        "id": "53.14.01.2005~TUMPANG_TINDIH~1", "kode": "53.14.01.2005", "jenis": "TUMPANG_TINDIH",
        "lain": "53.14.01.2006", "luas_m2": pytest.approx(2.4e6, rel=0.02), "bagian": pytest.approx(0.5),
    }  # fmt: skip
    jauh = ubin(hub_mutu, "mutu-batas", tile_at(*_TENGAH, 1))
    assert "mutu-batas" not in jauh  # a unit there is five kilometres
    assert len(jauh["mutu-batas-titik"]) == len(bertempat)
    saring = ubin(hub_mutu, "mutu-batas", tile_at(*_TENGAH, 1), "?jenis=DI_LUAR_INDUK&wilayah=53.14.01")
    assert {f["properties"]["kode"] for f in saring["mutu-batas-titik"]} == {"53.14.01.2006"}
    assert ubin(hub_mutu, "mutu-batas", tile_at(*_TENGAH, 1), "?wilayah=36") == {}


def test_what_lies_between_two_kabupaten_is_drawn_once(hub_mutu: Klien) -> None:
    hub_mutu.sql(
        "INSERT INTO mutu_batas (kode_kab, kode, jenis, nomor, lain, luas_m2, bagian, geom) "
        "SELECT v.*, 12345.6, 0.1, ST_MakeEnvelope(123.9, -10.5, 123.91, -10.49, 4326) FROM (VALUES "
        "('53.98', '53.98.01.2001', 'TUMPANG_TINDIH', 1, ARRAY['53.99.01.2001']), "
        "('53.99', '53.99.01.2001', 'TUMPANG_TINDIH', 1, ARRAY['53.98.01.2001'])) v RETURNING 1"
    )
    isi = ubin(hub_mutu, "mutu-batas", tile_at(123.905, -10.495, 12))
    assert [f["properties"]["kode"] for f in isi["mutu-batas"]] == ["53.98.01.2001"]
    assert len(isi["mutu-batas-titik"]) == 1
    lain = ubin(hub_mutu, "mutu-batas", tile_at(123.905, -10.495, 12), "?wilayah=53.99")
    assert [f["properties"]["kode"] for f in lain["mutu-batas"]] == ["53.99.01.2001"]


def test_it_has_a_style_and_tilejson(hub_mutu: Klien) -> None:
    lapis = {"mutu-batas", "mutu-batas-titik", "terpotong"}
    gaya = hub_mutu.get("/gaya/mutu-batas.json").json()
    assert {x["source-layer"] for x in gaya["layers"] if "source-layer" in x} == lapis
    assert {v["id"] for v in hub_mutu.get("/ubin/mutu-batas.json").json()["vector_layers"]} == lapis
    jawab = hub_mutu.get("/ubin/mutu-batas/0/0/0.mvt?jenis=APA")
    assert (jawab.status_code, jawab.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")
