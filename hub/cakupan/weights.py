"""How much each desa weighs: the approved figure of an element, under the rule of `agregat` on who may see it (`closed`, and
row-level security below it).

Weights are wanted for the desa of today. A desa that was there on the period's last day has its own figure. One that is
newer is traced back, through the links between regions, to the desa its land belonged to; their figures count where each
of them lies wholly in it and has a number. A figure is never divided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from hub.akses.tertutup import closed
from hub.base.actor import Actor
from hub.base.periode import Periode
from hub.db.database import Database, Statement

# as `sdm` has it: the newest period that a kabupaten of the region has an approved rekap of
_TERBARU = """
SELECT to_json(r.periode) FROM rekap r JOIN elemen e ON e.kode = %(elemen)s AND e.formulir = r.formulir
WHERE r.revisi_disetujui IS NOT NULL AND r.kode_kab >= left(%(wilayah)s, 5) AND r.kode_kab < left(%(wilayah)s, 5) || '/'
ORDER BY length(r.kode_kab) = 2, hub_akhir(r.periode) DESC, length(r.periode), r.periode LIMIT 1
"""

_ANGKA = "a.elemen = %(elemen)s AND a.periode = %(periode)s AND a.tingkat = 4 AND a.dimensi = ''"

_BOBOT = f"""
WITH RECURSIVE k AS MATERIALIZED (
  SELECT k.kode, {closed("e.sensitif", "4", "k.kode")} AS tutup
  FROM elemen e CROSS JOIN unnest(CAST(%(kab)s AS text[])) AS k(kode) WHERE e.kode = %(elemen)s
), asal AS (
  -- `kab` is worked out here: row security keeps left() out of the index of figures
  SELECT m.kode COLLATE "C" AS tujuan, m.kode COLLATE "C" AS kode, left(m.kode, 5) COLLATE "C" AS kab, m.sejak
  FROM unnest(CAST(%(baru)s AS text[]), CAST(%(sejak)s AS date[])) AS m(kode, sejak)
  UNION
  SELECT a.tujuan, s.kode_lama, left(s.kode_lama, 5), s.sejak_lama
  FROM asal a JOIN silsilah s ON s.kode_baru = a.kode AND s.sejak_baru = a.sejak WHERE a.sejak > %(akhir)s
), turun AS (  -- everything that became of those
  SELECT DISTINCT kode AS awal, sejak AS sejak_awal, kode, sejak FROM asal WHERE sejak <= %(akhir)s
  UNION
  SELECT t.awal, t.sejak_awal, s.kode_baru, s.sejak_baru
  FROM turun t JOIN silsilah s ON s.kode_lama = t.kode AND s.sejak_lama = t.sejak WHERE s.sejak_baru <= current_date
), dahulu AS (
  SELECT a.tujuan, f.nilai, coalesce(k.tutup, {closed("e.sensitif", "4", "left(a.kode, 5)")})
    OR coalesce(f.status = 'DISUPRESI', false) AS tutup, NOT EXISTS (
    SELECT 1 FROM turun t JOIN wilayah w ON w.kode_kab = left(t.kode, 5) AND w.kode = t.kode AND w.berlaku_sejak = t.sejak
    WHERE t.awal = a.kode AND t.sejak_awal = a.sejak AND w.hari_terakhir >= current_date AND w.kode <> a.tujuan) AS utuh
  FROM asal a JOIN elemen e ON e.kode = %(elemen)s LEFT JOIN k ON k.kode = left(a.kode, 5)
  LEFT JOIN (SELECT a.kode_kab, a.kode_wilayah, a.nilai, a.status FROM angka_terbaca a WHERE {_ANGKA}) f
    ON f.kode_kab = a.kab AND f.kode_wilayah = a.kode
  WHERE a.sejak <= %(akhir)s
)
SELECT json_build_object(
  'registri', (SELECT e.registri = 4 FROM elemen e WHERE e.kode = %(elemen)s),
  'tutup', (SELECT json_agg(k.kode) FROM k WHERE k.tutup),
  'ada', (SELECT json_build_array(json_agg(a.kode_wilayah), json_agg(CAST(a.nilai AS text)), json_agg(a.status))
    FROM k JOIN angka_terbaca a ON a.kode_kab = k.kode AND {_ANGKA} WHERE NOT k.tutup),
  'baru', (SELECT json_object_agg(b.tujuan, json_build_array(b.tutup, CAST(b.nilai AS text))) FROM (
    SELECT d.tujuan, bool_or(d.tutup) AS tutup, CASE WHEN bool_and(d.utuh AND d.nilai IS NOT NULL AND NOT d.tutup) THEN sum(d.nilai) END AS nilai
    FROM dahulu d GROUP BY d.tujuan) b))
"""

_ADA, _NOL, _TIADA, _TUTUP = "ADA", "NOL", "TIDAK_ADA_DATA", "DISUPRESI"


@dataclass(frozen=True, slots=True)
class TabelBobot:
    """Columns: the figure of each desa, and what is said of it (ADA, NOL, DISUPRESI, …)."""

    nilai: list[Decimal | None]
    status: list[str]


async def newest_period(db: Database, actor: Actor, elemen: str, wilayah: str) -> str | None:
    """The newest period with an approved rekap of the element's form in the region."""
    (isi,) = await db.read_json(actor, [Statement(_TERBARU, {"elemen": elemen, "wilayah": wilayah})])
    return None if isi is None else str(orjson.loads(isi))


async def weights(
    db: Database, actor: Actor, elemen: str, periode: str, kode: Sequence[str], sejak: Sequence[date]
) -> TabelBobot:
    """Of those desa (code, first day in force), in their order, as that caller may see them. One statement."""
    akhir = Periode.baca(periode).akhir
    baru = [(k, s) for k, s in zip(kode, sejak, strict=True) if s > akhir]
    nilai = {
        "elemen": elemen, "periode": periode, "akhir": akhir, "kab": sorted({k[:5] for k in kode}),
        "baru": [k for k, _ in baru], "sejak": [s for _, s in baru],
    }  # fmt: skip
    (teks,) = await db.read_json(actor, [Statement(_BOBOT, nilai)])
    return _susun(orjson.loads(teks or b"{}"), kode, {k for k, _ in baru})


def _susun(isi: Mapping[str, Any], kode: Sequence[str], baru: set[str]) -> TabelBobot:
    tutup = set(isi["tutup"] or ())
    ada = {k: (n, s) for k, n, s in zip(*(kolom or () for kolom in isi["ada"]), strict=True)}
    dahulu: dict[str, Any] = isi["baru"] or {}
    tiada = (None, _TIADA)
    baris: list[tuple[str | None, str]] = []
    for k in kode:
        if k[:5] in tutup:
            baris.append((None, _TUTUP))
        elif isi["registri"]:
            baris.append(("1", _ADA))  # a desa is one desa
        elif k in baru:
            tertutup, jumlah = dahulu.get(k, (False, None))
            baris.append((None, _TUTUP) if tertutup else (jumlah, _TIADA))
        else:
            baris.append(ada.get(k, tiada))
    nilai = [None if n is None else Decimal(n) for n, _ in baris]
    status = [s if n is None else _ADA if n else _NOL for n, (_, s) in zip(nilai, baris, strict=True)]
    return TabelBobot(nilai, status)
