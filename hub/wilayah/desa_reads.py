"""daftarDesa: desa in force today, under filters and orders that an index serves."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, func, select

from geo.polygon_input import PolygonError, polygon_wkt
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.questions import kode_down_to
from hub.plan.arguments import Args, plain
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS
from hub.plan.words import number
from hub.wilayah.reads import TODAY, in_force_on
from hub.wilayah.tables import BATAS, WILAYAH

_DESA: ColumnElement[Any] = number(4)
_SHORTEST_NAME = 3  # letters; fewer make no trigram, so no index would serve them


def listed(args: Args) -> Rows:
    w = WILAYAH.alias()
    where: list[ColumnElement[bool]] = [w.c.tingkat == _DESA, in_force_on(w, TODAY)]
    if args.field("saring", "di"):
        within = args.bind_field("saring", "di", TEXT, kode_down_to(Level.DESA))
        where += [
            w.c.kode_kab >= func.left(within, 5),
            w.c.kode_kab < func.left(within, 5).concat("/"),
            (w.c.kode == within) | and_(w.c.kode >= within.concat("."), w.c.kode < within.concat("/")),
        ]
    if args.field("saring", "nama"):
        where.append(w.c.kunci.like(args.bind_field("saring", "nama", TEXT, _containing)))
    if args.field("saring", "jenis"):
        where.append(w.c.jenis == func.any(args.bind_field("saring", "jenis", TEXTS, plain)))
    order = _order(args.choices("urut"))
    b = BATAS.alias()
    keys: list[ColumnElement[Any]] = [w.c.kode]
    if order == "NAMA":
        keys = [w.c.nama, w.c.kode]
    elif order == "LUAS":
        keys = [b.c.luas_km2, w.c.kode]
    box, inside = args.field("saring", "bbox"), args.field("saring", "dalam")
    if not (box or inside or order == "LUAS"):
        return Rows(Row(w, TODAY), where, keys, None, keys)
    where += [
        b.c.kode_kab == w.c.kode_kab, b.c.kode == w.c.kode, b.c.wilayah_sejak == w.c.berlaku_sejak,
        b.c.tingkat == _DESA, b.c.sampai.is_(None),
    ]  # fmt: skip
    if box:
        where += within_box(b.c.geom, args)
    if inside:
        # a subselect is worked out once; the bare call, in a plan for any value, reads the text again for every desa
        polygon = select(
            func.ST_GeomFromText(args.bind_field("saring", "dalam", TEXT, _polygon), number(4326))
        ).scalar_subquery()
        where += [b.c.geom.intersects(polygon), func.ST_Contains(polygon, b.c.titik)]
    # two tables, one row source: the compiler reads columns of the region and correlates to nothing else
    return Rows(Row(w, TODAY), where, keys, None, keys, (b,))


def _order(asked: list[str]) -> str:
    chosen = list(dict.fromkeys(asked))
    if chosen[1:] not in ([], ["KODE"]):
        raise InvalidInputError(
            f"Urutan {', '.join(chosen)} tidak dilayani; pakai KODE, NAMA atau LUAS (boleh diikuti KODE)."
        )
    return chosen[0] if chosen else "KODE"


def _containing(text: str) -> str:
    letters = re.sub(r"[^a-z0-9]", "", text.lower())  # as the column `kunci` has it
    if len(letters) < _SHORTEST_NAME:
        raise InvalidInputError(
            f'Saringan nama "{text}" terlalu pendek; tulis paling sedikit {_SHORTEST_NAME} huruf, atau pakai cariWilayah.'
        )
    return f"%{letters}%"


def within_box(geom: Any, args: Args) -> list[ColumnElement[bool]]:
    """The shape itself, not only the box around it, meets the box of the filter `bbox`, its edges included: found by index, then
    looked at. A box without width or height is a line or a point."""
    edges = [args.bind_field("saring", "bbox", Float(), lambda k, i=i: valid_box(k)[i]) for i in range(4)]  # type: ignore[misc]
    box = func.ST_Envelope(func.ST_MakeEnvelope(*edges, number(4326)))
    return [geom.intersects(box), func.ST_Intersects(geom, box)]


def valid_box(nilai: list[float]) -> list[float]:
    """[west, south, east, north] in degrees. Raises InvalidInputError."""
    if len(nilai) != 4:
        raise InvalidInputError(f"bbox berisi empat angka (barat, selatan, timur, utara), bukan {len(nilai)}.")
    west, south, east, north = nilai
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidInputError(
            f"bbox {nilai} tidak sah: barat, selatan, timur, utara dalam derajat, bujur lebih dahulu, dari kecil ke besar."
        )
    return nilai


def _polygon(nilai: Any) -> str:
    try:
        return polygon_wkt(nilai)
    except PolygonError as error:
        raise InvalidInputError(f"dalam: {error}") from None
