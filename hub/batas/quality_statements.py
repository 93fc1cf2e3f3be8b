"""Statements over what is wrong with boundaries. Geometry is EPSG:4326, longitude first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class QualityRow:
    """A finding to store; see MUTU_BATAS. `geom`: WKB."""

    kode: str
    jenis: str
    nomor: int
    lain: list[str]
    luas_m2: float | None
    bagian: float | None
    geom: bytes | None


async def names(conn: Conn, provinsi: str | None) -> dict[str, str]:
    """Code → name of the regions of the newest list, in that province or in all."""
    cursor = await conn.execute(
        "SELECT kode, nama FROM wilayah WHERE berlaku_sampai IS NULL AND (%s::text IS NULL OR left(kode_kab, 2) = %s)",
        (provinsi, provinsi),
    )
    return dict(await cursor.fetchall())


async def areas_km2(conn: Conn, kode: Collection[str]) -> dict[str, tuple[float, bytes]]:
    """Code → geodesic area and label point (WKB) of the newest boundary."""
    cursor = await conn.execute(
        "SELECT b.kode, b.luas_km2, ST_AsBinary(b.titik) FROM batas b "
        "JOIN unnest(%s::text[], %s::text[]) AS k(kode_kab, kode) ON b.kode_kab = k.kode_kab AND b.kode = k.kode "
        "JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak "
        "WHERE b.sampai IS NULL AND w.berlaku_sampai IS NULL",
        ([k[:5] for k in kode], list(kode)),
    )
    return {k: (area, bytes(t)) for k, area, t in await cursor.fetchall()}


async def forget(conn: Conn, kode_kab: Collection[str]) -> None:
    """Findings about these kabupaten (or provinces) no longer hold: their boundaries changed."""
    await conn.execute("DELETE FROM mutu_batas WHERE kode_kab = ANY(%s)", (sorted(kode_kab),))


async def clear(conn: Conn, provinsi: str | None) -> None:
    """Make room for a new examination of that province, or of everything."""
    await conn.execute("DELETE FROM mutu_batas WHERE %s::text IS NULL OR left(kode_kab, 2) = %s", (provinsi, provinsi))


async def insert(conn: Conn, rows: Iterable[QualityRow]) -> None:
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO mutu_batas (kode_kab, kode, jenis, nomor, lain, luas_m2, bagian, geom) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, ST_GeomFromWKB(%s, 4326))",
            [(b.kode[:5], b.kode, b.jenis, b.nomor, b.lain, b.luas_m2, b.bagian, b.geom) for b in rows],
        )
