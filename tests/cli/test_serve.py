"""hub serve, run as an operator runs it: started, stopped, killed, started again; and what it says when it cannot."""

import json
import re
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import httpx
import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.cli.hub_process import HubProcess, copy_home, free_port, is_alive, run_hub, wait_until
from tests.db.roles import settings_for

_ALLOWED = '{ rekap(id: "53.14:F05:2020") { status boleh } }'
_ANGKA = """{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN) { nilai } }"""
_EVERY_DESA = '{ kabupaten(kode: "53.14") { kecamatan { nama desa { kode nama batas titik luasKm2 } } } }'
_EXPECTED = {"agregat": [{"nilai": 11731}]}


@pytest.fixture(scope="session")
def sample_home(quick_folder: Path) -> Path:
    """The home of a hub that has served its demo once and was stopped; its first screen lies beside it."""
    home = quick_folder / "contoh"
    with HubProcess(home, "--demo") as hub:
        assert hub.stop() == 0, hub.screen()
        home.with_name("layar").write_text(hub.screen())
    return home


@pytest.fixture(scope="session")
def blank_home(quick_folder: Path) -> Path:
    """The home of a hub that has served without the demo once and was stopped."""
    home = quick_folder / "kosong"
    with HubProcess(home) as hub:
        assert hub.stop() == 0, hub.screen()
    return home


@pytest.fixture
def own_folder(quick_folder: Path, tmp_path: Path) -> Path:
    """For homes of one test."""
    folder = quick_folder / tmp_path.name
    folder.mkdir()
    return folder


@pytest.fixture
def home(sample_home: Path, own_folder: Path) -> Path:
    return copy_home(sample_home, own_folder / "rumah")


@pytest.fixture
def fresh_home(blank_home: Path, own_folder: Path) -> Path:
    """Without the demo, which the next start loads."""
    return copy_home(blank_home, own_folder / "rumah")


@pytest.fixture(scope="module")
def started(sample_home: Path, quick_folder: Path) -> Iterator[Callable[[], HubProcess]]:
    """Gives the hub that tests leave running one to another; another one when the last was ended."""
    running: list[HubProcess] = []
    with ExitStack() as stack:

        def hub() -> HubProcess:
            if not running or running[-1].process.poll() is not None:
                stack.close()
                home = copy_home(sample_home, quick_folder / f"jalan{len(running)}")
                running.append(stack.enter_context(HubProcess(home, "--demo")))
            return running[-1]

        yield hub


@pytest.fixture
def hub(started: Callable[[], HubProcess]) -> HubProcess:
    """A running hub with the demo in it. A test may end it, and may not change what is in it."""
    return started()


# ---------- it serves ----------


def test_first_start_says_what_it_does_and_where_to_go(sample_home: Path) -> None:
    screen = sample_home.with_name("layar").read_text()
    for word in (
        "basis data",
        "katalog",
        "wilayah contoh",
        "peta contoh",
        "rekap Rote Ndao 2020",
        "Hub siap",
        "/graphql",
        "GraphiQL",
        "/peta",
        "/siap",
    ):
        assert word in screen
    assert "Traceback" not in screen
    assert screen.rstrip().endswith("• hub berhenti")


def test_it_answers_and_knows_the_demo_tokens(hub: HubProcess) -> None:
    assert hub.http.get("/sehat").json() == {"sehat": True}
    assert hub.http.get("/siap").json() == {"siap": True}
    token = hub.tokens()
    assert token.keys() == {"53.14", "53", "36", "36.73"}
    assert hub.data(_ALLOWED) == {"rekap": {"status": "DISETUJUI", "boleh": []}}
    assert hub.data(_ALLOWED, token["53"]) == {"rekap": {"status": "DISETUJUI", "boleh": ["BUKA"]}}
    assert hub.ask(_ALLOWED, "hub_salah").status_code == 401
    assert hub.data(_ANGKA) == _EXPECTED


def test_second_start_does_not_load_the_demo_again(hub: HubProcess, sample_home: Path) -> None:
    assert "wilayah contoh" not in hub.screen()
    assert str(hub.home / "token_contoh.json") in hub.screen()
    with psycopg.connect(hub.database_url()) as conn:
        assert conn.execute("SELECT count(*) FROM token").fetchone() == (4,)
    assert (hub.home / "token_contoh.json").read_bytes() == (sample_home / "token_contoh.json").read_bytes()
    assert (hub.home / "token_contoh.json").stat().st_mode & 0o777 == 0o600


def test_the_tokens_are_shown_once_and_to_a_terminal_only(sample_home: Path, fresh_home: Path) -> None:
    log = sample_home.with_name("layar").read_text()
    file = sample_home / "token_contoh.json"
    assert [t for t in json.loads(file.read_text()).values() if t in log] == [], "a log holds tokens"
    assert str(file) in log
    assert "#masuk=" not in log
    home = fresh_home
    with HubProcess(home, "--demo", terminal=True) as first:
        assert len(first.tokens()) == 4
        assert [t for t in first.tokens().values() if t not in first.screen()] == []
        links = re.findall(r"/meja#masuk=([A-Z0-9-]+)", first.screen())
        answers = [first.http.post("/masuk", json={"kode": code}).json() for code in links]
        assert [a["wilayah"] for a in answers] == ["53.14", "53"]
        assert first.stop() == 0
    with HubProcess(home, "--demo", terminal=True) as again:
        assert [t for t in again.tokens().values() if t in again.screen()] == []
        assert "#masuk=" not in again.screen()
        assert str(home / "token_contoh.json") in again.screen()


def test_a_token_file_that_others_could_read_is_not_filled(fresh_home: Path) -> None:
    """Nor does a log hold tokens where something makes the hub write in colours into it."""
    home = fresh_home
    (home / "token_contoh.json").write_text("{}")
    (home / "token_contoh.json").chmod(0o644)
    with HubProcess(home, "--demo", FORCE_COLOR="1", TTY_COMPATIBLE="1") as hub:
        assert len(hub.tokens()) == 4
        assert (home / "token_contoh.json").stat().st_mode & 0o777 == 0o600
        assert "\x1b[" in hub.screen()
        assert [t for t in hub.tokens().values() if t in hub.screen()] == []


def test_without_demo_nothing_is_loaded(tmp_path: Path, database_url: str) -> None:
    with HubProcess(tmp_path / "rumah", wait=True, terminal=False, **settings_for(database_url)) as hub:
        assert hub.data('{ provinsi(kode: "53") { nama } }') == {"provinsi": None}
        assert hub.tokens() == {}
        assert not (tmp_path / "rumah" / "pg").exists(), "it made a cluster beside the server it was given"
        assert hub.stop() == 0


def test_a_node_loads_no_demo(tmp_path: Path, database_url: str) -> None:
    """Its province has the figures; tokens of other offices it makes none."""
    home, settings = tmp_path / "rumah", settings_for(database_url)
    with HubProcess(home, "--demo", wait=True, terminal=False, HUB_WILAYAH="53.14", **settings) as hub:
        assert (hub.tokens(), hub.data('{ kabupaten(kode: "53.14") { nama } }')) == ({}, {"kabupaten": None})


# ---------- it stops ----------


def test_sigterm_lets_requests_under_way_finish_and_stops_the_cluster(hub: HubProcess) -> None:
    """Eight reads wait in the database and one body is half sent when the signal comes; each still gets its answer."""
    whole = hub.ask(_EVERY_DESA).content
    assert len(whole) > 40_000
    responses: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: responses.append(hub.ask(_EVERY_DESA))) for _ in range(8)]
    body = json.dumps({"query": _EVERY_DESA}).encode()
    cluster = hub.cluster_pid()
    assert cluster is not None
    with psycopg.connect(hub.database_url()) as barrier, socket.create_connection(("127.0.0.1", hub.port)) as half:
        half.sendall(
            b"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body) + body[:10]
        )
        barrier.execute("LOCK TABLE wilayah IN ACCESS EXCLUSIVE MODE")
        for u in threads:
            u.start()
        with psycopg.connect(hub.database_url(), autocommit=True) as other:
            wait_until(lambda: _waiting(other) >= 8, "the requests did not reach the database")
        hub.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not _accepts(hub.port), "it goes on taking connections")
        assert hub.process.poll() is None
        barrier.rollback()
        half.sendall(body[10:])
        received = b""
        while piece := half.recv(65_536):
            received += piece
    for u in threads:
        u.join()
    assert [(j.status_code, j.content == whole) for j in responses] == [(200, True)] * 8
    head, _, content = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert content == whole
    assert hub.process.wait(60) == 0, hub.screen()
    wait_until(lambda: not is_alive(cluster), "the cluster still runs", 10)
    assert hub.cluster_pid() is None


def test_ctrl_c_stops_it_as_well(hub: HubProcess) -> None:
    cluster = hub.cluster_pid()
    assert cluster is not None
    hub.process.send_signal(signal.SIGINT)
    assert hub.process.wait(60) == 0, hub.screen()
    assert "Traceback" not in hub.screen()
    wait_until(lambda: not is_alive(cluster), "the cluster still runs", 10)


def test_a_signal_during_the_first_start_leaves_nothing_running(own_folder: Path) -> None:
    with HubProcess(own_folder / "rumah", "--demo", wait=False) as hub:
        wait_until(lambda: hub.cluster_pid() is not None, "the cluster was not started")
        cluster = hub.cluster_pid()
        assert cluster is not None
        assert hub.stop() == 128 + signal.SIGTERM
        wait_until(lambda: not is_alive(cluster), "the cluster still runs", 10)
        assert "Traceback" not in hub.screen()


# ---------- it is killed ----------


def test_a_killed_hub_starts_again_with_its_data(home: Path) -> None:
    with HubProcess(home, "--demo") as hub:
        token = hub.tokens()
        hub.process.kill()
        hub.process.wait()
        cluster = hub.cluster_pid()
        assert cluster is not None
        assert is_alive(cluster), "nobody was left to stop it"
        with HubProcess(home, "--demo") as again:
            assert again.tokens() == token
            assert again.data(_ALLOWED, token["53"])["rekap"]["boleh"] == ["BUKA"]
            assert again.data(_ANGKA) == _EXPECTED
            assert again.cluster_pid() == cluster
            assert again.stop() == 0
        wait_until(lambda: not is_alive(cluster), "the last one out did not stop the cluster", 10)


@pytest.mark.parametrize("step", ["wilayah contoh", "peta contoh", "pernyataan Banten"])
def test_a_demo_that_was_cut_is_finished_by_the_next_start(fresh_home: Path, step: str) -> None:
    home = fresh_home
    with HubProcess(home, "--demo", wait=False) as hub:
        wait_until(lambda: step in hub.screen(), f"it never came to {step}")
        hub.process.kill()
        hub.process.wait()
    with HubProcess(home, "--demo") as again:
        assert again.tokens().keys() == {"53.14", "53", "36", "36.73"}
        assert again.data(_ANGKA) == _EXPECTED
        assert again.data(_ALLOWED, again.tokens()["53"])["rekap"]["status"] == "DISETUJUI"
        peta = again.data(_EVERY_DESA)["kabupaten"]["kecamatan"]
        assert [d["nama"] for k in peta for d in k["desa"] if d["batas"] is None] == []
        assert again.data('{ provinsi(kode: "36") { kabupaten { kode } } }')["provinsi"]["kabupaten"]


def test_a_killed_database_comes_back_under_a_running_hub(hub: HubProcess) -> None:
    _kill_database(hub)
    assert hub.data(_ANGKA) == _EXPECTED


def test_once_it_is_ready_again_every_request_is_answered(hub: HubProcess) -> None:
    """Whichever connection of its pools a request gets: those of the dead server are no use to anybody."""
    token = hub.tokens()["53"]
    _crowd(hub, token)
    _kill_database(hub)
    responses = [hub.ask(_ANGKA) for _ in range(16)] + [hub.ask(_ALLOWED, token) for _ in range(16)]
    assert [j.text for j in responses if j.status_code != 200 or "errors" in j.json()] == []
    assert responses[-1].json()["data"]["rekap"]["boleh"] == ["BUKA"]
    assert hub.stop() == 0
    assert hub.cluster_pid() is None


# ---------- it cannot ----------


def test_a_port_in_use_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        port = str(occupant.getsockname()[1])
        result = run_hub("serve", "--demo", HUB_HOME=str(tmp_path / "rumah"), HUB_PORT=port)
    assert result.returncode == 1
    sentence = _one_sentence(result.stderr)
    assert port in sentence
    assert "HUB_PORT" in sentence
    assert not (tmp_path / "rumah" / "pg").exists(), "it made a cluster first"


def test_nobody_else_gets_the_port_while_a_hub_still_starts(tmp_path: Path) -> None:
    """Both would hold it, and only one of them would ever be spoken to: the other said that it serves, and served nobody."""
    with HubProcess(tmp_path / "rumah", wait=False) as hub, socket.socket() as other:
        wait_until(lambda: "basis data" in hub.screen(), "it does not start")
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", hub.port))


_CANNOT_BE_USED = {
    "wrong password": "Kata sandi atau pengguna basis data salah",
    "unknown user": "Kata sandi atau pengguna basis data salah",
    "unknown database": "belum ada",
    "nothing listening": "tidak menjawab",
    "unknown host": "tidak dikenal",
    "not an address": "HUB_DATABASE_URL",
}


@pytest.mark.parametrize(
    ("what", "command"),
    [*((what, "serve") for what in _CANNOT_BE_USED), ("wrong password", "migrate"), ("wrong password", "token list")],
)
def test_a_database_that_cannot_be_used(cluster: PrivateCluster, tmp_path: Path, what: str, command: str) -> None:
    port = (cluster.folder / "port").read_text()
    password = quote((cluster.folder / "sandi").read_text().strip())
    url = {
        "wrong password": f"postgresql://hub:salah@127.0.0.1:{port}/postgres",
        "unknown user": f"postgresql://siapa:salah@127.0.0.1:{port}/postgres",
        "unknown database": f"postgresql://hub:{password}@127.0.0.1:{port}/tidak_ada",
        "nothing listening": f"postgresql://hub:salah@127.0.0.1:{free_port()}/hub",
        "unknown host": "postgresql://hub:salah@server.invalid/hub",
        "not an address": "server kami",
    }[what]
    home, free = str(tmp_path / "rumah"), str(free_port())
    result = run_hub(*command.split(), HUB_DATABASE_URL=url, HUB_HOME=home, HUB_PORT=free)
    assert result.returncode == 1
    sentence = _one_sentence(result.stderr)
    assert _CANNOT_BE_USED[what] in sentence
    assert "HUB_DATABASE_URL" in sentence
    assert password not in result.stderr
    assert result.stdout == ""


def test_an_address_may_begin_as_postgres_does_too(database_url: str) -> None:
    """PostgreSQL itself takes either spelling."""
    settings = {n: nilai.replace("postgresql://", "postgres://", 1) for n, nilai in settings_for(database_url).items()}
    result = run_hub("migrate", **settings)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    result = run_hub("serve", HUB_PORT="abc", HUB_ZONA_WAKTU="Mars", HUB_HOME=str(tmp_path / "rumah"))
    assert result.returncode == 1
    sentence = _one_sentence(result.stderr)
    assert "HUB_PORT = 'abc'" in sentence
    assert "HUB_ZONA_WAKTU = 'Mars'" in sentence
    assert not (tmp_path / "rumah").exists()


def _one_sentence(screen: str) -> str:
    """The one sentence a failed command leaves, after its lines of progress."""
    assert "Traceback" not in screen, screen
    lines = [b for b in screen.splitlines() if b.strip() and not b.startswith("•")]
    assert len(lines) == 1, screen
    assert lines[0].startswith("Gagal: ")
    return lines[0]


def _waiting(conn: psycopg.Connection[tuple[int]]) -> int:
    """Backends that wait for a lock in this database."""
    row = conn.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()
    assert row is not None
    return row[0]


def _accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _crowd(hub: HubProcess, token: str) -> None:
    """Many requests at once, of the public and of an officer, so that both pools hold many connections."""
    threads = [threading.Thread(target=hub.ask, args=(_EVERY_DESA, t)) for t in (None, token) for _ in range(12)]
    for u in threads:
        u.start()
    for u in threads:
        u.join()


def _kill_database(hub: HubProcess) -> None:
    """Kill the server under the hub and wait until the hub says that it is ready with another one."""
    old_pid = hub.cluster_pid()
    assert old_pid is not None
    os.kill(old_pid, signal.SIGKILL)
    wait_until(lambda: hub.cluster_pid() not in (None, old_pid) and hub.ready(), "the database did not come back", 15)
