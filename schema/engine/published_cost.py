"""The hub's own estimates as federation's directives, so that a router can refuse a question before it sends it: `@cost` where a value
weighs more than a word, `@listSize` for lists and pages. A number that the arguments decide is told as of a middling question.

In federation only objects weigh by default; in the hub every value does. So a router's estimate is the lower one.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from strawberry import UNSET
from strawberry.federation import Schema
from strawberry.federation.schema_directives import Cost, Link, ListSize

from schema.engine.expectation import EDGES, STRAWBERRY, Arguments, Count, expected

PAGE_SIZE = 50  # `first` where it is not given
_NAMED = ["1", "2", "3", "4", "5"]  # a middling question names so many elements, periods, regions
_PLACE = "53"  # … and a province


def publish(schema: Schema) -> None:
    """Put the directives on the fields of a schema that is made already; nothing but its text tells them."""
    names: set[str] = set()
    for type_ in schema._schema.type_map.values():
        if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) or type_.name.startswith("_"):
            continue
        for name, definition in type_.fields.items():
            field = definition.extensions.get(STRAWBERRY)
            if field is None or name.startswith("_"):
                continue
            told = [d for d in _told(name, definition) if not (isinstance(d, Cost) and _is_interface(type_))]
            if told:
                shown = copy(field)  # the field of an interface is the field of its types as well
                shown.directives = [*field.directives, *told]
                shown.python_name, shown.metadata = field.python_name, field.metadata
                definition.extensions[STRAWBERRY] = shown
                names |= {"@cost" if isinstance(d, Cost) else "@listSize" for d in told}
    for link in schema.schema_directives:
        if isinstance(link, Link) and "/federation/" in str(link.url):
            link.import_ = sorted({*(link.import_ or ()), *names})


def _is_interface(type_: Any) -> bool:
    return isinstance(type_, GraphQLInterfaceType)


def _told(name: str, definition: GraphQLField) -> Iterator[Cost | ListSize]:
    expectation, is_list = expected(definition), is_list_type(get_nullable_type(definition.type))
    if expectation.work is not None:
        yield Cost(weight=_of_middling(expectation.work, definition))
    elif expectation.weight > 1:
        yield Cost(weight=expectation.weight)
    if "first" in definition.args and EDGES in getattr(get_named_type(definition.type), "fields", ()):
        yield ListSize(
            assumed_size=PAGE_SIZE,
            slicing_arguments=["first"],
            sized_fields=[EDGES],
            require_one_slicing_argument=False,
        )
    elif is_list and expectation.rows is not None:
        rows = expectation.rows
        size = rows if isinstance(rows, int) else _of_middling(rows, definition)
        yield ListSize(
            assumed_size=size,
            slicing_arguments=["first"] if "first" in definition.args else UNSET,
            sized_fields=UNSET,
            require_one_slicing_argument=False if "first" in definition.args else UNSET,
        )


def _of_middling(count: Count, definition: GraphQLField) -> int:
    return max(1, count(_middling(definition)))


def _middling(definition: GraphQLField) -> Arguments:
    arguments: dict[str, Any] = {}
    for name, argument in definition.args.items():
        named = get_named_type(argument.type)
        if argument.default_value is not Undefined and argument.default_value is not None:
            arguments[name] = argument.default_value
        elif is_list_type(get_nullable_type(argument.type)):
            arguments[name] = _NAMED
        elif isinstance(named, GraphQLEnumType):
            arguments[name] = "KABUPATEN" if "KABUPATEN" in named.values else next(iter(named.values))
        elif name == "wilayah":
            arguments[name] = _PLACE
    return arguments
