"""The row of `wilayahDiTitik`, as a selectable that the read compiler selects from.

Boundaries of neighbours overlap and leave gaps between them, and yet a point on land belongs to one desa: the one whose
boundary covers it, else the nearest within 50 m; where several are equally near (all that cover it are), the one whose
label point is nearest. Distances are geodesic.
"""

from sqlalchemy import BindParameter, Date, Subquery, Text

from hub.plan.sql_text import sql_rows

FARTHEST_METRES = 50
# half the side of the box that is looked at: 50 m is 0.00045 degrees at the equator and 0.00046 at 12 degrees
_HALF_BOX = 0.0006

# what is outside the box cannot be the nearest, and boundaries are long: distances are measured to what is inside
_DISTANCE = "ST_Distance(ST_ClipByBox2D(b.geom, Box2D(k.kotak))::geography, k.titik::geography)"


def point_sql(lon: str, lat: str) -> str:
    """The statement, for two SQL expressions: kode_kab, kode, acuan of the desa at that point, or no row."""
    return f"""
WITH k AS MATERIALIZED (
  SELECT ST_SetSRID(ST_MakePoint({lon}, {lat}), 4326) AS titik, ST_Expand(ST_SetSRID(ST_MakePoint({lon}, {lat}), 4326), {_HALF_BOX}) AS kotak
), b AS (
  SELECT b.* FROM k JOIN batas b ON b.geom && k.kotak WHERE b.sampai IS NULL AND b.tingkat = 4 AND b.sejak <= current_date
  UNION ALL
  SELECT b.* FROM k JOIN batas b ON b.geom && k.kotak
  WHERE b.sampai > current_date AND b.tingkat = 4 AND b.sejak <= current_date
), dekat AS (
  SELECT b.kode_kab, b.kode, CASE WHEN ST_Intersects(b.geom, k.titik) THEN 0 ELSE {_DISTANCE} END AS jarak,
    ST_Distance(b.titik::geography, k.titik::geography) AS jarak_pusat
  FROM k CROSS JOIN b
    JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
      AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date
)
SELECT kode_kab, kode, current_date AS acuan FROM dekat WHERE jarak <= {FARTHEST_METRES}
ORDER BY round(jarak::numeric, 3), jarak_pusat, kode LIMIT 1
"""


def point_source(lon: BindParameter[float], lat: BindParameter[float]) -> Subquery:
    """One row, or none: the desa at that point (degrees, WGS 84)."""
    statement = point_sql(f"CAST(:{lon.key} AS float)", f"CAST(:{lat.key} AS float)")
    return sql_rows(statement, {"lon": lon, "lat": lat}, {"kode_kab": Text(), "kode": Text(), "acuan": Date()})
