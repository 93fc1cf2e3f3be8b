"""What an indicator is made of, as text of SQL: the figures of both its sides, for the kabupaten that are in it, and its sentences.

Which terms count of whom is said where the indicator is computed (hub/angka/indikator.py); here it is read off.
"""

from hub.akses.closed_figures import closed
from hub.angka.history import TableNames, expected
from hub.angka.indikator import terms_of_indicators
from hub.angka.target_results import FULL_CODE
from hub.base.kode import Level
from hub.plan.sql_text import Names
from hub.rekap.explanation import element, last_day, period, units
from hub.rekap.explanation_words import day_told, level_told, said

RATIO, ACHIEVEMENT, MEAN = "RASIO", "CAPAIAN", "RERATA"  # how it is explained: a count of kabupaten as a ratio

_COLUMNS = "u.kode_kab, u.kode, u.tingkat, e.kode AS elemen, e.formulir, e.agregasi_waktu"


def _closed() -> str:
    return closed("e.sensitif", "u.tingkat", "u.kode_kab")


def _of_ratio(asked: str) -> str:
    """Terms of `asked` (aliased m: kode, varian, jenis), of the units in it: those with both sides, or where kabupaten are counted
    with the one."""
    pair = "b.periode = a.periode AND b.untuk = a.untuk AND b.kode = a.kode AND b.indikator = a.indikator AND b.varian = a.varian"
    return f"""SELECT {_COLUMNS}, s.dimensi, s.rincian, s.sisi, s.urut::int AS urut, {_closed()} AS tutup,
    CASE s.sisi WHEN 'PEMBILANG' THEN a.dari_register ELSE b.dari_register END AS dari_register
  FROM ({asked}) m JOIN terpilih a ON a.indikator = m.kode AND a.varian = m.varian AND a.sisi = 'PEMBILANG'
  LEFT JOIN terpilih b ON {pair} AND b.sisi = 'PENYEBUT' AND (coalesce(b.nilai, 1) <> 0 OR coalesce(a.nilai, 0) = 0)
  JOIN satuan u ON u.kode = a.kode
  JOIN suku s ON s.indikator = m.kode AND s.varian = m.varian AND s.pilihan = CASE s.sisi WHEN 'PEMBILANG' THEN a.pilihan ELSE b.pilihan END
  JOIN elemen e ON e.kode = s.elemen
  WHERE s.registri IS NULL AND (m.jenis = 'CACAH_KABUPATEN' OR b.kode IS NOT NULL)"""


_OWN = "SELECT m.kode, m.varian, m.jenis FROM minta m"


def needed_of_indicator(n: Names, t: TableNames, level: Level, kind: str) -> str:
    """As `needed_of_element`, of an indicator explained as `kind`."""
    ctes = terms_of_indicators(n, t, level, targets=kind != RATIO)
    if kind == RATIO:
        return f"WITH {ctes} {_of_ratio(_OWN)}"
    target = f"""SELECT {_COLUMNS}, t.dimensi, t.rincian, 'PENYEBUT' AS sisi, 1 AS urut, {_closed()} AS tutup, false AS dari_register
  FROM target t JOIN satuan u ON u.kode = t.untuk JOIN elemen e ON e.kode = 'KIN01'"""
    if kind == ACHIEVEMENT:
        goal = f"CAST({n.rincian} AS jsonb)->>'indikator'"
        # what is in another unit than its target is not what was reached of it: then the stated result is
        computed = "SELECT FROM capaian c WHERE c.dari_target IS NOT DISTINCT FROM c.dari_hasil"
        return f"""WITH {ctes} {target} WHERE t.apa = {goal}
  UNION ALL SELECT {_COLUMNS}, '', '{{}}'::jsonb, 'PEMBILANG', 1, {_closed()}, false
  FROM satuan u JOIN elemen e ON e.kode = {goal} WHERE EXISTS ({computed} AND c.apa = e.kode)
  UNION ALL SELECT x.kode_kab, x.kode, x.tingkat, x.elemen, x.formulir, x.agregasi_waktu, x.dimensi, x.rincian, 'PEMBILANG', x.urut, x.tutup, x.dari_register
  FROM ({_of_ratio(f"SELECT i.kode, i.varian, i.jenis FROM indikator i WHERE {FULL_CODE} = {goal} AND EXISTS ({computed} AND c.apa = {FULL_CODE})")}) x
  UNION ALL SELECT {_COLUMNS}, a.dimensi, a.rincian, 'PEMBILANG', 1, {_closed()}, false
  FROM capaian c JOIN satuan u ON u.kode = c.untuk JOIN elemen e ON e.kode = 'KIN02' JOIN {t.angka} a ON a.kode_kab = u.kode_kab AND a.elemen = 'KIN02'
    AND a.periode = u.periode AND a.tingkat = u.tingkat AND a.kode_wilayah = u.kode AND a.rincian->>'indikator' = c.apa
  WHERE c.apa = {goal} AND c.dihitung IS NULL AND NOT c.tutup"""
    score = "a.kode_kab = u.kode_kab AND a.elemen = 'KIN02' AND a.periode = u.periode AND a.tingkat = u.tingkat AND a.dimensi = 'sasaran_kinerja' AND a.kode_wilayah = u.kode"
    return f"""WITH {ctes} SELECT {_COLUMNS}, a.dimensi, a.rincian, 'PEMBILANG' AS sisi, 1 AS urut, {_closed()} AS tutup, false AS dari_register
  FROM satuan u JOIN {t.angka} a ON {score} JOIN elemen e ON e.kode = 'KIN02'
  WHERE lower(a.rincian->>'sasaran_kinerja') <> 'total' AND a.nilai IS NOT NULL AND u.untuk = u.kode
  UNION ALL {target} WHERE t.sasaran IS NOT NULL AND t.nilai IS NOT NULL AND NOT EXISTS (
    SELECT FROM {t.angka} a WHERE {score} AND a.rincian->>'sasaran_kinerja' = t.sasaran AND a.nilai IS NOT NULL)"""


def asked_indicator(n: Names) -> str:
    return f"(SELECT * FROM indikator i WHERE {FULL_CODE} = {element(n)})"


def expected_of_indicator(n: Names, level: Level, kind: str) -> str:
    """Kabupaten of which all forms that its terms are of are expected; none where the registers alone make it, and of a province where
    only single offices have one."""
    if kind != RATIO:
        forms = "SELECT e.formulir FROM elemen e WHERE e.kode = 'KIN01'" + (
            " AND false" if level is Level.PROVINSI else ""
        )
    else:
        forms = f"""SELECT e.formulir FROM {asked_indicator(n)} i JOIN suku_indikator s ON s.indikator = i.kode AND s.varian = i.varian
    JOIN elemen e ON e.kode = s.elemen WHERE e.registri IS NULL"""
    return f"""SELECT s.kode_kab FROM ({units(n, level)}) s
  WHERE (SELECT bool_and({expected(period(n), "f")} = 1) FROM formulir f WHERE f.kode IN ({forms}))"""


def sentences_of_indicator(n: Names, level: Level, kind: str) -> str:
    """Of a row `b` of `indikator` and the counts `a` of its parts."""
    province = level is Level.PROVINSI
    whom = said("BANYAK_KANTOR", "a.kantor") if province else said("KANTORNYA")
    how = {
        RATIO: f"""CASE WHEN i.jenis = 'CACAH_KABUPATEN' THEN {said("CACAH_KABUPATEN", whom)}
      WHEN i.faktor = 1 THEN {said("RASIO", whom)} ELSE {said("RASIO_KALI", "trim_scale(i.faktor)", whom)} END""",
        ACHIEVEMENT: said("i.jenis"),
        MEAN: said("RERATA"),
    }[kind]
    side = said("SISI_REGISTER", "k.isi->>s.sisi", "e.kode", level_told("e.registri"), day_told(last_day(n)))
    registers = f"""(SELECT string_agg(DISTINCT {side}, ' ') FROM suku_indikator s JOIN elemen e ON e.kode = s.elemen
    WHERE s.indikator = i.kode AND s.varian = i.varian AND e.registri IS NOT NULL)"""
    missing = f"CASE WHEN a.belum > 0 THEN {said('KURANG', 'a.belum')} END" if province else "NULL"
    return f"""(SELECT CASE WHEN b.status = 'DISUPRESI' THEN {said("TERTUTUP")} ELSE concat_ws(' ',
  CASE WHEN b.status = 'TIDAK_ADA_DATA' THEN {said("TAK_TERHITUNG")} ELSE {how} END,
  {registers if kind == RATIO else "NULL"}, CASE WHEN a.register > 0 THEN {said("DARI_REGISTER", "a.register")} END, CASE WHEN a.lebih_pendek THEN {said("WAKTU_INDIKATOR")} END, {missing}) END
  FROM {asked_indicator(n)} i)"""
