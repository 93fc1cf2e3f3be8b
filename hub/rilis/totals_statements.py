"""Statements over totals of provinces: what the next decision needs to know, and writing what it says. Within the hub's own
transaction that holds them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

from hub.angka.history import expected
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.db.database import Conn
from hub.katalog.formula import Rincian
from hub.rilis.province import Total
from hub.rilis.reasons import BY_CATALOGUE
from hub.rilis.settled import Finer, Own, Row, Stated
from hub.rilis.shown_rows import CLOSED, COUNTED_BY, RESULTS
from hub.rilis.stored import StoredRelease, choices_of, figures_of, json_of, released
from hub.wilayah.first_list import region_day

Key = tuple[str, Rincian]
"""Element and choices."""
_NO_TOTALS = (*COUNTED_BY, RESULTS)  # added up on reading


@dataclass(frozen=True, slots=True)
class Place:
    """Whose totals: code of a province, a form, a period."""

    provinsi: str
    formulir: str
    periode: str

    def params(self, **more: Any) -> dict[str, Any]:
        return {"prov": self.provinsi, "formulir": self.formulir, "periode": self.periode, **more}


def _below(code: str) -> str:
    """Whether a code lies in the province."""
    return f"{code} >= %(prov)s || '.' AND {code} < %(prov)s || '/'"


async def hold_totals(conn: Conn, provinsi: str, formulir: str, periode: str) -> None:
    """Hold the totals of a province by one form and period until the transaction ends. Whoever changes what they are made of
    takes it too: a decision looks at all offices at once. Of several periods the finest is held first."""
    await conn.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('rilis ' || %s || ' ' || %s || ' ' || %s, 0))",
        (provinsi, formulir, periode),
    )


async def elements_of(conn: Conn, formulir: str) -> dict[str, str]:
    """Sensitive elements of a form whose totals are added up → how they behave over time (JUMLAH, TERAKHIR, UNIK, TIDAK)."""
    cursor = await conn.execute(
        "SELECT kode, agregasi_waktu FROM elemen WHERE formulir = %s AND sensitif >= 1 "
        "AND agregasi_wilayah IN ('JUMLAH', 'HITUNG') AND kode <> ALL(%s) ORDER BY urut",
        (formulir, list(_NO_TOTALS)),
    )
    return dict(await cursor.fetchall())


async def in_force(conn: Conn, at: Place) -> frozenset[str]:
    """Kabupaten that a province consists of for that period."""
    cursor = await conn.execute(
        f"SELECT w.kode FROM (SELECT {region_day('%(prov)s::text', '%(akhir)s::date')} AS akhir) p JOIN wilayah w ON w.tingkat = 2 "
        f"AND {_below('w.kode_kab')} AND w.kode_induk = %(prov)s "
        "AND w.berlaku_sejak <= p.akhir AND w.hari_terakhir >= p.akhir",
        at.params(akhir=Periode.read(at.periode).last_day),
    )
    return frozenset(k for (k,) in await cursor.fetchall())


async def completeness(conn: Conn, at: Place, kabupaten: Iterable[str]) -> tuple[int, ...]:
    """Of those kabupaten: offices expected, received, approved, in time."""
    cursor = await conn.execute(
        f"""
SELECT h.n * cardinality(%(kab)s::text[]), h.n * coalesce(sum(k.diterima), 0)::int, h.n * coalesce(sum(k.disetujui), 0)::int,
  h.n * coalesce(sum(k.tepat_waktu), 0)::int
FROM formulir f CROSS JOIN LATERAL (SELECT {expected("%(periode)s", "f")} AS n) h
LEFT JOIN kelengkapan k ON k.kode_kab = ANY(%(kab)s) AND k.formulir = f.kode AND k.periode = %(periode)s
WHERE f.kode = %(formulir)s GROUP BY h.n
""",
        at.params(kab=sorted(kabupaten)),
    )
    row = await cursor.fetchone()
    return tuple(row) if row else (0, 0, 0, 0)


async def newest_releases(conn: Conn, at: Place, elemen: Sequence[str], counted: frozenset[str]) -> dict[str, Own]:
    """Per element the newest release of every kabupaten. `counted`: those that are in force."""
    cursor = await conn.execute(
        f"""
SELECT k.kode_kab, k.elemen, k.versi, jsonb_path_query_array(k.isi, 'strict $[*] ? (@[0] == $kab)', jsonb_build_object('kab', k.kode_kab)),
  k.keperluan, k.ruang, k.jalur, k.terancam
FROM (
  SELECT kode_kab, elemen, periode, max(versi) AS versi FROM rilis_kantor
  WHERE {_below("kode_kab")} AND elemen = ANY(%(elemen)s) AND periode = %(periode)s GROUP BY kode_kab, elemen, periode
) n JOIN rilis_kantor k USING (kode_kab, elemen, periode, versi)
""",
        at.params(elemen=list(elemen)),
    )
    offices: dict[str, dict[str, StoredRelease]] = defaultdict(dict)
    async for kab, kode, *stored in cursor:
        offices[kode][kab] = StoredRelease(*stored)
    return await off_loop(sum(map(len, offices.values())) * 100, _owned, offices, at.periode, counted)


def _owned(offices: Mapping[str, Mapping[str, StoredRelease]], periode: str, counted: frozenset[str]) -> dict[str, Own]:
    return {
        kode: Own(
            {k: released(s, k) for k, s in by_kab.items()},
            {k: figures_of(s, periode) for k, s in by_kab.items()},
            frozenset(by_kab) - counted,
        )
        for kode, by_kab in offices.items()
    }


async def shown_totals(conn: Conn, at: Place, elemen: Sequence[str]) -> dict[str, list[Total]]:
    """Per element every version of a total that was ever open, oldest first."""
    cursor = await conn.execute(
        "SELECT elemen, rincian, nilai, bagian FROM rilis_total WHERE kode_kab = %(prov)s AND elemen = ANY(%(elemen)s) "
        "AND periode = %(periode)s ORDER BY versi",
        at.params(elemen=list(elemen)),
    )
    found: dict[str, list[Total]] = defaultdict(list)
    async for kode, rincian, nilai, parts in cursor:
        found[kode].append(Total(choices_of(rincian), int(nilai), parts))
    return found


async def rows_of(
    conn: Conn, provinsi: str, elemen: Sequence[str], periods: Sequence[str]
) -> dict[str, dict[tuple[str, Rincian], Row]]:
    """Per element totals of the province as they are seen: (period, choices) → row."""
    cursor = await conn.execute(
        "SELECT elemen, periode, rincian, nilai, turunan, kelengkapan, terisi FROM angka_rilis "
        "WHERE kode_kab = %s AND elemen = ANY(%s) AND periode = ANY(%s) AND tingkat = 1",
        (provinsi, list(elemen), list(periods)),
    )
    found: dict[str, dict[tuple[str, Rincian], Row]] = defaultdict(dict)
    async for kode, periode, rincian, nilai, turunan, kelengkapan, filled in cursor:
        value = None if nilai is None else int(nilai)
        found[kode][periode, choices_of(rincian)] = Row(value, turunan, tuple(kelengkapan), filled)
    return found


async def reported(conn: Conn, at: Place, elemen: Sequence[str]) -> dict[str, set[str]]:
    """Per element the kabupaten of which there is a figure of that period, whether or not it was released."""
    cursor = await conn.execute(
        f"SELECT DISTINCT elemen, kode_kab FROM angka WHERE {_below('kode_kab')} AND elemen = ANY(%(elemen)s) "
        "AND periode = %(periode)s AND tingkat = 2 AND nilai IS NOT NULL",
        at.params(elemen=list(elemen)),
    )
    found: dict[str, set[str]] = defaultdict(set)
    async for kode, kab in cursor:
        found[kode].add(kab)
    return found


async def undecided(conn: Conn, at: Place) -> set[str]:
    """Elements whose sensitivity has changed, and of which some kabupaten has not been decided again for that period."""
    cursor = await conn.execute(
        f"SELECT DISTINCT elemen FROM rilis_tunggu WHERE {_below('kode_kab')} AND periode = %(periode)s AND sebab = %(sebab)s",
        at.params(sebab=BY_CATALOGUE),
    )
    return {e for (e,) in await cursor.fetchall()}


async def finer_of(conn: Conn, at: Place, elemen: Sequence[str]) -> dict[str, Finer]:
    """Per element what there is in the parts of that period."""
    parts = [str(p) for p in Periode.read(at.periode).parts]
    if not parts or not elemen:
        return {}
    rows = await rows_of(conn, at.provinsi, elemen, parts)
    carried: dict[str, dict[tuple[str, Rincian], frozenset[str]]] = defaultdict(dict)
    cursor = await conn.execute(
        "SELECT elemen, periode, rincian, array_agg(kode_kab) FROM angka_rilis "
        f"WHERE {_below('kode_kab')} AND elemen = ANY(%(elemen)s) AND periode = ANY(%(bagian)s) AND tingkat = 2 "
        "AND (nilai IS NOT NULL OR status = %(tutup)s) GROUP BY elemen, periode, rincian",
        at.params(elemen=list(elemen), bagian=parts, tutup=CLOSED),
    )
    async for kode, periode, rincian, kabupaten in cursor:
        carried[kode][periode, choices_of(rincian)] = frozenset(kabupaten)
    counted: dict[str, dict[str, str]] = defaultdict(dict)
    cursor = await conn.execute(
        f"SELECT elemen, kode_kab, max(periode) FROM angka WHERE {_below('kode_kab')} AND elemen = ANY(%(elemen)s) "
        "AND periode = ANY(%(bagian)s) AND tingkat = 2 AND nilai IS NOT NULL GROUP BY elemen, kode_kab",
        at.params(elemen=list(elemen), bagian=parts),
    )
    async for kode, kab, periode in cursor:
        counted[kode][kab] = periode
    return {k: Finer(rows.get(k, {}), carried.get(k, {}), counted.get(k, {})) for k in elemen}


# ---------- writing ----------


async def replace_rows(conn: Conn, at: Place, gone: Iterable[Key], come: Mapping[Key, Row]) -> None:
    """Take those totals away and put these in their place; all others stay, and since when they stand."""
    away = [*gone]
    if away:
        await conn.execute(
            "DELETE FROM angka_rilis a USING unnest(%(elemen)s::text[], %(rincian)s::jsonb[]) AS t(elemen, rincian) "
            "WHERE a.kode_kab = %(prov)s AND a.elemen = t.elemen AND a.periode = %(periode)s AND a.tingkat = 1 "
            "AND a.rincian = t.rincian",
            at.params(elemen=[e for e, _ in away], rincian=[json_of(c) for _, c in away]),
        )
    if come:
        await conn.execute(
            """
INSERT INTO angka_rilis (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan, kelengkapan, terisi)
SELECT %(prov)s, t.elemen, %(periode)s, 1, t.dimensi, %(prov)s, t.rincian, t.nilai, t.status, t.turunan,
  ARRAY[t.diharapkan, t.diterima, t.disetujui, t.tepat], t.terisi
FROM unnest(%(elemen)s::text[], %(dimensi)s::text[], %(rincian)s::jsonb[], %(nilai)s::numeric[], %(status)s::text[],
  %(turunan)s::boolean[], %(diharapkan)s::int[], %(diterima)s::int[], %(disetujui)s::int[], %(tepat)s::int[], %(terisi)s::int[])
  AS t(elemen, dimensi, rincian, nilai, status, turunan, diharapkan, diterima, disetujui, tepat, terisi)
""",
            at.params(
                elemen=[e for e, _ in come],
                dimensi=["|".join(n for n, _ in c) for _, c in come],
                rincian=[json_of(c) for _, c in come],
                nilai=[r.value for r in come.values()],
                status=[r.status for r in come.values()],
                turunan=[r.folded for r in come.values()],
                terisi=[r.filled for r in come.values()],
                **{
                    name: [r.completeness[i] for r in come.values()]
                    for i, name in enumerate(("diharapkan", "diterima", "disetujui", "tepat"))
                },
            ),
        )


async def add_versions(conn: Conn, at: Place, opened: Sequence[tuple[str, Total]]) -> None:
    """Keep that these totals were open."""
    if not opened:
        return
    await conn.execute(
        """
INSERT INTO rilis_total (kode_kab, elemen, periode, rincian, versi, nilai, bagian)
SELECT %(prov)s, t.elemen, %(periode)s, t.rincian, coalesce((
    SELECT max(l.versi) + 1 FROM rilis_total l
    WHERE l.kode_kab = %(prov)s AND l.elemen = t.elemen AND l.periode = %(periode)s AND l.rincian = t.rincian), 0), t.nilai, t.bagian
FROM unnest(%(elemen)s::text[], %(rincian)s::jsonb[], %(nilai)s::numeric[], %(bagian)s::jsonb[]) AS t(elemen, rincian, nilai, bagian)
""",
        at.params(
            elemen=[e for e, _ in opened],
            rincian=[json_of(t.choices) for _, t in opened],
            nilai=[t.value for _, t in opened],
            bagian=[orjson.dumps(dict(t.parts)).decode() for _, t in opened],
        ),
    )


async def replace_waiting(conn: Conn, at: Place, elemen: Sequence[str], waiting: Mapping[Key, str]) -> None:
    """Make these what waits of those elements; what waited before does so since then, whatever for."""
    params = at.params(
        semua=list(elemen),
        elemen=[e for e, _ in waiting],
        rincian=[json_of(c) for _, c in waiting],
        sebab=[*waiting.values()],
    )
    await conn.execute(
        "DELETE FROM rilis_tunggu w WHERE w.kode_kab = %(prov)s AND w.elemen = ANY(%(semua)s) AND w.periode = %(periode)s "
        "AND NOT EXISTS (SELECT FROM unnest(%(elemen)s::text[], %(rincian)s::jsonb[]) AS t(elemen, rincian) "
        "WHERE t.elemen = w.elemen AND t.rincian = w.rincian)",
        params,
    )
    if waiting:
        await conn.execute(
            "INSERT INTO rilis_tunggu (kode_kab, elemen, periode, rincian, sebab) "
            "SELECT %(prov)s, t.elemen, %(periode)s, t.rincian, t.sebab "
            "FROM unnest(%(elemen)s::text[], %(rincian)s::jsonb[], %(sebab)s::text[]) AS t(elemen, rincian, sebab) "
            "ON CONFLICT (kode_kab, elemen, periode, rincian) DO UPDATE SET sebab = excluded.sebab "
            "WHERE rilis_tunggu.sebab <> excluded.sebab",
            params,
        )


async def money_of(conn: Conn, formulir: str) -> list[str]:
    """Money of counted families that a form asks for."""
    cursor = await conn.execute(
        "SELECT kode FROM elemen WHERE formulir = %s AND kode = ANY(%s)", (formulir, list(COUNTED_BY))
    )
    return [e for (e,) in await cursor.fetchall()]


async def stated_of(conn: Conn, at: Place, elemen: Sequence[str]) -> dict[Key, Stated]:
    """What the province states, beside what its kabupaten show of the same."""
    cursor = await conn.execute(
        f"""
SELECT t.elemen, t.rincian, t.tertulis, hub_peka(t.elemen, t.rincian), (
  SELECT bool_or(r.status = %(tutup)s) FROM angka_rilis r WHERE {_below("r.kode_kab")} AND r.elemen = t.elemen
    AND r.periode = t.periode AND r.tingkat = 2 AND r.dimensi = t.dimensi AND r.rincian = t.rincian
    AND (r.nilai IS NOT NULL OR r.status = %(tutup)s))
FROM angka_tertulis t
WHERE t.kode_kab = %(prov)s AND t.elemen = ANY(%(elemen)s) AND t.periode = %(periode)s AND t.kode_wilayah = %(prov)s
""",
        at.params(elemen=list(elemen), tutup=CLOSED),
    )
    return {(kode, choices_of(rincian)): Stated(*found) for kode, rincian, *found in await cursor.fetchall()}


async def replace_told(conn: Conn, at: Place, elemen: Sequence[str], told: Mapping[Key, Decimal]) -> None:
    """Make these the statements of a province that everybody sees; those that are seen already stay as they are."""
    params = at.params(
        semua=list(elemen),
        elemen=[e for e, _ in told],
        dimensi=["|".join(n for n, _ in c) for _, c in told],
        rincian=[json_of(c) for _, c in told],
        tertulis=[*told.values()],
    )
    mine = "a.kode_kab = %(prov)s AND a.periode = %(periode)s"
    new = "unnest(%(elemen)s::text[], %(dimensi)s::text[], %(rincian)s::jsonb[], %(tertulis)s::numeric[]) AS t(elemen, dimensi, rincian, tertulis)"
    await conn.execute(
        f"DELETE FROM angka_tertulis_rilis a WHERE {mine} AND a.elemen = ANY(%(semua)s) AND NOT EXISTS (SELECT FROM {new} "
        "WHERE t.elemen = a.elemen AND a.kode_wilayah = %(prov)s AND t.rincian = a.rincian AND t.tertulis = a.tertulis)",
        params,
    )
    await conn.execute(
        "INSERT INTO angka_tertulis_rilis (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis) "
        f"SELECT %(prov)s, t.elemen, %(periode)s, %(prov)s, t.dimensi, t.rincian, t.tertulis FROM {new} "
        f"WHERE NOT EXISTS (SELECT FROM angka_tertulis_rilis a WHERE {mine} AND a.elemen = t.elemen AND a.kode_wilayah = %(prov)s "
        "AND a.dimensi = t.dimensi AND a.rincian = t.rincian)",
        params,
    )
