"""Lists of Tagana brought in by their kabupaten: whom the register has already is found, what it does not keep is left out. Everybody in
them is artificial."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.list_runs import Lists, as_csv
from tests.client import Client
from tests.lembar.xlsx_book import workbook
from tests.tagana.texts import verify

OFFICE = ["Kab/Kota", "Nama", "NIA", "Sertifikat", "Keahlian", "Pelatihan", "Status"]  # as offices send it
FULL = ["No", "Nama Lengkap", "NIA", "Tgl Lahir", "L/P", "Desa", "Kecamatan", "Keahlian", "Pelatihan"]
ANA = ["1", "Ana Uji", "T-001", "17-05-1995", "P", "Oeseli", "Rote Barat Daya", "evakuasi, dapur umum", "Dasar 2019; SAR (5 Maret 2020)"]  # fmt: skip
BEN = ["2", "Ben Contoh", "", "1 Januari 1990", "Laki-laki", "Sotimori", "Landu Leko", "", ""]
HERE = ("--kabupaten", "53.14")
STATED = (*HERE, "--didata", "2018-06-30", "--memenuhi-kriteria")
STORED = "SELECT nama, nia, tanggal_lahir::text, jenis_kelamin, kode_desa, didata::text, keahlian, versi FROM tagana ORDER BY nama"
TRAININGS = "SELECT p.nama, p.tanggal::text FROM pelatihan_tagana p ORDER BY p.tanggal"


@pytest.fixture
def lists(demo_url: str, tmp_path: Path) -> Lists:
    return Lists(demo_url, tmp_path)


def test_a_list_is_stored_and_sent_again_changes_nothing(lists: Lists) -> None:
    content = as_csv(FULL, ANA, BEN)
    assert lists.bring("tagana", content, *STATED, "--uji").counts == (2, 0, 0)
    assert lists.sql("SELECT count(*) FROM tagana") == [(0,)]
    assert lists.bring("tagana", content, *STATED).counts == (2, 0, 0)
    assert lists.sql(STORED) == [
        ("Ana Uji", "T-001", "1995-05-17", "P", "53.14.01.2005", "2018-06-30", ["evakuasi", "dapur umum"], 1),
        ("Ben Contoh", None, "1990-01-01", "L", "53.14.10.2003", "2018-06-30", [], 1),
    ]
    assert lists.sql(TRAININGS) == [("Dasar", "2019-01-01"), ("SAR", "2020-03-05")]
    assert lists.sql("SELECT DISTINCT diubah_oleh, tahap FROM tagana") == [("hub import (pengelola)", "DIDATA")]
    other_order = as_csv(FULL, [*BEN[:1], "BEN  CONTOH", *BEN[2:]], [*ANA[:2], "t001", *ANA[3:]])
    assert lists.bring("tagana", content, *STATED).counts == (0, 0, 2)
    assert lists.bring("tagana", other_order, *STATED).counts == (0, 0, 2)


def test_the_header_that_offices_use_is_laid_over_the_register_by_number(lists: Lists) -> None:
    lists.bring("tagana", as_csv(FULL, ANA, BEN), *STATED)
    content = workbook(
        {
            "Tagana": [
                ["DAFTAR TARUNA SIAGA BENCANA"],
                ["KABUPATEN ROTE NDAO TAHUN 2021"],
                [],
                ["No", *OFFICE, "No HP", "NIK"],
                [
                    1,
                    "Rote Ndao",
                    "Ana Uji",
                    "T-001",
                    "S-77",
                    "logistik",
                    "SAR 2020\nDapur umum, 2021",
                    "Aktif",
                    "0812",
                    "5314",
                ],
                [],
                ["Ba'a, 5 Januari 2022"],
                ["Kepala Dinas Sosial"],
            ]
        }
    )
    result = lists.bring("tagana", content, *HERE, name="tagana.xlsx")
    assert result.counts == (0, 1, 0)
    assert lists.sql(
        "SELECT nia, sertifikat, keahlian, tanggal_lahir::text, versi FROM tagana WHERE nia IS NOT NULL"
    ) == [("T-001", "S-77", ["logistik"], "1995-05-17", 2)]
    # a training that is there already is not told twice, and none is forgotten
    assert lists.sql(TRAININGS) == [("Dasar", "2019-01-01"), ("SAR", "2020-03-05"), ("Dapur umum", "2021-01-01")]
    said = [p for p, _ in result.said("PERINGATAN")]
    assert [p for p in said if "data pribadi" in p] == [
        'Kolom "No HP" (1 baris) berisi data pribadi; hub tidak menyimpannya.',
        'Kolom "NIK" (1 baris) berisi data pribadi; hub tidak menyimpannya.',
    ]
    assert lists.bring("tagana", content, *HERE, name="tagana.xlsx").counts == (0, 0, 1)


def test_a_new_member_needs_what_the_register_keeps_and_nobody_is_taken_for_fit(lists: Lists) -> None:
    content = as_csv(OFFICE, ["Rote Ndao", "Cici Uji", "T-9", "", "", "", ""])
    result = lists.bring("tagana", content, *HERE)
    assert result.refused
    said = " ".join(p for p, _ in result.said())
    for word in (
        "Tanggal Lahir",
        "Jenis Kelamin",
        "Tanggal Didata",
        "--didata",
        "Desa/kelurahannya",
        "--memenuhi-kriteria",
    ):
        assert word in said
    assert lists.sql("SELECT count(*) FROM tagana") == [(0,)]


def test_without_the_criteria_nothing_is_written_and_all_else_is_said(lists: Lists) -> None:
    young = [*ANA[:3], "17-05-2015", *ANA[4:]]
    for options in ((), ("--lewati-galat",)):
        result = lists.bring("tagana", as_csv(FULL, young, BEN), *HERE, "--didata", "2018-06-30", *options)
        assert result.refused
        said = " ".join(p for p, _ in result.said())
        assert "--memenuhi-kriteria" in said
        assert "Umur saat didata 3 tahun" in said
    assert lists.sql("SELECT count(*) FROM tagana") == [(0,)]
    stated = as_csv(
        [*FULL, "Berpengetahuan", "Bersedia Dilatih", "Beriman", "Setia Pancasila"], [*BEN, "ya", "ya", "ya", "ya"]
    )
    assert lists.bring("tagana", stated, *HERE, "--didata", "2018-06-30").counts == (1, 0, 0)


def test_every_finding_of_every_row_comes_at_once_with_its_place(lists: Lists) -> None:
    header = [*FULL, "Beriman"]
    content = as_csv(
        header,
        ["1", "Ana Uji", "", "17-05-2015", "P", "Oeseli", "", "", "", "ya"],  # too young
        ["2", "Ben Contoh", "", "1995", "X", "Atlantis", "", "", "", "ya"],
        ["3", "Dodi Uji", "", "2-3-1990", "L", "Oeseli", "", "", "", "tidak"],
        ["4", "Ana Uji", "", "17-05-2015", "P", "Oeseli", "", "", "Pernah ikut", "ya"],
    )
    result = lists.bring("tagana", content, *STATED)
    assert result.refused
    places = {(place, message.split(" ")[0]) for message, place in result.said()}
    assert ("baris 2 kolom Tgl Lahir", "Umur") in places
    assert {
        "baris 3 kolom Tgl Lahir",
        "baris 3 kolom L/P",
        "baris 3 kolom Desa",
        "baris 4 kolom Beriman",
        "baris 5 kolom Nama Lengkap",
    } <= {p for p, _ in places}
    assert [p for _, p in result.said("PERINGATAN") if "Pelatihan" in p] == ["baris 5 kolom Pelatihan"]
    assert lists.sql("SELECT count(*) FROM tagana") == [(0,)]


def test_the_good_rows_are_written_and_the_others_come_back(lists: Lists) -> None:
    content = as_csv(FULL, ANA, [*BEN[:5], "Atlantis", *BEN[6:]])
    result = lists.bring("tagana", content, *STATED, "--lewati-galat")
    assert result.counts == (1, 0, 0)
    rejected = (lists.folder / "daftar_tertolak.csv").read_text(encoding="utf-8-sig")
    assert "Atlantis" in rejected
    mended = rejected.replace("Atlantis", "Sotimori", 1).encode()
    assert lists.bring("tagana", mended, *STATED).counts == (1, 0, 0)


def test_who_is_meant_is_never_guessed(lists: Lists) -> None:
    lists.bring("tagana", as_csv(FULL, ANA, BEN), *STATED)
    # a number of somebody else
    wrong = lists.bring("tagana", as_csv(FULL, ["1", "Ben Contoh", "T-001", *BEN[3:]]), *STATED)
    assert wrong.refused
    assert any("milik Ana Uji" in p and place == "baris 2 kolom NIA" for p, place in wrong.said())
    # a name alone
    alone = lists.bring("tagana", as_csv(["Nama", "Keahlian"], ["Ana Uji", "logistik"]), *STATED)
    assert alone.refused
    assert any("Nama saja tidak menentukan orangnya" in p and "Ana Uji" in p for p, _ in alone.said())
    # the same number under another name is a change of name, and says so
    renamed = lists.bring("tagana", as_csv(FULL, ["1", "Ana Uji Lestari", *ANA[2:]]), *STATED)
    assert renamed.counts == (0, 1, 0)
    assert any("ganti nama" in p for p, _ in renamed.said("PERINGATAN"))


def test_the_name_of_somebody_else_is_no_name_and_a_day_stands_beside_its_place(lists: Lists) -> None:
    content = as_csv(
        ["Nama", "Nama Ketua", "Tempat, Tanggal Lahir", "Jenis Kelamin", "Alamat Rumah"],
        ["Ana Uji", "Pak Ketua", "Ba'a, 17-05-1995", "P", "RT 1, Desa Oeseli, Kec. Rote Barat Daya"],
    )
    result = lists.bring("tagana", content, *STATED)
    assert result.counts == (1, 0, 0)
    assert lists.sql("SELECT nama, tanggal_lahir::text, kode_desa FROM tagana") == [
        ("Ana Uji", "1995-05-17", "53.14.01.2005")
    ]
    assert any('"Nama Ketua"' in p and "data pribadi" in p for p, _ in result.said("PERINGATAN"))


def test_desa_of_sections_and_members_who_left(lists: Lists) -> None:
    content = workbook(
        {
            "Data": [
                ["No", "Nama", "Tgl Lahir", "JK", "Desa", "Status"],
                ["A.", "KECAMATAN ROTE BARAT DAYA"],
                [1, "Ana Uji", date(1995, 5, 17), "P", "Oeseli", "Aktif"],
                ["B.", "KECAMATAN LANDU LEKO"],
                [2, "Ben Contoh", date(1990, 1, 1), "L", "Sotimori", "Tidak aktif"],
                ["", "JUMLAH", 2],
            ]
        }
    )
    result = lists.bring("tagana", content, *STATED, name="t.xlsx")
    assert result.counts == (2, 0, 0), result.report
    assert lists.sql("SELECT nama, kode_desa, sampai IS NULL FROM tagana ORDER BY nama") == [
        ("Ana Uji", "53.14.01.2005", True),
        ("Ben Contoh", "53.14.10.2003", False),
    ]
    assert lists.bring("tagana", content, *STATED, name="t.xlsx").counts == (0, 0, 2)


def test_a_list_of_another_kabupaten_or_of_a_province_is_refused(lists: Lists) -> None:
    other = lists.bring("tagana", as_csv(["Kab/Kota", *FULL], ["Kupang", *ANA]), *STATED)
    assert other.refused
    assert [place for p, place in other.said() if "Kupang" in p] == ["baris 2 kolom Kab/Kota"]
    province = lists.bring("tagana", as_csv(FULL, ANA), "--kabupaten", "53")
    assert province.output.returncode == 2
    assert "milik kabupaten/kota" in province.output.stderr


def test_hidden_names_are_asked_for(lists: Lists) -> None:
    content = as_csv(["Desa", "Alamat"], ["Oeseli", "x"])
    result = lists.bring("tagana", content, *STATED)
    assert result.output.returncode == 1
    assert "Kepala tabelnya harus memuat sedikitnya Nama" in result.output.stderr + result.report


def test_names_from_a_list_stay_with_the_kabupaten_and_verification_with_who_did_not_change(
    hub: Client, tmp_path: Path
) -> None:
    lists = Lists(hub.url, tmp_path)
    content = as_csv(FULL, ANA, BEN)
    assert lists.bring("tagana", content, *STATED).counts == (2, 0, 0)
    for as_whom in (None, "53", "53.15"):
        assert hub.ask("{ daftarTagana { totalCount } }", None, as_whom)["daftarTagana"]["totalCount"] == 0
    ids = [f"53.14:{i}" for (i,) in lists.sql("SELECT id::text FROM tagana ORDER BY nama")]
    for id_ in ids:
        assert verify(hub, id_, 1, "53.14")["__typename"] == "TaganaTersimpan"
    changed = lists.bring(
        "tagana", as_csv(FULL, [*ANA[:7], "logistik", ANA[8]], [BEN[0], "Ben Contoh Uji", "T-2", *BEN[3:]]), *STATED
    )
    assert changed.counts == (1, 1, 0)  # another name without a number is somebody else
    assert lists.sql("SELECT nama, tahap FROM tagana ORDER BY nama") == [
        ("Ana Uji", "VERIFIKASI_KABUPATEN"),
        ("Ben Contoh", "VERIFIKASI_KABUPATEN"),
        ("Ben Contoh Uji", "DIDATA"),
    ]
    renamed = lists.bring("tagana", as_csv(FULL, [*ANA[:1], "Ana Lestari", *ANA[2:]]), *STATED)
    assert [place for p, place in renamed.said("PERINGATAN") if "verifikasinya gugur" in p] == [
        "baris 2 kolom Nama Lengkap"
    ]
    assert lists.sql("SELECT tahap FROM tagana WHERE nama = 'Ana Lestari'") == [("DIDATA",)]
