"""EPSG:4326 (degrees, longitude first) to EPSG:3857 (web Mercator, metres at the equator), as tiles need it."""

import math

import numpy as np
import shapely

from geo.arrays import Floats, Geometries

RADIUS = 6_378_137.0  # metres: the sphere of EPSG:3857
WORLD = 2 * math.pi * RADIUS  # metres around it: the width of tile 0/0/0


def to_mercator(shapes: Geometries) -> Geometries:
    """The same shapes in EPSG:3857."""
    projected: Geometries = shapely.transform(shapes, _forward)
    return projected


def to_degrees(shapes: Geometries) -> Geometries:
    """Shapes in EPSG:3857 back in EPSG:4326."""
    unprojected: Geometries = shapely.transform(shapes, _back)
    return unprojected


def _forward(points: Floats) -> Floats:
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack([RADIUS * lon, RADIUS * np.log(np.tan(np.pi / 4 + lat / 2))])


def _back(points: Floats) -> Floats:
    lat = 2 * np.arctan(np.exp(points[:, 1] / RADIUS)) - np.pi / 2
    return np.column_stack([np.degrees(points[:, 0] / RADIUS), np.degrees(lat)])
