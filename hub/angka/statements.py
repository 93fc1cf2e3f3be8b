"""Statements over approved figures: replacing those of one rekap, folding finer periods into coarser ones, counting
completeness. All within the approving transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import orjson

from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.db.many_rows import BATCH


@dataclass(frozen=True, slots=True)
class NewAngkaRow:
    """A figure to store. `tingkat` 1 to 4; `dimensi`: names of `rincian`, sorted, joined by |."""

    elemen: str
    tingkat: int
    dimensi: str
    kode_wilayah: str
    rincian: dict[str, str]
    nilai: Decimal | None
    status: str


async def replace_figures(conn: Conn, key: RekapKey, elemen: Sequence[str], rows: Sequence[NewAngkaRow]) -> None:
    """Make these the figures of that reporter and period for those elements."""
    await clear_figures(conn, key, elemen)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        await conn.execute(
            "INSERT INTO angka (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "SELECT %s, %s, t.elemen, t.tingkat, t.dimensi, t.kode, t.rincian, t.nilai, t.status, false "
            "FROM unnest(%s::text[], %s::smallint[], %s::text[], %s::text[], %s::jsonb[], %s::numeric[], %s::text[]) "
            "AS t(elemen, tingkat, dimensi, kode, rincian, nilai, status)",
            (
                key.kode_kab, key.periode, [b.elemen for b in batch], [b.tingkat for b in batch],
                [b.dimensi for b in batch], [b.kode_wilayah for b in batch],
                [orjson.dumps(b.rincian).decode() for b in batch], [b.nilai for b in batch], [b.status for b in batch],
            ),
        )  # fmt: skip


async def clear_figures(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> None:
    await conn.execute(
        "DELETE FROM angka WHERE kode_kab = %s AND elemen = ANY(%s) AND periode = %s",
        (key.kode_kab, list(elemen), key.periode),
    )


async def fold_periods(conn: Conn, key: RekapKey, elemen: Sequence[str], parts: Sequence[str]) -> None:
    """Make the figures of `kunci.periode` out of its parts (finer periods, in order), by each element's rule over time:
    flows add up, stocks and people counted once take the latest part that has a number."""
    await clear_figures(conn, key, elemen)
    await conn.execute(
        """
INSERT INTO angka (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT kode_kab, %(periode)s, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai,
       CASE WHEN nilai = 0 THEN 'NOL' WHEN nilai IS NOT NULL THEN 'ADA'
            WHEN satu_status THEN status ELSE 'TIDAK_ADA_DATA' END,
       true
FROM (
  SELECT a.kode_kab, a.elemen, a.tingkat, a.dimensi, a.kode_wilayah, a.rincian,
         CASE e.agregasi_waktu WHEN 'JUMLAH' THEN sum(a.nilai)
              ELSE (array_agg(a.nilai ORDER BY a.periode DESC) FILTER (WHERE a.nilai IS NOT NULL))[1] END AS nilai,
         count(DISTINCT a.status) = 1 AS satu_status, min(a.status) AS status
  FROM angka a JOIN elemen e ON e.kode = a.elemen
  WHERE a.kode_kab = %(kab)s AND a.elemen = ANY(%(elemen)s) AND a.periode = ANY(%(bagian)s) AND e.agregasi_waktu <> 'TIDAK'
  GROUP BY a.kode_kab, a.elemen, a.tingkat, a.dimensi, a.kode_wilayah, a.rincian, e.agregasi_waktu
) lipat
""",
        {"kab": key.kode_kab, "periode": key.periode, "elemen": list(elemen), "bagian": list(parts)},
    )


async def replace_stated(
    conn: Conn,
    key: RekapKey,
    elemen: Sequence[str],
    stated: Sequence[tuple[str, str, str, dict[str, str], Decimal]],
) -> None:
    """Make these the stated figures: (element, region, dimensi, rincian, stated)."""
    await conn.execute(
        "DELETE FROM angka_tertulis WHERE kode_kab = %s AND elemen = ANY(%s) AND periode = %s",
        (key.kode_kab, list(elemen), key.periode),
    )
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO angka_tertulis (kode_kab, periode, elemen, kode_wilayah, dimensi, rincian, tertulis) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [(key.kode_kab, key.periode, e, w, d, orjson.dumps(r).decode(), t) for e, w, d, r, t in stated],
        )


async def approved_below(conn: Conn, key: RekapKey, periode: Sequence[str]) -> set[str]:
    """Which of those periods have an approved rekap of the same reporter and form."""
    cursor = await conn.execute(
        "SELECT periode FROM rekap WHERE kode_kab = %s AND formulir = %s AND periode = ANY(%s) "
        "AND revisi_disetujui IS NOT NULL",
        (key.kode_kab, key.formulir, list(periode)),
    )
    return {p for (p,) in await cursor.fetchall()}


async def figures_of(
    conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str]
) -> list[tuple[str, str, dict[str, str], Decimal]]:
    """Approved numbers of a reporter: (region, element, breakdown, number)."""
    cursor = await conn.execute(
        "SELECT kode_wilayah, elemen, rincian, nilai FROM angka WHERE kode_kab = %s AND elemen = ANY(%s) "
        "AND periode = %s AND nilai IS NOT NULL "
        "UNION ALL SELECT kode_wilayah, elemen, rincian, tertulis FROM angka_tertulis "
        "WHERE kode_kab = %s AND length(kode_kab) = 2 AND elemen = ANY(%s) AND periode = %s",
        (kode_kab, list(elemen), periode) * 2,
    )
    return await cursor.fetchall()


async def count_completeness(conn: Conn, key: RekapKey, parts: Sequence[str]) -> None:
    """Recount one reporter, form and period. `parts`: the periods one step finer.

    An approved rekap of the very period is the one expected. Without it, each part counts for itself (a part nobody
    sent anything for counts as one expected); a rekap that was sent but not approved counts where there are no parts.
    """
    await conn.execute(
        "DELETE FROM kelengkapan WHERE kode_kab = %s AND formulir = %s AND periode = %s",
        (key.kode_kab, key.formulir, key.periode),
    )
    await conn.execute(
        """
WITH sendiri AS (
  SELECT revisi_disetujui IS NOT NULL AS disetujui, coalesce(tepat_waktu, false) AS tepat FROM rekap
  WHERE kode_kab = %(kab)s AND formulir = %(formulir)s AND periode = %(periode)s AND diajukan_pada IS NOT NULL
), bagian AS (
  SELECT sum(coalesce(k.diharapkan, 1))::int AS diharapkan, sum(coalesce(k.diterima, 0))::int AS diterima,
         sum(coalesce(k.disetujui, 0))::int AS disetujui, sum(coalesce(k.tepat_waktu, 0))::int AS tepat,
         count(k.periode) AS ada
  FROM unnest(%(bagian)s::text[]) AS p(periode)
  LEFT JOIN kelengkapan k ON k.kode_kab = %(kab)s AND k.formulir = %(formulir)s AND k.periode = p.periode
)
INSERT INTO kelengkapan (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu)
SELECT %(kab)s, %(formulir)s, %(periode)s, x.diharapkan, x.diterima, x.disetujui, x.tepat FROM (
  SELECT 1 AS urut, 1 AS diharapkan, 1 AS diterima, 1 AS disetujui, tepat::int AS tepat FROM sendiri WHERE disetujui
  UNION ALL SELECT 2, diharapkan, diterima, disetujui, tepat FROM bagian WHERE ada > 0
  UNION ALL SELECT 3, 1, 1, 0, tepat::int FROM sendiri
) x ORDER BY urut LIMIT 1
""",
        {"kab": key.kode_kab, "formulir": key.formulir, "periode": key.periode, "bagian": list(parts)},
    )


async def used_choices(
    conn: Conn, kode_kab: str, elemen: Sequence[str], dimensions: Sequence[str]
) -> list[tuple[str, str]]:
    """(breakdown, choice) of those breakdowns as a reporter's approved figures have them."""
    cursor = await conn.execute(
        "SELECT DISTINCT x.key, x.value FROM ("
        "SELECT rincian FROM angka WHERE kode_kab = %(kab)s AND elemen = ANY(%(elemen)s) AND tingkat = 2 AND dimensi <> '' "
        "UNION ALL SELECT rincian FROM angka_tertulis WHERE kode_kab = %(kab)s AND elemen = ANY(%(elemen)s) AND dimensi <> ''"
        ") a, jsonb_each_text(a.rincian) x WHERE x.key = ANY(%(dimensi)s)",
        {"kab": kode_kab, "elemen": list(elemen), "dimensi": list(dimensions)},
    )
    return await cursor.fetchall()


async def choices_alike(
    conn: Conn, provinsi: str, elemen: Sequence[str], dimensions: Sequence[str], keys: Sequence[str]
) -> list[tuple[str, str]]:
    """(breakdown, choice) of a province's approved figures, as far as the caller sees them, whose letters and digits are one of
    `keys`; of several spellings the first in order."""
    cursor = await conn.execute(
        'SELECT x.key, min(x.value COLLATE "C") FROM angka a, jsonb_each_text(a.rincian) x, '
        "LATERAL (SELECT regexp_replace(lower(x.value), '[^[:alnum:]]+', '', 'g') AS kunci) k "
        "WHERE a.kode_kab >= %(prov)s || '.' AND a.kode_kab < %(prov)s || '/' AND a.elemen = ANY(%(elemen)s) AND a.tingkat = 2 "
        "AND a.dimensi <> '' AND x.key = ANY(%(dimensi)s) AND k.kunci = ANY(%(kunci)s) GROUP BY x.key, k.kunci",
        {"prov": provinsi, "elemen": list(elemen), "dimensi": list(dimensions), "kunci": list(keys)},
    )
    return await cursor.fetchall()
