"""Tiles and pages of what is wrong with boundaries (mutu_batas): the places themselves, and a point for each, for from afar most
places are smaller than a pixel. Places are stored in EPSG:4326, longitude first."""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import EXTENT, Box, TileAddress
from hub.db.database import Statement
from hub.peta.geojson import SEPARATOR, box_values, feature, within_box
from hub.plan.tile_pieces import BOX, BUFFER, address_values, capped, fitting, in_tile, overflow, point

NAME, POINTS_NAME = "mutu-batas", "mutu-batas-titik"
MOST_PLACES = 5_000  # places, and points, in one tile
MOST_BYTES = 220_000  # bytes of places, and of points, in one tile, rather more than less
PAGE_SIZE = 500
_PROPERTIES = {"kode": "m.kode", "jenis": "m.jenis", "lain": "array_to_string(m.lain, ', ')", "luas_m2": "round(m.luas_m2)", "bagian": "m.bagian"}  # fmt: skip
_FEATURE_ID = f"m.kode || '{SEPARATOR}' || m.jenis || '{SEPARATOR}' || m.nomor"


def quality_tile(tile: TileAddress, kinds: Sequence[str], within: str | None) -> Statement:
    """One tile. `kinds` empty: of every kind; `within`: only at that code and below."""
    west, south, east, north = tile.degrees
    values: dict[str, object] = {
        **address_values(tile), "jenis": list(kinds), "di": within,
        **box_values((west, south, east, north)),
    }  # fmt: skip
    return Statement(_tile(bool(kinds), within is not None), values)


def _conditions(per_kind: bool, per_wilayah: bool) -> list[str]:
    return [
        *(["m.jenis = ANY(%(jenis)s)"] if per_kind else []),
        *(
            [
                "m.kode_kab >= left(%(di)s, 5) AND m.kode_kab < left(%(di)s, 5) || '/'",
                "(m.kode = %(di)s OR (m.kode >= %(di)s || '.' AND m.kode < %(di)s || '/'))",
            ]
            if per_wilayah
            else []
        ),
    ]


@cache
def _tile(per_kind: bool, per_wilayah: bool) -> str:
    # as much wider as the tile draws over its edge; rows of a tile are no higher, in degrees, than it is wide
    margin = f"(%(timur)s - %(barat)s) * {BUFFER} / {EXTENT}"
    in_box = f"m.geom && ST_Expand(ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326), {margin})"
    columns = ", ".join(f"{v} AS {k}" for k, v in _PROPERTIES.items())
    # what lies between two kabupaten stands with both, and is drawn once
    present = f"""ada AS MATERIALIZED (
  SELECT DISTINCT ON (m.jenis, siapa, round(m.luas_m2), ST_GeometryType(m.geom)) {_FEATURE_ID} AS id, {columns},
    ST_Transform(m.geom, 3857) AS bentuk
  FROM mutu_batas m CROSS JOIN LATERAL (SELECT string_agg(k, ' ' ORDER BY k) AS siapa FROM unnest(m.lain || m.kode) AS k) AS s
  WHERE {" AND ".join([in_box, *_conditions(per_kind, per_wilayah)])}
  ORDER BY m.jenis, siapa, round(m.luas_m2), ST_GeometryType(m.geom), m.kode, m.nomor
)"""
    # smaller than a unit there is nothing to draw but the point
    drawn = f"""isi AS MATERIALIZED (
  SELECT g.geom, a.id, a.kode, a.jenis, a.lain, a.luas_m2, a.bagian
  FROM ada a CROSS JOIN k CROSS JOIN LATERAL (SELECT ST_AsMVTGeom(a.bentuk, k.petak, {EXTENT}, {BUFFER}) AS geom) AS g
  WHERE ST_Dimension(a.bentuk) = 2 AND a.luas_m2 > %(unit)s::float8 ^ 2 AND g.geom IS NOT NULL
)"""
    points = f"""titik AS MATERIALIZED (
  SELECT {point("t.titik")} AS geom, a.id, a.kode, a.jenis, a.lain, a.luas_m2, a.bagian
  FROM ada a CROSS JOIN k CROSS JOIN LATERAL (SELECT ST_PointOnSurface(a.bentuk) AS titik) AS t WHERE {in_tile("t.titik")}
)"""
    order, columns = "luas_m2 DESC NULLS LAST, id", "geom, id, kode, jenis, lain, luas_m2, bagian"
    size = "70 + octet_length(concat(id, lain)) + 4 * ST_NPoints(geom)"
    layers = [
        capped(NAME, "isi", columns),
        capped(POINTS_NAME, "titik", columns),
        overflow((NAME, "isi"), (POINTS_NAME, "titik")),
    ]
    fits = [fitting(part, order, size, MOST_PLACES, MOST_BYTES) for part in ("isi", "titik")]
    return f"WITH {', '.join([BOX, present, drawn, points, *fits])} SELECT {' || '.join(layers)}"


def quality_page(kinds: Sequence[str], within: str | None, box: Box | None, after: str | None, count: int) -> Statement:
    """GeoJSON of every finding, in order of region; no geometry where a boundary is missing."""
    kode, _, rest = (after or "").partition(SEPARATOR)
    kind, _, number = rest.partition(SEPARATOR)
    values: dict[str, object] = {
        **box_values(box), "jenis": list(kinds), "di": within, "banyak": count, "kode": kode, "apa": kind, "nomor": number or 0,
    }  # fmt: skip
    properties = {**_PROPERTIES, "lain": "m.lain", "luas_m2": "m.luas_m2", "diperiksa_pada": "m.diperiksa_pada"}
    conditions = [
        *_conditions(bool(kinds), within is not None),
        *([within_box("m.geom")] if box is not None else []),
        *(["(m.kode_kab, m.kode, m.jenis, m.nomor) > (left(%(kode)s, 5), %(kode)s, %(apa)s, %(nomor)s::int)"] if after else []),
    ] or ["true"]  # fmt: skip
    shape = "CASE WHEN ST_Dimension(m.geom) = 2 THEN ST_ForcePolygonCCW(m.geom) ELSE m.geom END"
    statement = f"""SELECT {_FEATURE_ID}, {feature(_FEATURE_ID, shape, properties)}
FROM mutu_batas m WHERE {" AND ".join(conditions)}
ORDER BY m.kode_kab, m.kode, m.jenis, m.nomor LIMIT %(banyak)s"""
    return Statement(statement, values)
