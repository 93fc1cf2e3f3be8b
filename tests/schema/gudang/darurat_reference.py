"""The emergency plan worked out by hand: a plain greedy over rows read from the tables, one warehouse after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from tests.client import Client

Lot = tuple[date | None, str, str, Decimal]  # expiry, lot, fund, amount


@dataclass
class Gudang:
    """`distance` in metres, as the database measures it between two points."""

    id: str
    distance: float
    lots: dict[str, list[Lot]] = field(default_factory=dict)
    minimum: dict[str, Decimal] = field(default_factory=dict)


def read_gudang(hub: Client, lon: float, lat: float, km: float) -> list[Gudang]:
    """The warehouses that stand today within reach, nearest first, with what they may give out."""
    rows = hub.sql(
        """SELECT kode_kab || ':' || id, jarak FROM (SELECT *, ST_Distance(titik::geography, ST_SetSRID(ST_MakePoint(%s, %s),
             4326)::geography) AS jarak FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' AND sejak <= current_date
             AND (sampai IS NULL OR sampai > current_date)) s WHERE jarak <= %s ORDER BY jarak""",
        lon, lat, km * 1000,
    )  # fmt: skip
    by_id = {i: Gudang(i, j) for i, j in rows}
    for id_, barang, expiry, lot, fund, amount in hub.sql(
        """SELECT kode_kab || ':' || gudang, barang, kedaluwarsa, lot, sumber_dana, sum(jumlah) FROM mutasi_stok
           WHERE kedaluwarsa IS NULL OR kedaluwarsa > (now() AT TIME ZONE 'Asia/Jakarta')::date GROUP BY 1, 2, 3, 4, 5"""
    ):
        if id_ in by_id and amount:
            by_id[id_].lots.setdefault(barang, []).append((expiry, lot, fund, amount))
    for id_, barang, amount in hub.sql(
        """SELECT DISTINCT ON (gudang, barang) kode_kab || ':' || gudang, barang, jumlah FROM stok_minimum
           WHERE sejak <= (now() AT TIME ZONE 'Asia/Jakarta')::date ORDER BY gudang, barang, sejak DESC"""
    ):
        if id_ in by_id:
            by_id[id_].minimum[barang] = amount
    return list(by_id.values())


def required(
    needs: Sequence[Mapping[str, Any]], kk: Sequence[int | None], people: Sequence[int | None]
) -> dict[str, Decimal]:
    """Needs per goods, whole units; goods of which nothing is known are left out."""
    known = {"perKk": [n for n in kk if n is not None], "perOrang": [n for n in people if n is not None]}
    result: dict[str, Decimal] = {}
    for k in needs:
        for basis in ("jumlah", "perKk", "perOrang"):
            if k.get(basis) is None or (basis != "jumlah" and not known[basis]):
                continue
            times = 1 if basis == "jumlah" else sum(known[basis])
            result[k["barang"]] = result.get(k["barang"], Decimal(0)) + Decimal(str(k[basis])) * times
    return {b: n.to_integral_value(ROUND_CEILING) for b, n in result.items()}


def plan(needed: Mapping[str, Decimal], gudang: Sequence[Gudang], *, keep_minimum: bool) -> list[dict[str, Any]]:
    """One dict per warehouse gone to: id, and per goods what is taken, what stays, and the lots."""
    missing = dict(needed)
    result: list[dict[str, Any]] = []
    for g in gudang:
        if not any(missing.values()):
            break
        taken: dict[str, Any] = {}
        for barang, still in missing.items():
            lots = sorted(g.lots.get(barang, ()), key=lambda x: (x[0] or date.max, x[1], x[2]))
            usable = sum((x[3] for x in lots), Decimal(0))
            minimum = g.minimum.get(barang, Decimal(0))
            share = min(still, max(usable - minimum, Decimal(0)) if keep_minimum else usable)
            if share <= 0:
                continue
            missing[barang] -= share
            rest, sources = share, []
            for expiry, lot, fund, available in lots:
                if rest > 0:
                    sources.append((lot or None, fund, None if expiry is None else str(expiry), min(rest, available)))
                    rest -= min(rest, available)
            taken[barang] = (share, usable, usable - share, minimum, usable - share < minimum, sources)
        result.append({"id": g.id, "jarak": g.distance, "ambil": taken})
    return result
