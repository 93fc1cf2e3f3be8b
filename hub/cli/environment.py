"""What every command stands on: settings, a database that answers and is migrated, and a plain sentence when not."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from rich.console import Console
from rich.text import Text

from hub.base.errors import HubError, InvalidInputError, SetupError
from hub.base.role_key import role_key
from hub.base.settings import Settings, read_settings
from hub.db.database import Database
from hub.db.login import check_login, login_of, with_password
from hub.db.migrate import for_the_administrator, migrate, newest_revision
from hub.db.private_cluster import SERVICE, PrivateCluster
from hub.db.rights import ServiceLogin
from hub.katalog.install import install_shipped
from seeds.katalog_toml import read_katalog

if TYPE_CHECKING:
    from rich.table import Table

T = TypeVar("T")

# messages carry names of files, people and columns: never read as markup
SCREEN = Console(stderr=True, highlight=False, markup=False, emoji=False)
_DATABASE = "hub"
# what the driver notes of connections that ended is for programmers; what it means to the command is said by its sentence
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Address(NamedTuple):
    """Where the database is. `owner`: as its owner, who migrates; None: we are not told. `service`: as the login to serve
    with. `cluster`: the private cluster, held while in use."""

    owner: str | None
    service: str
    cluster: PrivateCluster | None = None

    def migrate(self, settings: Settings, target: str = "head") -> str | None:
        """Migrate as the owner and make the login. Returns the revision reached. Raises SetupError."""
        if self.owner is None:
            check_login(self.service, newest_revision())
            raise SetupError("hub migrate memerlukan HUB_DATABASE_URL_PEMILIK: alamat pemilik basis data.")
        login = login_of(self.service)
        if self.cluster is not None:
            login = ServiceLogin(SERVICE, self.cluster.password(SERVICE))
        return migrate(self.owner, target, key=role_key(settings), service=login)[1]

    def left_open(self) -> str | None:
        """What an owner who is no superuser leaves to the server's administrator, in a sentence and its SQL."""
        sql = None if self.owner is None else for_the_administrator(self.owner)
        return sql and (
            "di basis data ini peran apa pun, juga peran yang dipakai hub melayani, masih boleh membuat berkas besar atau memutus "
            f"kerja sambungan lain. Minta pengelola server (superuser) menjalankan di basis data ini:\n  {sql}"
        )


@contextmanager
def addresses(settings: Settings) -> Iterator[Address]:
    """HUB_DATABASE_URL and its owner's, or those of the private cluster, which holds a database of ours then."""
    if settings.database_url is not None:
        owner = None if settings.database_url_pemilik is None else owner_url(settings)
        yield Address(owner, settings.database_url)
        return
    cluster = PrivateCluster(settings.home / "pg")
    cluster.use()
    try:
        cluster.ensure_database(_DATABASE)
        yield Address(cluster.url(_DATABASE), cluster.url(_DATABASE, SERVICE), cluster)
    finally:
        cluster.release()


@contextmanager
def database(settings: Settings) -> Iterator[tuple[str, PrivateCluster | None]]:
    """The address to serve with, of a migrated database, held while in use. Raises SetupError."""
    with addresses(settings) as address:
        if address.owner is not None:
            address.migrate(settings)
        check_login(address.service, newest_revision())
        yield address.service, address.cluster


def owner_url(settings: Settings) -> str:
    """The address of the database as its owner, while it is held in use. Raises SetupError where we are not told."""
    if settings.database_url is None:
        return PrivateCluster(settings.home / "pg").url(_DATABASE)
    owner = settings.database_url_pemilik
    if owner is None:
        raise SetupError("Perintah ini memerlukan HUB_DATABASE_URL_PEMILIK: alamat pemilik basis data.")
    return owner if settings.sandi_pemilik is None else with_password(owner, settings.sandi_pemilik.get_secret_value())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """A migrated database with the catalogue of this version in force, or the office's own, or at a node its province's, for one command."""
    with database(settings) as (url, _):
        db = Database(url, 4, 600_000, settings.zone, role_key(settings))
        await db.open()
        try:
            if not await is_joined(db, settings):
                await install_shipped(db, read_katalog())
            yield db
        finally:
            await db.close()


async def is_joined(db: Database, settings: Settings) -> bool:
    """Whether this is a node of a province's hub: what it runs by, and what everybody sees there, comes from the province."""
    if settings.node is None:
        return False
    from hub.simpul.roles import standing_of

    return (await standing_of(db, settings.wilayah)).parent is not None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work; an expected failure ends the program with its sentence and exit code 1."""
    try:
        return asyncio.run(work)
    except HubError as error:
        stop(error)
    except OSError as error:  # a folder where a file belongs, no right to read or write it, a full disk
        stop(InvalidInputError(f"{error.filename or 'Berkas'}: {error.strerror or error}."))


def settings_or_stop() -> Settings:
    try:
        return read_settings()
    except HubError as error:
        stop(error)


def stop(error: HubError) -> NoReturn:
    warn("Gagal:", error.message)
    sys.exit(1)


def to_stdout(table: "Table") -> None:
    """A table for people or for other programs: into a pipe or a file the whole width is there."""
    Console(width=None if sys.stdout.isatty() else 240, markup=False, emoji=False).print(table)


def warn(prefix: str, message: str) -> None:
    SCREEN.print(Text.assemble((prefix, "red"), " ", message), soft_wrap=True)
