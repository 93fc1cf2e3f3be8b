"""Statements over the ledger of disaster warehouses. Every call runs under the caller's role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from psycopg.rows import class_row

from hub.base.public_id import PublicId
from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class Barang:
    kode: str
    nama: str
    satuan: str
    bulat: bool
    berkedaluwarsa: bool


@dataclass(frozen=True, slots=True)
class Gudang:
    """A warehouse as the services need it. `hari_terakhir` None: it stands."""

    id: PublicId
    nama: str
    pemilik: str
    sejak: date
    sampai: date | None


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot's balance. `tersedia`: what may go out at the moment asked about so that no later balance falls below zero;
    `jumlah`: the balance now."""

    barang: str
    sumber_dana: str
    lot: str
    kedaluwarsa: date | None
    jumlah: Decimal
    tersedia: Decimal


@dataclass(frozen=True, slots=True)
class NewMovement:
    """A row of the ledger to be written. `jumlah` is signed; `lawan`: the other side of a transfer."""

    gudang: PublicId
    baris: int
    jenis: str
    barang: str
    sumber_dana: str
    lot: str
    kedaluwarsa: date | None
    jumlah: Decimal
    lawan: PublicId | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """The document of one call. `kunci_idempoten` None: written by the hub itself."""

    kode_kab: str
    id: str
    asal_kab: str
    nomor_dokumen: str
    tujuan: str | None
    alasan: str | None
    oleh: str
    kunci_idempoten: str | None
    hash_isi: bytes
    temuan: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EarlierDocument:
    """What an idempotency key was used for."""

    id: str
    nomor_dokumen: str
    hash_isi: bytes
    temuan: list[dict[str, Any]]


async def goods(conn: Conn) -> dict[str, Barang]:
    """All goods by code, in their order."""
    cursor = conn.cursor(row_factory=class_row(Barang))
    await cursor.execute("SELECT kode, nama, satuan, bulat, berkedaluwarsa FROM barang ORDER BY urut, kode")
    return {b.kode: b for b in await cursor.fetchall()}


async def warehouse(conn: Conn, id_: PublicId) -> Gudang | None:
    cursor = await conn.execute(
        "SELECT nama, pemilik, sejak, sampai FROM sumber_daya WHERE kode_kab = %s AND id = %s AND jenis = 'GUDANG_BENCANA'",
        (id_.kode_kab, id_.id),
    )
    row = await cursor.fetchone()
    return None if row is None else Gudang(id_, *row)


async def spans(conn: Conn, gudang: Sequence[PublicId]) -> dict[str, tuple[datetime, datetime, list[str]]]:
    """Of each warehouse whose ledger was ever written, by public id: its first and its last movement, and the names of the
    goods that are there now."""
    cursor = await conn.execute(
        """
        SELECT m.kode_kab || ':' || m.gudang, min(m.pada), max(m.pada), coalesce((
          SELECT array_agg(DISTINCT b.nama ORDER BY b.nama) FROM stok s JOIN barang b ON b.kode = s.barang
          WHERE s.kode_kab = m.kode_kab AND s.gudang = m.gudang AND s.jumlah > 0), '{}')
        FROM mutasi_stok m JOIN unnest(%s::text[], %s::uuid[]) AS g (kab, id) ON m.kode_kab = g.kab AND m.gudang = g.id
        GROUP BY m.kode_kab, m.gudang
        """,
        ([g.kode_kab for g in gudang], [g.id for g in gudang]),
    )
    return {gudang_id: (first, last, goods_names) for gudang_id, first, last, goods_names in await cursor.fetchall()}


async def hold(conn: Conn, gudang: Sequence[PublicId]) -> None:
    """Hold the ledgers of these warehouses until the transaction ends. Always in order of their keys: two transfers in
    opposite directions wait for each other's first one, never crosswise."""
    for one in sorted(set(gudang), key=lambda g: (g.kode_kab, g.id)):
        await conn.execute("SELECT hub_buka_buku_stok(%s, %s)", (one.kode_kab, one.id))


async def now(conn: Conn) -> datetime:
    """The one time of everything this transaction writes; ask for it holding the ledgers."""
    row = await (await conn.execute("SELECT hub_saat()")).fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


async def lots(conn: Conn, gudang: PublicId, barang: Sequence[str], as_of: datetime) -> list[Lot]:
    """The lots of these goods, and how much of each may go out at `as_of`.

    What came after `as_of`, summed from the end backwards, is what the balance at a moment lacks of today's; the lowest
    balance from `as_of` on is today's less the highest of these sums.
    """
    cursor = conn.cursor(row_factory=class_row(Lot))
    await cursor.execute(
        """
        SELECT s.barang, s.sumber_dana, s.lot, s.kedaluwarsa, s.jumlah, s.jumlah - greatest(0, (
          SELECT max(k.sesudah) FROM (
            SELECT sum(m.jumlah) OVER (ORDER BY m.pada DESC RANGE UNBOUNDED PRECEDING) AS sesudah FROM mutasi_stok m
            WHERE m.kode_kab = s.kode_kab AND m.gudang = s.gudang AND m.barang = s.barang AND m.pada > %s
              AND m.sumber_dana = s.sumber_dana AND m.lot = s.lot
          ) k
        )) AS tersedia
        FROM stok s WHERE s.kode_kab = %s AND s.gudang = %s AND s.barang = ANY(%s)
        ORDER BY s.barang, s.kedaluwarsa NULLS LAST, s.lot, s.sumber_dana
        """,
        (as_of, gudang.kode_kab, gudang.id, list(barang)),
    )
    return await cursor.fetchall()


async def find_key(conn: Conn, kode_kab: str, idempotency_key: str) -> EarlierDocument | None:
    cursor = conn.cursor(row_factory=class_row(EarlierDocument))
    await cursor.execute(
        "SELECT id::text, nomor_dokumen, hash_isi, temuan FROM bukti_stok WHERE kode_kab = %s AND kunci_idempoten = %s",
        (kode_kab, idempotency_key),
    )
    return await cursor.fetchone()


async def insert_document(conn: Conn, b: NewDocument, recorded_at: datetime) -> bool:
    """False where somebody else used the idempotency key a moment earlier."""
    cursor = await conn.execute(
        "INSERT INTO bukti_stok (kode_kab, id, asal_kab, nomor_dokumen, tujuan, alasan, oleh, dicatat_pada, "
        "kunci_idempoten, hash_isi, temuan) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (
            b.kode_kab, b.id, b.asal_kab, b.nomor_dokumen, b.tujuan, b.alasan, b.oleh, recorded_at, b.kunci_idempoten,
            b.hash_isi, orjson.dumps(list(b.temuan)).decode(),
        ),
    )  # fmt: skip
    return cursor.rowcount == 1


async def insert_movements(
    conn: Conn, document_id: str, movements: Sequence[NewMovement], happened_at: datetime, recorded_at: datetime
) -> None:
    """Append to the ledgers; the trigger numbers the rows and carries them into the balances."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, "
            "jumlah, pada, dicatat_pada, lawan_kab, lawan_gudang) "
            "VALUES (%s, %s, 0, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    m.gudang.kode_kab, m.gudang.id, document_id, m.baris, m.jenis, m.barang, m.sumber_dana, m.lot, m.kedaluwarsa,
                    m.jumlah, happened_at, recorded_at, m.lawan.kode_kab if m.lawan else None, m.lawan.id if m.lawan else None,
                )
                for m in movements
            ],
        )  # fmt: skip


async def put_minimum(
    conn: Conn, gudang: PublicId, minimums: Sequence[tuple[str, Decimal]], since: date, changed_at: datetime, by: str
) -> None:
    """(goods, amount) from that day on; what was said for the same day is replaced. Who wrote it is said twice: to take it from the
    row that was refused is to read it, which nobody may."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO stok_minimum (kode_kab, gudang, barang, sejak, jumlah, diubah_pada, diubah_oleh) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (kode_kab, gudang, barang, sejak) "
            "DO UPDATE SET jumlah = excluded.jumlah, diubah_pada = excluded.diubah_pada, diubah_oleh = %s",
            [(gudang.kode_kab, gudang.id, barang, since, amount, changed_at, by, by) for barang, amount in minimums],
        )
