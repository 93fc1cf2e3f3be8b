"""Rows of how a file was read, out of the document that says so."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Float, Integer, Text, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB

from hub.katalog.tables import ELEMEN
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT
from hub.wilayah.reads import in_force_on, region_by_code
from hub.wilayah.tables import WILAYAH


def of_preview(document: str, as_of: date) -> Callable[[Args], Rows]:
    """The one row of a document {lembar, temuan}; its regions as they are on that day."""

    def build(args: Args) -> Rows:
        said = select(cast(args.constant(document, TEXT), JSONB).label("isi")).subquery()
        return Rows(Row(said, args.constant(as_of, Date())))

    return build


def sheets(row: Row, args: Args) -> Rows:
    return _entries(
        row,
        row["isi"]["lembar"],
        {"nama": TEXT, "barisKepala": JSONB(), "kolom": JSONB(), "baris": JSONB(), "dilewati": JSONB()},
    )


def findings(row: Row, args: Args) -> Rows:
    texts = dict.fromkeys(("kode", "tingkat", "pesan", "wilayah", "elemen", "nilai", "usulan"), TEXT)
    return _entries(row, row["isi"]["temuan"], {**texts, "lokasi": JSONB()})


def columns(row: Row, args: Args) -> Rows:
    fields = {"kolom": TEXT, "judul": TEXT, "sebagai": TEXT, "elemen": TEXT, "rincian": JSONB(), "yakin": Float()}
    return _entries(row, row["kolom"], fields)


def rows_of_sheet(row: Row, args: Args) -> Rows:
    fields = {
        "baris": Integer(), "tertulis": TEXT, "wilayah": TEXT, "calon": JSONB(), "jumlah": Boolean(), "nilai": JSONB(), "isi": JSONB(),
    }  # fmt: skip
    return _entries(row, row["baris"], fields)


def left_out(row: Row, args: Args) -> Rows:
    return _entries(row, row["dilewati"], {"baris": Integer(), "isi": TEXT, "alasan": TEXT})


def choices(row: Row, args: Args) -> Rows:
    return _entries(row, row["rincian"], {"rincian": TEXT, "pilihan": TEXT})


def element(row: Row, args: Args) -> Rows:
    e = ELEMEN.alias()
    return Rows(Row(e), [e.c.kode == row["elemen"]])


def region(row: Row, args: Args) -> Rows:
    return region_by_code(row, row["wilayah"])


def likely_regions(row: Row, args: Args) -> Rows:
    """Regions a row may mean, the likeliest first."""
    w = WILAYAH.alias()
    listed = func.jsonb_array_elements_text(row["calon"]).table_valued("kode", with_ordinality="urut").render_derived()
    assert row.reference_day is not None
    kode = listed.c.kode
    likely = select(cast(kode, Text).label("kode"), listed.c.urut).correlate_except(listed).subquery()
    where = [w.c.kode_kab == func.left(likely.c.kode, 5), w.c.kode == likely.c.kode, in_force_on(w, row.reference_day)]
    return Rows(Row(w, row.reference_day), where, [likely.c.urut], beside=[likely])


def header_rows(row: Row, args: Args) -> ColumnElement[Any]:
    return row["barisKepala"]


def values(row: Row, args: Args) -> ColumnElement[Any]:
    return row["nilai"]


def texts(row: Row, args: Args) -> ColumnElement[Any]:
    return row["isi"]


def _entries(row: Row, listed: ColumnElement[Any], fields: dict[str, Any]) -> Rows:
    """Objects of a list, each a row of those fields, in their order."""
    entry = (
        func.jsonb_array_elements(listed).table_valued(column("butir", JSONB), with_ordinality="urut").render_derived()
    )
    b = entry.c.butir
    named = [
        (b[name] if isinstance(type_, JSONB) else cast(b[name].astext, type_)).label(name)
        for name, type_ in fields.items()
    ]
    rows = select(*named, entry.c.urut).correlate_except(entry).subquery()
    return Rows(Row(rows, row.reference_day), (), [rows.c.urut])
