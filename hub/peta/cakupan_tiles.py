"""Tiles of coverage: which desa the resources reach, and the area within the distance. What is covered was worked out already
(hub/cakupan/service.py); here it is joined to the shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import shapely

from geo.tile_address import EXTENT, Box, TileAddress
from geo.zoom_bands import band_of
from hub.base.kode import Tingkat
from hub.batas.drawn import DARI_NOL, Mulai
from hub.db.database import Statement
from hub.peta.geojson import box_values, feature, within_box
from hub.plan.tile_pieces import BUFFER, KOTAK, address_values, area, layer, not_yet


@dataclass(frozen=True, slots=True)
class Tercakup:
    """Columns of the desa of `wilayah`, in order of code. `jarak_km`: None where there is no resource or no label point.
    `daerah`: the area within reach, EPSG:4326, longitude first."""

    wilayah: str
    kode: Sequence[str]
    tercakup: Sequence[bool]
    jarak_km: Sequence[float | None]
    daerah: shapely.Geometry

    @property
    def nilai(self) -> dict[str, object]:
        return {"c_wilayah": self.wilayah, "c_kode": self.kode, "c_tercakup": self.tercakup, "c_jarak": self.jarak_km}


_KOLOM = """c AS MATERIALIZED (
  SELECT left(u.kode, 5) AS kode_kab, u.kode, u.tercakup, round(u.jarak::numeric, 3)::float8 AS jarak_km
  FROM unnest(%(c_kode)s::text[], %(c_tercakup)s::boolean[], %(c_jarak)s::float8[]) AS u(kode, tercakup, jarak)
)"""


def cakupan_tile(ubin: TileAddress, c: Tercakup, mulai: Mulai = DARI_NOL) -> Statement:
    isi = {**address_values(ubin), **c.nilai, "c_daerah": shapely.to_wkb(_dekat(c.daerah, ubin))}
    return Statement(_perintah(ubin.z, mulai[Tingkat.DESA - 1]), isi)


def _dekat(daerah: shapely.Geometry, ubin: TileAddress) -> shapely.Geometry:
    """As much of it as the tile can show, and a margin: of a whole province it may be megabytes."""
    barat, selatan, timur, utara = ubin.degrees
    tepi = (timur - barat) * 2 * BUFFER / EXTENT  # degrees; rows of a tile are no higher than it is wide
    return shapely.clip_by_rect(daerah, barat - tepi, selatan - tepi, timur + tepi, utara + tepi)


@cache
def _perintah(zoom: int, mulai: int) -> str:
    # a full join less what is in only one of the two: see ubin_angka_source
    bidang = f"""bidang AS MATERIALIZED (
  SELECT p.geom, p.kode, p.nama, c.tercakup, c.jarak_km FROM (
    SELECT {area("p", zoom)} AS geom, p.kode_kab, p.kode, w.nama
    FROM k JOIN batas_piramida p ON p.geom && k.tepi
      JOIN wilayah w ON w.kode_kab = p.kode_kab AND w.kode = p.kode AND w.berlaku_sejak = p.wilayah_sejak
    WHERE p.tingkat = {int(Tingkat.DESA)} AND p.pita = {band_of(zoom).pita}
      AND p.kode >= %(c_wilayah)s AND p.kode < %(c_wilayah)s || '/'
  ) AS p FULL JOIN c ON c.kode_kab = p.kode_kab AND c.kode = p.kode
  WHERE coalesce(p.kode, '') <> '' AND coalesce(c.kode, '') <> ''
  ORDER BY p.kode
)"""
    lingkaran = f"""lingkaran AS MATERIALIZED (
  SELECT ST_AsMVTGeom(ST_Transform(ST_GeomFromWKB(%(c_daerah)s, 4326), 3857), k.petak, {EXTENT}, {BUFFER}) AS geom FROM k
)"""
    daerah = layer("lingkaran", "SELECT geom FROM lingkaran WHERE geom IS NOT NULL")
    if zoom < mulai:
        saring = "AND p.kode >= %(c_wilayah)s AND p.kode < %(c_wilayah)s || '/'"
        belum = not_yet("cakupan", int(Tingkat.DESA), zoom, mulai, saring)
        return f"WITH {KOTAK}, {lingkaran} SELECT {belum} || {daerah}"
    lapis = layer("cakupan", "SELECT * FROM bidang WHERE geom IS NOT NULL")
    return f"WITH {', '.join([KOTAK, _KOLOM, bidang, lingkaran])} SELECT {lapis} || {daerah}"


def cakupan_page(c: Tercakup, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
    """GeoJSON of the desa; those without a boundary have no geometry, and are not in any box."""
    isi: dict[str, object] = {**c.nilai, **box_values(kotak), "banyak": banyak, "sesudah": sesudah}
    ciri = {"kode": "w.kode", "nama": "w.nama", "tercakup": "c.tercakup", "jarak_km": "c.jarak_km"}
    syarat = [
        "w.berlaku_sampai IS NULL",
        *([within_box("b.geom")] if kotak is not None else []),
        *(["c.kode > %(sesudah)s"] if sesudah is not None else []),
    ]
    perintah = f"""WITH {_KOLOM}
SELECT w.kode, {feature("w.kode", "ST_ForcePolygonCCW(b.geom)", ciri)}
FROM c JOIN wilayah w ON w.kode_kab = c.kode_kab AND w.kode = c.kode
  LEFT JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak AND b.sampai IS NULL
WHERE {" AND ".join(syarat)}
ORDER BY w.kode LIMIT %(banyak)s"""
    return Statement(perintah, isi)
