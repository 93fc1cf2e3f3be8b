"""What is no plan runs in Strawberry's executor: its document as it was checked before, large variables coerced beside the
event loop before it begins."""

from dataclasses import replace
from typing import Any

from graphql import DocumentNode, GraphQLError, get_variable_values, parse
from strawberry.federation import Schema
from strawberry.types.graphql import OperationType

from hub.base.off_loop import BULK, LEARNING
from schema.context import Context
from schema.engine.execute import Coerced
from schema.engine.lift import unchain
from schema.engine.plan import MOST_MISTAKES, operation_of
from schema.http.documents import SHORT, Document
from schema.http.request_body import Asked


async def execute(schema: Schema, document: Document, asked: Asked, context: Context) -> tuple[Any, list[GraphQLError]]:
    """The `data` and what went wrong."""
    query = asked.query
    tree = parse(query) if len(query) <= SHORT else await LEARNING.run(parse, query)
    unchain(tree)
    variables = asked.variables
    if asked.large and document.known.names:
        coerced = await BULK.run(_coerced, schema, tree, asked)
        if isinstance(coerced, list):
            return None, coerced
        variables = coerced
    result = await schema.execute(
        query,
        variable_values=variables,
        context_value=replace(context, document=tree),
        operation_name=asked.name,
        allowed_operation_types=(OperationType.QUERY, OperationType.MUTATION),
    )
    return result.data, result.errors or []


def _coerced(schema: Schema, tree: DocumentNode, asked: Asked) -> Coerced | list[GraphQLError]:
    operation = operation_of(tree, asked.name)
    assert operation is not None
    values = get_variable_values(
        schema._schema, operation.variable_definitions or (), asked.variables, max_errors=MOST_MISTAKES
    )
    return values if isinstance(values, list) else Coerced(values)
