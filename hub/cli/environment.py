"""What every command stands on: settings, a database that answers and is migrated, and a plain sentence when not."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NoReturn, TypeVar

from rich.console import Console
from rich.text import Text

from hub.base.errors import HubError, MasukanTidakSahError
from hub.base.settings import Settings, baca_settings
from hub.services.katalog_install import install_katalog
from hub.store.database import Database
from hub.store.migrate import migrate
from hub.store.private_cluster import PrivateCluster
from seeds.katalog_toml import baca_katalog

T = TypeVar("T")

# messages carry names of files, people and columns: never read as markup
LAYAR = Console(stderr=True, highlight=False, markup=False, emoji=False)
_DATABASE = "hub"
# what the driver notes of connections that ended is for programmers; what it means to the command is said by its sentence
logging.getLogger("psycopg").addHandler(logging.NullHandler())


@contextmanager
def database(settings: Settings) -> Iterator[tuple[str, PrivateCluster | None]]:
    """The address of a migrated database: HUB_DATABASE_URL, or the private cluster, held while in use."""
    if settings.database_url is not None:
        migrate(settings.database_url)
        yield settings.database_url, None
        return
    klaster = PrivateCluster(settings.home / "pg")
    klaster.use()
    try:
        klaster.ensure_database(_DATABASE)
        url = klaster.url(_DATABASE)
        migrate(url)
        yield url, klaster
    finally:
        klaster.release()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """A migrated database with the catalogue of this version in force, for one command."""
    with database(settings) as (url, _):
        db = Database(url, 4, 600_000, settings.zona)
        await db.open()
        try:
            await install_katalog(db, baca_katalog())
            yield db
        finally:
            await db.close()


def run(kerja: Coroutine[Any, Any, T]) -> T:
    """Run a command's work; an expected failure ends the program with its sentence and exit code 1."""
    try:
        return asyncio.run(kerja)
    except HubError as salah:
        berhenti(salah)
    except OSError as salah:  # a folder where a file belongs, no right to read or write it, a full disk
        berhenti(MasukanTidakSahError(f"{salah.filename or 'Berkas'}: {salah.strerror or salah}."))


def settings_or_stop() -> Settings:
    try:
        return baca_settings()
    except HubError as salah:
        berhenti(salah)


def berhenti(salah: HubError) -> NoReturn:
    peringatkan("Gagal:", salah.pesan)
    sys.exit(1)


def peringatkan(awalan: str, pesan: str) -> None:
    LAYAR.print(Text.assemble((awalan, "red"), " ", pesan), soft_wrap=True)
