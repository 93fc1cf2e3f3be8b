"""Composers and a gateway from their registry, in the versions of package-lock.json; two services; a gateway over both."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.app import create_app
from hub.db.private_cluster import PrivateCluster, login_url
from schema.build import sdl
from tests.conftest import SETTINGS, clone_of
from tests.federation.asgi_server import Pelayan
from tests.federation.statistik_service import statistik

SINI = Path(__file__).parent
BIN = Path(sys.executable).parent  # Node comes with the locked environment
RUMAH = SETTINGS.home / "node" / "federasi"


def pytest_collection_finish(session: pytest.Session) -> None:
    """npm takes its time, most of it waiting: it begins while other tests run."""
    pertama = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if pertama and not session.config.option.collectonly and any(i.path.is_relative_to(SINI) for i in session.items):
        threading.Thread(target=_pasang, daemon=True).start()


def _pasang() -> "subprocess.CompletedProcess[str] | None":
    """Install what the lock file names, once, outside the source tree; who comes meanwhile waits. None: it was there."""
    RUMAH.mkdir(parents=True, exist_ok=True)
    kunci = hashlib.sha256((SINI / "package-lock.json").read_bytes()).hexdigest()
    stempel = RUMAH / "stempel"
    with (RUMAH / "giliran").open("a") as giliran:
        fcntl.flock(giliran, fcntl.LOCK_EX)
        if stempel.exists() and stempel.read_text() == kunci:
            return None
        stempel.unlink(missing_ok=True)
        for berkas in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(SINI / berkas, RUMAH)
        hasil = _node([BIN / "npm", "ci"], RUMAH)
        if hasil.returncode == 0:
            stempel.write_text(kunci)
        return hasil


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The node_modules folder."""
    hasil = _pasang()
    assert hasil is None or hasil.returncode == 0, f"npm ci: {hasil.stderr[-2000:]}"
    return RUMAH / "node_modules"


def _node(perintah: list[Any], folder: Path, **lingkungan: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(perintah, cwd=folder, env=_lingkungan(**lingkungan), capture_output=True, text=True, timeout=600)  # fmt: skip


def _lingkungan(**lain: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", **lain}


Compose = Callable[..., str]


@pytest.fixture(scope="session")
def compose(node_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Compose:
    """compose(composer, {name: (url, SDL)}): the supergraph; AssertionError with the composer's words where it refuses."""

    def jalankan(penyusun: str, bagian: dict[str, tuple[str, str]]) -> str:
        folder = tmp_path_factory.mktemp("supergraf")
        argumen: list[Any] = []
        for nama, (alamat, isi) in bagian.items():
            (folder / f"{nama}.graphql").write_text(isi)
            argumen += [nama, alamat, folder / f"{nama}.graphql"]
        keluar = folder / "supergraph.graphql"
        perintah = [BIN / "node", SINI / "compose.mjs", penyusun, keluar, *argumen]
        hasil = _node(perintah, folder, NODE_PATH=str(node_packages))
        assert hasil.returncode == 0, hasil.stderr
        return keluar.read_text()

    return jalankan


class Gerbang:
    """A real gateway over a supergraph, as its own process on a loopback port."""

    def __init__(self, node_packages: Path, supergraf: str, folder: Path) -> None:
        (folder / "supergraph.graphql").write_text(supergraf)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            pintu = s.getsockname()[1]
        self.alamat = f"http://127.0.0.1:{pintu}"
        self._catatan = folder / "gateway.log"
        with self._catatan.open("w") as catatan:
            self._proses = subprocess.Popen(
                [BIN / "node", node_packages / "@graphql-hive" / "gateway" / "dist" / "bin.js", "supergraph", folder / "supergraph.graphql",
                 "--host", "127.0.0.1", "--port", str(pintu), "--config-path", SINI / "gateway.config.mjs"],
                cwd=folder, env=_lingkungan(), stdout=catatan, stderr=catatan,
                start_new_session=True,
            )  # fmt: skip
        batas = time.monotonic() + 60
        while not self._siap():
            assert self._proses.poll() is None, self._catatan.read_text()
            assert time.monotonic() < batas, self._catatan.read_text()
            time.sleep(0.1)

    def _siap(self) -> bool:
        try:
            return httpx.get(f"{self.alamat}/readiness").status_code == 200
        except httpx.TransportError:
            return False

    def tanya(self, query: str, variables: dict[str, Any] | None = None, token: str | None = None) -> Any:
        kepala = {"Authorization": f"Bearer {token}"} if token else {}
        badan = {"query": query, "variables": variables or {}}
        return httpx.post(f"{self.alamat}/graphql", json=badan, headers=kepala, timeout=30).json()

    def mati(self) -> None:
        # `node` of the environment is a small program that starts the real one: both form a group of their own
        os.killpg(self._proses.pid, signal.SIGTERM)
        self._proses.wait(20)


@dataclass(frozen=True)
class Gabungan:
    """Hub, statistics service and the gateway over both. `desa`: the codes of Rote Ndao."""

    hub: Pelayan
    statistik: Pelayan
    gerbang: Gerbang
    desa: list[str]
    url: str  # the hub's database


@pytest.fixture(scope="module")
def demo_url_modul(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """The demo in a database of this file's own: a test writes a draft into it."""
    yield from clone_of(cluster, templates["contoh"])


@pytest.fixture(scope="module")
def gabungan(
    demo_url_modul: str, node_packages: Path, compose: Compose, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gabungan]:
    hub = Pelayan(create_app(SETTINGS, login_url(demo_url_modul)), "on")
    hub.nyala()
    isi = httpx.post(
        f"{hub.alamat}/graphql",
        json={"query": '{ _service { sdl } kabupaten(kode: "53.14") { kecamatan { desa { kode } } } }'},
    ).json()["data"]
    desa = [d["kode"] for c in isi["kabupaten"]["kecamatan"] for d in c["desa"]]
    app, skema = statistik(desa)
    lain = Pelayan(app)
    lain.nyala()
    assert isi["_service"]["sdl"].strip() == sdl().strip()  # what is composed is what the hub tells
    supergraf = compose(
        "@apollo/composition",
        {
            "hub": (f"{hub.alamat}/graphql", isi["_service"]["sdl"]),
            "statistik": (f"{lain.alamat}/graphql", skema),
        },
    )
    gerbang = Gerbang(node_packages, supergraf, tmp_path_factory.mktemp("gerbang"))
    yield Gabungan(hub, lain, gerbang, desa, demo_url_modul)
    gerbang.mati()
    lain.mati()
    hub.mati()
