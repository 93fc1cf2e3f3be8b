"""Rows of `terdekat`: active social resources around a point, the nearest first. One whose place is unknown, or is kept
secret, is nowhere near.

Distances are geodesic, on the WGS 84 spheroid. The index on geography(titik) hands out rows in order of their distance on
the sphere (`<->`), which is off by up to 0.6 %: so it is asked for more rows than are wanted, and the nearest of those are
taken. Where more than these lie within 1.2 % of one distance, one of them may stand for another.
"""

import math
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Numeric, cast, func, select

from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.words import number, word
from hub.sumber_daya.reads import JARAK_TERJAUH_KM, stands
from hub.sumber_daya.tables import SUMBER_DAYA, TERBUKA
from hub.wilayah.cari_reads import titik_sah
from hub.wilayah.reads import HARI_INI

TERBANYAK = 100
BATAS, JARAK_KM = 5, 50.0  # where they are not given
_LEBIH = 20  # rows looked at beyond twice as many as are wanted
_PALING: ColumnElement[Any] = number(2 * TERBANYAK + _LEBIH)


def nearest(args: Args) -> Rows:
    lon, lat = (
        args.bind_together(("lon", "lat"), Float(), lambda lon, lat, i=i: titik_sah(lon, lat)[i]) for i in range(2)
    )
    titik = func.geography(func.ST_SetSRID(func.ST_MakePoint(lon, lat), number(4326)))
    batas = args.bind("batas", Integer(), _banyak)
    s: Any = SUMBER_DAYA.alias()
    letak = func.geography(s.c.titik)
    where = [stands(s, HARI_INI), s.c.titik.is_not(None)]
    if args.has("jenis"):
        # written out: how many there are of them decides which index serves, and a plan kept for any list cannot know
        where.append(s.c.jenis.in_([word(j) for j in args.choices("jenis")]))
    urut = (
        select(*(s.c[k] for k in TERBUKA), func.ST_Distance(letak, titik, type_=Float()).label("jarak"))
        .where(*where)
        .order_by(letak.op("<->")(titik))
        .limit(_PALING)
        .correlate_except(s)
        .cte("urut", nesting=True)
        .prefix_with("MATERIALIZED")
    )
    # Two limits: the planner chooses the index by the one it can read, the other stops the scan (a CTE is read as far as it
    # is used). How far one looks is said outside of both: a distance that the planner does not know it takes for a short one.
    calon = select(*urut.c).limit(batas * 2 + _LEBIH).correlate_except(urut).subquery()
    dekat = calon.c.jarak <= args.bind("jarakKm", Float(), _meter)
    return Rows(Row(calon, HARI_INI), [dekat], [calon.c.jarak, calon.c.kode_kab, calon.c.id], batas)


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
        return JARAK_KM * 1000
    return jarak_sah(km, "jarakKm") * 1000


def jarak_sah(km: float, nama: str) -> float:
    """A distance to look, kilometres. Raises MasukanTidakSahError."""
    if not (math.isfinite(km) and km > 0):
        raise MasukanTidakSahError(f"{nama} harus lebih dari 0, bukan {km:g}.")
    if km > JARAK_TERJAUH_KM:
        raise BatasTerlampauiError(f"{nama} paling jauh {JARAK_TERJAUH_KM}, bukan {km:g}.")
    return km


def _banyak(batas: int | None) -> int:
    if batas is None:
        return BATAS
    if batas < 1:
        raise MasukanTidakSahError(f"batas paling sedikit 1; {batas} tidak menghasilkan apa pun.")
    if batas > TERBANYAK:
        raise BatasTerlampauiError(f"batas paling banyak {TERBANYAK}; daftarSumberDaya dengan dekat memberi semuanya.")
    return batas
