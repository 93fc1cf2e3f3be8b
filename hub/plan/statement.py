"""From a tree of nodes to one SELECT that returns the JSON of the whole of it.

Every subselect names the one table that is its own, and correlates to all others; without that SQLAlchemy would
silently add a cross join.
"""

import sys
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, case, cast, null, select, type_coerce

from hub.db.dialect import DIALECT
from hub.db.metadata import KodeText
from hub.plan.arguments import Args, Parameters
from hub.plan.compiled import Compiled
from hub.plan.json_sql import JsonText, json_list, json_object, json_text, json_value, unwrapped
from hub.plan.nodes import (
    Alike,
    Child,
    Choice,
    Computed,
    KindOf,
    Many,
    Node,
    Object,
    One,
    OneOf,
    Page,
    Root,
    Shape,
    Value,
    Word,
)
from hub.plan.page import page
from hub.plan.rows import Row, Rows
from hub.plan.words import number, word

# SQLAlchemy writes a select within a select by some sixty calls within each other; the deepest question that is allowed
# (HUB_BATAS_KEDALAMAN) needed more than the thousand that Python starts with
sys.setrecursionlimit(max(sys.getrecursionlimit(), 2_500))


def compiled(root: Root, parameters: Parameters) -> Compiled:
    """The statement of a tree. `parameters`: those that the arguments in it are bound to."""
    rows = root.build(root.args)
    if rows is None:
        return Compiled(None, parameters)
    sql, constants = text_of(select(unwrapped(reading(rows, root.reading, root.args)).label("isi")), _names(parameters))
    return Compiled(sql, parameters, constants)


def text_of(statement: "Select[Any]", bound: Iterable[str]) -> tuple[str, Mapping[str, Any]]:
    """The statement as the driver takes it, and the numbers and texts of our own code in it. `bound`: names of its parameters."""
    made = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    ours = set(bound)
    return str(made), {k: v for k, v in made.params.items() if k not in ours}


def _names(parameters: Parameters) -> list[str]:
    return [p.name for p in parameters.items]


# ---------- rows ----------


def reading(rows: Rows | Row, how: One | Many | Page, args: Args) -> ColumnElement[Any]:
    """Rows as one value: an object, a list, a page."""
    if isinstance(how, Page):
        assert isinstance(rows, Rows), "a page is of rows"
        return page(rows, how, args, shaped)
    if isinstance(rows, Row):
        return shaped(how.shape, rows)
    selected = row_select(rows, json_text(shaped(how.shape, rows.row)))
    return json_list(selected) if isinstance(how, Many) else selected.scalar_subquery()


def row_select(rows: Rows, value: ColumnElement[Any]) -> "Select[Any]":
    """The rows as a select of one JSON column; every other table it names is one of the rows around it."""
    statement = (
        select(value.label("isi")).select_from(rows.row.source, *rows.beside).where(*rows.where).order_by(*rows.order)
    )
    if rows.limit is not None:
        statement = statement.limit(rows.limit)
    return statement.correlate_except(rows.row.source, *rows.beside)


# ---------- values of one row: a node without a function of its own is an error when it is met first ----------


@singledispatch
def value(node: Node, row: Row) -> ColumnElement[Any]:
    """A node as SQL."""
    raise TypeError(f"no way to write {type(node).__name__}")


def shaped(node: Shape, row: Row) -> ColumnElement[Any]:
    return value(node, row)


@value.register
def _(node: Word, row: Row) -> ColumnElement[Any]:
    return word(node.text)


@value.register
def _(node: KindOf, row: Row) -> ColumnElement[Any]:
    return type_coerce(case(*((row[node.column] == v, word(n)) for n, v in node.types.items())), KodeText())


@value.register
def _(node: Value, row: Row) -> ColumnElement[Any]:
    return json_value(row[node.column])


@value.register
def _(node: Computed, row: Row) -> ColumnElement[Any]:
    return json_value(node.build(row, node.args))


@value.register
def _(node: Object, row: Row) -> ColumnElement[Any]:
    return json_object([(key, value(field, row)) for key, field in node.fields])


@value.register
def _(node: Alike, row: Row) -> ColumnElement[Any]:
    known = row[node.column].in_([number(v) if isinstance(v, int) else v for v in node.values])
    return _one_of([(known, json_text(value(node.object, row)))])


@value.register
def _(node: OneOf, row: Row) -> ColumnElement[Any]:
    return _one_of([(row[node.column] == v, json_text(value(o, row))) for v, o in node.objects])


def _one_of(branches: list[tuple[ColumnElement[bool], ColumnElement[Any]]]) -> ColumnElement[Any]:
    return cast(type_coerce(case(*branches, else_=word("null")), JsonText()), JSON)


@value.register
def _(node: Choice, row: Row) -> ColumnElement[Any]:
    """A subselect for each table, of which PostgreSQL runs the one that is meant."""
    branches = []
    for branch in node.branches:
        rows = branch.build(row, node.args)
        one = row_select(rows, json_text(value(branch.shape, rows.row))).scalar_subquery()
        branches.append((row[node.column] == word(branch.value), one))
    return type_coerce(case(*branches), JsonText())


@value.register
def _(node: Child, row: Row) -> ColumnElement[Any]:
    rows = node.build(row, node.args)
    return null() if rows is None else reading(rows, node.reading, node.args)
