"""Tiles of networks (WKSBM) and the links between them and to social resources, as they are today.

A network without a point of its own stands at the label point of its desa (or of what is drawn above it), and says so. What has no place (a partner
outside) or must not show it (a shelter) has no line. The graph is small, some tens of thousands of links for the whole
country, so a line is looked for among all of them.
"""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import EXTENT, Box, TileAddress
from geo.zoom_bands import FINEST
from hub.db.database import Statement
from hub.peta.geojson import SEPARATOR, box_values, feature, within_box
from hub.plan.tile_pieces import (
    BOX,
    BUFFER,
    address_values,
    capped,
    crowds,
    fitting,
    in_tile,
    layer,
    overflow,
    point,
)

MOST_LINKS = 10_000  # links in one tile
MOST_BYTES = 220_000  # bytes of networks, and of links, in one tile, rather more than less
_COLUMNS = "id, nama, tahap, kode_desa, tepat"
_SIZE = "60 + octet_length(concat(id, nama, kode_desa))"
_WITHOUT_ID = (
    "SELECT kode_kab, id AS nomor, nama, tahap, kode_desa, tepat, titik, ST_X(titik) AS x, ST_Y(titik) AS y FROM simpul"
)


def wksbm_tile(tile: TileAddress, scales: Sequence[str], phases: Sequence[str]) -> Statement:
    """One tile. `scales`, `phases` empty: links of every scale, networks in every phase. Links are drawn between networks that
    are drawn."""
    values = {**address_values(tile), "skala": list(scales), "tahap": list(phases)}
    return Statement(_statement(bool(scales), bool(phases)), values)


def _active(t: str) -> str:
    return f"{t}.sejak <= current_date AND {t}.hari_terakhir >= current_date"


def _place_join(t: str) -> str:
    """Joins the label point of a row's desa as `d`; of the nearest region above it where no desa is drawn."""
    return (
        f"LEFT JOIN LATERAL (SELECT p.titik FROM batas_piramida p WHERE p.kode_kab = {t}.kode_kab "
        f"AND p.kode IN ({t}.kode_desa, left({t}.kode_desa, 8), left({t}.kode_desa, 5)) AND p.pita = {FINEST} "
        f"ORDER BY p.tingkat DESC LIMIT 1) AS d ON {t}.titik IS NULL"
    )


@cache
def _statement(per_scale: bool, per_phase: bool) -> str:
    simpul = f"""simpul AS MATERIALIZED (
  SELECT w.kode_kab, w.id, w.nama, w.tahap, w.kode_desa, w.titik IS NOT NULL AS tepat, coalesce(ST_Transform(w.titik, 3857), d.titik) AS titik
  FROM wksbm w {_place_join("w")}
  WHERE {_active("w")} {"AND w.tahap = ANY(%(tahap)s)" if per_phase else ""}
)"""
    ends = f"""ujung AS MATERIALIZED (
  SELECT 'WKSBM' AS macam, s.kode_kab, s.id, s.titik FROM simpul s
  UNION ALL
  SELECT 'SUMBER_DAYA', r.kode_kab, r.id, coalesce(ST_Transform(r.titik, 3857), d.titik)
  FROM sumber_daya r {_place_join("r")}
  WHERE NOT r.rahasia AND {_active("r")} AND (r.kode_kab, r.id) IN (
    SELECT h.tujuan_kab, h.tujuan FROM hubungan_wksbm h WHERE h.macam = 'SUMBER_DAYA')
)"""
    lines = f"""garis AS MATERIALIZED (
  SELECT ST_AsMVTGeom(g.garis, k.petak, {EXTENT}, {BUFFER}) AS geom, h.id, h.jenis, h.skala, h.asal_kab || ':' || h.asal AS asal,
    h.tujuan_kab || ':' || h.tujuan AS tujuan
  FROM hubungan_wksbm h
    JOIN simpul a ON a.kode_kab = h.asal_kab AND a.id = h.asal
    JOIN ujung b ON b.macam = h.macam AND b.kode_kab = h.tujuan_kab AND b.id = h.tujuan
    CROSS JOIN LATERAL (SELECT ST_MakeLine(a.titik, b.titik) AS garis) AS g CROSS JOIN k
  WHERE {_active("h")} {"AND h.skala = ANY(%(skala)s)" if per_scale else ""} AND g.garis && k.tepi
)"""
    present = f"ada AS MATERIALIZED (SELECT s.kode_kab || ':' || s.nomor AS id, s.* FROM ({_WITHOUT_ID}) AS s WHERE {in_tile('s.titik')})"
    fits = f"muat AS MATERIALIZED (SELECT coalesce(sum({_SIZE}) <= {MOST_BYTES}, true) AS semua FROM ada)"
    # where not all fit, those that stand close together are drawn as one, so that each is counted
    points = f"""SELECT geom, {_COLUMNS}, banyak FROM (
    SELECT {point("ada.titik")} AS geom, {_COLUMNS}, NULL::int AS banyak FROM ada, k, muat WHERE semua
    UNION ALL SELECT geom, {_COLUMNS}, banyak FROM ({crowds("ada", "tahap", "id", "nama", "kode_desa")}) AS g, muat WHERE NOT semua
  ) AS semua ORDER BY id"""
    visible = """terlihat AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY asal ORDER BY id) = 1 AS asal_baru,
    row_number() OVER (PARTITION BY tujuan ORDER BY id) = 1 AS tujuan_baru
  FROM garis WHERE geom IS NOT NULL
)"""
    # a tile says each name once, however many links it has
    size = "40 + CASE WHEN asal_baru THEN octet_length(asal) ELSE 0 END + CASE WHEN tujuan_baru THEN octet_length(tujuan) ELSE 0 END"
    layers = [
        layer("wksbm", points),
        capped("hubungan", "terlihat", "geom, jenis, skala, asal, tujuan"),
        overflow(("hubungan", "terlihat")),
    ]
    parts = [BOX, simpul, ends, lines, present, fits, visible, fitting("terlihat", "id", size, MOST_LINKS, MOST_BYTES)]
    return f"WITH {', '.join(parts)} SELECT {' || '.join(layers)}"


def wksbm_page(phases: Sequence[str], box: Box | None, after: str | None, count: int) -> Statement:
    """GeoJSON of the networks there are today, in order of desa; no geometry where a network has no point of its own."""
    desa, _, wksbm_id = (after or "").partition(SEPARATOR)
    values: dict[str, object] = {
        **box_values(box), "tahap": list(phases), "desa": desa, "nomor": wksbm_id, "banyak": count,
    }  # fmt: skip
    feature_id = "w.kode_kab || ':' || w.id"
    properties = {"id": feature_id, "nama": "w.nama", "tahap": "w.tahap", "kode_desa": "w.kode_desa"}
    conditions = [
        _active("w"),
        *(["w.tahap = ANY(%(tahap)s)"] if phases else []),
        *([within_box("w.titik")] if box is not None else []),
        *(["(w.kode_desa, w.id) > (%(desa)s, %(nomor)s::uuid)"] if after is not None else []),
    ]
    statement = f"""SELECT w.kode_desa || '{SEPARATOR}' || w.id, {feature(feature_id, "w.titik", properties)}
FROM wksbm w WHERE {" AND ".join(conditions)}
ORDER BY w.kode_desa, w.id LIMIT %(banyak)s"""
    return Statement(statement, values)
