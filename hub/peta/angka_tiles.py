"""Figures on the map: one per region, as columns, in tiles, beside boundaries.

The figures are those of `agregat` and `indikator`, from the same selectables under the same role; nothing here decides what
a caller may see. The map shows the regions of the newest list, so figures of an older period are those on later borders.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, Date, Text, bindparam, select

from geo.tile_address import TileAddress
from geo.zoom_bands import band_of
from hub.akses.tertutup import closed
from hub.angka.agregat import agregat_source
from hub.angka.agregat_borders import agregat_by_later_borders
from hub.angka.indikator import indikator_source
from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.batas.drawn import DARI_NOL, Mulai
from hub.db.database import Statement
from hub.db.dialect import DIALECT
from hub.plan.decimals import decimal_sql
from hub.plan.tile_pieces import KOTAK, address_values, area, layer, not_yet


@dataclass(frozen=True, slots=True)
class AngkaPeta:
    """Which figure of which regions. `indikator`: `kode` is an indicator's, else an element's. `akhir`: last day of the
    period. `rincian`: choices of a breakdown, sorted by its names. `hari`: borders of that later day. `lebih_baru`: some
    of the map's regions came to be after the period."""

    kode: str
    indikator: bool
    periode: str
    akhir: date
    tingkat: Tingkat
    wilayah: str
    rincian: tuple[tuple[str, str], ...] = ()
    hari: date | None = None
    lebih_baru: bool = False

    @property
    def _bentuk(self) -> "tuple[bool, Tingkat, bool, bool, bool]":
        return self.indikator, self.tingkat, bool(self.rincian), self.hari is not None, self.lebih_baru

    @property
    def nilai(self) -> dict[str, object]:
        """The parameters of `figures`."""
        isi: dict[str, object] = {
            "a_kode": [self.kode], "a_periode": [self.periode], "a_akhir": [self.akhir], "a_wilayah": self.wilayah,
            "a_rincian": Jsonb(dict(self.rincian)),
        }  # fmt: skip
        if not self.indikator:
            isi["a_dimensi"] = "|".join(n for n, _ in self.rincian)
        if self.hari is not None:
            isi["a_hari"] = self.hari
        return isi

    @property
    def figures(self) -> str:
        """The CTE `angka`: one row per region of the level, in force or on those borders, with what the caller may see."""
        return _angka(*self._bentuk)

    @property
    def whole(self) -> str:
        """The CTE `utuh`: the one row of the region that is asked about itself; its reports are all there are, whether or not
        a kabupaten has regions of the level."""
        return _angka(self.indikator, kode_wilayah.tingkat(self.wilayah), bool(self.rincian), False, False, "utuh")


@cache
def _angka(
    indikator: bool, tingkat: Tingkat, rinci: bool, kemudian: bool, lebih_baru: bool, nama: str = "angka"
) -> str:
    ikat: dict[str, Any] = {
        "wilayah": bindparam("a_wilayah", type_=Text()),
        "kode" if indikator else "elemen": bindparam("a_kode", type_=ARRAY(Text())),
        "periode": bindparam("a_periode", type_=ARRAY(Text())),
        "akhir": bindparam("a_akhir", type_=ARRAY(Date())),
    }
    if indikator:
        sumber = indikator_source(ikat, tingkat)
        kode = sumber.c.kode_wilayah
    else:
        ikat["dimensi"] = bindparam("a_dimensi", type_=Text())
        if kemudian:
            sumber = agregat_by_later_borders(ikat | {"hari": bindparam("a_hari", type_=Date())}, tingkat, rinci=rinci)
        else:
            sumber = agregat_source(ikat, tingkat, rinci=rinci)
        kode = sumber.c.kode
    c = sumber.c
    baris = select(c.kode_kab, kode.label("kode"), c.acuan, c.rincian, c.nilai, c.status, c.diharapkan, c.disetujui)
    # the region as a whole, or the choice asked for; other choices that are closed say nothing of this one
    tutup = "bool_or(b.status = 'DISUPRESI' AND b.rincian = '{}')"
    if rinci and not indikator:
        peka = "(SELECT hub_peka((CAST(%(a_kode)s AS text[]))[1], CAST(%(a_rincian)s AS jsonb)))"
        tutup += " OR " + closed(peka, f"{tingkat:d}", "b.kode_kab")
    # a region that came to be after the period bears the figure of nobody, though its code may be an old one
    sama = """ WHERE EXISTS (SELECT 1 FROM wilayah w WHERE w.kode_kab = b.kode_kab AND w.kode = b.kode
    AND w.berlaku_sampai IS NULL AND w.berlaku_sejak <= b.acuan)"""
    return f"""{nama} AS MATERIALIZED (
  SELECT b.kode_kab, b.kode, max(b.nilai) FILTER (WHERE b.rincian = %(a_rincian)s) AS nilai,
    coalesce(min(b.status) FILTER (WHERE b.rincian = %(a_rincian)s),
      CASE WHEN {tutup} THEN 'DISUPRESI' ELSE 'TIDAK_ADA_DATA' END) AS status,
    max(b.diharapkan) AS diharapkan, max(b.disetujui) AS disetujui
  FROM ({baris.compile(dialect=DIALECT)}) AS b{sama if lebih_baru and not kemudian else ""}
  GROUP BY b.kode_kab, b.kode
)"""


def angka_columns(a: AngkaPeta) -> Statement:
    """One row: JSON texts of three lists in order of code (codes, figures, states), reports expected, reports approved."""
    # utuh first: after it the name angka would be the CTE, no longer the table
    perintah = f"""WITH {a.whole}, {a.figures}
SELECT coalesce('["' || string_agg(kode, '","') || '"]', '[]'), coalesce('[' || string_agg(coalesce({decimal_sql("nilai")}, 'null'), ',') || ']', '[]'),
  coalesce('["' || string_agg(status, '","') || '"]', '[]'),
  (SELECT coalesce(max(diharapkan), 0)::int FROM utuh), (SELECT coalesce(max(disetujui), 0)::int FROM utuh)
FROM (SELECT * FROM angka ORDER BY kode) AS angka"""
    return Statement(perintah, a.nilai)


def angka_tile(ubin: TileAddress, a: AngkaPeta, status: tuple[str, ...], mulai: Mulai = DARI_NOL) -> Statement:
    """One tile: the regions of the level with their figures. `status`: only those; empty: all."""
    isi = address_values(ubin) | a.nilai
    if ubin.z < mulai[a.tingkat - 1]:
        saring = "AND p.kode >= %(a_wilayah)s AND p.kode < %(a_wilayah)s || '/'"
        belum = not_yet("angka", int(a.tingkat), ubin.z, mulai[a.tingkat - 1], saring)
        return Statement(f"WITH {KOTAK} SELECT {belum}", isi)
    if status:
        isi |= {"status": list(status)}
    saring = "AND coalesce(a.status, 'TIDAK_ADA_DATA') = ANY(%(status)s)" if status else ""
    # A left join, written as a full one less what is not in the tile: only a hash can do that. The planner, which expects
    # one region in a tile, would look through all figures for each.
    bidang = f"""SELECT p.*, a.nilai::float8 AS nilai, coalesce(a.status, 'TIDAK_ADA_DATA') AS status FROM (
    SELECT {area("p", ubin.z)} AS geom, p.kode_kab, p.kode, w.nama, '{a.tingkat.name}' AS tingkat
    FROM k JOIN batas_piramida p ON p.geom && k.tepi
      JOIN wilayah w ON w.kode_kab = p.kode_kab AND w.kode = p.kode AND w.berlaku_sejak = p.wilayah_sejak
    WHERE p.tingkat = {int(a.tingkat)} AND p.pita = {band_of(ubin.z).pita}
      AND p.kode >= %(a_wilayah)s AND p.kode < %(a_wilayah)s || '/'
  ) AS p FULL JOIN angka a ON a.kode_kab = p.kode_kab AND a.kode = p.kode
  WHERE coalesce(p.kode, '') <> '' {saring}
  ORDER BY p.kode"""
    isi_layer = "SELECT geom, kode, nama, tingkat, nilai, status FROM isi WHERE geom IS NOT NULL"
    perintah = f"""WITH {KOTAK}, {a.figures}, isi AS MATERIALIZED ({bidang})
SELECT {layer("angka", isi_layer)}"""
    return Statement(perintah, isi)
