"""A crowded country: so many desa, resources, networks and links so close together that one tile could not hold them."""

import asyncio
from uuid import UUID

import psycopg

from hub.batas.pyramid_statements import set_boundary_version
from hub.batas.pyramid_zoom import lowest_zooms
from hub.db.database import Database

SIDE = 110  # desa in a row and rows of desa, 0,02° each, from 106° E, 8° S
COUNT = SIDE * SIDE
POINTS, LINKS = 15_000, 30_000
MIDDLE = (106 + SIDE / 100, -8 + SIDE / 100)

_WILAYAH = f"""
CREATE TEMP TABLE petak AS
SELECT '53.14.' || lpad((1 + i / 200)::text, 2, '0') || '.2' || lpad((i % 200)::text, 3, '0') AS kode, 'Desa yang namanya panjang ' || i AS nama,
  106 + 0.02 * (i % {SIDE}) AS x, -8 + 0.02 * (i / {SIDE}) AS y
FROM generate_series(0, {COUNT - 1}) AS i;
INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) VALUES
  ('53', '53', '2020-01-01', 1, 'PROVINSI', 'Padat', NULL), ('53.14', '53.14', '2020-01-01', 2, 'KABUPATEN', 'Padat', '53');
INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk)
SELECT DISTINCT '53.14', left(kode, 8), date '2020-01-01', 3, 'KECAMATAN', 'Kecamatan ' || substr(kode, 7, 2), '53.14' FROM petak;
INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk)
SELECT '53.14', kode, date '2020-01-01', 4, 'DESA', nama, left(kode, 8) FROM petak;
"""
# every desa a round shape of 25 points, drawn in all bands as it is
_PYRAMID = """
CREATE TEMP TABLE bentuk AS
SELECT p.kode, 4 AS tingkat, ST_Multi(ST_Buffer(t.titik, 1050, 6)) AS geom
FROM petak p CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(p.x + 0.01, p.y + 0.01), 4326), 3857) AS titik) AS t;
INSERT INTO bentuk SELECT left(kode, 8), 3, ST_Multi(ST_ConvexHull(ST_Collect(geom))) FROM bentuk WHERE tingkat = 4 GROUP BY 1;
INSERT INTO bentuk SELECT left(kode, 5), 2, ST_Multi(ST_ConvexHull(ST_Collect(geom))) FROM bentuk WHERE tingkat = 3 GROUP BY 1;
INSERT INTO bentuk SELECT left(kode, 2), 1, geom FROM bentuk WHERE tingkat = 2;
INSERT INTO batas_piramida (kode_kab, kode, wilayah_sejak, tingkat, pita, geom, titik, contoh)
SELECT left(b.kode, 5), b.kode, date '2020-01-01', b.tingkat, pita, b.geom, ST_PointOnSurface(b.geom), false
FROM bentuk b, generate_series(0, 4) AS pita;
"""
_POINTS = f"""
INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, diubah_oleh)
SELECT '53.14', ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'LKS', 'Lembaga yang namanya panjang ' || i, 'MASYARAKAT',
  '53.14.01.2001', ST_SetSRID(ST_MakePoint(106.0 + (i % 100) * 0.0001, -8 + (i / 100) * 0.0001), 4326), '2020-01-01', 'uji'
FROM generate_series(1, {POINTS}) AS i;
INSERT INTO wksbm (kode_kab, id, nama, tahap, tahap_sejak, kode_desa, titik, sejak, diubah_oleh)
SELECT '53.14', ('00000000-0000-7000-9000-' || lpad(i::text, 12, '0'))::uuid, 'Wahana yang namanya panjang ' || i, 'PENUMBUHAN', '2020-01-01',
  '53.14.01.2001', ST_SetSRID(ST_MakePoint(106.0 + (i % 100) * 0.0201, -8 + (i / 100) * 0.0201), 4326), '2020-01-01', 'uji'
FROM generate_series(1, {POINTS}) AS i;
INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh)
SELECT gen_random_uuid(), '53.14', ('00000000-0000-7000-9000-' || lpad((1 + i % {POINTS})::text, 12, '0'))::uuid, 'WKSBM', '53.14',
  ('00000000-0000-7000-9000-' || lpad((1 + (i + 37 + i / {POINTS}) % {POINTS})::text, 12, '0'))::uuid, 'rujukan', 'LOKAL', '2020-01-01', 'uji'
FROM generate_series(1, {LINKS}) AS i;
INSERT INTO mutu_batas (kode_kab, kode, jenis, nomor, lain, luas_m2, bagian, geom)
SELECT '53.14', kode, 'CELAH', 1, ARRAY[]::text[], 1e6 + x, 0.5, ST_Buffer(ST_SetSRID(ST_MakePoint(x, y), 4326), 0.009, 12) FROM petak;
"""


def fill(url: str) -> None:
    """Make an empty, migrated database that country, and let the hub find from which zoom each level is drawn."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("SET client_min_messages = error; SET session_replication_role = replica")
        for statements in (_WILAYAH, _PYRAMID, _POINTS, "ANALYZE"):
            conn.execute(statements)

    async def draw() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            async with db.as_owner() as conn:
                await set_boundary_version(conn, UUID(int=1), await lowest_zooms(conn))
        finally:
            await db.close()

    asyncio.run(draw())
