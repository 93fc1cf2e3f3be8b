"""The Tagana register at the source: who may write it, what is checked, how verification goes step by step, its counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from hub.base.settings import Settings
from hub.tagana.checks import age
from tests.client import Client
from tests.hub_server import serve
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.rilis.reports import jobs, sensitivity
from tests.tagana.texts import READ, SAVE, allow, kode, member, read, save, today, verify

LISTING = """{ daftarTagana { totalCount edges { node { id nama umurSaatDidata jenisKelamin desa { nama kecamatan { kode } } nia
  tahap aktif keahlian versi pelatihan { nama tanggal penyelenggara } penugasan { kejadian fase sejak sampai peran } } } } }"""
REGISTER = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $p: Periode) { registerTagana(wilayah: $w, tingkat: $t, periode: $p) {
  wilayah { kode } periode status didata terverifikasiKabupaten terverifikasiProvinsi lakiLaki perempuan rekap selisih
  rekapTerverifikasi selisihTerverifikasi } }"""


def listing(hub: Client, as_whom: str | None) -> list[dict[str, Any]]:
    answer = hub.ask(LISTING, None, as_whom)["daftarTagana"]
    assert answer["totalCount"] == len(answer["edges"])
    return [e["node"] for e in answer["edges"]]


def test_a_member_with_all_that_belongs_to_him_is_kept(hub: Client) -> None:
    m = member(
        1, nia="T-001", keahlian=["dapur umum", "evakuasi", "dapur umum"],
        pelatihan=[{"nama": "Dasar", "tanggal": "2020-07-01", "penyelenggara": "Dinas"}],
        penugasan=[{"kejadian": "Banjir", "fase": "SAAT", "sejak": "2021-04-04", "sampai": "2021-04-10", "peran": "dapur umum"}],
    )  # fmt: skip
    result = save(hub, m)
    assert (result["__typename"], result["versi"], result["tahap"], result["temuan"]) == (
        "TaganaTersimpan",
        1,
        "DIDATA",
        [],
    )
    assert result["tagana"] == {"id": result["id"], "nama": "Anggota 1", "tahap": "DIDATA", "versi": 1}
    (one,) = listing(hub, "53.14")
    assert one == {
        "id": result["id"], "nama": "Anggota 1", "umurSaatDidata": 25, "jenisKelamin": "P",
        "desa": {"nama": "Oeseli", "kecamatan": {"kode": "53.14.01"}}, "nia": "T-001", "tahap": "DIDATA", "aktif": True,
        "keahlian": ["dapur umum", "evakuasi"], "versi": 1,
        "pelatihan": [{"nama": "Dasar", "tanggal": "2020-07-01", "penyelenggara": "Dinas"}],
        "penugasan": [{"kejadian": "Banjir", "fase": "SAAT", "sejak": "2021-04-04", "sampai": "2021-04-10", "peran": "dapur umum"}],
    }  # fmt: skip
    assert result["id"].startswith("53.14:")
    assert hub.ask(f'{{ tagana(id: "{result["id"]}") {{ nama }} }}', None, "53.14") == {"tagana": {"nama": "Anggota 1"}}


@pytest.mark.parametrize("as_whom", [None, "53.15", "53", "36", ""])
def test_nobody_else_writes_or_sees_the_register(hub: Client, as_whom: str | None) -> None:
    id_ = save(hub, member(1))["id"]
    assert save(hub, member(2), as_whom)["__typename"] == "TidakBerwenang"
    assert verify(hub, id_, 1, as_whom)["__typename"] == "TidakBerwenang"
    assert listing(hub, as_whom) == []
    assert hub.ask(f'{{ tagana(id: "{id_}") {{ nama }} }}', None, as_whom) == {"tagana": None}
    assert hub.sql("SELECT count(*), min(tahap) FROM tagana") == [(1, "DIDATA")]
    assert hub.sql("SELECT count(*) FROM catatan_akses") == [(0,)]


def test_every_finding_comes_at_once_and_nothing_is_kept(hub: Client) -> None:
    m = member(
        1, desa="53.14.01.2999", nama="  ", tanggalLahir="2010-01-01", beriman=False, bersediaDilatih=False, sampai="2020-06-30",
        pelatihan=[{"nama": "Dasar", "tanggal": str(today() + timedelta(days=2))}], keahlian=["a\x07b"],
        penugasan=[{"kejadian": "Banjir", "fase": "SAAT", "sejak": "2021-04-04", "sampai": "2021-04-04"}],
    )  # fmt: skip
    result = save(hub, m)
    assert sorted(kode(result)) == sorted([
        "TEKS_KOSONG", "DESA_TAK_DIKENAL", "UMUR_DI_LUAR", "TANGGAL_TERBALIK", "KRITERIA_TIDAK_TERPENUHI",
        "KRITERIA_TIDAK_TERPENUHI", "TEKS_TAK_TERBACA", "TANGGAL_BELUM_TIBA", "TANGGAL_TERBALIK",
    ])  # fmt: skip
    assert hub.sql("SELECT count(*) FROM tagana") == [(0,)]
    places = {t["lokasi"][0]["kolom"] for t in result["temuan"]}
    assert {"nama", "desa", "tanggalLahir", "beriman", "bersediaDilatih", "sampai", "pelatihan", "penugasan"} <= places


@pytest.mark.parametrize(
    ("born", "allowed"),
    [
        ("2002-07-01", False), ("2002-06-30", True),  # 18 on the very day of registration
        ("1979-07-01", True), ("1979-06-30", False),  # 40 until the day before turning 41
    ],
)  # fmt: skip
def test_the_age_counts_on_the_day_of_registration(hub: Client, born: str, allowed: bool) -> None:
    result = save(hub, member(1, tanggalLahir=born))
    assert (result["__typename"] == "TaganaTersimpan") is allowed
    assert allowed or kode(result) == ["UMUR_DI_LUAR"]


def test_who_is_born_on_a_leap_day_turns_a_year_older_on_the_first_of_march() -> None:
    assert age(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert age(date(2004, 2, 29), date(2022, 3, 1)) == 18


def test_the_age_is_of_days_whatever_the_clocks_of_the_office_did_then(demo_url: str) -> None:
    """On Kiritimati 30 December 1994 was followed by the first of January."""
    for hub in serve(demo_url, Settings(zona_waktu="Pacific/Kiritimati")):
        save(hub, member(1, tanggalLahir="1994-12-31", didata="2020-12-31"))
        assert [a["umurSaatDidata"] for a in listing(hub, "53.14")] == [age(date(1994, 12, 31), date(2020, 12, 31))]


@pytest.mark.parametrize("field_name", ["berpengetahuan", "bersediaDilatih", "beriman", "setiaPancasila"])
def test_every_criterion_must_be_true(hub: Client, field_name: str) -> None:
    assert kode(save(hub, member(1) | {field_name: False})) == ["KRITERIA_TIDAK_TERPENUHI"]


def test_deployments_before_registration_are_worth_a_look(hub: Client) -> None:
    result = save(hub, member(1, penugasan=[{"kejadian": "Longsor", "fase": "SESUDAH", "sejak": "2019-01-01"}]))
    assert (result["__typename"], result["temuan"]) == (
        "TaganaTersimpan", [{"kode": "SEBELUM_DIDATA", "tingkat": "PERINGATAN"}],
    )  # fmt: skip


def test_an_edit_needs_the_newest_version_and_leaves_alone_what_it_does_not_name(hub: Client) -> None:
    id_ = save(hub, member(1, pelatihan=[{"nama": "Dasar", "tanggal": "2020-07-01"}]))["id"]
    two = save(hub, member(1, id=id_, versi=1, alamat="Jalan Contoh 2"))
    assert (two["versi"], two["tahap"]) == (2, "DIDATA")
    assert len(listing(hub, "53.14")[0]["pelatihan"]) == 1
    assert save(hub, member(1, id=id_, versi=1, alamat="lama")) == {
        "__typename": "BentrokRevisi",
        "revisiTerbaru": 2,
    }
    assert save(hub, member(1, id=id_)) == {"__typename": "BentrokRevisi", "revisiTerbaru": 2}
    assert kode(save(hub, member(1, id="53.14:0192f3a0-0000-7000-8000-000000000000", versi=1))) == ["TAGANA_TAK_ADA"]
    for wrong in ("x", "53.15:0192f3a0-0000-7000-8000-000000000000", "53.14:x", "53.14:"):
        assert kode(save(hub, member(1, id=wrong, versi=1))) == ["ID_TIDAK_SAH"]
    save(hub, member(1, id=id_, versi=2, pelatihan=[], sampai=str(today())))
    (one,) = listing(hub, "53.14")
    assert (one["pelatihan"], one["aktif"]) == ([], False)


def test_one_person_is_in_the_register_once(hub: Client) -> None:
    one, two = save(hub, member(1, nia="T-1")), save(hub, member(2, nia="T-2"))
    for m in (member(3, nia="T-1"), member(1, nama="ANGGOTA 1")):
        result = save(hub, m)
        assert kode(result) == ["ANGGOTA_GANDA"]
        assert result["temuan"][0]["usulan"] == one["id"]
    assert kode(save(hub, member(2, id=two["id"], versi=1, nia="T-1"))) == ["ANGGOTA_GANDA"]
    assert save(hub, member(2, id=two["id"], versi=1, nia=" "))["versi"] == 2
    assert hub.sql("SELECT nia FROM tagana ORDER BY nama") == [("T-1",), (None,)]


def test_two_who_register_the_same_person_at_once_get_one_member(hub: Client) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: save(hub, member(1)), range(8)))
    assert sorted(h["__typename"] for h in results) == ["TaganaDitolak"] * 7 + ["TaganaTersimpan"]
    assert {k for h in results if "temuan" in h for k in kode(h)} == {"ANGGOTA_GANDA"}
    assert hub.sql("SELECT count(*) FROM tagana") == [(1,)]


def test_two_who_edit_at_once_get_one_winner(hub: Client) -> None:
    id_ = save(hub, member(1))["id"]
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda n: save(hub, member(1, id=id_, versi=1, alamat=f"Jalan {n}")), range(6)))
    assert sorted(h["__typename"] for h in results) == ["BentrokRevisi"] * 5 + ["TaganaTersimpan"]
    assert hub.sql("SELECT versi FROM tagana") == [(2,)]


def test_verification_goes_step_by_step(hub: Client) -> None:
    id_ = save(hub, member(1))["id"]
    allow(hub)
    assert kode(verify(hub, id_, 1, "53")) == ["TAHAP_TAGANA"]  # not before the kabupaten
    kab = verify(hub, id_, 1, "53.14")
    assert (kab["tahap"], kab["versi"], kab["tagana"]["tahap"]) == ("VERIFIKASI_KABUPATEN", 2, "VERIFIKASI_KABUPATEN")
    assert verify(hub, id_, 1, "53.14") == {"__typename": "BentrokRevisi", "revisiTerbaru": 2}
    assert kode(verify(hub, id_, 2, "53.14")) == ["TAHAP_TAGANA"]
    prov = verify(hub, id_, 2, "53")
    assert (prov["tahap"], prov["tagana"]) == ("VERIFIKASI_PROVINSI", None)  # no name in the receipt
    assert hub.sql("SELECT verifikasi_kabupaten, verifikasi_provinsi, verifikasi_provinsi_oleh FROM tagana") == [
        (today(), today(), "uji PROVINSI 53")
    ]


def test_another_identity_voids_the_verification(hub: Client) -> None:
    id_ = save(hub, member(1))["id"]
    allow(hub)
    verify(hub, id_, 1, "53.14")
    verify(hub, id_, 2, "53")
    unchanged = save(hub, member(1, id=id_, versi=3, alamat="Jalan Contoh 3"))
    assert (unchanged["tahap"], unchanged["temuan"]) == ("VERIFIKASI_PROVINSI", [])
    other = save(hub, member(1, id=id_, versi=4, nama="Anggota Satu"))
    assert (other["tahap"], other["temuan"]) == ("DIDATA", [{"kode": "VERIFIKASI_GUGUR", "tingkat": "PERINGATAN"}])
    assert listing(hub, "53.14")[0]["tahap"] == "DIDATA"


def test_nobody_verifies_a_former_member(hub: Client) -> None:
    id_ = save(hub, member(1, sampai=str(today())))["id"]
    assert kode(verify(hub, id_, 1, "53.14")) == ["TIDAK_AKTIF"]
    assert kode(verify(hub, "x", 1, "53.14")) == ["ID_TIDAK_SAH"]
    assert kode(verify(hub, "53.14:0192f3a0-0000-7000-8000-000000000000", 1, "53.14")) == ["TAGANA_TAK_ADA"]


# ---------- counts ----------


@pytest.fixture
def terdaftar(hub: Client) -> Client:
    """Three members in 53.14.01 and one in 53.14.03, two of them verified by the kabupaten; a rekap of 2023-S1 beside it."""
    id_ = [save(hub, member(n))["id"] for n in (1, 2, 3)]
    id_.append(save(hub, member(4, desa="53.14.03.1001"))["id"])
    for one in id_[:2]:
        verify(hub, one, 1, "53.14")
    hub.sql("UPDATE tagana SET verifikasi_kabupaten = '2021-01-01' WHERE verifikasi_kabupaten IS NOT NULL")
    nilai = [angka("53.14.01", "SDM05", 4), angka("53.14.01", "SDM06", 2), angka("53.14.03", "SDM05", 1)]
    hub.ask(SUBMIT, {"m": submission("53.14", "F10", "2023-S1", "k", nilai=nilai)}, "53.14")
    hub.ask(APPROVE, {"id": "53.14:F10:2023-S1", "revisi": 1}, "53")
    return hub


def register(hub: Client, w: str, t: str, p: str | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = hub.ask(REGISTER, {"w": w, "t": t, "p": p})["registerTagana"]
    return rows


def test_counts_leave_the_register_and_the_difference_to_the_rekap_shows(terdaftar: Client) -> None:
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
    assert "kecamatan" in terdaftar.errors(REGISTER, {"w": "53.14", "t": "DESA"})[0]["message"]


def test_a_sensitive_count_is_not_told_by_the_register_either(terdaftar: Client) -> None:
    """The rekap's two are closed; the register's two would tell them."""
    own = register(terdaftar, "53.14", "KABUPATEN")
    sensitivity(terdaftar, SDM05=1, SDM06=1)
    jobs(terdaftar)
    none = dict.fromkeys(own[0].keys() - {"wilayah", "periode", "status", "rekap", "rekapTerverifikasi"})
    for w, t in (("53.14", "KABUPATEN"), ("53.14", "KECAMATAN"), ("53", "PROVINSI")):
        rows = [r for r in register(terdaftar, w, t) if r["status"] != "TIDAK_ADA_DATA"]
        assert {r["status"] for r in rows} == {"DISUPRESI"}
        assert all(none.items() <= r.items() for r in rows)
    by_kecamatan = {r["wilayah"]["kode"]: r for r in register(terdaftar, "53.14", "KECAMATAN")}
    assert by_kecamatan["53.14.01"]["rekapTerverifikasi"] is None
    for officer in ("53.14", "53", ""):
        assert terdaftar.ask(REGISTER, {"w": "53.14", "t": "KABUPATEN", "p": None}, officer)["registerTagana"] == own
    (province,) = terdaftar.ask(REGISTER, {"w": "53", "t": "PROVINSI", "p": None}, "53.14")["registerTagana"]
    assert province["status"] == "DISUPRESI"


def test_a_kabupaten_without_a_register_is_no_data(terdaftar: Client) -> None:
    kab = {b["wilayah"]["kode"]: b for b in register(terdaftar, "53", "KABUPATEN")}
    assert (kab["53.15"]["status"], kab["53.15"]["didata"], kab["53.15"]["selisih"]) == ("TIDAK_ADA_DATA", None, None)
    (prov,) = register(terdaftar, "53", "PROVINSI")
    assert (prov["didata"], prov["rekap"], prov["selisih"], prov["status"]) == (4, 5, -1, "ADA")
    (other,) = register(terdaftar, "36", "PROVINSI")
    assert (other["didata"], other["rekap"], other["status"], other["periode"]) == (None, None, "TIDAK_ADA_DATA", None)


def test_the_register_is_counted_as_of_the_periods_end(terdaftar: Client) -> None:
    terdaftar.sql("UPDATE tagana SET sampai = '2021-01-01' WHERE nama = 'Anggota 3'")
    assert [register(terdaftar, "53.14", "KABUPATEN", p)[0]["didata"] for p in ("2020-TW1", "2020", "2021")] == [
        0,
        4,
        3,
    ]
    verified_2020, verified_2021 = (
        register(terdaftar, "53.14", "KABUPATEN", p)[0]["terverifikasiKabupaten"] for p in ("2020", "2021")
    )
    assert (verified_2020, verified_2021) == (0, 2)


def test_the_draft_is_refused_in_a_plain_way_where_the_input_is_no_code(hub: Client) -> None:
    for letter in ("\x01", "\n", "x", "\u2028"):
        assert kode(save(hub, member(1, desa=f"53.14.01.20{letter}05"))) == ["DESA_TAK_DIKENAL"]
        assert read(hub, kab=f"53.1{letter}")["__typename"] == "TidakBerwenang"


def test_what_no_database_keeps_is_refused_at_the_door(hub: Client) -> None:
    """NUL is an error of the request, as in every other mutation: no service sees it."""
    for query, variables in (
        (SAVE, {"m": member(1, desa="53.14.01.20\x0005")}),
        (SAVE, {"m": member(1, keahlian=["a\x00b"])}),
        (READ, {"k": "53.1\x00", "t": "Verifikasi provinsi"}),
    ):
        assert [g["extensions"]["kode"] for g in hub.errors(query, variables, "53.14")] == ["MASUKAN_TIDAK_SAH"]
    assert hub.sql("SELECT count(*) FROM tagana") == [(0,)]
