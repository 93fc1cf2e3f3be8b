"""GeoJSON: whole, in pages, in boxes; as RFC 7946 has it and as GDAL reads it."""

import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from shapely.geometry import box, shape

from hub.base.kode import Tingkat
from hub.db.database import Database
from hub.peta import geojson as geojson_source
from tests.client import Klien
from tests.peta.resource_rows import tambah


def ambil(hub: Klien, jalur: str) -> dict[str, Any]:
    jawab = hub.get(jalur)
    assert (jawab.status_code, jawab.headers["content-type"]) == (200, "application/geo+json")
    isi: dict[str, Any] = jawab.json()
    assert isi["type"] == "FeatureCollection"
    return isi


def lanjut(isi: dict[str, Any]) -> str | None:
    return next((t["href"] for t in isi["links"] if t["rel"] == "next"), None)


def semua_halaman(hub: Klien, jalur: str) -> list[list[str]]:
    """Ids, page by page."""
    halaman = []
    kini: str | None = jalur
    while kini is not None:
        isi = ambil(hub, kini)
        halaman.append([f["id"] for f in isi["features"]])
        kini = lanjut(isi)
    return halaman


def test_pages_make_up_the_whole(hub_baca: Klien) -> None:
    utuh = [f["id"] for f in ambil(hub_baca, "/geojson/wilayah?tingkat=DESA")["features"]]
    assert len(utuh) == len(set(utuh)) == 119
    halaman = semua_halaman(hub_baca, "/geojson/wilayah?tingkat=DESA&limit=50")
    assert [len(h) for h in halaman] == [50, 50, 19]
    assert [k for h in halaman for k in h] == utuh == sorted(utuh)
    assert [len(h) for h in semua_halaman(hub_baca, "/geojson/wilayah?tingkat=DESA&limit=119")] == [119]


def test_a_long_answer_is_read_in_pages(hub_baca: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many features, memory holds a page, and no connection is held between pages."""
    banyak: list[int] = []
    asli = Database.read_rows

    async def catat(self: Any, actor: Any, perintah: Any) -> Any:
        hasil = await asli(self, actor, perintah)
        banyak.append(len(hasil))
        return hasil

    monkeypatch.setattr(Database, "read_rows", catat)
    monkeypatch.setitem(geojson_source.SEHALAMAN, Tingkat.DESA, 50)
    isi = ambil(hub_baca, "/geojson/wilayah?tingkat=DESA&wilayah=53.14&limit=110")
    assert len(isi["features"]) == 110
    assert [n for n in banyak if n > 1] == [51, 51, 11]
    assert lanjut(isi) is not None


def test_features_are_as_rfc_7946_has_them(hub_baca: Klien) -> None:
    for f in ambil(hub_baca, "/geojson/wilayah?wilayah=53.14")["features"]:
        assert f["type"] == "Feature"
        assert f["properties"].keys() == {"kode", "nama", "tingkat", "jenis", "contoh"}
        assert f["properties"]["kode"] == f["id"]
        bentuk = shape(f["geometry"])
        assert bentuk.is_valid
        assert 122 < bentuk.bounds[0] < 124  # longitude first
        assert -11.5 < bentuk.bounds[1] < -10
        for p in bentuk.geoms:
            assert p.exterior.is_ccw
            assert not any(r.is_ccw for r in p.interiors)


def test_a_box_holds_what_touches_it(hub_baca: Klien) -> None:
    kotak = (123.0, -10.8, 123.1, -10.7)
    isi = ambil(hub_baca, "/geojson/wilayah?tingkat=DESA&bbox=" + ",".join(str(k) for k in kotak))
    semua = ambil(hub_baca, "/geojson/wilayah?tingkat=DESA")["features"]
    janji = {f["id"] for f in semua if shape(f["geometry"]).intersects(box(*kotak))}
    assert 0 < len(janji) < 119
    assert {f["id"] for f in isi["features"]} == janji


@pytest.mark.parametrize(
    "tanya",
    ["bbox=1,2,3", "bbox=123,-10,122,-9", "bbox=a,b,c,d", "bbox=nan,0,1,1", "limit=0", "limit=100001", "limit=x", "after='",
     "after=53.14~x", "tingat=DESA"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(hub_baca: Klien, tanya: str) -> None:
    jawab = hub_baca.get(f"/geojson/wilayah?{tanya}")
    assert (jawab.status_code, jawab.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")
    assert hub_baca.get(f"/geojson/apa?{tanya}").status_code == 404


def test_social_resources_with_and_without_a_place(hub_kosong: Klien) -> None:
    tambah(hub_kosong, "LKS", (123.05, -10.73), (1, 30))
    tambah(hub_kosong, "LK3", (123.05, -10.73), (31, 32))
    hub_kosong.sql("UPDATE sumber_daya SET titik = NULL WHERE jenis = 'LK3'")
    tambah(hub_kosong, "LK3", (123.05, -10.73), (33, 40), rahasia=True)  # to the public they are not there
    halaman = semua_halaman(hub_kosong, "/geojson/sumber-daya?limit=7")
    assert [len(h) for h in halaman] == [7, 7, 7, 7, 4]
    assert len({k for h in halaman for k in h}) == 32
    isi = ambil(hub_kosong, "/geojson/sumber-daya?jenis=LK3")["features"]
    assert [f["geometry"] for f in isi] == [None, None]
    kotak = ambil(hub_kosong, "/geojson/sumber-daya?bbox=123,-10.8,123.1,-10.7")["features"]
    assert {f["properties"]["jenis"] for f in kotak} == {"LKS"}
    assert kotak[0]["geometry"] == {"type": "Point", "coordinates": [123.050001, -10.73]}


def test_gdal_reads_it(hub_baca: Klien, tmp_path: Path) -> None:
    berkas = tmp_path / "desa.geojson"
    berkas.write_text(json.dumps(ambil(hub_baca, "/geojson/wilayah?tingkat=DESA")))
    info = pyogrio.read_info(berkas)
    assert (info["features"], info["crs"]) == (119, "EPSG:4326")
    assert {"kode", "nama"} <= set(info["fields"])
