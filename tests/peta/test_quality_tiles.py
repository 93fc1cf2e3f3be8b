"""What is wrong with boundaries, on the map: the same findings as in GraphQL."""

from typing import Any

import pytest
from shapely.geometry import shape

from geo.tile_address import tile_at
from tests.client import Client
from tests.peta.tile_client import is_whole, tile_layers

_QUERY = """query ($a: String) { mutuBatas(wilayah: "53", first: 500, after: $a) { totalCount pageInfo { hasNextPage endCursor }
  edges { node { jenis wilayah { kode } lain luasM2 bagian geometri } } } }"""
_MIDDLE = (122.915, -10.89)


def all_findings(hub: Client) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = []
    after = None
    while True:
        page = hub.ask(_QUERY, {"a": after})["mutuBatas"]
        findings += [e["node"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(findings) == page["totalCount"]
            return findings


def test_geojson_holds_every_finding(quality_hub: Client) -> None:
    expected = all_findings(quality_hub)
    kinds = {t["jenis"] for t in expected}
    assert {"TUMPANG_TINDIH", "DI_LUAR_INDUK", "TANPA_BATAS"} <= kinds
    features: list[dict[str, Any]] = []
    path = "/geojson/mutu-batas?wilayah=53&limit=37"
    while path:
        page = quality_hub.get(path).json()
        features += page["features"]
        path = next((t["href"].removeprefix(quality_hub.address) for t in page["links"] if t["rel"] == "next"), "")
    found = [
        {"jenis": f["properties"]["jenis"], "kode": f["properties"]["kode"], "lain": f["properties"]["lain"],
         "luas": f["properties"]["luas_m2"], "bentuk": f["geometry"] is not None}
        for f in features
    ]  # fmt: skip
    assert found == [
        {"jenis": t["jenis"], "kode": t["wilayah"]["kode"], "lain": t["lain"], "luas": t["luasM2"],
         "bentuk": t["geometri"] is not None}
        for t in expected
    ]  # fmt: skip
    assert len({f["id"] for f in features}) == len(features)
    (overlap,) = quality_hub.get("/geojson/mutu-batas?jenis=TUMPANG_TINDIH&bbox=122.91,-10.895,122.92,-10.885").json()[
        "features"
    ]
    assert shape(overlap["geometry"]).bounds == pytest.approx((122.91, -10.9, 122.92, -10.88))
    assert quality_hub.get("/geojson/mutu-batas?jenis=TUMPANG_TINDIH&bbox=120,-9,121,-8").json()["features"] == []
    assert quality_hub.get("/geojson/mutu-batas?wilayah=36").json()["features"] == []
    # as many findings as a region can have in the database
    assert quality_hub.get("/geojson/mutu-batas?after=53.14.01.2005~CELAH~32767").status_code == 200


def test_tiles_show_each_place_once_and_a_point_from_afar(quality_hub: Client) -> None:
    placed = [t for t in all_findings(quality_hub) if t["geometri"] is not None]
    near = tile_layers(quality_hub, "mutu-batas", tile_at(*_MIDDLE, 12))
    (overlap,) = [f for f in near["mutu-batas"] if f["properties"]["jenis"] == "TUMPANG_TINDIH"]
    assert is_whole(overlap)
    assert overlap["properties"] == {
        "id": "53.14.01.2005~TUMPANG_TINDIH~1", "kode": "53.14.01.2005", "jenis": "TUMPANG_TINDIH",
        "lain": "53.14.01.2006", "luas_m2": pytest.approx(2.4e6, rel=0.02), "bagian": pytest.approx(0.5),
    }  # fmt: skip
    far = tile_layers(quality_hub, "mutu-batas", tile_at(*_MIDDLE, 1))
    assert "mutu-batas" not in far  # a unit there is five kilometres
    assert len(far["mutu-batas-titik"]) == len(placed)
    filtered = tile_layers(quality_hub, "mutu-batas", tile_at(*_MIDDLE, 1), "?jenis=DI_LUAR_INDUK&wilayah=53.14.01")
    assert {f["properties"]["kode"] for f in filtered["mutu-batas-titik"]} == {"53.14.01.2006"}
    assert tile_layers(quality_hub, "mutu-batas", tile_at(*_MIDDLE, 1), "?wilayah=36") == {}


def test_what_lies_between_two_kabupaten_is_drawn_once(quality_hub: Client) -> None:
    quality_hub.sql(
        "INSERT INTO mutu_batas (kode_kab, kode, jenis, nomor, lain, luas_m2, bagian, geom) "
        "SELECT v.*, 12345.6, 0.1, ST_MakeEnvelope(123.9, -10.5, 123.91, -10.49, 4326) FROM (VALUES "
        "('53.98', '53.98.01.2001', 'TUMPANG_TINDIH', 1, ARRAY['53.99.01.2001']), "
        "('53.99', '53.99.01.2001', 'TUMPANG_TINDIH', 1, ARRAY['53.98.01.2001'])) v RETURNING 1"
    )
    layers = tile_layers(quality_hub, "mutu-batas", tile_at(123.905, -10.495, 12))
    assert [f["properties"]["kode"] for f in layers["mutu-batas"]] == ["53.98.01.2001"]
    assert len(layers["mutu-batas-titik"]) == 1
    other = tile_layers(quality_hub, "mutu-batas", tile_at(123.905, -10.495, 12), "?wilayah=53.99")
    assert [f["properties"]["kode"] for f in other["mutu-batas"]] == ["53.99.01.2001"]


def test_it_has_a_style_and_tilejson(quality_hub: Client) -> None:
    layers = {"mutu-batas", "mutu-batas-titik", "terpotong"}
    style = quality_hub.get("/gaya/mutu-batas.json").json()
    assert {x["source-layer"] for x in style["layers"] if "source-layer" in x} == layers
    assert {v["id"] for v in quality_hub.get("/ubin/mutu-batas.json").json()["vector_layers"]} == layers
    response = quality_hub.get("/ubin/mutu-batas/0/0/0.mvt?jenis=APA")
    assert (response.status_code, response.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")
