"""Coverage on the map is what `cakupan` answers."""

import pytest
from shapely.geometry import shape

from geo.tile_address import TileAddress, tile_at
from tests.client import Klien
from tests.peta.tile_client import ubin, utuh

DUNIA = TileAddress(0, 0, 0)
_TANYA = "jenis=PUSKESOS,SLRT,LKS,PANTI&jarakKm=8&wilayah=53.14"
_CAKUPAN = """{ cakupan(jenis: [PUSKESOS, SLRT, LKS, PANTI], jarakKm: 8, wilayah: "53.14") {
  desaTercakup baris { desa { kode } tercakup jarakKm } } }"""


def test_desa_are_covered_as_graphql_says(hub_baca: Klien) -> None:
    isi = hub_baca.tanya(_CAKUPAN)["cakupan"]
    janji = {b["desa"]["kode"]: (b["tercakup"], b["jarakKm"]) for b in isi["baris"]}
    assert 0 < isi["desaTercakup"] < 119
    fitur = ubin(hub_baca, "cakupan", DUNIA, f"?{_TANYA}")["cakupan"]
    assert {f["properties"]["kode"] for f in fitur} == janji.keys()
    for f in fitur:
        assert utuh(f)
        tercakup, jarak = janji[f["properties"]["kode"]]
        assert f["properties"]["tercakup"] == tercakup
        assert f["properties"]["jarak_km"] == pytest.approx(jarak, abs=0.0011)
    beda = hub_baca.get(f"/geojson/cakupan?{_TANYA}").json()["features"]
    assert {f["id"]: f["properties"]["tercakup"] for f in beda} == {k: t for k, (t, _) in janji.items()}


def test_the_area_within_reach_holds_the_covered_desa(hub_baca: Klien) -> None:
    alamat = tile_at(123.1, -10.75, 8)
    isi = ubin(hub_baca, "cakupan", alamat, f"?{_TANYA}")
    (daerah,) = isi["lingkaran"]
    assert utuh(daerah)
    barat, selatan, timur, utara = alamat.metres
    satuan = (timur - barat) / 4096
    jarak = {f["properties"]["kode"]: f["properties"].get("jarak_km") for f in isi["cakupan"]}
    bentuk = shape(daerah["geometry"])
    dilihat = 0
    for kode, x, y in hub_baca.sql(
        "SELECT kode, ST_X(t), ST_Y(t) FROM (SELECT kode, ST_Transform(titik, 3857) AS t FROM batas "
        "WHERE tingkat = 4 AND sampai IS NULL) x"
    ):
        if barat < x < timur and selatan < y < utara and jarak.get(kode) is not None and abs(jarak[kode] - 8) > 0.3:
            ada = bentuk.contains(shape({"type": "Point", "coordinates": ((x - barat) / satuan, (utara - y) / satuan)}))
            assert ada == (jarak[kode] < 8), kode
            dilihat += 1
    assert dilihat > 30


@pytest.mark.parametrize("syarat", ["hanyaBerlaku"])
def test_resources_are_left_out_as_in_graphql(hub_baca: Klien, syarat: str) -> None:
    tanya = f'{{ cakupan(jenis: [LKS, PANTI], jarakKm: 25, wilayah: "53.14", {syarat}: true) {{ baris {{ desa {{ kode }} jarakKm }} }} }}'
    janji = {b["desa"]["kode"]: b["jarakKm"] for b in hub_baca.tanya(tanya)["cakupan"]["baris"]}
    fitur = hub_baca.get(f"/geojson/cakupan?jenis=LKS,PANTI&jarakKm=25&wilayah=53.14&{syarat}=true").json()["features"]
    assert {f["id"]: f["properties"]["jarak_km"] for f in fitur} == pytest.approx(janji, abs=0.0011)


@pytest.mark.parametrize(
    "tanya", ["", "jenis=PUSKESOS&wilayah=53.14", "jenis=PUSKESOS&jarakKm=5", "jenis=PUSKESOS&jarakKm=x&wilayah=53.14",
              "jarakKm=5&wilayah=53.14", "jenis=PUSKESOS&jarakKm=nan&wilayah=53.14"],
)  # fmt: skip
def test_a_question_that_is_not_whole_is_refused(hub_baca: Klien, tanya: str) -> None:
    jawab = hub_baca.get(f"/ubin/cakupan/0/0/0.mvt?{tanya}")
    assert (jawab.status_code, jawab.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")


def test_it_has_a_style_and_tilejson(hub_baca: Klien) -> None:
    gaya = hub_baca.get(f"/gaya/cakupan.json?{_TANYA}").json()
    assert {x["source-layer"] for x in gaya["layers"] if "source-layer" in x} == {"cakupan", "lingkaran"}
    assert {v["id"] for v in hub_baca.get(f"/ubin/cakupan.json?{_TANYA}").json()["vector_layers"]} == {
        "cakupan",
        "lingkaran",
    }
