"""Statements that recompute stored figures from approved facts in SQL alone, of one kabupaten and one year (or all years):
no figure depends on anything beyond."""

from collections.abc import Mapping
from decimal import Decimal

from hub.angka.newest_version import version_order_sql
from hub.db.database import Conn

DifferenceRow = tuple[str, str, str, str, str, Decimal | None, Decimal | None]


# the period that `a.periode` is a part of; null of a year
_PARENT_PERIOD = """SELECT CASE
  WHEN length(a.periode) = 4 THEN NULL
  WHEN a.periode LIKE '%%-S_' THEN left(a.periode, 4)
  WHEN a.periode LIKE '%%-TW_' THEN left(a.periode, 4) || '-S' || (right(a.periode, 1)::int + 1) / 2
  ELSE left(a.periode, 4) || '-TW' || (right(a.periode, 2)::int + 2) / 3 END COLLATE "C" AS induk"""


Of = Mapping[str, str | None]
"""`kab`: the kabupaten; `tahun`: the year, None: all."""


def _of(table: str) -> str:
    return f"{table}.kode_kab = %(kab)s AND (CAST(%(tahun)s AS text) IS NULL OR left({table}.periode, 4) = %(tahun)s)"


async def reporters(conn: Conn, wilayah: str) -> list[str]:
    """Kabupaten at or below a code (or around it) that have figures, or approved rekap of which there should be some."""
    cursor = await conn.execute(
        "SELECT kode_kab FROM rekap WHERE revisi_disetujui IS NOT NULL UNION SELECT kode_kab FROM angka ORDER BY 1"
    )
    kab = [k for (k,) in await cursor.fetchall() if len(k) > 2]
    return [k for k in kab if k.startswith(wilayah) or wilayah.startswith(k)]


async def count_figures(conn: Conn, of: Of) -> int:
    row = await (await conn.execute(f"SELECT count(*) FROM angka a WHERE {_of('a')}", of)).fetchone()
    return int(row[0]) if row else 0


async def wrong_sums(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Reported cells of approved revisions, the totals of their breakdowns, and the sums of both per kecamatan and kabupaten,
    against what is stored."""
    cursor = await conn.execute(_WRONG_SUMS, of)
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
  WHERE {_of("v")}
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


async def wrong_folds(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Figures made of finer periods against those periods: wrong ones, missing ones, and those that should not stand."""
    cursor = await conn.execute(
        f"""
WITH bagian AS (
  SELECT a.*, e.agregasi_waktu, p.induk
  FROM angka a JOIN elemen e ON e.kode = a.elemen AND e.agregasi_waktu <> 'TIDAK' CROSS JOIN LATERAL ({_PARENT_PERIOD}) p
  WHERE {_of("a")} AND p.induk IS NOT NULL AND NOT EXISTS (  -- a period with a rekap of its own is made of that one
    SELECT 1 FROM rekap r WHERE r.kode_kab = a.kode_kab AND r.formulir = e.formulir AND r.periode = p.induk
      AND r.revisi_disetujui IS NOT NULL)
), pilihan AS (  -- the one part that counts of stocks and of people counted once
  SELECT kode_kab, elemen, induk, coalesce(max(periode) FILTER (WHERE nilai IS NOT NULL), max(periode)) AS periode
  FROM bagian WHERE agregasi_waktu <> 'JUMLAH' GROUP BY kode_kab, elemen, induk
), seharusnya AS (
  SELECT b.kode_kab, b.elemen, b.induk AS periode, b.kode_wilayah, b.rincian, sum(b.nilai) AS nilai
  FROM bagian b LEFT JOIN pilihan p ON p.kode_kab = b.kode_kab AND p.elemen = b.elemen AND p.induk = b.induk
  WHERE b.agregasi_waktu = 'JUMLAH' OR p.periode = b.periode
  GROUP BY b.kode_kab, b.elemen, b.induk, b.kode_wilayah, b.rincian
)
SELECT coalesce(s.kode_kab, a.kode_kab), coalesce(s.elemen, a.elemen), coalesce(s.periode, a.periode),
  coalesce(s.kode_wilayah, a.kode_wilayah), coalesce(s.rincian, a.rincian)::text, a.nilai, s.nilai
FROM seharusnya s
FULL JOIN (SELECT * FROM angka b WHERE b.turunan AND {_of("b")}) a ON a.kode_kab = s.kode_kab AND a.elemen = s.elemen AND a.periode = s.periode
  AND a.kode_wilayah = s.kode_wilayah AND a.rincian = s.rincian
WHERE a.kode_kab IS NULL OR s.kode_kab IS NULL OR a.nilai IS DISTINCT FROM s.nilai
ORDER BY 1, 2, 3, 4, 5
""",
        of,
    )
    return await cursor.fetchall()


async def wrong_levels(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Totals against the regions right below, wherever those have a figure. Flows of a period that is made of others are left
    to these: one part may have been reported for the whole, another by its regions."""
    cursor = await conn.execute(
        f"""
WITH bawah AS (
  SELECT b.kode_kab, b.elemen, b.periode, left(b.kode_wilayah, CASE b.tingkat WHEN 3 THEN 5 ELSE 8 END) AS induk, b.rincian,
    sum(b.nilai) AS nilai
  FROM angka b JOIN elemen e ON e.kode = b.elemen AND e.agregasi_wilayah IN ('JUMLAH', 'HITUNG')
  WHERE {_of("b")} AND b.tingkat IN (3, 4) AND b.nilai IS NOT NULL AND NOT (b.turunan AND e.agregasi_waktu = 'JUMLAH')
  GROUP BY 1, 2, 3, 4, 5
)
SELECT b.kode_kab, b.elemen, b.periode, b.induk, b.rincian::text, a.nilai, b.nilai
FROM bawah b LEFT JOIN angka a ON a.kode_kab = b.kode_kab AND a.elemen = b.elemen AND a.periode = b.periode
  AND a.kode_wilayah = b.induk AND a.rincian = b.rincian
WHERE a.nilai IS DISTINCT FROM b.nilai
ORDER BY 1, 2, 3, 4, 5
""",
        of,
    )
    return await cursor.fetchall()


async def orphans(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Figures that no approved cell stands behind: none at or below that region with at least that breakdown, or, for
    a figure made of finer periods, no approved rekap within its period."""
    cursor = await conn.execute(
        f"""
WITH sel AS (  -- of each cell the regions it lies in, so that figures find theirs by a hash
  SELECT v.elemen, v.periode, left(v.kode_wilayah, n.huruf) AS wilayah, v.rincian
  FROM rekap_nilai v
  JOIN rekap r ON r.kode_kab = v.kode_kab AND r.formulir = v.formulir AND r.periode = v.periode AND r.revisi_disetujui = v.revisi
  JOIN (VALUES (5), (8), (13)) n(huruf) ON n.huruf <= length(v.kode_wilayah)
  WHERE {_of("v")}
)
SELECT a.kode_kab, a.elemen, a.periode, a.kode_wilayah, a.rincian::text, a.nilai, NULL::numeric
FROM angka a
WHERE {_of("a")} AND NOT a.turunan AND NOT EXISTS (
  SELECT 1 FROM sel v WHERE v.elemen = a.elemen AND v.periode = a.periode AND v.wilayah = a.kode_wilayah AND v.rincian @> a.rincian)
UNION ALL
SELECT a.kode_kab, a.elemen, a.periode, a.kode_wilayah, a.rincian::text, a.nilai, NULL::numeric
FROM angka a JOIN elemen e ON e.kode = a.elemen
WHERE {_of("a")} AND a.turunan AND NOT EXISTS (
  SELECT 1 FROM rekap r WHERE r.kode_kab = a.kode_kab AND r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL
    AND left(r.periode, 4) = left(a.periode, 4) AND hub_akhir(r.periode) <= hub_akhir(a.periode))
ORDER BY 1, 2, 3, 4, 5
""",
        of,
    )
    return await cursor.fetchall()
