"""hub import sasaran, hub import skala."""

from pathlib import Path

from tests.cli.run_commands import Command, assert_refused, sql

_SCALE = "dari,predikat\n85,Sangat Berhasil\n70,Berhasil\n55,Cukup Berhasil\n0,Belum Berhasil\n"
_LIST = "nomor,sasaran,indikator\n1,Perlindungan,WIL07\n2,Pemberdayaan,I02\n,,I03\n"
_WHOSE = ("--pelapor", "5314", "--tahun", "2021")


def test_lists_are_brought_in_and_tried(cli: Command, database_url: str, tmp_path: Path) -> None:
    objectives, scale = tmp_path / "sasaran.csv", tmp_path / "skala.csv"
    objectives.write_text(_LIST)
    scale.write_text(_SCALE)
    tried = cli("import", "sasaran", str(objectives), *_WHOSE, "--uji")
    assert (tried.returncode, "2 sasaran akan berlaku sejak 2021." in tried.stderr) == (0, True), tried.stderr
    assert sql(database_url, "SELECT count(*) FROM sasaran_kinerja") == [(0,)]
    assert "2 sasaran berlaku sejak 2021." in cli("import", "sasaran", str(objectives), *_WHOSE).stderr
    assert "Skala dengan 4 predikat berlaku sejak 2021." in cli("import", "skala", str(scale), *_WHOSE).stderr
    assert "sama seperti yang sudah ada" in cli("import", "skala", str(scale), *_WHOSE).stderr
    assert sql(database_url, "SELECT kode_kab, tahun, nomor, indikator FROM sasaran_kinerja ORDER BY urut") == [
        ("53.14", 2021, "1", ["WIL07"]), ("53.14", 2021, "2", ["I02", "I03"]),
    ]  # fmt: skip


def test_what_is_wrong_is_said_with_its_place(cli: Command, database_url: str, tmp_path: Path) -> None:
    file, laporan = tmp_path / "skala.csv", tmp_path / "laporan.txt"
    file.write_text("dari,predikat\n85,Baik\nlima,Buruk\n70,baik\n")
    result = cli("import", "skala", str(file), *_WHOSE, "--report", str(laporan))
    assert result.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in result.stderr
    text = laporan.read_text()
    assert "GALAT: 2" in text
    assert "[baris 3 kolom dari]" in text
    assert "[baris 4 kolom predikat]" in text
    assert sql(database_url, "SELECT count(*) FROM skala_kinerja") == [(0,)]


def test_an_office_and_a_file_must_be_there(cli: Command, tmp_path: Path) -> None:
    file = tmp_path / "skala.csv"
    file.write_text(_SCALE)
    assert_refused(cli("import", "skala", str(file), "--pelapor", "53.14.01", "--tahun", "2021"), "bukan kode", kode=2)
    assert_refused(cli("import", "skala", str(file), "--pelapor", "53.14", "--tahun", "21"), "tidak masuk akal")
    assert_refused(cli("import", "skala", str(tmp_path / "tidak.csv"), *_WHOSE), "tidak ada")
