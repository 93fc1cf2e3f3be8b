"""Coverage on the map is what `cakupan` answers."""

import pytest
from shapely.geometry import shape

from geo.tile_address import TileAddress, tile_at
from tests.client import Client
from tests.peta.tile_client import is_whole, tile_layers

WORLD = TileAddress(0, 0, 0)
_QUERY = "jenis=PUSKESOS,SLRT,LKS,PANTI&jarakKm=8&wilayah=53.14"
_CAKUPAN = """{ cakupan(jenis: [PUSKESOS, SLRT, LKS, PANTI], jarakKm: 8, wilayah: "53.14") {
  desaTercakup baris { desa { kode } tercakup jarakKm } } }"""


def test_desa_are_covered_as_graphql_says(read_hub: Client) -> None:
    answer = read_hub.ask(_CAKUPAN)["cakupan"]
    expected = {b["desa"]["kode"]: (b["tercakup"], b["jarakKm"]) for b in answer["baris"]}
    assert 0 < answer["desaTercakup"] < 119
    features = tile_layers(read_hub, "cakupan", WORLD, f"?{_QUERY}")["cakupan"]
    assert {f["properties"]["kode"] for f in features} == expected.keys()
    for f in features:
        assert is_whole(f)
        covered, distance = expected[f["properties"]["kode"]]
        assert f["properties"]["tercakup"] == covered
        assert f["properties"]["jarak_km"] == pytest.approx(distance, abs=0.0011)
    as_geojson = read_hub.get(f"/geojson/cakupan?{_QUERY}").json()["features"]
    assert {f["id"]: f["properties"]["tercakup"] for f in as_geojson} == {k: t for k, (t, _) in expected.items()}


def test_the_area_within_reach_holds_the_covered_desa(read_hub: Client) -> None:
    address = tile_at(123.1, -10.75, 8)
    layers = tile_layers(read_hub, "cakupan", address, f"?{_QUERY}")
    (reached_area,) = layers["lingkaran"]
    assert is_whole(reached_area)
    west, south, east, north = address.metres
    unit = (east - west) / 4096
    distances = {f["properties"]["kode"]: f["properties"].get("jarak_km") for f in layers["cakupan"]}
    geometry = shape(reached_area["geometry"])
    seen = 0
    for kode, x, y in read_hub.sql(
        "SELECT kode, ST_X(t), ST_Y(t) FROM (SELECT kode, ST_Transform(titik, 3857) AS t FROM batas "
        "WHERE tingkat = 4 AND sampai IS NULL) x"
    ):
        if west < x < east and south < y < north and distances.get(kode) is not None and abs(distances[kode] - 8) > 0.3:
            is_inside = geometry.contains(
                shape({"type": "Point", "coordinates": ((x - west) / unit, (north - y) / unit)})
            )
            assert is_inside == (distances[kode] < 8), kode
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("condition", ["hanyaBerlaku"])
def test_resources_are_left_out_as_in_graphql(read_hub: Client, condition: str) -> None:
    query = f'{{ cakupan(jenis: [LKS, PANTI], jarakKm: 25, wilayah: "53.14", {condition}: true) {{ baris {{ desa {{ kode }} jarakKm }} }} }}'
    expected = {b["desa"]["kode"]: b["jarakKm"] for b in read_hub.ask(query)["cakupan"]["baris"]}
    features = read_hub.get(f"/geojson/cakupan?jenis=LKS,PANTI&jarakKm=25&wilayah=53.14&{condition}=true").json()[
        "features"
    ]
    assert {f["id"]: f["properties"]["jarak_km"] for f in features} == pytest.approx(expected, abs=0.0011)


@pytest.mark.parametrize(
    "query", ["", "jenis=PUSKESOS&wilayah=53.14", "jenis=PUSKESOS&jarakKm=5", "jenis=PUSKESOS&jarakKm=x&wilayah=53.14",
              "jarakKm=5&wilayah=53.14", "jenis=PUSKESOS&jarakKm=nan&wilayah=53.14"],
)  # fmt: skip
def test_a_question_that_is_not_whole_is_refused(read_hub: Client, query: str) -> None:
    response = read_hub.get(f"/ubin/cakupan/0/0/0.mvt?{query}")
    assert (response.status_code, response.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")


def test_it_has_a_style_and_tilejson(read_hub: Client) -> None:
    style = read_hub.get(f"/gaya/cakupan.json?{_QUERY}").json()
    assert {x["source-layer"] for x in style["layers"] if "source-layer" in x} == {"cakupan", "lingkaran"}
    assert {v["id"] for v in read_hub.get(f"/ubin/cakupan.json?{_QUERY}").json()["vector_layers"]} == {
        "cakupan",
        "lingkaran",
    }
