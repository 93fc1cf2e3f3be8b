"""A polygon as somebody sends it: an RFC 7946 geometry object, EPSG:4326, longitude first."""

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.repair import repair

_TITIK = 10_000  # positions; a boundary drawn by hand or by a map has hundreds
# Making a broken polygon whole takes a time that grows with the square of its crossings: 0,02 s for a hundred, minutes for
# the ten thousand that two hundred positions can have. So only what somebody may have drawn is mended.
_SILANG = 100  # crossings
_CINCIN = 200  # rings
_CALON = 100_000  # pairs of edges whose boxes meet: what counting the crossings may cost
_SEKALIGUS = 100  # edges looked at in one go


class PolygonError(ValueError):
    """What is wrong with it, in Indonesian, for the one who sent it."""


def polygon_wkt(nilai: dict[str, Any]) -> str:
    """The area as a valid MULTIPOLYGON in WKT, EPSG:4326. Raises PolygonError."""
    jenis = nilai.get("type")
    if jenis not in ("Polygon", "MultiPolygon"):
        apa = f"geometri {jenis}" if isinstance(jenis, str) else '"type" yang bukan teks'
        raise PolygonError(f"{apa} tidak punya luas; kirim Polygon atau MultiPolygon.")
    koordinat = nilai.get("coordinates")
    if _isian(koordinat, 2 if jenis == "Polygon" else 3) > _TITIK:
        raise PolygonError(f"lebih dari {_TITIK} titik; sederhanakan dahulu.")
    try:
        bentuk = shapely.from_geojson(json.dumps({"type": jenis, "coordinates": koordinat}))
    except (shapely.GEOSException, RecursionError, TypeError, ValueError):
        raise PolygonError('"coordinates" tidak terbaca; bentuknya [[[bujur, lintang], …]].') from None
    if bentuk.is_empty:
        raise PolygonError('"coordinates" kosong; tulis sedikitnya satu cincin: [[[bujur, lintang], …]].')
    barat, selatan, timur, utara = shapely.bounds(bentuk)
    if not (-180 <= barat <= timur <= 180 and -90 <= selatan <= utara <= 90):  # not a number fails too
        raise PolygonError("koordinat di luar bumi; EPSG:4326 dalam derajat, bujur lebih dahulu.")
    if not bentuk.is_valid and _kusut(bentuk):
        raise PolygonError(
            f"garisnya terlalu kusut untuk dirapikan (memotong dirinya lebih dari {_SILANG} kali, atau lebih dari {_CINCIN} "
            "cincin yang tidak sah); kirim poligon yang sah."
        )
    rapi, _ = repair(bentuk)
    if rapi is None:
        raise PolygonError("tidak punya luas.")
    return str(shapely.force_2d(rapi).wkt)


def _isian(koordinat: Any, dalam: int) -> int:
    """Items in the lists of that depth, as far as it goes: positions, before anything is built of them."""
    if not isinstance(koordinat, list):
        return 0
    return len(koordinat) if dalam == 1 else sum(_isian(k, dalam - 1) for k in koordinat)


def _kusut(bentuk: BaseGeometry) -> bool:
    """Whether mending this broken polygon would take long."""
    cincin = shapely.get_rings(shapely.get_parts(bentuk))
    if len(cincin) > _CINCIN:
        return True
    titik = [shapely.get_coordinates(c) for c in cincin]
    ruas = shapely.linestrings(np.concatenate([np.stack([t[:-1], t[1:]], axis=1) for t in titik]))
    pohon = shapely.STRtree(ruas)
    calon = silang = 0
    for mulai in range(0, len(ruas), _SEKALIGUS):
        satu, lain = pohon.query(ruas[mulai : mulai + _SEKALIGUS])
        satu, lain = (satu + mulai)[satu + mulai < lain], lain[satu + mulai < lain]  # each pair once, none with itself
        calon += len(satu)
        if calon > _CALON:
            return True
        # edges that meet elsewhere than at an end of one: they cross, or run along each other
        silang += int(
            np.count_nonzero(shapely.intersects(ruas[satu], ruas[lain]) & ~shapely.touches(ruas[satu], ruas[lain]))
        )
        if silang > _SILANG:
            return True
    return False
