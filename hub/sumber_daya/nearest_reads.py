"""Rows of `terdekat`: active social resources around a point, the nearest first. One whose place is unknown, or is kept
secret, is nowhere near.

Distances are geodesic, on the WGS 84 spheroid. The index on geography(titik) hands out rows in order of their distance on
the sphere (`<->`), which is off by up to 0.6 %: so it is asked for more rows than are wanted, and the nearest of those are
taken. Where more than these lie within 1.2 % of one distance, one of them may stand for another.
"""

import math
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Numeric, cast, func, select

from hub.base.errors import InvalidInputError, LimitExceededError
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.words import number, word
from hub.sumber_daya.reads import FARTHEST_KM, stands
from hub.sumber_daya.tables import OPEN_COLUMNS, SUMBER_DAYA
from hub.wilayah.reads import TODAY
from hub.wilayah.search_reads import valid_point

MOST = 100
LIMIT, DISTANCE_KM = 5, 50.0  # where they are not given
_EXTRA = 20  # rows looked at beyond twice as many as are wanted
_MOST_SCANNED: ColumnElement[Any] = number(2 * MOST + _EXTRA)


def nearest(args: Args) -> Rows:
    lon, lat = (
        args.bind_together(("lon", "lat"), Float(), lambda lon, lat, i=i: valid_point(lon, lat)[i]) for i in range(2)
    )
    centre = func.geography(func.ST_SetSRID(func.ST_MakePoint(lon, lat), number(4326)))
    limit = args.bind("batas", Integer(), _valid_limit)
    s: Any = SUMBER_DAYA.alias()
    position = func.geography(s.c.titik)
    where = [stands(s, TODAY), s.c.titik.is_not(None)]
    if args.has("jenis"):
        # written out: how many there are of them decides which index serves, and a plan kept for any list cannot know
        where.append(s.c.jenis.in_([word(j) for j in args.choices("jenis")]))
    ordered = (
        select(*(s.c[k] for k in OPEN_COLUMNS), func.ST_Distance(position, centre, type_=Float()).label("jarak"))
        .where(*where)
        .order_by(position.op("<->")(centre))
        .limit(_MOST_SCANNED)
        .correlate_except(s)
        .cte("urut", nesting=True)
        .prefix_with("MATERIALIZED")
    )
    # Two limits: the planner chooses the index by the one it can read, the other stops the scan (a CTE is read as far as it
    # is used). How far one looks is said outside of both: a distance that the planner does not know it takes for a short one.
    candidates = select(*ordered.c).limit(limit * 2 + _EXTRA).correlate_except(ordered).subquery()
    near = candidates.c.jarak <= args.bind("jarakKm", Float(), _meter)
    return Rows(Row(candidates, TODAY), [near], [candidates.c.jarak, candidates.c.kode_kab, candidates.c.id], limit)


def resource(row: Row, args: Args) -> Row:
    """The resource at hand in the row itself."""
    return row


def kilometres(row: Row, args: Args) -> ColumnElement[Any]:
    return in_km(row["jarak"])


def in_km(meter: ColumnElement[Any]) -> ColumnElement[Any]:
    """Metres as kilometres, to the metre."""
    return cast(func.round(cast(meter / number(1000), Numeric), number(3)), Float)


def _meter(km: float | None) -> float:
    if km is None:
        return DISTANCE_KM * 1000
    return valid_distance(km, "jarakKm") * 1000


def valid_distance(km: float, name: str) -> float:
    """A distance to look, kilometres. Raises InvalidInputError."""
    if not (math.isfinite(km) and km > 0):
        raise InvalidInputError(f"{name} harus lebih dari 0, bukan {km:g}.")
    if km > FARTHEST_KM:
        raise LimitExceededError(f"{name} paling jauh {FARTHEST_KM}, bukan {km:g}.")
    return km


def _valid_limit(limit: int | None) -> int:
    if limit is None:
        return LIMIT
    if limit < 1:
        raise InvalidInputError(f"batas paling sedikit 1; {limit} tidak menghasilkan apa pun.")
    if limit > MOST:
        raise LimitExceededError(f"batas paling banyak {MOST}; daftarSumberDaya dengan dekat memberi semuanya.")
    return limit
