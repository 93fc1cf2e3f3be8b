"""Documents met before: what is wrong with them, or how they are answered and what that costs.

Two layers. A text is known with its literals; its shape, which it shares with every document that differs in values only, is
what was checked, estimated and planned. Both are kept as long as they fit into so many bytes, and neither holds a syntax
tree: where one is needed again (for places in an error, for variables of another shape), the text is parsed again.
"""

import weakref
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationType,
    get_variable_values,
    parse,
    print_ast,
    specified_rules,
    validate,
)
from graphql.utilities import get_operation_ast

from hub.base.errors import InvalidInputError
from hub.base.off_loop import LEARNING
from hub.base.sized_cache import SizedCache, size_of
from hub.katalog.katalog import Katalog
from hub.plan.compiled import Compiled
from schema.engine.lift import Values, lift, shape_of, slot_types, take_apart, unchain, values_of, without_places
from schema.engine.plan import (
    MOST_MISTAKES,
    Plan,
    Ready,
    ReadyCalls,
    Wrong,
    fragments_of,
    operation_of,
    plan_for,
)
from schema.engine.selection import Selections
from schema.http.cost import Cost, cost_of
from schema.http.failures import format_error
from schema.http.limits import GuardRails, check_document, contains_nul, read_document
from schema.http.list_limits import ListCounter, counter_for, representations_among
from schema.http.refusal import Refusal, refusal_for

SHORT = 4_000  # characters of a document that are read where it is met; a longer one is read beside the event loop


@dataclass(slots=True, weakref_slot=True)
class Known:
    """What is known of the shape of a document. `types`: of its slots; none where literals stayed where they were."""

    operation: OperationType
    cost: Cost
    types: list[GraphQLInputType]
    plan: Plan | None
    refusal: Refusal | None
    lists: ListCounter | None
    names: tuple[str, ...]  # of its variables
    representations: frozenset[str]  # names of those that hold representations

    def size(self) -> int:
        """Bytes it takes, about, without its statements."""
        size = 3_000 + 800 * len(self.types) + (self.refusal.size if self.refusal is not None else 0)
        return size + sum(150 * len(print_ast(v)) for v in (self.plan.variables if self.plan is not None else ()))


@dataclass(frozen=True, slots=True)
class Unfit:
    """What is wrong with a document that cannot be run. `errors`: a JSON list; `parsed`: it is GraphQL at least."""

    errors: bytes
    parsed: bool


@dataclass(slots=True)
class Text:
    """A document as it was sent, with its literals. `unfit`: where it cannot be run; then there is no shape.
    It does not keep its shape alive: that is for the bytes to decide."""

    query: str
    name: str | None
    unfit: Unfit | None = None
    key: tuple[object, ...] = ()  # under what its shape is kept
    shape: "weakref.ref[Known] | None" = None
    values: Values = field(default_factory=lambda: Values({}, {}))
    cost: int | None = None  # where no variable decides it
    ready: ReadyCalls = field(default_factory=ReadyCalls)

    def size(self) -> int:
        """Bytes it takes, about, without calls prepared."""
        literals = 2 * size_of(dict(self.values.coerced)) + size_of(dict(self.values.raw))
        return size_of(self.query) + len(self.unfit.errors if self.unfit is not None else b"") + literals + 1_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be run."""

    text: Text
    known: Known

    def refuse_nul(self, variables: Mapping[str, Any]) -> None:
        """PostgreSQL keeps no NUL. A representation that holds one is told so at its own place. Raises InvalidInputError."""
        if any(contains_nul([n, v]) for n, v in variables.items() if n not in self.known.representations):
            raise InvalidInputError("Teks tidak boleh berisi karakter NUL (\\u0000).")

    def estimate(self, variables: Mapping[str, Any]) -> int:
        """What it costs with these variables."""
        text, cost = self.text, self.known.cost
        if text.cost is not None:
            return text.cost
        if isinstance(cost, int):
            return cost
        # what is sent beyond the variables of the document is nobody's, above all not its literals'
        sent = {n: variables[n] for n in self.known.names if n in variables}
        return cost({**sent, **text.values.raw})


class Documents:
    """All documents of one hub. `most`: bytes that may be kept; `lifting`: whether literals are lifted out of documents."""

    def __init__(self, schema: GraphQLSchema, guard: GuardRails, most: int, *, lifting: bool = True) -> None:
        self._schema = schema
        self._guard = guard
        self._lifting = lifting
        self._texts: SizedCache[Text] = SizedCache(most // 2)
        self._shapes: SizedCache[Known] = SizedCache(most // 4)
        self._fields: SizedCache[Compiled] = SizedCache(most // 4)

    @property
    def size(self) -> int:
        """Bytes kept, as estimated."""
        return self._texts.size + self._shapes.size + self._fields.size

    async def get(self, query: str, name: str | None) -> Document | Unfit:
        """The document, or what is wrong with it. Raises DocumentLimitError."""
        text = self._texts.get((query, name))
        if text is not None:
            if text.unfit is not None:
                return text.unfit
            assert text.shape is not None
            known = text.shape()
            if known is not None:
                self._shapes.touch(text.key)
                return Document(text, known)
        found = self._read(query, name) if len(query) <= SHORT else await LEARNING.run(self._read, query, name)
        if isinstance(found, bool):
            found = await LEARNING.run(self._learn, query, name, found)
        if isinstance(found, Unfit):
            text = Text(query, name, found)
            self._texts.put((query, name), text, text.size())
            return found
        text, known = found.text, found.known
        kept = self._shapes.get(text.key)
        if kept is None:
            self._shapes.put(text.key, known, sum(map(size_of, text.key)) + known.size())
        elif kept is not known:
            # somebody learned it meanwhile; of two for one shape each would push out the other, again and again
            text.shape = weakref.ref(kept)
            found = Document(text, kept)
        self._texts.put((query, name), text, text.size())
        return found

    # ---------- preparing a plan ----------

    async def prepare(self, document: Document, variables: dict[str, Any], katalog: Katalog, large: bool) -> Ready:
        """What a plan asks of the database. `large`: the variables take so long to read that others should not wait.
        Raises UnfitError, and InvalidInputError where a condition is null."""
        text, plan = document.text, document.known.plan
        assert plan is not None
        key = b"" if large else orjson.dumps(variables)
        ready = None if large else text.ready.get(key, katalog)
        if ready is not None:
            return ready
        before = plan.size
        ready = await plan.prepare(lambda: self._lifted(document), text.values.coerced, variables, katalog, large)
        if plan.size != before:
            self._shapes.grow_or_drop(text.key, document.known, plan.size - before)
        if not large:
            text.ready.put(key, ready, lambda size: self._texts.grow((text.query, text.name), text, size))
        return ready

    def _lifted(self, document: Document) -> DocumentNode:
        tree = without_places(parse(document.text.query))
        if document.known.types:
            lift(shape_of(tree).slots)
        return tree

    # ---------- errors with their places ----------

    def misfits(
        self, text: Text, variables: Mapping[str, Any], only: Collection[str] | None = None
    ) -> list[GraphQLError]:
        """Why the variables do not fit. `only`: those of these names are looked at."""
        tree = parse(text.query)
        operation = operation_of(tree, text.name)
        assert operation is not None
        wanted = [v for v in operation.variable_definitions or () if only is None or v.variable.name.value in only]
        errors = get_variable_values(self._schema, wanted, dict(variables), max_errors=MOST_MISTAKES)
        assert isinstance(errors, list)
        unchain(tree)
        return errors

    def placed(self, text: Text, wrong: list[Wrong], variables: Mapping[str, Any]) -> list[GraphQLError]:
        """What went wrong in a plan, with its places in this very text. `variables`: as they were sent."""
        tree = parse(text.query)
        operation = operation_of(tree, text.name)
        assert operation is not None
        assert self._schema.query_type is not None
        values = get_variable_values(self._schema, operation.variable_definitions or (), dict(variables))
        assert not isinstance(values, list)
        selections = Selections(self._schema, fragments_of(tree), values.coerced)
        nodes: dict[str, list[FieldNode]] = selections.root(self._schema.query_type, operation.selection_set)
        unchain(tree)
        return [w.told(nodes[w.key]) for w in wrong]

    # ---------- learning ----------

    def _read(self, query: str, name: str | None) -> Document | Unfit | bool:
        """The document, where its shape is known; what is wrong, where it cannot be read at all; else whether its literals
        may be lifted."""
        try:
            tree = read_document(query, self._guard)
        except GraphQLError as error:
            parsed = not isinstance(error, GraphQLSyntaxError)
            code = "GRAPHQL_VALIDATION_FAILED" if parsed else "GRAPHQL_PARSE_FAILED"
            return Unfit(self._told([error], code), parsed)
        lifting = self._lifting and "\\u" not in query and "\0" not in query  # a text that holds NUL is told so
        found: Document | bool = lifting
        if lifting:
            shape = shape_of(tree)
            known = self._shapes.get((shape.text, name))
            values = None
            if known is not None:
                values = values_of(shape.slots, known.types, make=known.plan is not None)
            if known is not None and values is not None:
                found = _document(query, name, known, values, (shape.text, name))
        take_apart(tree)
        return found

    def _learn(self, query: str, name: str | None, lifting: bool) -> Document | Unfit:
        if lifting and isinstance(learned := self._read(query, name), Document):
            return learned  # of many who ask at once the first learns it
        tree = parse(query)
        errors = check_document(tree, self._guard) or validate(
            self._schema, tree, specified_rules, hide_suggestions=not self._guard.introspection
        )
        code = "GRAPHQL_VALIDATION_FAILED"
        if not errors and get_operation_ast(tree, name) is None:
            code = "OPERATION_RESOLUTION_FAILURE"
            what = f'operasi "{name}" tidak ada' if name else "dokumen berisi beberapa operasi; sebut operationName"
            errors = [GraphQLError(f"Tidak ada yang dijalankan: {what}.")]
        if errors:
            told = self._told(errors, code)
            take_apart(tree)
            return Unfit(told, parsed=True)
        without_places(tree)
        plan = plan_for(self._schema, tree, name, self._fields)
        key: tuple[object, ...] = (query, name, "as written")
        types: list[GraphQLInputType] = []
        values = Values({}, {})
        if lifting:
            shape, found = shape_of(tree), slot_types(self._schema, tree)
            lifted = values_of(shape.slots, found, make=plan is not None)
            if lifted is not None:  # else no value can be made of a valid literal, and it stays where it is
                key, types, values = (shape.text, name), found, lifted
                lift(shape.slots)
        operation = get_operation_ast(tree, name)
        assert operation is not None
        known = Known(
            operation.operation,
            cost_of(self._schema, tree, operation),
            types,
            plan,
            None,
            counter_for(self._schema, operation),
            tuple(v.variable.name.value for v in operation.variable_definitions or ()),
            representations_among(self._schema, operation),
        )
        known.refusal = refusal_for(self._schema, tree, operation)  # the last to look: it takes the tree apart
        return _document(query, name, known, values, key)

    def _told(self, errors: list[GraphQLError], code: str) -> bytes:
        return orjson.dumps([format_error(e, suggest=self._guard.introspection, code=code) for e in errors])


def _document(query: str, name: str | None, known: Known, values: Values, key: tuple[object, ...]) -> Document:
    text = Text(query, name, None, key, weakref.ref(known), values)
    document = Document(text, known)
    if not known.names:
        text.cost = document.estimate({})
    return document
