"""What a resolver gets beside its arguments. Built once per request; holds no connection."""

from dataclasses import dataclass

from graphql import DocumentNode
from starlette.requests import HTTPConnection
from strawberry.types import Info

from hub.base.actor import Actor
from hub.services.berita import Berita
from hub.services.cakupan_service import CakupanService
from hub.services.hubungan_save import HubunganService
from hub.services.jejaring_graf import JejaringGraf
from hub.services.katalog_cache import KatalogCache
from hub.services.rekap_upload import RekapUpload
from hub.services.rekap_workflow import RekapWorkflow
from hub.services.stok_ledger import StokLedger
from hub.services.stok_transfer import StokTransfer
from hub.services.sumber_daya_import import SumberDayaImport
from hub.services.sumber_daya_save import SumberDayaService
from hub.services.tagana_register import TaganaRegister
from hub.services.wksbm_save import WksbmService
from hub.store.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The services one hub is made of; shared by all requests."""

    db: Database
    katalog: KatalogCache
    rekap: RekapWorkflow
    berita: Berita
    sumber_daya: SumberDayaService
    stok: StokLedger
    pindahan: StokTransfer
    tagana: TaganaRegister
    unggah_rekap: RekapUpload
    impor_sumber_daya: SumberDayaImport
    wksbm: WksbmService
    hubungan: HubunganService
    jejaring: JejaringGraf
    cakupan: CakupanService
    introspeksi: bool = True  # whether the hub tells its schema (`_service`)


@dataclass(frozen=True, slots=True)
class Context:
    services: Services
    actor: Actor
    request: HTTPConnection | None = None
    document: DocumentNode | None = None  # parsed and checked


HubInfo = Info[Context, None]
