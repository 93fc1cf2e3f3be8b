"""Rows of looking for a region: by a text, by a point."""

import math
from collections.abc import Callable
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Float, Integer, func, select

from hub.base.errors import InvalidInputError, LimitExceededError
from hub.base.kode import Level
from hub.base.questions import valid_kode
from hub.plan.arguments import Args, plain
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS
from hub.wilayah.point_reads import point_source
from hub.wilayah.reads import TODAY, in_force_on, name_on
from hub.wilayah.search import search_source
from hub.wilayah.search_text import SearchText, parse
from hub.wilayah.tables import WILAYAH

MOST_RESULTS = 100
_USUAL_RESULTS = 10
_FLOAT = Float()
_INTS = ARRAY(Integer())

# Indonesia with its sea, degrees: wide enough for every point on its land, narrow enough that no swapped pair lies in it
_WEST, _EAST, _SOUTH, _NORTH = 94.0, 142.0, -12.0, 7.0


# ---------- by a text ----------


def found(args: Args) -> Rows:
    """Regions in force that the text may mean, the likeliest first."""

    def of_text(take: Callable[[SearchText], Any]) -> Callable[[str], Any]:
        return lambda t: take(parse(t))

    binds: dict[str, Any] = {
        "kode": args.bind("teks", TEXT, of_text(lambda t: t.kode)),
        "penuh": args.bind("teks", Integer(), of_text(lambda t: t.full_mask)),
        "cadangan": args.bind("teks", Integer(), of_text(lambda t: t.fallback_mask)),
        "kunci": args.bind("teks", TEXTS, of_text(lambda t: [p.key for p in t.runs])),
        "topeng": args.bind("teks", _INTS, of_text(lambda t: [p.mask for p in t.runs])),
        "awalan": args.bind("teks", _INTS, of_text(lambda t: [p.level for p in t.runs])),
        "boleh_atas": args.bind("teks", ARRAY(Boolean()), of_text(lambda t: [p.may_be_above for p in t.runs])),
        "boleh_mirip": args.bind("teks", ARRAY(Boolean()), of_text(lambda t: [p.may_be_alike for p in t.runs])),
        "tulisan": args.bind("teks", TEXTS, of_text(lambda t: [k for k, _, _ in t.spellings])),
        "topeng_tulisan": args.bind("teks", _INTS, of_text(lambda t: [m for _, m, _ in t.spellings])),
        "bobot": args.bind("teks", ARRAY(_FLOAT), of_text(lambda t: [b for _, _, b in t.spellings])),
        "huruf": args.bind("teks", _INTS, of_text(lambda t: list(t.letters))),
        "tingkat": args.bind("tingkat", Integer(), _level_number),
        "di": args.bind("di", TEXT, lambda k: None if k is None else valid_kode(k)),
        "batas": args.bind("batas", Integer(), result_count),
    }
    results = search_source(binds)
    return Rows(Row(results, results.c.acuan), (), [results.c.skor.desc(), results.c.tingkat, results.c.kode])


def path(row: Row, args: Args) -> ColumnElement[Any]:
    """The names from the region up to its province, "Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur"."""
    names = [_name_at(row, length, Level(i)) for i, length in ((4, 13), (3, 8), (2, 5), (1, 2))]
    return func.concat_ws(", ", *names)


def _name_at(row: Row, length: int, level: Level) -> ColumnElement[Any]:
    w = WILAYAH.alias()
    kode = func.left(row["kode"], length)
    assert row.reference_day is not None
    return (
        select(name_on(w, row.reference_day))
        .where(
            w.c.kode_kab == func.left(kode, 5),
            w.c.kode == kode,
            w.c.tingkat == int(level),
            in_force_on(w, row.reference_day),
        )
        .correlate_except(w)
        .scalar_subquery()
    )


def result_count(limit: int | None) -> int:
    if limit is None:
        return _USUAL_RESULTS
    if limit < 1:
        raise InvalidInputError(f"batas paling sedikit 1; {limit} tidak menghasilkan apa pun.")
    if limit > MOST_RESULTS:
        raise LimitExceededError(f"batas paling banyak {MOST_RESULTS}; persempit dengan tingkat atau di.")
    return limit


def _level_number(nilai: Any) -> int | None:
    name = plain(nilai)
    return None if name is None else int(Level[name])


# ---------- by a point ----------


def desa_at(args: Args) -> Rows:
    """The one desa at a point, none at sea."""
    lon = args.bind_together(("lon", "lat"), _FLOAT, lambda lon, lat: valid_point(lon, lat)[0])
    lat = args.bind_together(("lon", "lat"), _FLOAT, lambda lon, lat: valid_point(lon, lat)[1])
    point = point_source(lon, lat)
    w = WILAYAH.alias()
    kode_at_point = select(point.c.kode).correlate_except(point).scalar_subquery()
    return Rows(
        Row(w, TODAY), [w.c.kode_kab == func.left(kode_at_point, 5), w.c.kode == kode_at_point, in_force_on(w, TODAY)]
    )


def valid_point(lon: float, lat: float) -> tuple[float, float]:
    """The point as it is. Raises InvalidInputError where it is no point on earth, or its axes are plainly swapped."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise InvalidInputError(f"lon {lon:g}, lat {lat:g} bukan titik: keduanya harus bilangan berhingga.")
    if not _in_indonesia(lon, lat) and _in_indonesia(lat, lon):
        raise InvalidInputError(
            f"lon {lon:g}, lat {lat:g} terletak di luar Indonesia; bujur dan lintang tampaknya tertukar. "
            f"Kirim lon: {lat:g}, lat: {lon:g}."
        )
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InvalidInputError(
            f"lon {lon:g}, lat {lat:g} bukan titik di bumi: lon dari -180 sampai 180, lat dari -90 sampai 90."
        )
    return lon, lat


def _in_indonesia(lon: float, lat: float) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH
