"""Rows of figures: aggregates, indicators, figures of one region, breakdown choices."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    Numeric,
    Subquery,
    Text,
    and_,
    any_,
    case,
    cast,
    column,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.closed_figures import closed_column
from hub.angka.agregat import agregat_source, parts_source
from hub.angka.agregat_borders import agregat_by_later_borders, filled_by_later_borders
from hub.angka.counted_regions import BREAKDOWN
from hub.angka.indikator import indikator_source
from hub.angka.reasons import reasons_json
from hub.angka.tables import READABLE_ANGKA
from hub.base.kode import Level
from hub.base.questions import day_not_before, distinct_list, kode_down_to, periode_ends, valid_kode
from hub.katalog.questions import answered_here, known_dimensions, known_elemen, known_indikator
from hub.katalog.tables import ELEMEN
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.sql_text import Binds
from hub.plan.types import DATES, KODE, TEXT, TEXTS, TIME
from hub.plan.words import number, word
from hub.terdaftar.reads import terdaftar_cte
from hub.wilayah.first_list import region_day_of
from hub.wilayah.reads import answered_here as answered_here_of
from hub.wilayah.reads import in_force_on
from hub.wilayah.tables import WILAYAH

_ELEMEN = "elemen_"  # before the names of an element's columns in a row of figures


class AgregatLookups:
    """What single fields of a row of `agregat` look up, by how it was asked. Made only where one of them is selected."""

    def __init__(self, binds: Binds, level: Level, detailed: bool) -> None:
        self._binds = binds
        self.level = level
        self.detailed = detailed
        self.by_other_borders = "hari" in binds

    @cached_property
    def registers(self) -> CTE | None:
        """What the registers count; None: they are not asked what they knew then."""
        return None if "pada" in self._binds else terdaftar_cte(self._binds, self.level, detailed=self.detailed)

    @cached_property
    def parts(self) -> Subquery:
        """Figures of the regions one level below, of the breakdown asked for."""
        return parts_source(self._binds, self.level)

    @cached_property
    def parts_by_other_borders(self) -> CTE:
        """How many parts of each region carry a figure, by the borders asked for."""
        return filled_by_later_borders(self._binds, self.level, detailed=self.detailed)


def agregat(args: Args) -> Rows:
    level = Level[args.choice("tingkat")]
    detailed = args.has("rincian")
    binds = {
        "wilayah": args.bind_checked("wilayah", TEXT, answered_here(kode_down_to(level))),
        "elemen": args.bind_checked("elemen", TEXTS, known_elemen),
        "periode": args.bind("periode", TEXTS, distinct_list("periode")),
        "akhir": args.bind("periode", DATES, lambda p: periode_ends(distinct_list("periode")(p))),
        "dimensi": args.bind_checked("rincian", TEXT, known_dimensions),
        **known_then(args),
    }
    if args.has("wilayahPada"):
        binds["hari"] = args.bind_together(("wilayahPada", "periode"), Date(), day_not_before)
        rows = agregat_by_later_borders(binds, level, detailed=detailed)
    else:
        rows = agregat_source(binds, level, detailed=detailed)
    order = [rows.c.kode, rows.c.urut_elemen, rows.c.urut_periode, cast(rows.c.rincian, Text)]
    return Rows(Row(rows, rows.c.acuan, beside=AgregatLookups(binds, level, detailed)), (), order)


def registered(row: Row, args: Args) -> ColumnElement[Any]:
    """What the registers count for that row; null where they know nothing of it, or it is closed to the caller."""
    registers = row.beside.registers
    if registers is None:
        return cast(null(), BigInteger)
    counts = select(registers.c.isi).correlate_except(registers).scalar_subquery()
    rincian, separator = cast(row["rincian"], Text), word("|", Text)
    key = func.concat_ws(separator, row["periode"], row["elemen"], row["kode"], func.lower(rincian))
    # without a count: none, where the registers count such things (and tell them apart so)
    default = func.concat(row["elemen"], case((rincian == word("{}"), word("")), else_=separator))
    nilai = func.coalesce(counts.op("->>")(key), counts.op("->>")(default))
    return cast(case((row["status"] != word("DISUPRESI"), nilai)), BigInteger)


def beyond_registered(row: Row, args: Args) -> ColumnElement[Any]:
    return func.hub_desimal(row["nilai"] - registered(row, args), type_=JSON)


def filled(row: Row, args: Args) -> Rows:
    """How many regions of the next level in force there are (`dari`), and how many carry a figure (`berisi`). No row at desa, and
    where the caller may not see the figure or one of the parts'; of a released total of a province what was released with it."""
    asked: AgregatLookups = row.beside
    if asked.level is Level.DESA:
        return Rows(Row(select(number(0).label("dari"), number(0).label("berisi")).subquery()), [false()])
    below = number(asked.level + 1)
    w, e = WILAYAH.alias(), ELEMEN.alias()
    of_region = [w.c.kode_induk == row["kode"], w.c.tingkat == below, in_force_on(w, row["acuan"])]
    if asked.level is not Level.PROVINSI:
        of_region.append(w.c.kode_kab == row["kode_kab"])
    if asked.by_other_borders:
        counted = _filled_by_other_borders(row, asked, below, w, of_region)
    else:
        counted = _filled(row, asked, below, (w, e, asked.parts), of_region)
    if asked.level is Level.PROVINSI and not asked.by_other_borders:
        counted = _filled_then(row, counted)
    return Rows(
        Row(counted), [row["status"] != word("DISUPRESI"), func.coalesce(counted.c.tutup, false()).is_(false())]
    )


def _filled_then(row: Row, counted: Subquery) -> Subquery:
    """As many as a released total was made of, whatever its parts say now, and whether or not one of them is closed."""
    filled_parts = func.coalesce(row["terisi"], counted.c.berisi).label("berisi")
    is_closed = and_(row["terisi"].is_(None), counted.c.tutup).label("tutup")
    return select(counted.c.dari, filled_parts, is_closed).correlate_except(counted).subquery()


def _filled(
    row: Row,
    asked: AgregatLookups,
    below: ColumnElement[Any],
    tables: tuple[Any, Any, Subquery],
    of_region: Sequence[Any],
) -> Subquery:
    w, e, x = tables
    counted: ColumnElement[bool] = e.c.registri >= below  # by the hub itself
    if asked.detailed:
        counted = and_(e.c.registri == number(int(Level.DESA)), func.jsonb_exists(row["rincian"], word(BREAKDOWN)))
    has_figure = or_(x.c.nilai.is_not(None), func.coalesce(counted, false()))
    sensitivity = func.hub_peka(row["elemen"], row["rincian"]) if asked.detailed else e.c.sensitif
    return (
        select(
            func.count().label("dari"),
            func.count().filter(has_figure).label("berisi"),
            func.bool_or(
                or_(func.coalesce(x.c.status == word("DISUPRESI"), false()), closed_column(sensitivity, below, row["kode_kab"]))
            ).label("tutup"),
        )
        .select_from(
            w.join(e, e.c.kode == row["elemen"]).outerjoin(
                x,
                and_(
                    x.c.kode_kab == w.c.kode_kab, x.c.elemen == row["elemen"], x.c.periode == row["periode"],
                    x.c.kode_wilayah == w.c.kode, x.c.rincian == row["rincian"],
                ),
            )
        )
        .where(*of_region)
        .correlate_except(w, e, x)
        .subquery()
    )  # fmt: skip


def _filled_by_other_borders(
    row: Row, asked: AgregatLookups, below: ColumnElement[Any], w: Any, of_region: Sequence[Any]
) -> Subquery:
    parts = asked.parts_by_other_borders
    found = select(parts.c.isi).correlate_except(parts).scalar_subquery()
    rincian = cast(row["rincian"], Text)
    key = func.concat_ws(word("|", Text), row["periode"], row["elemen"], row["kode"], rincian)
    of_row = type_coerce(found.op("->")(key), JSONB)
    e = ELEMEN.alias()
    sensitivity = func.hub_peka(row["elemen"], row["rincian"]) if asked.detailed else e.c.sensitif
    # closed whether or not a part has a figure: else it would tell that none has
    is_closed = (
        select(closed_column(sensitivity, below, row["kode_kab"])).select_from(e).where(e.c.kode == row["elemen"])
    )
    regions = select(func.count()).select_from(w).where(*of_region).correlate_except(w).scalar_subquery()
    counted = select(
        regions.label("dari"),
        func.coalesce(cast(of_row.op("->>")(number(0)), BigInteger), number(0)).label("berisi"),
        or_(
            func.coalesce(cast(of_row.op("->>")(number(1)), Boolean), false()),
            is_closed.correlate_except(e).scalar_subquery(),
        ).label("tutup"),
    )
    return counted.correlate_except(w).subquery()


def indikator(args: Args) -> Rows:
    level = Level[args.choice("tingkat")]
    binds = {
        "wilayah": args.bind_checked("wilayah", TEXT, answered_here(kode_down_to(level))),
        "kode": args.bind_checked("kode", TEXTS, known_indikator),
        "periode": args.bind("periode", TEXTS, distinct_list("periode")),
        "akhir": args.bind("periode", DATES, lambda p: periode_ends(distinct_list("periode")(p))),
        "alasan": args.constant(reasons_json(), TEXT),
        **known_then(args),
    }
    rows = indikator_source(binds, level)
    order = [rows.c.kode_wilayah, rows.c.urut_indikator, rows.c.urut_periode, cast(rows.c.rincian, Text)]
    return Rows(Row(rows, rows.c.acuan), (), order)


def available(args: Args) -> Rows:
    """Which approved totals of whole kabupaten there are in a region. One range of angka_kabupaten_idx: codes are
    hierarchical, and "/" follows "." in byte order."""
    a = READABLE_ANGKA.alias()
    kab = func.left(args.bind_checked("wilayah", TEXT, answered_here(valid_kode)), 5)
    figures = (
        select(a.c.elemen, a.c.periode, func.count().label("kabupaten"))
        .where(
            a.c.kode_kab >= kab,
            a.c.kode_kab < func.concat(kab, word("/")),
            a.c.tingkat == number(int(Level.KABUPATEN)),
            a.c.dimensi == word(""),
            a.c.nilai.is_not(None),
        )
        .group_by(a.c.elemen, a.c.periode)
        .correlate_except(a)
        .subquery()
    )
    return Rows(Row(figures), (), [figures.c.elemen, figures.c.periode])


def known_then(args: Args) -> dict[str, BindParameter[Any]]:
    """The time as of which figures are asked; empty: as they are now."""
    return {"pada": args.bind("pada", TIME)} if args.has("pada") else {}


def figures_of(level: Level) -> Callable[[Row, Args], Rows]:
    """Approved figures of one region of that level, kabupaten or desa: one row per element and period asked for, missing ones included."""

    def build(row: Row, args: Args) -> Rows:
        return _figures(level, row, args)

    return build


def _figures(level: Level, row: Row, args: Args) -> Rows:
    elemen = args.bind_checked("elemen", TEXTS, known_elemen)
    periode = args.bind("periode", TEXTS, distinct_list("periode"))
    x = func.unnest(elemen).table_valued(column("kode", KODE), with_ordinality="urut")
    p = func.unnest(periode).table_valued(column("periode", KODE), with_ordinality="urut")
    x, p = x.render_derived(), p.render_derived()
    a, e = READABLE_ANGKA.alias(), ELEMEN.alias()
    # asked for: the same for every region, so PostgreSQL makes it once
    asked = (
        select(
            *(k.label(_ELEMEN + k.name) for k in e.c),
            p.c.periode, x.c.urut.label("urut_elemen"), p.c.urut.label("urut_periode"),
        )
        .select_from(x.join(p, true()).join(e, e.c.kode == x.c.kode))
        .correlate_except(x, p, e)
        .subquery()
    )  # fmt: skip
    # at hand: one range of the index per period asked for; a region has at most one figure per element there
    at_hand = (
        select(a.c.elemen, a.c.periode, a.c.nilai, a.c.status)
        .where(
            a.c.kode_kab == row["kode_kab"],
            a.c.kode_wilayah == row["kode"],
            a.c.periode == any_(periode),
            a.c.dimensi == word(""),
            a.c.tingkat == number(int(level)),
        )
        .correlate_except(a)
        .subquery()
    )
    counts = [
        (asked.c[_ELEMEN + "registri"] == number(int(level)), number(1)),  # of what is counted, it is one
        *([] if level is Level.DESA else [_regions_within(level, asked, row)]),
    ]
    counted, is_counted = [(c, cast(v, Numeric)) for c, v in counts], or_(*(c for c, _ in counts))
    is_closed = closed_column(asked.c[_ELEMEN + "sensitif"], row["tingkat"], row["kode_kab"])
    # A left join, written as a full one less what was not asked for: only a hash can do that, and the hash is cheap, where
    # PostgreSQL, expecting one figure per region, would choose a nested loop and compare all with all for every region.
    same = and_(at_hand.c.elemen == asked.c[_ELEMEN + "kode"], at_hand.c.periode == asked.c.periode)
    figures = (
        select(
            *asked.c,
            asked.c[_ELEMEN + "kode"].label("elemen"),
            literal_column("'{}'::jsonb", JSONB).label("rincian"),
            case((is_closed, null()), *counted, else_=at_hand.c.nilai).label("nilai"),
            type_coerce(
                case(
                    (is_closed, word("DISUPRESI")),
                    *((c, case((v > number(0), word("ADA")), else_=word("NOL"))) for c, v in counted[1:]),
                    (is_counted, word("ADA")),
                    else_=func.coalesce(at_hand.c.status, word("TIDAK_ADA_DATA")),
                ),
                KODE,
            ).label("status"),
        )
        .select_from(asked.outerjoin(at_hand, same, full=True))
        .where(func.coalesce(asked.c.urut_elemen, number(0)) > number(0))
        .correlate_except(asked, at_hand)
        .subquery()
    )
    here = answered_here_of(row, args)
    return Rows(Row(figures), [here], [figures.c.urut_elemen, figures.c.urut_periode])


def _regions_within(level: Level, asked: Subquery, row: Row) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Of an element that counts regions of a level below: that it does, and how many are in force in this one when the period ends."""
    w, registry = WILAYAH.alias(), asked.c[_ELEMEN + "registri"]
    day = region_day_of(row["kode_kab"], func.hub_akhir(asked.c.periode, type_=Date()))
    counted = (
        select(func.count())
        .where(w.c.kode_kab == row["kode_kab"], w.c.tingkat == registry, in_force_on(w, day))
        .correlate_except(w)
        .scalar_subquery()
    )
    return registry > number(int(level)), counted


def element(row: Row, args: Args) -> Rows | Row:
    if _ELEMEN + "kode" in row.source.c:
        return Row(row.source, row.reference_day, _ELEMEN)
    e = ELEMEN.alias()
    return Rows(Row(e), [e.c.kode == row["elemen"]])


def choices(row: Row, args: Args) -> Rows:
    """The breakdown of a figure as (name, choice) pairs."""
    r = func.jsonb_each_text(row["rincian"]).table_valued("rincian", "pilihan").render_derived()
    named = select(r.c.rincian, r.c.pilihan).correlate_except(r).subquery()
    return Rows(Row(named), (), [named.c.rincian])


region_of_indicator = link(WILAYAH, {"kode_wilayah": "kode"}, holds=in_force_on)


def percent(row: Row, args: Args) -> ColumnElement[Any]:
    """Approved of expected, in percent, two decimals; null where none is expected."""
    share = cast(row["disetujui"], Numeric) * 100 / func.nullif(row["diharapkan"], 0)
    return func.round(share, 2, type_=Numeric())
