"""Rows about the graph of networks (WKSBM) as a whole: pairs that could be linked, links of a region, partners, social
resources nobody is linked to, phases over time; and rows of networks that a walk in memory has found."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Date, Integer, Text, Uuid, cast, column, func, select

from hub.base.kode import Level
from hub.base.public_id import partner_id
from hub.base.questions import distinct_list, kode_down_to, periode_ends
from hub.katalog.questions import answered_here
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS
from hub.plan.words import number, word
from hub.sumber_daya.reads import stands
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import TODAY, today_or_last
from hub.wksbm import jejaring as jejaring_source
from hub.wksbm.jejaring_graph import Graph, RegionSummary
from hub.wksbm.reads import network
from hub.wksbm.tables import LINK, OPEN_WKSBM_COLUMNS, PARTNER, WKSBM

_UUIDS = ARRAY(Uuid(as_uuid=False))
_INTS = ARRAY(Integer())
_DATES = ARRAY(Date())


def _wilayah(args: Args) -> Any:
    return args.bind_checked("wilayah", TEXT, answered_here(kode_down_to(Level.DESA)))


def candidates(args: Args) -> Rows:
    """calonHubungan: pairs in order of desa."""
    source = jejaring_source.candidate_source({"wilayah": _wilayah(args)})
    keys = [source.c.asal_desa, source.c.asal, source.c.tujuan_desa, source.c.tujuan]
    return Rows(Row(source), (), keys, None, keys)


first_of_pair = network("asal_kab", "asal")
second_of_pair = network("tujuan_kab", "tujuan")


def links(args: Args) -> Rows:
    """hubunganJejaring: in the order they were written down."""
    binds = {"wilayah": _wilayah(args)}
    if args.has("pada"):
        binds["pada"] = args.bind("pada", Date())
    source = jejaring_source.link_source(binds)
    return Rows(Row(source), (), [source.c.id], None, [source.c.id])


def partners(args: Args) -> Rows:
    """daftarMitraLuar: in order of name; `takTerhubung`: only those that no network is linked to today."""
    m = PARTNER.alias()
    where: list[ColumnElement[bool]] = []
    if args.choice("takTerhubung"):
        where.append(~_is_linked("MITRA", word(""), m.c.id))
    keys = [m.c.nama, m.c.id]
    return Rows(Row(m), where, keys, None, keys)


def partner_links(row: Row, args: Args) -> ColumnElement[Any]:
    h = LINK.alias()
    where = [h.c.tujuan == row["id"], h.c.macam == word("MITRA"), stands(h, TODAY)]
    return select(func.count(type_=Integer())).select_from(h).where(*where).correlate_except(h).scalar_subquery()


def of_saved_partner(args: Args) -> Rows:
    m = PARTNER.alias()
    return Rows(Row(m), [m.c.id == args.constant(args.source.id, Uuid(as_uuid=False))])


def partner_by_id(args: Args) -> Rows:
    m = PARTNER.alias()
    return Rows(Row(m), [m.c.id == cast(args.bind("id", TEXT, partner_id), m.c.id.type)])


def unlinked_resources(args: Args) -> Rows:
    """sumberDayaTakTerhubung: social resources that stand today and that no network is linked to, in order of desa."""
    s = SUMBER_DAYA.alias()
    region = _wilayah(args)
    where = [
        s.c.kode_desa >= region,
        s.c.kode_desa < region.concat("/"),
        stands(s, TODAY),
        ~_is_linked("SUMBER_DAYA", s.c.kode_kab, s.c.id),
    ]
    if args.has("jenis"):
        where.append(s.c.jenis == func.any(args.bind("jenis", TEXTS)))
    keys = [s.c.kode_desa, s.c.id]
    return Rows(Row(s, TODAY), where, keys, None, keys)


def per_phase(args: Args) -> Rows:
    """wksbmPerTahap: one row per period."""
    unique = distinct_list("periode")
    source = jejaring_source.phase_source(
        {
            "wilayah": _wilayah(args),
            "periode": args.bind("periode", TEXTS, unique),
            "akhir": args.bind("periode", _DATES, lambda p: periode_ends(unique(p))),
        }
    )
    return Rows(Row(source), (), [source.c.urut])


def _is_linked(end_kind: str, kode_kab: ColumnElement[Any], id_: ColumnElement[Any]) -> ColumnElement[bool]:
    h = LINK.alias()
    where = [h.c.tujuan == id_, h.c.macam == word(end_kind), h.c.tujuan_kab == kode_kab]
    return select(h.c.id).where(*where, stands(h, TODAY)).correlate_except(h).exists()


# ---------- what a walk in memory has found ----------


def nodes(choose: Callable[[RegionSummary, Args], list[int]]) -> Callable[[Args], Rows]:
    """The networks of these nodes, in that order."""

    def build(args: Args) -> Rows:
        t = _table(args, [(n, 0) for n in choose(args.source.summary, args)])
        w = WKSBM.alias()
        joined = (
            select(*(w.c[k] for k in OPEN_WKSBM_COLUMNS), t.c.urut.label("urutan"))
            .select_from(t.join(w, (w.c.kode_kab == t.c.kab) & (w.c.id == t.c.id)))
            .correlate_except(t, w)
            .subquery()
        )
        return Rows(Row(joined, today_or_last(joined)), (), [joined.c.urutan])

    return build


def cut_points(args: Args) -> Rows:
    """titikRapuh: kab, id and nilai (into how many parts its group would fall)."""
    t = _table(args, args.source.summary.cut_points)
    return Rows(Row(t), (), [t.c.urut])


network_of_node = network("kab", "id")


def components(args: Args) -> Rows:
    """kelompok: the largest first; `ukuran` and the place of its members in the list of all, `dari` and `sampai`."""
    limit = args.value("batas")
    largest = args.source.summary.components[: 20 if limit is None else max(0, limit)]
    bounds = [0]
    for k in largest:
        bounds.append(bounds[-1] + len(k))
    columns = [args.constant(listed, _INTS) for listed in ([len(k) for k in largest], bounds[:-1], bounds[1:])]
    # the members of all of them, once, for the rows below
    members = _arrays(args, [n for k in largest for n in k])
    t = (
        func.unnest(*columns)
        .table_valued(*(column(k, Integer()) for k in ("ukuran", "dari", "sampai")), with_ordinality="urut")
        .render_derived()
    )
    listed = select(t.c.ukuran, t.c.dari, t.c.sampai, t.c.urut, *members).select_from(t).correlate_except(t).subquery()
    return Rows(Row(listed), (), [listed.c.urut])


def members_of_component(row: Row, args: Args) -> Rows:
    slices = [row[k][row["dari"] + number(1) : row["sampai"]] for k in ("semua_id", "semua_kab")]
    t = func.unnest(*slices).table_valued("id", "kab", with_ordinality="urut").render_derived()
    w = WKSBM.alias()
    joined = (
        select(*(w.c[k] for k in OPEN_WKSBM_COLUMNS), t.c.urut.label("urutan"))
        .select_from(t.join(w, (w.c.kode_kab == t.c.kab) & (w.c.id == t.c.id)))
        .correlate_except(t, w)
        .subquery()
    )
    return Rows(Row(joined, today_or_last(joined)), (), [joined.c.urutan])


def _arrays(args: Args, node: list[int]) -> list[ColumnElement[Any]]:
    graph: Graph = args.source.graph
    id_ = args.constant([graph.id[n] for n in node], _UUIDS)
    kab = args.constant([graph.kab(n) for n in node], ARRAY(Text()))
    return [id_.label("semua_id"), kab.label("semua_kab")]


def _table(args: Args, node: list[tuple[int, int]]) -> Any:
    """A table of nodes in that order: id, kab, nilai, urut."""
    graph: Graph = args.source.graph
    arrays = [
        args.constant([graph.id[n] for n, _ in node], _UUIDS),
        args.constant([graph.kab(n) for n, _ in node], ARRAY(Text())),
        args.constant([nilai for _, nilai in node], _INTS),
    ]
    columns = (column("id", Uuid(as_uuid=False)), column("kab", Text()), column("nilai", Integer()))
    return func.unnest(*arrays).table_valued(*columns, with_ordinality="urut").render_derived()
