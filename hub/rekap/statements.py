"""Statements over the rekap: its head, its revisions, what was approved. Every call runs under the caller's role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from psycopg.rows import class_row

from hub.base.id_publik import Kunci
from hub.db.database import Conn
from hub.db.many_rows import BATCH, all_rows


@dataclass(frozen=True, slots=True)
class Kepala:
    """Where a rekap stands."""

    status: str
    revisi: int
    revisi_disetujui: int | None
    diajukan_pada: datetime | None


@dataclass(frozen=True, slots=True)
class Tanda:
    """What an idempotency key was used for."""

    formulir: str
    periode: str
    revisi: int
    hash_isi: bytes


@dataclass(frozen=True, slots=True)
class RevisiBaru:
    revisi: int
    jenis: str
    oleh: str
    kunci_idempoten: str
    hash_isi: bytes
    versi_formulir: int
    surat_nomor: str | None
    surat_tanggal: date | None


@dataclass(frozen=True, slots=True)
class BarisNilai:
    """One stored cell; `rincian` as {name: choice}."""

    elemen: str
    kode_wilayah: str
    rincian: dict[str, str]
    nilai: Decimal | None
    status: str


_K = "kode_kab = %s AND formulir = %s AND periode = %s"


def _k(kunci: Kunci) -> tuple[str, str, str]:
    return (kunci.kode_kab, kunci.formulir, kunci.periode)


async def hold(conn: Conn, kunci: Kunci) -> None:
    """Hold all that one reporter says by one form, of every period, until the transaction ends: a coarse period is made of the
    finer ones, so two of them at once would recount the same rows. Taken first and once: whoever waits holds nothing."""
    await conn.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('rekap ' || %s || ' ' || %s, 0))",
        (kunci.kode_kab, kunci.formulir),
    )


async def head(conn: Conn, kunci: Kunci) -> Kepala | None:
    """Where the rekap stands."""
    kursor = conn.cursor(row_factory=class_row(Kepala))
    await kursor.execute(f"SELECT status, revisi, revisi_disetujui, diajukan_pada FROM rekap WHERE {_K}", _k(kunci))
    return await kursor.fetchone()


async def create_head(conn: Conn, kunci: Kunci, status: str, tenggat: date) -> None:
    """Begin a rekap at revision 0."""
    await conn.execute(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, tenggat) VALUES (%s, %s, %s, %s, 0, %s)",
        (*_k(kunci), status, tenggat),
    )


async def now(conn: Conn) -> datetime:
    """The one time of everything this transaction writes, by the database's clock; ask for it holding the reporter's form."""
    baris = await (await conn.execute("SELECT hub_saat()")).fetchone()
    assert baris is not None
    saat: datetime = baris[0]
    return saat


async def advance(conn: Conn, kunci: Kunci, status: str, revisi: int, diajukan: tuple[datetime, bool] | None) -> None:
    """Move to a new revision. `diajukan`: time and timeliness, written only by the first submission."""
    pada, tepat = diajukan or (None, None)
    await conn.execute(
        f"UPDATE rekap SET status = %s, revisi = %s, diajukan_pada = coalesce(diajukan_pada, %s), "
        f"tepat_waktu = CASE WHEN diajukan_pada IS NULL THEN %s ELSE tepat_waktu END WHERE {_K}",
        (status, revisi, pada, tepat, *_k(kunci)),
    )


async def set_status(conn: Conn, kunci: Kunci, status: str, disetujui: int | None = None) -> None:
    """Change the status; `disetujui`: the revision that counts from now on."""
    if disetujui is None:
        await conn.execute(f"UPDATE rekap SET status = %s WHERE {_K}", (status, *_k(kunci)))
    else:
        await conn.execute(
            f"UPDATE rekap SET status = %s, revisi_disetujui = %s WHERE {_K}", (status, disetujui, *_k(kunci))
        )


async def find_key(conn: Conn, kode_kab: str, kunci_idempoten: str) -> Tanda | None:
    kursor = conn.cursor(row_factory=class_row(Tanda))
    await kursor.execute(
        "SELECT formulir, periode, revisi, hash_isi FROM rekap_revisi WHERE kode_kab = %s AND kunci_idempoten = %s",
        (kode_kab, kunci_idempoten),
    )
    return await kursor.fetchone()


async def insert_revision(conn: Conn, kunci: Kunci, r: RevisiBaru, pada: datetime) -> bool:
    """False where the reporter used the idempotency key for another form a moment earlier."""
    kursor = await conn.execute(
        "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, "
        "hash_isi, versi_formulir, surat_nomor, surat_tanggal) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (kode_kab, kunci_idempoten) DO NOTHING",
        (
            *_k(kunci), r.revisi, r.jenis, pada, r.oleh, r.kunci_idempoten, r.hash_isi, r.versi_formulir,
            r.surat_nomor, r.surat_tanggal,
        ),
    )  # fmt: skip
    return kursor.rowcount == 1


async def copy_values(conn: Conn, kunci: Kunci, revisi: int, nilai: Iterable[BarisNilai]) -> None:
    """Store the cells of a revision. COPY cannot pass row-level security's INSERT checks, so these are INSERTs over
    arrays; they are as fast, and short enough that others are served between them."""
    baris = list(nilai)
    for mulai in range(0, len(baris), BATCH):
        satu = baris[mulai : mulai + BATCH]
        await conn.execute(
            "INSERT INTO rekap_nilai (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status) "
            "SELECT %s, %s, %s, %s, * FROM unnest(%s::text[], %s::text[], %s::jsonb[], %s::numeric[], %s::text[])",
            (
                *_k(kunci), revisi, [b.elemen for b in satu], [b.kode_wilayah for b in satu],
                [orjson.dumps(b.rincian).decode() for b in satu], [b.nilai for b in satu], [b.status for b in satu],
            ),
        )  # fmt: skip


async def insert_totals(
    conn: Conn, kunci: Kunci, revisi: int, total: Sequence[tuple[str, str, Decimal, Decimal]]
) -> None:
    """(element, region, stated, computed)."""
    async with conn.cursor() as kursor:
        await kursor.executemany(
            "INSERT INTO rekap_total (kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(*_k(kunci), revisi, urut, *t) for urut, t in enumerate(total, 1)],
        )


async def insert_findings(conn: Conn, kunci: Kunci, revisi: int, temuan: Sequence[dict[str, Any]]) -> None:
    """Findings as rows: kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi (list of objects)."""
    async with conn.cursor() as kursor:
        await kursor.executemany(
            "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, "
            "nilai, usulan, lokasi) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    *_k(kunci), revisi, urut, t["kode"], t["tingkat"], t["pesan"], t["wilayah"], t["elemen"], t["nilai"],
                    t["usulan"], orjson.dumps(t["lokasi"]).decode(),
                )
                for urut, t in enumerate(temuan, 1)
            ],
        )  # fmt: skip


async def findings(conn: Conn, kunci: Kunci, revisi: int) -> list[tuple[Any, ...]]:
    kursor = await conn.execute(
        f"SELECT kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi FROM rekap_temuan WHERE {_K} AND revisi = %s "
        "ORDER BY urut",
        (*_k(kunci), revisi),
    )
    return await kursor.fetchall()


async def insert_event(
    conn: Conn,
    kunci: Kunci,
    *,
    pada: datetime,
    oleh: str,
    aksi: str,
    dari: str | None,
    ke: str,
    revisi: int,
    alasan: str | None = None,
    catatan: Sequence[dict[str, Any]] = (),
) -> None:
    """Append to the history. The reporter's form is held, so counting what is there gives the next number."""
    await conn.execute(
        "INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, "
        f"catatan) SELECT %s, %s, %s, count(*) + 1, %s, %s, %s, %s, %s, %s, %s, %s FROM rekap_peristiwa WHERE {_K}",
        (
            *_k(kunci), pada, oleh, aksi, dari, ke, revisi, alasan, orjson.dumps(list(catatan)).decode(), *_k(kunci),
        ),
    )  # fmt: skip


async def values(conn: Conn, kunci: Kunci, revisi: int) -> list[BarisNilai]:
    kursor = conn.cursor(row_factory=class_row(BarisNilai))
    await kursor.execute(
        f"SELECT elemen, kode_wilayah, rincian, nilai, status FROM rekap_nilai WHERE {_K} AND revisi = %s",
        (*_k(kunci), revisi),
    )
    return await all_rows(kursor)


async def due_date(conn: Conn, kunci: Kunci) -> date | None:
    """A deadline set for this very period: the province's own before the general one."""
    kursor = await conn.execute(
        "SELECT tanggal FROM tenggat WHERE formulir = %s AND periode = %s AND kode_prov IN ('', %s) "
        "ORDER BY kode_prov DESC LIMIT 1",
        (kunci.formulir, kunci.periode, kunci.kode_kab[:2]),
    )
    baris = await kursor.fetchone()
    return baris[0] if baris else None


async def totals(conn: Conn, kunci: Kunci, revisi: int) -> list[tuple[str, str, Decimal, Decimal]]:
    """Stated totals of a revision: (element, region, stated, computed)."""
    kursor = await conn.execute(
        f"SELECT elemen, kode_wilayah, tertulis, dihitung FROM rekap_total WHERE {_K} AND revisi = %s ORDER BY urut",
        (*_k(kunci), revisi),
    )
    return await kursor.fetchall()
