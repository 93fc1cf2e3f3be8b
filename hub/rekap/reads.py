"""Rows of rekap and their contents. Who does not reach the reporter sees the approved revision and nothing newer;
row-level security says the same once more below."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from sqlalchemy import JSON, ColumnElement, Date, Integer, and_, case, func, literal_column, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.types import TypeEngine

from hub.akses.izin import Reach
from hub.akses.tertutup import below, own_region, reaches
from hub.base.actor import Peran
from hub.base.id_publik import Kunci, kunci_rekap
from hub.base.questions import akhir_periode, daftar, kode_sah
from hub.berita.statements import Peristiwa
from hub.db.database import database_role
from hub.katalog.questions import formulir_dikenal
from hub.katalog.tables import ELEMEN, FORMULIR
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import DATES, TEXT, TEXTS, TIME
from hub.plan.words import number, word
from hub.rekap import moves
from hub.rekap.history import rekap_as_of
from hub.rekap.tables import REKAP, REKAP_NILAI, REKAP_PERISTIWA, REKAP_TEMUAN, REKAP_TOTAL, TENGGAT
from hub.wilayah.reads import berlaku, region_by_code
from hub.wilayah.tables import WILAYAH

PERISTIWA = "#peristiwa"  # under this the event is among the variables; no GraphQL variable can be called so


def _rekap() -> Row:
    r = REKAP.alias()
    return Row(r, func.hub_akhir(r.c.periode, type_=Date()))


def by_id(args: Args) -> Rows:
    """One rekap, now or as it stood at `pada`."""
    baris = _rekap()
    if args.has("pada"):
        dahulu = rekap_as_of(args.bind("pada", TIME))
        baris = Row(dahulu, func.hub_akhir(dahulu.c.periode, type_=Date()))
    kunci = [
        baris[kolom] == args.bind("id", TEXT, lambda teks, k=kolom: getattr(kunci_rekap(teks), k))  # type: ignore[misc]
        for kolom in ("kode_kab", "formulir", "periode")
    ]
    return Rows(baris, kunci)


def of_receipt(args: Args) -> Rows | None:
    """The rekap a receipt is about; None where it was tried out only."""
    kunci: Kunci | None = args.source.kunci
    if kunci is None:
        return None
    baris = _rekap()
    isi = (("kode_kab", kunci.kode_kab), ("formulir", kunci.formulir), ("periode", kunci.periode))
    return Rows(baris, [baris[kolom] == args.constant(nilai, TEXT) for kolom, nilai in isi])


def listed(args: Args) -> Rows:
    """daftarRekap: filters on reporter, form, period, status; in order of reporter, form, period."""
    baris = _rekap()
    where: list[ColumnElement[bool]] = []
    for medan, kolom in (
        ("pelapor", "kode_kab"),
        ("formulir", "formulir"),
        ("periode", "periode"),
        ("status", "status"),
    ):
        if args.field("saring", medan):
            nilai = visible_status(baris, args) if kolom == "status" else baris[kolom]
            where.append(nilai == func.any(args.bind_field("saring", medan, TEXTS)))
    kunci = [baris["kode_kab"], baris["formulir"], baris["periode"]]
    return Rows(baris, where, kunci, None, kunci)


def completeness(args: Args) -> Rows:
    """One row per kabupaten in force, form and period, whether or not anything was received."""
    kode = args.bind("wilayah", TEXT, kode_sah)
    p = func.unnest(
        args.bind("periode", TEXTS, daftar("periode")), args.bind("periode", DATES, lambda x: akhir_periode(daftar("periode")(x)))
    ).table_valued("periode", "akhir", with_ordinality="urut", name="p").render_derived()  # fmt: skip
    w, f, r, t = WILAYAH.alias(), FORMULIR.alias(), REKAP.alias(), TENGGAT.alias()
    di_bawah = and_(
        w.c.tingkat == number(2),
        or_(w.c.kode == func.left(kode, 5), and_(w.c.kode >= kode.concat("."), w.c.kode < kode.concat("/"))),
        berlaku(w, p.c.akhir),
    )
    pilih = (
        [f.c.kode == func.any(args.bind_checked("formulir", TEXTS, formulir_dikenal))] if args.has("formulir") else []
    )
    khusus = (
        select(t.c.tanggal)
        .where(t.c.formulir == f.c.kode, t.c.periode == p.c.periode, t.c.kode_prov.in_(["", func.left(w.c.kode, 2)]))
        .order_by(t.c.kode_prov.desc())
        .limit(1)
        .correlate_except(t)
        .scalar_subquery()
    )
    isi = (
        select(
            w.c.kode_kab, w.c.kode, p.c.akhir, f.c.kode.label("formulir"), p.c.periode, p.c.urut,
            case((r.c.kode_kab.is_not(None), visible_status(Row(r), args))).label("status"),
            func.coalesce(r.c.tenggat, khusus, p.c.akhir + f.c.tenggat_hari, type_=Date()).label("tenggat"),
            r.c.tepat_waktu,
        )
        .select_from(
            p.join(w, di_bawah)
            .join(f, and_(true(), *pilih))
            .outerjoin(r, and_(r.c.kode_kab == w.c.kode_kab, r.c.formulir == f.c.kode, r.c.periode == p.c.periode))
        )
        .subquery()
    )  # fmt: skip
    return Rows(Row(isi, isi.c.akhir), (), [isi.c.kode, isi.c.formulir, isi.c.urut])


# ---------- of one rekap ----------


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return func.concat_ws(":", row["kode_kab"], row["formulir"], row["periode"])


reporter = link(WILAYAH, {"kode_kab": "kode"}, holds=berlaku)


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
    for role, reach, statement in product(Peran, Reach, (True, False)):
        for actions, states in moves.told_in(role, reach, statement=statement).items():
            of_whom = and_(user == word(database_role(role)), where[reach], province if statement else ~province)
            names = func.to_json(array([word(a) for a in actions]), type_=JSON)
            yield and_(of_whom, status.in_([word(s) for s in states])), names


def cells(row: Row, args: Args) -> Rows:
    """The cells of a revision: the newest one the caller may see, unless another is asked for."""
    v = REKAP_NILAI.alias()
    revisi = args.bind("revisi", Integer()) if args.has("revisi") else visible_revision(row, args)
    where = [*_of(row, v), v.c.revisi == revisi]
    return Rows(Row(v, row.acuan), where, [v.c.elemen, v.c.kode_wilayah, v.c.rincian])


def stated_totals(row: Row, args: Args) -> Rows:
    """Stated totals of single elements (totals over several elements are checked and kept, but are no element's)."""
    t, e = REKAP_TOTAL.alias(), ELEMEN.alias()
    where = [*_of(row, t), t.c.revisi == visible_revision(row, args), e.c.kode == t.c.elemen]
    return Rows(Row(t, row.acuan), where, [t.c.urut])


def cell_region(row: Row, args: Args) -> Rows:
    return region_by_code(row, row["kode_wilayah"])


def difference(row: Row, args: Args) -> ColumnElement[Any]:
    return row["dihitung"] - row["tertulis"]


def history(row: Row, args: Args) -> Rows:
    p = REKAP_PERISTIWA.alias()
    dahulu = [p.c.pada <= row["dilihat_pada"]] if _seen_then(row) else []
    return Rows(Row(p), [*_of(row, p), *dahulu], [p.c.urut])


def event(args: Args) -> Rows:
    """The one event that a subscription was told of, if its reader may see it. One statement serves every event."""
    p = REKAP_PERISTIWA.alias()

    def isi(ambil: Callable[[Peristiwa], Any], jenis: TypeEngine[Any]) -> Any:
        return args.parameters.add(lambda v, _: ambil(v[PERISTIWA]), jenis)

    where = [
        p.c.kode_kab == isi(lambda x: x.kunci.kode_kab, TEXT),
        p.c.formulir == isi(lambda x: x.kunci.formulir, TEXT),
        p.c.periode == isi(lambda x: x.kunci.periode, TEXT),
        p.c.urut == isi(lambda x: x.urut, Integer()),
    ]
    return Rows(Row(p), where)


def findings(row: Row, args: Args) -> Rows:
    """Findings of the newest revision the caller may see."""
    t = REKAP_TEMUAN.alias()
    return Rows(Row(t), [*_of(row, t), t.c.revisi == visible_revision(row, args)], [t.c.urut])


def places(row: Row, args: Args) -> Rows:
    """Where a finding was, from its list of places."""
    isi = func.jsonb_array_elements(row["lokasi"]).table_valued("tempat", with_ordinality="urut").render_derived()
    tempat = isi.c.tempat.cast(JSONB)
    baris = (
        select(
            tempat["indeks"].as_integer().label("indeks"), tempat["lembar"].astext.label("lembar"),
            tempat["baris"].as_integer().label("baris"), tempat["kolom"].astext.label("kolom"), isi.c.urut,
        )
        .correlate_except(isi)
        .subquery()
    )  # fmt: skip
    return Rows(Row(baris), (), [baris.c.urut])


def _seen_then(row: Row) -> bool:
    return "dilihat_pada" in row.source.c


def _of(row: Row, isi: Any) -> list[ColumnElement[bool]]:
    return [isi.c.kode_kab == row["kode_kab"], isi.c.formulir == row["formulir"], isi.c.periode == row["periode"]]
