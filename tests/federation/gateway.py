"""A gateway from its registry, in the version of package-lock.json, over the hub and another service."""

import fcntl
import hashlib
import json
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

from tests.federation.asgi_server import RecordingServer
from tests.hub_server import SETTINGS

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent  # Node comes with the locked environment
HOME = SETTINGS.home / "node" / "federasi"


def install_packages() -> "subprocess.CompletedProcess[str] | None":
    """Install what the lock file names, once, outside the source tree; who comes meanwhile waits. None: it was there."""
    HOME.mkdir(parents=True, exist_ok=True)
    lock_hash = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = HOME / "stempel"
    with (HOME / "giliran").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == lock_hash:
            return None
        stamp.unlink(missing_ok=True)
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / file, HOME)
        result = run_node([BIN / "npm", "ci"], HOME)
        if result.returncode == 0:
            stamp.write_text(lock_hash)
        return result


def run_node(command: list[Any], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=_environment(**environment), capture_output=True, text=True, timeout=600)  # fmt: skip


def _environment(**others: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", **others}


Compose = Callable[..., str]


class Gateway:
    """A real gateway over a supergraph, as its own process on a loopback port."""

    def __init__(self, node_packages: Path, composed: str, folder: Path) -> None:
        (folder / "supergraph.graphql").write_text(composed)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._log = folder / "gateway.log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [BIN / "node", node_packages / "@graphql-hive" / "gateway" / "dist" / "bin.js", "supergraph", folder / "supergraph.graphql",
                 "--host", "127.0.0.1", "--port", str(port), "--config-path", HERE / "gateway.config.mjs"],
                cwd=folder, env=_environment(), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self._is_ready():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readiness").status_code == 200
        except httpx.TransportError:
            return False

    def ask(self, query: str, variables: dict[str, Any] | None = None, token: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables or {}}
        return httpx.post(f"{self.address}/graphql", json=body, headers=headers, timeout=30).json()

    def stop(self) -> None:
        # `node` of the environment is a small program that starts the real one: both form a group of their own
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(20)


@dataclass(frozen=True)
class Supergraph:
    """Hub, statistics service, rain service and the gateway over all of them. `desa`: the codes of Rote Ndao."""

    hub: RecordingServer
    statistics: RecordingServer
    rain: RecordingServer
    gateway: Gateway
    desa: list[str]
    url: str  # the hub's database
    text: Path  # the composed schema
    node_packages: Path

    def ask_apollo(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The same through Apollo's gateway."""
        command = [BIN / "node", HERE / "apollo_gateway.mjs", self.text, query, json.dumps(variables or {})]
        result = run_node(command, HERE, NODE_PATH=str(self.node_packages))
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)
