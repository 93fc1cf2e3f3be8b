"""A province's hub and a kabupaten's, each a process with its own database, port and folder, and commands as their operators run them."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from hub.base.role_key import role_key
from hub.db.private_cluster import login_url
from tests.cli.hub_process import environment, free_port, wait_until
from tests.hub_server import SETTINGS
from tests.simpul import paper_ledger
from tests.simpul.prepared_processes import PreparedProcess, run_prepared


@dataclass
class Hub:
    """`url`: its database, as the owner; `home`: its folder."""

    url: str
    home: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    process: PreparedProcess | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        return {
            "HUB_HOME": str(self.home), "HUB_DATABASE_URL": login_url(self.url), "HUB_DATABASE_URL_PEMILIK": self.url, "HUB_PORT": str(self.port), "HUB_KONEKSI": "2",
            "HUB_KUNCI_PERAN": role_key(SETTINGS).decode(), "HUB_SIMPUL_JEDA": "1", "HUB_LOG": "error", **self.settings,
        }  # fmt: skip

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """hub simpul …, from beginning to end."""
        return run_prepared("simpul", *words, **self.environment())

    def do(self, *words: str) -> str:
        """What it writes to stdout; it must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, **more: str) -> None:
        heard, said = os.pipe()
        env = environment(**self.environment(), **more)
        self.process = PreparedProcess("tests.simpul.serving", (), env, out=said, err=2)
        os.close(said)
        with os.fdopen(heard) as screen:
            assert screen.readline().strip() == "ready"

    def wait_for_death(self) -> None:
        assert self.process is not None
        self.process.wait(60)
        self.process = None

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, autocommit=True) as conn:
            cursor = conn.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def came(self) -> list[str]:
        """What came from the other, in order; each once."""
        rows = paper_ledger.came(self.url)
        assert [n for n, _ in rows] == list(range(1, len(rows) + 1))
        return [text for _, text in rows]


@dataclass
class Pair:
    """`up`, `down`: everything that was ever written to be carried, in order; `code`: what the node joined with last."""

    province: Hub
    node: Hub
    up: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    code: str = ""

    def join(self) -> None:
        """The province must serve."""
        self.code = self.province.do("undang", "53.14").split()[-1]
        self.node.do("gabung", self.province.address, "--kode", self.code)

    def write(self, *, up: int = 0, down: int = 0) -> None:
        """So many things at the node, and at the province."""
        for hub, texts, count in ((self.node, self.up, up), (self.province, self.down, down)):
            fresh = [f"isi {len(texts) + number}" for number in range(1, count + 1)]
            paper_ledger.write(hub.url, *fresh)
            texts += fresh

    def carried(self, seconds: float = 40) -> None:
        """Wait until all of it is there, once and in order, and nobody complains any more."""
        wait_until(
            lambda: self.province.came() == self.up and self.node.came() == self.down,
            f"{self.up} {self.down}, but {self.province.came()} {self.node.came()}, {self.complaints()}",
            seconds,
        )
        wait_until(lambda: self.complaints() == [None, None], f"{self.complaints()}", seconds)

    def complaints(self) -> list[object]:
        return [hub.sql("SELECT alasan FROM simpul")[0][0] for hub in (self.province, self.node)]

    def told(self, words: str, seconds: float = 40) -> None:
        """Wait until the node says so of its last contact."""
        wait_until(lambda: words in str(self.complaints()[1]), f"{self.complaints()}", seconds)


def prepared(folder: Path, province_url: str, node_url: str, **settings: str) -> Pair:
    """Neither serves yet."""
    return Pair(
        Hub(province_url, folder / "provinsi", {"HUB_WILAYAH": "53", **settings}),
        Hub(node_url, folder / "simpul", {"HUB_WILAYAH": "53.14", **settings}),
    )


@contextmanager
def pair(folder: Path, province_url: str, node_url: str, **settings: str) -> Iterator[Pair]:
    """Both serve, and have joined."""
    hubs = prepared(folder, province_url, node_url, **settings)
    for hub in (hubs.province, hubs.node):
        paper_ledger.prepare(hub.url)
    try:
        hubs.province.start()
        hubs.node.start()
        hubs.join()
        yield hubs
    finally:
        hubs.node.kill()
        hubs.province.kill()
