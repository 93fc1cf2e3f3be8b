"""The rows of `sdm`, `rasioSdm` and `wilayahTanpaSdm` as selectables: people of social welfare, from approved figures.

One row per region and kind (of people, or of ratio), whether or not a figure exists. Where no period is given, each form
answers for the newest period that a kabupaten of the region asked about has an approved rekap of (the province's own
statement only where there is none): one period for the whole answer, so that its rows add up.
"""

from typing import Any

from sqlalchemy import Date, Integer, Numeric, Subquery
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import closed
from hub.base.kode import Level
from hub.db.metadata import KodeText
from hub.plan.sql_text import Binds, Names, names, sql_rows

# kind → element and, where it is one choice of a breakdown, which. PEKSOS: no form asks for it.
KINDS: dict[str, tuple[str | None, str]] = {
    "TKSK": ("SDM03", ""), "SAKTI_PEKSOS": ("SDM07", ""), "PEKSOS": (None, ""), "PENYULUH_SOSIAL": ("SDM10", ""),
    "PENDAMPING_PKH": ("SDM08", ""), "PENDAMPING_KUBE": ("SDM09", "KUBE"), "PENDAMPING_LAIN": ("SDM09", "LAIN"),
    "PSM": ("SDM04", ""), "TAGANA": ("SDM05", ""), "PENGURUS_KARANG_TARUNA": ("LEM15", ""),
}  # fmt: skip

# which regions are without: a desa without karang taruna has no institution, whatever its officers
WITHOUT: dict[str, str] = {
    j: "LEM14" if j == "PENGURUS_KARANG_TARUNA" else e
    for j, (e, choice) in KINDS.items()
    if e is not None and not choice
}

# ratio → element, and the level of the regions it is spread over
RATIOS: dict[str, tuple[str, Level]] = {
    "TKSK_PER_KECAMATAN": ("SDM03", Level.KECAMATAN),
    "TAGANA_PER_KECAMATAN": ("SDM05", Level.KECAMATAN),
    "PSM_PER_DESA": ("SDM04", Level.DESA),
    "KARANG_TARUNA_PER_DESA": ("LEM14", Level.DESA),
}


def _period_asked(n: Names) -> str:
    return f"SELECT e.formulir, CAST({n.periode} AS text) AS periode, CAST({n.akhir} AS date) AS akhir FROM (SELECT DISTINCT formulir FROM elemen) e"


def _newest_periods(n: Names, elemen: str) -> str:
    return f"""
  SELECT DISTINCT ON (r.formulir) r.formulir, r.periode, hub_akhir(r.periode) AS akhir FROM rekap r
  WHERE r.revisi_disetujui IS NOT NULL AND r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
    AND r.formulir IN (SELECT f.formulir FROM elemen f WHERE f.kode IN ({elemen}))
  ORDER BY r.formulir, length(r.kode_kab) = 2, hub_akhir(r.periode) DESC, length(r.periode)
"""


def _kinds(n: Names, periods: str, kind_values: str) -> str:
    """The kinds asked for, each with its element and period; without any approved rekap: regions of today, no period."""
    return f"""
WITH waktu AS MATERIALIZED ({periods}
), jenis AS MATERIALIZED (
  SELECT m.jenis, m.urut::int AS urut, j.elemen, j.pilih, j.bagian, e.formulir, e.tingkat AS terhalus,
    coalesce(e.sensitif, 0) AS sensitif, p.periode, coalesce(p.akhir, current_date) AS akhir
  FROM unnest(CAST({n.jenis} AS text[])) WITH ORDINALITY AS m(jenis, urut)
  JOIN (VALUES {kind_values}) AS j(jenis, elemen, pilih, bagian) ON j.jenis = m.jenis
  LEFT JOIN elemen e ON e.kode = j.elemen LEFT JOIN waktu p ON p.formulir = e.formulir
)
"""


def _below(w: str, kode: str) -> str:
    """At the code or below it; codes are hierarchical, "/" follows "." in byte order."""
    return f"""{w}.kode_kab >= left({kode}, 5) AND {w}.kode_kab < left({kode}, 5) || '/'
  AND {w}.kode >= {kode} AND {w}.kode < {kode} || '/' AND {w}.berlaku_sejak <= e.akhir AND {w}.hari_terakhir >= e.akhir"""


def _itself(b: str) -> str:
    """The figure of the kind itself: a total, or choices of SDM09 (which are told apart only where they were reported
    apart)."""
    return f"""({b}.elemen = e.elemen AND CASE e.pilih WHEN '' THEN {b}.dimensi = ''
  ELSE {b}.dimensi = 'jenis_pendamping' AND (upper({b}.rincian->>'jenis_pendamping') = 'KUBE') = (e.pilih = 'KUBE') END)"""


def _figures_of_region(level: Level) -> str:
    """Figures of one region, or of each kabupaten of a province."""
    return f"angka_terbaca b WHERE b.kode_kab = r.kode_kab AND b.kode_wilayah = r.kode AND b.tingkat = {level:d}"


_PER_KABUPATEN = """wilayah w JOIN angka_terbaca b ON b.kode_kab = w.kode_kab AND b.kode_wilayah = w.kode AND b.tingkat = 2
  WHERE w.tingkat = 2 AND w.kode_induk = r.kode AND w.berlaku_sejak <= e.akhir AND w.hari_terakhir >= e.akhir"""

_OWN_KELENGKAPAN = """
LEFT JOIN kelengkapan l ON l.kode_kab = r.kode_kab AND l.formulir = e.formulir AND l.periode = e.periode
CROSS JOIN LATERAL (
  SELECT CASE WHEN e.formulir IS NULL THEN 0 ELSE coalesce(l.diharapkan, 1) END AS diharapkan,
    coalesce(l.diterima, 0) AS diterima, coalesce(l.disetujui, 0) AS disetujui, coalesce(l.tepat_waktu, 0) AS tepat_waktu
) k
"""
_PROVINSI_KELENGKAPAN = """
CROSS JOIN LATERAL (
  SELECT CASE WHEN e.formulir IS NULL THEN 0 ELSE coalesce(sum(coalesce(l.diharapkan, 1)), 0) END::int AS diharapkan,
    coalesce(sum(l.diterima), 0)::int AS diterima, coalesce(sum(l.disetujui), 0)::int AS disetujui,
    coalesce(sum(l.tepat_waktu), 0)::int AS tepat_waktu
  FROM wilayah w LEFT JOIN kelengkapan l ON l.kode_kab = w.kode_kab AND l.formulir = e.formulir AND l.periode = e.periode
  WHERE w.tingkat = 2 AND w.kode_induk = r.kode AND w.berlaku_sejak <= e.akhir AND w.hari_terakhir >= e.akhir
) k
"""


def as_int(angka: str) -> str:
    """Where GraphQL's Int ends, so does this; nobody has that many officers, and a slip of the pen must not break the answer."""
    return f"(CASE WHEN {angka} > 2147483647 THEN 2147483647 ELSE {angka} END)::int"


_SEX = "b.elemen = e.elemen AND e.pilih = '' AND b.dimensi = 'JK' AND b.rincian->>'JK' ="
_STAGE = "b.elemen = 'SDM06' AND b.dimensi = 'tahap_verifikasi' AND b.rincian->>'tahap_verifikasi' ="


def _sdm(n: Names, level: Level, kinds: str) -> str:
    provinsi, itself = level is Level.PROVINSI, _itself("b")
    units = _PER_KABUPATEN if provinsi else _figures_of_region(level)
    kelengkapan = _PROVINSI_KELENGKAPAN if provinsi else _OWN_KELENGKAPAN
    return f"""
{kinds}
SELECT r.kode_kab, r.kode, e.akhir AS acuan, e.jenis, e.urut, e.periode, {as_int("coalesce(x.nilai, 0)")} AS jumlah,
  CASE WHEN x.nilai = x.laki + x.perempuan THEN {as_int("x.laki")} END AS laki_laki,
  CASE WHEN x.nilai = x.laki + x.perempuan THEN {as_int("x.perempuan")} END AS perempuan,
  {as_int("coalesce(x.verif, 0)")} AS terverifikasi, {as_int("x.tahap_kab")} AS terverifikasi_kabupaten, {as_int("x.tahap_prov")} AS terverifikasi_provinsi,
  {as_int("t.tertulis")} AS tertulis,
  CASE WHEN x.tutup THEN 'DISUPRESI' WHEN {level:d} > e.terhalus THEN 'TIDAK_BERLAKU' WHEN x.nilai > 0 THEN 'ADA'
       WHEN x.nilai = 0 THEN 'NOL' ELSE coalesce(a.status, 'TIDAK_ADA_DATA') END AS status,
  CASE WHEN x.tutup THEN 'DISUPRESI' WHEN {level:d} > e.terhalus THEN 'TIDAK_BERLAKU' WHEN x.verif > 0 THEN 'ADA'
       WHEN x.verif = 0 THEN 'NOL' ELSE 'TIDAK_ADA_DATA' END AS status_terverifikasi,
  k.diharapkan, k.diterima, k.disetujui, k.tepat_waktu
FROM jenis e
JOIN wilayah r ON r.tingkat = {level:d} AND {_below("r", n.wilayah)}
CROSS JOIN LATERAL (
  SELECT sum(u.nilai) AS nilai, CASE WHEN count(DISTINCT u.status) = 1 AND count(u.nilai) = 0 THEN min(u.status) END AS status,
    sum(u.laki) AS laki, sum(u.perempuan) AS perempuan, sum(u.tahap_kab) AS tahap_kab, sum(u.tahap_prov) AS tahap_prov,
    CASE WHEN e.jenis = 'TAGANA' THEN sum(coalesce(u.dinas, u.tahap_kab, u.tahap_prov)) ELSE sum(u.nilai) END AS verif,
    coalesce(bool_or(u.tutup), false) AS tutup
  FROM (
    SELECT sum(b.nilai) FILTER (WHERE {itself}) AS nilai,
      CASE WHEN count(DISTINCT b.status) FILTER (WHERE {itself}) = 1 THEN min(b.status) FILTER (WHERE {itself}) END AS status,
      bool_or(b.status = 'DISUPRESI') AS tutup, sum(b.nilai) FILTER (WHERE {_SEX} 'L') AS laki, sum(b.nilai) FILTER (WHERE {_SEX} 'P') AS perempuan,
      sum(b.nilai) FILTER (WHERE b.elemen = 'SDM06' AND b.dimensi = '') AS dinas,
      sum(b.nilai) FILTER (WHERE {_STAGE} 'kabupaten') AS tahap_kab, sum(b.nilai) FILTER (WHERE {_STAGE} 'provinsi') AS tahap_prov
    FROM {units}
      AND b.elemen = ANY(ARRAY[e.elemen, CASE e.jenis WHEN 'TAGANA' THEN 'SDM06' END]) AND b.periode = e.periode
      AND b.dimensi = ANY(ARRAY['', 'JK', 'tahap_verifikasi', 'jenis_pendamping'])
    GROUP BY b.kode_wilayah
  ) u
) a
CROSS JOIN LATERAL (
  SELECT t.tutup, CASE WHEN NOT t.tutup THEN a.nilai END AS nilai, CASE WHEN NOT t.tutup THEN a.laki END AS laki,
    CASE WHEN NOT t.tutup THEN a.perempuan END AS perempuan, CASE WHEN NOT t.tutup THEN a.verif END AS verif,
    CASE WHEN NOT t.tutup THEN a.tahap_kab END AS tahap_kab, CASE WHEN NOT t.tutup THEN a.tahap_prov END AS tahap_prov
  FROM (SELECT {closed("e.sensitif", "r.tingkat", "r.kode_kab")} OR a.tutup AS tutup OFFSET 0) t
) x
CROSS JOIN LATERAL (
  SELECT sum(s.tertulis) AS tertulis FROM angka_tertulis s WHERE s.kode_kab = r.kode_kab AND s.elemen = e.elemen
    AND s.periode = e.periode AND s.kode_wilayah = r.kode AND {_itself("s")} AND NOT x.tutup
) t
{kelengkapan}
"""


_SDM_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode": KodeText(), "acuan": Date(), "jenis": KodeText(), "urut": Integer(),
    "periode": KodeText(), "jumlah": Integer(), "laki_laki": Integer(), "perempuan": Integer(), "terverifikasi": Integer(),
    "terverifikasi_kabupaten": Integer(), "terverifikasi_provinsi": Integer(), "tertulis": Integer(), "status": KodeText(),
    "status_terverifikasi": KodeText(), "diharapkan": Integer(), "diterima": Integer(), "disetujui": Integer(),
    "tepat_waktu": Integer(),
}  # fmt: skip


def _ratios(n: Names, level: Level, kinds: str) -> str:
    """Σ numerator / Σ denominator over the kabupaten of a province that have the figure, never a mean of ratios."""
    provinsi = level is Level.PROVINSI
    units = "u.tingkat = 2 AND u.kode_induk = r.kode" if provinsi else "u.kode_kab = r.kode_kab AND u.kode = r.kode"
    kelengkapan = _PROVINSI_KELENGKAPAN if provinsi else _OWN_KELENGKAPAN
    return f"""
{kinds}
SELECT r.kode_kab, r.kode, e.akhir AS acuan, e.jenis, e.urut, e.periode, {as_int("s.pembilang")} AS pembilang, s.penyebut,
  round(s.pembilang / nullif(s.penyebut, 0), 2) AS rasio,
  CASE WHEN s.pembilang IS NULL OR s.penyebut = 0 THEN 'TIDAK_ADA_DATA' WHEN s.pembilang = 0 THEN 'NOL' ELSE 'ADA' END AS status,
  g.wilayah AS banyak_wilayah, g.ada AS dengan, g.nol AS tanpa, g.wilayah - g.ada - g.nol AS tanpa_data,
  k.diharapkan, k.diterima, k.disetujui, k.tepat_waktu
FROM jenis e
JOIN wilayah r ON r.tingkat = {level:d} AND {_below("r", n.wilayah)}
CROSS JOIN LATERAL (
  SELECT sum(b.nilai) AS pembilang, sum(n.banyak)::int AS penyebut
  FROM wilayah u
  JOIN angka_terbaca b ON b.kode_kab = u.kode_kab AND b.elemen = e.elemen AND b.periode = e.periode AND b.tingkat = u.tingkat
    AND b.dimensi = '' AND b.kode_wilayah = u.kode AND b.rincian = '{{}}' AND b.nilai IS NOT NULL
  CROSS JOIN LATERAL (
    SELECT count(*) AS banyak FROM wilayah w WHERE w.kode_kab = u.kode_kab AND w.tingkat = e.bagian
      AND w.kode >= u.kode AND w.kode < u.kode || '/' AND w.berlaku_sejak <= e.akhir AND w.hari_terakhir >= e.akhir
  ) n
  WHERE {units} AND u.berlaku_sejak <= e.akhir AND u.hari_terakhir >= e.akhir
) s
CROSS JOIN LATERAL (
  SELECT count(*)::int AS wilayah, (count(*) FILTER (WHERE b.nilai > 0))::int AS ada, (count(*) FILTER (WHERE b.nilai = 0))::int AS nol
  FROM wilayah w LEFT JOIN angka_terbaca b ON b.kode_kab = w.kode_kab AND b.elemen = e.elemen AND b.periode = e.periode
    AND b.tingkat = w.tingkat AND b.dimensi = '' AND b.kode_wilayah = w.kode AND b.rincian = '{{}}'
  WHERE w.tingkat = e.bagian AND {_below("w", "r.kode")}
) g
{kelengkapan}
"""


_RATIO_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode": KodeText(), "acuan": Date(), "jenis": KodeText(), "urut": Integer(),
    "periode": KodeText(), "pembilang": Integer(), "penyebut": Integer(), "rasio": Numeric(), "status": KodeText(),
    "banyak_wilayah": Integer(), "dengan": Integer(), "tanpa": Integer(), "tanpa_data": Integer(), "diharapkan": Integer(),
    "diterima": Integer(), "disetujui": Integer(), "tepat_waktu": Integer(),
}  # fmt: skip


def _without(n: Names, kinds: str) -> str:
    return f"""
{kinds}
SELECT w.kode_kab, w.kode, e.akhir AS acuan, e.jenis, e.periode, coalesce(b.status, 'TIDAK_ADA_DATA') AS status
FROM jenis e
JOIN wilayah w ON w.tingkat = e.terhalus AND {_below("w", n.wilayah)}
LEFT JOIN angka_terbaca b ON b.kode_kab = w.kode_kab AND b.elemen = e.elemen AND b.periode = e.periode AND b.tingkat = w.tingkat
  AND b.dimensi = '' AND b.kode_wilayah = w.kode AND b.rincian = '{{}}'
WHERE coalesce(b.nilai, 0) = 0 AND b.status IS DISTINCT FROM 'DISUPRESI'
"""


_WITHOUT_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode": KodeText(), "acuan": Date(), "jenis": KodeText(), "periode": KodeText(),
    "status": KodeText(),
}  # fmt: skip


def _kinds_of(n: Names, kinds: dict[str, tuple[str | None, str, int]]) -> str:
    rows = ", ".join(
        f"('{j}', {'NULL' if e is None else repr(e)}, '{choice}', {part})" for j, (e, choice, part) in kinds.items()
    )
    kode = ", ".join(repr(e) for e in sorted({e for e, _, _ in kinds.values() if e is not None}))
    return _kinds(n, _period_asked(n) if "periode" in n else _newest_periods(n, kode), rows)


def sdm_source(binds: Binds, level: Level) -> Subquery:
    """Rows for `wilayah` and below on one level. `binds`: bound parameters wilayah (text), jenis (text[], keys of JENIS),
    and periode (text) with akhir (date, its last day) where one is asked for."""
    n = names(binds)
    kinds = _kinds_of(n, {j: (e, choice, 0) for j, (e, choice) in KINDS.items()})
    return sql_rows(_sdm(n, level, kinds), binds, _SDM_COLUMNS)


def ratio_source(binds: Binds, level: Level) -> Subquery:
    """The same for ratios (`kinds`: keys of RASIO), down to kecamatan."""
    n = names(binds)
    kinds = _kinds_of(n, {j: (e, "", int(part)) for j, (e, part) in RATIOS.items()})
    return sql_rows(_ratios(n, level, kinds), binds, _RATIO_COLUMNS)


def without_source(binds: Binds) -> Subquery:
    """Regions in `wilayah` without anybody of one kind (`kinds`: an array of one key of TANPA), on the level that the kind
    is reported at. `status` NOL: reported that there is none; TIDAK_ADA_DATA: nothing was reported."""
    n = names(binds)
    return sql_rows(_without(n, _kinds_of(n, {j: (e, "", 0) for j, e in WITHOUT.items()})), binds, _WITHOUT_COLUMNS)
