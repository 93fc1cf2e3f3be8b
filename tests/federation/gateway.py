"""A gateway from its registry, in the version of package-lock.json, over the hub and another service."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.federation.asgi_server import Pelayan
from tests.hub_server import SETTINGS

SINI = Path(__file__).parent
BIN = Path(sys.executable).parent  # Node comes with the locked environment
RUMAH = SETTINGS.home / "node" / "federasi"


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


def _node(perintah: list[Any], folder: Path, **lingkungan: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(perintah, cwd=folder, env=_lingkungan(**lingkungan), capture_output=True, text=True, timeout=600)  # fmt: skip


def _lingkungan(**lain: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", **lain}


Compose = Callable[..., str]


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
