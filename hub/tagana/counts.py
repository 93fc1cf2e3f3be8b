"""The rows of `registerTagana` as a selectable: what the registers count beside what the rekap says, and the difference.

Counts are all that leaves a register (function hub_tagana_jumlah, migration 0012). At a province both sides are sums over the
kabupaten that keep a register here, so that the difference compares like with like. Where the catalogue makes them sensitive, only
who reaches the office sees them.
"""

from typing import Any

from sqlalchemy import Date, Integer, Subquery, Text
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import reached
from hub.angka.sdm import as_int
from hub.base.kode import Level
from hub.db.metadata import KodeText
from hub.plan.sql_text import Binds, Names, names, sql_rows
from hub.wilayah.first_list import region_day


def _period_asked(n: Names) -> str:
    return f"SELECT CAST({n.periode} AS text) AS periode, CAST({n.akhir} AS date) AS akhir"


def _newest_period(n: Names) -> str:
    return f"""
  SELECT t.periode, coalesce(hub_akhir(t.periode), current_date) AS akhir FROM (SELECT 1) ada LEFT JOIN LATERAL (
    SELECT r.periode FROM rekap r WHERE r.formulir = 'F10' AND r.revisi_disetujui IS NOT NULL
      AND r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/' AND length(r.kode_kab) = 5
    ORDER BY hub_akhir(r.periode) DESC, length(r.periode) LIMIT 1
  ) t ON true
"""


def _figures_of(u: str) -> str:
    """The figure of SDM05 or SDM06 in one region; the verified ones by whichever way they were reported. `…_tutup`: it is closed
    to the caller."""
    return f"""
  SELECT sum(b.nilai) FILTER (WHERE b.elemen = 'SDM05' AND b.dimensi = '') AS didata,
    coalesce(sum(b.nilai) FILTER (WHERE b.elemen = 'SDM06' AND b.dimensi = ''),
      sum(b.nilai) FILTER (WHERE b.elemen = 'SDM06' AND b.rincian->>'tahap_verifikasi' = 'kabupaten')) AS terverifikasi,
    coalesce(bool_or(b.status = 'DISUPRESI') FILTER (WHERE b.elemen = 'SDM05'), false) AS didata_tutup,
    coalesce(bool_or(b.status = 'DISUPRESI') FILTER (WHERE b.elemen = 'SDM06'), false) AS terverifikasi_tutup
  FROM angka_terbaca b WHERE b.kode_kab = {u}.kode_kab AND b.elemen = ANY(ARRAY['SDM05', 'SDM06']) AND b.periode = p.periode
    AND b.tingkat = {u}.tingkat AND b.dimensi = ANY(ARRAY['', 'tahap_verifikasi']) AND b.kode_wilayah = {u}.kode
"""


_OWN = f"CROSS JOIN LATERAL ({_figures_of('r')}) k CROSS JOIN LATERAL (SELECT hub_tagana_ada(r.kode_kab) AS ada OFFSET 0) g"
_PER_KABUPATEN = f"""
CROSS JOIN LATERAL (
  SELECT sum(x.didata) AS didata, sum(x.terverifikasi) AS terverifikasi, coalesce(bool_or(u.ada), false) AS ada,
    coalesce(bool_or(x.didata_tutup), false) AS didata_tutup, coalesce(bool_or(x.terverifikasi_tutup), false) AS terverifikasi_tutup
  FROM (SELECT w.kode_kab, w.kode, w.tingkat, hub_tagana_ada(w.kode_kab) AS ada FROM wilayah w WHERE w.tingkat = 2
    AND w.kode_induk = r.kode AND w.berlaku_sejak <= p.hari AND w.hari_terakhir >= p.hari OFFSET 0) u
  CROSS JOIN LATERAL ({_figures_of("u")}) x WHERE u.ada
) k
CROSS JOIN LATERAL (SELECT k.ada) g
"""


def _register(n: Names, level: Level) -> str:
    period_sql = _period_asked(n) if "periode" in n else _newest_period(n)
    figures = _PER_KABUPATEN if level is Level.PROVINSI else _OWN
    registered = f"CASE WHEN NOT k.didata_tutup THEN {as_int('k.didata')} END"
    verified = f"CASE WHEN NOT k.terverifikasi_tutup THEN {as_int('k.terverifikasi')} END"
    return f"""
WITH p AS MATERIALIZED (
  SELECT t.*, {region_day(n.wilayah, "t.akhir")} AS hari FROM ({period_sql}) t
), jumlah AS MATERIALIZED (SELECT j.* FROM p CROSS JOIN LATERAL hub_tagana_jumlah({n.wilayah}, p.akhir) j)
SELECT r.kode_kab, r.kode, p.hari AS acuan, p.periode,
  CASE WHEN h.lihat THEN j.didata END AS didata, CASE WHEN h.lihat THEN j.kabupaten END AS terverifikasi_kabupaten,
  CASE WHEN h.lihat THEN j.provinsi END AS terverifikasi_provinsi, CASE WHEN h.lihat THEN j.laki END AS laki_laki,
  CASE WHEN h.lihat THEN j.didata - j.laki END AS perempuan,
  {registered} AS rekap, {verified} AS rekap_terverifikasi,
  CASE WHEN h.lihat THEN j.didata - {registered} END AS selisih,
  CASE WHEN h.lihat THEN j.kabupaten - {verified} END AS selisih_terverifikasi,
  CASE WHEN NOT g.ada THEN 'TIDAK_ADA_DATA' WHEN NOT h.lihat THEN 'DISUPRESI' WHEN j.didata = 0 THEN 'NOL' ELSE 'ADA' END AS status
FROM p
JOIN wilayah r ON r.tingkat = {level:d} AND r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
  AND r.kode >= {n.wilayah} AND r.kode < {n.wilayah} || '/' AND r.berlaku_sejak <= p.hari AND r.hari_terakhir >= p.hari
CROSS JOIN LATERAL (
  SELECT coalesce(sum(s.didata), 0)::int AS didata, coalesce(sum(s.kabupaten), 0)::int AS kabupaten,
    coalesce(sum(s.provinsi), 0)::int AS provinsi, coalesce(sum(s.didata) FILTER (WHERE s.jenis_kelamin = 'L'), 0)::int AS laki
  FROM jumlah s WHERE s.kode_kecamatan >= r.kode AND s.kode_kecamatan < r.kode || '/'
) j
{figures}
-- the register tells what a rekap of it would; nobody has decided what may stand beside which of its counts, so none does
CROSS JOIN LATERAL (
  SELECT g.ada AND (NOT EXISTS (SELECT FROM elemen e WHERE e.kode IN ('SDM05', 'SDM06') AND e.sensitif >= 1) OR {reached("r.kode_kab")}) AS lihat
  OFFSET 0
) h
"""


_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode": KodeText(), "acuan": Date(), "periode": Text(), "didata": Integer(),
    "terverifikasi_kabupaten": Integer(), "terverifikasi_provinsi": Integer(), "laki_laki": Integer(),
    "perempuan": Integer(), "rekap": Integer(), "rekap_terverifikasi": Integer(), "selisih": Integer(),
    "selisih_terverifikasi": Integer(), "status": KodeText(),
}  # fmt: skip


def register_source(binds: Binds, level: Level) -> Subquery:
    """Rows for `wilayah` and below, down to kecamatan. `binds`: bound parameters wilayah (text), and periode (text) with akhir
    (date, its last day) where one is asked for."""
    return sql_rows(_register(names(binds), level), binds, _COLUMNS)
