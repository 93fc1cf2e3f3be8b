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
    mentah = info._raw_info
    definisi: GraphQLField = mentah.parent_type.fields[mentah.field_name]
    baca = how_to_read(definisi)
    if isinstance(baca, Column):
        return getattr(source, baca.name)
    if isinstance(baca, Embed) or (isinstance(baca, Relation | Root) and hasattr(source, info.python_name)):
        return getattr(source, info.python_name)
    return _read_one(source, info, definisi)


async def read_rows(source: Any, info: Any, build: Callable[[Args], Rows]) -> Any:
    """The value of a field whose resolver found out what to read: `build` makes rows of `source`, one statement reads them."""
    mentah = info._raw_info
    return await _read_one(source, info, mentah.parent_type.fields[mentah.field_name], Root(build))


def mentioned(info: Any) -> set[str]:
    """Names of all fields selected anywhere below the field being resolved."""
    mentah = info._raw_info
    pilihan = Selections(mentah.schema, mentah.fragments, dict(mentah.variable_values))
    return pilihan.mentioned(list(mentah.field_nodes))


async def _read_one(source: Any, info: Any, definisi: GraphQLField, baca: Root | None = None) -> Any:
    mentah, konteks = info._raw_info, info.context
    variables = dict(mentah.variable_values)
    if isinstance(how_to_read(definisi), Entities):
        batch = EntityBatch(mentah.schema, mentah.fragments, variables, definisi, list(mentah.field_nodes))
        return await _read_entities(batch, variables, konteks)
    kompilator = Compiler(mentah.schema, mentah.fragments, variables)
    isi = kompilator.root(definisi, list(mentah.field_nodes), source, baca)
    if isi.sql is None:
        return None
    perintah = isi.statement(variables, await konteks.services.katalog.get())
    (hasil,) = await konteks.services.db.read_json(konteks.actor, [perintah])
    return None if hasil in (None, b"null") else orjson.Fragment(hasil)


async def _read_entities(batch: EntityBatch, variables: dict[str, Any], konteks: Any) -> Any:
    minta = batch.ask(variables, await konteks.services.katalog.get(), apart=True)
    hasil = await konteks.services.db.read_json(konteks.actor, minta.statements) if minta.statements else []
    if not minta.errors:
        return orjson.Fragment(minta.join(hasil) or b"[]")
    satu_satu: list[Any] = [None if p is None else orjson.Fragment(p) for p in minta.split(hasil)]
    for i, salah in minta.errors:
        satu_satu[i] = salah  # the executor makes it an error at this place
    return satu_satu
