"""One hub in a process of its own, as `hub serve` is, its settings in the environment; it prints "ready" when it serves. It carries what
tests/simpul/paper_ledger.py writes, and works fast."""

import asyncio
import os
import signal
import socket
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any

from hub import app as app_module
from hub.app import HubServer, LedgerOf, create_app, server_config
from hub.base.logs import configure_logs
from hub.base.settings import read_settings
from hub.db.database import Conn
from hub.pekerjaan.carrying import Carrying
from hub.pekerjaan.service import Timing, Work
from hub.rekap.release_again import release_waiting
from hub.simpul import bundle_state, bundle_take, joining_copy, receive_run, wire_client
from hub.simpul.chain_ledger import ChainLedger
from hub.simpul.delivery import Ledger
from hub.simpul.joining_copy import Office
from hub.web import simpul_routes
from tests.simpul.paper_ledger import PaperLedger

_FAST = Timing(poll=0.1, heartbeat=0.3, silent=1.5, grace=1.0, first=0.1, longest=0.5)


def _die_where_told(ledger: Ledger) -> Ledger:
    """MATI_DI: of which step this process dies: "before" it is done, or "after". "batch": of what it takes together, all written and
    not committed."""
    step, _, when = os.environ.get("MATI_DI", "").partition(":")
    if step == "batch":
        keep = receive_run._keep

        async def kept_and_killed(*arguments: Any) -> object:
            await keep(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        setattr(receive_run, "_keep", kept_and_killed)  # noqa: B010 - it is of that module alone
    elif step:
        inner = getattr(ledger, step)

        async def dying(*arguments: object) -> object:
            if when == "after":
                await inner(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        setattr(ledger, step, dying)
    return ledger


def _die_while_taking() -> None:
    """MATI_BEKAL: the part of the bundle that this process dies with, all of it written and nothing committed."""
    taken = bundle_state.put_taken

    async def dying(conn: Conn, kode_kab: str, part: str, *rest: Any) -> None:
        await taken(conn, kode_kab, part, *rest)
        if part == os.environ.get("MATI_BEKAL"):
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(bundle_take, "put_taken", dying)  # noqa: B010 - it is of that module alone


class _AnotherClock(datetime):
    """Of a machine whose clock is so many seconds ahead (JAM_GESER)."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_AnotherClock":
        ahead = timedelta(seconds=float(os.environ["JAM_GESER"]))
        return cls.fromtimestamp((datetime.now(tz) + ahead).timestamp(), tz)


async def _main() -> None:
    if "JAM_GESER" in os.environ:
        wire_client.datetime = _AnotherClock  # type: ignore[attr-defined]
    _die_while_taking()
    setattr(app_module, "Carrying", partial(Carrying, first=0.2, longest=1.0))  # noqa: B010 - it is of that module alone
    # nobody else writes in tests; TENANG: seconds, where it is to be killed meanwhile, and what it froze is to end soon
    settle = float(os.environ.get("TENANG", "0.3"))
    setattr(simpul_routes, "Office", partial(Office, settle=settle))  # noqa: B010 - as above
    if "TENANG" in os.environ:
        setattr(joining_copy, "_FROZEN", settle)  # noqa: B010 - as above
    settings = read_settings()
    assert settings.database_url is not None
    configure_logs(settings.log)
    ledger_of: LedgerOf = ChainLedger if os.environ.get("BUKU") == "rantai" else PaperLedger
    app = create_app(
        settings,
        settings.database_url,
        work=Work(release_waiting, _FAST),
        ledger_of=lambda db, katalog: _die_where_told(ledger_of(db, katalog)),
    )
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", settings.port))
    server = HubServer(server_config(app, log_level="error"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.01)
    print("ready", flush=True)
    await serving


def main() -> None:
    asyncio.run(_main())
