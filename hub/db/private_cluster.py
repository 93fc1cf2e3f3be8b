"""A private PostGIS cluster inside HUB_HOME, for a machine that has no database server of its own.

Layout of the folder: `data/` the cluster, `soket/` the unix socket (mode 0700), `log`, `sandi` the password for
loopback TCP (mode 0600), `dipakai` the lock that counts who uses the cluster. The last user out stops the server.

PostgreSQL refuses to run as root. As root we start it as the `postgres` user, and hand it the folder as an open
file descriptor (`/proc/self/fd/N`): that works even where the checkout lies in a home that user may not enter,
without loosening anybody's permissions.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from hub.base.errors import PenyiapanError
from hub.db.connections import connect

PEMILIK = "hub"  # the cluster's superuser, and owner of every database in it
LAYANAN = "hub_layanan"  # what the hub serves with: owns nothing (hub/db/rights.py)
_LAMA_MENYALA = 60.0  # seconds; recovery after a crash may take a while
_PANJANG_SOKET = 107  # bytes a unix socket address may have on Linux

_SETELAN = """\
# Written by the hub. Private cluster: loopback and unix socket only.
listen_addresses = '127.0.0.1'
max_connections = 100
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 256MB
effective_cache_size = 1GB
max_wal_size = 2GB
jit = off                        # our statements are short; compiling them costs more than they take
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
log_min_duration_statement = 5s
logging_collector = off
"""


def program_folder() -> Path:
    """Folder of the newest PostgreSQL server that has PostGIS. Raises PenyiapanError naming what to install."""
    calon = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]), reverse=True)
    for program in calon:
        versi = program.parts[-3]
        if Path(f"/usr/share/postgresql/{versi}/extension/postgis.control").exists():
            return program.parent
    if (lain := shutil.which("postgres")) is not None:
        return Path(lain).resolve().parent
    raise PenyiapanError(
        "PostgreSQL dengan PostGIS tidak ditemukan. Pasang dengan: apt-get install postgresql-postgis "
        "(Debian), atau setel HUB_DATABASE_URL ke server yang ada."
    )


class PrivateCluster:
    """One cluster in one folder. `use()` starts it if need be and counts us in; `release()` counts us out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._soket = folder / "soket"
        self._kunci: IO[str] | None = None
        self._user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None

    # ---------- use and release ----------

    def use(self) -> None:
        """Make the cluster if it does not exist, start it if it does not run, and hold it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._kunci = (self.folder / "dipakai").open("a")
        try:
            with self._sendirian():
                if not (self._data / "PG_VERSION").exists():
                    self._buat()
                self._nyalakan()
                fcntl.flock(self._kunci, fcntl.LOCK_SH)  # before the next one may decide that nobody uses it
        except BaseException:  # a signal too: what was started for us alone is stopped again
            self.release()
            raise

    def release(self) -> None:
        """Let go; stop the server when nobody else holds it."""
        if self._kunci is None:
            return
        with self._sendirian():
            try:
                fcntl.flock(self._kunci, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses it
            else:
                self._matikan()
        self._kunci.close()
        self._kunci = None

    def heal(self) -> bool:
        """Start the server again if it died under us. Returns whether it had to."""
        if self._pid() is not None:
            return False
        with self._sendirian():
            if self._pid() is not None:
                return False
            self._nyalakan()
        return True

    def url(self, database: str = "postgres", peran: str = PEMILIK) -> str:
        """Address of a database in this cluster, by unix socket where its path is short enough, else by loopback. `peran`:
        PEMILIK or LAYANAN."""
        port = self._port()
        if len(str(self._soket / f".s.PGSQL.{port}").encode()) <= _PANJANG_SOKET:
            return f"postgresql://{peran}@/{database}?host={quote(str(self._soket))}&port={port}"
        return f"postgresql://{peran}:{self.password(peran)}@127.0.0.1:{port}/{database}"

    def password(self, peran: str) -> str:
        """For loopback. That of LAYANAN follows from the owner's, and not the other way round."""
        sandi = (self.folder / "sandi").read_text().strip()
        return sandi if peran == PEMILIK else _following(sandi, peran)

    def ensure_database(self, name: str) -> None:
        """Create the database when it is not there yet."""
        with self._sendirian(), connect(self.url(), autocommit=True) as conn:
            ada = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if ada is None:
                conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    # ---------- making and starting ----------

    @contextlib.contextmanager
    def _sendirian(self) -> Iterator[None]:
        """One process at a time may make, start or stop the cluster."""
        with (self.folder / "giliran").open("a") as giliran:
            fcntl.flock(giliran, fcntl.LOCK_EX)
            yield

    def _buat(self) -> None:
        # Becomes `data` when it is whole, so that a killed first start leaves nothing half made. Its initdb may still
        # be writing, so each attempt has a folder of its own.
        for sisa in self.folder.glob("baru.*"):
            shutil.rmtree(sisa, ignore_errors=True)
        baru = Path(tempfile.mkdtemp(prefix="baru.", dir=self.folder))
        self._soket.mkdir(mode=0o700, exist_ok=True)
        sandi = self.folder / "sandi"
        sandi.touch(mode=0o600)
        sandi.write_text(secrets.token_urlsafe(24))
        if self._user is not None:
            for milik in (self.folder, baru, self._soket, sandi):
                os.chown(milik, self._user.pw_uid, self._user.pw_gid)
        hasil = self._jalankan(
            "initdb", "-D", f"{{}}/{baru.name}", "-U", PEMILIK, "-E", "UTF8", "--locale=C.UTF-8", "--pwfile={}/sandi",
            "--auth-local=trust", "--auth-host=scram-sha-256",
        )  # fmt: skip
        if hasil.returncode != 0:
            raise PenyiapanError(f"Klaster PostgreSQL tidak dapat dibuat: {hasil.stderr.strip()[-500:]}")
        with (baru / "postgresql.conf").open("a") as setelan:
            setelan.write(_SETELAN)
        if self._data.exists():
            shutil.rmtree(self._data)
        baru.rename(self._data)

    def _nyalakan(self) -> None:
        if self._pid() is not None and self._tunggu_siap(None):
            return
        # Lock files without our server behind them are stale (power loss, container restart, kill -9). PostgreSQL
        # itself would refuse to start when another process now bears the number in them.
        for basi in (self._data / "postmaster.pid", *self._soket.glob(".s.PGSQL.*")):
            basi.unlink(missing_ok=True)
        port = self._port()
        if not _bebas(port):
            port = _port_bebas()
        (self.folder / "port").write_text(str(port))
        batas = time.monotonic() + _LAMA_MENYALA
        while True:
            with (self.folder / "log").open("ab") as log:
                mulai = log.tell()
                proses = self._mulai(["postgres", "-D", "{}/data", "-k", "{}/soket", "-c", f"port={port}"], log, log)
            with _diakhiri_bila_gagal(proses, signal.SIGINT):
                siap = self._tunggu_siap(proses)
            if siap:
                proses.returncode = 0  # it may outlive us: from here on the pid file knows it, not this object
                return
            pesan = (self.folder / "log").read_bytes()[mulai:].decode(errors="replace")
            # Backends of a killed server live on for a moment and hold its shared memory.
            if "shared memory block" not in pesan or time.monotonic() > batas:
                raise PenyiapanError(f"PostgreSQL tidak menyala ({self.folder}/log): {pesan[-600:]}")
            time.sleep(0.3)

    def _tunggu_siap(self, proses: "subprocess.Popen[bytes] | None") -> bool:
        """Wait until the server answers. False when the process we started (None: the one we found) ended instead."""
        batas = time.monotonic() + _LAMA_MENYALA
        while True:
            try:
                connect(self.url(), connect_timeout=5).close()
                return True
            except psycopg.OperationalError as salah:
                if self._pid() is None if proses is None else proses.poll() is not None:
                    return False
                if time.monotonic() > batas:
                    raise PenyiapanError(f"PostgreSQL tidak menjawab ({self.folder}/log): {salah}") from None
            time.sleep(0.05)

    def _matikan(self) -> None:
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)  # "fast": disconnect clients, write a checkpoint, leave
        batas = time.monotonic() + _LAMA_MENYALA
        while self._pid() is not None and time.monotonic() < batas:
            time.sleep(0.02)

    # ---------- the process ----------

    def _pid(self) -> int | None:
        """Process id of the running server, or None. The pid file is believed only if that process sits in our folder."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # our own child, if it died, is a zombie until we look
            tempat = Path(f"/proc/{pid}/cwd").stat()
            keadaan = re.search(r"\) (\w)", Path(f"/proc/{pid}/stat").read_text())
        except (OSError, ValueError):
            return None
        rumah = self._data.stat()
        hidup = keadaan is not None and keadaan[1] not in "ZX"
        return pid if hidup and (tempat.st_dev, tempat.st_ino) == (rumah.st_dev, rumah.st_ino) else None

    def _port(self) -> int:
        berkas = self.folder / "port"
        return int(berkas.read_text()) if berkas.exists() else 0

    def _jalankan(self, *perintah: str) -> "subprocess.CompletedProcess[str]":
        proses = self._mulai(list(perintah), subprocess.PIPE, subprocess.PIPE)
        with _diakhiri_bila_gagal(proses, signal.SIGTERM):
            keluar, galat = proses.communicate()
        return subprocess.CompletedProcess(perintah, proses.returncode, keluar.decode(), galat.decode())

    def _mulai(self, perintah: list[str], keluar: int | IO[bytes], galat: int | IO[bytes]) -> "subprocess.Popen[bytes]":
        """Start one of PostgreSQL's programs; "{}" in an argument becomes the folder as that program may reach it."""
        pintu = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # also when not root: the socket's path must be short, however deep the checkout lies
            argumen = [bagian.replace("{}", f"/proc/self/fd/{pintu}") for bagian in perintah]
            argumen[0] = str(program_folder() / argumen[0])
            return subprocess.Popen(
                argumen,
                stdin=subprocess.DEVNULL,
                stdout=keluar,
                stderr=galat,
                cwd="/",
                pass_fds=(pintu,),
                start_new_session=True,  # Ctrl-C is for the hub; it stops the server when it is done
                user=self._user.pw_uid if self._user else None,
                group=self._user.pw_gid if self._user else None,
                extra_groups=[] if self._user else None,
            )
        finally:
            os.close(pintu)


def login_url(url: str) -> str:
    """The same database of a private cluster as LAYANAN, from its address as PEMILIK."""
    bagian = urlsplit(url)
    akun, _, tempat = bagian.netloc.rpartition("@")
    _, _, sandi = akun.partition(":")
    baru = f"{LAYANAN}:{_following(sandi, LAYANAN)}" if sandi else LAYANAN
    return urlunsplit(bagian._replace(netloc=f"{baru}@{tempat}"))


def _following(sandi: str, peran: str) -> str:
    return hashlib.sha256(f"{peran}:{sandi}".encode()).hexdigest()


@contextlib.contextmanager
def _diakhiri_bila_gagal(proses: "subprocess.Popen[bytes]", tanda: signal.Signals) -> Iterator[None]:
    """A signal to us while we wait for a process of ours ends that process too."""
    try:
        yield
    except BaseException:
        proses.send_signal(tanda)
        with contextlib.suppress(subprocess.TimeoutExpired):
            proses.wait(10)
        raise


def _bebas(port: int) -> bool:
    if port == 0:
        return False
    with socket.socket() as soket:
        soket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            soket.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _port_bebas() -> int:
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        port: int = soket.getsockname()[1]
    return port
