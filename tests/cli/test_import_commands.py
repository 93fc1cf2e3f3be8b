"""hub import: files of regions, boundaries and rekap, good and bad, into a database of its own."""

import csv
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.run_commands import Command, assert_refused, sql

_WILAYAH = (
    "kode,nama\n53,Nusa Tenggara Timur\n53.14,Kabupaten Rote Ndao\n53.14.01,Rote Barat Daya\n53.14.01.2005,Oeseli\n"
)
_F05 = "wilayah,kecamatan,REH09,REH10\nDesa Sotimori,Landu Leko,10,4\nDesa Lifuleo,Landu Leko,10,4\nTOTAL,,{},8\n"
_REKAP = ("--pelapor", "53.14", "--formulir", "F05", "--periode", "2020-TW4")
_BANYAK = "SELECT (SELECT count(*) FROM rekap), (SELECT count(*) FROM rekap_revisi), (SELECT count(*) FROM rekap_nilai)"

# ---------- regions and boundaries ----------


def test_a_list_of_regions_is_imported(cli: Command, database_url: str, tmp_path: Path) -> None:
    berkas, laporan = tmp_path / "wilayah.csv", tmp_path / "laporan.txt"
    berkas.write_text(_WILAYAH + "99.99.99,Tanpa induk\nabc,Bukan kode\n")
    perintah = ("import", "wilayah", str(berkas), "--berlaku", "2020-01-01", "--report", str(laporan))
    ditahan = cli(*perintah)
    assert ditahan.returncode == 1, ditahan.stderr
    assert "Tidak ada yang diubah. 2 baris tidak dapat dipakai." in ditahan.stderr
    assert "--terima-rusak" in ditahan.stderr
    assert 'baris 7: "abc" bukan kode wilayah' in ditahan.stderr
    assert "99.99.99 Tanpa induk: induknya (99.99) tidak ada" in laporan.read_text()
    assert sql(database_url, "SELECT count(*) FROM wilayah") == [(0,)]
    hasil = cli(*perintah, "--terima-rusak")
    assert hasil.returncode == 0, hasil.stderr
    assert "6 baris dibaca: 4 wilayah dibuka, 0 ditutup" in hasil.stderr
    assert 'baris 7: "abc" bukan kode wilayah' in hasil.stderr
    assert "99.99.99 Tanpa induk: induknya (99.99) tidak ada" in laporan.read_text()
    assert sql(database_url, "SELECT kode, nama, berlaku_sejak::text, berlaku_sampai FROM wilayah ORDER BY kode") == [
        ("53", "Nusa Tenggara Timur", "2020-01-01", None),
        ("53.14", "Rote Ndao", "2020-01-01", None),
        ("53.14.01", "Rote Barat Daya", "2020-01-01", None),
        ("53.14.01.2005", "Oeseli", "2020-01-01", None),
    ]


def test_a_list_that_would_close_much_asks_by_ending_with_1(cli: Command, database_url: str, tmp_path: Path) -> None:
    penuh, pendek, laporan = tmp_path / "penuh.csv", tmp_path / "pendek.csv", tmp_path / "laporan.txt"
    kabupaten = [f"41.{i:02d},Nomor {i}\n" for i in range(1, 21)]
    penuh.write_text("kode,nama\n41,Uji\n" + "".join(kabupaten))
    pendek.write_text("kode,nama\n41,Uji\n" + "".join(kabupaten[:5]))
    tutup = "SELECT count(*) FROM wilayah WHERE berlaku_sampai IS NOT NULL"
    assert cli("import", "wilayah", str(penuh), "--berlaku", "2020-01-01").returncode == 0
    perintah = ("import", "wilayah", str(pendek), "--berlaku", "2022-01-01", "--report", str(laporan))
    ditahan = cli(*perintah)
    assert ditahan.returncode == 1
    for kata in (
        "15 wilayah akan ditutup tanpa pengganti",
        "41 Uji: 15 dari 20 kabupaten/kota",
        "--sebagian",
        "--tutup",
    ):
        assert kata in ditahan.stderr
    assert "41.06 Nomor 6" in ditahan.stderr
    assert "41.20 Nomor 20" in laporan.read_text()
    assert cli(*perintah, "--sebagian", "--tutup").returncode == 2
    assert sql(database_url, tutup) == [(0,)]
    assert cli(*perintah, "--sebagian").returncode == 0
    assert sql(database_url, tutup) == [(0,)]
    pendek.write_text("kode,nama\n41,Uji\n" + "".join(kabupaten[:4]))
    ditahan = cli(*perintah, HUB_TUTUP_PERSEN="75")
    assert (ditahan.returncode, "lebih dari 75 % di 41 Uji: 16 dari 20" in ditahan.stderr) == (1, True)
    assert cli(*perintah, "--tutup").returncode == 0
    assert sql(database_url, tutup) == [(16,)]


def test_a_list_without_a_day_holds_from_the_offices_today_on(cli: Command, database_url: str, tmp_path: Path) -> None:
    """Two offices 26 hours apart: it is never the same day there."""
    berkas = tmp_path / "wilayah.csv"
    for zona, kode, tambahan in (
        ("Etc/GMT+12", "53.14.01", ""),
        ("Pacific/Kiritimati", "53.14.01.2006", "53.14.01.2006,Lekik\n"),
    ):
        berkas.write_text(_WILAYAH + tambahan)
        sebelum = datetime.now(ZoneInfo(zona)).date()
        assert cli("import", "wilayah", str(berkas), HUB_ZONA_WAKTU=zona).returncode == 0
        ((sejak,),) = sql(database_url, f"SELECT berlaku_sejak FROM wilayah WHERE kode = '{kode}'")
        assert sebelum <= sejak <= datetime.now(ZoneInfo(zona)).date()


def test_a_list_of_regions_that_cannot_be_read_changes_nothing(cli: Command, database_url: str, tmp_path: Path) -> None:
    tanpa_nama = tmp_path / "salah.csv"
    tanpa_nama.write_text("kode,name\n53,NTT\n")
    assert_refused(cli("import", "wilayah", str(tanpa_nama)), "kolom nama tidak ada", "kode, name")
    assert_refused(cli("import", "wilayah", str(tmp_path / "tidak_ada.csv")), "tidak_ada.csv tidak ada")
    bukan_teks = tmp_path / "gambar.csv"
    bukan_teks.write_bytes(b"\x89PNG\xff\xfe")
    assert_refused(cli("import", "wilayah", str(bukan_teks)), "bukan teks UTF-8")
    assert sql(database_url, "SELECT count(*) FROM wilayah") == [(0,)]


@pytest.mark.parametrize("perintah", ["wilayah", "batas", "rekap"])
def test_a_folder_instead_of_a_file_is_said(cli: Command, tmp_path: Path, perintah: str) -> None:
    assert_refused(cli("import", perintah, str(tmp_path), *(_REKAP if perintah == "rekap" else ())), str(tmp_path))


@pytest.mark.parametrize("nama", ["daftar [baru].csv", "daftar [/baru].csv"])
def test_a_sentence_shows_brackets_as_they_are(cli: Command, tmp_path: Path, nama: str) -> None:
    """Names of files and columns may hold them; they are no markup."""
    assert_refused(cli("import", "wilayah", str(tmp_path / nama)), f"{nama} tidak ada")


def test_boundaries_are_imported_and_what_cannot_be_used_is_listed(
    cli: Command, database_url: str, tmp_path: Path
) -> None:
    daftar, batas, laporan = tmp_path / "wilayah.csv", tmp_path / "batas.geojson", tmp_path / "laporan.txt"
    daftar.write_text(_WILAYAH)
    assert cli("import", "wilayah", str(daftar), "--berlaku", "2020-01-01").returncode == 0
    batas.write_text(json.dumps({"type": "FeatureCollection", "features": [
        _fitur("53.14.01", _kotak(122.8, -10.9)), _fitur("53.14.01.2005", _kotak(122.81, -10.89)),
        _fitur("53.14.01.2005", _kotak(122.81, -10.89)), _fitur("53.99", _kotak(123, -10)), _fitur("53.14", None),
        _fitur("", _kotak(123, -10)),
    ]}))  # fmt: skip
    hasil = cli("import", "batas", str(batas), "--berlaku", "2020-06-01", "--report", str(laporan))
    assert hasil.returncode == 0, hasil.stderr
    assert "6 fitur dibaca, 2 batas dipasang." in hasil.stderr
    isi = laporan.read_text()
    for bagian in (
        "## Kode tidak dikenal: 1\nfitur 4: 53.99", "## Tanpa kode: 1\nfitur 6", "## Kode kembar: 1\nfitur 3: 53.14.01.2005",
        "## Tanpa luas: 1\nfitur 5: 53.14",
    ):  # fmt: skip
        assert bagian in isi
    assert sql(database_url, "SELECT kode, sumber, contoh, ST_SRID(geom), sejak::text FROM batas ORDER BY kode") == [
        # the first boundary of a region holds from the region's first day
        ("53.14.01", "batas.geojson", False, 4326, "2020-01-01"),
        ("53.14.01.2005", "batas.geojson", False, 4326, "2020-01-01"),
    ]


def test_boundaries_that_cannot_be_read_change_nothing(cli: Command, cli_contoh: Command, tmp_path: Path) -> None:
    assert_refused(cli("import", "batas", str(tmp_path / "tidak_ada.gpkg")), "tidak_ada.gpkg tidak ada")
    berkas = tmp_path / "batas.geojson"
    berkas.write_text("{}")
    assert_refused(cli("import", "batas", str(berkas)), "tidak dapat dibaca sebagai berkas batas")
    berkas.write_text(json.dumps({"type": "FeatureCollection", "features": [_fitur("53.14", _kotak(123, -10))]}))
    assert "impor dahulu dengan: hub import wilayah" in cli("import", "batas", str(berkas)).stderr
    terbalik = [[y, x] for x, y in _kotak(123, -10)]
    berkas.write_text(json.dumps({"type": "FeatureCollection", "features": [_fitur("53.14", terbalik)]}))
    hasil = cli_contoh("import", "batas", str(berkas))
    assert hasil.returncode == 1
    assert "sumbu tertukar" in hasil.stderr


def _fitur(kode: str, tepi: list[list[float]] | None) -> dict[str, Any]:
    bentuk = None if tepi is None else {"type": "Polygon", "coordinates": [tepi]}
    return {"type": "Feature", "properties": {"kode": kode, "nama": "uji"}, "geometry": bentuk}


def _kotak(x: float, y: float, sisi: float = 0.01) -> list[list[float]]:
    return [[x, y], [x + sisi, y], [x + sisi, y + sisi], [x, y + sisi], [x, y]]


# ---------- import rekap ----------


def test_a_refused_rekap_prints_its_findings_and_writes_nothing(
    cli_contoh: Command, demo_url: str, tmp_path: Path
) -> None:
    sebelum = sql(demo_url, _BANYAK)
    berkas = tmp_path / "F05.csv"
    berkas.write_text(_F05.format(25).replace("Desa Lifuleo", "Desa Atlantis"))
    hasil = cli_contoh("import", "rekap", str(berkas), *_REKAP)
    assert hasil.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in hasil.stderr
    assert "10 ≠ 25" in hasil.stderr or "20 ≠ 25" in hasil.stderr
    assert re.search(r"Atlantis.*\[baris 3", hasil.stderr)
    assert sql(demo_url, _BANYAK) == sebelum


def test_trying_a_rekap_writes_nothing_and_sending_it_does(cli_contoh: Command, demo_url: str, tmp_path: Path) -> None:
    ((rekap, revisi, nilai),) = sql(demo_url, _BANYAK)
    berkas, laporan = tmp_path / "F05.csv", tmp_path / "laporan.txt"
    berkas.write_text(_F05.format(20))
    coba = cli_contoh("import", "rekap", str(berkas), *_REKAP, "--uji")
    assert coba.returncode == 0, coba.stderr
    assert "Akan diterima sebagai revisi 1: 4 baru, 0 berubah, 0 tetap, 0 dihapus." in coba.stderr
    assert sql(demo_url, _BANYAK) == [(rekap, revisi, nilai)]
    kirim = cli_contoh("import", "rekap", str(berkas), *_REKAP, "--report", str(laporan))
    assert kirim.returncode == 0, kirim.stderr
    assert "Diterima sebagai revisi 1: 4 baru" in laporan.read_text()
    assert sql(demo_url, _BANYAK) == [(rekap + 1, revisi + 1, nilai + 4)]
    assert sql(demo_url, "SELECT status FROM rekap WHERE periode = '2020-TW4'") == [("DIAJUKAN",)]


@pytest.mark.parametrize(
    ("ganti", "sebab"),
    [
        (("--pelapor", "53.14.01"), "bukan kode kabupaten/kota atau provinsi"),
        (("--periode", "2020-13"), "2020-13"),
        (("--formulir", "F99"), "F99"),
    ],
)
def test_a_rekap_for_nobody_or_no_time_is_refused(
    cli_contoh: Command, tmp_path: Path, ganti: tuple[str, str], sebab: str
) -> None:
    berkas = tmp_path / "F05.csv"
    berkas.write_text(_F05.format(20))
    hasil = cli_contoh("import", "rekap", str(berkas), *_REKAP, *ganti)
    assert hasil.returncode in (1, 2)
    assert sebab in hasil.stderr
    assert "Traceback" not in hasil.stderr


def test_a_rekap_file_that_cannot_be_read_is_named(cli_contoh: Command, tmp_path: Path) -> None:
    assert_refused(cli_contoh("import", "rekap", str(tmp_path / "tidak_ada.csv"), *_REKAP), "tidak_ada.csv tidak ada")
    berkas = tmp_path / "F05.csv"
    berkas.write_text("tempat,REH09[lingkup=gabungan]\nLobalain,3\n")
    assert_refused(
        cli_contoh("import", "rekap", str(berkas), *_REKAP), 'kolom "wilayah" tidak ada', "REH09[lingkup=gabungan]"
    )


# ---------- import sumber-daya ----------

_KT = "No;Desa;Kecamatan;No SK;Tgl SK;HP\n1;Oeseli;Rote Barat Daya;1/2021;5 Maret 2021;0812\n2;Desa Atlantis;Lobalain;;;\n3;Sotimori;Landu Leko;;besok;\n"
_DAFTAR = ("--jenis", "karang taruna", "--kabupaten", "5314", "--sejak", "2021-06-01")
_BARU = "SELECT nama, kode_desa, sejak::text, sumber FROM sumber_daya WHERE NOT contoh AND jenis = 'KARANG_TARUNA' ORDER BY nama"


def test_a_list_with_errors_is_refused_or_its_good_rows_are_written(
    cli_contoh: Command, demo_url: str, tmp_path: Path
) -> None:
    berkas, laporan = tmp_path / "kt.csv", tmp_path / "laporan.txt"
    berkas.write_text(_KT)
    hasil = cli_contoh("import", "sumber-daya", str(berkas), *_DAFTAR, "--report", str(laporan))
    assert hasil.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in hasil.stderr
    isi = laporan.read_text()
    assert re.search(r"## GALAT: 2\n.*Atlantis.*\[baris 3 kolom Desa\]\n.*besok.*\[baris 4 kolom Tgl SK\]", isi)
    assert 'Kolom "HP" (1 baris) berisi data pribadi' in isi
    assert sql(demo_url, _BARU) == []

    hasil = cli_contoh("import", "sumber-daya", str(berkas), *_DAFTAR, "--lewati-galat")
    assert hasil.returncode == 0, hasil.stderr
    assert "Ditulis: 1 baru, 0 berubah, 0 tetap." in hasil.stderr
    assert sql(demo_url, _BARU) == [("Karang Taruna Oeseli", "53.14.01.2005", "2021-06-01", "kt.csv")]
    tertolak = tmp_path / "kt_tertolak.csv"
    kepala, *baris = csv.reader(tertolak.read_text(encoding="utf-8-sig").splitlines())
    assert kepala == ["No", "Desa", "Kecamatan", "No SK", "Tgl SK", "HP", "Baris asal", "Temuan hub"]
    assert [b[:7] for b in baris] == [
        ["2", "Desa Atlantis", "Lobalain", "", "", "", "3"],
        ["3", "Sotimori", "Landu Leko", "", "besok", "", "4"],
    ]
    assert "Atlantis" in baris[0][7]

    # mended, it is brought in as it is
    tertolak.write_text(
        tertolak.read_text(encoding="utf-8-sig").replace("Desa Atlantis", "Kolobolon").replace("besok", "1-2-2021")
    )
    hasil = cli_contoh("import", "sumber-daya", str(tertolak), *_DAFTAR, "--uji")
    assert "Akan ditulis: 2 baru, 0 berubah, 0 tetap." in hasil.stderr
    assert len(sql(demo_url, _BARU)) == 1


@pytest.mark.parametrize(
    ("ganti", "sebab"),
    [
        (("--jenis", "MASJID"), "KARANG_TARUNA"),
        (("--kabupaten", "53.14.01"), "bukan kode kabupaten/kota atau provinsi"),
    ],
)
def test_a_list_of_nothing_or_of_nowhere_is_refused(
    cli_contoh: Command, tmp_path: Path, ganti: tuple[str, str], sebab: str
) -> None:
    berkas = tmp_path / "kt.csv"
    berkas.write_text(_KT)
    assert_refused(cli_contoh("import", "sumber-daya", str(berkas), *_DAFTAR, *ganti), sebab, kode=2)


def test_a_list_that_is_not_there_is_said(cli_contoh: Command, tmp_path: Path) -> None:
    assert_refused(cli_contoh("import", "sumber-daya", str(tmp_path / "tidak_ada.csv"), *_DAFTAR), "tidak_ada.csv")
