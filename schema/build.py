"""The schema, built once per process."""

from functools import cache
from typing import Literal

import strawberry
from strawberry.federation import Schema
from strawberry.printer import print_schema

from schema.engine.checked_document import CheckedDocument
from schema.engine.execute import HubExecutor
from schema.engine.expectation import require_expectations
from schema.engine.plain_messages import write_values_as_json
from schema.engine.published_cost import publish
from schema.entities import ENTITIES
from schema.handlers import ConflictHandler, DenyHandler
from schema.mutation import Mutation
from schema.query import Query
from schema.ready_inputs import make_ready
from schema.scalars import config
from schema.subscription import Subscription

# routers that read at most 2.9 exist; Strawberry's own default is newer than they take
_FEDERATION: Literal["2.9"] = "2.9"


@cache
def schema() -> Schema:
    made = strawberry.federation.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=list(ENTITIES),
        config=config(),
        execution_context_class=HubExecutor,
        extensions=[CheckedDocument],
        exception_handlers=[DenyHandler(), ConflictHandler()],
        federation_version=_FEDERATION,
    )
    write_values_as_json()
    require_expectations(made._schema)
    publish(made)
    make_ready(made._schema, made.config.name_converter)
    return made


def sdl() -> str:
    """The schema as text, as schema/hub.graphql keeps it."""
    return print_schema(schema()) + "\n"
