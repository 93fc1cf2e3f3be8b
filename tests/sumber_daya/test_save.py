"""Saving social resources through the API: findings all at once, versions, owners, repeats, races."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.client import Klien
from tests.db.roles import ambil_peran
from tests.sumber_daya.rows import SOTIMORI
from tests.sumber_daya.texts import lks, panti, simpan

ID = "53.14:01939f2e-7d1c-7a3b-9c55-00000000000"


def kode(hasil: Any) -> set[str]:
    return {t["kode"] for t in hasil["temuan"]}


def test_a_new_one_gets_an_id_of_its_kabupaten_and_an_edit_a_new_version(hub: Klien) -> None:
    hasil = simpan(hub, panti(klienL=10, klienP=12))
    assert (hasil["__typename"], hasil["versi"], hasil["temuan"]) == ("SumberDayaTersimpan", 1, [])
    baru = hasil["sumberDaya"]
    assert baru["id"].startswith("53.14:")
    assert (baru["desa"]["kode"], baru["sisaDaya"]) == (SOTIMORI, 18)
    ubah = simpan(hub, panti(id=baru["id"], versi=1, nama="Panti Asih Baru"))
    assert (ubah["versi"], ubah["sumberDaya"]["nama"]) == (2, "Panti Asih Baru")
    assert hub.sql("SELECT versi, nama, klien_l, diubah_oleh FROM sumber_daya_riwayat") == [
        (1, "Panti Asih", 10, "uji KABUPATEN 53.14")
    ]
    bentrok = simpan(hub, panti(id=baru["id"], versi=1, nama="Lain"))
    assert (bentrok["__typename"], bentrok["revisiTerbaru"]) == ("BentrokRevisi", 2)


def test_a_call_may_be_repeated_and_changes_nothing(hub: Klien) -> None:
    isi = lks(
        id=ID + "1", titik={"type": "Point", "coordinates": [123.36, -10.49]},
        surat=[{"jenis": "TANDA_DAFTAR", "sejak": "2022-01-01", "sampai": "2025-01-01", "nomor": "7"}],
    )  # fmt: skip
    pertama, kedua = simpan(hub, isi), simpan(hub, isi)
    assert pertama["__typename"] == "SumberDayaTersimpan"
    assert kedua == pertama
    assert simpan(hub, {**isi, "versi": 1}) == pertama
    assert hub.sql("SELECT count(*) FROM sumber_daya_riwayat") == [(0,)]
    assert simpan(hub, {**isi, "nama": "Lain"})["__typename"] == "BentrokRevisi"


def test_every_finding_comes_at_once_with_its_place(hub: Klien) -> None:
    salah = panti(
        nama=" ", desa="53.14.10.9999", sejak="2020-01-01", sampai="2019-01-01", rahasia=True, klienL=-5, luasM2=10,
        titik={"type": "Point", "coordinates": [123.4]},
        surat=[
            {"jenis": "AKREDITASI", "sejak": "2020-01-01"},
            {"jenis": "TANDA_DAFTAR", "sejak": "2020-01-01", "sampai": "2020-01-01"},
            {"jenis": "TANDA_DAFTAR", "sejak": "2020-01-01"},
            {"jenis": "SK", "sejak": "2021-01-01", "peringkat": "A"},
        ],
    )  # fmt: skip
    del salah["sasaran"]
    hasil = simpan(hub, salah)
    assert hasil["__typename"] == "SumberDayaDitolak"
    assert kode(hasil) == {
        "NAMA_KOSONG", "DESA_TAK_DIKENAL", "MASA_TERBALIK", "TITIK_RAHASIA", "TITIK_TIDAK_SAH", "ANGKA_NEGATIF",
        "ISIAN_BUKAN_JENIS", "ISIAN_WAJIB", "PERINGKAT_TIDAK_SAH", "SURAT_TERBALIK", "SURAT_GANDA",
        "PERINGKAT_BUKAN_AKREDITASI",
    }  # fmt: skip
    di = {t["kode"]: (t["lokasi"][0]["kolom"], t["lokasi"][0]["indeks"]) for t in hasil["temuan"]}
    assert di["ANGKA_NEGATIF"] == ("klienL", None)
    assert di["ISIAN_BUKAN_JENIS"] == ("luasM2", None)
    assert di["SURAT_TERBALIK"] == ("surat", 1)
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]


def test_an_unknown_desa_is_answered_with_those_that_are_like_it(hub: Klien) -> None:
    (temuan,) = simpan(hub, lks(desa="53.14.10.2033"))["temuan"]
    assert temuan["kode"] == "DESA_TAK_DIKENAL"
    assert SOTIMORI in temuan["usulan"]
    assert kode(simpan(hub, lks(desa="53.14.10"))) == {"BUKAN_DESA"}
    assert kode(simpan(hub, lks(desa="Sotimori"))) == {"DESA_BUKAN_KODE"}
    assert kode(simpan(hub, lks(desa="36.01.01.2001"))) == {"DESA_DI_LUAR"}
    assert kode(simpan(hub, lks(desa="36.01.01.2001"), "53")) == {"DESA_DI_LUAR"}


def test_what_was_gone_before_the_oldest_list_of_regions_is_history_too(hub: Klien) -> None:
    hasil = simpan(hub, lks(sejak="2005-01-01", sampai="2015-01-01"))
    assert (hasil["__typename"], hasil["temuan"]) == ("SumberDayaTersimpan", [])
    assert hasil["sumberDaya"]["desa"]["kode"] == SOTIMORI
    assert kode(simpan(hub, lks(desa="53.14.10.2033", sejak="2005-01-01", sampai="2015-01-01"))) == {"DESA_TAK_DIKENAL"}


def test_a_new_one_of_a_name_that_stands_there_is_written_and_told(hub: Klien) -> None:
    pertama = simpan(hub, lks())
    assert pertama["temuan"] == []
    kedua = simpan(hub, lks(nama="Lks  KASIH"))
    assert kedua["__typename"] == "SumberDayaTersimpan"
    (temuan,) = kedua["temuan"]
    assert (temuan["kode"], temuan["tingkat"], temuan["usulan"]) == (
        "MIRIP_TERDAFTAR", "PERINGATAN", pertama["sumberDaya"]["id"],
    )  # fmt: skip
    assert simpan(hub, panti(nama="LKS Kasih"))["temuan"] == []  # of another kind
    id_ = kedua["sumberDaya"]["id"]
    assert simpan(hub, lks(id=id_, versi=1, nama="LKS Kasih"))["temuan"] == []  # no new one


def test_more_clients_than_places_and_too_long_an_accreditation_are_warnings(hub: Klien) -> None:
    surat = [
        {"jenis": "AKREDITASI", "sejak": "2020-02-29", "sampai": "2025-03-01", "peringkat": "A"},
        {"jenis": "AKREDITASI", "sejak": "2016-01-01", "sampai": "2019-01-02", "peringkat": "B"},
        {"jenis": "AKREDITASI", "sejak": "2014-01-01", "peringkat": "C"},
    ]
    hasil = simpan(hub, panti(klienL=30, klienP=11, surat=surat))
    assert hasil["__typename"] == "SumberDayaTersimpan"
    assert {(t["kode"], t["tingkat"], t["usulan"]) for t in hasil["temuan"]} == {
        ("KLIEN_MELEBIHI_DAYA", "PERINGATAN", None),
        ("AKREDITASI_TERLALU_LAMA", "PERINGATAN", "2019-01-01"),
        ("AKREDITASI_TERLALU_LAMA", "PERINGATAN", "2016-01-01"),
    }


def test_a_point_in_another_desa_is_named(hub: Klien) -> None:
    ((lon, lat, lain),) = hub.sql("""SELECT ST_X(b.titik), ST_Y(b.titik), b.kode FROM batas b WHERE b.tingkat = 4
      AND b.sampai IS NULL AND b.kode LIKE '53.14.%%' AND b.kode <> %s ORDER BY b.kode LIMIT 1""", SOTIMORI)  # fmt: skip
    hasil = simpan(hub, lks(titik={"type": "Point", "coordinates": [lon, lat]}))
    (temuan,) = hasil["temuan"]
    assert (temuan["kode"], temuan["tingkat"], temuan["usulan"]) == ("TITIK_DI_DESA_LAIN", "PERINGATAN", lain)
    assert hasil["sumberDaya"]["desa"]["kode"] == SOTIMORI  # the name wins, the point is looked at by people
    ((lon, lat),) = hub.sql("SELECT ST_X(titik), ST_Y(titik) FROM batas WHERE kode = %s AND sampai IS NULL", SOTIMORI)
    assert simpan(hub, lks(nama="B", titik={"type": "Point", "coordinates": [lon, lat]}))["temuan"] == []
    laut = simpan(hub, lks(nama="C", titik={"type": "Point", "coordinates": [110.0, -11.9]}))
    assert kode(laut) == {"TITIK_DI_LUAR_BATAS"}


def test_a_kabupaten_does_not_write_what_a_province_owns(hub: Klien) -> None:
    milik = simpan(hub, panti(pemilik="PROVINSI"), "53")["sumberDaya"]
    assert milik["pemilik"] == "PROVINSI"
    sebelum = hub.sql("SELECT id, pemilik, nama, versi, diubah_oleh FROM sumber_daya")
    for isi in (
        panti(pemilik="PROVINSI"),
        panti(pemilik="KEMENTERIAN"),
        panti(id=milik["id"], versi=1, pemilik="KABUPATEN"),
        panti(id="53.13" + milik["id"][5:], versi=1),
    ):
        assert simpan(hub, isi)["__typename"] == "TidakBerwenang"
    assert simpan(hub, panti(), "53.13")["__typename"] == "SumberDayaDitolak"  # a desa out of reach is a finding
    assert simpan(hub, panti(), None)["__typename"] == "TidakBerwenang"
    assert simpan(hub, panti(id=milik["id"]), "36")["__typename"] == "TidakBerwenang"
    assert hub.sql("SELECT id, pemilik, nama, versi, diubah_oleh FROM sumber_daya") == sebelum
    assert simpan(hub, panti(id=milik["id"], versi=1, pemilik="PROVINSI", nama="Baru"), "53")["versi"] == 2
    assert simpan(hub, panti(id=milik["id"], versi=2, pemilik="PROVINSI", nama="Lagi"), "")["versi"] == 3


@pytest.mark.parametrize(("peran", "wilayah"), [("hub_kabupaten", "53.14"), ("hub_provinsi", "36"), ("hub_publik", "")])
def test_the_database_refuses_what_a_service_would_let_through(hub: Klien, peran: str, wilayah: str) -> None:
    import psycopg

    simpan(hub, lks(pemilik="PROVINSI", surat=[{"jenis": "SK", "sejak": "2020-01-01"}]), "53")
    tulis = (
        "UPDATE sumber_daya SET nama = 'X'",
        "UPDATE surat_sumber_daya SET nomor = 'X'",
        "DELETE FROM surat_sumber_daya",
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh) VALUES "
        "('53.14', gen_random_uuid(), 'LKS', 'X', 'PROVINSI', '53.14.10.2003', '2020-01-01', 'x')",
    )
    with psycopg.connect(hub.url) as conn:
        for perintah in tulis:
            ambil_peran(conn, peran, wilayah)
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                assert conn.execute(perintah).rowcount == 0, perintah
            conn.rollback()
            ambil_peran(conn, peran, wilayah)
            try:
                ((banyak,),) = conn.execute("SELECT count(*) FROM sumber_daya_riwayat").fetchall()
                assert banyak == 0
            except psycopg.errors.InsufficientPrivilege:
                assert peran == "hub_publik"
            conn.rollback()


def test_who_changed_what_when_is_told_to_the_offices(hub: Klien) -> None:
    id_ = simpan(hub, panti(klienL=10))["sumberDaya"]["id"]
    titik = {"type": "Point", "coordinates": [123.4, -10.5]}
    simpan(hub, panti(id=id_, versi=1, nama="Panti Lain", klienL=None, titik=titik), "53")
    tanya = f'{{ sumberDaya(id: "{id_}") {{ riwayat {{ versi oleh pada perubahan {{ isian lama baru }} }} }} }}'
    dua, pertama = hub.tanya(tanya, None, "53.14")["sumberDaya"]["riwayat"]
    assert (dua["versi"], dua["oleh"], pertama["versi"], pertama["perubahan"]) == (2, "uji PROVINSI 53", 1, [])
    beda = {p.pop("isian"): p for p in dua["perubahan"]}
    assert beda.pop("titik")["lama"] is None
    assert beda == {"nama": {"lama": "Panti Asih", "baru": "Panti Lain"}, "klien_l": {"lama": "10", "baru": None}}
    assert pertama["pada"] < dua["pada"]
    for siapa in (None, "36.73"):
        assert hub.tanya(tanya, None, siapa)["sumberDaya"]["riwayat"] == []


def test_a_kind_does_not_change_and_a_kabupaten_neither(hub: Klien) -> None:
    id_ = simpan(hub, lks())["sumberDaya"]["id"]
    assert kode(simpan(hub, panti(id=id_, versi=1))) == {"JENIS_BERBEDA"}
    assert kode(simpan(hub, lks(id=id_, versi=1, desa="53.13.01.2001"), "53")) == {"DESA_DI_LUAR"}
    assert kode(simpan(hub, lks(id="salah"))) == {"ID_TIDAK_SAH"}


def test_a_heads_name_is_kept_by_consent_only(hub: Klien) -> None:
    hasil = simpan(hub, lks(ketua="Pengurus Yayasan"))
    assert kode(hasil) == {"KETUA_TANPA_SETUJU"}
    assert hasil["sumberDaya"]["ketua"] is None
    assert hub.sql("SELECT ketua FROM sumber_daya") == [(None,)]
    setuju = simpan(hub, lks(nama="B", ketua="Pengurus Yayasan", ketuaSetuju=True))
    assert (setuju["temuan"], setuju["sumberDaya"]["ketua"]) == ([], "Pengurus Yayasan")


def test_papers_are_left_alone_or_replaced_as_a_whole_and_kept(hub: Klien) -> None:
    lama = {"jenis": "AKREDITASI", "sejak": "2018-01-01", "sampai": "2020-01-01", "peringkat": "C"}
    baru = {"jenis": "AKREDITASI", "sejak": "2021-01-01", "sampai": "2024-01-01", "peringkat": "B"}
    id_ = simpan(hub, lks(surat=[lama]))["sumberDaya"]["id"]
    tetap = simpan(hub, lks(id=id_, versi=1, nama="Lain"))
    assert [s["peringkat"] for s in tetap["sumberDaya"]["surat"]] == ["C"]
    ganti = simpan(hub, lks(id=id_, versi=2, nama="Lain", surat=[baru, {**lama, "peringkat": "A", "nomor": "1"}]))
    assert (ganti["versi"], [s["peringkat"] for s in ganti["sumberDaya"]["surat"]]) == (3, ["B", "A"])
    kosong = simpan(hub, lks(id=id_, versi=3, nama="Lain", surat=[]))
    assert kosong["sumberDaya"]["surat"] == []
    assert hub.sql("SELECT sejak::text, peringkat FROM surat_sumber_daya_riwayat ORDER BY diganti_pada, sejak") == [
        ("2018-01-01", "C"), ("2018-01-01", "A"), ("2021-01-01", "B"),
    ]  # fmt: skip


def test_of_two_who_edit_at_once_one_wins_and_the_other_is_told(hub: Klien) -> None:
    id_ = simpan(hub, lks())["sumberDaya"]["id"]
    hub.token("53.14")
    with ThreadPoolExecutor(4) as kerja:
        hasil = list(kerja.map(lambda n: simpan(hub, lks(id=id_, versi=1, nama=f"Nama {n}")), range(4)))
    assert sorted(h["__typename"] for h in hasil) == ["BentrokRevisi"] * 3 + ["SumberDayaTersimpan"]
    assert {h["revisiTerbaru"] for h in hasil if "revisiTerbaru" in h} == {2}
    assert hub.sql("SELECT count(*) FROM sumber_daya_riwayat") == [(1,)]


def test_of_two_who_add_the_same_id_at_once_there_is_one_row(hub: Klien) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(4) as kerja:
        hasil = list(kerja.map(lambda _: simpan(hub, lks(id=ID + "2")), range(4)))
    assert [(h["__typename"], h["versi"]) for h in hasil] == [("SumberDayaTersimpan", 1)] * 4
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(1,)]


def test_people_may_be_told_without_their_sexes_and_must_add_up_with_them(hub: Klien) -> None:
    id_ = simpan(hub, panti(jumlahKlien=15))["sumberDaya"]["id"]
    tanya = "query ($i: ID!) { sumberDaya(id: $i) { ... on Panti { klien klienL klienP jumlahKlien sisaDaya } } }"
    tahu = {"klien": 15, "klienL": None, "klienP": None, "jumlahKlien": 15, "sisaDaya": 25}
    assert hub.tanya(tanya, {"i": id_}, "53.14")["sumberDaya"] == tahu
    beda = simpan(hub, panti(id=id_, versi=1, jumlahKlien=15, klienL=7, klienP=9))
    assert [(t["kode"], t["usulan"], t["lokasi"][0]["kolom"]) for t in beda["temuan"]] == [
        ("JUMLAH_TIDAK_SAMA", "16", "jumlahKlien")
    ]
    assert simpan(hub, panti(id=id_, versi=1, jumlahKlien=15, klienL=7, klienP=8))["versi"] == 2
    assert hub.tanya(tanya, {"i": id_}, "53.14")["sumberDaya"] == {**tahu, "klienL": 7, "klienP": 8}
    assert hub.sql("SELECT klien, klien_l + klien_p FROM sumber_daya") == [(None, 15)]  # what follows is not kept twice
    assert hub.sql("SELECT klien FROM sumber_daya_riwayat") == [(15,)]
    assert simpan(hub, panti(id=id_, versi=2, jumlahKlien=41))["temuan"][0]["kode"] == "KLIEN_MELEBIHI_DAYA"
