"""Rows of figures: aggregates, indicators, figures of one desa, breakdown choices."""

from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    Numeric,
    Text,
    and_,
    any_,
    case,
    cast,
    column,
    func,
    literal_column,
    null,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.tertutup import closed_column
from hub.angka.agregat import agregat_source
from hub.angka.agregat_borders import agregat_by_later_borders
from hub.angka.indikator import indikator_source
from hub.angka.tables import ANGKA, ANGKA_TERBACA
from hub.base.kode import Tingkat
from hub.base.questions import akhir_periode, daftar, hari_sesudah, kode_ke_bawah, kode_sah
from hub.katalog.questions import dimensi_dikenal, elemen_dikenal, indikator_dikenal
from hub.katalog.tables import ELEMEN
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import DATES, KODE, TEXT, TEXTS, TIME
from hub.plan.words import number, word
from hub.terdaftar.reads import terdaftar_cte
from hub.wilayah.reads import berlaku
from hub.wilayah.tables import WILAYAH

_ELEMEN = "elemen_"  # before the names of an element's columns in a row of figures


def agregat(args: Args) -> Rows:
    tingkat = Tingkat[args.choice("tingkat")]
    rinci = args.has("rincian")
    ikat = {
        "wilayah": args.bind("wilayah", TEXT, kode_ke_bawah(tingkat)),
        "elemen": args.bind_checked("elemen", TEXTS, elemen_dikenal),
        "periode": args.bind("periode", TEXTS, daftar("periode")),
        "akhir": args.bind("periode", DATES, lambda p: akhir_periode(daftar("periode")(p))),
        "dimensi": args.bind_checked("rincian", TEXT, dimensi_dikenal),
        **known_then(args),
    }
    if args.has("wilayahPada"):
        ikat["hari"] = args.bind_together(("wilayahPada", "periode"), Date(), hari_sesudah)
        baris = agregat_by_later_borders(ikat, tingkat, rinci=rinci)
    else:
        baris = agregat_source(ikat, tingkat, rinci=rinci)
    urut = [baris.c.kode, baris.c.urut_elemen, baris.c.urut_periode, cast(baris.c.rincian, Text)]
    terdaftar = None if "pada" in ikat else cache(lambda: terdaftar_cte(ikat, tingkat, rinci=rinci))
    return Rows(Row(baris, baris.c.acuan, beside=terdaftar), (), urut)


def registered(row: Row, args: Args) -> ColumnElement[Any]:
    """What the registers count for that row; null where they know nothing of it, or it is closed to the caller."""
    if row.beside is None:
        return cast(null(), BigInteger)
    daftar = row.beside()
    isi = select(daftar.c.isi).correlate_except(daftar).scalar_subquery()
    rincian, pisah = cast(row["rincian"], Text), word("|", Text)
    kunci = func.concat_ws(pisah, row["periode"], row["elemen"], row["kode"], func.lower(rincian))
    # without a count: none, where the registers count such things (and tell them apart so)
    bawaan = func.concat(row["elemen"], case((rincian == word("{}"), word("")), else_=pisah))
    nilai = func.coalesce(isi.op("->>")(kunci), isi.op("->>")(bawaan))
    return cast(case((row["status"] != word("DISUPRESI"), nilai)), BigInteger)


def beyond_registered(row: Row, args: Args) -> ColumnElement[Any]:
    return func.hub_desimal(row["nilai"] - registered(row, args), type_=JSON)


def indikator(args: Args) -> Rows:
    tingkat = Tingkat[args.choice("tingkat")]
    ikat = {
        "wilayah": args.bind("wilayah", TEXT, kode_ke_bawah(tingkat)),
        "kode": args.bind_checked("kode", TEXTS, indikator_dikenal),
        "periode": args.bind("periode", TEXTS, daftar("periode")),
        "akhir": args.bind("periode", DATES, lambda p: akhir_periode(daftar("periode")(p))),
        **known_then(args),
    }
    baris = indikator_source(ikat, tingkat)
    urut = [baris.c.kode_wilayah, baris.c.urut_indikator, baris.c.urut_periode, cast(baris.c.rincian, Text)]
    return Rows(Row(baris, baris.c.acuan), (), urut)


def available(args: Args) -> Rows:
    """Which approved totals of whole kabupaten there are in a region. One range of angka_kabupaten_idx: codes are
    hierarchical, and "/" follows "." in byte order."""
    a = ANGKA.alias()
    kab = func.left(args.bind("wilayah", TEXT, kode_sah), 5)
    isi = (
        select(a.c.elemen, a.c.periode, func.count().label("kabupaten"))
        .where(
            a.c.kode_kab >= kab,
            a.c.kode_kab < func.concat(kab, word("/")),
            a.c.tingkat == number(int(Tingkat.KABUPATEN)),
            a.c.dimensi == word(""),
            a.c.nilai.is_not(None),
        )
        .group_by(a.c.elemen, a.c.periode)
        .correlate_except(a)
        .subquery()
    )
    return Rows(Row(isi), (), [isi.c.elemen, isi.c.periode])


def known_then(args: Args) -> dict[str, BindParameter[Any]]:
    """The time as of which figures are asked; empty: as they are now."""
    return {"pada": args.bind("pada", TIME)} if args.has("pada") else {}


def figures_of_desa(row: Row, args: Args) -> Rows:
    """Approved figures of one desa, one row per element and period asked for, missing ones included."""
    elemen = args.bind_checked("elemen", TEXTS, elemen_dikenal)
    periode = args.bind("periode", TEXTS, daftar("periode"))
    x = func.unnest(elemen).table_valued(column("kode", KODE), with_ordinality="urut")
    p = func.unnest(periode).table_valued(column("periode", KODE), with_ordinality="urut")
    x, p = x.render_derived(), p.render_derived()
    a, e = ANGKA_TERBACA.alias(), ELEMEN.alias()
    # asked for: the same for every region, so PostgreSQL makes it once
    minta = (
        select(
            *(k.label(_ELEMEN + k.name) for k in e.c),
            p.c.periode, x.c.urut.label("urut_elemen"), p.c.urut.label("urut_periode"),
        )
        .select_from(x.join(p, true()).join(e, e.c.kode == x.c.kode))
        .correlate_except(x, p, e)
        .subquery()
    )  # fmt: skip
    # at hand: one range of the index per period asked for; a region has at most one figure per element there
    ada = (
        select(a.c.elemen, a.c.periode, a.c.nilai, a.c.status)
        .where(
            a.c.kode_kab == row["kode_kab"],
            a.c.kode_wilayah == row["kode"],
            a.c.periode == any_(periode),
            a.c.dimensi == word(""),
            a.c.tingkat == number(int(Tingkat.DESA)),
        )
        .correlate_except(a)
        .subquery()
    )
    tutup = closed_column(minta.c[_ELEMEN + "sensitif"], row["tingkat"], row["kode_kab"])
    # A left join, written as a full one less what was not asked for: only a hash can do that, and the hash is cheap, where
    # PostgreSQL, expecting one figure per region, would choose a nested loop and compare all with all for every region.
    sama = and_(ada.c.elemen == minta.c[_ELEMEN + "kode"], ada.c.periode == minta.c.periode)
    isi = (
        select(
            *minta.c,
            minta.c[_ELEMEN + "kode"].label("elemen"),
            literal_column("'{}'::jsonb", JSONB).label("rincian"),
            case((tutup, null()), else_=ada.c.nilai).label("nilai"),
            type_coerce(
                case(
                    (tutup, word("DISUPRESI")),
                    else_=func.coalesce(ada.c.status, word("TIDAK_ADA_DATA")),
                ),
                KODE,
            ).label("status"),
        )
        .select_from(minta.outerjoin(ada, sama, full=True))
        .where(func.coalesce(minta.c.urut_elemen, number(0)) > number(0))
        .correlate_except(minta, ada)
        .subquery()
    )
    return Rows(Row(isi), (), [isi.c.urut_elemen, isi.c.urut_periode])


def element(row: Row, args: Args) -> Rows | Row:
    if _ELEMEN + "kode" in row.source.c:
        return Row(row.source, row.acuan, _ELEMEN)
    e = ELEMEN.alias()
    return Rows(Row(e), [e.c.kode == row["elemen"]])


def choices(row: Row, args: Args) -> Rows:
    """The breakdown of a figure as (name, choice) pairs."""
    r = func.jsonb_each_text(row["rincian"]).table_valued("rincian", "pilihan").render_derived()
    isi = select(r.c.rincian, r.c.pilihan).correlate_except(r).subquery()
    return Rows(Row(isi), (), [isi.c.rincian])


region_of_indicator = link(WILAYAH, {"kode_wilayah": "kode"}, holds=berlaku)


def percent(row: Row, args: Args) -> ColumnElement[Any]:
    """Approved of expected, in percent, two decimals."""
    bagian = cast(row["disetujui"], Numeric) * 100 / func.nullif(row["diharapkan"], 0)
    return func.coalesce(func.round(bagian, 2), 0, type_=Numeric())
