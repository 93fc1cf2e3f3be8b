"""Edges of a coverage: which polygons share which straight pieces of border, exactly.

A piece is known by a 64-bit hash of its two end points, the smaller one first, so both sides know it by the same number.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from geo.arrays import Floats, Geometries, Hashes, Ints

_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)


@dataclass(frozen=True, slots=True)
class Edges:
    """One row per straight piece of every ring. `owner`: index of its polygon. `length`: in units of the coordinates."""

    key: Hashes
    owner: Ints
    length: Floats


def edges_of(shapes: Geometries) -> Edges:
    parts, part_shape = shapely.get_parts(shapes, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, point_ring = shapely.get_coordinates(rings, return_index=True)
    joined = point_ring[:-1] == point_ring[1:]
    a, b = points[:-1][joined], points[1:][joined]
    backward = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a[backward], b[backward] = b[backward], a[backward].copy()
    keys = np.zeros(len(a), dtype=np.uint64)
    for coordinates, factor in zip((a[:, 0], a[:, 1], b[:, 0], b[:, 1]), _MIX, strict=True):
        keys = (keys ^ (coordinates + 0.0).view(np.uint64)) * np.uint64(factor)  # + 0.0: there is one nought, not two
        keys ^= keys >> np.uint64(29)
    return Edges(keys, part_shape[ring_part[point_ring[:-1][joined]]], np.hypot(*(b - a).T))
