"""Tiles of regions: polygons of one level, and from where they are large enough to be named a layer of label points."""

from functools import cache

from geo.tile_address import TileAddress
from geo.zoom_bands import band_of
from hub.base.kode import Level
from hub.batas.drawn import FROM_ZERO, SHAPES_VERSION, FirstZooms
from hub.db.database import Statement
from hub.plan.tile_pieces import BOX, address_values, area, in_tile, layer, not_yet, point

# from which zoom a name finds room in most regions of a level
_ZOOM_LEVEL = ((Level.DESA, 11), (Level.KECAMATAN, 8), (Level.KABUPATEN, 5), (Level.PROVINSI, 0))
ZOOM_LABEL = {Level.PROVINSI: 0, Level.KABUPATEN: 5, Level.KECAMATAN: 8, Level.DESA: 10}


def level_at(zoom: int, first_zooms: FirstZooms = FROM_ZERO) -> Level:
    """The level that is drawn where none is asked for."""
    level = next((t for t, from_zoom in _ZOOM_LEVEL if zoom >= from_zoom))
    return next((Level(t) for t in range(level, 1, -1) if first_zooms[t - 1] <= zoom), Level.PROVINSI)


def wilayah_tile(
    tile: TileAddress, asked_level: Level | None, within: str | None = None, first_zooms: FirstZooms = FROM_ZERO
) -> Statement:
    """One tile. `asked_level` None: the level of the zoom. `within`: only what is at that code and below."""
    level = asked_level or level_at(tile.z, first_zooms)
    values = {**address_values(tile), "di": within}
    if tile.z < first_zooms[level - 1]:
        return Statement(_not_yet(level, tile.z, first_zooms[level - 1], within is not None), values)
    return Statement(_statement(level, tile.z, within is not None), values)


def _where(is_partial: bool) -> str:
    return "AND p.kode >= %(di)s AND p.kode < %(di)s || '/'" if is_partial else ""


@cache
def _not_yet(level: Level, zoom: int, first_zoom: int, is_partial: bool) -> str:
    return f"WITH {BOX} SELECT {not_yet('wilayah', int(level), zoom, first_zoom, _where(is_partial))}, {SHAPES_VERSION}"


@cache
def _statement(level: Level, zoom: int, is_partial: bool) -> str:
    where = _where(is_partial)
    content = f"""isi AS MATERIALIZED (
  SELECT {area("p", zoom)} AS geom, p.titik, p.kode, w.nama, w.jenis, p.contoh
  FROM k JOIN batas_piramida p ON p.geom && k.tepi
    JOIN wilayah w ON w.kode_kab = p.kode_kab AND w.kode = p.kode AND w.berlaku_sejak = p.wilayah_sejak
  WHERE p.tingkat = {int(level)} AND p.pita = {band_of(zoom).number} {where}
  ORDER BY p.kode
)"""
    polygons = f"SELECT geom, kode, nama, '{level.name}' AS tingkat, jenis, contoh FROM isi WHERE geom IS NOT NULL"
    label = f"SELECT {point('isi.titik')} AS geom, kode, nama, '{level.name}' AS tingkat FROM isi, k WHERE {in_tile('isi.titik')}"
    layers = [layer("wilayah", polygons), *([layer("label", label)] if zoom >= ZOOM_LABEL[level] else [])]
    # the version beside the shapes, out of one snapshot: what is kept for ever must not bear another's name
    return f"WITH {BOX}, {content} SELECT {' || '.join(layers)}, {SHAPES_VERSION}"
