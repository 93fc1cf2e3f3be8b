"""What every command stands on: settings, a database that answers and is migrated, and a plain sentence when not."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple, NoReturn, TypeVar

from rich.console import Console
from rich.text import Text

from hub.base.errors import HubError, MasukanTidakSahError, PenyiapanError
from hub.base.kunci_peran import role_key
from hub.base.settings import Settings, baca_settings
from hub.db.database import Database
from hub.db.login import check_login, login_of, with_password
from hub.db.migrate import for_the_administrator, kepala, migrate
from hub.db.private_cluster import LAYANAN, PrivateCluster
from hub.db.rights import Layanan
from hub.katalog.install import install_katalog
from seeds.katalog_toml import baca_katalog

T = TypeVar("T")

# messages carry names of files, people and columns: never read as markup
LAYAR = Console(stderr=True, highlight=False, markup=False, emoji=False)
_DATABASE = "hub"
# what the driver notes of connections that ended is for programmers; what it means to the command is said by its sentence
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Alamat(NamedTuple):
    """Where the database is. `pemilik`: as its owner, who migrates; None: we are not told. `layanan`: as the login to serve
    with. `klaster`: the private cluster, held while in use."""

    pemilik: str | None
    layanan: str
    klaster: PrivateCluster | None = None

    def migrate(self, settings: Settings, tujuan: str = "head") -> str | None:
        """Migrate as the owner and make the login. Returns the revision reached. Raises PenyiapanError."""
        if self.pemilik is None:
            check_login(self.layanan, kepala())
            raise PenyiapanError("hub migrate memerlukan HUB_DATABASE_URL_PEMILIK: alamat pemilik basis data.")
        login = login_of(self.layanan)
        if self.klaster is not None:
            login = Layanan(LAYANAN, self.klaster.password(LAYANAN))
        return migrate(self.pemilik, tujuan, kunci=role_key(settings), layanan=login)[1]

    def left_open(self) -> str | None:
        """What an owner who is no superuser leaves to the server's administrator, in a sentence and its SQL."""
        perintah = None if self.pemilik is None else for_the_administrator(self.pemilik)
        return perintah and (
            "di basis data ini peran apa pun, juga peran yang dipakai hub melayani, masih boleh membuat berkas besar atau memutus "
            f"kerja sambungan lain. Minta pengelola server (superuser) menjalankan di basis data ini:\n  {perintah}"
        )


@contextmanager
def addresses(settings: Settings) -> Iterator[Alamat]:
    """HUB_DATABASE_URL and its owner's, or those of the private cluster, which holds a database of ours then."""
    if settings.database_url is not None:
        pemilik = settings.database_url_pemilik
        if pemilik is not None and settings.sandi_pemilik is not None:
            pemilik = with_password(pemilik, settings.sandi_pemilik.get_secret_value())
        yield Alamat(pemilik, settings.database_url)
        return
    klaster = PrivateCluster(settings.home / "pg")
    klaster.use()
    try:
        klaster.ensure_database(_DATABASE)
        yield Alamat(klaster.url(_DATABASE), klaster.url(_DATABASE, LAYANAN), klaster)
    finally:
        klaster.release()


@contextmanager
def database(settings: Settings) -> Iterator[tuple[str, PrivateCluster | None]]:
    """The address to serve with, of a migrated database, held while in use. Raises PenyiapanError."""
    with addresses(settings) as alamat:
        if alamat.pemilik is not None:
            alamat.migrate(settings)
        check_login(alamat.layanan, kepala())
        yield alamat.layanan, alamat.klaster


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """A migrated database with the catalogue of this version in force, for one command."""
    with database(settings) as (url, _):
        db = Database(url, 4, 600_000, settings.zona, role_key(settings))
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
