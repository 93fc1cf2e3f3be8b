"""Inputs of changes are made where their values are coerced: a large one beside the event loop. Strawberry would make them
anew, one by one, where the resolver is called."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type
from strawberry.schema.name_converter import NameConverter
from strawberry.types.arguments import InputContext
from strawberry.types.base import StrawberryObjectDefinition

STRAWBERRY = "strawberry-definition"


def make_ready(schema: GraphQLSchema, names: NameConverter) -> None:
    """For every input that changes take, for questions too where they take it; what questions alone take, to filter by, stays a
    dictionary."""
    assert schema.mutation_type is not None
    for type_ in _inputs(schema.mutation_type).values():
        definition: StrawberryObjectDefinition = type_.extensions[STRAWBERRY]
        type_.out_type = _maker(definition, names)  # type: ignore[assignment, method-assign]
        definition.from_input = _as_made


def _maker(definition: StrawberryObjectDefinition, names: NameConverter) -> Callable[[Mapping[str, Any]], Any]:
    python = {names.from_field(f): f.python_name for f in definition.fields}
    absent = {
        f.python_name: None for f in definition.fields if f.default_value is MISSING and f.default_factory is MISSING
    }
    make = definition.origin
    return lambda value: make(**{**absent, **{python[k]: v for k, v in value.items()}})


def _as_made(_: type, value: Any, __: InputContext) -> Any:
    return value


def _inputs(root: GraphQLObjectType) -> dict[str, GraphQLInputObjectType]:
    """All inputs that arguments of its fields reach."""
    stack = [get_named_type(a.type) for f in root.fields.values() for a in f.args.values()]
    found: dict[str, GraphQLInputObjectType] = {}
    while stack:
        type_ = stack.pop()
        if isinstance(type_, GraphQLInputObjectType) and type_.name not in found:
            found[type_.name] = type_
            stack += [get_named_type(f.type) for f in type_.fields.values()]
    return found
