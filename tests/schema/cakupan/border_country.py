"""What the tests of coverage stand on: Rote Ndao of the demo with resources of every sort, and a kabupaten across its border."""

import random
from typing import Any

from tests.client import Client
from tests.sumber_daya.rows import uuid_of

OUTSIDE = "53.99"  # made up: a strip of land east of Rote
WITHOUT_BATAS = ("53.14.01.2005", "53.14.10.2003")  # desa whose boundaries are taken away
WITHOUT_ANGKA = "53.14.04."  # a kecamatan that reported nothing
PERIODE = "2021"
OPEN, SENSITIVE = (
    "WIL01",
    "REH10",
)  # figures per desa that everybody may see, and that only those who answer for them may

_OUTSIDE = """
INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk)
SELECT left(k, 5), k, '2020-01-01', CASE length(k) WHEN 5 THEN 2 WHEN 8 THEN 3 ELSE 4 END, 'DESA', 'Luar ' || k,
  left(k, CASE length(k) WHEN 5 THEN 2 WHEN 8 THEN 5 ELSE 8 END)
FROM unnest(ARRAY['53.99', '53.99.01', '53.99.01.2001', '53.99.01.2002', '53.99.01.2003']) k;
INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh)
SELECT '53.99', '53.99.01.200' || n, '2020-01-01', '2020-01-01', '2020-01-01', 4, ST_Multi(k), ST_Centroid(k),
  ST_Area(k::geography) / 1e6, 'uji', 'uji', true
FROM generate_series(1, 3) n CROSS JOIN LATERAL (
  SELECT ST_MakeEnvelope(123.43 + n * 0.03, -10.48, 123.46 + n * 0.03, -10.43, 4326) AS k) x;
"""

_ANGKA = """
INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT w.kode_kab, e.kode, %s, 4, '', w.kode, '{}', n.nilai, CASE n.nilai WHEN 0 THEN 'NOL' ELSE 'ADA' END, false
FROM wilayah w CROSS JOIN elemen e CROSS JOIN LATERAL (SELECT abs(hashtext(w.kode || e.kode)) %% 400::numeric AS nilai) n
WHERE w.tingkat = 4 AND w.berlaku_sejak <= '2021-12-31' AND w.hari_terakhir >= '2021-12-31' AND w.kode_kab IN ('53.14', '53.99') AND NOT starts_with(w.kode, %s)
  AND e.kode IN ('WIL01', 'REH10')
"""


def build(hub: Client) -> None:
    """Fill a demo of one's own."""
    hub.sql(_OUTSIDE)
    hub.sql("DELETE FROM batas WHERE kode = ANY(%s)", list(WITHOUT_BATAS))
    hub.sql(_ANGKA, PERIODE, WITHOUT_ANGKA)
    desa = hub.sql("""SELECT w.kode, ST_X(b.titik), ST_Y(b.titik) FROM wilayah w JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode
      AND b.sampai IS NULL WHERE w.tingkat = 4 AND w.berlaku_sampai IS NULL AND w.kode_kab = '53.14' ORDER BY w.kode""")
    chance = random.Random(3)
    for n in range(1, 31):
        kode, lon, lat = desa[n * 7 % len(desa)]
        point = f"SRID=4326;POINT({lon + chance.uniform(-0.01, 0.01):.6f} {lat + chance.uniform(-0.01, 0.01):.6f})"
        clients = n if n % 4 == 0 else n // 3  # of every fifth nobody told the sexes apart
        capacity = {"daya_tampung": n} | ({"klien": clients} if n % 5 == 1 else {"klien_l": clients, "klien_p": 0})
        kind = ("PANTI", "LKS", "RUMAH_SINGGAH")[n % 3]
        add(hub, n, kind, kode_desa=kode, titik=None if n % 5 == 0 else point, **capacity)
    add(hub, 40, "RUMAH_SINGGAH", kode_desa=desa[3][0], rahasia=True)
    add(
        hub, 41, "PANTI", kode_desa=desa[4][0], titik=f"SRID=4326;POINT({desa[4][1]} {desa[4][2]})", sampai="2021-01-01"
    )
    add(hub, 42, "PANTI", kode_desa=desa[5][0], titik=f"SRID=4326;POINT({desa[5][1]} {desa[5][2]})", sejak="2999-01-01")
    add(hub, 43, "PANTI", kode_desa=WITHOUT_BATAS[0])  # nobody knows where
    add(
        hub,
        44,
        "PANTI",
        kode_desa="53.99.01.2001",
        kode_kab=OUTSIDE,
        titik="SRID=4326;POINT(123.461 -10.45)",
        daya_tampung=90,
    )
    add(hub, 45, "PANTI", kode_desa="53.99.01.2003", kode_kab=OUTSIDE, titik="SRID=4326;POINT(123.54 -10.45)")
    add(hub, 46, "KARANG_TARUNA", kode_desa=desa[0][0], titik=f"SRID=4326;POINT({desa[0][1]} {desa[0][2]})")
    add(hub, 47, "SLRT", kode_kab="36.73", kode_desa="36.73.01.1001", titik="SRID=4326;POINT(106.15 -6.11)")
    for n, until in ((1, None), (4, "2020-01-01"), (46, "2020-01-01")):
        kind = "SK" if n == 46 else "TANDA_DAFTAR"
        hub.sql("INSERT INTO surat_sumber_daya (kode_kab, id, jenis, sejak, sampai) VALUES ('53.14', %s, %s, '2019-01-01', %s)",
                uuid_of(n), kind, until)  # fmt: skip


def add(hub: Client, n: int, kind: str, **more: Any) -> None:
    base: dict[str, Any] = {
        "nama": f"Lembaga {n}", "pemilik": "MASYARAKAT", "sejak": "2019-01-01", "jenis": kind, "id": uuid_of(n),
        "kode_kab": "53.14", "diubah_oleh": "uji",
    }  # fmt: skip
    if kind == "PANTI":
        base |= {"sasaran": "Anak", "daya_tampung": 40}
    row = {**base, **more}
    placeholders = ", ".join("ST_GeomFromEWKT(%s)" if k == "titik" else "%s" for k in row)
    hub.sql(f"INSERT INTO sumber_daya ({', '.join(row)}) VALUES ({placeholders})", *row.values())


# what plain PostGIS says: resources that count, where they stand; desa with their label points. Distances on the spheroid
PRESENT = """s AS (
  SELECT s.*, s.kode_kab || ':' || s.id AS kunci, geography(coalesce(s.titik, b.titik)) AS letak FROM sumber_daya s
  LEFT JOIN batas b ON b.kode_kab = s.kode_kab AND b.kode = s.kode_desa AND b.sampai IS NULL
  WHERE s.jenis = ANY(%s) AND s.sejak <= current_date AND s.hari_terakhir >= current_date AND NOT s.rahasia
    AND coalesce(s.titik, b.titik) IS NOT NULL
), d AS (
  SELECT w.kode, b.geom, geography(b.titik) AS letak FROM wilayah w LEFT JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode
    AND b.sampai IS NULL
  WHERE w.tingkat = 4 AND w.berlaku_sampai IS NULL AND starts_with(w.kode, %s)
)"""
