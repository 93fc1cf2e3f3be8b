"""From which zoom each level is drawn: the lowest at which no tile of it, nor of any deeper zoom, is too much.

What is too much depends on the country, not on the level: the desa of two provinces are drawn from zoom 0 on, those of all
Indonesia are not. So it is looked at whenever the map is drawn anew, in the same transaction.
"""

from collections.abc import Mapping

from geo.tile_address import TileAddress
from geo.zoom_bands import DEEPEST_DRAWN, band_of
from hub.base.kode import Level
from hub.batas.drawn import FirstZooms
from hub.batas.pyramid_zoom_statements import TileContent, cells, tile_bytes
from hub.db.database import Conn

LARGEST_TILE = (
    400_000  # bytes; tiles of figures and of coverage, which hold more of each region, stay below 500 kB with it
)
MOST_REGIONS = 5_000  # regions; it is they that take time
_MEASURED = 2  # fullest tiles that are made to see how large they are

Cells = Mapping[tuple[int, int], TileContent]


async def lowest_zooms(conn: Conn) -> FirstZooms:
    """For each level, provinces first."""
    found = await cells(conn)
    first = [await _lowest(conn, level, {b: c for (t, b), c in found.items() if t is level}) for level in Level]
    return first[0], first[1], first[2], first[3]


async def _lowest(conn: Conn, level: Level, bands: Mapping[int, Cells]) -> int:
    zoom, at = DEEPEST_DRAWN, bands.get(band_of(DEEPEST_DRAWN).number, {})
    while not await _too_much(conn, level, zoom, at):
        if zoom == 0:
            return 0
        zoom -= 1
        at = bands.get(band_of(zoom).number, {}) if band_of(zoom).highest == zoom else _coarser(at)
    return min(zoom + 1, DEEPEST_DRAWN)


async def _too_much(conn: Conn, level: Level, zoom: int, at: Cells) -> bool:
    if any(c.wilayah > MOST_REGIONS for c in at.values()):
        return True
    fullest = sorted(at.items(), key=lambda item: _at_most(item[1]), reverse=True)[:_MEASURED]
    for (x, y), content in fullest:
        if _at_most(content) > LARGEST_TILE and await tile_bytes(conn, TileAddress(zoom, x, y), level) > LARGEST_TILE:
            return True
    return False


def _at_most(content: TileContent) -> int:
    """Bytes of a tile, more rather than less: a point has 16 bytes as stored and at most about 4 there, beside what is said of
    each region."""
    return content.shape_bytes // 4 + 200 * content.wilayah


def _coarser(at: Cells) -> dict[tuple[int, int], TileContent]:
    """By tiles of the zoom above."""
    above: dict[tuple[int, int], TileContent] = {}
    for (x, y), content in at.items():
        key = x >> 1, y >> 1
        above[key] = above[key] + content if key in above else content
    return above
