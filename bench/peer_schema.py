"""What the peer sees: views over the very tables the hub reads, one per level, regions in force today, no arguments.

The peer gets the index its own look-ups want (figures by desa), and only figures that everybody may see.
"""

import psycopg

_VALID = "berlaku_sejak <= current_date AND hari_terakhir >= current_date"
_STATEMENTS = f"""
DROP SCHEMA IF EXISTS sebaya CASCADE;
CREATE SCHEMA sebaya;
CREATE VIEW sebaya.provinsi AS SELECT kode, nama FROM wilayah WHERE tingkat = 1 AND {_VALID};
CREATE VIEW sebaya.kabupaten AS SELECT kode, nama, kode_induk FROM wilayah WHERE tingkat = 2 AND {_VALID};
CREATE VIEW sebaya.kecamatan AS SELECT kode_kab, kode, nama FROM wilayah WHERE tingkat = 3 AND {_VALID};
CREATE VIEW sebaya.desa AS SELECT kode_kab, kode, nama, kode_induk FROM wilayah WHERE tingkat = 4 AND {_VALID};
CREATE VIEW sebaya.angka AS SELECT kode_kab, kode_wilayah, elemen, periode, nilai, status FROM angka_rilis
  WHERE tingkat = 4 AND dimensi = '' AND periode IN ('2023-S1', '2023-S2');
CREATE INDEX IF NOT EXISTS angka_sebaya_idx ON angka_rilis (kode_kab, kode_wilayah, elemen, periode)
  WHERE tingkat = 4 AND dimensi = '' AND periode IN ('2023-S1', '2023-S2');
"""


def create(url: str) -> None:
    """Make the views (again)."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(_STATEMENTS)
        conn.execute("VACUUM (ANALYZE) wilayah")
