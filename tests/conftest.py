"""Everything the tests stand on: a template database built by the migrations, a clone of it per test, a real server.

Tests share nothing but templates and servers that only read. They talk to the hub as its users do, over HTTP.
"""

import asyncio
import fcntl
import gc
import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from xdist.scheduler import LoadFileScheduling

from hub.akses.service import TokenService
from hub.berita import service as berita_service
from hub.db.database import Database
from hub.db.migrate import migrate
from hub.db.private_cluster import SERVICE, PrivateCluster
from hub.db.rights import ServiceLogin
from hub.katalog.cache import KatalogCache
from hub.katalog.install import install_katalog
from hub.rekap.service import RekapWorkflow
from seeds.demo_load import load_demo
from seeds.katalog_toml import read_katalog
from tests.batas import faulty_boundaries
from tests.client import Client
from tests.database_clones import clone, clone_of, let_go
from tests.hub_server import SETTINGS, Server, serve
from tests.memory_folder import memory_folder
from tests.project_files import ROOT
from tests.released import release_as_it_is

# tests that look behind a hub mean the days it means; its own connections say theirs themselves
os.environ["PGTZ"] = SETTINGS.zone.key
# Tests import and make far more than they let go, and looking through it all for garbage at the usual pace is a tenth of their time
gc.set_threshold(20_000, *gc.get_threshold()[1:])
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "512MB"}
# Settings that take a start. A hub may hold 26 connections, and a worker has up to three at once. PostGIS is loaded by the server once:
# each connection is a process, hundreds of tests have a few of their own, and linking it takes longer than most of them ask.
_OF_THE_START = {"max_connections": "300", "shared_preload_libraries": "postgis-3"}


# The files that take longest, longest first: what is begun last should not be what lasts. Those that need the packages of npm come
# when these are there. The rest follows in order.
_SLOWEST = [
    "cli/test_serve.py", "schema/test_nothing_closed.py", "simpul/test_recovery_machines.py", "simpul/test_node_and_province.py",
    "web/test_meja_isian.py", "seeds/test_demo_story.py", "simpul/test_goods_between_hubs.py", "batas/test_real_boundaries.py",
    "simpul/test_hand_over.py", "web/test_meja_sumber_daya.py", "web/test_meja_home.py", "simpul/test_bundle_served.py", "schema/engine/test_compiler_property.py",
    "rekap/test_template_round_trip.py", "schema/http/test_schemathesis.py",
    "web/test_peta_page.py", "schema/test_every_field.py", "rekap/test_explanation.py", "peta/test_crowded_tiles.py", "web/test_peta_conditions.py",
    "angka/test_agregat_borders.py", "anggaran/test_budget_property.py", "bench/test_rahasia_bench.py",
    "schema/engine/test_lifted_literals.py", "schema/http/test_kept_documents.py", "gudang/test_transfer_races.py", "web/test_traffic.py",
    "pekerjaan/test_worker.py", "federation/test_composition.py", "federation/test_gateway.py", "cli/test_service_login.py", "wilayah/test_import.py",
    "rekap/test_workflow.py", "anggaran/test_budget_tree.py", "web/test_peta_batas.py", "peta/test_angka_tiles.py", "cli/test_commands.py",
    "bench/test_read_bench.py", "bench/test_serangan_bench.py", "db/test_private_cluster.py", "schema/wilayah/test_search.py", "akses/test_access.py",
    "tagana/test_register.py", "terdaftar/test_registers.py", "peta/test_tiles.py", "sumber_daya/test_list_columns.py", "schema/wilayah/test_points.py",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {(ROOT / "tests" / name).resolve(strict=True): rank for rank, name in enumerate(_SLOWEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """A file stays with one worker, so that what its tests share is made once; and files come in the order above, whoever asks for
    several workers. Else the longest test lies behind others in its worker's row, and is alone at the end."""
    if config.getoption("dist") != "load":
        return None
    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again is time for nothing."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _daytime(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are tags at any hour, so that the tests do not depend on when they run."""
    monkeypatch.setattr(berita_service, "_NEAR_MIDNIGHT", timedelta(0))


def _cluster_folder() -> Path:
    """Where the databases of tests lie: in memory, where the machine offers enough of it, else beside the hub's own. A clone is
    hundreds of small files, and hundreds of tests have one of their own."""
    memory = memory_folder()
    if memory is not None:
        return memory / f"hub-uji-{hashlib.sha256(str(SETTINGS.home).encode()).hexdigest()[:12]}"
    return SETTINGS.home / "uji" / "pg"


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder for tests' own clusters, which wait for no disk: in memory where there is enough of it."""
    with tempfile.TemporaryDirectory(prefix="hub-uji-", dir=memory_folder()) as folder:
        yield Path(folder)


@contextmanager
def _turn(name: str) -> Iterator[None]:
    """One process of this checkout at a time."""
    (SETTINGS.home / "uji").mkdir(parents=True, exist_ok=True)
    with (SETTINGS.home / "uji" / name).open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[PrivateCluster]:
    """A private cluster for the databases of tests, shared by whoever tests in this checkout; the last one out removes it. As
    nothing in it is kept, it does not wait for a disk. Tests of clusters make their own, as the hub does."""
    with _turn("giliran_klaster"):
        private = PrivateCluster(_cluster_folder())
        private.use()
        if not _is_set_up(private):  # by us, the first: it takes a start to have more connections
            private.release()
            private.use()
    yield private
    let_go()
    with _turn("giliran_klaster"):
        private.release()
        if not (private.folder / "data" / "postmaster.pid").exists():
            shutil.rmtree(private.folder)


def _is_set_up(private: PrivateCluster) -> bool:
    """Whether it has our settings; those that take a start are written down for the next one."""
    with psycopg.connect(private.url(), autocommit=True) as conn:
        for setting, nilai in {**_NOT_DURABLE, **_OF_THE_START}.items():
            conn.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(setting), sql.Literal(nilai)))
        conn.execute("SELECT pg_reload_conf()")
        return conn.execute("SELECT count(*) FROM pg_file_settings WHERE error IS NOT NULL").fetchone() == (0,)


@pytest.fixture(scope="session")
def run() -> Iterator[str]:
    """A name for this test run, shared by its workers; a lock file under it says that the run is alive."""
    name = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)[:12]
    folder = SETTINGS.home / "uji"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a") as alive:
        fcntl.flock(alive, fcntl.LOCK_SH)
        yield name


def _is_dead(run: str) -> bool:
    """Whether no process of that run lives any more."""
    try:
        with (SETTINGS.home / "uji" / run).open("r") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True


@pytest.fixture(scope="session")
def templates(cluster: PrivateCluster, run: str) -> dict[str, str]:
    """Names of two databases to clone: "dasar" (migrated, catalogue in force) and "contoh" (the demo on top).

    Workers of one run share them; the first one builds. What dead runs left behind is dropped.
    """
    names = {"dasar": f"uji_{run}_dasar", "contoh": f"uji_{run}_contoh"}
    with _turn("giliran"), psycopg.connect(cluster.url(), autocommit=True) as conn:
        existing = {d for (d,) in conn.execute("SELECT datname FROM pg_database WHERE datname LIKE 'uji\\_%'")}
        if names["contoh"] not in existing:
            for leftover in (d for d in existing if _is_dead(d.split("_")[1])):
                conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(leftover)))
            _build(cluster, conn, names)
    return names


def _build(cluster: PrivateCluster, conn: psycopg.Connection[tuple[str]], names: dict[str, str]) -> None:
    clone(conn, "template1", names["dasar"])
    migrate(cluster.url(names["dasar"]), service=ServiceLogin(SERVICE, cluster.password(SERVICE)))
    asyncio.run(_fill(cluster.url(names["dasar"], SERVICE), with_demo=False))
    clone(conn, names["dasar"], names["contoh"] + "_baru")
    asyncio.run(_fill(cluster.url(names["contoh"] + "_baru", SERVICE), with_demo=True))
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")  # under its final name it is complete
    conn.execute(rename.format(sql.Identifier(names["contoh"] + "_baru"), sql.Identifier(names["contoh"])))


async def _fill(url: str, *, with_demo: bool) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await install_katalog(db, read_katalog())
        if with_demo:
            katalog = KatalogCache(db)
            workflow = RekapWorkflow(db, katalog)
            await load_demo(db, katalog, workflow, TokenService(db), lambda text: None)
    finally:
        await db.close()


@pytest.fixture
def database_url(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """An own database: migrated, catalogue in force, otherwise empty."""
    yield from clone_of(cluster, templates["dasar"])


@pytest.fixture
def demo_url(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """An own database with the demo in it."""
    yield from clone_of(cluster, templates["contoh"])


@pytest.fixture(scope="session")
def shared_demo_url(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """A database with the demo in it, shared by tests that only read."""
    yield from clone_of(cluster, templates["contoh"])


@pytest.fixture
def hub(demo_url: str) -> Iterator[Client]:
    """A hub with the demo, all of its own."""
    yield from serve(demo_url)


@pytest.fixture(scope="module")
def module_hub(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """A hub with the demo for the tests of one file, which fill it once and then only read."""
    for url in clone_of(cluster, templates["contoh"]):
        yield from serve(url)


@pytest.fixture(scope="module")
def released_hub(module_hub: Client) -> Client:
    """A hub with the demo for the tests of one file that are not about what is hidden: everybody sees all of it, of levels that are
    shown. Only read from it."""
    release_as_it_is(module_hub)
    return module_hub


@pytest.fixture
def empty_hub(database_url: str) -> Iterator[Client]:
    """A hub with the catalogue and nothing else, all of its own."""
    yield from serve(database_url)


@pytest.fixture(scope="session")
def read_hub(shared_demo_url: str) -> Iterator[Client]:
    """A hub with the demo, shared: only read from it."""
    yield from serve(shared_demo_url)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real codes and boundaries that lies beside the project; tests that need it say so when it is absent."""
    folder = Path(os.environ.get("HUB_DATA_DIR", ROOT.parent / "shared" / "data"))
    if not (folder / "wilayah_2025.csv").exists():
        # The project may not carry that data, and scripts/test has to pass from a clone alone. What these tests show of real
        # boundaries others show of made-up ones, which every clone has.
        pytest.skip(f"real data is not at {folder}; set HUB_DATA_DIR")
    return folder


@pytest.fixture
def deaf(demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A hub to which the database's word is always still on its way."""

    async def without_news(_: Any) -> AsyncGenerator[None, None]:
        while True:
            await asyncio.sleep(0.1)
            yield None

    monkeypatch.setattr(berita_service, "news", without_news)
    server = Server(demo_url)
    server.start()
    with Client(server.address, demo_url) as client:
        yield client
    server.stop()


@pytest.fixture(scope="module")
def quality_hub(module_hub: Client) -> Client:
    faulty_boundaries.build(module_hub)
    return module_hub


@pytest.fixture
def empty(cluster: PrivateCluster, run: str) -> Iterator[str]:
    """An empty database: nothing in it but what every PostgreSQL database has."""
    name = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    yield cluster.url(name)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
