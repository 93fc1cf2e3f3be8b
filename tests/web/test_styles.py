"""TileJSON and styles: ready to be used, and pointing nowhere but to the hub."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from hub.web.gaya import breaks
from tests.client import Klien
from tests.peta.tile_client import baca

_ANGKA = "elemen=BAN01&periode=2020&wilayah=53.14&tingkat=DESA"


def ambil(hub: Klien, jalur: str) -> Any:
    jawab = hub.get(jalur)
    assert jawab.status_code == 200, jawab.text
    return jawab.json()


def petak(hub: Klien, alamat: str) -> dict[str, Any]:
    """The whole world in one tile, by the address a client is told."""
    assert alamat.startswith(hub.alamat)
    jawab = hub.get(alamat.format(z=0, x=0, y=0))
    assert jawab.status_code in (200, 204), jawab.text
    return baca(jawab.content)


@pytest.mark.parametrize(
    "tanya", ["wilayah.json?tingkat=DESA", "sumber-daya.json?jenis=LKS,SLRT", f"angka.json?{_ANGKA}"]
)
def test_tilejson_leads_to_the_tiles(hub_baca: Klien, tanya: str) -> None:
    isi = ambil(hub_baca, f"/ubin/{tanya}")
    assert isi["tilejson"] == "3.0.0"
    assert 0 == isi["minzoom"] < isi["maxzoom"]
    barat, selatan, timur, utara = isi["bounds"]
    assert 94 < barat < timur < 142
    assert -12 < selatan < utara < 8
    lapis = {x["id"]: x["fields"] for x in isi["vector_layers"]}
    for nama, fitur in petak(hub_baca, isi["tiles"][0]).items():
        assert all(f["properties"].keys() <= lapis[nama].keys() for f in fitur)
    if "angka" in tanya:
        assert "v=" not in isi["tiles"][0]
    if tanya.startswith("wilayah"):
        assert hub_baca.get(isi["tiles"][0].format(z=9, x=431, y=271)).headers["cache-control"].endswith("immutable")


@pytest.mark.parametrize("tanya", ["wilayah.json", "sumber-daya.json", f"angka.json?{_ANGKA}", "angka.json?indikator=I07&periode=2020&wilayah=53"])  # fmt: skip
def test_a_style_is_whole(hub_baca: Klien, tanya: str) -> None:
    gaya = ambil(hub_baca, f"/gaya/{tanya}")
    assert gaya["version"] == 8
    assert "glyphs" not in gaya
    assert "sprite" not in gaya
    for alamat in [t for s in gaya["sources"].values() for t in s["tiles"]]:
        assert f"http://{urlsplit(alamat).netloc}" == hub_baca.alamat
        petak(hub_baca, alamat)
    nomor = [x["id"] for x in gaya["layers"]]
    assert len(nomor) == len(set(nomor))
    for x in gaya["layers"]:
        if x["type"] != "background":
            assert x["source"] in gaya["sources"]
            lapis = ambil(
                hub_baca,
                f"/ubin/{x['source']}.json?{tanya.partition('?')[2]}"
                if x["source"] != "wilayah"
                else "/ubin/wilayah.json",
            )
            assert x["source-layer"] in {v["id"] for v in lapis["vector_layers"]}


def test_classes_of_figures_are_those_of_the_legend(hub_baca: Klien) -> None:
    gaya = ambil(hub_baca, "/gaya/angka.json?elemen=BAN01&periode=2020&wilayah=53.14")
    legenda = gaya["metadata"]["hub:legenda"]
    assert legenda["judul"] == "KPM PKH, 2020"
    assert len(legenda["warna"]) == len(legenda["mulai"]) + 1 == 5
    isi = next(x for x in gaya["layers"] if x["id"] == "angka-isi")
    assert json.dumps(["step", ["get", "nilai"], legenda["warna"][0]])[:-1] in json.dumps(isi)


def test_an_unchanged_style_is_304(hub_baca: Klien) -> None:
    jawab = hub_baca.get("/gaya/wilayah.json")
    assert hub_baca.get("/gaya/wilayah.json", headers={"If-None-Match": jawab.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("jalur", ["/ubin/apa.json", "/gaya/apa.json"])
def test_unknown_layers(hub_baca: Klien, jalur: str) -> None:
    assert hub_baca.get(jalur).status_code == 404


def test_a_question_that_cannot_be_answered_has_no_style(hub_baca: Klien) -> None:
    assert hub_baca.get("/gaya/angka.json").json()["kode"] == "MASUKAN_TIDAK_SAH"


def test_breaks_part_figures_in_equal_shares() -> None:
    assert breaks([]) == []
    assert breaks([3.0, 3.0]) == []
    assert breaks([float(n) for n in range(100)]) == [20.0, 40.0, 60.0, 80.0]
    assert breaks([0.0] * 90 + [float(n) for n in range(1, 11)]) == []
    assert breaks([0.0] * 50 + [1.0] * 50) == [1.0]
