"""Running compiled fields: as a whole plan without an executor, or one by one inside Strawberry's."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
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
from hub.store.database import Database, Statement
from schema.read.arguments import Args, shape
from schema.read.compiler import Asked, Compiled, Compiler, how_to_read
from schema.read.declare import Column, Connection, Embed, Entities, Relation, Row, Rows
from schema.read.entities import EntityBatch
from schema.read.selection import Selections

Build = Callable[[Row | None, Args], Rows]

# mistakes told in the variables of one request, as the library's executor has it; a body holds millions
SALAH_TERBANYAK = 50
_VARIABLES = 256  # sets of variables kept prepared per document
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


async def read_rows(source: Any, info: Any, build: Build) -> Any:
    """The value of a field whose resolver found out what to read: `build` makes rows of `source`, one statement reads them."""
    mentah = info._raw_info
    return await _read_one(source, info, mentah.parent_type.fields[mentah.field_name], Relation(build))


def mentioned(info: Any) -> set[str]:
    """Names of all fields selected anywhere below the field being resolved."""
    mentah = info._raw_info
    pilihan = Selections(mentah.schema, mentah.fragments, dict(mentah.variable_values))
    return pilihan.mentioned(list(mentah.field_nodes))


async def _read_one(source: Any, info: Any, definisi: GraphQLField, baca: Relation | None = None) -> Any:
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


@dataclass(slots=True)
class _Root:
    """A root field of a plan."""

    key: str
    field: GraphQLField | None  # None: __typename
    nodes: list[FieldNode]

    @property
    def label(self) -> bytes:
        return f'"{self.key}":'.encode()

    def error(self, salah: HubError, *tempat: int) -> GraphQLError:
        return GraphQLError(salah.pesan, self.nodes, path=[self.key, *tempat], original_error=salah)


@dataclass(frozen=True, slots=True)
class _Ready:
    """What one call asks of the database: the answer's fields with what each asks, and what is wrong already."""

    katalog: Katalog
    roots: Sequence[tuple[_Root, Asked | None]]
    errors: Sequence[GraphQLError]
    statements: Sequence[Statement]


@dataclass(slots=True)
class Plan:
    """A query all of whose root fields are compiled: coerce the variables, run the statements, join the bytes."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    _statements: "OrderedDict[Any, list[tuple[_Root, Compiled | EntityBatch]]]" = field(default_factory=OrderedDict)
    _ready: "OrderedDict[bytes, _Ready]" = field(default_factory=OrderedDict)

    async def run(
        self, db: Database, katalog: Katalog, actor: Actor, variables: dict[str, Any]
    ) -> tuple[list[bytes], list[GraphQLError]]:
        """The `data` of the answer as JSON in pieces, to be put together once (a copy of half a megabyte takes longer than all
        the rest here), and the errors."""
        siap = self._prepare(variables, katalog)
        if isinstance(siap, list):
            return [b"null"], siap
        errors = list(siap.errors)
        bagian: list[bytes] = []
        hasil: list[bytes | None] | None = []
        try:
            hasil = await db.read_json(actor, siap.statements) if siap.statements else []
        except HubError as salah:
            errors += [root.error(salah) for root, minta in siap.roots if minta is not None and minta.statements]
            hasil = None
        mulai = 0
        for root, minta in siap.roots:
            nilai = b'"Query"' if root.field is None else None
            if minta is not None and hasil is not None:
                nilai = minta.join(hasil[mulai : (mulai := mulai + len(minta.statements))])
            if nilai is None and root.field is not None and is_non_null_type(root.field.type):
                return [b"null"], errors
            bagian += [b",", root.label, nilai or b"null"]
        return [b"{", *bagian[1:], b"}"], errors

    def _prepare(self, variables: dict[str, Any], katalog: Katalog) -> _Ready | list[GraphQLError]:
        """What to ask, or why the variables do not fit. The same variables, sent again, are not prepared again."""
        kunci = orjson.dumps(variables)
        ada = self._ready.get(kunci)
        if ada is not None and ada.katalog is katalog:
            self._ready.move_to_end(kunci)
            return ada
        ditentukan = self.operation.variable_definitions or ()
        nilai = get_variable_values(self.schema, ditentukan, variables, max_errors=SALAH_TERBANYAK)
        if isinstance(nilai, list):
            return nilai
        siap = self._ask(nilai.coerced, katalog)
        if len(kunci) <= _SMALL and not siap.errors:
            self._ready[kunci] = siap
            if len(self._ready) > _VARIABLES:
                self._ready.popitem(last=False)
        return siap

    def _ask(self, variables: dict[str, Any], katalog: Katalog) -> _Ready:
        roots: list[tuple[_Root, Asked | None]] = []
        errors: list[GraphQLError] = []
        for root, compiled in self._compiled(variables):
            minta: Asked | None = None
            if root.field is not None:
                try:
                    minta = compiled.ask(variables, katalog)
                except HubError as salah:
                    errors.append(root.error(salah))
                else:
                    errors += [root.error(salah, i) for i, salah in minta.errors]
            roots.append((root, minta))
        perintah = [s for _, minta in roots if minta is not None for s in minta.statements]
        return _Ready(katalog, roots, errors, perintah)

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
