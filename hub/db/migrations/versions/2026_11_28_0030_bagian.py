"""Stocks of a period that is made of parts: one part counts for the whole kabupaten, as the approving transaction now has it.

Until now every region took the newest part that had a number of its own, so that a kabupaten and its desa showed different
parts. What is stored is brought in line from the finest periods up. Rows that were right stay untouched; the others go and come
as they do when a rekap is approved, so that what was known before can still be asked for.

Completeness counts offices, never rekap: an office has reported when its own rekap of the period is there, or all its parts are. It
is another measure, so it is taken of what was counted before, too.
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


_LAMA_PERIODE = """
-- how many months a period has, and the shortest that a form is expected for
CREATE FUNCTION hub_bulan(periode text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN length(periode) = 4 THEN 12 WHEN substr(periode, 6, 1) = 'S' THEN 6 WHEN substr(periode, 6, 2) = 'TW' THEN 3 ELSE 1 END;
CREATE FUNCTION hub_bulan_jenis(jenis text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE jenis WHEN 'TAHUN' THEN 12 WHEN 'SEMESTER' THEN 6 WHEN 'TRIWULAN' THEN 3 ELSE 1 END;
"""

_KANTOR = """
UPDATE kelengkapan k SET diharapkan = 1,
  diterima = (s.ada OR b.diterima)::int, disetujui = (s.disetujui OR b.disetujui)::int, tepat_waktu = (s.tepat OR b.tepat)::int
FROM (
  SELECT g.kode_kab, g.formulir, g.periode,
    coalesce(bool_and(coalesce(l.diterima, 0) > 0) FILTER (WHERE p.bagian IS NOT NULL), false) AS diterima,
    coalesce(bool_and(coalesce(l.disetujui, 0) > 0) FILTER (WHERE p.bagian IS NOT NULL), false) AS disetujui,
    coalesce(bool_and(coalesce(l.tepat_waktu, 0) > 0) FILTER (WHERE p.bagian IS NOT NULL), false) AS tepat
  FROM kelengkapan g LEFT JOIN LATERAL unnest(({bagian})) p(bagian) ON true
  LEFT JOIN kelengkapan l ON l.kode_kab = g.kode_kab AND l.formulir = g.formulir AND l.periode = p.bagian
  WHERE g.periode LIKE '{pola}' AND ('{pola}' <> '____-__' OR hub_bulan(g.periode) = 1)
  GROUP BY g.kode_kab, g.formulir, g.periode
) b
CROSS JOIN LATERAL (
  SELECT count(*) > 0 AS ada, coalesce(bool_or(r.revisi_disetujui IS NOT NULL), false) AS disetujui,
    coalesce(bool_or(r.tepat_waktu), false) AS tepat
  FROM rekap r WHERE r.kode_kab = b.kode_kab AND r.formulir = b.formulir AND r.periode = b.periode AND r.diajukan_pada IS NOT NULL
) s
WHERE k.kode_kab = b.kode_kab AND k.formulir = b.formulir AND k.periode = b.periode
"""
# of what was counted then: all there was, or not
_KANTOR_DAHULU = """
UPDATE kelengkapan_riwayat SET diharapkan = 1, diterima = (diterima >= diharapkan)::int, disetujui = (disetujui >= diharapkan)::int,
  tepat_waktu = (tepat_waktu >= diharapkan)::int
"""


def upgrade() -> None:
    op.execute(_LAMA_PERIODE)
    for pola, bagian in (("____-__", "SELECT NULL::text[]"), *_JENJANG):
        op.execute(_KANTOR.format(pola=pola, bagian=bagian))
    op.execute(_KANTOR_DAHULU)
    for pola, bagian in _JENJANG:
        op.execute(_LIPAT.format(pola=pola, bagian=bagian))


def downgrade() -> None:
    """Figures that hold need not be broken again, and offices count as one rekap each."""
    op.execute("DROP FUNCTION hub_bulan(text), hub_bulan_jenis(text)")
