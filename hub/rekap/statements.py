"""Statements over the rekap: its head, its revisions, what was approved. Every call runs under the caller's role."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from psycopg.rows import class_row

from hub.base.public_id import RekapKey
from hub.db.arrays import number_array, text_array
from hub.db.database import Conn
from hub.db.many_rows import BATCH, batches
from hub.katalog.formula import Rincian


@dataclass(frozen=True, slots=True)
class RekapHead:
    """Where a rekap stands."""

    status: str
    revisi: int
    revisi_disetujui: int | None
    tenggat: date | None


@dataclass(frozen=True, slots=True)
class KeyUse:
    """What an idempotency key was used for."""

    formulir: str
    periode: str
    revisi: int
    hash_isi: bytes


@dataclass(frozen=True, slots=True)
class NewRevision:
    revisi: int
    jenis: str
    oleh: str
    kunci_idempoten: str
    hash_isi: bytes
    versi_formulir: int
    surat_nomor: str | None
    surat_tanggal: date | None
    asal_pada: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a rekap: who (`by`) did what, when, and where it stood before and after. `from_status` None: it did not
    exist; `revision`: the one it was about; `notes`: cells that were marked, as objects; `origin_at`: when it happened, by the clock of
    the hub where it did, None: here."""

    at: datetime
    by: str
    action: str
    from_status: str | None
    to_status: str
    revision: int
    reason: str | None = None
    notes: Sequence[Mapping[str, Any]] = ()
    origin_at: datetime | None = None


class NilaiRow(NamedTuple):  # made for every cell of a rekap: a frozen dataclass takes three times as long
    """One stored cell; `rincian`: sorted pairs."""

    elemen: str
    kode_wilayah: str
    rincian: Rincian
    nilai: Decimal | None
    status: str


_K = "kode_kab = %s AND formulir = %s AND periode = %s"


def _k(key: RekapKey) -> tuple[str, str, str]:
    return (key.kode_kab, key.formulir, key.periode)


def lock_of(kode_kab: str, formulir: str) -> str:
    """SQL: the lock of all that one reporter says by one form."""
    return f"hashtextextended('rekap ' || {kode_kab} || ' ' || {formulir}, 0)"


async def hold(conn: Conn, key: RekapKey) -> None:
    """Hold all that one reporter says by one form, of every period, until the transaction ends: a coarse period is made of the
    finer ones, so two of them at once would recount the same rows. Taken first and once: whoever waits holds nothing."""
    await conn.execute(
        f"SELECT pg_advisory_xact_lock({lock_of('%(kab)s', '%(formulir)s')})",
        {"kab": key.kode_kab, "formulir": key.formulir},
    )


async def head(conn: Conn, key: RekapKey) -> RekapHead | None:
    """Where the rekap stands."""
    cursor = conn.cursor(row_factory=class_row(RekapHead))
    await cursor.execute(f"SELECT status, revisi, revisi_disetujui, tenggat FROM rekap WHERE {_K}", _k(key))
    return await cursor.fetchone()


async def create_head(conn: Conn, key: RekapKey, status: str, tenggat: date) -> None:
    """Begin a rekap at revision 0."""
    await conn.execute(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, tenggat) VALUES (%s, %s, %s, %s, 0, %s)",
        (*_k(key), status, tenggat),
    )


async def now(conn: Conn) -> datetime:
    """The one time of everything this transaction writes, by the database's clock; ask for it holding the reporter's form."""
    row = await (await conn.execute("SELECT hub_saat()")).fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


async def advance(
    conn: Conn, key: RekapKey, status: str, revision: int, submitted: tuple[datetime, bool] | None
) -> None:
    """Move to a new revision. `submitted`: time and timeliness, written only by the first submission."""
    at, on_time = submitted or (None, None)
    await conn.execute(
        f"UPDATE rekap SET status = %s, revisi = %s, diajukan_pada = coalesce(diajukan_pada, %s), "
        f"tepat_waktu = CASE WHEN diajukan_pada IS NULL THEN %s ELSE tepat_waktu END WHERE {_K}",
        (status, revision, at, on_time, *_k(key)),
    )


async def set_status(conn: Conn, key: RekapKey, status: str, approved_revision: int | None = None) -> None:
    """Change the status; `approved_revision`: the revision that counts from now on."""
    if approved_revision is None:
        await conn.execute(f"UPDATE rekap SET status = %s WHERE {_K}", (status, *_k(key)))
    else:
        await conn.execute(
            f"UPDATE rekap SET status = %s, revisi_disetujui = %s WHERE {_K}", (status, approved_revision, *_k(key))
        )


async def find_key(conn: Conn, kode_kab: str, idempotency_key: str) -> KeyUse | None:
    cursor = conn.cursor(row_factory=class_row(KeyUse))
    await cursor.execute(
        "SELECT formulir, periode, revisi, hash_isi FROM rekap_revisi WHERE kode_kab = %s AND kunci_idempoten = %s",
        (kode_kab, idempotency_key),
    )
    return await cursor.fetchone()


async def insert_revision(conn: Conn, key: RekapKey, r: NewRevision, at: datetime) -> bool:
    """False where the reporter used the idempotency key for another form a moment earlier."""
    cursor = await conn.execute(
        "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, "
        "hash_isi, versi_formulir, surat_nomor, surat_tanggal, asal_pada) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (kode_kab, kunci_idempoten) DO NOTHING",
        (
            *_k(key), r.revisi, r.jenis, at, r.oleh, r.kunci_idempoten, r.hash_isi, r.versi_formulir,
            r.surat_nomor, r.surat_tanggal, r.asal_pada,
        ),
    )  # fmt: skip
    return cursor.rowcount == 1


async def copy_values(conn: Conn, key: RekapKey, revision: int, nilai: Iterable[NilaiRow]) -> None:
    """Store the cells of a revision. COPY cannot pass row-level security's INSERT checks, so these are INSERTs over
    arrays; they are as fast, and short enough that others are served between them. While the database writes one, the next
    is made."""
    rows = list(nilai)
    async with conn.pipeline():
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            choices = {c: number for number, c in enumerate({b.rincian for b in batch}, 1)}  # each is sent once
            await conn.execute(
                "INSERT INTO rekap_nilai (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status) "
                "SELECT %s, %s, %s, %s, n.elemen, n.wilayah, (%s::jsonb[])[n.rincian], n.nilai, n.status "
                "FROM unnest(%s::text[], %s::text[], %s::integer[], %s::numeric[], %s::text[]) "
                "AS n(elemen, wilayah, rincian, nilai, status)",
                (
                    *_k(key), revision, text_array(map(_json, choices)), text_array(b.elemen for b in batch),
                    text_array(b.kode_wilayah for b in batch), number_array(choices[b.rincian] for b in batch),
                    number_array(b.nilai for b in batch), text_array(b.status for b in batch),
                ),
            )  # fmt: skip
            await asyncio.sleep(0)


def _json(rincian: Rincian) -> str:
    return orjson.dumps(dict(rincian)).decode()


async def insert_totals(
    conn: Conn, key: RekapKey, revision: int, total: Sequence[tuple[str, str, Decimal, Decimal | None]]
) -> None:
    """(element, region, stated, computed; None: not known)."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO rekap_total (kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(*_k(key), revision, position, *t) for position, t in enumerate(total, 1)],
        )


async def insert_findings(conn: Conn, key: RekapKey, revision: int, temuan: Sequence[dict[str, Any]]) -> None:
    """Findings as rows: kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi (list of objects)."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, "
            "nilai, usulan, lokasi) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    *_k(key), revision, position, t["kode"], t["tingkat"], t["pesan"], t["wilayah"], t["elemen"], t["nilai"],
                    t["usulan"], orjson.dumps(t["lokasi"]).decode(),
                )
                for position, t in enumerate(temuan, 1)
            ],
        )  # fmt: skip


async def insert_jumps(
    conn: Conn, key: RekapKey, revision: int, figures: Sequence[tuple[str, str, dict[str, str]]]
) -> None:
    """Figures far from what is usual: (element, region, breakdown)."""
    if figures:
        await conn.execute(
            "INSERT INTO rekap_lonjakan (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian) "
            "SELECT %s, %s, %s, %s, * FROM unnest(%s::text[], %s::text[], %s::jsonb[])",
            (
                *_k(key), revision, [e for e, _, _ in figures], [w for _, w, _ in figures],
                [orjson.dumps(r).decode() for _, _, r in figures],
            ),
        )  # fmt: skip


async def findings(conn: Conn, key: RekapKey, revision: int) -> list[tuple[Any, ...]]:
    cursor = await conn.execute(
        f"SELECT kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi FROM rekap_temuan WHERE {_K} AND revisi = %s "
        "ORDER BY urut",
        (*_k(key), revision),
    )
    return await cursor.fetchall()


async def insert_event(conn: Conn, key: RekapKey, e: Event) -> None:
    """Append to the history. The reporter's form is held, so counting what is there gives the next number."""
    await conn.execute(
        "INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, "
        f"catatan, asal_pada) SELECT %s, %s, %s, count(*) + 1, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM rekap_peristiwa WHERE {_K}",
        (
            *_k(key), e.at, e.by, e.action, e.from_status, e.to_status, e.revision, e.reason,
            orjson.dumps(list(e.notes)).decode(), e.origin_at, *_k(key),
        ),
    )  # fmt: skip


async def values(conn: Conn, key: RekapKey, revision: int) -> list[NilaiRow]:
    """The cells of a revision, in no order."""
    cursor = await conn.execute(
        f"SELECT elemen, kode_wilayah, rincian::text, nilai, status FROM rekap_nilai WHERE {_K} AND revisi = %s",
        (*_k(key), revision),
    )
    read: dict[str, Rincian] = {}
    rows: list[NilaiRow] = []
    async for some in batches(cursor):
        for elemen, wilayah, rincian, nilai, status in some:
            if rincian not in read:
                read[rincian] = tuple(sorted(orjson.loads(rincian).items()))
            rows.append(NilaiRow(elemen, wilayah, read[rincian], nilai, status))
    return rows


async def filled(conn: Conn, key: RekapKey, revision: int) -> tuple[int, Decimal]:
    """How many figures of a revision are not nought, and their sum."""
    cursor = await conn.execute(
        f"SELECT count(*), coalesce(sum(nilai), 0) FROM rekap_nilai WHERE {_K} AND revisi = %s AND nilai <> 0",
        (*_k(key), revision),
    )
    row = await cursor.fetchone()
    assert row is not None
    return row[0], row[1]


async def due_date(conn: Conn, key: RekapKey) -> date | None:
    """A deadline set for this very period: the newest of the reporter's own, else of its province."""
    cursor = await conn.execute(
        "SELECT tanggal FROM tenggat WHERE formulir = %s AND periode = %s AND kode_wilayah IN (%s, left(%s, 2)) "
        "ORDER BY kode_wilayah DESC, urut DESC LIMIT 1",
        (key.formulir, key.periode, key.kode_kab, key.kode_kab),
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def totals(conn: Conn, key: RekapKey, revision: int) -> list[tuple[str, str, Decimal, Decimal | None]]:
    """Stated totals of a revision: (element, region, stated, computed or None)."""
    cursor = await conn.execute(
        f"SELECT elemen, kode_wilayah, tertulis, dihitung FROM rekap_total WHERE {_K} AND revisi = %s ORDER BY urut",
        (*_k(key), revision),
    )
    return await cursor.fetchall()
