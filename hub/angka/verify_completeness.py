"""Proof that what is told of completeness is what the rekap say: of each office, form and period, whether it has sent, had approved, was in
time, by its own rekap of that very period, or by all its parts."""

from dataclasses import dataclass

from psycopg.rows import class_row

from hub.db.database import Database


@dataclass(frozen=True, slots=True)
class WrongCompleteness:
    """`stored`, `expected`: sent, approved, in time (0 or 1 each); None: nothing is told, or nothing is to be told."""

    kode_kab: str
    formulir: str
    periode: str
    stored: list[int] | None
    expected: list[int] | None


_COMPLETENESS = """
WITH sendiri AS (
  SELECT kode_kab, formulir, periode, revisi_disetujui IS NOT NULL AS disetujui, coalesce(tepat_waktu, false) AS tepat
  FROM rekap WHERE diajukan_pada IS NOT NULL AND starts_with(kode_kab, %(kab)s)
), ada AS (
  SELECT kode_kab, formulir, periode, ARRAY[diterima, disetujui, tepat_waktu] AS isi FROM kelengkapan WHERE starts_with(kode_kab, %(kab)s)
), perlu AS (
  SELECT kode_kab, formulir, periode FROM ada UNION SELECT kode_kab, formulir, periode FROM sendiri
), semestinya AS (
  SELECT p.kode_kab, p.formulir, p.periode, ARRAY[(s.kode_kab IS NOT NULL OR b.diterima)::int,
    (coalesce(s.disetujui, false) OR b.disetujui)::int, (coalesce(s.tepat, false) OR b.tepat)::int] AS isi
  FROM perlu p LEFT JOIN sendiri s ON (s.kode_kab, s.formulir, s.periode) = (p.kode_kab, p.formulir, p.periode)
  CROSS JOIN LATERAL (
    SELECT count(*) > 0 AND coalesce(bool_and(coalesce(l.isi[1], 0) > 0), false) AS diterima,
      count(*) > 0 AND coalesce(bool_and(coalesce(l.isi[2], 0) > 0), false) AS disetujui,
      count(*) > 0 AND coalesce(bool_and(coalesce(l.isi[3], 0) > 0), false) AS tepat
    FROM unnest(CASE
      WHEN length(p.periode) = 4 THEN ARRAY[p.periode || '-S1', p.periode || '-S2']
      WHEN p.periode ~ '-S' THEN (SELECT array_agg(left(p.periode, 5) || 'TW' || t) FROM generate_series(
        2 * right(p.periode, 1)::int - 1, 2 * right(p.periode, 1)::int) t)
      WHEN p.periode ~ '-TW' THEN (SELECT array_agg(left(p.periode, 5) || lpad(t::text, 2, '0')) FROM generate_series(
        3 * right(p.periode, 1)::int - 2, 3 * right(p.periode, 1)::int) t)
      ELSE '{}' END) AS bagian (periode)
    LEFT JOIN ada l ON (l.kode_kab, l.formulir, l.periode) = (p.kode_kab, p.formulir, bagian.periode)
  ) b
)
SELECT m.kode_kab, m.formulir, m.periode, a.isi AS stored, m.isi AS expected FROM semestinya m
LEFT JOIN ada a ON (a.kode_kab, a.formulir, a.periode) = (m.kode_kab, m.formulir, m.periode)
WHERE a.isi IS DISTINCT FROM m.isi ORDER BY 1, 2, 3
"""


async def verify_completeness(db: Database, wilayah: str = "") -> tuple[int, list[WrongCompleteness]]:
    """How many offices, forms and periods something is told of, and what is wrong. `wilayah`: a province or a kabupaten; empty: all."""
    async with db.as_owner() as conn:
        cursor = conn.cursor(row_factory=class_row(WrongCompleteness))
        await cursor.execute(_COMPLETENESS, {"kab": wilayah})
        wrong = await cursor.fetchall()
        counted = await (
            await conn.execute("SELECT count(*)::int FROM kelengkapan WHERE starts_with(kode_kab, %s)", (wilayah,))
        ).fetchone()
    return (counted[0] if counted else 0), wrong
