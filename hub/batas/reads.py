"""mutuBatas: what the newest examination found wrong with boundaries, in order of region."""

from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, and_, cast, func, type_coerce

from hub.base.questions import valid_kode
from hub.batas.tables import BATAS_QUALITY
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS
from hub.wilayah.reads import TODAY


def listed(args: Args) -> Rows:
    """Of the region and all below it."""
    m = BATAS_QUALITY.alias()
    wilayah = args.bind("wilayah", TEXT, valid_kode)
    where: list[ColumnElement[bool]] = [
        m.c.kode_kab >= func.left(wilayah, 5),
        m.c.kode_kab < func.left(wilayah, 5).concat("/"),
        (m.c.kode == wilayah) | and_(m.c.kode >= wilayah.concat("."), m.c.kode < wilayah.concat("/")),
    ]
    if args.has("jenis"):
        where.append(m.c.jenis == func.any(args.bind("jenis", TEXTS)))
    keys = [m.c.kode_kab, m.c.kode, m.c.jenis, m.c.nomor]
    return Rows(Row(m, TODAY), where, keys, None, keys)


def others(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["lain"], ARRAY(KODE))


def geometry(row: Row, args: Args) -> ColumnElement[Any]:
    return cast(func.ST_AsGeoJSON(row["geom"], 7), JSON)
