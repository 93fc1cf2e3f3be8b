"""Statements over goods under way between offices: sent, answered, brought back. A call runs under the caller's role unless it
says otherwise; row-level security shows a transfer to the offices of both sides, their provinces and the admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.base.id_publik import IdPublik
from hub.db.database import Conn
from hub.gudang.statements import MutasiBaru

DITERIMA, DITOLAK = "DITERIMA", "DITOLAK"


@dataclass(frozen=True, slots=True)
class Pindahan:
    """Goods that one warehouse sent to another. `satu_kantor`: one office keeps both; `dikirim_pada`: when they left. `status`,
    `alasan`: the receiver's answer, None while there is none."""

    id: IdPublik
    dari: IdPublik
    ke: IdPublik
    satu_kantor: bool
    dikirim_pada: datetime
    nomor_dokumen: str
    status: str | None
    alasan: str | None


@dataclass(frozen=True, slots=True)
class Tertunda:
    """What was begun and not finished. `oleh`: who sent it; `ditolak`: it has to come back, else one office keeps both sides."""

    id: IdPublik
    oleh: str
    ditolak: bool


_JAWABAN = "LEFT JOIN jawaban_pindahan j ON j.kode_kab = p.ke_kab AND j.asal_kab = p.kode_kab AND j.pindahan = p.id"
_TERBUKA = "(j.status IS NULL OR j.status = 'DITOLAK' AND p.bukti_kembali IS NULL)"


async def find(conn: Conn, id_: IdPublik) -> Pindahan | None:
    kursor = await conn.execute(
        "SELECT p.gudang::text, p.ke_kab, p.ke_gudang::text, p.satu_kantor, p.dikirim_pada, b.nomor_dokumen, j.status, "
        f"j.alasan FROM pindahan_stok p JOIN bukti_stok b ON b.kode_kab = p.kode_kab AND b.id = p.id {_JAWABAN} "
        "WHERE p.kode_kab = %s AND p.id = %s",
        (id_.kode_kab, id_.id),
    )
    row = await kursor.fetchone()
    if row is None:
        return None
    gudang, ke_kab, ke_gudang, *rest = row
    return Pindahan(id_, IdPublik(id_.kode_kab, gudang), IdPublik(ke_kab, ke_gudang), *rest)


async def goods_sent(conn: Conn, p: Pindahan) -> list[MutasiBaru]:
    """The rows that receiving it writes, in the receiver's ledger."""
    kursor = await conn.execute(
        "SELECT baris, barang, sumber_dana, lot, kedaluwarsa, -jumlah FROM mutasi_stok "
        "WHERE kode_kab = %s AND bukti = %s AND gudang = %s AND jenis = 'PINDAH_KELUAR' ORDER BY baris",
        (p.id.kode_kab, p.id.id, p.dari.id),
    )
    return [
        MutasiBaru(p.ke, baris, "PINDAH_MASUK", barang, dana, lot, kedaluwarsa, jumlah, p.dari)
        for baris, barang, dana, lot, kedaluwarsa, jumlah in await kursor.fetchall()
    ]


async def send(conn: Conn, id_: IdPublik, dari: IdPublik, ke: IdPublik, pada: datetime, *, satu_kantor: bool) -> None:
    """Goods of the document `id_` left for another office at `pada`."""
    await conn.execute(
        "INSERT INTO pindahan_stok (kode_kab, id, gudang, ke_kab, ke_gudang, satu_kantor, dikirim_pada) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (id_.kode_kab, id_.id, dari.id, ke.kode_kab, ke.id, satu_kantor, pada),
    )


async def received(conn: Conn, p: Pindahan, bukti: str, oleh: str, pada: datetime) -> None:
    """`bukti`: the document of what came in. Ask for it holding the receiver's ledger."""
    await _answer(conn, p, DITERIMA, None, bukti, oleh, pada)


async def refused(conn: Conn, p: Pindahan, alasan: str, oleh: str, pada: datetime) -> None:
    """Ask for it holding the receiver's ledger."""
    await _answer(conn, p, DITOLAK, alasan, None, oleh, pada)


async def _answer(
    conn: Conn, p: Pindahan, status: str, alasan: str | None, bukti: str | None, oleh: str, pada: datetime
) -> None:
    await conn.execute(
        "INSERT INTO jawaban_pindahan (kode_kab, asal_kab, pindahan, gudang, status, alasan, bukti, oleh, dicatat_pada) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (p.ke.kode_kab, p.id.kode_kab, p.id.id, p.ke.id, status, alasan, bukti, oleh, pada),
    )


async def bring_back(conn: Conn, id_: IdPublik, bukti: UUID) -> bool:
    """Refused goods back into their sender's ledger; False where there is nothing to bring back (any more). `bukti`: for the
    document of the return. As the admin."""
    kursor = await conn.execute("SELECT hub_kembalikan_pindahan(%s, %s, %s)", (id_.kode_kab, id_.id, bukti))
    row = await kursor.fetchone()
    return bool(row and row[0])


async def unfinished(conn: Conn) -> list[Tertunda]:
    """What a program that was killed left between two transactions, oldest first. As the admin."""
    kursor = await conn.execute(
        "SELECT p.kode_kab, p.id::text, b.oleh, j.status IS NOT NULL "
        f"FROM pindahan_stok p JOIN bukti_stok b ON b.kode_kab = p.kode_kab AND b.id = p.id {_JAWABAN} "
        f"WHERE {_TERBUKA} AND (p.satu_kantor OR j.status IS NOT NULL) ORDER BY p.id"
    )
    return [Tertunda(IdPublik(kab, id_), oleh, ditolak) for kab, id_, oleh, ditolak in await kursor.fetchall()]


async def under_way(conn: Conn, gudang: Sequence[IdPublik]) -> dict[str, tuple[int, int]]:
    """Of each warehouse with any, by public id: how many transfers to it nobody has answered, and how many from it have neither
    been received nor come back."""
    kursor = await conn.execute(
        f"""
        SELECT kunci, sum(masuk)::int, sum(keluar)::int FROM (
          SELECT g.kab || ':' || g.id AS kunci, 1 AS masuk, 0 AS keluar FROM unnest(%(kab)s::text[], %(id)s::uuid[]) AS g (kab, id)
          JOIN pindahan_stok p ON p.ke_kab = g.kab AND p.ke_gudang = g.id {_JAWABAN} WHERE j.status IS NULL
          UNION ALL
          SELECT g.kab || ':' || g.id, 0, 1 FROM unnest(%(kab)s::text[], %(id)s::uuid[]) AS g (kab, id)
          JOIN pindahan_stok p ON p.kode_kab = g.kab AND p.gudang = g.id {_JAWABAN} WHERE {_TERBUKA}
        ) x GROUP BY kunci
        """,
        {"kab": [g.kode_kab for g in gudang], "id": [g.id for g in gudang]},
    )
    return {kunci: (masuk, keluar) for kunci, masuk, keluar in await kursor.fetchall()}
