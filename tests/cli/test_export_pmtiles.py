"""hub export pmtiles: one file that holds what the addresses give, readable by others."""

import gzip
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

from tests.cli.run_commands import assert_refused, run_here
from tests.client import Client
from tests.peta.tile_client import decode_tile, fetch


def write(hub: Client, file: Path, *words: str) -> str:
    result = run_here(hub.url, "export", "pmtiles", words[0], str(file), *words[1:])
    assert result.returncode == 0, result.stderr
    return result.stderr


@pytest.mark.parametrize("words", [["wilayah"], ["wilayah", "--isi", "tingkat=DESA", "--isi", "wilayah=53.14"],
                                 ["angka", "--isi", "elemen=REH10", "--isi", "periode=2020", "--isi", "wilayah=53.14", "--isi", "tingkat=DESA"]])  # fmt: skip
def test_the_file_holds_every_tile_as_it_is_served(read_hub: Client, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "peta.pmtiles"
    laporan = write(read_hub, file, *words, "--zoom", "0-10")
    query = "&".join(i for i in words[1:] if i != "--isi")
    with file.open("rb") as opened:
        source = MmapSource(opened)
        header: Any = Reader(source).header()
        assert header["clustered"]
        assert (header["tile_type"], header["tile_compression"]) == (TileType.MVT, Compression.GZIP)
        assert (header["version"], header["min_zoom"], header["max_zoom"]) == (3, 0, 10)
        assert header["tile_contents_count"] <= header["addressed_tiles_count"]
        assert f"{header['addressed_tiles_count']} ubin" in laporan
        tiles = {zxy: gzip.decompress(b) for zxy, b in all_tiles(source)}
        metadata: Any = Reader(source).metadata()
    assert len(tiles) == header["addressed_tiles_count"] > 10
    layers = {x["id"] for x in metadata["vector_layers"]}
    assert all(decode_tile(b).keys() <= layers for b in tiles.values())
    for z, x, y in list(tiles)[:: max(1, len(tiles) // 12)]:
        response = fetch(read_hub, f"/ubin/{words[0]}/{z}/{x}/{y}.mvt?{query}")
        assert response.content == tiles[z, x, y]
    for z, x, y in [(10, 860, 542), (10, 861, 542), (10, 862, 542), (10, 862, 543), (9, 431, 271)]:
        served = fetch(read_hub, f"/ubin/{words[0]}/{z}/{x}/{y}.mvt?{query}").content
        assert tiles.get((z, x, y), b"") == served


def test_gdal_reads_the_file(read_hub: Client, tmp_path: Path) -> None:
    file = tmp_path / "desa.pmtiles"
    write(read_hub, file, "wilayah", "--zoom", "0-10", "--isi", "tingkat=DESA")
    assert {name for name, _ in pyogrio.list_layers(file)} == {"wilayah", "label"}
    meta, _, geom, (kode,) = pyogrio.raw.read(file, layer="wilayah", columns=["kode"])
    assert (meta["crs"], len(geom)) == ("EPSG:3857", len(kode))
    assert len(set(kode)) == 119


def test_gdal_reads_a_tile(read_hub: Client, tmp_path: Path) -> None:
    file = tmp_path / "271.mvt"
    file.write_bytes(fetch(read_hub, "/ubin/wilayah/9/431/271.mvt?tingkat=DESA").content)
    assert pyogrio.read_info(file, layer="wilayah")["features"] > 50


def test_sensitive_figures_do_not_leave_by_the_file(read_hub: Client, tmp_path: Path) -> None:
    """The file is what the public sees, though the command runs with every right."""
    file = tmp_path / "angka.pmtiles"
    said = write(read_hub, file, "angka", "--zoom", "7-7", *(k for i in ("elemen=REH10", "periode=2020", "wilayah=53.14", "tingkat=DESA") for k in ("--isi", i)))  # fmt: skip
    with file.open("rb") as opened:
        features = [f for _, b in all_tiles(MmapSource(opened)) for f in decode_tile(gzip.decompress(b))["angka"]]
        metadata: Any = Reader(MmapSource(opened)).metadata()
    assert {f["properties"]["status"] for f in features} == {"DISUPRESI"}
    assert not any("nilai" in f["properties"] for f in features)
    why = "dirahasiakan untuk melindungi orangnya"
    assert why in said
    assert why in metadata["description"]
    assert [why in x["fields"]["status"] for x in metadata["vector_layers"] if x["id"] == "angka"] == [True]


def test_a_file_in_which_nothing_is_closed_says_nothing_of_it(read_hub: Client, tmp_path: Path) -> None:
    words = ("elemen=BAN01", "periode=2020", "wilayah=53.14", "tingkat=KECAMATAN")
    said = write(
        read_hub, tmp_path / "angka.pmtiles", "angka", "--zoom", "7-7", *(k for i in words for k in ("--isi", i))
    )
    assert "dirahasiakan" not in said


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (["jalan", "x.pmtiles"], "Lapisan"),
        (["wilayah", "x.pmtiles", "--zoom", "5-2"], "zoom"),
        (["wilayah", "x.pmtiles", "--zoom", "0-15"], "zoom"),
        (["wilayah", "x.pmtiles", "--isi", "tingkat"], "nama=nilai"),
        (["wilayah", "x.pmtiles", "--isi", "tingat=DESA"], "tingat"),
        (["wilayah", "x.pmtiles", "--zoom", "0-3", "--isi", "wilayah=91"], "kosong"),
    ],
)
def test_what_cannot_be_written_leaves_no_file(read_hub: Client, tmp_path: Path, words: list[str], cause: str) -> None:
    target = tmp_path / words[1]
    target.write_text("lama")
    assert_refused(run_here(read_hub.url, "export", "pmtiles", words[0], str(target), *words[2:]), cause)
    assert [f.name for f in tmp_path.iterdir()] == [words[1]]
    assert target.read_text() == "lama"
