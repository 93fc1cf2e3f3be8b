"""Approved rekap behind the made-up figures of province 33, and its year out of twelve months: what `jelaskanAngka` goes back to."""

from collections.abc import Callable

import psycopg

from bench.national_data import Size

# a province of 35 kabupaten among few others; no other bench's size
SIZE = Size(4, 65, 908, 11_043)
PROVINCE = "33"

_REKAP = """
INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, revisi_disetujui, tenggat, diajukan_pada, tepat_waktu)
SELECT DISTINCT a.kode_kab, e.formulir, a.periode, 'DISETUJUI', 1, 1, hub_akhir(a.periode), now(), true
FROM angka a JOIN elemen e ON e.kode = a.elemen WHERE left(a.kode_kab, 2) = %(prov)s AND a.tingkat = 2
"""
_REVISION = """
INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, hash_isi, versi_formulir)
SELECT kode_kab, formulir, periode, 1, 'AJUAN', now(), 'bench', formulir || ' ' || periode, sha256(convert_to(periode, 'UTF8')), 1 FROM rekap
"""
_YEAR = """
INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT a.kode_kab, a.elemen, '2024', a.tingkat, '', a.kode_wilayah, '{}', n.nilai, CASE WHEN n.nilai = 0 THEN 'NOL' ELSE 'ADA' END, true
FROM (
  SELECT a.kode_kab, a.elemen, a.tingkat, a.kode_wilayah, sum(a.nilai) AS jumlah, max(a.nilai) FILTER (WHERE a.periode = '2024-12') AS akhir
  FROM angka a WHERE left(a.kode_kab, 2) = %(prov)s AND a.tingkat IN (2, 3) AND a.periode LIKE '2024-%%' GROUP BY 1, 2, 3, 4
) a JOIN elemen e ON e.kode = a.elemen CROSS JOIN LATERAL (SELECT CASE e.agregasi_waktu WHEN 'JUMLAH' THEN a.jumlah ELSE a.akhir END AS nilai) n
ORDER BY 1, 2, 3, 4, 6
"""


def build(url: str, size: Size, say: Callable[[str], None]) -> None:
    with psycopg.connect(url) as conn:
        for statement in (_REKAP, _REVISION, _YEAR):
            conn.execute(statement, {"prov": PROVINCE} if "%(prov)s" in statement else None)
        conn.commit()
        conn.autocommit = True
        conn.execute("ANALYZE rekap, rekap_revisi, angka")
    say("rekap and the year of one province")
