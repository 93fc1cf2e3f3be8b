"""Figures on the map: one per region, as columns, in tiles, beside boundaries.

The figures are those of `agregat` and `indikator`, from the same selectables under the same role; nothing here decides what
a caller may see. The map shows the regions of the newest list, so figures of an older period are those on later borders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, Date, Text, bindparam, select

from geo.tile_address import TileAddress
from geo.zoom_bands import band_of
from hub.akses.closed_figures import closed
from hub.angka.agregat import agregat_source
from hub.angka.agregat_borders import agregat_by_later_borders
from hub.angka.indikator import indikator_source
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.batas.drawn import FROM_ZERO, FirstZooms
from hub.db.database import Statement
from hub.db.dialect import DIALECT
from hub.plan.decimals import decimal_sql
from hub.plan.tile_pieces import BOX, address_values, area, layer, not_yet
from hub.rilis.shown_rows import CLOSED

STATUS_MEANINGS: Mapping[str, str] = {
    "ADA": "Ada angka",
    "NOL": "Nol",
    "TIDAK_ADA_DATA": "Tidak ada data",
    "TIDAK_DILAKSANAKAN": "Tidak dilaksanakan",
    "TIDAK_BERLAKU": "Tidak berlaku",
    CLOSED: "Dirahasiakan untuk melindungi orangnya",
}
"""What is said of a figure in files, for whoever does not know the word."""
WHY_CLOSED = (
    "DISUPRESI: dirahasiakan untuk melindungi orangnya. Angkanya sangat peka, terlalu rinci wilayahnya, sedikit sekali, atau angka "
    "yang sedikit dapat dihitung darinya."
)


@dataclass(frozen=True, slots=True)
class AngkaPeta:
    """Which figure of which regions. `indikator`: `kode` is an indicator's, else an element's. `last_day`: last day of the
    period. `rincian`: choices of a breakdown, sorted by its names. `borders_day`: borders of that later day. `has_newer_regions`: some
    of the map's regions came to be after the period."""

    kode: str
    indikator: bool
    periode: str
    last_day: date
    level: Level
    wilayah: str
    rincian: tuple[tuple[str, str], ...] = ()
    borders_day: date | None = None
    has_newer_regions: bool = False

    @property
    def _shape(self) -> "tuple[bool, Level, bool, bool, bool]":
        return self.indikator, self.level, bool(self.rincian), self.borders_day is not None, self.has_newer_regions

    @property
    def nilai(self) -> dict[str, object]:
        """The parameters of `figures`."""
        values: dict[str, object] = {
            "a_kode": [self.kode], "a_periode": [self.periode], "a_akhir": [self.last_day], "a_wilayah": self.wilayah,
            "a_rincian": Jsonb(dict(self.rincian)),
        }  # fmt: skip
        if not self.indikator:
            values["a_dimensi"] = "|".join(n for n, _ in self.rincian)
        if self.borders_day is not None:
            values["a_hari"] = self.borders_day
        return values

    @property
    def figures(self) -> str:
        """The CTE `angka`: one row per region of the level, in force or on those borders, with what the caller may see."""
        return _angka(*self._shape)

    @property
    def whole(self) -> str:
        """The CTE `utuh`: the one row of the region that is asked about itself; its reports are all there are, whether or not
        a kabupaten has regions of the level."""
        return _angka(self.indikator, kode_wilayah.level_of(self.wilayah), bool(self.rincian), False, False, "utuh")


@cache
def _angka(
    indikator: bool, level: Level, detailed: bool, later: bool, has_newer_regions: bool, name: str = "angka"
) -> str:
    binds: dict[str, Any] = {
        "wilayah": bindparam("a_wilayah", type_=Text()),
        "kode" if indikator else "elemen": bindparam("a_kode", type_=ARRAY(Text())),
        "periode": bindparam("a_periode", type_=ARRAY(Text())),
        "akhir": bindparam("a_akhir", type_=ARRAY(Date())),
    }
    if indikator:
        source = indikator_source(binds, level)
        kode = source.c.kode_wilayah
    else:
        binds["dimensi"] = bindparam("a_dimensi", type_=Text())
        if later:
            source = agregat_by_later_borders(
                binds | {"hari": bindparam("a_hari", type_=Date())}, level, detailed=detailed
            )
        else:
            source = agregat_source(binds, level, detailed=detailed)
        kode = source.c.kode
    c = source.c
    rows = select(c.kode_kab, kode.label("kode"), c.acuan, c.rincian, c.nilai, c.status, c.diharapkan, c.disetujui)
    # the region as a whole, or the choice asked for; other choices that are closed say nothing of this one
    closed_condition = "bool_or(b.status = 'DISUPRESI' AND b.rincian = '{}')"
    if detailed and not indikator:
        sensitive = "(SELECT hub_peka((CAST(%(a_kode)s AS text[]))[1], CAST(%(a_rincian)s AS jsonb)))"
        closed_condition += " OR " + closed(sensitive, f"{level:d}", "b.kode_kab")
    # a region that came to be after the period bears the figure of nobody, though its code may be an old one
    still_in_force = """ WHERE EXISTS (SELECT 1 FROM wilayah w WHERE w.kode_kab = b.kode_kab AND w.kode = b.kode
    AND w.berlaku_sampai IS NULL AND w.berlaku_sejak <= b.acuan)"""
    return f"""{name} AS MATERIALIZED (
  SELECT b.kode_kab, b.kode, max(b.nilai) FILTER (WHERE b.rincian = %(a_rincian)s) AS nilai,
    coalesce(min(b.status) FILTER (WHERE b.rincian = %(a_rincian)s),
      CASE WHEN {closed_condition} THEN 'DISUPRESI' ELSE 'TIDAK_ADA_DATA' END) AS status,
    max(b.diharapkan) AS diharapkan, max(b.disetujui) AS disetujui
  FROM ({rows.compile(dialect=DIALECT)}) AS b{still_in_force if has_newer_regions and not later else ""}
  GROUP BY b.kode_kab, b.kode
)"""


def angka_columns(a: AngkaPeta) -> Statement:
    """One row: JSON texts of three lists in order of code (codes, figures, states), reports expected, reports approved."""
    # utuh first: after it the name angka would be the CTE, no longer the table
    statement = f"""WITH {a.whole}, {a.figures}
SELECT coalesce('["' || string_agg(kode, '","') || '"]', '[]'), coalesce('[' || string_agg(coalesce({decimal_sql("nilai")}, 'null'), ',') || ']', '[]'),
  coalesce('["' || string_agg(status, '","') || '"]', '[]'),
  (SELECT coalesce(max(diharapkan), 0)::int FROM utuh), (SELECT coalesce(max(disetujui), 0)::int FROM utuh)
FROM (SELECT * FROM angka ORDER BY kode) AS angka"""
    return Statement(statement, a.nilai)


def angka_tile(
    tile: TileAddress, a: AngkaPeta, status: tuple[str, ...], first_zooms: FirstZooms = FROM_ZERO
) -> Statement:
    """One tile: the regions of the level with their figures. `status`: only those; empty: all."""
    values = address_values(tile) | a.nilai
    if tile.z < first_zooms[a.level - 1]:
        condition = "AND p.kode >= %(a_wilayah)s AND p.kode < %(a_wilayah)s || '/'"
        waiting = not_yet("angka", int(a.level), tile.z, first_zooms[a.level - 1], condition)
        return Statement(f"WITH {BOX} SELECT {waiting}", values)
    if status:
        values |= {"status": list(status)}
    condition = "AND coalesce(a.status, 'TIDAK_ADA_DATA') = ANY(%(status)s)" if status else ""
    # A left join, written as a full one less what is not in the tile: only a hash can do that. The planner, which expects
    # one region in a tile, would look through all figures for each.
    areas = f"""SELECT p.*, a.nilai::float8 AS nilai, coalesce(a.status, 'TIDAK_ADA_DATA') AS status FROM (
    SELECT {area("p", tile.z)} AS geom, p.kode_kab, p.kode, w.nama, '{a.level.name}' AS tingkat
    FROM k JOIN batas_piramida p ON p.geom && k.tepi
      JOIN wilayah w ON w.kode_kab = p.kode_kab AND w.kode = p.kode AND w.berlaku_sejak = p.wilayah_sejak
    WHERE p.tingkat = {int(a.level)} AND p.pita = {band_of(tile.z).number}
      AND p.kode >= %(a_wilayah)s AND p.kode < %(a_wilayah)s || '/'
  ) AS p FULL JOIN angka a ON a.kode_kab = p.kode_kab AND a.kode = p.kode
  WHERE coalesce(p.kode, '') <> '' {condition}
  ORDER BY p.kode"""
    layer_rows = "SELECT geom, kode, nama, tingkat, nilai, status FROM isi WHERE geom IS NOT NULL"
    statement = f"""WITH {BOX}, {a.figures}, isi AS MATERIALIZED ({areas})
SELECT {layer("angka", layer_rows)}"""
    return Statement(statement, values)
