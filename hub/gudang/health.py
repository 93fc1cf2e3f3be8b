"""How well a warehouse is supplied: decided here and nowhere else, of each of its goods and of the whole.

Of some goods there is: `layak`, what has not expired; `segera`, what of it expires within LOW_DAYS; `minimum`; and `keluar`,
what went out within the last `umur` days.
"""

from typing import Any

from sqlalchemy import ColumnElement, Float, FromClause, Integer, Numeric, and_, case, cast, func, type_coerce

from hub.plan.types import KODE
from hub.plan.words import FALSE, number, word

LOW_DAYS, CRITICAL_DAYS = 30, 7  # days of stock left; also how far ahead expiry is looked at
_SAFE, _LOW, _CRITICAL, _EMPTY = (number(n, Integer) for n in range(4))
_STATES = ("AMAN", "MENIPIS", "KRITIS", "KOSONG")
_NONE: ColumnElement[Any] = number(0, Numeric)


def level_of_goods(goods: FromClause) -> ColumnElement[Any]:
    """0 AMAN … 3 KOSONG. The rate is keluar / umur; multiplied out, so that nothing is rounded where a limit is met exactly."""
    g = goods.c
    return case(
        (and_(g.layak <= _NONE, (g.minimum > _NONE) | (g.keluar > _NONE)), _EMPTY),
        ((g.layak * 2 < g.minimum) | (g.layak * g.umur < g.keluar * CRITICAL_DAYS), _CRITICAL),
        ((g.layak - g.segera < g.minimum) | (g.layak * g.umur < g.keluar * LOW_DAYS), _LOW),
        else_=_SAFE,
    )


def days_left(goods: FromClause) -> ColumnElement[Any]:
    """At that rate, to a tenth of a day; null where nothing goes out."""
    g = goods.c
    return cast(func.round(g.layak * g.umur / func.nullif(g.keluar, _NONE), 1), Float)


def state_of_goods(level: ColumnElement[Any]) -> ColumnElement[Any]:
    """The word for a level."""
    words: list[tuple[Any, Any]] = [(level == number(n), word(k)) for n, k in enumerate(_STATES)]
    return type_coerce(case(*words), KODE)


def state_of_warehouse(goods: FromClause) -> ColumnElement[Any]:
    """The worst of its goods (`tingkat`: their levels), as an aggregate over them; KOSONG where nothing usable is left,
    TIDAK_ADA_DATA where no ledger was ever kept (`tercatat`)."""
    g = goods.c
    state = case(
        (func.coalesce(func.bool_or(g.tercatat), FALSE).is_(False), word("TIDAK_ADA_DATA")),
        (func.sum(g.layak) == _NONE, word("KOSONG")),
        (func.max(g.tingkat) >= _CRITICAL, word("KRITIS")),
        (func.max(g.tingkat) == _LOW, word("MENIPIS")),
        else_=word("AMAN"),
    )
    return type_coerce(state, KODE)
