"""TileJSON and styles: ready to be used, and pointing nowhere but to the hub."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from hub.web.style import breaks
from tests.client import Client
from tests.peta.tile_client import decode_tile

_ANGKA = "elemen=BAN01&periode=2020&wilayah=53.14&tingkat=DESA"


def fetch_json(hub: Client, path: str) -> Any:
    response = hub.get(path)
    assert response.status_code == 200, response.text
    return response.json()


def fetch_tile(hub: Client, address: str) -> dict[str, Any]:
    """The whole world in one tile, by the address a client is told."""
    assert address.startswith(hub.address)
    response = hub.get(address.format(z=0, x=0, y=0))
    assert response.status_code in (200, 204), response.text
    return decode_tile(response.content)


@pytest.mark.parametrize(
    "query", ["wilayah.json?tingkat=DESA", "sumber-daya.json?jenis=LKS,SLRT", f"angka.json?{_ANGKA}"]
)
def test_tilejson_leads_to_the_tiles(read_hub: Client, query: str) -> None:
    tilejson = fetch_json(read_hub, f"/ubin/{query}")
    assert tilejson["tilejson"] == "3.0.0"
    assert 0 == tilejson["minzoom"] < tilejson["maxzoom"]
    west, south, east, north = tilejson["bounds"]
    assert 94 < west < east < 142
    assert -12 < south < north < 8
    layers = {x["id"]: x["fields"] for x in tilejson["vector_layers"]}
    for name, features in fetch_tile(read_hub, tilejson["tiles"][0]).items():
        assert all(f["properties"].keys() <= layers[name].keys() for f in features)
    if "angka" in query:
        assert "v=" not in tilejson["tiles"][0]
    if query.startswith("wilayah"):
        assert (
            read_hub.get(tilejson["tiles"][0].format(z=9, x=431, y=271)).headers["cache-control"].endswith("immutable")
        )


@pytest.mark.parametrize("query", ["wilayah.json", "sumber-daya.json", f"angka.json?{_ANGKA}", "angka.json?indikator=I07&periode=2020&wilayah=53"])  # fmt: skip
def test_a_style_is_whole(read_hub: Client, query: str) -> None:
    style = fetch_json(read_hub, f"/gaya/{query}")
    assert style["version"] == 8
    assert "glyphs" not in style
    assert "sprite" not in style
    for address in [t for s in style["sources"].values() for t in s["tiles"]]:
        assert f"http://{urlsplit(address).netloc}" == read_hub.address
        fetch_tile(read_hub, address)
    ids = [x["id"] for x in style["layers"]]
    assert len(ids) == len(set(ids))
    for x in style["layers"]:
        if x["type"] != "background":
            assert x["source"] in style["sources"]
            tilejson = fetch_json(
                read_hub,
                f"/ubin/{x['source']}.json?{query.partition('?')[2]}"
                if x["source"] != "wilayah"
                else "/ubin/wilayah.json",
            )
            assert x["source-layer"] in {v["id"] for v in tilejson["vector_layers"]}


def test_classes_of_figures_are_those_of_the_legend(read_hub: Client) -> None:
    style = fetch_json(read_hub, "/gaya/angka.json?elemen=BAN01&periode=2020&wilayah=53.14")
    legend = style["metadata"]["hub:legenda"]
    assert legend["judul"] == "KPM PKH, 2020"
    assert len(legend["warna"]) == len(legend["mulai"]) + 1 == 5
    fill = next(x for x in style["layers"] if x["id"] == "angka-isi")
    assert json.dumps(["step", ["get", "nilai"], legend["warna"][0]])[:-1] in json.dumps(fill)


def test_an_unchanged_style_is_304(read_hub: Client) -> None:
    response = read_hub.get("/gaya/wilayah.json")
    assert read_hub.get("/gaya/wilayah.json", headers={"If-None-Match": response.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/ubin/apa.json", "/gaya/apa.json"])
def test_unknown_layers(read_hub: Client, path: str) -> None:
    assert read_hub.get(path).status_code == 404


def test_a_question_that_cannot_be_answered_has_no_style(read_hub: Client) -> None:
    assert read_hub.get("/gaya/angka.json").json()["kode"] == "MASUKAN_TIDAK_SAH"


def test_breaks_part_figures_in_equal_shares() -> None:
    assert breaks([]) == []
    assert breaks([3.0, 3.0]) == []
    assert breaks([float(n) for n in range(100)]) == [20.0, 40.0, 60.0, 80.0]
    assert breaks([0.0] * 90 + [float(n) for n in range(1, 11)]) == []
    assert breaks([0.0] * 50 + [1.0] * 50) == [1.0]


def test_the_bounds_of_a_region_are_those_of_what_is_drawn_of_it(read_hub: Client) -> None:
    desa = read_hub.ask('{ kecamatan(kode: "53.14.05") { bbox desa { bbox } } }')["kecamatan"]
    west, south, east, north = zip(*(d["bbox"] for d in desa["desa"]), strict=True)
    of_desa = fetch_json(read_hub, "/ubin/wilayah.json?wilayah=53.14.05&tingkat=DESA")["bounds"]
    assert of_desa == pytest.approx([min(west), min(south), max(east), max(north)], abs=0.01)
    assert fetch_json(read_hub, "/ubin/wilayah.json?wilayah=53.14.05")["bounds"] == pytest.approx(of_desa, abs=0.01)
    assert "bounds" not in fetch_json(read_hub, "/ubin/wilayah.json?wilayah=11.01"), "nothing of it is drawn"
    assert "bounds" not in fetch_json(read_hub, "/ubin/wilayah.json?wilayah=53&tingkat=PROVINSI")
