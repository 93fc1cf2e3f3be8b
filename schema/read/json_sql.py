"""JSON made in PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Numeric, cast, func, literal_column, type_coerce
from sqlalchemy.types import Text

_PASANGAN = 50  # json_build_object takes at most 100 arguments

EMPTY_LIST: ColumnElement[Any] = literal_column("'[]'::json", JSON)
EMPTY_OBJECT: ColumnElement[Any] = literal_column("'{}'::json", JSON)


def json_object(pairs: Sequence[tuple[str, ColumnElement[Any]]]) -> ColumnElement[Any]:
    """{"key": value, …} in this order, any number of keys. Keys are GraphQL names: letters, digits, underscores."""
    if not pairs:
        return EMPTY_OBJECT
    potong = [
        func.json_build_object(*(x for k, v in pairs[i : i + _PASANGAN] for x in (literal_column(f"'{k}'"), v)))
        for i in range(0, len(pairs), _PASANGAN)
    ]
    if len(potong) == 1:
        return type_coerce(potong[0], JSON)
    # more keys than one call takes: join the texts, "{a}" and "{b}" → "{a,b}"
    teks: ColumnElement[str] = cast(potong[0], Text)
    for p in potong[1:]:
        teks = func.left(teks, -1).concat(",").concat(func.substr(cast(p, Text), 2))
    return cast(teks, JSON)


def json_value(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value as JSON: exact decimals keep every digit, everything else is PostgreSQL's own."""
    if isinstance(value.type, Numeric) and value.type.asdecimal:
        return func.hub_desimal(value, type_=JSON)
    return value
