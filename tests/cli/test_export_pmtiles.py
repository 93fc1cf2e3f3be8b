"""hub export pmtiles: one file that holds what the addresses give, readable by others."""

import gzip
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

from tests.cli.run_commands import assert_refused, run_here
from tests.client import Klien
from tests.peta.tile_client import baca, minta


def tulis(hub: Klien, berkas: Path, *kata: str) -> str:
    hasil = run_here(hub.url, "export", "pmtiles", kata[0], str(berkas), *kata[1:])
    assert hasil.returncode == 0, hasil.stderr
    return hasil.stderr


@pytest.mark.parametrize("isi", [["wilayah"], ["wilayah", "--isi", "tingkat=DESA", "--isi", "wilayah=53.14"],
                                 ["angka", "--isi", "elemen=REH10", "--isi", "periode=2020", "--isi", "wilayah=53.14", "--isi", "tingkat=DESA"]])  # fmt: skip
def test_the_file_holds_every_tile_as_it_is_served(hub_baca: Klien, tmp_path: Path, isi: list[str]) -> None:
    berkas = tmp_path / "peta.pmtiles"
    laporan = tulis(hub_baca, berkas, *isi, "--zoom", "0-10")
    tanya = "&".join(i for i in isi[1:] if i != "--isi")
    with berkas.open("rb") as buka:
        sumber = MmapSource(buka)
        kepala: Any = Reader(sumber).header()
        assert kepala["clustered"]
        assert (kepala["tile_type"], kepala["tile_compression"]) == (TileType.MVT, Compression.GZIP)
        assert (kepala["version"], kepala["min_zoom"], kepala["max_zoom"]) == (3, 0, 10)
        assert kepala["tile_contents_count"] <= kepala["addressed_tiles_count"]
        assert f"{kepala['addressed_tiles_count']} ubin" in laporan
        ubin = {zxy: gzip.decompress(b) for zxy, b in all_tiles(sumber)}
        metadata: Any = Reader(sumber).metadata()
    assert len(ubin) == kepala["addressed_tiles_count"] > 10
    lapis = {x["id"] for x in metadata["vector_layers"]}
    assert all(baca(b).keys() <= lapis for b in ubin.values())
    for z, x, y in list(ubin)[:: max(1, len(ubin) // 12)]:
        jawab = minta(hub_baca, f"/ubin/{isi[0]}/{z}/{x}/{y}.mvt?{tanya}")
        assert jawab.content == ubin[z, x, y]
    for z, x, y in [(10, 860, 542), (10, 861, 542), (10, 862, 542), (10, 862, 543), (9, 431, 271)]:
        ada = minta(hub_baca, f"/ubin/{isi[0]}/{z}/{x}/{y}.mvt?{tanya}").content
        assert ubin.get((z, x, y), b"") == ada


def test_gdal_reads_the_file(hub_baca: Klien, tmp_path: Path) -> None:
    berkas = tmp_path / "desa.pmtiles"
    tulis(hub_baca, berkas, "wilayah", "--zoom", "0-10", "--isi", "tingkat=DESA")
    assert {nama for nama, _ in pyogrio.list_layers(berkas)} == {"wilayah", "label"}
    meta, _, geom, (kode,) = pyogrio.raw.read(berkas, layer="wilayah", columns=["kode"])
    assert (meta["crs"], len(geom)) == ("EPSG:3857", len(kode))
    assert len(set(kode)) == 119


def test_gdal_reads_a_tile(hub_baca: Klien, tmp_path: Path) -> None:
    berkas = tmp_path / "271.mvt"
    berkas.write_bytes(minta(hub_baca, "/ubin/wilayah/9/431/271.mvt?tingkat=DESA").content)
    assert pyogrio.read_info(berkas, layer="wilayah")["features"] > 50


def test_sensitive_figures_do_not_leave_by_the_file(hub_baca: Klien, tmp_path: Path) -> None:
    """The file is what the public sees, though the command runs with every right."""
    berkas = tmp_path / "angka.pmtiles"
    tulis(hub_baca, berkas, "angka", "--zoom", "7-7", *(k for i in ("elemen=REH10", "periode=2020", "wilayah=53.14", "tingkat=DESA") for k in ("--isi", i)))  # fmt: skip
    with berkas.open("rb") as buka:
        semua = [f for _, b in all_tiles(MmapSource(buka)) for f in baca(gzip.decompress(b))["angka"]]
    assert {f["properties"]["status"] for f in semua} == {"DISUPRESI"}
    assert not any("nilai" in f["properties"] for f in semua)


@pytest.mark.parametrize(
    ("kata", "sebab"),
    [
        (["jalan", "x.pmtiles"], "Lapisan"),
        (["wilayah", "x.pmtiles", "--zoom", "5-2"], "zoom"),
        (["wilayah", "x.pmtiles", "--zoom", "0-15"], "zoom"),
        (["wilayah", "x.pmtiles", "--isi", "tingkat"], "nama=nilai"),
        (["wilayah", "x.pmtiles", "--isi", "tingat=DESA"], "tingat"),
        (["wilayah", "x.pmtiles", "--zoom", "0-3", "--isi", "wilayah=91"], "kosong"),
    ],
)
def test_what_cannot_be_written_leaves_no_file(hub_baca: Klien, tmp_path: Path, kata: list[str], sebab: str) -> None:
    tujuan = tmp_path / kata[1]
    tujuan.write_text("lama")
    assert_refused(run_here(hub_baca.url, "export", "pmtiles", kata[0], str(tujuan), *kata[2:]), sebab)
    assert [f.name for f in tmp_path.iterdir()] == [kata[1]]
    assert tujuan.read_text() == "lama"
