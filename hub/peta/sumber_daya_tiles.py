"""Tiles of social resources: far away how many stand together, near each of them; how many also where a tile cannot hold each.

A shelter has no point (a constraint of its table says so), so none is ever drawn. Points are stored in EPSG:4326. What has
none of its own stands at the label point of its desa, where that is drawn, and says so.
"""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import TileAddress
from geo.zoom_bands import band_of
from hub.db.database import Statement
from hub.plan.tile_pieces import BOX, address_values, crowds, in_tile, in_tile_xy, layer, metres, point

NAME = "sumber-daya"
SINGLES_ZOOM = 10  # from here on each one is drawn
MOST_BYTES = 400_000  # bytes of what is drawn one by one in a tile, rather more than less
_COLUMNS = "id, jenis, nama, pemilik, aktif, kode_desa"
_SIZE = "60 + octet_length(concat(id, nama, pemilik, kode_desa))"


def sumber_daya_tile(tile: TileAddress, kinds: Sequence[str], active: bool | None) -> Statement:
    """One tile. `kinds` empty: of every kind; `active` None: whether or not it stands today."""
    west, south, east, north = tile.degrees
    values: dict[str, object] = {
        **address_values(tile),
        "barat": west,
        "selatan": south,
        "timur": east,
        "utara": north,
    }
    if kinds:
        values["jenis"] = list(kinds)
    if active is not None:
        values["aktif"] = active
    return Statement(_statement(tile.z, bool(kinds), active is not None), values)


ACTIVE = "(s.sejak <= current_date AND s.hari_terakhir >= current_date)"


# several of one desa as one: what is said of one alone is not said of them
_GROUP_COLUMNS = ", ".join(
    [
        "count(*)::int AS banyak", "CASE WHEN min(jenis) = max(jenis) THEN min(jenis) END AS jenis",
        *(f"CASE WHEN count(*) = 1 THEN min({k}) END AS {k}" for k in ("id", "nama", "pemilik")),
        "CASE WHEN count(*) = 1 THEN bool_and(aktif) END AS aktif",
    ]
)  # fmt: skip


@cache
def _statement(zoom: int, per_kind: bool, per_active: bool) -> str:
    conditions = [
        *(["s.jenis = ANY(%(jenis)s)"] if per_kind else []),
        *([f"{ACTIVE} = %(aktif)s"] if per_active else []),
    ]
    # a hair wider, for degrees and metres are not rounded alike; in_tile decides
    in_box = "s.titik && ST_Expand(ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326), 1e-7)"
    columns = f"s.kode_kab || ':' || s.id AS id, s.jenis, s.nama, s.pemilik, {ACTIVE} AS aktif, s.kode_desa"
    x, y = metres("s.titik")
    present = f"""ada AS MATERIALIZED (
  SELECT * FROM (
    SELECT {x} AS x, {y} AS y, {columns}, true AS tepat FROM sumber_daya s WHERE {" AND ".join([in_box, *conditions])} OFFSET 0
  ) AS s WHERE {in_tile_xy("s.x", "s.y")}
  UNION ALL
  SELECT ST_X(d.titik), ST_Y(d.titik), {columns}, false
  FROM k JOIN batas_piramida d ON d.geom && k.petak JOIN sumber_daya s ON s.kode_kab = d.kode_kab AND s.kode_desa = d.kode
  WHERE d.tingkat = 4 AND d.pita = {band_of(zoom).number} AND {in_tile("d.titik")} AND {" AND ".join(["s.titik IS NULL", "NOT s.rahasia", *conditions])}
)"""
    groups = f"{crowds('ada', 'jenis', 'id', 'nama', 'pemilik', 'kode_desa', 'aktif')} ORDER BY a.id"
    if zoom < SINGLES_ZOOM:
        return f"WITH {BOX}, {present} SELECT {layer(NAME, groups)}"
    # those of one desa stand on one another: drawn as one
    singles = f"""isi AS MATERIALIZED (
  SELECT {_point("ada")} AS geom, {_COLUMNS}, NULL::int AS banyak, NULL::boolean AS tepat
  FROM ada, k WHERE ada.tepat
  UNION ALL
  SELECT {_point("g")}, {_COLUMNS}, nullif(g.banyak, 1), false
  FROM k CROSS JOIN (SELECT x, y, kode_desa, {_GROUP_COLUMNS} FROM ada WHERE NOT tepat GROUP BY x, y, kode_desa) AS g
), muat AS MATERIALIZED (SELECT coalesce(sum({_SIZE}) <= {MOST_BYTES}, true) AS semua FROM isi)"""
    # where not all fit, they are drawn as from afar, so that each is counted
    drawn = f"""SELECT geom, {_COLUMNS}, banyak, tepat FROM (
    SELECT geom, {_COLUMNS}, banyak, tepat FROM isi, muat WHERE semua
    UNION ALL SELECT geom, {_COLUMNS}, banyak, tepat FROM ({groups}) AS g, muat WHERE NOT semua
  ) AS semua ORDER BY id"""
    return f"WITH {BOX}, {present}, {singles} SELECT {layer(NAME, drawn)}"


def _point(t: str) -> str:
    return point(f"ST_SetSRID(ST_MakePoint({t}.x, {t}.y), 3857)")
