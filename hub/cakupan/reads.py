"""Rows of coverage. What was worked out travels as arrays, one row per desa or region, and is joined to the regions and
resources it speaks of: one statement, however many rows. Regions are looked at as of today."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ARRAY, Boolean, Float, Integer, Numeric, cast, column, func
from sqlalchemy.types import TypeEngine

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError, LimitExceededError
from hub.base.kode import Level
from hub.cakupan.computation import CakupanResult, Proposal, Summary
from hub.plan.arguments import Args, plain
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import TODAY, in_force_on, today_or_last
from hub.wilayah.tables import WILAYAH

_TEXT, _UUID = KODE, SUMBER_DAYA.c.id.type
_CODE_LENGTHS = {Level.PROVINSI: 2, Level.KABUPATEN: 5, Level.KECAMATAN: 8, Level.DESA: 13}  # letters of a code

_Column = tuple[str, TypeEngine[Any], Sequence[Any]]


def rows_of_desa(args: Args) -> Rows:
    """baris: the desa of an answer, filtered, in the order asked for."""
    result: CakupanResult = args.source.result
    x = result.reach
    chosen = _chosen(result, plain(args.value("hanya")), plain(args.value("urut")), args.value("first"))
    nearest_ids = [x.resources.id[j] if j >= 0 else None for j in x.distances.nearest_index[chosen]]
    nearest_kab = [x.resources.kode_kab[j] if j >= 0 else None for j in x.distances.nearest_index[chosen]]
    kode = [x.kode[i] for i in chosen]
    columns: list[_Column] = [
        ("kode_kab", _TEXT, [k[:5] for k in kode]),
        ("kode", _TEXT, kode),
        ("terdekat_kab", _TEXT, nearest_kab),
        ("terdekat_id", _UUID, nearest_ids),
        ("jarak_km", Float(), _rounded(x.distance_km[chosen], 3)),
        ("tercakup", Boolean(), x.covered[chosen].tolist()),
        ("persen_luas", Float(), _rounded(_or_nan(result.area_shares, chosen) * 100, 2)),
        ("bobot", Numeric(), [None] * len(kode) if result.weights is None else result.weights.nilai[chosen].tolist()),
        (
            "status_bobot",
            _TEXT,
            [None] * len(kode) if result.weights is None else result.weights.status[chosen].tolist(),
        ),
        ("keterjangkauan", Float(), _rounded(_or_nan(result.akses, chosen), 6)),
        ("keterjangkauan_lengkap", Boolean(), _completeness(result, chosen)),
    ]
    return _rows(args, columns)


def rows_of_regions(args: Args) -> Rows:
    """perWilayah: one row per region of that level, in order of code."""
    result: CakupanResult = args.source.result
    level, wilayah = Level[plain(args.value("tingkat"))], result.reach.question.wilayah
    if kode_wilayah.level_of(wilayah) > level:
        raise InvalidInputError(
            f"{wilayah} adalah {kode_wilayah.level_of(wilayah).name.lower()}; tidak dapat dirinci per {level.name.lower()}."
        )
    summaries: list[Summary] = result.per_part(_CODE_LENGTHS[level])
    columns: list[_Column] = [
        ("kode_kab", _TEXT, [r.kode[:5] for r in summaries]),
        ("kode", _TEXT, [r.kode for r in summaries]),
    ]
    for name, sql_type in (
        ("jumlah_desa", Integer()), ("desa_tanpa_titik", Integer()), ("desa_tercakup", Integer()), ("persen_desa", Float()),
        ("bobot", Numeric()), ("bobot_tanpa_titik", Numeric()), ("bobot_tercakup", Numeric()), ("persen_bobot", Float()),
        ("desa_tanpa_bobot", Integer()), ("status_bobot", _TEXT), ("persen_luas", Float()), ("sumber_daya", Integer()),
    ):  # fmt: skip
        columns.append((name, sql_type, [getattr(r, name) for r in summaries]))
    return _rows(args, columns)


def rows_of_proposals(args: Args) -> Rows:
    """usulanLokasi: the places, best first."""
    proposals: list[Proposal] = args.source
    columns: list[_Column] = [
        ("kode_kab", _TEXT, [u.kode[:5] for u in proposals]),
        ("kode", _TEXT, [u.kode for u in proposals]),
        ("urutan", Integer(), [u.urutan for u in proposals]),
        ("tambahan_desa", Integer(), [u.tambahan_desa for u in proposals]),
        ("tambahan_bobot", Numeric(), [u.tambahan_bobot for u in proposals]),
    ]
    return _rows(args, columns)


def region_of_answer(args: Args) -> Rows:
    """The region that was asked about."""
    kode, w = args.source.result.reach.question.wilayah, WILAYAH.alias()
    matching = [w.c.kode_kab == args.constant(kode[:5], TEXT), w.c.kode == args.constant(kode, TEXT)]
    return Rows(Row(w, TODAY), [*matching, in_force_on(w, TODAY)])


nearest = link(SUMBER_DAYA, {"terdekat_id": "id"}, kab=("terdekat_kab", "kode_kab"), day=today_or_last)
"""The resource nearest to a desa."""


def _rows(args: Args, columns: Sequence[_Column]) -> Rows:
    """Columns side by side as rows, in their order."""
    arrays = [cast(args.constant(list(values), ARRAY(sql_type)), ARRAY(sql_type)) for _, sql_type, values in columns]
    named_columns = [column(n, sql_type) for n, sql_type, _ in columns]
    unnested = func.unnest(*arrays).table_valued(*named_columns, with_ordinality="nomor_baris").render_derived()
    return Rows(Row(unnested, TODAY), (), [unnested.c.nomor_baris])


def _chosen(result: CakupanResult, only: str | None, order: str | None, first: int | None) -> "np.ndarray[Any, Any]":
    """Indices of the rows to show. What has no place in an order comes last; equals keep the order of code."""
    if first is not None and first < 0:
        raise LimitExceededError(f"first harus 0 atau lebih, bukan {first}.")
    x = result.reach
    placed = ~np.isnan(x.desa.lonlat[:, 0])
    masks = {
        None: np.ones(len(x.desa), dtype=np.bool_), "TERCAKUP": x.covered, "CELAH": placed & ~x.covered, "TANPA_TITIK": ~placed
    }  # fmt: skip
    chosen = np.flatnonzero(masks[only])
    if order == "JARAK":
        chosen = chosen[np.argsort(-np.nan_to_num(x.distances.meter[chosen], nan=-1.0), kind="stable")]
    elif order == "BOBOT" and result.weights is not None:
        chosen = chosen[np.argsort(-np.nan_to_num(result.weights.angka[chosen], nan=-1.0), kind="stable")]
    return chosen if first is None else chosen[:first]


def _or_nan(nilai: Any, chosen: Any) -> Any:
    return np.full(len(chosen), np.nan) if nilai is None else nilai[chosen]


def _completeness(result: CakupanResult, chosen: Any) -> list[bool | None]:
    if result.akses is None or result.akses_complete is None:
        return [None] * len(chosen)
    return [
        None if np.isnan(a) else bool(b)
        for a, b in zip(result.akses[chosen], result.akses_complete[chosen], strict=True)
    ]


def _rounded(nilai: Any, angka: int) -> list[float | None]:
    """Rounded, nan as null."""
    return [None if np.isnan(n) else round(float(n), angka) for n in nilai]
