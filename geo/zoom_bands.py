"""Which simplified boundary serves which zoom.

Tiles are 256 px wide with 4096 units. A band's tolerance is about half a pixel at its highest zoom: what is taken away there
could hardly be seen. The finest band takes nothing away.
"""

from dataclasses import dataclass

from geo.mercator import WORLD

TILE_PX = 256
DEEPEST_DRAWN = 14  # deeper, clients draw the tiles of this zoom larger: one unit is 60 cm there
_DEEPEST = 24  # no map asks deeper


@dataclass(frozen=True, slots=True)
class Band:
    """`number`: its number, as stored. Zooms `lowest` to `highest`, both included. `tolerance`: metres of EPSG:3857, the
    square root of the area of the triangles that simplification removes; 0: nothing is removed."""

    number: int
    lowest: int
    highest: int
    tolerance: float


def metres_per_pixel(zoom: int) -> float:
    """Of EPSG:3857."""
    return WORLD / TILE_PX / float(1 << zoom)


BANDS = (
    *(Band(n, a, b, metres_per_pixel(b) / 2) for n, (a, b) in enumerate([(0, 5), (6, 7), (8, 9), (10, 11)])),
    Band(4, 12, _DEEPEST, 0.0),
)
FINEST = BANDS[-1].number
COARSER = tuple(b for b in reversed(BANDS) if b.tolerance)  # from fine to coarse, without the finest


def band_of(zoom: int) -> Band:
    """The band that serves that zoom. Zooms beyond the deepest have the finest."""
    return next((b for b in BANDS if zoom <= b.highest), BANDS[-1])
