"""The budget of an office as a tree, in SQL: sources of money, under them programmes as the office's list for the year has them, under
all of it the figures.

A programme that nothing is part of carries a figure; so does one of whose parts nothing was said while it was itself. Everything
else is summed of those, and unknown while one of them is. A source that no list was brought for is whole only when the office
states its total and the programmes reported make it.
"""

from typing import Any

from sqlalchemy import CTE, Boolean, Date, Integer, Numeric, Text
from sqlalchemy.types import TypeEngine

from hub.anggaran.names import program_key_sql
from hub.anggaran.statements import year_of_list
from hub.plan.sql_text import Binds, Names, names, sql_clause

# what of a row is asked twice, of the ceiling and of what was spent
_PAGU, _REALISASI = "KIN03", "KIN04"
_DIMENSI = "('', 'sumber_anggaran', 'program|sumber_anggaran')"
_RINCIAN = "coalesce({0}.rincian->>'sumber_anggaran', '') AS sumber, {0}.rincian->>'program' AS program"


def _offices(n: Names) -> str:
    """The office asked of; of a province its kabupaten too."""
    return f"""
kantor AS MATERIALIZED (
  SELECT w.kode AS kode_kab, w.tingkat FROM wilayah w
  WHERE w.kode_kab >= {n.wilayah} AND w.kode_kab < {n.wilayah} || '/' AND w.tingkat <= 2 AND w.kode = w.kode_kab
    AND w.berlaku_sejak <= {n.akhir} AND w.hari_terakhir >= {n.akhir}
)"""


def _figures(n: Names) -> str:
    """What was reported (`tertulis`: as a stated total). A province's own figures are what it states."""
    return f"""
fakta AS MATERIALIZED (
  SELECT o.kode_kab, a.elemen, {_RINCIAN.format("a")}, a.nilai, false AS tertulis,
    a.nilai IS NOT NULL OR a.status IN ('TIDAK_DILAKSANAKAN', 'TIDAK_BERLAKU') AS dijawab
  FROM kantor o JOIN angka_terbaca a ON a.kode_kab = o.kode_kab AND a.elemen IN ('{_PAGU}', '{_REALISASI}')
    AND a.periode = {n.periode} AND a.tingkat = 2 AND a.dimensi IN {_DIMENSI} AND a.kode_wilayah = o.kode_kab
  UNION ALL
  SELECT o.kode_kab, t.elemen, {_RINCIAN.format("t")}, t.tertulis, o.tingkat > 1, true
  FROM kantor o JOIN angka_tertulis t ON t.kode_kab = o.kode_kab AND t.elemen IN ('{_PAGU}', '{_REALISASI}')
    AND t.periode = {n.periode} AND t.dimensi IN {_DIMENSI} AND t.kode_wilayah = o.kode_kab
)"""


def _register(n: Names) -> str:
    """The list that holds, and of each programme whether it is in force on the period's last day."""
    return f"""
daftar AS MATERIALIZED (
  SELECT p.kode_kab, p.sumber, p.kunci, coalesce(p.induk, '') AS induk, p.nama, p.kunci_alias, p.urut,
    CASE WHEN p.tahun = {n.tahun} THEN p.berlaku_sejak <= {n.akhir} AND coalesce(p.berlaku_sampai >= {n.akhir}, true)
      ELSE p.berlaku_sampai IS NULL END AS berlaku
  FROM kantor o JOIN program p ON p.kode_kab = o.kode_kab AND p.tahun = ({year_of_list("p", n.tahun)})
)"""


def _placed() -> str:
    """Figures beside the programme that they name; what no list knows stands for itself. '': the source as a whole."""
    return f"""
cocok AS MATERIALIZED (
  SELECT f.*, d.kunci IS NULL AND f.program IS NOT NULL AS tak_terdaftar,
    CASE WHEN f.program IS NULL THEN '' ELSE coalesce(d.kunci, ' ' || k.kunci) END AS kunci
  FROM fakta f CROSS JOIN LATERAL (SELECT {program_key_sql("f.program")} AS kunci) k
  LEFT JOIN LATERAL (
    SELECT d.kunci FROM daftar d WHERE d.kode_kab = f.kode_kab AND d.sumber = f.sumber
      AND (d.kunci = k.kunci OR k.kunci = ANY(d.kunci_alias))
    ORDER BY d.berlaku DESC, d.kunci = k.kunci DESC, d.kunci LIMIT 1
  ) d ON f.program IS NOT NULL
), sendiri AS MATERIALIZED (
  SELECT kode_kab, sumber, kunci, bool_or(dijawab AND NOT tertulis) AS ada, {_own("pagu", _PAGU)}, {_own("realisasi", _REALISASI)}
  FROM cocok GROUP BY kode_kab, sumber, kunci
)"""


def _own(name: str, elemen: str) -> str:
    of = f"FILTER (WHERE elemen = '{elemen}' AND {{}}tertulis)"
    reported = of.format("NOT ")
    return (
        f"sum(nilai) {reported} AS {name}, coalesce(bool_and(dijawab) {reported}, false) AS {name}_dijawab, "
        f"max(nilai) {of.format('')} AS {name}_tertulis"
    )


_TREE = """
simpul AS MATERIALIZED (
  SELECT kode_kab, sumber, kunci, induk, nama, berlaku,
    row_number() OVER (PARTITION BY kode_kab, sumber ORDER BY tambahan, berlaku DESC, urut, nama, kunci)::int AS urut
  FROM (
    SELECT kode_kab, sumber, kunci, induk, nama, berlaku, urut, false AS tambahan FROM daftar
    UNION ALL
    SELECT kode_kab, sumber, kunci, '', min(program), true, 0, true FROM cocok
    WHERE tak_terdaftar AND NOT tertulis AND sumber <> '' GROUP BY kode_kab, sumber, kunci
  ) x
), pohon AS (
  SELECT s.kode_kab, s.sumber, CAST('' AS text) COLLATE "C" AS kunci, CAST(NULL AS text) COLLATE "C" AS nama_induk,
    CAST(s.sumber AS text) COLLATE "C" AS nama, true AS berlaku, ARRAY[coalesce(u.urut, 99)] AS jalur, ARRAY[CAST('' AS text) COLLATE "C"] AS leluhur
  FROM (SELECT kode_kab, sumber FROM simpul UNION SELECT kode_kab, sumber FROM cocok WHERE sumber <> '' AND NOT tertulis) s
  LEFT JOIN sumber_katalog u ON u.sumber = s.sumber
  UNION ALL
  SELECT c.kode_kab, c.sumber, CAST(c.kunci AS text) COLLATE "C", p.nama, CAST(c.nama AS text) COLLATE "C", c.berlaku, p.jalur || c.urut,
    p.leluhur || (CAST(c.kunci AS text) COLLATE "C")
  FROM pohon p JOIN simpul c ON c.kode_kab = p.kode_kab AND c.sumber = p.sumber AND c.induk = p.kunci
), lengkap AS MATERIALIZED (
  SELECT p.*, coalesce(a.ada, false) AS ada, a.kunci IS NOT NULL AS disebut, a.pagu, coalesce(a.pagu_dijawab, false) AS pagu_dijawab, a.pagu_tertulis,
    a.realisasi, coalesce(a.realisasi_dijawab, false) AS realisasi_dijawab, a.realisasi_tertulis
  FROM pohon p LEFT JOIN sendiri a ON a.kode_kab = p.kode_kab AND a.sumber = p.sumber AND a.kunci = p.kunci
), tampak AS MATERIALIZED (  -- what is in force, what figures name, and what those are part of
  SELECT p.* FROM lengkap p WHERE EXISTS (
    SELECT 1 FROM lengkap q WHERE q.kode_kab = p.kode_kab AND q.sumber = p.sumber AND p.kunci = ANY(q.leluhur) AND (q.berlaku OR q.ada))
), bagian AS MATERIALIZED (
  SELECT t.*, b.banyak > 0 AS bercabang, t.ada AND b.banyak > 0 AND NOT b.ada AS berdiri
  FROM tampak t CROSS JOIN LATERAL (
    SELECT count(*) AS banyak, coalesce(bool_or(q.ada), false) AS ada FROM tampak q
    WHERE q.kode_kab = t.kode_kab AND q.sumber = t.sumber AND t.kunci = ANY(q.leluhur) AND q.kunci <> t.kunci
  ) b
), daun AS MATERIALIZED (
  SELECT t.* FROM bagian t WHERE (t.berdiri OR NOT t.bercabang) AND NOT EXISTS (
    SELECT 1 FROM bagian x WHERE x.kode_kab = t.kode_kab AND x.sumber = t.sumber AND x.berdiri
      AND x.kunci = ANY(t.leluhur) AND x.kunci <> t.kunci)
), hasil AS MATERIALIZED (
  SELECT t.kode_kab, t.sumber, t.kunci, t.nama, t.nama_induk AS induk, t.jalur, t.bercabang AND NOT t.berdiri AS subtotal,
    d.dari, d.berisi, {pagu}, {realisasi}
  FROM bagian t
  CROSS JOIN LATERAL (
    SELECT t.kunci = '' AND NOT EXISTS (SELECT 1 FROM daftar x WHERE x.kode_kab = t.kode_kab AND x.sumber = t.sumber) AS terbuka
  ) l
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS dari, count(*) FILTER (WHERE x.pagu_dijawab AND x.realisasi_dijawab)::int AS berisi,
      CASE WHEN bool_and(x.pagu_dijawab) THEN sum(x.pagu) END AS pagu,
      CASE WHEN bool_and(x.realisasi_dijawab) THEN sum(x.realisasi) END AS realisasi
    FROM daun x WHERE x.kode_kab = t.kode_kab AND x.sumber = t.sumber AND t.kunci = ANY(x.leluhur)
  ) d
)"""
_SUM = """CASE WHEN t.berdiri OR NOT t.bercabang THEN t.{0}
      WHEN NOT l.terbuka OR d.{0} = coalesce(t.{0}, t.{0}_tertulis) THEN d.{0} END AS {0},
    coalesce(t.{0}_tertulis, CASE WHEN t.bercabang AND NOT t.berdiri THEN t.{0} END) AS {0}_tertulis"""

# The whole of a kabupaten: of all sources that its list knows, without a list of all that there are; what it states for the whole
# where it says nothing of any source
_WHOLE = """
seluruh AS MATERIALIZED (
  SELECT o.kode_kab, coalesce(s.dari, 0) AS dari, coalesce(s.berisi, 0) AS berisi, {pagu}, {realisasi}
  FROM kantor o
  CROSS JOIN LATERAL (
    SELECT sum(h.dari)::int AS dari, sum(h.berisi)::int AS berisi, count(*) AS banyak,
      CASE WHEN count(h.pagu) = count(*) THEN sum(h.pagu) END AS pagu,
      CASE WHEN count(h.realisasi) = count(*) THEN sum(h.realisasi) END AS realisasi
    FROM hasil h WHERE h.kode_kab = o.kode_kab AND h.kunci = ''
  ) s
  CROSS JOIN LATERAL (
    SELECT s.banyak >= (SELECT count(*) FROM sumber_katalog) OR EXISTS (SELECT 1 FROM daftar d WHERE d.kode_kab = o.kode_kab) AS semua
  ) k
  LEFT JOIN sendiri a ON a.kode_kab = o.kode_kab AND a.sumber = '' AND a.kunci = ''
  WHERE o.kode_kab = {wilayah}
)"""
_WHOLE_SUM = """CASE WHEN s.banyak = 0 THEN a.{0} WHEN k.semua THEN s.{0} END AS {0},
    coalesce(a.{0}_tertulis, CASE WHEN s.{0} IS NULL OR NOT k.semua THEN a.{0} END) AS {0}_tertulis"""

_PERCENT = "round({0} * 100 / nullif({1}, 0), 2)"
_ROWS = f"""
SELECT kode_kab, true AS akar, CAST(ARRAY[] AS int[]) AS jalur, NULL AS nama, NULL AS sumber, NULL AS induk, pagu, realisasi,
  {_PERCENT.format("realisasi", "pagu")} AS persen, pagu_tertulis, realisasi_tertulis, true AS subtotal, true AS ikut, dari, berisi
FROM seluruh WHERE length({{wilayah}}) > 2
UNION ALL
SELECT h.kode_kab, false, h.jalur, h.nama, h.sumber, h.induk, h.pagu, h.realisasi, {_PERCENT.format("h.realisasi", "h.pagu")},
  h.pagu_tertulis, h.realisasi_tertulis, h.subtotal, true, h.dari, h.berisi
FROM hasil h WHERE length({{wilayah}}) > 2
UNION ALL  -- a province: its kabupaten, source by source; beside them, not in the sum, what it states of itself
SELECT o.kode_kab, true, CAST(ARRAY[] AS int[]), NULL, NULL, NULL, b.pagu, b.realisasi, b.persen,
  coalesce(t.pagu_tertulis, t.pagu), coalesce(t.realisasi_tertulis, t.realisasi), true, true, (SELECT count(*) FROM kantor k WHERE k.tingkat = 2)::int, b.berisi
FROM kantor o CROSS JOIN ({{sums}}) b LEFT JOIN seluruh t ON t.kode_kab = o.kode_kab
WHERE o.tingkat = 1
UNION ALL
SELECT {{wilayah}}, false, ARRAY[0, coalesce(min(u.urut), 99)], h.sumber, h.sumber, NULL, b.pagu, b.realisasi, b.persen, NULL, NULL, true, true,
  (SELECT count(*) FROM kantor k WHERE k.tingkat = 2)::int, b.berisi
FROM hasil h LEFT JOIN sumber_katalog u ON u.sumber = h.sumber CROSS JOIN LATERAL ({{of_source}}) b
WHERE h.kode_kab <> {{wilayah}} AND h.kunci = '' GROUP BY h.sumber, b.pagu, b.realisasi, b.persen, b.berisi
UNION ALL
SELECT h.kode_kab, false, 1 || h.jalur, CASE h.kunci WHEN '' THEN h.sumber || ' provinsi' ELSE h.nama END, h.sumber,
  CASE WHEN cardinality(h.jalur) = 2 THEN h.sumber || ' provinsi' ELSE h.induk END, h.pagu, h.realisasi,
  {_PERCENT.format("h.realisasi", "h.pagu")}, h.pagu_tertulis, h.realisasi_tertulis, h.subtotal, false, h.dari, h.berisi
FROM hasil h WHERE length({{wilayah}}) = 2 AND h.kode_kab = {{wilayah}}
"""
# a ratio takes both its sides from the same kabupaten
_BOTH = "FILTER (WHERE x.pagu IS NOT NULL AND x.realisasi IS NOT NULL)"
_SUMS = f"""SELECT sum(x.pagu) AS pagu, sum(x.realisasi) AS realisasi,
  {_PERCENT.format(f"sum(x.realisasi) {_BOTH}", f"sum(x.pagu) {_BOTH}")} AS persen, count(DISTINCT x.kode_kab) {_BOTH}::int AS berisi
  FROM hasil x WHERE x.kode_kab <> {{wilayah}} AND x.kunci = ''"""

COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": Text(), "kode": Text(), "acuan": Date(), "periode": Text(), "akar": Boolean(), "nama": Text(), "sumber": Text(),
    "induk": Text(), "pagu": Numeric(), "realisasi": Numeric(), "persen": Numeric(), "pagu_tertulis": Numeric(),
    "realisasi_tertulis": Numeric(), "subtotal": Boolean(), "ikut": Boolean(), "dari": Integer(), "berisi": Integer(), "urut": Integer(),
}  # fmt: skip


def tree_cte(binds: Binds) -> CTE:
    """One row for the whole (`akar`) and one a branch, in the order of `urut`. `binds`: bound parameters wilayah (text), periode
    (text), akhir (date, its last day), tahun (integer)."""
    n = names(binds)
    sums = _SUMS.format(wilayah=n.wilayah)
    rows = _ROWS.format(wilayah=n.wilayah, sums=sums, of_source=f"{sums} AND x.sumber = h.sumber")
    parts = [
        "sumber_katalog AS MATERIALIZED (SELECT p.sumber, p.urut::int FROM rincian r, unnest(r.pilihan) WITH ORDINALITY AS p(sumber, urut) "
        f"WHERE r.elemen = '{_PAGU}' AND r.kode = 'sumber_anggaran')",
        _offices(n),
        _figures(n),
        _register(n),
        _placed(),
        _TREE.format(pagu=_SUM.format("pagu"), realisasi=_SUM.format("realisasi")),
        _WHOLE.format(pagu=_WHOLE_SUM.format("pagu"), realisasi=_WHOLE_SUM.format("realisasi"), wilayah=n.wilayah),
    ]
    statement = f"""WITH RECURSIVE {", ".join(parts)}
SELECT x.*, x.kode_kab AS kode, {n.akhir} AS acuan, {n.periode} AS periode, row_number() OVER (ORDER BY x.jalur)::int AS urut
FROM ({rows}) x"""
    return sql_clause(statement, binds).columns(**COLUMNS).cte("anggaran")
