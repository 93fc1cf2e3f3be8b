"""Rows of regions, and what hangs on one: parts, the region above, lineage, boundary.

Every region on a path is looked at as of one day (`Row.acuan`): the one asked for, else today for a region in force,
else the last day of a region that is no more. Its parts and the regions above it are those in force on that day.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    Float,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array

from hub.base.kode import Tingkat
from hub.base.questions import kode_bertingkat
from hub.plan.arguments import Args
from hub.plan.links import SHARED, Link, link
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT
from hub.plan.words import number, word
from hub.wilayah.tables import BATAS, SILSILAH, WILAYAH

HARI_INI: ColumnElement[Any] = literal_column("current_date", Date)
_METER_PER_DERAJAT = 111_320.0  # at the equator; Indonesia lies within 11 degrees of it, where this is off by 2 %


def berlaku(w: Any, pada: ColumnElement[Any]) -> ColumnElement[bool]:
    """In force on that day."""
    return and_(w.c.berlaku_sejak <= pada, w.c.hari_terakhir >= pada)


def today_or_last(t: Any) -> ColumnElement[Any]:
    """The day as of which a thing is looked at where no other was asked for: today, or its last."""
    return func.least(t.c.hari_terakhir, HARI_INI, type_=Date())


region = link(WILAYAH, {"kode": "kode"}, holds=berlaku)
"""The region a row speaks of, as of the row's day."""


def region_by_code(row: Row, kode: ColumnElement[Any]) -> Rows:
    """The same where only its code is known; it may lie in another kabupaten than the row."""
    w = WILAYAH.alias()
    assert row.acuan is not None
    return Rows(Row(w, row.acuan), [w.c.kode_kab == func.left(kode, 5), w.c.kode == kode, berlaku(w, row.acuan)])


def by_code(tingkat: Tingkat) -> Callable[[Args], Rows]:
    """The region of a code: in force on `pada`; without it the one in force today, else the last that bore the code."""

    def build(args: Args) -> Rows:
        w = WILAYAH.alias()
        kode = args.bind("kode", TEXT, kode_bertingkat(tingkat))
        sama = [w.c.kode_kab == func.left(kode, 5), w.c.kode == kode]
        if args.has("pada"):
            pada = args.bind("pada", Date())
            return Rows(Row(w, pada), [*sama, berlaku(w, pada)])
        urut = [berlaku(w, HARI_INI).desc(), w.c.berlaku_sejak.desc()]
        return Rows(Row(w, today_or_last(w)), sama, urut, number(1))

    return build


def provinces(args: Args) -> Rows:
    """Every province in force today. Their codes are two digits: ninety look-ups by key, whatever the table holds."""
    w = WILAYAH.alias()
    nomor = func.generate_series(number(10), number(99)).table_valued("nomor").render_derived()
    kode = select(cast(nomor.c.nomor, Text)).correlate_except(nomor)
    where = [
        w.c.kode_kab.in_(kode),
        w.c.kode == w.c.kode_kab,
        w.c.tingkat == number(int(Tingkat.PROVINSI)),
    ]
    return Rows(Row(w, HARI_INI), [*where, berlaku(w, HARI_INI)], [w.c.kode])


def parts(tingkat: Tingkat) -> Link:
    """The regions of the next level, in order of code."""
    # kabupaten are where the key changes: below them every join carries kode_kab
    kab = None if tingkat is Tingkat.KABUPATEN else SHARED
    return link(WILAYAH, {"kode": "kode_induk"}, kab=kab, only={"tingkat": int(tingkat)}, holds=berlaku, order=["kode"])


def above(row: Row, args: Args) -> Rows:
    """The region above."""
    return region_by_code(row, row["kode_induk"])


def predecessors(row: Row, args: Args) -> Rows:
    """What the region was split or merged from, or was called under another code."""
    w, s = WILAYAH.alias(), SILSILAH.alias()
    return _linked(
        w,
        [
            s.c.kode_baru == row["kode"], s.c.sejak_baru == row["berlaku_sejak"],
            w.c.kode_kab == func.left(s.c.kode_lama, 5), w.c.kode == s.c.kode_lama, w.c.berlaku_sejak == s.c.sejak_lama,
        ],
    )  # fmt: skip


def successors(row: Row, args: Args) -> Rows:
    w, s = WILAYAH.alias(), SILSILAH.alias()
    return _linked(
        w,
        [
            s.c.kode_lama == row["kode"], s.c.sejak_lama == row["berlaku_sejak"],
            w.c.kode_kab == func.left(s.c.kode_baru, 5), w.c.kode == s.c.kode_baru, w.c.berlaku_sejak == s.c.sejak_baru,
        ],
    )  # fmt: skip


def _linked(w: Any, where: list[ColumnElement[bool]]) -> Rows:
    return Rows(Row(w, today_or_last(w)), where, [w.c.kode, w.c.berlaku_sejak])


def tingkat(row: Row, args: Args) -> ColumnElement[Any]:
    return array([word(t.name) for t in Tingkat])[row["tingkat"]]


# ---------- boundary: EPSG:4326, longitude first, six decimals (about 0.1 m) ----------


def boundary(row: Row, args: Args) -> ColumnElement[Any]:
    """The boundary as GeoJSON, simplified by up to `toleransiMeter` where that is given and not 0."""
    b = BATAS.alias()
    geom: ColumnElement[Any] = b.c.geom
    if args.has("toleransiMeter"):
        derajat = args.bind("toleransiMeter", Float(), lambda m: max(0.0, float(m or 0)) / _METER_PER_DERAJAT)
        geom = func.ST_SimplifyPreserveTopology(geom, derajat)
    return _of_boundary(row, b, cast(func.ST_AsGeoJSON(geom, 6), JSON))


def point(row: Row, args: Args) -> ColumnElement[Any]:
    b = BATAS.alias()
    return _of_boundary(row, b, cast(func.ST_AsGeoJSON(b.c.titik, 6), JSON))


def bbox(row: Row, args: Args) -> ColumnElement[Any]:
    b = BATAS.alias()
    tepi = [func.ST_XMin(b.c.geom), func.ST_YMin(b.c.geom), func.ST_XMax(b.c.geom), func.ST_YMax(b.c.geom)]
    return _of_boundary(row, b, func.json_build_array(*tepi, type_=JSON))


def area(row: Row, args: Args) -> ColumnElement[Any]:
    b = BATAS.alias()
    return _of_boundary(row, b, b.c.luas_km2)


def _of_boundary(row: Row, b: Any, isi: ColumnElement[Any]) -> ColumnElement[Any]:
    assert row.acuan is not None
    return (
        select(isi)
        .where(
            b.c.kode_kab == row["kode_kab"],
            b.c.kode == row["kode"],
            b.c.wilayah_sejak == row["berlaku_sejak"],
            b.c.sejak <= row.acuan,
            or_(b.c.sampai.is_(None), b.c.sampai > row.acuan),
        )
        .correlate_except(b)
        .scalar_subquery()
    )
