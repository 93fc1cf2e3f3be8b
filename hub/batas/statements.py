"""Statements over boundaries: which regions may get one, and storing them in bulk. EPSG:4326, longitude first."""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from datetime import date

import shapely
from shapely import MultiPolygon, Point

from hub.batas import neighbour_statements as tetangga_statements
from hub.db.connections import copying
from hub.db.database import Conn, refresh_statistics

_KUNCI_IMPOR = "hub_batas"


@dataclass(frozen=True, slots=True)
class BatasBaru:
    """A boundary to store. `nomor`: its feature's place among all that were read. `wilayah_sejak`: berlaku_sejak of the region it belongs to."""

    nomor: int
    kode: str
    wilayah_sejak: date
    tingkat: int
    geom: MultiPolygon
    titik: Point


async def lock(conn: Conn) -> None:
    """Hold the boundaries and what is drawn from them until the transaction ends; wait for whoever holds them.

    A killed program's transaction ends when the server notices; with this it looks every other second."""
    await conn.execute("SELECT set_config('client_connection_check_interval', '2s', true)")
    await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (_KUNCI_IMPOR,))


async def regions_on(conn: Conn, pada: date) -> dict[str, tuple[date, int, str]]:
    """Code → (berlaku_sejak, level, name) of all regions in force on that day."""
    kursor = await conn.execute(
        "SELECT kode, berlaku_sejak, tingkat, nama FROM wilayah WHERE berlaku_sejak <= %s AND hari_terakhir >= %s",
        (pada, pada),
    )
    return {k: (s, t, n) for k, s, t, n in await kursor.fetchall()}


async def stage(conn: Conn, batas: AsyncIterable[BatasBaru]) -> None:
    """Lay boundaries by for `replace`, one after the other as they come; one region may come several times."""
    await conn.execute("SELECT hub_siapkan_batas_baru()")
    types = ("int4", "text", "text", "date", "int2", "bytea", "bytea")
    async with copying(conn, "COPY batas_baru FROM STDIN WITH (FORMAT BINARY)", types) as salin:
        async for b in batas:
            await salin.write_row(
                (b.nomor, b.kode[:5], b.kode, b.wilayah_sejak, b.tingkat, _ewkb(b.geom), _ewkb(b.titik))
            )
    await refresh_statistics(conn, "batas_baru")


async def staged(conn: Conn, kode: str) -> list[tuple[int, MultiPolygon]]:
    """What was laid by for one region: (number of the feature, area), in order of the file."""
    kursor = await conn.execute("SELECT nomor, geom FROM batas_baru WHERE kode = %s ORDER BY nomor", (kode,))
    return [(n, shapely.from_wkb(bytes(g))) for n, g in await kursor.fetchall()]


async def restage(conn: Conn, kode: str, nomor: int, geom: MultiPolygon, titik: Point) -> None:
    """Leave one boundary of the region laid by: that of feature `nomor`, with this area."""
    await conn.execute("DELETE FROM batas_baru WHERE kode = %s AND nomor <> %s", (kode, nomor))
    await conn.execute("UPDATE batas_baru SET geom = %s, titik = %s WHERE kode = %s", (_ewkb(geom), _ewkb(titik), kode))


async def replace(conn: Conn, tanggal: date, *, sumber: str, versi: str, contoh: bool) -> list[str]:
    """Store the boundaries laid by as they were on `tanggal`. Returns the codes of those that were taken.

    Boundaries of one region follow each other by their dates, in whatever order they are imported: each holds until the
    next one, and the first holds from the region's own first day. One of the same date is replaced. A real boundary
    takes the place of every sample; a sample is not taken where there is a real one.
    """
    await conn.execute(
        "DELETE FROM batas_baru b USING batas l WHERE %s AND NOT l.contoh AND l.kode_kab = b.kode_kab "
        "AND l.kode = b.kode AND l.wilayah_sejak = b.wilayah_sejak",
        (contoh,),
    )
    await conn.execute(
        "DELETE FROM batas l USING batas_baru b WHERE l.kode_kab = b.kode_kab AND l.kode = b.kode "
        "AND l.wilayah_sejak = b.wilayah_sejak AND ((l.contoh AND NOT %s) OR l.tanggal = %s)",
        (contoh, tanggal),
    )
    # in order of code: what is read together lies together
    kursor = await conn.execute(
        "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, "
        "contoh) SELECT b.kode_kab, b.kode, b.wilayah_sejak, %s, %s, b.tingkat, g.geom, ST_GeomFromEWKB(b.titik), "
        "  ST_Area(g.geom::geography) / 1e6, %s, %s, %s FROM batas_baru b, ST_GeomFromEWKB(b.geom) AS g(geom) "
        "ORDER BY b.kode RETURNING kode",
        (tanggal, tanggal, sumber, versi, contoh),
    )
    diambil = [k for (k,) in await kursor.fetchall()]
    await conn.execute("""
UPDATE batas b SET sejak = u.sejak, sampai = u.sampai
FROM (
  SELECT l.kode_kab, l.kode, l.wilayah_sejak, l.tanggal,
    CASE WHEN row_number() OVER w = 1 THEN l.wilayah_sejak ELSE l.tanggal END AS sejak, lead(l.tanggal) OVER w AS sampai
  FROM batas l JOIN batas_baru n ON l.kode_kab = n.kode_kab AND l.kode = n.kode AND l.wilayah_sejak = n.wilayah_sejak
  WINDOW w AS (PARTITION BY l.kode_kab, l.kode, l.wilayah_sejak ORDER BY l.tanggal)
) u
WHERE b.kode_kab = u.kode_kab AND b.kode = u.kode AND b.wilayah_sejak = u.wilayah_sejak AND b.tanggal = u.tanggal
  AND (b.sejak, b.sampai) IS DISTINCT FROM (u.sejak, u.sampai)
""")
    await refresh_statistics(conn, "batas")
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
