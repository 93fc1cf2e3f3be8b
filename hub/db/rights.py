"""What every table, function and login of the hub needs so that nothing is read or written without a claim.

Runs as the owner after the last migration, every time: what a later migration adds, a restored copy lacks or somebody
changed is put right, and where nothing is missing nothing is touched.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from hub.db.claims import ROLES, padded

OwnerConnection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ServiceLogin:
    """The login that the hub serves with. `password`: given to it when it is made; None: it gets none."""

    name: str
    password: str | None


def _once(condition: str) -> str:
    """A policy's condition in which the claim is asked for once a statement."""
    return (
        rf"regexp_replace(regexp_replace({condition}, 'hub_di_bawah\(([a-z_.]+)\)', 'hub_di_bawah(\1, (SELECT hub_wilayah()))', 'g'), "
        r"'hub_jangkau\(([a-z_.]+)\)', 'hub_jangkau(\1, (SELECT hub_lingkup()))', 'g')"
    )


# Tables of ours. Everybody reads the public ones; the others have row security. A kabupaten or province sees beyond the public
# by its region, which only a claim gives (hub_wilayah), the administrator and the hub itself by the claim alone: `klaim`,
# `sistem`. What even the administrator may not see (names of people: 0014_sdm) the hub's own work does not see either. Nobody
# writes without a claim: by a trigger, because COPY knows no row security, and a policy would keep the planner of those who
# read from the indexes of geometries and likeness.
_TABLE_RIGHTS = f"""
DO $$
DECLARE
  t record;
  k record;
  terbuka boolean;
  nama_orang boolean;
BEGIN
  FOR t IN
    SELECT c.oid, c.oid::regclass AS nama, c.relrowsecurity AS berpagar FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname NOT IN ('alembic_version', 'kunci_peran')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  LOOP
    nama_orang := EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polpermissive)
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polpermissive
        AND (p.polroles = '{{0}}' OR 'hub_admin'::regrole = ANY(p.polroles)));
    IF NOT nama_orang AND NOT has_table_privilege('hub_sistem', t.oid, 'SELECT') THEN
      EXECUTE format('GRANT SELECT ON %s TO hub_sistem', t.nama);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgname = 'klaim') THEN
      EXECUTE format('CREATE TRIGGER klaim BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION hub_wajib_klaim()', t.nama);
    END IF;
    IF NOT t.berpagar AND NOT has_any_column_privilege('hub_publik', t.oid, 'SELECT') THEN
      EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t.nama);
      t.berpagar := true;
    END IF;
    IF t.berpagar THEN
      terbuka := EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polcmd IN ('r', '*') AND p.polpermissive
        AND (p.polroles = '{{0}}' OR 'hub_publik'::regrole = ANY(p.polroles)) AND pg_get_expr(p.polqual, t.oid) = 'true');
      IF NOT nama_orang AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'sistem') THEN
        EXECUTE format('CREATE POLICY sistem ON %s TO hub_sistem USING ((SELECT hub_klaim_sah())) '
          'WITH CHECK ((SELECT hub_klaim_sah()))', t.nama);
      END IF;
      IF NOT terbuka AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'klaim') THEN
        EXECUTE format('CREATE POLICY klaim ON %s AS RESTRICTIVE FOR SELECT TO hub_admin '
          'USING ((SELECT hub_klaim_sah()))', t.nama);
      END IF;
    END IF;
  END LOOP;
  -- within a policy the claim is looked at once a statement, not once a row
  FOR k IN SELECT * FROM pg_policies WHERE schemaname = 'public' AND concat(qual, ' ', with_check) ~ 'hub_(di_bawah|jangkau)\\([a-z_.]+\\)' LOOP
    EXECUTE format('ALTER POLICY %I ON %I', k.policyname, k.tablename)
      || coalesce(' USING (' || {_once("k.qual")} || ')', '') || coalesce(' WITH CHECK (' || {_once("k.with_check")} || ')', '');
  END LOOP;
END $$;
"""

# Our functions are for our roles; those of triggers for nobody, or they could be hung on another table.
_FUNCTION_RIGHTS = f"""
DO $$
DECLARE f record;
BEGIN
  FOR f IN
    SELECT p.oid::regprocedure AS nama, p.prorettype = 'trigger'::regtype AS pemicu FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege('public', p.oid, 'EXECUTE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.nama);
    IF NOT f.pemicu THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {", ".join(ROLES)}', f.nama);
    END IF;
  END LOOP;
END $$;
"""

# Nobody makes anything in this database but its owner, not even tables that pass: they would stand before ours.
_CREATION_RIGHTS = """
DO $$
BEGIN
  IF has_schema_privilege('public', 'public', 'CREATE') THEN
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  END IF;
  IF has_database_privilege('public', current_database(), 'TEMPORARY') THEN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  END IF;
  IF NOT has_table_privilege('hub_sistem', 'alembic_version', 'SELECT') THEN
    GRANT SELECT ON alembic_version TO hub_sistem;
  END IF;
END $$;
"""

# Only a superuser may take these from everybody: to make large objects, and to end what others of the same login do.
_SUPERUSER_FUNCTIONS = ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)", "pg_cancel_backend(integer)",
           "pg_terminate_backend(integer, bigint)")  # fmt: skip


def secure(conn: OwnerConnection, key: bytes, service: ServiceLogin | None) -> None:
    """Put the key, the rights and the login in order, within the caller's transaction."""
    inner, outer = padded(key)
    conn.execute(
        "INSERT INTO kunci_peran AS k (dalam, luar) VALUES (%s, %s) ON CONFLICT (satu) DO UPDATE "
        "SET dalam = excluded.dalam, luar = excluded.luar WHERE (k.dalam, k.luar) <> (excluded.dalam, excluded.luar)",
        (inner, outer),
    )
    for statement in (_TABLE_RIGHTS, _FUNCTION_RIGHTS, _CREATION_RIGHTS):
        conn.execute(statement)
    if _single_value(conn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") and (
        closing_sql := closing(conn)
    ):
        conn.execute(closing_sql)
    if service is not None:
        _login(conn, service)


def closing(conn: OwnerConnection) -> str | None:
    """The SQL that takes from everybody what only a superuser takes; None where nobody has it any more."""
    still_open = [
        f
        for f in _SUPERUSER_FUNCTIONS
        if _single_value(conn, "SELECT has_function_privilege('public', %s, 'EXECUTE')", f"pg_catalog.{f}")
    ]
    return f"REVOKE EXECUTE ON FUNCTION {', '.join(still_open)} FROM PUBLIC;" if still_open else None


def _login(conn: OwnerConnection, service: ServiceLogin) -> None:
    name = sql.Identifier(service.name)
    if not _single_value(conn, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", service.name):
        conn.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT{}").format(name, _password_clause(conn, service)))
    elif _single_value(conn, "SELECT rolinherit FROM pg_roles WHERE rolname = %s", service.name):
        conn.execute(sql.SQL("ALTER ROLE {} NOINHERIT").format(name))
    for role in ROLES:
        is_member, inherits = conn.execute(
            "SELECT pg_has_role(%s, %s, 'MEMBER'), pg_has_role(%s, %s, 'USAGE')",
            (service.name, role, service.name, role),
        ).fetchone() or (False, False)
        if not is_member or inherits:
            # since PostgreSQL 16 each membership says by itself what it passes on
            without_inherit = sql.SQL(" WITH INHERIT FALSE, SET TRUE" if conn.info.server_version >= 160_000 else "")
            conn.execute(sql.SQL("GRANT {} TO {}{}").format(sql.Identifier(role), name, without_inherit))
    if not _single_value(conn, "SELECT has_database_privilege(%s, current_database(), 'CONNECT')", service.name):
        database = sql.Identifier(conn.info.dbname)
        conn.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name))


def _password_clause(conn: OwnerConnection, service: ServiceLogin) -> sql.Composable:
    """The clause that gives the password, hashed here: it stands in no log of the server."""
    if service.password is None:
        return sql.SQL("")
    hash_ = conn.pgconn.encrypt_password(service.password.encode(), service.name.encode(), b"scram-sha-256")
    return sql.SQL(" PASSWORD {}").format(sql.Literal(hash_.decode()))


def _single_value(conn: OwnerConnection, statement: str, *nilai: object) -> Any:
    row = conn.execute(statement, nilai).fetchone()
    return row[0] if row else None
