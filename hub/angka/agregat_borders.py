"""The rows of `agregat` by the borders of a later day: a figure of 2020 on today's map.

A region of that day is traced back, desa by desa, through the links between regions, to the desa its land belonged to
in the period. Those are gathered into the largest regions of the period that lie wholly inside it (kabupaten, else
kecamatan, else single desa), and their figures are added. A figure is never divided: where an old desa was split
between two regions, or was reported only as part of a larger region that is not wholly inside, there is no data.
"""

from sqlalchemy import CTE, Subquery
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.closed_figures import closed, reached
from hub.angka.agregat import COLUMNS, FROM_REGISTERS, choices_of_registers, periods
from hub.angka.counted_regions import BREAKDOWN, is_known, known_choices
from hub.angka.history import TableNames, expected, figures_below, table_names
from hub.base.kode import Level
from hub.plan.sql_text import Binds, Names, names, sql_clause, sql_rows
from hub.wilayah.lineage_walk import dated_links

_CODE_LENGTH = {Level.PROVINSI: 2, Level.KABUPATEN: 5, Level.KECAMATAN: 8, Level.DESA: 13}  # letters of a code


def _traced(n: Names, length: int) -> str:
    """What is asked, and the desa of the period that the regions of the later day came from."""
    return f"""p AS (
  SELECT * FROM {periods(n)} AS p
), x AS (
  SELECT x.kode, x.urut, e.formulir, e.sensitif, e.registri, e.agregasi_wilayah IN ('JUMLAH', 'HITUNG') AS dijumlah
  FROM unnest(CAST({n.elemen} AS text[])) WITH ORDINALITY AS x(kode, urut) JOIN elemen e ON e.kode = x.kode
), tautan AS MATERIALIZED (  -- what became of what, since the first of the periods
  {dated_links("(SELECT min(akhir) FROM p)", n.hari)}
), asal AS (  -- desa of that day, and what they came from, back to the period: from each link to earlier ones only
  SELECT p.periode, p.akhir, left(w.kode, {length}) AS tujuan, w.kode, w.berlaku_sejak AS sejak, CAST('infinity' AS date) AS pada
  FROM p JOIN wilayah w ON w.tingkat = 4 AND w.kode_kab >= left({n.wilayah}, 5) AND w.kode_kab < left({n.wilayah}, 5) || '/'
    AND (w.kode = {n.wilayah} OR (w.kode >= {n.wilayah} || '.' AND w.kode < {n.wilayah} || '/'))
    AND w.berlaku_sejak <= {n.hari} AND w.hari_terakhir >= {n.hari}
  UNION  -- a kabupaten of which no desa is known stands for itself
  SELECT p.periode, p.akhir, left(w.kode, {length}), w.kode, w.berlaku_sejak, CAST('infinity' AS date)
  FROM p JOIN wilayah w ON w.tingkat = 2 AND {length} <= 5 AND w.kode_kab >= left({n.wilayah}, 5)
    AND w.kode_kab < left({n.wilayah}, 5) || '/' AND w.berlaku_sejak <= {n.hari} AND w.hari_terakhir >= {n.hari}
    AND NOT EXISTS (SELECT 1 FROM wilayah d WHERE d.kode_kab = w.kode_kab AND d.tingkat = 4)
  UNION
  SELECT a.periode, a.akhir, a.tujuan, s.kode_lama, s.sejak_lama, s.pada
  FROM asal a JOIN tautan s ON s.kode_baru = a.kode AND s.sejak_baru = a.sejak AND s.pada > a.akhir AND s.pada < a.pada
), dahulu AS MATERIALIZED (
  SELECT DISTINCT a.periode, a.akhir, a.tujuan, w.kode, w.berlaku_sejak AS sejak, w.jenis
  FROM asal a JOIN wilayah w ON w.kode_kab = left(a.kode, 5) AND w.kode = a.kode AND w.berlaku_sejak = a.sejak
  WHERE w.berlaku_sejak <= a.akhir AND w.hari_terakhir >= a.akhir
)"""


def _whole(n: Names, length: int) -> str:
    """Which of them went whole into one region, and what lies in each."""
    return f"""turun AS (  -- and forward again: where everything that became of them lies; most became nothing else
  SELECT DISTINCT akhir, kode AS awal, sejak AS sejak_awal, kode, sejak, akhir AS pada FROM dahulu
  WHERE (kode, sejak) IN (SELECT kode_lama, sejak_lama FROM tautan)
  UNION
  SELECT t.akhir, t.awal, t.sejak_awal, s.kode_baru, s.sejak_baru, s.pada
  FROM turun t JOIN tautan s ON s.kode_lama = t.kode AND s.sejak_lama = t.sejak AND s.pada > t.pada
), pecah AS (  -- in several places, or partly in one that ended and left nobody its land
  SELECT t.akhir, t.awal, t.sejak_awal
  FROM turun t JOIN wilayah w ON w.kode_kab = left(t.kode, 5) AND w.kode = t.kode AND w.berlaku_sejak = t.sejak
  WHERE w.hari_terakhir >= {n.hari} OR NOT EXISTS (
    SELECT 1 FROM tautan s WHERE s.kode_lama = t.kode AND s.sejak_lama = t.sejak AND s.pada = w.berlaku_sampai)
  GROUP BY t.akhir, t.awal, t.sejak_awal
  HAVING count(DISTINCT CASE WHEN w.hari_terakhir >= {n.hari} THEN left(t.kode, {length}) ELSE '' END) > 1
), bulat AS MATERIALIZED (
  -- IN and not EXISTS: whatever the planner expects, it is one hash and not a walk through all for each
  SELECT d.*, (d.akhir, d.kode, d.sejak) NOT IN (SELECT c.akhir, c.awal, c.sejak_awal FROM pecah c) AS utuh FROM dahulu d
), isi AS MATERIALIZED (  -- what lies in each region of that day
  SELECT periode, tujuan, count(DISTINCT kode) FILTER (WHERE length(kode) = 13) AS desa,
    count(DISTINCT left(kode, 8)) FILTER (WHERE length(kode) = 13) AS kecamatan,
    array_agg(DISTINCT left(kode, 5)) AS kabupaten, count(DISTINCT kode) FILTER (WHERE jenis = 'KELURAHAN') AS kelurahan
  FROM bulat GROUP BY periode, tujuan
)"""


def _units(length: int) -> str:
    """Gathered into the largest regions of the period that lie wholly inside."""
    return f"""kec AS MATERIALIZED (
  SELECT b.periode, b.tujuan, left(b.kode, 8) AS kode FROM bulat b WHERE b.utuh AND {length} <= 8
  GROUP BY b.periode, b.akhir, b.tujuan, left(b.kode, 8)
  HAVING count(*) = (SELECT count(*) FROM wilayah w WHERE w.kode_kab = left(min(b.kode), 5) AND w.kode_induk = left(min(b.kode), 8)
    AND w.tingkat = 4 AND w.berlaku_sejak <= b.akhir AND w.hari_terakhir >= b.akhir)
), kab AS MATERIALIZED (
  SELECT b.periode, b.tujuan, left(b.kode, 5) AS kode FROM bulat b WHERE b.utuh AND {length} <= 5
  GROUP BY b.periode, b.akhir, b.tujuan, left(b.kode, 5)
  HAVING count(*) = (SELECT count(*) FROM wilayah w WHERE w.kode_kab = left(min(b.kode), 5) AND w.tingkat = 4
    AND w.berlaku_sejak <= b.akhir AND w.hari_terakhir >= b.akhir)
), unit AS MATERIALIZED (
  SELECT periode, tujuan, kode, 2 AS tingkat FROM kab
  UNION ALL SELECT k.periode, k.tujuan, k.kode, 3 FROM kec k
    WHERE (k.periode, k.tujuan, left(k.kode, 5)) NOT IN (SELECT b.periode, b.tujuan, b.kode FROM kab b)
  UNION ALL SELECT d.periode, d.tujuan, d.kode, CASE length(d.kode) WHEN 5 THEN 2 ELSE 4 END FROM bulat d WHERE d.utuh
    AND (d.periode, d.tujuan, left(d.kode, 8)) NOT IN (SELECT k.periode, k.tujuan, k.kode FROM kec k)
    AND (d.periode, d.tujuan, left(d.kode, 5)) NOT IN (SELECT b.periode, b.tujuan, b.kode FROM kab b)
)"""


def _of_unit(n: Names, figure: str) -> str:
    return f"""{figure}.kode_kab = left(u.kode, 5) AND {figure}.elemen = x.kode AND {figure}.periode = u.periode
    AND {figure}.tingkat = u.tingkat AND {figure}.dimensi = {n.dimensi} AND {figure}.kode_wilayah = u.kode"""


def _sums(n: Names, t: TableNames, length: int) -> str:
    """Their figures added, and where that may not be told or is not all."""
    figures = f"JOIN {t.angka} a ON {_of_unit(n, 'a')}"
    if length == _CODE_LENGTH[Level.PROVINSI]:
        columns = "b.kode_kab, b.elemen, b.rincian, b.nilai, b.status, b.sejak"
        figures = f"CROSS JOIN LATERAL ({figures_below(t, 'u.tujuan', columns, _of_unit(n, 'b'))}) a"
    return f"""jumlah AS (
  SELECT u.periode, u.tujuan, a.elemen, a.rincian, sum(a.nilai) AS nilai,
    CASE WHEN count(DISTINCT a.status) = 1 AND count(a.nilai) = 0 THEN min(a.status) END AS status,
    bool_or(a.status = 'DISUPRESI') AS tutup, max(a.sejak) FILTER (WHERE NOT {reached("a.kode_kab")}) AS sejak
  FROM unit u CROSS JOIN x {figures}
  WHERE x.dijumlah OR (u.kode = u.tujuan OR length(u.kode) = {length})
  GROUP BY u.periode, u.tujuan, a.elemen, a.rincian, x.dijumlah HAVING x.dijumlah OR count(*) = 1
), tutup AS (  -- made of regions whose figures the caller may not see
  SELECT DISTINCT u.periode, u.tujuan, x.kode AS elemen FROM unit u CROSS JOIN x WHERE {closed("x.sensitif", "u.tingkat", "left(u.kode, 5)")}
), kurang AS (  -- known only as part of a larger region
  SELECT DISTINCT u.periode, u.tujuan, x.kode AS elemen FROM unit u CROSS JOIN x
  WHERE u.tingkat > 2 AND x.registri IS NULL AND NOT EXISTS (
    SELECT 1 FROM {t.angka} a WHERE a.kode_kab = left(u.kode, 5) AND a.elemen = x.kode AND a.periode = u.periode
      AND a.tingkat = u.tingkat AND a.dimensi = {n.dimensi} AND (u.tingkat = 3 OR starts_with(a.kode_wilayah, left(u.kode, 8)))
  ) AND EXISTS (
    SELECT 1 FROM {t.angka} a WHERE a.kode_kab = left(u.kode, 5) AND a.elemen = x.kode AND a.periode = u.periode
      AND a.tingkat IN (2, 3) AND a.tingkat < u.tingkat AND a.dimensi = {n.dimensi}
      AND a.kode_wilayah IN (left(u.kode, 5), left(u.kode, 8)) AND a.nilai IS NOT NULL
  )
  UNION SELECT d.periode, d.tujuan, x.kode FROM bulat d CROSS JOIN x WHERE NOT d.utuh
)"""


def _result(n: Names, level: Level, *, detailed: bool) -> str:
    """The regions of the later day, each with what was found."""
    of, choices, chosen = ("d", _choices(n), "AND j.rincian = d.rincian") if detailed else ("j", "", "")
    counted = finer = ""
    if detailed:  # desa by their kind
        kinds = f"CASE d.rincian->>'{BREAKDOWN}' WHEN 'kelurahan' THEN s.kelurahan WHEN 'desa' THEN s.desa - s.kelurahan END"
        counted = f"\n      WHEN {is_known('x.registri', n.dimensi)} THEN coalesce({kinds}, 0)"
        # a choice may be closed at the level of a part where its element is not, and then no part has a row of it
        choice_closed = closed("hub_peka(x.kode, coalesce(d.rincian, '{}'))", "u.tingkat", "left(u.kode, 5)")
        finer = f"\n      OR EXISTS (SELECT FROM unit u WHERE u.periode = p.periode AND u.tujuan = r.kode AND {choice_closed})"
    return f"""hasil AS (
  SELECT r.kode_kab, r.kode, r.tingkat, x.kode AS elemen, x.formulir, x.sensitif, p.periode, {of}.rincian, x.urut AS urut_elemen,
    p.urut AS urut_periode, j.status, s.kabupaten, j.sejak,
    coalesce(j.tutup, false) OR t.elemen IS NOT NULL{finer} AS tutup,
    CASE WHEN k.elemen IS NOT NULL THEN NULL{counted}
      WHEN x.registri IS NULL OR {n.dimensi} <> '' THEN j.nilai
      ELSE coalesce(CASE x.registri WHEN 4 THEN s.desa WHEN 3 THEN s.kecamatan ELSE cardinality(s.kabupaten) END, 0)
    END AS nilai
  FROM p CROSS JOIN x
  JOIN wilayah r ON r.tingkat = {level:d} AND r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
    AND (r.kode = {n.wilayah} OR (r.kode >= {n.wilayah} || '.' AND r.kode < {n.wilayah} || '/'))
    AND r.berlaku_sejak <= {n.hari} AND r.hari_terakhir >= {n.hari}
  LEFT JOIN isi s ON s.periode = p.periode AND s.tujuan = r.kode
  LEFT JOIN kurang k ON k.periode = p.periode AND k.tujuan = r.kode AND k.elemen = x.kode
  LEFT JOIN tutup t ON t.periode = p.periode AND t.tujuan = r.kode AND t.elemen = x.kode
  {choices}
  LEFT JOIN jumlah j ON j.periode = p.periode AND j.tujuan = r.kode AND j.elemen = x.kode {chosen}
)"""


def _shown(n: Names, t: TableNames, *, detailed: bool) -> str:
    """What of it the caller is told, and how complete the reports behind it are."""
    sensitivity = "hub_peka(h.elemen, coalesce(h.rincian, '{}'))" if detailed else "h.sensitif"
    is_closed = closed(sensitivity, "h.tingkat", "h.kode_kab")
    is_closed = f"(h.tutup OR {is_closed})"
    return f"""SELECT h.kode_kab, h.kode, CAST({n.hari} AS date) AS acuan, h.elemen, h.periode, coalesce(h.rincian, '{{}}') AS rincian,
  h.urut_elemen, h.urut_periode,
  CASE WHEN {is_closed} THEN NULL ELSE h.nilai END AS nilai, NULL::numeric AS tertulis,
  CASE WHEN {is_closed} THEN 'DISUPRESI' WHEN h.nilai > 0 THEN 'ADA' WHEN h.nilai = 0 THEN 'NOL'
       WHEN h.nilai < 0 THEN 'ADA' ELSE coalesce(h.status, 'TIDAK_ADA_DATA') END AS status,
  l.diharapkan, l.diterima, l.disetujui, l.tepat_waktu, NULL::int AS terisi,
  CASE WHEN NOT {reached("h.kode_kab")} THEN h.sejak END AS dirilis_pada
FROM hasil h CROSS JOIN LATERAL (
  SELECT coalesce(sum(d.diharapkan), 0)::int AS diharapkan, coalesce(sum(d.diharapkan * l.diterima), 0)::int AS diterima,
    coalesce(sum(d.diharapkan * l.disetujui), 0)::int AS disetujui, coalesce(sum(d.diharapkan * l.tepat_waktu), 0)::int AS tepat_waktu
  FROM unnest(h.kabupaten) AS t(kode_kab)
  CROSS JOIN (SELECT {expected("h.periode", "f")} AS diharapkan FROM formulir f WHERE f.kode = h.formulir) d
  LEFT JOIN {t.kelengkapan} l ON l.kode_kab = t.kode_kab AND l.formulir = h.formulir AND l.periode = h.periode
) l
"""


def _choices(n: Names) -> str:
    """Choices that a figure has, else those that only the registers know."""
    return f"""LEFT JOIN LATERAL (
    WITH ada AS (SELECT j.rincian FROM jumlah j WHERE j.periode = p.periode AND j.tujuan = r.kode AND j.elemen = x.kode
      UNION {known_choices("x.registri", n.dimensi)})
    SELECT rincian FROM ada UNION ALL SELECT t.rincian
    FROM jsonb_array_elements({FROM_REGISTERS}) AS t(rincian)
    WHERE NOT {closed("x.sensitif", "r.tingkat", "r.kode_kab")} AND NOT EXISTS (SELECT 1 FROM ada WHERE lower(ada.rincian::text) = lower(t.rincian::text))
  ) d ON true"""


def _by_later_borders(n: Names, t: TableNames, level: Level, *, detailed: bool) -> str:
    length = _CODE_LENGTH[level]
    registers = f"pilihan AS MATERIALIZED ({choices_of_registers(n, level)})," if detailed else ""
    ctes = [
        _traced(n, length), _whole(n, length), _units(length), _sums(n, t, length), _result(n, level, detailed=detailed)
    ]  # fmt: skip
    return f"\nWITH RECURSIVE {registers} {', '.join(ctes)}\n{_shown(n, t, detailed=detailed)}"


def agregat_by_later_borders(binds: Binds, level: Level, *, detailed: bool) -> Subquery:
    """Rows like those of `agregat_source`, for regions in force on `ikat["hari"]` (date, not before any `akhir`)."""
    statement = _by_later_borders(names(binds), table_names(binds.get("pada")), level, detailed=detailed)
    return sql_rows(statement, binds, COLUMNS)


def filled_by_later_borders(binds: Binds, level: Level, *, detailed: bool) -> CTE:
    """One row, one column `isi`, of the regions one level below `level`: {"periode|elemen|kode|rincian": [how many of the parts of
    that region carry a figure, whether one of these is closed to the caller]}. Null where there are no parts."""
    parts = _by_later_borders(names(binds), table_names(binds.get("pada")), Level(level + 1), detailed=detailed)
    statement = f"""
SELECT jsonb_object_agg(concat_ws('|', g.periode, g.elemen, g.induk, g.rincian), jsonb_build_array(g.berisi, g.tutup)) AS isi FROM (
  SELECT b.periode, b.elemen, left(b.kode, {_CODE_LENGTH[level]}) AS induk, b.rincian::text AS rincian, count(b.nilai) AS berisi,
    bool_or(b.status = 'DISUPRESI') AS tutup
  FROM ({parts}) b GROUP BY 1, 2, 3, 4
) g"""
    return sql_clause(statement, binds).columns(isi=JSONB()).cte("terisi")
