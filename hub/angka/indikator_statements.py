"""Indicators as the checks of a rekap need them: unrounded values of one reporter."""

from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Date, Text, bindparam, select

from hub.angka.indikator import indikator_source
from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.base.periode import Periode
from hub.db.database import Conn
from hub.db.dialect import DIALECT


@cache
def _perintah(tingkat: Tingkat) -> str:
    ikat: dict[str, Any] = {
        "wilayah": bindparam("wilayah", type_=Text()),
        "kode": bindparam("kode", type_=ARRAY(Text())),
        "periode": bindparam("periode", type_=ARRAY(Text())),
        "akhir": bindparam("akhir", type_=ARRAY(Date())),
    }
    baris = indikator_source(ikat, tingkat)
    return str(select(baris.c.kode, baris.c.nilai_utuh).compile(dialect=DIALECT))


async def values_of(conn: Conn, wilayah: str, periode: str) -> list[tuple[str, Decimal]]:
    """(indicator, value) of every main ratio that can be computed for that region and period."""
    kursor = await conn.execute("SELECT kode FROM indikator WHERE varian = '' AND jenis = 'RASIO'")
    kode = [k for (k,) in await kursor.fetchall()]
    kursor = await conn.execute(
        _perintah(kode_wilayah.tingkat(wilayah)),
        {"wilayah": wilayah, "kode": kode, "periode": [periode], "akhir": [Periode.baca(periode).akhir]},
    )
    return [(k, n) for k, n in await kursor.fetchall() if n is not None]
