"""Root queries: who is asking."""

import strawberry

from schema.akses.types import SiapaSaya
from schema.context import HubInfo


def _asking(info: HubInfo) -> SiapaSaya:
    return SiapaSaya.of(info.context.actor)


@strawberry.type
class AksesQueries:
    siapa_saya: SiapaSaya | None = strawberry.field(  # type: ignore[assignment]
        _asking,
        description="Siapa Anda bagi hub ini menurut token yang dikirim, dan apa yang boleh; tanpa token: umum.",
    )
