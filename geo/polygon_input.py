"""A polygon as somebody sends it: an RFC 7946 geometry object, EPSG:4326, longitude first."""

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.repair import repair

_MOST_POSITIONS = 10_000  # positions; a boundary drawn by hand or by a map has hundreds
# Making a broken polygon whole takes a time that grows with the square of its crossings: 0,02 s for a hundred, minutes for
# the ten thousand that two hundred positions can have. So only what somebody may have drawn is mended.
_MOST_CROSSINGS = 100  # crossings
_MOST_RINGS = 200  # rings
_MOST_CANDIDATES = 100_000  # pairs of edges whose boxes meet: what counting the crossings may cost
_AT_ONCE = 100  # edges looked at in one go


class PolygonError(ValueError):
    """What is wrong with it, in Indonesian, for the one who sent it."""


def polygon_wkt(given: dict[str, Any]) -> str:
    """The area as a valid MULTIPOLYGON in WKT, EPSG:4326. Raises PolygonError."""
    kind = given.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        what = f"geometri {kind}" if isinstance(kind, str) else '"type" yang bukan teks'
        raise PolygonError(f"{what} tidak punya luas; kirim Polygon atau MultiPolygon.")
    coordinates = given.get("coordinates")
    if _count_positions(coordinates, 2 if kind == "Polygon" else 3) > _MOST_POSITIONS:
        raise PolygonError(f"lebih dari {_MOST_POSITIONS} titik; sederhanakan dahulu.")
    try:
        shape = shapely.from_geojson(json.dumps({"type": kind, "coordinates": coordinates}))
    except (shapely.GEOSException, RecursionError, TypeError, ValueError):
        raise PolygonError('"coordinates" tidak terbaca; bentuknya [[[bujur, lintang], …]].') from None
    if shape.is_empty:
        raise PolygonError('"coordinates" kosong; tulis sedikitnya satu cincin: [[[bujur, lintang], …]].')
    west, south, east, north = shapely.bounds(shape)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # not a number fails too
        raise PolygonError("koordinat di luar bumi; EPSG:4326 dalam derajat, bujur lebih dahulu.")
    if not shape.is_valid and _is_tangled(shape):
        raise PolygonError(
            f"garisnya terlalu kusut untuk dirapikan (memotong dirinya lebih dari {_MOST_CROSSINGS} kali, atau lebih dari {_MOST_RINGS} "
            "cincin yang tidak sah); kirim poligon yang sah."
        )
    repaired, _ = repair(shape)
    if repaired is None:
        raise PolygonError("tidak punya luas.")
    return str(shapely.force_2d(repaired).wkt)


def _count_positions(coordinates: Any, depth: int) -> int:
    """Items in the lists of that depth, as far as it goes: positions, before anything is built of them."""
    if not isinstance(coordinates, list):
        return 0
    return len(coordinates) if depth == 1 else sum(_count_positions(k, depth - 1) for k in coordinates)


def _is_tangled(shape: BaseGeometry) -> bool:
    """Whether mending this broken polygon would take long."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    if len(rings) > _MOST_RINGS:
        return True
    points = [shapely.get_coordinates(c) for c in rings]
    segments = shapely.linestrings(np.concatenate([np.stack([t[:-1], t[1:]], axis=1) for t in points]))
    tree = shapely.STRtree(segments)
    candidates = crossings = 0
    for start in range(0, len(segments), _AT_ONCE):
        first, second = tree.query(segments[start : start + _AT_ONCE])
        first, second = (
            (first + start)[first + start < second],
            second[first + start < second],
        )  # each pair once, none with itself
        candidates += len(first)
        if candidates > _MOST_CANDIDATES:
            return True
        # edges that meet elsewhere than at an end of one: they cross, or run along each other
        crossings += int(
            np.count_nonzero(
                shapely.intersects(segments[first], segments[second])
                & ~shapely.touches(segments[first], segments[second])
            )
        )
        if crossings > _MOST_CROSSINGS:
            return True
    return False
