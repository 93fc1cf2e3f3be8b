"""Addresses of tiles: z/x/y of the web's one grid (XYZ: row 0 in the north), in EPSG:3857.

Tile 0/0/0 is the whole square world; one zoom deeper there are four in its place.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.mercator import RADIUS, WORLD

DEEPEST = 22  # beyond it a pixel is smaller than a hand
EXTENT = 4096  # units across a tile, as vector tiles have them
LATITUDE = 85.0511287798066  # degrees; the square ends there

Box = tuple[float, float, float, float]  # west, south, east, north

_NUMBER = re.compile(r"0|[1-9]\d{0,7}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class TileAddress:
    """One tile that exists."""

    z: int
    x: int
    y: int

    @classmethod
    def read(cls, z: str, x: str, y: str) -> "TileAddress":
        """Parse the parts of a path. Raises ValueError (Indonesian message) for a tile that does not exist."""
        if not all(_NUMBER.fullmatch(part) for part in (z, x, y)):
            raise ValueError(f'Alamat ubin "{z}/{x}/{y}" harus tiga bilangan bulat z/x/y.')
        if int(z) > DEEPEST:
            raise ValueError(f"Zoom {z} terlalu dalam; paling dalam {DEEPEST}.")
        if max(int(x), int(y)) >= 2 ** int(z):
            raise ValueError(f"Ubin {z}/{x}/{y} tidak ada: pada zoom {z}, x dan y dari 0 sampai {2 ** int(z) - 1}.")
        return cls(int(z), int(x), int(y))

    @property
    def metres(self) -> Box:
        """Its box in EPSG:3857."""
        side = WORLD / 2**self.z
        west, north = self.x * side - WORLD / 2, WORLD / 2 - self.y * side
        return west, north - side, west + side, north

    @property
    def degrees(self) -> Box:
        """Its box in EPSG:4326, longitude first."""
        west, south, east, north = self.metres
        return _lon(west), _lat(south), _lon(east), _lat(north)

    @property
    def parts(self) -> "tuple[TileAddress, ...]":
        """The four tiles one zoom deeper."""
        return tuple(TileAddress(self.z + 1, 2 * self.x + i, 2 * self.y + j) for j in (0, 1) for i in (0, 1))


def unit(z: int) -> float:
    """Metres (EPSG:3857) of one unit in a tile of that zoom."""
    return float(WORLD / 2**z / EXTENT)


def tile_at(lon: float, lat: float, z: int) -> TileAddress:
    """The tile that holds a point (degrees); points beyond the square belong to its edge."""
    n = 2**z
    lat = math.radians(max(-LATITUDE, min(LATITUDE, lat)))
    x = math.floor((lon + 180) / 360 * n)
    y = math.floor((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * n)
    return TileAddress(z, max(0, min(n - 1, x)), max(0, min(n - 1, y)))


def tiles_over(box: Box, z: int) -> Iterator[TileAddress]:
    """All tiles of a zoom that touch a box (degrees), row by row."""
    first, last = tile_at(box[0], box[3], z), tile_at(box[2], box[1], z)
    for y in range(first.y, last.y + 1):
        for x in range(first.x, last.x + 1):
            yield TileAddress(z, x, y)


def _lon(x: float) -> float:
    return math.degrees(x / RADIUS)


def _lat(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(y / RADIUS)) - math.pi / 2)
