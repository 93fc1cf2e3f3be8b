"""Tiles of regions: polygons of one level, and from where they are large enough to be named a layer of label points."""

from functools import cache

from geo.tile_address import TileAddress
from geo.zoom_bands import band_of
from hub.base.kode import Tingkat
from hub.batas.drawn import BENTUK, DARI_NOL, Mulai
from hub.db.database import Statement
from hub.plan.tile_pieces import KOTAK, address_values, area, in_tile, layer, not_yet, point

# from which zoom a name finds room in most regions of a level
_ZOOM_LEVEL = ((Tingkat.DESA, 11), (Tingkat.KECAMATAN, 8), (Tingkat.KABUPATEN, 5), (Tingkat.PROVINSI, 0))
ZOOM_LABEL = {Tingkat.PROVINSI: 0, Tingkat.KABUPATEN: 5, Tingkat.KECAMATAN: 8, Tingkat.DESA: 10}


def level_at(zoom: int, mulai: Mulai = DARI_NOL) -> Tingkat:
    """The level that is drawn where none is asked for."""
    level = next((t for t, from_zoom in _ZOOM_LEVEL if zoom >= from_zoom))
    return next((Tingkat(t) for t in range(level, 1, -1) if mulai[t - 1] <= zoom), Tingkat.PROVINSI)


def wilayah_tile(
    ubin: TileAddress, tingkat: Tingkat | None, di: str | None = None, mulai: Mulai = DARI_NOL
) -> Statement:
    """One tile. `tingkat` None: the level of the zoom. `di`: only what is at that code and below."""
    level = tingkat or level_at(ubin.z, mulai)
    isi = {**address_values(ubin), "di": di}
    if ubin.z < mulai[level - 1]:
        return Statement(_belum(level, ubin.z, mulai[level - 1], di is not None), isi)
    return Statement(_perintah(level, ubin.z, di is not None), isi)


def _saring(sebagian: bool) -> str:
    return "AND p.kode >= %(di)s AND p.kode < %(di)s || '/'" if sebagian else ""


@cache
def _belum(tingkat: Tingkat, zoom: int, mulai: int, sebagian: bool) -> str:
    return f"WITH {KOTAK} SELECT {not_yet('wilayah', int(tingkat), zoom, mulai, _saring(sebagian))}, {BENTUK}"


@cache
def _perintah(tingkat: Tingkat, zoom: int, sebagian: bool) -> str:
    saring = _saring(sebagian)
    isi = f"""isi AS MATERIALIZED (
  SELECT {area("p", zoom)} AS geom, p.titik, p.kode, w.nama, w.jenis, p.contoh
  FROM k JOIN batas_piramida p ON p.geom && k.tepi
    JOIN wilayah w ON w.kode_kab = p.kode_kab AND w.kode = p.kode AND w.berlaku_sejak = p.wilayah_sejak
  WHERE p.tingkat = {int(tingkat)} AND p.pita = {band_of(zoom).pita} {saring}
  ORDER BY p.kode
)"""
    bidang = f"SELECT geom, kode, nama, '{tingkat.name}' AS tingkat, jenis, contoh FROM isi WHERE geom IS NOT NULL"
    label = f"SELECT {point('isi.titik')} AS geom, kode, nama, '{tingkat.name}' AS tingkat FROM isi, k WHERE {in_tile('isi.titik')}"
    lapis = [layer("wilayah", bidang), *([layer("label", label)] if zoom >= ZOOM_LABEL[tingkat] else [])]
    # the version beside the shapes, out of one snapshot: what is kept for ever must not bear another's name
    return f"WITH {KOTAK}, {isi} SELECT {' || '.join(lapis)}, {BENTUK}"
