"""Statements over what an office has released: its figures as approved, what everybody sees of them, earlier versions. Within the
approving transaction."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import orjson

from hub.base.public_id import RekapKey
from hub.db.arrays import number_array, text_array
from hub.db.database import Conn
from hub.db.many_rows import BATCH, all_rows
from hub.katalog.formula import Rincian
from hub.rilis.primary import Thresholds
from hub.rilis.reasons import BY_CATALOGUE
from hub.rilis.shown_rows import RawRow
from hub.rilis.stored import StoredRelease, choices_of, json_of

Cell = tuple[str, str, Rincian]
"""Element, region, choices."""


async def sensitivities(conn: Conn, elemen: Sequence[str]) -> dict[str, int]:
    """Element → its sensitivity; of what the catalogue has."""
    cursor = await conn.execute("SELECT kode, sensitif FROM elemen WHERE kode = ANY(%s)", (list(elemen),))
    return dict(await cursor.fetchall())


async def raw_rows(conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str]) -> list[RawRow]:
    """Figures as they were approved."""
    # the sensitivity of each choice once, not of each row; and its row by row, for a join of what was written a moment ago goes through
    # all pairs, as nobody has counted it yet
    cursor = await conn.execute(
        """
SELECT elemen, rincian, hub_peka(elemen, rincian), array_agg(kode_wilayah), array_agg(nilai), array_agg(status)
FROM angka WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s) GROUP BY elemen, rincian""",
        (kode_kab, periode, list(elemen)),
    )
    return [
        RawRow(e, w, choices, nilai, status, sensitivity)
        for e, r, sensitivity, *figures in await all_rows(cursor)
        for choices in (choices_of(r),)
        for w, nilai, status in zip(*figures, strict=True)
    ]


async def sensitivities_of(conn: Conn, choices: Iterable[tuple[str, Rincian]]) -> dict[tuple[str, Rincian], int]:
    """(element, choices) → how sensitive that is."""
    listed = list(choices)
    cursor = await conn.execute(
        "SELECT hub_peka(t.elemen, t.rincian) FROM unnest(%s::text[], %s::jsonb[]) WITH ORDINALITY t(elemen, rincian, urut) ORDER BY t.urut",
        (text_array(e for e, _ in listed), text_array(json_of(r) for _, r in listed)),
    )
    return {c: sensitivity for c, (sensitivity,) in zip(listed, await cursor.fetchall(), strict=True)}


async def seen_rows(conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str]) -> dict[Cell, RawRow]:
    """What everybody sees of them."""
    cursor = await conn.execute(
        "SELECT elemen, kode_wilayah, rincian, nilai, status FROM angka_rilis "
        "WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s) AND tingkat > 1",
        (kode_kab, periode, list(elemen)),
    )
    rows = (RawRow(e, w, choices_of(r), nilai, status, 0) for e, w, r, nilai, status in await all_rows(cursor))
    return {r.cell: r for r in rows}


async def drop_folded(conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str]) -> None:
    """What was made of finer periods gives way to a rekap of the period itself."""
    await conn.execute(
        "DELETE FROM angka_rilis WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s) AND turunan",
        (kode_kab, periode, list(elemen)),
    )


async def versions(conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str]) -> dict[str, list[StoredRelease]]:
    """Element → every version that was shown, oldest first."""
    cursor = await conn.execute(
        "SELECT elemen, versi, isi, keperluan, ruang, jalur, terancam FROM rilis_kantor "
        "WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s) ORDER BY elemen, versi",
        (kode_kab, periode, list(elemen)),
    )
    found: dict[str, list[StoredRelease]] = {}
    for kode, *row in await cursor.fetchall():
        found.setdefault(kode, []).append(StoredRelease(*row))
    return found


async def newest_of(
    conn: Conn, kode_kab: str, periode: Sequence[str], elemen: Sequence[str]
) -> dict[str, dict[str, StoredRelease]]:
    """Element → period → its newest version."""
    cursor = await conn.execute(
        "SELECT DISTINCT ON (elemen, periode) elemen, periode, versi, isi, keperluan, ruang, jalur, terancam FROM rilis_kantor "
        "WHERE kode_kab = %s AND periode = ANY(%s) AND elemen = ANY(%s) ORDER BY elemen, periode, versi DESC",
        (kode_kab, list(periode), list(elemen)),
    )
    found: dict[str, dict[str, StoredRelease]] = {}
    for kode, period, *row in await cursor.fetchall():
        found.setdefault(kode, {})[period] = StoredRelease(*row)
    return found


async def flows(conn: Conn, elemen: Sequence[str]) -> set[str]:
    """Those of which a longer period is the sum of its parts."""
    cursor = await conn.execute(
        "SELECT kode FROM elemen WHERE kode = ANY(%s) AND agregasi_waktu = 'JUMLAH'", (list(elemen),)
    )
    return {e for (e,) in await cursor.fetchall()}


async def periods_released(conn: Conn, kode_kab: str, elemen: Sequence[str]) -> set[str]:
    """Periods of which an office has released one of those elements."""
    cursor = await conn.execute(
        "SELECT DISTINCT periode FROM rilis_kantor WHERE kode_kab = %s AND elemen = ANY(%s)", (kode_kab, list(elemen))
    )
    return {p for (p,) in await cursor.fetchall()}


async def add_version(conn: Conn, kode_kab: str, periode: str, elemen: str, stored: StoredRelease) -> None:
    await conn.execute(
        "INSERT INTO rilis_kantor (kode_kab, elemen, periode, versi, isi, keperluan, ruang, jalur, terancam) "
        "VALUES (%s, %s, %s, %s, %s::jsonb, %s::jsonb, %s::jsonb, %s, %s)",
        (
            kode_kab, elemen, periode, stored.versi, orjson.dumps(stored.isi).decode(),
            orjson.dumps(stored.keperluan).decode(), orjson.dumps(stored.ruang).decode(), stored.jalur, stored.terancam,
        ),
    )  # fmt: skip


async def changed_by_catalogue(conn: Conn, kode_kab: str, periode: str) -> set[str]:
    """Elements whose sensitivity has changed since they were decided for that office and period."""
    cursor = await conn.execute(
        "SELECT elemen FROM rilis_tunggu WHERE kode_kab = %s AND periode = %s AND sebab = %s",
        (kode_kab, periode, BY_CATALOGUE),
    )
    return {e for (e,) in await cursor.fetchall()}


async def put_waiting(
    conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str], waiting: Mapping[str, str]
) -> None:
    """Say which of those elements' revisions wait, and why; since when stays where one waited before."""
    await conn.execute(
        "DELETE FROM rilis_tunggu WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s)",
        (kode_kab, periode, [e for e in elemen if e not in waiting]),
    )
    await conn.execute(
        "INSERT INTO rilis_tunggu (kode_kab, elemen, periode, rincian, sebab) "
        "SELECT %s, t.elemen, %s, '{}', t.sebab FROM unnest(%s::text[], %s::text[]) t(elemen, sebab) "
        "ON CONFLICT (kode_kab, elemen, periode, rincian) DO UPDATE SET sebab = excluded.sebab "
        "WHERE rilis_tunggu.sebab <> excluded.sebab",
        (kode_kab, periode, [*waiting], [*waiting.values()]),
    )


async def replace_seen(
    conn: Conn, key: tuple[str, str], before: Mapping[Cell, RawRow], after: Iterable[RawRow]
) -> None:
    """Make these what everybody sees of that office and period (`key`). Rows that say the same stay as they are, with their time."""
    kode_kab, periode = key
    wanted = {r.cell: r for r in after}
    same = {c for c, r in wanted.items() if (b := before.get(c)) and (b.nilai, b.status) == (r.nilai, r.status)}
    gone = [r for c, r in before.items() if c not in same]
    for start in range(0, len(gone), BATCH):
        rows = gone[start : start + BATCH]
        # by the whole key: by less of it each row would be looked for among all of its element
        await conn.execute(
            "DELETE FROM angka_rilis a USING unnest(%s::text[], %s::smallint[], %s::text[], %s::text[], %s::jsonb[]) "
            "t(elemen, tingkat, dimensi, kode, rincian) WHERE a.kode_kab = %s AND a.elemen = t.elemen AND a.periode = %s "
            "AND a.tingkat = t.tingkat AND a.dimensi = t.dimensi AND a.kode_wilayah = t.kode AND a.rincian = t.rincian",
            (
                *_places(rows), kode_kab, periode,
            ),
        )  # fmt: skip
    fresh = [r for c, r in wanted.items() if c not in same]
    for start in range(0, len(fresh), BATCH):
        rows = fresh[start : start + BATCH]
        await conn.execute(
            "INSERT INTO angka_rilis (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "SELECT %s, %s, t.*, false "
            "FROM unnest(%s::text[], %s::smallint[], %s::text[], %s::text[], %s::jsonb[], %s::numeric[], %s::text[]) t",
            (
                kode_kab, periode, *_places(rows), number_array(r.nilai for r in rows),
                text_array(r.status for r in rows),
            ),
        )  # fmt: skip


def _places(rows: Sequence[RawRow]) -> tuple[str, ...]:
    """Arrays of elements, levels, breakdowns, regions, choices."""
    return (
        text_array(r.elemen for r in rows),
        number_array(int(r.level) for r in rows),
        text_array("|".join(n for n, _ in r.choices) for r in rows),
        text_array(r.region for r in rows),
        text_array(json_of(r.choices) for r in rows),
    )


async def fold_released(conn: Conn, key: RekapKey, elemen: Sequence[str], parts: Sequence[str]) -> None:
    """Make what everybody sees of `key.periode` out of what he sees of its parts, by the rule by which the figures were made: flows add
    up and are closed where a part is; else the part counts that counts there."""
    values = {"kab": key.kode_kab, "periode": key.periode, "elemen": list(elemen), "bagian": list(parts)}
    await conn.execute(_FOLD_GONE, values)
    await conn.execute(_FOLD_NEW, values)


# which part counts is chosen by the figures themselves: what is hidden in it is there all the same
_FOLDED = """
WITH bagian AS MATERIALIZED (
  SELECT a.elemen, a.periode, e.agregasi_waktu = 'JUMLAH' AS aliran, bool_or(a.nilai IS NOT NULL) AS berisi
  FROM angka a JOIN elemen e ON e.kode = a.elemen
  WHERE a.kode_kab = %(kab)s AND a.elemen = ANY(%(elemen)s) AND a.periode = ANY(%(bagian)s) AND e.agregasi_waktu <> 'TIDAK'
  GROUP BY a.elemen, a.periode, e.agregasi_waktu
), terhitung AS MATERIALIZED (
  SELECT b.elemen, b.periode FROM (
    SELECT b.*, coalesce(max(b.periode) FILTER (WHERE b.berisi) OVER w, max(b.periode) OVER w) AS terbaru
    FROM bagian b WINDOW w AS (PARTITION BY b.elemen)
  ) b WHERE b.aliran OR b.periode = b.terbaru
), lipat AS MATERIALIZED (
  SELECT r.elemen, r.tingkat, r.dimensi, r.kode_wilayah, r.rincian,
    CASE WHEN NOT bool_or(r.status = 'DISUPRESI') THEN sum(r.nilai) END AS nilai,
    CASE WHEN bool_or(r.status = 'DISUPRESI') THEN 'DISUPRESI' WHEN sum(r.nilai) = 0 THEN 'NOL' WHEN count(r.nilai) > 0 THEN 'ADA'
      WHEN count(DISTINCT r.status) = 1 THEN min(r.status) ELSE 'TIDAK_ADA_DATA' END AS status
  FROM angka_rilis r JOIN terhitung t ON t.elemen = r.elemen AND t.periode = r.periode
  WHERE r.kode_kab = %(kab)s AND r.tingkat > 1
  GROUP BY r.elemen, r.tingkat, r.dimensi, r.kode_wilayah, r.rincian
)
"""
# IN, all of it filled in (a status says whether there is a number): looked up in a hash, also while nobody has counted what was written a moment ago
_FOLD_GONE = f"""{_FOLDED}
DELETE FROM angka_rilis a WHERE a.kode_kab = %(kab)s AND a.periode = %(periode)s AND a.elemen = ANY(%(elemen)s) AND a.tingkat > 1
  AND NOT (a.turunan AND (a.elemen, a.tingkat, a.dimensi, a.kode_wilayah, a.rincian, a.status, coalesce(a.nilai, 0)) IN (
    SELECT l.elemen, l.tingkat, l.dimensi, l.kode_wilayah, l.rincian, l.status, coalesce(l.nilai, 0) FROM lipat l))"""
_FOLD_NEW = f"""{_FOLDED}
INSERT INTO angka_rilis (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT %(kab)s, %(periode)s, l.elemen, l.tingkat, l.dimensi, l.kode_wilayah, l.rincian, l.nilai, l.status, true FROM lipat l
ON CONFLICT DO NOTHING"""


async def stated(conn: Conn, kode_kab: str, periode: str, elemen: Sequence[str]) -> dict[Cell, Decimal]:
    """What an office stated as its totals."""
    cursor = await conn.execute(
        "SELECT elemen, kode_wilayah, rincian, tertulis FROM angka_tertulis WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s)",
        (kode_kab, periode, list(elemen)),
    )
    return {(e, w, choices_of(r)): said for e, w, r, said in await cursor.fetchall()}


async def replace_stated_seen(
    conn: Conn, key: tuple[str, str], elemen: Sequence[str], rows: Mapping[Cell, Decimal]
) -> None:
    """Make these the stated totals that everybody sees of that office and period (`key`)."""
    kode_kab, periode = key
    await conn.execute(
        "DELETE FROM angka_tertulis_rilis WHERE kode_kab = %s AND periode = %s AND elemen = ANY(%s)",
        (kode_kab, periode, list(elemen)),
    )
    await conn.execute(
        "INSERT INTO angka_tertulis_rilis (kode_kab, periode, elemen, kode_wilayah, dimensi, rincian, tertulis) "
        "SELECT %s, %s, t.* FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[], %s::numeric[]) t",
        (
            kode_kab, periode, [e for e, _, _ in rows], [w for _, w, _ in rows], ["|".join(n for n, _ in r) for _, _, r in rows],
            [json_of(r) for _, _, r in rows], list(rows.values()),
        ),
    )  # fmt: skip


async def totals_seen(conn: Conn, kode_kab: str, periode: str) -> dict[str, dict[str, str]]:
    """Element of sensitivity ≥ 1 → region → status of its total as everybody sees it; of nothing reported, and of a revision that
    waits, nothing."""
    cursor = await conn.execute(
        "SELECT e.kode, r.kode_wilayah, r.status FROM elemen e LEFT JOIN angka_rilis r ON r.kode_kab = %(kab)s "
        "AND r.periode = %(periode)s AND r.elemen = e.kode AND r.dimensi = '' AND NOT EXISTS (SELECT FROM rilis_tunggu t "
        "WHERE t.kode_kab = %(kab)s AND t.elemen = e.kode AND t.periode = %(periode)s) WHERE e.sensitif >= 1",
        {"kab": kode_kab, "periode": periode},
    )
    found: dict[str, dict[str, str]] = {}
    for kode, region, status in await cursor.fetchall():
        regions = found.setdefault(kode, {})
        if region is not None:
            regions[region] = status
    return found


async def thresholds_of(conn: Conn, provinsi: str) -> Thresholds:
    """How small a count that province hides."""
    cursor = await conn.execute(
        "SELECT k1, k2, k3 FROM ambang_rilis WHERE kode_kab = %s ORDER BY sejak DESC LIMIT 1", (provinsi,)
    )
    row = await cursor.fetchone()
    return Thresholds() if row is None else Thresholds(*row)
