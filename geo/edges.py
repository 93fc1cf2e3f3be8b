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
    bagian, dari = shapely.get_parts(shapes, return_index=True)
    cincin, dari_bagian = shapely.get_rings(bagian, return_index=True)
    titik, dari_cincin = shapely.get_coordinates(cincin, return_index=True)
    sambung = dari_cincin[:-1] == dari_cincin[1:]
    a, b = titik[:-1][sambung], titik[1:][sambung]
    balik = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a[balik], b[balik] = b[balik], a[balik].copy()
    kunci = np.zeros(len(a), dtype=np.uint64)
    for nilai, kali in zip((a[:, 0], a[:, 1], b[:, 0], b[:, 1]), _MIX, strict=True):
        kunci = (kunci ^ (nilai + 0.0).view(np.uint64)) * np.uint64(kali)  # + 0.0: there is one nought, not two
        kunci ^= kunci >> np.uint64(29)
    return Edges(kunci, dari[dari_bagian[dari_cincin[:-1][sambung]]], np.hypot(*(b - a).T))
