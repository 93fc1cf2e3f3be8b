"""Rows of deadlines: the one that holds for an office, and who set it why.

The newest setting of the office's own region, else of its province, else the form's number of days after the period's end.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, case, func, or_, select, true

from hub.base.questions import distinct_list, periode_ends, valid_kode
from hub.katalog.questions import known_formulir
from hub.katalog.tables import FORMULIR
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import DATES, TEXT, TEXTS
from hub.plan.words import number, word
from hub.rekap.deadline_statements import DeadlineKey
from hub.rekap.tables import TENGGAT
from hub.wilayah.first_list import region_day_of
from hub.wilayah.reads import in_force_on, name_on
from hub.wilayah.tables import WILAYAH

Column = ColumnElement[Any]


def periods_asked(args: Args) -> Any:
    """The periods of the argument: `periode`, its last day `akhir`, its place among them `urut`."""
    check = distinct_list("periode")
    return func.unnest(
        args.bind("periode", TEXTS, check), args.bind("periode", DATES, lambda x: periode_ends(check(x)))
    ).table_valued("periode", "akhir", with_ordinality="urut", name="p").render_derived()  # fmt: skip


def expected_for(f: Any, periode: Column, args: Args) -> ColumnElement[bool]:
    """Whether a form of the argument (of all, without it) is expected for a period: at its own frequency or a coarser one."""
    chosen = (
        [f.c.kode == func.any(args.bind_checked("formulir", TEXTS, known_formulir))] if args.has("formulir") else []
    )
    return and_(func.hub_bulan(periode) >= func.hub_bulan_jenis(f.c.periode_jenis), *chosen)


def offices_in(w: Any, kode: Column) -> ColumnElement[bool]:
    """Regions whose offices report: of that code (of a kecamatan or desa: its kabupaten/kota), and the kabupaten/kota of a province."""
    office = func.left(kode, number(5))
    itself = and_(w.c.kode_kab == office, w.c.kode == office)
    return or_(itself, and_(w.c.tingkat == number(2), w.c.kode_induk == kode))


def setting(formulir: Column, periode: Column, kode: Column, *columns: str) -> Select[Any]:
    """The setting that holds for the office of that code, of it these columns; no row where there is none. A province's code
    comes before those below it."""
    t = TENGGAT.alias()
    return (
        select(*(t.c[k] for k in columns))
        .where(
            t.c.formulir == formulir, t.c.periode == periode, t.c.kode_wilayah.in_([kode, func.left(kode, number(2))])
        )
        .order_by(t.c.kode_wilayah.desc(), t.c.urut.desc())
        .limit(number(1))
        .correlate_except(t)
    )  # fmt: skip


def by_catalogue(f: Any, last_day: Column) -> Column:
    """The day by the form itself."""
    day: Column = last_day + f.c.tenggat_hari
    return day


def listed(args: Args) -> Rows:
    """One row per office in force (a province that is asked for and each kabupaten/kota), form expected for the period, period."""
    kode = args.bind("wilayah", TEXT, valid_kode)
    p, w, f = periods_asked(args), WILAYAH.alias(), FORMULIR.alias()
    day = region_day_of(kode, p.c.akhir)
    offices = and_(offices_in(w, kode), in_force_on(w, day))
    s = setting(f.c.kode, p.c.periode, w.c.kode, "tanggal", "alasan", "kantor", "pada").lateral("s")
    rows = (
        select(
            w.c.kode_kab, w.c.kode.label("kode_wilayah"), day.label("hari"), f.c.kode.label("formulir"), p.c.periode, p.c.urut,
            func.coalesce(s.c.tanggal, by_catalogue(f, p.c.akhir), type_=Date()).label("tanggal"),
            s.c.alasan, s.c.kantor, s.c.pada,
        )
        .select_from(p.join(w, offices).join(f, expected_for(f, p.c.periode, args)).outerjoin(s, true()))
        .subquery()
    )  # fmt: skip
    return Rows(Row(rows, rows.c.hari), (), [rows.c.kode_wilayah, rows.c.formulir, rows.c.urut])


def of_setting(key: DeadlineKey) -> Callable[[Args], Rows]:
    """One setting, as it was set."""

    def build(args: Args) -> Rows:
        t = TENGGAT.alias()
        where = [
            t.c.formulir == args.constant(key.formulir, TEXT), t.c.periode == args.constant(key.periode, TEXT),
            t.c.kode_wilayah == args.constant(key.kode_wilayah, TEXT), t.c.urut == args.constant(key.urut, Integer()),
        ]  # fmt: skip
        return Rows(Row(t, func.hub_akhir(t.c.periode, type_=Date())), where)

    return build


def set_by(row: Row, args: Args) -> ColumnElement[Any]:
    """The office that set it, by the name it bore then; never a person. Null where nobody did."""
    w = WILAYAH.alias()
    day = func.hub_hari(row["pada"], type_=Date())
    province = (
        select(word("Provinsi ").concat(name_on(w, day)))
        .where(w.c.kode_kab == row["kantor"], w.c.kode == row["kantor"], in_force_on(w, day))
        .correlate_except(w)
        .scalar_subquery()
    )
    return case(
        (row["kantor"] == word(""), word("Pengelola hub")), else_=func.coalesce(province, row["kantor"])
    )  # fmt: skip
