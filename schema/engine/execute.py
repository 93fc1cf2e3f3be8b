"""Running compiled fields one by one inside Strawberry's executor."""

from collections.abc import Callable
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLField, OperationDefinitionNode
from graphql.execution.values import VariableValues
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from hub.plan.arguments import Args
from hub.plan.rows import Rows
from schema.engine.compiler import Compiler, how_to_read
from schema.engine.declare import Column, Embed, Entities, Relation, Root
from schema.engine.entities import EntityBatch
from schema.engine.selection import Selections


class Coerced(dict[str, Any]):
    """Variables that were coerced already, beside the event loop."""

    def __init__(self, values: VariableValues) -> None:
        super().__init__(values.coerced)
        self.values_ = values


class HubExecutor(StrawberryGraphQLCoreExecutionContext):
    """Strawberry's executor, except that JSON made by the database passes through untouched, and that variables may come
    coerced."""

    @classmethod
    def build(  # type: ignore[no-untyped-def]
        cls, schema, document, root_value=None, context_value=None, raw_variable_values=None, *args, **kwargs
    ):
        if not isinstance(raw_variable_values, Coerced):
            return super().build(schema, document, root_value, context_value, raw_variable_values, *args, **kwargs)
        executor = super().build(schema, _undefined(document), root_value, context_value, {}, *args, **kwargs)
        if not isinstance(executor, list):
            executor.variable_values = raw_variable_values.values_
        return executor

    def complete_value(self, return_type, field_details_list, info, path, result, position_context):  # type: ignore[no-untyped-def]
        if type(result) is orjson.Fragment:
            return result
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)


def _undefined(document: DocumentNode) -> DocumentNode:
    """The document with operations that take no variables."""
    definitions = tuple(
        OperationDefinitionNode(**{**d.__dict__, "variable_definitions": ()})
        if isinstance(d, OperationDefinitionNode)
        else d
        for d in document.definitions
    )
    return DocumentNode(definitions=definitions, loc=document.loc)


def read_in_executor(source: Any, info: Any) -> Any:
    """A compiled field met by the executor: at the root of a mixed document, or on an object a resolver made."""
    raw = info._raw_info
    definition: GraphQLField = raw.parent_type.fields[raw.field_name]
    declared = how_to_read(definition)
    if isinstance(declared, Column):
        return getattr(source, declared.name)
    if isinstance(declared, Embed) or (isinstance(declared, Relation | Root) and hasattr(source, info.python_name)):
        return getattr(source, info.python_name)
    return _read_one(source, info, definition)


async def read_rows(source: Any, info: Any, build: Callable[[Args], Rows], as_type: str | None = None) -> Any:
    """The value of a field whose resolver found out what to read: `build` makes rows of `source`, one statement reads them.
    `as_type`: which type the rows are, where the field may answer with several."""
    raw = info._raw_info
    return await _read_one(source, info, raw.parent_type.fields[raw.field_name], Root(build), as_type)


def mentioned(info: Any) -> set[str]:
    """Names of all fields selected anywhere below the field being resolved."""
    raw = info._raw_info
    selections = Selections(raw.schema, raw.fragments, dict(raw.variable_values))
    return selections.mentioned(list(raw.field_nodes))


async def _read_one(
    source: Any, info: Any, definition: GraphQLField, declared: Root | None = None, as_type: str | None = None
) -> Any:
    raw, context = info._raw_info, info.context
    variables = dict(raw.variable_values)
    if isinstance(how_to_read(definition), Entities):
        batch = EntityBatch(raw.schema, raw.fragments, variables, definition, list(raw.field_nodes))
        return await _read_entities(batch, variables, context)
    katalog = await context.services.katalog.get()
    compiler = Compiler(raw.schema, raw.fragments, variables, known=katalog)
    compiled = compiler.root(definition, list(raw.field_nodes), source, declared, as_type)
    if compiled.sql is None:
        return None
    statement = compiled.statement(variables, katalog)
    (result,) = await context.services.db.read_json(context.actor, [statement])
    return None if result in (None, b"null") else orjson.Fragment(result)


async def _read_entities(batch: EntityBatch, variables: dict[str, Any], context: Any) -> Any:
    asked = batch.ask(variables, await context.services.katalog.get(), apart=True)
    results = await context.services.db.read_json(context.actor, asked.statements) if asked.statements else []
    if not asked.errors:
        return orjson.Fragment(asked.join(results) or b"[]")
    one_by_one: list[Any] = [None if p is None else orjson.Fragment(p) for p in asked.split(results)]
    for i, error in asked.errors:
        one_by_one[i] = error  # the executor makes it an error at this place
    return one_by_one
