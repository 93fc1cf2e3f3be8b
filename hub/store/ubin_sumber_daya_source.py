"""Tiles of social resources: far away how many stand together, near each of them; how many also where a tile cannot hold each.

A shelter has no point (a constraint of its table says so), so none is ever drawn. Points are stored in EPSG:4326. What has
none of its own stands at the label point of its desa, where that is drawn, and says so.
"""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import TileAddress
from geo.zoom_bands import FINEST
from hub.store.database import Statement
from hub.store.ubin_pieces import KOTAK, address_values, crowd, in_cells, in_tile, layer, point

NAMA = "sumber-daya"
ZOOM_SATUAN = 10  # from here on each one is drawn
TERBESAR = 400_000  # bytes of what is drawn one by one in a tile, rather more than less
_KOLOM = "id, jenis, nama, pemilik, aktif, kode_desa"
_UKURAN = "60 + octet_length(concat(id, nama, pemilik, kode_desa))"


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
    """Columns of several drawn as one."""
    return f"{crowd('jenis', *sendiri)}, CASE WHEN count(*) = 1 THEN bool_and(aktif) END AS aktif"


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
    bersama = f"{_kelompok('id', 'nama', 'pemilik', 'kode_desa')}, CASE WHEN NOT bool_or(tepat) THEN false END AS tepat"
    kelompok = f"{in_cells(bersama, 'ada')} ORDER BY min(id)"
    if not dekat:
        return f"WITH {KOTAK}, {ada} SELECT {layer(NAMA, kelompok)}"
    # those of one desa stand on one another: drawn as one
    isi = f"""isi AS MATERIALIZED (
  SELECT {point("ada.titik")} AS geom, {_KOLOM}, NULL::int AS banyak, NULL::boolean AS tepat
  FROM ada, k WHERE ada.tepat
  UNION ALL
  SELECT {point("g.titik")}, {_KOLOM}, nullif(g.banyak, 1), false
  FROM k CROSS JOIN (SELECT titik, kode_desa, {_kelompok("id", "nama", "pemilik")} FROM ada WHERE NOT tepat GROUP BY titik, kode_desa) AS g
), muat AS MATERIALIZED (SELECT coalesce(sum({_UKURAN}) <= {TERBESAR}, true) AS semua FROM isi)"""
    # where not all fit, they are drawn as from afar, so that each is counted
    lapis = f"""SELECT geom, {_KOLOM}, banyak, tepat FROM (
    SELECT geom, {_KOLOM}, banyak, tepat FROM isi, muat WHERE semua
    UNION ALL SELECT geom, {_KOLOM}, banyak, tepat FROM ({kelompok}) AS g, muat WHERE NOT semua
  ) AS semua ORDER BY id"""
    return f"WITH {KOTAK}, {ada}, {isi} SELECT {layer(NAMA, lapis)}"
