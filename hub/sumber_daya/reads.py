"""Rows of social resources and their papers. What stands is public; a shelter is not there for whoever may not see it (row-level
security), a head's name is shown by consent, and how many people a single institution serves only to those who answer for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Integer,
    Table,
    Text,
    and_,
    case,
    cast,
    column,
    extract,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.closed_figures import own_region, reaches
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.public_id import PublicId, read_id
from hub.base.questions import kode_down_to
from hub.katalog import questions
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS
from hub.plan.words import FALSE, number, word
from hub.sumber_daya.funding import APBN_YEARS, FUNDED_KINDS
from hub.sumber_daya.name_filter import name_contains
from hub.sumber_daya.tables import SUMBER_DAYA, SUMBER_DAYA_HISTORY, SUMBER_DAYA_READABLE, SURAT
from hub.wilayah.desa_reads import within_box
from hub.wilayah.reads import TODAY, answered_here, in_force_on, today_or_last
from hub.wilayah.tables import WILAYAH

FARTHEST_KM = 500
_WHAT = "sumber daya"


def stands(s: Any, as_of: ColumnElement[Any]) -> ColumnElement[bool]:
    """There on that day."""
    return and_(s.c.sejak <= as_of, s.c.hari_terakhir >= as_of)


def source() -> Row:
    """A social resource; regions are looked at as of today, or of its last day."""
    s = SUMBER_DAYA.alias()
    return Row(s, today_or_last(s))


def by_id(kind: str | None = None) -> Callable[[Args], Rows]:
    """The social resource of a public id, whatever its kind, or of this kind only."""

    def build(args: Args) -> Rows:
        row = source()
        where = [
            row["kode_kab"] == args.bind("id", TEXT, lambda text: read_id(text, _WHAT).kode_kab),
            row["id"] == cast(args.bind("id", TEXT, lambda text: read_id(text, _WHAT).id), SUMBER_DAYA.c.id.type),
        ]
        if kind is not None:
            where.append(row["jenis"] == word(kind))
        return Rows(row, where)

    return build


def of_saved(args: Args) -> Rows:
    """The social resource that was just saved."""
    key: PublicId = args.source.key
    row = source()
    where = [
        row["kode_kab"] == args.constant(key.kode_kab, TEXT),
        row["id"] == cast(args.constant(key.id, TEXT), SUMBER_DAYA.c.id.type),
    ]
    return Rows(row, where)


def listed(args: Args) -> Rows:
    """daftarSumberDaya: in order of desa; what stands on `as_of`, without it whatever ever stood."""
    row = source()
    s: Any = row.source
    where: list[ColumnElement[bool]] = []
    if args.has("pada"):
        as_of = args.bind("pada", Date())
        row = Row(s, as_of)
        where.append(stands(s, as_of))
    if args.field("saring", "jenis"):
        where.append(s.c.jenis == func.any(args.bind_field("saring", "jenis", TEXTS)))
    if args.field("saring", "pemilik"):
        where.append(s.c.pemilik == func.any(args.bind_field("saring", "pemilik", TEXTS)))
    if args.field("saring", "di"):
        region = args.bind_field_checked("saring", "di", TEXT, questions.answered_here(kode_down_to(Level.DESA)))
        where += [s.c.kode_desa >= region, s.c.kode_desa < region.concat("/")]
    if args.field("saring", "bbox"):
        where += within_box(s.c.titik, args)
    if args.field("saring", "dekat"):
        lon, lat, meter = (
            args.bind_field("saring", "dekat", Float(), lambda d, i=i: _valid_near(d)[i])  # type: ignore[misc]
            for i in range(3)
        )
        where.append(within(s, lon, lat, meter))
    if args.field("saring", "pindahApbdSampai"):
        where += [_paid_by_state(s), _year_of_move(s) <= args.bind_field("saring", "pindahApbdSampai", Integer())]
    if args.field("saring", "aktif"):
        is_active = stands(s, TODAY)
        where.append(is_active == args.bind_field("saring", "aktif", Boolean()))
    if args.field("saring", "nama"):
        where.append(name_contains(s.c.nama, args))
    if args.field("saring", "terakreditasi"):
        where.append(_has_accreditation(row, TODAY) == args.bind_field("saring", "terakreditasi", Boolean()))
    if args.field("saring", "suratBerakhirSampai"):
        where.append(_ends_by(row, args.bind_field("saring", "suratBerakhirSampai", Date())))
    keys = [s.c.kode_desa, s.c.id]
    return Rows(row, where, keys, None, keys)


def in_desa(row: Row, args: Args) -> Rows:
    """What stands in a desa on the day the desa is looked at."""
    found = _of_kinds(_standing(row, args), args)
    s = found.row
    return replace(found, where=[*found.where, s["kode_desa"] == row["kode"]], order=[s["id"]])


def in_kabupaten(row: Row, args: Args) -> Rows:
    """What stands in a kabupaten on the day it is looked at."""
    return _of_kinds(_standing(row, args), args)


def warehouses_in(row: Row, args: Args) -> Rows:
    """The warehouses that stand in a kabupaten on the day it is looked at."""
    found = _standing(row, args)
    return replace(found, where=[*found.where, found.row["jenis"] == word("GUDANG_BENCANA")])


def _standing(row: Row, args: Args) -> Rows:
    """In the kabupaten of a region, in order of desa."""
    assert row.reference_day is not None
    s = SUMBER_DAYA.alias()
    where = [s.c.kode_kab == row["kode_kab"], stands(s, row.reference_day), answered_here(row, args)]
    return Rows(Row(s, row.reference_day), where, [s.c.kode_desa, s.c.id])


def _of_kinds(found: Rows, args: Args) -> Rows:
    if not args.has("jenis"):
        return found
    return replace(found, where=[*found.where, found.row["jenis"] == func.any(args.bind("jenis", TEXTS))])


def within(s: Any, lon: ColumnElement[Any], lat: ColumnElement[Any], meter: ColumnElement[Any]) -> ColumnElement[bool]:
    """At most so far from that point, geodesic; written as the index on geography(titik) has it."""
    centre = func.geography(func.ST_SetSRID(func.ST_MakePoint(lon, lat), number(4326)))
    return func.ST_DWithin(func.geography(s.c.titik), centre, meter, type_=Boolean())


def _valid_near(nilai: dict[str, float]) -> tuple[float, float, float]:
    """Longitude, latitude, metres. Raises InvalidInputError."""
    lon, lat, km = nilai["lon"], nilai["lat"], nilai["jarakKm"]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InvalidInputError(
            f"dekat: lon {lon}, lat {lat} bukan titik di bumi; bujur -180 sampai 180, lintang -90 sampai 90."
        )
    if not 0 < km <= FARTHEST_KM:
        raise InvalidInputError(f"dekat: jarakKm lebih dari 0 dan paling jauh {FARTHEST_KM}, bukan {km}.")
    return lon, lat, km * 1000


def moves_to_apbd(row: Row, args: Args) -> ColumnElement[Any]:
    """The first year in which an SLRT or puskesos that the state pays for is no longer paid by it; null of others."""
    return case((_paid_by_state(row.source), _year_of_move(row.source)))


def _paid_by_state(s: Any) -> ColumnElement[bool]:
    """Written as the index has it."""
    return and_(
        s.c.jenis.in_([word(kind) for kind in FUNDED_KINDS]), func.upper(func.btrim(s.c.sumber_dana)) == word("APBN")
    )


def _year_of_move(s: Any) -> ColumnElement[Any]:
    began = func.coalesce(s.c.tahun, cast(extract("year", s.c.sejak), Integer))
    return type_coerce(began + number(APBN_YEARS), Integer)


# ---------- of every kind ----------


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["kode_kab"].concat(word(":", Text)).concat(cast(row["id"], Text)), KODE)


def desa(row: Row, args: Args) -> Rows:
    """Its desa on the row's day; a code not in force then: the last that bore it, looked at on its day nearest to that."""
    assert row.reference_day is not None
    w = WILAYAH.alias()
    reference_day = func.greatest(w.c.berlaku_sejak, func.least(w.c.hari_terakhir, row.reference_day), type_=Date())
    where = [w.c.kode_kab == row["kode_kab"], w.c.kode == row["kode_desa"]]
    order = [in_force_on(w, row.reference_day).desc(), w.c.berlaku_sejak.desc()]
    return Rows(Row(w, reference_day), where, order, number(1))


def point(row: Row, args: Args) -> ColumnElement[Any]:
    return cast(func.ST_AsGeoJSON(row["titik"], 6), JSON)


def active(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(and_(row["sejak"] <= TODAY, row["hari_terakhir"] >= TODAY), Boolean())


def _shown(row: Row, value: Callable[[Row], ColumnElement[Any]]) -> ColumnElement[Any]:
    """Of the same resource, as the caller may see it; null where that is closed to him."""
    s = SUMBER_DAYA_READABLE.alias()
    same = [s.c.kode_kab == row["kode_kab"], s.c.id == row["id"]]
    return select(value(Row(s))).where(*same).correlate_except(s).scalar_subquery()


def client_count(column_name: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """Clients by sex, or all of them ("klien"). One woman in the only home of a desa is somebody."""
    return lambda row, _: _shown(row, lambda s: _people(s, column_name) if column_name == "klien" else s[column_name])


def cases(column_name: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """Complaints; null also where there are so few that they are closed."""
    return lambda row, _: _shown(row, lambda s: s[column_name])


def head(row: Row, args: Args) -> ColumnElement[Any]:
    """By consent; the office that wrote the name down may see what it wrote."""
    consent = func.coalesce(row["ketua_setuju"], FALSE)
    return case((or_(consent, row["kode_kab"] == own_region()), row["ketua"]))


def clients(row: Row, args: Args) -> ColumnElement[Any]:
    """Of a home; null where nobody has written them down, or the caller may not know."""
    return _shown(row, lambda s: _people(s, "klien"))


def people(people_column: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """How many of them: the number of all, else the sum of the sexes that are known; null where nothing is."""
    return lambda row, _: _people(row, people_column)


def _people(row: Row, people_column: str) -> ColumnElement[Any]:
    zero: ColumnElement[Any] = number(0)
    men, women = row[f"{people_column}_l"], row[f"{people_column}_p"]
    return func.coalesce(
        row[people_column], func.coalesce(men, zero) + women, men + func.coalesce(women, zero), type_=Integer()
    )


def free_places(row: Row, args: Args) -> ColumnElement[Any]:
    """Null where the clients are: missing is never nought."""
    return type_coerce(row["daya_tampung"] - clients(row, args), Integer())


# ---------- what it was before ----------

# not contents, or (a name) kept for the one who wrote it down
_NOT_SHOWN = ("kode_kab", "id", "versi", "diubah_pada", "diubah_oleh", "hari_terakhir", "diganti_pada", "ketua")


def versions_of(current: Table, earlier: Table) -> Callable[[Row, Args], Rows]:
    """Every version, the newest first, with its contents and those before (jsonb); for those who answer for it. What stands
    is in one table, what was replaced in the other."""

    def build(row: Row, args: Args) -> Rows:
        selects = []
        for table in (current.alias(), earlier.alias()):
            contents = func.to_jsonb(table.table_valued(), type_=JSONB).label("isi")
            own = [table.c.kode_kab == row["kode_kab"], table.c.id == row["id"]]
            columns = [table.c.versi, table.c.diubah_pada, table.c.diubah_oleh]
            selects.append(select(*columns, contents).where(*own).correlate_except(table))
        x = union_all(*selects).subquery()
        before = func.lag(x.c.isi).over(order_by=x.c.versi).label("sebelum")
        v = select(*x.c, before).where(reaches(row["kode_kab"])).correlate_except(x).subquery()
        return Rows(Row(v), (), [v.c.versi.desc()])

    return build


versions = versions_of(SUMBER_DAYA_READABLE, SUMBER_DAYA_HISTORY)


def changes(row: Row, args: Args) -> Rows:
    """What differs between a version and the one before, as text; empty for the first one."""
    new = func.jsonb_each(row["isi"]).table_valued(column("isian", Text()), column("nilai", JSONB)).render_derived()
    old = row["sebelum"].op("->", return_type=JSONB())(new.c.isian)
    differs = and_(row["sebelum"].is_not(None), old.is_distinct_from(new.c.nilai), new.c.isian.not_in(_NOT_SHOWN))
    x = (
        select(
            new.c.isian, _jsonb_text(old).label("lama"), _jsonb_text(new.c.nilai).label("baru"),
        ).where(differs).correlate_except(new).subquery()
    )  # fmt: skip
    return Rows(Row(x), (), [x.c.isian])


def _jsonb_text(nilai: ColumnElement[Any]) -> ColumnElement[Any]:
    """A scalar as its text, an object (a point) as JSON."""
    return nilai.op("#>>", return_type=Text())(word("{}"))


# ---------- papers ----------


papers = link(SURAT, {"id": "id"}, order=["-sejak", "jenis"])
"""All of them, the newest first."""


def newest(kind: str, column_name: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """A column of the newest paper of that kind that has begun to hold, whether or not it still does."""

    def build(row: Row, args: Args) -> ColumnElement[Any]:
        t = SURAT.alias()
        where = [*_of(row, t), t.c.jenis == word(kind), t.c.sejak <= TODAY]
        order = t.c.sejak.desc()
        return (
            select(t.c[column_name])
            .where(*where)
            .order_by(order)
            .limit(number(1))
            .correlate_except(t)
            .scalar_subquery()
        )

    return build


def accredited(row: Row, args: Args) -> ColumnElement[Any]:
    """Whether an accreditation holds on `as_of`, today without it."""
    return _has_accreditation(row, args.bind("pada", Date()) if args.has("pada") else TODAY)


def _has_accreditation(row: Row, as_of: ColumnElement[Any]) -> ColumnElement[bool]:
    t = SURAT.alias()
    where = [*_of(row, t), t.c.jenis == word("AKREDITASI"), holds(t, as_of)]
    return select(t.c.id).where(*where).correlate_except(t).exists()


def _ends_by(row: Row, last_day: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the newest paper of some kind holds no longer on that day: one that was renewed does not count."""
    t, newer = SURAT.alias(), SURAT.alias()
    same_kind = [*_of(row, newer), newer.c.jenis == t.c.jenis, newer.c.sejak > t.c.sejak]
    renewed = select(newer.c.id).where(*same_kind).correlate_except(newer).exists()
    return select(t.c.id).where(*_of(row, t), t.c.sampai <= last_day, ~renewed).correlate_except(t).exists()


def holds(t: Any, as_of: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(t.c.sejak <= as_of, or_(t.c.sampai.is_(None), t.c.sampai > as_of))


def _of(row: Row, t: Any) -> list[ColumnElement[bool]]:
    return [t.c.kode_kab == row["kode_kab"], t.c.id == row["id"]]
