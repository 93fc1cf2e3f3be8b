"""Statements over boundaries: which regions may get one, and storing them in bulk. EPSG:4326, longitude first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import shapely
from shapely import MultiPolygon, Point

from hub.store import tetangga_statements
from hub.store.database import Conn


@dataclass(frozen=True, slots=True)
class BatasBaru:
    """A boundary to store. `wilayah_sejak`: berlaku_sejak of the region it belongs to."""

    kode: str
    wilayah_sejak: date
    tingkat: int
    geom: MultiPolygon
    titik: Point


async def regions_on(conn: Conn, pada: date) -> dict[str, tuple[date, int, str]]:
    """Code → (berlaku_sejak, level, name) of all regions in force on that day."""
    kursor = await conn.execute(
        "SELECT kode, berlaku_sejak, tingkat, nama FROM wilayah WHERE berlaku_sejak <= %s AND hari_terakhir >= %s",
        (pada, pada),
    )
    return {k: (s, t, n) for k, s, t, n in await kursor.fetchall()}


async def replace(
    conn: Conn, batas: Iterable[BatasBaru], tanggal: date, *, sumber: str, versi: str, contoh: bool
) -> int:
    """Store boundaries as they were on `tanggal`. Returns how many were taken.

    Boundaries of one region follow each other by their dates, in whatever order they are imported: each holds until the
    next one, and the first holds from the region's own first day. One of the same date is replaced. A real boundary
    takes the place of every sample; a sample is not taken where there is a real one.
    """
    await conn.execute(
        "CREATE TEMP TABLE batas_baru (kode text, wilayah_sejak date, tingkat smallint, geom bytea, titik bytea) "
        "ON COMMIT DROP"
    )
    async with conn.cursor().copy("COPY batas_baru FROM STDIN WITH (FORMAT BINARY)") as salin:
        salin.set_types(["text", "date", "int2", "bytea", "bytea"])
        for b in batas:
            await salin.write_row((b.kode, b.wilayah_sejak, b.tingkat, _ewkb(b.geom), _ewkb(b.titik)))
    await conn.execute(
        "DELETE FROM batas_baru b USING batas l WHERE %s AND NOT l.contoh AND l.kode_kab = left(b.kode, 5) "
        "AND l.kode = b.kode AND l.wilayah_sejak = b.wilayah_sejak",
        (contoh,),
    )
    await conn.execute(
        "DELETE FROM batas l USING batas_baru b WHERE l.kode_kab = left(b.kode, 5) AND l.kode = b.kode "
        "AND l.wilayah_sejak = b.wilayah_sejak AND ((l.contoh AND NOT %s) OR l.tanggal = %s)",
        (contoh, tanggal),
    )
    kursor = await conn.execute(
        "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, "
        "contoh) SELECT left(b.kode, 5), b.kode, b.wilayah_sejak, %s, %s, b.tingkat, g.geom, ST_GeomFromEWKB(b.titik), "
        "  ST_Area(g.geom::geography) / 1e6, %s, %s, %s FROM batas_baru b, ST_GeomFromEWKB(b.geom) AS g(geom)",
        (tanggal, tanggal, sumber, versi, contoh),
    )
    diambil = kursor.rowcount
    await conn.execute("""
UPDATE batas b SET sejak = u.sejak, sampai = u.sampai
FROM (
  SELECT l.kode_kab, l.kode, l.wilayah_sejak, l.tanggal,
    CASE WHEN row_number() OVER w = 1 THEN l.wilayah_sejak ELSE l.tanggal END AS sejak, lead(l.tanggal) OVER w AS sampai
  FROM batas l JOIN batas_baru n ON l.kode_kab = left(n.kode, 5) AND l.kode = n.kode AND l.wilayah_sejak = n.wilayah_sejak
  WINDOW w AS (PARTITION BY l.kode_kab, l.kode, l.wilayah_sejak ORDER BY l.tanggal)
) u
WHERE b.kode_kab = u.kode_kab AND b.kode = u.kode AND b.wilayah_sejak = u.wilayah_sejak AND b.tanggal = u.tanggal
  AND (b.sejak, b.sampai) IS DISTINCT FROM (u.sejak, u.sampai)
""")
    await conn.execute("ANALYZE batas")
    await tetangga_statements.refresh(conn)
    return diambil


async def missing(conn: Conn, tingkat: int, provinsi: list[str], pada: date) -> list[str]:
    """Codes of regions of that level and those provinces that have no boundary at all."""
    kursor = await conn.execute(
        "SELECT w.kode FROM wilayah w WHERE w.tingkat = %s AND left(w.kode, 2) = ANY(%s) "
        "AND w.berlaku_sejak <= %s AND w.hari_terakhir >= %s AND NOT EXISTS (SELECT 1 FROM batas b "
        "WHERE b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak) ORDER BY w.kode",
        (tingkat, provinsi, pada, pada),
    )
    return [k for (k,) in await kursor.fetchall()]


def _ewkb(bentuk: MultiPolygon | Point) -> bytes:
    bita: bytes = shapely.to_wkb(shapely.set_srid(bentuk, 4326), include_srid=True)
    return bita
