"""Rows of goods under way between warehouses of different offices. Row-level security shows them to both offices, their
provinces and the admin; others read none."""

from typing import Any

from sqlalchemy import ColumnElement, cast, func, select, type_coerce

from hub.gudang.reads import warehouse
from hub.gudang.tables import STOK_MOVEMENT, STOK_TRANSFER, TRANSFER_ANSWER
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT
from hub.plan.words import word

incoming = link(STOK_TRANSFER, {"id": "ke_gudang"}, kab=("kode_kab", "ke_kab"), order=["-id"])
"""What was sent to a warehouse, newest first."""

outgoing = link(STOK_TRANSFER, {"id": "gudang"}, order=["-id"])
"""What a warehouse sent, newest first."""


def of_receipt(args: Args) -> Rows | None:
    id_ = args.source.transfer_id
    if id_ is None:
        return None
    p = STOK_TRANSFER.alias()
    transfer_id = cast(args.constant(id_.id, TEXT), STOK_TRANSFER.c.id.type)
    return Rows(Row(p), [p.c.kode_kab == args.constant(id_.kode_kab, TEXT), p.c.id == transfer_id])


sender = warehouse("kode_kab", "gudang")
receiver = warehouse("ke_kab", "ke_gudang")

goods = link(STOK_MOVEMENT, {"id": "bukti", "gudang": "gudang"}, only={"jenis": "PINDAH_KELUAR"}, order=["baris"])
"""What went out of the sender's ledger."""


def status(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(func.coalesce(_answer(row, "status"), word("DALAM_PERJALANAN")), KODE)


def reason(row: Row, args: Args) -> ColumnElement[Any]:
    return _answer(row, "alasan")


def _answer(row: Row, column: str) -> ColumnElement[Any]:
    """A column of what the receiver said; null while nothing was."""
    j = TRANSFER_ANSWER.alias()
    where = [j.c.kode_kab == row["ke_kab"], j.c.asal_kab == row["kode_kab"], j.c.pindahan == row["id"]]
    return select(j.c[column]).where(*where).correlate_except(j).scalar_subquery()
