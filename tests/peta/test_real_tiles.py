"""Tiles of real boundaries: every desa of a kabupaten at every zoom, valid, where it belongs, and no larger than need be."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geo.tile_address import EXTENT, TileAddress, tiles_over
from hub.batas.files import BatasFile
from hub.batas.service import BatasSource, import_batas
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from tests.batas.boundary_hub import C, Hub
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.peta.tile_client import tile_layers

BOX = (122.6, -11.1, 123.5, -10.35)


@pytest.fixture(scope="module")
def rote(cluster: PrivateCluster, templates: dict[str, str], data: Path) -> Iterator[Client]:
    """A hub with the real list and the 119 real desa of Rote Ndao, only read from."""
    for url in clone_of(cluster, templates["dasar"]):
        h = Hub(url)
        with (data / "wilayah_2025.csv").open(encoding="utf-8", newline="") as lines:
            h.wilayah(
                {b["kode"]: b["nama"] for b in csv.DictReader(lines) if b["kode"] == "53" or b["kode"][:5] == "53.14"}
            )

        async def work(db: Database) -> None:
            file = BatasFile(data / "rote_ndao" / "desa.geojson")
            await import_batas(db, file.features(), C, BatasSource("uji", file.version))

        h.run(work)
        yield from serve(url)


@pytest.mark.parametrize("zoom", range(0, 14))
def test_every_desa_is_drawn_valid_and_in_its_place(rote: Client, zoom: int) -> None:
    """Of all tiles of a zoom (of a few, where they are many): shapes put together cover what is stored."""
    names = dict(rote.sql("SELECT kode, nama FROM wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL"))
    addresses = list(tiles_over(BOX, zoom))
    complete = len(addresses) <= 16
    seen: dict[str, float] = {}
    for a in addresses if complete else addresses[:: len(addresses) // 12]:
        west, _, east, _ = a.metres
        side = (east - west) / EXTENT
        for f in tile_layers(rote, "wilayah", a, "?tingkat=DESA").get("wilayah", []):
            geometry = shape(f["geometry"])
            assert geometry.is_valid
            assert not geometry.is_empty
            assert names[f["properties"]["kode"]] == f["properties"]["nama"]
            cut = shapely.intersection(geometry, shapely.box(0, 0, EXTENT, EXTENT))
            seen[f["properties"]["kode"]] = seen.get(f["properties"]["kode"], 0) + cut.area * side * side
    if complete:
        assert seen.keys() == names.keys()
    if complete and zoom >= 10:
        band = "3" if zoom < 12 else "4"
        areas = dict(rote.sql(f"SELECT kode, ST_Area(geom) FROM batas_piramida WHERE tingkat = 4 AND pita = {band}"))
        unit = TileAddress(zoom, 0, 0)
        unit_area = ((unit.metres[2] - unit.metres[0]) / EXTENT) ** 2
        for kode, m2 in areas.items():
            assert abs(seen[kode] - m2) < max(0.02 * m2, 400 * unit_area), kode


def test_most_shapes_need_no_repair(rote: Client) -> None:
    """What the tiles' speed rests on: nearly every shape is valid as soon as it is rounded."""
    for band, zoom in ((1, 6), (1, 7), (2, 8), (2, 9), (3, 10), (3, 11)):
        ((tidy, total),) = rote.sql(
            f"SELECT count(*) FILTER (WHERE rapi & {1 << zoom} <> 0), count(*) FROM batas_piramida WHERE tingkat = 4 AND pita = {band}"
        )
        assert total == 119
        assert tidy > 110, zoom


def test_tiles_are_small(rote: Client) -> None:
    """A kabupaten of 119 desa at the zoom at which it fills a screen."""
    for a in tiles_over(BOX, 8):
        assert len(rote.get(f"/ubin/wilayah/{a.z}/{a.x}/{a.y}.mvt?tingkat=DESA").content) < 30_000
