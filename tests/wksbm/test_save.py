"""Writing networks (WKSBM) through the API: profile, members, activities, phases; findings all at once, rights, history."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Klien
from tests.database_clones import clone_of
from tests.db.roles import ambil_peran
from tests.hub_server import serve
from tests.wksbm.texts import SOTIMORI, bersih, catat, id_wksbm, isi, kode, nomor, pindah, simpan

PENUMBUHAN = [f"5a.{n}" for n in range(1, 7)]
PEMANTAPAN = [f"5b.{n}" for n in range(1, 5)]


@pytest.fixture(scope="module")
def luas(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    """One hub for all tests here; each writes networks of its own."""
    for url in clone_of(cluster, templates["contoh"]):
        for klien in serve(url):
            yield bersih(klien)


def test_a_new_network_is_in_the_first_phase_and_an_edit_makes_a_new_version(luas: Klien) -> None:
    anggota = [{"nama": " Karang  Taruna Sotimori", "jenis": "karang taruna"}, {"nama": "LKS Kasih", "jenis": "4"}]
    hasil = simpan(luas, isi("Baru", anggota=anggota, kegiatan=[{"tanggal": "2019-02-01", "kegiatan": "5a.1"}]))
    assert (hasil["__typename"], hasil["versi"], hasil["temuan"]) == ("WksbmTersimpan", 1, [])
    baru = hasil["wksbm"]
    assert baru["id"].startswith("53.14:")
    assert (baru["tahap"], baru["tahapSejak"], baru["desa"]) == ("PENUMBUHAN", "2019-01-01", {"kode": SOTIMORI})
    assert baru["anggota"] == [
        {"nama": "Karang Taruna Sotimori", "jenis": "Karang taruna", "kodeJenis": "5", "sejak": "2019-01-01", "sampai": None},
        {"nama": "LKS Kasih", "jenis": "Lembaga kesejahteraan sosial", "kodeJenis": "4", "sejak": "2019-01-01", "sampai": None},
    ]  # fmt: skip
    assert baru["kegiatan"] == [
        {"tanggal": "2019-02-01", "kode": "5a.1", "uraian": "Penumbuhan: penyediaan informasi",
         "program": "Implementasi: penumbuhan jaringan"}
    ]  # fmt: skip
    assert baru["riwayatTahap"] == [{"tahap": "PENUMBUHAN", "sejak": "2019-01-01", "alasan": None}]
    ubah = simpan(luas, isi("Lain", id=baru["id"], versi=1, sampai="2030-01-01"))
    assert (ubah["versi"], ubah["wksbm"]["nama"], ubah["temuan"]) == (2, "Lain", [])
    assert (ubah["wksbm"]["anggota"], ubah["wksbm"]["kegiatan"]) == (baru["anggota"], baru["kegiatan"])
    assert luas.sql("SELECT versi, nama, diubah_oleh FROM wksbm_riwayat WHERE id = %s", baru["id"][6:]) == [
        (1, "Baru", "uji KABUPATEN 53.14")
    ]
    assert luas.sql("SELECT kab, tahap, hari_terakhir::text FROM simpul_wksbm WHERE id = %s", baru["id"][6:]) == [
        ("53.14", "PENUMBUHAN", "2029-12-31")
    ]
    bentrok = simpan(luas, isi("Beda", id=baru["id"], versi=1))
    assert (bentrok["__typename"], bentrok["revisiTerbaru"]) == ("BentrokRevisi", 2)


def test_a_call_may_be_repeated_and_changes_nothing(luas: Klien) -> None:
    masukan = isi(
        id=id_wksbm(1), titik={"type": "Point", "coordinates": [123.36, -10.49]}, balai="Balai",
        anggota=[{"nama": "Kelompok A", "jenis": "LKS"}],
        kegiatan=[{"tanggal": "2019-02-01", "kegiatan": "1.2", "uraian": "Pendataan"}],
    )  # fmt: skip
    pertama = simpan(luas, masukan)
    assert pertama["__typename"] == "WksbmTersimpan"
    assert simpan(luas, masukan) == pertama
    assert simpan(luas, {**masukan, "versi": 1}) == pertama
    assert luas.sql("SELECT count(*) FROM wksbm_riwayat WHERE id = %s", nomor(1)) == [(0,)]
    assert simpan(luas, {**masukan, "nama": "Lain"})["__typename"] == "BentrokRevisi"
    assert simpan(luas, {**masukan, "id": id_wksbm(2), "versi": 3})["__typename"] == "BentrokRevisi"


def test_every_finding_comes_at_once_with_its_place(luas: Klien) -> None:
    besok = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    salah = isi(
        " ", desa="53.14.10.9999", sampai="2018-01-01", titik={"type": "Point", "coordinates": [123.4]},
        tahapSejak=besok, balai="x" * 501,
        anggota=[
            {"nama": "A", "jenis": "Karang Taruni"},
            {"nama": " ", "jenis": "LKS"},
            {"nama": "B", "jenis": "LKS", "sampai": "2018-01-01"},
            {"nama": "C", "jenis": "LKS"},
            {"nama": "c", "jenis": "LKS", "sejak": "2019-06-01"},
        ],
        kegiatan=[
            {"tanggal": "2017-01-01", "kegiatan": "9.9"},
            {"tanggal": besok, "kegiatan": "1.1"},
            {"tanggal": "2017-01-01", "kegiatan": "1.1"},
            {"tanggal": "2017-01-01", "kegiatan": "1.1"},
        ],
    )  # fmt: skip
    hasil = simpan(luas, salah)
    assert hasil["__typename"] == "WksbmDitolak"
    assert kode(hasil) == {
        "NAMA_KOSONG", "TEKS_TIDAK_SAH", "MASA_TERBALIK", "TITIK_TIDAK_SAH", "SEJAK_BELUM_TIBA", "DESA_TAK_DIKENAL",
        "JENIS_TAK_DIKENAL", "ANGGOTA_GANDA", "KEGIATAN_TAK_DIKENAL", "TANGGAL_BELUM_TIBA", "KEGIATAN_GANDA",
    }  # fmt: skip
    di = {(t["kode"], t["lokasi"][0]["kolom"], t["lokasi"][0]["indeks"]) for t in hasil["temuan"]}
    assert {("JENIS_TAK_DIKENAL", "anggota", 0), ("NAMA_KOSONG", "anggota", 1), ("MASA_TERBALIK", "anggota", 2),
            ("ANGGOTA_GANDA", "anggota", 4), ("KEGIATAN_TAK_DIKENAL", "kegiatan", 0),
            ("TANGGAL_BELUM_TIBA", "kegiatan", 1), ("KEGIATAN_GANDA", "kegiatan", 3)} <= di  # fmt: skip
    (jenis,) = [t for t in hasil["temuan"] if t["kode"] == "JENIS_TAK_DIKENAL"]
    assert "5 Karang taruna" in jenis["usulan"]
    diusulkan = isi(id=id_wksbm(4), anggota=[{"nama": "A", "jenis": "5 Karang taruna"}])
    assert simpan(luas, diusulkan)["wksbm"]["anggota"][0]["kodeJenis"] == "5"


def test_what_was_gone_before_the_oldest_list_of_regions_is_history_too(luas: Klien) -> None:
    hasil = simpan(luas, isi("Lama", sejak="2005-01-01", sampai="2010-01-01"))
    assert (hasil["__typename"], hasil["temuan"]) == ("WksbmTersimpan", [])


def test_a_new_one_of_a_name_that_stands_there_is_written_and_told(luas: Klien) -> None:
    pertama = simpan(luas, isi("Rukun Warga"))
    kedua = simpan(luas, isi("rukun  warga"))
    assert [(t["kode"], t["tingkat"], t["usulan"]) for t in kedua["temuan"]] == [
        ("MIRIP_TERDAFTAR", "PERINGATAN", pertama["wksbm"]["id"])
    ]
    assert kedua["wksbm"]["id"] != pertama["wksbm"]["id"]


def test_people_are_written_as_their_group(luas: Klien) -> None:
    hasil = simpan(luas, isi("Kelompok", id=id_wksbm(5), anggota=[{"nama": "Kelompok PSM", "jenis": "psm"}]))
    (temuan,) = hasil["temuan"]
    assert (temuan["kode"], temuan["tingkat"]) == ("NAMA_KELOMPOK", "INFO")
    assert hasil["wksbm"]["anggota"][0]["jenis"] == "Pekerja sosial masyarakat"


def test_what_is_not_named_any_more_is_told_and_kept(luas: Klien) -> None:
    anggota = [{"nama": "A", "jenis": "4"}, {"nama": "B", "jenis": "4"}]
    kegiatan = [{"tanggal": "2019-02-01", "kegiatan": "1.1"}, {"tanggal": "2019-03-01", "kegiatan": "1.2"}]
    simpan(luas, isi(id=id_wksbm(6), anggota=anggota, kegiatan=kegiatan))
    sisa = [{**anggota[0], "sampai": "2020-01-01"}]
    hasil = simpan(luas, isi(id=id_wksbm(6), versi=1, anggota=sisa, kegiatan=kegiatan[1:]))
    assert hasil["versi"] == 2
    assert {(t["kode"], t["tingkat"]) for t in hasil["temuan"]} == {
        ("ANGGOTA_DIHILANGKAN", "PERINGATAN"), ("KEGIATAN_DIHILANGKAN", "PERINGATAN"),
    }  # fmt: skip
    assert [(a["nama"], a["sampai"]) for a in hasil["wksbm"]["anggota"]] == [("A", "2020-01-01")]
    lama = luas.sql("SELECT nama, sampai FROM anggota_wksbm_riwayat WHERE wksbm = %s ORDER BY nama", nomor(6))
    assert lama == [("A", None), ("B", None)]
    assert luas.sql("SELECT kegiatan FROM kegiatan_wksbm_riwayat WHERE wksbm = %s", nomor(6)) == [("1.1",)]


def test_who_changed_what_when_is_told_to_the_offices_and_to_nobody_else(luas: Klien) -> None:
    simpan(luas, isi("Awal", id=id_wksbm(23), anggota=[{"nama": "A", "jenis": "4"}]))
    simpan(luas, isi("Kemudian", id=id_wksbm(23), versi=1, anggota=[]))
    tanya = f'{{ wksbm(id: "{id_wksbm(23)}") {{ nama riwayat {{ versi oleh perubahan {{ isian lama baru }} }} }} }}'
    for siapa in ("53.14", "53", ""):
        dua, satu = luas.tanya(tanya, None, siapa)["wksbm"]["riwayat"]
        assert (dua["versi"], satu) == (2, {"versi": 1, "oleh": "uji KABUPATEN 53.14", "perubahan": []})
        assert dua["perubahan"] == [{"isian": "nama", "lama": "Awal", "baru": "Kemudian"}]
    for orang_lain in (None, "53.15", "36"):
        assert luas.tanya(tanya, None, orang_lain)["wksbm"] == {"nama": "Kemudian", "riwayat": []}
    with psycopg.connect(luas.url) as conn:
        conn.execute("SET ROLE hub_publik")
        for tabel in ("wksbm", "anggota_wksbm", "kegiatan_wksbm", "hubungan_wksbm", "mitra_luar"):
            assert conn.execute(f"SELECT count(*) FROM {tabel}_riwayat").fetchall() == [(0,)]
    assert luas.sql("SELECT count(*) FROM anggota_wksbm_riwayat") > [(0,)]


def test_activities_are_added_once(luas: Klien) -> None:
    simpan(luas, isi(id=id_wksbm(7)))
    hasil = catat(luas, id_wksbm(7), ("2019-02-01", "Pendataan dan pemetaan sosial"), ("2020-01-01", "7.1"))
    assert (hasil["versi"], [k["kode"] for k in hasil["wksbm"]["kegiatan"]]) == (2, ["1.2", "7.1"])
    lagi = catat(luas, id_wksbm(7), ("2020-01-01", "7.1"))
    assert (lagi["versi"], len(lagi["wksbm"]["kegiatan"])) == (2, 2)
    assert kode(catat(luas, id_wksbm(7), ("2020-01-01", "7.9"), ("2999-01-01", "7.1"))) == {
        "KEGIATAN_TAK_DIKENAL", "TANGGAL_BELUM_TIBA",
    }  # fmt: skip
    assert kode(catat(luas, id_wksbm(99), ("2020-01-01", "7.1"))) == {"WKSBM_TAK_ADA"}
    simpan(luas, isi(id=id_wksbm(7), versi=2, sampai="2021-01-01"))
    assert kode(catat(luas, id_wksbm(7), ("2021-01-01", "7.1"))) == {"TANGGAL_BELUM_TIBA"}


# ---------- phases ----------


def test_a_network_moves_on_when_the_activities_of_its_phase_were_carried_out(luas: Klien) -> None:
    id_ = id_wksbm(10)
    simpan(luas, isi(id=id_))
    catat(luas, id_, *[("2018-06-01", k) for k in PENUMBUHAN[:4]], ("2019-08-01", "5a.5"), ("2019-09-01", "5b.1"))
    tolak = pindah(luas, id_, "PEMANTAPAN", "2019-07-01")
    (temuan,) = tolak["temuan"]
    assert (temuan["kode"], temuan["usulan"]) == ("KEGIATAN_KURANG", "5a.5; 5a.6")
    assert "bimbingan lintas calon jaringan" in temuan["pesan"]
    catat(luas, id_, ("2019-08-15", "5a.6"))
    maju = pindah(luas, id_, "PEMANTAPAN", "2019-08-15", alasan="Rapat kecamatan")
    assert (maju["__typename"], maju["wksbm"]["tahap"]) == ("WksbmTersimpan", "PEMANTAPAN")
    assert pindah(luas, id_, "PEMANTAPAN", "2019-08-15") == {**maju, "temuan": []}  # again: left alone
    assert luas.sql("SELECT count(*) FROM tahap_wksbm WHERE wksbm = %s", nomor(10)) == [(2,)]
    (temuan,) = pindah(luas, id_, "PENGEMBANGAN", "2019-12-01")["temuan"]
    assert temuan["usulan"] == "5b.2; 5b.3; 5b.4"
    catat(luas, id_, *[("2019-11-01", k) for k in PEMANTAPAN])
    akhir = pindah(luas, id_, "PENGEMBANGAN", "2019-12-01")
    assert akhir["wksbm"]["riwayatTahap"] == [
        {"tahap": "PENUMBUHAN", "sejak": "2019-01-01", "alasan": None},
        {"tahap": "PEMANTAPAN", "sejak": "2019-08-15", "alasan": "Rapat kecamatan"},
        {"tahap": "PENGEMBANGAN", "sejak": "2019-12-01", "alasan": None},
    ]


def test_one_that_went_back_repeats_the_activities_and_keeps_its_history(luas: Klien) -> None:
    id_ = id_wksbm(11)
    simpan(luas, isi(id=id_, kegiatan=[{"tanggal": "2018-06-01", "kegiatan": k} for k in PENUMBUHAN]))
    pindah(luas, id_, "PEMANTAPAN", "2019-03-01")
    mundur = pindah(luas, id_, "PENUMBUHAN", "2020-01-01", alasan="Anggota bubar")
    assert (mundur["__typename"], mundur["wksbm"]["tahap"]) == ("WksbmTersimpan", "PENUMBUHAN")
    tanya = f'{{ wksbm(id: "{id_}") {{ kegiatanKurang {{ kode nama }} }} }}'
    assert [k["kode"] for k in luas.tanya(tanya)["wksbm"]["kegiatanKurang"]] == PENUMBUHAN
    (temuan,) = pindah(luas, id_, "PEMANTAPAN", "2020-06-01")["temuan"]
    assert temuan["usulan"] == "; ".join(PENUMBUHAN)
    assert "sejak 2020-01-01" in temuan["pesan"]
    catat(luas, id_, *[("2020-05-01", k) for k in PENUMBUHAN])
    assert luas.tanya(tanya)["wksbm"]["kegiatanKurang"] == []
    assert pindah(luas, id_, "PEMANTAPAN", "2020-06-01")["wksbm"]["tahap"] == "PEMANTAPAN"
    assert [k["kode"] for k in luas.tanya(tanya)["wksbm"]["kegiatanKurang"]] == PEMANTAPAN
    riwayat = luas.tanya(f'{{ wksbm(id: "{id_}") {{ riwayatTahap {{ tahap sejak }} }} }}')["wksbm"]["riwayatTahap"]
    assert [(r["tahap"], r["sejak"]) for r in riwayat] == [
        ("PENUMBUHAN", "2019-01-01"), ("PEMANTAPAN", "2019-03-01"), ("PENUMBUHAN", "2020-01-01"),
        ("PEMANTAPAN", "2020-06-01"),
    ]  # fmt: skip


def test_every_wrong_move_is_told_at_once(luas: Klien) -> None:
    id_ = id_wksbm(12)
    simpan(luas, isi(id=id_, tahapSejak="2019-05-01"))
    assert kode(pindah(luas, id_, "PENGEMBANGAN", "2019-04-01")) == {
        "TAHAP_MELOMPAT", "KEGIATAN_KURANG", "SEJAK_TERLALU_DINI",
    }  # fmt: skip
    assert kode(pindah(luas, id_, "PENUMBUHAN", "2999-01-01")) == {"TAHAP_SAMA", "SEJAK_BELUM_TIBA"}
    assert kode(pindah(luas, id_wksbm(98), "PEMANTAPAN", "2019-06-01")) == {"WKSBM_TAK_ADA"}
    assert kode(pindah(luas, "salah", "PEMANTAPAN", "2019-06-01")) == {"ID_TIDAK_SAH"}
    simpan(luas, isi(id=id_, versi=1, sampai="2021-01-01", tahapSejak="2019-05-01"))
    assert "SEJAK_BELUM_TIBA" in kode(pindah(luas, id_, "PEMANTAPAN", "2021-01-01"))
    assert luas.sql("SELECT tahap, versi FROM wksbm WHERE id = %s", nomor(12)) == [("PENUMBUHAN", 2)]


def test_a_network_that_is_there_already_may_be_registered_in_a_later_phase(luas: Klien) -> None:
    hasil = simpan(luas, isi("Sudah Lama", id=id_wksbm(13), tahap="PEMANTAPAN", tahapSejak="2020-02-01"))
    assert (hasil["wksbm"]["tahap"], kode(hasil)) == ("PEMANTAPAN", {"TAHAP_TANPA_RIWAYAT"})
    assert hasil["wksbm"]["riwayatTahap"] == [{"tahap": "PEMANTAPAN", "sejak": "2020-02-01", "alasan": None}]
    lewat = simpan(luas, isi(id=id_wksbm(13), versi=1, tahap="PENGEMBANGAN"))
    assert (lewat["__typename"], kode(lewat)) == ("WksbmDitolak", {"TAHAP_LEWAT_PINDAH"})


# ---------- who may ----------


def test_a_network_has_its_phases_and_activities_while_it_is_there(luas: Klien) -> None:
    dini = simpan(luas, isi("Terlalu Dini", tahap="PEMANTAPAN", tahapSejak="2015-01-01"))
    assert (dini["__typename"], kode(dini)) == ("WksbmDitolak", {"DI_LUAR_MASA"})
    id_ = id_wksbm(17)
    simpan(luas, isi("Berakhir", id=id_))
    catat(luas, id_, *[("2020-01-01", k) for k in PENUMBUHAN], ("2022-01-01", "5b.1"))
    pindah(luas, id_, "PEMANTAPAN", "2021-01-01")
    versi = luas.tanya("query ($i: ID!) { wksbm(id: $i) { versi } }", {"i": id_})["wksbm"]["versi"]
    (akhir, *_) = salah = simpan(luas, isi("Berakhir", id=id_, versi=versi, sampai="2020-06-01"))["temuan"]
    assert [(t["kode"], t["lokasi"][0]["kolom"]) for t in salah] == [("DI_LUAR_MASA", "sampai")] * 2
    assert "PEMANTAPAN pada 2021-01-01" in akhir["pesan"]
    assert "2022-01-01" in salah[1]["pesan"]
    assert simpan(luas, isi("Berakhir", id=id_, versi=versi, sampai="2022-01-02"))["__typename"] == "WksbmTersimpan"


def test_a_kabupaten_writes_its_own_and_a_province_what_lies_below(luas: Klien) -> None:
    simpan(luas, isi(id=id_wksbm(20)))
    sebelum = luas.sql("SELECT nama, versi FROM wksbm WHERE id = %s", nomor(20))
    for sebagai in (None, "53.13", "36"):
        assert simpan(luas, isi("X", id=id_wksbm(20), versi=1), sebagai)["__typename"] == "TidakBerwenang"
        assert pindah(luas, id_wksbm(20), "PEMANTAPAN", "2020-01-01", sebagai)["__typename"] == "TidakBerwenang"
        assert catat(luas, id_wksbm(20), ("2020-01-01", "1.1"), sebagai=sebagai)["__typename"] == "TidakBerwenang"
    assert kode(simpan(luas, isi(desa="36.73.01.1002"))) == {"DESA_DI_LUAR"}
    assert kode(simpan(luas, isi(id=id_wksbm(20), versi=1, desa="53.13.01.2001"), "53")) == {"DESA_DI_LUAR"}
    assert luas.sql("SELECT nama, versi FROM wksbm WHERE id = %s", nomor(20)) == sebelum
    assert simpan(luas, isi("Provinsi", id=id_wksbm(20), versi=1), "53")["versi"] == 2
    assert simpan(luas, isi("Admin", id=id_wksbm(20), versi=2), "")["versi"] == 3


def test_an_id_names_one_network_in_the_whole_country(luas: Klien) -> None:
    simpan(luas, isi(id=id_wksbm(21)))
    hasil = simpan(luas, isi(id=id_wksbm(21, "36.73"), desa="36.73.01.1002"), "36.73")
    assert (hasil["__typename"], kode(hasil)) == ("WksbmDitolak", {"ID_TERPAKAI"})
    assert luas.sql("SELECT kode_kab FROM wksbm WHERE id = %s", nomor(21)) == [("53.14",)]


@pytest.mark.parametrize(("peran", "wilayah"), [("hub_kabupaten", "53.13"), ("hub_provinsi", "36"), ("hub_publik", "")])
def test_the_database_refuses_what_a_service_would_let_through(luas: Klien, peran: str, wilayah: str) -> None:
    nomor_saya = {"hub_kabupaten": 30, "hub_provinsi": 31, "hub_publik": 32}[peran]
    simpan(luas, isi(id=id_wksbm(nomor_saya), anggota=[{"nama": "A", "jenis": "4"}]))
    tulis = (
        "UPDATE wksbm SET nama = 'X'",
        "UPDATE anggota_wksbm SET jenis = '1'",
        "DELETE FROM anggota_wksbm",
        "UPDATE simpul_wksbm SET tahap = 'PENGEMBANGAN'",
        "INSERT INTO tahap_wksbm (kode_kab, wksbm, urut, tahap, sejak, dicatat_oleh) SELECT kode_kab, id, 9, tahap, sejak, 'x' FROM wksbm",
        "INSERT INTO wksbm (kode_kab, id, nama, kode_desa, tahap, tahap_sejak, sejak, diubah_oleh) VALUES ('53.14', "
        "gen_random_uuid(), 'X', '53.14.10.2003', 'PENUMBUHAN', '2020-01-01', '2020-01-01', 'x')",
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) SELECT "
        f"gen_random_uuid(), '{wilayah}', id, 'MITRA', '', gen_random_uuid(), 'x', 'LOKAL', '2020-01-01', 'x' FROM wksbm",
    )
    with contextlib.closing(psycopg.connect(luas.url)) as conn:
        for perintah in tulis:
            ambil_peran(conn, peran, wilayah)
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                assert conn.execute(perintah).rowcount == 0, perintah
            conn.rollback()


def test_nothing_is_deleted_not_even_by_the_owner(luas: Klien) -> None:
    simpan(luas, isi(id=id_wksbm(33)))
    for tabel in ("wksbm", "tahap_wksbm"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            luas.sql(f"DELETE FROM {tabel}")


# ---------- races ----------


def test_of_two_who_edit_at_once_one_wins_and_the_other_is_told(luas: Klien) -> None:
    id_ = id_wksbm(40)
    simpan(luas, isi(id=id_))
    with ThreadPoolExecutor(4) as kerja:
        hasil: list[Any] = list(kerja.map(lambda n: simpan(luas, isi(f"Nama {n}", id=id_, versi=1)), range(4)))
    assert sorted(h["__typename"] for h in hasil) == ["BentrokRevisi"] * 3 + ["WksbmTersimpan"]
    with ThreadPoolExecutor(4) as kerja:
        baru = list(kerja.map(lambda _: simpan(luas, isi(id=id_wksbm(41))), range(4)))
    assert [(h["__typename"], h["versi"]) for h in baru] == [("WksbmTersimpan", 1)] * 4
    assert luas.sql("SELECT count(*) FROM tahap_wksbm WHERE wksbm = %s", nomor(41)) == [(1,)]
