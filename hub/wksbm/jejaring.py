"""The graph of networks (WKSBM) as SQL: the whole of one day for a walk in memory, and the rows of `calonHubungan`,
`hubunganJejaring` and `wksbmPerTahap` as selectables that the read compiler selects from.

A link counts on a day on which it holds and both its ends stand. It is gone along both ways.
"""

from datetime import date
from typing import Any

from sqlalchemy import CTE, Boolean, Integer, Subquery, Uuid
from sqlalchemy.types import TypeEngine

from hub.db.database import Statement
from hub.db.metadata import Kode
from hub.plan.sql_text import Binds, Names, names, sql_clause, sql_rows
from hub.wksbm.tables import LINK, OPEN_LINK_COLUMNS

# nodes in order of desa, numbered from 0; linked pairs by those numbers (a pair may come twice); per node how many links lead
# to social resources and partners. Numbers instead of ids make the answer a fifth as long, and text is joined faster than
# arrays are turned into JSON
_GRAPH = """
WITH s AS MATERIALIZED (
  SELECT id, desa, (row_number() OVER (ORDER BY desa, id) - 1)::int AS n,
    CASE WHEN %(pada)s >= current_date THEN tahap ELSE (
      SELECT t.tahap FROM tahap_wksbm t WHERE t.kode_kab = s.kab AND t.wksbm = s.id AND (t.sejak <= %(pada)s OR t.urut = 1)
      ORDER BY t.urut DESC LIMIT 1) END AS tahap
  FROM simpul_wksbm s WHERE sejak <= %(pada)s AND hari_terakhir >= %(pada)s
), p AS (
  SELECT a.n AS x, b.n AS y FROM hubungan_wksbm h JOIN s a ON a.id = h.asal JOIN s b ON b.id = h.tujuan
  WHERE h.macam = 'WKSBM' AND h.sejak <= %(pada)s AND h.hari_terakhir >= %(pada)s
), m AS (
  SELECT a.n, count(*) AS banyak FROM hubungan_wksbm h JOIN s a ON a.id = h.asal
    LEFT JOIN sumber_daya d ON d.kode_kab = h.tujuan_kab AND d.id = h.tujuan AND d.sejak <= %(pada)s AND d.hari_terakhir >= %(pada)s
  WHERE h.macam <> 'WKSBM' AND h.sejak <= %(pada)s AND h.hari_terakhir >= %(pada)s AND (h.macam = 'MITRA' OR d.id IS NOT NULL)
  GROUP BY a.n
)
SELECT json_build_object(
  'simpul', (SELECT json_build_array(string_agg(id::text, ','), string_agg(desa, ','), string_agg(tahap, ','))
             FROM (SELECT * FROM s ORDER BY n) s),
  'pasangan', (SELECT json_build_array(string_agg(x::text, ','), string_agg(y::text, ',')) FROM p),
  'sumber', (SELECT json_build_array(string_agg(n::text, ','), string_agg(banyak::text, ',')) FROM m))
"""


def graph_statement(as_of: date) -> Statement:
    """{simpul: [ids, codes of desa, phases], one per node; pasangan: [nodes, nodes]; sumber: [nodes, links]} of that day.
    Each is a text of things between commas, null where there is nothing."""
    return Statement(_GRAPH, {"pada": as_of})


# ---------- pairs that could be linked ----------


def _candidates(wilayah: str) -> str:
    return f"""
WITH hidup AS MATERIALIZED (
  SELECT s.id, s.kab, s.desa, EXISTS (SELECT 1 FROM batas b WHERE b.kode_kab = s.kab AND b.kode = s.desa AND b.sampai IS NULL) AS berbatas
  FROM simpul_wksbm s WHERE s.sejak <= current_date AND s.hari_terakhir >= current_date
), di AS MATERIALIZED (
  SELECT * FROM hidup WHERE desa >= {wilayah} AND desa < {wilayah} || '/'
), p AS (
  SELECT a.kab AS asal_kab, a.id AS asal, a.desa AS asal_desa, b.kab AS tujuan_kab, b.id AS tujuan, b.desa AS tujuan_desa,
    'SATU_DESA' AS alasan
  FROM di a JOIN hidup b ON b.desa = a.desa AND b.id > a.id
  UNION ALL
  SELECT a.kab, a.id, a.desa, b.kab, b.id, b.desa, 'DESA_BERBATASAN'
  FROM di a JOIN tetangga_desa t ON t.kode_kab = a.kab AND t.kode = a.desa
    AND (t.tetangga > t.kode OR t.tetangga < {wilayah} OR t.tetangga >= {wilayah} || '/') JOIN hidup b ON b.desa = t.tetangga
  UNION ALL
  SELECT a.kab, a.id, a.desa, b.kab, b.id, b.desa, 'SATU_KECAMATAN'
  FROM di a JOIN hidup b ON left(b.desa, 8) = left(a.desa, 8) AND b.desa <> a.desa AND NOT (a.berbatas AND b.berbatas)
    AND (b.desa > a.desa OR b.desa < {wilayah} OR b.desa >= {wilayah} || '/')
)
SELECT p.* FROM p
WHERE NOT EXISTS (SELECT 1 FROM hubungan_wksbm h WHERE h.macam = 'WKSBM' AND h.asal = p.asal AND h.tujuan = p.tujuan
    AND h.sejak <= current_date AND h.hari_terakhir >= current_date)
  AND NOT EXISTS (SELECT 1 FROM hubungan_wksbm h WHERE h.macam = 'WKSBM' AND h.asal = p.tujuan AND h.tujuan = p.asal
    AND h.sejak <= current_date AND h.hari_terakhir >= current_date)
"""


_CANDIDATE_COLUMNS: dict[str, TypeEngine[Any]] = {
    "asal_kab": Kode, "asal": Uuid(as_uuid=False), "asal_desa": Kode,
    "tujuan_kab": Kode, "tujuan": Uuid(as_uuid=False), "tujuan_desa": Kode, "alasan": Kode,
}  # fmt: skip


def candidate_source(binds: Binds) -> CTE:
    """Pairs of networks without a link today, the first of them in `wilayah` (text), each pair once: in one desa; in desa
    that border on each other; in one kecamatan where the boundary of either desa is not loaded. Worked out once, for the page and for the count."""
    return (
        sql_clause(_candidates(f"CAST({names(binds).wilayah} AS text)"), binds)
        .columns(**_CANDIDATE_COLUMNS)
        .cte("calon")
    )


# ---------- links of a region ----------


def _links(wilayah: str, as_of: str) -> str:
    """Of a region with few networks their own links are looked up, by either end; where there are many, all links are gone
    through."""
    columns = ", ".join(f"h.{k}" for k in OPEN_LINK_COLUMNS)
    return f"""
WITH di AS MATERIALIZED (
  SELECT id FROM simpul_wksbm WHERE desa >= {wilayah} AND desa < {wilayah} || '/' AND sejak <= {as_of} AND hari_terakhir >= {as_of}
), banyak AS MATERIALIZED (SELECT count(*) > 400 AS ya FROM di)
SELECT h.*, false AS masuk, h.macam AS ujung_macam, h.tujuan_kab AS ujung_kab, h.tujuan AS ujung FROM (
  SELECT {columns} FROM hubungan_wksbm h JOIN simpul_wksbm a ON a.id = h.asal AND a.sejak <= {as_of} AND a.hari_terakhir >= {as_of}
    LEFT JOIN simpul_wksbm b ON h.macam = 'WKSBM' AND b.id = h.tujuan AND b.sejak <= {as_of} AND b.hari_terakhir >= {as_of}
  WHERE (SELECT ya FROM banyak) AND (h.macam <> 'WKSBM' OR b.id IS NOT NULL)
    AND (a.desa >= {wilayah} AND a.desa < {wilayah} || '/' OR b.desa >= {wilayah} AND b.desa < {wilayah} || '/')
  UNION ALL
  SELECT {columns} FROM di JOIN hubungan_wksbm h ON h.asal = di.id
  WHERE NOT (SELECT ya FROM banyak) AND (h.macam <> 'WKSBM' OR EXISTS (
    SELECT 1 FROM simpul_wksbm b WHERE b.id = h.tujuan AND b.sejak <= {as_of} AND b.hari_terakhir >= {as_of}))
  UNION ALL
  SELECT {columns} FROM di JOIN hubungan_wksbm h ON h.tujuan = di.id AND h.macam = 'WKSBM' JOIN simpul_wksbm a ON a.id = h.asal
  WHERE NOT (SELECT ya FROM banyak) AND a.sejak <= {as_of} AND a.hari_terakhir >= {as_of}
    AND NOT (a.desa >= {wilayah} AND a.desa < {wilayah} || '/')
) h WHERE h.sejak <= {as_of} AND h.hari_terakhir >= {as_of}
"""


def link_source(binds: Binds) -> Subquery:
    """Links that hold on `as_of` (date; today without it) with a network in `wilayah` (text) at one end at least; columns as `seen_from` in
    the reads have them: the other end is that of `tujuan`."""
    columns: dict[str, TypeEngine[Any]] = {k: LINK.c[k].type for k in OPEN_LINK_COLUMNS}
    seen_columns: dict[str, TypeEngine[Any]] = {
        "masuk": Boolean(), "ujung_macam": Kode, "ujung_kab": Kode, "ujung": Uuid(as_uuid=False),
    }  # fmt: skip
    n = names(binds)
    as_of = f"CAST({n.pada} AS date)" if "pada" in n else "current_date"
    return sql_rows(_links(f"CAST({n.wilayah} AS text)", as_of), binds, columns | seen_columns)


# ---------- phases over time ----------


def _spans(n: Names) -> str:
    """A phase holds from its day to that of the next one; the first also before, the last for good."""
    return f"""
SELECT w.kode_kab, w.id, w.kode_desa, w.sejak, w.hari_terakhir, t.tahap,
  CASE WHEN t.urut = 1 THEN '-infinity'::date ELSE t.sejak END AS mulai,
  coalesce(lead(t.sejak) OVER (PARTITION BY t.kode_kab, t.wksbm ORDER BY t.urut), 'infinity'::date) AS berikut
FROM wksbm w JOIN tahap_wksbm t ON t.kode_kab = w.kode_kab AND t.wksbm = w.id
WHERE w.kode_desa >= {n.wilayah} AND w.kode_desa < {n.wilayah} || '/'
"""


def _phases(n: Names) -> str:
    return f"""
WITH masa AS MATERIALIZED ({_spans(n)})
SELECT p.periode, p.urut::int AS urut, count(m.id) FILTER (WHERE m.tahap = 'PENUMBUHAN')::int AS penumbuhan,
  count(m.id) FILTER (WHERE m.tahap = 'PEMANTAPAN')::int AS pemantapan,
  count(m.id) FILTER (WHERE m.tahap = 'PENGEMBANGAN')::int AS pengembangan, count(m.id)::int AS jumlah
FROM unnest(CAST({n.periode} AS text[]), CAST({n.akhir} AS date[])) WITH ORDINALITY AS p(periode, akhir, urut)
LEFT JOIN masa m ON m.sejak <= p.akhir AND m.hari_terakhir >= p.akhir AND m.mulai <= p.akhir AND m.berikut > p.akhir
GROUP BY p.periode, p.urut
"""


_PHASE_COLUMNS: dict[str, TypeEngine[Any]] = {
    "periode": Kode, "urut": Integer(), "penumbuhan": Integer(), "pemantapan": Integer(), "pengembangan": Integer(),
    "jumlah": Integer(),
}  # fmt: skip


def phase_source(binds: Binds) -> Subquery:
    """Networks of `wilayah` (text) per phase on the last days of the periods: `periode` (text[]), `akhir` (date[])."""
    return sql_rows(_phases(names(binds)), binds, _PHASE_COLUMNS)
