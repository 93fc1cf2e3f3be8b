"""Root queries of all domains. Each is one SQL statement, but for coverage, which a service works out."""

import strawberry
from strawberry.federation.schema import FederationAny

from hub.base.errors import IntrospectionOffError
from hub.base.off_loop import LEARNING
from schema.akses.queries import AksesQueries
from schema.anggaran.queries import AnggaranQueries
from schema.angka.queries import AngkaQueries
from schema.batas.queries import BatasQueries
from schema.cakupan.queries import CakupanQueries
from schema.context import HubInfo
from schema.engine.declare import argument, entities
from schema.entities import ENTITIES, EntityUnion
from schema.expected_rows import length
from schema.gudang.queries import GudangQueries
from schema.katalog.queries import KatalogQueries
from schema.kinerja.queries import KinerjaQueries
from schema.node import NodeQueries
from schema.rekap.queries import RekapQueries
from schema.sdl_text import sdl_of
from schema.simpul.live import LiveQueries
from schema.simpul.queries import SimpulQueries
from schema.sumber_daya.queries import SumberDayaQueries
from schema.tagana.queries import TaganaQueries
from schema.wilayah.queries import WilayahQueries
from schema.wksbm.queries import WksbmQueries


@strawberry.type(name="_Service", description="Skema hub bagi perute federasi.")
class Service:
    sdl: str = strawberry.field(description="Skema dalam bahasa definisi GraphQL.")


async def _tell_schema(info: HubInfo) -> Service:
    if not (info.context.services.introspection or info.context.vouched):
        raise IntrospectionOffError(
            "Hub ini tidak memberitahukan skemanya (HUB_INTROSPEKSI=false); mintalah kepada pengelola."
        )
    return Service(sdl=await LEARNING.go_on(sdl_of, info.schema))


@strawberry.type(description="Semua yang dapat ditanyakan.")
class Query(
    AksesQueries,
    WilayahQueries,
    BatasQueries,
    KatalogQueries,
    RekapQueries,
    AngkaQueries,
    KinerjaQueries,
    AnggaranQueries,
    SumberDayaQueries,
    GudangQueries,
    CakupanQueries,
    TaganaQueries,
    WksbmQueries,
    SimpulQueries,
    LiveQueries,
    NodeQueries,
):
    _entities: list[EntityUnion | None] = entities(
        "Bagi perute federasi: entitas menurut kuncinya, dalam urutan yang diminta; null bila tidak ada.",
        {t.__name__: e for t, e in ENTITIES.items()},
        argument("representations", list[FederationAny], "Objek berisi __typename dan kuncinya.", required=True),
        rows=length("representations", 1),
    )
    _service: Service = strawberry.field(  # type: ignore[assignment]
        _tell_schema, name="_service", description="Bagi perute federasi: skema hub."
    )
