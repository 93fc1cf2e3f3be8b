"""The bench of attacks: what it watches with sees a server that stands still, grows, or is gone; its files are what they say."""

import io
import itertools
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from python_calamine import CalamineWorkbook

from bench import attack_files, attacks
from bench.attack_client import Target
from bench.report import Work
from bench.servers import Server, free_port
from bench.watch import Watch, memory_mib

_SERVER = """
import http.server, sys, time
kept = []
class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.answer()
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        if b"stand still" in text:
            time.sleep(0.7)
        if b"grow" in text:
            kept.append(b"x" * 80_000_000)
        self.answer()
    def answer(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer)
print("ready", flush=True)
server.serve_forever()
"""


@pytest.fixture
def server() -> Iterator[Server]:
    """One request at a time, as a loop that is held up answers."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-c", _SERVER, str(port)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield Server("stand-in", f"http://127.0.0.1:{port}", process.pid)
        process.kill()


@pytest.fixture
def target(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Target:
    return Target(server.url, {}, tmp_path_factory.mktemp("log") / "log")


def test_everybody_waits_while_the_server_stands_still(server: Server, target: Target) -> None:
    with Watch(server) as watch:
        assert target.ask("stand still") == (200, b"{}")
    assert {k for k, ms in watch.waits.items() if ms > 600} == {"siap", "kecil"}


def test_memory_that_is_not_given_back_is_seen(server: Server, target: Target) -> None:
    with Watch(server) as watch:
        target.ask("grow")
        target.ask("nothing")
    assert watch.peak_mib - watch.before_mib > 70
    assert memory_mib(server.pid) - watch.before_mib > 70


def test_a_server_that_died_is_told(server: Server, target: Target) -> None:
    subprocess.run(["kill", "-9", str(server.pid)], check=True)
    status, why = target.ask("anybody?")
    assert status == 0
    assert b"refused" in why.lower() or b"reset" in why.lower()


def test_the_files_are_small_and_say_that_they_are_large() -> None:
    assert len(attack_files.far_cells()) < 2_500
    assert len(attack_files.repeated_cells()) < 1_500
    assert attack_files.long_csv(3).count(b"\n") == 4
    assert len(set(attack_files.unknown_desa(50).splitlines())) == 51
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(attack_files.wide_rows())).get_sheet_by_index(0)
    assert (sheet.height, sheet.width) == (1_000, 16_384)


# ---------- bars that a bad hub does not meet ----------


@dataclass
class BadHub:
    """It answers every guess, writes headers to its log where it is told to, and never hangs up, or at once."""

    log: Path
    tells: bool = False
    hangs_up: bool = False
    tokens: dict[str, str] = field(default_factory=lambda: {"53": "hub_" + "Zz-_" * 8, "53.14": "hub_" + "Yy-_" * 8})
    _far: ExitStack = field(default_factory=ExitStack)

    def ask(self, query: str, token: str) -> tuple[int, bytes]:
        with self.log.open("a") as log:
            log.write(f"127.0.0.66 {token if self.tells else ''}\n")
        return (200 if token in self.tokens.values() else 401), b""

    def socket(self) -> socket.socket:
        near, far = socket.socketpair()
        if self.hangs_up:
            far.close()
        else:
            self._far.enter_context(far)
        return near


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attacks in which a second passes whenever somebody looks at the clock, and a MiB is a kB."""
    clock = SimpleNamespace(monotonic=itertools.count().__next__, sleep=lambda seconds: None)
    monkeypatch.setattr(attacks, "time", clock)
    monkeypatch.setattr(attacks, "_MIB", 1_000)


def _bar(outcome: attacks.Outcome, words: str) -> Work:
    (bar,) = [b for b in outcome.bars if words in b.work]
    return bar


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.usefixtures("quick")
def test_a_guess_in_the_log_is_seen(tmp_path: Path, *, tells: bool) -> None:
    hub: Any = BadHub(tmp_path / "log", tells=tells)
    assert _bar(attacks.wrong_tokens(hub), "guessed tokens").ok is not tells


@pytest.mark.parametrize("hangs_up", [True, False])
@pytest.mark.usefixtures("quick")
def test_a_body_that_is_borne_with_for_ever_is_seen(tmp_path: Path, *, hangs_up: bool) -> None:
    hub = BadHub(tmp_path / "log", hangs_up=hangs_up)
    for attack in (attacks.slow_bodies, attacks.slow_bodies_of_an_office):
        assert _bar(attack(cast(Any, hub)), "slow bodies open").ok is hangs_up
    hub._far.close()
