"""The private cluster: made once, shared, stopped by the last one out, healed whatever killed it. Real servers, each in a
folder that nobody else may enter; none is left running."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(quick_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder for a cluster, below one of mode 700. Whatever still runs in it at the end is a failure."""
    home = quick_folder / tmp_path.name
    home.mkdir(mode=0o700)
    yield home / "pg"
    try:
        _wait(lambda: not list(_occupants(home)), "a server was left running", 5)
    finally:
        for pid in _occupants(home):
            _kill(pid)


@pytest.fixture(scope="module")
def made(quick_folder: Path) -> Path:
    """The folder of a cluster that was made, with one row in it, and is stopped."""
    cluster = PrivateCluster(quick_folder / "dibuat")
    try:
        cluster.use()
        _sql(cluster, "CREATE TABLE ingatan (isi text)")
        _sql(cluster, "INSERT INTO ingatan VALUES ('dari dahulu')")
    finally:
        cluster.release()
    return cluster.folder


@pytest.fixture
def cluster(made: Path, folder: Path) -> Iterator[PrivateCluster]:
    """A cluster that is held, with one row in it: a copy, for to make one takes longer than all that is done with it."""
    subprocess.run(["cp", "-a", made, folder], check=True)
    copied = PrivateCluster(folder)
    try:
        copied.use()
        yield copied
    finally:
        copied.release()


def test_first_use_makes_a_cluster_with_postgis_behind_closed_doors(folder: Path) -> None:
    cluster = PrivateCluster(folder)
    try:
        cluster.use()
        _sql(cluster, "CREATE EXTENSION postgis")
        assert _sql(cluster, "SELECT ST_Area('POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))'::geometry)") == [(4.0,)]
        assert _sql(cluster, "SHOW listen_addresses") == [("127.0.0.1",)]
        assert {n: (folder / n).stat().st_mode & 0o777 for n in ("data", "soket", "sandi")} == {
            "data": 0o700, "soket": 0o700, "sandi": 0o600,
        }  # fmt: skip
        assert folder.parent.stat().st_mode & 0o777 == 0o700, "somebody else's folder was opened up"
    finally:
        cluster.release()
    assert not (folder / "data" / "postmaster.pid").exists()


def test_loopback_needs_the_password(cluster: PrivateCluster) -> None:
    port = (cluster.folder / "port").read_text()
    password = (cluster.folder / "sandi").read_text()
    with psycopg.connect(f"postgresql://hub:{password}@127.0.0.1:{port}/postgres") as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://hub:salah@127.0.0.1:{port}/postgres")


def test_second_use_finds_everything_as_it_was(cluster: PrivateCluster) -> None:
    made_at = (cluster.folder / "data" / "PG_VERSION").stat().st_mtime_ns
    cluster.release()
    cluster.use()
    assert _memory(cluster) == [("dari dahulu",)]
    assert (cluster.folder / "data" / "PG_VERSION").stat().st_mtime_ns == made_at
    pid = _pid(cluster)
    with _held(cluster.folder) as second:  # a second holder starts nothing
        assert _pid(second) == pid


def test_a_database_is_made_once(cluster: PrivateCluster) -> None:
    with ThreadPoolExecutor(4) as at_once:  # as when a command is given while the hub starts for the first time
        list(at_once.map(cluster.ensure_database, ["hub"] * 8))
    assert _sql(cluster, "SELECT count(*) FROM pg_database WHERE datname = 'hub'") == [(1,)]
    with psycopg.connect(cluster.url("hub")) as conn:
        assert conn.info.dbname == "hub"


def test_a_path_too_long_for_a_socket_is_reached_by_loopback(folder: Path) -> None:
    long_path = folder.parent / ("sangat-panjang-" * 8) / "pg"
    assert len(str(long_path / "soket" / ".s.PGSQL.5432")) > 107
    cluster = PrivateCluster(long_path)
    try:
        cluster.use()
        assert "@127.0.0.1:" in cluster.url()
        with psycopg.connect(cluster.url()) as conn:
            assert conn.info.hostaddr == "127.0.0.1"
    finally:
        cluster.release()


# ---------- holders ----------


def test_the_last_one_out_stops_the_server(cluster: PrivateCluster) -> None:
    second = PrivateCluster(cluster.folder)
    second.use()
    pid = _pid(cluster)
    cluster.release()
    try:
        assert _is_alive(pid)
        assert _memory(second) == [("dari dahulu",)]
    finally:
        second.release()
    _wait(lambda: not _is_alive(pid), "the server was not stopped", 5)


def test_releasing_twice_does_nothing_more(cluster: PrivateCluster) -> None:
    with _held(cluster.folder) as second:
        cluster.release()
        cluster.release()
        assert _memory(second) == [("dari dahulu",)]


def test_a_holder_who_comes_while_the_last_one_leaves_keeps_the_server(
    cluster: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newcomer has seen the server run and is about to be counted in; at that very moment the other one leaves."""
    leaving = threading.Thread(target=cluster.release)
    original = fcntl.flock

    def flock(file: Any, operation: int) -> None:
        if operation == fcntl.LOCK_SH and leaving.ident is None:
            leaving.start()
            leaving.join(2)  # either it waits for its turn, or it stops the server under the newcomer
        original(file, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    newcomer = PrivateCluster(cluster.folder)
    try:
        newcomer.use()
        leaving.join()
        assert _memory(newcomer) == [("dari dahulu",)]
    finally:
        newcomer.release()


def test_many_first_uses_at_once_make_one_server(folder: Path) -> None:
    clusters = [PrivateCluster(folder) for _ in range(4)]
    threads = [threading.Thread(target=k.use) for k in clusters]
    try:
        for u in threads:
            u.start()
        for u in threads:
            u.join()
        assert len({_pid(k) for k in clusters}) == 1
        assert [_sql(k, "SELECT 1") for k in clusters] == [[(1,)]] * 4
    finally:
        for k in clusters:
            k.release()


# ---------- what may go wrong ----------


def test_a_running_server_needs_no_healing(cluster: PrivateCluster) -> None:
    pid = _pid(cluster)
    assert cluster.heal() is False
    assert _pid(cluster) == pid


def test_a_killed_server_heals(cluster: PrivateCluster) -> None:
    pid = _pid(cluster)
    with psycopg.connect(cluster.url()) as busy:  # a backend that lives on for a moment
        _kill(pid)
        assert cluster.heal() is True
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")
    assert _pid(cluster) != pid
    assert _memory(cluster) == [("dari dahulu",)]


def test_a_killed_server_is_started_by_whoever_comes_next(cluster: PrivateCluster) -> None:
    pid = _pid(cluster)
    _kill(pid)
    with _held(cluster.folder) as new:
        assert _pid(new) != pid
        assert _memory(new) == [("dari dahulu",)]


@pytest.mark.parametrize("content", ["our own process", "a process that is gone", "no number"])
def test_a_stale_pid_file_does_not_hinder(cluster: PrivateCluster, content: str) -> None:
    cluster.release()
    ended = subprocess.Popen(["true"])
    ended.wait()
    pid_text = {"our own process": str(os.getpid()), "a process that is gone": str(ended.pid), "no number": "…"}[
        content
    ]
    leftover = (
        f"{pid_text}\n{cluster.folder}/data\n1700000000\n5432\n{cluster.folder}/soket\n127.0.0.1\n  1234567  1\nready\n"
    )
    (cluster.folder / "data" / "postmaster.pid").write_text(leftover)
    cluster.use()
    assert _pid(cluster) != os.getpid()
    assert _memory(cluster) == [("dari dahulu",)]


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    (folder / "data" / "base" / "1").mkdir(parents=True)
    (folder / "data" / "postgresql.conf").write_text("# half")
    with _held(folder) as cluster:
        assert _sql(cluster, "SELECT 1") == [(1,)]


def test_a_first_start_that_was_killed_is_begun_anew(folder: Path) -> None:
    """Power loss while the cluster is being made: killed as soon as it looks like one from outside."""
    start_code = f"from pathlib import Path; from hub.db.private_cluster import PrivateCluster as K; K(Path({str(folder)!r})).use()"
    process = subprocess.Popen([sys.executable, "-c", start_code], env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        _wait(lambda: any(folder.rglob("PG_VERSION")), "initdb did not begin")
    finally:
        family = [process.pid, *_descendants(process.pid)]
        names = {_name(pid) for pid in family}
        for pid in family:
            _kill(pid)
        process.wait()
    assert "initdb" in names, "too late: the cluster was made already"
    with _held(folder) as cluster:
        assert _sql(cluster, "SELECT 1") == [(1,)]


def test_an_occupied_port_leads_to_another(cluster: PrivateCluster) -> None:
    cluster.release()
    port = int((cluster.folder / "port").read_text())
    with socket.socket() as occupant:
        occupant.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        occupant.bind(("127.0.0.1", port))
        occupant.listen()
        cluster.use()
        assert int((cluster.folder / "port").read_text()) != port
        assert _memory(cluster) == [("dari dahulu",)]


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[PrivateCluster]:
    cluster = PrivateCluster(folder)
    try:
        cluster.use()
        yield cluster
    finally:
        cluster.release()


def _sql(cluster: PrivateCluster, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        cursor = conn.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _memory(cluster: PrivateCluster) -> list[tuple[Any, ...]]:
    return _sql(cluster, "SELECT isi FROM ingatan")


def _pid(cluster: PrivateCluster) -> int:
    return int((cluster.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # gone before or while we look
        return False
    return state != "Z"


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _occupants(folder: Path) -> Iterator[int]:
    """Processes that work inside the folder: servers and their backends."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and _is_alive(int(process.name)):
            with contextlib.suppress(OSError):
                if (process / "cwd").readlink().is_relative_to(folder):
                    yield int(process.name)


def _descendants(pid: int) -> Iterator[int]:
    """Children, their children, and so on."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield int(child)
        yield from _descendants(int(child))


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _wait(lambda: not _is_alive(pid), f"process {pid} does not die")


def _wait(done: Callable[[], bool], complaint: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.01)
