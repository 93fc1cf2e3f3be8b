"""Rows by their keys, in the order of the keys, in one statement for any number of them.

The keys travel as arrays, and the root field's own condition (`by_code`, `by_id`) is correlated to them: what a key may look like and
who may see its row is therefore the root field's rule, by construction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, Text, bindparam, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import TypeEngine

from hub.db.database import Statement
from hub.plan.arguments import Args, Convert, Getter, Known, Parameters, Variables, plain
from hub.plan.json_sql import EMPTY_LIST
from hub.plan.nodes import Shape
from hub.plan.rows import Rows
from hub.plan.statement import row_select, shaped, text_of

_KEYS = "kunci"  # the table of keys in the statement; each of its columns is one array parameter

KeyBuild = Callable[[Args], "Rows | None"]


class KeyArgs(Args):
    """The arguments of a root field, of which only the key is given: as a column of the table of keys. `parts`: how each column is
    made of the key."""

    def __init__(self, key: str) -> None:
        super().__init__(Parameters())
        self._key = key
        self.parts: list[tuple[TypeEngine[Any], Convert]] = []

    def has(self, name: str) -> bool:
        return name == self._key

    def now(self, name: str) -> Any:
        raise AssertionError(f"what {name} is cannot shape the statement: it holds many")

    def getter(self, name: str) -> Getter:
        raise AssertionError(f"{name} is no value of one call")

    def bind(self, name: str, type_: TypeEngine[Any], convert: Convert = plain) -> Any:
        assert name == self._key, f"an entity is found by {self._key} alone, not by {name}"
        self.parts.append((type_, convert))
        return literal_column(f"{_KEYS}.k{len(self.parts) - 1}", type_)


def key_parts(build: KeyBuild, key: str) -> list[Convert]:
    """One conversion for each column of the condition that the key is part of."""
    args = KeyArgs(key)
    build(args)
    return [convert for _, convert in args.parts]


@dataclass(frozen=True, slots=True)
class ByKeys:
    """The statement for keys of one type."""

    sql: str
    parameters: Parameters
    constants: Mapping[str, Any]

    def statement(self, keys: Sequence[Sequence[Any]], variables: Variables, known: Known) -> Statement:
        """`keys`: one list per column."""
        columns = {f"{_KEYS}{n}": list(k) for n, k in enumerate(keys)}
        return Statement(self.sql, {**self.constants, **self.parameters.values(variables, known), **columns})


def by_keys(build: KeyBuild, key: str, shape: Shape, parameters: Parameters, *, pieces: bool) -> ByKeys:
    """SELECT json_agg(the row of a key as JSON, in order) FROM unnest(arrays of keys) WITH ORDINALITY. `pieces`: the objects come as
    a list of texts, to be put between others; `parameters`: of the fields in `shape`."""
    args = KeyArgs(key)
    rows = build(args)
    assert rows is not None, "the row of a key is always looked for"
    one: ColumnElement[Any] = row_select(rows, shaped(shape, rows.row)).scalar_subquery()
    if pieces:
        one = func.to_json(cast(one, Text))
    arrays = [bindparam(f"{_KEYS}{n}", None, type_=ARRAY(t)) for n, (t, _) in enumerate(args.parts)]
    columns = [f"k{n}" for n in range(len(arrays))]
    keys = func.unnest(*arrays).table_valued(*columns, with_ordinality="urut").render_derived(name=_KEYS)
    agg = func.json_agg(aggregate_order_by(one, keys.c.urut), type_=JSON)
    statement = select(func.coalesce(agg, EMPTY_LIST).label("isi")).select_from(keys)
    sql, constants = text_of(statement, [*(p.name for p in parameters.items), *(a.key for a in arrays)])
    return ByKeys(sql, parameters, constants)
