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
from hub.anggaran.register import PAGU, REALISASI
from hub.anggaran.statements import year_of_list
from hub.plan.sql_text import Binds, Names, names, sql_clause
from hub.wilayah.first_list import region_day

_BREAKDOWNS = "('', 'sumber_anggaran', 'program|sumber_anggaran')"


def _sources() -> str:
    """The catalogue's sources, in its order."""
    return f"""
sumber_katalog AS MATERIALIZED (
  SELECT p.sumber, p.urut::int FROM rincian r, unnest(r.pilihan) WITH ORDINALITY AS p(sumber, urut)
  WHERE r.elemen = '{PAGU}' AND r.kode = 'sumber_anggaran'
)"""


def _offices(n: Names) -> str:
    """The office asked of; of a province its kabupaten too."""
    day = region_day(n.wilayah, n.akhir)
    return f"""
kantor AS MATERIALIZED (
  SELECT w.kode AS kode_kab, w.tingkat FROM wilayah w
  WHERE w.kode_kab >= {n.wilayah} AND w.kode_kab < {n.wilayah} || '/' AND w.tingkat <= 2 AND w.kode = w.kode_kab
    AND w.berlaku_sejak <= {day} AND w.hari_terakhir >= {day}
)"""


def _figures(n: Names) -> str:
    """What was reported (`tertulis`: as a stated total). A province's own figures are what it states."""
    return f"""
fakta AS MATERIALIZED (
  SELECT o.kode_kab, a.elemen, {_named("a")}, a.nilai, false AS tertulis,
    a.nilai IS NOT NULL OR a.status IN ('TIDAK_DILAKSANAKAN', 'TIDAK_BERLAKU') AS dijawab
  FROM kantor o JOIN angka_terbaca a ON a.kode_kab = o.kode_kab AND a.elemen IN ('{PAGU}', '{REALISASI}')
    AND a.periode = {n.periode} AND a.tingkat = 2 AND a.dimensi IN {_BREAKDOWNS} AND a.kode_wilayah = o.kode_kab
  UNION ALL
  SELECT o.kode_kab, t.elemen, {_named("t")}, t.tertulis, o.tingkat > 1, true
  FROM kantor o JOIN angka_tertulis_terbaca t ON t.kode_kab = o.kode_kab AND t.elemen IN ('{PAGU}', '{REALISASI}')
    AND t.periode = {n.periode} AND t.dimensi IN {_BREAKDOWNS} AND t.kode_wilayah = o.kode_kab
)"""


def _named(row: str) -> str:
    return f"coalesce({row}.rincian->>'sumber_anggaran', '') AS sumber, {row}.rincian->>'program' AS program"


def _register(n: Names) -> str:
    """The list that holds, and of each programme whether it is in force on the period's last day."""
    return f"""
daftar AS MATERIALIZED (
  SELECT p.kode_kab, p.sumber, p.kunci, coalesce(p.induk, '') AS induk, p.nama, p.kunci_alias, p.urut,
    CASE WHEN p.tahun = {n.tahun} THEN p.berlaku_sejak <= {n.akhir} AND coalesce(p.berlaku_sampai >= {n.akhir}, true)
      ELSE p.berlaku_sampai IS NULL END AS berlaku
  FROM kantor o CROSS JOIN LATERAL ({year_of_list("o", n.tahun)}) y
  JOIN program p ON p.kode_kab = o.kode_kab AND p.tahun = y.tahun
), berdaftar AS MATERIALIZED (
  SELECT DISTINCT kode_kab, sumber FROM daftar
), sebutan AS MATERIALIZED (  -- what each may be called; what is in force before what is not, its own name before another one
  SELECT DISTINCT ON (x.kode_kab, x.sumber, x.sebutan) x.kode_kab, x.sumber, x.sebutan, x.kunci
  FROM (
    SELECT kode_kab, sumber, kunci AS sebutan, kunci, berlaku, true AS nama_sendiri FROM daftar
    UNION ALL SELECT kode_kab, sumber, unnest(kunci_alias), kunci, berlaku, false FROM daftar
  ) x ORDER BY x.kode_kab, x.sumber, x.sebutan, x.berlaku DESC, x.nama_sendiri DESC, x.kunci
)"""


def _placed() -> str:
    """Figures beside the programme that they name; what no list knows stands for itself. '': the source as a whole."""
    return f"""
cocok AS MATERIALIZED (
  SELECT f.*, d.kunci IS NULL AND f.program IS NOT NULL AS tak_terdaftar,
    CASE WHEN f.program IS NULL THEN '' ELSE coalesce(d.kunci, ' ' || f.kunci_tertulis) END AS kunci
  FROM (SELECT x.*, {program_key_sql("x.program")} AS kunci_tertulis FROM fakta x) f
  {_beside("sebutan d", "f", "kunci_tertulis", "sebutan")}
), sendiri AS MATERIALIZED (
  SELECT kode_kab, sumber, kunci, bool_or(dijawab AND NOT tertulis) AS ada, {_own("pagu", PAGU)}, {_own("realisasi", REALISASI)}
  FROM cocok GROUP BY kode_kab, sumber, kunci
)"""


def _beside(table: str, row: str, ours: str = "kunci", theirs: str = "kunci") -> str:
    """A left join by office, source and key, written as a full one less the rest: only a hash can do that, and the hash is cheap, where
    PostgreSQL, expecting a row or two of what was made on the way, would compare all with all. `table`: with its alias."""
    there = table.split()[1]
    same = f"{there}.kode_kab = {row}.kode_kab AND {there}.sumber = {row}.sumber AND {there}.{theirs} = {row}.{ours}"
    return f"FULL JOIN {table} ON {same} WHERE coalesce({row}.kode_kab, '') <> ''"


def _own(name: str, elemen: str) -> str:
    reported = f"FILTER (WHERE elemen = '{elemen}' AND NOT tertulis)"
    return (
        f"sum(nilai) {reported} AS {name}, coalesce(bool_and(dijawab) {reported}, false) AS {name}_dijawab, "
        f"max(nilai) FILTER (WHERE elemen = '{elemen}' AND tertulis) AS {name}_tertulis"
    )


def _outline() -> str:
    """Every source with its programmes and what is part of them: the way to each from the top (`leluhur`, itself last), its place
    (`jalur`). Programmes that no list knows come last."""
    return """
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
)"""


def _leaves() -> str:
    """What is shown (what is in force, what figures name, what those are part of), and what of it carries a figure: what nothing is part
    of, and what stands for its parts because nothing is said of them (`berdiri`)."""
    return f"""
lengkap AS MATERIALIZED (
  SELECT p.*, coalesce(a.ada, false) AS ada, a.pagu, coalesce(a.pagu_dijawab, false) AS pagu_dijawab, a.pagu_tertulis,
    a.realisasi, coalesce(a.realisasi_dijawab, false) AS realisasi_dijawab, a.realisasi_tertulis
  FROM pohon p {_beside("sendiri a", "p")}
), tampak AS MATERIALIZED (
  SELECT p.* FROM lengkap p FULL JOIN (
    SELECT q.kode_kab, q.sumber, l.kunci FROM lengkap q CROSS JOIN LATERAL unnest(q.leluhur) AS l(kunci)
    WHERE q.berlaku OR q.ada GROUP BY q.kode_kab, q.sumber, l.kunci
  ) l ON l.kode_kab = p.kode_kab AND l.sumber = p.sumber AND l.kunci = p.kunci WHERE coalesce(l.kode_kab, '') <> ''
), bagian AS MATERIALIZED (
  SELECT t.*, b.kunci IS NOT NULL AS bercabang, t.ada AND NOT coalesce(b.ada, true) AS berdiri
  FROM tampak t FULL JOIN (
    SELECT q.kode_kab, q.sumber, l.kunci, bool_or(q.ada) AS ada FROM tampak q CROSS JOIN LATERAL unnest(q.leluhur) AS l(kunci)
    WHERE l.kunci <> q.kunci GROUP BY q.kode_kab, q.sumber, l.kunci
  ) b ON b.kode_kab = t.kode_kab AND b.sumber = t.sumber AND b.kunci = t.kunci
), penopang AS MATERIALIZED (
  SELECT kode_kab, sumber, kunci FROM bagian WHERE berdiri
), daun AS MATERIALIZED (
  SELECT t.* FROM bagian t WHERE (t.berdiri OR NOT t.bercabang) AND NOT EXISTS (
    SELECT 1 FROM penopang x WHERE x.kode_kab = t.kode_kab AND x.sumber = t.sumber AND x.kunci = ANY(t.leluhur) AND x.kunci <> t.kunci)
)"""


def _summed() -> str:
    """Every branch with its figures. A source without a list (`terbuka`) is whole only where what it states says so."""
    return f"""
jumlah AS MATERIALIZED (
  SELECT x.kode_kab, x.sumber, l.kunci, count(*)::int AS dari, count(*) FILTER (WHERE x.pagu_dijawab AND x.realisasi_dijawab)::int AS berisi,
    {_all_of("pagu")}, {_all_of("realisasi")}
  FROM daun x CROSS JOIN LATERAL unnest(x.leluhur) AS l(kunci) GROUP BY x.kode_kab, x.sumber, l.kunci
), hasil AS MATERIALIZED (
  SELECT t.kode_kab, t.sumber, t.kunci, t.nama, t.nama_induk AS induk, t.jalur, t.bercabang AND NOT t.berdiri AS subtotal,
    coalesce(d.dari, 0) AS dari, coalesce(d.berisi, 0) AS berisi, {_branch("pagu")}, {_branch("realisasi")}
  FROM (SELECT x.*, b.sumber AS berdaftar FROM bagian x LEFT JOIN berdaftar b ON b.kode_kab = x.kode_kab AND b.sumber = x.sumber) t
  FULL JOIN jumlah d ON d.kode_kab = t.kode_kab AND d.sumber = t.sumber AND d.kunci = t.kunci
  CROSS JOIN LATERAL (SELECT t.kunci = '' AND t.berdaftar IS NULL AS terbuka) l
)"""


def _branch(name: str) -> str:
    return f"""CASE WHEN t.berdiri OR NOT t.bercabang THEN t.{name}
      WHEN NOT l.terbuka OR d.{name} = coalesce(t.{name}, t.{name}_tertulis) THEN d.{name} END AS {name},
    coalesce(t.{name}_tertulis, CASE WHEN t.bercabang AND NOT t.berdiri THEN t.{name} END) AS {name}_tertulis"""


def _all_of(name: str) -> str:
    return f"CASE WHEN bool_and(x.{name}_dijawab) THEN sum(x.{name}) END AS {name}"


def _whole(n: Names) -> str:
    """The whole of the office asked of: of all sources that its list knows, without a list of all that there are (`semua`); what it
    states for the whole, where it says nothing of any source."""
    return f"""
seluruh AS MATERIALIZED (
  SELECT o.kode_kab, coalesce(s.dari, 0) AS dari, coalesce(s.berisi, 0) AS berisi, {_total("pagu")}, {_total("realisasi")}
  FROM kantor o
  CROSS JOIN LATERAL (
    SELECT sum(h.dari)::int AS dari, sum(h.berisi)::int AS berisi, count(*) AS banyak,
      CASE WHEN count(h.pagu) = count(*) THEN sum(h.pagu) END AS pagu,
      CASE WHEN count(h.realisasi) = count(*) THEN sum(h.realisasi) END AS realisasi
    FROM hasil h WHERE h.kode_kab = o.kode_kab AND h.kunci = ''
  ) s
  CROSS JOIN LATERAL (
    SELECT s.banyak >= (SELECT count(*) FROM sumber_katalog) OR EXISTS (SELECT 1 FROM berdaftar d WHERE d.kode_kab = o.kode_kab) AS semua
  ) k
  LEFT JOIN sendiri a ON a.kode_kab = o.kode_kab AND a.sumber = '' AND a.kunci = ''
  WHERE o.kode_kab = {n.wilayah}
)"""


def _total(name: str) -> str:
    return f"""CASE WHEN s.banyak = 0 THEN a.{name} WHEN k.semua THEN s.{name} END AS {name},
    coalesce(a.{name}_tertulis, CASE WHEN s.{name} IS NULL OR NOT k.semua THEN a.{name} END) AS {name}_tertulis"""


def _of_kabupaten(n: Names) -> str:
    return f"""
SELECT kode_kab, true AS akar, CAST(ARRAY[] AS int[]) AS jalur, NULL AS nama, NULL AS sumber, NULL AS induk, pagu, realisasi,
  {_percent("realisasi", "pagu")} AS persen, pagu_tertulis, realisasi_tertulis, true AS subtotal, true AS ikut, dari, berisi
FROM seluruh WHERE length({n.wilayah}) > 2
UNION ALL
SELECT h.kode_kab, false, h.jalur, h.nama, h.sumber, h.induk, h.pagu, h.realisasi, {_percent("h.realisasi", "h.pagu")},
  h.pagu_tertulis, h.realisasi_tertulis, h.subtotal, true, h.dari, h.berisi
FROM hasil h WHERE length({n.wilayah}) > 2"""


def _of_province(n: Names) -> str:
    """Its kabupaten, source by source; beside them, not in the sum, what it states of itself."""
    kabupaten = "(SELECT count(*) FROM kantor k WHERE k.tingkat = 2)::int"
    return f"""
SELECT o.kode_kab, true, CAST(ARRAY[] AS int[]), NULL, NULL, NULL, b.pagu, b.realisasi, b.persen,
  coalesce(t.pagu_tertulis, t.pagu), coalesce(t.realisasi_tertulis, t.realisasi), true, true, {kabupaten}, b.berisi
FROM kantor o CROSS JOIN (SELECT {_over_kabupaten()} FROM hasil x WHERE x.kode_kab <> {n.wilayah} AND x.kunci = '') b
LEFT JOIN seluruh t ON t.kode_kab = o.kode_kab
WHERE o.tingkat = 1
UNION ALL
SELECT {n.wilayah}, false, ARRAY[0, coalesce(u.urut, 99)], b.sumber, b.sumber, NULL, b.pagu, b.realisasi, b.persen, NULL, NULL, true, true,
  {kabupaten}, b.berisi
FROM (SELECT x.sumber, {_over_kabupaten()} FROM hasil x WHERE x.kode_kab <> {n.wilayah} AND x.kunci = '' GROUP BY x.sumber) b
LEFT JOIN sumber_katalog u ON u.sumber = b.sumber
UNION ALL
SELECT h.kode_kab, false, 1 || h.jalur, CASE h.kunci WHEN '' THEN h.sumber || ' provinsi' ELSE h.nama END, h.sumber,
  CASE WHEN cardinality(h.jalur) = 2 THEN h.sumber || ' provinsi' ELSE h.induk END, h.pagu, h.realisasi,
  {_percent("h.realisasi", "h.pagu")}, h.pagu_tertulis, h.realisasi_tertulis, h.subtotal, false, h.dari, h.berisi
FROM hasil h WHERE length({n.wilayah}) = 2 AND h.kode_kab = {n.wilayah}"""


def _over_kabupaten() -> str:
    """Sums of whole sources. A ratio takes both its sides from the same ones."""
    both = "FILTER (WHERE x.pagu IS NOT NULL AND x.realisasi IS NOT NULL)"
    return (
        f"sum(x.pagu) AS pagu, sum(x.realisasi) AS realisasi, {_percent(f'sum(x.realisasi) {both}', f'sum(x.pagu) {both}')} AS persen, "
        f"(count(DISTINCT x.kode_kab) {both})::int AS berisi"
    )


def _percent(part: str, whole: str) -> str:
    return f"round({part} * 100 / nullif({whole}, 0), 2)"


COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": Text(), "kode": Text(), "acuan": Date(), "periode": Text(), "akar": Boolean(), "nama": Text(), "sumber": Text(),
    "induk": Text(), "pagu": Numeric(), "realisasi": Numeric(), "persen": Numeric(), "pagu_tertulis": Numeric(),
    "realisasi_tertulis": Numeric(), "subtotal": Boolean(), "ikut": Boolean(), "dari": Integer(), "berisi": Integer(), "urut": Integer(),
}  # fmt: skip


def tree_cte(binds: Binds) -> CTE:
    """One row for the whole (`akar`) and one a branch, in the order of `urut`. `binds`: bound parameters wilayah (text), periode
    (text), akhir (date, its last day), tahun (integer)."""
    n = names(binds)
    parts = [
        _sources(), _offices(n), _figures(n), _register(n), _placed(), _outline(), _leaves(), _summed(), _whole(n),
    ]  # fmt: skip
    statement = f"""WITH RECURSIVE {", ".join(parts)}
SELECT x.kode_kab, x.kode_kab AS kode, {n.akhir} AS acuan, {n.periode} AS periode, x.akar, x.nama, x.sumber, x.induk, x.pagu, x.realisasi,
  x.persen, x.pagu_tertulis, x.realisasi_tertulis, x.subtotal, x.ikut, x.dari, x.berisi, row_number() OVER (ORDER BY x.jalur)::int AS urut
FROM ({_of_kabupaten(n)} UNION ALL {_of_province(n)}) x"""
    return sql_clause(statement, binds).columns(**COLUMNS).cte("anggaran")
