"""Rows of reminders: when an office was reminded of a rekap, and the messages of a call, out of the document that holds them."""

from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Date, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB

from hub.base.many_findings import told
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT
from hub.plan.words import number
from hub.rekap.file_preview import findings
from hub.rekap.reminder_service import Reminded
from hub.rekap.tables import REMINDER
from hub.wilayah.reads import region_by_code


def reminded_at(row: Row, args: Args) -> ColumnElement[Any]:
    """When its office was reminded of a rekap for the last time, as far as the caller may know."""
    return _newest(row, "pada")


def reminded_by_way_of(row: Row, args: Args) -> ColumnElement[Any]:
    """How that was told."""
    return _newest(row, "saluran")


def _newest(row: Row, name: str) -> ColumnElement[Any]:
    p = REMINDER.alias()
    return (
        select(p.c[name])
        .where(p.c.kode_kab == row["kode_kab"], p.c.formulir == row["formulir"], p.c.periode == row["periode"])
        .order_by(p.c.id.desc())
        .limit(number(1))
        .correlate_except(p)
        .scalar_subquery()
    )


def of_call(done: Reminded) -> Callable[[Args], Rows]:
    """The one row of what a call answers."""
    messages = [{"wilayah": m.kode_kab, "hari": m.as_of, "teks": m.text} for m in done.messages]
    document = orjson.dumps({"pesan": messages, "temuan": findings(told(done.temuan))}).decode()

    def build(args: Args) -> Rows:
        said = select(cast(args.constant(document, TEXT), JSONB).label("isi")).subquery()
        return Rows(Row(said))

    return build


def messages(row: Row, args: Args) -> Rows:
    """In their order; each region as of the message's own day."""
    entry = (
        func.jsonb_array_elements(row["isi"]["pesan"])
        .table_valued(column("butir", JSONB), with_ordinality="urut")
        .render_derived()
    )
    b = entry.c.butir
    fields = [
        b["wilayah"].astext.label("wilayah"),
        cast(b["hari"].astext, Date()).label("hari"),
        b["teks"].astext.label("teks"),
    ]
    rows = select(*fields, entry.c.urut).correlate_except(entry).subquery()
    return Rows(Row(rows, rows.c.hari), (), [rows.c.urut])


def office(row: Row, args: Args) -> Rows:
    return region_by_code(row, row["wilayah"])
