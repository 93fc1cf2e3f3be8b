"""The one row of `capaianKinerja` as a selectable: targets beside results, objectives, the office, and the words of its scale.

What an office reached is read where everybody reads it: indicators and elements as the hub computes them
(hub.angka), under the same closures; stated results (KIN02) only where the hub has none of its own that is in the unit
of the target. Nothing is rounded before it is shown. A mean of which a part is closed to the caller is not told: it, and the
others beside it, would tell that part.
"""

from typing import Any

from sqlalchemy import Date, Integer, Numeric, Subquery, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from hub.angka.agregat import agregat_sql
from hub.angka.history import table_names
from hub.angka.indikator import indikator_sql
from hub.angka.newest_version import target_version_sql
from hub.angka.target_results import FULL_CODE
from hub.base.kode import Level
from hub.db.metadata import KodeText
from hub.plan.sql_text import Binds, Names, names, sql_rows
from hub.wilayah.first_list import region_day

_VERSION = target_version_sql("t.rincian")
# a target that has a figure before one that has none, the newest version, the newest period, of those that end together the longest
_NEWEST = f"t.status = 'TIDAK_ADA_DATA', {_VERSION} DESC NULLS LAST, t.akhir DESC, t.bulan DESC"


def _office(n: Names) -> str:
    """The office; the periods of the year, of each the quarter it lies in; what the office entered in them. A province's own
    statement is never a figure, so it stands among what is stated."""
    tables, day = table_names(None), region_day(n.wilayah, n.akhir)
    return f"""k_kantor AS (
  SELECT r.kode_kab, r.kode, r.tingkat, {n.akhir} AS akhir FROM wilayah r
  WHERE r.kode_kab = {n.wilayah} AND r.kode = {n.wilayah} AND r.tingkat <= 2
    AND r.berlaku_sejak <= {day} AND r.hari_terakhir >= {day}
), k_periode AS (
  SELECT * FROM unnest(CAST({n.periode} AS text[]), CAST({n.akhir_periode} AS date[]), CAST({n.bulan} AS int[]), CAST({n.triwulan} AS int[]))
    AS p(periode, akhir, bulan, triwulan)
), k_tertulis AS MATERIALIZED (
  SELECT a.elemen, a.rincian, a.nilai, a.status, p.akhir, p.bulan, p.triwulan
  FROM k_kantor d JOIN k_periode p ON true JOIN {tables.angka} a ON a.kode_kab = d.kode_kab AND a.elemen IN ('KIN01', 'KIN02')
    AND a.periode = p.periode AND a.tingkat = d.tingkat AND a.kode_wilayah = d.kode AND a.dimensi <> ''
  UNION ALL
  SELECT t.elemen, t.rincian, t.tertulis, CASE t.tertulis WHEN 0 THEN 'NOL' ELSE 'ADA' END, p.akhir, p.bulan, p.triwulan
  FROM k_kantor d JOIN k_periode p ON true JOIN {tables.angka_tertulis} t ON t.kode_kab = d.kode_kab AND t.elemen IN ('KIN01', 'KIN02')
    AND t.periode = p.periode AND t.kode_wilayah = d.kode AND t.dimensi <> ''
  WHERE d.tingkat = 1
), k_skala AS MATERIALIZED (
  SELECT s.dari, s.nama  -- its newest scale, else the catalogue's
  FROM k_kantor d JOIN skala_kinerja s ON s.kode_kab = d.kode_kab
  WHERE s.tahun = (SELECT max(x.tahun) FROM skala_kinerja x WHERE x.kode_kab = d.kode_kab AND x.tahun <= {n.tahun})
  UNION ALL
  SELECT b.kode::numeric, b.nama FROM daftar_kode b WHERE b.daftar = 'SKALA_KINERJA' AND b.berlaku AND b.kode ~ '^[0-9]+([.][0-9]+)?$'
    AND NOT EXISTS (SELECT 1 FROM k_kantor d JOIN skala_kinerja x ON x.kode_kab = d.kode_kab AND x.tahun <= {n.tahun})
), k_daftar AS (
  SELECT s.nomor, s.nama, s.urut, s.indikator FROM k_kantor d JOIN sasaran_kinerja s ON s.kode_kab = d.kode_kab
  WHERE s.tahun = (SELECT max(x.tahun) FROM sasaran_kinerja x WHERE x.kode_kab = d.kode_kab AND x.tahun <= {n.tahun})
)"""


def _objectives() -> str:
    """Which indicators stand under which objective: as the newest target says, else a stated result, else the office's list; under
    none, where nobody says."""
    return f"""k_target AS (
  SELECT t.rincian->>'indikator' AS apa, lower(t.rincian->>'sasaran_kinerja') AS sasaran, t.nilai, t.status,
    rank() OVER (PARTITION BY t.rincian->>'indikator' ORDER BY {_NEWEST}) AS baru,
    rank() OVER (PARTITION BY t.rincian->>'indikator', jsonb_exists(t.rincian, 'sasaran_kinerja') ORDER BY {_NEWEST}) AS tempat
  FROM k_tertulis t WHERE t.elemen = 'KIN01' AND jsonb_exists(t.rincian, 'indikator')
), k_sebut AS (
  SELECT apa, sasaran, 1 AS siapa FROM k_target WHERE sasaran IS NOT NULL AND tempat = 1
  UNION SELECT t.rincian->>'indikator', lower(t.rincian->>'sasaran_kinerja'), 2 FROM k_tertulis t
    WHERE t.elemen = 'KIN02' AND jsonb_exists(t.rincian, 'indikator') AND jsonb_exists(t.rincian, 'sasaran_kinerja')
  UNION SELECT x.apa, lower(d.nomor), 3 FROM k_daftar d CROSS JOIN unnest(d.indikator) AS x(apa)
  UNION SELECT t.rincian->>'indikator', NULL, 4 FROM k_tertulis t WHERE jsonb_exists(t.rincian, 'indikator')
), k_pasang AS MATERIALIZED (
  SELECT DISTINCT s.apa, coalesce((SELECT lower(d.nomor) FROM k_daftar d WHERE s.sasaran IN (lower(d.nomor), lower(d.nama)) LIMIT 1), s.sasaran) AS sasaran
  FROM (SELECT *, rank() OVER (PARTITION BY apa ORDER BY siapa) AS pertama FROM k_sebut) s WHERE s.pertama = 1
), k_apa AS MATERIALIZED (
  SELECT a.apa, i.kode IS NOT NULL AS indikator, coalesce(i.kode, a.apa) AS kode, coalesce(i.varian, '') AS varian,
    -- what it is, and its unit: a target's own, and that of what the hub computes
    coalesce(i.nama, e.nama, c.nama, a.apa) AS nama, coalesce(i.satuan, e.satuan, c.satuan, '') AS satuan_hitung,
    coalesce(c.satuan, i.satuan, e.satuan, '') AS satuan, coalesce(i.jenis, CASE WHEN e.kode IS NULL THEN 'TERTULIS' ELSE 'ELEMEN' END) AS jenis,
    coalesce(i.definisi, e.definisi) AS definisi, coalesce(i.kode_ref, e.kode_ref) AS kode_ref, coalesce(e.arah, 'NAIK') AS arah,
    i.urut AS urut
  FROM (SELECT DISTINCT apa FROM k_pasang) a
  LEFT JOIN indikator i ON {FULL_CODE} = a.apa
  LEFT JOIN elemen e ON e.kode = a.apa
  LEFT JOIN LATERAL (
    SELECT r.satuan->>a.apa AS satuan, (SELECT b.x->>'nama' FROM jsonb_array_elements(r.butir) AS b(x) WHERE b.x->>'kode' = a.apa) AS nama
    FROM rincian r WHERE r.elemen = 'KIN01' AND r.kode = 'indikator'
  ) c ON true
)"""


def _results(n: Names) -> str:
    """What the hub computes for the year (0) and its quarters, and what the office stated."""
    t = table_names(None)
    ratios, figures = [], []
    for level in (Level.KABUPATEN, Level.PROVINSI):
        wilayah = f"(SELECT kode FROM k_kantor WHERE tingkat = {level:d})"
        of_indicators = {
            "wilayah": wilayah, "periode": n.bingkai, "akhir": n.akhir_bingkai,
            "kode": "(SELECT coalesce(array_agg(apa ORDER BY apa), '{}') FROM k_apa WHERE jenis IN ('RASIO', 'CACAH_KABUPATEN'))",
        }  # fmt: skip
        of_elements = {
            "wilayah": wilayah, "periode": n.periode, "akhir": n.akhir_periode, "dimensi": "''",
            "elemen": "(SELECT coalesce(array_agg(apa ORDER BY apa), '{}') FROM k_apa WHERE jenis = 'ELEMEN')",
        }  # fmt: skip
        ratios.append(
            "SELECT h.kode, h.urut_periode - 1, h.nilai_utuh, h.nilai, h.status "
            f"FROM ({indikator_sql(Names(of_indicators), t, level)}) h WHERE h.rincian = '{{}}'"
        )
        # what a province says of itself stands for what is not added up of its kabupaten (a share of the poor)
        nilai = "coalesce(h.nilai, h.tertulis)" if level is Level.PROVINSI else "h.nilai"
        status = f"CASE WHEN h.status = 'TIDAK_ADA_DATA' AND {nilai} IS NOT NULL THEN 'ADA' ELSE h.status END"
        figures.append(
            f"SELECT h.elemen AS apa, h.periode, {nilai} AS nilai, {status} AS status "
            f"FROM ({agregat_sql(Names(of_elements), t, level, detailed=False)}) h"
        )
    return f"""k_angka AS MATERIALIZED ({" UNION ALL ".join(figures)}
), k_hitung(apa, triwulan, utuh, nilai, status) AS MATERIALIZED (
  {" UNION ALL ".join(ratios)}
  UNION ALL (
    SELECT DISTINCT ON (h.apa, f.triwulan) h.apa, f.triwulan, h.nilai, h.nilai, h.status
    -- what is made of no finer periods is as it was last reported within the year, or the quarter
    FROM k_angka h JOIN k_periode p ON p.periode = h.periode JOIN elemen e ON e.kode = h.apa
    CROSS JOIN LATERAL (SELECT 0 AS triwulan, 12 AS bulan UNION ALL SELECT p.triwulan, 3 WHERE p.triwulan IS NOT NULL) f
    WHERE p.bulan = f.bulan OR e.agregasi_waktu = 'TIDAK'
    ORDER BY h.apa, f.triwulan, h.status = 'TIDAK_ADA_DATA', p.akhir DESC, p.bulan DESC
  )
), k_nyata AS (
  SELECT DISTINCT ON (apa, triwulan) t.rincian->>'indikator' AS apa, f.triwulan, t.nilai, t.status
  FROM k_tertulis t CROSS JOIN LATERAL (SELECT 0 AS triwulan UNION ALL SELECT t.triwulan WHERE t.triwulan IS NOT NULL) f
  WHERE t.elemen = 'KIN02' AND jsonb_exists(t.rincian, 'indikator')
  ORDER BY apa, triwulan, t.nilai IS NULL AND t.status <> 'DISUPRESI', t.akhir DESC, t.bulan DESC, t.rincian::text
), k_hasil AS MATERIALIZED (
  SELECT a.apa, f.triwulan,
    -- of the year and of each quarter: the hub's own where it is in the unit of the target, else the stated
    CASE WHEN z.tutup THEN NULL WHEN z.setara THEN coalesce(h.nilai, s.nilai) ELSE s.nilai END AS nilai,
    CASE WHEN z.tutup THEN NULL WHEN z.setara THEN coalesce(h.utuh, s.nilai) ELSE s.nilai END AS utuh, z.tutup,
    CASE WHEN NOT z.setara AND h.status IN ('ADA', 'NOL', 'DISUPRESI') THEN 'TIDAK_BERLAKU'
      ELSE coalesce(nullif(s.status, 'TIDAK_ADA_DATA'), nullif(h.status, 'TIDAK_ADA_DATA')) END AS kosong
  FROM k_apa a CROSS JOIN generate_series(0, 4) AS f(triwulan)
  LEFT JOIN k_hitung h ON h.apa = a.apa AND h.triwulan = f.triwulan
  LEFT JOIN k_nyata s ON s.apa = a.apa AND s.triwulan = f.triwulan
  CROSS JOIN LATERAL (SELECT lower(a.satuan) = lower(a.satuan_hitung) AS setara) y
  CROSS JOIN LATERAL (
    SELECT y.setara, coalesce(y.setara AND h.status = 'DISUPRESI', false)
      OR coalesce(s.status = 'DISUPRESI', false) AND NOT (y.setara AND h.nilai IS NOT NULL) AS tutup
  ) z
)"""


def _achievements() -> str:
    """Per indicator of each objective, per objective, of the office."""
    return """k_indikator AS MATERIALIZED (
  SELECT p.sasaran, a.*, t.nilai AS target, h.nilai AS realisasi, c.capaian,
    -- whether what is closed would be part of a mean: without a target it is of none
    coalesce(t.status = 'DISUPRESI', false) OR h.tutup AND t.nilai IS NOT NULL AS tutup,
    CASE WHEN h.tutup OR t.status = 'DISUPRESI' THEN 'DISUPRESI' WHEN c.capaian = 0 THEN 'NOL' WHEN c.capaian IS NOT NULL THEN 'ADA'
      WHEN h.nilai IS NULL AND h.kosong IS NOT NULL THEN h.kosong
      WHEN t.status IN ('TIDAK_DILAKSANAKAN', 'TIDAK_BERLAKU') THEN t.status ELSE 'TIDAK_ADA_DATA' END AS status
  FROM k_pasang p JOIN k_apa a ON a.apa = p.apa JOIN k_hasil h ON h.apa = p.apa AND h.triwulan = 0
  LEFT JOIN LATERAL (SELECT x.nilai, x.status FROM k_target x WHERE x.apa = p.apa ORDER BY x.baru, x.nilai LIMIT 1) t ON true
  CROSS JOIN LATERAL (
    SELECT CASE a.arah WHEN 'TURUN' THEN 2 * t.nilai - h.utuh ELSE h.utuh END * 100 / nullif(t.nilai, 0) AS capaian
  ) c
), k_sasaran AS MATERIALIZED (
  SELECT s.sasaran, coalesce(d.nama, CASE WHEN s.sasaran IS NULL THEN 'Tanpa sasaran' WHEN s.sasaran ~ '^[0-9.]+$' THEN 'Sasaran ' || s.sasaran
      ELSE coalesce(w.tertulis, s.sasaran) END) AS nama,
    d.urut, v.nilai AS tertulis, coalesce(v.status = 'DISUPRESI', k.tutup) AND v.nilai IS NULL AS tutup,
    -- what the office says counts where a result is missing, or closed: it knows more than the hub may say
    CASE WHEN k.tutup OR v.status = 'DISUPRESI' THEN v.nilai WHEN k.kurang THEN coalesce(v.nilai, k.rerata) ELSE coalesce(k.rerata, v.nilai) END AS nilai
  FROM (
    SELECT sasaran FROM k_pasang UNION SELECT lower(nomor) FROM k_daftar
    UNION SELECT coalesce((SELECT lower(d.nomor) FROM k_daftar d WHERE lower(t.rincian->>'sasaran_kinerja') IN (lower(d.nomor), lower(d.nama)) LIMIT 1),
      lower(t.rincian->>'sasaran_kinerja'))
    FROM k_tertulis t WHERE jsonb_exists(t.rincian, 'sasaran_kinerja') AND lower(t.rincian->>'sasaran_kinerja') <> 'total'
      AND (t.elemen = 'KIN02' AND NOT jsonb_exists(t.rincian, 'indikator'))
  ) s
  LEFT JOIN k_daftar d ON lower(d.nomor) = s.sasaran
  LEFT JOIN LATERAL (
    SELECT t.nilai, t.status FROM k_tertulis t WHERE t.elemen = 'KIN02' AND NOT jsonb_exists(t.rincian, 'indikator')
      AND (t.nilai IS NOT NULL OR t.status = 'DISUPRESI') AND lower(t.rincian->>'sasaran_kinerja') IN (s.sasaran, lower(d.nama))
    ORDER BY t.akhir DESC, t.bulan DESC LIMIT 1
  ) v ON true
  LEFT JOIN LATERAL (
    SELECT min(t.rincian->>'sasaran_kinerja') AS tertulis FROM k_tertulis t WHERE lower(t.rincian->>'sasaran_kinerja') = s.sasaran
  ) w ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(i.tutup), false) AS tutup, coalesce(bool_or(i.target IS NOT NULL AND i.capaian IS NULL), false) AS kurang,
      avg(i.capaian) AS rerata
    FROM k_indikator i WHERE i.sasaran IS NOT DISTINCT FROM s.sasaran
  ) k
), k_dinas AS (
  SELECT CASE WHEN NOT bool_or(s.tutup) THEN avg(s.nilai) END AS nilai FROM k_sasaran s
  -- what stands under no objective is none; where there are none at all it is all there is
  WHERE s.sasaran IS NOT NULL OR NOT EXISTS (SELECT 1 FROM k_sasaran x WHERE x.sasaran IS NOT NULL)
)"""


def _rounded(nilai: str) -> str:
    """As it is shown. Divisions leave a last digit that may be one off: 84.994999… of what is 84.995."""
    return f"round(round({nilai}, 10), 2)"


def _predicate(nilai: str) -> str:
    """The word of the highest step at or below the value as it is shown; what is below zero is no worse than zero."""
    at_or_below = f"{nilai} IS NOT NULL AND k.dari <= greatest({_rounded(nilai)}, 0)"
    return f"(SELECT k.nama FROM k_skala k WHERE {at_or_below} ORDER BY k.dari DESC LIMIT 1)"


def _shown() -> str:
    quarters = ", ".join(f"max(h.nilai) FILTER (WHERE h.triwulan = {n})" for n in range(1, 5))
    return f"""SELECT d.kode_kab, d.kode AS kode_wilayah, d.akhir AS acuan, extract(year FROM d.akhir)::int AS tahun, {_rounded("x.nilai")} AS nilai,
  {_predicate("x.nilai")} AS predikat,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('dari', k.dari, 'nama', k.nama) ORDER BY k.dari DESC), '[]') FROM k_skala k) AS skala,
  (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'urut', s.ke, 'nama', s.nama, 'nilai', {_rounded("s.nilai")}, 'predikat', {_predicate("s.nilai")}, 'tertulis', s.tertulis,
      'indikator', (
        SELECT coalesce(jsonb_agg(to_jsonb(i) || jsonb_build_object(
          'capaian', {_rounded("i.capaian")}, 'predikat', {_predicate("i.capaian")},
          'triwulan', (SELECT jsonb_build_array({quarters}) FROM k_hasil h WHERE h.apa = i.apa)
        ) ORDER BY array_position((SELECT l.indikator FROM k_daftar l WHERE lower(l.nomor) = s.sasaran), i.apa), i.urut, i.apa), '[]')
        FROM k_indikator i WHERE i.sasaran IS NOT DISTINCT FROM s.sasaran
      )
    ) ORDER BY s.ke), '[]')
    FROM (
      SELECT *, row_number() OVER (ORDER BY sasaran IS NULL, urut NULLS LAST, length(sasaran), sasaran) AS ke FROM k_sasaran
    ) s
  ) AS sasaran
FROM k_kantor d CROSS JOIN k_dinas x
"""


_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode_wilayah": KodeText(), "acuan": Date(), "tahun": Integer(), "nilai": Numeric(), "predikat": Text(),
    "skala": JSONB(), "sasaran": JSONB(),
}  # fmt: skip


def capaian_source(binds: Binds) -> Subquery:
    """One row for the office, none where that region is not in force at the end of the year. `binds`: wilayah (text), tahun (int),
    akhir (its last day); periode, akhir_periode, bulan, triwulan (arrays: its periods of every length, their last days, how many
    months each has, the quarter it lies in or null); bingkai, akhir_bingkai (the year, then its quarters, and their last days)."""
    n = names(binds)
    ctes = ", ".join([_office(n), _objectives(), _results(n), _achievements()])
    return sql_rows(f"\nWITH {ctes}\n{_shown()}", binds, _COLUMNS)
