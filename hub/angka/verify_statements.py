"""Statements that recompute stored figures from approved facts in SQL alone."""

from decimal import Decimal

from hub.angka.newest_version import version_order_sql
from hub.db.database import Conn

DifferenceRow = tuple[str, str, str, str, str, Decimal | None, Decimal | None]


async def count_figures(conn: Conn) -> int:
    row = await (await conn.execute("SELECT count(*) FROM angka")).fetchone()
    return int(row[0]) if row else 0


async def wrong_sums(conn: Conn) -> list[DifferenceRow]:
    """Reported cells of approved revisions, the totals of their breakdowns, and the sums of both per kecamatan and kabupaten,
    against what is stored."""
    cursor = await conn.execute(_WRONG_SUMS)
    return await cursor.fetchall()


_VERSION_ORDER = version_order_sql("(l.rincian->>i.kode)", "i.pilihan")
_WRONG_SUMS = f"""
WITH lapor AS MATERIALIZED (
  SELECT v.kode_kab, v.elemen, v.periode, v.kode_wilayah, v.rincian, v.nilai, v.status, e.agregasi_wilayah,
    CASE WHEN v.rincian = '{{}}' THEN '' ELSE
      (SELECT string_agg(d, '|' ORDER BY d COLLATE "C") FROM jsonb_object_keys(v.rincian) d) END AS dimensi
  FROM rekap_nilai v
  JOIN rekap r ON r.kode_kab = v.kode_kab AND r.formulir = v.formulir AND r.periode = v.periode AND r.revisi_disetujui = v.revisi
  JOIN elemen e ON e.kode = v.elemen
  WHERE length(v.kode_kab) = 5
), kurang AS (  -- each breakdown without some of its dimensions that add up: whether all their choices are there
  SELECT l.kode_kab, l.elemen, l.periode, l.kode_wilayah, l.agregasi_wilayah, l.dimensi, k.urut, k.banyak, b.sisa, sum(l.nilai) AS nilai,
    b.lengkap AND b.perlu = count(*) FILTER (WHERE l.status <> 'TIDAK_ADA_DATA' AND b.dikenal) AS utuh
  FROM lapor l CROSS JOIN LATERAL (
    SELECT array_agg(coalesce(i.urut, 100) ORDER BY coalesce(i.urut, 100)) AS urut, count(*) AS banyak,
      array_agg(d.key) FILTER (WHERE i.menjumlah) AS hapus
    FROM jsonb_each_text(l.rincian) d LEFT JOIN rincian i ON i.elemen = l.elemen AND i.kode = d.key
  ) k CROSS JOIN LATERAL (
    SELECT l.rincian - array_agg(i.kode::text) AS sisa, bool_and(NOT i.terbuka) AS lengkap,
      bool_and(l.rincian->>i.kode = ANY(i.pilihan)) AS dikenal, round(exp(sum(ln(greatest(cardinality(i.pilihan), 1)))))::int AS perlu
    FROM generate_series(1, (1 << coalesce(cardinality(k.hapus), 0)) - 1) m
    JOIN LATERAL unnest(k.hapus) WITH ORDINALITY AS x(nama, nomor) ON (m >> (x.nomor::int - 1)) & 1 = 1
    JOIN rincian i ON i.elemen = l.elemen AND i.kode = x.nama
    GROUP BY m
  ) b
  WHERE l.dimensi <> ''
  GROUP BY l.kode_kab, l.elemen, l.periode, l.kode_wilayah, l.agregasi_wilayah, l.dimensi, k.urut, k.banyak, b.sisa, b.lengkap, b.perlu
), jumlah AS (  -- of a breakdown that was not reported itself: the first that is whole makes its figures, else they are not known
  SELECT DISTINCT ON (q.kode_kab, q.elemen, q.periode, q.kode_wilayah, q.sisa)
    q.kode_kab, q.elemen, q.periode, q.kode_wilayah, q.sisa AS rincian, CASE WHEN q.utuh THEN q.nilai END AS nilai, q.agregasi_wilayah
  FROM kurang q WHERE NOT EXISTS (
    SELECT 1 FROM lapor t WHERE t.kode_kab = q.kode_kab AND t.elemen = q.elemen AND t.periode = q.periode
      AND t.kode_wilayah = q.kode_wilayah AND t.dimensi = CASE WHEN q.sisa = '{{}}' THEN '' ELSE
        (SELECT string_agg(d, '|' ORDER BY d COLLATE "C") FROM jsonb_object_keys(q.sisa) d) END)
  ORDER BY q.kode_kab, q.elemen, q.periode, q.kode_wilayah, q.sisa, q.utuh DESC, q.banyak, q.urut
), tetap AS (
  SELECT kode_kab, elemen, periode, kode_wilayah, rincian, nilai, agregasi_wilayah FROM lapor UNION ALL SELECT * FROM jumlah
), versi AS (  -- choices that replace each other: the newest that has a figure
  SELECT DISTINCT ON (l.kode_kab, l.elemen, l.periode, l.kode_wilayah, l.rincian - i.kode::text)
    l.kode_kab, l.elemen, l.periode, l.kode_wilayah, l.rincian - i.kode::text AS rincian, l.nilai, l.agregasi_wilayah
  FROM lapor l JOIN rincian i ON i.elemen = l.elemen AND i.terbaru AND jsonb_exists(l.rincian, i.kode)
  ORDER BY l.kode_kab, l.elemen, l.periode, l.kode_wilayah, l.rincian - i.kode::text, l.status <> 'TIDAK_ADA_DATA' DESC, {_VERSION_ORDER} DESC
), fakta AS (
  SELECT * FROM tetap
  UNION ALL
  SELECT * FROM versi v WHERE NOT EXISTS (
    SELECT 1 FROM tetap t WHERE t.kode_kab = v.kode_kab AND t.elemen = v.elemen AND t.periode = v.periode
      AND t.kode_wilayah = v.kode_wilayah AND t.rincian = v.rincian)
), naik AS (
  SELECT kode_kab, elemen, periode, kode_wilayah AS wilayah, rincian, nilai FROM fakta
  UNION ALL SELECT kode_kab, elemen, periode, left(kode_wilayah, 8), rincian, nilai FROM fakta
    WHERE length(kode_wilayah) = 13 AND agregasi_wilayah IN ('JUMLAH', 'HITUNG')
  UNION ALL SELECT kode_kab, elemen, periode, left(kode_wilayah, 5), rincian, nilai FROM fakta
    WHERE length(kode_wilayah) > 5 AND agregasi_wilayah IN ('JUMLAH', 'HITUNG')
), seharusnya AS (
  SELECT kode_kab, elemen, periode, wilayah, rincian, sum(nilai) AS nilai FROM naik GROUP BY 1, 2, 3, 4, 5
)
SELECT s.kode_kab, s.elemen, s.periode, s.wilayah, s.rincian::text, a.nilai, s.nilai
FROM seharusnya s
LEFT JOIN angka a ON a.kode_kab = s.kode_kab AND a.elemen = s.elemen AND a.periode = s.periode
  AND a.kode_wilayah = s.wilayah AND a.rincian = s.rincian
WHERE a.kode_kab IS NULL OR a.nilai IS DISTINCT FROM s.nilai OR a.turunan
ORDER BY 1, 2, 3, 4, 5
"""


async def wrong_folds(conn: Conn) -> list[DifferenceRow]:
    """Figures made of finer periods against those periods."""
    cursor = await conn.execute("""
WITH jenjang AS (
  SELECT a.*, e.agregasi_waktu, CASE length(a.periode) WHEN 4 THEN ARRAY[a.periode || '-S1', a.periode || '-S2'] ELSE
    CASE substr(a.periode, 6, 1)
      WHEN 'S' THEN ARRAY[left(a.periode, 4) || '-TW' || (2 * right(a.periode, 1)::int - 1), left(a.periode, 4) || '-TW' || (2 * right(a.periode, 1)::int)]
      ELSE (SELECT array_agg(left(a.periode, 4) || '-' || lpad((3 * (right(a.periode, 1)::int - 1) + i)::text, 2, '0')) FROM generate_series(1, 3) i)
    END END AS bagian
  FROM angka a JOIN elemen e ON e.kode = a.elemen WHERE a.turunan
)
SELECT j.kode_kab, j.elemen, j.periode, j.kode_wilayah, j.rincian::text, j.nilai, h.nilai
FROM jenjang j CROSS JOIN LATERAL (
  SELECT CASE j.agregasi_waktu WHEN 'JUMLAH' THEN sum(b.nilai)
    ELSE (SELECT c.nilai FROM angka c WHERE c.kode_kab = j.kode_kab AND c.elemen = j.elemen AND c.periode = ANY(j.bagian)
          AND c.kode_wilayah = j.kode_wilayah AND c.rincian = j.rincian AND c.nilai IS NOT NULL ORDER BY c.periode DESC LIMIT 1)
    END AS nilai
  FROM angka b WHERE b.kode_kab = j.kode_kab AND b.elemen = j.elemen AND b.periode = ANY(j.bagian)
    AND b.kode_wilayah = j.kode_wilayah AND b.rincian = j.rincian
) h
WHERE j.nilai IS DISTINCT FROM h.nilai
ORDER BY 1, 2, 3, 4, 5
""")
    return await cursor.fetchall()


async def orphans(conn: Conn) -> list[DifferenceRow]:
    """Figures that no approved cell stands behind: none at or below that region with at least that breakdown, or, for
    a figure made of finer periods, no approved rekap within its period."""
    cursor = await conn.execute("""
SELECT a.kode_kab, a.elemen, a.periode, a.kode_wilayah, a.rincian::text, a.nilai, NULL::numeric
FROM angka a JOIN elemen e ON e.kode = a.elemen
WHERE CASE WHEN a.turunan THEN NOT EXISTS (
  SELECT 1 FROM rekap r WHERE r.kode_kab = a.kode_kab AND r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL
    AND left(r.periode, 4) = left(a.periode, 4) AND hub_akhir(r.periode) <= hub_akhir(a.periode)
) ELSE NOT EXISTS (
  SELECT 1 FROM rekap_nilai v
  JOIN rekap r ON r.kode_kab = v.kode_kab AND r.formulir = v.formulir AND r.periode = v.periode AND r.revisi_disetujui = v.revisi
  WHERE v.kode_kab = a.kode_kab AND v.elemen = a.elemen AND v.periode = a.periode AND v.rincian @> a.rincian
    AND (v.kode_wilayah = a.kode_wilayah OR v.kode_wilayah LIKE a.kode_wilayah || '.%')
) END
ORDER BY 1, 2, 3, 4, 5
""")
    return await cursor.fetchall()
