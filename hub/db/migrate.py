"""Bring a database to this version of the hub, or back. One process at a time; each run is one transaction."""

from functools import cache
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from hub.base.errors import SetupError
from hub.base.role_key import role_key
from hub.base.settings import read_settings
from hub.db.connections import connect
from hub.db.database import connection_message
from hub.db.login import UNREADABLE, check_plain
from hub.db.rights import ServiceLogin, closing, secure

_LOCK_KEY = 0x68756264  # advisory lock: "hubd"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@cache
def newest_revision() -> str:
    """The newest revision this program knows. Read once: each reading loads every migration there is, and a command asks thrice."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise SetupError("Berkas migrasi tidak ditemukan; pasang ulang hub.")
    return revision


def migrate(
    url: str, target: str = "head", *, key: bytes | None = None, service: ServiceLogin | None = None
) -> tuple[str | None, str | None]:
    """Migrate to `target` ("head", "base" or a revision), as the database's owner. Returns the revisions before and after.

    At the newest revision the rights are put in order too (hub/db/rights.py). `key`: what claims are signed with; None:
    this hub's own, by its settings. `service`: the login the hub is to serve with. Raises SetupError in one plain sentence: no connection, no PostGIS, too few rights.
    """
    # psycopg reads the address itself, so every form it knows is taken (postgres://, keyword=value)
    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(url), poolclass=NullPool)
    config = _config()
    try:
        with engine.connect() as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:kunci)"), {"kunci": _LOCK_KEY})
            before = _current_revision(connection.connection.driver_connection)
            if target != "head" or before != newest_revision():
                config.attributes["koneksi"] = connection
                if target == "base":
                    command.downgrade(config, "base")
                else:
                    command.upgrade(config, target)
            owner = connection.connection.driver_connection
            after = _current_revision(owner)
            if after == newest_revision():
                _put_rights_in_order(owner, key, service)
            return before, after
    except psycopg.errors.InsufficientPrivilege as error:
        raise _too_few_rights(error) from None
    except CommandError:
        raise SetupError(f'Tidak ada revisi "{target}"; yang terbaru {newest_revision()}.') from None
    except DBAPIError as error:
        original = error.orig
        if isinstance(original, psycopg.ProgrammingError) and original.sqlstate is None:  # no server has seen it
            raise SetupError(UNREADABLE.format("HUB_DATABASE_URL_PEMILIK")) from None
        if isinstance(original, psycopg.errors.FeatureNotSupported | psycopg.errors.UndefinedFile):
            raise SetupError(
                "Server basis data belum memiliki PostGIS; pasang paketnya di server itu "
                "(Debian: apt-get install postgresql-postgis), lalu jalankan lagi."
            ) from None
        if isinstance(original, psycopg.errors.InsufficientPrivilege):
            raise _too_few_rights(original) from None
        if isinstance(original, psycopg.OperationalError):
            raise SetupError(connection_message(original, "HUB_DATABASE_URL_PEMILIK")) from None
        raise
    finally:
        engine.dispose()


def for_the_administrator(url: str) -> str | None:
    """What the database's owner may not do himself, as SQL for the server's administrator; None: nothing is left. `url`: as the
    owner."""
    with connect(url) as conn:
        return closing(conn)


def _put_rights_in_order(connection: object, key: bytes | None, service: ServiceLogin | None) -> None:
    assert isinstance(connection, psycopg.Connection)
    if service is not None:
        check_plain(connection, service.name)
    secure(connection, key or role_key(read_settings()), service)


def _too_few_rights(error: psycopg.Error) -> SetupError:
    return SetupError(
        f"Pengguna basis data kurang hak untuk menyiapkan hub ({str(error).strip()}). Jadikan ia pemilik basis data itu "
        "(ALTER DATABASE … OWNER TO …), beri hak CREATEROLE dan pasang ekstensi postgis dan pg_trgm sebagai pengelola server, "
        "lalu jalankan lagi."
    )


def _current_revision(connection: object) -> str | None:
    assert isinstance(connection, psycopg.Connection)
    if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
