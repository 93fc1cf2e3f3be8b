"""What a question would cost, estimated before it runs: rows × fields. One unit is about one value in the answer.

A field costs as many units as there are rows around it; a list multiplies what is below it by how many rows it is
expected to have. Lists whose length the question itself decides (elements × periods × regions, `first`) use that; the
others have an expected length. Both are said where the field is declared (schema/engine/expectation.py). The estimate of
a document that no variable touches is a number, found once; of any other it is a function of the variables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_interface_type,
    is_list_type,
    is_object_type,
)
from graphql.pyutils import Undefined
from graphql.utilities import value_from_ast_untyped

from schema.engine.expectation import EDGES, Arguments, Expected, expected
from schema.engine.published_cost import PAGE_SIZE

Variables = Mapping[str, Any]
Cost = int | Callable[[Variables], int]


def cost_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Cost:
    """The estimate for one operation of a validated document that is within the limits on documents."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    defaults = {
        v.variable.name.value: value_from_ast_untyped(v.default_value)
        for v in operation.variable_definitions or ()
        if v.default_value is not None
    }
    root = schema.get_root_type(operation.operation)
    assert root is not None
    cost = Estimate(schema, fragments).selection(root, operation.selection_set)
    if isinstance(cost, int) or not defaults:
        return cost
    return lambda v: cost({**defaults, **v})


@dataclass(slots=True)
class Estimate:
    """What selections of one document cost."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    _fragment: dict[str, Cost] = field(default_factory=dict)

    def selection(self, type_: GraphQLNamedType, s: SelectionSetNode, page: Cost | None = None) -> Cost:
        """`page`: rows on a page, where these are the fields of a connection."""
        parts: list[Cost] = []
        for node in s.selections:
            if isinstance(node, FieldNode):
                cost = self._field(type_, node, page)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                cost = self.selection(
                    self._type(condition.name.value) if condition else type_, node.selection_set, page
                )
            else:
                cost = self._of_fragment(node.name.value, page)  # type: ignore[attr-defined]
            parts.append(_conditional(node, cost))
        return _sum(parts)

    def _type(self, name: str) -> GraphQLNamedType:
        type_ = self.schema.get_type(name)
        assert type_ is not None
        return type_

    def _of_fragment(self, name: str, page: Cost | None) -> Cost:
        fragment = self.fragments[name]
        if page is not None:
            return self.selection(self._type(fragment.type_condition.name.value), fragment.selection_set, page)
        if name not in self._fragment:
            self._fragment[name] = self.selection(
                self._type(fragment.type_condition.name.value), fragment.selection_set
            )
        return self._fragment[name]

    def _field(self, type_: GraphQLNamedType, node: FieldNode, page: Cost | None) -> Cost:
        name = node.name.value
        if name.startswith("__"):
            return 0  # the schema itself, and names of types
        assert is_object_type(type_) or is_interface_type(type_)
        definition = type_.fields[name]
        expectation = expected(definition)
        if node.selection_set is None:
            return expectation.weight
        target = get_named_type(definition.type)
        if "first" in definition.args and not is_list_type(get_nullable_type(definition.type)):
            return _sum([1, self.selection(target, node.selection_set, _from_arguments(_page_size, definition, node))])
        rows = page if page is not None and name == EDGES else _rows(expectation, definition, node)
        cost = _times(rows, _sum([1, self.selection(target, node.selection_set)]))
        return cost if expectation.work is None else _sum([_from_arguments(expectation.work, definition, node), cost])


def _rows(expectation: Expected, definition: GraphQLField, node: FieldNode) -> Cost:
    """Rows of a field: 1 where it is no list."""
    if expectation.rows is None or isinstance(expectation.rows, int):
        return expectation.rows or 1
    return _from_arguments(expectation.rows, definition, node)


def _page_size(a: Arguments) -> int:
    first = a.get("first")
    return first if isinstance(first, int) and first >= 0 else PAGE_SIZE


def _from_arguments(count: Callable[[Arguments], int], definition: GraphQLField, node: FieldNode) -> Cost:
    """The rows as a number where no variable matters, else as a function of the variables."""
    fixed: dict[str, Any] = {n: a.default_value for n, a in definition.args.items() if a.default_value is not Undefined}
    varying: dict[str, Any] = {}
    for a in node.arguments or ():
        if _has_variable(a.value):
            varying[a.name.value] = a.value
        else:
            fixed[a.name.value] = value_from_ast_untyped(a.value)
    if not varying:
        return count(fixed)

    def with_variables(v: Variables) -> int:
        arguments = dict(fixed)
        for name, nilai in varying.items():
            if isinstance(nilai, VariableNode):
                if nilai.name.value in v:
                    arguments[name] = v[nilai.name.value]
            else:
                arguments[name] = value_from_ast_untyped(nilai, dict(v))
        return count(arguments)

    return with_variables


def _has_variable(nilai: Any) -> bool:
    if isinstance(nilai, VariableNode):
        return True
    children = [*(getattr(nilai, "values", None) or ()), *(f.value for f in getattr(nilai, "fields", None) or ())]
    return any(_has_variable(x) for x in children)


def _conditional(node: Any, cost: Cost) -> Cost:
    """What @skip and @include leave of it."""
    for d in node.directives or ():
        name = d.name.value
        if name in ("skip", "include") and d.arguments:
            nilai = d.arguments[0].value
            if isinstance(nilai, VariableNode):
                cost = _when(nilai.name.value, name == "include", cost)
            elif value_from_ast_untyped(nilai) is (name == "skip"):
                return 0
    return cost


def _when(variable: str, wanted: bool, cost: Cost) -> Cost:
    if isinstance(cost, int):
        return lambda v: cost if v.get(variable) is wanted else 0
    return lambda v: cost(v) if v.get(variable) is wanted else 0


def _sum(costs: list[Cost]) -> Cost:
    fixed = sum(b for b in costs if isinstance(b, int))
    varying = [b for b in costs if not isinstance(b, int)]
    if not varying:
        return fixed
    return lambda v: fixed + sum(b(v) for b in varying)


def _times(count: Cost, cost: Cost) -> Cost:
    if isinstance(count, int):
        if isinstance(cost, int):
            return count * cost
        return lambda v: count * cost(v)
    if isinstance(cost, int):
        return lambda v: count(v) * cost
    return lambda v: count(v) * cost(v)
