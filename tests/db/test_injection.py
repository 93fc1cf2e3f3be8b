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

from hub.base.actor import PUBLIC, Actor, Role
from hub.db.claims import ROLES, TAKE_ROLE, ClaimSigner
from hub.db.database import Database
from hub.db.private_cluster import login_url
from tests.client import Client
from tests.db.roles import SIGNER, Session, take_role
from tests.rekap.texts import SAVE, angka, submission

REFUSED = psycopg.errors.InsufficientPrivilege
OFFICERS = ROLES[1:]

_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT EXISTS
  (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"""
_COLUMNS = """
SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(current_user, a.attrelid, a.attnum, %s) ORDER BY a.attnum"""


@pytest.fixture(scope="module")
def hub(module_hub: Client) -> Client:
    """A hub in which 53.15 keeps a draft, and a name stands in the register of 53.14."""
    draf = submission("53.15", "F02", "2023", "draf", nilai=[angka("53.15", "BAN05", 4_242)])
    assert module_hub.ask(SAVE, {"m": draf}, as_whom="53.15")["hasil"]["__typename"] == "RekapDiterima"
    module_hub.sql(
        "INSERT INTO tagana (kode_kab, id, nama, tanggal_lahir, jenis_kelamin, kode_desa, didata, keahlian, berpengetahuan, "
        "bersedia_dilatih, beriman, setia_pancasila, versi, diubah_pada, diubah_oleh) VALUES ('53.14', gen_random_uuid(), 'Nama', "
        "'1990-01-01', 'L', '53.14.10.2003', '2020-01-01', '{}', true, true, true, true, 1, now(), 'uji')"
    )
    module_hub.token("")
    return module_hub


def _become(session: Session, role: str, claim: str = "") -> None:
    session.execute(TAKE_ROLE.replace("true", "false"), (role, claim))


def _draf(session: Session) -> int:
    """How many drafts of 53.15 that session sees."""
    return sum(
        session.execute(f"SELECT count(*) FROM {t} WHERE kode_kab = '53.15' AND periode = '2023'").fetchall()[0][0]
        for t in ("rekap", "rekap_nilai_terbaca", "rekap_peristiwa")
    )


# ---------- without a claim ----------


def test_the_login_is_nobody_special_and_can_do_nothing_as_itself(hub: Client, session: Session) -> None:
    ((name, *powers),) = session.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles "
        "WHERE rolname = current_user"
    ).fetchall()
    assert (name, any(powers)) == ("hub_layanan", False)
    assert session.execute(
        "SELECT count(*) FROM pg_shdepend d WHERE deptype = 'o' AND refobjid = current_user::regrole"
    ).fetchone() == (0,)
    for (table,) in hub.sql(_TABLES):
        with pytest.raises(REFUSED):
            session.execute(f"SELECT 1 FROM {table}")


@pytest.mark.parametrize("role", OFFICERS)
def test_a_role_without_a_claim_sees_what_the_public_sees(hub: Client, session: Session, role: str) -> None:
    session.execute("SELECT set_config('hub.wilayah', '53.15', false)")
    hidden = 0
    for (table,) in hub.sql(_TABLES):
        _become(session, "hub_publik")
        public = [k for (k,) in session.execute(_COLUMNS, (table, "SELECT"))]
        visible = _rows(session, table, public)
        _become(session, role)
        if table == "alembic_version":
            continue
        own = [k for (k,) in session.execute(_COLUMNS, (table, "SELECT"))]
        extra = [k for k in own if k not in public]
        assert not extra or _rows(session, table, extra) == set(), f"{table}: {extra}"
        assert _rows(session, table, [k for k in own if k in public]) <= visible, table
        ((count,),) = hub.sql(f"SELECT count(*) FROM {table}")
        hidden += count > len(visible)
    assert hidden >= 8, "there must be something to hide"


def _rows(session: Session, table: str, columns: list[str]) -> set[tuple[Any, ...]]:
    if not columns:
        return set()
    cells = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(k)) for k in columns)
    return set(
        session.execute(
            sql.SQL("SELECT md5(concat_ws('|', {})) FROM {}").format(cells, sql.Identifier(table))
        ).fetchall()
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_a_claim_writes_nothing(hub: Client, session: Session, role: str) -> None:
    _become(session, role)
    writable = 0
    for (table,) in hub.sql(_TABLES):
        updatable = [k for (k,) in session.execute(_COLUMNS, (table, "UPDATE"))]
        insertable = [k for (k,) in session.execute(_COLUMNS, (table, "INSERT"))]
        writable += bool(updatable or insertable)
        for statement in (
            *(f"UPDATE {table} SET {k} = DEFAULT" for k in updatable[-1:]), f"DELETE FROM {table}", f"INSERT INTO {table} DEFAULT VALUES",
            *(f"INSERT INTO {table} ({k}) SELECT NULL WHERE false" for k in insertable[:1]), f"TRUNCATE {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            f"CREATE POLICY x ON {table} USING (true)",
        ):  # fmt: skip
            with pytest.raises(REFUSED):
                session.execute(statement)
        if insertable:  # COPY knows no row security
            errors = (REFUSED, psycopg.errors.FeatureNotSupported)
            with pytest.raises(errors), session.cursor().copy(f"COPY {table} ({insertable[0]}) FROM STDIN") as copy:
                copy.write_row(["x"])
    assert (writable > 0) is (role != "hub_publik")
    with pytest.raises(REFUSED):
        session.execute("SELECT hub_buka_buku_stok('36.01', gen_random_uuid())")


# ---------- a forged claim ----------


def _forged(session: Session) -> dict[str, tuple[str, str]]:
    """What somebody may try: role to take on, claim to show."""
    pid, later = session.info.backend_pid, time.time() + 60
    genuine = SIGNER.claim("hub_kabupaten", "53.14", pid, later)
    signature, body = genuine[:64], genuine[65:]
    return {
        "none": ("hub_kabupaten", ""),
        "no signature": ("hub_kabupaten", body),
        "not even a claim": ("hub_admin", "|||||"),
        "another key": ("hub_kabupaten", ClaimSigner(b"x" * 64).claim("hub_kabupaten", "53.15", pid, later)),
        "the key that is no key": ("hub_admin", ClaimSigner(b"").claim("hub_admin", "", pid, later)),
        "another region": ("hub_kabupaten", f"{signature}|{body.replace('53.14', '53.15')}"),
        "a longer life": ("hub_kabupaten", f"{signature}|{body.replace('|00', '|99')}"),
        "another role": ("hub_admin", genuine),
        "another role in it": ("hub_admin", f"{signature}|{body.replace('hub_kabupaten', 'hub_admin')}"),
        "a province of a kabupaten": ("hub_provinsi", genuine),
        "expired": ("hub_provinsi", SIGNER.claim("hub_provinsi", "53", pid, time.time() - 1)),
        "another backend": ("hub_provinsi", SIGNER.claim("hub_provinsi", "53", pid + 1, later)),
        "something before it": ("hub_provinsi", " " + SIGNER.claim("hub_provinsi", "53", pid, later)),
        "something after it": ("hub_provinsi", SIGNER.claim("hub_provinsi", "53", pid, later) + "|"),
        "signed, of nobody": ("hub_admin", SIGNER.claim("", "", pid, later)),
    }


@pytest.mark.parametrize("what", _forged(type("S", (), {"info": type("I", (), {"backend_pid": 1})})()))
def test_a_forged_claim_is_none(session: Session, what: str) -> None:
    role, claim = _forged(session)[what]
    _become(session, role, claim)
    assert session.execute("SELECT hub_klaim_sah(), hub_wilayah(), hub_lingkup(), hub_jangkau('53.15')").fetchone() == (
        False,
        None,
        "?",
        False,
    )
    assert _draf(session) == 0
    with pytest.raises(REFUSED):
        session.execute("UPDATE rekap SET status = 'DRAF'")


def test_a_sound_claim_is_believed_and_only_where_it_was_made(hub: Client, session: Session) -> None:
    """The same claim, captured, in another session: nothing."""
    claim = SIGNER.claim("hub_provinsi", "53", session.info.backend_pid, time.time() + 60)
    _become(session, "hub_provinsi", claim)
    assert session.execute("SELECT hub_klaim_sah(), hub_wilayah(), hub_lingkup(), hub_jangkau('53.15')").fetchone() == (
        True,
        "53",
        "53.",
        True,
    )
    assert _draf(session) > 0
    with closing(psycopg.connect(login_url(hub.url), autocommit=True)) as other:
        _become(other, "hub_provinsi", claim)
        assert _draf(other) == 0


def test_the_key_is_out_of_reach(session: Session) -> None:
    for role in ROLES:
        _become(session, role)
        for statement in ("TABLE kunci_peran", "SELECT last_value FROM saat_transaksi", "SELECT pg_read_file('PG_VERSION')",
                         "COPY kunci_peran TO STDOUT", "SELECT count(*) FROM kunci_peran"):  # fmt: skip
            with pytest.raises(REFUSED):
                session.execute(statement)
        # what the planner knows of it, and what the server says of its functions
        assert session.execute(
            "SELECT count(*) FROM pg_stats WHERE tablename IN ('kunci_peran', 'token', 'rekap')"
        ).fetchone() == (0,)


# ---------- whatever else SQL can do ----------

# roles are the whole cluster's, and other tests make some meanwhile, each under their databases' names
_ROLES = r"SELECT rolname, rolsuper FROM pg_roles WHERE rolname NOT LIKE 'uji\_%' ORDER BY 1"
_ATTEMPTS = (
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


@pytest.mark.parametrize("role", ["hub_layanan", "hub_publik", "hub_kabupaten", "hub_admin"])
def test_nothing_is_made_taken_or_run(hub: Client, session: Session, role: str) -> None:
    before = (
        hub.sql("SELECT count(*) FROM pg_class"),
        hub.sql("SELECT count(*) FROM pg_proc"),
        hub.sql(_ROLES),
    )
    _become(session, role)
    for statement in _ATTEMPTS:
        with pytest.raises(psycopg.Error) as error:
            session.execute(statement)
        assert not isinstance(error.value, psycopg.errors.SyntaxError), statement
    assert before == (
        hub.sql("SELECT count(*) FROM pg_class"), hub.sql("SELECT count(*) FROM pg_proc"), hub.sql(_ROLES),
    )  # fmt: skip


def test_the_hubs_own_role_reads_no_token_without_its_claim(session: Session) -> None:
    for statement in ("SELECT count(*) FROM token", "SELECT count(*) FROM rekap WHERE kode_kab = '53.15'", "SELECT count(*) FROM piramida_satuan",
                     "SELECT count(*) FROM buku_stok"):  # fmt: skip
        _become(session, "hub_sistem")
        assert session.execute(statement).fetchone() == (0,), statement
    assert session.execute("SELECT 1 FROM token FOR UPDATE").fetchall() == []
    take_role(session, "hub_sistem", "")
    assert session.execute("SELECT count(*) > 0 FROM token").fetchone() == (True,)
    with pytest.raises(REFUSED):  # names of people not even with it
        session.execute("SELECT count(*) FROM tagana")
    _become(session, "hub_sistem")
    for row_security in ("off", "on"):  # off: refused instead of filtered
        session.execute(f"SET row_security = {row_security}")
        with suppress(REFUSED):
            assert session.execute("SELECT count(*) FROM token").fetchone() == (0,)


def test_other_sessions_show_no_values(hub: Client, session: Session) -> None:
    """Claims and what is asked for travel as parameters: the text that the same login may see of others holds none."""
    with closing(psycopg.connect(login_url(hub.url))) as officer:
        claim = SIGNER.claim("hub_kabupaten", "53.14", officer.info.backend_pid, time.time() + 60)
        officer.execute(TAKE_ROLE, ("hub_kabupaten", claim))
        texts = [
            q
            for (q,) in session.execute(
                "SELECT query FROM pg_stat_activity WHERE pid = %s", (officer.info.backend_pid,)
            )
        ]
        assert texts
        assert "set_config" in texts[0]
        assert "53.14" not in texts[0]
        assert claim[:64] not in texts[0]


# ---------- inside an officer's transaction ----------


@pytest.fixture
def officer(hub: Client) -> Iterator[Session]:
    """A transaction of the officer of 53.14, as the hub begins it; it is not committed."""
    with closing(psycopg.connect(login_url(hub.url))) as conn:
        take_role(conn, "hub_kabupaten", "53.14")
        yield conn
        conn.rollback()


def test_an_officers_transaction_reaches_no_further_than_the_officer(officer: Session) -> None:
    ((own,),) = officer.execute("SELECT count(*) FROM tagana").fetchall()
    assert own == 1
    assert _draf(officer) == 0
    officer.execute("SELECT set_config('hub.wilayah', '53.15', true), set_config('hub.peran', 'hub_admin', true)")
    assert _draf(officer) == 0
    for role in ROLES:
        officer.execute("SELECT set_config('role', %s, true)", (role,))
        if role != "hub_sistem":
            assert _draf(officer) == 0, role
        if role not in ("hub_kabupaten", "hub_sistem"):
            assert officer.execute("SELECT count(*) FROM tagana").fetchone() == (0,), role
    assert officer.execute("SELECT count(*) FROM token").fetchone() == (0,)
    for taking in ("RESET ROLE", "SET ROLE hub_layanan"):
        officer.execute(taking)
        with pytest.raises(REFUSED), officer.transaction():
            officer.execute("SELECT 1 FROM token")


@pytest.mark.parametrize("role", ["hub_provinsi", "hub_admin", "hub_sistem"])
def test_an_officers_claim_writes_as_no_other_role(officer: Session, role: str) -> None:
    officer.execute("SELECT set_config('role', %s, true)", (role,))
    for statement in (
        "UPDATE rekap SET status = 'DISETUJUI'",
        "UPDATE sumber_daya SET nama = 'X'",
        "DELETE FROM wilayah",
        "DELETE FROM token",
    ):
        with pytest.raises(REFUSED), officer.transaction():
            officer.execute(statement)


def test_nothing_of_others_shows_through_a_condition(hub: Client, officer: Session) -> None:
    """A condition that fails on a row somebody may not see is not asked about it: row security comes first."""
    probe = "SELECT count(*) FROM {0} WHERE 1 / (CASE WHEN kode_kab = '53.15' AND {0}::text LIKE '%%2023%%' THEN 0 ELSE 1 END) = 1"
    for table in ("rekap", "rekap_nilai", "rekap_peristiwa"):  # whoever sees the draft is told of it
        with pytest.raises(psycopg.errors.DivisionByZero):
            hub.sql(probe.format(table))
    for table in ("rekap", "rekap_nilai", "rekap_peristiwa", "tagana", "rekap_riwayat"):
        seen = officer.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert officer.execute(probe.format(table)).fetchone() == seen, table


def test_changing_the_setting_within_a_statement_changes_nothing(officer: Session) -> None:
    """The claim was read from what cannot be changed to another sound one."""
    rows = officer.execute(
        "SELECT r.kode_kab FROM (SELECT set_config('hub.klaim', replace(current_setting('hub.klaim'), '53.14', '53.15'), true) "
        "UNION ALL SELECT set_config('hub.wilayah', '53.15', true)) s CROSS JOIN rekap r WHERE r.revisi_disetujui IS NULL"
    ).fetchall()
    assert [k for (k,) in rows if k != "53.14"] == []


def test_a_statement_does_not_become_two(hub: Client) -> None:
    """On the hub's own connections: else one caller could leave the next one a prepared statement of his."""

    async def attempt() -> None:
        db = Database(login_url(hub.url), 2)
        await db.open()
        try:
            for who in (PUBLIC, Actor(Role.KABUPATEN, "53.14", "uji")):
                async with db.as_actor(who) as conn:
                    await conn.execute("SELECT '%' AS persen")
                    with pytest.raises(psycopg.errors.SyntaxError, match="multiple commands"):
                        async with conn.transaction():
                            await conn.execute("SELECT 1; DEALLOCATE ALL")
        finally:
            await db.close()

    asyncio.run(attempt())


def test_nobody_dates_what_he_writes(hub: Client, officer: Session) -> None:
    """The time of a transaction stands where the owner alone writes: with one of his own the officer would overwrite without a trace."""
    for moment in ("1990-01-01T00:00:00Z", "x" * 64 + "|saat|1|1990-01-01", ""):
        officer.execute("SELECT set_config('hub.saat', %s, true)", (moment,))
        ((stamped, now),) = officer.execute("SELECT hub_saat(), clock_timestamp()").fetchall()
        assert abs((now - stamped).total_seconds()) < 60
        assert officer.execute("SELECT hub_saat()").fetchone() == (stamped,)
    borrowed = officer.execute("SELECT current_setting('hub.saat')").fetchone()
    with closing(psycopg.connect(login_url(hub.url))) as other:
        take_role(other, "hub_kabupaten", "53.14")
        other.execute("SELECT set_config('hub.saat', %s, true)", borrowed)
        ((own, now),) = other.execute("SELECT hub_saat(), now()").fetchall()
        assert own >= now, "a time of another transaction is none"


def test_a_ledger_is_opened_of_a_warehouse_that_there_is(officer: Session) -> None:
    officer.execute("SELECT hub_buka_buku_stok('36.01', gen_random_uuid())")
    officer.execute("RESET ROLE")
    take_role(officer, "hub_sistem", "")
    assert officer.execute("SELECT count(*) FROM buku_stok WHERE kode_kab = '36.01' AND urutan = 0").fetchone() == (0,)
