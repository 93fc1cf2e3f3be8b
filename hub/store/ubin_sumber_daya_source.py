"""Tiles of social resources: far away how many stand together, near each of them.

A shelter has no point (a constraint of its table says so), so none is ever drawn. Points are stored in EPSG:4326. What has
none of its own stands at the label point of its desa, where that is drawn, and says so.
"""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import TileAddress
from geo.zoom_bands import FINEST
from hub.store.database import Statement
from hub.store.ubin_pieces import KOTAK, address_values, capped, in_tile, layer, overflow, point

NAMA = "sumber-daya"
ZOOM_SATUAN = 10  # from here on each one is drawn
TERBANYAK = 5_000  # in one tile
_SEL = 256  # units: what stands in one cell of 16 × 16 is drawn as one; 32 px of a tile drawn 512 px wide


def sumber_daya_tile(ubin: TileAddress, jenis: Sequence[str], aktif: bool | None) -> Statement:
    """One tile. `jenis` empty: of every kind; `aktif` None: whether or not it stands today."""
    barat, selatan, timur, utara = ubin.degrees
    isi: dict[str, object] = {
        **address_values(ubin),
        "barat": barat,
        "selatan": selatan,
        "timur": timur,
        "utara": utara,
    }
    if jenis:
        isi["jenis"] = list(jenis)
    if aktif is not None:
        isi["aktif"] = aktif
    return Statement(_perintah(ubin.z >= ZOOM_SATUAN, bool(jenis), aktif is not None), isi)


ADA = "(s.sejak <= current_date AND s.hari_terakhir >= current_date)"


def _kelompok(*sendiri: str) -> str:
    """Columns of several drawn as one: what is said of one alone is not said of them."""
    alone = ", ".join(f"CASE WHEN count(*) = 1 THEN min({k}) END AS {k}" for k in sendiri)
    return (
        "count(*)::int AS banyak, CASE WHEN min(jenis) = max(jenis) THEN min(jenis) END AS jenis, "
        f"{alone}, CASE WHEN count(*) = 1 THEN bool_and(aktif) END AS aktif"
    )


@cache
def _perintah(dekat: bool, per_jenis: bool, per_aktif: bool) -> str:
    saring = [
        *(["s.jenis = ANY(%(jenis)s)"] if per_jenis else []),
        *([f"{ADA} = %(aktif)s"] if per_aktif else []),
    ]
    # a hair wider, for degrees and metres are not rounded alike; in_tile decides
    kotak = "s.titik && ST_Expand(ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326), 1e-7)"
    kolom = f"s.kode_kab || ':' || s.id AS id, s.jenis, s.nama, s.pemilik, {ADA} AS aktif, s.kode_desa"
    ada = f"""ada AS MATERIALIZED (
  SELECT t.titik, {kolom}, true AS tepat
  FROM sumber_daya s CROSS JOIN LATERAL (SELECT ST_Transform(s.titik, 3857) AS titik OFFSET 0) AS t
  WHERE {" AND ".join([kotak, *saring])} AND {in_tile("t.titik")}
  UNION ALL
  SELECT d.titik, {kolom}, false
  FROM k JOIN batas_piramida d ON d.geom && k.petak JOIN sumber_daya s ON s.kode_kab = d.kode_kab AND s.kode_desa = d.kode
  WHERE d.tingkat = 4 AND d.pita = {FINEST} AND {in_tile("d.titik")} AND {" AND ".join(["s.titik IS NULL", "NOT s.rahasia", *saring])}
)"""
    if dekat:
        # those of one desa stand on one another: drawn as one
        isi = f"""isi AS MATERIALIZED (
  SELECT {point("ada.titik")} AS geom, id, jenis, nama, pemilik, aktif, kode_desa, NULL::int AS banyak, NULL::boolean AS tepat
  FROM ada, k WHERE ada.tepat
  UNION ALL
  SELECT {point("g.titik")}, g.id, g.jenis, g.nama, g.pemilik, g.aktif, g.kode_desa, nullif(g.banyak, 1), false
  FROM k CROSS JOIN (SELECT titik, kode_desa, {_kelompok("id", "nama", "pemilik")} FROM ada WHERE NOT tepat GROUP BY titik, kode_desa) AS g
)"""
        lapis = f"{capped(NAMA, 'isi', 'id', '*', TERBANYAK)} || {overflow((NAMA, 'isi', TERBANYAK))}"
        return f"WITH {KOTAK}, {ada}, {isi} SELECT {lapis}"
    kelompok = f"""SELECT ST_MakePoint(round((avg(x) - %(west)s) / %(unit)s), round((%(north)s - avg(y)) / %(unit)s)) AS geom,
    {_kelompok("id", "nama", "pemilik", "kode_desa")}, CASE WHEN NOT bool_or(tepat) THEN false END AS tepat
  FROM (SELECT ST_X(titik) AS x, ST_Y(titik) AS y, * FROM ada) AS ada
  GROUP BY floor((x - %(west)s) / %(unit)s / {_SEL}), floor((%(north)s - y) / %(unit)s / {_SEL})
  ORDER BY min(id)"""
    return f"WITH {KOTAK}, {ada} SELECT {layer(NAMA, kelompok)}"
