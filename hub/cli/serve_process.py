"""The hub itself, once its database stands: catalogue, demo, server, and what the operator is told."""

import asyncio
import ctypes
import gc
import json
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hub.akses.holder import Holder
from hub.akses.invitation_service import Invitations
from hub.akses.service import TokenService
from hub.app import HubServer, create_app, server_config, work_of
from hub.base.errors import SetupError
from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.batas import pyramid as batas_pyramid
from hub.cli.environment import SCREEN, is_joined, warn
from hub.cli.login_link import login_link
from hub.cli.progress import progress
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.katalog.install import install_shipped
from hub.rekap import release_again
from hub.rekap.service import RekapWorkflow
from seeds.demo_load import TOKEN, load_demo
from seeds.katalog_toml import read_katalog

_INVITED = ("53.14", "53")  # of the demo's offices
_HANDED_ON = 0.001  # seconds
_YOUNG = 20_000  # objects that are made before garbage is looked for among them
_MMAP_THRESHOLD = -3  # glibc's number of the size from which memory is taken from the machine piece by piece
_GRACE_SECONDS = 20  # seconds that requests under way get to finish after SIGTERM


class _Server(HubServer):
    """Uvicorn, with the signals left to us: on its own it would end the process before the cluster is stopped."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def prepare(settings: Settings, url: str, demo: bool) -> dict[str, str]:
    """Put the catalogue in force, draw the map where it is behind; `demo`: fill an empty database with the demo. When its tokens were
    made just now: one-time codes of some of its offices, by region; else none."""
    db = Database(url, 4, 600_000, settings.zone, role_key(settings))
    await db.open()
    codes: dict[str, str] = {}
    try:
        from_province = await is_joined(db, settings)
        laporan = None if from_province else await install_shipped(db, read_katalog())
        if from_province:
            SCREEN.print("• katalog: katalog provinsi tetap dipakai")
        elif laporan is None:
            SCREEN.print(
                "• katalog: katalog kantor tetap dipakai; yang bawaan versi ini dipasang dengan hub import katalog"
            )
        else:
            SCREEN.print(f"• katalog: {len(laporan.new)} bagian baru, {laporan.unchanged} tetap")
        if demo and settings.node is not None:
            SCREEN.print("• contoh tidak dimuat: isi simpul datang dari provinsinya (hub simpul gabung)")
        elif demo:
            katalog = KatalogCache(db)
            token = await load_demo(
                db,
                katalog,
                RekapWorkflow(db, katalog),
                TokenService(db),
                lambda text: SCREEN.print(f"• {text}"),
                story=settings.demo != "kecil",
            )
            if token is not None:
                _save_tokens(settings, token)
                invitations = Invitations(db)
                for kode in _INVITED:
                    codes[kode] = (await invitations.invite(Holder(TOKEN[kode][0], kode, TOKEN[kode][1]))).code
        if settings.node is None and await release_again.behind(db):
            with progress("memutuskan apa yang boleh dilihat umum dari angka yang sudah ada") as advance:
                await release_again.rebuild(db, advance)
        if await batas_pyramid.behind(db):
            with progress("menggambar peta dari batas yang sudah ada") as advance:
                await batas_pyramid.rebuild(db, advance=advance)
    finally:
        await db.close()
    return codes


async def serve(
    settings: Settings,
    url: str,
    cluster: PrivateCluster | None,
    listener: socket.socket,
    started: float,
    codes: dict[str, str],
) -> None:
    """Serve on that socket until SIGTERM or Ctrl-C. `started`: time.monotonic() of the start. `codes`: what `prepare` answered."""
    app = create_app(settings, url, work=work_of(settings))
    server = _Server(server_config(app, log_level="warning", timeout_graceful_shutdown=_GRACE_SECONDS))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    guard = asyncio.create_task(_guard(cluster)) if cluster is not None else None
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.02)
    if server.started:
        _settle()
        _announce(settings, time.monotonic() - started, codes)
    await serving
    if guard is not None:
        guard.cancel()
    SCREEN.print("• hub berhenti")


def _settle() -> None:
    """What is loaded by now stays: looking through it for garbage would stop every request for a while. Among what is new it is looked for
    seldom: nearly all of it goes by itself, and whoever makes cells by the ten thousand paid a sixth of his time for it. What large files took
    goes back to the machine when it is free, instead of being kept for the next one (glibc; elsewhere as it is). And a thread
    that computes hands the interpreter on sooner than after the usual 5 ms, which a request would wait many times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    sys.setswitchinterval(_HANDED_ON)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 2**20)


async def _guard(cluster: PrivateCluster) -> None:
    """Bring the cluster back when it dies under us."""
    while True:
        await asyncio.sleep(1)
        try:
            if await asyncio.to_thread(cluster.heal):
                SCREEN.print("• basis data mati dan sudah dinyalakan kembali")
        except SetupError as error:
            warn("•", error.message)


def _announce(settings: Settings, seconds: float, codes: dict[str, str]) -> None:
    address = f"http://{settings.host}:{settings.port}"
    SCREEN.print(f"\nHub siap dalam {seconds:.1f} detik", style="bold")
    SCREEN.print(f"  beranda   {address}/")
    SCREEN.print(f"  meja      {address}/meja  (tempat petugas bekerja)")
    SCREEN.print(f"  peta      {address}/peta")
    SCREEN.print(f"  GraphQL   {address}/graphql{'  (buka di peramban: GraphiQL)' if settings.graphiql else ''}")
    SCREEN.print(f"  kesehatan {address}/sehat  {address}/siap")
    tokens = _read_tokens(settings)
    # whoever sits before the terminal sees them, once; what is no terminal may be a log that others read. Not as LAYAR has it:
    # FORCE_COLOR makes that call anything a terminal
    if codes and sys.stderr.isatty():
        for kode, token in tokens.items():
            role, name = TOKEN.get(kode, ("", ""))
            SCREEN.print(f"  token {role} {kode}: {token}   ({name})", soft_wrap=True)
        for kode, code in codes.items():
            SCREEN.print(f"  masuk sekali pakai {kode}: {login_link(settings.alamat or address, code)}", soft_wrap=True)
    if tokens:
        SCREEN.print(f"  token contoh: {_token_file(settings)}", soft_wrap=True)
    SCREEN.print("  berhenti: Ctrl-C\n")


def _token_file(settings: Settings) -> Path:
    return settings.home / "token_contoh.json"


def _save_tokens(settings: Settings, token: dict[str, str]) -> None:
    file = _token_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".baru")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(token, indent=1))
    fresh.replace(file)  # whole, and with its mode, whoever made an older one how


def _read_tokens(settings: Settings) -> dict[str, str]:
    file = _token_file(settings)
    if not file.exists():
        return {}
    tokens: dict[str, str] = json.loads(file.read_text())
    return tokens
