"""Complaints that an SLRT or puskesos received and settled in a period: the approved figures of its desa (LEM12, LEM13), of the
choice that names its kind. So they are what the kabupaten's totals are made of, approved and closed like these."""

from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, column, func, null, or_, select, type_coerce

from hub.akses.closed_figures import closed_column
from hub.angka.tables import READABLE_ANGKA
from hub.base.kode import Level
from hub.base.questions import distinct_list
from hub.katalog.tables import ELEMEN
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXTS
from hub.plan.words import number, word
from hub.sumber_daya.reads import stands
from hub.sumber_daya.tables import SUMBER_DAYA

COMPLAINTS_BY = "penerima_pengaduan"  # the breakdown of LEM12 and LEM13 by who received them
RECEIVERS = {"SLRT": "SLRT", "PUSKESOS": "puskesos"}  # kind of a social resource → its choice there


def of_institution(row: Row, args: Args) -> Rows:
    """One row per period asked for: received and settled, each with its state. TIDAK_BERLAKU: it did not stand on the period's last
    day; TIDAK_ADA_DATA also where another of its kind stood in its desa, so that nobody can tell whose they are."""
    periods = func.unnest(args.bind("periode", TEXTS, distinct_list("periode")))
    p = periods.table_valued(column("periode", KODE), with_ordinality="urut").render_derived()
    end = func.hub_akhir(p.c.periode, type_=Date())
    of_kind = case(*((row["jenis"] == word(kind), word(choice)) for kind, choice in RECEIVERS.items()))
    rincian = func.jsonb_build_object(word(COMPLAINTS_BY), of_kind)
    other = SUMBER_DAYA.alias()
    same_place = and_(
        other.c.kode_kab == row["kode_kab"], other.c.kode_desa == row["kode_desa"], other.c.jenis == row["jenis"],
        other.c.id != row["id"], stands(other, end),
    )  # fmt: skip
    shared = select(other.c.id).where(same_place).correlate_except(other).exists()
    stood = stands(row.source, end)
    columns: list[ColumnElement[Any]] = [p.c.periode, p.c.urut]
    joined: Any = p
    tables: list[Any] = [p]
    for kode, name in (("LEM12", "masuk"), ("LEM13", "selesai")):
        a, e = READABLE_ANGKA.alias(), ELEMEN.alias()
        figure = and_(
            a.c.kode_kab == row["kode_kab"], a.c.kode_wilayah == row["kode_desa"], a.c.elemen == word(kode),
            a.c.periode == p.c.periode, a.c.tingkat == number(int(Level.DESA)), a.c.dimensi == word(COMPLAINTS_BY),
            a.c.rincian == rincian,
        )  # fmt: skip
        joined = joined.join(e, e.c.kode == word(kode)).outerjoin(a, figure)
        tables += [a, e]
        is_closed = closed_column(e.c.sensitif, number(int(Level.DESA)), row["kode_kab"])
        status = case(
            (~stood, word("TIDAK_BERLAKU")), (shared, word("TIDAK_ADA_DATA")), (is_closed, word("DISUPRESI")),
            else_=func.coalesce(a.c.status, word("TIDAK_ADA_DATA")),
        )  # fmt: skip
        columns += [
            case((or_(~stood, shared, is_closed), null()), else_=a.c.nilai).label(name),
            type_coerce(status, KODE).label(f"status_{name}"),
        ]
    rows = select(*columns).select_from(joined).correlate_except(*tables).subquery()
    return Rows(Row(rows), (), [rows.c.urut])
