"""What statements of tiles are put together from. Boxes and shapes are EPSG:3857; a tile has 4096 units, y to the south.

Every such statement returns one row with one bytea: the layers of the tile one after the other, empty where there is nothing.
"""

from geo.mercator import RADIUS, WORLD
from geo.tile_address import EXTENT, TileAddress, unit
from geo.zoom_bands import band_of

BUFFER = 64  # units: 8 px of a tile drawn 512 px wide; wider than any line that marks a border
_WHOLE = 1_024  # units: a shape that reaches no farther over the edge is not cut there
_HALF = WORLD / 2
_SEL = 256  # units: what stands in one cell is drawn as one; 32 px of a tile drawn 512 px wide

# k: the tile; with the room around it in which shapes count; and the one in which they are not cut
KOTAK = f"""k AS MATERIALIZED (
  SELECT p.petak, ST_Expand(p.petak, {BUFFER} * %(unit)s::float8) AS tepi, ST_Expand(p.petak, {_WHOLE} * %(unit)s::float8) AS luas
  FROM (SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857) AS petak) AS p
)"""


def address_values(ubin: TileAddress) -> dict[str, float]:
    """What the pieces ask for."""
    barat, selatan, timur, utara = ubin.metres
    return {
        "west": barat, "south": selatan, "east": timur, "north": utara, "unit": unit(ubin.z),
        "kolom": -ubin.x * EXTENT, "baris": -ubin.y * EXTENT,
    }  # fmt: skip


def in_tile(titik: str) -> str:
    """Whether a point belongs to this tile."""
    return in_tile_xy(f"ST_X({titik})", f"ST_Y({titik})")


def area(p: str, zoom: int) -> str:
    """The shape of a row of batas_piramida in units of the tile, joined to `k`; never null within its own tile.

    Most shapes need no more than rounding (see migration 0020), in units of the whole world so that it is the same rounding
    that was tried out. The others are cut and repaired. What is smaller than a unit is drawn one unit large: far away an
    island may vanish, a region never does.
    """
    potong = f"ST_AsMVTGeom({p}.geom, k.petak, {EXTENT}, {BUFFER})"
    bulat = (
        f"ST_Translate(ST_ForcePolygonCCW(ST_SnapToGrid(ST_TransScale({p}.geom, {_HALF!r}, -{_HALF!r}, "
        "1 / %(unit)s::float8, -1 / %(unit)s::float8), 1)), %(kolom)s::float8, %(baris)s::float8)"
    )
    kolom = f"floor((ST_X({p}.titik) - %(west)s) / %(unit)s)"
    baris = f"floor((%(north)s - ST_Y({p}.titik)) / %(unit)s)"
    setitik = f"ST_Reverse(ST_MakeEnvelope({kolom}, {baris}, {kolom} + 1, {baris} + 1))"
    return (
        f"coalesce(CASE WHEN {p}.rapi & {1 << zoom if zoom < 12 else 0} <> 0 AND {p}.geom @ k.luas THEN {bulat} ELSE {potong} END, "
        f"CASE WHEN {in_tile(f'{p}.titik')} THEN {setitik} END)"
    )


def not_yet(nama: str, tingkat: int, zoom: int, mulai: int, saring: str = "") -> str:
    """The layer `terpotong` of a tile at a zoom below that from which the level is drawn: how many regions it would hold, none
    of which is shown, and the zoom from which they are."""
    tengah = f"ST_MakePoint({EXTENT // 2}, {EXTENT // 2})"
    return layer(
        "terpotong",
        f"SELECT {tengah} AS geom, '{nama}' AS lapisan, count(*)::int AS banyak, 0 AS ditampilkan, {mulai} AS mulai_zoom "
        f"FROM k JOIN batas_piramida p ON p.geom && k.petak "
        f"WHERE p.tingkat = {tingkat} AND p.pita = {band_of(zoom).pita} AND {in_tile('p.titik')} {saring} HAVING count(*) > 0",
    )


def point(titik: str) -> str:
    """A point of EPSG:3857 in units of the tile."""
    return f"ST_AsMVTGeom({titik}, k.petak, {EXTENT}, {BUFFER})"


def layer(nama: str, baris: str) -> str:
    """A layer of the tile. `baris`: a select with the column geom, in units; the other columns become properties."""
    return f"(SELECT coalesce(ST_AsMVT(t, '{nama}', {EXTENT}, 'geom'), '') FROM ({baris}) AS t)"


def fitting(isi: str, urut: str, ukuran: str, paling: int, bita: int) -> str:
    """A CTE `muat_…` of the rows of the CTE `isi`, with the column `muat`: whether a row is among the first ones in that order, at
    most so many, that take at most so many bytes in all. `ukuran`: what a row takes, rather more than less."""
    return f"""muat_{isi} AS MATERIALIZED (
  SELECT *, row_number() OVER w <= {paling} AND sum({ukuran}) OVER w <= {bita} AS muat
  FROM {isi} WINDOW w AS (ORDER BY {urut} ROWS UNBOUNDED PRECEDING)
)"""


def capped(nama: str, isi: str, kolom: str) -> str:
    """A layer of those rows of `muat_…` that fit. `overflow` says what is left out."""
    return layer(nama, f"SELECT {kolom} FROM muat_{isi} WHERE muat")


def overflow(*lapis: tuple[str, str]) -> str:
    """The layer `terpotong`, where some layer (its name, CTE) does not hold all there is: for each a point in the middle of the
    tile with how many there are and how many are shown."""
    tengah = f"ST_MakePoint({EXTENT // 2}, {EXTENT // 2})"
    sisa = (
        f"SELECT {tengah} AS geom, '{nama}' AS lapisan, count(*)::int AS banyak, count(*) FILTER (WHERE muat)::int AS ditampilkan "
        f"FROM muat_{isi} HAVING NOT bool_and(muat)"
        for nama, isi in lapis
    )
    return layer("terpotong", " UNION ALL ".join(sisa))


def crowds(ada: str, sama: str, *sendiri: str) -> str:
    """A select of the points of the CTE `ada` (x, y in metres of EPSG:3857, tepat) by cells of the tile, 16 × 16: geom at the middle of
    each cell's points, `banyak`, the column `sama` where all have it in common, `tepat` false where none is exact, and the
    columns `sendiri` where a point is alone in its cell."""
    sel = f"floor((x - %(west)s) / %(unit)s / {_SEL})::int AS kolom, floor((%(north)s - y) / %(unit)s / {_SEL})::int AS baris"
    # whatever is said of one alone is looked up: to carry it through the groups took as long as all the rest
    alone = ", ".join(f"a.{k}" for k in sendiri)
    return f"""SELECT ST_MakePoint(round((c.x - %(west)s) / %(unit)s), round((%(north)s - c.y) / %(unit)s)) AS geom, c.banyak, c.{sama},
    c.tepat, {alone}
  FROM (SELECT kolom, baris, count(*)::int AS banyak, avg(x) AS x, avg(y) AS y, CASE WHEN min({sama}) = max({sama}) THEN min({sama}) END AS {sama},
      CASE WHEN NOT bool_or(tepat) THEN false END AS tepat
    FROM (SELECT *, {sel} FROM {ada}) AS ada GROUP BY kolom, baris) AS c
  LEFT JOIN (SELECT *, {sel} FROM {ada}) AS a ON c.banyak = 1 AND a.kolom = c.kolom AND a.baris = c.baris"""


def metres(titik: str) -> tuple[str, str]:
    """x and y in EPSG:3857 of a point of EPSG:4326: what ST_Transform says, a tenth of its time."""
    return f"radians(ST_X({titik})) * {RADIUS!r}", f"asinh(tan(radians(ST_Y({titik})))) * {RADIUS!r}"


def in_tile_xy(x: str, y: str) -> str:
    """Whether a place in metres belongs to this tile: to one tile of each zoom, and no other."""
    return f"{x} >= %(west)s AND {x} < %(east)s AND {y} > %(south)s AND {y} <= %(north)s"
