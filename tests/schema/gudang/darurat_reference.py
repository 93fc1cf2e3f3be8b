"""The emergency plan worked out by hand: a plain greedy over rows read from the tables, one warehouse after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from tests.client import Klien

Lot = tuple[date | None, str, str, Decimal]  # expiry, lot, fund, amount


@dataclass
class Gudang:
    """`jarak` in metres, as the database measures it between two points."""

    id: str
    jarak: float
    lots: dict[str, list[Lot]] = field(default_factory=dict)
    minimum: dict[str, Decimal] = field(default_factory=dict)


def baca_gudang(hub: Klien, lon: float, lat: float, km: float) -> list[Gudang]:
    """The warehouses that stand today within reach, nearest first, with what they may give out."""
    isi = hub.sql(
        """SELECT kode_kab || ':' || id, jarak FROM (SELECT *, ST_Distance(titik::geography, ST_SetSRID(ST_MakePoint(%s, %s),
             4326)::geography) AS jarak FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' AND sejak <= current_date
             AND (sampai IS NULL OR sampai > current_date)) s WHERE jarak <= %s ORDER BY jarak""",
        lon, lat, km * 1000,
    )  # fmt: skip
    semua = {i: Gudang(i, j) for i, j in isi}
    for id_, barang, habis, lot, dana, jumlah in hub.sql(
        """SELECT kode_kab || ':' || gudang, barang, kedaluwarsa, lot, sumber_dana, sum(jumlah) FROM mutasi_stok
           WHERE kedaluwarsa IS NULL OR kedaluwarsa > (now() AT TIME ZONE 'Asia/Jakarta')::date GROUP BY 1, 2, 3, 4, 5"""
    ):
        if id_ in semua and jumlah:
            semua[id_].lots.setdefault(barang, []).append((habis, lot, dana, jumlah))
    for id_, barang, jumlah in hub.sql(
        """SELECT DISTINCT ON (gudang, barang) kode_kab || ':' || gudang, barang, jumlah FROM stok_minimum
           WHERE sejak <= (now() AT TIME ZONE 'Asia/Jakarta')::date ORDER BY gudang, barang, sejak DESC"""
    ):
        if id_ in semua:
            semua[id_].minimum[barang] = jumlah
    return list(semua.values())


def butuh(
    kebutuhan: Sequence[Mapping[str, Any]], kk: Sequence[int | None], orang: Sequence[int | None]
) -> dict[str, Decimal]:
    """Needs per goods, whole units; goods of which nothing is known are left out."""
    tahu = {"perKk": [n for n in kk if n is not None], "perOrang": [n for n in orang if n is not None]}
    hasil: dict[str, Decimal] = {}
    for k in kebutuhan:
        for apa in ("jumlah", "perKk", "perOrang"):
            if k.get(apa) is None or (apa != "jumlah" and not tahu[apa]):
                continue
            kali = 1 if apa == "jumlah" else sum(tahu[apa])
            hasil[k["barang"]] = hasil.get(k["barang"], Decimal(0)) + Decimal(str(k[apa])) * kali
    return {b: n.to_integral_value(ROUND_CEILING) for b, n in hasil.items()}


def rencana(perlu: Mapping[str, Decimal], gudang: Sequence[Gudang], *, sisakan: bool) -> list[dict[str, Any]]:
    """One dict per warehouse gone to: id, and per goods what is taken, what stays, and the lots."""
    kurang = dict(perlu)
    hasil: list[dict[str, Any]] = []
    for g in gudang:
        if not any(kurang.values()):
            break
        ambil: dict[str, Any] = {}
        for barang, masih in kurang.items():
            lots = sorted(g.lots.get(barang, ()), key=lambda x: (x[0] or date.max, x[1], x[2]))
            layak = sum((x[3] for x in lots), Decimal(0))
            minimum = g.minimum.get(barang, Decimal(0))
            bagian = min(masih, max(layak - minimum, Decimal(0)) if sisakan else layak)
            if bagian <= 0:
                continue
            kurang[barang] -= bagian
            sisa, dari = bagian, []
            for habis, lot, dana, ada in lots:
                if sisa > 0:
                    dari.append((lot or None, dana, None if habis is None else str(habis), min(sisa, ada)))
                    sisa -= min(sisa, ada)
            ambil[barang] = (bagian, layak, layak - bagian, minimum, layak - bagian < minimum, dari)
        hasil.append({"id": g.id, "jarak": g.jarak, "ambil": ambil})
    return hasil
