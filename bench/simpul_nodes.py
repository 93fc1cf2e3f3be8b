"""The hubs of `scripts/bench simpul`: one province and the hubs of its 38 kabupaten, each a process over a database of its own in one
cluster; and what is done to three of them."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bench import database, national_data
from bench.national_data import Size
from bench.report import SCREEN
from bench.servers import ROOT, free_port
from hub.akses.service import hash_of, new_token
from hub.base.uuid7 import uuid7
from hub.db.private_cluster import PrivateCluster
from hub.simpul.keys import node_key

PROVINCE = "33"
COUNT = 38
COUNTRY = Size(2, COUNT + 22, 2 * COUNT + 11 + 21, 4 * COUNT + 119 + 42, large=(COUNT, 2 * COUNT, 4 * COUNT), periode=1)
CODES = tuple(f"{PROVINCE}.{n:02}" for n in range(1, COUNT + 1))
_CONNECTIONS = 400
_TOGETHER = 4  # hubs that start at a time
_PATIENCE = 120.0


@dataclass(slots=True)
class Hub:
    """One process. `started_s`: until it answered."""

    kode: str
    url: str
    home: Path
    port: int = 0  # found when it begins: what others connect from may take it
    process: "subprocess.Popen[bytes] | None" = None
    started_s: float = 0.0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("HUB_")}, **database.settings_for(self.url), "HUB_HOME": str(self.home),
            "HUB_PORT": str(self.port), "HUB_HOST": "127.0.0.1", "HUB_WILAYAH": self.kode, "HUB_KONEKSI": "2" if "." in self.kode else "8",
            "HUB_DEMO": "false", "HUB_LOG": "error", "HUB_SIMPUL_JEDA": "3600", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        if "." in self.kode:  # the province starts first, and makes the login of them all; the template was migrated
            del env["HUB_DATABASE_URL_PEMILIK"]
        self.started_s = time.monotonic()
        with (self.home / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hub", "serve"], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )  # fmt: skip

    def wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + _PATIENCE
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{self.kode} did not start: {(self.home / 'log').read_text()[-1500:]}")
            time.sleep(0.2)
        self.started_s = time.monotonic() - self.started_s

    def _is_ready(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", "/siap")
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def memory_mib(self, key: str = "Pss") -> float:
        """Rss: what is resident; Pss: its share of it, where pages are shared."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(key)


@contextmanager
def cluster() -> Iterator[PrivateCluster]:
    """A cluster of its own, for it takes many connections."""
    private = PrivateCluster(database.home() / "simpul_pg")
    private.use()
    try:
        with psycopg.connect(private.url(), autocommit=True) as conn:
            enough = conn.execute("SELECT current_setting('max_connections')::int >= %s", (_CONNECTIONS,)).fetchone()
            for name, value in (
                ("max_connections", str(_CONNECTIONS)),
                ("fsync", "off"),
                ("shared_preload_libraries", "postgis-3"),
            ):
                conn.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        if enough != (True,):
            private.release()
            private.use()
        yield private
    finally:
        private.release()


def databases(private: PrivateCluster, count: int = COUNT) -> dict[str, str]:
    """Code → address: the province's, and one for each of so many kabupaten, copied from one template."""
    template = database.ensure_alone(private, "simpul", COUNTRY, national_data)
    source = template.partition("?")[0].rpartition("/")[2]
    SCREEN.print(f"copying {source} {count + 1} times")
    began, found = time.monotonic(), {}
    with psycopg.connect(private.url(), autocommit=True) as conn:
        for kode in (PROVINCE, *CODES[:count]):
            name = f"simpul_{kode.replace('.', '_')}"
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            conn.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(source)
                )
            )
            found[kode] = private.url(name)
    SCREEN.print(f"  {time.monotonic() - began:.0f} s")
    return found


def joined(province: Hub, nodes: Sequence[Hub]) -> str:
    """All have joined and were handed over. Returns a token of the province."""
    key, token = node_key(province.home), new_token()
    with psycopg.connect(province.url, autocommit=True) as conn:
        for n in nodes:
            conn.execute(
                "INSERT INTO simpul (kode_kab, mode, mode_diminta, url, kode_induk, bergabung_pada, serah_pada, terakhir_kontak, versi_wilayah) "
                "VALUES (%s, 'TARIK', 'TARIK', %s, %s, now(), now(), now(), current_date)", (n.kode, n.address, PROVINCE),
            )  # fmt: skip
        conn.execute(
            "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada) VALUES (%s, 'bench', 'PROVINSI', %s, %s, now())",
            (uuid7(), PROVINCE, hash_of(token)),
        )
    for n in nodes:
        with psycopg.connect(n.url, autocommit=True) as conn:
            conn.execute(
                "INSERT INTO simpul (kode_kab, mode, mode_diminta, induk, kode_induk, bergabung_pada, serah_pada) "
                "VALUES (%s, 'TARIK', 'TARIK', %s, %s, now(), now())", (n.kode, province.address, PROVINCE),
            )  # fmt: skip
            conn.execute(
                "INSERT INTO simpul_kunci (kode_kab, sidik, kunci, sejak) VALUES (%s, %s, %s, now())",
                (PROVINCE, key.id, key.public),
            )
    return token


def known(province: Hub, count: int) -> float:
    """Seconds until the province has fetched the schemas of so many nodes, which it does before anybody asks. Raises RuntimeError."""
    began = time.monotonic()
    with psycopg.connect(province.url, autocommit=True) as conn:
        while conn.execute("SELECT count(skema) >= %s FROM simpul_langsung", (count,)).fetchone() != (True,):
            if time.monotonic() - began > _PATIENCE:
                raise RuntimeError("schemas of nodes were not fetched")
            time.sleep(0.1)
    return time.monotonic() - began


@contextmanager
def running(urls: dict[str, str]) -> Iterator[tuple[Hub, list[Hub]]]:
    """The province and its nodes, all serving."""
    homes = database.home() / "simpul"
    homes.mkdir(exist_ok=True)
    province, *nodes = (Hub(kode, url, homes / kode) for kode, url in urls.items())
    province.home.mkdir(parents=True, exist_ok=True)
    try:
        for hubs in ([province], *(nodes[i : i + _TOGETHER] for i in range(0, len(nodes), _TOGETHER))):
            for h in hubs:
                h.begin()
            for h in hubs:
                h.wait()
                SCREEN.print(f"  {h.kode} serves after {h.started_s:.1f} s")
        yield province, nodes
    finally:
        for h in (province, *nodes):
            h.stop()


class Dripping:
    """Stands between: takes questions to a node and gives back its answers, a byte a second."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            conn, _ = self._listener.accept()
            threading.Thread(target=self._drip, args=(conn,), daemon=True).start()

    @staticmethod
    def _drip(conn: socket.socket) -> None:
        with conn, suppress(OSError):
            conn.recv(65536)
            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n")
            while True:
                conn.sendall(b" ")
                time.sleep(1)
