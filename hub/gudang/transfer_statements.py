"""Statements over goods under way between offices: sent, answered, brought back. A call runs under the caller's role unless it
says otherwise; row-level security shows a transfer to the offices of both sides, their provinces and the admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.base.public_id import PublicId
from hub.db.database import Conn
from hub.gudang.statements import NewMovement

RECEIVED, REFUSED = "DITERIMA", "DITOLAK"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Goods that one warehouse sent to another. `same_office`: one office keeps both; `dikirim_pada`: when they left. `status`,
    `reason`: the receiver's answer, None while there is none."""

    id: PublicId
    sender: PublicId
    receiver: PublicId
    satu_kantor: bool
    dikirim_pada: datetime
    nomor_dokumen: str
    status: str | None
    alasan: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says to a transfer: DITERIMA, with the document of what came in, or DITOLAK, with its reason."""

    status: str
    by: str
    recorded_at: datetime
    document_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was begun and not finished. `by`: who sent it; `refused`: it has to come back, else one office keeps both sides."""

    id: PublicId
    by: str
    refused: bool


_ANSWER_JOIN = "LEFT JOIN jawaban_pindahan j ON j.kode_kab = p.ke_kab AND j.asal_kab = p.kode_kab AND j.pindahan = p.id"
_OPEN = "(j.status IS NULL OR j.status = 'DITOLAK' AND p.bukti_kembali IS NULL)"


async def find(conn: Conn, id_: PublicId) -> Transfer | None:
    cursor = await conn.execute(
        "SELECT p.gudang::text, p.ke_kab, p.ke_gudang::text, p.satu_kantor, p.dikirim_pada, b.nomor_dokumen, j.status, "
        f"j.alasan FROM pindahan_stok p JOIN bukti_stok b ON b.kode_kab = p.kode_kab AND b.id = p.id {_ANSWER_JOIN} "
        "WHERE p.kode_kab = %s AND p.id = %s",
        (id_.kode_kab, id_.id),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    gudang, receiver_kab, receiver_gudang, *rest = row
    return Transfer(id_, PublicId(id_.kode_kab, gudang), PublicId(receiver_kab, receiver_gudang), *rest)


async def goods_sent(conn: Conn, p: Transfer) -> list[NewMovement]:
    """The rows that receiving it writes, in the receiver's ledger."""
    cursor = await conn.execute(
        "SELECT baris, barang, sumber_dana, lot, kedaluwarsa, -jumlah FROM mutasi_stok "
        "WHERE kode_kab = %s AND bukti = %s AND gudang = %s AND jenis = 'PINDAH_KELUAR' ORDER BY baris",
        (p.id.kode_kab, p.id.id, p.sender.id),
    )
    return [
        NewMovement(p.receiver, row, "PINDAH_MASUK", barang, fund_source, lot, expiry, amount, p.sender)
        for row, barang, fund_source, lot, expiry, amount in await cursor.fetchall()
    ]


async def send(
    conn: Conn, id_: PublicId, sender: PublicId, receiver: PublicId, sent_at: datetime, *, same_office: bool
) -> None:
    """Goods of the document `id_` left for another office at `sent_at`."""
    await conn.execute(
        "INSERT INTO pindahan_stok (kode_kab, id, gudang, ke_kab, ke_gudang, satu_kantor, dikirim_pada) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (id_.kode_kab, id_.id, sender.id, receiver.kode_kab, receiver.id, same_office, sent_at),
    )


async def answer(conn: Conn, p: Transfer, a: Answer) -> None:
    """Ask for it holding the receiver's ledger."""
    await conn.execute(
        "INSERT INTO jawaban_pindahan (kode_kab, asal_kab, pindahan, gudang, status, alasan, bukti, oleh, dicatat_pada) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            p.receiver.kode_kab, p.id.kode_kab, p.id.id, p.receiver.id, a.status, a.reason, a.document_id, a.by,
            a.recorded_at,
        ),
    )  # fmt: skip


async def bring_back(conn: Conn, id_: PublicId, document_id: UUID) -> bool:
    """Refused goods back into their sender's ledger; False where there is nothing to bring back (any more). `document_id`: for the
    document of the return. As the admin."""
    cursor = await conn.execute("SELECT hub_kembalikan_pindahan(%s, %s, %s)", (id_.kode_kab, id_.id, document_id))
    row = await cursor.fetchone()
    return bool(row and row[0])


async def unfinished(conn: Conn) -> list[Unfinished]:
    """What a program that was killed left between two transactions, oldest first, as far as it is written at this hub. As the admin."""
    cursor = await conn.execute(
        "SELECT p.kode_kab, p.id::text, b.oleh, j.status IS NOT NULL "
        f"FROM pindahan_stok p JOIN bukti_stok b ON b.kode_kab = p.kode_kab AND b.id = p.id {_ANSWER_JOIN} "
        f"WHERE {_OPEN} AND (p.satu_kantor OR j.status IS NOT NULL) AND hub_buku_di_sini(p.kode_kab, p.gudang) ORDER BY p.id"
    )
    return [Unfinished(PublicId(kab, id_), by, is_refused) for kab, id_, by, is_refused in await cursor.fetchall()]


async def under_way(conn: Conn, gudang: Sequence[PublicId]) -> dict[str, tuple[int, int]]:
    """Of each warehouse with any, by public id: how many transfers to it nobody has answered, and how many from it have neither
    been received nor come back."""
    cursor = await conn.execute(
        f"""
        SELECT kunci, sum(masuk)::int, sum(keluar)::int FROM (
          SELECT g.kab || ':' || g.id AS kunci, 1 AS masuk, 0 AS keluar FROM unnest(%(kab)s::text[], %(id)s::uuid[]) AS g (kab, id)
          JOIN pindahan_stok p ON p.ke_kab = g.kab AND p.ke_gudang = g.id {_ANSWER_JOIN} WHERE j.status IS NULL
          UNION ALL
          SELECT g.kab || ':' || g.id, 0, 1 FROM unnest(%(kab)s::text[], %(id)s::uuid[]) AS g (kab, id)
          JOIN pindahan_stok p ON p.kode_kab = g.kab AND p.gudang = g.id {_ANSWER_JOIN} WHERE {_OPEN}
        ) x GROUP BY kunci
        """,
        {"kab": [g.kode_kab for g in gudang], "id": [g.id for g in gudang]},
    )
    return {key: (incoming, outgoing) for key, incoming, outgoing in await cursor.fetchall()}
