"""Rows about the graph of networks (WKSBM) as a whole: pairs that could be linked, links of a region, partners, social
resources nobody is linked to, phases over time; and rows of networks that a walk in memory has found."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Date, Integer, Text, Uuid, column, func, select

from hub.base.kode import Tingkat
from hub.base.questions import akhir_periode, daftar, kode_ke_bawah
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS
from hub.plan.words import number, word
from hub.sumber_daya.reads import stands
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import HARI_INI, today_or_last
from hub.wksbm import jejaring as jejaring_source
from hub.wksbm.jejaring_graph import Graf, Ringkasan
from hub.wksbm.reads import network
from hub.wksbm.tables import HUBUNGAN, MITRA, WKSBM

_UUIDS = ARRAY(Uuid(as_uuid=False))
_INTS = ARRAY(Integer())
_DATES = ARRAY(Date())


def _wilayah(args: Args) -> Any:
    return args.bind("wilayah", TEXT, kode_ke_bawah(Tingkat.DESA))


def candidates(args: Args) -> Rows:
    """calonHubungan: pairs in order of desa."""
    isi = jejaring_source.candidate_source({"wilayah": _wilayah(args)})
    kunci = [isi.c.asal_desa, isi.c.asal, isi.c.tujuan_desa, isi.c.tujuan]
    return Rows(Row(isi), (), kunci, None, kunci)


first_of_pair = network("asal_kab", "asal")
second_of_pair = network("tujuan_kab", "tujuan")


def links(args: Args) -> Rows:
    """hubunganJejaring: in the order they were written down."""
    ikat = {"wilayah": _wilayah(args)}
    if args.has("pada"):
        ikat["pada"] = args.bind("pada", Date())
    isi = jejaring_source.link_source(ikat)
    return Rows(Row(isi), (), [isi.c.id], None, [isi.c.id])


def partners(args: Args) -> Rows:
    """daftarMitraLuar: in order of name; `takTerhubung`: only those that no network is linked to today."""
    m = MITRA.alias()
    where: list[ColumnElement[bool]] = []
    if args.choice("takTerhubung"):
        where.append(~_terhubung("MITRA", word(""), m.c.id))
    kunci = [m.c.nama, m.c.id]
    return Rows(Row(m), where, kunci, None, kunci)


def partner_links(row: Row, args: Args) -> ColumnElement[Any]:
    h = HUBUNGAN.alias()
    where = [h.c.tujuan == row["id"], h.c.macam == word("MITRA"), stands(h, HARI_INI)]
    return select(func.count(type_=Integer())).select_from(h).where(*where).correlate_except(h).scalar_subquery()


def of_saved_partner(args: Args) -> Rows:
    m = MITRA.alias()
    return Rows(Row(m), [m.c.id == args.constant(args.source.id, Uuid(as_uuid=False))])


def unlinked_resources(args: Args) -> Rows:
    """sumberDayaTakTerhubung: social resources that stand today and that no network is linked to, in order of desa."""
    s = SUMBER_DAYA.alias()
    di = _wilayah(args)
    where = [
        s.c.kode_desa >= di,
        s.c.kode_desa < di.concat("/"),
        stands(s, HARI_INI),
        ~_terhubung("SUMBER_DAYA", s.c.kode_kab, s.c.id),
    ]
    if args.has("jenis"):
        where.append(s.c.jenis == func.any(args.bind("jenis", TEXTS)))
    kunci = [s.c.kode_desa, s.c.id]
    return Rows(Row(s, HARI_INI), where, kunci, None, kunci)


def per_phase(args: Args) -> Rows:
    """wksbmPerTahap: one row per period."""
    unik = daftar("periode")
    isi = jejaring_source.phase_source(
        {
            "wilayah": _wilayah(args),
            "periode": args.bind("periode", TEXTS, unik),
            "akhir": args.bind("periode", _DATES, lambda p: akhir_periode(unik(p))),
        }
    )
    return Rows(Row(isi), (), [isi.c.urut])


def _terhubung(macam: str, kode_kab: ColumnElement[Any], id_: ColumnElement[Any]) -> ColumnElement[bool]:
    h = HUBUNGAN.alias()
    where = [h.c.tujuan == id_, h.c.macam == word(macam), h.c.tujuan_kab == kode_kab]
    return select(h.c.id).where(*where, stands(h, HARI_INI)).correlate_except(h).exists()


# ---------- what a walk in memory has found ----------


def nodes(pilih: Callable[[Ringkasan, Args], list[int]]) -> Callable[[Args], Rows]:
    """The networks of these nodes, in that order."""

    def build(args: Args) -> Rows:
        t = _tabel(args, [(n, 0) for n in pilih(args.source.ringkasan, args)])
        w = WKSBM.alias()
        gabung = (
            select(*w.c, t.c.urut.label("urutan"))
            .select_from(t.join(w, (w.c.kode_kab == t.c.kab) & (w.c.id == t.c.id)))
            .correlate_except(t, w)
            .subquery()
        )
        return Rows(Row(gabung, today_or_last(gabung)), (), [gabung.c.urutan])

    return build


def cut_points(args: Args) -> Rows:
    """titikRapuh: kab, id and nilai (into how many parts its group would fall)."""
    t = _tabel(args, args.source.ringkasan.titik_rapuh)
    return Rows(Row(t), (), [t.c.urut])


network_of_node = network("kab", "id")


def components(args: Args) -> Rows:
    """kelompok: the largest first; `ukuran` and the place of its members in the list of all, `dari` and `sampai`."""
    banyak = args.value("batas")
    semua = args.source.ringkasan.komponen[: 20 if banyak is None else max(0, banyak)]
    batas = [0]
    for k in semua:
        batas.append(batas[-1] + len(k))
    kolom = [args.constant(isi, _INTS) for isi in ([len(k) for k in semua], batas[:-1], batas[1:])]
    # the members of all of them, once, for the rows below
    anggota = _larik(args, [n for k in semua for n in k])
    t = (
        func.unnest(*kolom)
        .table_valued(*(column(k, Integer()) for k in ("ukuran", "dari", "sampai")), with_ordinality="urut")
        .render_derived()
    )
    isi = select(t.c.ukuran, t.c.dari, t.c.sampai, t.c.urut, *anggota).select_from(t).correlate_except(t).subquery()
    return Rows(Row(isi), (), [isi.c.urut])


def members_of_component(row: Row, args: Args) -> Rows:
    potong = [row[k][row["dari"] + number(1) : row["sampai"]] for k in ("semua_id", "semua_kab")]
    t = func.unnest(*potong).table_valued("id", "kab", with_ordinality="urut").render_derived()
    w = WKSBM.alias()
    gabung = (
        select(*w.c, t.c.urut.label("urutan"))
        .select_from(t.join(w, (w.c.kode_kab == t.c.kab) & (w.c.id == t.c.id)))
        .correlate_except(t, w)
        .subquery()
    )
    return Rows(Row(gabung, today_or_last(gabung)), (), [gabung.c.urutan])


def _larik(args: Args, node: list[int]) -> list[ColumnElement[Any]]:
    graf: Graf = args.source.graf
    id_ = args.constant([graf.id[n] for n in node], _UUIDS)
    kab = args.constant([graf.kab(n) for n in node], ARRAY(Text()))
    return [id_.label("semua_id"), kab.label("semua_kab")]


def _tabel(args: Args, node: list[tuple[int, int]]) -> Any:
    """A table of nodes in that order: id, kab, nilai, urut."""
    graf: Graf = args.source.graf
    isi = [
        args.constant([graf.id[n] for n, _ in node], _UUIDS),
        args.constant([graf.kab(n) for n, _ in node], ARRAY(Text())),
        args.constant([nilai for _, nilai in node], _INTS),
    ]
    kolom = (column("id", Uuid(as_uuid=False)), column("kab", Text()), column("nilai", Integer()))
    return func.unnest(*isi).table_valued(*kolom, with_ordinality="urut").render_derived()
