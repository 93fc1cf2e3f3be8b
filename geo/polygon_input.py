"""A polygon as somebody sends it: an RFC 7946 geometry object, EPSG:4326, longitude first."""

import json
from typing import Any

import shapely

from geo.repair import repair

_TITIK = 10_000  # positions; a boundary drawn by hand or by a map has hundreds


class PolygonError(ValueError):
    """What is wrong with it, in Indonesian, for the one who sent it."""


def polygon_wkt(nilai: dict[str, Any]) -> str:
    """The area as a valid MULTIPOLYGON in WKT, EPSG:4326. Raises PolygonError."""
    jenis = nilai.get("type")
    if jenis not in ("Polygon", "MultiPolygon"):
        raise PolygonError(f"geometri {jenis} tidak punya luas; kirim Polygon atau MultiPolygon.")
    try:
        bentuk = shapely.from_geojson(json.dumps({"type": jenis, "coordinates": nilai.get("coordinates")}))
    except (shapely.GEOSException, TypeError, ValueError):
        raise PolygonError('"coordinates" tidak terbaca; bentuknya [[[bujur, lintang], …]].') from None
    if shapely.get_num_coordinates(bentuk) > _TITIK:
        raise PolygonError(f"lebih dari {_TITIK} titik; sederhanakan dahulu.")
    barat, selatan, timur, utara = shapely.bounds(bentuk)
    if not (-180 <= barat <= timur <= 180 and -90 <= selatan <= utara <= 90):  # not a number fails too
        raise PolygonError("koordinat di luar bumi; EPSG:4326 dalam derajat, bujur lebih dahulu.")
    rapi, _ = repair(bentuk)
    if rapi is None:
        raise PolygonError("tidak punya luas.")
    return str(shapely.force_2d(rapi).wkt)
