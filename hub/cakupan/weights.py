"""How much each desa weighs: the approved figure of an element, under the rule of `agregat` on who may see it (`closed`, and
row-level security below it).

Weights are wanted for the desa of today. A desa that was there on the period's last day, and neither gave nor took land since, has
its own figure. Any other is traced back, through the links between regions, to the desa its land belonged to; their figures count
where each of them lies wholly in it and has a number. A figure is never divided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from hub.akses.closed_figures import closed
from hub.base.actor import Actor
from hub.base.periode import Periode
from hub.db.database import Database, Statement
from hub.wilayah.first_list import region_day
from hub.wilayah.lineage_walk import dated_links

# one period for all weights: the newest approved that holds a figure of the element; without any, that of the newest approved rekap
_NEWEST = """
SELECT to_json(x.periode) FROM (
  SELECT b.kode_kab, b.periode, 1 AS urutan FROM angka_terbaca b WHERE b.elemen = %(elemen)s AND b.tingkat = 2 AND NOT b.turunan
    AND (b.nilai IS NOT NULL OR b.status = 'DISUPRESI')
  UNION ALL SELECT r.kode_kab, r.periode, 2 FROM rekap r JOIN elemen e ON e.kode = %(elemen)s AND e.formulir = r.formulir
  WHERE r.revisi_disetujui IS NOT NULL
) x WHERE x.kode_kab >= left(%(wilayah)s, 5) AND x.kode_kab < left(%(wilayah)s, 5) || '/'
ORDER BY x.urutan, length(x.kode_kab) = 2, hub_akhir(x.periode) DESC, length(x.periode), x.periode LIMIT 1
"""

_ANGKA = "a.elemen = %(elemen)s AND a.periode = %(periode)s AND a.tingkat = 4 AND a.dimensi = ''"

_WEIGHTS = f"""
WITH RECURSIVE h AS MATERIALIZED (  -- a period before the oldest list is read by that list
  SELECT {region_day("%(wilayah)s", "CAST(%(akhir)s AS date)")} AS hari
), k AS MATERIALIZED (
  SELECT k.kode, {closed("e.sensitif", "4", "k.kode")} AS tutup
  FROM elemen e CROSS JOIN unnest(CAST(%(kab)s AS text[])) AS k(kode) WHERE e.kode = %(elemen)s
), tautan AS MATERIALIZED (
  {dated_links("(SELECT hari FROM h)", "current_date")}
), asal AS (
  -- `kab` is worked out here: row security keeps left() out of the index of figures
  SELECT m.kode COLLATE "C" AS tujuan, m.kode COLLATE "C" AS kode, left(m.kode, 5) COLLATE "C" AS kab, m.sejak, CAST('infinity' AS date) AS pada
  FROM unnest(CAST(%(kode)s AS text[]), CAST(%(sejak)s AS date[])) AS m(kode, sejak)
  WHERE m.sejak > (SELECT hari FROM h)
    OR (m.kode, m.sejak) IN (SELECT kode_lama, sejak_lama FROM tautan UNION ALL SELECT kode_baru, sejak_baru FROM tautan)
  UNION
  SELECT a.tujuan, s.kode_lama, left(s.kode_lama, 5), s.sejak_lama, s.pada
  FROM asal a JOIN tautan s ON s.kode_baru = a.kode AND s.sejak_baru = a.sejak AND s.pada < a.pada
), turun AS (  -- everything that became of those
  SELECT DISTINCT kode AS awal, sejak AS sejak_awal, kode, sejak, (SELECT hari FROM h) AS pada FROM asal WHERE sejak <= (SELECT hari FROM h)
  UNION
  SELECT t.awal, t.sejak_awal, s.kode_baru, s.sejak_baru, s.pada
  FROM turun t JOIN tautan s ON s.kode_lama = t.kode AND s.sejak_lama = t.sejak AND s.pada > t.pada
), dahulu AS (
  SELECT DISTINCT a.tujuan, a.kode, f.nilai, coalesce(k.tutup, {closed("e.sensitif", "4", "left(a.kode, 5)")})
    OR coalesce(f.status = 'DISUPRESI', false) AS tutup, NOT EXISTS (
    SELECT 1 FROM turun t JOIN wilayah w ON w.kode_kab = left(t.kode, 5) AND w.kode = t.kode AND w.berlaku_sejak = t.sejak
    -- a part of it is another's today, or ended and left nobody its land
    WHERE t.awal = a.kode AND t.sejak_awal = a.sejak AND (w.hari_terakhir >= current_date AND w.kode <> a.tujuan
      OR w.hari_terakhir < current_date AND NOT EXISTS (
        SELECT 1 FROM tautan s WHERE s.kode_lama = t.kode AND s.sejak_lama = t.sejak AND s.pada = w.berlaku_sampai))) AS utuh
  FROM asal a JOIN elemen e ON e.kode = %(elemen)s LEFT JOIN k ON k.kode = left(a.kode, 5)
  LEFT JOIN (SELECT a.kode_kab, a.kode_wilayah, a.nilai, a.status FROM angka_terbaca a WHERE {_ANGKA}) f
    ON f.kode_kab = a.kab AND f.kode_wilayah = a.kode
  WHERE a.sejak <= (SELECT hari FROM h)
)
SELECT json_build_object(
  'hari', (SELECT hari FROM h),
  'registri', (SELECT e.registri = 4 FROM elemen e WHERE e.kode = %(elemen)s),
  'tutup', (SELECT json_agg(k.kode) FROM k WHERE k.tutup),
  'ada', (SELECT json_build_array(json_agg(a.kode_wilayah), json_agg(CAST(a.nilai AS text)), json_agg(a.status))
    FROM k JOIN angka_terbaca a ON a.kode_kab = k.kode AND {_ANGKA} WHERE NOT k.tutup),
  'baru', (SELECT json_object_agg(b.tujuan, json_build_array(b.tutup, CAST(b.nilai AS text))) FROM (
    SELECT d.tujuan, bool_or(d.tutup) AS tutup, CASE WHEN bool_and(d.utuh AND d.nilai IS NOT NULL AND NOT d.tutup) THEN sum(d.nilai) END AS nilai
    FROM dahulu d GROUP BY d.tujuan) b))
"""

_PRESENT, _ZERO, _NO_DATA, _CLOSED = "ADA", "NOL", "TIDAK_ADA_DATA", "DISUPRESI"


@dataclass(frozen=True, slots=True)
class WeightTable:
    """Columns: the figure of each desa, and what is said of it (ADA, NOL, DISUPRESI, …)."""

    nilai: list[Decimal | None]
    status: list[str]


async def newest_period(db: Database, actor: Actor, elemen: str, wilayah: str) -> str | None:
    """The newest approved period that has a figure of the element in the region; else of its form's newest rekap."""
    (content,) = await db.read_json(actor, [Statement(_NEWEST, {"elemen": elemen, "wilayah": wilayah})])
    return None if content is None else str(orjson.loads(content))


async def weights(
    db: Database, actor: Actor, elemen: str, periode: str, kode: Sequence[str], since: Sequence[date]
) -> WeightTable:
    """Of those desa (code, first day in force), in their order, as that caller may see them. One statement. A period before the oldest
    list of regions is read by that of the first desa's province, for its neighbours too."""
    last_day = Periode.read(periode).last_day
    nilai = {
        "elemen": elemen, "periode": periode, "akhir": last_day, "wilayah": kode[0] if kode else "", "kab": sorted({k[:5] for k in kode}),
        "kode": list(kode), "sejak": list(since),
    }  # fmt: skip
    (text,) = await db.read_json(actor, [Statement(_WEIGHTS, nilai)])
    content = orjson.loads(text or b"{}")
    counted_from = date.fromisoformat(content["hari"])
    return _build(content, kode, {k for k, s in zip(kode, since, strict=True) if s > counted_from})


def _build(content: Mapping[str, Any], kode: Sequence[str], newer: set[str]) -> WeightTable:
    closed_kab = set(content["tutup"] or ())
    present = {k: (n, s) for k, n, s in zip(*(column or () for column in content["ada"]), strict=True)}
    earlier: dict[str, Any] = content["baru"] or {}
    nothing = (None, _NO_DATA)
    rows: list[tuple[str | None, str]] = []
    for k in kode:
        if k[:5] in closed_kab:
            rows.append((None, _CLOSED))
        elif content["registri"]:
            rows.append(("1", _PRESENT))  # a desa is one desa
        elif k in newer or k in earlier:
            is_closed, total = earlier.get(k, (False, None))
            rows.append((None, _CLOSED) if is_closed else (total, _NO_DATA))
        else:
            rows.append(present.get(k, nothing))
    nilai = [None if n is None else Decimal(n) for n, _ in rows]
    status = [s if n is None else _PRESENT if n else _ZERO for n, (_, s) in zip(nilai, rows, strict=True)]
    return WeightTable(nilai, status)
