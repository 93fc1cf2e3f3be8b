"""Whoever reaches the hub's own login, with SQL of his choice: he sees what the public sees and writes nothing. And inside an
officer's transaction: nothing beyond that officer."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import psycopg
import pytest
from psycopg import sql

from hub.base.actor import PUBLIK, Actor, Peran
from hub.db.database import Database
from hub.db.klaim import AMBIL_PERAN, PERAN, Penanda
from hub.db.private_cluster import login_url
from tests.client import Klien
from tests.db.roles import PENANDA, Sesi, ambil_peran
from tests.rekap.texts import SIMPAN, angka, masukan

DITOLAK = psycopg.errors.InsufficientPrivilege
PETUGAS = PERAN[1:]

_TABEL = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT EXISTS
  (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"""
_KOLOM = """
SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(current_user, a.attrelid, a.attnum, %s) ORDER BY a.attnum"""


@pytest.fixture(scope="module")
def hub(hub_modul: Klien) -> Klien:
    """A hub in which 53.15 keeps a draft, and a name stands in the register of 53.14."""
    draf = masukan("53.15", "F02", "2023", "draf", nilai=[angka("53.15", "BAN05", 4_242)])
    assert hub_modul.tanya(SIMPAN, {"m": draf}, sebagai="53.15")["hasil"]["__typename"] == "RekapDiterima"
    hub_modul.sql(
        "INSERT INTO tagana (kode_kab, id, nama, tanggal_lahir, jenis_kelamin, kode_desa, didata, keahlian, berpengetahuan, "
        "bersedia_dilatih, beriman, setia_pancasila, versi, diubah_pada, diubah_oleh) VALUES ('53.14', gen_random_uuid(), 'Nama', "
        "'1990-01-01', 'L', '53.14.10.2003', '2020-01-01', '{}', true, true, true, true, 1, now(), 'uji')"
    )
    hub_modul.token("")
    return hub_modul


def _menjadi(sesi: Sesi, peran: str, klaim: str = "") -> None:
    sesi.execute(AMBIL_PERAN.replace("true", "false"), (peran, klaim))


def _draf(sesi: Sesi) -> int:
    """How many drafts of 53.15 that session sees."""
    return sum(
        sesi.execute(f"SELECT count(*) FROM {t} WHERE kode_kab = '53.15' AND periode = '2023'").fetchall()[0][0]
        for t in ("rekap", "rekap_nilai", "rekap_peristiwa")
    )


# ---------- without a claim ----------


def test_the_login_is_nobody_special_and_can_do_nothing_as_itself(hub: Klien, sesi: Sesi) -> None:
    ((nama, *kuasa),) = sesi.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles "
        "WHERE rolname = current_user"
    ).fetchall()
    assert (nama, any(kuasa)) == ("hub_layanan", False)
    assert sesi.execute(
        "SELECT count(*) FROM pg_shdepend d WHERE deptype = 'o' AND refobjid = current_user::regrole"
    ).fetchone() == (0,)
    for (tabel,) in hub.sql(_TABEL):
        with pytest.raises(DITOLAK):
            sesi.execute(f"SELECT 1 FROM {tabel}")


@pytest.mark.parametrize("peran", PETUGAS)
def test_a_role_without_a_claim_sees_what_the_public_sees(hub: Klien, sesi: Sesi, peran: str) -> None:
    sesi.execute("SELECT set_config('hub.wilayah', '53.15', false)")
    diam = 0
    for (tabel,) in hub.sql(_TABEL):
        _menjadi(sesi, "hub_publik")
        umum = [k for (k,) in sesi.execute(_KOLOM, (tabel, "SELECT"))]
        terlihat = _baris(sesi, tabel, umum)
        _menjadi(sesi, peran)
        if tabel == "alembic_version":
            continue
        milik = [k for (k,) in sesi.execute(_KOLOM, (tabel, "SELECT"))]
        lebih = [k for k in milik if k not in umum]
        assert not lebih or _baris(sesi, tabel, lebih) == set(), f"{tabel}: {lebih}"
        assert _baris(sesi, tabel, [k for k in milik if k in umum]) <= terlihat, tabel
        ((ada,),) = hub.sql(f"SELECT count(*) FROM {tabel}")
        diam += ada > len(terlihat)
    assert diam >= 8, "there must be something to hide"


def _baris(sesi: Sesi, tabel: str, kolom: list[str]) -> set[tuple[Any, ...]]:
    if not kolom:
        return set()
    isi = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(k)) for k in kolom)
    return set(
        sesi.execute(sql.SQL("SELECT md5(concat_ws('|', {})) FROM {}").format(isi, sql.Identifier(tabel))).fetchall()
    )


@pytest.mark.parametrize("peran", PERAN)
def test_a_role_without_a_claim_writes_nothing(hub: Klien, sesi: Sesi, peran: str) -> None:
    _menjadi(sesi, peran)
    boleh = 0
    for (tabel,) in hub.sql(_TABEL):
        ubah = [k for (k,) in sesi.execute(_KOLOM, (tabel, "UPDATE"))]
        tulis = [k for (k,) in sesi.execute(_KOLOM, (tabel, "INSERT"))]
        boleh += bool(ubah or tulis)
        for perintah in (
            *(f"UPDATE {tabel} SET {k} = DEFAULT" for k in ubah[-1:]), f"DELETE FROM {tabel}", f"INSERT INTO {tabel} DEFAULT VALUES",
            *(f"INSERT INTO {tabel} ({k}) SELECT NULL WHERE false" for k in tulis[:1]), f"TRUNCATE {tabel}",
            f"ALTER TABLE {tabel} DISABLE TRIGGER ALL", f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY",
            f"CREATE POLICY x ON {tabel} USING (true)",
        ):  # fmt: skip
            with pytest.raises(DITOLAK):
                sesi.execute(perintah)
        if tulis:  # COPY knows no row security
            ragam = (DITOLAK, psycopg.errors.FeatureNotSupported)
            with pytest.raises(ragam), sesi.cursor().copy(f"COPY {tabel} ({tulis[0]}) FROM STDIN") as salin:
                salin.write_row(["x"])
    assert (boleh > 0) is (peran != "hub_publik")
    with pytest.raises(DITOLAK):
        sesi.execute("SELECT hub_buka_buku_stok('36.01', gen_random_uuid())")


# ---------- a forged claim ----------


def _palsu(sesi: Sesi) -> dict[str, tuple[str, str]]:
    """What somebody may try: role to take on, claim to show."""
    pid, nanti = sesi.info.backend_pid, time.time() + 60
    benar = PENANDA.claim("hub_kabupaten", "53.14", pid, nanti)
    tanda, isi = benar[:64], benar[65:]
    return {
        "none": ("hub_kabupaten", ""),
        "no signature": ("hub_kabupaten", isi),
        "not even a claim": ("hub_admin", "|||||"),
        "another key": ("hub_kabupaten", Penanda(b"x" * 64).claim("hub_kabupaten", "53.15", pid, nanti)),
        "the key that is no key": ("hub_admin", Penanda(b"").claim("hub_admin", "", pid, nanti)),
        "another region": ("hub_kabupaten", f"{tanda}|{isi.replace('53.14', '53.15')}"),
        "a longer life": ("hub_kabupaten", f"{tanda}|{isi.replace('|00', '|99')}"),
        "another role": ("hub_admin", benar),
        "another role in it": ("hub_admin", f"{tanda}|{isi.replace('hub_kabupaten', 'hub_admin')}"),
        "a province of a kabupaten": ("hub_provinsi", benar),
        "expired": ("hub_provinsi", PENANDA.claim("hub_provinsi", "53", pid, time.time() - 1)),
        "another backend": ("hub_provinsi", PENANDA.claim("hub_provinsi", "53", pid + 1, nanti)),
        "something before it": ("hub_provinsi", " " + PENANDA.claim("hub_provinsi", "53", pid, nanti)),
        "something after it": ("hub_provinsi", PENANDA.claim("hub_provinsi", "53", pid, nanti) + "|"),
        "signed, of nobody": ("hub_admin", PENANDA.claim("", "", pid, nanti)),
    }


@pytest.mark.parametrize("apa", _palsu(type("S", (), {"info": type("I", (), {"backend_pid": 1})})()))
def test_a_forged_claim_is_none(sesi: Sesi, apa: str) -> None:
    peran, klaim = _palsu(sesi)[apa]
    _menjadi(sesi, peran, klaim)
    assert sesi.execute("SELECT hub_klaim_sah(), hub_wilayah(), hub_lingkup(), hub_jangkau('53.15')").fetchone() == (
        False,
        None,
        "?",
        False,
    )
    assert _draf(sesi) == 0
    with pytest.raises(DITOLAK):
        sesi.execute("UPDATE rekap SET status = 'DRAF'")


def test_a_sound_claim_is_believed_and_only_where_it_was_made(hub: Klien, sesi: Sesi) -> None:
    """The same claim, captured, in another session: nothing."""
    klaim = PENANDA.claim("hub_provinsi", "53", sesi.info.backend_pid, time.time() + 60)
    _menjadi(sesi, "hub_provinsi", klaim)
    assert sesi.execute("SELECT hub_klaim_sah(), hub_wilayah(), hub_lingkup(), hub_jangkau('53.15')").fetchone() == (
        True,
        "53",
        "53.",
        True,
    )
    assert _draf(sesi) > 0
    with closing(psycopg.connect(login_url(hub.url), autocommit=True)) as lain:
        _menjadi(lain, "hub_provinsi", klaim)
        assert _draf(lain) == 0


def test_the_key_is_out_of_reach(sesi: Sesi) -> None:
    for peran in PERAN:
        _menjadi(sesi, peran)
        for perintah in ("TABLE kunci_peran", "SELECT hub_tanda('hub_admin||999999999999|1')", "SELECT pg_read_file('PG_VERSION')",
                         "COPY kunci_peran TO STDOUT", "SELECT count(*) FROM kunci_peran"):  # fmt: skip
            with pytest.raises(DITOLAK):
                sesi.execute(perintah)
        # what the planner knows of it, and what the server says of its functions
        assert sesi.execute(
            "SELECT count(*) FROM pg_stats WHERE tablename IN ('kunci_peran', 'token', 'rekap')"
        ).fetchone() == (0,)


# ---------- whatever else SQL can do ----------

_COBA = (
    "CREATE TABLE x (a int)", "CREATE TEMP TABLE token (a int)", "CREATE TEMP VIEW token AS SELECT 1", "CREATE VIEW x AS TABLE token",
    "CREATE FUNCTION x() RETURNS int LANGUAGE sql RETURN 1", "CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE SCHEMA x", "CREATE EXTENSION dblink", "CREATE EXTENSION postgres_fdw", "CREATE ROLE x", "CREATE DATABASE x",
    "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)", "CREATE SEQUENCE x", "CREATE TYPE x AS (a int)",
    "CREATE TRIGGER x BEFORE INSERT ON token EXECUTE FUNCTION hub_wksbm_diganti()", "CREATE RULE x AS ON SELECT TO token DO NOTHING",
    "CREATE MATERIALIZED VIEW x AS SELECT 1", "CREATE PUBLICATION x FOR ALL TABLES", "CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION hub_tolak_ubah()",
    "SET SESSION AUTHORIZATION hub", "SET ROLE hub", "SET ROLE postgres", "SET ROLE pg_read_all_data", "SET ROLE hub_terbaca", "SET session_replication_role = replica",
    "ALTER ROLE hub_layanan SUPERUSER", "ALTER ROLE hub_layanan BYPASSRLS", "ALTER ROLE hub SET search_path = x", "GRANT hub TO hub_layanan",
    "GRANT SELECT ON token TO hub_publik", "ALTER TABLE token OWNER TO hub_layanan", "ALTER TABLE rekap NO FORCE ROW LEVEL SECURITY",
    "ALTER FUNCTION hub_klaim(text) SECURITY INVOKER", "CREATE OR REPLACE FUNCTION hub_klaim_sah() RETURNS boolean LANGUAGE sql RETURN true",
    "DROP POLICY klaim ON rekap", "DROP TRIGGER klaim ON rekap", "DROP TABLE token", "REASSIGN OWNED BY hub TO hub_layanan",
    "COPY (SELECT 1) TO PROGRAM 'true'", "COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_ls_dir('.')", "SELECT lo_import('/etc/hostname')",
    "SELECT lo_create(0)", "SELECT lo_from_bytea(0, '')", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity", "SELECT pg_cancel_backend(1)",
    "SELECT * FROM pg_authid", "SELECT * FROM pg_statistic", "SELECT * FROM pg_hba_file_rules", "SELECT pg_reload_conf()", "CHECKPOINT",
    "SELECT hub_statistik('token')", "SELECT hub_siapkan_batas_baru()", "ALTER SYSTEM SET fsync = off", "DO $$ BEGIN EXECUTE 'TABLE token'; END $$",
    "SELECT query_to_xml('TABLE token', true, true, '')", "SECURITY LABEL ON ROLE hub IS 'x'",
)  # fmt: skip


@pytest.mark.parametrize("peran", ["hub_layanan", "hub_publik", "hub_kabupaten", "hub_admin"])
def test_nothing_is_made_taken_or_run(hub: Klien, sesi: Sesi, peran: str) -> None:
    sebelum = (
        hub.sql("SELECT count(*) FROM pg_class"),
        hub.sql("SELECT count(*) FROM pg_proc"),
        hub.sql("SELECT rolname, rolsuper FROM pg_roles ORDER BY 1"),
    )
    _menjadi(sesi, peran)
    for perintah in _COBA:
        with pytest.raises(psycopg.Error) as galat:
            sesi.execute(perintah)
        assert not isinstance(galat.value, psycopg.errors.SyntaxError), perintah
    assert sebelum == (
        hub.sql("SELECT count(*) FROM pg_class"), hub.sql("SELECT count(*) FROM pg_proc"), hub.sql("SELECT rolname, rolsuper FROM pg_roles ORDER BY 1"),
    )  # fmt: skip


def test_the_hubs_own_role_reads_no_token_without_its_claim(sesi: Sesi) -> None:
    for perintah in ("SELECT count(*) FROM token", "SELECT count(*) FROM rekap WHERE kode_kab = '53.15'", "SELECT count(*) FROM piramida_satuan",
                     "SELECT count(*) FROM buku_stok"):  # fmt: skip
        _menjadi(sesi, "hub_sistem")
        assert sesi.execute(perintah).fetchone() == (0,), perintah
    assert sesi.execute("SELECT 1 FROM token FOR UPDATE").fetchall() == []
    ambil_peran(sesi, "hub_sistem", "")
    assert sesi.execute("SELECT count(*) > 0 FROM token").fetchone() == (True,)
    with pytest.raises(DITOLAK):  # names of people not even with it
        sesi.execute("SELECT count(*) FROM tagana")
    _menjadi(sesi, "hub_sistem")
    for row_security in ("off", "on"):  # off: refused instead of filtered
        sesi.execute(f"SET row_security = {row_security}")
        with suppress(DITOLAK):
            assert sesi.execute("SELECT count(*) FROM token").fetchone() == (0,)


def test_other_sessions_show_no_values(hub: Klien, sesi: Sesi) -> None:
    """Claims and what is asked for travel as parameters: the text that the same login may see of others holds none."""
    with closing(psycopg.connect(login_url(hub.url))) as petugas:
        klaim = PENANDA.claim("hub_kabupaten", "53.14", petugas.info.backend_pid, time.time() + 60)
        petugas.execute(AMBIL_PERAN, ("hub_kabupaten", klaim))
        teks = [
            q for (q,) in sesi.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", (petugas.info.backend_pid,))
        ]
        assert teks
        assert "set_config" in teks[0]
        assert "53.14" not in teks[0]
        assert klaim[:64] not in teks[0]


# ---------- inside an officer's transaction ----------


@pytest.fixture
def petugas(hub: Klien) -> Iterator[Sesi]:
    """A transaction of the officer of 53.14, as the hub begins it; it is not committed."""
    with closing(psycopg.connect(login_url(hub.url))) as conn:
        ambil_peran(conn, "hub_kabupaten", "53.14")
        yield conn
        conn.rollback()


def test_an_officers_transaction_reaches_no_further_than_the_officer(petugas: Sesi) -> None:
    ((sendiri,),) = petugas.execute("SELECT count(*) FROM tagana").fetchall()
    assert sendiri == 1
    assert _draf(petugas) == 0
    petugas.execute("SELECT set_config('hub.wilayah', '53.15', true), set_config('hub.peran', 'hub_admin', true)")
    assert _draf(petugas) == 0
    for peran in PERAN:
        petugas.execute("SELECT set_config('role', %s, true)", (peran,))
        if peran != "hub_sistem":
            assert _draf(petugas) == 0, peran
        if peran not in ("hub_kabupaten", "hub_sistem"):
            assert petugas.execute("SELECT count(*) FROM tagana").fetchone() == (0,), peran
    assert petugas.execute("SELECT count(*) FROM token").fetchone() == (0,)
    for ambil in ("RESET ROLE", "SET ROLE hub_layanan"):
        petugas.execute(ambil)
        with pytest.raises(DITOLAK), petugas.transaction():
            petugas.execute("SELECT 1 FROM token")


@pytest.mark.parametrize("peran", ["hub_provinsi", "hub_admin", "hub_sistem"])
def test_an_officers_claim_writes_as_no_other_role(petugas: Sesi, peran: str) -> None:
    petugas.execute("SELECT set_config('role', %s, true)", (peran,))
    for perintah in (
        "UPDATE rekap SET status = 'DISETUJUI'",
        "UPDATE sumber_daya SET nama = 'X'",
        "DELETE FROM wilayah",
        "DELETE FROM token",
    ):
        with pytest.raises(DITOLAK), petugas.transaction():
            petugas.execute(perintah)


def test_nothing_of_others_shows_through_a_condition(hub: Klien, petugas: Sesi) -> None:
    """A condition that fails on a row somebody may not see is not asked about it: row security comes first."""
    probe = "SELECT count(*) FROM {0} WHERE 1 / (CASE WHEN kode_kab = '53.15' AND {0}::text LIKE '%%2023%%' THEN 0 ELSE 1 END) = 1"
    for tabel in ("rekap", "rekap_nilai", "rekap_peristiwa"):  # whoever sees the draft is told of it
        with pytest.raises(psycopg.errors.DivisionByZero):
            hub.sql(probe.format(tabel))
    for tabel in ("rekap", "rekap_nilai", "rekap_peristiwa", "tagana", "rekap_riwayat"):
        seen = petugas.execute(f"SELECT count(*) FROM {tabel}").fetchone()
        assert petugas.execute(probe.format(tabel)).fetchone() == seen, tabel


def test_changing_the_setting_within_a_statement_changes_nothing(petugas: Sesi) -> None:
    """The claim was read from what cannot be changed to another sound one."""
    isi = petugas.execute(
        "SELECT r.kode_kab FROM (SELECT set_config('hub.klaim', replace(current_setting('hub.klaim'), '53.14', '53.15'), true) "
        "UNION ALL SELECT set_config('hub.wilayah', '53.15', true)) s CROSS JOIN rekap r WHERE r.revisi_disetujui IS NULL"
    ).fetchall()
    assert [k for (k,) in isi if k != "53.14"] == []


def test_a_statement_does_not_become_two(hub: Klien) -> None:
    """On the hub's own connections: else one caller could leave the next one a prepared statement of his."""

    async def coba() -> None:
        db = Database(login_url(hub.url), 2)
        await db.open()
        try:
            for siapa in (PUBLIK, Actor(Peran.KABUPATEN, "53.14", "uji")):
                async with db.as_actor(siapa) as conn:
                    await conn.execute("SELECT '%' AS persen")
                    with pytest.raises(psycopg.errors.SyntaxError, match="multiple commands"):
                        async with conn.transaction():
                            await conn.execute("SELECT 1; DEALLOCATE ALL")
        finally:
            await db.close()

    asyncio.run(coba())


def test_nobody_dates_what_he_writes(hub: Klien, petugas: Sesi) -> None:
    """The time of a transaction is signed: with one of his own the officer would overwrite without a trace."""
    for saat in ("1990-01-01T00:00:00Z", "x" * 64 + "|saat|1|1990-01-01", ""):
        petugas.execute("SELECT set_config('hub.saat', %s, true)", (saat,))
        ((baru, kini),) = petugas.execute("SELECT hub_saat(), clock_timestamp()").fetchall()
        assert abs((kini - baru).total_seconds()) < 60
        assert petugas.execute("SELECT hub_saat()").fetchone() == (baru,)
    dipinjam = petugas.execute("SELECT current_setting('hub.saat')").fetchone()
    with closing(psycopg.connect(login_url(hub.url))) as lain:
        ambil_peran(lain, "hub_kabupaten", "53.14")
        lain.execute("SELECT set_config('hub.saat', %s, true)", dipinjam)
        ((milik, kini),) = lain.execute("SELECT hub_saat(), now()").fetchall()
        assert milik >= kini, "a time signed for another transaction is none"


def test_a_ledger_is_opened_of_a_warehouse_that_there_is(petugas: Sesi) -> None:
    petugas.execute("SELECT hub_buka_buku_stok('36.01', gen_random_uuid())")
    petugas.execute("RESET ROLE")
    ambil_peran(petugas, "hub_sistem", "")
    assert petugas.execute("SELECT count(*) FROM buku_stok WHERE kode_kab = '36.01' AND urutan = 0").fetchone() == (0,)
