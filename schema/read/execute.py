"""Running compiled fields: as a whole plan without an executor, or one by one inside Strawberry's."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    is_non_null_type,
)
from graphql.execution.values import get_variable_values
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from hub.base.actor import Actor
from hub.base.errors import HubError
from hub.services.katalog import Katalog
from hub.store.database import Database
from schema.read.arguments import shape
from schema.read.compiler import Asked, Compiled, Compiler, how_to_read
from schema.read.declare import Column, Connection, Embed, Entities, Relation
from schema.read.entities import EntityBatch

_VARIABLES = 256  # sets of variables kept coerced per document
_SMALL = 512  # bytes of variables, as JSON, that are worth keeping
_STATEMENTS = 64  # variants kept per document; a document has as many as its variables have shapes


class HubExecutor(StrawberryGraphQLCoreExecutionContext):
    """Strawberry's executor, except that JSON made by the database passes through untouched."""

    def complete_value(self, return_type, field_details_list, info, path, result, position_context):  # type: ignore[no-untyped-def]
        if type(result) is orjson.Fragment:
            return result
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)


def read_in_executor(source: Any, info: Any) -> Any:
    """A compiled field met by the executor: at the root of a mixed document, or on an object a resolver made."""
    mentah = info._raw_info
    definisi: GraphQLField = mentah.parent_type.fields[mentah.field_name]
    baca = how_to_read(definisi)
    if isinstance(baca, Column):
        return getattr(source, baca.name)
    if isinstance(baca, Embed) or (isinstance(baca, Relation) and hasattr(source, info.python_name)):
        return getattr(source, info.python_name)
    return _read_one(source, info, definisi)


async def _read_one(source: Any, info: Any, definisi: GraphQLField) -> Any:
    mentah, konteks = info._raw_info, info.context
    variables = dict(mentah.variable_values)
    if isinstance(how_to_read(definisi), Entities):
        batch = EntityBatch(mentah.schema, mentah.fragments, variables, definisi, list(mentah.field_nodes))
        return await _read_entities(batch, variables, konteks)
    kompilator = Compiler(mentah.schema, mentah.fragments, variables)
    isi = kompilator.root(definisi, list(mentah.field_nodes), source)
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


@dataclass(slots=True)
class _Root:
    """A root field of a plan."""

    key: str
    field: GraphQLField | None  # None: __typename
    nodes: list[FieldNode]

    def error(self, salah: HubError, *tempat: int) -> GraphQLError:
        return GraphQLError(salah.pesan, self.nodes, path=[self.key, *tempat], original_error=salah)


@dataclass(slots=True)
class Plan:
    """A query all of whose root fields are compiled: coerce the variables, run the statements, join the bytes."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    _statements: "OrderedDict[Any, list[tuple[_Root, Compiled | EntityBatch]]]" = field(default_factory=OrderedDict)
    _coerced: "OrderedDict[bytes, dict[str, Any]]" = field(default_factory=OrderedDict)

    async def run(
        self, db: Database, katalog: Katalog, actor: Actor, variables: dict[str, Any]
    ) -> tuple[bytes, list[GraphQLError]]:
        """The `data` of the answer as JSON, and the errors."""
        isi = self._coerce(variables)
        if isinstance(isi, list):
            return b"null", isi
        terkompilasi = self._compiled(isi)
        errors: list[GraphQLError] = []
        jawab: dict[str, bytes | None] = {}
        kirim: list[tuple[_Root, Asked]] = []
        for root, compiled in terkompilasi:
            jawab[root.key] = None
            if root.field is None:
                jawab[root.key] = b'"Query"'
                continue
            try:
                minta = compiled.ask(isi, katalog)
            except HubError as salah:
                errors.append(root.error(salah))
                continue
            errors += [root.error(salah, i) for i, salah in minta.errors]
            kirim.append((root, minta))
        try:
            perintah = [s for _, minta in kirim for s in minta.statements]
            hasil = iter(await db.read_json(actor, perintah) if perintah else ())
            for root, minta in kirim:
                jawab[root.key] = minta.join([next(hasil) for _ in minta.statements])
        except HubError as salah:
            errors += [root.error(salah) for root, minta in kirim if minta.statements]
        for root, _ in terkompilasi:
            if root.field is not None and jawab[root.key] is None and is_non_null_type(root.field.type):
                return b"null", errors
        return b"{" + b",".join(f'"{k}":'.encode() + (v or b"null") for k, v in jawab.items()) + b"}", errors

    def _coerce(self, variables: dict[str, Any]) -> dict[str, Any] | list[GraphQLError]:
        """The variables as graphql-core coerces them; the same ones, sent again, are not coerced again."""
        kunci = orjson.dumps(variables)
        ada = self._coerced.get(kunci)
        if ada is not None:
            self._coerced.move_to_end(kunci)
            return ada
        nilai = get_variable_values(self.schema, self.operation.variable_definitions or (), variables)
        if isinstance(nilai, list):
            return nilai
        if len(kunci) <= _SMALL:
            self._coerced[kunci] = nilai.coerced
            if len(self._coerced) > _VARIABLES:
                self._coerced.popitem(last=False)
        return nilai.coerced

    def _compiled(self, variables: dict[str, Any]) -> list[tuple[_Root, Compiled | EntityBatch]]:
        kunci = tuple((k, shape(v)) for k, v in sorted(variables.items()))
        ada = self._statements.get(kunci)
        if ada is None:
            ada = self._statements[kunci] = self._compile(variables)
            if len(self._statements) > _STATEMENTS:
                self._statements.popitem(last=False)
        else:
            self._statements.move_to_end(kunci)
        return ada

    def _compile(self, variables: dict[str, Any]) -> list[tuple[_Root, Compiled | EntityBatch]]:
        query = self.schema.query_type
        assert query is not None
        hasil: list[tuple[_Root, Compiled | EntityBatch]] = []
        awal = Compiler(self.schema, self.fragments, variables)
        for kunci, nodes in awal.selections.root(query, self.operation.selection_set).items():
            definisi = query.fields.get(nodes[0].name.value)
            kompilator = Compiler(self.schema, self.fragments, variables)
            if definisi is None:
                hasil.append((_Root(kunci, None, nodes), Compiled(None, kompilator.parameters)))
            elif isinstance(how_to_read(definisi), Entities):
                batch = EntityBatch(self.schema, self.fragments, variables, definisi, nodes)
                hasil.append((_Root(kunci, definisi, nodes), batch))
            else:
                try:
                    isi = kompilator.root(definisi, nodes)
                except HubError as salah:
                    isi = Compiled(None, kompilator.parameters, refused=salah)
                hasil.append((_Root(kunci, definisi, nodes), isi))
        return hasil


def plan_for(schema: GraphQLSchema, document: DocumentNode, operation_name: str | None) -> Plan | None:
    """A plan for a validated document, or None where the executor is needed."""
    operasi = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    terpilih = [o for o in operasi if operation_name is None or (o.name and o.name.value == operation_name)]
    if len(terpilih) != 1 or terpilih[0].operation is not OperationType.QUERY:
        return None
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    query = schema.query_type
    assert query is not None
    for nama in _root_names(terpilih[0], fragments):
        if nama == "__typename":
            continue
        definisi = query.fields.get(nama)
        if definisi is None or not isinstance(how_to_read(definisi), Relation | Connection | Entities):
            return None
    return Plan(schema, terpilih[0], fragments)


def _root_names(operasi: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> set[str]:
    nama: set[str] = set()
    antre: list[Any] = [operasi.selection_set]
    while antre:
        for s in antre.pop().selections:
            if isinstance(s, FieldNode):
                nama.add(s.name.value)
            else:
                antre.append(s.selection_set if hasattr(s, "selection_set") else fragments[s.name.value].selection_set)
    return nama
