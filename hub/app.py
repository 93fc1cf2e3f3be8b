"""The application as data: routes over services over one database. Importing does nothing."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.base.child_process import end_children
from hub.base.kunci_peran import role_key
from hub.base.origin import TrustedProxies
from hub.base.places import Shares
from hub.base.settings import Settings
from hub.services.berita import TEMPAT, Berita
from hub.services.cakupan_service import CakupanService
from hub.services.hubungan_save import HubunganService
from hub.services.jejaring_graf import JejaringGraf
from hub.services.katalog_cache import KatalogCache
from hub.services.peta_layanan import PetaLayanan
from hub.services.peta_versi import PetaVersi
from hub.services.rekap_upload import RekapUpload
from hub.services.rekap_workflow import RekapWorkflow
from hub.services.stok_ledger import StokLedger
from hub.services.stok_transfer import StokTransfer
from hub.services.sumber_daya_import import SumberDayaImport
from hub.services.sumber_daya_save import SumberDayaService
from hub.services.tagana_register import TaganaRegister
from hub.services.token_guard import GuessLimits
from hub.services.token_service import TokenService
from hub.services.wksbm_save import WksbmService
from hub.store.database import Database
from hub.web.body_room import BodyRoom
from hub.web.compression import CompressionMiddleware
from hub.web.cross_origin import CrossOriginMiddleware
from hub.web.gaya_routes import gaya_routes
from hub.web.geojson_routes import geojson_routes
from hub.web.hang_up import HangUpMiddleware
from hub.web.health_routes import health_routes
from hub.web.http_protocol import HubHttpProtocol
from hub.web.page_routes import Answered, graphiql_or, page_routes
from hub.web.peta_answer import PetaAnswers
from hub.web.traffic import Traffic, TrafficLimits
from hub.web.ubin_routes import ubin_routes
from hub.web.ws_protocol import LARGEST, HubWebSocketProtocol
from schema.context import Services
from schema.endpoint import GraphQLEndpoint
from schema.langganan_tempat import SocketLimits
from schema.langganan_ws import LanggananWS
from schema.limits import Pagar
from seeds.lembar_files import baca_daftar
from seeds.rekap_files import rekap_dari


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no single caller may take of the hub. Only tests choose others than these. `traffic` None: as the settings say."""

    traffic: TrafficLimits | None = None
    guesses: GuessLimits = field(default_factory=GuessLimits)
    sockets: SocketLimits = field(default_factory=SocketLimits)
    subscriptions: Shares = TEMPAT


def create_app(settings: Settings, database_url: str, bounds: Bounds | None = None) -> Starlette:
    """One hub over one database. The database must be migrated; connections open with the app's lifespan."""
    bounds = bounds or Bounds()
    db = Database(database_url, settings.koneksi, settings.batas_waktu_ms, settings.zona, role_key(settings))
    katalog = KatalogCache(db)
    peta = PetaVersi(db, lambda: berita.tersambung)
    berita = Berita(db, katalog.lupakan, peta.changed, bounds.subscriptions)
    token = TokenService(db, bounds.guesses)
    rekap = RekapWorkflow(db, katalog)
    graf = JejaringGraf(db, berita)
    cakupan = CakupanService(db, berita, katalog)
    pindahan = StokTransfer(db)
    services = Services(
        db,
        katalog,
        rekap,
        berita,
        SumberDayaService(db),
        StokLedger(db),
        pindahan,
        TaganaRegister(db),
        RekapUpload(rekap, rekap_dari),
        SumberDayaImport(db, baca_daftar),
        WksbmService(db, katalog, graf.lupakan),
        HubunganService(db, graf.lupakan),
        graf,
        cakupan,
        introspeksi=settings.introspeksi,
    )
    graphql = GraphQLEndpoint(services, token, _pagar(settings), settings.cache_dokumen_mb * 2**20)
    layanan_peta = PetaLayanan(db, katalog, berita, peta, cakupan, settings.cache_ubin_mb * 2**20)
    answers = PetaAnswers(layanan_peta, token)
    langganan = LanggananWS(graphql, services, bounds.sockets)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await db.open()
        await berita.mulai()
        try:
            await pindahan.finish()
            yield
        finally:
            end_children()
            await berita.berhenti()
            await db.close()

    app = _Hub(
        Answered(graphiql_or(graphql.__call__, graphiql=settings.graphiql)),
        routes=[
            Route("/graphql", graphiql_or(graphql.__call__, graphiql=settings.graphiql), methods=["GET", "POST"]),
            WebSocketRoute("/graphql", langganan.serve),
            *health_routes(db),
            *ubin_routes(answers),
            *gaya_routes(answers),
            *geojson_routes(answers),
            *page_routes(graphiql=settings.graphiql),
        ],
        lifespan=lifespan,
    )
    app.state.berita = berita
    traffic = bounds.traffic or TrafficLimits(settings.sambungan, settings.sambungan // 4)
    room = BodyRoom(settings.batas_badan_mb * 2**20, traffic.room_wait)
    app.state.traffic = Traffic(traffic, TrustedProxies(settings.proksi or ""), room)
    return app


class _Hub(Starlette):
    """Starlette, except that questions to /graphql go to their endpoint by the shortest way: through what every answer needs and
    past the table of addresses."""

    def __init__(self, graphql: ASGIApp, **rest: Any) -> None:
        super().__init__(**rest)
        self._graphql = graphql

    def build_middleware_stack(self) -> ASGIApp:
        graphql, others = self._graphql, super().build_middleware_stack()

        async def by_address(scope: Scope, receive: Receive, send: Send) -> None:
            questions = (
                scope["type"] == "http" and scope["path"] == "/graphql" and scope["method"] in ("POST", "GET", "HEAD")
            )
            await (graphql if questions else others)(scope, receive, send)

        return HangUpMiddleware(CrossOriginMiddleware(CompressionMiddleware(by_address)))


def server_config(app: Starlette, **rest: Any) -> uvicorn.Config:
    """How the hub is served, by `hub serve` and in tests. Who is asking is told by proxies of HUB_PROKSI alone: uvicorn's own
    handling of their headers believes everybody on this machine."""
    traffic: Traffic = app.state.traffic
    traffic.open_files()
    http: Any = partial(HubHttpProtocol, traffic=traffic)
    ws: Any = partial(HubWebSocketProtocol, traffic=traffic)
    return uvicorn.Config(
        app, http=http, ws=ws, ws_max_size=LARGEST, proxy_headers=False, lifespan="on", interface="asgi3", server_header=False,
        **rest,
    )  # fmt: skip


class HubServer(uvicorn.Server):
    """Uvicorn, except that open streams are told first when the server stops; they would otherwise hold it up."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = self.config.app
        if isinstance(app, Starlette):
            await app.state.berita.akhiri()
        for sambungan in list(self.server_state.connections):
            # whoever has not read until now does not keep the others waiting
            cakupan = getattr(sambungan, "scope", None) or {}
            transport = sambungan.transport
            if cakupan.get("state", {}).get("aliran") and transport.get_write_buffer_size():
                transport.abort()
        await super().shutdown(sockets)


def _pagar(s: Settings) -> Pagar:
    return Pagar(
        badan=s.batas_badan_mb * 2**20, badan_publik=s.batas_badan_publik_kb * 2**10, token=s.batas_token, kedalaman=s.batas_kedalaman, alias=s.batas_alias,
        akar=s.batas_akar, medan=s.batas_medan, biaya=s.batas_biaya, introspeksi=s.introspeksi,
    )  # fmt: skip
