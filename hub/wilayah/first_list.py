"""Days before the oldest list of regions that the hub has of a province: regions are then read by that list.

Figures of years before it (KUBE of 2016) are told of regions that were there all along; without a list of their day nothing
better is known. A province that came out of another one has no days before its own: that was the other's territory.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, exists, func, select

from hub.db.database import Conn
from hub.plan.words import number
from hub.wilayah.tables import LINEAGE, WILAYAH


def region_day(wilayah: str, day: str) -> str:
    """SQL: the day as of which regions of that code's province are looked at for a period that ends on `day`."""
    return f"greatest({day}, ({_oldest(wilayah)}))"


def _oldest(wilayah: str) -> str:
    """One look-up by key: the province itself stands in each of its lists."""
    return f"""SELECT min(f.berlaku_sejak) FROM wilayah f WHERE f.kode_kab = left({wilayah}, 2) AND f.kode = left({wilayah}, 2)
    AND NOT EXISTS (SELECT 1 FROM silsilah l WHERE l.kode_baru = f.kode AND l.sejak_baru = f.berlaku_sejak)"""


def region_day_of(wilayah: ColumnElement[Any], day: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same as an expression."""
    f, s = WILAYAH.alias(), LINEAGE.alias()
    provinsi = func.left(wilayah, number(2))
    has_origin = exists().where(s.c.kode_baru == f.c.kode, s.c.sejak_baru == f.c.berlaku_sejak).correlate_except(s)
    oldest = select(func.min(f.c.berlaku_sejak)).where(f.c.kode_kab == provinsi, f.c.kode == provinsi, ~has_origin)
    return func.greatest(day, oldest.correlate_except(f).scalar_subquery(), type_=Date())


async def oldest_list(conn: Conn, wilayah: str) -> date | None:
    """The day of the oldest list that the hub has of that code's province; None where it has none."""
    cursor = await conn.execute(_oldest("%(wilayah)s"), {"wilayah": wilayah})
    row = await cursor.fetchone()
    day: date | None = row[0] if row else None
    return day
