"""A hub served in a thread, for tests to ask as its users do."""

from collections.abc import Iterator

from hub.app import Bounds, HubServer, LedgerOf, create_app, server_config
from hub.base.logs import configure_logs
from hub.base.settings import Settings
from hub.db.private_cluster import login_url
from hub.pekerjaan.service import Work
from hub.simpul import roles
from hub.simpul.chain_ledger import ChainLedger
from tests.client import Client
from tests.server_thread import PromptServer, ServerThread

SETTINGS = Settings()
# it hears of changes; looking beside that, it would ask in the middle of what tests count
setattr(roles, "_LOOK", 3_600.0)  # noqa: B010 - it is of that module alone


class _PromptHub(HubServer, PromptServer):
    """The hub's own server, which stops when it is told."""


class Server(ServerThread):
    """A hub on a free loopback port, in a thread, over one database. `url`: as its owner; it serves with the plain login.
    `work`: what its worker does; None: it has none, and tests do jobs themselves (tests/waiting_jobs.py)."""

    def __init__(
        self,
        url: str,
        settings: Settings = SETTINGS,
        bounds: Bounds | None = None,
        work: Work | None = None,
        ledger_of: LedgerOf = ChainLedger,
    ) -> None:
        self.database_url = url
        configure_logs("error")
        self.app = create_app(settings, login_url(url), bounds, work, ledger_of)
        super().__init__(self.app, server=_PromptHub(server_config(self.app, log_level="error")))


def serve(url: str, settings: Settings = SETTINGS) -> Iterator[Client]:
    """A hub over that database, for as long as it is asked."""
    server = Server(url, settings)
    server.start()
    with Client(server.address, url) as client:
        yield client
    server.stop()
