"""Rows of goods under way between warehouses of different offices. Row-level security shows them to both offices, their
provinces and the admin; others read none."""

from typing import Any

from sqlalchemy import ColumnElement, cast, func, select, type_coerce

from hub.gudang.reads import warehouse
from hub.gudang.tables import JAWABAN_PINDAHAN, MUTASI_STOK, PINDAHAN_STOK
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT
from hub.plan.words import word


def incoming(row: Row, args: Args) -> Rows:
    """What was sent to a warehouse, newest first."""
    p = PINDAHAN_STOK.alias()
    return Rows(Row(p), [p.c.ke_kab == row["kode_kab"], p.c.ke_gudang == row["id"]], [p.c.id.desc()])


def outgoing(row: Row, args: Args) -> Rows:
    """What a warehouse sent, newest first."""
    p = PINDAHAN_STOK.alias()
    return Rows(Row(p), [p.c.kode_kab == row["kode_kab"], p.c.gudang == row["id"]], [p.c.id.desc()])


def of_receipt(args: Args) -> Rows | None:
    id_ = args.source.pindahan_id
    if id_ is None:
        return None
    p = PINDAHAN_STOK.alias()
    nomor = cast(args.constant(id_.id, TEXT), PINDAHAN_STOK.c.id.type)
    return Rows(Row(p), [p.c.kode_kab == args.constant(id_.kode_kab, TEXT), p.c.id == nomor])


def sender(row: Row, args: Args) -> Rows:
    return warehouse(row["kode_kab"], row["gudang"])


def receiver(row: Row, args: Args) -> Rows:
    return warehouse(row["ke_kab"], row["ke_gudang"])


def goods(row: Row, args: Args) -> Rows:
    """What went out of the sender's ledger."""
    m = MUTASI_STOK.alias()
    keluar = m.c.jenis == word("PINDAH_KELUAR")
    where = [m.c.kode_kab == row["kode_kab"], m.c.bukti == row["id"], m.c.gudang == row["gudang"], keluar]
    return Rows(Row(m), where, [m.c.baris])


def status(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(func.coalesce(_answer(row, "status"), word("DALAM_PERJALANAN")), KODE)


def reason(row: Row, args: Args) -> ColumnElement[Any]:
    return _answer(row, "alasan")


def _answer(row: Row, column: str) -> ColumnElement[Any]:
    """A column of what the receiver said; null while nothing was."""
    j = JAWABAN_PINDAHAN.alias()
    where = [j.c.kode_kab == row["ke_kab"], j.c.asal_kab == row["kode_kab"], j.c.pindahan == row["id"]]
    return select(j.c[column]).where(*where).correlate_except(j).scalar_subquery()
