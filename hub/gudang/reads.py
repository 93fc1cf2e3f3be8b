"""Rows of a warehouse's stock and ledger.

A balance without `pada` is the table `stok`; at a moment it is the sum of the ledger up to it. Days are the office's.
What depends on the day (expiry, rate) looks at today's day and not at the clock, so that an answer holds all day long.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Numeric,
    Subquery,
    Text,
    cast,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from hub.base.kode import Tingkat
from hub.base.questions import kode_ke_bawah
from hub.gudang.health import MENIPIS_HARI, days_left, level_of_goods, state_of_goods, state_of_warehouse
from hub.gudang.tables import BARANG, BUKTI_STOK, MUTASI_STOK, STOK, STOK_MINIMUM
from hub.plan.arguments import Args
from hub.plan.links import Link, link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS, TIME
from hub.plan.words import TRUE, number, word
from hub.sumber_daya.reads import stands
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import HARI_INI, today_or_last

JENDELA = 90  # days over which the rate at which goods go out is taken
_JENDELA_TERPENDEK = 30  # days a younger stock is divided by, so that one issue on its first day is no trend
_NOL: ColumnElement[Any] = number(0, Numeric)


def stock(row: Row, args: Args) -> Rows:
    """One row per kind of goods that was ever here or has a minimum, in the order of the list of goods."""
    isi = _per_barang(row["kode_kab"], row["id"], _saat(args))
    return Rows(Row(isi), (), [isi.c.urut, isi.c.kode])


def health(row: Row, args: Args) -> ColumnElement[Any]:
    return _health(row["kode_kab"], row["id"], _saat(args))


def _health(
    kode_kab: ColumnElement[Any], gudang: ColumnElement[Any], pada: ColumnElement[Any] | None
) -> ColumnElement[Any]:
    isi = _per_barang(kode_kab, gudang, pada)
    return select(state_of_warehouse(isi)).select_from(isi).correlate_except(isi).scalar_subquery()


def health_of_goods(row: Row, args: Args) -> ColumnElement[Any]:
    return state_of_goods(row["tingkat"])


def listed(args: Args) -> Rows:
    """daftarGudang: the warehouses that stand today, in order of desa. There are few: the index gives those of a region, and
    how each of them is is worked out."""
    s = SUMBER_DAYA.alias()
    row = Row(s, HARI_INI)
    where = [s.c.jenis == word("GUDANG_BENCANA"), stands(s, HARI_INI)]
    if args.field("saring", "di"):
        di = args.bind_field("saring", "di", TEXT, kode_ke_bawah(Tingkat.DESA))
        where += [s.c.kode_desa >= di, s.c.kode_desa < di.concat("/")]
    sehat = args.bind_field("saring", "kesehatan", TEXTS) if args.field("saring", "kesehatan") else None
    if args.field("saring", "barang"):
        isi = _per_barang(s.c.kode_kab, s.c.id, None)
        tanya = args.bind_field("saring", "barang", TEXT, lambda b: " ".join(b.split()))
        sama = [or_(isi.c.kode == func.upper(tanya), func.lower(isi.c.barang) == func.lower(tanya))]
        if sehat is not None:
            sama.append(health_of_goods(Row(isi), args) == func.any(sehat))
        where.append(select(isi.c.kode).where(*sama).correlate_except(isi).exists())
    elif sehat is not None:
        where.append(_health(s.c.kode_kab, s.c.id, None) == func.any(sehat))
    kunci = [s.c.kode_desa, s.c.id]
    return Rows(row, where, kunci, None, kunci)


def lots(row: Row, args: Args) -> Rows:
    """The lots that make up a row of `stock`, first expiring first."""
    dahulu = row["dilihat_pada"] if "dilihat_pada" in row.source.c else None
    isi = _lot(row["kode_kab"], row["gudang"], dahulu, row["kode"])
    urut = [isi.c.kedaluwarsa.asc().nulls_last(), isi.c.lot, isi.c.sumber_dana]
    return Rows(Row(isi), [isi.c.jumlah != _NOL], urut)


def movements(row: Row, args: Args) -> Rows:
    """The ledger in the order it was written; one kind of goods: its stock card."""
    m = MUTASI_STOK.alias()
    where = [m.c.kode_kab == row["kode_kab"], m.c.gudang == row["id"]]
    if args.has("barang"):
        where.append(m.c.barang == args.bind("barang", TEXT, lambda b: b.strip().upper()))
    return Rows(Row(m), where, [m.c.urutan], None, [m.c.urutan])


def goods_name(row: Row, args: Args) -> ColumnElement[Any]:
    return _barang(row, "nama")


def goods_unit(row: Row, args: Args) -> ColumnElement[Any]:
    return _barang(row, "satuan")


def all_goods(args: Args) -> Rows:
    b = BARANG.alias()
    return Rows(Row(b), (), [b.c.urut, b.c.kode])


def lot_name(row: Row, args: Args) -> ColumnElement[Any]:
    return func.nullif(row["lot"], word(""), type_=Text())


document = link(BUKTI_STOK, {"bukti": "id"})
"""What was written about a movement; row-level security keeps it from those whom it does not concern."""


def warehouse(kab: str, id_: str) -> Link:
    """The warehouse that these two columns of a row name."""
    only = {"jenis": "GUDANG_BENCANA"}
    return link(SUMBER_DAYA, {id_: "id"}, kab=(kab, "kode_kab"), only=only, day=today_or_last)


counterpart = warehouse("lawan_kab", "lawan_gudang")
"""The warehouse on the other side of a transfer."""


# ---------- receipts ----------


def warehouse_of_receipt(args: Args) -> Rows:
    gudang = args.source.kunci
    s = SUMBER_DAYA.alias()
    id_ = cast(args.constant(gudang.id, TEXT), SUMBER_DAYA.c.id.type)
    kode_kab = args.constant(gudang.kode_kab, TEXT)
    jenis = s.c.jenis == word("GUDANG_BENCANA")
    return Rows(Row(s, today_or_last(s)), [s.c.kode_kab == kode_kab, s.c.id == id_, jenis])


def movements_of_receipt(args: Args) -> Rows:
    """The rows of the document on its own side: of a transfer, what went out. None where no movement was written."""
    m = MUTASI_STOK.alias()
    bukti = cast(args.constant(args.source.bukti, TEXT), MUTASI_STOK.c.bukti.type)
    gudang = cast(args.constant(args.source.kunci.id, TEXT), MUTASI_STOK.c.gudang.type)
    where = [m.c.kode_kab == args.constant(args.source.kunci.kode_kab, TEXT), m.c.bukti == bukti, m.c.gudang == gudang]
    return Rows(Row(m), where, [m.c.baris])


def stock_of_receipt(args: Args) -> Rows:
    gudang = args.source.kunci
    id_ = cast(args.constant(gudang.id, TEXT), SUMBER_DAYA.c.id.type)
    isi = _per_barang(cast(args.constant(gudang.kode_kab, TEXT), KODE), id_, None)
    return Rows(Row(isi), (), [isi.c.urut, isi.c.kode])


# ---------- the balance ----------


def _saat(args: Args) -> ColumnElement[Any] | None:
    return args.bind("pada", TIME) if args.has("pada") else None


def _barang(row: Row, kolom: str) -> ColumnElement[Any]:
    b = BARANG.alias()
    return select(b.c[kolom]).where(b.c.kode == row["barang"]).correlate_except(b).scalar_subquery()


def _lot(
    kode_kab: ColumnElement[Any],
    gudang: ColumnElement[Any],
    pada: ColumnElement[Any] | None,
    barang: ColumnElement[Any] | None = None,
) -> Subquery:
    """Balances per lot: barang, sumber_dana, lot, kedaluwarsa, jumlah."""
    tabel = (STOK if pada is None else MUTASI_STOK).alias()
    where = [tabel.c.kode_kab == kode_kab, tabel.c.gudang == gudang]
    if barang is not None:
        where.append(tabel.c.barang == barang)
    kunci = [tabel.c.barang, tabel.c.sumber_dana, tabel.c.lot, tabel.c.kedaluwarsa]
    if pada is None:
        return select(*kunci, tabel.c.jumlah).where(*where).correlate_except(tabel).subquery()
    jumlah = func.sum(tabel.c.jumlah, type_=Numeric()).label("jumlah")
    return (
        select(*kunci, jumlah).where(*where, tabel.c.pada <= pada).group_by(*kunci).correlate_except(tabel).subquery()
    )


def _per_barang(kode_kab: ColumnElement[Any], gudang: ColumnElement[Any], pada: ColumnElement[Any] | None) -> Subquery:
    """kode_kab, gudang, kode, barang (name), satuan, urut, jumlah, kedaluwarsa (of it), layak, minimum, keluar (within umur
    days), hari_tersisa, tingkat (0 AMAN … 3 KOSONG), tercatat."""
    hari: ColumnElement[Any] = HARI_INI if pada is None else func.hub_hari(pada, type_=Date())
    lot, m, t, b = _lot(kode_kab, gudang, pada), MUTASI_STOK.alias(), STOK_MINIMUM.alias(), BARANG.alias()

    def bila(*syarat: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(lot.c.jumlah).filter(*syarat), _NOL, type_=Numeric())

    ada = (
        select(
            lot.c.barang, bila(TRUE).label("jumlah"), bila(lot.c.kedaluwarsa <= hari).label("lewat"),
            bila(lot.c.kedaluwarsa > hari, lot.c.kedaluwarsa <= hari + number(MENIPIS_HARI)).label("segera"),
        )
        .group_by(lot.c.barang).correlate_except(lot).subquery()
    )  # fmt: skip
    terbaru = func.array_agg(aggregate_order_by(t.c.jumlah, t.c.sejak.desc()))
    minimum = (
        select(t.c.barang, type_coerce(number(1), Integer()).label("_"), terbaru.label("semua"))
        .where(t.c.kode_kab == kode_kab, t.c.gudang == gudang, t.c.sejak <= hari)
        .group_by(t.c.barang).correlate_except(t).subquery()
    )  # fmt: skip
    sampai = [] if pada is None else [m.c.pada <= pada]
    awal = func.hub_awal_hari(hari - number(JENDELA - 1), type_=DateTime(timezone=True))
    sama = [m.c.kode_kab == kode_kab, m.c.gudang == gudang, m.c.barang == b.c.kode, *sampai]
    # what was refused and came back never went: it is taken off where its leaving was counted
    pergi = or_(m.c.jenis.in_([word("KELUAR"), word("PINDAH_KELUAR")]), m.c.dikirim_pada >= awal)
    keluar = select(-func.sum(m.c.jumlah)).where(*sama, pergi, m.c.pada >= awal).correlate_except(m).scalar_subquery()
    pertama = select(func.hub_hari(func.min(m.c.pada), type_=Date())).where(*sama).correlate_except(m).scalar_subquery()
    umur = func.least(
        number(JENDELA),
        func.greatest(number(_JENDELA_TERPENDEK), hari - pertama + number(1)),
    )
    jumlah = func.coalesce(ada.c.jumlah, _NOL, type_=Numeric())
    lewat, segera = (
        func.coalesce(ada.c.lewat, _NOL, type_=Numeric()),
        func.coalesce(ada.c.segera, _NOL, type_=Numeric()),
    )
    dasar = (
        select(
            kode_kab.label("kode_kab"), gudang.label("gudang"), b.c.kode, b.c.nama.label("barang"), b.c.satuan,
            b.c.urut, jumlah.label("jumlah"), lewat.label("kedaluwarsa"), (jumlah - lewat).label("layak"),
            segera.label("segera"), func.coalesce(minimum.c.semua[1], _NOL, type_=Numeric()).label("minimum"),
            func.coalesce(keluar, _NOL, type_=Numeric()).label("keluar"), cast(umur, Numeric).label("umur"),
            ada.c.barang.is_not(None).label("tercatat"),
        )
        .select_from(b.outerjoin(ada, ada.c.barang == b.c.kode).outerjoin(minimum, minimum.c.barang == b.c.kode))
        .where(func.coalesce(ada.c.barang, minimum.c.barang).is_not(None))
        .correlate_except(b, ada, minimum)
        .subquery()
    )  # fmt: skip
    lihat = [] if pada is None else [pada.label("dilihat_pada")]
    return (
        select(*dasar.c, days_left(dasar).label("hari_tersisa"), level_of_goods(dasar).label("tingkat"), *lihat)
        .correlate_except(dasar)
        .subquery()
    )
