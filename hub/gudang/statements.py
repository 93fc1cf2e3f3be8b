"""Statements over the ledger of disaster warehouses. Every call runs under the caller's role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from psycopg.rows import class_row

from hub.base.id_publik import IdPublik
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

    id: IdPublik
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
class MutasiBaru:
    """A row of the ledger to be written. `jumlah` is signed; `lawan`: the other side of a transfer."""

    gudang: IdPublik
    baris: int
    jenis: str
    barang: str
    sumber_dana: str
    lot: str
    kedaluwarsa: date | None
    jumlah: Decimal
    lawan: IdPublik | None = None


@dataclass(frozen=True, slots=True)
class BuktiBaru:
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
class BuktiLama:
    """What an idempotency key was used for."""

    id: str
    nomor_dokumen: str
    hash_isi: bytes
    temuan: list[dict[str, Any]]


async def goods(conn: Conn) -> dict[str, Barang]:
    """All goods by code, in their order."""
    kursor = conn.cursor(row_factory=class_row(Barang))
    await kursor.execute("SELECT kode, nama, satuan, bulat, berkedaluwarsa FROM barang ORDER BY urut, kode")
    return {b.kode: b for b in await kursor.fetchall()}


async def warehouse(conn: Conn, id_: IdPublik) -> Gudang | None:
    kursor = await conn.execute(
        "SELECT nama, pemilik, sejak, sampai FROM sumber_daya WHERE kode_kab = %s AND id = %s AND jenis = 'GUDANG_BENCANA'",
        (id_.kode_kab, id_.id),
    )
    baris = await kursor.fetchone()
    return None if baris is None else Gudang(id_, *baris)


async def spans(conn: Conn, gudang: Sequence[IdPublik]) -> dict[str, tuple[datetime, datetime, list[str]]]:
    """Of each warehouse whose ledger was ever written, by public id: its first and its last movement, and the names of the
    goods that are there now."""
    kursor = await conn.execute(
        """
        SELECT m.kode_kab || ':' || m.gudang, min(m.pada), max(m.pada), coalesce((
          SELECT array_agg(DISTINCT b.nama ORDER BY b.nama) FROM stok s JOIN barang b ON b.kode = s.barang
          WHERE s.kode_kab = m.kode_kab AND s.gudang = m.gudang AND s.jumlah > 0), '{}')
        FROM mutasi_stok m JOIN unnest(%s::text[], %s::uuid[]) AS g (kab, id) ON m.kode_kab = g.kab AND m.gudang = g.id
        GROUP BY m.kode_kab, m.gudang
        """,
        ([g.kode_kab for g in gudang], [g.id for g in gudang]),
    )
    return {kunci: (awal, akhir, isi) for kunci, awal, akhir, isi in await kursor.fetchall()}


async def hold(conn: Conn, gudang: Sequence[IdPublik]) -> None:
    """Hold the ledgers of these warehouses until the transaction ends. Always in order of their keys: two transfers in
    opposite directions wait for each other's first one, never crosswise."""
    for satu in sorted(set(gudang), key=lambda g: (g.kode_kab, g.id)):
        await conn.execute("SELECT hub_buka_buku_stok(%s, %s)", (satu.kode_kab, satu.id))


async def now(conn: Conn) -> datetime:
    """The one time of everything this transaction writes; ask for it holding the ledgers."""
    baris = await (await conn.execute("SELECT hub_saat()")).fetchone()
    assert baris is not None
    saat: datetime = baris[0]
    return saat


async def lots(conn: Conn, gudang: IdPublik, barang: Sequence[str], pada: datetime) -> list[Lot]:
    """The lots of these goods, and how much of each may go out at `pada`.

    What came after `pada`, summed from the end backwards, is what the balance at a moment lacks of today's; the lowest
    balance from `pada` on is today's less the highest of these sums.
    """
    kursor = conn.cursor(row_factory=class_row(Lot))
    await kursor.execute(
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
        (pada, gudang.kode_kab, gudang.id, list(barang)),
    )
    return await kursor.fetchall()


async def find_key(conn: Conn, kode_kab: str, kunci: str) -> BuktiLama | None:
    kursor = conn.cursor(row_factory=class_row(BuktiLama))
    await kursor.execute(
        "SELECT id::text, nomor_dokumen, hash_isi, temuan FROM bukti_stok WHERE kode_kab = %s AND kunci_idempoten = %s",
        (kode_kab, kunci),
    )
    return await kursor.fetchone()


async def insert_document(conn: Conn, b: BuktiBaru, pada: datetime) -> bool:
    """False where somebody else used the idempotency key a moment earlier."""
    kursor = await conn.execute(
        "INSERT INTO bukti_stok (kode_kab, id, asal_kab, nomor_dokumen, tujuan, alasan, oleh, dicatat_pada, "
        "kunci_idempoten, hash_isi, temuan) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (
            b.kode_kab, b.id, b.asal_kab, b.nomor_dokumen, b.tujuan, b.alasan, b.oleh, pada, b.kunci_idempoten,
            b.hash_isi, orjson.dumps(list(b.temuan)).decode(),
        ),
    )  # fmt: skip
    return kursor.rowcount == 1


async def insert_movements(
    conn: Conn, bukti: str, mutasi: Sequence[MutasiBaru], pada: datetime, dicatat: datetime
) -> None:
    """Append to the ledgers; the trigger numbers the rows and carries them into the balances."""
    async with conn.cursor() as kursor:
        await kursor.executemany(
            "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, "
            "jumlah, pada, dicatat_pada, lawan_kab, lawan_gudang) "
            "VALUES (%s, %s, 0, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    m.gudang.kode_kab, m.gudang.id, bukti, m.baris, m.jenis, m.barang, m.sumber_dana, m.lot, m.kedaluwarsa,
                    m.jumlah, pada, dicatat, m.lawan.kode_kab if m.lawan else None, m.lawan.id if m.lawan else None,
                )
                for m in mutasi
            ],
        )  # fmt: skip


async def put_minimum(
    conn: Conn, gudang: IdPublik, isi: Sequence[tuple[str, Decimal]], sejak: date, pada: datetime, oleh: str
) -> None:
    """(goods, amount) from that day on; what was said for the same day is replaced."""
    async with conn.cursor() as kursor:
        await kursor.executemany(
            "INSERT INTO stok_minimum (kode_kab, gudang, barang, sejak, jumlah, diubah_pada, diubah_oleh) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (kode_kab, gudang, barang, sejak) "
            "DO UPDATE SET jumlah = excluded.jumlah, diubah_pada = excluded.diubah_pada, diubah_oleh = excluded.diubah_oleh",
            [(gudang.kode_kab, gudang.id, barang, sejak, jumlah, pada, oleh) for barang, jumlah in isi],
        )
