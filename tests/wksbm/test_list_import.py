"""Lists of networks brought in: one row each, or one for each member or activity; what is there already is found."""

from pathlib import Path

import pytest

from tests.cli.list_runs import Lists, as_csv
from tests.lembar.xlsx_book import workbook

HEADER = ["No", "Nama WKSBM", "Desa", "Kecamatan", "Tahun Berdiri", "Tahap", "Anggota", "Kegiatan", "Nama Ketua", "HP"]
FIRST = ["1", "WKSBM Mekar", "Oeseli", "Rote Barat Daya", "2019", "Penumbuhan", "Karang Taruna Mekar; Melati (PSM)", "pendataan 5-3-2021; 5a.1 12 Juni 2021", "Pak Uji", "0812"]  # fmt: skip
SECOND = ["2", "WKSBM Maju", "Sotimori", "Landu Leko", "5 Maret 2020", "", "", "", "", ""]
HERE = ("--kabupaten", "53.14")
STORED = """SELECT nama, kode_desa, sejak::text, tahap, versi FROM wksbm WHERE NOT contoh ORDER BY nama"""
MEMBERS = """SELECT a.nama, a.jenis, a.sejak::text FROM anggota_wksbm a JOIN wksbm w ON w.kode_kab = a.kode_kab AND w.id = a.wksbm
  WHERE NOT w.contoh ORDER BY a.nama"""
ACTIVITIES = """SELECT k.tanggal::text, k.kegiatan, k.uraian FROM kegiatan_wksbm k JOIN wksbm w ON w.kode_kab = k.kode_kab AND w.id = k.wksbm
  WHERE NOT w.contoh ORDER BY k.tanggal"""


@pytest.fixture
def lists(demo_url: str, tmp_path: Path) -> Lists:
    return Lists(demo_url, tmp_path)


def test_a_list_is_stored_and_sent_again_changes_nothing(lists: Lists) -> None:
    content = as_csv(HEADER, FIRST, SECOND)
    dry = lists.bring("wksbm", content, *HERE, "--uji")
    assert dry.counts == (2, 0, 0)
    assert lists.sql(STORED) == []
    result = lists.bring("wksbm", content, *HERE)
    assert result.counts == (2, 0, 0)
    assert lists.sql(STORED) == [
        ("WKSBM Maju", "53.14.10.2003", "2020-03-05", "PENUMBUHAN", 1),
        ("WKSBM Mekar", "53.14.01.2005", "2019-01-01", "PENUMBUHAN", 1),
    ]
    members = lists.sql(MEMBERS)
    assert [(n, s) for n, _, s in members] == [("Karang Taruna Mekar", "2019-01-01"), ("Melati", "2019-01-01")]
    assert lists.sql(ACTIVITIES) == [("2021-03-05", "1.2", ""), ("2021-06-12", "5a.1", "")]
    warned = " ".join(p for p, _ in result.said("PERINGATAN"))
    assert 'Kolom "Nama Ketua" (1 baris) berisi data pribadi' in warned
    assert 'Kolom "HP" (1 baris) berisi data pribadi' in warned
    again = as_csv(HEADER, SECOND, [*FIRST[:1], "WKSBM  MEKAR", "Desa Oeseli", *FIRST[3:]])
    for c in (content, again):
        assert lists.bring("wksbm", c, *HERE).counts == (0, 0, 2)
    assert [v for *_, v in lists.sql(STORED)] == [1, 1]


def test_one_row_for_each_member_and_activity(lists: Lists) -> None:
    content = workbook(
        {
            "Jejaring": [
                ["DAFTAR WKSBM KABUPATEN ROTE NDAO"],
                ["No", "Nama WKSBM", "Kecamatan", "Desa", "Sejak", "Anggota", None, "Kegiatan", None, None],
                [None, None, None, None, None, "Nama", "Jenis", "Tanggal", "Kegiatan", "Uraian"],
                [
                    1,
                    "WKSBM Mekar",
                    "Rote Barat Daya",
                    "Oeseli",
                    "2019",
                    "Mekar",
                    "Karang Taruna",
                    "5-3-2021",
                    "1.2",
                    "rumah ke rumah",
                ],
                [None, None, None, None, None, "Melati", "PSM", "6-3-2021", "aksi sosial", None],
                [2, "WKSBM Maju", "Landu Leko", "Sotimori", "2020", "Maju", "Karang Taruna", None, None, None],
            ]
        }
    )
    result = lists.bring("wksbm", content, *HERE, name="w.xlsx")
    assert result.counts == (2, 0, 0), result.report
    assert [n for n, *_ in lists.sql(MEMBERS)] == ["Maju", "Mekar", "Melati"]
    assert lists.sql(ACTIVITIES) == [("2021-03-05", "1.2", "rumah ke rumah"), ("2021-03-06", "5c.3", "")]
    assert lists.bring("wksbm", content, *HERE, name="w.xlsx").counts == (0, 0, 2)


def test_what_a_list_adds_takes_nothing_away(lists: Lists) -> None:
    lists.bring("wksbm", as_csv(HEADER, FIRST, SECOND), *HERE)
    more = as_csv(
        ["Nama WKSBM", "Desa", "Balai", "Anggota", "Jenis Anggota", "Tanggal Kegiatan", "Kegiatan"],
        ["WKSBM Mekar", "Oeseli", "Balai Uji", "Mawar", "Karang Taruna", "7-7-2021", "aksi sosial"],
    )
    result = lists.bring("wksbm", more, *HERE)
    assert result.counts == (0, 1, 0), result.report
    assert [n for n, *_ in lists.sql(MEMBERS)] == ["Karang Taruna Mekar", "Mawar", "Melati"]
    assert [t for t, *_ in lists.sql(ACTIVITIES)] == ["2021-03-05", "2021-06-12", "2021-07-07"]
    assert lists.sql("SELECT balai, sejak::text, versi FROM wksbm WHERE nama = 'WKSBM Mekar'") == [
        ("Balai Uji", "2019-01-01", 2)
    ]


def test_every_finding_comes_at_once_with_its_place(lists: Lists) -> None:
    content = as_csv(
        ["Nama WKSBM", "Desa", "Tahun Berdiri", "Tahap", "Anggota", "Kegiatan"],
        ["WKSBM A", "Oeseli", "2019", "Dewasa", "Mekar", "pendataan"],
        ["WKSBM B", "Atlantis", "2019", "", "", ""],
        ["WKSBM C", "Oeseli", "", "", "Mekar (Kelompok Bintang)", "menari 5-3-2021"],
        ["WKSBM D", "Oeseli", "2020", "", "Mekar (Kelompok Bintang)", "menari 5-3-2021"],
        ["WKSBM D", "Oeseli", "2018", "", "", ""],
    )
    result = lists.bring("wksbm", content, *HERE)
    assert result.refused
    places = {place for _, place in result.said()}
    assert places >= {
        "baris 2 kolom Tahap", "baris 2 kolom Anggota", "baris 2 kolom Kegiatan", "baris 3 kolom Desa", "baris 4 kolom Tahun Berdiri",
        "baris 6 kolom Tahun Berdiri",
    }  # fmt: skip
    assert lists.sql(STORED) == []
    only_d = lists.bring("wksbm", as_csv(["Nama WKSBM", "Desa", "Tahun Berdiri", "Anggota", "Kegiatan"], ["WKSBM D", "Oeseli", "2020", "Mekar (Kelompok Bintang)", "menari 5-3-2021"]), *HERE)  # fmt: skip
    assert {place for _, place in only_d.said()} == {"baris 2 kolom Anggota", "baris 2 kolom Kegiatan"}


def test_a_phase_is_moved_by_no_list(lists: Lists) -> None:
    lists.bring("wksbm", as_csv(HEADER, SECOND), *HERE)
    moved = lists.bring("wksbm", as_csv(HEADER, [*SECOND[:5], "Pemantapan", *SECOND[6:]]), *HERE)
    assert moved.refused
    assert [place for p, place in moved.said() if "pindahTahapWksbm" in p] == ["baris 2 kolom Tahap"]


def test_the_good_networks_are_written_and_all_rows_of_the_others_come_back(lists: Lists) -> None:
    header = ["Nama WKSBM", "Desa", "Tahun Berdiri", "Anggota", "Jenis Anggota"]
    content = as_csv(
        header,
        ["WKSBM A", "Oeseli", "2019", "Mekar", "PSM"],
        ["WKSBM B", "Atlantis", "2019", "Satu", "PSM"],
        ["", "", "", "Dua", "PSM"],
    )
    result = lists.bring("wksbm", content, *HERE, "--lewati-galat")
    assert result.counts == (1, 0, 0)
    rejected = (lists.folder / "daftar_tertolak.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[3] for line in rejected.splitlines()[1:]] == ["Satu", "Dua"]
    mended = lists.bring("wksbm", rejected.replace("Atlantis", "Sotimori", 1).encode(), *HERE)
    assert mended.counts == (1, 0, 0), mended.report
    assert [n for n, *_ in lists.sql(MEMBERS)] == ["Dua", "Mekar", "Satu"]


def test_a_province_brings_lists_of_its_kabupaten(lists: Lists) -> None:
    content = as_csv(["Kab/Kota", *HEADER], ["Rote Ndao", *SECOND], ["", *FIRST])
    result = lists.bring("wksbm", content, "--kabupaten", "53")
    assert result.refused
    assert [place for _, place in result.said()] == ["baris 3 kolom Kab/Kota"]
    assert lists.bring("wksbm", as_csv(["Kab/Kota", *HEADER], ["Rote Ndao", *SECOND]), "--kabupaten", "53").counts == (
        1,
        0,
        0,
    )
