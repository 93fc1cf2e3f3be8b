"""Tiles of real boundaries: every desa of a kabupaten at every zoom, valid, where it belongs, and no larger than need be."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geo.tile_address import EXTENT, TileAddress, tiles_over
from hub.batas.files import BerkasBatas
from hub.batas.service import import_batas
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from tests.batas.boundary_hub import C, Hub
from tests.client import Klien
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.peta.tile_client import ubin

KOTAK = (122.6, -11.1, 123.5, -10.35)


@pytest.fixture(scope="module")
def rote(cluster: PrivateCluster, templates: dict[str, str], data: Path) -> Iterator[Klien]:
    """A hub with the real list and the 119 real desa of Rote Ndao, only read from."""
    for url in clone_of(cluster, templates["dasar"]):
        h = Hub(url)
        with (data / "wilayah_2025.csv").open(encoding="utf-8", newline="") as isi:
            h.wilayah(
                {b["kode"]: b["nama"] for b in csv.DictReader(isi) if b["kode"] == "53" or b["kode"][:5] == "53.14"}
            )

        async def kerja(db: Database) -> None:
            berkas = BerkasBatas(data / "rote_ndao" / "desa.geojson")
            await import_batas(db, berkas.fitur(), C, sumber="uji", versi=berkas.versi)

        h.run(kerja)
        yield from serve(url)


@pytest.mark.parametrize("zoom", range(0, 14))
def test_every_desa_is_drawn_valid_and_in_its_place(rote: Klien, zoom: int) -> None:
    """Of all tiles of a zoom (of a few, where they are many): shapes put together cover what is stored."""
    ada = dict(rote.sql("SELECT kode, nama FROM wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL"))
    alamat = list(tiles_over(KOTAK, zoom))
    lengkap = len(alamat) <= 16
    terlihat: dict[str, float] = {}
    for a in alamat if lengkap else alamat[:: len(alamat) // 12]:
        barat, _, timur, _ = a.metres
        sisi = (timur - barat) / EXTENT
        for f in ubin(rote, "wilayah", a, "?tingkat=DESA").get("wilayah", []):
            bentuk = shape(f["geometry"])
            assert bentuk.is_valid
            assert not bentuk.is_empty
            assert ada[f["properties"]["kode"]] == f["properties"]["nama"]
            potong = shapely.intersection(bentuk, shapely.box(0, 0, EXTENT, EXTENT))
            terlihat[f["properties"]["kode"]] = terlihat.get(f["properties"]["kode"], 0) + potong.area * sisi * sisi
    if lengkap:
        assert terlihat.keys() == ada.keys()
    if lengkap and zoom >= 10:
        pita = "3" if zoom < 12 else "4"
        luas = dict(rote.sql(f"SELECT kode, ST_Area(geom) FROM batas_piramida WHERE tingkat = 4 AND pita = {pita}"))
        satuan = TileAddress(zoom, 0, 0)
        kecil = ((satuan.metres[2] - satuan.metres[0]) / EXTENT) ** 2
        for kode, m2 in luas.items():
            assert abs(terlihat[kode] - m2) < max(0.02 * m2, 400 * kecil), kode


def test_most_shapes_need_no_repair(rote: Klien) -> None:
    """What the tiles' speed rests on: nearly every shape is valid as soon as it is rounded."""
    for pita, zoom in ((1, 6), (1, 7), (2, 8), (2, 9), (3, 10), (3, 11)):
        ((rapi, semua),) = rote.sql(
            f"SELECT count(*) FILTER (WHERE rapi & {1 << zoom} <> 0), count(*) FROM batas_piramida WHERE tingkat = 4 AND pita = {pita}"
        )
        assert semua == 119
        assert rapi > 110, zoom


def test_tiles_are_small(rote: Klien) -> None:
    """A kabupaten of 119 desa at the zoom at which it fills a screen."""
    for a in tiles_over(KOTAK, 8):
        assert len(rote.get(f"/ubin/wilayah/{a.z}/{a.x}/{a.y}.mvt?tingkat=DESA").content) < 30_000
