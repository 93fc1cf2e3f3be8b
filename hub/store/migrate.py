"""Bring a database to this version of the hub, or back. One process at a time; each run is one transaction."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from hub.base.errors import PenyiapanError
from hub.store.connections import connect
from hub.store.database import pesan_koneksi

_KUNCI = 0x68756264  # advisory lock: "hubd"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def kepala() -> str:
    """The newest revision this program knows."""
    revisi = ScriptDirectory.from_config(_config()).get_current_head()
    if revisi is None:
        raise PenyiapanError("Berkas migrasi tidak ditemukan; pasang ulang hub.")
    return revisi


def migrate(url: str, tujuan: str = "head") -> tuple[str | None, str | None]:
    """Migrate to `tujuan` ("head", "base" or a revision). Returns the revisions before and after.

    Raises PenyiapanError in one plain sentence: no connection, no PostGIS, too few rights.
    """
    # psycopg reads the address itself, so every form it knows is taken (postgres://, keyword=value)
    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(url), poolclass=NullPool)
    config = _config()
    try:
        with engine.connect() as koneksi, koneksi.begin():
            koneksi.execute(text("SELECT pg_advisory_xact_lock(:kunci)"), {"kunci": _KUNCI})
            sebelum = _kini(koneksi.connection.driver_connection)
            if tujuan == "head" and sebelum == kepala():
                return sebelum, sebelum
            config.attributes["koneksi"] = koneksi
            if tujuan == "base":
                command.downgrade(config, "base")
            else:
                command.upgrade(config, tujuan)
            return sebelum, _kini(koneksi.connection.driver_connection)
    except CommandError:
        raise PenyiapanError(f'Tidak ada revisi "{tujuan}"; yang terbaru {kepala()}.') from None
    except DBAPIError as salah:
        asal = salah.orig
        if isinstance(asal, psycopg.ProgrammingError) and asal.sqlstate is None:  # no server has seen it
            raise PenyiapanError(
                "HUB_DATABASE_URL tidak dapat dibaca; bentuknya postgresql://pengguna:sandi@server:5432/basisdata."
            ) from None
        if isinstance(asal, psycopg.errors.FeatureNotSupported | psycopg.errors.UndefinedFile):
            raise PenyiapanError(
                "Server basis data belum memiliki PostGIS; pasang paketnya di server itu "
                "(Debian: apt-get install postgresql-postgis), lalu jalankan lagi."
            ) from None
        if isinstance(asal, psycopg.errors.InsufficientPrivilege):
            raise PenyiapanError(
                f"Pengguna basis data kurang hak untuk menyiapkan hub ({str(asal).strip()}). Beri hak CREATEROLE dan "
                "pasang ekstensi postgis dan pg_trgm sebagai pengelola server, lalu jalankan lagi."
            ) from None
        if isinstance(asal, psycopg.OperationalError):
            raise PenyiapanError(pesan_koneksi(asal)) from None
        raise
    finally:
        engine.dispose()


def _kini(koneksi: object) -> str | None:
    assert isinstance(koneksi, psycopg.Connection)
    if koneksi.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
        return None
    baris = koneksi.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(baris[0]) if baris else None
