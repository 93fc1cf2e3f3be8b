"""Statements over boundaries: which regions may get one, and storing them in bulk. EPSG:4326, longitude first."""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from datetime import date

import shapely
from shapely import MultiPolygon, Point

from hub.batas import neighbour_statements as neighbour_statements
from hub.db.connections import copying
from hub.db.database import Conn, refresh_statistics

_IMPORT_LOCK = "hub_batas"


@dataclass(frozen=True, slots=True)
class BatasSource:
    """Where boundaries come from: a name and a version, as they are shown beside them; `is_sample`: made up, not official."""

    name: str
    version: str
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class NewBatas:
    """A boundary to store. `number`: its feature's place among all that were read. `wilayah_sejak`: berlaku_sejak of the region it belongs to."""

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
    await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (_IMPORT_LOCK,))


async def regions_on(conn: Conn, as_of: date) -> dict[str, tuple[date, int, str]]:
    """Code → (berlaku_sejak, level, name) of all regions in force on that day."""
    cursor = await conn.execute(
        "SELECT kode, berlaku_sejak, tingkat, nama FROM wilayah WHERE berlaku_sejak <= %s AND hari_terakhir >= %s",
        (as_of, as_of),
    )
    return {k: (s, t, n) for k, s, t, n in await cursor.fetchall()}


async def stage(conn: Conn, batas: AsyncIterable[NewBatas]) -> None:
    """Lay boundaries by for `replace`, one after the other as they come; one region may come several times."""
    await conn.execute("SELECT hub_siapkan_batas_baru()")
    types = ("int4", "text", "text", "date", "int2", "bytea", "bytea")
    async with copying(conn, "COPY batas_baru FROM STDIN WITH (FORMAT BINARY)", types) as copy:
        async for b in batas:
            await copy.write_row(
                (b.nomor, b.kode[:5], b.kode, b.wilayah_sejak, b.tingkat, _ewkb(b.geom), _ewkb(b.titik))
            )
    await refresh_statistics(conn, "batas_baru")


async def staged(conn: Conn, kode: str) -> list[tuple[int, MultiPolygon]]:
    """What was laid by for one region: (number of the feature, area), in order of the file."""
    cursor = await conn.execute("SELECT nomor, geom FROM batas_baru WHERE kode = %s ORDER BY nomor", (kode,))
    return [(n, shapely.from_wkb(bytes(g))) for n, g in await cursor.fetchall()]


async def restage(conn: Conn, kode: str, number: int, geom: MultiPolygon, point: Point) -> None:
    """Leave one boundary of the region laid by: that of feature `number`, with this area."""
    await conn.execute("DELETE FROM batas_baru WHERE kode = %s AND nomor <> %s", (kode, number))
    await conn.execute("UPDATE batas_baru SET geom = %s, titik = %s WHERE kode = %s", (_ewkb(geom), _ewkb(point), kode))


async def replace(conn: Conn, as_of: date, source: BatasSource) -> list[str]:
    """Store the boundaries laid by as they were on `as_of`. Returns the codes of those that were taken.

    Boundaries of one region follow each other by their dates, in whatever order they are imported: each holds until the
    next one, and the first holds from the region's own first day. One of the same date is replaced. A real boundary
    takes the place of every sample; a sample is not taken where there is a real one.
    """
    await conn.execute(
        "DELETE FROM batas_baru b USING batas l WHERE %s AND NOT l.contoh AND l.kode_kab = b.kode_kab "
        "AND l.kode = b.kode AND l.wilayah_sejak = b.wilayah_sejak",
        (source.is_sample,),
    )
    await conn.execute(
        "DELETE FROM batas l USING batas_baru b WHERE l.kode_kab = b.kode_kab AND l.kode = b.kode "
        "AND l.wilayah_sejak = b.wilayah_sejak AND ((l.contoh AND NOT %s) OR l.tanggal = %s)",
        (source.is_sample, as_of),
    )
    # in order of code: what is read together lies together
    cursor = await conn.execute(
        "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, "
        "contoh) SELECT b.kode_kab, b.kode, b.wilayah_sejak, %s, %s, b.tingkat, g.geom, ST_GeomFromEWKB(b.titik), "
        "  ST_Area(g.geom::geography) / 1e6, %s, %s, %s FROM batas_baru b, ST_GeomFromEWKB(b.geom) AS g(geom) "
        "ORDER BY b.kode RETURNING kode",
        (as_of, as_of, source.name, source.version, source.is_sample),
    )
    taken = [k for (k,) in await cursor.fetchall()]
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
    await neighbour_statements.refresh(conn)
    return taken


async def missing(conn: Conn, level: int, provinsi: list[str], as_of: date) -> list[str]:
    """Codes of regions of that level and those provinces that have no boundary at all."""
    cursor = await conn.execute(
        "SELECT w.kode FROM wilayah w WHERE w.tingkat = %s AND left(w.kode, 2) = ANY(%s) "
        "AND w.berlaku_sejak <= %s AND w.hari_terakhir >= %s AND NOT EXISTS (SELECT 1 FROM batas b "
        "WHERE b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak) ORDER BY w.kode",
        (level, provinsi, as_of, as_of),
    )
    return [k for (k,) in await cursor.fetchall()]


def _ewkb(shape: MultiPolygon | Point) -> bytes:
    ewkb: bytes = shapely.to_wkb(shapely.set_srid(shape, 4326), include_srid=True)
    return ewkb
