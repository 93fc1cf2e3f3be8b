"""Which desa border on each other, worked out anew for those whose boundaries an import brought. EPSG:4326."""

from hub.db.database import Conn, refresh_statistics

# boundaries of neighbours leave gaps between them: so far apart still counts as touching. 50 m is 0.00045 degrees at the
# equator and 0.00046 at 12 degrees
_NEAR = "0.00045"

_DELETE_REVERSE = """
DELETE FROM tetangga_desa t USING batas_baru b, tetangga_desa u
WHERE b.tingkat = 4 AND u.kode_kab = left(b.kode, 5) AND u.kode = b.kode
  AND t.kode_kab = left(u.tetangga, 5) AND t.kode = u.tetangga AND t.tetangga = u.kode
"""
_DELETE = "DELETE FROM tetangga_desa t USING batas_baru b WHERE b.tingkat = 4 AND t.kode_kab = left(b.kode, 5) AND t.kode = b.kode"

# two that touch show it at once; of the others only what lies near both is measured, for boundaries are long
_INSERT = f"""
WITH sisi AS (
  SELECT a.kode_kab, a.kode, t.kode_kab AS kab, t.kode AS tetangga
  FROM batas_baru b JOIN batas a ON a.kode_kab = left(b.kode, 5) AND a.kode = b.kode AND a.sampai IS NULL
    JOIN batas t ON t.geom && ST_Expand(a.geom, {_NEAR}) AND t.tingkat = 4 AND t.sampai IS NULL AND t.kode <> a.kode
    CROSS JOIN LATERAL (SELECT Box2D(ST_Expand(ST_Intersection(
      ST_Expand(ST_Envelope(a.geom), {_NEAR}), ST_Expand(ST_Envelope(t.geom), {_NEAR})), {_NEAR})) AS kotak) k
  WHERE b.tingkat = 4 AND (ST_Intersects(a.geom, t.geom)
    OR ST_DWithin(ST_ClipByBox2D(a.geom, k.kotak), ST_ClipByBox2D(t.geom, k.kotak), {_NEAR}))
)
INSERT INTO tetangga_desa (kode_kab, kode, tetangga)
SELECT kode_kab, kode, tetangga FROM sisi UNION SELECT kab, tetangga, kode FROM sisi
ON CONFLICT DO NOTHING
"""


async def fill(conn: Conn) -> None:
    """For all desa, where nothing is known yet: of boundaries that were imported before neighbours were noted."""
    cursor = await conn.execute("SELECT EXISTS (SELECT FROM tetangga_desa)")
    if (await cursor.fetchone()) != (True,):
        await conn.execute("SELECT hub_siapkan_batas_baru()")
        await conn.execute(
            "INSERT INTO batas_baru (kode, tingkat) SELECT kode, tingkat FROM batas WHERE tingkat = 4 AND sampai IS NULL"
        )
        await refresh(conn)


async def refresh(conn: Conn) -> None:
    """For the desa in the import's own table `batas_baru` (kode, tingkat), once their boundaries are stored."""
    for statement in (_DELETE_REVERSE, _DELETE, _INSERT):
        await conn.execute(statement)
    await refresh_statistics(conn, "tetangga_desa")
