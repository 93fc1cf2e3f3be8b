"""What every table, function and login of the hub needs so that nothing is read or written without a claim.

Runs as the owner after the last migration, every time: what a later migration adds, a restored copy lacks or somebody
changed is put right, and where nothing is missing nothing is touched.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from hub.db.klaim import PERAN, padded

Pemilik = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Layanan:
    """The login that the hub serves with. `sandi`: given to it when it is made; None: it gets none."""

    nama: str
    sandi: str | None


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
_TABEL = f"""
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
_FUNGSI = f"""
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
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {", ".join(PERAN)}', f.nama);
    END IF;
  END LOOP;
END $$;
"""

# Nobody makes anything in this database but its owner, not even tables that pass: they would stand before ours.
_RUANG = """
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
_BAWAAN = ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)", "pg_cancel_backend(integer)",
           "pg_terminate_backend(integer, bigint)")  # fmt: skip


def secure(conn: Pemilik, kunci: bytes, layanan: Layanan | None) -> None:
    """Put the key, the rights and the login in order, within the caller's transaction."""
    dalam, luar = padded(kunci)
    conn.execute(
        "INSERT INTO kunci_peran AS k (dalam, luar) VALUES (%s, %s) ON CONFLICT (satu) DO UPDATE "
        "SET dalam = excluded.dalam, luar = excluded.luar WHERE (k.dalam, k.luar) <> (excluded.dalam, excluded.luar)",
        (dalam, luar),
    )
    for perintah in (_TABEL, _FUNGSI, _RUANG):
        conn.execute(perintah)
    if _satu(conn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") and (tutup := closing(conn)):
        conn.execute(tutup)
    if layanan is not None:
        _login(conn, layanan)


def closing(conn: Pemilik) -> str | None:
    """The SQL that takes from everybody what only a superuser takes; None where nobody has it any more."""
    terbuka = [
        f for f in _BAWAAN if _satu(conn, "SELECT has_function_privilege('public', %s, 'EXECUTE')", f"pg_catalog.{f}")
    ]
    return f"REVOKE EXECUTE ON FUNCTION {', '.join(terbuka)} FROM PUBLIC;" if terbuka else None


def _login(conn: Pemilik, layanan: Layanan) -> None:
    nama = sql.Identifier(layanan.nama)
    if not _satu(conn, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", layanan.nama):
        conn.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT{}").format(nama, _sandi(conn, layanan)))
    elif _satu(conn, "SELECT rolinherit FROM pg_roles WHERE rolname = %s", layanan.nama):
        conn.execute(sql.SQL("ALTER ROLE {} NOINHERIT").format(nama))
    for peran in PERAN:
        anggota, mewarisi = conn.execute(
            "SELECT pg_has_role(%s, %s, 'MEMBER'), pg_has_role(%s, %s, 'USAGE')",
            (layanan.nama, peran, layanan.nama, peran),
        ).fetchone() or (False, False)
        if not anggota or mewarisi:
            # since PostgreSQL 16 each membership says by itself what it passes on
            tanpa = sql.SQL(" WITH INHERIT FALSE, SET TRUE" if conn.info.server_version >= 160_000 else "")
            conn.execute(sql.SQL("GRANT {} TO {}{}").format(sql.Identifier(peran), nama, tanpa))
    if not _satu(conn, "SELECT has_database_privilege(%s, current_database(), 'CONNECT')", layanan.nama):
        basis = sql.Identifier(conn.info.dbname)
        conn.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(basis, nama))


def _sandi(conn: Pemilik, layanan: Layanan) -> sql.Composable:
    """The clause that gives the password, hashed here: it stands in no log of the server."""
    if layanan.sandi is None:
        return sql.SQL("")
    hash_ = conn.pgconn.encrypt_password(layanan.sandi.encode(), layanan.nama.encode(), b"scram-sha-256")
    return sql.SQL(" PASSWORD {}").format(sql.Literal(hash_.decode()))


def _satu(conn: Pemilik, perintah: str, *nilai: object) -> Any:
    baris = conn.execute(perintah, nilai).fetchone()
    return baris[0] if baris else None
