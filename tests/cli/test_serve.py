"""hub serve, run as an operator runs it: started, stopped, killed, started again; and what it says when it cannot."""

import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.cli.hub_process import HubProcess, copy_home, free_port, is_alive, run_hub, wait_until
from tests.db.roles import setelan

_BOLEH = '{ rekap(id: "53.14:F05:2020") { status boleh } }'
_ANGKA = """{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN) { nilai } }"""
_SEMUA_DESA = '{ kabupaten(kode: "53.14") { kecamatan { nama desa { kode nama batas titik luasKm2 } } } }'
_ISI = {"agregat": [{"nilai": 11731}]}


@pytest.fixture(scope="session")
def rumah_contoh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a hub that has served its demo once and was stopped; its first screen lies beside it."""
    rumah = tmp_path_factory.mktemp("hub") / "rumah"
    with HubProcess(rumah, "--demo") as hub:
        assert hub.stop() == 0, hub.screen()
        rumah.with_name("layar").write_text(hub.screen())
    return rumah


@pytest.fixture
def rumah(rumah_contoh: Path, tmp_path: Path) -> Path:
    return copy_home(rumah_contoh, tmp_path / "rumah")


@pytest.fixture
def hub(rumah: Path) -> Iterator[HubProcess]:
    """A running hub with the demo in it."""
    with HubProcess(rumah, "--demo") as proses:
        yield proses


# ---------- it serves ----------


def test_first_start_says_what_it_does_and_where_to_go(rumah_contoh: Path) -> None:
    layar = rumah_contoh.with_name("layar").read_text()
    for kata in (
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
        assert kata in layar
    assert "Traceback" not in layar
    assert layar.rstrip().endswith("• hub berhenti")


def test_it_answers_and_knows_the_demo_tokens(hub: HubProcess) -> None:
    assert hub.http.get("/sehat").json() == {"sehat": True}
    assert hub.http.get("/siap").json() == {"siap": True}
    token = hub.tokens()
    assert token.keys() == {"53.14", "53", "36", "36.73"}
    assert hub.data(_BOLEH) == {"rekap": {"status": "DISETUJUI", "boleh": []}}
    assert hub.data(_BOLEH, token["53"]) == {"rekap": {"status": "DISETUJUI", "boleh": ["BUKA"]}}
    assert hub.ask(_BOLEH, "hub_salah").status_code == 401
    assert hub.data(_ANGKA) == _ISI


def test_second_start_does_not_load_the_demo_again(rumah: Path) -> None:
    sebelum = (rumah / "token_contoh.json").read_bytes()
    with HubProcess(rumah, "--demo") as hub:
        assert "wilayah contoh" not in hub.screen()
        assert str(rumah / "token_contoh.json") in hub.screen()
        with psycopg.connect(hub.database_url()) as conn:
            assert conn.execute("SELECT count(*) FROM token").fetchone() == (4,)
    assert (rumah / "token_contoh.json").read_bytes() == sebelum
    assert (rumah / "token_contoh.json").stat().st_mode & 0o777 == 0o600


def test_the_tokens_are_shown_once_and_to_a_terminal_only(rumah_contoh: Path, tmp_path: Path) -> None:
    log = rumah_contoh.with_name("layar").read_text()
    file = rumah_contoh / "token_contoh.json"
    assert [t for t in json.loads(file.read_text()).values() if t in log] == [], "a log holds tokens"
    assert str(file) in log
    home = tmp_path / "rumah"
    with HubProcess(home, "--demo", terminal=True) as first:
        assert len(first.tokens()) == 4
        assert [t for t in first.tokens().values() if t not in first.screen()] == []
        assert first.stop() == 0
    with HubProcess(home, "--demo", terminal=True) as again:
        assert [t for t in again.tokens().values() if t in again.screen()] == []
        assert str(home / "token_contoh.json") in again.screen()


def test_a_token_file_that_others_could_read_is_not_filled(tmp_path: Path) -> None:
    """Nor does a log hold tokens where something makes the hub write in colours into it."""
    home = tmp_path / "rumah"
    home.mkdir()
    (home / "token_contoh.json").write_text("{}")
    (home / "token_contoh.json").chmod(0o644)
    with HubProcess(home, "--demo", FORCE_COLOR="1", TTY_COMPATIBLE="1") as hub:
        assert len(hub.tokens()) == 4
        assert (home / "token_contoh.json").stat().st_mode & 0o777 == 0o600
        assert "\x1b[" in hub.screen()
        assert [t for t in hub.tokens().values() if t in hub.screen()] == []


def test_without_demo_nothing_is_loaded(tmp_path: Path, database_url: str) -> None:
    with HubProcess(tmp_path / "rumah", wait=True, terminal=False, **setelan(database_url)) as hub:
        assert hub.data('{ provinsi(kode: "53") { nama } }') == {"provinsi": None}
        assert hub.tokens() == {}
        assert not (tmp_path / "rumah" / "pg").exists(), "it made a cluster beside the server it was given"
        assert hub.stop() == 0


# ---------- it stops ----------


def test_sigterm_lets_requests_under_way_finish_and_stops_the_cluster(hub: HubProcess) -> None:
    """Eight reads wait in the database and one body is half sent when the signal comes; each still gets its answer."""
    utuh = hub.ask(_SEMUA_DESA).content
    assert len(utuh) > 40_000
    jawaban: list[httpx.Response] = []
    utas = [threading.Thread(target=lambda: jawaban.append(hub.ask(_SEMUA_DESA))) for _ in range(8)]
    badan = json.dumps({"query": _SEMUA_DESA}).encode()
    klaster = hub.cluster_pid()
    assert klaster is not None
    with psycopg.connect(hub.database_url()) as palang, socket.create_connection(("127.0.0.1", hub.port)) as separuh:
        separuh.sendall(
            b"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % len(badan) + badan[:10]
        )
        palang.execute("LOCK TABLE wilayah IN ACCESS EXCLUSIVE MODE")
        for u in utas:
            u.start()
        with psycopg.connect(hub.database_url(), autocommit=True) as lain:
            wait_until(lambda: _menunggu(lain) >= 8, "the requests did not reach the database")
        hub.proses.send_signal(signal.SIGTERM)
        wait_until(lambda: not _menerima(hub.port), "it goes on taking connections")
        assert hub.proses.poll() is None
        palang.rollback()
        separuh.sendall(badan[10:])
        terbaca = b""
        while potong := separuh.recv(65_536):
            terbaca += potong
    for u in utas:
        u.join()
    assert [(j.status_code, j.content == utuh) for j in jawaban] == [(200, True)] * 8
    kepala, _, isi = terbaca.partition(b"\r\n\r\n")
    assert kepala.startswith(b"HTTP/1.1 200")
    assert isi == utuh
    assert hub.proses.wait(60) == 0, hub.screen()
    wait_until(lambda: not is_alive(klaster), "the cluster still runs", 10)
    assert hub.cluster_pid() is None


def test_ctrl_c_stops_it_as_well(hub: HubProcess) -> None:
    klaster = hub.cluster_pid()
    assert klaster is not None
    hub.proses.send_signal(signal.SIGINT)
    assert hub.proses.wait(60) == 0, hub.screen()
    assert "Traceback" not in hub.screen()
    wait_until(lambda: not is_alive(klaster), "the cluster still runs", 10)


def test_a_signal_during_the_first_start_leaves_nothing_running(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "rumah", "--demo", wait=False) as hub:
        wait_until(lambda: hub.cluster_pid() is not None, "the cluster was not started")
        klaster = hub.cluster_pid()
        assert klaster is not None
        assert hub.stop() == 128 + signal.SIGTERM
        wait_until(lambda: not is_alive(klaster), "the cluster still runs", 10)
        assert "Traceback" not in hub.screen()


# ---------- it is killed ----------


def test_a_killed_hub_starts_again_with_its_data(rumah: Path) -> None:
    with HubProcess(rumah, "--demo") as hub:
        token = hub.tokens()
        hub.proses.kill()
        hub.proses.wait()
        klaster = hub.cluster_pid()
        assert klaster is not None
        assert is_alive(klaster), "nobody was left to stop it"
        with HubProcess(rumah, "--demo") as lagi:
            assert lagi.tokens() == token
            assert lagi.data(_BOLEH, token["53"])["rekap"]["boleh"] == ["BUKA"]
            assert lagi.data(_ANGKA) == _ISI
            assert lagi.cluster_pid() == klaster
            assert lagi.stop() == 0
        wait_until(lambda: not is_alive(klaster), "the last one out did not stop the cluster", 10)


@pytest.mark.parametrize("langkah", ["wilayah contoh", "peta contoh", "pernyataan Banten"])
def test_a_demo_that_was_cut_is_finished_by_the_next_start(tmp_path: Path, langkah: str) -> None:
    rumah = tmp_path / "rumah"
    with HubProcess(rumah, "--demo", wait=False) as hub:
        wait_until(lambda: langkah in hub.screen(), f"it never came to {langkah}")
        hub.proses.kill()
        hub.proses.wait()
    with HubProcess(rumah, "--demo") as lagi:
        assert lagi.tokens().keys() == {"53.14", "53", "36", "36.73"}
        assert lagi.data(_ANGKA) == _ISI
        assert lagi.data(_BOLEH, lagi.tokens()["53"])["rekap"]["status"] == "DISETUJUI"
        peta = lagi.data(_SEMUA_DESA)["kabupaten"]["kecamatan"]
        assert [d["nama"] for k in peta for d in k["desa"] if d["batas"] is None] == []
        assert lagi.data('{ provinsi(kode: "36") { kabupaten { kode } } }')["provinsi"]["kabupaten"]


def test_a_killed_database_comes_back_under_a_running_hub(hub: HubProcess) -> None:
    _bunuh_basis_data(hub)
    assert hub.data(_ANGKA) == _ISI
    assert hub.stop() == 0
    assert hub.cluster_pid() is None


def test_once_it_is_ready_again_every_request_is_answered(hub: HubProcess) -> None:
    """Whichever connection of its pools a request gets: those of the dead server are no use to anybody."""
    token = hub.tokens()["53"]
    _ramai(hub, token)
    _bunuh_basis_data(hub)
    jawab = [hub.ask(_ANGKA) for _ in range(16)] + [hub.ask(_BOLEH, token) for _ in range(16)]
    assert [j.text for j in jawab if j.status_code != 200 or "errors" in j.json()] == []
    assert jawab[-1].json()["data"]["rekap"]["boleh"] == ["BUKA"]


# ---------- it cannot ----------


def test_a_port_in_use_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as penghuni:
        penghuni.bind(("127.0.0.1", 0))
        penghuni.listen()
        port = str(penghuni.getsockname()[1])
        hasil = run_hub("serve", "--demo", HUB_HOME=str(tmp_path / "rumah"), HUB_PORT=port)
    assert hasil.returncode == 1
    kalimat = _satu_kalimat(hasil.stderr)
    assert port in kalimat
    assert "HUB_PORT" in kalimat
    assert not (tmp_path / "rumah" / "pg").exists(), "it made a cluster first"


_TIDAK_DAPAT = {
    "wrong password": "Kata sandi atau pengguna basis data salah",
    "unknown user": "Kata sandi atau pengguna basis data salah",
    "unknown database": "belum ada",
    "nothing listening": "tidak menjawab",
    "unknown host": "tidak dikenal",
    "not an address": "HUB_DATABASE_URL",
}


@pytest.mark.parametrize(
    ("apa", "perintah"),
    [*((apa, "serve") for apa in _TIDAK_DAPAT), ("wrong password", "migrate"), ("wrong password", "token list")],
)
def test_a_database_that_cannot_be_used(cluster: PrivateCluster, tmp_path: Path, apa: str, perintah: str) -> None:
    port = (cluster.folder / "port").read_text()
    sandi = quote((cluster.folder / "sandi").read_text().strip())
    url = {
        "wrong password": f"postgresql://hub:salah@127.0.0.1:{port}/postgres",
        "unknown user": f"postgresql://siapa:salah@127.0.0.1:{port}/postgres",
        "unknown database": f"postgresql://hub:{sandi}@127.0.0.1:{port}/tidak_ada",
        "nothing listening": f"postgresql://hub:salah@127.0.0.1:{free_port()}/hub",
        "unknown host": "postgresql://hub:salah@server.invalid/hub",
        "not an address": "server kami",
    }[apa]
    rumah, bebas = str(tmp_path / "rumah"), str(free_port())
    hasil = run_hub(*perintah.split(), HUB_DATABASE_URL=url, HUB_HOME=rumah, HUB_PORT=bebas)
    assert hasil.returncode == 1
    kalimat = _satu_kalimat(hasil.stderr)
    assert _TIDAK_DAPAT[apa] in kalimat
    assert "HUB_DATABASE_URL" in kalimat
    assert sandi not in hasil.stderr
    assert hasil.stdout == ""


def test_an_address_may_begin_as_postgres_does_too(database_url: str) -> None:
    """PostgreSQL itself takes either spelling."""
    isi = {n: nilai.replace("postgresql://", "postgres://", 1) for n, nilai in setelan(database_url).items()}
    hasil = run_hub("migrate", **isi)
    assert (hasil.returncode, hasil.stdout) == (0, ""), hasil.stderr


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    hasil = run_hub("serve", HUB_PORT="abc", HUB_ZONA_WAKTU="Mars", HUB_HOME=str(tmp_path / "rumah"))
    assert hasil.returncode == 1
    kalimat = _satu_kalimat(hasil.stderr)
    assert "HUB_PORT = 'abc'" in kalimat
    assert "HUB_ZONA_WAKTU = 'Mars'" in kalimat
    assert not (tmp_path / "rumah").exists()


def _satu_kalimat(layar: str) -> str:
    """The one sentence a failed command leaves, after its lines of progress."""
    assert "Traceback" not in layar, layar
    baris = [b for b in layar.splitlines() if b.strip() and not b.startswith("•")]
    assert len(baris) == 1, layar
    assert baris[0].startswith("Gagal: ")
    return baris[0]


def _menunggu(conn: psycopg.Connection[tuple[int]]) -> int:
    """Backends that wait for a lock in this database."""
    baris = conn.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()
    assert baris is not None
    return baris[0]


def _menerima(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _ramai(hub: HubProcess, token: str) -> None:
    """Many requests at once, of the public and of an officer, so that both pools hold many connections."""
    utas = [threading.Thread(target=hub.ask, args=(_SEMUA_DESA, t)) for t in (None, token) for _ in range(12)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()


def _bunuh_basis_data(hub: HubProcess) -> None:
    """Kill the server under the hub and wait until the hub says that it is ready with another one."""
    lama = hub.cluster_pid()
    assert lama is not None
    os.kill(lama, signal.SIGKILL)
    wait_until(lambda: hub.cluster_pid() not in (None, lama) and hub.ready(), "the database did not come back", 15)
