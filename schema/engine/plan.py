"""A query as a plan: all of its root fields compiled, run without an executor.

A plan holds no syntax tree, but for the arguments of root fields that have variants. Which statements it needs hangs on the shape of the variables, and where a root field says so on
what their values mean (`Root.variant`); for a shape that was not met before, the document is parsed again, beside the event loop.
Statements of equal root fields are shared by all documents.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    is_non_null_type,
)
from graphql.execution.values import get_variable_values

from hub.base.actor import Actor
from hub.base.errors import HubError, OtherRegionError
from hub.base.off_loop import BULK, LEARNING
from hub.base.sized_cache import SizedCache
from hub.db.database import Database, Statement
from hub.katalog.katalog import Katalog
from hub.plan.compiled import Asked, Compiled
from schema.engine.arguments import shape, thin
from schema.engine.compiler import Compiler, how_to_read
from schema.engine.declare import Entities, Root, RootConnection
from schema.engine.entities import EntityBatch
from schema.engine.lift import local
from schema.engine.selection import Selections

# mistakes told in the variables of one request, as the library's executor has it; a body holds millions
MOST_MISTAKES = 50
_VARIABLES = 256  # sets of variables kept prepared per document
_SMALL = 512  # bytes of variables, as JSON, that are worth keeping
_STATEMENTS = 64  # variants kept per shape of a document; there are as many as its variables have shapes
_READY = 256 * 2**10  # bytes of one prepared call that is worth keeping

Documents = Callable[[], DocumentNode]
"""Parses the document at hand once more, its literals lifted, without places."""


@dataclass(frozen=True, slots=True)
class RootField:
    """A root field of a plan. `names`: variables and slots of the document → how the statement calls them; None: by the
    same names."""

    key: str
    field: GraphQLField | None  # None: __typename
    compiled: Compiled | EntityBatch | None
    names: Mapping[str, str] | None = None

    def ask(self, variables: Mapping[str, Any], katalog: Katalog) -> Asked | None:
        """Raises HubError when it cannot be answered."""
        if self.compiled is None:
            return None
        if self.names is not None:
            variables = {here: variables[there] for there, here in self.names.items() if there in variables}
        return self.compiled.ask(variables, katalog)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one root field, or at one place of its list."""

    key: str
    error: HubError
    place: tuple[int, ...] = ()

    def told(self, nodes: Sequence[FieldNode]) -> GraphQLError:
        return GraphQLError(self.error.message, nodes, path=[self.key, *self.place], original_error=self.error)


@dataclass(frozen=True, slots=True)
class Ready:
    """What one call asks of the database: the answer's fields with what each asks, and what is wrong already."""

    katalog: Katalog
    roots: Sequence[tuple[str, GraphQLField | None, Asked | None]]
    wrong: Sequence[Wrong]
    statements: Sequence[Statement]

    def size(self) -> int:
        """Bytes it takes, about, its statements' texts included: it may outlive what made them."""
        texts = {id(s.sql): len(s.sql) for s in self.statements}
        return 500 + sum(texts.values()) + sum(200 + sum(map(_room, s.params.values())) for s in self.statements)


def _room(value: object) -> int:
    if isinstance(value, list):
        return 150 + 80 * len(value) + sum(len(v) for v in value if isinstance(v, str))
    return 150 + (len(value) if isinstance(value, str) else 0)


class UnfitError(Exception):
    """The variables do not fit the document."""


@dataclass(slots=True)
class Plan:
    """The plan of all documents of one shape. `has_variants`: whether a root field of it has several statements for one shape;
    `size`: bytes that its statements take."""

    schema: GraphQLSchema
    variables: Sequence[VariableDefinitionNode]
    operation_name: str | None
    fields: SizedCache[Compiled]
    has_variants: bool = False
    size: int = 0
    _variants: "list[Variant] | None" = None
    _statements: "OrderedDict[Any, tuple[list[RootField], int]]" = field(default_factory=OrderedDict)

    async def prepare(
        self,
        documents: Documents,
        literals: Mapping[str, Any],
        variables: dict[str, Any],
        katalog: Katalog,
        large: bool,
    ) -> Ready:
        """What to ask. `large`: the variables take so long that others should not wait. Raises UnfitError."""
        values = await BULK.run(self._coerce, variables) if large else self._coerce(variables)
        values.update(literals)
        key: Any = tuple((k, shape(v)) for k, v in sorted(values.items()))
        if self.has_variants:
            if self._variants is None:
                self._variants = await LEARNING.run(self._find_variants, documents)
            key = key, *(told(values, katalog) for told in self._variants)
        known = self._statements.get(key)
        if known is None:
            known = await LEARNING.run(self._compile, key, documents, values, katalog)
            self._keep(key, known)
        else:
            self._statements.move_to_end(key)
        return await BULK.run(_ask, known[0], values, katalog) if large else _ask(known[0], values, katalog)

    def _coerce(self, variables: dict[str, Any]) -> dict[str, Any]:
        if not self.variables:
            return {}
        values = get_variable_values(self.schema, self.variables, variables, max_errors=MOST_MISTAKES)
        if isinstance(values, list):
            raise UnfitError
        return dict(values.coerced)

    def _keep(self, key: Any, known: tuple[list[RootField], int]) -> None:
        before = self._statements.pop(key, None)
        self._statements[key] = known
        self.size += known[1] - (before[1] if before else 0)
        if len(self._statements) > _STATEMENTS:
            _, (_, gone) = self._statements.popitem(last=False)
            self.size -= gone

    def _find_variants(self, documents: Documents) -> "list[Variant]":
        """How to tell the variants of each root field that has some, of all there may be: what is skipped counts too."""
        document, query = documents(), self.schema.query_type
        operation = operation_of(document, self.operation_name)
        assert operation is not None
        assert query is not None
        return [
            _variant(self.schema, query.fields[node.name.value], node)
            for node in _root_nodes(operation, fragments_of(document))
            if has_variants(query.fields.get(node.name.value))
        ]

    def _compile(
        self, shape_key: Any, documents: Documents, values: Mapping[str, Any], katalog: Katalog
    ) -> tuple[list[RootField], int]:
        """The root fields for variables of this shape, and the bytes they take."""
        known = self._statements.get(shape_key)
        if known is not None:  # somebody else asked for it a moment earlier
            return known
        document, variables = documents(), thin(values)
        operation = operation_of(document, self.operation_name)
        fragments = fragments_of(document)
        query = self.schema.query_type
        assert operation is not None
        assert query is not None
        roots: list[RootField] = []
        size, texts = 1_000, {}
        for key, nodes in Selections(self.schema, fragments, variables).root(query, operation.selection_set).items():
            definition = query.fields.get(nodes[0].name.value)
            if definition is None:
                roots.append(RootField(key, None, None))
            elif isinstance(how_to_read(definition), Entities):
                batch = EntityBatch(self.schema, fragments, variables, definition, nodes)
                roots.append(RootField(key, definition, batch))
                size += batch.size()
            else:
                here = local(nodes, fragments)
                values_here = {h: variables[there] for there, h in here.names.items() if there in variables}
                compiler = Compiler(self.schema, fragments, values_here, here.names, katalog)
                compiled = self._field(here.text, compiler, definition, nodes)
                roots.append(RootField(key, definition, compiled, here.names))
                texts[id(compiled)] = compiled.size()
                size += 400 + 100 * len(here.names)
        return roots, size + sum(texts.values())

    def _field(self, text: str, compiler: Compiler, definition: GraphQLField, nodes: list[FieldNode]) -> Compiled:
        """`text`: of the field, its literals lifted, its variables under the names of the compiler."""
        values = compiler.variables
        key = (text, tuple((k, shape(v)) for k, v in sorted(values.items())), compiler.variant(definition, nodes))
        known = self.fields.get(key)
        if known is None:
            try:
                known = compiler.root(definition, nodes)
            except HubError as error:
                known = Compiled(None, compiler.parameters, refused=error.with_traceback(None))
            self.fields.put(key, known, known.size() + 2 * len(text) + 200 * len(values))
        return known


Variant = Callable[[Mapping[str, Any], Katalog], Hashable]
"""Which of its few statements a root field needs, of the values of one call."""


def has_variants(definition: GraphQLField | None) -> bool:
    """Whether a root field has several statements for variables of one shape."""
    declared = None if definition is None else how_to_read(definition)
    return isinstance(declared, Root) and declared.variant is not None


def _variant(schema: GraphQLSchema, definition: GraphQLField, node: FieldNode) -> Variant:
    only = FieldNode(name=node.name, arguments=node.arguments)  # what is selected of it is not kept
    return lambda values, katalog: Compiler(schema, {}, values, known=katalog).variant(definition, [only])


async def run(ready: Ready, db: Database, actor: Actor) -> tuple[list[bytes], list[Wrong]]:
    """The `data` of the answer as JSON in pieces, to be put together once (a copy of half a megabyte takes longer than all
    the rest here), and what went wrong."""
    wrong = list(ready.wrong)
    pieces: list[bytes] = []
    for (key, definition, asked), results in zip(ready.roots, await _results(ready, db, actor, wrong), strict=True):
        value = b'"Query"' if definition is None else None
        if asked is not None and results is not None:
            value = asked.join(results)
        if value is None and definition is not None and is_non_null_type(definition.type):
            return [b"null"], wrong
        pieces += [b",", f'"{key}":'.encode(), value or b"null"]
    return [b"{", *pieces[1:], b"}"], wrong


Results = list[bytes | None]


async def _results(ready: Ready, db: Database, actor: Actor, wrong: list[Wrong]) -> list[Results | None]:
    """What the database answers each root field; None, and in `wrong` why, where it does not."""
    statements = [() if asked is None else asked.statements for *_, asked in ready.roots]
    try:
        results = await db.read_json(actor, ready.statements) if ready.statements else []
    except OtherRegionError:
        return [
            await _alone(key, some, db, actor, wrong) for (key, *_), some in zip(ready.roots, statements, strict=True)
        ]
    except HubError as error:
        wrong += [Wrong(key, error) for (key, *_), some in zip(ready.roots, statements, strict=True) if some]
        return [None] * len(ready.roots)
    rest = iter(results)
    return [[next(rest) for _ in some] for some in statements]


async def _alone(
    key: str, statements: Sequence[Statement], db: Database, actor: Actor, wrong: list[Wrong]
) -> Results | None:
    """One root field refused does not take the others along."""
    try:
        return await db.read_json(actor, statements) if statements else []
    except HubError as error:
        wrong.append(Wrong(key, error))
        return None


def _ask(roots: list[RootField], variables: Mapping[str, Any], katalog: Katalog) -> Ready:
    asked: list[tuple[str, GraphQLField | None, Asked | None]] = []
    wrong: list[Wrong] = []
    for root in roots:
        one: Asked | None = None
        try:
            one = root.ask(variables, katalog)
        except HubError as error:
            wrong.append(Wrong(root.key, error))
        else:
            wrong += [Wrong(root.key, error, (i,)) for i, error in (one.errors if one is not None else ())]
        asked.append((root.key, root.field, one))
    return Ready(katalog, asked, wrong, [s for *_, one in asked if one is not None for s in one.statements])


@dataclass(slots=True)
class ReadyCalls:
    """Calls of one document, prepared: the same variables, sent again, are not prepared again."""

    _calls: "OrderedDict[bytes, tuple[Ready, int]]" = field(default_factory=OrderedDict)

    def get(self, key: bytes, katalog: Katalog) -> Ready | None:
        known = self._calls.get(key)
        if known is None or known[0].katalog is not katalog:
            return None
        self._calls.move_to_end(key)
        return known[0]

    def put(self, key: bytes, ready: Ready, room: Callable[[int], bool]) -> None:
        """Keep it where it is small, nothing is wrong with it, and there is `room` for so many more bytes."""
        if len(key) > _SMALL or ready.wrong:
            return
        size = ready.size() + len(key) + 200
        if size > _READY:
            return
        gone = self._calls.pop(key, (ready, 0))[1]
        if len(self._calls) >= _VARIABLES:
            gone += self._calls.popitem(last=False)[1][1]
        if room(size - gone):
            self._calls[key] = ready, size


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    """The operation of that name; without a name the only one there is."""
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    chosen = [o for o in operations if name is None or (o.name and o.name.value == name)]
    return chosen[0] if len(chosen) == 1 else None


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


def plan_for(
    schema: GraphQLSchema, document: DocumentNode, operation_name: str | None, fields: SizedCache[Compiled]
) -> Plan | None:
    """A plan for a validated document without places, or None where the executor is needed."""
    operation = operation_of(document, operation_name)
    if operation is None or operation.operation is not OperationType.QUERY:
        return None
    query = schema.query_type
    assert query is not None
    found = False
    for node in _root_nodes(operation, fragments_of(document)):
        if node.name.value == "__typename":
            continue
        definition = query.fields.get(node.name.value)
        if definition is None or not isinstance(how_to_read(definition), Root | RootConnection | Entities):
            return None
        found = found or has_variants(definition)
    return Plan(schema, operation.variable_definitions or (), operation_name, fields, found)


def _root_nodes(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[FieldNode]:
    stack: list[Any] = [operation.selection_set]
    while stack:
        for s in stack.pop().selections:
            if isinstance(s, FieldNode):
                yield s
            else:
                stack.append(s.selection_set if hasattr(s, "selection_set") else fragments[s.name.value].selection_set)
