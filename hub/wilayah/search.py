"""The rows of `cariWilayah`, as a selectable that the read compiler selects from: one search over all names in force.

A text was taken apart before (hub/wilayah/search_text.py) into runs of words, each with a bit mask of the words it takes up.
Then, in one statement:

1. `atas`: regions above the desa that a run may name.
2. `pokok`: the runs worth looking for as the region itself: the whole text, and the few runs whose other words are all,
   and best, names of regions in `atas`. So "sukamulya cianjur" is looked for whole and as "sukamulya".
3. `calon`: regions whose name, or other name, is like such a run, begins with it, or is one letter away from it.
4. `terbobot`: what a candidate is worth: the share of the text's letters that its name, and the names above it, account for.

Codes say what lies in what, so no step up the tree is ever read. Only regions in force today are found; the code of a
region that is no more finds what took its place.

The operator % is decided by pg_trgm.similarity_threshold; every connection of the hub's pools has it set when it is
made (Database._siapkan), and nothing changes it afterwards. That it is not lower is asked again below.
"""

from typing import Any

from sqlalchemy import Date, Float, SmallInteger, Subquery, Text
from sqlalchemy.types import TypeEngine

from hub.db.database import SIMILARITY_THRESHOLD
from hub.plan.sql_text import Binds, Names, sql_rows

_THRESHOLD_ABOVE = 0.5  # names of regions above are only helpers: fewer guesses
_MOST_BEGINNINGS = 200  # regions whose name begins with the text, shortest first

_MOST_MAIN_RUNS = 2  # runs looked for beside the whole text
_CERTAIN = 0.99  # a name and one above it that are as written; then the whole is no misspelt name of something else
_PART_WORTH = 0.9  # what a part of the name of a province or kabupaten is worth: "jakarta", "bangka"

_IN_FORCE = "w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date"


def _in_force_below(n: Names) -> str:
    """Codes are hierarchical, "/" follows "." in byte order."""
    return f"""{_IN_FORCE} AND w.tingkat = coalesce({n.tingkat}, w.tingkat)
    AND ({n.di} IS NULL OR w.kode = {n.di} OR (w.kode >= {n.di} || '.' AND w.kode < {n.di} || '/'))"""


def _likeness(name: str) -> str:
    """How like a run `p` a name is, 0-1: what begins with it is liked better the less follows; a kota is also known without
    "Kota"."""
    return f"""greatest(similarity({name}, p.kunci),
      CASE WHEN starts_with({name}, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length({name}) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr({name}, 5), p.kunci) END)"""


_LEVEL_WORTH = (
    "CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END"  # under a prefix of another level it is worth less
)


def _asked(n: Names, given: str) -> str:
    """The text and its runs."""
    return f"""m AS MATERIALIZED (SELECT {given}), huruf AS MATERIALIZED (
  SELECT 1 << (h.urut::int - 1) AS bit, h.banyak FROM unnest({n.huruf}) WITH ORDINALITY AS h(banyak, urut)
), potongan AS MATERIALIZED (
  SELECT * FROM unnest({n.kunci}, {n.topeng}, {n.awalan}, {n.boleh_atas},
    {n.boleh_mirip}) AS p(kunci, topeng, tingkat, boleh_atas, mirip)
)"""


def _above() -> str:
    """Regions above the desa that a run may name."""
    likeness = _likeness("w.kunci")
    return f"""atas AS MATERIALIZED (
  SELECT w.kode, p.topeng, max({_LEVEL_WORTH} * {likeness}) AS skor
  FROM potongan p JOIN wilayah w ON w.kunci % p.kunci AND w.tingkat < 4 AND {_IN_FORCE}
  WHERE p.boleh_atas AND {likeness} >= {_THRESHOLD_ABOVE}
  GROUP BY w.kode, p.topeng
  UNION ALL
  SELECT w.kode, p.topeng, {_LEVEL_WORTH} * {_PART_WORTH}
  FROM potongan p JOIN wilayah w ON w.kunci LIKE '%' || p.kunci || '%' AND w.tingkat < 4 AND w.tingkat < 3 AND {_IN_FORCE}
  WHERE p.boleh_atas AND p.mirip
), terbaik AS MATERIALIZED (
  SELECT a.topeng, max(a.skor) AS skor FROM atas a GROUP BY a.topeng
)"""


def _main_runs(n: Names) -> str:
    """The runs worth looking for as the region itself."""
    return f"""tertutup AS MATERIALIZED (
  SELECT p.topeng, sum(h.banyak * h.skor) / sum(h.banyak) AS mutu
  FROM potongan p CROSS JOIN LATERAL (
    SELECT h.banyak, (SELECT max(a.skor) FROM terbaik a WHERE a.topeng & h.bit <> 0 AND a.topeng & p.topeng = 0) AS skor
    FROM huruf h WHERE h.bit & p.topeng = 0 OFFSET 0) h
  WHERE p.topeng <> {n.penuh}
  GROUP BY p.topeng HAVING count(h.skor) = count(*)
  ORDER BY mutu DESC, p.topeng LIMIT {_MOST_MAIN_RUNS}
), pokok AS MATERIALIZED (
  SELECT p.kunci, p.topeng, p.tingkat, p.mirip FROM potongan p
  WHERE p.topeng IN ({n.penuh}, {n.cadangan}) OR p.topeng IN (SELECT t.topeng FROM tertutup t)
)"""


def _parts(n: Names) -> str:
    """Regions that a part of the text names; whether such a one with one above it reads as written."""
    in_scope, likeness = _in_force_below(n), _likeness("w.kunci")
    return f"""bagian AS MATERIALIZED (
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, {_LEVEL_WORTH} * {likeness} AS mirip
  FROM pokok p JOIN wilayah w ON w.kunci % p.kunci AND {in_scope}
  WHERE p.mirip AND p.topeng <> {n.penuh} AND similarity(w.kunci, p.kunci) >= {SIMILARITY_THRESHOLD}
), terbaca AS MATERIALIZED (
  SELECT EXISTS (
    SELECT FROM bagian c JOIN atas a ON a.topeng & c.topeng = 0 AND a.topeng | c.topeng = {n.penuh}
      AND a.kode IN (left(c.kode, 2), left(c.kode, 5), left(c.kode, 8)) AND a.kode <> c.kode
    WHERE c.mirip >= {_CERTAIN} AND a.skor >= {_CERTAIN}) AS ya
)"""


def _found(n: Names) -> str:
    """Regions whose name, or other name, is like such a run."""
    in_scope, likeness = _in_force_below(n), _likeness("w.kunci")
    return f"""calon AS MATERIALIZED (
  SELECT kode_kab, kode, tingkat, topeng, mirip FROM bagian
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, {_LEVEL_WORTH} * {likeness}
  FROM pokok p JOIN wilayah w ON w.kunci % p.kunci AND {in_scope}
  WHERE p.mirip AND p.topeng = {n.penuh} AND NOT (SELECT t.ya FROM terbaca t) AND similarity(w.kunci, p.kunci) >= {SIMILARITY_THRESHOLD}
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, {_LEVEL_WORTH} * {_PART_WORTH}
  FROM pokok p JOIN wilayah w ON w.kunci LIKE '%' || p.kunci || '%' AND w.tingkat < 4 AND w.tingkat < 3 AND {in_scope}
  WHERE p.mirip
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, {_LEVEL_WORTH} * p.bobot
  FROM (SELECT t.kunci, t.topeng, t.bobot, p.tingkat
        FROM unnest({n.tulisan}, {n.topeng_tulisan}, {n.bobot})
          AS t(kunci, topeng, bobot) JOIN pokok p ON p.topeng = t.topeng) p
    JOIN wilayah w ON w.kunci = p.kunci AND {in_scope}
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, 0.97 * {_LEVEL_WORTH} * {_likeness("a.kunci")}
  FROM pokok p JOIN alias_wilayah a ON a.kunci % p.kunci
    JOIN wilayah w ON w.kode_kab = a.kode_kab AND w.kode = a.kode AND w.berlaku_sejak = a.berlaku_sejak AND {in_scope}
  WHERE p.mirip AND similarity(a.kunci, p.kunci) >= {SIMILARITY_THRESHOLD}
  UNION ALL
  (SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, {_LEVEL_WORTH} * {likeness}
   FROM potongan p JOIN wilayah w ON w.kunci >= p.kunci AND w.kunci < p.kunci || '~' AND {in_scope}
   WHERE p.topeng = {n.penuh}
   ORDER BY length(w.kunci), w.tingkat, w.kode LIMIT {_MOST_BEGINNINGS})
)"""


def _weighed(n: Names) -> str:
    """What a candidate is worth, by the letters that it and those above it account for; and what a code finds."""
    in_scope = _in_force_below(n)
    return f"""jejak AS (
  SELECT c.kode, c.topeng, sum(c.banyak * c.skor) AS huruf FROM (
    SELECT c.kode, c.topeng, h.bit, h.banyak, max(a.skor) AS skor
    FROM (SELECT DISTINCT kode, topeng FROM calon WHERE topeng <> {n.penuh}) c
      CROSS JOIN LATERAL (VALUES (left(c.kode, 2)), (left(c.kode, 5)), (left(c.kode, 8))) AS u(kode)
      JOIN atas a ON a.kode = u.kode AND a.topeng & c.topeng = 0
      JOIN huruf h ON h.bit & a.topeng <> 0
    WHERE u.kode <> c.kode
    GROUP BY c.kode, c.topeng, h.bit, h.banyak) c
  GROUP BY c.kode, c.topeng
), terbobot AS (
  SELECT c.kode_kab, c.kode, c.tingkat,
    max((c.mirip * n.huruf + coalesce(j.huruf, 0)) / (SELECT sum(h.banyak) FROM huruf h)) AS skor
  FROM calon c LEFT JOIN jejak j ON j.kode = c.kode AND j.topeng = c.topeng
    JOIN LATERAL (SELECT sum(h.banyak) AS huruf FROM huruf h WHERE h.bit & c.topeng <> 0) n ON true
  GROUP BY c.kode_kab, c.kode, c.tingkat
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, 1.0 * length({n.kode}) / length(w.kode)
  FROM wilayah w
  WHERE w.kode_kab >= left({n.kode}, 5) AND w.kode_kab < left({n.kode}, 5) || '~' AND w.kode >= {n.kode}
    AND w.kode < {n.kode} || '~' AND {in_scope}
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, 0.9
  FROM silsilah s JOIN wilayah w ON w.kode_kab = left(s.kode_baru, 5) AND w.kode = s.kode_baru
    AND w.berlaku_sejak = s.sejak_baru AND {in_scope}
  WHERE s.kode_lama = {n.kode} AND s.kode_baru <> s.kode_lama
    -- of what goes on, what was made of some of its desa is another region
    AND (s.jenis <> 'dari_desa' OR NOT EXISTS (
      SELECT FROM wilayah l WHERE l.kode_kab = left(s.kode_lama, 5) AND l.kode = s.kode_lama AND l.berlaku_sampai IS NULL))
)"""


# Values are taken in at one place, `m`, so that the plan cannot depend on them: PostgreSQL then keeps one plan for all
# texts, and planning, which takes longer than most searches, happens a few times per connection only.
_TYPES = {
    "kode": "text", "di": "text", "tingkat": "int", "penuh": "int", "cadangan": "int", "batas": "int", "huruf": "int[]",
    "kunci": "text[]", "topeng": "int[]", "awalan": "int[]", "boleh_atas": "bool[]", "boleh_mirip": "bool[]",
    "tulisan": "text[]", "topeng_tulisan": "int[]", "bobot": "float[]",
}  # fmt: skip
_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": Text(),
    "kode": Text(),
    "tingkat": SmallInteger(),
    "acuan": Date(),
    "skor": Float(),
}


def search_source(binds: Binds) -> Subquery:
    """The best `batas` regions. `binds`: bound parameters, texts and lists as SearchText has them: kode, penuh, cadangan,
    kunci, topeng, awalan, boleh_atas, boleh_mirip (of its runs), tulisan, topeng_tulisan, bobot, huruf; tingkat and di, null where
    they are not asked for; batas."""
    given = ", ".join(f"CAST(:{b.key} AS {_TYPES[k]}) AS {k}" for k, b in binds.items())
    n = Names({k: f"(SELECT m.{k} FROM m)" for k in binds})
    ctes = [_asked(n, given), _above(), _main_runs(n), _parts(n), _found(n), _weighed(n)]
    statement = f"""
WITH {", ".join(ctes)}
SELECT kode_kab, kode, tingkat, current_date AS acuan, round(least(1, max(skor))::numeric, 4)::float AS skor
FROM terbobot GROUP BY kode_kab, kode, tingkat
ORDER BY skor DESC, tingkat, kode LIMIT {n.batas}
"""
    return sql_rows(statement, binds, _COLUMNS)
