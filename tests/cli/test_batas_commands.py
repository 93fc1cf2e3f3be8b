"""hub check batas and hub rebuild piramida, over the demo."""

import json
from pathlib import Path

import pytest

from tests.cli.run_commands import Command, assert_refused, sql


def _desa(kode: str, x: float, y: float, sisi: float = 0.02) -> dict[str, object]:
    tepi = [[x, y], [x + sisi, y], [x + sisi, y + sisi], [x, y + sisi], [x, y]]
    return {"type": "Feature", "properties": {"kode": kode}, "geometry": {"type": "Polygon", "coordinates": [tepi]}}


@pytest.fixture
def tumpang_tindih(cli_contoh: Command, tmp_path: Path) -> Command:
    """Two real desa that overlap, in place of the sample map of their kabupaten."""
    berkas = tmp_path / "batas.geojson"
    fitur = [_desa("53.14.01.2005", 122.9, -10.9), _desa("53.14.01.2006", 122.91, -10.9)]
    berkas.write_text(json.dumps({"type": "FeatureCollection", "features": fitur}))
    hasil = cli_contoh("import", "batas", str(berkas), "--berlaku", "2022-06-01")
    assert hasil.returncode == 0, hasil.stderr
    assert "Peta: 1 dari" in hasil.stderr
    return cli_contoh


def test_findings_come_as_a_table_a_list_and_geojson(tumpang_tindih: Command, demo_url: str, tmp_path: Path) -> None:
    laporan, geojson = tmp_path / "laporan.txt", tmp_path / "mutu.geojson"
    hasil = tumpang_tindih("check", "batas", "--provinsi", "53", "--report", str(laporan), "--geojson", str(geojson))
    assert hasil.returncode == 0, hasil.stderr
    (baris,) = (b for b in hasil.stdout.splitlines() if "53.14" in b)
    assert "Rote Ndao" in baris
    assert "1 (2.4" in baris  # km²
    isi = laporan.read_text().splitlines()
    (satu,) = (b for b in isi if b.startswith("tumpang tindih"))
    assert satu.startswith("tumpang tindih: 53.14.01.2005 ")
    assert "dengan 53.14.01.2006 " in satu
    assert satu.endswith("50.0 %")
    koleksi = json.loads(geojson.read_text())
    assert koleksi["type"] == "FeatureCollection"
    assert len(koleksi["features"]) == len(isi) == sql(demo_url, "SELECT count(*) FROM mutu_batas")[0][0]
    (fitur,) = (f for f in koleksi["features"] if f["properties"]["jenis"] == "TUMPANG_TINDIH")
    assert fitur["properties"]["lain"] == ["53.14.01.2006"]
    assert fitur["geometry"]["type"] == "MultiPolygon"
    assert {f["properties"]["jenis"] for f in koleksi["features"] if f["geometry"] is None} == {"TANPA_BATAS"}


def test_limits_and_official_areas_are_options(tumpang_tindih: Command, demo_url: str, tmp_path: Path) -> None:
    luas = tmp_path / "luas.csv"
    luas.write_text("kode,luas_km2\n53.14.01.2005,4.9\n53.14.01.2006,6\n")
    hasil = tumpang_tindih("check", "batas", "--tumpang-m2", "9e6", "--luas", str(luas), "--beda-persen", "5")
    assert hasil.returncode == 0, hasil.stderr
    isi = sql(demo_url, "SELECT kode, jenis FROM mutu_batas WHERE jenis IN ('TUMPANG_TINDIH', 'LUAS_BEDA')")
    assert isi == [("53.14.01.2006", "LUAS_BEDA")]


def test_what_is_no_province_is_refused(cli: Command, tmp_path: Path) -> None:
    assert_refused(cli("check", "batas", "--provinsi", "53.14"), "bukan kode provinsi", kode=2)
    assert_refused(cli("check", "batas", "--luas", str(tmp_path / "tidak.csv")), "tidak.csv tidak ada")


def test_the_map_is_drawn_anew_on_demand(cli_contoh: Command, demo_url: str) -> None:
    isi = "SELECT kode, pita, md5(ST_AsBinary(geom)) FROM batas_piramida ORDER BY 1, 2"
    dahulu = sql(demo_url, isi), sql(demo_url, "SELECT versi FROM peta_versi")
    # the demo's map: Rote Ndao with its parts, kabupaten of Banten, Banten itself; all of it samples
    assert sql(demo_url, "SELECT tingkat, count(*), bool_and(contoh) FROM batas_piramida WHERE pita = 0 GROUP BY 1 ORDER BY 1") == [
        (1, 1, True), (2, 9, True), (3, 11, True), (4, 119, True),
    ]  # fmt: skip
    hasil = cli_contoh("rebuild", "piramida")
    assert hasil.returncode == 0, hasil.stderr
    assert "9 kabupaten/kota digambar ulang" in hasil.stderr
    assert (sql(demo_url, isi), sql(demo_url, "SELECT versi FROM peta_versi")) == dahulu


def test_a_list_of_regions_changes_the_map(cli_contoh: Command, demo_url: str, tmp_path: Path) -> None:
    """A desa that ends is drawn no longer."""
    daftar = tmp_path / "wilayah.csv"
    sisa = sql(
        demo_url,
        "SELECT kode, nama FROM wilayah WHERE berlaku_sampai IS NULL AND kode LIKE '53%' AND kode <> '53.14.01.2005'",
    )
    daftar.write_text("kode,nama\n" + "".join(f'{k},"{n}"\n' for k, n in sisa))
    hasil = cli_contoh("import", "wilayah", str(daftar), "--berlaku", "2025-01-01")
    assert hasil.returncode == 0, hasil.stderr
    assert "1 ditutup" in hasil.stderr
    assert sql(demo_url, "SELECT count(*) FROM batas_piramida WHERE kode = '53.14.01.2005'") == [(0,)]
    assert sql(demo_url, "SELECT count(*) FROM batas_piramida WHERE tingkat = 4 AND pita = 4") == [(118,)]
