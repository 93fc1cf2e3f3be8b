"""Tiles of social resources: far away how many stand together, near each of them; how many also where a tile cannot hold each.

A shelter has no point (a constraint of its table says so), so none is ever drawn. Points are stored in EPSG:4326. What has
none of its own stands at the label point of its desa, where that is drawn, and says so.
"""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import TileAddress
from geo.zoom_bands import band_of
from hub.db.database import Statement
from hub.plan.tile_pieces import KOTAK, address_values, crowds, in_tile, in_tile_xy, layer, metres, point

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
    return Statement(_perintah(ubin.z, bool(jenis), aktif is not None), isi)


ADA = "(s.sejak <= current_date AND s.hari_terakhir >= current_date)"


# several of one desa as one: what is said of one alone is not said of them
_KELOMPOK = ", ".join(
    [
        "count(*)::int AS banyak", "CASE WHEN min(jenis) = max(jenis) THEN min(jenis) END AS jenis",
        *(f"CASE WHEN count(*) = 1 THEN min({k}) END AS {k}" for k in ("id", "nama", "pemilik")),
        "CASE WHEN count(*) = 1 THEN bool_and(aktif) END AS aktif",
    ]
)  # fmt: skip


@cache
def _perintah(zoom: int, per_jenis: bool, per_aktif: bool) -> str:
    saring = [
        *(["s.jenis = ANY(%(jenis)s)"] if per_jenis else []),
        *([f"{ADA} = %(aktif)s"] if per_aktif else []),
    ]
    # a hair wider, for degrees and metres are not rounded alike; in_tile decides
    kotak = "s.titik && ST_Expand(ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326), 1e-7)"
    kolom = f"s.kode_kab || ':' || s.id AS id, s.jenis, s.nama, s.pemilik, {ADA} AS aktif, s.kode_desa"
    x, y = metres("s.titik")
    ada = f"""ada AS MATERIALIZED (
  SELECT * FROM (
    SELECT {x} AS x, {y} AS y, {kolom}, true AS tepat FROM sumber_daya s WHERE {" AND ".join([kotak, *saring])} OFFSET 0
  ) AS s WHERE {in_tile_xy("s.x", "s.y")}
  UNION ALL
  SELECT ST_X(d.titik), ST_Y(d.titik), {kolom}, false
  FROM k JOIN batas_piramida d ON d.geom && k.petak JOIN sumber_daya s ON s.kode_kab = d.kode_kab AND s.kode_desa = d.kode
  WHERE d.tingkat = 4 AND d.pita = {band_of(zoom).pita} AND {in_tile("d.titik")} AND {" AND ".join(["s.titik IS NULL", "NOT s.rahasia", *saring])}
)"""
    kelompok = f"{crowds('ada', 'jenis', 'id', 'nama', 'pemilik', 'kode_desa', 'aktif')} ORDER BY a.id"
    if zoom < ZOOM_SATUAN:
        return f"WITH {KOTAK}, {ada} SELECT {layer(NAMA, kelompok)}"
    # those of one desa stand on one another: drawn as one
    isi = f"""isi AS MATERIALIZED (
  SELECT {_titik("ada")} AS geom, {_KOLOM}, NULL::int AS banyak, NULL::boolean AS tepat
  FROM ada, k WHERE ada.tepat
  UNION ALL
  SELECT {_titik("g")}, {_KOLOM}, nullif(g.banyak, 1), false
  FROM k CROSS JOIN (SELECT x, y, kode_desa, {_KELOMPOK} FROM ada WHERE NOT tepat GROUP BY x, y, kode_desa) AS g
), muat AS MATERIALIZED (SELECT coalesce(sum({_UKURAN}) <= {TERBESAR}, true) AS semua FROM isi)"""
    # where not all fit, they are drawn as from afar, so that each is counted
    lapis = f"""SELECT geom, {_KOLOM}, banyak, tepat FROM (
    SELECT geom, {_KOLOM}, banyak, tepat FROM isi, muat WHERE semua
    UNION ALL SELECT geom, {_KOLOM}, banyak, tepat FROM ({kelompok}) AS g, muat WHERE NOT semua
  ) AS semua ORDER BY id"""
    return f"WITH {KOTAK}, {ada}, {isi} SELECT {layer(NAMA, lapis)}"


def _titik(t: str) -> str:
    return point(f"ST_SetSRID(ST_MakePoint({t}.x, {t}.y), 3857)")
