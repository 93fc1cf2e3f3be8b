"""Distances on the earth: WGS 84, geodesic, metres. Points are (longitude, latitude) in degrees, EPSG:4326.

A straight line through the earth (a chord, in earth-centred coordinates) is quick to compute and bounds the geodesic from
both sides. Nothing on the ellipsoid is curved more than its meridian at the equator, whose radius is a·(1 − e²), so by
Schur's comparison theorem chord ≤ geodesic ≤ the arc of a circle of that radius over the same chord. The two bounds are
1 mm apart at 10 km and 1 m at 100 km: chords decide almost every pair, and only what lies between the bounds is asked of
the geodesic itself.
"""

import numpy as np
from pyproj import Geod

from geo.arrays import Floats

GEOD = Geod(ellps="WGS84")
_E2 = GEOD.es
_TIGHTEST_RADIUS = GEOD.a * (1 - _E2)  # smallest radius of curvature anywhere on the ellipsoid, metres


def earth_centred(lonlat: Floats) -> Floats:
    """(n, 2) degrees → (n, 3) metres from the earth's centre, height 0."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    normal = GEOD.a / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    axis_distance = normal * np.cos(lat)
    return np.column_stack([axis_distance * np.cos(lon), axis_distance * np.sin(lon), normal * (1 - _E2) * np.sin(lat)])


def distances(a: Floats, b: Floats) -> Floats:
    """Geodesic distances of pairs of points, (n, 2) and (n, 2) degrees → (n,) metres."""
    _, _, metres = GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    return np.asarray(metres, dtype=np.float64)


def longest_geodesic(chord: Floats) -> Floats:
    """The longest a geodesic can be over chords of that length (both metres)."""
    half = np.minimum(1.0, chord / (2 * _TIGHTEST_RADIUS))
    return np.asarray(2 * _TIGHTEST_RADIUS * np.arcsin(half), dtype=np.float64)


def chord_within(metres: float) -> float:
    """A chord not longer than this surely belongs to a geodesic not longer than `metres`."""
    return float(2 * _TIGHTEST_RADIUS * np.sin(min(np.pi / 2, metres / (2 * _TIGHTEST_RADIUS))))
