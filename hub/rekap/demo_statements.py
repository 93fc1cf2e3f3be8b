"""Many rekap of one office at once, as the demo brings them, with the times they are made out to have been sent and judged at. Each
statement writes what the statements of a single rekap write; the caller's role and row security are the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from hub.base.public_id import RekapKey
from hub.db.arrays import number_array, text_array
from hub.db.database import Conn
from hub.katalog.formula import Rincian
from hub.rekap.moves import SUBMITTED
from hub.rekap.statements import Event, NewRevision, NilaiRow

_BATCH = 10_000  # rows of one statement


@dataclass(frozen=True, slots=True)
class SentRekap:
    """A rekap of an office, sent and not judged yet. `submitted`: when first, and whether in time."""

    formulir: str
    periode: str
    revisi: int
    tenggat: date
    submitted: datetime
    on_time: bool


async def insert_sent(conn: Conn, kode_kab: str, rekap: Sequence[SentRekap]) -> None:
    await conn.execute(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, tenggat, diajukan_pada, tepat_waktu) "
        "SELECT %s, t.formulir, t.periode, %s, t.revisi, t.tenggat, t.pada, t.tepat "
        "FROM unnest(%s::text[], %s::text[], %s::integer[], %s::date[], %s::timestamptz[], %s::boolean[]) "
        "AS t(formulir, periode, revisi, tenggat, pada, tepat)",
        (
            kode_kab, SUBMITTED, [r.formulir for r in rekap], [r.periode for r in rekap], [r.revisi for r in rekap],
            [r.tenggat for r in rekap], [r.submitted for r in rekap], [r.on_time for r in rekap],
        ),
    )  # fmt: skip


async def insert_revisions(conn: Conn, revisions: Sequence[tuple[RekapKey, NewRevision, datetime]]) -> None:
    """Each with when it was made. All of one office."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, "
            "hash_isi, versi_formulir, surat_nomor, surat_tanggal) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    k.kode_kab, k.formulir, k.periode, r.revisi, r.jenis, at, r.oleh, r.kunci_idempoten, r.hash_isi, r.versi_formulir,
                    r.surat_nomor, r.surat_tanggal,
                )
                for k, r, at in revisions
            ],
        )  # fmt: skip


async def insert_values(conn: Conn, kode_kab: str, rows: Iterable[tuple[RekapKey, int, NilaiRow]]) -> None:
    """Cells of several revisions: key, revision, cell."""
    every = list(rows)
    for start in range(0, len(every), _BATCH):
        some = every[start : start + _BATCH]
        choices = {c: number for number, c in enumerate({n.rincian for _, _, n in some}, 1)}  # each is sent once
        await conn.execute(
            "INSERT INTO rekap_nilai (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status) "
            "SELECT %s, n.formulir, n.periode, n.revisi, n.elemen, n.wilayah, (%s::jsonb[])[n.rincian], n.nilai, n.status "
            "FROM unnest(%s::text[], %s::text[], %s::integer[], %s::text[], %s::text[], %s::integer[], %s::numeric[], %s::text[]) "
            "AS n(formulir, periode, revisi, elemen, wilayah, rincian, nilai, status)",
            (
                kode_kab, text_array(map(_json, choices)), text_array(k.formulir for k, _, _ in some),
                text_array(k.periode for k, _, _ in some), number_array(r for _, r, _ in some), text_array(n.elemen for _, _, n in some),
                text_array(n.kode_wilayah for _, _, n in some), number_array(choices[n.rincian] for _, _, n in some),
                number_array(n.nilai for _, _, n in some), text_array(n.status for _, _, n in some),
            ),
        )  # fmt: skip


async def insert_events(conn: Conn, events: Sequence[tuple[RekapKey, int, Event]]) -> None:
    """Each with its number in the history of its rekap."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, catatan) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    k.kode_kab, k.formulir, k.periode, number, e.at, e.by, e.action, e.from_status, e.to_status, e.revision, e.reason,
                    orjson.dumps(list(e.notes)).decode(),
                )
                for k, number, e in events
            ],
        )  # fmt: skip


async def judge(conn: Conn, judged: Sequence[tuple[RekapKey, str, int | None]]) -> None:
    """Where those rekap stand after the province has looked at them, and which revision counts (None: none)."""
    await conn.execute(
        "UPDATE rekap r SET status = t.status, revisi_disetujui = t.disetujui "
        "FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::integer[]) AS t(kab, formulir, periode, status, disetujui) "
        "WHERE r.kode_kab = t.kab AND r.formulir = t.formulir AND r.periode = t.periode",
        (
            [k.kode_kab for k, _, _ in judged], [k.formulir for k, _, _ in judged], [k.periode for k, _, _ in judged],
            [s for _, s, _ in judged], [n for _, _, n in judged],
        ),
    )  # fmt: skip


async def leave_totals_of(conn: Conn, provinsi: str, places: Iterable[tuple[str, str]]) -> None:
    """Jobs that make the province's totals of those forms and periods."""
    listed = sorted(places)
    await conn.execute(
        "SELECT hub_tunda_total(%s, t.formulir, t.periode) FROM unnest(%s::text[], %s::text[]) AS t(formulir, periode)",
        (provinsi, [f for f, _ in listed], [p for _, p in listed]),
    )


def _json(rincian: Rincian) -> str:
    return orjson.dumps(dict(rincian)).decode()
