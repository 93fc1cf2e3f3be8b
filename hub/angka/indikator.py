"""The rows of `indikator` as a selectable: Σ numerator / Σ denominator over the kabupaten that have both, never a mean
of percentages; achievements against targets (target_results.py); the mean of scores.

Everything an indicator is made of stands in tables (indikator, suku_indikator); only the five kinds of computing
stand here.
"""

from typing import Any

from sqlalchemy import Date, Integer, Numeric, Subquery, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import closed
from hub.angka.agregat import periods
from hub.angka.counted_regions import is_known, is_of
from hub.angka.history import TableNames, expected, figures_below, table_names
from hub.angka.reasons import say
from hub.angka.target_results import FULL_CODE, achievements, stated_performance, targeted_indicators
from hub.base.kode import Level
from hub.plan.sql_text import Binds, Names, names, sql_rows
from hub.terdaftar.reads import COUNTED_THINGS, counts_of_kabupaten

_KABUPATEN_UNITS = """
  SELECT d.periode, d.akhir, d.kode AS untuk, w.kode_kab, w.kode, w.tingkat FROM daerah d
  JOIN wilayah w ON w.kode_induk = d.kode AND w.tingkat = 2 AND w.berlaku_sejak <= d.akhir AND w.hari_terakhir >= d.akhir
"""
_OWN_UNITS = "SELECT d.periode, d.akhir, d.kode AS untuk, d.kode_kab, d.kode, d.tingkat FROM daerah d"
# the units of one region again, for its completeness; its own it need not look for
_KABUPATEN_MEMBERS = "SELECT s.kode_kab FROM satuan s WHERE s.periode = d.periode AND s.untuk = d.kode"
_OWN_MEMBERS = "SELECT d.kode_kab"


def _asked(n: Names, t: TableNames, level: Level, units: str) -> str:
    """Indicators, regions and periods asked for; the units each region is made of; the terms to be read."""
    return f"""minta AS (
  SELECT i.kode, i.varian, i.nama, i.jenis, i.faktor, m.urut FROM unnest(CAST({n.kode} AS text[])) WITH ORDINALITY AS m(kode, urut)
  JOIN indikator i ON (i.kode = m.kode AND i.varian = '') OR i.kode || '.' || i.varian = m.kode
), daerah AS (
  SELECT p.periode, p.akhir, p.urut, r.kode_kab, r.kode, r.tingkat
  FROM {periods(n)} AS p
  JOIN wilayah r ON r.tingkat = {level:d} AND r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
    AND (r.kode = {n.wilayah} OR (r.kode >= {n.wilayah} || '.' AND r.kode < {n.wilayah} || '/'))
    AND r.berlaku_sejak <= p.akhir AND r.hari_terakhir >= p.akhir
), satuan AS ({units}
), {stated_performance(t)}, perlu AS (
  SELECT kode, varian FROM minta WHERE jenis IN ('RASIO', 'CACAH_KABUPATEN')
  UNION {targeted_indicators()}
), suku AS (
  SELECT s.*, e.registri, e.formulir, e.sensitif,
    coalesce((SELECT string_agg(k, '|' ORDER BY k COLLATE "C") FROM jsonb_object_keys(s.rincian) k), '') AS dimensi
  FROM perlu JOIN suku_indikator s ON s.indikator = perlu.kode AND s.varian = perlu.varian JOIN elemen e ON e.kode = s.elemen
)"""


_COUNTED = ", ".join(f"'{e}'" for e in COUNTED_THINGS)


def _register(n: Names) -> str:
    """What the register of a kabupaten counts where its rekap say nothing: none too, where it holds other things and the registers of
    its province hold such ones. Of what was known at another time the registers say nothing."""
    if "pada" in n:
        return "SELECT NULL::numeric AS nilai"
    return f"""SELECT CASE WHEN u.tingkat = {Level.KABUPATEN:d} AND s.dimensi = '' AND s.elemen IN ({_COUNTED})
      AND v.nilai IS NULL AND coalesce(v.status, 'TIDAK_ADA_DATA') = 'TIDAK_ADA_DATA' THEN (
        SELECT coalesce((g.isi->>concat_ws('|', u.periode, s.elemen, u.kode_kab))::numeric, 0) FROM register g
        WHERE jsonb_exists(g.isi, concat_ws('|', u.periode, u.kode_kab)) AND jsonb_exists(g.isi, concat_ws('|', u.periode, s.elemen))
      ) END AS nilai OFFSET 0"""


def _ratios(n: Names, t: TableNames, level: Level) -> str:
    """Numerator and denominator of each unit, the first choice of terms that is complete; then added up, or counted."""
    term = """s.registri IS NULL AND b.kode_kab = u.kode_kab AND b.elemen = s.elemen AND b.periode = u.periode
      AND b.tingkat = u.tingkat AND b.dimensi = s.dimensi AND b.kode_wilayah = u.kode AND b.rincian = s.rincian"""
    figures = f"SELECT b.nilai, b.status FROM {t.angka} b WHERE {term}"
    if level is Level.PROVINSI:
        figures = figures_below(t, "u.untuk", "b.nilai, b.status", term)
    registers = "" if "pada" in n else f"register AS MATERIALIZED ({counts_of_kabupaten(n)}), "
    return f"""{registers}sisi AS (
  SELECT u.periode, u.untuk, u.kode, s.indikator, s.varian, s.sisi, s.pilihan, sum(coalesce(v.nilai, g.nilai)) AS nilai,
    bool_and(coalesce(v.nilai, g.nilai) IS NOT NULL OR t.tutup OR coalesce(v.status = 'DISUPRESI', false)) AS lengkap,
    bool_or(t.tutup OR coalesce(v.status = 'DISUPRESI', false)) AS tutup,
    bool_or(v.nilai IS NULL AND g.nilai IS NOT NULL) AS dari_register
  FROM satuan u CROSS JOIN suku s
  CROSS JOIN LATERAL (SELECT {closed("s.sensitif", "u.tingkat", "u.kode_kab")} AS tutup OFFSET 0) t
  LEFT JOIN LATERAL (
    {figures}
    UNION ALL
    SELECT count(*), 'ADA' FROM wilayah w WHERE w.kode_kab = u.kode_kab AND w.tingkat = s.registri
      AND (w.kode_induk = u.kode OR u.tingkat = 2) AND w.berlaku_sejak <= u.akhir AND w.hari_terakhir >= u.akhir
      AND (s.dimensi = '' OR {is_of("w.jenis", "s.rincian")})
    HAVING s.registri >= u.tingkat AND (s.dimensi = '' OR {is_known("s.registri", "s.dimensi")})
  ) v ON true
  CROSS JOIN LATERAL ({_register(n)}) g
  GROUP BY u.periode, u.untuk, u.kode, s.indikator, s.varian, s.sisi, s.pilihan
), terpilih AS (
  SELECT DISTINCT ON (periode, untuk, kode, indikator, varian, sisi) * FROM sisi WHERE lengkap
  ORDER BY periode, untuk, kode, indikator, varian, sisi, pilihan
), rasio AS (
  SELECT a.periode, a.untuk, a.indikator, a.varian, sum(a.nilai) AS pembilang, sum(b.nilai) AS penyebut, count(*) AS satuan,
    bool_or(a.tutup OR b.tutup) AS tutup
  FROM terpilih a JOIN terpilih b USING (periode, untuk, kode, indikator, varian)
  WHERE a.sisi = 'PEMBILANG' AND b.sisi = 'PENYEBUT'
    AND (coalesce(b.nilai, 1) <> 0 OR coalesce(a.nilai, 0) = 0)  -- 20 of 0 is a slip of the pen, and would count for others
  GROUP BY a.periode, a.untuk, a.indikator, a.varian
), cacah AS (  -- of those whose figure is known: who has not reported is no "no"; what is closed may be either
  SELECT t.periode, t.untuk, t.indikator, t.varian, count(*) FILTER (WHERE t.nilai > 0) AS pembilang,
    count(*) AS penyebut, count(*) AS satuan,
    bool_or(t.tutup) AS tutup
  FROM terpilih t JOIN indikator i ON i.kode = t.indikator AND i.varian = t.varian AND i.jenis = 'CACAH_KABUPATEN'
  GROUP BY t.periode, t.untuk, t.indikator, t.varian
)"""


def _results() -> str:
    """The five kinds of computing, alike."""
    return """hasil AS (
  SELECT periode, untuk, indikator, varian, '{}'::jsonb AS rincian, pembilang, penyebut, pembilang / nullif(penyebut, 0) AS bagian,
    satuan, tutup, NULL AS alasan FROM rasio
  UNION ALL SELECT periode, untuk, indikator, varian, '{}', pembilang, penyebut, pembilang::numeric / nullif(penyebut, 0), satuan, tutup, NULL FROM cacah
  UNION ALL SELECT c.periode, c.untuk, m.kode, m.varian, jsonb_build_object('indikator', c.apa), c.pembilang, c.target, c.bagian, 1, c.tutup, c.alasan
    FROM dicapai c JOIN minta m ON m.jenis = CASE c.arah WHEN 'NAIK' THEN 'CAPAIAN_NAIK' ELSE 'CAPAIAN_TURUN' END
  UNION ALL SELECT s.periode, s.untuk, m.kode, m.varian, '{}', sum(s.skor), count(*), avg(s.skor), 1, bool_or(s.tutup), NULL
    FROM skor s JOIN minta m ON m.jenis = 'RERATA' GROUP BY s.periode, s.untuk, m.kode, m.varian
)"""


def _reason(n: Names) -> str:
    """Why there is no value; a reason of its own may also stand beside one."""
    used = "(SELECT string_agg(DISTINCT s.elemen, ', ' ORDER BY s.elemen) FROM suku s WHERE s.indikator = m.kode AND s.varian = m.varian)"
    return f"""CASE
    WHEN z.tutup THEN {say(n, "tertutup")}
    WHEN h.alasan IS NOT NULL OR h.bagian IS NOT NULL THEN h.alasan
    WHEN h.penyebut = 0 THEN {say(n, "penyebut_nol")}
    WHEN m.jenis = 'RERATA' THEN {say(n, "tanpa_skor")}
    WHEN m.jenis IN ('CAPAIAN_NAIK', 'CAPAIAN_TURUN') THEN {say(n, "tanpa_target")}
    ELSE {say(n, "tak_lengkap", used)}
    END"""


def _shown(n: Names, t: TableNames, members: str) -> str:
    """What of it the caller is told, and how complete the reports behind it are."""
    return f"""SELECT d.kode_kab, d.kode AS kode_wilayah, d.akhir AS acuan, d.periode, d.urut AS urut_periode, m.urut AS urut_indikator,
  m.kode || CASE m.varian WHEN '' THEN '' ELSE '.' || m.varian END AS kode,
  m.nama || coalesce(': ' || coalesce(i.nama, e.nama, h.rincian->>'indikator'), '') AS nama,
  coalesce(h.rincian, '{{}}') AS rincian, CASE WHEN NOT z.tutup THEN round(h.pembilang, 6) END AS pembilang,
  CASE WHEN NOT z.tutup THEN round(h.penyebut, 6) END AS penyebut, CASE WHEN NOT z.tutup THEN h.bagian * m.faktor END AS nilai_utuh,
  CASE WHEN NOT z.tutup THEN round(h.bagian * m.faktor, 2) END AS nilai,
  CASE WHEN z.tutup THEN 'DISUPRESI' WHEN h.bagian IS NULL THEN 'TIDAK_ADA_DATA' WHEN h.bagian = 0 THEN 'NOL' ELSE 'ADA' END AS status,
  {_reason(n)} AS alasan, k.diharapkan, k.diterima, k.disetujui, k.tepat_waktu
FROM daerah d CROSS JOIN minta m
LEFT JOIN hasil h ON h.periode = d.periode AND h.untuk = d.kode AND h.indikator = m.kode AND h.varian = m.varian
LEFT JOIN indikator i ON {FULL_CODE} = h.rincian->>'indikator'
LEFT JOIN elemen e ON e.kode = h.rincian->>'indikator'
CROSS JOIN LATERAL (SELECT coalesce(h.tutup, false) AS tutup) z
CROSS JOIN LATERAL (
  -- an office has reported when all forms that the terms are of are there; what no form is behind of, where it has a result
  SELECT count(*) FILTER (WHERE coalesce(x.diharapkan, true))::int AS diharapkan, count(*) FILTER (WHERE x.diterima)::int AS diterima,
    CASE WHEN count(x.diharapkan) > 0 THEN count(*) FILTER (WHERE x.disetujui) ELSE coalesce(h.satuan, 0) END::int AS disetujui,
    count(*) FILTER (WHERE x.tepat)::int AS tepat_waktu
  FROM ({members}) u LEFT JOIN LATERAL (
    SELECT bool_and(y.diharapkan = 1) AS diharapkan, bool_and(y.diharapkan * coalesce(l.diterima, 0) > 0) AS diterima,
      bool_and(y.diharapkan * coalesce(l.disetujui, 0) > 0) AS disetujui, bool_and(y.diharapkan * coalesce(l.tepat_waktu, 0) > 0) AS tepat
    FROM (SELECT DISTINCT s.formulir FROM suku s WHERE s.indikator = m.kode AND s.varian = m.varian AND s.registri IS NULL) f
    JOIN formulir g ON g.kode = f.formulir CROSS JOIN LATERAL (SELECT {expected("d.periode", "g")} AS diharapkan) y
    LEFT JOIN {t.kelengkapan} l ON l.kode_kab = u.kode_kab AND l.formulir = f.formulir AND l.periode = d.periode
  ) x ON true
) k
"""


_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": Text(), "kode_wilayah": Text(), "acuan": Date(), "periode": Text(), "urut_periode": Integer(),
    "urut_indikator": Integer(), "kode": Text(), "nama": Text(), "rincian": JSONB(), "pembilang": Numeric(),
    "penyebut": Numeric(), "nilai_utuh": Numeric(), "nilai": Numeric(), "status": Text(), "alasan": Text(), "diharapkan": Integer(),
    "diterima": Integer(), "disetujui": Integer(), "tepat_waktu": Integer(),
}  # fmt: skip


def terms_of_indicators(n: Names, t: TableNames, level: Level, *, targets: bool = True) -> str:
    """What indicators are made of, as CTEs: `minta`, `satuan`, `suku`, the sides that count of each unit (`terpilih`), and with
    `targets` those and what was reached of them."""
    units = _KABUPATEN_UNITS if level is Level.PROVINSI else _OWN_UNITS
    return ", ".join([_asked(n, t, level, units), _ratios(n, t, level), *([achievements(n, t)] if targets else [])])


def indikator_source(binds: Binds, level: Level) -> Subquery:
    """Rows for `wilayah` and below on one level. `binds`: bound parameters wilayah (text), kode, periode (text[]), akhir
    (date[]), pada (timestamptz) for what was known then, and alasan (text, `reasons_json`) to be told why there is no value. `nilai` is rounded half up to two decimals, `nilai_utuh` is not rounded."""
    return sql_rows(indikator_sql(names(binds), table_names(binds.get("pada")), level), binds, _COLUMNS)


def indikator_sql(n: Names, t: TableNames, level: Level) -> str:
    """The statement of these rows. `n`: how wilayah, kode, periode and akhir are written in it, and alasan, if it is to say why."""
    members = _KABUPATEN_MEMBERS if level is Level.PROVINSI else _OWN_MEMBERS
    return f"\nWITH {terms_of_indicators(n, t, level)}, {_results()}\n{_shown(n, t, members)}"
