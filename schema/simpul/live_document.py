"""The caller's selection of a kabupaten as a question to its node: fragments written out, conditions decided, variables put in as
values; and what the node's own schema does not know left out, to be read from the copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    NamedTypeNode,
    NameNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    parse,
    print_ast,
)
from graphql.error import GraphQLError
from graphql.utilities import ast_from_value, value_from_ast

from schema.engine.selection import Fragments, Selections
from schema.simpul.live_fields import Fields, refused

KEYED = {
    "Kabupaten": "kode", "Kecamatan": "kode", "Desa": "kode", "Wilayah": "kode", "Provinsi": "kode", "Rekap": "id", "Wksbm": "id", "SumberDaya": "id", "Panti": "id",
    "Lks": "id", "Lk3": "id", "RumahSinggah": "id", "Slrt": "id", "Puskesos": "id", "GudangBencana": "id",
    "KampungSiagaBencana": "id", "KarangTaruna": "id",
}  # fmt: skip
"""Types of things that lie in a region, and the field that says in which."""
KEY, KIND = "kunciLangsung", "tipeLangsung"
"""Aliases under which keys and types are asked for beside what the caller wants."""
_MOST = 2_000  # fields of one question, its fragments written out
_TOO_LONG = "terlalu panjang untuk ditanyakan langsung"
_KEPT = "tidak ditanyakan langsung bagi Anda"


class TooLongError(Exception):
    """Written out, the selection has too many fields."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the caller's fields of a kabupaten. `nodes`: as the caller wrote them; `asked`: written out; None: not asked live, and
    `why` not."""

    key: str
    nodes: list[FieldNode]
    asked: list[FieldNode] | None
    why: str | None = None


class Writer:
    """Writes selections out."""

    def __init__(self, schema: GraphQLSchema, fragments: Fragments, variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self.fragments = fragments
        self._variables = variables
        self._selections = Selections(schema, fragments, variables)
        self._count = 0

    def parts(self, nodes: list[FieldNode], allowed: Fields) -> list[Part]:
        """The caller's fields of the kabupaten below these (merged) fields, in order."""
        kabupaten = self.schema.get_type("Kabupaten")
        assert isinstance(kabupaten, GraphQLObjectType)
        return [
            self._part(kabupaten, key, same, allowed) for key, same in self._selections.fields(kabupaten, nodes).items()
        ]

    def _part(self, parent: GraphQLObjectType, key: str, same: list[FieldNode], allowed: Fields) -> Part:
        if same[0].name.value == "__typename":
            return Part(key, same, None)
        try:
            asked = [self._field(parent, n) for n in same]
        except TooLongError:
            return Part(key, same, None, _TOO_LONG)
        whole = FieldNode(name=NameNode(value="kabupaten"), selection_set=SelectionSetNode(selections=tuple(asked)))
        if any(refused(self.schema, {}, parent, whole, allowed)):
            return Part(key, same, None, _KEPT)
        return Part(key, same, asked)

    def _field(self, parent: Any, node: FieldNode) -> FieldNode:
        self._count += 1
        if self._count > _MOST:
            raise TooLongError
        name = node.name.value
        if name == "__typename":
            return FieldNode(name=node.name, alias=node.alias, arguments=(), directives=(), selection_set=None)
        definition = parent.fields[name]
        arguments = []
        for a in node.arguments or ():
            type_ = definition.args[a.name.value].type
            value = value_from_ast(a.value, type_, dict(self._variables))
            literal = ast_from_value(value, type_)
            if literal is not None:
                arguments.append(ArgumentNode(name=a.name, value=literal))
        inner = None
        if node.selection_set is not None:
            type_ = get_named_type(definition.type)
            inner = SelectionSetNode(selections=(*_keys(type_), *self._selection(type_, node.selection_set)))
        return FieldNode(
            name=node.name, alias=node.alias, arguments=tuple(arguments), directives=(), selection_set=inner
        )

    def _selection(self, parent: GraphQLNamedType, selection: SelectionSetNode) -> Iterator[Any]:
        s: Any
        for s in selection.selections:
            if not self._selections._included(s):
                continue
            if isinstance(s, FieldNode):
                yield self._field(parent, s)
                continue
            inner = s if isinstance(s, InlineFragmentNode) else self.fragments[s.name.value]
            condition = inner.type_condition
            type_ = parent if condition is None else self.schema.get_type(condition.name.value)
            assert type_ is not None
            written = tuple(self._selection(type_, inner.selection_set))
            if written:
                yield _on(type_.name, written)


def _keys(type_: GraphQLNamedType) -> Iterator[FieldNode]:
    if is_abstract_type(type_):
        yield _plain("__typename", KIND)
    if type_.name in KEYED:
        yield _plain(KEYED[type_.name], KEY)


def _plain(name: str, alias: str) -> FieldNode:
    return FieldNode(
        name=NameNode(value=name), alias=NameNode(value=alias), arguments=(), directives=(), selection_set=None
    )


def _on(type_name: str, selections: tuple[Any, ...]) -> InlineFragmentNode:
    return InlineFragmentNode(
        type_condition=NamedTypeNode(name=NameNode(value=type_name)), directives=(), selection_set=SelectionSetNode(selections=selections)
    )  # fmt: skip


def entities_of(asked: list[list[FieldNode]]) -> str:
    """A document with one `_entities` per selection of the kabupaten: `_entities`, `a1`, `a2` …"""
    fields = []
    for n, nodes in enumerate(asked):
        name = f"a{n}: _entities" if n else "_entities"
        text = print_ast(_on("Kabupaten", (_plain("kode", KEY), *nodes)))
        fields.append(f"{name}(representations: $kunci) {{ {text} }}")
    return f"query($kunci: [_Any!]!) {{ {' '.join(fields)} }}"


# ---------- what a node's schema knows ----------

Known = Mapping[str, Mapping[str, frozenset[str]]]
"""Type → field → its arguments."""


@lru_cache(maxsize=16)
def known_in(text: str) -> Known | None:
    """The fields of a schema in its definition language; None: it is none."""
    try:
        document = parse(text, no_location=True, max_tokens=200_000)
    except (GraphQLError, RecursionError):
        return None
    found: dict[str, dict[str, frozenset[str]]] = {}
    kinds = (
        ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, ObjectTypeExtensionNode, InterfaceTypeExtensionNode,
    )  # fmt: skip
    for d in document.definitions:
        if isinstance(d, kinds):
            fields = found.setdefault(d.name.value, {})
            fields |= {f.name.value: frozenset(a.name.value for a in f.arguments or ()) for f in d.fields or ()}
    return found


def unknown(schema: GraphQLSchema, known: Known, parent: Any, node: FieldNode) -> bool:
    """Whether that schema lacks something of a field that was written out."""
    fields = known.get(parent.name)
    if fields is None:
        return True
    name = node.name.value
    if name == "__typename":
        return False
    if name not in fields or any(a.name.value not in fields[name] for a in node.arguments or ()):
        return True
    inner = node.selection_set
    return inner is not None and _unknown_below(schema, known, get_named_type(parent.fields[name].type), inner)


def _unknown_below(schema: GraphQLSchema, known: Known, type_: GraphQLNamedType, selection: SelectionSetNode) -> bool:
    for s in selection.selections:
        if isinstance(s, FieldNode):
            if unknown(schema, known, type_, s):
                return True
        elif isinstance(s, InlineFragmentNode):
            assert s.type_condition is not None
            inner = schema.get_type(s.type_condition.name.value)
            assert inner is not None
            if inner.name not in known or _unknown_below(schema, known, inner, s.selection_set):
                return True
    return False
