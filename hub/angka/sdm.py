"""The rows of `sdm`, `rasioSdm` and `wilayahTanpaSdm` as selectables: people of social welfare, from approved figures.

One row per region and kind (of people, or of ratio), whether or not a figure exists. Where no period is given, each kabupaten
answers, kind by kind, with the newest approved period that has a figure of it; what was reported in another year is not lost. A
province is the sum of those, and bears the oldest of their periods.
"""

from typing import Any

from sqlalchemy import Date, Integer, Numeric, Subquery
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import closed
from hub.angka.history import expected
from hub.base.kode import Level
from hub.db.metadata import KodeText
from hub.plan.sql_text import Binds, Names, names, sql_rows
from hub.wilayah.first_list import region_day

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


def _kinds(n: Names, kind_values: str) -> str:
    """The kinds asked for, each with its element; and for each the period of every kabupaten (`tiap`) and of the region as a whole
    (`seluruh`), with the days as of which regions are looked at. A kabupaten that has nothing to answer with has no period."""
    return f"""
WITH jenis AS MATERIALIZED (
  SELECT m.jenis, m.urut::int AS urut, j.elemen, j.pilih, j.bagian, e.formulir, e.tingkat AS terhalus, coalesce(e.sensitif, 0) AS sensitif,
    CASE WHEN m.jenis = 'TAGANA' THEN coalesce((SELECT s.sensitif FROM elemen s WHERE s.kode = 'SDM06'), 0) ELSE coalesce(e.sensitif, 0) END
      AS sensitif_verif
  FROM unnest(CAST({n.jenis} AS text[])) WITH ORDINALITY AS m(jenis, urut)
  JOIN (VALUES {kind_values}) AS j(jenis, elemen, pilih, bagian) ON j.jenis = m.jenis
  LEFT JOIN elemen e ON e.kode = j.elemen
), {_period_asked(n) if "periode" in n else _newest_periods(n)}
, tiap AS MATERIALIZED (
  SELECT e.*, k.kode_kab, t.periode, {region_day(n.wilayah, "coalesce(t.akhir, a.hari)")} AS akhir, a.hari
  FROM jenis e JOIN acuan a ON a.jenis = e.jenis
  JOIN wilayah k ON k.tingkat = 2 AND k.kode_kab >= left({n.wilayah}, 5) AND k.kode_kab < left({n.wilayah}, 5) || '/'
    AND k.berlaku_sejak <= a.hari AND k.hari_terakhir >= a.hari
  LEFT JOIN waktu t ON t.jenis = e.jenis AND t.kode_kab = k.kode_kab
), seluruh AS (
  SELECT e.*, left({n.wilayah}, 5) AS kode_kab, a.periode, a.hari AS akhir, a.hari FROM jenis e JOIN acuan a ON a.jenis = e.jenis
)
"""


def _period_asked(n: Names) -> str:
    return f"""waktu AS MATERIALIZED (
  SELECT e.jenis, k.kode_kab, CAST({n.periode} AS text) AS periode, CAST({n.akhir} AS date) AS akhir
  FROM jenis e CROSS JOIN (SELECT DISTINCT w.kode_kab FROM wilayah w WHERE w.tingkat = 2
    AND w.kode_kab >= left({n.wilayah}, 5) AND w.kode_kab < left({n.wilayah}, 5) || '/') k
  WHERE e.formulir IS NOT NULL
), acuan AS MATERIALIZED (
  SELECT e.jenis, CASE WHEN e.formulir IS NOT NULL THEN CAST({n.periode} AS text) END AS periode,
    {region_day(n.wilayah, f"CAST({n.akhir} AS date)")} AS hari FROM jenis e
)"""


def _newest_periods(n: Names) -> str:
    """Of each kabupaten the newest approved period that holds a figure of the element anywhere in it; else the newest that says
    anything of it; else that of the newest approved rekap. The province's own statement only where no kabupaten has one."""

    def of_kabupaten(t: str) -> str:
        return f"{t}.kode_kab >= left({n.wilayah}, 5) AND {t}.kode_kab < left({n.wilayah}, 5) || '/' AND length({t}.kode_kab) = 5"

    return f"""waktu AS MATERIALIZED (
  SELECT DISTINCT ON (x.jenis, x.kode_kab) x.jenis, x.kode_kab, x.periode, hub_akhir(x.periode) AS akhir FROM (
    SELECT e.jenis, b.kode_kab, b.periode, CASE WHEN b.nilai IS NOT NULL OR b.status = 'DISUPRESI' THEN 1 ELSE 2 END AS urutan
    FROM jenis e JOIN angka_terbaca b ON b.elemen = e.elemen AND b.tingkat = 2 AND NOT b.turunan AND {of_kabupaten("b")}
    UNION ALL SELECT e.jenis, r.kode_kab, r.periode, 3 FROM jenis e
    JOIN rekap r ON r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL AND {of_kabupaten("r")}
  ) x ORDER BY x.jenis, x.kode_kab, x.urutan, hub_akhir(x.periode) DESC, length(x.periode), x.periode
), acuan AS MATERIALIZED (
  SELECT e.jenis, coalesce(k.periode, s.periode) AS periode,
    {region_day(n.wilayah, "coalesce(k.akhir, hub_akhir(s.periode), current_date)")} AS hari FROM jenis e
  LEFT JOIN LATERAL (
    SELECT t.periode, t.akhir FROM waktu t WHERE t.jenis = e.jenis ORDER BY t.akhir DESC, length(t.periode), t.periode LIMIT 1
  ) k ON true
  LEFT JOIN LATERAL (
    SELECT r.periode FROM rekap r WHERE r.kode_kab = left({n.wilayah}, 5) AND length(r.kode_kab) = 2 AND r.formulir = e.formulir
      AND r.revisi_disetujui IS NOT NULL ORDER BY hub_akhir(r.periode) DESC, length(r.periode), r.periode LIMIT 1
  ) s ON true
)"""


def _below(w: str, kode: str, day: str) -> str:
    """At the code or below it; codes are hierarchical, "/" follows "." in byte order."""
    return f"""{w}.kode >= {kode} AND {w}.kode < {kode} || '/' AND {w}.berlaku_sejak <= {day} AND {w}.hari_terakhir >= {day}"""


def _regions(n: Names, level: Level) -> tuple[str, str]:
    """The kinds with the regions asked for (`e`, `r`), and the day as of which the regions are looked at: a kabupaten of the
    newest period, what lies in it of its own."""
    day = "e.akhir" if level > Level.KABUPATEN else "e.hari"
    periods = "seluruh" if level is Level.PROVINSI else "tiap"
    rows = f"{periods} e JOIN wilayah r ON r.tingkat = {level:d} AND r.kode_kab = e.kode_kab AND {_below('r', n.wilayah, day)}"
    return rows, day


def _itself(b: str) -> str:
    """The figure of the kind itself: a total, or choices of SDM09 (which are told apart only where they were reported
    apart)."""
    return f"""({b}.elemen = e.elemen AND CASE e.pilih WHEN '' THEN {b}.dimensi = ''
  ELSE {b}.dimensi = 'jenis_pendamping' AND (upper({b}.rincian->>'jenis_pendamping') = 'KUBE') = (e.pilih = 'KUBE') END)"""


_OWN_UNITS = "(SELECT e.kode_kab, e.periode, e.akhir, e.hari) v"  # the periods behind one region
_UNITS_OF_PROVINCE = "(SELECT t.* FROM tiap t WHERE t.jenis = e.jenis) v"  # one per kabupaten


def _kelengkapan(units: str) -> str:
    """Of the offices behind a row, each for its own period."""
    return f"""
CROSS JOIN LATERAL (
  SELECT coalesce(sum(d.diharapkan), 0)::int AS diharapkan, coalesce(sum(d.diharapkan * l.diterima), 0)::int AS diterima,
    coalesce(sum(d.diharapkan * l.disetujui), 0)::int AS disetujui, coalesce(sum(d.diharapkan * l.tepat_waktu), 0)::int AS tepat_waktu
  FROM {units} JOIN formulir f ON f.kode = e.formulir CROSS JOIN LATERAL (SELECT CASE WHEN v.periode IS NULL THEN 1 ELSE {expected("v.periode", "f")} END AS diharapkan) d
  LEFT JOIN kelengkapan l ON l.kode_kab = v.kode_kab AND l.formulir = e.formulir AND l.periode = v.periode
) k
"""


def as_int(angka: str) -> str:
    """Where GraphQL's Int ends, so does this; nobody has that many officers, and a slip of the pen must not break the answer."""
    return f"(CASE WHEN {angka} > 2147483647 THEN 2147483647 ELSE {angka} END)::int"


_SEX = "b.elemen = e.elemen AND e.pilih = '' AND b.dimensi = 'JK' AND b.rincian->>'JK' ="
_STAGE = "b.elemen = 'SDM06' AND b.dimensi = 'tahap_verifikasi' AND b.rincian->>'tahap_verifikasi' ="


def _sdm(n: Names, level: Level, kinds: str) -> str:
    itself, (regions, day) = _itself("b"), _regions(n, level)
    units, unit = (_UNITS_OF_PROVINCE, "v.kode_kab") if level is Level.PROVINSI else (_OWN_UNITS, "r.kode")
    unit_level = max(level, Level.KABUPATEN)
    return f"""
{kinds}
SELECT r.kode_kab, r.kode, {day} AS acuan, e.jenis, e.urut, p.periode, {as_int("x.nilai")} AS jumlah,
  CASE WHEN x.nilai = x.laki + x.perempuan THEN {as_int("x.laki")} END AS laki_laki,
  CASE WHEN x.nilai = x.laki + x.perempuan THEN {as_int("x.perempuan")} END AS perempuan,
  {as_int("x.verif")} AS terverifikasi, {as_int("x.tahap_kab")} AS terverifikasi_kabupaten, {as_int("x.tahap_prov")} AS terverifikasi_provinsi,
  {as_int("t.tertulis")} AS tertulis,
  CASE WHEN x.tutup THEN 'DISUPRESI' WHEN {level:d} > e.terhalus THEN 'TIDAK_BERLAKU' WHEN x.nilai > 0 THEN 'ADA'
       WHEN x.nilai = 0 THEN 'NOL' ELSE coalesce(a.status, 'TIDAK_ADA_DATA') END AS status,
  CASE WHEN x.tutup_verif THEN 'DISUPRESI' WHEN {level:d} > e.terhalus THEN 'TIDAK_BERLAKU' WHEN x.verif > 0 THEN 'ADA'
       WHEN x.verif = 0 THEN 'NOL' ELSE 'TIDAK_ADA_DATA' END AS status_terverifikasi,
  k.diharapkan, k.diterima, k.disetujui, k.tepat_waktu
FROM {regions}
CROSS JOIN LATERAL (
  SELECT sum(u.nilai) AS nilai, CASE WHEN count(DISTINCT u.status) = 1 AND count(u.nilai) = 0 THEN min(u.status) END AS status,
    sum(u.laki) AS laki, sum(u.perempuan) AS perempuan, sum(u.tahap_kab) AS tahap_kab, sum(u.tahap_prov) AS tahap_prov,
    CASE WHEN e.jenis = 'TAGANA' THEN sum(coalesce(u.dinas, u.tahap_kab, u.tahap_prov)) ELSE sum(u.nilai) END AS verif,
    coalesce(bool_or(u.tutup), false) AS tutup, coalesce(bool_or(u.tutup_kelamin), false) AS tutup_kelamin,
    coalesce(bool_or(CASE WHEN e.jenis = 'TAGANA' THEN u.tutup_verif ELSE u.tutup END), false) AS tutup_verif, count(DISTINCT u.periode) FILTER (WHERE u.nilai IS NOT NULL) > 1 AS campur,
    (array_agg(u.periode ORDER BY u.akhir, u.periode) FILTER (WHERE u.nilai IS NOT NULL))[1] AS periode
  FROM (
    SELECT v.periode, v.akhir, sum(b.nilai) FILTER (WHERE {itself}) AS nilai,
      CASE WHEN count(DISTINCT b.status) FILTER (WHERE {itself}) = 1 THEN min(b.status) FILTER (WHERE {itself}) END AS status,
      bool_or(b.status = 'DISUPRESI') FILTER (WHERE {itself}) AS tutup,
      bool_or(b.status = 'DISUPRESI') FILTER (WHERE b.elemen = e.elemen AND b.dimensi = 'JK') AS tutup_kelamin,
      bool_or(b.status = 'DISUPRESI') FILTER (WHERE b.elemen = 'SDM06') AS tutup_verif, sum(b.nilai) FILTER (WHERE {_SEX} 'L') AS laki, sum(b.nilai) FILTER (WHERE {_SEX} 'P') AS perempuan,
      sum(b.nilai) FILTER (WHERE b.elemen = 'SDM06' AND b.dimensi = '') AS dinas,
      sum(b.nilai) FILTER (WHERE {_STAGE} 'kabupaten') AS tahap_kab, sum(b.nilai) FILTER (WHERE {_STAGE} 'provinsi') AS tahap_prov
    FROM {units} JOIN angka_terbaca b ON b.kode_kab = v.kode_kab AND b.kode_wilayah = {unit} AND b.tingkat = {unit_level:d}
      AND b.elemen = ANY(ARRAY[e.elemen, CASE e.jenis WHEN 'TAGANA' THEN 'SDM06' END]) AND b.periode = v.periode
      AND b.dimensi = ANY(ARRAY['', 'JK', 'tahap_verifikasi', 'jenis_pendamping'])
    GROUP BY b.kode_kab, v.periode, v.akhir
  ) u
) a
CROSS JOIN LATERAL (
  -- what is closed is no part of a sum: neither of sexes nor of the kabupaten of a province
  SELECT t.tutup, t.tutup_verif, CASE WHEN NOT t.tutup THEN a.nilai END AS nilai,
    CASE WHEN NOT t.tutup AND NOT a.tutup_kelamin THEN a.laki END AS laki,
    CASE WHEN NOT t.tutup AND NOT a.tutup_kelamin THEN a.perempuan END AS perempuan, CASE WHEN NOT t.tutup_verif THEN a.verif END AS verif,
    CASE WHEN NOT t.tutup_verif THEN a.tahap_kab END AS tahap_kab, CASE WHEN NOT t.tutup_verif THEN a.tahap_prov END AS tahap_prov
  FROM (SELECT {closed("e.sensitif", "r.tingkat", "r.kode_kab")} OR a.tutup AS tutup,
    {closed("e.sensitif_verif", "r.tingkat", "r.kode_kab")} OR a.tutup_verif AS tutup_verif OFFSET 0) t
) x
CROSS JOIN LATERAL (SELECT coalesce(a.periode, e.periode) AS periode OFFSET 0) p
CROSS JOIN LATERAL (  -- beside a sum of several periods no statement can stand
  SELECT sum(s.tertulis) AS tertulis FROM angka_tertulis_terbaca s WHERE s.kode_kab = r.kode_kab AND s.elemen = e.elemen
    AND s.periode = p.periode AND s.kode_wilayah = r.kode AND {_itself("s")} AND NOT x.tutup AND NOT coalesce(a.campur, false)
) t
{_kelengkapan(units)}
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
    provinsi, (regions, day) = level is Level.PROVINSI, _regions(n, level)
    units, unit = (_UNITS_OF_PROVINCE, "v.kode_kab") if provinsi else (_OWN_UNITS, "r.kode")
    return f"""
{kinds}
SELECT r.kode_kab, r.kode, {day} AS acuan, e.jenis, e.urut, coalesce(s.periode, e.periode) AS periode, {as_int("s.pembilang")} AS pembilang, s.penyebut,
  round(s.pembilang / nullif(s.penyebut, 0), 2) AS rasio,
  CASE WHEN s.tutup THEN 'DISUPRESI' WHEN s.pembilang IS NULL OR s.penyebut = 0 THEN 'TIDAK_ADA_DATA' WHEN s.pembilang = 0 THEN 'NOL' ELSE 'ADA' END AS status,
  g.wilayah AS banyak_wilayah, g.ada AS dengan, g.nol AS tanpa, g.wilayah - g.ada - g.nol AS tanpa_data,
  k.diharapkan, k.diterima, k.disetujui, k.tepat_waktu
FROM {regions}
CROSS JOIN LATERAL (
  SELECT t.periode, t.tutup, CASE WHEN NOT t.tutup THEN t.pembilang END AS pembilang, CASE WHEN NOT t.tutup THEN t.penyebut END AS penyebut
  FROM (SELECT sum(b.nilai) AS pembilang, sum(n.banyak)::int AS penyebut, (array_agg(v.periode ORDER BY v.akhir, v.periode))[1] AS periode,
    coalesce(bool_or(b.status = 'DISUPRESI'), false) OR {closed("e.sensitif", "r.tingkat", "r.kode_kab")} AS tutup
  FROM {units}
  JOIN angka_terbaca b ON b.kode_kab = v.kode_kab AND b.elemen = e.elemen AND b.periode = v.periode
    AND b.tingkat = {max(level, Level.KABUPATEN):d} AND b.dimensi = '' AND b.kode_wilayah = {unit} AND b.rincian = '{{}}'
    AND (b.nilai IS NOT NULL OR b.status = 'DISUPRESI')
  CROSS JOIN LATERAL (
    SELECT count(*) AS banyak FROM wilayah w WHERE w.kode_kab = v.kode_kab AND w.tingkat = e.bagian AND {_below("w", unit, "v.akhir")}
  ) n) t
) s
CROSS JOIN LATERAL (
  SELECT count(*)::int AS wilayah, (count(*) FILTER (WHERE b.nilai > 0))::int AS ada, (count(*) FILTER (WHERE b.nilai = 0))::int AS nol
  FROM {units}
  JOIN wilayah w ON w.kode_kab = v.kode_kab AND w.tingkat = e.bagian AND {_below("w", "r.kode", "v.akhir")}
  LEFT JOIN angka_terbaca b ON b.kode_kab = w.kode_kab AND b.elemen = e.elemen AND b.periode = v.periode
    AND b.tingkat = w.tingkat AND b.dimensi = '' AND b.kode_wilayah = w.kode AND b.rincian = '{{}}'
) g
{_kelengkapan(units)}
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
FROM tiap e
JOIN wilayah w ON w.tingkat = e.terhalus AND w.kode_kab = e.kode_kab AND {_below("w", n.wilayah, "e.akhir")}
LEFT JOIN angka_terbaca b ON b.kode_kab = w.kode_kab AND b.elemen = e.elemen AND b.periode = e.periode AND b.tingkat = w.tingkat
  AND b.dimensi = '' AND b.kode_wilayah = w.kode AND b.rincian = '{{}}'
WHERE coalesce(b.nilai, 0) = 0 AND b.status IS DISTINCT FROM 'DISUPRESI' AND NOT {closed("e.sensitif", "w.tingkat", "w.kode_kab")}
"""


_WITHOUT_COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode": KodeText(), "acuan": Date(), "jenis": KodeText(), "periode": KodeText(),
    "status": KodeText(),
}  # fmt: skip


def _kinds_of(n: Names, kinds: dict[str, tuple[str | None, str, int]]) -> str:
    rows = ", ".join(
        f"('{j}', {'NULL' if e is None else repr(e)}, '{choice}', {part})" for j, (e, choice, part) in kinds.items()
    )
    return _kinds(n, rows)


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
