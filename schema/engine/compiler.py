"""From a selection set to a tree of what is to be read (hub/plan), and from that to one SELECT."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)

from hub.base.errors import FieldLimitError, HubError
from hub.plan import nodes as plan
from hub.plan.arguments import Args, Known, Parameters, Variables
from hub.plan.compiled import Compiled
from hub.plan.statement import compiled
from schema.engine.arguments import DocumentArgs
from schema.engine.connection import page
from schema.engine.declare import (
    DECLARATION,
    OF_ROWS,
    Choice,
    Column,
    Connection,
    Declaration,
    Discriminator,
    Embed,
    Expression,
    Relation,
    Root,
    RootConnection,
)
from schema.engine.expectation import STRAWBERRY
from schema.engine.selection import Fragments, Selections

_MOST = 3_000  # fields in one statement; making such a one takes about a second


def how_to_read(definition: GraphQLField) -> Declaration | None:
    """The declaration behind a field of the schema; None for a field that an ordinary resolver answers."""
    field = definition.extensions.get(STRAWBERRY)
    declared: Declaration | None = field.metadata.get(DECLARATION) if field is not None else None
    if field is not None and isinstance(declared, Column) and not declared.name:
        return Column(field.python_name)
    return declared


class Compiler:
    """Compiles root fields of one document with one set of variables (of which only the shape matters). `names`: under which
    names the document's variables are given, where it is not their own; `known`: the catalogue, by which variants of a root field
    are told apart."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Fragments,
        variables: Variables,
        names: Mapping[str, str] | None = None,
        known: Known = None,
    ) -> None:
        self.schema = schema
        self.variables = variables
        self._known = known
        self._names = names or {}
        self.selections = Selections(schema, fragments, variables)
        self.parameters = Parameters()
        self._count = 0  # fields met so far

    def root(
        self,
        definition: GraphQLField,
        nodes: list[FieldNode],
        source: Any = None,
        declared: Declaration | None = None,
        as_type: str | None = None,
    ) -> Compiled:
        """One root field (or a compiled field of an object that a resolver made: `source`). `declared`: how to read a field that
        does not say so itself; `as_type`: the type of what is read, where it is known and the field's is a union."""
        declared = declared or how_to_read(definition)
        assert isinstance(declared, Root | RootConnection), "a root field reads rows"
        args = self._args(definition, nodes, source)
        if isinstance(declared, Root) and declared.variant is not None:
            args.variant = declared.variant(args, self._known)
            as_type = declared.types[args.variant] if declared.types is not None else as_type
        type_: Any = definition.type if as_type is None else self.schema.get_type(as_type)
        return compiled(plan.Root(declared.build, args, self._reading(type_, declared, nodes)), self.parameters)

    def variant(self, definition: GraphQLField, nodes: list[FieldNode]) -> Hashable:
        """Which of its few statements a root field needs with these very values; None too where they cannot be used, which is told
        when the statement is made."""
        declared = how_to_read(definition)
        if not isinstance(declared, Root) or declared.variant is None:
            return None
        try:
            return declared.variant(self._args(definition, nodes), self._known)
        except HubError:
            return None

    def shape(self, type_: Any, nodes: list[FieldNode]) -> plan.Shape:
        """A row as an object of that type, or of whichever concrete type the row is."""
        if is_object_type(type_):
            return self._object(type_, nodes)
        assert is_abstract_type(type_)
        return self._one_of(discriminator(type_), nodes)

    def _args(self, definition: GraphQLField, nodes: list[FieldNode], source: Any = None) -> Args:
        return DocumentArgs(nodes[0], definition.args, self.variables, self.parameters, source, self._names)

    def _reading(
        self, type_: GraphQLOutputType, declared: Declaration, nodes: list[FieldNode]
    ) -> plan.One | plan.Many | plan.Page:
        if isinstance(declared, Connection | RootConnection):
            return page(self, get_named_type(type_), nodes, declared.most)
        shape = self.shape(get_named_type(type_), nodes)
        return plan.Many(shape) if is_list_type(get_nullable_type(type_)) else plan.One(shape)

    def _one_of(self, told: Discriminator, nodes: list[FieldNode]) -> plan.Shape:
        """A row that is of one of several types, all in one table."""
        types = {self._object_type(name): value for name, value in told.types.items()}
        if self._alike(list(types), nodes):
            # one object for all: a branch per type would make the statement grow fourfold with every level
            kind = plan.KindOf(told.column, {t.name: v for t, v in types.items()})
            return plan.Alike(told.column, list(types.values()), self._object(next(iter(types)), nodes, kind))
        return plan.OneOf(told.column, [(value, self._object(t, nodes)) for t, value in types.items()])

    def _alike(self, types: list[GraphQLObjectType], nodes: list[FieldNode]) -> bool:
        """Whether what is selected is the same, and read the same way, for every one of these types."""
        first, *others = types
        wanted = self.selections.fields(first, nodes)
        for type_ in others:
            chosen = self.selections.fields(type_, nodes)
            if list(chosen.items()) != list(wanted.items()):
                return False
        names = {same[0].name.value for same in wanted.values()} - {"__typename"}
        return all(
            how_to_read(t.fields[n]) == how_to_read(first.fields[n])
            and str(t.fields[n].type) == str(first.fields[n].type)
            for t in others
            for n in names
        )

    def _object(self, type_: GraphQLObjectType, nodes: list[FieldNode], kind: plan.KindOf | None = None) -> plan.Object:
        """`kind`: where the row may be of several types that are read alike."""
        chosen = self.selections.fields(type_, nodes)
        self._count += len(chosen)
        if self._count > _MOST:
            raise FieldLimitError(
                f"Pertanyaan ini menjadi lebih dari {_MOST} kolom bila tiap jenis wilayah dibaca sendiri-sendiri; kurangi "
                "pilihan per jenis (... on Desa dan seterusnya) yang bersarang."
            )
        fields: list[tuple[str, plan.Node]] = []
        for key, same in chosen.items():
            name = same[0].name.value
            if name == "__typename":
                fields.append((key, plan.Word(type_.name) if kind is None else kind))
            else:
                fields.append((key, self._field(type_.fields[name], same)))
        return plan.Object(fields)

    def _field(self, definition: GraphQLField, nodes: list[FieldNode]) -> plan.Node:
        declared = how_to_read(definition)
        handler = _HANDLERS.get(type(declared))
        if handler is None:
            raise TypeError(f"field of a stored type without a declaration: {nodes[0].name.value}")
        return handler(self, definition, declared, nodes)

    def _column(self, definition: GraphQLField, declared: Column, nodes: list[FieldNode]) -> plan.Node:
        return plan.Value(declared.name)

    def _expression(self, definition: GraphQLField, declared: Expression, nodes: list[FieldNode]) -> plan.Node:
        assert is_leaf_type(get_named_type(definition.type)), "an expression makes a leaf"
        return plan.Computed(declared.build, self._args(definition, nodes))

    def _embed(self, definition: GraphQLField, declared: Embed, nodes: list[FieldNode]) -> plan.Node:
        return self.shape(get_named_type(definition.type), nodes)

    def _choice(self, definition: GraphQLField, declared: Choice, nodes: list[FieldNode]) -> plan.Node:
        branches = []
        for b in declared.branches:
            told = b.types
            shape = (
                self._one_of(told, nodes)
                if isinstance(told, Discriminator)
                else self._object(self._object_type(told), nodes)
            )
            branches.append(plan.Branch(b.value, b.build, shape))
        return plan.Choice(declared.column, branches, self._args(definition, nodes))

    def _child(self, definition: GraphQLField, declared: Relation | Connection, nodes: list[FieldNode]) -> plan.Node:
        args = self._args(definition, nodes)
        return plan.Child(declared.build, args, self._reading(definition.type, declared, nodes))

    def _object_type(self, name: str) -> GraphQLObjectType:
        type_ = self.schema.get_type(name)
        assert is_object_type(type_)
        return type_


_HANDLERS: Mapping[type, Callable[[Compiler, GraphQLField, Any, list[FieldNode]], plan.Node]] = {
    Column: Compiler._column,
    Expression: Compiler._expression,
    Embed: Compiler._embed,
    Choice: Compiler._choice,
    Relation: Compiler._child,
    Connection: Compiler._child,
}
"""How each kind of declaration of a stored type's field becomes a node. `schema.engine.declare` knows which kinds there are; one
that is missing here is an error when this module is loaded."""
if missing := set(OF_ROWS) ^ _HANDLERS.keys():
    raise TypeError(f"declared and not handled, or handled and not declared: {missing}")


def discriminator(type_: Any) -> Discriminator:
    """How rows of an interface or union are told apart: declared on the Strawberry class as `__discriminator__`."""
    definition = type_.extensions[STRAWBERRY]
    told = getattr(definition, "origin", definition).__discriminator__
    assert isinstance(told, Discriminator)
    return told
