"""Tiles of coverage: which desa the resources reach, and the area within the distance. What is covered was worked out already
(hub/cakupan/service.py); here it is joined to the shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import shapely

from geo.tile_address import EXTENT, Box, TileAddress
from geo.zoom_bands import band_of
from hub.base.kode import Level
from hub.batas.drawn import FROM_ZERO, FirstZooms
from hub.db.database import Statement
from hub.peta.geojson import box_values, feature, within_box
from hub.plan.tile_pieces import BOX, BUFFER, address_values, area, layer, not_yet


@dataclass(frozen=True, slots=True)
class CoveredDesa:
    """Columns of the desa of `wilayah`, in order of code. `distance_km`: None where there is no resource or no label point.
    `reached_area`: the area within reach, EPSG:4326, longitude first."""

    wilayah: str
    kode: Sequence[str]
    covered: Sequence[bool]
    distance_km: Sequence[float | None]
    reached_area: shapely.Geometry

    @property
    def nilai(self) -> dict[str, object]:
        return {"c_wilayah": self.wilayah, "c_kode": self.kode, "c_tercakup": self.covered, "c_jarak": self.distance_km}


_COVERED = """c AS MATERIALIZED (
  SELECT left(u.kode, 5) AS kode_kab, u.kode, u.tercakup, round(u.jarak::numeric, 3)::float8 AS jarak_km
  FROM unnest(%(c_kode)s::text[], %(c_tercakup)s::boolean[], %(c_jarak)s::float8[]) AS u(kode, tercakup, jarak)
)"""


def cakupan_tile(tile: TileAddress, c: CoveredDesa, first_zooms: FirstZooms = FROM_ZERO) -> Statement:
    values = {**address_values(tile), **c.nilai, "c_daerah": shapely.to_wkb(_near(c.reached_area, tile))}
    return Statement(_statement(tile.z, first_zooms[Level.DESA - 1]), values)


def _near(reached_area: shapely.Geometry, tile: TileAddress) -> shapely.Geometry:
    """As much of it as the tile can show, and a margin: of a whole province it may be megabytes."""
    west, south, east, north = tile.degrees
    margin = (east - west) * 2 * BUFFER / EXTENT  # degrees; rows of a tile are no higher than it is wide
    return shapely.clip_by_rect(reached_area, west - margin, south - margin, east + margin, north + margin)


@cache
def _statement(zoom: int, first_zoom: int) -> str:
    # a full join less what is in only one of the two: see ubin_angka_source
    areas = f"""bidang AS MATERIALIZED (
  SELECT p.geom, p.kode, p.nama, c.tercakup, c.jarak_km FROM (
    SELECT {area("p", zoom)} AS geom, p.kode_kab, p.kode, w.nama
    FROM k JOIN batas_piramida p ON p.geom && k.tepi
      JOIN wilayah w ON w.kode_kab = p.kode_kab AND w.kode = p.kode AND w.berlaku_sejak = p.wilayah_sejak
    WHERE p.tingkat = {int(Level.DESA)} AND p.pita = {band_of(zoom).number}
      AND p.kode >= %(c_wilayah)s AND p.kode < %(c_wilayah)s || '/'
  ) AS p FULL JOIN c ON c.kode_kab = p.kode_kab AND c.kode = p.kode
  WHERE coalesce(p.kode, '') <> '' AND coalesce(c.kode, '') <> ''
  ORDER BY p.kode
)"""
    circles = f"""lingkaran AS MATERIALIZED (
  SELECT ST_AsMVTGeom(ST_Transform(ST_GeomFromWKB(%(c_daerah)s, 4326), 3857), k.petak, {EXTENT}, {BUFFER}) AS geom FROM k
)"""
    circles_layer = layer("lingkaran", "SELECT geom FROM lingkaran WHERE geom IS NOT NULL")
    if zoom < first_zoom:
        condition = "AND p.kode >= %(c_wilayah)s AND p.kode < %(c_wilayah)s || '/'"
        waiting = not_yet("cakupan", int(Level.DESA), zoom, first_zoom, condition)
        return f"WITH {BOX}, {circles} SELECT {waiting} || {circles_layer}"
    desa_layer = layer("cakupan", "SELECT * FROM bidang WHERE geom IS NOT NULL")
    return f"WITH {', '.join([BOX, _COVERED, areas, circles])} SELECT {desa_layer} || {circles_layer}"


def cakupan_page(c: CoveredDesa, box: Box | None, after: str | None, count: int) -> Statement:
    """GeoJSON of the desa; those without a boundary have no geometry, and are not in any box."""
    values: dict[str, object] = {**c.nilai, **box_values(box), "banyak": count, "sesudah": after}
    properties = {"kode": "w.kode", "nama": "w.nama", "tercakup": "c.tercakup", "jarak_km": "c.jarak_km"}
    conditions = [
        "w.berlaku_sampai IS NULL",
        *([within_box("b.geom")] if box is not None else []),
        *(["c.kode > %(sesudah)s"] if after is not None else []),
    ]
    statement = f"""WITH {_COVERED}
SELECT w.kode, {feature("w.kode", "ST_ForcePolygonCCW(b.geom)", properties)}
FROM c JOIN wilayah w ON w.kode_kab = c.kode_kab AND w.kode = c.kode
  LEFT JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak AND b.sampai IS NULL
WHERE {" AND ".join(conditions)}
ORDER BY w.kode LIMIT %(banyak)s"""
    return Statement(statement, values)
