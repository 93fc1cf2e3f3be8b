"""The application as data: routes over services over one database. Importing does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from hub.base.settings import Settings
from hub.services.katalog_cache import KatalogCache
from hub.services.rekap_workflow import RekapWorkflow
from hub.services.token_service import TokenService
from hub.store.database import Database
from hub.web.compression import CompressionMiddleware
from hub.web.health_routes import health_routes
from schema.context import Services
from schema.endpoint import GraphQLEndpoint
from schema.limits import Pagar


def create_app(settings: Settings, database_url: str) -> Starlette:
    """One hub over one database. The database must be migrated; connections open with the app's lifespan."""
    db = Database(database_url, settings.koneksi, settings.batas_waktu_ms)
    katalog = KatalogCache(db)
    services = Services(db, katalog, RekapWorkflow(db, katalog, settings.zona))
    graphql = GraphQLEndpoint(services, TokenService(db), _pagar(settings))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await db.open()
        try:
            yield
        finally:
            await db.close()

    return Starlette(
        routes=[Route("/graphql", graphql.__call__, methods=["GET", "POST"]), *health_routes(db)],
        middleware=[
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"]),
            Middleware(CompressionMiddleware),
        ],
        lifespan=lifespan,
    )


def _pagar(s: Settings) -> Pagar:
    return Pagar(
        badan=s.batas_badan_mb * 2**20, token=s.batas_token, kedalaman=s.batas_kedalaman, alias=s.batas_alias,
        akar=s.batas_akar, medan=s.batas_medan, biaya=s.batas_biaya, introspeksi=s.introspeksi,
    )  # fmt: skip
