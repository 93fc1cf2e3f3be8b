"""Rows of achieved performance."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Numeric,
    Text,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from hub.base.periode import Periode, PeriodeKind
from hub.base.questions import kode_of_office, valid_year
from hub.katalog.questions import answered_here
from hub.kinerja.capaian import capaian_source
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import DATES, TEXT, TEXTS
from hub.plan.words import number, word
from hub.wilayah.reads import in_force_on
from hub.wilayah.tables import WILAYAH

_QUARTERS = 4
_NUMBERS = ARRAY(Integer())


def capaian(args: Args) -> Rows:
    """capaianKinerja: the office's row."""

    def of_periods(type_: TypeEngine[Any], what: Callable[[Periode], Any], periods: Callable[[int], Any]) -> Any:
        return args.bind("tahun", type_, lambda year: [what(p) for p in periods(valid_year(year))])

    rows = capaian_source(
        {
            "wilayah": args.bind_checked("wilayah", TEXT, answered_here(kode_of_office)),
            "tahun": args.bind("tahun", Integer(), valid_year),
            "akhir": args.bind("tahun", Date(), lambda year: _year(valid_year(year)).last_day),
            "periode": of_periods(TEXTS, str, _periods),
            "akhir_periode": of_periods(DATES, lambda p: p.last_day, _periods),
            "bulan": of_periods(_NUMBERS, lambda p: int(p.kind), _periods),
            "triwulan": of_periods(_NUMBERS, _quarter, _periods),
            "bingkai": of_periods(TEXTS, str, _frames),
            "akhir_bingkai": of_periods(DATES, lambda p: p.last_day, _frames),
        }
    )
    return Rows(Row(rows, rows.c.acuan))


region_of_office = link(WILAYAH, {"kode_wilayah": "kode"}, holds=in_force_on)


def scale(row: Row, args: Args) -> Rows:
    """The steps of its scale, the highest first."""
    x = _members(row["skala"])
    steps = select(_decimal(x, "dari"), _text(x, "nama")).select_from(x).correlate_except(x).subquery()
    return Rows(Row(steps), (), [steps.c.dari.desc()])


def objectives(row: Row, args: Args) -> Rows:
    x = _members(row["sasaran"])
    rows = (
        select(
            x.c.ke, _text(x, "nama"), _decimal(x, "nilai"), _text(x, "predikat"), _decimal(x, "tertulis"),
            x.c.isi["indikator"].label("indikator"),
        )
        .select_from(x).correlate_except(x).subquery()
    )  # fmt: skip
    return Rows(Row(rows), (), [rows.c.ke])


_INDICATOR = "i_"  # before the names of the indicator's columns in a row of achievements
_OF_INDICATOR = ("kode", "varian", "nama", "jenis", "definisi", "kode_ref")


def indicators(row: Row, args: Args) -> Rows:
    x = _members(row["indikator"])
    rows = (
        select(
            x.c.ke, _text(x, "satuan"), _decimal(x, "target"), _decimal(x, "realisasi"), _decimal(x, "capaian"), _text(x, "predikat"),
            _text(x, "status"), x.c.isi["triwulan"].label("triwulan"),
            *(_text(x, name, _INDICATOR + name) for name in _OF_INDICATOR),
            _text(x, "satuan_hitung", _INDICATOR + "satuan"),
        )
        .select_from(x).correlate_except(x).subquery()
    )  # fmt: skip
    return Rows(Row(rows), (), [rows.c.ke])


def indicator(row: Row, args: Args) -> Row:
    """It stands in this very row: not all that has a target is an indicator of the catalogue."""
    return Row(row.source, row.reference_day, _INDICATOR)


def per_quarter(row: Row, args: Args) -> ColumnElement[Any]:
    """The four results as a list, null where there is none."""
    numbers = [cast(row["triwulan"].op("->>")(number(i)), Numeric) for i in range(_QUARTERS)]
    return func.json_build_array(*(func.hub_desimal(n, type_=JSON) for n in numbers), type_=JSON)


def _members(of: ColumnElement[Any]) -> FromClause:
    """The members of a JSON list as rows: `isi`, and the place of each, `ke`."""
    x = func.jsonb_array_elements(of).table_valued(column("isi", JSONB), with_ordinality="ke")
    return x.render_derived()


def _text(x: FromClause, key: str, name: str | None = None) -> ColumnElement[Any]:
    return cast(x.c.isi.op("->>")(word(key)), Text).label(name or key)


def _decimal(x: FromClause, key: str) -> ColumnElement[Any]:
    return cast(x.c.isi.op("->>")(word(key)), Numeric).label(key)


def _year(year: int) -> Periode:
    return Periode(year, PeriodeKind.TAHUN, 1)


def _frames(year: int) -> list[Periode]:
    """The year, then its quarters."""
    return [_year(year), *(Periode(year, PeriodeKind.TRIWULAN, n + 1) for n in range(_QUARTERS))]


def _periods(year: int) -> list[Periode]:
    """All that the year is made of, whatever its length."""

    def below(p: Periode) -> Iterator[Periode]:
        yield p
        for part in p.parts:
            yield from below(part)

    return list(below(_year(year)))


def _quarter(p: Periode) -> int | None:
    """The quarter it lies in; None for what is longer."""
    return (p.ordinal * p.kind - 1) // PeriodeKind.TRIWULAN + 1 if p.kind <= PeriodeKind.TRIWULAN else None
