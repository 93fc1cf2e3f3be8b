"""What statements of tiles are put together from. Boxes and shapes are EPSG:3857; a tile has 4096 units, y to the south.

Every such statement returns one row with one bytea: the layers of the tile one after the other, empty where there is nothing.
"""

from geo.mercator import RADIUS, WORLD
from geo.tile_address import EXTENT, TileAddress, unit
from geo.zoom_bands import band_of

BUFFER = 64  # units: 8 px of a tile drawn 512 px wide; wider than any line that marks a border
_WHOLE = 1_024  # units: a shape that reaches no farther over the edge is not cut there
_HALF = WORLD / 2
_CELL = 256  # units: what stands in one cell is drawn as one; 32 px of a tile drawn 512 px wide

# k: the tile; with the room around it in which shapes count; and the one in which they are not cut
BOX = f"""k AS MATERIALIZED (
  SELECT p.petak, ST_Expand(p.petak, {BUFFER} * %(unit)s::float8) AS tepi, ST_Expand(p.petak, {_WHOLE} * %(unit)s::float8) AS luas
  FROM (SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857) AS petak) AS p
)"""


def address_values(tile: TileAddress) -> dict[str, float]:
    """What the pieces ask for."""
    west, south, east, north = tile.metres
    return {
        "west": west, "south": south, "east": east, "north": north, "unit": unit(tile.z),
        "kolom": -tile.x * EXTENT, "baris": -tile.y * EXTENT,
    }  # fmt: skip


def in_tile(point_sql: str) -> str:
    """Whether a point belongs to this tile."""
    return in_tile_xy(f"ST_X({point_sql})", f"ST_Y({point_sql})")


def area(p: str, zoom: int) -> str:
    """The shape of a row of batas_piramida in units of the tile, joined to `k`; never null within its own tile.

    Most shapes need no more than rounding (see migration 0020), in units of the whole world so that it is the same rounding
    that was tried out. The others are cut and repaired. What is smaller than a unit is drawn one unit large: far away an
    island may vanish, a region never does.
    """
    cut = f"ST_AsMVTGeom({p}.geom, k.petak, {EXTENT}, {BUFFER})"
    rounded = (
        f"ST_Translate(ST_ForcePolygonCCW(ST_SnapToGrid(ST_TransScale({p}.geom, {_HALF!r}, -{_HALF!r}, "
        "1 / %(unit)s::float8, -1 / %(unit)s::float8), 1)), %(kolom)s::float8, %(baris)s::float8)"
    )
    column = f"floor((ST_X({p}.titik) - %(west)s) / %(unit)s)"
    row = f"floor((%(north)s - ST_Y({p}.titik)) / %(unit)s)"
    dot = f"ST_Reverse(ST_MakeEnvelope({column}, {row}, {column} + 1, {row} + 1))"
    return (
        f"coalesce(CASE WHEN {p}.rapi & {1 << zoom if zoom < 12 else 0} <> 0 AND {p}.geom @ k.luas THEN {rounded} ELSE {cut} END, "
        f"CASE WHEN {in_tile(f'{p}.titik')} THEN {dot} END)"
    )


def not_yet(name: str, level: int, zoom: int, first_zoom: int, condition: str = "") -> str:
    """The layer `terpotong` of a tile at a zoom below that from which the level is drawn: how many regions it would hold, none
    of which is shown, and the zoom from which they are."""
    middle = f"ST_MakePoint({EXTENT // 2}, {EXTENT // 2})"
    return layer(
        "terpotong",
        f"SELECT {middle} AS geom, '{name}' AS lapisan, count(*)::int AS banyak, 0 AS ditampilkan, {first_zoom} AS mulai_zoom "
        f"FROM k JOIN batas_piramida p ON p.geom && k.petak "
        f"WHERE p.tingkat = {level} AND p.pita = {band_of(zoom).number} AND {in_tile('p.titik')} {condition} HAVING count(*) > 0",
    )


def point(point_sql: str) -> str:
    """A point of EPSG:3857 in units of the tile."""
    return f"ST_AsMVTGeom({point_sql}, k.petak, {EXTENT}, {BUFFER})"


def layer(name: str, rows: str) -> str:
    """A layer of the tile. `rows`: a select with the column geom, in units; the other columns become properties."""
    return f"(SELECT coalesce(ST_AsMVT(t, '{name}', {EXTENT}, 'geom'), '') FROM ({rows}) AS t)"


def fitting(cte: str, order: str, size: str, most_rows: int, most_bytes: int) -> str:
    """A CTE `muat_…` of the rows of the CTE `cte`, with the column `muat`: whether a row is among the first ones in that order, at
    most so many, that take at most so many bytes in all. `size`: what a row takes, rather more than less."""
    return f"""muat_{cte} AS MATERIALIZED (
  SELECT *, row_number() OVER w <= {most_rows} AND sum({size}) OVER w <= {most_bytes} AS muat
  FROM {cte} WINDOW w AS (ORDER BY {order} ROWS UNBOUNDED PRECEDING)
)"""


def capped(name: str, cte: str, columns: str) -> str:
    """A layer of those rows of `muat_…` that fit. `overflow` says what is left out."""
    return layer(name, f"SELECT {columns} FROM muat_{cte} WHERE muat")


def overflow(*layers: tuple[str, str]) -> str:
    """The layer `terpotong`, where some layer (its name, CTE) does not hold all there is: for each a point in the middle of the
    tile with how many there are and how many are shown."""
    middle = f"ST_MakePoint({EXTENT // 2}, {EXTENT // 2})"
    selects = (
        f"SELECT {middle} AS geom, '{name}' AS lapisan, count(*)::int AS banyak, count(*) FILTER (WHERE muat)::int AS ditampilkan "
        f"FROM muat_{cte} HAVING NOT bool_and(muat)"
        for name, cte in layers
    )
    return layer("terpotong", " UNION ALL ".join(selects))


def crowds(cte: str, common: str, *own: str) -> str:
    """A select of the points of the CTE `cte` (x, y in metres of EPSG:3857, tepat) by cells of the tile, 16 × 16: geom at the middle of
    each cell's points, `banyak`, the column `common` where all have it in common, `tepat` false where none is exact, and the
    columns `own` where a point is alone in its cell."""
    cell = f"floor((x - %(west)s) / %(unit)s / {_CELL})::int AS kolom, floor((%(north)s - y) / %(unit)s / {_CELL})::int AS baris"
    # whatever is said of one alone is looked up: to carry it through the groups took as long as all the rest
    alone = ", ".join(f"a.{k}" for k in own)
    return f"""SELECT ST_MakePoint(round((c.x - %(west)s) / %(unit)s), round((%(north)s - c.y) / %(unit)s)) AS geom, c.banyak, c.{common},
    c.tepat, {alone}
  FROM (SELECT kolom, baris, count(*)::int AS banyak, avg(x) AS x, avg(y) AS y, CASE WHEN min({common}) = max({common}) THEN min({common}) END AS {common},
      CASE WHEN NOT bool_or(tepat) THEN false END AS tepat
    FROM (SELECT *, {cell} FROM {cte}) AS ada GROUP BY kolom, baris) AS c
  LEFT JOIN (SELECT *, {cell} FROM {cte}) AS a ON c.banyak = 1 AND a.kolom = c.kolom AND a.baris = c.baris"""


def metres(point_sql: str) -> tuple[str, str]:
    """x and y in EPSG:3857 of a point of EPSG:4326: what ST_Transform says, a tenth of its time."""
    return f"radians(ST_X({point_sql})) * {RADIUS!r}", f"asinh(tan(radians(ST_Y({point_sql})))) * {RADIUS!r}"


def in_tile_xy(x: str, y: str) -> str:
    """Whether a place in metres belongs to this tile: to one tile of each zoom, and no other."""
    return f"{x} >= %(west)s AND {x} < %(east)s AND {y} > %(south)s AND {y} <= %(north)s"
