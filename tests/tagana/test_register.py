"""The Tagana register at the source: who may write it, what is checked, how verification goes step by step, its counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from hub.base.settings import Settings
from hub.tagana.checks import umur
from tests.client import Klien
from tests.hub_server import serve
from tests.rekap.texts import AJUKAN, SETUJUI, angka, masukan
from tests.tagana.texts import BACA, SIMPAN, anggota, baca, hari_ini, izinkan, kode, simpan, verifikasi

DAFTAR = """{ daftarTagana { totalCount edges { node { id nama umurSaatDidata jenisKelamin desa { nama kecamatan { kode } } nia
  tahap aktif keahlian versi pelatihan { nama tanggal penyelenggara } penugasan { kejadian fase sejak sampai peran } } } } }"""
REGISTER = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $p: Periode) { registerTagana(wilayah: $w, tingkat: $t, periode: $p) {
  wilayah { kode } periode status didata terverifikasiKabupaten terverifikasiProvinsi lakiLaki perempuan rekap selisih
  rekapTerverifikasi selisihTerverifikasi } }"""


def daftar(hub: Klien, sebagai: str | None) -> list[dict[str, Any]]:
    isi = hub.tanya(DAFTAR, None, sebagai)["daftarTagana"]
    assert isi["totalCount"] == len(isi["edges"])
    return [e["node"] for e in isi["edges"]]


def test_a_member_with_all_that_belongs_to_him_is_kept(hub: Klien) -> None:
    m = anggota(
        1, nia="T-001", keahlian=["dapur umum", "evakuasi", "dapur umum"],
        pelatihan=[{"nama": "Dasar", "tanggal": "2020-07-01", "penyelenggara": "Dinas"}],
        penugasan=[{"kejadian": "Banjir", "fase": "SAAT", "sejak": "2021-04-04", "sampai": "2021-04-10", "peran": "dapur umum"}],
    )  # fmt: skip
    hasil = simpan(hub, m)
    assert (hasil["__typename"], hasil["versi"], hasil["tahap"], hasil["temuan"]) == (
        "TaganaTersimpan",
        1,
        "DIDATA",
        [],
    )
    assert hasil["tagana"] == {"id": hasil["id"], "nama": "Anggota 1", "tahap": "DIDATA", "versi": 1}
    (satu,) = daftar(hub, "53.14")
    assert satu == {
        "id": hasil["id"], "nama": "Anggota 1", "umurSaatDidata": 25, "jenisKelamin": "P",
        "desa": {"nama": "Oeseli", "kecamatan": {"kode": "53.14.01"}}, "nia": "T-001", "tahap": "DIDATA", "aktif": True,
        "keahlian": ["dapur umum", "evakuasi"], "versi": 1,
        "pelatihan": [{"nama": "Dasar", "tanggal": "2020-07-01", "penyelenggara": "Dinas"}],
        "penugasan": [{"kejadian": "Banjir", "fase": "SAAT", "sejak": "2021-04-04", "sampai": "2021-04-10", "peran": "dapur umum"}],
    }  # fmt: skip
    assert hasil["id"].startswith("53.14:")
    assert hub.tanya(f'{{ tagana(id: "{hasil["id"]}") {{ nama }} }}', None, "53.14") == {
        "tagana": {"nama": "Anggota 1"}
    }


@pytest.mark.parametrize("sebagai", [None, "53.15", "53", "36", ""])
def test_nobody_else_writes_or_sees_the_register(hub: Klien, sebagai: str | None) -> None:
    id_ = simpan(hub, anggota(1))["id"]
    assert simpan(hub, anggota(2), sebagai)["__typename"] == "TidakBerwenang"
    assert verifikasi(hub, id_, 1, sebagai)["__typename"] == "TidakBerwenang"
    assert daftar(hub, sebagai) == []
    assert hub.tanya(f'{{ tagana(id: "{id_}") {{ nama }} }}', None, sebagai) == {"tagana": None}
    assert hub.sql("SELECT count(*), min(tahap) FROM tagana") == [(1, "DIDATA")]
    assert hub.sql("SELECT count(*) FROM catatan_akses") == [(0,)]


def test_every_finding_comes_at_once_and_nothing_is_kept(hub: Klien) -> None:
    m = anggota(
        1, desa="53.14.01.2999", nama="  ", tanggalLahir="2010-01-01", beriman=False, bersediaDilatih=False, sampai="2020-06-30",
        pelatihan=[{"nama": "Dasar", "tanggal": str(hari_ini() + timedelta(days=2))}], keahlian=["a\x07b"],
        penugasan=[{"kejadian": "Banjir", "fase": "SAAT", "sejak": "2021-04-04", "sampai": "2021-04-04"}],
    )  # fmt: skip
    hasil = simpan(hub, m)
    assert sorted(kode(hasil)) == sorted([
        "TEKS_KOSONG", "DESA_TAK_DIKENAL", "UMUR_DI_LUAR", "TANGGAL_TERBALIK", "KRITERIA_TIDAK_TERPENUHI",
        "KRITERIA_TIDAK_TERPENUHI", "TEKS_TAK_TERBACA", "TANGGAL_BELUM_TIBA", "TANGGAL_TERBALIK",
    ])  # fmt: skip
    assert hub.sql("SELECT count(*) FROM tagana") == [(0,)]
    tempat = {t["lokasi"][0]["kolom"] for t in hasil["temuan"]}
    assert {"nama", "desa", "tanggalLahir", "beriman", "bersediaDilatih", "sampai", "pelatihan", "penugasan"} <= tempat


@pytest.mark.parametrize(
    ("lahir", "boleh"),
    [
        ("2002-07-01", False), ("2002-06-30", True),  # 18 on the very day of registration
        ("1979-07-01", True), ("1979-06-30", False),  # 40 until the day before turning 41
    ],
)  # fmt: skip
def test_the_age_counts_on_the_day_of_registration(hub: Klien, lahir: str, boleh: bool) -> None:
    hasil = simpan(hub, anggota(1, tanggalLahir=lahir))
    assert (hasil["__typename"] == "TaganaTersimpan") is boleh
    assert boleh or kode(hasil) == ["UMUR_DI_LUAR"]


def test_who_is_born_on_a_leap_day_turns_a_year_older_on_the_first_of_march() -> None:
    assert umur(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert umur(date(2004, 2, 29), date(2022, 3, 1)) == 18


def test_the_age_is_of_days_whatever_the_clocks_of_the_office_did_then(demo_url: str) -> None:
    """On Kiritimati 30 December 1994 was followed by the first of January."""
    for hub in serve(demo_url, Settings(zona_waktu="Pacific/Kiritimati")):
        simpan(hub, anggota(1, tanggalLahir="1994-12-31", didata="2020-12-31"))
        assert [a["umurSaatDidata"] for a in daftar(hub, "53.14")] == [umur(date(1994, 12, 31), date(2020, 12, 31))]


@pytest.mark.parametrize("medan", ["berpengetahuan", "bersediaDilatih", "beriman", "setiaPancasila"])
def test_every_criterion_must_be_true(hub: Klien, medan: str) -> None:
    assert kode(simpan(hub, anggota(1) | {medan: False})) == ["KRITERIA_TIDAK_TERPENUHI"]


def test_deployments_before_registration_are_worth_a_look(hub: Klien) -> None:
    hasil = simpan(hub, anggota(1, penugasan=[{"kejadian": "Longsor", "fase": "SESUDAH", "sejak": "2019-01-01"}]))
    assert (hasil["__typename"], hasil["temuan"]) == (
        "TaganaTersimpan", [{"kode": "SEBELUM_DIDATA", "tingkat": "PERINGATAN"}],
    )  # fmt: skip


def test_an_edit_needs_the_newest_version_and_leaves_alone_what_it_does_not_name(hub: Klien) -> None:
    id_ = simpan(hub, anggota(1, pelatihan=[{"nama": "Dasar", "tanggal": "2020-07-01"}]))["id"]
    dua = simpan(hub, anggota(1, id=id_, versi=1, alamat="Jalan Contoh 2"))
    assert (dua["versi"], dua["tahap"]) == (2, "DIDATA")
    assert len(daftar(hub, "53.14")[0]["pelatihan"]) == 1
    assert simpan(hub, anggota(1, id=id_, versi=1, alamat="lama")) == {
        "__typename": "BentrokRevisi",
        "revisiTerbaru": 2,
    }
    assert simpan(hub, anggota(1, id=id_)) == {"__typename": "BentrokRevisi", "revisiTerbaru": 2}
    assert kode(simpan(hub, anggota(1, id="53.14:0192f3a0-0000-7000-8000-000000000000", versi=1))) == ["TAGANA_TAK_ADA"]
    for salah in ("x", "53.15:0192f3a0-0000-7000-8000-000000000000", "53.14:x", "53.14:"):
        assert kode(simpan(hub, anggota(1, id=salah, versi=1))) == ["ID_TIDAK_SAH"]
    simpan(hub, anggota(1, id=id_, versi=2, pelatihan=[], sampai=str(hari_ini())))
    (satu,) = daftar(hub, "53.14")
    assert (satu["pelatihan"], satu["aktif"]) == ([], False)


def test_one_person_is_in_the_register_once(hub: Klien) -> None:
    satu, dua = simpan(hub, anggota(1, nia="T-1")), simpan(hub, anggota(2, nia="T-2"))
    for m in (anggota(3, nia="T-1"), anggota(1, nama="ANGGOTA 1")):
        hasil = simpan(hub, m)
        assert kode(hasil) == ["ANGGOTA_GANDA"]
        assert hasil["temuan"][0]["usulan"] == satu["id"]
    assert kode(simpan(hub, anggota(2, id=dua["id"], versi=1, nia="T-1"))) == ["ANGGOTA_GANDA"]
    assert simpan(hub, anggota(2, id=dua["id"], versi=1, nia=" "))["versi"] == 2
    assert hub.sql("SELECT nia FROM tagana ORDER BY nama") == [("T-1",), (None,)]


def test_two_who_register_the_same_person_at_once_get_one_member(hub: Klien) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(8) as kolam:
        hasil = list(kolam.map(lambda _: simpan(hub, anggota(1)), range(8)))
    assert sorted(h["__typename"] for h in hasil) == ["TaganaDitolak"] * 7 + ["TaganaTersimpan"]
    assert {k for h in hasil if "temuan" in h for k in kode(h)} == {"ANGGOTA_GANDA"}
    assert hub.sql("SELECT count(*) FROM tagana") == [(1,)]


def test_two_who_edit_at_once_get_one_winner(hub: Klien) -> None:
    id_ = simpan(hub, anggota(1))["id"]
    with ThreadPoolExecutor(6) as kolam:
        hasil = list(kolam.map(lambda n: simpan(hub, anggota(1, id=id_, versi=1, alamat=f"Jalan {n}")), range(6)))
    assert sorted(h["__typename"] for h in hasil) == ["BentrokRevisi"] * 5 + ["TaganaTersimpan"]
    assert hub.sql("SELECT versi FROM tagana") == [(2,)]


def test_verification_goes_step_by_step(hub: Klien) -> None:
    id_ = simpan(hub, anggota(1))["id"]
    izinkan(hub)
    assert kode(verifikasi(hub, id_, 1, "53")) == ["TAHAP_TAGANA"]  # not before the kabupaten
    kab = verifikasi(hub, id_, 1, "53.14")
    assert (kab["tahap"], kab["versi"], kab["tagana"]["tahap"]) == ("VERIFIKASI_KABUPATEN", 2, "VERIFIKASI_KABUPATEN")
    assert verifikasi(hub, id_, 1, "53.14") == {"__typename": "BentrokRevisi", "revisiTerbaru": 2}
    assert kode(verifikasi(hub, id_, 2, "53.14")) == ["TAHAP_TAGANA"]
    prov = verifikasi(hub, id_, 2, "53")
    assert (prov["tahap"], prov["tagana"]) == ("VERIFIKASI_PROVINSI", None)  # no name in the receipt
    assert hub.sql("SELECT verifikasi_kabupaten, verifikasi_provinsi, verifikasi_provinsi_oleh FROM tagana") == [
        (hari_ini(), hari_ini(), "uji PROVINSI 53")
    ]


def test_another_identity_voids_the_verification(hub: Klien) -> None:
    id_ = simpan(hub, anggota(1))["id"]
    izinkan(hub)
    verifikasi(hub, id_, 1, "53.14")
    verifikasi(hub, id_, 2, "53")
    tetap = simpan(hub, anggota(1, id=id_, versi=3, alamat="Jalan Contoh 3"))
    assert (tetap["tahap"], tetap["temuan"]) == ("VERIFIKASI_PROVINSI", [])
    lain = simpan(hub, anggota(1, id=id_, versi=4, nama="Anggota Satu"))
    assert (lain["tahap"], lain["temuan"]) == ("DIDATA", [{"kode": "VERIFIKASI_GUGUR", "tingkat": "PERINGATAN"}])
    assert daftar(hub, "53.14")[0]["tahap"] == "DIDATA"


def test_nobody_verifies_a_former_member(hub: Klien) -> None:
    id_ = simpan(hub, anggota(1, sampai=str(hari_ini())))["id"]
    assert kode(verifikasi(hub, id_, 1, "53.14")) == ["TIDAK_AKTIF"]
    assert kode(verifikasi(hub, "x", 1, "53.14")) == ["ID_TIDAK_SAH"]
    assert kode(verifikasi(hub, "53.14:0192f3a0-0000-7000-8000-000000000000", 1, "53.14")) == ["TAGANA_TAK_ADA"]


# ---------- counts ----------


@pytest.fixture
def terdaftar(hub: Klien) -> Klien:
    """Three members in 53.14.01 and one in 53.14.03, two of them verified by the kabupaten; a rekap of 2023-S1 beside it."""
    id_ = [simpan(hub, anggota(n))["id"] for n in (1, 2, 3)]
    id_.append(simpan(hub, anggota(4, desa="53.14.03.1001"))["id"])
    for satu in id_[:2]:
        verifikasi(hub, satu, 1, "53.14")
    hub.sql("UPDATE tagana SET verifikasi_kabupaten = '2021-01-01' WHERE verifikasi_kabupaten IS NOT NULL")
    nilai = [angka("53.14.01", "SDM05", 4), angka("53.14.01", "SDM06", 2), angka("53.14.03", "SDM05", 1)]
    hub.tanya(AJUKAN, {"m": masukan("53.14", "F10", "2023-S1", "k", nilai=nilai)}, "53.14")
    hub.tanya(SETUJUI, {"id": "53.14:F10:2023-S1", "revisi": 1}, "53")
    return hub


def register(hub: Klien, w: str, t: str, p: str | None = None) -> list[dict[str, Any]]:
    isi: list[dict[str, Any]] = hub.tanya(REGISTER, {"w": w, "t": t, "p": p})["registerTagana"]
    return isi


def test_counts_leave_the_register_and_the_difference_to_the_rekap_shows(terdaftar: Klien) -> None:
    (kab,) = register(terdaftar, "53.14", "KABUPATEN")
    assert kab == {
        "wilayah": {"kode": "53.14"}, "periode": "2023-S1", "status": "ADA", "didata": 4, "terverifikasiKabupaten": 2,
        "terverifikasiProvinsi": 0, "lakiLaki": 2, "perempuan": 2, "rekap": 5, "selisih": -1, "rekapTerverifikasi": 2,
        "selisihTerverifikasi": 0,
    }  # fmt: skip
    kec = {b["wilayah"]["kode"]: b for b in register(terdaftar, "53.14", "KECAMATAN")}
    assert (kec["53.14.01"]["didata"], kec["53.14.01"]["selisih"]) == (3, -1)
    assert (kec["53.14.03"]["didata"], kec["53.14.03"]["selisih"], kec["53.14.03"]["selisihTerverifikasi"]) == (
        1,
        0,
        None,
    )
    assert (kec["53.14.02"]["didata"], kec["53.14.02"]["status"], kec["53.14.02"]["selisih"]) == (0, "NOL", None)
    assert "kecamatan" in terdaftar.galat(REGISTER, {"w": "53.14", "t": "DESA"})[0]["message"]


def test_a_kabupaten_without_a_register_is_no_data(terdaftar: Klien) -> None:
    kab = {b["wilayah"]["kode"]: b for b in register(terdaftar, "53", "KABUPATEN")}
    assert (kab["53.15"]["status"], kab["53.15"]["didata"], kab["53.15"]["selisih"]) == ("TIDAK_ADA_DATA", None, None)
    (prov,) = register(terdaftar, "53", "PROVINSI")
    assert (prov["didata"], prov["rekap"], prov["selisih"], prov["status"]) == (4, 5, -1, "ADA")
    (lain,) = register(terdaftar, "36", "PROVINSI")
    assert (lain["didata"], lain["rekap"], lain["status"], lain["periode"]) == (None, None, "TIDAK_ADA_DATA", None)


def test_the_register_is_counted_as_of_the_periods_end(terdaftar: Klien) -> None:
    terdaftar.sql("UPDATE tagana SET sampai = '2021-01-01' WHERE nama = 'Anggota 3'")
    assert [register(terdaftar, "53.14", "KABUPATEN", p)[0]["didata"] for p in ("2020-TW1", "2020", "2021")] == [
        0,
        4,
        3,
    ]
    verifikasi_2020, verifikasi_2021 = (
        register(terdaftar, "53.14", "KABUPATEN", p)[0]["terverifikasiKabupaten"] for p in ("2020", "2021")
    )
    assert (verifikasi_2020, verifikasi_2021) == (0, 2)


def test_the_draft_is_refused_in_a_plain_way_where_the_input_is_no_code(hub: Klien) -> None:
    for huruf in ("\x01", "\n", "x", "\u2028"):
        assert kode(simpan(hub, anggota(1, desa=f"53.14.01.20{huruf}05"))) == ["DESA_TAK_DIKENAL"]
        assert baca(hub, kab=f"53.1{huruf}")["__typename"] == "TidakBerwenang"


def test_what_no_database_keeps_is_refused_at_the_door(hub: Klien) -> None:
    """NUL is an error of the request, as in every other mutation: no service sees it."""
    for teks, variabel in (
        (SIMPAN, {"m": anggota(1, desa="53.14.01.20\x0005")}),
        (SIMPAN, {"m": anggota(1, keahlian=["a\x00b"])}),
        (BACA, {"k": "53.1\x00", "t": "Verifikasi provinsi"}),
    ):
        assert [g["extensions"]["kode"] for g in hub.galat(teks, variabel, "53.14")] == ["MASUKAN_TIDAK_SAH"]
    assert hub.sql("SELECT count(*) FROM tagana") == [(0,)]
