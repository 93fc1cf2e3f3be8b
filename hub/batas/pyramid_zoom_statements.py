"""How crowded the map is: regions and bytes of shapes by the tiles they are in, and how large one tile comes out."""

from dataclasses import dataclass

from geo.mercator import WORLD
from geo.tile_address import TileAddress
from geo.zoom_bands import BANDS, DEEPEST_DRAWN
from hub.base.kode import Level
from hub.batas.tiles import wilayah_tile
from hub.db.database import Conn

_SIDE = " ".join(f"WHEN {b.number} THEN {WORLD / 2 ** min(b.highest, DEEPEST_DRAWN)!r}::float8" for b in BANDS)
# a large shape is not read for its size
_CELLS = f"""
WITH s AS MATERIALIZED (
  SELECT p.tingkat, p.pita, floor((ST_X(p.titik) + {WORLD / 2!r}) / s.sisi)::int AS x,
    floor(({WORLD / 2!r} - ST_Y(p.titik)) / s.sisi)::int AS y, pg_column_size(p.geom) AS bita
  FROM batas_piramida p CROSS JOIN LATERAL (SELECT CASE p.pita {_SIDE} END AS sisi) AS s
)
SELECT tingkat, pita, x, y, count(*)::int, sum(bita)::bigint FROM s GROUP BY 1, 2, 3, 4"""


@dataclass(frozen=True, slots=True)
class TileContent:
    """What stands in a tile: how many regions, and the bytes of their shapes as stored."""

    wilayah: int
    shape_bytes: int

    def __add__(self, other: "TileContent") -> "TileContent":
        return TileContent(self.wilayah + other.wilayah, self.shape_bytes + other.shape_bytes)


async def cells(conn: Conn) -> dict[tuple[Level, int], dict[tuple[int, int], TileContent]]:
    """Per level and band: by x and y of the band's deepest zoom, where their label points are."""
    found: dict[tuple[Level, int], dict[tuple[int, int], TileContent]] = {}
    async for level, band, x, y, many, size in await conn.execute(_CELLS):
        found.setdefault((Level(level), band), {})[x, y] = TileContent(many, int(size))
    return found


async def tile_bytes(conn: Conn, tile: TileAddress, level: Level) -> int:
    """How large the tile of all regions of a level comes out."""
    statement = wilayah_tile(tile, level)
    cursor = await conn.execute(statement.sql, statement.params)
    row = await cursor.fetchone()
    assert row is not None
    return len(row[0])
