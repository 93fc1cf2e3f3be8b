"""Rows of networks (WKSBM), what belongs to one, and where its links lead. All of it is public, but for
who wrote it and why."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Integer,
    Numeric,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from hub.base.errors import InvalidInputError, LimitExceededError
from hub.base.kode import Level
from hub.base.public_id import PublicId, read_id
from hub.base.questions import kode_down_to
from hub.katalog import questions
from hub.katalog.tables import DAFTAR_KODE
from hub.plan.arguments import Args
from hub.plan.links import Link, link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS
from hub.plan.words import number, word
from hub.sumber_daya import reads as sumber_daya_reads
from hub.sumber_daya.name_filter import name_contains
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import TODAY, only_here, today_or_last
from hub.wilayah.tables import BATAS
from hub.wksbm.checks import PHASE_PARTS
from hub.wksbm.tables import (
    ACTIVITY,
    LINK,
    MEMBER,
    OPEN_LINK_COLUMNS,
    OPEN_WKSBM_COLUMNS,
    PARTNER,
    SIMPUL,
    WKSBM,
    WKSBM_HISTORY,
    WKSBM_PHASE_READABLE,
    WKSBM_READABLE,
)

MOST_STEPS = 10  # links in one walk
_WHAT = "WKSBM"
_WKSBM: ColumnElement[Any] = word("WKSBM", Text)
_ONE: ColumnElement[Any] = number(1)


def stands(t: Any, as_of: ColumnElement[Any]) -> ColumnElement[bool]:
    """There, or in force, on that day."""
    return and_(t.c.sejak <= as_of, t.c.hari_terakhir >= as_of)


def source(as_of: ColumnElement[Any] | None = None) -> Row:
    """A network; regions are looked at as of `as_of`, else of today, or of its last day."""
    w = WKSBM.alias()
    return Row(w, today_or_last(w) if as_of is None else as_of)


def network(kab: str, id_: str) -> Link:
    """The network that these two columns of a row name."""
    return link(WKSBM, {id_: "id"}, kab=(kab, "kode_kab"), day=today_or_last)


def _by_key(kode_kab: ColumnElement[Any], id_: ColumnElement[Any]) -> Rows:
    row = source()
    return Rows(row, [row["kode_kab"] == kode_kab, row["id"] == id_])


def by_id(args: Args) -> Rows:
    """The network of a public id."""
    kab = args.bind("id", TEXT, lambda text: read_id(text, _WHAT).kode_kab)
    return _by_key(kab, cast(args.bind("id", TEXT, lambda text: read_id(text, _WHAT).id), WKSBM.c.id.type))


def of_saved(args: Args) -> Rows:
    """The network that was just written."""
    key: PublicId = args.source.key
    return _by_key(args.constant(key.kode_kab, TEXT), cast(args.constant(key.id, TEXT), WKSBM.c.id.type))


def listed(args: Args) -> Rows:
    """daftarWksbm: in order of desa; what stands on `as_of`, without it whatever ever stood."""
    as_of = args.bind("pada", Date()) if args.has("pada") else None
    row = source(as_of)
    w: Any = row.source
    where: list[ColumnElement[bool]] = [] if as_of is None else [stands(w, as_of)]
    if args.field("saring", "tahap"):
        where.append(w.c.tahap == func.any(args.bind_field("saring", "tahap", TEXTS)))
    if args.field("saring", "di"):
        region = args.bind_field_checked("saring", "di", TEXT, questions.answered_here(kode_down_to(Level.DESA)))
        where += [w.c.kode_desa >= region, w.c.kode_desa < region.concat("/")]
    if args.field("saring", "nama"):
        where.append(name_contains(w.c.nama, args))
    keys = [w.c.kode_desa, w.c.id]
    return Rows(row, where, keys, None, keys)


_in_desa = link(WKSBM, {"kode": "kode_desa"}, holds=stands, order=["id"])
_in_kabupaten = link(WKSBM, {}, holds=stands, order=["kode_desa", "id"])


def in_desa(row: Row, args: Args) -> Rows:
    """What there is in a desa on the day the desa is looked at."""
    return only_here(_in_desa(row, args), row, args)


def in_kabupaten(row: Row, args: Args) -> Rows:
    """The same of a kabupaten."""
    return only_here(_in_kabupaten(row, args), row, args)


# ---------- of a network ----------


phases = link(WKSBM_PHASE_READABLE, {"id": "wksbm"}, order=["urut"])
"""Every phase it came into, in that order."""


def members(row: Row, args: Args) -> Rows:
    """Those of `as_of`; without it all there ever were."""
    a = MEMBER.alias()
    return Rows(Row(a), [*_of(row, a), *_as_of(a, args)], [a.c.nama, a.c.sejak])


def member_count(row: Row, args: Args) -> ColumnElement[Any]:
    a = MEMBER.alias()
    return _count(a, [*_of(row, a), stands(a, TODAY)])


def member_kind(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(_entry_name("PSKS", row["jenis"]), row["jenis"], type_=Text())


def activities(row: Row, args: Args) -> Rows:
    """In order of day."""
    g = ACTIVITY.alias()
    where = _of(row, g)
    if args.has("sejak"):
        where.append(g.c.tanggal >= args.bind("sejak", Date()))
    if args.has("sampai"):
        where.append(g.c.tanggal <= args.bind("sampai", Date()))
    return Rows(Row(g), where, [g.c.tanggal, g.c.kegiatan, g.c.uraian])


def programme(row: Row, args: Args) -> ColumnElement[Any]:
    kode = func.split_part(row["kegiatan"], word("."), _ONE)
    return func.coalesce(_entry_name("PROGRAM_WKSBM", kode), kode, type_=Text())


def activity_name(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(_entry_name("KEGIATAN_WKSBM", row["kegiatan"]), row["kegiatan"], type_=Text())


def description(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(func.nullif(row["uraian"], word("")), activity_name(row, args), type_=Text())


def missing(row: Row, args: Args) -> Rows:
    """Activities of its present phase that have not been carried out, as the rule for moving on counts them."""
    d, g = DAFTAR_KODE.alias(), ACTIVITY.alias()
    part = case(*((row["tahap"] == word(t), word(f"{b}%", Text)) for t, b in PHASE_PARTS.items()))
    done = (
        select(_ONE)
        .where(
            *_of(row, g),
            g.c.kegiatan == d.c.kode,
            g.c.tanggal <= TODAY,
            g.c.tanggal >= func.coalesce(row["kegiatan_sejak"], literal_column("'-infinity'::date")),
        )
        .correlate_except(g)
        .exists()
    )
    where = [d.c.daftar == word("KEGIATAN_WKSBM"), d.c.berlaku, d.c.kode.like(part), ~done]
    return Rows(Row(d), where, [d.c.urut])


versions = sumber_daya_reads.versions_of(WKSBM_READABLE, WKSBM_HISTORY)


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["kode_kab"].concat(word(":", Text)).concat(cast(row["id"], Text)), KODE)


def point(row: Row, args: Args) -> ColumnElement[Any]:
    return cast(func.ST_AsGeoJSON(row["titik"], 6), JSON)


def active(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(and_(row["sejak"] <= TODAY, row["hari_terakhir"] >= TODAY), Boolean())


# ---------- links ----------


def links(row: Row, args: Args) -> Rows:
    """Its links, whoever wrote them; those of `as_of`, without it all there ever were. Each is seen from here: the other
    end is `ujung`."""
    h = LINK.alias()
    incoming = and_(h.c.macam == _WKSBM, h.c.tujuan == row["id"])
    where: list[ColumnElement[bool]] = [or_(h.c.asal == row["id"], incoming), *_as_of(h, args)]
    if args.has("skala"):
        where.append(h.c.skala == args.bind("skala", TEXT))
    found = (
        select(*(h.c[k] for k in OPEN_LINK_COLUMNS), *seen_from(h, h.c.asal != row["id"]))
        .where(*where)
        .correlate_except(h)
        .subquery()
    )
    return Rows(Row(found), (), [found.c.sejak, found.c.id])


def seen_from(h: Any, incoming: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """What a link's row needs to be read: whether it came from the other side, and where the other end lies."""
    return [
        incoming.label("masuk"),
        case((incoming, _WKSBM), else_=h.c.macam).label("ujung_macam"),
        case((incoming, h.c.asal_kab), else_=h.c.tujuan_kab).label("ujung_kab"),
        case((incoming, h.c.asal), else_=h.c.tujuan).label("ujung"),
    ]


def degree(row: Row, args: Args) -> ColumnElement[Any]:
    """Networks linked to it today, each once."""
    neighbours = _neighbours(row)
    return (
        select(func.count(neighbours.c.id.distinct(), type_=Integer()))
        .select_from(neighbours)
        .correlate_except(neighbours)
        .scalar_subquery()
    )


def reach(row: Row, args: Args) -> Rows:
    """Networks within so many links, the nearest first. One function call walks the graph level by level."""
    steps = args.bind("langkah", Integer(), valid_steps)
    as_of = args.bind("pada", Date()) if args.has("pada") else TODAY
    walk = func.hub_jangkauan_wksbm(row["id"], steps, as_of).table_valued("kab", "id", "jarak").render_derived()
    w = WKSBM.alias()
    joined = (
        select(*(w.c[k] for k in OPEN_WKSBM_COLUMNS), walk.c.jarak.label("jarak"))
        .select_from(walk.join(w, and_(w.c.kode_kab == walk.c.kab, w.c.id == walk.c.id)))
        .correlate_except(walk, w)
        .subquery()
    )
    return Rows(Row(joined, today_or_last(joined)), (), [joined.c.jarak, joined.c.kode_desa, joined.c.id])


def valid_steps(steps: int | None) -> int:
    """How far a walk goes. Raises InvalidInputError and LimitExceededError."""
    if steps is None:
        return 2
    if steps < 0:
        raise InvalidInputError("langkah tidak boleh kurang dari nol.")
    if steps > MOST_STEPS:
        raise LimitExceededError(f"langkah paling banyak {MOST_STEPS}.")
    return steps


origin = network("asal_kab", "asal")
"""The network whose office wrote the link."""

far_network = network("ujung_kab", "ujung")
far_resource = link(SUMBER_DAYA, {"ujung": "id"}, kab=("ujung_kab", "kode_kab"), day=today_or_last)
far_partner = link(PARTNER, {"ujung": "id"})


def link_identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["asal_kab"].concat(word(":", Text)).concat(cast(row["id"], Text)), KODE)


def line(row: Row, args: Args) -> ColumnElement[Any]:
    """From the network that wrote it to the other end, EPSG:4326, longitude first; null where an end has no place."""
    start = place(WKSBM, row["asal_kab"], row["asal"])
    stop = case(
        (row["macam"] == _WKSBM, place(WKSBM, row["tujuan_kab"], row["tujuan"])),
        (row["macam"] == word("SUMBER_DAYA"), place(SUMBER_DAYA, row["tujuan_kab"], row["tujuan"])),
    )
    return cast(func.ST_AsGeoJSON(func.ST_MakeLine(start, stop), 6), JSON)


def place(table: Any, kode_kab: ColumnElement[Any], id_: ColumnElement[Any]) -> ColumnElement[Any]:
    """The point of a network or social resource, or else the label point of its desa."""
    t, b = table.alias(), BATAS.alias()
    label = (
        select(b.c.titik)
        .where(b.c.kode_kab == t.c.kode_kab, b.c.kode == t.c.kode_desa, b.c.sampai.is_(None))
        .order_by(b.c.sejak.desc())
        .limit(_ONE)
        .correlate_except(b)
        .scalar_subquery()
    )
    place_point = (
        select(func.coalesce(t.c.titik, label)).where(t.c.kode_kab == kode_kab, t.c.id == id_).correlate_except(t)
    )
    return place_point.scalar_subquery()


# ---------- parts ----------


def partner_identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(word("mitra:", Text).concat(cast(row["id"], Text)), KODE)


def count_of(*end_kinds: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """How many links of a network hold today, by what is at their other end."""

    def build(row: Row, args: Args) -> ColumnElement[Any]:
        h = LINK.alias()
        leads_there = h.c.macam.in_([word(m) for m in end_kinds])
        return _count(h, [h.c.asal == row["id"], leads_there, stands(h, TODAY)])

    return build


def distance(row: Row, args: Args) -> ColumnElement[Any]:
    """Geodesic, km, between the two networks of a pair."""
    a, b = place(WKSBM, row["asal_kab"], row["asal"]), place(WKSBM, row["tujuan_kab"], row["tujuan"])
    km = func.ST_Distance(func.geography(a), func.geography(b), type_=Float()) / literal_column("1000.0", Float)
    return cast(func.round(cast(km, Numeric), number(3)), Float)


def _neighbours(row: Row) -> Any:
    h, s = LINK.alias(), SIMPUL.alias()
    other_end = case((h.c.asal == row["id"], h.c.tujuan), else_=h.c.asal)
    return (
        select(s.c.id)
        .select_from(h.join(s, s.c.id == other_end))
        .where(
            or_(h.c.asal == row["id"], h.c.tujuan == row["id"]),
            h.c.macam == _WKSBM,
            stands(h, TODAY),
            stands(s, TODAY),
            row["sejak"] <= TODAY,
            row["hari_terakhir"] >= TODAY,
        )
        .correlate_except(h, s)
        .subquery()
    )


def _of(row: Row, t: Any) -> list[ColumnElement[bool]]:
    return [t.c.kode_kab == row["kode_kab"], t.c.wksbm == row["id"]]


def _as_of(t: Any, args: Args) -> list[ColumnElement[bool]]:
    return [stands(t, args.bind("pada", Date()))] if args.has("pada") else []


def _count(t: Any, where: list[ColumnElement[bool]]) -> ColumnElement[Any]:
    return select(func.count(type_=Integer())).select_from(t).where(*where).correlate_except(t).scalar_subquery()


def _entry_name(code_list: str, kode: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name of an entry of a code list: of the version in force, else of the newest that has it."""
    d = DAFTAR_KODE.alias()
    return (
        select(d.c.nama)
        .where(d.c.daftar == word(code_list), d.c.kode == kode)
        .order_by(d.c.berlaku.desc(), d.c.versi.desc())
        .limit(_ONE)
        .correlate_except(d)
        .scalar_subquery()
    )
