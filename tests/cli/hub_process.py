"""`hub serve` as an operator runs it: a process of its own, with its own HUB_HOME and port."""

import json
import os
import pty
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx

from hub.db.private_cluster import PrivateCluster

AKAR = Path(__file__).parents[2]
_LAMA = 90.0  # seconds; far more than anything here takes


def environment(**setelan: str) -> dict[str, str]:
    """This process' environment with these settings and no others."""
    bersih = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "PG"))}
    return {**bersih, "PYTHONPATH": str(AKAR), "COLUMNS": "200", **setelan}


def run_hub(*kata: str, **setelan: str) -> "subprocess.CompletedProcess[str]":
    """A command from beginning to end."""
    return subprocess.run(
        [sys.executable, "-m", "hub", *kata],
        cwd=AKAR, env=environment(**setelan), capture_output=True, text=True, timeout=_LAMA, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        port: int = soket.getsockname()[1]
    return port


def wait_until(sudah: Callable[[], Any], keluhan: str, detik: float = _LAMA) -> None:
    batas = time.monotonic() + detik
    while not sudah():
        assert time.monotonic() < batas, keluhan
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _copy(terminal: int, file: IO[bytes]) -> None:
    """Until nobody has the other end of the terminal open any more."""
    with file:
        try:
            while shown := os.read(terminal, 65_536):
                file.write(shown)
        except OSError:  # how Linux says it
            pass
        finally:
            os.close(terminal)


class HubProcess:
    """`hub serve` over the private cluster in `home`. Leaving the block ends it and whatever it left running."""

    def __init__(self, home: Path, *kata: str, wait: bool = True, terminal: bool = False, **setelan: str) -> None:
        self.home = home
        self._tunggu = wait
        self._terminal = terminal
        self.port = free_port()
        self._kata = kata
        self._setelan = {"HUB_HOME": str(home), "HUB_PORT": str(self.port), **setelan}
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)

    def __enter__(self) -> "HubProcess":
        self._layar = self.home.with_name(f"{self.home.name}.{self.port}.log")
        with self._output() as layar:
            self.proses = subprocess.Popen(
                [sys.executable, "-m", "hub", "serve", *self._kata],
                cwd=AKAR, env=environment(**self._setelan), stdout=layar, stderr=layar,
            )  # fmt: skip
        try:
            if self._tunggu:
                self._siap()
        except BaseException:
            self._bereskan()
            raise
        return self

    @contextmanager
    def _output(self) -> Iterator[int]:
        """Where the hub writes: a file, or a terminal whose screen is copied to that file."""
        file = self._layar.open("wb", buffering=0)
        if not self._terminal:
            with file:
                yield file.fileno()
            return
        ours, theirs = pty.openpty()
        copier = threading.Thread(target=_copy, args=(ours, file), daemon=True)
        copier.start()
        try:
            yield theirs
        finally:
            os.close(theirs)

    def _siap(self) -> None:
        def siap() -> bool:
            assert self.proses.poll() is None, f"it ended with {self.proses.returncode}: {self.screen()}"
            return self.ready() and "berhenti: Ctrl-C" in self.screen()

        wait_until(siap, "it does not get ready")

    def __exit__(self, *_: object) -> None:
        self._bereskan()

    def _bereskan(self) -> None:
        self.http.close()
        if self.proses.poll() is None:
            self.proses.kill()
            self.proses.wait()
        if (self.home / "pg" / "data").exists():
            klaster = PrivateCluster(self.home / "pg")
            klaster.use()
            klaster.release()

    # ---------- what a user sees ----------

    def screen(self) -> str:
        return self._layar.read_text()

    def tokens(self) -> dict[str, str]:
        """The demo's tokens, by region code."""
        file = self.home / "token_contoh.json"
        tokens: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return tokens

    def ready(self) -> bool:
        try:
            return self.http.get("/siap").status_code == 200
        except httpx.TransportError:
            return False

    def ask(self, query: str, token: str | None = None) -> httpx.Response:
        kepala = {"Authorization": f"Bearer {token}"} if token else {}
        return self.http.post("/graphql", json={"query": query}, headers=kepala)

    def data(self, query: str, token: str | None = None) -> Any:
        jawab = self.ask(query, token)
        assert jawab.status_code == 200, jawab.text
        assert "errors" not in jawab.json(), jawab.text
        return jawab.json()["data"]

    # ---------- what an operator does ----------

    def stop(self) -> int:
        """SIGTERM, and its exit code."""
        self.proses.terminate()
        return self.proses.wait(_LAMA)

    def cluster_pid(self) -> int | None:
        """Process id in the cluster's pid file; None when there is no such file, or nothing in it yet."""
        try:
            nomor = (self.home / "pg" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
        except FileNotFoundError:
            return None
        return int(nomor) if nomor else None

    def database_url(self) -> str:
        return PrivateCluster(self.home / "pg").url("hub")


def copy_home(asal: Path, tujuan: Path) -> Path:
    """A stopped hub's home, with owners and modes as they are (the cluster may belong to another user)."""
    shutil.copytree(asal, tujuan, copy_function=shutil.copy2)
    for sumber in [asal, *asal.rglob("*")]:
        milik = sumber.stat()
        os.chown(tujuan / sumber.relative_to(asal), milik.st_uid, milik.st_gid)
    return tujuan
