"""Literals lifted out of a document: what is left is its shape, which documents that differ in values share.

A literal that is the whole value of a field's argument and holds no variable becomes a slot: "0", "1", … in order of
appearance (names that no variable can have). Literals of directives stay, and so does null: they shape what is read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    NameNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    print_ast,
)
from graphql.language.ast import Node as AnyNode
from graphql.utilities import value_from_ast, value_from_ast_untyped
from graphql.utilities.sort_value_node import sort_value_node
from graphql.utilities.validate_input_value import validate_input_literal

Node = Any


@dataclass(slots=True)
class _Writer:
    """A document as tokens between spaces. `slots`: arguments whose literal was left out."""

    parts: list[str] = field(default_factory=list)
    slots: list[ArgumentNode] = field(default_factory=list)
    _alike: dict[object, int] = field(default_factory=dict)

    def document(self, document: DocumentNode) -> None:
        for d in document.definitions:
            if isinstance(d, OperationDefinitionNode):
                self.parts += [d.operation.value, d.name.value if d.name else ""]
                self.parts += [print_ast(v) for v in d.variable_definitions or ()]
            elif isinstance(d, FragmentDefinitionNode):
                self.parts += ["fragment", d.name.value, d.type_condition.name.value]
            else:
                self.parts.append(print_ast(d))
                continue
            self._directives(d)
            self.selection(d.selection_set)

    def selection(self, selection: SelectionSetNode | None) -> None:
        if selection is None:
            return
        self.parts.append("{")
        for s in selection.selections:
            if isinstance(s, FieldNode):
                self.field(s)
            elif isinstance(s, FragmentSpreadNode):
                self.spread(s)
            elif isinstance(s, InlineFragmentNode):
                self.parts += ["...on", s.type_condition.name.value if s.type_condition else ""]
                self._directives(s)
                self.selection(s.selection_set)
        self.parts.append("}")

    def field(self, node: FieldNode) -> None:
        if node.name.value.startswith("__"):
            self.parts.append(print_ast(node))  # the schema itself is asked for: seldom, and in full
            return
        self.parts += [f"{node.alias.value}:", node.name.value] if node.alias else [node.name.value]
        if node.arguments:
            self.parts.append("(")
            for a in node.arguments:
                self.parts.append(f"{a.name.value}:")
                self.value(a)
            self.parts.append(")")
        self._directives(node)
        self.selection(node.selection_set)

    def spread(self, node: FragmentSpreadNode) -> None:
        self.parts += ["...", node.name.value]
        self._directives(node)

    def value(self, argument: ArgumentNode) -> None:
        value = argument.value
        if isinstance(value, NullValueNode) or has_variable(value):
            self.parts.append(print_ast(value))
            return
        self.slots.append(argument)
        # which literals are equal decides whether two fields may be merged, so it belongs to the shape
        alike = self._alike.setdefault(_identity(value), len(self._alike))
        self.parts += [f"#{alike}", *_structure(value)]

    def _directives(self, node: Node) -> None:
        for d in node.directives or ():
            self.parts.append(print_ast(d))


def _identity(value: ValueNode) -> object:
    """Equal for literals that the rules of validation hold to be equal, and only for them."""
    if isinstance(value, ListValueNode | ObjectValueNode):
        return print_ast(sort_value_node(value))
    if isinstance(value, StringValueNode):
        return value.kind, value.value, value.block
    return value.kind, getattr(value, "value", None)


def _structure(value: ValueNode) -> Iterator[str]:
    """Which fields objects have, and where."""
    if isinstance(value, ObjectValueNode):
        yield "{"
        for f in value.fields:
            yield f"{f.name.value}:"
            yield from _structure(f.value)
        yield "}"
    elif isinstance(value, ListValueNode):
        inside = [t for v in value.values for t in _structure(v)]
        if inside:
            yield from ("[", *inside, "]")


def has_variable(value: ValueNode) -> bool:
    if isinstance(value, VariableNode):
        return True
    if isinstance(value, ListValueNode):
        return any(map(has_variable, value.values))
    if isinstance(value, ObjectValueNode):
        return any(has_variable(f.value) for f in value.fields)
    return False


@dataclass(frozen=True, slots=True)
class Shape:
    """A document without its literals, as text; and the arguments they stood in."""

    text: str
    slots: list[ArgumentNode]


def shape_of(document: DocumentNode) -> Shape:
    writer = _Writer()
    writer.document(document)
    return Shape(" ".join(writer.parts), writer.slots)


def lift(slots: Iterable[ArgumentNode]) -> None:
    """Put the slots where the literals stand, in the document itself."""
    for i, a in enumerate(slots):
        object.__setattr__(a, "value", VariableNode(name=NameNode(value=str(i))))


def slot_types(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLInputType]:
    """Types of the slots of a valid document, in their order."""
    types: list[GraphQLInputType] = []

    def walk(parent: Any, selection: SelectionSetNode | None) -> None:
        for s in selection.selections if selection is not None else ():
            if isinstance(s, InlineFragmentNode):
                walk(schema.get_type(s.type_condition.name.value) if s.type_condition else parent, s.selection_set)
            elif isinstance(s, FieldNode) and not s.name.value.startswith("__"):
                definition = parent.fields[s.name.value]
                for a in s.arguments or ():
                    if not (isinstance(a.value, NullValueNode) or has_variable(a.value)):
                        types.append(definition.args[a.name.value].type)
                inner = definition.type
                while hasattr(inner, "of_type"):
                    inner = inner.of_type
                walk(inner, s.selection_set)

    for d in document.definitions:
        if isinstance(d, OperationDefinitionNode):
            walk(schema.get_root_type(d.operation), d.selection_set)
        elif isinstance(d, FragmentDefinitionNode):
            walk(schema.get_type(d.type_condition.name.value), d.selection_set)
    return types


@dataclass(frozen=True, slots=True)
class Values:
    """The literals of one document by slot: as arguments are given, and as they are written."""

    coerced: Mapping[str, Any]
    raw: Mapping[str, Any]


def values_of(slots: list[ArgumentNode], types: list[GraphQLInputType], *, make: bool) -> Values | None:
    """None where a literal is not of its type, or no value can be made of it. `make`: values are wanted, not only checked."""
    wrong: list[GraphQLError] = []
    coerced: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    for i, (a, type_) in enumerate(zip(slots, types, strict=True)):
        validate_input_literal(a.value, type_, lambda error, _: wrong.append(error))
        if wrong:
            return None
        if make:
            coerced[str(i)] = value_from_ast(a.value, type_)
            if coerced[str(i)] is Undefined:
                return None
        raw[str(i)] = value_from_ast_untyped(a.value)
    return Values(coerced, raw)


@dataclass(slots=True)
class _LocalWriter(_Writer):
    """One root field of a lifted document, with slots numbered within it, and the fragments it reaches."""

    names: dict[str, str] = field(default_factory=dict)  # variables and slots of the document → their names here
    fragments: list[str] = field(default_factory=list)  # reached, in order

    def field(self, node: FieldNode) -> None:
        _Writer.field(self, node)
        if node.name.value.startswith("__"):  # written as it stands, with what its directives name
            self._names_of(node)

    def value(self, argument: ArgumentNode) -> None:
        self._name(argument.value)
        value = argument.value
        if isinstance(value, VariableNode):
            self.parts.append(f"${self.names[value.name.value]}")
        else:
            self.parts.append(print_ast(value))

    def spread(self, node: FragmentSpreadNode) -> None:
        _Writer.spread(self, node)
        if node.name.value not in self.fragments:
            self.fragments.append(node.name.value)

    def _directives(self, node: Node) -> None:
        _Writer._directives(self, node)
        self._names_of(node)

    def _names_of(self, node: Node) -> None:
        for d in node.directives or ():
            for a in d.arguments or ():
                self._name(a.value)

    def _name(self, value: ValueNode) -> None:
        if isinstance(value, VariableNode):
            name = value.name.value
            self.names.setdefault(name, f"#{len(self.names)}" if name.isdigit() else name)
        elif isinstance(value, ListValueNode):
            for v in value.values:
                self._name(v)
        elif isinstance(value, ObjectValueNode):
            for f in value.fields:
                self._name(f.value)


@dataclass(frozen=True, slots=True)
class Local:
    """A root field by itself: its text, and how what it names is called in the document → in the text."""

    text: str
    names: Mapping[str, str]


def local(nodes: Iterable[FieldNode], fragments: Mapping[str, FragmentDefinitionNode]) -> Local:
    """The same for equal fields of any document, whatever their alias and their literals."""
    writer = _LocalWriter()
    for node in nodes:
        writer.parts.append(node.name.value)
        for a in node.arguments or ():
            writer.parts.append(f"{a.name.value}:")
            writer.value(a)
        writer.selection(node.selection_set)
    for name in writer.fragments:  # grows while it is walked
        f = fragments[name]
        writer.parts += ["fragment", name, f.type_condition.name.value]
        writer.selection(f.selection_set)
    return Local(" ".join(writer.parts), writer.names)


def without_values(document: DocumentNode) -> None:
    """Take all arguments off the fields of a document, for a reader that only needs to know what is selected."""
    stack: list[Any] = [d.selection_set for d in document.definitions if hasattr(d, "selection_set")]
    while stack:
        selection = stack.pop()
        for s in selection.selections if selection is not None else ():
            if isinstance(s, FieldNode):
                object.__setattr__(s, "arguments", ())
            stack.append(getattr(s, "selection_set", None))


def unchain(document: DocumentNode) -> None:
    """Tokens hold each other in a circle, which only a search for garbage would free; nobody needs more than single ones."""
    token = document.loc.start_token if document.loc else None
    while token is not None:
        following = token.next
        token.prev = token.next = None
        token = following


def without_places(document: DocumentNode) -> DocumentNode:
    """The same document; it no longer knows where anything stood."""
    unchain(document)
    for node in _nodes(document):
        node.__dict__["loc"] = None
    return document


def take_apart(document: DocumentNode) -> None:
    """Nothing of the document is needed any more, and validation holds its nodes in circles, too."""
    unchain(document)
    for node in _nodes(document):
        node.__dict__.clear()


def _nodes(document: DocumentNode) -> Iterator[AnyNode]:
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        for value in node.__dict__.values():
            if isinstance(value, tuple):
                stack += [v for v in value if isinstance(v, AnyNode)]
            elif isinstance(value, AnyNode):
                stack.append(value)
        yield node
