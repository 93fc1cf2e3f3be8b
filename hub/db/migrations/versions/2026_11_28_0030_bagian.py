"""Stocks of a period that is made of parts: one part counts for the whole kabupaten, as the approving transaction now has it.

Until now every region took the newest part that had a number of its own, so that a kabupaten and its desa showed different
parts. What is stored is brought in line from the finest periods up. Rows that were right stay untouched; the others go and come
as they do when a rekap is approved, so that what was known before can still be asked for.
"""

from alembic import op

revision = "0030_bagian"
down_revision = "0029_rapat"

# periods that are made of others, finest first: how they are spelled, and their parts
_JENJANG = (
    (
        "____-TW_",
        "SELECT array_agg(left(g.periode, 4) || '-' || lpad((3 * right(g.periode, 1)::int - 3 + i)::text, 2, '0')) FROM generate_series(1, 3) i",
    ),
    (
        "____-S_",
        "SELECT array_agg(left(g.periode, 4) || '-TW' || 2 * right(g.periode, 1)::int - 2 + i) FROM generate_series(1, 2) i",
    ),
    ("____", "SELECT ARRAY[g.periode || '-S1', g.periode || '-S2']"),
)

_LIPAT = """
CREATE TEMPORARY TABLE lipat_ulang ON COMMIT DROP AS
WITH g AS (
  SELECT DISTINCT a.kode_kab, a.elemen, a.periode FROM angka a JOIN elemen e ON e.kode = a.elemen
  WHERE a.turunan AND e.agregasi_waktu NOT IN ('JUMLAH', 'TIDAK') AND a.periode LIKE '{pola}'
), bagian AS (
  SELECT g.periode AS menjadi, b.*, b.periode = coalesce(
    max(b.periode) FILTER (WHERE b.nilai IS NOT NULL) OVER seluruhnya, max(b.periode) OVER seluruhnya) AS dihitung
  FROM g CROSS JOIN LATERAL ({bagian}) p(bagian)
  JOIN angka b ON b.kode_kab = g.kode_kab AND b.elemen = g.elemen AND b.periode = ANY(p.bagian)
  WINDOW seluruhnya AS (PARTITION BY g.kode_kab, g.elemen, g.periode)
)
SELECT kode_kab, elemen, menjadi AS periode, tingkat, dimensi, kode_wilayah, rincian, nilai,
  CASE WHEN nilai = 0 THEN 'NOL' WHEN nilai IS NOT NULL THEN 'ADA' ELSE status END AS status
FROM bagian WHERE dihitung;

DELETE FROM angka a USING elemen e
WHERE e.kode = a.elemen AND a.turunan AND e.agregasi_waktu NOT IN ('JUMLAH', 'TIDAK') AND a.periode LIKE '{pola}'
  AND NOT EXISTS (
    SELECT 1 FROM lipat_ulang l WHERE l.kode_kab = a.kode_kab AND l.elemen = a.elemen AND l.periode = a.periode
      AND l.tingkat = a.tingkat AND l.dimensi = a.dimensi AND l.kode_wilayah = a.kode_wilayah AND l.rincian = a.rincian
      AND l.nilai IS NOT DISTINCT FROM a.nilai AND l.status = a.status);
INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, true FROM lipat_ulang
ON CONFLICT DO NOTHING;  -- those that were right
DROP TABLE lipat_ulang;
"""


def upgrade() -> None:
    for pola, bagian in _JENJANG:
        op.execute(_LIPAT.format(pola=pola, bagian=bagian))


def downgrade() -> None:
    """Nothing: what was wrong is in the history, and figures that hold need not be broken again."""
