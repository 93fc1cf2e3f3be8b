"""A province's hub and a kabupaten's, each a process with its own database, port and folder, and commands as their operators run them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from hub.base.role_key import role_key
from hub.db.private_cluster import login_url
from tests.cli.hub_process import ROOT, environment, free_port, run_hub, wait_until
from tests.hub_server import SETTINGS
from tests.simpul import paper_ledger


@dataclass
class Hub:
    """`url`: its database, as the owner; `home`: its folder."""

    url: str
    home: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        return {
            "HUB_HOME": str(self.home), "HUB_DATABASE_URL": login_url(self.url), "HUB_PORT": str(self.port), "HUB_KONEKSI": "2",
            "HUB_KUNCI_PERAN": role_key(SETTINGS).decode(), "HUB_SIMPUL_JEDA": "1", "HUB_LOG": "error", **self.settings,
        }  # fmt: skip

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """hub simpul …, from beginning to end."""
        return run_hub("simpul", *words, **self.environment())

    def do(self, *words: str) -> str:
        """What it writes to stdout; it must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.simpul.serving"],
            cwd=ROOT, env=environment(**self.environment(), **more), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == "ready"

    def wait_for_death(self) -> None:
        assert self.process is not None
        self.process.wait(30)
        self._forget()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self._forget()

    def _forget(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, autocommit=True) as conn:
            cursor = conn.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def write(self, *texts: str) -> None:
        paper_ledger.write(self.url, *texts)

    def came(self) -> list[str]:
        """What came from the other, in order; each once."""
        rows = paper_ledger.came(self.url)
        assert [n for n, _ in rows] == list(range(1, len(rows) + 1))
        return [text for _, text in rows]


@dataclass
class Pair:
    province: Hub
    node: Hub

    def join(self) -> None:
        """The province must serve."""
        code = self.province.do("undang", "53.14").split()[-1]
        self.node.do("gabung", self.province.address, "--kode", code)

    def carried(self, *texts: str, seconds: float = 20) -> None:
        """Wait until exactly these came to the province."""
        wait_until(lambda: self.province.came() == list(texts), f"not {texts}: {self.province.came()}", seconds)


@contextmanager
def pair(folder: Path, province_url: str, node_url: str) -> Iterator[Pair]:
    """Neither serves yet."""
    hubs = Pair(
        Hub(province_url, folder / "provinsi", {"HUB_WILAYAH": "53"}), Hub(node_url, folder / "simpul", {"HUB_WILAYAH": "53.14"})
    )
    for hub in (hubs.province, hubs.node):
        paper_ledger.prepare(hub.url)
    try:
        yield hubs
    finally:
        hubs.node.kill()
        hubs.province.kill()


