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

from hub.akses.service import TokenService
from hub.app import HubServer, create_app, server_config
from hub.base.errors import PenyiapanError
from hub.base.kunci_peran import role_key
from hub.base.settings import Settings
from hub.batas import pyramid as piramida_bangun
from hub.cli.environment import LAYAR, peringatkan
from hub.cli.progress import progress
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.katalog.install import install_katalog
from hub.rekap.service import RekapWorkflow
from seeds.demo_load import TOKEN, load_demo
from seeds.katalog_toml import baca_katalog

_HANDED_ON = 0.001  # seconds
_MMAP_THRESHOLD = -3  # glibc's number of the size from which memory is taken from the machine piece by piece
_MENGHABISKAN = 20  # seconds that requests under way get to finish after SIGTERM


class _Server(HubServer):
    """Uvicorn, with the signals left to us: on its own it would end the process before the cluster is stopped."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for nomor in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(nomor, self.handle_exit, nomor, None)
        yield
        for nomor in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(nomor)


async def prepare(settings: Settings, url: str, demo: bool) -> bool:
    """Put the catalogue in force, draw the map where it is behind; `demo`: fill an empty database with the demo. True when
    the demo's tokens were made just now."""
    db = Database(url, 4, 600_000, settings.zona, role_key(settings))
    await db.open()
    new_tokens = False
    try:
        laporan = await install_katalog(db, baca_katalog())
        LAYAR.print(f"• katalog: {len(laporan.baru)} bagian baru, {laporan.tetap} tetap")
        if demo:
            katalog = KatalogCache(db)
            token = await load_demo(
                db,
                katalog,
                RekapWorkflow(db, katalog),
                TokenService(db),
                lambda teks: LAYAR.print(f"• {teks}"),
            )
            if token is not None:
                _simpan_token(settings, token)
                new_tokens = True
        if await piramida_bangun.behind(db):
            with progress("menggambar peta dari batas yang sudah ada") as maju:
                await piramida_bangun.rebuild(db, maju=maju)
    finally:
        await db.close()
    return new_tokens


async def serve(
    settings: Settings, url: str, klaster: PrivateCluster | None, pintu: socket.socket, mulai: float, new_tokens: bool
) -> None:
    """Serve on that socket until SIGTERM or Ctrl-C. `mulai`: time.monotonic() of the start. `new_tokens`: what `prepare`
    answered."""
    app = create_app(settings, url)
    server = _Server(server_config(app, log_level="warning", timeout_graceful_shutdown=_MENGHABISKAN))
    layanan = asyncio.create_task(server.serve(sockets=[pintu]))
    jaga = asyncio.create_task(_jaga(klaster)) if klaster is not None else None
    while not server.started and not layanan.done():  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.02)
    if server.started:
        _settle()
        _umumkan(settings, time.monotonic() - mulai, new_tokens)
    await layanan
    if jaga is not None:
        jaga.cancel()
    LAYAR.print("• hub berhenti")


def _settle() -> None:
    """What is loaded by now stays: looking through it for garbage would stop every request for a while. What large files took
    goes back to the machine when it is free, instead of being kept for the next one (glibc; elsewhere as it is). And a thread
    that computes hands the interpreter on sooner than after the usual 5 ms, which a request would wait many times."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_HANDED_ON)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 2**20)


async def _jaga(klaster: PrivateCluster) -> None:
    """Bring the cluster back when it dies under us."""
    while True:
        await asyncio.sleep(1)
        try:
            if await asyncio.to_thread(klaster.heal):
                LAYAR.print("• basis data mati dan sudah dinyalakan kembali")
        except PenyiapanError as salah:
            peringatkan("•", salah.pesan)


def _umumkan(settings: Settings, detik: float, new_tokens: bool) -> None:
    alamat = f"http://{settings.host}:{settings.port}"
    LAYAR.print(f"\nHub siap dalam {detik:.1f} detik", style="bold")
    LAYAR.print(f"  GraphQL   {alamat}/graphql")
    if settings.graphiql:
        LAYAR.print(f"  GraphiQL  {alamat}/graphql  (buka di peramban)")
    LAYAR.print(f"  peta      {alamat}/peta")
    LAYAR.print(f"  kesehatan {alamat}/sehat  {alamat}/siap")
    tokens = _baca_token(settings)
    # whoever sits before the terminal sees them, once; what is no terminal may be a log that others read. Not as LAYAR has it:
    # FORCE_COLOR makes that call anything a terminal
    if new_tokens and sys.stderr.isatty():
        for kode, token in tokens.items():
            peran, nama = TOKEN.get(kode, ("", ""))
            LAYAR.print(f"  token {peran} {kode}: {token}   ({nama})", soft_wrap=True)
    if tokens:
        LAYAR.print(f"  token contoh: {_berkas_token(settings)}", soft_wrap=True)
    LAYAR.print("  berhenti: Ctrl-C\n")


def _berkas_token(settings: Settings) -> Path:
    return settings.home / "token_contoh.json"


def _simpan_token(settings: Settings, token: dict[str, str]) -> None:
    berkas = _berkas_token(settings)
    berkas.parent.mkdir(parents=True, exist_ok=True)
    fresh = berkas.with_suffix(".baru")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(token, indent=1))
    fresh.replace(berkas)  # whole, and with its mode, whoever made an older one how


def _baca_token(settings: Settings) -> dict[str, str]:
    berkas = _berkas_token(settings)
    if not berkas.exists():
        return {}
    isi: dict[str, str] = json.loads(berkas.read_text())
    return isi
