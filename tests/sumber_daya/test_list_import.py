"""Lists of social resources brought in over HTTP: all or nothing, all findings at once, what is there already is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.client import Klien
from tests.lembar.xlsx_book import buku
from tests.sumber_daya.list_texts import daftar, diterima, ditolak, temuan, unggah

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
HARAP = ["Kab. Rote Ndao", "LKS Harapan", "Kuli", "Lobalain", "Lansia", "", "460/2/2022", "31 Desember 2025"]
ISI = "SELECT nama, kode_desa, bidang, alamat, versi, sejak::text, pemilik, sumber FROM sumber_daya ORDER BY nama"
SURAT = "SELECT jenis, nomor, sejak::text, sampai::text FROM surat_sumber_daya ORDER BY nomor"


def test_a_list_is_stored_and_sent_again_changes_nothing(hub: Klien) -> None:
    isi = daftar(LKS, KASIH, HARAP)
    hasil = unggah(hub, "LKS", isi, sejak="2019-01-01")
    assert diterima(hasil) == (2, 0, 0)
    assert hub.sql(ISI) == [
        ("LKS Harapan", "53.14.03.2002", "Lansia", None, 1, "2019-01-01", "MASYARAKAT", "daftar.csv"),
        ("LKS Kasih", "53.14.10.2003", "Anak", "Jl. Raya 1", 1, "2019-01-01", "MASYARAKAT", "daftar.csv"),
    ]
    assert hub.sql(SURAT) == [
        ("TANDA_DAFTAR", "460/1/2022", "2022-01-01", "2025-01-01"),
        ("TANDA_DAFTAR", "460/2/2022", "2023-01-01", "2026-01-01"),
    ]
    for lagi in (isi, daftar(LKS, [*KASIH[:1], "LKS KASIH", "Desa Sotimori", *KASIH[3:]], HARAP)):
        assert diterima(unggah(hub, "LKS", lagi, nama="lain.csv", sejak="2020-02-02")) == (0, 0, 2)
    assert hub.sql(
        "SELECT (SELECT count(*) FROM sumber_daya_riwayat), (SELECT count(*) FROM surat_sumber_daya_riwayat)"
    ) == [(0, 0)]


def test_a_row_that_says_something_else_is_a_new_version_and_the_others_stay(hub: Klien) -> None:
    unggah(hub, "LKS", daftar(LKS, KASIH, HARAP), sejak="2019-01-01")
    baru = daftar(LKS, [*KASIH[:4], "Anak dan Keluarga", "", "460/9/2025", "01-01-2025 s.d. 31-12-2027"], HARAP)
    assert diterima(unggah(hub, "LKS", baru)) == (0, 1, 1)
    assert hub.sql(ISI)[1][2:5] == ("Anak dan Keluarga", "Jl. Raya 1", 2)  # an empty cell takes nothing away
    assert hub.sql("SELECT versi, bidang, diubah_oleh FROM sumber_daya_riwayat") == [(1, "Anak", "uji KABUPATEN 53.14")]
    assert [n for _, n, *_ in hub.sql(SURAT)] == ["460/1/2022", "460/2/2022", "460/9/2025"]


def test_every_finding_of_every_row_comes_at_once_and_nothing_is_written(hub: Klien) -> None:
    isi = daftar(
        [*LKS, "Klien L", "Klien P", "Jumlah"],
        [*KASIH, "1", "1", "3"],
        ["Rote Ndao", "", "Atlantis", "Lobalain", "", "", "", "besok", "x", "", ""],
        ["Kupang", "LKS Jauh", "Oeseli", "", "", "", "", "", "", "-5", ""],
        ["Rote Ndao", "LKS Tanpa", "", "", "", "Jl. Merdeka", "", "", "", "", ""],
        ["Rote Ndao", "LKS Rangkap", "Lobalaen", "", "", "", "", "", "", "", ""],
        [*KASIH, "", "", ""],
    )
    hasil = unggah(hub, "LKS", isi)
    assert ditolak(hasil) == {
        ("JUMLAH_TIDAK_SAMA", 2, "Jumlah"), ("DESA_TAK_DIKENAL", 3, "Desa"), ("TANGGAL_TAK_TERBACA", 3, "Masa Berlaku"),
        ("ANGKA_TAK_TERBACA", 3, "Klien L"), ("KABUPATEN_LAIN", 4, "Kab/Kota"), ("DESA_KOSONG", 5, "Desa"),
        ("BUKAN_DESA", 6, "Desa"), ("BARIS_GANDA", 7, "Nama"),
    }  # fmt: skip
    assert {t["lokasi"][0]["lembar"] for t in hasil["temuan"] if t["lokasi"]} == {"daftar.csv"}
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]


def test_nothing_is_made_of_a_name(hub: Klien) -> None:
    sebelum = hub.sql("SELECT count(*) FROM wilayah")
    hasil = unggah(
        hub,
        "PUSKESOS",
        daftar(
            ["Nama", "Desa", "Kecamatan"],
            ["P1", "Tunganamo", "Pantai Baru"],
            ["P2", "Nusakdale", ""],
            ["P3", "Oeseli", "Rote Tengah"],
        ),
    )
    assert {k for k, *_ in ditolak(hasil)} <= {"DESA_TAK_DIKENAL", "DESA_RANGKAP"}
    (mirip,) = temuan(hasil, "NAMA_MIRIP")
    assert (mirip["tingkat"], mirip["usulan"], mirip["lokasi"][0]["baris"]) == ("PERINGATAN", "Tungganamo", 2)
    salah = [t for t in hasil["temuan"] if t["tingkat"] == "GALAT" and t["lokasi"][0]["baris"] == 4]
    assert [t["kode"] for t in salah] == ["DESA_TAK_DIKENAL"]
    assert hub.sql("SELECT count(*) FROM wilayah") == sebelum


def test_a_workbook_with_two_sheets_merged_cells_and_dates(hub: Klien) -> None:
    kepala = [
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
    isi = buku(
        {
            "Lobalain": [
                ["KARANG TARUNA"], kepala,
                [1, "Lobalain", "Kolobolon", "1/2021", date(2021, 3, 5), "25/13", "5/3", "Maju", "Aktif"],
                [2, None, "Bebalain", "2/2021", "5 Maret 2021", 40, None, "tumbuh", "Tidak aktif"],
            ],
            "Petunjuk": [["Isilah tabel di atas"]],
            "Pantai Baru": [kepala, [1, "Pantai Baru", "Keoen", None, None, None, None, None, None]],
        },
        {"Lobalain": ["B3:B4"]},
    )  # fmt: skip
    hasil = unggah(hub, "KARANG_TARUNA", isi, nama="kt.xlsx", sejak="2020-01-01")
    assert diterima(hasil) == (3, 0, 0)
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
    assert [t["lokasi"][0]["lembar"] for t in temuan(hasil, "LEMBAR_DILEWATI")] == ["Petunjuk"]
    assert [(t["lokasi"][0]["lembar"], t["lokasi"][0]["baris"]) for t in temuan(hasil, "TIDAK_AKTIF")] == [
        ("Lobalain", 4)
    ]
    assert diterima(unggah(hub, "KARANG_TARUNA", isi, nama="kt.xlsx")) == (0, 0, 3)


def test_the_real_header_of_homes_needs_no_desa_where_the_register_knows_it(hub: Klien) -> None:
    kepala = ["nama", "kabupaten", "kuota", "laki_laki", "perempuan"]
    lama = [
        ["Panti Asuhan Kasih", "Rote Ndao", "50", "20", "18"],
        ["Panti Werdha Damai", "Rote Ndao", "30", "10", "12"],
    ]
    hasil = unggah(
        hub,
        "PANTI",
        daftar(
            [*kepala, "alamat"], [*lama[0], "Jl. A, Kel. Metina, Kec. Lobalain"], [*lama[1], "Sotimori, Landu Leko"]
        ),
    )
    assert diterima(hasil) == (2, 0, 0)
    assert {t["usulan"] for t in temuan(hasil, "DESA_DARI_ALAMAT")} == {"53.14.03.1011", "53.14.10.2003"}
    assert [(t["usulan"], t["tingkat"]) for t in temuan(hasil, "SASARAN_DARI_NAMA")] == [
        ("anak", "PERINGATAN"),
        ("lanjut usia", "PERINGATAN"),
    ]
    assert diterima(unggah(hub, "PANTI", daftar(kepala, *lama))) == (0, 0, 2)
    assert diterima(unggah(hub, "PANTI", daftar(kepala, [*lama[0][:2], "60", *lama[0][3:]]))) == (0, 1, 0)
    assert hub.sql("SELECT nama, daya_tampung, klien_l + klien_p, kode_desa FROM sumber_daya ORDER BY nama") == [
        ("Panti Asuhan Kasih", 60, 38, "53.14.03.1011"), ("Panti Werdha Damai", 30, 22, "53.14.10.2003"),
    ]  # fmt: skip
    baru = unggah(hub, "PANTI", daftar(kepala, ["Panti Tanpa Arah", "Rote Ndao", "10", "", ""]))
    assert {k for k, *_ in ditolak(baru)} == {"DESA_KOSONG"}


def test_the_same_one_is_found_by_its_registration_number_by_id_and_by_name(hub: Klien) -> None:
    unggah(hub, "LKS", daftar(LKS, KASIH, HARAP))
    ((id_,),) = hub.sql("SELECT kode_kab || ':' || id FROM sumber_daya WHERE nama = 'LKS Harapan'")
    ganti = unggah(hub, "LKS", daftar(LKS, ["Rote Ndao", "LKS Kasih Abadi", *KASIH[2:]]))
    assert diterima(ganti) == (0, 1, 0)
    assert [t["kode"] for t in temuan(ganti, "GANTI_NAMA")] == ["GANTI_NAMA"]
    lewat_id = daftar(["ID", "Nama", "Desa"], [id_, "LKS Harapan Jaya", "Sotimori"])
    assert diterima(unggah(hub, "LKS", lewat_id)) == (0, 1, 0)
    assert [(n, d) for n, d, *_ in hub.sql(ISI)] == [
        ("LKS Harapan Jaya", "53.14.10.2003"),
        ("LKS Kasih Abadi", "53.14.10.2003"),
    ]
    silang = daftar(LKS, ["Rote Ndao", "LKS Harapan Jaya", *KASIH[2:]])
    assert {k for k, *_ in ditolak(unggah(hub, "LKS", silang))} == {"NOMOR_MILIK_LAIN"}
    assert {k for k, *_ in ditolak(unggah(hub, "LKS", daftar(["ID", "Nama", "Desa"], ["53.14:x", "A", "Kuli"])))} == {
        "ID_TAK_DIKENAL"
    }
    mirip = unggah(hub, "LKS", daftar(["Nama", "Desa"], ["LKS Kasih Abady", "Sotimori"]))
    assert diterima(mirip) == (1, 0, 0)
    assert temuan(mirip, "MIRIP_TERDAFTAR")[0]["tingkat"] == "PERINGATAN"


def test_what_was_closed_stays_closed_until_somebody_says_otherwise(hub: Klien) -> None:
    unggah(hub, "LKS", daftar(LKS, KASIH), sejak="2019-01-01")
    hub.sql("UPDATE sumber_daya SET sampai = '2024-01-01'")
    hasil = unggah(hub, "LKS", daftar([*LKS, "Status"], [*KASIH, "Aktif"]))
    assert diterima(hasil) == (0, 0, 1)
    assert [t["usulan"] for t in temuan(hasil, "SUDAH_DITUTUP")] == ["2024-01-01"]


def test_a_province_brings_a_list_of_many_kabupaten(hub: Klien) -> None:
    kepala = ["Kab/Kota", "Nama", "Desa", "Kecamatan", "Pemilik"]
    desa = {
        k: (d, c, n)
        for k, d, c, n in hub.sql("""SELECT DISTINCT ON (w.kode_kab) w.kode_kab, w.kode, k.nama, w.nama FROM wilayah w
          JOIN wilayah k ON k.kode = w.kode_induk AND k.berlaku_sampai IS NULL
          WHERE w.tingkat = 4 AND w.kode_kab IN ('36.04', '36.73') AND w.berlaku_sampai IS NULL ORDER BY w.kode_kab, w.kode""")
    }  # fmt: skip
    baris = [
        ["Kab. Serang", "Rumah A", desa["36.04"][2], desa["36.04"][1], "Provinsi"],
        ["KOTA SERANG", "Rumah B", desa["36.73"][2], desa["36.73"][1], ""],
        ["Serang", "Rumah C", desa["36.04"][2], desa["36.04"][1], ""],
    ]
    hasil = unggah(hub, "RUMAH_SINGGAH", daftar(kepala, *baris), "36")
    assert diterima(hasil) == (3, 0, 0)
    assert hub.sql("SELECT nama, kode_desa, pemilik FROM sumber_daya ORDER BY nama") == [
        ("Rumah A", desa["36.04"][0], "PROVINSI"), ("Rumah B", desa["36.73"][0], "MASYARAKAT"), ("Rumah C", desa["36.04"][0], "MASYARAKAT"),
    ]  # fmt: skip
    (tanpa_awalan,) = temuan(hasil, "NAMA_MIRIP")
    assert (tanpa_awalan["usulan"], tanpa_awalan["lokasi"][0]["baris"]) == ("36.04", 4)  # there is a kota of that name
    kosong = unggah(hub, "RUMAH_SINGGAH", daftar(kepala, ["", "Rumah D", "X", "", ""]), "36")
    assert ditolak(kosong) == {("KABUPATEN_KOSONG", 2, "Kab/Kota")}
    lain = unggah(hub, "RUMAH_SINGGAH", daftar(kepala, baris[0]), "36", kab="36.73")
    assert ditolak(lain) == {("KABUPATEN_LAIN", 2, "Kab/Kota")}


def test_who_may_not_write_there_is_told_and_nothing_is_written(hub: Klien) -> None:
    isi = daftar(LKS, KASIH)
    for siapa, kab in ((None, "53.14"), ("53.13", "53.14"), ("36", "53.14"), ("36", "53"), ("53.14", "53")):
        assert unggah(hub, "LKS", isi, siapa, kab=kab)["__typename"] == "TidakBerwenang", (siapa, kab)
    milik = daftar([*LKS, "Pemilik"], [*KASIH, "Provinsi"], [*HARAP, "Masyarakat"])
    assert ditolak(unggah(hub, "LKS", milik)) == {("MILIK_DI_ATAS", 2, "Pemilik")}
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]
    assert diterima(unggah(hub, "LKS", milik, "53")) == (2, 0, 0)
    assert diterima(unggah(hub, "LKS", milik)) == (0, 0, 2)  # what stays as it is, nobody has to own
    assert ditolak(unggah(hub, "LKS", daftar([*LKS[:4], "Pemilik"], [*KASIH[:4], "Masyarakat"]))) == {
        ("MILIK_DI_ATAS", 2, "Pemilik")
    }
    assert {k for k, *_ in ditolak(unggah(hub, "LKS", isi, ""))} == {"KABUPATEN_BUKAN_KODE"}  # an admin says of where
    assert diterima(unggah(hub, "LKS", isi, "", kab="53.14")) == (0, 0, 1)


def test_trying_a_list_answers_everything_and_writes_nothing(hub: Klien) -> None:
    assert diterima(unggah(hub, "LKS", daftar(LKS, KASIH, HARAP), uji=True)) == (2, 0, 0)
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]


def test_names_and_numbers_of_people_are_told_and_not_kept(hub: Klien) -> None:
    kepala = ["Nama", "Desa", "Kecamatan", "Ketua", "Ketua Setuju", "HP", "NIK"]
    isi = daftar(
        kepala,
        ["LKS A", "Kuli", "Lobalain", "Ketua Satu", "ya", "081234", "5314000000000001"],
        ["LKS B", "Kuli", "Lobalain", "Ketua Dua", "", "081235", ""],
    )
    hasil = unggah(hub, "LKS", isi)
    assert diterima(hasil) == (2, 0, 0)
    assert [(t["nilai"], [x["baris"] for x in t["lokasi"]]) for t in temuan(hasil, "DATA_PRIBADI")] == [
        ("HP", [1]),
        ("NIK", [1]),
        ("Ketua", [3]),
    ]
    assert hub.sql("SELECT nama, ketua FROM sumber_daya ORDER BY nama") == [("LKS A", "Ketua Satu"), ("LKS B", None)]
    for tabel in ("sumber_daya", "sumber_daya_riwayat", "surat_sumber_daya"):
        assert hub.sql(f"SELECT count(*) FROM {tabel} t WHERE t::text ~ '08123|531400000000|Ketua Dua'") == [(0,)]


def test_two_who_bring_the_same_list_at_once_make_one_of_each(hub: Klien) -> None:
    isi = daftar(LKS, KASIH, HARAP)
    hub.token("53.14")
    with ThreadPoolExecutor(4) as kerja:
        hasil = [diterima(h) for h in kerja.map(lambda _: unggah(hub, "LKS", isi), range(4))]
    assert sorted(hasil) == [(0, 0, 2)] * 3 + [(2, 0, 0)]
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(2,)]


@pytest.mark.parametrize(
    ("isi", "kode"),
    [
        (b"\x89PNG\xff", "BERKAS_TAK_TERBACA"),
        (b"", "BERKAS_TAK_TERBACA"),
        (b"PK\x03\x04 bukan lembar kerja", "BERKAS_TAK_TERBACA"),
        (b"wilayah,BAN01\n53.14,1\n", "BERKAS_TAK_TERBACA"),
        (b"Nama,Desa,Desa\nA,Kuli,Kuli\n", "KOLOM_GANDA"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_reason(hub_baca: Klien, isi: bytes, kode: str) -> None:
    assert {k for k, *_ in ditolak(unggah(hub_baca, "LKS", isi, uji=True))} == {kode}


def test_what_is_gone_and_never_said_to_have_begun_is_asked_for(hub_baca: Klien) -> None:
    kepala = ["Nama", "Desa", "Kecamatan", "Status", "Tanggal Tutup"]
    isi = daftar(kepala, ["A", "Kuli", "Lobalain", "Tdk. Aktif", ""], ["B", "Kuli", "Lobalain", "", "31-12-2019"])
    hasil = unggah(hub_baca, "PUSKESOS", isi, uji=True)
    assert ditolak(hasil) == {("SEJAK_KOSONG", 2, "Status"), ("SEJAK_KOSONG", 3, "Tanggal Tutup")}
    assert all("isi kolom Sejak atau Tahun Berdiri" in t["pesan"] for t in temuan(hasil, "SEJAK_KOSONG"))


def test_what_was_gone_before_the_oldest_list_of_regions_is_history_too(hub_baca: Klien) -> None:
    isi = daftar(["Nama", "Desa", "Tahun Berdiri", "Tanggal Tutup"], ["LKS Dulu", "Sotimori", "2005", "2015"])
    assert diterima(unggah(hub_baca, "LKS", isi, uji=True)) == (1, 0, 0)


@pytest.mark.parametrize("status", ["Tdk Aktif", "sudah tidak aktif", "Non-Aktif", "Sdh tdk aktif."])
def test_what_is_not_active_however_it_is_written_is_gone(hub_baca: Klien, status: str) -> None:
    isi = daftar(["Nama", "Desa", "Tahun Berdiri", "Status"], ["Puskesos A", "Sotimori", "2019", status])
    hasil = unggah(hub_baca, "PUSKESOS", isi, uji=True)
    assert [t["nilai"] for t in temuan(hasil, "TIDAK_AKTIF", "STATUS_TAK_DIKENAL")] == [status]
    assert temuan(hasil, "TIDAK_AKTIF")


def test_a_dot_in_the_area_of_a_warehouse_parts_thousands_and_that_is_told(hub: Klien) -> None:
    kepala = ["Nama", "Desa", "Tahun Berdiri", "Luas (m2)", "Kapasitas (m3)"]
    hasil = unggah(hub, "GUDANG_BENCANA", daftar(kepala, ["Gudang A", "Sotimori", "2019", "1.200", "12,5"]))
    assert diterima(hasil) == (1, 0, 0)
    assert hub.sql("SELECT luas_m2::float, kapasitas_m3::float FROM sumber_daya") == [(1200, 12.5)]
    assert [(t["tingkat"], t["usulan"]) for t in temuan(hasil, "ANGKA_TULISAN")] == [
        ("PERINGATAN", "1200"), ("INFO", "12.5"),
    ]  # fmt: skip


def test_a_quote_left_open_swallows_no_rows(hub_baca: Klien) -> None:
    isi = b'Nama,Desa,Alamat\nA,Kuli,Jl. 1\nB,Kuli,"Jl. 2\nC,Kuli,Jl. 3\n'
    (satu,) = unggah(hub_baca, "LKS", isi, uji=True)["temuan"]
    assert satu["kode"] == "BERKAS_TAK_TERBACA"
    assert 'tanda kutip (") yang dibuka pada baris 3' in satu["pesan"]


def test_a_header_without_rows_is_told_apart_from_a_file_without_header(hub_baca: Klien) -> None:
    (satu,) = unggah(hub_baca, "LKS", b"Nama,Desa\n\n", uji=True)["temuan"]
    assert "tidak ada baris LKS di bawahnya" in satu["pesan"]


def test_statements_do_not_grow_with_the_list(hub: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    catatan: list[str] = []
    asli = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        catatan.append(str(query))
        return await asli(self, query, *args, **kwargs)

    desa = [
        k
        for (k,) in hub.sql(
            "SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL"
        )
    ]
    hub.token("53.14")
    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    banyak = []
    for awalan, n in (("A", 1), ("B", len(desa))):
        catatan.clear()
        isi = daftar(
            ["Nama", "Kode Desa", "No SK", "Tgl SK"],
            *([f"KT {awalan}", k, f"1/{awalan}/2021", "1-2-2021"] for k in desa[:n]),
        )
        assert diterima(unggah(hub, "KARANG_TARUNA", isi)) == (n, 0, 0)
        banyak.append(len([c for c in catatan if ("sumber_daya" in c or "wilayah" in c) and "FROM token" not in c]))
    assert banyak[0] == banyak[1] <= 12
