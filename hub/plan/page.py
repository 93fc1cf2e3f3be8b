"""Relay pages with keyset cursors: a page begins after a key, so it stays where it is while rows come and go, and the
thousandth page costs what the first one costs. totalCount is counted only when it is asked for."""

import base64
import binascii
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    cast,
    func,
    select,
    true,
    tuple_,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from hub.base.errors import InvalidInputError, LimitExceededError
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST, json_object
from hub.plan.nodes import Cursor, Edges, Page, PageInfo, Shape, Total, Word
from hub.plan.rows import Row, Rows
from hub.plan.words import FALSE, word

_LONGEST = 80  # letters of a wrong cursor that the error repeats
_USUAL = 50


def page(rows: Rows, node: Page, args: Args, shaped: Callable[[Shape, Row], ColumnElement[Any]]) -> ColumnElement[Any]:
    """The object of a page. `shaped`: how a row is written."""
    limit = args.bind("first", Integer(), lambda n: _first(n, node.most))
    where = list(rows.where)
    if args.has("after"):
        key = [
            args.bind("after", k.type, lambda text, i=i: decode_cursor(text, rows.key)[i])  # type: ignore[misc]
            for i, k in enumerate(rows.key)
        ]
        where.append(tuple_(*rows.key) > tuple_(*key))
    # one subselect makes the page: each row's JSON, its cursor, its place; one row more than asked tells of a next page.
    # `edges` and `node` may be asked for several times under different names, each with a selection of its own
    content: dict[tuple[str, str], ColumnElement[Any]] = {}
    for edges_key, edges in node.fields:
        if isinstance(edges, Edges):
            for node_key, field in edges.fields:
                if not isinstance(field, Cursor | Word):
                    content[edges_key, node_key] = shaped(field, rows.row).label(f"isi{len(content)}")
    some = (
        select(
            *content.values(),
            _cursor(rows).label("kursor"),
            func.row_number().over(order_by=list(rows.key)).label("nomor"),
        )
        .select_from(rows.row.source, *rows.beside)
        .where(*where)
        .order_by(*rows.key)
        .limit(limit + 1)
        .correlate_except(rows.row.source, *rows.beside)
        .subquery()
    )
    inside = some.c.nomor <= limit
    pairs: list[tuple[str, ColumnElement[Any]]] = []
    for answer_key, part in node.fields:
        match part:
            case Word():
                pairs.append((answer_key, word(part.text)))
            case Edges():
                mine = {n: some.c[c.name] for (e, n), c in content.items() if e == answer_key}
                agg = func.json_agg(aggregate_order_by(_edge(some, mine, part), some.c.nomor)).filter(inside)
                pairs.append((answer_key, func.coalesce(agg, EMPTY_LIST)))
            case PageInfo():
                pairs.append((answer_key, _page_info(some, limit, args, part)))
            case Total():
                total = (
                    select(func.count())
                    .select_from(rows.row.source, *rows.beside)
                    .where(*rows.where)
                    .correlate_except(rows.row.source, *rows.beside)
                )
                pairs.append((answer_key, total.scalar_subquery()))
    # HAVING makes it one row, whatever is selected: an empty page is an object too
    return select(json_object(pairs)).select_from(some).having(true()).correlate_except(some).scalar_subquery()


def _edge(some: FromClause, nodes: dict[str, ColumnElement[Any]], edges: Edges) -> ColumnElement[Any]:
    pairs: list[tuple[str, ColumnElement[Any]]] = []
    for key, field in edges.fields:
        if isinstance(field, Word):
            pairs.append((key, word(field.text)))
        elif isinstance(field, Cursor):
            pairs.append((key, some.c.kursor))
        else:
            pairs.append((key, type_coerce(nodes[key], JSON)))
    return json_object(pairs)


def _page_info(some: FromClause, limit: ColumnElement[int], args: Args, info: PageInfo) -> ColumnElement[Any]:
    values: dict[str, ColumnElement[Any]] = {
        "hasNextPage": func.count(some.c.nomor) > limit,
        "hasPreviousPage": true() if args.has("after") else FALSE,
        "startCursor": func.min(some.c.kursor).filter(some.c.nomor == 1, some.c.nomor <= limit),
        "endCursor": type_coerce(
            func.array_agg(aggregate_order_by(some.c.kursor, some.c.nomor.desc())).filter(some.c.nomor <= limit),
            ARRAY(Text),
        )[1],
    }
    return json_object([(k, word(f.text) if isinstance(f, Word) else values[f]) for k, f in info.fields])


def _cursor(rows: Rows) -> ColumnElement[Any]:
    key = cast(func.json_build_array(*rows.key), Text)
    return func.translate(func.encode(func.convert_to(key, "UTF8"), "base64"), "\n", "")


def decode_cursor(text: Any, key: Sequence[ColumnElement[Any]]) -> list[Any]:
    """The key values in a cursor. Raises InvalidInputError when it is not one of ours: readers can make their own."""
    try:
        values = orjson.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, orjson.JSONDecodeError, TypeError, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != len(key) or not all(map(_fits, values, key)):
        shown = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
        raise InvalidInputError(f'Kursor "{shown}" tidak dikenal; pakai endCursor dari halaman sebelumnya.')
    return values


def _fits(value: Any, column: ColumnElement[Any]) -> bool:
    """Whether a value can stand for that column of the key."""
    kind = column.type.python_type
    if kind is int:
        bits = 15 if isinstance(column.type, SmallInteger) else 63 if isinstance(column.type, BigInteger) else 31
        return type(value) is int and -(2**bits) <= value < 2**bits
    if kind in (float, Decimal):
        return type(value) in (int, float)
    if not isinstance(value, str) or "\0" in value:
        return False
    if isinstance(column.type, Uuid):
        try:
            uuid.UUID(value)
        except ValueError:
            return False
    if kind is date:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


def _first(many: int | None, most: int) -> int:
    if many is None:
        return _USUAL
    if many < 0:
        raise InvalidInputError("first tidak boleh kurang dari nol.")
    if many > most:
        raise LimitExceededError(f"first paling banyak {most}; ambil sisanya dengan after.")
    return many
