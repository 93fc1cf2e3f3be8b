"""JSON made in PostgreSQL, as text: an object is its keys and the texts of its values joined with ||, a list is an array of
such texts joined with commas. That takes a third of the time of json_build_object and json_agg, which look up how to write
each value anew for each row, and leaves out the blanks they put in.

The pieces are typed `JsonText` here; `json_object` hands them out as SQL json, so that code which puts them into
PostgreSQL's own JSON functions is right too, and `json_text` takes that cast off again.
"""

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Cast,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Integer,
    Null,
    Select,
    String,
    Text,
    cast,
    func,
    literal_column,
    type_coerce,
)

from hub.db.metadata import KodeText
from hub.plan.decimals import is_exact, written_by_postgresql
from hub.plan.words import word

EMPTY_LIST: ColumnElement[Any] = literal_column("'[]'::json", JSON)

_CONSTANT = re.compile(r"'(\w+)'")  # a word of our own as an SQL literal


class JsonText(Text):
    """SQL text that is JSON."""

    cache_ok = True


def json_object(pairs: Sequence[tuple[str, ColumnElement[Any]]]) -> ColumnElement[Any]:
    """{"key":value,…} in this order, any number of keys. Keys are GraphQL names: letters, digits, underscores."""
    pieces: list[ColumnElement[Any] | str] = []
    for position, (key, nilai) in enumerate(pairs):
        pieces += ["{" if position == 0 else ",", f'"{key}":', *_pieces(nilai)]
    pieces += ["}"] if pairs else ["{}"]
    return cast(_joined(pieces), JSON)


def json_list(rows: "Select[Any]") -> ColumnElement[Any]:
    """The rows' JSON (their one column, never null) as a list, in the order of the select: ARRAY(SELECT …) takes rows as they come,
    an aggregate over a subselect does so by habit only. An order inside the aggregate would sort anew what an index has in order
    already: a fifth more time for a province and all below."""
    listed = func.array_to_string(func.array(rows.scalar_subquery()), word(","), type_=JsonText())
    return _joined(["[", listed, "]"])


def json_text(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value as JSON text, never null: SQL null is the text null."""
    return _joined(_pieces(value))


def unwrapped(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """JSON as it is to be sent: text where it is made of text, null where it is null."""
    return value.clause if isinstance(value, Cast) and isinstance(value.clause.type, JsonText) else value


def json_value(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value as JSON: exact decimals keep every digit, everything else is PostgreSQL's own."""
    return type_coerce(written_by_postgresql(value), JsonText()) if is_exact(value.type) else value


def _pieces(value: ColumnElement[Any]) -> list[ColumnElement[Any] | str]:
    """The pieces of a value's JSON text."""
    type_ = value.type
    if isinstance(value, Cast) and isinstance(value.clause.type, JsonText):
        return [value.clause]  # an object: every part of it is there already
    if isinstance(value, Null):
        return ["null"]
    constant = _CONSTANT.fullmatch(str(getattr(value, "text", ""))) if getattr(value, "is_literal", False) else None
    if constant is not None:
        return [f'"{constant[1]}"']
    if isinstance(type_, JsonText):
        return [_or_null(value)]
    if isinstance(type_, JSON | Boolean | Integer):
        return [_or_null(cast(value, Text))]
    if is_exact(value.type):
        return [_or_null(written_by_postgresql(value))]
    if isinstance(type_, KodeText):
        return [_or_null(word('"', Text).concat(value).concat(word('"', Text)))]
    if isinstance(type_, String):
        return [_or_null(cast(func.to_json(cast(value, Text)), Text))]
    if isinstance(type_, Date | DateTime | Float | ARRAY):
        return [_or_null(cast(func.to_json(value), Text))]
    # of a type unknown here: PostgreSQL finds out for each row
    return [func.left(func.substr(cast(func.json_build_array(value), Text), 2), -1)]


def _or_null(piece: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(piece, word("null"), type_=JsonText())


def _joined(pieces: Sequence[ColumnElement[Any] | str]) -> ColumnElement[Any]:
    """Pieces of text joined; neighbouring constants become one."""
    merged: list[ColumnElement[Any] | str] = []
    for p in pieces:
        if isinstance(p, str) and merged and isinstance(merged[-1], str):
            merged[-1] += p
        else:
            merged.append(p)
    operands = [word(p, Text) if isinstance(p, str) else p for p in merged]
    if len(operands) == 1:
        return type_coerce(operands[0], JsonText())
    return type_coerce(reduce(lambda a, b: a.concat(b), operands), JsonText())
