"""Regions whose borders moved: that came into force or ended on a day, gave something off or took something in."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Date, and_, func, literal_column, or_, select, union

from hub.plan.words import word
from hub.wilayah.first_list import region_day_of
from hub.wilayah.tables import LINEAGE, WILAYAH

_AT_THE_END = (
    "gabung",
    "pecah_gabung",
)  # links that hold from the day the older region ended (hub/wilayah/lineage_walk.py)
_NEVER: ColumnElement[Any] = literal_column("'-infinity'::date", Date)

Falls = Callable[[ColumnElement[Any]], ColumnElement[bool]]
"""Whether a day (SQL) is one of those that are looked at."""


def moved_regions(kode_kab: ColumnElement[Any], falls: Falls) -> "CompoundSelect[Any]":
    """Codes of a kabupaten's regions, itself included, that began or ended on such a day (not with the oldest list of their province), or
    that a link of such a day leads from or to. May be correlated to the row that `kode_kab` and the days are of."""
    w = WILAYAH.alias()
    begun = and_(falls(w.c.berlaku_sejak), w.c.berlaku_sejak > region_day_of(w.c.kode_kab, _NEVER))
    own = select(w.c.kode).where(w.c.kode_kab == kode_kab, or_(begun, falls(w.c.berlaku_sampai))).correlate_except(w)
    return union(own, *(_linked(end, kode_kab, falls) for end in ("kode_lama", "kode_baru")))


def _linked(end: str, kode_kab: ColumnElement[Any], falls: Falls) -> Any:
    s, ended = LINEAGE.alias(), WILAYAH.alias()
    same = [ended.c.kode_kab == func.left(s.c.kode_lama, 5), ended.c.kode == s.c.kode_lama]
    holds_at_the_end = s.c.jenis.in_([word(k) for k in _AT_THE_END])
    return (
        select(s.c[end].label("kode"))
        .select_from(s.outerjoin(ended, and_(*same, ended.c.berlaku_sejak == s.c.sejak_lama)))
        .where(
            s.c[end] >= kode_kab,
            s.c[end] < func.concat(kode_kab, word("/")),
            or_(
                and_(s.c.jenis != word("gabung"), falls(s.c.sejak_baru)),
                and_(holds_at_the_end, falls(ended.c.berlaku_sampai)),
            ),
        )
        .correlate_except(s, ended)
    )
