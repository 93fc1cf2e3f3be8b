"""What a resolver gets beside its arguments. Built once per request; holds no connection."""

from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode
from starlette.requests import HTTPConnection
from strawberry.types import Info

from hub.base.actor import Actor
from hub.base.sized_cache import SizedCache
from hub.berita.service import Berita
from hub.cakupan.service import CakupanService
from hub.db.database import Database
from hub.gudang.service import StokLedger
from hub.gudang.transfer_service import StokTransfer
from hub.katalog.cache import KatalogCache
from hub.rekap.deadline_service import Deadlines
from hub.rekap.reminder_service import Reminders
from hub.rekap.service import RekapWorkflow
from hub.rekap.upload import RekapUpload
from hub.simpul.live_ask import LiveAsker
from hub.sumber_daya.list_import import SumberDayaImport
from hub.sumber_daya.service import SumberDayaService
from hub.tagana.service import TaganaRegister
from hub.wksbm.jejaring_graph import JejaringGraph
from hub.wksbm.link_service import LinkService
from hub.wksbm.service import WksbmService

_WORKED_OUT = 16 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Services:
    """The services one hub is made of; shared by all requests."""

    db: Database
    katalog: KatalogCache
    rekap: RekapWorkflow
    deadlines: Deadlines
    reminders: Reminders
    berita: Berita
    sumber_daya: SumberDayaService
    stok: StokLedger
    transfer: StokTransfer
    tagana: TaganaRegister
    rekap_upload: RekapUpload
    sumber_daya_import: SumberDayaImport
    wksbm: WksbmService
    links: LinkService
    jejaring: JejaringGraph
    cakupan: CakupanService
    live: LiveAsker
    worked_out: SizedCache[Any] = field(default_factory=lambda: SizedCache(_WORKED_OUT))  # of documents, by resolvers
    introspection: bool = True  # whether the hub tells its schema (`_service`)


@dataclass(slots=True)
class LiveKeys:
    """How many kabupaten one request asks live, however many fields it does so with."""

    asked: int = 0

    def take(self, count: int) -> int:
        """So many more; all so far."""
        self.asked += count
        return self.asked


@dataclass(frozen=True, slots=True)
class Context:
    """`vouched`: it is a province that asks, on behalf of the actor."""

    services: Services
    actor: Actor
    request: HTTPConnection | None = None
    document: DocumentNode | None = None  # parsed and checked
    vouched: bool = False
    live_keys: LiveKeys = field(default_factory=LiveKeys)


HubInfo = Info[Context, None]
