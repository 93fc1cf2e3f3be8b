"""Statements over several rekap of one reporter at once: where they stand, and all that their submissions write. Every call runs under
the reporter's role, holding what it says by these forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import orjson

from hub.angka.cells import CleanCell
from hub.base.public_id import RekapKey
from hub.db.arrays import number_array, text_array
from hub.db.database import Conn
from hub.db.many_rows import BATCH
from hub.katalog.formula import Rincian
from hub.rekap.statements import Event, NewRevision, RekapHead, lock_of

Form = tuple[str, str]
"""Form and period of a rekap of the reporter at hand."""


async def hold_all(conn: Conn, kode_kab: str, forms: Iterable[str]) -> None:
    """As hub.rekap.statements.hold, of several forms, always in the same order."""
    await conn.execute(
        f"SELECT pg_advisory_xact_lock({lock_of('%(kab)s', 'f')}) FROM unnest(%(formulir)s::text[]) f",
        {"kab": kode_kab, "formulir": sorted(set(forms))},
    )


async def heads(conn: Conn, kode_kab: str, forms: Iterable[str]) -> dict[Form, RekapHead]:
    """Where every rekap of the reporter by these forms stands."""
    cursor = await conn.execute(
        "SELECT formulir, periode, status, revisi, revisi_disetujui, tenggat FROM rekap WHERE kode_kab = %s AND formulir = ANY(%s)",
        (kode_kab, sorted(set(forms))),
    )
    return {(f, p): RekapHead(*rest) for f, p, *rest in await cursor.fetchall()}


async def keys_used(conn: Conn, kode_kab: str, keys: Iterable[str]) -> set[str]:
    """Those of the idempotency keys that the reporter has used."""
    cursor = await conn.execute(
        "SELECT kunci_idempoten FROM rekap_revisi WHERE kode_kab = %s AND kunci_idempoten = ANY(%s)",
        (kode_kab, sorted(set(keys))),
    )
    return {k for (k,) in await cursor.fetchall()}


async def due_dates(conn: Conn, kode_kab: str, asked: Iterable[Form]) -> dict[Form, date]:
    """As hub.rekap.statements.due_date, of several."""
    forms = sorted(set(asked))
    cursor = await conn.execute(
        "SELECT DISTINCT ON (formulir, periode) formulir, periode, tanggal FROM tenggat "
        "WHERE (formulir, periode) IN (SELECT * FROM unnest(%s::text[], %s::text[])) AND kode_wilayah IN (%s, left(%s, 2)) "
        "ORDER BY formulir, periode, kode_wilayah DESC, urut DESC",
        ([f for f, _ in forms], [p for _, p in forms], kode_kab, kode_kab),
    )
    return {(f, p): day for f, p, day in await cursor.fetchall()}


async def filled(conn: Conn, kode_kab: str, asked: Mapping[Form, int]) -> dict[Form, tuple[int, Decimal]]:
    """As hub.rekap.statements.filled, of these revisions."""
    if not asked:
        return {}
    cursor = await conn.execute(
        "SELECT d.formulir, d.periode, n.banyak, n.jumlah FROM unnest(%s::text[], %s::text[], %s::integer[]) "
        "AS d(formulir, periode, revisi) CROSS JOIN LATERAL (SELECT count(*) AS banyak, coalesce(sum(n.nilai), 0) AS jumlah "
        "FROM rekap_nilai n WHERE n.kode_kab = %s AND n.formulir = d.formulir AND n.periode = d.periode AND n.revisi = d.revisi "
        "AND n.nilai <> 0) n",
        ([f for f, _ in asked], [p for _, p in asked], list(asked.values()), kode_kab),
    )
    return {(f, p): (count, total) for f, p, count, total in await cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Submission:
    """One that is written. `total`, `temuan`: as rows; `far`: figures far from what is usual: (element, region, breakdown)."""

    key: RekapKey
    revision: NewRevision
    cells: Sequence[CleanCell]
    total: Sequence[tuple[str, str, Decimal, Decimal | None]]
    temuan: Sequence[Mapping[str, Any]]
    far: Sequence[tuple[str, str, Mapping[str, str]]]
    event: Event


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a rekap stands after all of them. `is_new`: it did not exist; `first`: time and timeliness of the first of them, which
    count where there was no submission before."""

    is_new: bool
    status: str
    revision: int
    tenggat: date
    first: tuple[datetime, bool]


async def write(
    conn: Conn, kode_kab: str, some: Sequence[Submission], moved: Mapping[Form, Moved], at: datetime
) -> bool:
    """Everything that these submissions are. False where the reporter used one of the keys a moment earlier: then all of it is to be
    rolled back."""
    if await _insert_revisions(conn, kode_kab, some, at) != len(some):
        return False
    async with conn.pipeline():
        await _move(conn, kode_kab, moved)
        await _insert_values(conn, kode_kab, some)
        await _insert_totals(conn, kode_kab, some)
        await _insert_findings(conn, kode_kab, some)
        await _insert_jumps(conn, kode_kab, some)
        await _insert_events(conn, kode_kab, some)
    return True


# ---------- each table ----------


async def _insert_revisions(conn: Conn, kode_kab: str, some: Sequence[Submission], at: datetime) -> int:
    """How many there are now of them."""
    revisions = [s.revision for s in some]
    cursor = await conn.execute(
        "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, hash_isi, "
        "versi_formulir, surat_nomor, surat_tanggal, asal_pada) SELECT %s, d.formulir, d.periode, d.revisi, d.jenis, %s, d.oleh, "
        "d.kunci, d.hash, d.versi, d.nomor, d.tanggal, d.asal FROM unnest(%s::text[], %s::text[], %s::integer[], %s::text[], "
        "%s::text[], %s::text[], %s::bytea[], %s::integer[], %s::text[], %s::date[], %s::timestamptz[]) "
        "AS d(formulir, periode, revisi, jenis, oleh, kunci, hash, versi, nomor, tanggal, asal) "
        "ON CONFLICT (kode_kab, kunci_idempoten) DO NOTHING",
        (
            kode_kab, at, [s.key.formulir for s in some], [s.key.periode for s in some], [r.revisi for r in revisions],
            [r.jenis for r in revisions], [r.oleh for r in revisions], [r.kunci_idempoten for r in revisions],
            [r.hash_isi for r in revisions], [r.versi_formulir for r in revisions], [r.surat_nomor for r in revisions],
            [r.surat_tanggal for r in revisions], [r.asal_pada for r in revisions],
        ),
    )  # fmt: skip
    return cursor.rowcount


async def _move(conn: Conn, kode_kab: str, moved: Mapping[Form, Moved]) -> None:
    columns = "formulir, periode, status, revisi, tenggat, pada, tepat"
    listed = "unnest(%s::text[], %s::text[], %s::text[], %s::integer[], %s::date[], %s::timestamptz[], %s::boolean[])"
    for is_new, statement in (
        (
            True,
            "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, tenggat, diajukan_pada, tepat_waktu) "
            f"SELECT %s, d.* FROM {listed} AS d({columns})",
        ),
        (
            False,
            "UPDATE rekap r SET status = d.status, revisi = d.revisi, diajukan_pada = coalesce(r.diajukan_pada, d.pada), "
            "tepat_waktu = CASE WHEN r.diajukan_pada IS NULL THEN d.tepat ELSE r.tepat_waktu END "
            f"FROM (SELECT %s::text AS kode_kab, e.* FROM {listed} AS e({columns})) d "
            "WHERE r.kode_kab = d.kode_kab AND r.formulir = d.formulir AND r.periode = d.periode",
        ),
    ):
        those = {form: m for form, m in moved.items() if m.is_new is is_new}
        if those:
            each = list(those.values())
            await conn.execute(
                statement,
                (
                    kode_kab, [f for f, _ in those], [p for _, p in those], [m.status for m in each], [m.revision for m in each],
                    [m.tenggat for m in each], [m.first[0] for m in each], [m.first[1] for m in each],
                ),
            )  # fmt: skip


async def _insert_values(conn: Conn, kode_kab: str, some: Sequence[Submission]) -> None:
    of = (kode_kab, [s.key.formulir for s in some], [s.key.periode for s in some], [s.revision.revisi for s in some])
    columns, rows = _Columns(), _listed(some)
    numbered = [columns[column] for column in rows.columns]
    told = text_array(e for e, _ in columns), text_array(_json(r) for _, r in columns)  # each is sent once
    for start in range(0, len(numbered), 5 * BATCH):
        batch = slice(start, start + 5 * BATCH)
        await conn.execute(
            "INSERT INTO rekap_nilai (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status) "
            "SELECT %s, d.formulir, d.periode, d.revisi, k.elemen, n.wilayah, k.rincian, n.nilai, n.status "
            "FROM unnest(%s::integer[], %s::integer[], %s::text[], %s::numeric[], %s::text[]) "
            "WITH ORDINALITY AS n(dari, kolom, wilayah, nilai, status, urut) "
            "JOIN unnest(%s::text[], %s::text[], %s::integer[]) WITH ORDINALITY AS d(formulir, periode, revisi, nomor) ON d.nomor = n.dari "
            "JOIN unnest(%s::text[], %s::jsonb[]) WITH ORDINALITY AS k(elemen, rincian, nomor) ON k.nomor = n.kolom",
            (
                of[0], _joined(rows.places[batch]), _joined(numbered[batch]), text_array(rows.wilayah[batch]),
                _joined(rows.nilai[batch]), text_array(rows.status[batch]), *of[1:], *told,
            ),
        )  # fmt: skip


class _Columns(dict[tuple[str, Rincian], str]):
    """Element and breakdown → its number, from 1, as a text."""

    def __missing__(self, column: tuple[str, Rincian]) -> str:
        number = self[column] = str(len(self) + 1)
        return number


class _Rows(NamedTuple):
    """Cells, column by column. `places`: of their submission among all, from 1."""

    places: list[str]
    columns: list[tuple[str, Rincian]]
    wilayah: list[str]
    nilai: list[str]
    status: list[str]


def _listed(some: Sequence[Submission]) -> _Rows:
    rows = _Rows([], [], [], [], [])
    for place, s in enumerate(some, 1):
        rows.places.extend([str(place)] * len(s.cells))
        rows.columns.extend([(e.kode, r) for _, e, r, _, _, _, _ in s.cells])
        rows.wilayah.extend([c[0] for c in s.cells])
        rows.nilai.extend(["NULL" if n is None else str(n) for _, _, _, n, _, _, _ in s.cells])
        rows.status.extend([c[4] for c in s.cells])
    return rows


def _joined(numbers: Iterable[str]) -> str:
    """The array of what is written as a number already."""
    return "{" + ",".join(numbers) + "}"


def _json(rincian: Rincian) -> str:
    return orjson.dumps(dict(rincian)).decode()


async def _insert_totals(conn: Conn, kode_kab: str, some: Sequence[Submission]) -> None:
    rows = [(s.key, s.revision.revisi, place, *t) for s in some for place, t in enumerate(s.total, 1)]
    if rows:
        await conn.execute(
            "INSERT INTO rekap_total (kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung) "
            "SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::integer[], %s::text[], %s::text[], %s::numeric[], "
            "%s::numeric[])",
            (
                kode_kab, text_array(r[0].formulir for r in rows), text_array(r[0].periode for r in rows),
                number_array(r[1] for r in rows), number_array(r[2] for r in rows), text_array(r[3] for r in rows),
                text_array(r[4] for r in rows), number_array(r[5] for r in rows), number_array(r[6] for r in rows),
            ),
        )  # fmt: skip


async def _insert_findings(conn: Conn, kode_kab: str, some: Sequence[Submission]) -> None:
    rows = [(s.key, s.revision.revisi, place, t) for s in some for place, t in enumerate(s.temuan, 1)]
    if rows:
        texts = [
            text_array(t[name] for _, _, _, t in rows)
            for name in ("kode", "tingkat", "pesan", "wilayah", "elemen", "nilai", "usulan")
        ]
        await conn.execute(
            "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, nilai, usulan, "
            "lokasi) SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::integer[], %s::text[], %s::text[], %s::text[], "
            "%s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[])",
            (
                kode_kab, text_array(k.formulir for k, _, _, _ in rows), text_array(k.periode for k, _, _, _ in rows),
                number_array(r for _, r, _, _ in rows), number_array(u for _, _, u, _ in rows), *texts,
                text_array(orjson.dumps(t["lokasi"]).decode() for _, _, _, t in rows),
            ),
        )  # fmt: skip


async def _insert_jumps(conn: Conn, kode_kab: str, some: Sequence[Submission]) -> None:
    rows = [(s.key, s.revision.revisi, *f) for s in some for f in s.far]
    if rows:
        await conn.execute(
            "INSERT INTO rekap_lonjakan (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian) "
            "SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::text[], %s::text[], %s::jsonb[])",
            (
                kode_kab, [r[0].formulir for r in rows], [r[0].periode for r in rows], [r[1] for r in rows],
                [r[2] for r in rows], [r[3] for r in rows], [orjson.dumps(r[4]).decode() for r in rows],
            ),
        )  # fmt: skip


async def _insert_events(conn: Conn, kode_kab: str, some: Sequence[Submission]) -> None:
    events = [s.event for s in some]
    nth: dict[RekapKey, int] = {}
    places = [nth.setdefault(s.key, 0) or 0 for s in some]
    for position, s in enumerate(some):
        nth[s.key] += 1
        places[position] = nth[s.key]
    await conn.execute(
        "INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, catatan, "
        "asal_pada) SELECT %s, d.formulir, d.periode, d.ke_berapa + (SELECT count(*) FROM rekap_peristiwa p WHERE p.kode_kab = %s "
        "AND p.formulir = d.formulir AND p.periode = d.periode), d.pada, d.oleh, d.aksi, d.dari, d.ke, d.revisi, NULL, '[]', d.asal "
        "FROM unnest(%s::text[], %s::text[], %s::integer[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], "
        "%s::integer[], %s::timestamptz[]) AS d(formulir, periode, ke_berapa, pada, oleh, aksi, dari, ke, revisi, asal)",
        (
            kode_kab, kode_kab, [s.key.formulir for s in some], [s.key.periode for s in some], places, [e.at for e in events],
            [e.by for e in events], [e.action for e in events], [e.from_status for e in events], [e.to_status for e in events],
            [e.revision for e in events], [e.origin_at for e in events],
        ),
    )  # fmt: skip
