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

AKAR = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for a cluster, below one of mode 700. Whatever still runs in it at the end is a failure."""
    rumah = tmp_path / "rumah"
    rumah.mkdir(mode=0o700)
    yield rumah / "pg"
    try:
        _tunggu(lambda: not list(_penghuni(rumah)), "a server was left running", 5)
    finally:
        for pid in _penghuni(rumah):
            _bunuh(pid)


@pytest.fixture
def klaster(folder: Path) -> Iterator[PrivateCluster]:
    """A cluster that is held, with one row in it."""
    isi = PrivateCluster(folder)
    try:
        isi.use()
        _sql(isi, "CREATE TABLE ingatan (isi text)")
        _sql(isi, "INSERT INTO ingatan VALUES ('dari dahulu')")
        yield isi
    finally:
        isi.release()


def test_first_use_makes_a_cluster_with_postgis_behind_closed_doors(folder: Path) -> None:
    klaster = PrivateCluster(folder)
    try:
        klaster.use()
        _sql(klaster, "CREATE EXTENSION postgis")
        assert _sql(klaster, "SELECT ST_Area('POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))'::geometry)") == [(4.0,)]
        assert _sql(klaster, "SHOW listen_addresses") == [("127.0.0.1",)]
        assert {n: (folder / n).stat().st_mode & 0o777 for n in ("data", "soket", "sandi")} == {
            "data": 0o700, "soket": 0o700, "sandi": 0o600,
        }  # fmt: skip
        assert folder.parent.stat().st_mode & 0o777 == 0o700, "somebody else's folder was opened up"
    finally:
        klaster.release()
    assert not (folder / "data" / "postmaster.pid").exists()


def test_loopback_needs_the_password(klaster: PrivateCluster) -> None:
    port = (klaster.folder / "port").read_text()
    sandi = (klaster.folder / "sandi").read_text()
    with psycopg.connect(f"postgresql://hub:{sandi}@127.0.0.1:{port}/postgres") as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://hub:salah@127.0.0.1:{port}/postgres")


def test_second_use_finds_everything_as_it_was(klaster: PrivateCluster) -> None:
    dibuat = (klaster.folder / "data" / "PG_VERSION").stat().st_mtime_ns
    klaster.release()
    klaster.use()
    assert _ingatan(klaster) == [("dari dahulu",)]
    assert (klaster.folder / "data" / "PG_VERSION").stat().st_mtime_ns == dibuat
    pid = _pid(klaster)
    with _dipegang(klaster.folder) as kedua:  # a second holder starts nothing
        assert _pid(kedua) == pid


def test_a_database_is_made_once(klaster: PrivateCluster) -> None:
    with ThreadPoolExecutor(4) as sekaligus:  # as when a command is given while the hub starts for the first time
        list(sekaligus.map(klaster.ensure_database, ["hub"] * 8))
    assert _sql(klaster, "SELECT count(*) FROM pg_database WHERE datname = 'hub'") == [(1,)]
    with psycopg.connect(klaster.url("hub")) as conn:
        assert conn.info.dbname == "hub"


def test_a_path_too_long_for_a_socket_is_reached_by_loopback(folder: Path) -> None:
    panjang = folder.parent / ("sangat-panjang-" * 8) / "pg"
    assert len(str(panjang / "soket" / ".s.PGSQL.5432")) > 107
    klaster = PrivateCluster(panjang)
    try:
        klaster.use()
        assert "@127.0.0.1:" in klaster.url()
        with psycopg.connect(klaster.url()) as conn:
            assert conn.info.hostaddr == "127.0.0.1"
    finally:
        klaster.release()


# ---------- holders ----------


def test_the_last_one_out_stops_the_server(klaster: PrivateCluster) -> None:
    kedua = PrivateCluster(klaster.folder)
    kedua.use()
    pid = _pid(klaster)
    klaster.release()
    try:
        assert _hidup(pid)
        assert _ingatan(kedua) == [("dari dahulu",)]
    finally:
        kedua.release()
    _tunggu(lambda: not _hidup(pid), "the server was not stopped", 5)


def test_releasing_twice_does_nothing_more(klaster: PrivateCluster) -> None:
    with _dipegang(klaster.folder) as kedua:
        klaster.release()
        klaster.release()
        assert _ingatan(kedua) == [("dari dahulu",)]


def test_a_holder_who_comes_while_the_last_one_leaves_keeps_the_server(
    klaster: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newcomer has seen the server run and is about to be counted in; at that very moment the other one leaves."""
    pergi = threading.Thread(target=klaster.release)
    asli = fcntl.flock

    def flock(berkas: Any, cara: int) -> None:
        if cara == fcntl.LOCK_SH and pergi.ident is None:
            pergi.start()
            pergi.join(2)  # either it waits for its turn, or it stops the server under the newcomer
        asli(berkas, cara)

    monkeypatch.setattr(fcntl, "flock", flock)
    pendatang = PrivateCluster(klaster.folder)
    try:
        pendatang.use()
        pergi.join()
        assert _ingatan(pendatang) == [("dari dahulu",)]
    finally:
        pendatang.release()


def test_many_first_uses_at_once_make_one_server(folder: Path) -> None:
    semua = [PrivateCluster(folder) for _ in range(4)]
    utas = [threading.Thread(target=k.use) for k in semua]
    try:
        for u in utas:
            u.start()
        for u in utas:
            u.join()
        assert len({_pid(k) for k in semua}) == 1
        assert [_sql(k, "SELECT 1") for k in semua] == [[(1,)]] * 4
    finally:
        for k in semua:
            k.release()


# ---------- what may go wrong ----------


def test_a_running_server_needs_no_healing(klaster: PrivateCluster) -> None:
    pid = _pid(klaster)
    assert klaster.heal() is False
    assert _pid(klaster) == pid


def test_a_killed_server_heals(klaster: PrivateCluster) -> None:
    pid = _pid(klaster)
    with psycopg.connect(klaster.url()) as sibuk:  # a backend that lives on for a moment
        _bunuh(pid)
        assert klaster.heal() is True
        with pytest.raises(psycopg.OperationalError):
            sibuk.execute("SELECT 1")
    assert _pid(klaster) != pid
    assert _ingatan(klaster) == [("dari dahulu",)]


def test_a_killed_server_is_started_by_whoever_comes_next(klaster: PrivateCluster) -> None:
    pid = _pid(klaster)
    _bunuh(pid)
    with _dipegang(klaster.folder) as baru:
        assert _pid(baru) != pid
        assert _ingatan(baru) == [("dari dahulu",)]


@pytest.mark.parametrize("isi", ["our own process", "a process that is gone", "no number"])
def test_a_stale_pid_file_does_not_hinder(klaster: PrivateCluster, isi: str) -> None:
    klaster.release()
    habis = subprocess.Popen(["true"])
    habis.wait()
    nomor = {"our own process": str(os.getpid()), "a process that is gone": str(habis.pid), "no number": "…"}[isi]
    sisa = f"{nomor}\n{klaster.folder}/data\n1700000000\n5432\n{klaster.folder}/soket\n127.0.0.1\n  1234567  1\nready\n"
    (klaster.folder / "data" / "postmaster.pid").write_text(sisa)
    klaster.use()
    assert _pid(klaster) != os.getpid()
    assert _ingatan(klaster) == [("dari dahulu",)]


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    (folder / "data" / "base" / "1").mkdir(parents=True)
    (folder / "data" / "postgresql.conf").write_text("# half")
    with _dipegang(folder) as klaster:
        assert _sql(klaster, "SELECT 1") == [(1,)]


def test_a_first_start_that_was_killed_is_begun_anew(folder: Path) -> None:
    """Power loss while the cluster is being made: killed as soon as it looks like one from outside."""
    mulai = f"from pathlib import Path; from hub.db.private_cluster import PrivateCluster as K; K(Path({str(folder)!r})).use()"
    proses = subprocess.Popen([sys.executable, "-c", mulai], env={**os.environ, "PYTHONPATH": str(AKAR)})
    try:
        _tunggu(lambda: any(folder.rglob("PG_VERSION")), "initdb did not begin")
    finally:
        keluarga = [proses.pid, *_keturunan(proses.pid)]
        nama = {_nama(pid) for pid in keluarga}
        for pid in keluarga:
            _bunuh(pid)
        proses.wait()
    assert "initdb" in nama, "too late: the cluster was made already"
    with _dipegang(folder) as klaster:
        assert _sql(klaster, "SELECT 1") == [(1,)]


def test_an_occupied_port_leads_to_another(klaster: PrivateCluster) -> None:
    klaster.release()
    port = int((klaster.folder / "port").read_text())
    with socket.socket() as penghuni:
        penghuni.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        penghuni.bind(("127.0.0.1", port))
        penghuni.listen()
        klaster.use()
        assert int((klaster.folder / "port").read_text()) != port
        assert _ingatan(klaster) == [("dari dahulu",)]


@contextlib.contextmanager
def _dipegang(folder: Path) -> Iterator[PrivateCluster]:
    klaster = PrivateCluster(folder)
    try:
        klaster.use()
        yield klaster
    finally:
        klaster.release()


def _sql(klaster: PrivateCluster, perintah: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(klaster.url(), autocommit=True) as conn:
        kursor = conn.execute(perintah)
        return kursor.fetchall() if kursor.description else []


def _ingatan(klaster: PrivateCluster) -> list[tuple[Any, ...]]:
    return _sql(klaster, "SELECT isi FROM ingatan")


def _pid(klaster: PrivateCluster) -> int:
    return int((klaster.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def _hidup(pid: int) -> bool:
    try:
        keadaan = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # gone before or while we look
        return False
    return keadaan != "Z"


def _nama(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _penghuni(folder: Path) -> Iterator[int]:
    """Processes that work inside the folder: servers and their backends."""
    for proses in Path("/proc").iterdir():
        if proses.name.isdigit() and _hidup(int(proses.name)):
            with contextlib.suppress(OSError):
                if (proses / "cwd").readlink().is_relative_to(folder):
                    yield int(proses.name)


def _keturunan(pid: int) -> Iterator[int]:
    """Children, their children, and so on."""
    try:
        anak_anak = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for anak in anak_anak:
        yield int(anak)
        yield from _keturunan(int(anak))


def _bunuh(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _tunggu(lambda: not _hidup(pid), f"process {pid} does not die")


def _tunggu(sudah: Callable[[], bool], keluhan: str, detik: float = 30) -> None:
    batas = time.monotonic() + detik
    while not sudah():
        assert time.monotonic() < batas, keluhan
        time.sleep(0.01)
