"""Statements that recompute stored figures from approved facts in SQL alone, of one kabupaten and one year (or all years):
no figure depends on anything beyond."""

from collections.abc import Mapping
from decimal import Decimal

from hub.angka.newest_version import version_order_sql
from hub.db.database import Conn

DifferenceRow = tuple[str, str, str, str, str, Decimal | None, Decimal | None, bool]
"""kode_kab, element, period, region, breakdown, stored, expected, whether there should be one at all."""


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


async def expect_many(conn: Conn) -> None:
    """For the rest of the transaction the planner hashes: of what these statements build up step by step it expects a handful of rows,
    and would sort and search for each of a hundred thousand."""
    await conn.execute(
        "SELECT set_config(k, 'off', true) FROM unnest(ARRAY['enable_nestloop', 'enable_mergejoin', 'enable_sort', 'jit']) k "
        "UNION ALL SELECT set_config('work_mem', '128MB', true)"
    )


async def reporters(conn: Conn, wilayah: str) -> list[str]:
    """Kabupaten at or below a code (or around it) that have figures, or approved rekap of which there should be some."""
    # from one to the next by the key's index: figures are many, kabupaten few
    cursor = await conn.execute(
        """
WITH RECURSIVE k AS (
  SELECT min(kode_kab) AS kode FROM angka
  UNION ALL SELECT (SELECT min(a.kode_kab) FROM angka a WHERE a.kode_kab > k.kode) FROM k WHERE k.kode IS NOT NULL
)
SELECT kode_kab FROM rekap WHERE revisi_disetujui IS NOT NULL UNION SELECT kode FROM k WHERE kode IS NOT NULL ORDER BY 1
"""
    )
    kab = [k for (k,) in await cursor.fetchall() if len(k) > 2]
    return [k for k in kab if k.startswith(wilayah) or wilayah.startswith(k)]


async def count_figures(conn: Conn, of: Of) -> int:
    row = await (await conn.execute(f"SELECT count(*) FROM angka a WHERE {_of('a')}", of)).fetchone()
    return int(row[0]) if row else 0


async def wrong_sums(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Reported cells of approved revisions, the totals of their breakdowns, and the sums of both per kecamatan and kabupaten,
    against what is stored: wrong ones, missing ones, and those that no cell stands behind."""
    cursor = await conn.execute(_WRONG_SUMS, of)
    return await cursor.fetchall()


def _compared(expected: str, stored: str, wrong: str) -> str:
    """What should stand beside what stands, as differences. Both: SELECTs of (elemen, periode, wilayah, rincian, nilai); of `expected`
    those of one key are added, `stored` has a further column, turunan. `wrong`: a condition on `ada_seharusnya`, `ada`, `nilai`,
    `seharusnya`, `turunan`.

    One above the other and grouped: whatever the planner expects of rows it cannot foresee, it is one hash over them, where a
    join of the two became a search through the kabupaten's figures for each.
    """
    return f"""
SELECT CAST(%(kab)s AS text), x.elemen, x.periode, x.wilayah, x.rincian::text, x.nilai, x.seharusnya, x.ada_seharusnya FROM (
  SELECT g.elemen, g.periode, g.wilayah, g.rincian, g.nilai, g.seharusnya,
    g.tanda & 1 > 0 AS ada_seharusnya, g.tanda & 2 > 0 AS ada, g.tanda & 4 > 0 AS turunan
  FROM (
    SELECT u.elemen, u.periode, u.wilayah, u.rincian, sum(u.nilai) FILTER (WHERE u.tanda > 1) AS nilai,
      sum(u.nilai) FILTER (WHERE u.tanda = 1) AS seharusnya, bit_or(u.tanda) AS tanda
    FROM (
      SELECT e.*, 1 AS tanda FROM ({expected}) e(elemen, periode, wilayah, rincian, nilai)
      UNION ALL SELECT s.elemen, s.periode, s.wilayah, s.rincian, s.nilai, CASE WHEN s.turunan THEN 6 ELSE 2 END
      FROM ({stored}) s(elemen, periode, wilayah, rincian, nilai, turunan)
    ) u GROUP BY u.elemen, u.periode, u.wilayah, u.rincian
  ) g
) x WHERE {wrong}
ORDER BY 2, 3, 4, 5
"""


_VERSION_ORDER = version_order_sql("(l.rincian->>i.kode)", "i.pilihan")
_REPORTED = f"""
  SELECT v.elemen, v.periode, v.kode_wilayah, v.rincian, v.nilai, v.status
  FROM rekap r JOIN rekap_nilai v ON v.kode_kab = r.kode_kab AND v.formulir = r.formulir AND v.periode = r.periode AND v.revisi = r.revisi_disetujui
  WHERE {_of("v")} AND {_of("r")}"""


def _names_of(rincian: str) -> str:
    return f"""CASE WHEN {rincian} = '{{}}' THEN '' ELSE
    (SELECT string_agg(d, '|' ORDER BY d COLLATE "C") FROM jsonb_object_keys({rincian}) d) END"""


_WRONG_SUMS = f"""
WITH sel AS MATERIALIZED ({_REPORTED}
), laporan AS MATERIALIZED (SELECT DISTINCT elemen, periode FROM sel
), ragam AS MATERIALIZED (  -- there are many cells, and few breakdowns: what is told by the breakdown is worked out once for each
  SELECT x.elemen, x.rincian, {_names_of("x.rincian")} AS dimensi
  FROM (SELECT DISTINCT elemen, rincian FROM sel) x
), susut AS MATERIALIZED (  -- each breakdown without some of its dimensions that add up
  SELECT r.elemen, r.rincian, r.dimensi, k.urut, k.banyak, b.*
  FROM ragam r CROSS JOIN LATERAL (
    SELECT array_agg(coalesce(i.urut, 100) ORDER BY coalesce(i.urut, 100)) AS urut, count(*) AS banyak,
      array_agg(d.key) FILTER (WHERE i.menjumlah) AS hapus
    FROM jsonb_each_text(r.rincian) d LEFT JOIN rincian i ON i.elemen = r.elemen AND i.kode = d.key
  ) k CROSS JOIN LATERAL (
    SELECT r.rincian - array_agg(i.kode::text) AS sisa, bool_and(NOT i.terbuka) AS lengkap,
      bool_and(r.rincian->>i.kode = ANY(i.pilihan)) AS dikenal, round(exp(sum(ln(greatest(cardinality(i.pilihan), 1)))))::int AS perlu
    FROM generate_series(1, (1 << coalesce(cardinality(k.hapus), 0)) - 1) m
    JOIN LATERAL unnest(k.hapus) WITH ORDINALITY AS x(nama, nomor) ON (m >> (x.nomor::int - 1)) & 1 = 1
    JOIN rincian i ON i.elemen = r.elemen AND i.kode = x.nama
    GROUP BY m
  ) b
  WHERE r.dimensi <> ''
), sendiri AS MATERIALIZED (  -- cells that others, with more dimensions, would make as well
  SELECT s.elemen, s.periode, s.kode_wilayah, s.rincian FROM sel s WHERE (s.elemen, s.rincian) IN (SELECT elemen, sisa FROM susut)
), kurang AS (  -- whether all the choices are there
  SELECT l.elemen, l.periode, l.kode_wilayah, s.sisa, s.banyak, s.urut, sum(l.nilai) AS nilai,
    s.lengkap AND s.perlu = count(*) FILTER (WHERE l.status <> 'TIDAK_ADA_DATA' AND s.dikenal) AS utuh
  FROM sel l JOIN susut s ON s.elemen = l.elemen AND s.rincian = l.rincian
  GROUP BY l.elemen, l.periode, l.kode_wilayah, s.dimensi, s.sisa, s.banyak, s.urut, s.lengkap, s.perlu
), jumlah AS (  -- of figures that were not reported themselves: the first breakdown that is whole makes its figures, else they are not known
  SELECT DISTINCT ON (q.elemen, q.periode, q.kode_wilayah, q.sisa)
    q.elemen, q.periode, q.kode_wilayah, q.sisa AS rincian, CASE WHEN q.utuh THEN q.nilai END AS nilai
  FROM kurang q WHERE (q.elemen, q.periode, q.kode_wilayah, q.sisa) NOT IN (SELECT * FROM sendiri)
  ORDER BY q.elemen, q.periode, q.kode_wilayah, q.sisa, q.utuh DESC, q.banyak, q.urut
), tetap AS MATERIALIZED (
  SELECT elemen, periode, kode_wilayah, rincian, nilai FROM sel UNION ALL SELECT * FROM jumlah
), versi AS (  -- choices that replace each other: the newest that has a figure
  SELECT DISTINCT ON (l.elemen, l.periode, l.kode_wilayah, l.rincian - i.kode::text)
    l.elemen, l.periode, l.kode_wilayah, l.rincian - i.kode::text AS rincian, l.nilai
  FROM sel l JOIN rincian i ON i.elemen = l.elemen AND i.terbaru AND jsonb_exists(l.rincian, i.kode)
  ORDER BY l.elemen, l.periode, l.kode_wilayah, l.rincian - i.kode::text, l.status <> 'TIDAK_ADA_DATA' DESC, {
    _VERSION_ORDER
} DESC
), fakta AS MATERIALIZED (
  SELECT * FROM tetap
  UNION ALL SELECT * FROM versi v WHERE (v.elemen, v.periode, v.kode_wilayah, v.rincian) NOT IN (
    SELECT t.elemen, t.periode, t.kode_wilayah, t.rincian FROM tetap t)
), tetap_di_tempat AS MATERIALIZED (SELECT kode FROM elemen WHERE agregasi_wilayah NOT IN ('JUMLAH', 'HITUNG')
), desa AS (
  SELECT f.elemen, f.periode, left(f.kode_wilayah, 8) AS wilayah, f.rincian, sum(f.nilai) AS nilai
  FROM fakta f WHERE length(f.kode_wilayah) = 13 AND f.elemen NOT IN (SELECT kode FROM tetap_di_tempat) GROUP BY 1, 2, 3, 4
), kecamatan AS MATERIALIZED (  -- of its desa, and what it reported itself
  SELECT * FROM desa UNION ALL SELECT f.elemen, f.periode, f.kode_wilayah, f.rincian, f.nilai
  FROM fakta f WHERE length(f.kode_wilayah) = 8 AND f.elemen NOT IN (SELECT kode FROM tetap_di_tempat)
), kabupaten AS (
  SELECT elemen, periode, CAST(%(kab)s AS text), rincian, sum(nilai) FROM kecamatan GROUP BY 1, 2, 3, 4
)
{
    _compared(
        "SELECT * FROM fakta UNION ALL SELECT * FROM desa UNION ALL SELECT * FROM kabupaten",
        f'''SELECT a.elemen, a.periode, a.kode_wilayah, a.rincian, a.nilai, a.turunan FROM angka a
    WHERE {_of("a")} AND (NOT a.turunan OR (a.elemen, a.periode) IN (SELECT elemen, periode FROM laporan))''',
        "NOT x.ada OR NOT x.ada_seharusnya AND NOT x.turunan OR x.ada_seharusnya AND (x.nilai IS DISTINCT FROM x.seharusnya OR x.turunan)",
    )
}"""


async def wrong_folds(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Figures made of finer periods against those periods: wrong ones, missing ones, and those that should not stand."""
    cursor = await conn.execute(_WRONG_FOLDS, of)
    return await cursor.fetchall()


_WRONG_FOLDS = f"""
WITH ada AS MATERIALIZED (
  SELECT a.elemen, a.periode, bool_or(a.nilai IS NOT NULL) AS berangka FROM angka a WHERE {
    _of("a")
} GROUP BY a.elemen, a.periode
), induk AS MATERIALIZED (  -- periods that are part of another; one with a rekap of its own is made of that one
  SELECT a.elemen, a.periode, e.agregasi_waktu = 'JUMLAH' AS dijumlah, p.induk, a.berangka
  FROM ada a JOIN elemen e ON e.kode = a.elemen AND e.agregasi_waktu <> 'TIDAK' CROSS JOIN LATERAL ({_PARENT_PERIOD}) p
  WHERE p.induk IS NOT NULL AND (e.formulir, p.induk) NOT IN (
    SELECT r.formulir, r.periode FROM rekap r WHERE r.kode_kab = %(kab)s AND r.revisi_disetujui IS NOT NULL)
), bagian AS MATERIALIZED (  -- all parts of flows; of stocks and of people counted once the one that counts
  SELECT i.elemen, i.periode, i.induk FROM induk i WHERE i.dijumlah
  UNION ALL SELECT i.elemen, coalesce(max(i.periode) FILTER (WHERE i.berangka), max(i.periode)), i.induk
  FROM induk i WHERE NOT i.dijumlah GROUP BY i.elemen, i.induk
)
{
    _compared(
        "SELECT a.elemen, b.induk, a.kode_wilayah AS wilayah, a.rincian, a.nilai FROM bagian b "
        f"JOIN angka a ON a.elemen = b.elemen AND a.periode = b.periode AND {_of('a')}",
        f"SELECT a.elemen, a.periode, a.kode_wilayah, a.rincian, a.nilai, a.turunan FROM angka a WHERE a.turunan AND {_of('a')}",
        "NOT x.ada OR NOT x.ada_seharusnya OR x.nilai IS DISTINCT FROM x.seharusnya",
    )
}"""


async def wrong_levels(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Totals against the regions right below, wherever those have a figure. Flows of a period that is made of others are left
    to these: one part may have been reported for the whole, another by its regions."""
    cursor = await conn.execute(_WRONG_LEVELS, of)
    return await cursor.fetchall()


_WRONG_LEVELS = _compared(
    f"""SELECT b.elemen, b.periode, left(b.kode_wilayah, CASE b.tingkat WHEN 3 THEN 5 ELSE 8 END) AS wilayah, b.rincian, b.nilai
  FROM angka b JOIN elemen e ON e.kode = b.elemen AND e.agregasi_wilayah IN ('JUMLAH', 'HITUNG')
  WHERE {_of("b")} AND b.tingkat IN (3, 4) AND b.nilai IS NOT NULL AND NOT (b.turunan AND e.agregasi_waktu = 'JUMLAH')""",
    f"SELECT a.elemen, a.periode, a.kode_wilayah, a.rincian, a.nilai, a.turunan FROM angka a WHERE a.tingkat IN (2, 3) AND {_of('a')}",
    "x.ada_seharusnya AND x.nilai IS DISTINCT FROM x.seharusnya",
)


async def orphans(conn: Conn, of: Of) -> list[DifferenceRow]:
    """Figures made of finer periods without an approved rekap within their period."""
    cursor = await conn.execute(_ORPHANS, of)
    return await cursor.fetchall()


_ORPHANS = f"""
WITH lipat AS MATERIALIZED (SELECT DISTINCT a.elemen, a.periode FROM angka a WHERE a.turunan AND {_of("a")}
), tanpa AS MATERIALIZED (
  SELECT l.elemen, l.periode FROM lipat l JOIN elemen e ON e.kode = l.elemen WHERE NOT EXISTS (
    SELECT 1 FROM rekap r WHERE r.kode_kab = %(kab)s AND r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL
      AND left(r.periode, 4) = left(l.periode, 4) AND hub_akhir(r.periode) <= hub_akhir(l.periode))
)
SELECT a.kode_kab, a.elemen, a.periode, a.kode_wilayah, a.rincian::text, a.nilai, NULL::numeric, false
FROM tanpa t JOIN angka a ON a.elemen = t.elemen AND a.periode = t.periode AND a.turunan AND {_of("a")}
ORDER BY 1, 2, 3, 4, 5
"""
