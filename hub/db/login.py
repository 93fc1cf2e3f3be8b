"""The login that the hub serves with: whether it is as plain as it has to be, and what to do when it is not."""

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hub.base.errors import SetupError
from hub.db.claims import ROLES, SYSTEM
from hub.db.connections import connect
from hub.db.database import connection_message
from hub.db.rights import ServiceLogin

UNREADABLE = "{} tidak dapat dibaca; bentuknya postgresql://pengguna:sandi@server:5432/basisdata."

_CREATE = "  CREATE ROLE hub_layanan LOGIN NOINHERIT PASSWORD '…';"
_GRANT = f"  GRANT {', '.join(ROLES)} TO hub_layanan;"  # migrating makes these roles, and gives them too

# what a login may not be, in the order in which the statement says whether it is
_TOO_MUCH_POWER = (
    "pengelola server (superuser)",
    "boleh melewati keamanan baris (BYPASSRLS)",
    "boleh membuat peran (CREATEROLE)",
    "boleh membuat basis data (CREATEDB)",
    "boleh menyalin server (REPLICATION)",
    "memiliki isi basis data",
)
# and last of what other roles it is a member; a superuser is of all
_POWERS = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
  EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass
    AND d.refobjid = r.oid AND d.deptype = 'o' AND (d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())))),
  CASE WHEN NOT r.rolsuper THEN (SELECT string_agg(l.rolname, ', ' ORDER BY l.rolname) FROM pg_roles l
    WHERE l.oid <> r.oid AND l.rolname <> ALL(%(hub)s) AND pg_has_role(r.oid, l.oid, 'MEMBER')) END
FROM pg_roles r WHERE r.rolname = %(peran)s
"""


def login_of(url: str) -> ServiceLogin:
    """The login an address names. Its password may come beside the address (PGPASSWORD). Raises SetupError."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise SetupError(UNREADABLE.format("HUB_DATABASE_URL")) from None
    user = parts.get("user") or os.environ.get("PGUSER")
    if not user:
        raise SetupError("HUB_DATABASE_URL harus menyebut pengguna: postgresql://pengguna@server:5432/basisdata.")
    password = parts.get("password") or os.environ.get("PGPASSWORD")
    return ServiceLogin(str(user), str(password) if password else None)


def with_password(url: str, password: str) -> str:
    """The owner's address with its password in it. Raises SetupError."""
    try:
        return make_conninfo(url, password=password)
    except psycopg.ProgrammingError:
        raise SetupError(UNREADABLE.format("HUB_DATABASE_URL_PEMILIK")) from None


def check_plain(conn: psycopg.Connection[Any], role: str) -> None:
    """Raises SetupError with the SQL that makes another login, when this one has more rights than the hub serves with."""
    reasons = _too_powerful(conn, role)
    if reasons:
        present = conn.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", (list(ROLES),)).fetchone()
        raise SetupError(
            f'HUB_DATABASE_URL memakai peran "{role}" ({"; ".join(reasons)}), padahal hub melayani hanya dengan peran yang tidak '
            "berkuasa dan tidak memiliki apa-apa. Setel HUB_DATABASE_URL_PEMILIK ke alamat pemilik basis data, buat peran lain "
            "seperti di bawah ini (atau biarkan hub migrate membuatnya) dan sebut peran itu dalam HUB_DATABASE_URL"
            + (
                f":\n{_CREATE}\n{_GRANT}"
                if present == (len(ROLES),)
                else f", lalu jalankan hub migrate, yang memberinya haknya:\n{_CREATE}"
            )
        )


def _too_powerful(conn: psycopg.Connection[Any], role: str) -> list[str]:
    """Why it is not plain, in the words of the sentence."""
    row = conn.execute(_POWERS, {"hub": list(ROLES), "peran": role}).fetchone()
    if row is None:
        return []
    *powers, others = row
    reasons = [words for words, so in zip(_TOO_MUCH_POWER, powers, strict=True) if so]
    return [*reasons, f"anggota peran lain: {others}"] if others else reasons


def check_login(url: str, newest: str) -> None:
    """Raises SetupError when the hub cannot serve with that address: too many rights, or a database that is not at
    revision `newest`."""
    try:
        with connect(url, connect_timeout=10) as conn:
            check_plain(conn, conn.info.user)
            current = _revision(conn)
    except psycopg.ProgrammingError as error:
        if error.sqlstate is None:  # no server has seen it
            raise SetupError(UNREADABLE.format("HUB_DATABASE_URL")) from None
        raise
    except psycopg.OperationalError as error:
        raise SetupError(connection_message(error)) from None
    if current != newest:
        raise SetupError(
            f"Basis data {f'pada revisi {current}' if current else 'belum disiapkan'}, sedangkan hub ini memerlukan revisi {newest}; "
            "jalankan hub migrate dengan HUB_DATABASE_URL_PEMILIK (alamat pemilik basis data), lalu ulangi."
        )


def _revision(conn: psycopg.Connection[Any]) -> str | None:
    """The revision of the database, as far as this login may know; None: there is none, or nobody gave it the roles."""
    try:
        conn.execute(f"SET ROLE {SYSTEM}")
        row = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable):
        return None
    return str(row[0]) if row else None
