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

from hub.base.errors import InvalidInputError

Fragments = Mapping[str, FragmentDefinitionNode]


class Selections:
    """What one document, with one set of variables, selects."""

    def __init__(self, schema: GraphQLSchema, fragments: Fragments, variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self._fragments = fragments
        self._variables = variables

    def fields(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> dict[str, list[FieldNode]]:
        """Response key → field nodes, in order of appearance, below these (merged) parent fields."""
        fields: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for node in nodes:
            if node.selection_set is not None:
                self._collect(type_, node.selection_set, fields, seen)
        return fields

    def root(self, type_: GraphQLObjectType, selection: SelectionSetNode) -> dict[str, list[FieldNode]]:
        fields: dict[str, list[FieldNode]] = {}
        self._collect(type_, selection, fields, set())
        return fields

    def mentioned(self, nodes: list[FieldNode]) -> set[str]:
        """Names of all fields below these, at any depth and of whatever type."""
        names: set[str] = set()
        queue: list[SelectionSetNode | None] = [n.selection_set for n in nodes]
        seen: set[str] = set()
        while queue:
            selection_set = queue.pop()
            for s in selection_set.selections if selection_set is not None else ():
                if not self._included(s):
                    continue
                if isinstance(s, FieldNode):
                    names.add(s.name.value)
                    queue.append(s.selection_set)
                elif isinstance(s, InlineFragmentNode):
                    queue.append(s.selection_set)
                elif isinstance(s, FragmentSpreadNode) and s.name.value not in seen:
                    seen.add(s.name.value)
                    queue.append(self._fragments[s.name.value].selection_set)
        return names

    def _collect(
        self,
        type_: GraphQLObjectType,
        selection: SelectionSetNode,
        fields: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for s in selection.selections:
            if not self._included(s):
                continue
            if isinstance(s, FieldNode):
                fields.setdefault(s.alias.value if s.alias else s.name.value, []).append(s)
            elif isinstance(s, InlineFragmentNode):
                if self._applies(type_, s.type_condition.name.value if s.type_condition else None):
                    self._collect(type_, s.selection_set, fields, seen)
            elif isinstance(s, FragmentSpreadNode):
                name = s.name.value
                if name in seen:
                    continue
                seen.add(name)
                fragment = self._fragments[name]
                if self._applies(type_, fragment.type_condition.name.value):
                    self._collect(type_, fragment.selection_set, fields, seen)

    def _applies(self, type_: GraphQLObjectType, condition: str | None) -> bool:
        if condition is None or condition == type_.name:
            return True
        abstract_type = self.schema.get_type(condition)
        return is_abstract_type(abstract_type) and self.schema.is_sub_type(_abstract(abstract_type), type_)

    def _included(self, node: FieldNode | FragmentSpreadNode | InlineFragmentNode | Any) -> bool:
        for d in node.directives or ():
            name = d.name.value
            if name in ("skip", "include"):
                assert d.arguments
                nilai = d.arguments[0].value
                if isinstance(nilai, VariableNode):
                    condition = self._variables.get(nilai.name.value)
                    if condition is None:  # a variable with a default may stand here, and null still be sent for it
                        raise InvalidInputError(f"@{name}: variabel ${nilai.name.value} tidak boleh null.")
                else:
                    condition = _literal(nilai)
                if condition is (name == "skip"):
                    return False
        return True


def _abstract(type_: Any) -> GraphQLAbstractType:
    assert is_abstract_type(type_)
    return type_


def _literal(node: Any) -> bool:
    assert isinstance(node, BooleanValueNode)
    return node.value
