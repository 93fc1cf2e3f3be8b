"""Who sees and does what: tokens at the edge, services in the middle, row-level security as the last line."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.client import Klien
from tests.db.roles import ambil_peran
from tests.rekap.texts import AJUKAN, SETUJUI, SIMPAN, angka, masukan

DRAF = masukan("53.15", "F02", "2023", "rahasia", nilai=[angka("53.15", "BAN05", 4_242)])
BACA = """{
  rekap(id: "53.15:F02:2023") { id status nilai { nilai } temuan { kode } riwayat { aksi } }
  daftarRekap(saring: { pelapor: ["53.15"] }) { totalCount edges { node { id } } }
}"""


@pytest.fixture
def berdraf(hub: Klien) -> Klien:
    """A hub in which 53.15 keeps a draft."""
    assert hub.tanya(SIMPAN, {"m": DRAF}, sebagai="53.15")["hasil"]["__typename"] == "RekapDiterima"
    return hub


@pytest.mark.parametrize(
    ("sebagai", "melihat"), [("53.15", True), ("53", True), ("", True), (None, False), ("53.14", False), ("36", False)]
)
def test_a_draft_is_seen_by_its_kabupaten_and_its_province_only(
    berdraf: Klien, sebagai: str | None, melihat: bool
) -> None:
    jawab = berdraf.tanya(BACA, None, sebagai)
    assert (jawab["rekap"] is not None) is melihat
    assert jawab["daftarRekap"]["totalCount"] == int(melihat)
    if melihat:
        assert jawab["rekap"]["nilai"] == [{"nilai": 4_242}]


def test_others_see_the_approved_revision_and_nothing_newer(hub: Klien) -> None:
    hub.tanya(AJUKAN, {"m": {**DRAF, "kunciIdempoten": "a"}}, sebagai="53.15")
    hub.tanya(SETUJUI, {"id": "53.15:F02:2023", "revisi": 1}, sebagai="53")
    hub.tanya('mutation { bukaRekap(id: "53.15:F02:2023", alasan: "koreksi") { __typename } }', sebagai="53")
    baru = {**DRAF, "kunciIdempoten": "b", "nilai": [angka("53.15", "BAN05", 9_999)]}
    hub.tanya(SIMPAN, {"m": baru}, sebagai="53.15")
    query = 'query ($r: Int) { rekap(id: "53.15:F02:2023") { status revisi nilai(revisi: $r) { nilai } temuan { kode } riwayat { aksi } } }'
    for sebagai in (None, "36", "53.14"):
        rekap = hub.tanya(query, None, sebagai)["rekap"]
        assert rekap == {"status": "DISETUJUI", "revisi": 1, "nilai": [{"nilai": 4_242}], "temuan": [], "riwayat": []}
        assert hub.tanya(query, {"r": 2}, sebagai)["rekap"]["nilai"] == []
    assert hub.tanya(query, None, "53.15")["rekap"]["nilai"] == [{"nilai": 9_999}]


@pytest.mark.parametrize("sebagai", [None, "53.14", "53", "36", ""])
def test_nobody_else_writes_a_kabupatens_rekap(hub: Klien, sebagai: str | None) -> None:
    sebelum = hub.sql("SELECT count(*) FROM rekap_revisi")
    for teks in (AJUKAN, SIMPAN):
        hasil = hub.tanya(teks, {"m": DRAF}, sebagai)["hasil"]
        assert hasil["__typename"] == "TidakBerwenang"
        assert hasil["pesan"]
    assert hub.sql("SELECT count(*) FROM rekap_revisi") == sebelum


@pytest.mark.parametrize("sebagai", [None, "53.15", "53.14", "36", ""])
def test_nobody_but_its_province_approves(hub: Klien, sebagai: str | None) -> None:
    hub.tanya(AJUKAN, {"m": DRAF}, sebagai="53.15")
    sebelum = hub.sql("SELECT count(*) FROM rekap_peristiwa"), hub.sql("SELECT count(*) FROM angka")
    for teks in (
        'setujuiRekap(id: "53.15:F02:2023", revisi: 1)',
        'kembalikanRekap(id: "53.15:F02:2023", revisi: 1, alasan: "x")',
        'bukaRekap(id: "53.15:F02:2023", alasan: "x")',
    ):
        hasil = hub.tanya(f"mutation {{ hasil: {teks} {{ __typename }} }}", None, sebagai)["hasil"]
        assert hasil == {"__typename": "TidakBerwenang"}
    assert (hub.sql("SELECT count(*) FROM rekap_peristiwa"), hub.sql("SELECT count(*) FROM angka")) == sebelum
    assert hub.sql("SELECT status FROM rekap WHERE kode_kab = '53.15'") == [("DIAJUKAN",)]


def test_a_wrong_token_is_refused_in_a_plain_sentence(hub: Klien) -> None:
    for kepala, kata in (("Bearer hub_salah", "tidak dikenal"), ("Basic abc", "Bearer")):
        jawab = hub.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": kepala})
        assert jawab.status_code == 401
        assert kata in jawab.json()["errors"][0]["message"]
        assert jawab.json()["errors"][0]["extensions"] == {"kode": "TOKEN_DITOLAK"}


def test_a_token_is_hashed_noted_and_revocable(hub: Klien) -> None:
    token = hub.token("53.15")
    assert hub.sql("SELECT count(*) FROM token WHERE position(%s::bytea in hash) > 0", token.encode()) == [(0,)]
    hub.tanya("{ __typename }", None, "53.15")
    assert hub.sql(
        "SELECT count(*) FROM token WHERE nama = 'uji KABUPATEN 53.15' AND terakhir_dipakai > now() - interval '1 minute'"
    ) == [(1,)]
    hub.sql("UPDATE token SET dicabut_pada = now() WHERE nama = 'uji KABUPATEN 53.15'")
    jawab = hub.kirim("{ __typename }", None, "53.15")
    assert (jawab.status_code, "dicabut" in jawab.text) == (401, True)
    hub.sql(
        "UPDATE token SET dicabut_pada = NULL, kedaluwarsa_pada = now() - interval '1 second' WHERE nama = 'uji KABUPATEN 53.15'"
    )
    jawab = hub.kirim("{ __typename }", None, "53.15")
    assert (jawab.status_code, "kedaluwarsa" in jawab.text) == (401, True)


def test_sensitive_elements_are_closed_below_their_level(hub_baca: Klien) -> None:
    query = """{
      agregat(elemen: ["REH09", "REH10"], periode: ["2020"], wilayah: "53.14.10", tingkat: DESA) { elemen { kode } nilai status }
      desa(kode: "53.14.10.2003") { nilai(elemen: ["REH09", "REH10"], periode: ["2020"]) { nilai status } }
      rekap(id: "53.14:F05:2020") { nilai { wilayah { kode } elemen { kode } } }
    }"""
    umum, milik = hub_baca.tanya(query), hub_baca.tanya(query, None, "53.14")
    assert {(b["elemen"]["kode"], b["status"]) for b in umum["agregat"] if b["elemen"]["kode"] == "REH10"} == {
        ("REH10", "DISUPRESI")
    }
    assert umum["desa"]["nilai"] == [{"nilai": 10, "status": "ADA"}, {"nilai": None, "status": "DISUPRESI"}]
    assert milik["desa"]["nilai"] == [{"nilai": 10, "status": "ADA"}, {"nilai": 4, "status": "ADA"}]
    assert {n["elemen"]["kode"] for n in umum["rekap"]["nilai"]} == {"REH01", "REH02", "REH09", "REH11"}
    assert {n["elemen"]["kode"] for n in milik["rekap"]["nilai"]} == {"REH01", "REH02", "REH09", "REH10", "REH11"}


# ---------- plain SQL, as the database roles ----------


@pytest.fixture
def peran(berdraf: Klien) -> Iterator[Any]:
    """A login of its own that is a member of one hub role and owns nothing; connects with plain SQL."""
    dibuat: list[str] = []

    def sambung(nama: str, wilayah: str) -> psycopg.Connection[Any]:
        login = f"uji_{nama}_{wilayah.replace('.', '_')}_{len(dibuat)}_{uuid.uuid4().hex[:8]}"
        berdraf.sql(f"CREATE ROLE {login} LOGIN NOINHERIT IN ROLE {nama}")
        dibuat.append(login)
        conn = psycopg.connect(berdraf.url.replace("//hub@", f"//{login}@"), autocommit=True)
        ambil_peran(conn, nama, wilayah)
        return conn

    yield sambung
    for login in dibuat:
        berdraf.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{login}'")
        berdraf.sql(f"DROP ROLE {login}")


ISI = ("rekap", "rekap_revisi", "rekap_nilai", "rekap_peristiwa")


@pytest.mark.parametrize(
    ("nama", "wilayah", "melihat"),
    [
        ("hub_kabupaten", "53.15", True), ("hub_provinsi", "53", True), ("hub_admin", "", True),
        ("hub_kabupaten", "53.14", False), ("hub_provinsi", "36", False), ("hub_provinsi", "5", False),
        ("hub_publik", "53.15", False), ("hub_kabupaten", "", False), ("hub_kabupaten", "53", False),
    ],
)  # fmt: skip
def test_a_database_role_reads_only_the_drafts_it_reaches(peran: Any, nama: str, wilayah: str, melihat: bool) -> None:
    with peran(nama, wilayah) as conn:
        for tabel in ISI:
            ada = conn.execute(f"SELECT count(*) FROM {tabel} WHERE kode_kab = '53.15'").fetchone()[0]
            assert (ada > 0) is melihat, tabel
        assert (
            conn.execute("SELECT count(*) FROM rekap WHERE kode_kab = '53.14'").fetchone()[0] == 10
        )  # approved: everybody


@pytest.mark.parametrize(
    ("nama", "wilayah"),
    [
        ("hub_publik", "53.15"),
        ("hub_kabupaten", "53.14"),
        ("hub_provinsi", "36"),
        ("hub_provinsi", "53"),
        ("hub_admin", ""),
    ],
)
def test_a_database_role_writes_no_draft_of_another(peran: Any, berdraf: Klien, nama: str, wilayah: str) -> None:
    sebelum = berdraf.sql("SELECT status, revisi FROM rekap WHERE kode_kab = '53.15'")
    perintah = (
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi) VALUES ('53.15', 'F03', '2023', 'DRAF', 1)",
        "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, hash_isi, "
        "versi_formulir) VALUES ('53.15', 'F02', '2023', 2, 'DRAF', now(), 'x', 'x', '', 1)",
        "INSERT INTO rekap_nilai VALUES ('53.15', 'F02', '2023', 1, 'BAN03', '53.15', '{}', 1, 'ADA', true)",
    )
    with peran(nama, wilayah) as conn:
        for p in perintah:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(p)
        if nama != "hub_provinsi" or wilayah != "53":
            try:
                terubah = conn.execute("UPDATE rekap SET status = 'DIKEMBALIKAN' WHERE kode_kab = '53.15'").rowcount
            except psycopg.errors.InsufficientPrivilege:
                terubah = 0
            assert terubah == 0
    assert berdraf.sql("SELECT status, revisi FROM rekap WHERE kode_kab = '53.15'") == sebelum


def test_a_kabupaten_role_cannot_approve_its_own(peran: Any) -> None:
    with peran("hub_kabupaten", "53.15") as conn:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("UPDATE rekap SET revisi_disetujui = 1 WHERE kode_kab = '53.15'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("UPDATE rekap SET status = 'DISETUJUI' WHERE kode_kab = '53.15'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(
                "INSERT INTO angka VALUES ('53.15', 'BAN05', '2023', 2, '', '53.15', '{}', 1, 'ADA', false, true)"
            )


@pytest.mark.parametrize("tabel", ["rekap_revisi", "rekap_nilai", "rekap_total", "rekap_temuan", "rekap_peristiwa"])
def test_history_cannot_be_rewritten_even_by_the_owner(berdraf: Klien, tabel: str) -> None:
    for perintah in (f"DELETE FROM {tabel}", f"UPDATE {tabel} SET revisi = revisi + 1"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            berdraf.sql(perintah)
    with pytest.raises(psycopg.errors.RestrictViolation):
        berdraf.sql("DELETE FROM rekap")


def test_tokens_are_out_of_reach_of_every_request_role(peran: Any) -> None:
    for nama in ("hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin"):
        with peran(nama, "53") as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("SELECT * FROM token")
