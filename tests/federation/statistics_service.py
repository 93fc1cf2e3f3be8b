"""A small statistics service, as another office would run it: a subgraph that adds `luasHutan` to the hub's Desa and
`pdrb` to its Kabupaten, and has a root field of its own that answers with the hub's desa."""

from typing import NewType

import strawberry
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

KodeWilayah = NewType("KodeWilayah", str)
SCALARS: dict[object, ScalarDefinition] = {
    KodeWilayah: strawberry.scalar(name="KodeWilayah", serialize=str, parse_value=str)
}


def forest_area(kode: str) -> float:
    """Hectares; a figure that only this desa has."""
    return int(kode.replace(".", "")) % 100_000 / 4


def pdrb(kode: str) -> float:
    return int(kode.replace(".", "")) * 1_000.5


@strawberry.federation.type(keys=["kode"])
class Desa:
    kode: KodeWilayah

    @strawberry.field
    def luas_hutan(self) -> float | None:
        return forest_area(self.kode)

    @classmethod
    def resolve_reference(cls, kode: KodeWilayah) -> "Desa":
        return cls(kode=kode)


@strawberry.federation.type(keys=["kode"])
class Kabupaten:
    kode: KodeWilayah

    @strawberry.field
    def pdrb(self) -> float | None:
        return pdrb(self.kode)

    @classmethod
    def resolve_reference(cls, kode: KodeWilayah) -> "Kabupaten":
        return cls(kode=kode)


def statistics(desa: list[str]) -> tuple[GraphQL[object, object], str]:
    """The service that knows these desa, and its schema as text."""

    @strawberry.type
    class Query:
        @strawberry.field
        def hutan_terluas(self, banyak: int) -> list[Desa | None]:
            largest = sorted(desa, key=forest_area, reverse=True)[:banyak]
            return [Desa(kode=KodeWilayah(k)) for k in largest]

    schema = strawberry.federation.Schema(
        Query, types=[Desa, Kabupaten], federation_version="2.9", config=StrawberryConfig(scalar_map=SCALARS)
    )
    return GraphQL(schema), schema.as_str()
