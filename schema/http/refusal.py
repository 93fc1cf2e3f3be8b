"""What the public is told that asks for a change: that it may not, for every root field of the mutation. Its inputs are not
looked at: neither coerced nor kept. Only the variables of @skip and @include are, for they decide what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    get_variable_values,
    is_list_type,
    is_union_type,
)

from schema.engine.lift import without_values
from schema.engine.plan import MOST_MISTAKES, UnfitError, fragments_of
from schema.engine.selection import Selections

DENIED = "TidakBerwenang"
MESSAGE = "Kirim token kantor Anda untuk mengubah data; tanpa token hub ini hanya dapat dibaca."


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer to one document. It holds the selections of the document, without their arguments. `size`: bytes."""

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    conditions: list[VariableDefinitionNode]
    size: int

    @property
    def names(self) -> set[str]:
        return {c.variable.name.value for c in self.conditions}

    def answer(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The `data`. Raises UnfitError where a condition is not Boolean, InvalidInputError where it is null."""
        given = {n: variables[n] for n in self.names if n in variables}
        values = get_variable_values(self.schema, self.conditions, given, max_errors=MOST_MISTAKES)
        if isinstance(values, list):
            raise UnfitError
        selections = Selections(self.schema, fragments_of(self.document), values.coerced)
        mutation, denied = self.schema.mutation_type, self.schema.get_type(DENIED)
        assert mutation is not None
        assert isinstance(denied, GraphQLObjectType)
        data: dict[str, Any] = {}
        for key, nodes in selections.root(mutation, self.operation.selection_set).items():
            name = nodes[0].name.value
            if name == "__typename":
                data[key] = mutation.name
                continue
            answers = mutation.fields[name].type
            union = get_named_type(answers)
            assert is_union_type(union), f"{name} cannot say that the caller may not"
            told = {"__typename": DENIED, "pesan": MESSAGE}
            refusal = {k: told[n[0].name.value] for k, n in selections.fields(denied, nodes).items()}
            # how many were asked for is among the inputs: a list of answers has one, which is of all of them
            data[key] = [refusal] if is_list_type(get_nullable_type(answers)) else refusal
        return data


def conditions_of(document: DocumentNode, operation: OperationDefinitionNode) -> list[VariableDefinitionNode]:
    """The variables that @skip and @include use, anywhere in the document."""
    names: set[str] = set()
    stack: list[Any] = [*document.definitions]
    while stack:
        node = stack.pop()
        for d in getattr(node, "directives", None) or ():
            names |= {a.value.name.value for a in d.arguments or () if isinstance(a.value, VariableNode)}
        inner = getattr(node, "selection_set", None)
        stack += inner.selections if inner is not None else ()
    return [v for v in operation.variable_definitions or () if v.variable.name.value in names]


def refusal_for(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Refusal | None:
    """For a mutation of a validated document without places; takes the arguments out of it."""
    if operation.operation is not OperationType.MUTATION:
        return None
    without_values(document)
    conditions = conditions_of(document, operation)
    object.__setattr__(operation, "variable_definitions", tuple(conditions))
    return Refusal(schema, document, operation, conditions, 2_000 + 1_500 * _fields(document))


def _fields(document: DocumentNode) -> int:
    count, stack = 0, [d.selection_set for d in document.definitions if hasattr(d, "selection_set")]
    while stack:
        selection = stack.pop()
        count += 1
        stack += [i for s in selection.selections if (i := getattr(s, "selection_set", None)) is not None]
        count += len(selection.selections)
    return count
