"""What was reached of targets, as common table expressions of `indikator`: a target (KIN01) beside the result of the very thing it is
of, in the target's own unit; and the scores made of both. They use `daerah`, `minta`, `satuan`, `rasio`, `cacah` of that statement.

What the hub computes in another unit than the target's is not compared with it. Where it computes nothing (in that unit), the
result that the office states itself (KIN02) counts, and the row says so. A province's own statements are its targets and results too.
"""

from hub.akses.closed_figures import closed
from hub.angka.history import TableNames, figures_below
from hub.angka.newest_version import target_version_sql
from hub.angka.reasons import say
from hub.plan.sql_text import Names

_VERSION_ORDER = target_version_sql("k.rincian")
FULL_CODE = "i.kode || CASE i.varian WHEN '' THEN '' ELSE '.' || i.varian END"
"""An indicator `i` as a target names it."""
_OF_FIGURES = "i.jenis IN ('RASIO', 'CACAH_KABUPATEN')"


def stated_performance(t: TableNames) -> str:
    """Targets and stated results of the regions asked for; nothing where no achievement is asked."""
    asked = "EXISTS (SELECT 1 FROM minta WHERE jenis IN ('CAPAIAN_NAIK', 'CAPAIAN_TURUN', 'RERATA'))"
    return f"""kinerja AS (
  SELECT d.periode, d.kode AS untuk, d.kode_kab, d.tingkat, a.elemen, a.dimensi, a.rincian, a.nilai, a.status
  FROM daerah d JOIN {t.angka} a ON a.kode_kab = d.kode_kab AND a.elemen IN ('KIN01', 'KIN02') AND a.periode = d.periode
    AND a.tingkat = d.tingkat AND a.kode_wilayah = d.kode
  WHERE {asked}
  UNION ALL
  SELECT d.periode, d.kode, d.kode_kab, d.tingkat, x.elemen, x.dimensi, x.rincian, x.tertulis, 'ADA'  -- the rows he may see
  FROM daerah d JOIN {t.angka_tertulis} x ON x.kode_kab = d.kode_kab AND x.elemen IN ('KIN01', 'KIN02') AND x.periode = d.periode
    AND x.kode_wilayah = d.kode
  WHERE d.tingkat = 1 AND {asked}
)"""


def targeted_indicators() -> str:
    """The indicators that targets are of, with their variants."""
    return f"""SELECT i.kode, i.varian FROM indikator i WHERE {_OF_FIGURES}
    AND {FULL_CODE} IN (SELECT k.rincian->>'indikator' FROM kinerja k WHERE k.elemen = 'KIN01')"""


def achievements(n: Names, t: TableNames) -> str:
    """Targets, what was reached of them, and the scores made of both."""
    return f"""target AS (
  SELECT DISTINCT ON (k.periode, k.untuk, apa) k.periode, k.untuk, k.kode_kab, k.tingkat, k.rincian->>'indikator' AS apa,
    k.rincian->>'sasaran_kinerja' AS sasaran, k.nilai, k.rincian, k.dimensi
  FROM kinerja k WHERE k.elemen = 'KIN01' AND jsonb_exists(k.rincian, 'indikator')
  ORDER BY k.periode, k.untuk, apa, k.status <> 'TIDAK_ADA_DATA' DESC, {_VERSION_ORDER} DESC NULLS LAST, sasaran
), terhitung AS (  -- what the hub computes of indicators
  SELECT r.periode, r.untuk, {FULL_CODE} AS apa, r.pembilang * i.faktor / nullif(r.penyebut, 0) AS nilai, r.tutup
  FROM (
    SELECT periode, untuk, indikator, varian, pembilang, penyebut, tutup FROM rasio
    UNION ALL SELECT periode, untuk, indikator, varian, pembilang::numeric, penyebut, tutup FROM cacah
  ) r JOIN indikator i ON i.kode = r.indikator AND i.varian = r.varian
), capaian AS (
  SELECT t.periode, t.untuk, t.kode_kab, t.apa, t.sasaran, t.nilai AS target, coalesce(e.arah, 'NAIK') AS arah, s.dari_target, s.dari_hasil,
    h.nilai AS dihitung, k.nilai AS ditulis, h.tutup OR h.nilai IS NULL AND coalesce(k.status = 'DISUPRESI', false) AS tutup
  FROM target t
  LEFT JOIN indikator i ON {FULL_CODE} = t.apa
  LEFT JOIN elemen e ON e.kode = t.apa
  CROSS JOIN LATERAL (
    SELECT coalesce((SELECT v.satuan->>t.apa FROM rincian v WHERE v.elemen = 'KIN01' AND v.kode = 'indikator'), i.satuan, e.satuan) AS dari_target,
      CASE WHEN {_OF_FIGURES} THEN i.satuan ELSE e.satuan END AS dari_hasil
  ) s
  LEFT JOIN terhitung r ON r.periode = t.periode AND r.untuk = t.untuk AND r.apa = t.apa
  LEFT JOIN LATERAL ({_element_result(t)}) a ON true
  CROSS JOIN LATERAL (  -- nothing at all of what is in another unit, not even that it is closed
    SELECT CASE WHEN b.sama THEN coalesce(r.nilai, a.nilai) END AS nilai, b.sama AND (coalesce(r.tutup, false) OR coalesce(a.tutup, false)
      OR coalesce({closed("e.sensitif", "t.tingkat", "t.kode_kab")}, false)) AS tutup
    FROM (SELECT s.dari_target IS NOT DISTINCT FROM s.dari_hasil AS sama) b
  ) h
  LEFT JOIN LATERAL (
    SELECT k.nilai, k.status FROM kinerja k WHERE k.elemen = 'KIN02' AND k.periode = t.periode AND k.untuk = t.untuk
      AND k.rincian->>'indikator' = t.apa ORDER BY k.dimensi, k.rincian LIMIT 1
  ) k ON true
), tercapai AS (
  SELECT c.*, CASE arah WHEN 'NAIK' THEN hasil ELSE 2 * target - hasil END AS pembilang
  FROM (SELECT *, coalesce(dihitung, ditulis) AS hasil FROM capaian) c
), dicapai AS (
  SELECT *, pembilang / nullif(target, 0) AS bagian, {_reason(n)} AS alasan FROM tercapai
), skor AS (
  SELECT coalesce(a.periode, b.periode) AS periode, coalesce(a.untuk, b.untuk) AS untuk, coalesce(a.skor, b.skor) AS skor,
    a.skor IS NULL AND coalesce(b.tutup, false) AS tutup
  FROM (
    SELECT k.periode, k.untuk, k.rincian->>'sasaran_kinerja' AS sasaran, k.nilai AS skor FROM kinerja k
    WHERE k.elemen = 'KIN02' AND k.dimensi = 'sasaran_kinerja' AND lower(k.rincian->>'sasaran_kinerja') <> 'total' AND k.nilai IS NOT NULL
  ) a FULL JOIN (
    SELECT periode, untuk, sasaran, avg(bagian * 100) AS skor, bool_or(tutup) AS tutup FROM dicapai WHERE sasaran IS NOT NULL AND target IS NOT NULL
    GROUP BY periode, untuk, sasaran HAVING count(bagian) = count(*) OR bool_or(tutup)
  ) b USING (periode, untuk, sasaran)
)"""


def _element_result(t: TableNames) -> str:
    """The figure of an element that a target is of; of a province the total that was released, where the caller sees that, else the sum
    of its kabupaten's, where those add up."""
    of_kabupaten = """b.kode_kab = u.kode_kab AND b.elemen = t.apa AND b.periode = t.periode AND b.tingkat = 2
      AND b.dimensi = '' AND b.kode_wilayah = u.kode AND b.rincian = '{}'"""
    return f"""
    SELECT a.nilai, a.status = 'DISUPRESI' AS tutup FROM {t.angka} a
    WHERE a.kode_kab = t.kode_kab AND a.elemen = t.apa AND a.periode = t.periode AND a.tingkat = t.tingkat AND a.dimensi = ''
      AND a.kode_wilayah = t.untuk AND a.rincian = '{{}}'
    UNION ALL
    SELECT sum(b.nilai), bool_or(b.status = 'DISUPRESI')
    FROM satuan u CROSS JOIN LATERAL ({figures_below(t, "t.untuk", "b.nilai, b.status", of_kabupaten)}) b
    WHERE t.tingkat = 1 AND u.periode = t.periode AND u.untuk = t.untuk AND e.agregasi_wilayah IN ('JUMLAH', 'HITUNG')
      AND NOT EXISTS (SELECT FROM {t.angka} o WHERE o.kode_kab = t.kode_kab AND o.elemen = t.apa AND o.periode = t.periode AND o.tingkat = 1
        AND o.dimensi = '' AND o.kode_wilayah = t.untuk AND o.rincian = '{{}}')
    HAVING count(*) > 0"""


def _reason(n: Names) -> str:
    """Why nothing was reached of a target, in a sentence; or that the result is only stated. Null: computed."""
    return f"""CASE
    WHEN target IS NULL THEN {say(n, "target_kosong", "apa")}
    WHEN target = 0 THEN {say(n, "target_nol")}
    WHEN hasil IS NULL AND dari_target <> dari_hasil THEN {say(n, "satuan", "apa", "dari_target", "dari_hasil")}
    WHEN hasil IS NULL AND dari_hasil IS NULL THEN {say(n, "tak_dihitung", "apa")}
    WHEN hasil IS NULL THEN {say(n, "tanpa_realisasi", "apa")}
    WHEN dihitung IS NULL THEN {say(n, "ditulis", "apa")}
    END"""
