"""Tiles of a crowded country: none is too large at any zoom, what is not drawn is told, and TileJSON and PMTiles tell the same."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles

from geo.tile_address import TileAddress, tile_at
from tests.cli.run_commands import run_here
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.peta.crowded_country import COUNT, LINKS, MIDDLE, POINTS, SIDE, fill
from tests.peta.tile_client import fetch, layer_names, tile_layers

LARGEST = 500_000
ZOOM = range(15)
LAYERS = [
    "wilayah?tingkat=DESA", "wilayah?tingkat=KECAMATAN", "wilayah", "wilayah?tingkat=DESA&wilayah=53.14",
    "angka?elemen=BAN01&periode=2020&wilayah=53&tingkat=DESA", "cakupan?jenis=LKS&jarakKm=5&wilayah=53.14",
    "sumber-daya", "sumber-daya?jenis=LKS", "wksbm", "mutu-batas",
]  # fmt: skip
PLACES = [
    MIDDLE,
    (106.005, -7.9925),
    (106.0 + 1.0, -8 + 1.5),
]  # the middle, where the resources are, among the networks


@pytest.fixture(scope="module")
def dense(cluster: Any, templates: dict[str, str]) -> Iterator[Client]:
    for url in clone_of(cluster, templates["dasar"]):
        fill(url)
        yield from serve(url)


def tiles(zoom: int) -> set[TileAddress]:
    """Those of the whole country while they are few, else around where most is."""
    if zoom < 8:
        return {tile_at(106 + dx * SIDE / 50, -8 + dy * SIDE / 50, zoom) for dx in (0, 0.5, 1) for dy in (0, 0.5, 1)}
    return {tile_at(lon, lat, zoom) for lon, lat in PLACES}


def tile(hub: Client, layer: str, at: TileAddress) -> bytes:
    name, _, asked = layer.partition("?")
    answer = fetch(hub, f"/ubin/{name}/{at.z}/{at.x}/{at.y}.mvt?{asked}", **{"Accept-Encoding": "identity"})
    assert answer.status_code in (200, 204), answer.text
    return answer.content


def described(hub: Client, layer: str) -> dict[str, Any]:
    name, _, asked = layer.partition("?")
    answer: dict[str, Any] = hub.get(f"/ubin/{name}.json?{asked}").json()
    return answer


@dataclass(frozen=True)
class Drawn:
    """A layer and its tiles at every zoom, asked for once for all tests of it."""

    layer: str
    tiles: dict[TileAddress, bytes]


@pytest.fixture(scope="module", params=LAYERS)
def drawn(dense: Client, request: pytest.FixtureRequest) -> Drawn:
    return Drawn(request.param, {at: tile(dense, request.param, at) for z in ZOOM for at in tiles(z)})


def test_no_tile_is_too_large_at_any_zoom(drawn: Drawn) -> None:
    sizes = {at: len(content) for at, content in drawn.tiles.items()}
    assert max(sizes.values()) > 200, "there is something to see"
    assert {at: n for at, n in sizes.items() if n > LARGEST} == {}


def test_tilejson_tells_at_which_zooms_tiles_hold_what(dense: Client, drawn: Drawn) -> None:
    tilejson = described(dense, drawn.layer)
    told = {x["id"]: (x["minzoom"], x["maxzoom"]) for x in tilejson["vector_layers"]}
    assert tilejson["minzoom"] == min(first for first, _ in told.values())
    seen: dict[str, set[int]] = {}
    for at, content in drawn.tiles.items():
        for name in layer_names(content):
            seen.setdefault(name, set()).add(at.z)
    for name, zooms in seen.items():
        if name in told:
            assert told[name][0] <= min(zooms)
            assert max(zooms) <= told[name][1]
        else:
            assert max(zooms) < tilejson["minzoom"]
    area = drawn.layer.partition("?")[0]
    if area in ("wilayah", "angka", "cakupan"):
        assert min(seen[area]) == told[area][0], "it is drawn from where it is said to be"


def test_desa_are_drawn_from_where_they_fit_and_counted_before(dense: Client) -> None:
    tilejson = described(dense, "wilayah?tingkat=DESA")
    first = tilejson["minzoom"]
    assert 5 < first < 12
    (areas,) = [x for x in tilejson["vector_layers"] if x["id"] == "wilayah"]
    assert f"dari zoom {first}" in areas["description"]
    counted = 0
    for at in tiles(first - 1):
        content = tile_layers(dense, "wilayah", at, "?tingkat=DESA")
        assert content.keys() <= {"terpotong"}
        for f in content.get("terpotong", []):
            said = f["properties"]
            assert (said["lapisan"], said["ditampilkan"], said["mulai_zoom"]) == ("wilayah", 0, first)
            counted += said["banyak"]
    assert counted > COUNT / 2
    (whole,) = tile_layers(dense, "wilayah", tile_at(*MIDDLE, 2), "?tingkat=DESA")["terpotong"]
    assert whole["properties"]["banyak"] == COUNT
    assert described(dense, "wilayah?tingkat=KECAMATAN")["minzoom"] == 0


def test_without_a_level_the_coarser_one_is_drawn_where_the_finer_does_not_fit(dense: Client) -> None:
    for zoom in ZOOM:
        content = tile_layers(dense, "wilayah", tile_at(*MIDDLE, zoom))
        assert len({f["properties"]["tingkat"] for f in content["wilayah"]}) == 1
    assert "desa/kelurahan dari zoom 11" in described(dense, "wilayah")["vector_layers"][0]["description"]


def test_points_that_do_not_fit_are_counted_every_one(dense: Client) -> None:
    for zoom in (3, 9, 10):
        content = tile_layers(dense, "sumber-daya", tile_at(106.005, -7.9925, zoom))["sumber-daya"]
        assert sum(f["properties"]["banyak"] for f in content) == POINTS
    networks = tile_layers(dense, "wksbm", tile_at(107, -7, 3))
    assert sum(f["properties"]["banyak"] for f in networks["wksbm"]) == POINTS
    (left_out,) = networks["terpotong"]
    said = left_out["properties"]
    assert said["lapisan"] == "hubungan"
    assert len(networks["hubungan"]) == said["ditampilkan"] < said["banyak"] <= LINKS


def test_a_file_begins_where_the_level_is_drawn(dense: Client, tmp_path: Path) -> None:
    file = tmp_path / "desa.pmtiles"
    first = described(dense, "wilayah?tingkat=DESA")["minzoom"]
    asked = ("export", "pmtiles", "wilayah", str(file), "--isi", "tingkat=DESA", "--zoom")
    early = run_here(dense.url, *asked, f"0-{first - 1}")
    assert early.returncode == 1
    assert f"baru digambar dari zoom {first}" in early.stderr
    done = run_here(dense.url, *asked, f"0-{first + 1}")
    assert done.returncode == 0, done.stderr
    assert f"baru digambar dari zoom {first}; berkasnya mulai di sana" in done.stderr
    with file.open("rb") as content:
        source = MmapSource(content)
        header: Any = Reader(source).header()
        metadata: Any = Reader(source).metadata()
        sizes = {at: len(gzip.decompress(b)) for at, b in all_tiles(source)}
        layers = {name for b in (b for _, b in all_tiles(source)) for name in layer_names(gzip.decompress(b))}
    assert (header["min_zoom"], header["max_zoom"]) == (first, first + 1) == (metadata["minzoom"], metadata["maxzoom"])
    assert min(z for z, _, _ in sizes) == first
    assert max(sizes.values()) <= LARGEST
    told = {x["id"]: x for x in metadata["vector_layers"]}
    assert layers <= told.keys()
    assert told["wilayah"]["minzoom"] == first
    assert f"dari zoom {first}" in told["wilayah"]["description"]


def test_the_style_says_from_which_zoom(dense: Client) -> None:
    style = dense.get("/gaya/wilayah.json?tingkat=DESA").json()
    assert style["sources"]["wilayah"]["minzoom"] == 0, "what is not drawn is told"
    assert "mulai_zoom" in json.dumps([x for x in style["layers"] if x["id"] == "terpotong"])
