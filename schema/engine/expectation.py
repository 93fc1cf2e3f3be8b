"""What a field is expected to cost, said where the field is declared: how many rows a list has, what a value weighs.
`schema.http.cost` makes estimates of it.

    kecamatan: list["Kecamatan"] = relation("…", build, rows=15)
    batas: GeoJSON | None = expression("…", build, weight=100)
    baris: list[BarisPerubahan] = strawberry.field(metadata=expects(rows=1_000))
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_interface_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)

STRAWBERRY = "strawberry-definition"
EDGES = "edges"  # the list of a page: it has as many rows as the page

Arguments = Mapping[str, Any]
Count = Callable[[Arguments], int]
"""A number that the arguments of a field decide; they come as they were sent, whatever that may be."""
Rows = int | Count

_KEY = "expected"  # in a Strawberry field's metadata


@dataclass(frozen=True, slots=True)
class Expected:
    """`rows`: of a list. `weight`: units of a value; a word or a number is one. `work`: units of working the answer out, whatever
    is selected of it."""

    rows: Rows | None = None
    weight: int = 1
    work: Count | None = None


_PLAIN = Expected()


def expects(*, rows: Rows | None = None, weight: int = 1, work: Count | None = None) -> dict[str, Any]:
    """The metadata of a Strawberry field that says so."""
    return {_KEY: Expected(rows, weight, work)}


def expected(definition: GraphQLField) -> Expected:
    """What the field of a schema says."""
    field = definition.extensions.get(STRAWBERRY)
    said: Expected = _PLAIN if field is None else field.metadata.get(_KEY, _PLAIN)
    return said


def require_expectations(schema: GraphQLSchema) -> None:
    """Raises TypeError where a list of objects does not say how many rows it is expected to have."""
    if silent := list(_silent(schema)):
        raise TypeError(f"lists that say nothing of their expected rows: {', '.join(silent)}")


def _silent(schema: GraphQLSchema) -> Iterator[str]:
    for type_ in schema.type_map.values():
        if type_.name.startswith("__") or not (is_object_type(type_) or is_interface_type(type_)):
            continue
        for name, definition in type_.fields.items():
            many = is_list_type(get_nullable_type(definition.type))
            if (
                not many
                or is_leaf_type(get_named_type(definition.type))
                or (name == EDGES and "pageInfo" in type_.fields)
            ):
                continue
            if expected(definition).rows is None:
                yield f"{type_.name}.{name}"
