"""The login that the hub serves with: whether it is as plain as it has to be, and what to do when it is not."""

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hub.base.errors import PenyiapanError
from hub.db.connections import connect
from hub.db.database import pesan_koneksi
from hub.db.klaim import PERAN, SISTEM
from hub.db.rights import Layanan

TAK_TERBACA = "{} tidak dapat dibaca; bentuknya postgresql://pengguna:sandi@server:5432/basisdata."

_BUAT = "  CREATE ROLE hub_layanan LOGIN NOINHERIT PASSWORD '…';"
_BERI = f"  GRANT {', '.join(PERAN)} TO hub_layanan;"  # migrating makes these roles, and gives them too

# what a login may not be: (why, in the words of the sentence; whether it is so)
_TERLALU_KUASA = """
SELECT alasan FROM pg_roles r CROSS JOIN LATERAL (VALUES
  ('pengelola server (superuser)', r.rolsuper),
  ('boleh melewati keamanan baris (BYPASSRLS)', r.rolbypassrls),
  ('boleh membuat peran (CREATEROLE)', r.rolcreaterole),
  ('boleh membuat basis data (CREATEDB)', r.rolcreatedb),
  ('boleh menyalin server (REPLICATION)', r.rolreplication),
  ('memiliki isi basis data', EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass
    AND d.refobjid = r.oid AND d.deptype = 'o' AND (d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))))),
  ('anggota peran lain: ' || (SELECT string_agg(l.rolname, ', ' ORDER BY l.rolname) FROM pg_roles l
    WHERE l.oid <> r.oid AND l.rolname <> ALL(%(hub)s) AND pg_has_role(r.oid, l.oid, 'MEMBER')), NOT r.rolsuper)
) a(alasan, ada) WHERE r.rolname = %(peran)s AND ada AND alasan IS NOT NULL
"""


def login_of(url: str) -> Layanan:
    """The login an address names. Its password may come beside the address (PGPASSWORD). Raises PenyiapanError."""
    try:
        isi = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise PenyiapanError(TAK_TERBACA.format("HUB_DATABASE_URL")) from None
    nama = isi.get("user") or os.environ.get("PGUSER")
    if not nama:
        raise PenyiapanError("HUB_DATABASE_URL harus menyebut pengguna: postgresql://pengguna@server:5432/basisdata.")
    sandi = isi.get("password") or os.environ.get("PGPASSWORD")
    return Layanan(str(nama), str(sandi) if sandi else None)


def with_password(url: str, sandi: str) -> str:
    """The owner's address with its password in it. Raises PenyiapanError."""
    try:
        return make_conninfo(url, password=sandi)
    except psycopg.ProgrammingError:
        raise PenyiapanError(TAK_TERBACA.format("HUB_DATABASE_URL_PEMILIK")) from None


def check_plain(conn: psycopg.Connection[Any], peran: str) -> None:
    """Raises PenyiapanError with the SQL that makes another login, when this one has more rights than the hub serves with."""
    alasan = [a for (a,) in conn.execute(_TERLALU_KUASA, {"hub": list(PERAN), "peran": peran})]
    if alasan:
        ada = conn.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", (list(PERAN),)).fetchone()
        raise PenyiapanError(
            f'HUB_DATABASE_URL memakai peran "{peran}" ({"; ".join(alasan)}), padahal hub melayani hanya dengan peran yang tidak '
            "berkuasa dan tidak memiliki apa-apa. Setel HUB_DATABASE_URL_PEMILIK ke alamat pemilik basis data, buat peran lain "
            "seperti di bawah ini (atau biarkan hub migrate membuatnya) dan sebut peran itu dalam HUB_DATABASE_URL"
            + (
                f":\n{_BUAT}\n{_BERI}"
                if ada == (len(PERAN),)
                else f", lalu jalankan hub migrate, yang memberinya haknya:\n{_BUAT}"
            )
        )


def check_login(url: str, kepala: str) -> None:
    """Raises PenyiapanError when the hub cannot serve with that address: too many rights, or a database that is not at
    revision `kepala`."""
    try:
        with connect(url, connect_timeout=10) as conn:
            check_plain(conn, conn.info.user)
            kini = _revision(conn)
    except psycopg.ProgrammingError as error:
        if error.sqlstate is None:  # no server has seen it
            raise PenyiapanError(TAK_TERBACA.format("HUB_DATABASE_URL")) from None
        raise
    except psycopg.OperationalError as error:
        raise PenyiapanError(pesan_koneksi(error)) from None
    if kini != kepala:
        raise PenyiapanError(
            f"Basis data {f'pada revisi {kini}' if kini else 'belum disiapkan'}, sedangkan hub ini memerlukan revisi {kepala}; "
            "jalankan hub migrate dengan HUB_DATABASE_URL_PEMILIK (alamat pemilik basis data), lalu ulangi."
        )


def _revision(conn: psycopg.Connection[Any]) -> str | None:
    """The revision of the database, as far as this login may know; None: there is none, or nobody gave it the roles."""
    try:
        conn.execute(f"SET ROLE {SISTEM}")
        baris = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable):
        return None
    return str(baris[0]) if baris else None
