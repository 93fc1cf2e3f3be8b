"""The released layer with its secondary suppression switched off: an attacker who gets nothing out of that looks for nothing."""

import psycopg

_LARGE_ARE_OPEN = """
UPDATE angka_rilis r SET nilai = a.nilai, status = 'ADA'
FROM angka a JOIN elemen e ON e.kode = a.elemen
WHERE (r.kode_kab, r.elemen, r.periode, r.tingkat, r.dimensi, r.kode_wilayah, r.rincian)
  = (a.kode_kab, a.elemen, a.periode, a.tingkat, a.dimensi, a.kode_wilayah, a.rincian)
  AND r.status = 'DISUPRESI' AND a.nilai >= CASE WHEN e.sensitif = 3 THEN 10 ELSE 5 END"""


def open_large(database_url: str) -> int:
    """Open every figure of a kabupaten that is not small itself. How many were closed for the sake of others."""
    with psycopg.connect(database_url) as conn:
        return conn.execute(_LARGE_ARE_OPEN).rowcount
