"""Rows of nodes, as far as the caller may know of them: row security says so."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Float, Text, case, cast, extract, func

from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.words import number, word
from hub.simpul.tables import NODE
from hub.wilayah.reads import TODAY, in_force_on, today_or_last
from hub.wilayah.tables import WILAYAH

of_kabupaten = link(NODE, {"kode": "kode_kab"}, kab=None)


def listed(args: Args) -> Rows:
    """daftarSimpul: by code."""
    s = NODE.alias()
    return Rows(Row(s), (), [s.c.kode_kab])


def region(row: Row, args: Args) -> Rows:
    """Its region, today, or as it last was."""
    w = WILAYAH.alias()
    kab = row["kode_kab"]
    order = [in_force_on(w, TODAY).desc(), w.c.berlaku_sejak.desc()]
    return Rows(Row(w, today_or_last(w)), [w.c.kode_kab == kab, w.c.kode == kab], order, number(1))


def backlog(row: Row, args: Args) -> ColumnElement[Any]:
    """Of its sequence, what the province has not taken: as it stands here at the node, as it was told last at the province."""
    told = func.greatest(row["urutan_simpul"] - row["urutan_terakhir"], number(0))
    here = func.hub_tertunda_di_sini(row["kode_kab"], type_=BigInteger())
    return case((row["induk"].is_(None), told), else_=here)


def asked_live(row: Row, args: Args) -> ColumnElement[Any]:
    """How often it was to be asked live."""
    return _share(row, "ditanya")


def answered_live(row: Row, args: Args) -> ColumnElement[Any]:
    """How often it answered itself, of those."""
    return _share(row, "langsung")


def _share(row: Row, column: str) -> ColumnElement[Any]:
    return func.hub_bagian_langsung(row["kode_kab"], word(column), type_=BigInteger())


def why(row: Row, args: Args) -> ColumnElement[Any]:
    """Why it is not well; null: it is."""
    contact = func.hub_simpul_sebab(
        row["dicabut_pada"], row["alasan"], row["terakhir_kontak"], row["serah_pada"], type_=Text()
    )
    return func.coalesce(contact, row["bekal_sebab"])


def well(row: Row, args: Args) -> ColumnElement[Any]:
    return why(row, args).is_(None)


def age(row: Row, args: Args) -> ColumnElement[Any]:
    """Seconds since the last contact; null: there was none."""
    return cast(extract("epoch", func.now() - row["terakhir_kontak"]), Float())
