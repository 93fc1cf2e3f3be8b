"""hub check batas and hub rebuild piramida, over the demo."""

import json
from pathlib import Path

import pytest

from tests.cli.run_commands import Command, assert_refused, sql


def _desa(kode: str, x: float, y: float, side: float = 0.02) -> dict[str, object]:
    outline = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Feature", "properties": {"kode": kode}, "geometry": {"type": "Polygon", "coordinates": [outline]}}


@pytest.fixture
def overlapping(sample_cli: Command, tmp_path: Path) -> Command:
    """Two real desa that overlap, in place of the sample map of their kabupaten."""
    file = tmp_path / "batas.geojson"
    features = [_desa("53.14.01.2005", 122.9, -10.9), _desa("53.14.01.2006", 122.91, -10.9)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    result = sample_cli("import", "batas", str(file), "--berlaku", "2022-06-01")
    assert result.returncode == 0, result.stderr
    assert "Peta: 1 dari" in result.stderr
    return sample_cli


def test_findings_come_as_a_table_a_list_and_geojson(overlapping: Command, demo_url: str, tmp_path: Path) -> None:
    laporan, geojson = tmp_path / "laporan.txt", tmp_path / "mutu.geojson"
    result = overlapping("check", "batas", "--provinsi", "53", "--report", str(laporan), "--geojson", str(geojson))
    assert result.returncode == 0, result.stderr
    (row,) = (b for b in result.stdout.splitlines() if "53.14" in b)
    assert "Rote Ndao" in row
    assert "1 (2.4" in row  # km²
    lines = laporan.read_text().splitlines()
    (overlap,) = (b for b in lines if b.startswith("tumpang tindih"))
    assert overlap.startswith("tumpang tindih: 53.14.01.2005 ")
    assert "dengan 53.14.01.2006 " in overlap
    assert overlap.endswith("50.0 %")
    collection = json.loads(geojson.read_text())
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == len(lines) == sql(demo_url, "SELECT count(*) FROM mutu_batas")[0][0]
    (feature,) = (f for f in collection["features"] if f["properties"]["jenis"] == "TUMPANG_TINDIH")
    assert feature["properties"]["lain"] == ["53.14.01.2006"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert {f["properties"]["jenis"] for f in collection["features"] if f["geometry"] is None} == {"TANPA_BATAS"}


def test_limits_and_official_areas_are_options(overlapping: Command, demo_url: str, tmp_path: Path) -> None:
    areas_file = tmp_path / "luas.csv"
    areas_file.write_text("kode,luas_km2\n53.14.01.2005,4.9\n53.14.01.2006,6\n")
    result = overlapping("check", "batas", "--tumpang-m2", "9e6", "--luas", str(areas_file), "--beda-persen", "5")
    assert result.returncode == 0, result.stderr
    rows = sql(demo_url, "SELECT kode, jenis FROM mutu_batas WHERE jenis IN ('TUMPANG_TINDIH', 'LUAS_BEDA')")
    assert rows == [("53.14.01.2006", "LUAS_BEDA")]


def test_what_is_no_province_is_refused(cli: Command, tmp_path: Path) -> None:
    assert_refused(cli("check", "batas", "--provinsi", "53.14"), "bukan kode provinsi", kode=2)
    assert_refused(cli("check", "batas", "--luas", str(tmp_path / "tidak.csv")), "tidak.csv tidak ada")


def test_the_map_is_drawn_anew_on_demand(sample_cli: Command, demo_url: str) -> None:
    drawn = "SELECT kode, pita, md5(ST_AsBinary(geom)) FROM batas_piramida ORDER BY 1, 2"
    earlier = sql(demo_url, drawn), sql(demo_url, "SELECT versi FROM peta_versi")
    # the demo's map: Rote Ndao with its parts, kabupaten of Banten, Banten itself; all of it samples
    assert sql(demo_url, "SELECT tingkat, count(*), bool_and(contoh) FROM batas_piramida WHERE pita = 0 GROUP BY 1 ORDER BY 1") == [
        (1, 1, True), (2, 9, True), (3, 11, True), (4, 119, True),
    ]  # fmt: skip
    result = sample_cli("rebuild", "piramida")
    assert result.returncode == 0, result.stderr
    assert "9 kabupaten/kota digambar ulang" in result.stderr
    assert (sql(demo_url, drawn), sql(demo_url, "SELECT versi FROM peta_versi")) == earlier


def test_a_list_of_regions_changes_the_map(sample_cli: Command, demo_url: str, tmp_path: Path) -> None:
    """A desa that ends is drawn no longer."""
    listing = tmp_path / "wilayah.csv"
    rest = sql(
        demo_url,
        "SELECT kode, nama FROM wilayah WHERE berlaku_sampai IS NULL AND kode LIKE '53%' AND kode <> '53.14.01.2005'",
    )
    listing.write_text("kode,nama\n" + "".join(f'{k},"{n}"\n' for k, n in rest))
    result = sample_cli("import", "wilayah", str(listing), "--berlaku", "2025-01-01")
    assert result.returncode == 0, result.stderr
    assert "1 ditutup" in result.stderr
    assert sql(demo_url, "SELECT count(*) FROM batas_piramida WHERE kode = '53.14.01.2005'") == [(0,)]
    assert sql(demo_url, "SELECT count(*) FROM batas_piramida WHERE tingkat = 4 AND pita = 4") == [(118,)]
