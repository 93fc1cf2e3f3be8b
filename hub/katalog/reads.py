"""Rows of the catalogue."""

from typing import Any

from sqlalchemy import JSON, ColumnElement, case, cast, distinct, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, array

from hub.base.kode import Level
from hub.katalog.tables import ATURAN, ELEMEN, FORMULIR, INDIKATOR, INDIKATOR_TERM, RINCIAN
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT
from hub.plan.words import word


def form_by_code(args: Args) -> Rows:
    f = FORMULIR.alias()
    return Rows(Row(f), [f.c.kode == args.bind("kode", TEXT, str.upper)])


def all_forms(args: Args) -> Rows:
    f = FORMULIR.alias()
    return Rows(Row(f), (), [f.c.kode])


form_of = link(FORMULIR, {"formulir": "kode"})
elements = link(ELEMEN, {"kode": "formulir"}, order=["urut"])
rules = link(ATURAN, {"kode": "formulir"}, order=["urut"])
breakdowns = link(RINCIAN, {"kode": "elemen"}, order=["urut"])


def all_indicators(args: Args) -> Rows:
    i = INDIKATOR.alias()
    return Rows(Row(i), (), [i.c.urut])


def indicator_code(row: Row, args: Args) -> ColumnElement[Any]:
    """As it is asked for: "I04", a variant "I04.disabilitas"."""
    return func.concat_ws(word("."), row["kode"], func.nullif(row["varian"], word("")))


def elements_used(row: Row, args: Args) -> ColumnElement[Any]:
    """Codes of the elements that its formula is made of, in order of code; none where it is made of other indicators."""
    s = INDIKATOR_TERM.alias()
    kode = select(distinct(s.c.elemen).label("kode")).where(s.c.indikator == row["kode"], s.c.varian == row["varian"])
    rows = kode.correlate_except(s).subquery()
    all_codes = func.json_agg(aggregate_order_by(rows.c.kode, rows.c.kode))
    return select(func.coalesce(all_codes, cast(word("[]"), JSON))).correlate_except(rows).scalar_subquery()


def level(row: Row, args: Args) -> ColumnElement[Any]:
    return array([word(t.name) for t in Level])[row["tingkat"]]


def counted_level(row: Row, args: Args) -> ColumnElement[Any]:
    """The level whose regions are counted for it; NULL where the figure is reported."""
    return array([word(t.name) for t in Level])[row["registri"]]


def aggregation(row: Row, args: Args) -> ColumnElement[Any]:
    """How the element adds up over time, in the contract's four words."""
    over_time = row["agregasi_waktu"]
    return case((over_time == "UNIK", word("TERAKHIR")), else_=over_time)


def choices(row: Row, args: Args) -> ColumnElement[Any]:
    return func.to_json(row["pilihan"])
