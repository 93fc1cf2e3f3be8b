"""Rows of rekap and their contents. Who does not reach the reporter sees the approved revision and nothing newer;
row-level security says the same once more below."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from sqlalchemy import JSON, ColumnElement, Date, Integer, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, array
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import below, own_region, reaches
from hub.akses.izin import Reach
from hub.angka.tables import KELENGKAPAN
from hub.base.actor import Role
from hub.base.public_id import RekapKey, rekap_key
from hub.base.questions import distinct_list, valid_kode
from hub.berita.statements import RekapEvent
from hub.db.database import database_role
from hub.katalog.questions import all_answered_here, answered_here, known_formulir
from hub.katalog.tables import ELEMEN, FORMULIR
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS, TIME
from hub.plan.words import number, word
from hub.rekap import moves
from hub.rekap.deadline_reads import by_catalogue, expected_for, offices_in, periods_asked, setting
from hub.rekap.history import rekap_as_of
from hub.rekap.tables import READABLE_NILAI, READABLE_TEMUAN, READABLE_TOTAL, REKAP, REKAP_EVENT
from hub.wilayah.first_list import region_day_of
from hub.wilayah.reads import TODAY, in_force_on, region_by_code
from hub.wilayah.reads import answered_here as answered_here_of
from hub.wilayah.tables import WILAYAH

EVENT = "#peristiwa"  # under this the event is among the variables; no GraphQL variable can be called so


def _rekap() -> Row:
    return _with_region_day(REKAP.alias())


def _with_region_day(r: Any) -> Row:
    """The rekap, its regions looked at as of its period."""
    return Row(r, region_day_of(r.c.kode_kab, func.hub_akhir(r.c.periode, type_=Date())))


def asked(args: Args) -> Rows:
    """rekap: one rekap, now or as it stood at `pada`. Raises OtherRegionError where this hub does not answer for its reporter."""
    return _of_key(args, lambda: args.bind_checked("id", TEXT, answered_here(_reporter)))


def by_id(args: Args) -> Rows:
    """The same by key, among many."""
    return _of_key(args, lambda: args.bind("id", TEXT, _reporter))


def _reporter(id_: str) -> str:
    return rekap_key(id_).kode_kab


def _of_key(args: Args, kode_kab: Callable[[], ColumnElement[str]]) -> Rows:
    row = _rekap()
    if args.has("pada"):
        as_it_stood = rekap_as_of(args.bind("pada", TIME))
        row = _with_region_day(as_it_stood)
    conditions = [
        row["kode_kab"] == kode_kab(),
        row["formulir"] == args.bind("id", TEXT, lambda text: rekap_key(text).formulir),
        row["periode"] == args.bind("id", TEXT, lambda text: rekap_key(text).periode),
    ]
    return Rows(row, conditions)


def of_receipt(args: Args) -> Rows | None:
    """The rekap a receipt is about; None where it was tried out only."""
    key: RekapKey | None = args.source.key
    if key is None:
        return None
    row = _rekap()
    values = (("kode_kab", key.kode_kab), ("formulir", key.formulir), ("periode", key.periode))
    return Rows(row, [row[column] == args.constant(nilai, TEXT) for column, nilai in values])


def listed(args: Args) -> Rows:
    """daftarRekap: filters on reporter, form, period, status; in order of reporter, form, period."""
    row = _rekap()
    where: list[ColumnElement[bool]] = []
    for filter_field, column in (
        ("pelapor", "kode_kab"),
        ("formulir", "formulir"),
        ("periode", "periode"),
        ("status", "status"),
    ):
        if args.field("saring", filter_field):
            nilai = visible_status(row, args) if column == "status" else row[column]
            if column == "kode_kab":
                wanted = args.bind_field_checked("saring", filter_field, TEXTS, all_answered_here)
            else:
                wanted = args.bind_field("saring", filter_field, TEXTS)
            where.append(nilai == func.any(wanted))
    key = [row["kode_kab"], row["formulir"], row["periode"]]
    return Rows(row, where, key, None, key)


def of_kabupaten(row: Row, args: Args) -> Rows:
    """What that office sent, of the forms and periods asked for, in order of form and period."""
    found = _rekap()
    where = [found["kode_kab"] == row["kode_kab"], answered_here_of(row, args)]
    if args.has("formulir"):
        where.append(found["formulir"] == func.any(args.bind_checked("formulir", TEXTS, known_formulir)))
    if args.has("periode"):
        where.append(found["periode"] == func.any(args.bind("periode", TEXTS, distinct_list("periode"))))
    return Rows(found, where, [found["formulir"], found["periode"]])


def completeness(args: Args) -> Rows:
    """One row per kabupaten in force, period and form that is expected for it, whether or not anything was received."""
    kode = args.bind_checked("wilayah", TEXT, answered_here(valid_kode))
    p, w, f, r, k = periods_asked(args), WILAYAH.alias(), FORMULIR.alias(), REKAP.alias(), KELENGKAPAN.alias()
    kabupaten_below = and_(
        w.c.tingkat == number(2), offices_in(w, kode), in_force_on(w, region_day_of(kode, p.c.akhir))
    )
    special = setting(f.c.kode, p.c.periode, w.c.kode, "tanggal").scalar_subquery()
    deadline = func.coalesce(r.c.tenggat, special, by_catalogue(f, p.c.akhir), type_=Date())
    # by its own rekap, or by those of all parts of the period
    has_sent, has_approved = (func.coalesce(c, number(0)) > number(0) for c in (k.c.diterima, k.c.disetujui))
    rows = (
        select(
            w.c.kode_kab, w.c.kode, region_day_of(kode, p.c.akhir).label("hari"), f.c.kode.label("formulir"), p.c.periode, p.c.urut,
            case((r.c.kode_kab.is_not(None), visible_status(Row(r), args))).label("status"),
            deadline.label("tenggat"),
            func.coalesce(r.c.tepat_waktu, case((has_approved, k.c.tepat_waktu > number(0)))).label("tepat_waktu"),
            and_(~has_sent, deadline < TODAY).label("terlambat"),
            has_approved.label("dipenuhi"),
        )
        .select_from(
            p.join(w, kabupaten_below)
            .join(f, expected_for(f, p.c.periode, args))
            .outerjoin(r, and_(r.c.kode_kab == w.c.kode_kab, r.c.formulir == f.c.kode, r.c.periode == p.c.periode))
            .outerjoin(k, and_(k.c.kode_kab == w.c.kode_kab, k.c.formulir == f.c.kode, k.c.periode == p.c.periode))
        )
        .subquery()
    )  # fmt: skip
    return Rows(Row(rows, rows.c.hari), (), [rows.c.kode, rows.c.formulir, rows.c.urut])


def of_completeness(row: Row, args: Args) -> Rows:
    """The rekap of that very period, as far as the caller may see it."""
    found = _rekap()
    return Rows(found, [found[name] == row[name] for name in ("kode_kab", "formulir", "periode")])


def fulfilled_by(row: Row, args: Args) -> ColumnElement[Any]:
    """The periods whose approved rekap make up this one: itself, else all its parts, the longest there are; none where one is
    missing."""
    s, t = REKAP.alias(), REKAP.alias()
    longer = and_(
        t.c.kode_kab == s.c.kode_kab, t.c.formulir == s.c.formulir, t.c.revisi_disetujui.is_not(None),
        _lies_in(t.c.periode, row["periode"]), _lies_in(s.c.periode, t.c.periode), t.c.periode != s.c.periode,
    )  # fmt: skip
    periods = (
        select(func.json_agg(aggregate_order_by(s.c.periode, func.hub_akhir(s.c.periode))))
        .where(
            s.c.kode_kab == row["kode_kab"], s.c.formulir == row["formulir"], s.c.revisi_disetujui.is_not(None),
            _lies_in(s.c.periode, row["periode"]), ~exists(select(t.c.periode).where(longer).correlate_except(t)),
        )
        .correlate_except(s)
        .scalar_subquery()
    )  # fmt: skip
    return case((row["dipenuhi"], func.coalesce(periods, EMPTY_LIST)), else_=EMPTY_LIST)


def _lies_in(periode: ColumnElement[str], longer: ColumnElement[str]) -> ColumnElement[bool]:
    """Within one year: periods are exact partitions of longer ones."""
    last, last_of_longer = func.hub_akhir(periode, type_=Date()), func.hub_akhir(longer, type_=Date())
    months = func.hub_bulan(longer, type_=Integer())
    return and_(
        func.left(periode, number(4)) == func.left(longer, number(4)),
        last <= last_of_longer,
        func.date_part(word("month"), last) > func.date_part(word("month"), last_of_longer) - months,
        func.hub_bulan(periode, type_=Integer()) <= months,
    )


# ---------- of one rekap ----------


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return func.concat_ws(":", row["kode_kab"], row["formulir"], row["periode"])


reporter = link(WILAYAH, {"kode_kab": "kode"}, holds=in_force_on)


def visible_status(row: Row, args: Args) -> ColumnElement[Any]:
    return case((reaches(row["kode_kab"]), row["status"]), else_=word("DISETUJUI"))


def visible_revision(row: Row, args: Args) -> ColumnElement[Any]:
    return case((reaches(row["kode_kab"]), row["revisi"]), else_=row["revisi_disetujui"])


def may(row: Row, args: Args) -> ColumnElement[Any]:
    """What the caller may do now: the table of moves, for the role and region of this very connection. Nothing about a rekap
    looked at as it stood once."""
    return EMPTY_LIST if _seen_then(row) else case(*_moves(row["kode_kab"], row["status"]), else_=EMPTY_LIST)


def _moves(kode_kab: ColumnElement[Any], status: ColumnElement[Any]) -> Iterator[tuple[ColumnElement[bool], Any]]:
    """A condition, and what the caller is told under it. No two of them hold of one rekap."""
    where = {Reach.OWN: kode_kab == own_region(), Reach.BELOW: below(kode_kab)}
    user: ColumnElement[str] = literal_column("current_user")
    province = func.length(kode_kab) == number(2)
    for role, reach, statement in product(Role, Reach, (True, False)):
        for actions, states in moves.told_in(role, reach, statement=statement).items():
            of_whom = and_(user == word(database_role(role)), where[reach], province if statement else ~province)
            names = func.to_json(array([word(a) for a in actions]), type_=JSON)
            yield and_(of_whom, status.in_([word(s) for s in states])), names


def cells(row: Row, args: Args) -> Rows:
    """The cells of a revision: the newest one the caller may see, unless another is asked for. Who does not reach the reporter
    sees those of the approved one that are open, and of no other."""
    v = READABLE_NILAI.alias()
    where = [*of_rekap(row, v)]
    if args.has("revisi"):  # rows that were approved once stay readable, for `pada`
        where += [
            v.c.revisi == args.bind("revisi", Integer()),
            or_(v.c.revisi == row["revisi_disetujui"], reaches(row["kode_kab"])),
        ]
    else:
        where.append(v.c.revisi == visible_revision(row, args))
    once = day_once(row)
    return Rows(Row(v, once.c.hari), where, [v.c.elemen, v.c.kode_wilayah, v.c.rincian], beside=[once])


def day_once(row: Row) -> Any:
    """The day as of which a rekap's regions are looked at, worked out once for its thousands of cells (OFFSET keeps PostgreSQL from
    writing it out at each of them)."""
    assert row.reference_day is not None
    return select(row.reference_day.label("hari")).offset(number(0)).correlate(row.source).lateral()


def stated_totals(row: Row, args: Args) -> Rows:
    """Stated totals of single elements (totals over several elements are checked and kept, but are no element's), for whoever
    reaches the reporter: a total less its open parts is the closed one."""
    t, e = READABLE_TOTAL.alias(), ELEMEN.alias()
    where = [*of_rekap(row, t), t.c.revisi == row["revisi"], e.c.kode == t.c.elemen, reaches(row["kode_kab"])]
    once = day_once(row)
    return Rows(Row(t, once.c.hari), where, [t.c.urut], beside=[once])


def stated_formulas(row: Row, args: Args) -> Rows:
    """All stated totals as they were read, those of parts and of several elements too: what sends a revision again needs each."""
    t = READABLE_TOTAL.alias()
    where = [*of_rekap(row, t), t.c.revisi == row["revisi"], reaches(row["kode_kab"])]
    once = day_once(row)
    return Rows(Row(t, once.c.hari), where, [t.c.urut], beside=[once])


def cell_region(row: Row, args: Args) -> Rows:
    return region_by_code(row, row["kode_wilayah"])


def difference(row: Row, args: Args) -> ColumnElement[Any]:
    return row["dihitung"] - row["tertulis"]


def history(row: Row, args: Args) -> Rows:
    """What happened to it: talk of its two offices, by name and with reasons, so for whoever reaches the reporter."""
    p = REKAP_EVENT.alias()
    until_then = [p.c.pada <= row["dilihat_pada"]] if _seen_then(row) else []
    return Rows(Row(p, beside=row), [*of_rekap(row, p), *until_then, reaches(row["kode_kab"])], [p.c.urut])


def rekap_of_event(row: Row, args: Args) -> Rows | Row:
    """The rekap an event is about: the one whose history is read, as it is looked at; of an event alone as it is by now."""
    if row.beside is not None:
        return row.beside  # type: ignore[no-any-return]
    of_event = _rekap()
    return Rows(of_event, of_rekap(row, of_event.source))


def event(args: Args) -> Rows:
    """The one event that a subscription was told of, if its reader may see it. One statement serves every event."""
    p = REKAP_EVENT.alias()

    def variable(take: Callable[[RekapEvent], Any], kind: TypeEngine[Any]) -> Any:
        return args.parameters.add(lambda v, _: take(v[EVENT]), kind)

    where = [
        p.c.kode_kab == variable(lambda x: x.key.kode_kab, TEXT),
        p.c.formulir == variable(lambda x: x.key.formulir, TEXT),
        p.c.periode == variable(lambda x: x.key.periode, TEXT),
        p.c.urut == variable(lambda x: x.urut, Integer()),
        reaches(p.c.kode_kab),
    ]
    return Rows(Row(p), where)


def findings(row: Row, args: Args) -> Rows:
    """Findings of the newest revision, for whoever reaches the reporter: they say figures, in words."""
    t = READABLE_TEMUAN.alias()
    return Rows(Row(t), [*of_rekap(row, t), t.c.revisi == row["revisi"], reaches(row["kode_kab"])], [t.c.urut])


def places(row: Row, args: Args) -> Rows:
    """Where a finding was, from its list of places."""
    elements = func.jsonb_array_elements(row["lokasi"]).table_valued("tempat", with_ordinality="urut").render_derived()
    place = elements.c.tempat.cast(JSONB)
    rows = (
        select(
            place["indeks"].as_integer().label("indeks"), place["lembar"].astext.label("lembar"),
            place["baris"].as_integer().label("baris"), place["kolom"].astext.label("kolom"), elements.c.urut,
        )
        .correlate_except(elements)
        .subquery()
    )  # fmt: skip
    return Rows(Row(rows), (), [rows.c.urut])


def _seen_then(row: Row) -> bool:
    return "dilihat_pada" in row.source.c


def of_rekap(row: Row, child: Any) -> list[ColumnElement[bool]]:
    """What makes rows of another table those of the rekap."""
    return [child.c.kode_kab == row["kode_kab"], child.c.formulir == row["formulir"], child.c.periode == row["periode"]]
