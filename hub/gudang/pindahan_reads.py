"""Rows of goods under way between warehouses of different offices. Row-level security shows them to both offices, their
provinces and the admin; others read none."""

from typing import Any

from sqlalchemy import ColumnElement, cast, func, select, type_coerce

from hub.gudang.reads import warehouse
from hub.gudang.tables import JAWABAN_PINDAHAN, MUTASI_STOK, PINDAHAN_STOK
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT
from hub.plan.words import word

incoming = link(PINDAHAN_STOK, {"id": "ke_gudang"}, kab=("kode_kab", "ke_kab"), order=["-id"])
"""What was sent to a warehouse, newest first."""

outgoing = link(PINDAHAN_STOK, {"id": "gudang"}, order=["-id"])
"""What a warehouse sent, newest first."""


def of_receipt(args: Args) -> Rows | None:
    id_ = args.source.pindahan_id
    if id_ is None:
        return None
    p = PINDAHAN_STOK.alias()
    nomor = cast(args.constant(id_.id, TEXT), PINDAHAN_STOK.c.id.type)
    return Rows(Row(p), [p.c.kode_kab == args.constant(id_.kode_kab, TEXT), p.c.id == nomor])


sender = warehouse("kode_kab", "gudang")
receiver = warehouse("ke_kab", "ke_gudang")

goods = link(MUTASI_STOK, {"id": "bukti", "gudang": "gudang"}, only={"jenis": "PINDAH_KELUAR"}, order=["baris"])
"""What went out of the sender's ledger."""


def status(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(func.coalesce(_answer(row, "status"), word("DALAM_PERJALANAN")), KODE)


def reason(row: Row, args: Args) -> ColumnElement[Any]:
    return _answer(row, "alasan")


def _answer(row: Row, column: str) -> ColumnElement[Any]:
    """A column of what the receiver said; null while nothing was."""
    j = JAWABAN_PINDAHAN.alias()
    where = [j.c.kode_kab == row["ke_kab"], j.c.asal_kab == row["kode_kab"], j.c.pindahan == row["id"]]
    return select(j.c[column]).where(*where).correlate_except(j).scalar_subquery()
