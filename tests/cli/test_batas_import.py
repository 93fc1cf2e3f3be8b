"""hub import batas as an operator runs it: files as people send them, in a process that ends, with a report that tells everything."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psycopg
import pytest
import shapely

from bench import batas_data
from tests.batas.boundary_files import damage, geojson, layer, square
from tests.cli.hub_process import ROOT, environment, wait_until
from tests.cli.run_commands import Command, Output, sql
from tests.db.roles import settings_for

_LONG = 90.0  # seconds; what is done here takes a few
A, B = "36.01.01.2001", "36.01.01.2002"


@pytest.fixture
def hub(cli: Command, tmp_path: Path) -> Command:
    """A hub that knows two desa, and those of the bench's jagged kabupaten."""
    regions = {"36": "Banten", "36.01": "Pandeglang", "36.01.01": "Sumur", A: "Sumberjaya", B: "Kertajaya"}
    regions |= {b: "Bergerigi" for k in batas_data.jagged_codes() for b in (k[:2], k[:5], k[:8], k)}
    (tmp_path / "wilayah.csv").write_text("kode,nama\n" + "".join(f"{k},{n}\n" for k, n in sorted(regions.items())))
    assert cli("import", "wilayah", str(tmp_path / "wilayah.csv"), "--berlaku", "2020-01-01").returncode == 0
    return cli


def _imported(hub: Command, file: Path, *options: str) -> Output:
    done = hub("import", "batas", str(file), "--berlaku", "2020-06-01", *options)
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
    return done


def test_hundreds_of_notices_do_not_stop_it(hub: Command, database_url: str, tmp_path: Path) -> None:
    """In a process of its own, which is killed when it hangs: of these shapes nearly every rounding is invalid."""
    file = layer(tmp_path / "bergerigi.gpkg", {"kode": batas_data.jagged_codes()}, list(batas_data.jagged_areas()))
    done = subprocess.run(
        [sys.executable, "-m", "hub", "import", "batas", str(file), "--berlaku", "2020-06-01"],
        cwd=ROOT, env=environment(**settings_for(database_url)), capture_output=True, text=True, timeout=_LONG, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"{batas_data.JAGGED} batas dipasang." in done.stderr
    invalid = sql(
        database_url,
        "SELECT count(*) FROM batas_piramida WHERE pita < 4 AND tingkat = 4 AND rapi <> ALL (ARRAY[63, 192, 768, 3072])",
    )
    assert invalid[0][0] > batas_data.JAGGED


def test_names_before_codes_and_numbers_for_codes(hub: Command, tmp_path: Path) -> None:
    file = geojson(
        tmp_path / "a.geojson",
        ({"NAMOBJ": "x", "kode": 3601012001}, square()),
        ({"NAMOBJ": "y", "kode": None}, square(1)),
    )
    done = _imported(hub, file)
    assert done.returncode == 0, done.stderr
    assert "1 batas dipasang" in done.stderr
    assert "Tanpa kode: 1\n  fitur 2: (tanpa kode) y" in done.stderr


def test_all_layers_are_stored_and_what_is_not_read_is_named(hub: Command, database_url: str, tmp_path: Path) -> None:
    file = layer(tmp_path / "lapis.gpkg", {"kode": ["36.01.01"]}, [square(0, 0.08)], name="kecamatan")
    layer(file, {"kode": [A, B]}, name="desa")
    layer(file, {"lebar": [3]}, name="sungai")
    done = _imported(hub, file)
    assert done.returncode == 0, done.stderr
    assert "3 batas dipasang" in done.stderr
    assert "Lapisan tidak dibaca: 1\n  sungai: tidak ada kolom kode" in done.stderr
    assert [k for (k,) in sql(database_url, "SELECT kode FROM batas ORDER BY 1")] == ["36.01.01", A, B]


def test_layers_that_contradict_each_other_are_refused_until_one_is_chosen(
    hub: Command, database_url: str, tmp_path: Path
) -> None:
    file = layer(tmp_path / "lapis.gpkg", {"kode": [A]}, name="lama")
    layer(file, {"kode": [A, B]}, [square(0, 0.01), square(1)], name="baru")
    done = _imported(hub, file)
    assert done.returncode == 1
    assert (
        f"fitur 1 lapisan baru: {A}: wilayah ini ada pula di lapisan lama dengan bentuk lain; pilih satu" in done.stderr
    )
    assert sql(database_url, "SELECT kode FROM batas") == []
    assert _imported(hub, file, "--lapisan", "baru").returncode == 0
    assert len(sql(database_url, "SELECT kode FROM batas")) == 2


def test_the_same_shape_in_two_layers_is_a_copy(hub: Command, tmp_path: Path) -> None:
    file = layer(tmp_path / "lapis.gpkg", {"kode": [A]}, name="satu")
    layer(file, {"kode": [A]}, name="dua")
    done = _imported(hub, file)
    assert done.returncode == 0, done.stderr
    assert f"fitur 1 lapisan dua: {A}: salinan, diabaikan" in done.stderr


def test_a_code_out_of_another_column_is_told(hub: Command, tmp_path: Path) -> None:
    file = layer(
        tmp_path / "b.gpkg", {"KDCPUM": ["36.01.01", "36.01.01"], "KDEPUM": [A, ""]}, [square(), square(0, 0.08)]
    )
    done = _imported(hub, file)
    assert "2 batas dipasang" in done.stderr
    assert "kolom pertamanya kosong: 1\n  fitur 2: 36.01.01: dari kolom KDCPUM" in done.stderr
    of_kecamatan = layer(tmp_path / "k.gpkg", {"KDEPUM": np.array([np.nan]), "KDCPUM": ["36.01.01"]}, [square(0, 0.08)])
    done = _imported(hub, of_kecamatan)
    assert "1 batas dipasang" in done.stderr
    assert "dari kolom" not in done.stderr


def test_shapes_that_cannot_be_read_are_listed_and_the_rest_is_stored(hub: Command, tmp_path: Path) -> None:
    file = damage(
        layer(tmp_path / "b.gpkg", {"kode": [A, B]}, kind="Polygon"), f"kode = '{A}'", b"\1\3\0\0\0\xff\xff\xff\x7f"
    )
    done = _imported(hub, file)
    assert done.returncode == 0, done.stderr
    assert "1 batas dipasang" in done.stderr
    assert f"Tanpa luas: 1\n  fitur 1: {A}: kosong atau tidak terbaca" in done.stderr


def test_what_lies_in_an_unknown_system_is_listed_and_the_rest_is_stored(hub: Command, tmp_path: Path) -> None:
    metres = shapely.box(600_000, 9_250_000, 610_000, 9_260_000)
    done = _imported(hub, layer(tmp_path / "b.shp", {"kode": [A, B]}, [square(), metres], kind="Polygon", crs=None))
    assert done.returncode == 0, done.stderr
    assert "1 batas dipasang" in done.stderr
    assert (
        f"fitur 2: {B}: sistem koordinat tidak disebut dan koordinatnya bukan derajat; sertakan berkas .prj"
        in done.stderr
    )


@pytest.mark.parametrize(
    ("kode", "shape", "said"),
    [
        ("36.99", square(), "1 kodenya tidak ada dalam daftar wilayah yang berlaku pada hari itu (periksa --berlaku"),
        ("", square(), "1 tanpa kode (isi kolom kodenya)"),
        (A, None, "1 bentuknya tidak dapat dipakai (perbaiki"),
    ],
)
def test_a_file_of_which_nothing_is_stored_is_a_failure_with_its_reason(
    hub: Command, tmp_path: Path, kode: str, shape: shapely.Polygon | None, said: str
) -> None:
    done = _imported(hub, geojson(tmp_path / "a.geojson", ({"kode": kode}, shape)))
    assert done.returncode == 1
    (sentence,) = (line for line in done.stderr.splitlines() if line.startswith("Gagal: "))
    assert "tidak ada batas yang dapat dipasang; " in sentence
    assert said in sentence


def test_a_file_without_features_is_a_failure(hub: Command, tmp_path: Path) -> None:
    done = _imported(hub, geojson(tmp_path / "a.geojson"))
    assert done.returncode == 1
    assert "berkasnya tidak memuat fitur" in done.stderr


def test_the_same_file_again_is_none(hub: Command, database_url: str, tmp_path: Path) -> None:
    file = geojson(tmp_path / "a.geojson", ({"kode": A}, square()))
    for _ in range(2):
        assert _imported(hub, file).returncode == 0
    assert len(sql(database_url, "SELECT kode FROM batas")) == 1


def test_progress_is_told_where_there_is_no_terminal_and_a_killed_import_leaves_nothing(
    hub: Command, database_url: str, tmp_path: Path
) -> None:
    """Another holds the boundaries, so it waits; all the time it says so."""
    file = geojson(tmp_path / "a.geojson", ({"kode": A}, square()))
    script = "from hub.cli import progress; progress.EVERY = 0.2; from hub.cli.main import main; main()"
    lock = "SELECT pg_advisory_xact_lock(hashtext('hub_batas'))"
    with psycopg.connect(database_url) as conn, (tmp_path / "layar").open("w") as screen:
        conn.execute(lock)
        process = subprocess.Popen(
            [sys.executable, "-c", script, "import", "batas", str(file), "--berlaku", "2020-06-01"],
            cwd=ROOT, env=environment(**settings_for(database_url)), stdout=screen, stderr=screen,
        )  # fmt: skip
        try:
            wait_until(
                lambda: (tmp_path / "layar").read_text().count("• menunggu giliran (") >= 3, "it says nothing", _LONG
            )
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    assert sql(database_url, "SELECT kode FROM batas") == []
