"""Lists of social resources brought in over HTTP: all or nothing, all findings at once, what is there already is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.client import Client
from tests.lembar.xlsx_book import workbook
from tests.sumber_daya.list_texts import accepted, listing, refused, temuan, upload

LKS = ["Kab/Kota", "Nama", "Desa", "Kecamatan", "Bidang Pelayanan", "Alamat", "Nomor Tanda Daftar", "Masa Berlaku"]
KASIH = [
    "Rote Ndao",
    "LKS Kasih",
    "Sotimori",
    "Landu Leko",
    "Anak",
    "Jl. Raya 1",
    "460/1/2022",
    "01-01-2022 s.d. 31-12-2024",
]
HARAPAN = ["Kab. Rote Ndao", "LKS Harapan", "Kuli", "Lobalain", "Lansia", "", "460/2/2022", "31 Desember 2025"]
STORED = "SELECT nama, kode_desa, bidang, alamat, versi, sejak::text, pemilik, sumber FROM sumber_daya ORDER BY nama"
SURAT = "SELECT jenis, nomor, sejak::text, sampai::text FROM surat_sumber_daya ORDER BY nomor"


def test_a_list_is_stored_and_sent_again_changes_nothing(hub: Client) -> None:
    content = listing(LKS, KASIH, HARAPAN)
    result = upload(hub, "LKS", content, sejak="2019-01-01")
    assert accepted(result) == (2, 0, 0)
    assert hub.sql(STORED) == [
        ("LKS Harapan", "53.14.03.2002", "Lansia", None, 1, "2019-01-01", "MASYARAKAT", "daftar.csv"),
        ("LKS Kasih", "53.14.10.2003", "Anak", "Jl. Raya 1", 1, "2019-01-01", "MASYARAKAT", "daftar.csv"),
    ]
    assert hub.sql(SURAT) == [
        ("TANDA_DAFTAR", "460/1/2022", "2022-01-01", "2025-01-01"),
        ("TANDA_DAFTAR", "460/2/2022", "2023-01-01", "2026-01-01"),
    ]
    for again in (content, listing(LKS, [*KASIH[:1], "LKS KASIH", "Desa Sotimori", *KASIH[3:]], HARAPAN)):
        assert accepted(upload(hub, "LKS", again, name="lain.csv", sejak="2020-02-02")) == (0, 0, 2)
    assert hub.sql(
        "SELECT (SELECT count(*) FROM sumber_daya_riwayat), (SELECT count(*) FROM surat_sumber_daya_riwayat)"
    ) == [(0, 0)]


def test_a_row_that_says_something_else_is_a_new_version_and_the_others_stay(hub: Client) -> None:
    upload(hub, "LKS", listing(LKS, KASIH, HARAPAN), sejak="2019-01-01")
    new = listing(LKS, [*KASIH[:4], "Anak dan Keluarga", "", "460/9/2025", "01-01-2025 s.d. 31-12-2027"], HARAPAN)
    assert accepted(upload(hub, "LKS", new)) == (0, 1, 1)
    assert hub.sql(STORED)[1][2:5] == ("Anak dan Keluarga", "Jl. Raya 1", 2)  # an empty cell takes nothing away
    assert hub.sql("SELECT versi, bidang, diubah_oleh FROM sumber_daya_riwayat") == [(1, "Anak", "uji KABUPATEN 53.14")]
    assert [n for _, n, *_ in hub.sql(SURAT)] == ["460/1/2022", "460/2/2022", "460/9/2025"]


def test_every_finding_of_every_row_comes_at_once_and_nothing_is_written(hub: Client) -> None:
    content = listing(
        [*LKS, "Klien L", "Klien P", "Jumlah"],
        [*KASIH, "1", "1", "3"],
        ["Rote Ndao", "", "Atlantis", "Lobalain", "", "", "", "besok", "x", "", ""],
        ["Kupang", "LKS Jauh", "Oeseli", "", "", "", "", "", "", "-5", ""],
        ["Rote Ndao", "LKS Tanpa", "", "", "", "Jl. Merdeka", "", "", "", "", ""],
        ["Rote Ndao", "LKS Rangkap", "Lobalaen", "", "", "", "", "", "", "", ""],
        [*KASIH, "", "", ""],
    )
    result = upload(hub, "LKS", content)
    assert refused(result) == {
        ("JUMLAH_TIDAK_SAMA", 2, "Jumlah"), ("DESA_TAK_DIKENAL", 3, "Desa"), ("TANGGAL_TAK_TERBACA", 3, "Masa Berlaku"),
        ("ANGKA_TAK_TERBACA", 3, "Klien L"), ("KABUPATEN_LAIN", 4, "Kab/Kota"), ("DESA_KOSONG", 5, "Desa"),
        ("BUKAN_DESA", 6, "Desa"), ("BARIS_GANDA", 7, "Nama"),
    }  # fmt: skip
    assert {t["lokasi"][0]["lembar"] for t in result["temuan"] if t["lokasi"]} == {"daftar.csv"}
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]


def test_nothing_is_made_of_a_name(hub: Client) -> None:
    before = hub.sql("SELECT count(*) FROM wilayah")
    result = upload(
        hub,
        "PUSKESOS",
        listing(
            ["Nama", "Desa", "Kecamatan"],
            ["P1", "Tunganamo", "Pantai Baru"],
            ["P2", "Nusakdale", ""],
            ["P3", "Oeseli", "Rote Tengah"],
        ),
    )
    assert {k for k, *_ in refused(result)} <= {"DESA_TAK_DIKENAL", "DESA_RANGKAP", "DESA_DAN_KECAMATAN_BEDA"}
    (similar,) = temuan(result, "NAMA_MIRIP")
    assert (similar["tingkat"], similar["usulan"], similar["lokasi"][0]["baris"]) == (
        "PERINGATAN", "53.14.05.2010 Tungganamo", 2,
    )  # fmt: skip
    (wrong,) = [t for t in result["temuan"] if t["tingkat"] == "GALAT" and t["lokasi"][0]["baris"] == 4]
    assert (wrong["kode"], wrong["usulan"]) == ("DESA_DAN_KECAMATAN_BEDA", "53.14.01.2005 Oeseli")
    assert hub.sql("SELECT count(*) FROM wilayah") == before


def test_a_code_and_a_kecamatan_that_contradict_each_other_are_told(read_hub: Client) -> None:
    header = ["Nama", "Kode Desa", "Desa", "Kecamatan"]
    rows = [["P1", "53.14.01.2005", "Oeseli", "Lobalain"], ["P2", "53.14.01.2005", "Oeseli", "Rote Barat Daya"]]
    result = upload(read_hub, "PUSKESOS", listing(header, *rows))
    (told,) = temuan(result, "DESA_DAN_KECAMATAN_BEDA")
    assert (told["lokasi"][0]["baris"], told["nilai"], told["usulan"]) == (2, "Lobalain", "53.14.01")


def test_what_is_proposed_for_a_desa_and_a_kecamatan_is_taken_as_it_stands(hub: Client) -> None:
    wrong = [["P1", "Oeselih Baru", "Rote Barat Daya"], ["P2", "Oeseli", "Rote Barat Dayakan Lama"]]
    header = ["Nama", "Desa", "Kecamatan"]
    desa, kecamatan = (
        next(s for s in t["usulan"].split("; ") if s.startswith("53.14.01"))
        for kode in ("DESA_TAK_DIKENAL", "KECAMATAN_TAK_DIKENAL")
        for t in temuan(upload(hub, "PUSKESOS", listing(header, *wrong)), kode)
    )
    assert desa == "53.14.01.2005 Oeseli"
    right = [["P1", desa, "Rote Barat Daya"], ["P2", "Oeseli", kecamatan]]
    result = upload(hub, "PUSKESOS", listing(header, *right))
    assert (result["__typename"], result.get("baru")) == ("ImporSumberDayaDiterima", 2)


def test_a_workbook_with_two_sheets_merged_cells_and_dates(hub: Client) -> None:
    header = [
        "No",
        "Kecamatan",
        "Desa",
        "No SK",
        "Tgl SK",
        "Anggota L/P",
        "Pengurus L/P",
        "Klasifikasi",
        "Status Kinerja",
    ]
    content = workbook(
        {
            "Lobalain": [
                ["KARANG TARUNA"], header,
                [1, "Lobalain", "Kolobolon", "1/2021", date(2021, 3, 5), "25/13", "5/3", "Maju", "Aktif"],
                [2, None, "Bebalain", "2/2021", "5 Maret 2021", 40, None, "tumbuh", "Tidak aktif"],
            ],
            "Petunjuk": [["Isilah tabel di atas"]],
            "Pantai Baru": [header, [1, "Pantai Baru", "Keoen", None, None, None, None, None, None]],
        },
        {"Lobalain": ["B3:B4"]},
    )  # fmt: skip
    result = upload(hub, "KARANG_TARUNA", content, name="kt.xlsx", sejak="2020-01-01")
    assert accepted(result) == (3, 0, 0)
    assert hub.sql("""SELECT nama, kode_desa, anggota_l, anggota_p, anggota, pengurus_p, klasifikasi, sampai IS NULL
      FROM sumber_daya ORDER BY nama""") == [
        ("Karang Taruna Bebalain", "53.14.03.2003", None, None, 40, None, "TUMBUH", False),
        ("Karang Taruna Keoen", "53.14.05.2007", None, None, None, None, None, True),
        ("Karang Taruna Kolobolon", "53.14.03.2004", 25, 13, None, 3, "MAJU", True),
    ]  # fmt: skip
    assert hub.sql("SELECT nomor, sejak::text FROM surat_sumber_daya ORDER BY nomor") == [
        ("1/2021", "2021-03-05"),
        ("2/2021", "2021-03-05"),
    ]
    assert [t["lokasi"][0]["lembar"] for t in temuan(result, "LEMBAR_DILEWATI")] == ["Petunjuk"]
    assert [(t["lokasi"][0]["lembar"], t["lokasi"][0]["baris"]) for t in temuan(result, "TIDAK_AKTIF")] == [
        ("Lobalain", 4)
    ]
    assert accepted(upload(hub, "KARANG_TARUNA", content, name="kt.xlsx")) == (0, 0, 3)


def test_the_real_header_of_homes_needs_no_desa_where_the_register_knows_it(hub: Client) -> None:
    header = ["nama", "kabupaten", "kuota", "laki_laki", "perempuan"]
    old = [
        ["Panti Asuhan Kasih", "Rote Ndao", "50", "20", "18"],
        ["Panti Werdha Damai", "Rote Ndao", "30", "10", "12"],
    ]
    result = upload(
        hub,
        "PANTI",
        listing([*header, "alamat"], [*old[0], "Jl. A, Kel. Metina, Kec. Lobalain"], [*old[1], "Sotimori, Landu Leko"]),
    )
    assert accepted(result) == (2, 0, 0)
    assert {t["usulan"] for t in temuan(result, "DESA_DARI_ALAMAT")} == {"53.14.03.1011", "53.14.10.2003"}
    assert [(t["usulan"], t["tingkat"]) for t in temuan(result, "SASARAN_DARI_NAMA")] == [
        ("anak", "PERINGATAN"),
        ("lanjut usia", "PERINGATAN"),
    ]
    assert accepted(upload(hub, "PANTI", listing(header, *old))) == (0, 0, 2)
    assert accepted(upload(hub, "PANTI", listing(header, [*old[0][:2], "60", *old[0][3:]]))) == (0, 1, 0)
    assert hub.sql("SELECT nama, daya_tampung, klien_l + klien_p, kode_desa FROM sumber_daya ORDER BY nama") == [
        ("Panti Asuhan Kasih", 60, 38, "53.14.03.1011"), ("Panti Werdha Damai", 30, 22, "53.14.10.2003"),
    ]  # fmt: skip
    new = upload(hub, "PANTI", listing(header, ["Panti Tanpa Arah", "Rote Ndao", "10", "", ""]))
    assert {k for k, *_ in refused(new)} == {"DESA_KOSONG"}


def test_the_same_one_is_found_by_its_registration_number_by_id_and_by_name(hub: Client) -> None:
    upload(hub, "LKS", listing(LKS, KASIH, HARAPAN))
    ((id_,),) = hub.sql("SELECT kode_kab || ':' || id FROM sumber_daya WHERE nama = 'LKS Harapan'")
    renamed = upload(hub, "LKS", listing(LKS, ["Rote Ndao", "LKS Kasih Abadi", *KASIH[2:]]))
    assert accepted(renamed) == (0, 1, 0)
    assert [t["kode"] for t in temuan(renamed, "GANTI_NAMA")] == ["GANTI_NAMA"]
    by_id = listing(["ID", "Nama", "Desa"], [id_, "LKS Harapan Jaya", "Sotimori"])
    assert accepted(upload(hub, "LKS", by_id)) == (0, 1, 0)
    assert [(n, d) for n, d, *_ in hub.sql(STORED)] == [
        ("LKS Harapan Jaya", "53.14.10.2003"),
        ("LKS Kasih Abadi", "53.14.10.2003"),
    ]
    crossed = listing(LKS, ["Rote Ndao", "LKS Harapan Jaya", *KASIH[2:]])
    assert {k for k, *_ in refused(upload(hub, "LKS", crossed))} == {"NOMOR_MILIK_LAIN"}
    assert {k for k, *_ in refused(upload(hub, "LKS", listing(["ID", "Nama", "Desa"], ["53.14:x", "A", "Kuli"])))} == {
        "ID_TAK_DIKENAL"
    }
    similar = upload(hub, "LKS", listing(["Nama", "Desa"], ["LKS Kasih Abady", "Sotimori"]))
    assert accepted(similar) == (1, 0, 0)
    assert temuan(similar, "MIRIP_TERDAFTAR")[0]["tingkat"] == "PERINGATAN"


def test_what_was_closed_stays_closed_until_somebody_says_otherwise(hub: Client) -> None:
    upload(hub, "LKS", listing(LKS, KASIH), sejak="2019-01-01")
    hub.sql("UPDATE sumber_daya SET sampai = '2024-01-01'")
    result = upload(hub, "LKS", listing([*LKS, "Status"], [*KASIH, "Aktif"]))
    assert accepted(result) == (0, 0, 1)
    assert [t["usulan"] for t in temuan(result, "SUDAH_DITUTUP")] == ["2024-01-01"]


def test_a_province_brings_a_list_of_many_kabupaten(hub: Client) -> None:
    header = ["Kab/Kota", "Nama", "Desa", "Kecamatan", "Pemilik"]
    desa = {
        k: (d, c, n)
        for k, d, c, n in hub.sql("""SELECT DISTINCT ON (w.kode_kab) w.kode_kab, w.kode, k.nama, w.nama FROM wilayah w
          JOIN wilayah k ON k.kode = w.kode_induk AND k.berlaku_sampai IS NULL
          WHERE w.tingkat = 4 AND w.kode_kab IN ('36.04', '36.73') AND w.berlaku_sampai IS NULL ORDER BY w.kode_kab, w.kode""")
    }  # fmt: skip
    rows = [
        ["Kab. Serang", "Rumah A", desa["36.04"][2], desa["36.04"][1], "Provinsi"],
        ["KOTA SERANG", "Rumah B", desa["36.73"][2], desa["36.73"][1], ""],
        ["Serang", "Rumah C", desa["36.04"][2], desa["36.04"][1], ""],
    ]
    result = upload(hub, "RUMAH_SINGGAH", listing(header, *rows), "36")
    assert accepted(result) == (3, 0, 0)
    assert hub.sql("SELECT nama, kode_desa, pemilik FROM sumber_daya ORDER BY nama") == [
        ("Rumah A", desa["36.04"][0], "PROVINSI"), ("Rumah B", desa["36.73"][0], "MASYARAKAT"), ("Rumah C", desa["36.04"][0], "MASYARAKAT"),
    ]  # fmt: skip
    (without_prefix,) = temuan(result, "NAMA_MIRIP")
    assert (without_prefix["usulan"], without_prefix["lokasi"][0]["baris"]) == (
        "36.04",
        4,
    )  # there is a kota of that name
    empty = upload(hub, "RUMAH_SINGGAH", listing(header, ["", "Rumah D", "X", "", ""]), "36")
    assert refused(empty) == {("KABUPATEN_KOSONG", 2, "Kab/Kota")}
    other = upload(hub, "RUMAH_SINGGAH", listing(header, rows[0]), "36", kab="36.73")
    assert refused(other) == {("KABUPATEN_LAIN", 2, "Kab/Kota")}


def test_who_may_not_write_there_is_told_and_nothing_is_written(hub: Client) -> None:
    content = listing(LKS, KASIH)
    for who, kab in ((None, "53.14"), ("53.13", "53.14"), ("36", "53.14"), ("36", "53"), ("53.14", "53")):
        assert upload(hub, "LKS", content, who, kab=kab)["__typename"] == "TidakBerwenang", (who, kab)
    owned = listing([*LKS, "Pemilik"], [*KASIH, "Provinsi"], [*HARAPAN, "Masyarakat"])
    assert refused(upload(hub, "LKS", owned)) == {("MILIK_DI_ATAS", 2, "Pemilik")}
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]
    assert accepted(upload(hub, "LKS", owned, "53")) == (2, 0, 0)
    assert accepted(upload(hub, "LKS", owned)) == (0, 0, 2)  # what stays as it is, nobody has to own
    assert refused(upload(hub, "LKS", listing([*LKS[:4], "Pemilik"], [*KASIH[:4], "Masyarakat"]))) == {
        ("MILIK_DI_ATAS", 2, "Pemilik")
    }
    assert {k for k, *_ in refused(upload(hub, "LKS", content, ""))} == {
        "KABUPATEN_BUKAN_KODE"
    }  # an admin says of where
    assert accepted(upload(hub, "LKS", content, "", kab="53.14")) == (0, 0, 1)


def test_trying_a_list_answers_everything_and_writes_nothing(hub: Client) -> None:
    assert accepted(upload(hub, "LKS", listing(LKS, KASIH, HARAPAN), uji=True)) == (2, 0, 0)
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]


def test_names_and_numbers_of_people_are_told_and_not_kept(hub: Client) -> None:
    header = ["Nama", "Desa", "Kecamatan", "Ketua", "Ketua Setuju", "HP", "NIK"]
    content = listing(
        header,
        ["LKS A", "Kuli", "Lobalain", "Ketua Satu", "ya", "081234", "5314000000000001"],
        ["LKS B", "Kuli", "Lobalain", "Ketua Dua", "", "081235", ""],
    )
    result = upload(hub, "LKS", content)
    assert accepted(result) == (2, 0, 0)
    assert [(t["nilai"], [x["baris"] for x in t["lokasi"]]) for t in temuan(result, "DATA_PRIBADI")] == [
        ("HP", [1]),
        ("NIK", [1]),
        ("Ketua", [3]),
    ]
    assert hub.sql("SELECT nama, ketua FROM sumber_daya ORDER BY nama") == [("LKS A", "Ketua Satu"), ("LKS B", None)]
    for table in ("sumber_daya", "sumber_daya_riwayat", "surat_sumber_daya"):
        assert hub.sql(f"SELECT count(*) FROM {table} t WHERE t::text ~ '08123|531400000000|Ketua Dua'") == [(0,)]


def test_two_who_bring_the_same_list_at_once_make_one_of_each(hub: Client) -> None:
    content = listing(LKS, KASIH, HARAPAN)
    hub.token("53.14")
    with ThreadPoolExecutor(4) as pool:
        results = [accepted(h) for h in pool.map(lambda _: upload(hub, "LKS", content), range(4))]
    assert sorted(results) == [(0, 0, 2)] * 3 + [(2, 0, 0)]
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(2,)]


@pytest.mark.parametrize(
    ("content", "kode"),
    [
        (b"\x89PNG\xff", "BERKAS_TAK_TERBACA"),
        (b"", "BERKAS_TAK_TERBACA"),
        (b"PK\x03\x04 bukan lembar kerja", "BERKAS_TAK_TERBACA"),
        (b"wilayah,BAN01\n53.14,1\n", "BERKAS_TAK_TERBACA"),
        (b"Nama,Desa,Desa\nA,Kuli,Kuli\n", "KOLOM_GANDA"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_reason(read_hub: Client, content: bytes, kode: str) -> None:
    assert {k for k, *_ in refused(upload(read_hub, "LKS", content, uji=True))} == {kode}


def test_what_is_gone_and_never_said_to_have_begun_is_asked_for(read_hub: Client) -> None:
    header = ["Nama", "Desa", "Kecamatan", "Status", "Tanggal Tutup"]
    content = listing(header, ["A", "Kuli", "Lobalain", "Tdk. Aktif", ""], ["B", "Kuli", "Lobalain", "", "31-12-2019"])
    result = upload(read_hub, "PUSKESOS", content, uji=True)
    assert refused(result) == {("SEJAK_KOSONG", 2, "Status"), ("SEJAK_KOSONG", 3, "Tanggal Tutup")}
    assert all("isi kolom Sejak atau Tahun Berdiri" in t["pesan"] for t in temuan(result, "SEJAK_KOSONG"))


def test_what_was_gone_before_the_oldest_list_of_regions_is_history_too(read_hub: Client) -> None:
    content = listing(["Nama", "Desa", "Tahun Berdiri", "Tanggal Tutup"], ["LKS Dulu", "Sotimori", "2005", "2015"])
    assert accepted(upload(read_hub, "LKS", content, uji=True)) == (1, 0, 0)


@pytest.mark.parametrize("status", ["Tdk Aktif", "sudah tidak aktif", "Non-Aktif", "Sdh tdk aktif."])
def test_what_is_not_active_however_it_is_written_is_gone(read_hub: Client, status: str) -> None:
    content = listing(["Nama", "Desa", "Tahun Berdiri", "Status"], ["Puskesos A", "Sotimori", "2019", status])
    result = upload(read_hub, "PUSKESOS", content, uji=True)
    assert [t["nilai"] for t in temuan(result, "TIDAK_AKTIF", "STATUS_TAK_DIKENAL")] == [status]
    assert temuan(result, "TIDAK_AKTIF")


def test_a_dot_in_the_area_of_a_warehouse_parts_thousands_and_that_is_told(hub: Client) -> None:
    header = ["Nama", "Desa", "Tahun Berdiri", "Luas (m2)", "Kapasitas (m3)"]
    result = upload(hub, "GUDANG_BENCANA", listing(header, ["Gudang A", "Sotimori", "2019", "1.200", "12,5"]))
    assert accepted(result) == (1, 0, 0)
    assert hub.sql("SELECT luas_m2::float, kapasitas_m3::float FROM sumber_daya") == [(1200, 12.5)]
    assert [(t["tingkat"], t["usulan"]) for t in temuan(result, "ANGKA_TULISAN")] == [
        ("PERINGATAN", "1200"), ("INFO", "12.5"),
    ]  # fmt: skip


def test_a_quote_left_open_swallows_no_rows(read_hub: Client) -> None:
    content = b'Nama,Desa,Alamat\nA,Kuli,Jl. 1\nB,Kuli,"Jl. 2\nC,Kuli,Jl. 3\n'
    (finding,) = upload(read_hub, "LKS", content, uji=True)["temuan"]
    assert finding["kode"] == "BERKAS_TAK_TERBACA"
    assert 'tanda kutip (") yang dibuka pada baris 3' in finding["pesan"]


def test_a_header_without_rows_is_told_apart_from_a_file_without_header(read_hub: Client) -> None:
    (finding,) = upload(read_hub, "LKS", b"Nama,Desa\n\n", uji=True)["temuan"]
    assert "tidak ada baris LKS di bawahnya" in finding["pesan"]


def test_statements_do_not_grow_with_the_list(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    statements: list[str] = []
    original = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        statements.append(str(query))
        return await original(self, query, *args, **kwargs)

    desa = [
        k
        for (k,) in hub.sql(
            "SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL"
        )
    ]
    hub.token("53.14")
    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    counts = []
    for prefix, n in (("A", 1), ("B", len(desa))):
        statements.clear()
        content = listing(
            ["Nama", "Kode Desa", "No SK", "Tgl SK"],
            *([f"KT {prefix}", k, f"1/{prefix}/2021", "1-2-2021"] for k in desa[:n]),
        )
        assert accepted(upload(hub, "KARANG_TARUNA", content)) == (n, 0, 0)
        counts.append(len([c for c in statements if ("sumber_daya" in c or "wilayah" in c) and "FROM token" not in c]))
    assert counts[0] == counts[1] <= 12
