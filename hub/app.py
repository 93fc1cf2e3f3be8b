"""The application as data: routes over services over one database. Importing does nothing."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.akses.guard import GuessLimits
from hub.akses.invitation_service import Invitations
from hub.akses.service import TokenService
from hub.base.child_process import end_children
from hub.base.origin import TrustedProxies
from hub.base.places import Shares
from hub.base.role_key import role_key
from hub.base.settings import Settings, reminder_days
from hub.berita.service import PLACES, Berita
from hub.cakupan.service import CakupanService
from hub.db.database import Database
from hub.gudang.closing import ledgers
from hub.gudang.service import StokLedger
from hub.gudang.transfer_service import StokTransfer
from hub.katalog.cache import KatalogCache
from hub.lembar.files import read_list, read_sheets
from hub.pekerjaan.carrying import Carrying
from hub.pekerjaan.daily import Reminding
from hub.pekerjaan.hourly import Telling
from hub.pekerjaan.service import JobWorker, Outside, Work
from hub.pekerjaan.webhook_sender import Webhook
from hub.peta.service import PetaService
from hub.peta.versions import PetaVersion
from hub.rekap.deadline_service import Deadlines
from hub.rekap.outside_news import outside_news
from hub.rekap.release_again import release_waiting
from hub.rekap.reminder_service import Reminders, remind_due
from hub.rekap.service import RekapWorkflow
from hub.rekap.template_service import RekapTemplates
from hub.rekap.upload import RekapUpload
from hub.simpul.bundle_digests import Digests
from hub.simpul.bundle_fetch import Fetching
from hub.simpul.chain_ledger import ChainLedger
from hub.simpul.delivery import Courier, Ledger
from hub.simpul.keys import NodeKey, node_key
from hub.simpul.live_ask import LiveAsker
from hub.simpul.live_statement import QuestionDoor
from hub.simpul.roles import Roles
from hub.simpul.summary import Summary
from hub.sumber_daya.list_import import SumberDayaImport
from hub.sumber_daya.service import SumberDayaService
from hub.tagana.service import TaganaRegister
from hub.web.annotation_routes import AnnotationServices, annotation_routes
from hub.web.body_room import BodyRoom
from hub.web.compression import CompressionMiddleware
from hub.web.cross_origin import CrossOriginMiddleware
from hub.web.geojson_routes import geojson_routes
from hub.web.hang_up import HangUpMiddleware
from hub.web.health_routes import health_routes
from hub.web.http_protocol import HubHttpProtocol
from hub.web.list_templates import ListTemplates
from hub.web.login_routes import login_routes
from hub.web.page_routes import Answered, graphiql_or, page_routes
from hub.web.peta_answer import PetaAnswers
from hub.web.simpul_routes import simpul_routes
from hub.web.style_routes import style_routes
from hub.web.table_routes import table_routes
from hub.web.template_routes import template_routes
from hub.web.tile_routes import tile_routes
from hub.web.traffic import Traffic, TrafficLimits
from hub.web.ws_protocol import LARGEST, HubWebSocketProtocol
from hub.wksbm.jejaring_graph import JejaringGraph
from hub.wksbm.link_service import LinkService
from hub.wksbm.service import WksbmService
from schema.build import schema
from schema.context import Services
from schema.http.endpoint import GraphQLEndpoint
from schema.http.limits import GuardRails
from schema.http.media_types import PARTIAL
from schema.http.subscription_places import SocketLimits
from schema.http.websocket import GraphQLWebSocket
from schema.sdl_text import sdl_of
from schema.simpul.live_document import known_in


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no single caller may take of the hub. Only tests choose others than these. `traffic` None: as the settings say."""

    traffic: TrafficLimits | None = None
    guesses: GuessLimits = field(default_factory=GuessLimits)
    sockets: SocketLimits = field(default_factory=SocketLimits)
    subscriptions: Shares = PLACES


def work_of(settings: Settings) -> Work:
    """What `hub serve` does beside what it serves."""
    days = reminder_days(settings.pengingat_hari)
    webhook = webhook_of(settings)
    return Work(
        release_waiting,
        reminding=Reminding(partial(remind_due, days=days), settings.pengingat_jam) if days else None,
        outside=Outside(webhook, outside_news) if webhook is not None else None,
    )


def webhook_of(settings: Settings) -> Webhook | None:
    """Where messages go; None: nowhere."""
    if settings.webhook is None or settings.webhook_rahasia is None:
        return None
    return Webhook(settings.webhook, settings.webhook_rahasia.get_secret_value())


LedgerOf = Callable[[Database, KatalogCache], Ledger]
"""What is carried between hubs, over that database and the catalogue in force."""


def create_app(
    settings: Settings,
    database_url: str,
    bounds: Bounds | None = None,
    work: Work | None = None,
    ledger_of: LedgerOf = ChainLedger,
) -> Starlette:
    """One hub over one database. The database must be migrated; connections open with the app's lifespan. `work`: what it does
    beside what it serves; None: nothing, and jobs wait for another hub. `ledger_of`: what is carried
    between hubs."""
    bounds = bounds or Bounds()
    db = Database(database_url, settings.koneksi, settings.batas_waktu_ms, settings.zone, role_key(settings))
    katalog = KatalogCache(db, settings.wilayah)
    peta = PetaVersion(db, lambda: berita.connected)
    roles = Roles(db, settings.wilayah)
    live = LiveAsker(db, partial(node_key, settings.home), lambda: sdl_of(schema()), known_in)
    heard = _tell_all(peta.changed, roles.table_changed, live.schemas.table_changed)
    berita = Berita(db, katalog.forget, heard, bounds.subscriptions)
    token = TokenService(db, bounds.guesses, lambda: roles.standing)
    rekap = RekapWorkflow(db, katalog)
    graph = JejaringGraph(db, berita)
    cakupan = CakupanService(db, berita, katalog)
    sumber_daya = SumberDayaService(db, ledgers)
    transfer = StokTransfer(db)
    stok, tagana, wksbm = StokLedger(db), TaganaRegister(db), WksbmService(db, katalog, graph.forget)
    services = Services(
        db,
        katalog,
        rekap,
        Deadlines(db, katalog),
        Reminders(db, katalog),
        berita,
        sumber_daya,
        stok,
        transfer,
        tagana,
        RekapUpload(db, katalog, rekap, read_sheets),
        SumberDayaImport(db, read_list, sumber_daya),
        wksbm,
        LinkService(db, graph.forget),
        graph,
        cakupan,
        live,
        introspection=settings.introspeksi,
    )
    questions_of_province = QuestionDoor(db, lambda: roles.standing) if settings.node is not None else None
    graphql = GraphQLEndpoint(
        services, token, _guard_rails(settings), settings.cache_dokumen_mb * 2**20, door=questions_of_province
    )
    peta_service = PetaService(db, katalog, berita, peta, cakupan, settings.cache_ubin_mb * 2**20)
    answers = PetaAnswers(peta_service, token)
    files = AnnotationServices(db, katalog, rekap, sumber_daya, stok, wksbm, tagana, settings.batas_badan_mb * 2**20)
    subscriptions = GraphQLWebSocket(graphql, services, bounds.sockets)
    nodes = _Nodes(settings, db, ledger_of(db, katalog), Digests(db, berita.version_of_tables))
    worker = JobWorker(db, nodes.added_to(work)) if work is not None else None

    questions = Answered(graphiql_or(graphql.__call__, graphiql=settings.graphiql))
    app = _Hub(
        questions,
        routes=[
            Route("/graphql", questions, methods=["GET", "POST"]),  # says which methods there are
            WebSocketRoute("/graphql", subscriptions.serve),
            *health_routes(db),
            *login_routes(Invitations(db, bounds.guesses, lambda: roles.standing)),
            *_map_routes(answers),
            *annotation_routes(files, token),
            *template_routes(RekapTemplates(db, katalog), ListTemplates(db, katalog), token),
            *table_routes(db, katalog, berita, token, settings.koneksi),
            *page_routes(graphiql=settings.graphiql),
            *nodes.routes(),
        ],
        lifespan=_life(services, roles, worker),
    )
    app.state.berita, app.state.live = berita, live
    traffic = bounds.traffic or TrafficLimits(settings.sambungan, settings.sambungan // 4)
    room = BodyRoom(settings.batas_badan_mb * 2**20, traffic.room_wait)
    app.state.traffic = Traffic(traffic, TrustedProxies(settings.proksi or ""), room)
    return app


def _life(
    services: Services, roles: Roles, worker: JobWorker | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """What is begun before anything is served, and ended after."""
    db, berita, transfer = services.db, services.berita, services.transfer

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await db.open()
        await roles.start()
        await berita.start()
        try:
            await transfer.finish()
            if worker is not None:
                await worker.prepare()
                worker.start()
            services.live.start(is_node=roles.standing.is_node)
            yield
        finally:
            if worker is not None:
                await worker.stop()
            end_children()
            await services.live.close()
            await berita.stop()
            await roles.stop()
            await db.close()

    return lifespan


def _tell_all(*whom: Callable[[str | None], None]) -> Callable[[str | None], None]:
    def tell(table: str | None) -> None:
        for one in whom:
            one(table)

    return tell


@dataclass(frozen=True, slots=True)
class _Nodes:
    """What a hub is to other hubs."""

    settings: Settings
    db: Database
    ledger: Ledger
    digests: Digests

    def _key(self) -> NodeKey:
        return node_key(self.settings.home)

    def added_to(self, work: Work) -> Work:
        """What its worker tells of nodes; at a node what it carries to its province, too."""
        summary = Summary(self.db)
        work = replace(work, telling=Telling(summary.begin, summary.tell))
        if self.settings.node is None:
            return work
        courier = Courier(self.db, self.ledger, self._key, Fetching(self.db, self.digests))
        carrying = Carrying(self.settings.node, courier.deliver, courier.pending, self.settings.simpul_jeda)
        return replace(work, carrying=carrying)

    def routes(self) -> list[Route]:
        """Its doors for nodes; a node has none."""
        if self.settings.node is not None:
            return []
        return simpul_routes(self.db, self._key, self.ledger, self.digests, self.settings.batas_badan_mb * 2**20)


def _map_routes(answers: PetaAnswers) -> list[Route]:
    return [*tile_routes(answers), *style_routes(answers), *geojson_routes(answers)]


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
            await app.state.berita.end()
        for connection in list(self.server_state.connections):
            # whoever has not read until now does not keep the others waiting
            scope = getattr(connection, "scope", None) or {}
            transport = connection.transport
            if scope.get("state", {}).get("aliran") and transport.get_write_buffer_size():
                transport.abort()
        await super().shutdown(sockets)


def _guard_rails(s: Settings) -> GuardRails:
    return GuardRails(
        body=s.batas_badan_mb * 2**20, public_body=s.batas_badan_publik_kb * 2**10, token=s.batas_token, depth=s.batas_kedalaman, alias=s.batas_alias,
        roots=s.batas_akar, fields=s.batas_medan, cost=s.batas_biaya, introspection=s.introspeksi,
        partial=PARTIAL if s.status_sebagian else 200,
    )  # fmt: skip
