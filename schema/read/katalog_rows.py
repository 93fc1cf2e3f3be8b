"""Rows of the catalogue."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column
from sqlalchemy.dialects.postgresql import array

from hub.base.kode import Tingkat
from hub.store.katalog_tables import ATURAN, ELEMEN, FORMULIR, RINCIAN
from schema.read.arguments import Args
from schema.read.declare import Row, Rows
from schema.read.inputs import TEXT


def form_by_code(_: Row | None, args: Args) -> Rows:
    f = FORMULIR.alias()
    return Rows(Row(f), [f.c.kode == args.bind("kode", TEXT, str.upper)])


def all_forms(_: Row | None, args: Args) -> Rows:
    f = FORMULIR.alias()
    return Rows(Row(f), (), [f.c.kode])


def form_of(row: Row | None, args: Args) -> Rows:
    assert row is not None
    f = FORMULIR.alias()
    return Rows(Row(f), [f.c.kode == row["formulir"]])


def elements(row: Row | None, args: Args) -> Rows:
    assert row is not None
    e = ELEMEN.alias()
    return Rows(Row(e), [e.c.formulir == row["kode"]], [e.c.urut])


def rules(row: Row | None, args: Args) -> Rows:
    assert row is not None
    a = ATURAN.alias()
    return Rows(Row(a), [a.c.formulir == row["kode"]], [a.c.urut])


def breakdowns(row: Row | None, args: Args) -> Rows:
    assert row is not None
    r = RINCIAN.alias()
    return Rows(Row(r), [r.c.elemen == row["kode"]], [r.c.urut])


def level(row: Row, args: Args) -> ColumnElement[Any]:
    return array([literal_column(f"'{t.name}'") for t in Tingkat])[row["tingkat"]]


def aggregation(row: Row, args: Args) -> ColumnElement[Any]:
    """How the element adds up over time, in the contract's four words."""
    waktu = row["agregasi_waktu"]
    return case((waktu == "UNIK", literal_column("'TERAKHIR'")), else_=waktu)


def choices(row: Row, args: Args) -> ColumnElement[Any]:
    return func.to_json(row["pilihan"])
