"""Statements over approved figures: replacing those of one rekap, folding finer periods into coarser ones, counting
completeness. All within the approving transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import orjson
from psycopg.rows import class_row

from hub.base.public_id import RekapKey
from hub.db.arrays import number_array, text_array
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
                key.kode_kab, key.periode, text_array(b.elemen for b in batch), number_array(b.tingkat for b in batch),
                text_array(b.dimensi for b in batch), text_array(b.kode_wilayah for b in batch),
                text_array(orjson.dumps(b.rincian).decode() for b in batch), number_array(b.nilai for b in batch),
                text_array(b.status for b in batch),
            ),
        )  # fmt: skip


async def clear_figures(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> None:
    await conn.execute(
        "DELETE FROM angka WHERE kode_kab = %s AND elemen = ANY(%s) AND periode = %s",
        (key.kode_kab, list(elemen), key.periode),
    )


def _folded(source: str) -> str:
    """A SELECT of the figures (of `elemen` of `kab`) that those of the parts (`bagian`, finer periods in order) make, by each element's
    rule over time. `source`: the figures of the parts.

    Flows add up. Of stocks and people counted once one part counts, chosen once for the whole kabupaten and element: the newest
    that holds a figure of it anywhere (else the newest that says anything of it). A region that is missing there is missing.
    """
    # chosen region by region, a kabupaten would show the newest part and its desa a mixture of several
    return f"""
SELECT kode_kab, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai,
       CASE WHEN nilai = 0 THEN 'NOL' WHEN nilai IS NOT NULL THEN 'ADA'
            WHEN satu_status THEN status ELSE 'TIDAK_ADA_DATA' END AS status
FROM (
  SELECT a.kode_kab, a.elemen, a.tingkat, a.dimensi, a.kode_wilayah, a.rincian, sum(a.nilai) AS nilai,
         count(DISTINCT a.status) = 1 AS satu_status, min(a.status) AS status
  FROM (
    SELECT b.*, e.agregasi_waktu = 'JUMLAH' OR b.periode = coalesce(
      max(b.periode) FILTER (WHERE b.nilai IS NOT NULL) OVER seluruhnya, max(b.periode) OVER seluruhnya) AS dihitung
    FROM {source} b JOIN elemen e ON e.kode = b.elemen
    WHERE b.kode_kab = %(kab)s AND b.elemen = ANY(%(elemen)s) AND b.periode = ANY(%(bagian)s) AND e.agregasi_waktu <> 'TIDAK'
    WINDOW seluruhnya AS (PARTITION BY b.elemen)
  ) a
  WHERE a.dihitung
  GROUP BY a.kode_kab, a.elemen, a.tingkat, a.dimensi, a.kode_wilayah, a.rincian
) lipat
"""


async def fold_periods(conn: Conn, key: RekapKey, elemen: Sequence[str], parts: Sequence[str]) -> None:
    """Make the figures of `key.periode` out of its parts (finer periods, in order)."""
    await clear_figures(conn, key, elemen)
    await conn.execute(
        "INSERT INTO angka (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "SELECT kode_kab, %(periode)s, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, true "
        f"FROM ({_folded('angka')}) x",
        {"kab": key.kode_kab, "periode": key.periode, "elemen": list(elemen), "bagian": list(parts)},
    )


_INSTEAD = """(
  SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status FROM angka
  WHERE kode_kab = %(kab)s AND periode <> ALL(%(diganti)s)
  UNION ALL
  SELECT %(kab)s, r.elemen, r.periode, r.tingkat, r.dimensi, r.kode_wilayah, r.rincian, r.nilai, r.status
  FROM jsonb_to_recordset(%(ganti)s::jsonb) AS r(elemen text, periode text, tingkat smallint, dimensi text, kode_wilayah text,
    rincian jsonb, nilai numeric, status text)
)"""
_FOLDED_IF = f"""
SELECT elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status FROM (
  SELECT x.*, x.tingkat = 2 AND x.dimensi = '' AS seluruhnya,
    row_number() OVER (PARTITION BY x.elemen ORDER BY x.nilai IS NULL, x.tingkat, x.dimensi, x.kode_wilayah, x.rincian) AS urut
  FROM ({_folded(_INSTEAD)}) x
) y WHERE seluruhnya OR urut = 1
"""


async def folded_if(
    conn: Conn, key: RekapKey, elemen: Sequence[str], parts: Sequence[str], instead: Mapping[str, Sequence[NewAngkaRow]]
) -> list[NewAngkaRow]:
    """What `fold_periods` would make, were these the figures of some of the parts. Of each element the figure of the whole kabupaten,
    and one that has a number, if any has: `instead` needs to hold no more of it."""
    rows = [
        {
            "elemen": r.elemen, "periode": p, "tingkat": r.tingkat, "dimensi": r.dimensi, "kode_wilayah": r.kode_wilayah,
            "rincian": r.rincian, "nilai": None if r.nilai is None else str(r.nilai), "status": r.status,
        }
        for p, figures in instead.items()
        for r in figures
    ]  # fmt: skip
    cursor = conn.cursor(row_factory=class_row(NewAngkaRow))
    await cursor.execute(
        _FOLDED_IF,
        {
            "kab": key.kode_kab, "elemen": list(elemen), "bagian": list(parts), "diganti": list(instead),
            "ganti": orjson.dumps(rows).decode(),
        },
    )  # fmt: skip
    return await cursor.fetchall()


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


async def made_of_parts(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> list[str]:
    """Which of those elements have numbers of the whole kabupaten for that period that come from finer periods, in order."""
    cursor = await conn.execute(
        "SELECT DISTINCT elemen FROM angka WHERE kode_kab = %s AND elemen = ANY(%s) AND periode = %s AND tingkat = 2 AND turunan "
        "AND nilai IS NOT NULL ORDER BY elemen",
        (key.kode_kab, list(elemen), key.periode),
    )
    return [e for (e,) in await cursor.fetchall()]


async def all_made_of_parts(conn: Conn, kode_kab: str, periode: Sequence[str]) -> list[tuple[str, str]]:
    """The same of every element and of several periods: (period, element), in order."""
    cursor = await conn.execute(
        "SELECT DISTINCT periode, elemen FROM angka WHERE kode_kab = %s AND periode = ANY(%s) AND tingkat = 2 AND turunan "
        "AND nilai IS NOT NULL ORDER BY periode, elemen",
        (kode_kab, list(periode)),
    )
    return await cursor.fetchall()


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


async def count_completeness(
    conn: Conn, kode_kab: Sequence[str], asked: Sequence[tuple[str, str, Sequence[str]]]
) -> None:
    """Recount these reporters for forms and periods of one length: form, period, and the periods one step finer.

    Offices are counted, never rekap: one has sent (had approved, was in time) when its own rekap of the very period is there, or
    when all parts are.
    """
    by = {
        "kab": list(kode_kab), "formulir": [f for f, _, _ in asked], "periode": [p for _, p, _ in asked],
        "bagian_dari": [f"{f} {p}" for f, p, parts in asked for _ in parts],
        "bagian": [part for _, _, parts in asked for part in parts],
    }  # fmt: skip
    await conn.execute(
        "DELETE FROM kelengkapan WHERE kode_kab = ANY(%(kab)s) "
        "AND (formulir, periode) IN (SELECT * FROM unnest(%(formulir)s::text[], %(periode)s::text[]))",
        by,
    )
    await conn.execute(
        """
INSERT INTO kelengkapan (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu)
SELECT k.kode, d.formulir, d.periode, 1, (s.diterima OR b.diterima)::int, (s.disetujui OR b.disetujui)::int, (s.tepat OR b.tepat)::int
FROM unnest(%(kab)s::text[]) AS k(kode)
CROSS JOIN unnest(%(formulir)s::text[], %(periode)s::text[]) AS d(formulir, periode)
CROSS JOIN LATERAL (
  SELECT count(*) > 0 AS diterima, coalesce(bool_or(revisi_disetujui IS NOT NULL), false) AS disetujui,
    coalesce(bool_or(tepat_waktu), false) AS tepat
  FROM rekap WHERE kode_kab = k.kode AND formulir = d.formulir AND periode = d.periode AND diajukan_pada IS NOT NULL
) s
CROSS JOIN LATERAL (
  SELECT coalesce(bool_and(coalesce(l.diterima, 0) > 0), false) AS diterima,
    coalesce(bool_and(coalesce(l.disetujui, 0) > 0), false) AS disetujui, coalesce(bool_and(coalesce(l.tepat_waktu, 0) > 0), false) AS tepat
  FROM unnest(%(bagian_dari)s::text[], %(bagian)s::text[]) AS p(dari, periode)
  LEFT JOIN kelengkapan l ON l.kode_kab = k.kode AND l.formulir = d.formulir AND l.periode = p.periode
  WHERE p.dari = d.formulir || ' ' || d.periode
) b
""",
        by,
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
        'SELECT x.key, min(x.value COLLATE "C") FROM angka_terbaca a, jsonb_each_text(a.rincian) x, '
        "LATERAL (SELECT regexp_replace(lower(x.value), '[^[:alnum:]]+', '', 'g') AS kunci) k "
        "WHERE a.kode_kab >= %(prov)s || '.' AND a.kode_kab < %(prov)s || '/' AND a.elemen = ANY(%(elemen)s) AND a.tingkat = 2 "
        "AND a.dimensi <> '' AND x.key = ANY(%(dimensi)s) AND k.kunci = ANY(%(kunci)s) GROUP BY x.key, k.kunci",
        {"prov": provinsi, "elemen": list(elemen), "dimensi": list(dimensions), "kunci": list(keys)},
    )
    return await cursor.fetchall()
