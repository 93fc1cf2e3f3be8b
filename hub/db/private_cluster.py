"""A private PostGIS cluster inside HUB_HOME, for a machine that has no database server of its own.

Layout of the folder: `data/` the cluster, `soket/` the unix socket (mode 0700), `log`, `password` the password for
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

from hub.base.errors import SetupError
from hub.db.connections import connect

OWNER = "hub"  # the cluster's superuser, and owner of every database in it
SERVICE = "hub_layanan"  # what the hub serves with: owns nothing (hub/db/rights.py)
_LONGEST_START = 60.0  # seconds; recovery after a crash may take a while
_SOCKET_ADDRESS_LENGTH = 107  # bytes a unix socket address may have on Linux

_SETTINGS = """\
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
    """Folder of the newest PostgreSQL server that has PostGIS. Raises SetupError naming what to install."""
    candidates = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]), reverse=True
    )
    for program in candidates:
        version = program.parts[-3]
        if Path(f"/usr/share/postgresql/{version}/extension/postgis.control").exists():
            return program.parent
    if (found := shutil.which("postgres")) is not None:
        return Path(found).resolve().parent
    raise SetupError(
        "PostgreSQL dengan PostGIS tidak ditemukan. Pasang dengan: apt-get install postgresql-postgis "
        "(Debian), atau setel HUB_DATABASE_URL ke server yang ada."
    )


class PrivateCluster:
    """One cluster in one folder. `use()` starts it if need be and counts us in; `release()` counts us out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._socket = folder / "soket"
        self._lock: IO[str] | None = None
        self._user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None

    # ---------- use and release ----------

    def use(self) -> None:
        """Make the cluster if it does not exist, start it if it does not run, and hold it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "dipakai").open("a")
        try:
            with self._one_at_a_time():
                if not (self._data / "PG_VERSION").exists():
                    self._create()
                self._bring_up()
                fcntl.flock(self._lock, fcntl.LOCK_SH)  # before the next one may decide that nobody uses it
        except BaseException:  # a signal too: what was started for us alone is stopped again
            self.release()
            raise

    def release(self) -> None:
        """Let go; stop the server when nobody else holds it."""
        if self._lock is None:
            return
        with self._one_at_a_time():
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses it
            else:
                self._shut_down()
        self._lock.close()
        self._lock = None

    def heal(self) -> bool:
        """Start the server again if it died under us. Returns whether it had to."""
        if self._pid() is not None:
            return False
        with self._one_at_a_time():
            if self._pid() is not None:
                return False
            self._bring_up()
        return True

    def url(self, database: str = "postgres", role: str = OWNER) -> str:
        """Address of a database in this cluster, by unix socket where its path is short enough, else by loopback. `role`:
        PEMILIK or LAYANAN."""
        port = self._port()
        if len(str(self._socket / f".s.PGSQL.{port}").encode()) <= _SOCKET_ADDRESS_LENGTH:
            return f"postgresql://{role}@/{database}?host={quote(str(self._socket))}&port={port}"
        return f"postgresql://{role}:{self.password(role)}@127.0.0.1:{port}/{database}"

    def password(self, role: str) -> str:
        """For loopback. That of LAYANAN follows from the owner's, and not the other way round."""
        owner_password = (self.folder / "sandi").read_text().strip()
        return owner_password if role == OWNER else _following(owner_password, role)

    def ensure_database(self, name: str) -> None:
        """Create the database when it is not there yet."""
        with self._one_at_a_time(), connect(self.url(), autocommit=True) as conn:
            found = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if found is None:
                conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    # ---------- making and starting ----------

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """One process at a time may make, start or stop the cluster."""
        with (self.folder / "giliran").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        # Becomes `data` when it is whole, so that a killed first start leaves nothing half made. Its initdb may still
        # be writing, so each attempt has a folder of its own.
        for leftover in self.folder.glob("baru.*"):
            shutil.rmtree(leftover, ignore_errors=True)
        new_folder = Path(tempfile.mkdtemp(prefix="baru.", dir=self.folder))
        self._socket.mkdir(mode=0o700, exist_ok=True)
        password_file = self.folder / "sandi"
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(24))
        if self._user is not None:
            for owned in (self.folder, new_folder, self._socket, password_file):
                os.chown(owned, self._user.pw_uid, self._user.pw_gid)
        result = self._run(
            "initdb", "-D", f"{{}}/{new_folder.name}", "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--pwfile={}/sandi",
            "--auth-local=trust", "--auth-host=scram-sha-256",
        )  # fmt: skip
        if result.returncode != 0:
            raise SetupError(f"Klaster PostgreSQL tidak dapat dibuat: {result.stderr.strip()[-500:]}")
        with (new_folder / "postgresql.conf").open("a") as settings_file:
            settings_file.write(_SETTINGS)
        if self._data.exists():
            shutil.rmtree(self._data)
        new_folder.rename(self._data)

    def _bring_up(self) -> None:
        if self._pid() is not None and self._wait_until_ready(None):
            return
        # Lock files without our server behind them are stale (power loss, container restart, kill -9). PostgreSQL
        # itself would refuse to start when another process now bears the number in them.
        for stale in (self._data / "postmaster.pid", *self._socket.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        port = self._port()
        if not _is_free(port):
            port = _free_port()
        (self.folder / "port").write_text(str(port))
        deadline = time.monotonic() + _LONGEST_START
        while True:
            with (self.folder / "log").open("ab") as log:
                log_start = log.tell()
                process = self._start(["postgres", "-D", "{}/data", "-k", "{}/soket", "-c", f"port={port}"], log, log)
            with _ended_on_failure(process, signal.SIGINT):
                ready = self._wait_until_ready(process)
            if ready:
                process.returncode = 0  # it may outlive us: from here on the pid file knows it, not this object
                return
            log_text = (self.folder / "log").read_bytes()[log_start:].decode(errors="replace")
            # Backends of a killed server live on for a moment and hold its shared memory.
            if "shared memory block" not in log_text or time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL tidak menyala ({self.folder}/log): {log_text[-600:]}")
            time.sleep(0.3)

    def _wait_until_ready(self, process: "subprocess.Popen[bytes] | None") -> bool:
        """Wait until the server answers. False when the process we started (None: the one we found) ended instead."""
        deadline = time.monotonic() + _LONGEST_START
        while True:
            try:
                connect(self.url(), connect_timeout=5).close()
                return True
            except psycopg.OperationalError as error:
                if self._pid() is None if process is None else process.poll() is not None:
                    return False
                if time.monotonic() > deadline:
                    raise SetupError(f"PostgreSQL tidak menjawab ({self.folder}/log): {error}") from None
            time.sleep(0.05)

    def _shut_down(self) -> None:
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)  # "fast": disconnect clients, write a checkpoint, leave
        deadline = time.monotonic() + _LONGEST_START
        while self._pid() is not None and time.monotonic() < deadline:
            time.sleep(0.02)

    # ---------- the process ----------

    def _pid(self) -> int | None:
        """Process id of the running server, or None. The pid file is believed only if that process sits in our folder."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # our own child, if it died, is a zombie until we look
            working_folder = Path(f"/proc/{pid}/cwd").stat()
            state = re.search(r"\) (\w)", Path(f"/proc/{pid}/stat").read_text())
        except (OSError, ValueError):
            return None
        data_folder = self._data.stat()
        is_alive = state is not None and state[1] not in "ZX"
        return (
            pid
            if is_alive and (working_folder.st_dev, working_folder.st_ino) == (data_folder.st_dev, data_folder.st_ino)
            else None
        )

    def _port(self) -> int:
        port_file = self.folder / "port"
        return int(port_file.read_text()) if port_file.exists() else 0

    def _run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        process = self._start(list(command), subprocess.PIPE, subprocess.PIPE)
        with _ended_on_failure(process, signal.SIGTERM):
            output, errors = process.communicate()
        return subprocess.CompletedProcess(command, process.returncode, output.decode(), errors.decode())

    def _start(self, command: list[str], stdout: int | IO[bytes], stderr: int | IO[bytes]) -> "subprocess.Popen[bytes]":
        """Start one of PostgreSQL's programs; "{}" in an argument becomes the folder as that program may reach it."""
        folder_handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # also when not root: the socket's path must be short, however deep the checkout lies
            arguments = [part.replace("{}", f"/proc/self/fd/{folder_handle}") for part in command]
            arguments[0] = str(program_folder() / arguments[0])
            return subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd="/",
                pass_fds=(folder_handle,),
                start_new_session=True,  # Ctrl-C is for the hub; it stops the server when it is done
                user=self._user.pw_uid if self._user else None,
                group=self._user.pw_gid if self._user else None,
                extra_groups=[] if self._user else None,
            )
        finally:
            os.close(folder_handle)


def login_url(url: str) -> str:
    """The same database of a private cluster as LAYANAN, from its address as PEMILIK."""
    parts = urlsplit(url)
    account, _, host = parts.netloc.rpartition("@")
    _, _, password = account.partition(":")
    login = f"{SERVICE}:{_following(password, SERVICE)}" if password else SERVICE
    return urlunsplit(parts._replace(netloc=f"{login}@{host}"))


def _following(password: str, role: str) -> str:
    return hashlib.sha256(f"{role}:{password}".encode()).hexdigest()


@contextlib.contextmanager
def _ended_on_failure(process: "subprocess.Popen[bytes]", ending_signal: signal.Signals) -> Iterator[None]:
    """A signal to us while we wait for a process of ours ends that process too."""
    try:
        yield
    except BaseException:
        process.send_signal(ending_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        raise


def _is_free(port: int) -> bool:
    if port == 0:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
