"""What the executor takes: large variables are coerced beside the event loop, before it begins."""

from typing import Any

from graphql import GraphQLError, GraphQLSchema, get_variable_values, parse

from hub.base.aside import BULK
from schema.documents import Document
from schema.read.execute import Coerced
from schema.read.plan import SALAH_TERBANYAK, operation_of
from schema.request_body import Asked


async def coerced(schema: GraphQLSchema, document: Document, asked: Asked) -> tuple[dict[str, Any], list[GraphQLError]]:
    """The variables for the executor, and why they do not fit."""
    if not asked.large or not document.known.has_variables:
        return asked.variables, []

    def work() -> Coerced | list[GraphQLError]:
        operation = operation_of(parse(asked.query), asked.name)
        assert operation is not None
        values = get_variable_values(
            schema, operation.variable_definitions or (), asked.variables, max_errors=SALAH_TERBANYAK
        )
        return values if isinstance(values, list) else Coerced(values)

    result = await BULK.run(work)
    return ({}, result) if isinstance(result, list) else (result, [])
