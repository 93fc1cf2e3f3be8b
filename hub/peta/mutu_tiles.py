"""Tiles and pages of what is wrong with boundaries (mutu_batas): the places themselves, and a point for each, for from afar most
places are smaller than a pixel. Places are stored in EPSG:4326, longitude first."""

from collections.abc import Sequence
from functools import cache

from geo.tile_address import EXTENT, Box, TileAddress
from hub.db.database import Statement
from hub.peta.geojson import PEMISAH, box_values, feature, within_box
from hub.plan.tile_pieces import BUFFER, KOTAK, address_values, capped, fitting, in_tile, overflow, point

NAMA, TITIK = "mutu-batas", "mutu-batas-titik"
TERBANYAK = 5_000  # places, and points, in one tile
TERBESAR = 220_000  # bytes of places, and of points, in one tile, rather more than less
SEHALAMAN = 500
_CIRI = {"kode": "m.kode", "jenis": "m.jenis", "lain": "array_to_string(m.lain, ', ')", "luas_m2": "round(m.luas_m2)", "bagian": "m.bagian"}  # fmt: skip
_NOMOR = f"m.kode || '{PEMISAH}' || m.jenis || '{PEMISAH}' || m.nomor"


def mutu_tile(ubin: TileAddress, jenis: Sequence[str], di: str | None) -> Statement:
    """One tile. `jenis` empty: of every kind; `di`: only at that code and below."""
    barat, selatan, timur, utara = ubin.degrees
    isi: dict[str, object] = {
        **address_values(ubin), "jenis": list(jenis), "di": di,
        **box_values((barat, selatan, timur, utara)),
    }  # fmt: skip
    return Statement(_ubin(bool(jenis), di is not None), isi)


def _saring(per_jenis: bool, per_wilayah: bool) -> list[str]:
    return [
        *(["m.jenis = ANY(%(jenis)s)"] if per_jenis else []),
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
def _ubin(per_jenis: bool, per_wilayah: bool) -> str:
    # as much wider as the tile draws over its edge; rows of a tile are no higher, in degrees, than it is wide
    tepi = f"(%(timur)s - %(barat)s) * {BUFFER} / {EXTENT}"
    kotak = f"m.geom && ST_Expand(ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326), {tepi})"
    kolom = ", ".join(f"{v} AS {k}" for k, v in _CIRI.items())
    # what lies between two kabupaten stands with both, and is drawn once
    ada = f"""ada AS MATERIALIZED (
  SELECT DISTINCT ON (m.jenis, siapa, round(m.luas_m2), ST_GeometryType(m.geom)) {_NOMOR} AS id, {kolom},
    ST_Transform(m.geom, 3857) AS bentuk
  FROM mutu_batas m CROSS JOIN LATERAL (SELECT string_agg(k, ' ' ORDER BY k) AS siapa FROM unnest(m.lain || m.kode) AS k) AS s
  WHERE {" AND ".join([kotak, *_saring(per_jenis, per_wilayah)])}
  ORDER BY m.jenis, siapa, round(m.luas_m2), ST_GeometryType(m.geom), m.kode, m.nomor
)"""
    # smaller than a unit there is nothing to draw but the point
    isi = f"""isi AS MATERIALIZED (
  SELECT g.geom, a.id, a.kode, a.jenis, a.lain, a.luas_m2, a.bagian
  FROM ada a CROSS JOIN k CROSS JOIN LATERAL (SELECT ST_AsMVTGeom(a.bentuk, k.petak, {EXTENT}, {BUFFER}) AS geom) AS g
  WHERE ST_Dimension(a.bentuk) = 2 AND a.luas_m2 > %(unit)s::float8 ^ 2 AND g.geom IS NOT NULL
)"""
    titik = f"""titik AS MATERIALIZED (
  SELECT {point("t.titik")} AS geom, a.id, a.kode, a.jenis, a.lain, a.luas_m2, a.bagian
  FROM ada a CROSS JOIN k CROSS JOIN LATERAL (SELECT ST_PointOnSurface(a.bentuk) AS titik) AS t WHERE {in_tile("t.titik")}
)"""
    urut, kolom = "luas_m2 DESC NULLS LAST, id", "geom, id, kode, jenis, lain, luas_m2, bagian"
    ukuran = "70 + octet_length(concat(id, lain)) + 4 * ST_NPoints(geom)"
    lapis = [
        capped(NAMA, "isi", kolom),
        capped(TITIK, "titik", kolom),
        overflow((NAMA, "isi"), (TITIK, "titik")),
    ]
    muat = [fitting(apa, urut, ukuran, TERBANYAK, TERBESAR) for apa in ("isi", "titik")]
    return f"WITH {', '.join([KOTAK, ada, isi, titik, *muat])} SELECT {' || '.join(lapis)}"


def mutu_page(jenis: Sequence[str], di: str | None, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
    """GeoJSON of every finding, in order of region; no geometry where a boundary is missing."""
    kode, _, sisa = (sesudah or "").partition(PEMISAH)
    apa, _, nomor = sisa.partition(PEMISAH)
    isi: dict[str, object] = {
        **box_values(kotak), "jenis": list(jenis), "di": di, "banyak": banyak, "kode": kode, "apa": apa, "nomor": nomor or 0,
    }  # fmt: skip
    ciri = {**_CIRI, "lain": "m.lain", "luas_m2": "m.luas_m2", "diperiksa_pada": "m.diperiksa_pada"}
    syarat = [
        *_saring(bool(jenis), di is not None),
        *([within_box("m.geom")] if kotak is not None else []),
        *(["(m.kode_kab, m.kode, m.jenis, m.nomor) > (left(%(kode)s, 5), %(kode)s, %(apa)s, %(nomor)s::int)"] if sesudah else []),
    ] or ["true"]  # fmt: skip
    bentuk = "CASE WHEN ST_Dimension(m.geom) = 2 THEN ST_ForcePolygonCCW(m.geom) ELSE m.geom END"
    perintah = f"""SELECT {_NOMOR}, {feature(_NOMOR, bentuk, ciri)}
FROM mutu_batas m WHERE {" AND ".join(syarat)}
ORDER BY m.kode_kab, m.kode, m.jenis, m.nomor LIMIT %(banyak)s"""
    return Statement(perintah, isi)
