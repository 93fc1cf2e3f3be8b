"""A rain service: a subgraph that knows nothing of kinds of regions or resources, and adds to all of them at once (@interfaceObject)."""

import strawberry
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig

from tests.federation.statistics_service import SCALARS, KodeWilayah


def rain(key: str) -> float:
    """Millimetres; a figure that only this place has."""
    return sum(key.encode()) / 8


@strawberry.federation.interface_object(keys=["kode"])
class Wilayah:
    kode: KodeWilayah

    @strawberry.field
    def hujan(self) -> float | None:
        return rain(self.kode)

    @classmethod
    def resolve_reference(cls, kode: KodeWilayah) -> "Wilayah":
        return cls(kode=kode)


@strawberry.federation.interface_object(keys=["id"])
class SumberDaya:
    id: strawberry.ID

    @strawberry.field
    def hujan(self) -> float | None:
        return rain(self.id)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "SumberDaya":
        return cls(id=id)


@strawberry.type
class Query:
    @strawberry.field
    def wilayah_basah(self, kode: list[str]) -> list[Wilayah | None]:
        return [Wilayah(kode=KodeWilayah(k)) for k in kode]

    @strawberry.field
    def sumber_daya_basah(self, id: list[str]) -> list[SumberDaya | None]:
        return [SumberDaya(id=strawberry.ID(i)) for i in id]


def rain_service() -> tuple[GraphQL[object, object], str]:
    """The service, and its schema as text."""
    schema = strawberry.federation.Schema(
        Query, types=[Wilayah, SumberDaya], federation_version="2.9", config=StrawberryConfig(scalar_map=SCALARS)
    )
    return GraphQL(schema), schema.as_str()
