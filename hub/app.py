"""The application as data: routes over services over one database. Importing does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from hub.base.settings import Settings
from hub.services.katalog_cache import KatalogCache
from hub.services.rekap_workflow import RekapWorkflow
from hub.services.token_service import TokenService
from hub.store.database import Database
from hub.web.health_routes import health_routes
from hub.web.page_routes import graphiql_or, page_routes
from schema.context import Services
from schema.endpoint import GraphQLEndpoint


def create_app(settings: Settings, database_url: str) -> Starlette:
    """One hub over one database. The database must be migrated; connections open with the app's lifespan."""
    db = Database(database_url, settings.koneksi, settings.batas_waktu_ms)
    katalog = KatalogCache(db)
    services = Services(db, katalog, RekapWorkflow(db, katalog, settings.zona))
    graphql = GraphQLEndpoint(services, TokenService(db), settings.batas_badan_mb * 2**20)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await db.open()
        try:
            yield
        finally:
            await db.close()

    return Starlette(
        routes=[
            Route("/graphql", graphiql_or(graphql.__call__, graphiql=settings.graphiql), methods=["GET", "POST"]),
            *health_routes(db),
            *page_routes(graphiql=settings.graphiql),
        ],
        middleware=[
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"]),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
        ],
        lifespan=lifespan,
    )
