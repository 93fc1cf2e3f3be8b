"""`node(id)`: a region or a social resource by its id. The id says in which table it lies, so which it is decides the statement."""

from collections.abc import Hashable
from enum import Enum, auto

import strawberry
from strawberry.federation.schema_directives import Inaccessible

from hub.base.public_id import region_id
from hub.plan.arguments import Args, Known
from hub.plan.rows import Rows
from hub.sumber_daya import reads as sumber_daya_reads
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import argument, root
from schema.node_types import Node


class _Kind(Enum):
    REGION = auto()
    REGION_THEN = auto()
    RESOURCE = auto()


_BUILDS = {
    _Kind.REGION: wilayah_reads.by_id(dated=False),
    _Kind.REGION_THEN: wilayah_reads.by_id(dated=True),
    _Kind.RESOURCE: sumber_daya_reads.by_id(),
}
_TYPES = {_Kind.REGION: "Wilayah", _Kind.REGION_THEN: "Wilayah", _Kind.RESOURCE: "SumberDaya"}


def _kind(args: Args, known: Known) -> Hashable:
    text = args.value("id")
    if ":" in text:
        return _Kind.RESOURCE
    return _Kind.REGION if region_id(text).day is None else _Kind.REGION_THEN


def _found(args: Args) -> Rows:
    return _BUILDS[args.variant](args)


@strawberry.type
class NodeQueries:
    node: Node | None = root(
        "Wilayah atau sumber daya sosial dengan id ini; null bila tidak ada. Id wilayah adalah kodenya, sebagaimana pada hari lain "
        "`53.14@2021-01-01`. Tidak tampak lewat perute federasi.",
        _found,
        argument("id", strawberry.ID, "Id-nya.", required=True),
        variant=_kind,
        types=_TYPES,
        directives=[Inaccessible()],
    )
