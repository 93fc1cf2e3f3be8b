"""Who sees and does what: tokens at the edge, services in the middle, row-level security as the last line."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.db.roles import take_role
from tests.rekap.texts import APPROVE, SAVE, SUBMIT, angka, submission
from tests.released import release_as_it_is

DRAF = submission("53.15", "F02", "2023", "rahasia", nilai=[angka("53.15", "BAN05", 4_242)])
READ = """{
  rekap(id: "53.15:F02:2023") { id status nilai { nilai } temuan { kode } riwayat { aksi } }
  daftarRekap(saring: { pelapor: ["53.15"] }) { totalCount edges { node { id } } }
}"""


@pytest.fixture
def hub_with_drafts(hub: Client) -> Client:
    """A hub in which 53.15 keeps a draft."""
    assert hub.ask(SAVE, {"m": DRAF}, as_whom="53.15")["hasil"]["__typename"] == "RekapDiterima"
    return hub


@pytest.mark.parametrize(
    ("as_whom", "sees"), [("53.15", True), ("53", True), ("", True), (None, False), ("53.14", False), ("36", False)]
)
def test_a_draft_is_seen_by_its_kabupaten_and_its_province_only(
    hub_with_drafts: Client, as_whom: str | None, sees: bool
) -> None:
    answer = hub_with_drafts.ask(READ, None, as_whom)
    assert (answer["rekap"] is not None) is sees
    assert answer["daftarRekap"]["totalCount"] == int(sees)
    if sees:
        assert answer["rekap"]["nilai"] == [{"nilai": 4_242}]


def test_others_see_the_approved_revision_and_nothing_newer(hub: Client) -> None:
    hub.ask(SUBMIT, {"m": {**DRAF, "kunciIdempoten": "a"}}, as_whom="53.15")
    hub.ask(APPROVE, {"id": "53.15:F02:2023", "revisi": 1}, as_whom="53")
    hub.ask('mutation { bukaRekap(id: "53.15:F02:2023", alasan: "koreksi") { __typename } }', as_whom="53")
    newer = {**DRAF, "kunciIdempoten": "b", "nilai": [angka("53.15", "BAN05", 9_999)]}
    hub.ask(SAVE, {"m": newer}, as_whom="53.15")
    query = 'query ($r: Int) { rekap(id: "53.15:F02:2023") { status revisi nilai(revisi: $r) { nilai } temuan { kode } riwayat { aksi } } }'
    for as_whom in (None, "36", "53.14"):
        rekap = hub.ask(query, None, as_whom)["rekap"]
        assert rekap == {"status": "DISETUJUI", "revisi": 1, "nilai": [{"nilai": 4_242}], "temuan": [], "riwayat": []}
        assert hub.ask(query, {"r": 2}, as_whom)["rekap"]["nilai"] == []
    assert hub.ask(query, None, "53.15")["rekap"]["nilai"] == [{"nilai": 9_999}]


@pytest.mark.parametrize("as_whom", [None, "53.14", "53", "36", ""])
def test_nobody_else_writes_a_kabupatens_rekap(hub: Client, as_whom: str | None) -> None:
    before = hub.sql("SELECT count(*) FROM rekap_revisi")
    for mutation in (SUBMIT, SAVE):
        result = hub.ask(mutation, {"m": DRAF}, as_whom)["hasil"]
        assert result["__typename"] == "TidakBerwenang"
        assert result["pesan"]
    assert hub.sql("SELECT count(*) FROM rekap_revisi") == before


@pytest.mark.parametrize("as_whom", [None, "53.15", "53.14", "36", ""])
def test_nobody_but_its_province_approves(hub: Client, as_whom: str | None) -> None:
    hub.ask(SUBMIT, {"m": DRAF}, as_whom="53.15")
    before = hub.sql("SELECT count(*) FROM rekap_peristiwa"), hub.sql("SELECT count(*) FROM angka")
    for mutation in (
        'setujuiRekap(id: "53.15:F02:2023", revisi: 1)',
        'kembalikanRekap(id: "53.15:F02:2023", revisi: 1, alasan: "x")',
        'bukaRekap(id: "53.15:F02:2023", alasan: "x")',
    ):
        result = hub.ask(f"mutation {{ hasil: {mutation} {{ __typename }} }}", None, as_whom)["hasil"]
        assert result == {"__typename": "TidakBerwenang"}
    assert (hub.sql("SELECT count(*) FROM rekap_peristiwa"), hub.sql("SELECT count(*) FROM angka")) == before
    assert hub.sql("SELECT status FROM rekap WHERE kode_kab = '53.15'") == [("DIAJUKAN",)]


def test_a_wrong_token_is_refused_in_a_plain_sentence(hub: Client) -> None:
    for header, word in (("Bearer hub_salah", "tidak dikenal"), ("Basic abc", "Bearer")):
        response = hub.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": header})
        assert response.status_code == 401
        assert word in response.json()["errors"][0]["message"]
        assert response.json()["errors"][0]["extensions"] == {"kode": "TOKEN_DITOLAK", "code": "UNAUTHENTICATED"}


def test_a_token_is_hashed_noted_and_revocable(hub: Client) -> None:
    token = hub.token("53.15")
    assert hub.sql("SELECT count(*) FROM token WHERE position(%s::bytea in hash) > 0", token.encode()) == [(0,)]
    hub.ask("{ __typename }", None, "53.15")
    assert hub.sql(
        "SELECT count(*) FROM token WHERE nama = 'uji KABUPATEN 53.15' AND terakhir_dipakai > now() - interval '1 minute'"
    ) == [(1,)]
    hub.sql("UPDATE token SET dicabut_pada = now() WHERE nama = 'uji KABUPATEN 53.15'")
    response = hub.send("{ __typename }", None, "53.15")
    assert (response.status_code, "dicabut" in response.text) == (401, True)
    hub.sql(
        "UPDATE token SET dicabut_pada = NULL, kedaluwarsa_pada = now() - interval '1 second' WHERE nama = 'uji KABUPATEN 53.15'"
    )
    response = hub.send("{ __typename }", None, "53.15")
    assert (response.status_code, "kedaluwarsa" in response.text) == (401, True)


def test_sensitive_elements_are_closed_below_their_level(hub: Client) -> None:
    release_as_it_is(hub)
    query = """{
      agregat(elemen: ["REH09", "REH10"], periode: ["2020"], wilayah: "53.14.10", tingkat: DESA) { elemen { kode } nilai status }
      desa(kode: "53.14.10.2003") { nilai(elemen: ["REH09", "REH10"], periode: ["2020"]) { nilai status } }
      rekap(id: "53.14:F05:2020") { nilai { wilayah { kode } elemen { kode } } }
    }"""
    public, own = hub.ask(query), hub.ask(query, None, "53.14")
    assert {(b["elemen"]["kode"], b["status"]) for b in public["agregat"] if b["elemen"]["kode"] == "REH10"} == {
        ("REH10", "DISUPRESI")
    }
    assert public["desa"]["nilai"] == [{"nilai": 10, "status": "ADA"}, {"nilai": None, "status": "DISUPRESI"}]
    assert own["desa"]["nilai"] == [{"nilai": 10, "status": "ADA"}, {"nilai": 4, "status": "ADA"}]
    assert {n["elemen"]["kode"] for n in public["rekap"]["nilai"]} == {"REH01", "REH02", "REH09", "REH11"}
    assert {n["elemen"]["kode"] for n in own["rekap"]["nilai"]} == {"REH01", "REH02", "REH09", "REH10", "REH11"}


# ---------- plain SQL, as the database roles ----------


@pytest.fixture
def role(hub_with_drafts: Client) -> Iterator[Any]:
    """A login of its own that is a member of one hub role and owns nothing; connects with plain SQL."""
    created: list[str] = []

    def connect(name: str, wilayah: str) -> psycopg.Connection[Any]:
        login = f"uji_{name}_{wilayah.replace('.', '_')}_{len(created)}_{uuid.uuid4().hex[:8]}"
        hub_with_drafts.sql(f"CREATE ROLE {login} LOGIN NOINHERIT IN ROLE {name}")
        created.append(login)
        conn = psycopg.connect(hub_with_drafts.url.replace("//hub@", f"//{login}@"), autocommit=True)
        take_role(conn, name, wilayah)
        return conn

    yield connect
    for login in created:
        hub_with_drafts.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{login}'")
        hub_with_drafts.sql(f"DROP ROLE {login}")


TABLES = ("rekap", "rekap_revisi", "rekap_nilai", "rekap_peristiwa")


@pytest.mark.parametrize(
    ("name", "wilayah", "sees"),
    [
        ("hub_kabupaten", "53.15", True), ("hub_provinsi", "53", True), ("hub_admin", "", True),
        ("hub_kabupaten", "53.14", False), ("hub_provinsi", "36", False), ("hub_provinsi", "5", False),
        ("hub_publik", "53.15", False), ("hub_kabupaten", "", False), ("hub_kabupaten", "53", False),
    ],
)  # fmt: skip
def test_a_database_role_reads_only_the_drafts_it_reaches(role: Any, name: str, wilayah: str, sees: bool) -> None:
    with role(name, wilayah) as conn:
        for table in TABLES:
            if (name, table) == ("hub_publik", "rekap_nilai"):
                continue  # no right at all: test_raw_figures.py
            count = conn.execute(f"SELECT count(*) FROM {table} WHERE kode_kab = '53.15'").fetchone()[0]
            assert (count > 0) is sees, table
        assert (
            conn.execute("SELECT count(*) FROM rekap WHERE kode_kab = '53.14'").fetchone()[0] == 10
        )  # approved: everybody


@pytest.mark.parametrize(
    ("name", "wilayah"),
    [
        ("hub_publik", "53.15"),
        ("hub_kabupaten", "53.14"),
        ("hub_provinsi", "36"),
        ("hub_provinsi", "53"),
        ("hub_admin", ""),
    ],
)
def test_a_database_role_writes_no_draft_of_another(
    role: Any, hub_with_drafts: Client, name: str, wilayah: str
) -> None:
    before = hub_with_drafts.sql("SELECT status, revisi FROM rekap WHERE kode_kab = '53.15'")
    statements = (
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi) VALUES ('53.15', 'F03', '2023', 'DRAF', 1)",
        "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, hash_isi, "
        "versi_formulir) VALUES ('53.15', 'F02', '2023', 2, 'DRAF', now(), 'x', 'x', '', 1)",
        "INSERT INTO rekap_nilai VALUES ('53.15', 'F02', '2023', 1, 'BAN03', '53.15', '{}', 1, 'ADA')",
    )
    with role(name, wilayah) as conn:
        for p in statements:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(p)
        if name != "hub_provinsi" or wilayah != "53":
            try:
                changed = conn.execute("UPDATE rekap SET status = 'DIKEMBALIKAN' WHERE kode_kab = '53.15'").rowcount
            except psycopg.errors.InsufficientPrivilege:
                changed = 0
            assert changed == 0
    assert hub_with_drafts.sql("SELECT status, revisi FROM rekap WHERE kode_kab = '53.15'") == before


def test_a_kabupaten_role_cannot_approve_its_own(role: Any) -> None:
    with role("hub_kabupaten", "53.15") as conn:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("UPDATE rekap SET revisi_disetujui = 1 WHERE kode_kab = '53.15'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("UPDATE rekap SET status = 'DISETUJUI' WHERE kode_kab = '53.15'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("INSERT INTO angka VALUES ('53.15', 'BAN05', '2023', 2, '', '53.15', '{}', 1, 'ADA', false)")


@pytest.mark.parametrize("table", ["rekap_revisi", "rekap_nilai", "rekap_total", "rekap_temuan", "rekap_peristiwa"])
def test_history_cannot_be_rewritten_even_by_the_owner(hub_with_drafts: Client, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET revisi = revisi + 1"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            hub_with_drafts.sql(statement)
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub_with_drafts.sql("DELETE FROM rekap")


def test_tokens_are_out_of_reach_of_every_request_role(role: Any) -> None:
    for name in ("hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin"):
        with role(name, "53") as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("SELECT * FROM token")
