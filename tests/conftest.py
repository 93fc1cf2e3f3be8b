"""Everything the tests stand on: a template database built by the migrations, a clone of it per test, a real server.

Tests share nothing but templates and servers that only read. They talk to the hub as its users do, over HTTP.
"""

import asyncio
import fcntl
import gc
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from hub.akses.service import TokenService
from hub.berita import service as modul_berita
from hub.db.database import Database
from hub.db.migrate import migrate
from hub.db.private_cluster import LAYANAN, PrivateCluster
from hub.db.rights import Layanan
from hub.katalog.cache import KatalogCache
from hub.katalog.install import install_katalog
from hub.rekap.service import RekapWorkflow
from seeds.demo_load import load_demo
from seeds.katalog_toml import baca_katalog
from tests.batas import faulty_boundaries
from tests.client import Klien
from tests.database_clones import _clone, clone_of
from tests.hub_server import SETTINGS, Peladen, serve
from tests.project_files import AKAR

# tests that look behind a hub mean the days it means; its own connections say theirs themselves
os.environ["PGTZ"] = SETTINGS.zona.key
_TAK_BERTAHAN = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "512MB"}


# The files that take longest, longest first: what is begun last should not be what lasts. The rest follows in order.
_LAMA = [
    "schema/http/test_schemathesis.py", "cli/test_serve.py", "schema/engine/test_compiler_property.py", "batas/test_real_boundaries.py",
    "web/test_peta_page.py", "web/test_peta_conditions.py", "web/test_peta_batas.py", "federation/test_composition.py", "federation/test_gateway.py",
    "schema/wilayah/test_cari.py", "rekap/test_workflow.py", "akses/test_access.py", "tagana/test_register.py", "terdaftar/test_registers.py",
    "wilayah/test_import.py", "db/test_private_cluster.py", "peta/test_angka_tiles.py", "peta/test_tiles.py",
    "sumber_daya/test_list_columns.py", "schema/wilayah/test_points.py",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tempat = {(AKAR / "tests" / nama).resolve(strict=True): ke for ke, nama in enumerate(_LAMA)}
    items.sort(key=lambda item: tempat.get(item.path, len(tempat)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again is time for nothing."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _siang(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are tags at any hour, so that the tests do not depend on when they run."""
    monkeypatch.setattr(modul_berita, "_DEKAT_TENGAH_MALAM", timedelta(0))


def _tempat() -> Path:
    """Where the databases of tests lie: in memory, where the machine offers enough of it, else beside the hub's own. A clone is
    hundreds of small files, and hundreds of tests have one of their own."""
    memori = Path("/dev/shm")  # noqa: S108 - a folder of its own in it, which PostgreSQL insists on being the owner of
    if memori.is_dir():
        ruang = os.statvfs(memori)
        sedia = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
        if sedia is not None and min(ruang.f_bavail * ruang.f_frsize, int(sedia[1]) * 1024) >= 3 * 2**30:
            return memori / f"hub-uji-{hashlib.sha256(str(SETTINGS.home).encode()).hexdigest()[:12]}"
    return SETTINGS.home / "uji" / "pg"


@contextmanager
def _giliran(nama: str) -> Iterator[None]:
    """One process of this checkout at a time."""
    (SETTINGS.home / "uji").mkdir(parents=True, exist_ok=True)
    with (SETTINGS.home / "uji" / nama).open("a") as giliran:
        fcntl.flock(giliran, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[PrivateCluster]:
    """A private cluster for the databases of tests, shared by whoever tests in this checkout; the last one out removes it. As
    nothing in it is kept, it does not wait for a disk. Tests of clusters make their own, as the hub does."""
    with _giliran("giliran_klaster"):
        klaster = PrivateCluster(_tempat())
        klaster.use()
        with psycopg.connect(klaster.url(), autocommit=True) as conn:
            for setelan, nilai in _TAK_BERTAHAN.items():
                conn.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(setelan), sql.Literal(nilai)))
            conn.execute("SELECT pg_reload_conf()")
    yield klaster
    with _giliran("giliran_klaster"):
        klaster.release()
        if not (klaster.folder / "data" / "postmaster.pid").exists():
            shutil.rmtree(klaster.folder)


@pytest.fixture(scope="session")
def run() -> Iterator[str]:
    """A name for this test run, shared by its workers; a lock file under it says that the run is alive."""
    nama = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)[:12]
    folder = SETTINGS.home / "uji"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / nama).open("a") as hidup:
        fcntl.flock(hidup, fcntl.LOCK_SH)
        yield nama


def _mati(run: str) -> bool:
    """Whether no process of that run lives any more."""
    try:
        with (SETTINGS.home / "uji" / run).open("r") as hidup:
            fcntl.flock(hidup, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
    nama = {"dasar": f"uji_{run}_dasar", "contoh": f"uji_{run}_contoh"}
    with _giliran("giliran"), psycopg.connect(cluster.url(), autocommit=True) as conn:
        ada = {d for (d,) in conn.execute("SELECT datname FROM pg_database WHERE datname LIKE 'uji\\_%'")}
        if nama["contoh"] not in ada:
            for sisa in (d for d in ada if _mati(d.split("_")[1])):
                conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(sisa)))
            _bangun(cluster, conn, nama)
    return nama


def _bangun(cluster: PrivateCluster, conn: psycopg.Connection[tuple[str]], nama: dict[str, str]) -> None:
    _clone(conn, "template1", nama["dasar"])
    migrate(cluster.url(nama["dasar"]), layanan=Layanan(LAYANAN, cluster.password(LAYANAN)))
    asyncio.run(_isi(cluster.url(nama["dasar"], LAYANAN), contoh=False))
    _clone(conn, nama["dasar"], nama["contoh"] + "_baru")
    asyncio.run(_isi(cluster.url(nama["contoh"] + "_baru", LAYANAN), contoh=True))
    ganti = sql.SQL("ALTER DATABASE {} RENAME TO {}")  # under its final name it is complete
    conn.execute(ganti.format(sql.Identifier(nama["contoh"] + "_baru"), sql.Identifier(nama["contoh"])))


async def _isi(url: str, *, contoh: bool) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await install_katalog(db, baca_katalog())
        if contoh:
            katalog = KatalogCache(db)
            kerja = RekapWorkflow(db, katalog)
            await load_demo(db, katalog, kerja, TokenService(db), lambda teks: None)
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
def hub(demo_url: str) -> Iterator[Klien]:
    """A hub with the demo, all of its own."""
    yield from serve(demo_url)


@pytest.fixture(scope="module")
def hub_modul(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    """A hub with the demo for the tests of one file, which fill it once and then only read."""
    for url in clone_of(cluster, templates["contoh"]):
        yield from serve(url)


@pytest.fixture
def hub_kosong(database_url: str) -> Iterator[Klien]:
    """A hub with the catalogue and nothing else, all of its own."""
    yield from serve(database_url)


@pytest.fixture(scope="session")
def hub_baca(shared_demo_url: str) -> Iterator[Klien]:
    """A hub with the demo, shared: only read from it."""
    yield from serve(shared_demo_url)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real codes and boundaries that lies beside the project; tests that need it say so when it is absent."""
    folder = Path(os.environ.get("HUB_DATA_DIR", AKAR.parent / "shared" / "data"))
    if not (folder / "wilayah_2025.csv").exists():
        # The project may not carry that data, and scripts/test has to pass from a clone alone. What these tests show of real
        # boundaries others show of made-up ones, which every clone has.
        pytest.skip(f"real data is not at {folder}; set HUB_DATA_DIR")
    return folder


@pytest.fixture
def tuli(demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Klien]:
    """A hub to which the database's word is always still on its way."""

    async def tanpa_kabar(_: Any) -> AsyncGenerator[None, None]:
        while True:
            await asyncio.sleep(0.1)
            yield None

    monkeypatch.setattr(modul_berita, "news", tanpa_kabar)
    peladen = Peladen(demo_url)
    peladen.nyala()
    with Klien(peladen.alamat, demo_url) as klien:
        yield klien
    peladen.mati()


@pytest.fixture(scope="module")
def hub_mutu(hub_modul: Klien) -> Klien:
    faulty_boundaries.susun(hub_modul)
    return hub_modul


@pytest.fixture
def kosong(cluster: PrivateCluster, run: str) -> Iterator[str]:
    """An empty database: nothing in it but what every PostgreSQL database has."""
    nama = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(nama)))
    yield cluster.url(nama)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(nama)))
