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
from hub.base.kunci_peran import role_key
from hub.base.settings import baca_settings
from hub.db.connections import connect
from hub.db.database import pesan_koneksi
from hub.db.login import TAK_TERBACA, check_plain
from hub.db.rights import Layanan, closing, secure

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


def migrate(
    url: str, tujuan: str = "head", *, kunci: bytes | None = None, layanan: Layanan | None = None
) -> tuple[str | None, str | None]:
    """Migrate to `tujuan` ("head", "base" or a revision), as the database's owner. Returns the revisions before and after.

    At the newest revision the rights are put in order too (hub/db/rights.py). `kunci`: what claims are signed with; None:
    this hub's own, by its settings. `layanan`: the login the hub is to serve with. Raises PenyiapanError in one plain sentence: no connection, no PostGIS, too few rights.
    """
    # psycopg reads the address itself, so every form it knows is taken (postgres://, keyword=value)
    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(url), poolclass=NullPool)
    config = _config()
    try:
        with engine.connect() as koneksi, koneksi.begin():
            koneksi.execute(text("SELECT pg_advisory_xact_lock(:kunci)"), {"kunci": _KUNCI})
            sebelum = _kini(koneksi.connection.driver_connection)
            if tujuan != "head" or sebelum != kepala():
                config.attributes["koneksi"] = koneksi
                if tujuan == "base":
                    command.downgrade(config, "base")
                else:
                    command.upgrade(config, tujuan)
            pemilik = koneksi.connection.driver_connection
            sesudah = _kini(pemilik)
            if sesudah == kepala():
                _amankan(pemilik, kunci, layanan)
            return sebelum, sesudah
    except psycopg.errors.InsufficientPrivilege as salah:
        raise _kurang_hak(salah) from None
    except CommandError:
        raise PenyiapanError(f'Tidak ada revisi "{tujuan}"; yang terbaru {kepala()}.') from None
    except DBAPIError as salah:
        asal = salah.orig
        if isinstance(asal, psycopg.ProgrammingError) and asal.sqlstate is None:  # no server has seen it
            raise PenyiapanError(TAK_TERBACA.format("HUB_DATABASE_URL_PEMILIK")) from None
        if isinstance(asal, psycopg.errors.FeatureNotSupported | psycopg.errors.UndefinedFile):
            raise PenyiapanError(
                "Server basis data belum memiliki PostGIS; pasang paketnya di server itu "
                "(Debian: apt-get install postgresql-postgis), lalu jalankan lagi."
            ) from None
        if isinstance(asal, psycopg.errors.InsufficientPrivilege):
            raise _kurang_hak(asal) from None
        if isinstance(asal, psycopg.OperationalError):
            raise PenyiapanError(pesan_koneksi(asal, "HUB_DATABASE_URL_PEMILIK")) from None
        raise
    finally:
        engine.dispose()


def for_the_administrator(url: str) -> str | None:
    """What the database's owner may not do himself, as SQL for the server's administrator; None: nothing is left. `url`: as the
    owner."""
    with connect(url) as conn:
        return closing(conn)


def _amankan(koneksi: object, kunci: bytes | None, layanan: Layanan | None) -> None:
    assert isinstance(koneksi, psycopg.Connection)
    if layanan is not None:
        check_plain(koneksi, layanan.nama)
    secure(koneksi, kunci or role_key(baca_settings()), layanan)


def _kurang_hak(salah: psycopg.Error) -> PenyiapanError:
    return PenyiapanError(
        f"Pengguna basis data kurang hak untuk menyiapkan hub ({str(salah).strip()}). Jadikan ia pemilik basis data itu "
        "(ALTER DATABASE … OWNER TO …), beri hak CREATEROLE dan pasang ekstensi postgis dan pg_trgm sebagai pengelola server, "
        "lalu jalankan lagi."
    )


def _kini(koneksi: object) -> str | None:
    assert isinstance(koneksi, psycopg.Connection)
    if koneksi.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
        return None
    baris = koneksi.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(baris[0]) if baris else None
