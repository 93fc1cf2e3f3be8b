"""hub serve: port, cluster, migrations, then everything else (serve_process); everything stopped in order at the end."""

import asyncio
import signal
import socket
import sys
import time
from typing import NoReturn

from hub.base.errors import HubError, SetupError
from hub.base.logs import configure_logs
from hub.base.settings import Settings
from hub.cli.environment import SCREEN, database, settings_or_stop, stop

_BACKLOG = 2048  # connections that wait to be taken; as many as Uvicorn lets wait


def serve(demo: bool) -> None:
    """Serve until SIGTERM or Ctrl-C. `demo`: fill an empty database with the demo first."""
    started = time.monotonic()
    signal.signal(signal.SIGTERM, _exit)  # also before the server stands: whatever was started is stopped again
    settings = settings_or_stop()
    configure_logs(settings.log)
    try:
        with _port(settings) as listener:
            SCREEN.print("• basis data …")
            with database(settings) as (url, cluster):
                # the whole hub takes a second to load: what cannot be served at all is said before
                import uvloop

                from hub.cli import serve_process

                codes = asyncio.run(serve_process.prepare(settings, url, demo or bool(settings.demo)))
                uvloop.run(serve_process.serve(settings, url, cluster, listener, started, codes))
    except HubError as error:
        stop(error)


def _exit(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def _port(settings: Settings) -> socket.socket:
    """Take the port before anything slow happens, so that a port in use is said at once. It listens from here on: with a port that
    is only bound another may still begin to listen, and whoever connects meanwhile waits instead of being turned away."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # connections inherit it: else the body of a small answer waits 40 ms for the receipt of its headers
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise SetupError(
            f"Port {settings.port} di {settings.host} tidak dapat dipakai ({error.strerror}); hentikan program yang "
            "memakainya atau pilih port lain dengan HUB_PORT."
        ) from None
    return listener
