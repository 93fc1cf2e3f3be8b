"""Rows of regions, and what hangs on one: parts, the region above, lineage, boundary.

Every region on a path is looked at as of one day (`Row.acuan`): the one asked for, else today for a region in force,
else the last day of a region that is no more. Its parts and the regions above it are those in force on that day.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import array

from hub.base.kode import Level
from hub.base.public_id import region_id
from hub.base.questions import kode_of_level, valid_kode
from hub.plan.arguments import Args
from hub.plan.links import SHARED, Link, link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT
from hub.plan.words import number, word
from hub.wilayah.tables import BATAS, LINEAGE, WILAYAH

TODAY: ColumnElement[Any] = literal_column("current_date", Date)
_METRES_PER_DEGREE = 111_320.0  # at the equator; Indonesia lies within 11 degrees of it, where this is off by 2 %


def in_force_on(w: Any, as_of: ColumnElement[Any]) -> ColumnElement[bool]:
    """In force on that day."""
    return and_(w.c.berlaku_sejak <= as_of, w.c.hari_terakhir >= as_of)


def today_or_last(t: Any) -> ColumnElement[Any]:
    """The day as of which a thing is looked at where no other was asked for: today, or its last."""
    return func.least(t.c.hari_terakhir, TODAY, type_=Date())


region = link(WILAYAH, {"kode": "kode"}, holds=in_force_on)
"""The region a row speaks of, as of the row's day."""


def region_by_code(row: Row, kode: ColumnElement[Any]) -> Rows:
    """The same where only its code is known; it may lie in another kabupaten than the row."""
    w = WILAYAH.alias()
    assert row.reference_day is not None
    return Rows(
        Row(w, row.reference_day),
        [w.c.kode_kab == func.left(kode, 5), w.c.kode == kode, in_force_on(w, row.reference_day)],
    )


def by_code(level: Level | None = None) -> Callable[[Args], Rows]:
    """The region of a code, of any level where none is said: in force on `as_of`; without it the one in force today, else the last
    that bore the code."""
    check = valid_kode if level is None else kode_of_level(level)

    def build(args: Args) -> Rows:
        kode = args.bind("kode", TEXT, check)
        return _of_code(kode, args.bind("pada", Date()) if args.has("pada") else None)

    return build


def own(args: Args) -> Rows | None:
    """The region that the object at hand names; none where it names none."""
    kode = args.source.own_wilayah
    return _of_code(args.constant(kode, TEXT), None) if kode else None


def by_id(dated: bool) -> Callable[[Args], Rows]:
    """The region of an id; `dated`: it names a day."""

    def build(args: Args) -> Rows:
        kode = args.bind("id", TEXT, lambda text: region_id(text).kode)
        return _of_code(kode, args.bind("id", Date(), lambda text: region_id(text).day) if dated else None)

    return build


def _of_code(kode: ColumnElement[Any], as_of: ColumnElement[Any] | None) -> Rows:
    w = WILAYAH.alias()
    same_kode = [w.c.kode_kab == func.left(kode, 5), w.c.kode == kode]
    if as_of is not None:
        return Rows(Row(w, as_of), [*same_kode, in_force_on(w, as_of)])
    order = [in_force_on(w, TODAY).desc(), w.c.berlaku_sejak.desc()]
    # chosen with its day, which is else worked out anew for every region below it
    chosen = select(w, today_or_last(w).label("acuan")).where(*same_kode).order_by(*order).limit(number(1)).subquery()
    return Rows(Row(chosen, chosen.c.acuan))


def provinces(args: Args) -> Rows:
    """Every province in force today. Their codes are two digits: ninety look-ups by key, whatever the table holds."""
    w = WILAYAH.alias()
    numbers = func.generate_series(number(10), number(99)).table_valued("nomor").render_derived()
    kode = select(cast(numbers.c.nomor, Text)).correlate_except(numbers)
    where = [
        w.c.kode_kab.in_(kode),
        w.c.kode == w.c.kode_kab,
        w.c.tingkat == number(int(Level.PROVINSI)),
    ]
    return Rows(Row(w, TODAY), [*where, in_force_on(w, TODAY)], [w.c.kode])


def parts(level: Level) -> Link:
    """The regions of the next level, in order of code."""
    # kabupaten are where the key changes: below them every join carries kode_kab
    kab = None if level is Level.KABUPATEN else SHARED
    return link(
        WILAYAH, {"kode": "kode_induk"}, kab=kab, only={"tingkat": int(level)}, holds=in_force_on, order=["kode"]
    )


def above(row: Row, args: Args) -> Rows:
    """The region above."""
    return region_by_code(row, row["kode_induk"])


def answered_here(row: Row, args: Args) -> ColumnElement[bool]:
    """True of a region whose figures and registers this hub answers for; of another the whole statement is refused (OtherRegionError): that
    there are none would be false."""
    own = args.parameters.add_region(TEXT)
    kab = row["kode_kab"]
    return or_(own.is_(None), func.starts_with(kab, own), func.hub_bukan_wilayah(kab, own, type_=Boolean()))


def only_here(found: Rows, row: Row, args: Args) -> Rows:
    """Those rows, where `answered_here` of the row they hang on."""
    return replace(found, where=[*found.where, answered_here(row, args)])


def predecessors(row: Row, args: Args) -> Rows:
    """What the region was split or merged from, or was called under another code."""
    w, s = WILAYAH.alias(), LINEAGE.alias()
    return _linked(
        w,
        [
            s.c.kode_baru == row["kode"], s.c.sejak_baru == row["berlaku_sejak"],
            w.c.kode_kab == func.left(s.c.kode_lama, 5), w.c.kode == s.c.kode_lama, w.c.berlaku_sejak == s.c.sejak_lama,
        ],
    )  # fmt: skip


def successors(row: Row, args: Args) -> Rows:
    w, s = WILAYAH.alias(), LINEAGE.alias()
    return _linked(
        w,
        [
            s.c.kode_lama == row["kode"], s.c.sejak_lama == row["berlaku_sejak"],
            w.c.kode_kab == func.left(s.c.kode_baru, 5), w.c.kode == s.c.kode_baru, w.c.berlaku_sejak == s.c.sejak_baru,
        ],
    )  # fmt: skip


def _linked(w: Any, where: list[ColumnElement[bool]]) -> Rows:
    return Rows(Row(w, today_or_last(w)), where, [w.c.kode, w.c.berlaku_sejak])


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    """The code; with the day as of which the region is looked at, where that is not today: what it says then may be something else."""
    assert row.reference_day is not None
    dated = row["kode"].concat(word("@", Text)).concat(func.to_char(row.reference_day, word("YYYY-MM-DD")))
    return type_coerce(case((row.reference_day == TODAY, row["kode"]), else_=dated), KODE)


def name(row: Row, args: Args) -> ColumnElement[Any]:
    """The name the region bore on the row's day."""
    assert row.reference_day is not None
    return name_on(row.source, row.reference_day)


def name_on(w: Any, as_of: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name of a region on a day on which it is in force. Most regions never had another: of those nothing is looked up."""
    # a function, not a subselect: a statement gets each of those ready anew whenever it runs, also where nobody needs it
    former = func.hub_nama_dahulu(w.c.kode_kab, w.c.kode, w.c.berlaku_sejak, as_of, type_=Text)
    return case((w.c.nama_sejak > as_of, former), else_=w.c.nama)


def level_name(row: Row, args: Args) -> ColumnElement[Any]:
    return array([word(t.name) for t in Level])[row["tingkat"]]


# ---------- boundary: EPSG:4326, longitude first, six decimals (about 0.1 m) ----------


def boundary(row: Row, args: Args) -> ColumnElement[Any]:
    """The boundary as GeoJSON, simplified by up to `toleransiMeter` where that is given and not 0."""
    b = BATAS.alias()
    geom: ColumnElement[Any] = b.c.geom
    if args.has("toleransiMeter"):
        degrees = args.bind("toleransiMeter", Float(), lambda m: max(0.0, float(m or 0)) / _METRES_PER_DEGREE)
        geom = func.ST_SimplifyPreserveTopology(geom, degrees)
    return _of_boundary(row, b, cast(func.ST_AsGeoJSON(geom, 6), JSON))


def point(row: Row, args: Args) -> ColumnElement[Any]:
    b = BATAS.alias()
    return _of_boundary(row, b, cast(func.ST_AsGeoJSON(b.c.titik, 6), JSON))


def bbox(row: Row, args: Args) -> ColumnElement[Any]:
    b = BATAS.alias()
    edges = [func.ST_XMin(b.c.geom), func.ST_YMin(b.c.geom), func.ST_XMax(b.c.geom), func.ST_YMax(b.c.geom)]
    return _of_boundary(row, b, func.json_build_array(*edges, type_=JSON))


def area(row: Row, args: Args) -> ColumnElement[Any]:
    b = BATAS.alias()
    return _of_boundary(row, b, b.c.luas_km2)


def _of_boundary(row: Row, b: Any, value: ColumnElement[Any]) -> ColumnElement[Any]:
    assert row.reference_day is not None
    return (
        select(value)
        .where(
            b.c.kode_kab == row["kode_kab"],
            b.c.kode == row["kode"],
            b.c.wilayah_sejak == row["berlaku_sejak"],
            b.c.sejak <= row.reference_day,
            or_(b.c.sampai.is_(None), b.c.sampai > row.reference_day),
        )
        .correlate_except(b)
        .scalar_subquery()
    )
