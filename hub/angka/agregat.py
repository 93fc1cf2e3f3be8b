"""The rows of `agregat` and of figures per desa, as selectables that the read compiler selects from.

One row per region in force on the period's last day (before the oldest list: on that list), element and period (and choice
of breakdown where one is asked for), whether or not a figure exists: a missing figure is TIDAK_ADA_DATA, never a missing row
and never zero.
A province is the sum of its kabupaten, at most one stored row each; to whoever does not reach it the total that was released of
it, where there is one, as it was when it was released.
"""

from typing import Any

from sqlalchemy import Date, DateTime, Integer, Numeric, Subquery, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import closed, reached
from hub.angka.counted_regions import is_known, is_of, known_choices
from hub.angka.history import TableNames, expected, figures_below, table_names
from hub.base.kode import Level
from hub.db.metadata import KodeText
from hub.plan.sql_text import Binds, Names, names, sql_rows
from hub.terdaftar.reads import TERDAFTAR, pilihan_terdaftar
from hub.wilayah.first_list import region_day


def periods(n: Names) -> str:
    """The periods asked for, in order, each with the day as of which regions are looked at (`akhir`)."""
    return f"""(SELECT u.periode, {region_day(n.wilayah, "u.akhir")} AS akhir, u.urut
    FROM unnest(CAST({n.periode} AS text[]), CAST({n.akhir} AS date[])) WITH ORDINALITY AS u(periode, akhir, urut))"""


def _asked(n: Names) -> list[str]:
    """The periods `p` and elements `x` asked for, looked up once: joined to every region as tables, the catalogue was read again for each
    region and period."""
    return [
        f"p AS MATERIALIZED (SELECT * FROM {periods(n)} AS p)",
        f"""x AS MATERIALIZED (
  SELECT x.kode, x.urut, e.formulir, e.sensitif, e.registri, e.agregasi_wilayah, f.periode_jenis
  FROM unnest(CAST({n.elemen} AS text[])) WITH ORDINALITY AS x(kode, urut)
  JOIN elemen e ON e.kode = x.kode JOIN formulir f ON f.kode = e.formulir
)""",
    ]


_ASKED = f"p CROSS JOIN x CROSS JOIN LATERAL (SELECT {expected('p.periode', 'x')} AS diharapkan OFFSET 0) h"


def regions_below(n: Names, level: Level) -> str:
    """Of a region `r` on a period `p`: at the code or below it, and on that level; codes are hierarchical, "/" follows "." in byte order."""
    return f"""
  r.tingkat = {level:d} AND r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
  AND r.kode >= {n.wilayah} AND r.kode < {n.wilayah} || '/'
  AND r.berlaku_sejak <= p.akhir AND r.hari_terakhir >= p.akhir
"""


def _regions_counted(n: Names, *, detailed: bool) -> str:
    """Regions of each kabupaten and level by the days they are in force (and by kind): counted once for all periods, if asked for
    at all."""
    kind = ", w.jenis" if detailed else ""
    return f"""
hitung AS MATERIALIZED (
  SELECT w.kode_kab, w.tingkat, w.berlaku_sejak, w.hari_terakhir{kind}, count(*) AS banyak FROM wilayah w
  WHERE w.kode_kab >= left({n.wilayah}, 5) AND w.kode_kab < left({n.wilayah}, 5) || '/' AND w.tingkat > 1
  GROUP BY w.kode_kab, w.tingkat, w.berlaku_sejak, w.hari_terakhir{kind}
)
"""


def _registered(level: Level, more: str = "") -> str:
    """How many regions of the level `x.registri` lie in `r`. `more`: a further condition on `s`."""
    return {
        Level.KABUPATEN: f"""(SELECT coalesce(sum(s.banyak), 0) FROM hitung s WHERE s.kode_kab = r.kode_kab
    AND s.tingkat = x.registri AND s.berlaku_sejak <= p.akhir AND s.hari_terakhir >= p.akhir{more})""",
        Level.KECAMATAN: f"""(SELECT count(*) FROM wilayah s WHERE s.kode_kab = r.kode_kab AND s.kode_induk = r.kode
    AND s.tingkat = x.registri AND s.berlaku_sejak <= p.akhir AND s.hari_terakhir >= p.akhir{more})""",
        Level.DESA: "0",  # nothing is below a desa
    }[level]


def _counted(n: Names, level: Level, *, detailed: bool) -> str:
    """How many regions the hub counts itself there; null where it counts none, or does not tell them apart so."""
    if not detailed:
        return f"""CASE WHEN {n.dimensi} <> '' THEN NULL WHEN x.registri = {level:d} THEN 1
    WHEN x.registri > {level:d} THEN {_registered(level)} END::numeric"""
    of_choice = f" AND {is_of('s.jenis', 'd.rincian')}"
    here = f"({is_of('r.jenis', 'd.rincian')})::int" if level is Level.DESA else _registered(level, of_choice)
    return f"CASE WHEN {is_known('x.registri', n.dimensi)} THEN {here} END::numeric"


def _one_level(n: Names, t: TableNames, level: Level, ctes: str, choices: str, *, detailed: bool) -> str:
    # a choice that was named is closed by what it names; of those that are found, the closed ones are not found
    is_closed = closed("hub_peka(x.kode, d.rincian)" if "rincian" in n else "x.sensitif", "r.tingkat", "r.kode_kab")
    return f"""
{ctes}
SELECT r.kode_kab, r.kode, p.akhir AS acuan, x.kode AS elemen, p.periode, d.rincian,
  x.urut AS urut_elemen, p.urut AS urut_periode,
  CASE WHEN {is_closed} THEN NULL WHEN g.banyak IS NOT NULL THEN g.banyak ELSE a.nilai END AS nilai,
  CASE WHEN {is_closed} OR a.status = 'DISUPRESI' THEN NULL
    ELSE coalesce(t.tertulis, CASE WHEN g.banyak IS NOT NULL THEN a.nilai END) END AS tertulis,
  CASE WHEN {is_closed} THEN 'DISUPRESI' WHEN g.banyak > 0 THEN 'ADA' WHEN g.banyak = 0 THEN 'NOL'
       ELSE coalesce(a.status, 'TIDAK_ADA_DATA') END AS status,
  h.diharapkan, h.diharapkan * coalesce(k.diterima, 0) AS diterima,
  h.diharapkan * coalesce(k.disetujui, 0) AS disetujui, h.diharapkan * coalesce(k.tepat_waktu, 0) AS tepat_waktu,
  NULL::int AS terisi, CASE WHEN g.banyak IS NULL AND NOT {reached("r.kode_kab")} THEN a.sejak END AS dirilis_pada
FROM {_ASKED}
JOIN wilayah r ON {regions_below(n, level)}
{choices}
LEFT JOIN {t.angka} a ON a.kode_kab = r.kode_kab AND a.elemen = x.kode AND a.periode = p.periode AND a.tingkat = {level:d}
  AND a.dimensi = {n.dimensi} AND a.kode_wilayah = r.kode AND a.rincian = d.rincian
LEFT JOIN {t.angka_tertulis} t ON t.kode_kab = r.kode_kab AND t.elemen = x.kode AND t.periode = p.periode
  AND t.kode_wilayah = r.kode AND t.dimensi = {n.dimensi} AND t.rincian = d.rincian
CROSS JOIN LATERAL (
  SELECT {_counted(n, level, detailed=detailed)} AS banyak
  OFFSET 0  -- counted once, however often it is read
) g
LEFT JOIN {t.kelengkapan} k ON k.kode_kab = r.kode_kab AND k.formulir = x.formulir AND k.periode = p.periode
"""


_NO_RINCIAN = "CROSS JOIN (VALUES ('{}'::jsonb)) AS d(rincian)"


def _one_choice(n: Names) -> str:
    return f"CROSS JOIN (SELECT CAST({n.rincian} AS jsonb)) AS d(rincian)"


def _choices() -> str:
    """Choices that a figure has, else those that only the registers know; what is closed has none of these."""
    return f"""
  SELECT t.rincian FROM jsonb_array_elements({FROM_REGISTERS}) AS t(rincian)
  WHERE NOT {closed("x.sensitif", "r.tingkat", "r.kode_kab")} AND NOT EXISTS (SELECT 1 FROM ada WHERE lower(ada.rincian::text) = lower(t.rincian::text))
"""


# looked for at elements that a register knows only, so that the others do not wait for it
FROM_REGISTERS = f"""CASE WHEN x.kode IN ({", ".join(f"'{e}'" for e in TERDAFTAR)})
    THEN (SELECT isi FROM pilihan) -> concat_ws('|', p.periode, x.kode, r.kode) END"""


def _breakdown(n: Names, t: TableNames, level: Level) -> str:
    return f"""
CROSS JOIN LATERAL (
  WITH ada AS (
    SELECT s.rincian FROM {t.angka} s WHERE s.kode_kab = r.kode_kab AND s.elemen = x.kode AND s.periode = p.periode
      AND s.tingkat = {level:d} AND s.dimensi = {n.dimensi} AND s.kode_wilayah = r.kode
    UNION SELECT s.rincian FROM {t.angka_tertulis} s WHERE s.kode_kab = r.kode_kab AND s.elemen = x.kode
      AND s.periode = p.periode AND s.kode_wilayah = r.kode AND s.dimensi = {n.dimensi}
    UNION {known_choices("x.registri", n.dimensi)}
  ), semua AS (SELECT rincian FROM ada UNION ALL {_choices()})
  SELECT rincian FROM semua UNION ALL SELECT '{{}}'::jsonb WHERE NOT EXISTS (SELECT 1 FROM semua)
) d
"""


def _province(n: Names, t: TableNames, ctes: str, choices: str, *, detailed: bool) -> str:
    # rows of single regions hold open choices only; a province is added up from what is not open everywhere
    counted_so = is_known("x.registri", n.dimensi) if detailed else f"{n.dimensi} = ''"
    of_choice = f" AND {is_of('h.jenis', 'd.rincian')}" if detailed else ""
    is_closed = closed("hub_peka(x.kode, d.rincian)" if detailed else "x.sensitif", "r.tingkat", "r.kode_kab")
    return f"""
{ctes}
SELECT r.kode_kab, r.kode, p.akhir AS acuan, x.kode AS elemen, p.periode, d.rincian,
  x.urut AS urut_elemen, p.urut AS urut_periode,
  CASE WHEN NOT z.tutup THEN z.nilai END AS nilai,
  CASE WHEN NOT z.tutup THEN t.tertulis END AS tertulis,
  CASE WHEN z.tutup THEN 'DISUPRESI' WHEN z.nilai > 0 THEN 'ADA' WHEN z.nilai = 0 THEN 'NOL'
       ELSE coalesce(o.status, a.status, 'TIDAK_ADA_DATA') END AS status,
  coalesce(o.kelengkapan[1], k.diharapkan) AS diharapkan, coalesce(o.kelengkapan[2], k.diterima) AS diterima,
  coalesce(o.kelengkapan[3], k.disetujui) AS disetujui, coalesce(o.kelengkapan[4], k.tepat_waktu) AS tepat_waktu,
  o.terisi, CASE WHEN g.banyak IS NULL AND NOT {reached("r.kode_kab")} THEN coalesce(o.sejak, a.sejak) END AS dirilis_pada
FROM {_ASKED}
JOIN wilayah r ON r.kode_kab = {n.wilayah} AND r.kode = {n.wilayah} AND r.tingkat = 1
  AND r.berlaku_sejak <= p.akhir AND r.hari_terakhir >= p.akhir
{choices}
LEFT JOIN LATERAL (SELECT s.* FROM {_released_totals(n, t)} AND s.rincian = d.rincian OFFSET 0) o ON true
LEFT JOIN LATERAL (
  SELECT sum(b.nilai) AS nilai, CASE WHEN count(DISTINCT b.status) = 1 AND count(b.nilai) = 0 THEN min(b.status) END AS status,
    coalesce(bool_or(b.status = 'DISUPRESI'), false) AS tutup, max(b.sejak) AS sejak
  FROM wilayah w {_figure_of_kabupaten(n, t)}
  WHERE w.kode_induk = r.kode AND w.tingkat = 2 AND w.berlaku_sejak <= p.akhir AND w.hari_terakhir >= p.akhir
    AND x.agregasi_wilayah IN ('JUMLAH', 'HITUNG') AND o.status IS NULL
) a ON true
LEFT JOIN {t.angka_tertulis} t ON t.kode_kab = r.kode_kab AND t.elemen = x.kode AND t.periode = p.periode
  AND t.kode_wilayah = r.kode AND t.dimensi = {n.dimensi} AND t.rincian = d.rincian
LEFT JOIN LATERAL (
  SELECT coalesce(sum(h.banyak), 0)::numeric AS banyak FROM hitung h
  WHERE h.tingkat = x.registri AND h.berlaku_sejak <= p.akhir AND h.hari_terakhir >= p.akhir{of_choice}
  HAVING x.registri IS NOT NULL
) g ON {counted_so}
CROSS JOIN LATERAL (  -- a sum of which a part is closed would be less than the whole, or tell the part
  SELECT coalesce(o.status = 'DISUPRESI', a.tutup OR {is_closed}) AS tutup, coalesce(g.banyak, o.nilai, a.nilai) AS nilai OFFSET 0
) z
CROSS JOIN LATERAL (
  SELECT (h.diharapkan * count(*))::int AS diharapkan, (h.diharapkan * coalesce(sum(l.diterima), 0))::int AS diterima,
    (h.diharapkan * coalesce(sum(l.disetujui), 0))::int AS disetujui, (h.diharapkan * coalesce(sum(l.tepat_waktu), 0))::int AS tepat_waktu
  FROM wilayah w LEFT JOIN {t.kelengkapan} l ON l.kode_kab = w.kode_kab AND l.formulir = x.formulir AND l.periode = p.periode
  WHERE w.kode_induk = r.kode AND w.tingkat = 2 AND w.berlaku_sejak <= p.akhir AND w.hari_terakhir >= p.akhir
) k
"""


def _released_totals(n: Names, t: TableNames) -> str:
    """Totals `s` of the province that were released, for whoever does not reach it: sums he adds up himself could lack what he may not
    see, or be newer than what was released of it."""
    return f"""{t.angka_rilis} s WHERE s.kode_kab = r.kode_kab AND s.elemen = x.kode AND s.periode = p.periode
      AND s.tingkat = 1 AND s.dimensi = {n.dimensi} AND s.kode_wilayah = r.kode AND NOT {reached("r.kode_kab")}"""


def _figure_of_kabupaten(n: Names, t: TableNames) -> str:
    same = f"""b.kode_kab = w.kode_kab AND b.elemen = x.kode AND b.periode = p.periode
      AND b.tingkat = 2 AND b.dimensi = {n.dimensi} AND b.kode_wilayah = w.kode AND b.rincian = d.rincian"""
    return f"CROSS JOIN LATERAL ({figures_below(t, 'r.kode_kab', 'b.nilai, b.status, b.sejak', same)}) b"


def _breakdown_of_province(n: Names, t: TableNames) -> str:
    of_kabupaten = f"""b.kode_kab = w.kode_kab AND b.elemen = x.kode AND b.periode = p.periode
      AND b.tingkat = 2 AND b.dimensi = {n.dimensi} AND b.kode_wilayah = w.kode"""
    return f"""
CROSS JOIN LATERAL (
  WITH ada AS (
    SELECT s.rincian FROM wilayah w CROSS JOIN LATERAL ({figures_below(t, "r.kode_kab", "b.rincian", of_kabupaten)}) s
    WHERE w.kode_induk = r.kode AND w.tingkat = 2 AND w.berlaku_sejak <= p.akhir AND w.hari_terakhir >= p.akhir
    UNION SELECT s.rincian FROM {_released_totals(n, t)}
    UNION SELECT s.rincian FROM {t.angka_tertulis} s WHERE s.kode_kab = r.kode_kab AND s.elemen = x.kode
      AND s.periode = p.periode AND s.kode_wilayah = r.kode AND s.dimensi = {n.dimensi}
    UNION {known_choices("x.registri", n.dimensi)}
  )
  SELECT rincian FROM ada UNION ALL {_choices()}
) d
"""


COLUMNS: dict[str, TypeEngine[Any]] = {
    "kode_kab": Text(), "kode": Text(), "acuan": Date(), "elemen": Text(), "periode": Text(), "rincian": JSONB(),
    "urut_elemen": Integer(), "urut_periode": Integer(), "nilai": Numeric(), "tertulis": Numeric(), "status": Text(),
    "diharapkan": Integer(), "diterima": Integer(), "disetujui": Integer(), "tepat_waktu": Integer(), "terisi": Integer(),
    "dirilis_pada": DateTime(timezone=True),
}  # fmt: skip


def agregat_source(binds: Binds, level: Level, *, detailed: bool) -> Subquery:
    """Rows for `wilayah` and below on one level. `binds`: bound parameters wilayah (text), elemen, periode (text[]), akhir
    (date[], last days of the periods), dimensi (text, sorted breakdown names joined by |), pada (timestamptz) for what was known then, and
    rincian (JSON as text) for that one choice alone. `detailed`: a breakdown is asked.
    """
    n, t = names(binds), table_names(binds.get("pada"))
    return sql_rows(agregat_sql(n, t, level, detailed=detailed), binds, COLUMNS)


def agregat_sql(n: Names, t: TableNames, level: Level, *, detailed: bool) -> str:
    """The statement of these rows. `n`: how wilayah, elemen, periode, akhir and dimensi are written in it, and rincian, if it is one choice."""
    ctes = _asked(n)
    if level <= Level.KABUPATEN:
        ctes.append(_regions_counted(n, detailed=detailed))
    if detailed and "rincian" not in n:
        ctes.append(f"pilihan AS MATERIALIZED ({choices_of_registers(n, level)})")
    before = f"WITH {', '.join(ctes)}"
    if level is Level.PROVINSI:
        choices = _breakdown_of_province(n, t) if detailed else _NO_RINCIAN
        choices = _one_choice(n) if "rincian" in n else choices
        return _province(n, t, before, choices, detailed=detailed)
    choices = _breakdown(n, t, level) if detailed else _NO_RINCIAN
    choices = _one_choice(n) if "rincian" in n else choices
    return _one_level(n, t, level, before, choices, detailed=detailed)


def parts_source(binds: Binds, level: Level) -> Subquery:
    """Figures of the level below, as the caller may see them, of the breakdown `dimensi` and as known at `pada`."""
    n, t = names(binds), table_names(binds.get("pada"))
    statement = f"""SELECT b.kode_kab, b.elemen, b.periode, b.kode_wilayah, b.rincian, b.nilai, b.status
FROM {t.angka} b WHERE b.tingkat = {level + 1:d} AND b.dimensi = {n.dimensi}"""
    used = {k: b for k, b in binds.items() if k in ("dimensi", "pada")}
    columns = ("kode_kab", "elemen", "periode", "kode_wilayah", "rincian", "nilai", "status")
    return sql_rows(statement, used, {k: _PART_TYPES.get(k, KodeText()) for k in columns})


_PART_TYPES: dict[str, TypeEngine[Any]] = {"rincian": JSONB(), "nilai": Numeric()}


def choices_of_registers(n: Names, level: Level) -> str:
    """What the registers know beside the figures; of what was known at another time they say nothing."""
    return "SELECT NULL::jsonb AS isi" if "pada" in n else pilihan_terdaftar(n, level)
