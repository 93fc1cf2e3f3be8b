"""The bench's own cluster and databases under HUB_HOME/bench; built once, kept, and built anew when what they are made of
changes."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bench import national_data, peer_schema
from bench.national_data import Size
from bench.report import SCREEN
from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.db.migrate import migrate
from hub.db.private_cluster import PrivateCluster, login_url


def home() -> Path:
    folder = Settings().home / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def cluster() -> Iterator[PrivateCluster]:
    """The bench's own private cluster, held while the bench runs."""
    private = PrivateCluster(home() / "pg")
    private.use()
    try:
        yield private
    finally:
        private.release()


def settings_for(url: str) -> dict[str, str]:
    """The settings of a hub over that database of a private cluster, by their variables. `url`: as its owner. The key is that
    of the process that measures, whose own writes go the same way."""
    return {
        "HUB_DATABASE_URL": login_url(url),
        "HUB_DATABASE_URL_PEMILIK": url,
        "HUB_KUNCI_PERAN": role_key(Settings()).decode(),
    }


def loopback(private: PrivateCluster, name: str) -> str:
    """The address of a database for programs that know no unix sockets."""
    parts = conninfo_to_dict(private.url(name))
    password = (private.folder / "sandi").read_text().strip()
    return f"postgresql://{parts['user']}:{password}@127.0.0.1:{parts['port']}/{name}"


def ensure_alone(private: PrivateCluster, name: str, size: Size, data: ModuleType) -> str:
    """The address of a database that `data` alone fills, with nothing of the country's figures; built when it is not there yet."""
    stamped = f"bench_{name}_{_stamp(national_data, data)}"
    _build_once(private, f"bench_{name}_", stamped, size, (data,))
    url = private.url(stamped)
    migrate(url)
    return url


def ensure(private: PrivateCluster, size: Size, *layers: ModuleType) -> str:
    """The address of a database of that size, migrated to this version of the hub; built when it is not there yet.
    `layers`: modules whose `build` puts more on top; a size with them is to be no other bench's size."""
    name = f"bench_{size.name}_{_stamp(national_data, *layers)}"
    _build_once(private, f"bench_{size.name}_", name, size, (national_data, *layers))
    url = private.url(name)
    migrate(url)
    peer_schema.create(url)
    return url


@contextmanager
def a_copy(private: PrivateCluster, made: str, name: str) -> Iterator[str]:
    """The address of a copy of that database, which is dropped afterwards: what is sent stays in it."""
    source = str(conninfo_to_dict(made)["dbname"])
    with psycopg.connect(private.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        try:
            yield private.url(name)
        finally:
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _build_once(private: PrivateCluster, prefix: str, name: str, size: Size, modules: Sequence[ModuleType]) -> None:
    """Unless it is there. `prefix`: of the databases that this one takes the place of."""
    with psycopg.connect(private.url(), autocommit=True) as conn:
        present = {d for (d,) in conn.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_%'")}
        if name in present:
            return
        for outdated in present:
            if outdated.startswith((prefix, "bench_baru")):
                conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(outdated)))
        conn.execute("CREATE DATABASE bench_baru")
        SCREEN.print(f"building {name} (once; kept in {home() / 'pg'})")
        for module in modules:
            module.build(private.url("bench_baru"), size, lambda text: SCREEN.print(f"  {text}"))
        # under its final name it is complete
        conn.execute(sql.SQL("ALTER DATABASE bench_baru RENAME TO {}").format(sql.Identifier(name)))


def _stamp(*modules: ModuleType) -> str:
    """What the data is made by: the bytes of those modules."""
    content = b"".join(Path(str(b.__file__)).read_bytes() for b in modules)
    return hashlib.sha256(content).hexdigest()[:8]
