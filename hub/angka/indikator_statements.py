"""Indicators as the checks of a rekap need them: unrounded values of one reporter."""

from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Date, Text, bindparam, select

from hub.angka.indikator import indikator_source
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.db.database import Conn
from hub.db.dialect import DIALECT


@cache
def _statement(level: Level) -> str:
    binds: dict[str, Any] = {
        "wilayah": bindparam("wilayah", type_=Text()),
        "kode": bindparam("kode", type_=ARRAY(Text())),
        "periode": bindparam("periode", type_=ARRAY(Text())),
        "akhir": bindparam("akhir", type_=ARRAY(Date())),
    }
    rows = indikator_source(binds, level)
    return str(select(rows.c.kode, rows.c.nilai_utuh).compile(dialect=DIALECT))


async def values_of(conn: Conn, wilayah: str, periode: str, kode: list[str]) -> list[tuple[str, Decimal]]:
    """(indicator, value) of those indicators ("I04.anak") that can be computed for that region and period."""
    cursor = await conn.execute(
        _statement(kode_wilayah.level_of(wilayah)),
        {"wilayah": wilayah, "kode": kode, "periode": [periode], "akhir": [Periode.read(periode).last_day]},
    )
    return [(k, n) for k, n in await cursor.fetchall() if n is not None]
