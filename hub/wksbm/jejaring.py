"""The graph of networks (WKSBM) as SQL: the whole of one day for a walk in memory, and the rows of `calonHubungan`,
`hubunganJejaring` and `wksbmPerTahap` as selectables that the read compiler selects from.

A link counts on a day on which it holds and both its ends stand. It is gone along both ways.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import CTE, BindParameter, Boolean, Date, Integer, Subquery, TextClause, Uuid, text
from sqlalchemy.types import TypeEngine

from hub.db.database import Statement
from hub.db.metadata import Kode
from hub.wksbm.tables import HUBUNGAN

Ikat = Mapping[str, BindParameter[Any]]

# nodes in order of desa, numbered from 0; linked pairs by those numbers (a pair may come twice); per node how many links lead
# to social resources and partners. Numbers instead of ids make the answer a fifth as long, and text is joined faster than
# arrays are turned into JSON
_GRAF = """
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


def graph_statement(pada: date) -> Statement:
    """{simpul: [ids, codes of desa, phases], one per node; pasangan: [nodes, nodes]; sumber: [nodes, links]} of that day.
    Each is a text of things between commas, null where there is nothing."""
    return Statement(_GRAF, {"pada": pada})


# ---------- pairs that could be linked ----------

_CALON = """
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
_KOLOM_CALON: dict[str, TypeEngine[Any]] = {
    "asal_kab": Kode, "asal": Uuid(as_uuid=False), "asal_desa": Kode,
    "tujuan_kab": Kode, "tujuan": Uuid(as_uuid=False), "tujuan_desa": Kode, "alasan": Kode,
}  # fmt: skip


def candidate_source(ikat: Ikat) -> CTE:
    """Pairs of networks without a link today, the first of them in `wilayah` (text), each pair once: in one desa; in desa
    that border on each other; in one kecamatan where the boundary of either desa is not loaded. Worked out once, for the page and for the count."""
    return _teks(_CALON, ikat).columns(**_KOLOM_CALON).cte("calon")


# ---------- links of a region ----------

# of a region with few networks their own links are looked up, by either end; where there are many, all links are gone through
_HUBUNGAN = """
WITH di AS MATERIALIZED (
  SELECT id FROM simpul_wksbm WHERE desa >= {wilayah} AND desa < {wilayah} || '/' AND sejak <= {pada} AND hari_terakhir >= {pada}
), banyak AS MATERIALIZED (SELECT count(*) > 400 AS ya FROM di)
SELECT h.*, false AS masuk, h.macam AS ujung_macam, h.tujuan_kab AS ujung_kab, h.tujuan AS ujung FROM (
  SELECT h.* FROM hubungan_wksbm h JOIN simpul_wksbm a ON a.id = h.asal AND a.sejak <= {pada} AND a.hari_terakhir >= {pada}
    LEFT JOIN simpul_wksbm b ON h.macam = 'WKSBM' AND b.id = h.tujuan AND b.sejak <= {pada} AND b.hari_terakhir >= {pada}
  WHERE (SELECT ya FROM banyak) AND (h.macam <> 'WKSBM' OR b.id IS NOT NULL)
    AND (a.desa >= {wilayah} AND a.desa < {wilayah} || '/' OR b.desa >= {wilayah} AND b.desa < {wilayah} || '/')
  UNION ALL
  SELECT h.* FROM di JOIN hubungan_wksbm h ON h.asal = di.id
  WHERE NOT (SELECT ya FROM banyak) AND (h.macam <> 'WKSBM' OR EXISTS (
    SELECT 1 FROM simpul_wksbm b WHERE b.id = h.tujuan AND b.sejak <= {pada} AND b.hari_terakhir >= {pada}))
  UNION ALL
  SELECT h.* FROM di JOIN hubungan_wksbm h ON h.tujuan = di.id AND h.macam = 'WKSBM' JOIN simpul_wksbm a ON a.id = h.asal
  WHERE NOT (SELECT ya FROM banyak) AND a.sejak <= {pada} AND a.hari_terakhir >= {pada}
    AND NOT (a.desa >= {wilayah} AND a.desa < {wilayah} || '/')
) h WHERE h.sejak <= {pada} AND h.hari_terakhir >= {pada}
"""


def link_source(ikat: Ikat) -> Subquery:
    """Links that hold on `pada` (date; today without it) with a network in `wilayah` (text) at one end at least; columns as `seen_from` in
    the reads have them: the other end is that of `tujuan`."""
    kolom: dict[str, TypeEngine[Any]] = {k.name: k.type for k in HUBUNGAN.columns}
    lain: dict[str, TypeEngine[Any]] = {
        "masuk": Boolean(), "ujung_macam": Kode, "ujung_kab": Kode, "ujung": Uuid(as_uuid=False),
    }  # fmt: skip
    return _teks(_HUBUNGAN, ikat).columns(**kolom, **lain).subquery()


# ---------- phases over time ----------

# a phase holds from its day to that of the next one; the first also before, the last for good
_MASA = """
SELECT w.kode_kab, w.id, w.kode_desa, w.sejak, w.hari_terakhir, t.tahap,
  CASE WHEN t.urut = 1 THEN '-infinity'::date ELSE t.sejak END AS mulai,
  coalesce(lead(t.sejak) OVER (PARTITION BY t.kode_kab, t.wksbm ORDER BY t.urut), 'infinity'::date) AS berikut
FROM wksbm w JOIN tahap_wksbm t ON t.kode_kab = w.kode_kab AND t.wksbm = w.id
WHERE w.kode_desa >= {wilayah} AND w.kode_desa < {wilayah} || '/'
"""
_PER_TAHAP = """
WITH masa AS MATERIALIZED ({masa})
SELECT p.periode, p.urut::int AS urut, count(m.id) FILTER (WHERE m.tahap = 'PENUMBUHAN')::int AS penumbuhan,
  count(m.id) FILTER (WHERE m.tahap = 'PEMANTAPAN')::int AS pemantapan,
  count(m.id) FILTER (WHERE m.tahap = 'PENGEMBANGAN')::int AS pengembangan, count(m.id)::int AS jumlah
FROM unnest(CAST({periode} AS text[]), CAST({akhir} AS date[])) WITH ORDINALITY AS p(periode, akhir, urut)
LEFT JOIN masa m ON m.sejak <= p.akhir AND m.hari_terakhir >= p.akhir AND m.mulai <= p.akhir AND m.berikut > p.akhir
GROUP BY p.periode, p.urut
"""
_KOLOM_PER_TAHAP: dict[str, TypeEngine[Any]] = {
    "periode": Kode, "urut": Integer(), "penumbuhan": Integer(), "pemantapan": Integer(), "pengembangan": Integer(),
    "jumlah": Integer(),
}  # fmt: skip


def phase_source(ikat: Ikat) -> Subquery:
    """Networks of `wilayah` (text) per phase on the last days of the periods: `periode` (text[]), `akhir` (date[])."""
    nama = {k: f":{b.key}" for k, b in ikat.items()}
    perintah = _PER_TAHAP.format(masa=_MASA.format(**nama), **nama)
    return text(perintah).bindparams(*ikat.values()).columns(**_KOLOM_PER_TAHAP).subquery()


def _teks(perintah: str, ikat: Ikat) -> TextClause:
    isi = {"pada": "current_date"}
    isi |= {k: f"CAST(:{b.key} AS {'date' if isinstance(b.type, Date) else 'text'})" for k, b in ikat.items()}
    return text(perintah.format(**isi)).bindparams(*ikat.values())
