"""hub import: files of regions, boundaries and rekap, good and bad, into a database of its own."""

import csv
import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hub.base.temuan import ERROR, INFO, Temuan
from hub.cli.refused_rows import write_refused
from hub.lembar.files import read_sheets
from hub.lembar.list_result import RefusedRow
from hub.sumber_daya.list_cells import read_rows
from hub.sumber_daya.list_columns import read_lists
from seeds.katalog_toml import FOLDER
from tests.cli.run_commands import Command, assert_refused, sql

_WILAYAH = (
    "kode,nama\n53,Nusa Tenggara Timur\n53.14,Kabupaten Rote Ndao\n53.14.01,Rote Barat Daya\n53.14.01.2005,Oeseli\n"
)
_F05 = "wilayah,kecamatan,REH09,REH10\nDesa Sotimori,Landu Leko,10,4\nDesa Lifuleo,Landu Leko,10,4\nTOTAL,,{},8\n"
_REKAP = ("--pelapor", "53.14", "--formulir", "F05", "--periode", "2020-TW4")
_COUNTS = "SELECT (SELECT count(*) FROM rekap), (SELECT count(*) FROM rekap_revisi), (SELECT count(*) FROM rekap_nilai)"

# ---------- regions and boundaries ----------


def test_a_list_of_regions_is_imported(cli: Command, database_url: str, tmp_path: Path) -> None:
    file, laporan = tmp_path / "wilayah.csv", tmp_path / "laporan.txt"
    file.write_text(_WILAYAH + "99.99.99,Tanpa induk\nabc,Bukan kode\n")
    command = ("import", "wilayah", str(file), "--berlaku", "2020-01-01", "--report", str(laporan))
    held = cli(*command)
    assert held.returncode == 1, held.stderr
    assert "Tidak ada yang diubah. 2 baris tidak dapat dipakai." in held.stderr
    assert "--terima-rusak" in held.stderr
    assert 'baris 7: "abc" bukan kode wilayah' in held.stderr
    assert "99.99.99 Tanpa induk: induknya (99.99) tidak ada" in laporan.read_text()
    assert sql(database_url, "SELECT count(*) FROM wilayah") == [(0,)]
    result = cli(*command, "--terima-rusak")
    assert result.returncode == 0, result.stderr
    assert "6 baris dibaca: 4 wilayah dibuka, 0 ditutup" in result.stderr
    assert 'baris 7: "abc" bukan kode wilayah' in result.stderr
    assert "99.99.99 Tanpa induk: induknya (99.99) tidak ada" in laporan.read_text()
    assert sql(database_url, "SELECT kode, nama, berlaku_sejak::text, berlaku_sampai FROM wilayah ORDER BY kode") == [
        ("53", "Nusa Tenggara Timur", "2020-01-01", None),
        ("53.14", "Rote Ndao", "2020-01-01", None),
        ("53.14.01", "Rote Barat Daya", "2020-01-01", None),
        ("53.14.01.2005", "Oeseli", "2020-01-01", None),
    ]


def test_a_list_that_would_close_much_asks_by_ending_with_1(cli: Command, database_url: str, tmp_path: Path) -> None:
    full, short, laporan = tmp_path / "penuh.csv", tmp_path / "pendek.csv", tmp_path / "laporan.txt"
    kabupaten = [f"41.{i:02d},Nomor {i}\n" for i in range(1, 21)]
    full.write_text("kode,nama\n41,Uji\n" + "".join(kabupaten))
    short.write_text("kode,nama\n41,Uji\n" + "".join(kabupaten[:5]))
    closed = "SELECT count(*) FROM wilayah WHERE berlaku_sampai IS NOT NULL"
    assert cli("import", "wilayah", str(full), "--berlaku", "2020-01-01").returncode == 0
    command = ("import", "wilayah", str(short), "--berlaku", "2022-01-01", "--report", str(laporan))
    held = cli(*command)
    assert held.returncode == 1
    for word in (
        "15 wilayah akan ditutup tanpa pengganti",
        "41 Uji: 15 dari 20 kabupaten/kota",
        "--sebagian",
        "--tutup",
    ):
        assert word in held.stderr
    assert "41.06 Nomor 6" in held.stderr
    assert "41.20 Nomor 20" in laporan.read_text()
    assert cli(*command, "--sebagian", "--tutup").returncode == 2
    assert sql(database_url, closed) == [(0,)]
    assert cli(*command, "--sebagian").returncode == 0
    assert sql(database_url, closed) == [(0,)]
    short.write_text("kode,nama\n41,Uji\n" + "".join(kabupaten[:4]))
    held = cli(*command, HUB_TUTUP_PERSEN="75")
    assert (held.returncode, "lebih dari 75 % di 41 Uji: 16 dari 20" in held.stderr) == (1, True)
    assert cli(*command, "--tutup").returncode == 0
    assert sql(database_url, closed) == [(16,)]


def test_a_list_without_a_day_holds_from_the_offices_today_on(cli: Command, database_url: str, tmp_path: Path) -> None:
    """Two offices 26 hours apart: it is never the same day there."""
    file = tmp_path / "wilayah.csv"
    for zone, kode, extra in (
        ("Etc/GMT+12", "53.14.01", ""),
        ("Pacific/Kiritimati", "53.14.01.2006", "53.14.01.2006,Lekik\n"),
    ):
        file.write_text(_WILAYAH + extra)
        before = datetime.now(ZoneInfo(zone)).date()
        assert cli("import", "wilayah", str(file), HUB_ZONA_WAKTU=zone).returncode == 0
        ((since,),) = sql(database_url, f"SELECT berlaku_sejak FROM wilayah WHERE kode = '{kode}'")
        assert before <= since <= datetime.now(ZoneInfo(zone)).date()


def test_a_list_of_regions_that_cannot_be_read_changes_nothing(cli: Command, database_url: str, tmp_path: Path) -> None:
    without_name = tmp_path / "salah.csv"
    without_name.write_text("kode,name\n53,NTT\n")
    assert_refused(cli("import", "wilayah", str(without_name)), "kolom nama tidak ada", "kode, name")
    assert_refused(cli("import", "wilayah", str(tmp_path / "tidak_ada.csv")), "tidak_ada.csv tidak ada")
    not_text = tmp_path / "gambar.csv"
    not_text.write_bytes(b"\x89PNG\xff\xfe")
    assert_refused(cli("import", "wilayah", str(not_text)), "bukan teks UTF-8")
    assert sql(database_url, "SELECT count(*) FROM wilayah") == [(0,)]


@pytest.mark.parametrize("command", ["wilayah", "batas", "rekap"])
def test_a_folder_instead_of_a_file_is_said(cli: Command, tmp_path: Path, command: str) -> None:
    assert_refused(cli("import", command, str(tmp_path), *(_REKAP if command == "rekap" else ())), str(tmp_path))


@pytest.mark.parametrize("name", ["daftar [baru].csv", "daftar [/baru].csv"])
def test_a_sentence_shows_brackets_as_they_are(cli: Command, tmp_path: Path, name: str) -> None:
    """Names of files and columns may hold them; they are no markup."""
    assert_refused(cli("import", "wilayah", str(tmp_path / name)), f"{name} tidak ada")


def test_boundaries_are_imported_and_what_cannot_be_used_is_listed(
    cli: Command, database_url: str, tmp_path: Path
) -> None:
    listing, batas, laporan = tmp_path / "wilayah.csv", tmp_path / "batas.geojson", tmp_path / "laporan.txt"
    listing.write_text(_WILAYAH)
    assert cli("import", "wilayah", str(listing), "--berlaku", "2020-01-01").returncode == 0
    batas.write_text(json.dumps({"type": "FeatureCollection", "features": [
        _feature("53.14.01", _box(122.8, -10.9)), _feature("53.14.01.2005", _box(122.81, -10.89)),
        _feature("53.14.01.2005", _box(122.81, -10.89)), _feature("53.99", _box(123, -10)), _feature("53.14", None),
        _feature("", _box(123, -10)),
    ]}))  # fmt: skip
    result = cli("import", "batas", str(batas), "--berlaku", "2020-06-01", "--report", str(laporan))
    assert result.returncode == 0, result.stderr
    assert "6 fitur dibaca, 2 batas dipasang." in result.stderr
    report = laporan.read_text()
    for part in (
        "## Kode tidak dikenal: 1\nfitur 4: 53.99", "## Tanpa kode: 1\nfitur 6", "## Kode kembar: 1\nfitur 3: 53.14.01.2005",
        "## Tanpa luas: 1\nfitur 5: 53.14",
    ):  # fmt: skip
        assert part in report
    assert sql(database_url, "SELECT kode, sumber, contoh, ST_SRID(geom), sejak::text FROM batas ORDER BY kode") == [
        # the first boundary of a region holds from the region's first day
        ("53.14.01", "batas.geojson", False, 4326, "2020-01-01"),
        ("53.14.01.2005", "batas.geojson", False, 4326, "2020-01-01"),
    ]


def test_boundaries_that_cannot_be_read_change_nothing(cli: Command, sample_cli: Command, tmp_path: Path) -> None:
    assert_refused(cli("import", "batas", str(tmp_path / "tidak_ada.gpkg")), "tidak_ada.gpkg tidak ada")
    file = tmp_path / "batas.geojson"
    file.write_text("{}")
    assert_refused(cli("import", "batas", str(file)), "tidak dapat dibaca sebagai berkas batas")
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [_feature("53.14", _box(123, -10))]}))
    assert "impor dahulu dengan: hub import wilayah" in cli("import", "batas", str(file)).stderr
    swapped = [[y, x] for x, y in _box(123, -10)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [_feature("53.14", swapped)]}))
    result = sample_cli("import", "batas", str(file))
    assert result.returncode == 1
    assert "sumbu tertukar" in result.stderr


def _feature(kode: str, outline: list[list[float]] | None) -> dict[str, Any]:
    geometry = None if outline is None else {"type": "Polygon", "coordinates": [outline]}
    return {"type": "Feature", "properties": {"kode": kode, "nama": "uji"}, "geometry": geometry}


def _box(x: float, y: float, side: float = 0.01) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


# ---------- import rekap ----------


def test_a_refused_rekap_prints_its_findings_and_writes_nothing(
    sample_cli: Command, demo_url: str, tmp_path: Path
) -> None:
    before = sql(demo_url, _COUNTS)
    file = tmp_path / "F05.csv"
    file.write_text(_F05.format(25).replace("Desa Lifuleo", "Desa Atlantis"))
    result = sample_cli("import", "rekap", str(file), *_REKAP)
    assert result.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in result.stderr
    assert "10 ≠ 25" in result.stderr or "20 ≠ 25" in result.stderr
    assert re.search(r"Atlantis.*\[baris 3", result.stderr)
    assert sql(demo_url, _COUNTS) == before


def test_trying_a_rekap_writes_nothing_and_sending_it_does(sample_cli: Command, demo_url: str, tmp_path: Path) -> None:
    ((rekap, revisions, nilai),) = sql(demo_url, _COUNTS)
    file, laporan = tmp_path / "F05.csv", tmp_path / "laporan.txt"
    file.write_text(_F05.format(20))
    trial = sample_cli("import", "rekap", str(file), *_REKAP, "--uji")
    assert trial.returncode == 0, trial.stderr
    assert "Akan diterima sebagai revisi 1: 4 baru, 0 berubah, 0 tetap, 0 dihapus." in trial.stderr
    assert sql(demo_url, _COUNTS) == [(rekap, revisions, nilai)]
    sent = sample_cli("import", "rekap", str(file), *_REKAP, "--report", str(laporan))
    assert sent.returncode == 0, sent.stderr
    assert "Diterima sebagai revisi 1: 4 baru" in laporan.read_text()
    assert sql(demo_url, _COUNTS) == [(rekap + 1, revisions + 1, nilai + 4)]
    assert sql(demo_url, "SELECT status FROM rekap WHERE periode = '2020-TW4'") == [("DIAJUKAN",)]


@pytest.mark.parametrize(
    ("replacement", "cause"),
    [
        (("--pelapor", "53.14.01"), "bukan kode kabupaten/kota atau provinsi"),
        (("--periode", "2020-13"), "2020-13"),
        (("--formulir", "F99"), "F99"),
    ],
)
def test_a_rekap_for_nobody_or_no_time_is_refused(
    sample_cli: Command, tmp_path: Path, replacement: tuple[str, str], cause: str
) -> None:
    file = tmp_path / "F05.csv"
    file.write_text(_F05.format(20))
    result = sample_cli("import", "rekap", str(file), *_REKAP, *replacement)
    assert result.returncode in (1, 2)
    assert cause in result.stderr
    assert "Traceback" not in result.stderr


def test_a_rekap_file_that_cannot_be_read_is_named(sample_cli: Command, tmp_path: Path) -> None:
    assert_refused(sample_cli("import", "rekap", str(tmp_path / "tidak_ada.csv"), *_REKAP), "tidak_ada.csv tidak ada")
    file = tmp_path / "F05.csv"
    file.write_text("tempat,REH09[lingkup=gabungan]\nLobalain,3\n")
    assert_refused(
        sample_cli("import", "rekap", str(file), *_REKAP),
        'kolom wilayah ("wilayah", "Kecamatan"',
        "REH09[lingkup=gabungan]",
    )


def test_a_file_comes_back_with_its_findings_and_nothing_is_written(
    sample_cli: Command, demo_url: str, tmp_path: Path
) -> None:
    before = sql(demo_url, _COUNTS)
    file, made = tmp_path / "F05.csv", tmp_path / "F05_temuan.csv"
    file.write_text(_F05.format(25).replace("Desa Lifuleo", "Desa Atlantis"))
    result = sample_cli("import", "rekap", str(file), *_REKAP, "--anotasi", str(made))
    assert result.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in result.stderr
    lines, old = made.read_text().splitlines(), file.read_text().splitlines()
    assert [line.startswith(o) for line, o in zip(lines, old, strict=False)] == [True] * len(old)
    assert "Atlantis" in lines[2].removeprefix(old[2])
    listed = tmp_path / "kt.csv"
    listed.write_text(_KT)
    result = sample_cli("import", "sumber-daya", str(listed), *_LISTING, "--anotasi", str(made))
    assert result.returncode == 1
    assert made.read_text().splitlines()[0] == 'No;Desa;Kecamatan;No SK;Tgl SK;HP;"Temuan hub"'
    assert sql(demo_url, _COUNTS) == before


# ---------- import sumber-daya ----------

_KT = "No;Desa;Kecamatan;No SK;Tgl SK;HP\n1;Oeseli;Rote Barat Daya;1/2021;5 Maret 2021;0812\n2;Desa Atlantis;Lobalain;;;\n3;Sotimori;Landu Leko;;besok;\n"
_LISTING = ("--jenis", "karang taruna", "--kabupaten", "5314", "--sejak", "2021-06-01")
_NEW = "SELECT nama, kode_desa, sejak::text, sumber FROM sumber_daya WHERE NOT contoh AND jenis = 'KARANG_TARUNA' ORDER BY nama"


def test_a_list_with_errors_is_refused_or_its_good_rows_are_written(
    sample_cli: Command, demo_url: str, tmp_path: Path
) -> None:
    file, laporan = tmp_path / "kt.csv", tmp_path / "laporan.txt"
    file.write_text(_KT)
    result = sample_cli("import", "sumber-daya", str(file), *_LISTING, "--report", str(laporan))
    assert result.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in result.stderr
    report = laporan.read_text()
    assert re.search(r"## GALAT: 2\n.*Atlantis.*\[baris 3 kolom Desa\]\n.*besok.*\[baris 4 kolom Tgl SK\]", report)
    assert 'Kolom "HP" (1 baris) berisi data pribadi' in report
    assert sql(demo_url, _NEW) == []

    result = sample_cli("import", "sumber-daya", str(file), *_LISTING, "--lewati-galat")
    assert result.returncode == 0, result.stderr
    assert "Ditulis: 1 baru, 0 berubah, 0 tetap." in result.stderr
    assert sql(demo_url, _NEW) == [("Karang Taruna Oeseli", "53.14.01.2005", "2021-06-01", "kt.csv")]
    rejected = tmp_path / "kt_tertolak.csv"
    header, *rows = csv.reader(rejected.read_text(encoding="utf-8-sig").splitlines())
    assert header == ["No", "Desa", "Kecamatan", "No SK", "Tgl SK", "HP", "Baris asal", "Temuan hub"]
    assert [b[:7] for b in rows] == [
        ["2", "Desa Atlantis", "Lobalain", "", "", "", "3"],
        ["3", "Sotimori", "Landu Leko", "", "besok", "", "4"],
    ]
    assert "Atlantis" in rows[0][7]

    # mended, it is brought in as it is
    rejected.write_text(
        rejected.read_text(encoding="utf-8-sig").replace("Desa Atlantis", "Kolobolon").replace("besok", "1-2-2021")
    )
    result = sample_cli("import", "sumber-daya", str(rejected), *_LISTING, "--uji")
    assert "Akan ditulis: 2 baru, 0 berubah, 0 tetap." in result.stderr
    assert len(sql(demo_url, _NEW)) == 1


def test_refused_rows_are_no_formulas_and_come_back_under_their_section(tmp_path: Path) -> None:
    header = ["No", "Nama", "Desa"]
    findings = (Temuan("DESA_KOSONG", ERROR, "Isi kolom Desa."), Temuan("BARIS_JUMLAH", INFO, "x"))
    rows = [
        RefusedRow("Data", 3, header, ["1", '=HYPERLINK("http://x")', "-", "sisa"], findings, ("KECAMATAN LOBALAIN",)),
        RefusedRow("Data", 4, header, ["2", "@B", "Kuli"], findings, ("KECAMATAN LOBALAIN",)),
        RefusedRow("Data", 7, header, ["3", "C", "Papela"], findings, ("KECAMATAN ROTE TIMUR",)),
        RefusedRow("Data", 9, ["Nama", "Kode Desa"], ["D", "x"], findings),
    ]
    first, second = write_refused(tmp_path / "a.csv", rows)
    lines = [x.split(",") for x in Path(first).read_text(encoding="utf-8-sig").splitlines()]
    assert [x[:3] for x in lines] == [
        ["No", "Nama", "Desa"], ["KECAMATAN LOBALAIN", "", ""], ["1", "\"'=HYPERLINK(\"\"http://x\"\")\"", "-"], ["2", "'@B", "Kuli"],
        ["KECAMATAN ROTE TIMUR", "", ""], ["3", "C", "Papela"],
    ]  # fmt: skip
    assert lines[2][3:] == ["sisa", "3", "Isi kolom Desa."]
    assert Path(second).read_text(encoding="utf-8-sig").splitlines()[0] == "Nama,Kode Desa,Baris asal,Temuan hub"
    ((table,), _) = read_lists(read_sheets("a.csv", Path(first).read_bytes()), "LKS")
    assert [(b.written["nama"], b.written["kecamatan"]) for b in read_rows(table, "LKS")] == [
        ('=HYPERLINK("http://x")', "LOBALAIN"), ("@B", "LOBALAIN"), ("C", "ROTE TIMUR"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("replacement", "cause"),
    [
        (("--jenis", "MASJID"), "KARANG_TARUNA"),
        (("--kabupaten", "53.14.01"), "bukan kode kabupaten/kota atau provinsi"),
    ],
)
def test_a_list_of_nothing_or_of_nowhere_is_refused(
    sample_cli: Command, tmp_path: Path, replacement: tuple[str, str], cause: str
) -> None:
    file = tmp_path / "kt.csv"
    file.write_text(_KT)
    assert_refused(sample_cli("import", "sumber-daya", str(file), *_LISTING, *replacement), cause, kode=2)


def test_a_list_that_is_not_there_is_said(sample_cli: Command, tmp_path: Path) -> None:
    assert_refused(sample_cli("import", "sumber-daya", str(tmp_path / "tidak_ada.csv"), *_LISTING), "tidak_ada.csv")


# ---------- the catalogue ----------


def test_a_catalogue_says_which_elements_are_more_or_less_sensitive(cli: Command, tmp_path: Path) -> None:
    folder = tmp_path / "katalog"
    shutil.copytree(FOLDER, folder)
    file = folder / "F05_rehabilitasi.toml"
    lines = file.read_text().splitlines()
    changed = [b.replace("sensitif = 1", "sensitif = 2") if '"REH09"' in b else b for b in lines]
    assert changed != lines
    file.write_text("\n".join(changed))
    told = cli("import", "katalog", str(folder))
    assert told.returncode == 0, told.stderr
    assert (
        "Kepekaan berubah: REH09 1 → 2. Yang naik tertutup sampai hub yang menyala memutuskannya lagi." in told.stderr
    )


def test_a_catalogue_of_ones_own_stays_until_the_shipped_one_is_asked_for(cli: Command, tmp_path: Path) -> None:
    folder = tmp_path / "katalog"
    shutil.copytree(FOLDER, folder)
    file = folder / "F05_rehabilitasi.toml"
    file.write_text(
        "\n".join(
            b.replace("sensitif = 1", "sensitif = 3") if '"REH09"' in b else b for b in file.read_text().splitlines()
        )
    )
    assert "tetap dipakai" in cli("import", "katalog", str(folder)).stderr
    assert cli("rilis", "status", "53").returncode == 0  # any command, which would put the shipped one back
    assert "0 bagian baru" in cli("import", "katalog", str(folder)).stderr
    back = cli("import", "katalog").stderr
    assert "REH09 3 → 1" in back
    assert "tetap dipakai" not in back
    assert "0 bagian baru" in cli("import", "katalog").stderr
