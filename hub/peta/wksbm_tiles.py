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
from hub.peta.geojson import PEMISAH, box_values, feature, within_box
from hub.plan.tile_pieces import (
    BUFFER,
    KOTAK,
    address_values,
    capped,
    crowds,
    fitting,
    in_tile,
    layer,
    overflow,
    point,
)

TERBANYAK = 10_000  # links in one tile
TERBESAR = 220_000  # bytes of networks, and of links, in one tile, rather more than less
_KOLOM = "id, nama, tahap, kode_desa, tepat"
_UKURAN = "60 + octet_length(concat(id, nama, kode_desa))"
_TANPA_ID = (
    "SELECT kode_kab, id AS nomor, nama, tahap, kode_desa, tepat, titik, ST_X(titik) AS x, ST_Y(titik) AS y FROM simpul"
)


def wksbm_tile(ubin: TileAddress, skala: Sequence[str], tahap: Sequence[str]) -> Statement:
    """One tile. `skala`, `tahap` empty: links of every scale, networks in every phase. Links are drawn between networks that
    are drawn."""
    isi = {**address_values(ubin), "skala": list(skala), "tahap": list(tahap)}
    return Statement(_perintah(bool(skala), bool(tahap)), isi)


def _ada(t: str) -> str:
    return f"{t}.sejak <= current_date AND {t}.hari_terakhir >= current_date"


def _tempat(t: str) -> str:
    """Joins the label point of a row's desa as `d`; of the nearest region above it where no desa is drawn."""
    return (
        f"LEFT JOIN LATERAL (SELECT p.titik FROM batas_piramida p WHERE p.kode_kab = {t}.kode_kab "
        f"AND p.kode IN ({t}.kode_desa, left({t}.kode_desa, 8), left({t}.kode_desa, 5)) AND p.pita = {FINEST} "
        f"ORDER BY p.tingkat DESC LIMIT 1) AS d ON {t}.titik IS NULL"
    )


@cache
def _perintah(per_skala: bool, per_tahap: bool) -> str:
    simpul = f"""simpul AS MATERIALIZED (
  SELECT w.kode_kab, w.id, w.nama, w.tahap, w.kode_desa, w.titik IS NOT NULL AS tepat, coalesce(ST_Transform(w.titik, 3857), d.titik) AS titik
  FROM wksbm w {_tempat("w")}
  WHERE {_ada("w")} {"AND w.tahap = ANY(%(tahap)s)" if per_tahap else ""}
)"""
    ujung = f"""ujung AS MATERIALIZED (
  SELECT 'WKSBM' AS macam, s.kode_kab, s.id, s.titik FROM simpul s
  UNION ALL
  SELECT 'SUMBER_DAYA', r.kode_kab, r.id, coalesce(ST_Transform(r.titik, 3857), d.titik)
  FROM sumber_daya r {_tempat("r")}
  WHERE NOT r.rahasia AND {_ada("r")} AND (r.kode_kab, r.id) IN (
    SELECT h.tujuan_kab, h.tujuan FROM hubungan_wksbm h WHERE h.macam = 'SUMBER_DAYA')
)"""
    garis = f"""garis AS MATERIALIZED (
  SELECT ST_AsMVTGeom(g.garis, k.petak, {EXTENT}, {BUFFER}) AS geom, h.id, h.jenis, h.skala, h.asal_kab || ':' || h.asal AS asal,
    h.tujuan_kab || ':' || h.tujuan AS tujuan
  FROM hubungan_wksbm h
    JOIN simpul a ON a.kode_kab = h.asal_kab AND a.id = h.asal
    JOIN ujung b ON b.macam = h.macam AND b.kode_kab = h.tujuan_kab AND b.id = h.tujuan
    CROSS JOIN LATERAL (SELECT ST_MakeLine(a.titik, b.titik) AS garis) AS g CROSS JOIN k
  WHERE {_ada("h")} {"AND h.skala = ANY(%(skala)s)" if per_skala else ""} AND g.garis && k.tepi
)"""
    ada = f"ada AS MATERIALIZED (SELECT s.kode_kab || ':' || s.nomor AS id, s.* FROM ({_TANPA_ID}) AS s WHERE {in_tile('s.titik')})"
    muat = f"muat AS MATERIALIZED (SELECT coalesce(sum({_UKURAN}) <= {TERBESAR}, true) AS semua FROM ada)"
    # where not all fit, those that stand close together are drawn as one, so that each is counted
    titik = f"""SELECT geom, {_KOLOM}, banyak FROM (
    SELECT {point("ada.titik")} AS geom, {_KOLOM}, NULL::int AS banyak FROM ada, k, muat WHERE semua
    UNION ALL SELECT geom, {_KOLOM}, banyak FROM ({crowds("ada", "tahap", "id", "nama", "kode_desa")}) AS g, muat WHERE NOT semua
  ) AS semua ORDER BY id"""
    terlihat = """terlihat AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY asal ORDER BY id) = 1 AS asal_baru,
    row_number() OVER (PARTITION BY tujuan ORDER BY id) = 1 AS tujuan_baru
  FROM garis WHERE geom IS NOT NULL
)"""
    # a tile says each name once, however many links it has
    ukuran = "40 + CASE WHEN asal_baru THEN octet_length(asal) ELSE 0 END + CASE WHEN tujuan_baru THEN octet_length(tujuan) ELSE 0 END"
    lapis = [
        layer("wksbm", titik),
        capped("hubungan", "terlihat", "geom, jenis, skala, asal, tujuan"),
        overflow(("hubungan", "terlihat")),
    ]
    bagian = [KOTAK, simpul, ujung, garis, ada, muat, terlihat, fitting("terlihat", "id", ukuran, TERBANYAK, TERBESAR)]
    return f"WITH {', '.join(bagian)} SELECT {' || '.join(lapis)}"


def wksbm_page(tahap: Sequence[str], kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
    """GeoJSON of the networks there are today, in order of desa; no geometry where a network has no point of its own."""
    desa, _, nomor = (sesudah or "").partition(PEMISAH)
    isi: dict[str, object] = {
        **box_values(kotak), "tahap": list(tahap), "desa": desa, "nomor": nomor, "banyak": banyak,
    }  # fmt: skip
    nama = "w.kode_kab || ':' || w.id"
    ciri = {"id": nama, "nama": "w.nama", "tahap": "w.tahap", "kode_desa": "w.kode_desa"}
    syarat = [
        _ada("w"),
        *(["w.tahap = ANY(%(tahap)s)"] if tahap else []),
        *([within_box("w.titik")] if kotak is not None else []),
        *(["(w.kode_desa, w.id) > (%(desa)s, %(nomor)s::uuid)"] if sesudah is not None else []),
    ]
    perintah = f"""SELECT w.kode_desa || '{PEMISAH}' || w.id, {feature(nama, "w.titik", ciri)}
FROM wksbm w WHERE {" AND ".join(syarat)}
ORDER BY w.kode_desa, w.id LIMIT %(banyak)s"""
    return Statement(perintah, isi)
