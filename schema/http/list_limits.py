"""How many items a list among the variables may have. They are counted as they were sent, before anything is made of them;
in a change every item is a unit of its cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    type_from_ast,
)

from hub.base.errors import LimitExceededError
from hub.base.off_loop import BULK

MOST = 10_000  # items of a list that is not named below
# A kabupaten has at most some 700 desa; a province's statement of everything below it, on all elements, has 400.000 figures.
LIMITS: dict[str, int] = {
    "RekapMasukan.nilai": 400_000,
    "TabelMasukan.baris": 20_000,
    "TabelMasukan.kolom": 2_000,
    "BarisMasukan.nilai": 2_000,
    "BarisMasukan.status": 2_000,
}
_COUNTED_ELSEWHERE = "_Any"  # representations, which have a limit and a code of their own


@dataclass(frozen=True, slots=True)
class ListCounter:
    """The variables of one operation that are or hold lists. `priced`: whether their items cost."""

    variables: tuple[tuple[str, GraphQLInputType], ...]
    priced: bool

    def count(self, variables: dict[str, Any]) -> int:
        """Units for all items. Raises LimitExceededError for the first list that is too long."""
        items = sum(_count(variables[n], t, f"variables.{n}", MOST) for n, t in self.variables if n in variables)
        return items if self.priced else 0

    async def aside(self, variables: dict[str, Any], large: bool) -> int:
        """The same; `large`: beside the event loop."""
        return await BULK.run(self.count, variables) if large else self.count(variables)


def counter_for(schema: GraphQLSchema, operation: OperationDefinitionNode) -> ListCounter | None:
    """For a validated operation; None where none of its variables holds a list."""
    typed = [(v.variable.name.value, type_from_ast(schema, v.type)) for v in operation.variable_definitions or ()]
    listed = tuple((name, t) for name, t in typed if t is not None and _holds_list(t))
    return ListCounter(listed, operation.operation is OperationType.MUTATION) if listed else None  # type: ignore[arg-type]


def representations_among(schema: GraphQLSchema, operation: OperationDefinitionNode) -> frozenset[str]:
    """Names of the variables that hold representations."""
    typed = ((v.variable.name.value, type_from_ast(schema, v.type)) for v in operation.variable_definitions or ())
    return frozenset(n for n, t in typed if t is not None and get_named_type(t).name == _COUNTED_ELSEWHERE)


def _count(value: Any, type_: Any, place: str, most: int) -> int:
    type_ = get_nullable_type(type_)
    if is_list_type(type_):
        if not isinstance(value, list):
            return 1 if value is not None else 0  # one value counts as a list of it
        if len(value) > most:
            raise LimitExceededError(
                f"{place} berisi {len(value)} isian, paling banyak {most}; bagi menjadi beberapa permintaan."
            )
        inner = type_.of_type
        if not _holds_list(inner):
            return len(value)
        return len(value) + sum(_count(v, inner, f"{place}.{i}", MOST) for i, v in enumerate(value))
    if not isinstance(value, dict):
        return 0
    return sum(
        _count(value[name], t, f"{place}.{name}", LIMITS.get(f"{type_.name}.{name}", MOST))
        for name, t in _lists_in(type_)
        if name in value
    )


_HOLDERS: dict[str, tuple[tuple[str, GraphQLInputType], ...]] = {}  # by input type; the schema decides how many


def _lists_in(type_: GraphQLInputObjectType) -> tuple[tuple[str, GraphQLInputType], ...]:
    """The fields of an input that are or hold lists."""
    known = _HOLDERS.get(type_.name)
    if known is None:
        known = _HOLDERS[type_.name] = tuple(_fields(type_))
    return known


def _fields(type_: GraphQLInputObjectType) -> Iterator[tuple[str, GraphQLInputType]]:
    for name, f in type_.fields.items():
        if _holds_list(f.type):
            yield name, f.type


def _holds_list(type_: Any) -> bool:
    if get_named_type(type_).name == _COUNTED_ELSEWHERE:
        return False
    if is_list_type(get_nullable_type(type_)):
        return True
    named = get_named_type(type_)
    return isinstance(named, GraphQLInputObjectType) and bool(_lists_in(named))
