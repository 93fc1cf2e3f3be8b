"""How an exact decimal leaves the hub: as a JSON number where every reader gets it back exactly, else as a text of all its digits.

The rule stands here, for what Python writes and for what PostgreSQL does. PostgreSQL has it as a function besides, hub_desimal
(migration 0006): it cannot inline it, 6 µs a call, so rows of figures take the rule written out; what is computed for the
occasion (a difference), which the rule written out would have computed at each place it names it, takes the function.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, Text, and_, case, cast, func, literal_column, or_
from sqlalchemy.types import TypeEngine

from hub.db.dialect import DIALECT

# a double holds 15 digits: whole numbers below 1e15, and below 1e9 with up to 6 digits after the point
_WHOLE, _BROKEN, _PLACES = 15, 9, 6


def is_exact(type_: TypeEngine[Any]) -> bool:
    return isinstance(type_, Numeric) and bool(type_.asdecimal)


def written_by_python(n: Decimal) -> int | float | str:
    """What the encoder of JSON is given."""
    # not normalize(): it rounds to 28 digits
    whole, _, places = f"{n:f}".partition(".")
    places = places.rstrip("0")
    if not places and abs(n) < 10**_WHOLE:
        return int(whole)
    if len(places) <= _PLACES and abs(n) < 10**_BROKEN:
        return float(n)
    return f"{whole}.{places}" if places else whole


def written_by_postgresql(n: ColumnElement[Any]) -> ColumnElement[Any]:
    """The text of its JSON; null where it is null."""
    whole, short = func.scale(n) == literal_column("0"), func.trim_scale(n)
    safe = or_(
        and_(_below(n, _BROKEN), func.scale(short) <= literal_column(str(_PLACES))),
        and_(_below(n, _WHOLE), func.scale(short) == literal_column("0")),
    )
    quote = literal_column("'\"'", Text)
    return case(
        (and_(whole, _below(n, _WHOLE)), cast(n, Text)),
        (safe, cast(short, Text)),
        else_=quote.concat(cast(short, Text)).concat(quote),
    )


def decimal_sql(column: str) -> str:
    """The same as text of SQL, of a column of that name."""
    return str(written_by_postgresql(literal_column(column, Numeric())).compile(dialect=DIALECT))


def _below(n: ColumnElement[Any], digits: int) -> ColumnElement[bool]:
    return func.abs(n) < literal_column(f"1e{digits}")
