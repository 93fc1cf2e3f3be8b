"""Walking a selection set: which fields, under which response keys, for one concrete type. The rules are the GraphQL
specification's CollectFields: fragments, type conditions, @skip and @include, merging of equal response keys."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from hub.base.errors import MasukanTidakSahError

Fragments = Mapping[str, FragmentDefinitionNode]


class Selections:
    """What one document, with one set of variables, selects."""

    def __init__(self, schema: GraphQLSchema, fragments: Fragments, variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self._fragments = fragments
        self._variables = variables

    def fields(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> dict[str, list[FieldNode]]:
        """Response key → field nodes, in order of appearance, below these (merged) parent fields."""
        hasil: dict[str, list[FieldNode]] = {}
        terlihat: set[str] = set()
        for node in nodes:
            if node.selection_set is not None:
                self._collect(type_, node.selection_set, hasil, terlihat)
        return hasil

    def root(self, type_: GraphQLObjectType, selection: SelectionSetNode) -> dict[str, list[FieldNode]]:
        hasil: dict[str, list[FieldNode]] = {}
        self._collect(type_, selection, hasil, set())
        return hasil

    def mentioned(self, nodes: list[FieldNode]) -> set[str]:
        """Names of all fields below these, at any depth and of whatever type."""
        nama: set[str] = set()
        antre: list[SelectionSetNode | None] = [n.selection_set for n in nodes]
        terlihat: set[str] = set()
        while antre:
            isi = antre.pop()
            for s in isi.selections if isi is not None else ():
                if not self._included(s):
                    continue
                if isinstance(s, FieldNode):
                    nama.add(s.name.value)
                    antre.append(s.selection_set)
                elif isinstance(s, InlineFragmentNode):
                    antre.append(s.selection_set)
                elif isinstance(s, FragmentSpreadNode) and s.name.value not in terlihat:
                    terlihat.add(s.name.value)
                    antre.append(self._fragments[s.name.value].selection_set)
        return nama

    def _collect(
        self,
        type_: GraphQLObjectType,
        selection: SelectionSetNode,
        hasil: dict[str, list[FieldNode]],
        terlihat: set[str],
    ) -> None:
        for s in selection.selections:
            if not self._included(s):
                continue
            if isinstance(s, FieldNode):
                hasil.setdefault(s.alias.value if s.alias else s.name.value, []).append(s)
            elif isinstance(s, InlineFragmentNode):
                if self._applies(type_, s.type_condition.name.value if s.type_condition else None):
                    self._collect(type_, s.selection_set, hasil, terlihat)
            elif isinstance(s, FragmentSpreadNode):
                nama = s.name.value
                if nama in terlihat:
                    continue
                terlihat.add(nama)
                isi = self._fragments[nama]
                if self._applies(type_, isi.type_condition.name.value):
                    self._collect(type_, isi.selection_set, hasil, terlihat)

    def _applies(self, type_: GraphQLObjectType, condition: str | None) -> bool:
        if condition is None or condition == type_.name:
            return True
        lain = self.schema.get_type(condition)
        return is_abstract_type(lain) and self.schema.is_sub_type(_abstract(lain), type_)

    def _included(self, node: FieldNode | FragmentSpreadNode | InlineFragmentNode | Any) -> bool:
        for d in node.directives or ():
            nama = d.name.value
            if nama in ("skip", "include"):
                assert d.arguments
                nilai = d.arguments[0].value
                if isinstance(nilai, VariableNode):
                    ya = self._variables.get(nilai.name.value)
                    if ya is None:  # a variable with a default may stand here, and null still be sent for it
                        raise MasukanTidakSahError(f"@{nama}: variabel ${nilai.name.value} tidak boleh null.")
                else:
                    ya = _literal(nilai)
                if ya is (nama == "skip"):
                    return False
        return True


def _abstract(type_: Any) -> GraphQLAbstractType:
    assert is_abstract_type(type_)
    return type_


def _literal(node: Any) -> bool:
    assert isinstance(node, BooleanValueNode)
    return node.value
