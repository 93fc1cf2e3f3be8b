"""`hub serve` as an operator runs it: a process of its own, with its own HUB_HOME and port."""

import json
import os
import pty
import signal
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
from tests.client import NO_TLS

ROOT = Path(__file__).parents[2]
_LONGEST = 90.0  # seconds; far more than anything here takes


def environment(**settings: str) -> dict[str, str]:
    """This process' environment with these settings and no others."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "PG"))}
    return {**clean, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **settings}


def run_hub(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A command from beginning to end."""
    return subprocess.run(
        [sys.executable, "-m", "hub", *words],
        cwd=ROOT, env=environment(**settings), capture_output=True, text=True, timeout=_LONGEST, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
    return port


def wait_until(done: Callable[[], Any], complaint: str, seconds: float = _LONGEST) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, complaint
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

    def __init__(self, home: Path, *words: str, wait: bool = True, terminal: bool = False, **settings: str) -> None:
        self.home = home
        self._wait = wait
        self._terminal = terminal
        self.port = free_port()
        self._words = words
        demo = {"HUB_DEMO": "kecil"} if "--demo" in words else {}  # tests of the story load it themselves, once
        self._settings = {"HUB_HOME": str(home), "HUB_PORT": str(self.port), **demo, **settings}
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60, verify=NO_TLS)

    def __enter__(self) -> "HubProcess":
        self._screen_file = self.home.with_name(f"{self.home.name}.{self.port}.log")
        with self._output() as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hub", "serve", *self._words],
                cwd=ROOT, env=environment(PYTHONFAULTHANDLER="1", **self._settings), stdout=output, stderr=output,
            )  # fmt: skip
        try:
            if self._wait:
                self._until_ready()
        except BaseException:
            self._clean_up()
            raise
        return self

    @contextmanager
    def _output(self) -> Iterator[int]:
        """Where the hub writes: a file, or a terminal whose screen is copied to that file."""
        file = self._screen_file.open("wb", buffering=0)
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

    def _until_ready(self) -> None:
        def is_ready() -> bool:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.screen()}"
            return self.ready() and "berhenti: Ctrl-C" in self.screen()

        try:
            wait_until(is_ready, "it does not get ready")
        except AssertionError as too_late:
            self.process.send_signal(signal.SIGABRT)  # PYTHONFAULTHANDLER says where every thread stands
            self.process.wait(_LONGEST)
            raise AssertionError(f"{too_late}: {self.screen()}") from None

    def __exit__(self, *_: object) -> None:
        self._clean_up()

    def _clean_up(self) -> None:
        self.http.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if (self.home / "pg" / "data" / "postmaster.pid").exists():  # else `use` would start it, to be stopped again
            cluster = PrivateCluster(self.home / "pg")
            cluster.use()
            cluster.release()

    # ---------- what a user sees ----------

    def screen(self) -> str:
        return self._screen_file.read_text()

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
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.http.post("/graphql", json={"query": query}, headers=headers)

    def data(self, query: str, token: str | None = None) -> Any:
        response = self.ask(query, token)
        assert response.status_code == 200, response.text
        assert "errors" not in response.json(), response.text
        return response.json()["data"]

    # ---------- what an operator does ----------

    def stop(self) -> int:
        """SIGTERM, and its exit code."""
        self.process.terminate()
        return self.process.wait(_LONGEST)

    def cluster_pid(self) -> int | None:
        """Process id in the cluster's pid file; None when there is no such file, or nothing in it yet."""
        try:
            pid = (self.home / "pg" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
        except FileNotFoundError:
            return None
        return int(pid) if pid else None

    def database_url(self) -> str:
        return PrivateCluster(self.home / "pg").url("hub")


def copy_home(source: Path, target: Path) -> Path:
    """A stopped hub's home, with owners and modes as they are (the cluster may belong to another user)."""
    subprocess.run(["cp", "-a", source, target], check=True)
    return target
