"""Rows of a warehouse's stock and ledger.

A balance without `as_of` is the table `stok`; at a moment it is the sum of the ledger up to it. Days are the office's.
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

from hub.base.kode import Level
from hub.base.questions import kode_down_to
from hub.gudang.health import LOW_DAYS, days_left, level_of_goods, state_of_goods, state_of_warehouse
from hub.gudang.tables import BARANG, STOK, STOK_DOCUMENT, STOK_MINIMUM, STOK_MOVEMENT
from hub.plan.arguments import Args
from hub.plan.links import Link, link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS, TIME
from hub.plan.words import TRUE, number, word
from hub.sumber_daya.reads import stands
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import TODAY, today_or_last

WINDOW_DAYS = 90  # days over which the rate at which goods go out is taken
_SHORTEST_WINDOW_DAYS = 30  # days a younger stock is divided by, so that one issue on its first day is no trend
_ZERO: ColumnElement[Any] = number(0, Numeric)


def stock(row: Row, args: Args) -> Rows:
    """One row per kind of goods that was ever here or has a minimum, in the order of the list of goods."""
    balances = _per_barang(row["kode_kab"], row["id"], _as_of(args))
    return Rows(Row(balances), (), [balances.c.urut, balances.c.kode])


def health(row: Row, args: Args) -> ColumnElement[Any]:
    return _health(row["kode_kab"], row["id"], _as_of(args))


def _health(
    kode_kab: ColumnElement[Any], gudang: ColumnElement[Any], as_of: ColumnElement[Any] | None
) -> ColumnElement[Any]:
    balances = _per_barang(kode_kab, gudang, as_of)
    return select(state_of_warehouse(balances)).select_from(balances).correlate_except(balances).scalar_subquery()


def health_of_goods(row: Row, args: Args) -> ColumnElement[Any]:
    return state_of_goods(row["tingkat"])


def listed(args: Args) -> Rows:
    """daftarGudang: the warehouses that stand today, in order of desa. There are few: the index gives those of a region, and
    how each of them is is worked out."""
    s = SUMBER_DAYA.alias()
    row = Row(s, TODAY)
    where = [s.c.jenis == word("GUDANG_BENCANA"), stands(s, TODAY)]
    if args.field("saring", "di"):
        within = args.bind_field("saring", "di", TEXT, kode_down_to(Level.DESA))
        where += [s.c.kode_desa >= within, s.c.kode_desa < within.concat("/")]
    wanted_states = args.bind_field("saring", "kesehatan", TEXTS) if args.field("saring", "kesehatan") else None
    if args.field("saring", "barang"):
        balances = _per_barang(s.c.kode_kab, s.c.id, None)
        asked = args.bind_field("saring", "barang", TEXT, lambda b: " ".join(b.split()))
        matching = [or_(balances.c.kode == func.upper(asked), func.lower(balances.c.barang) == func.lower(asked))]
        if wanted_states is not None:
            matching.append(health_of_goods(Row(balances), args) == func.any(wanted_states))
        where.append(select(balances.c.kode).where(*matching).correlate_except(balances).exists())
    elif wanted_states is not None:
        where.append(_health(s.c.kode_kab, s.c.id, None) == func.any(wanted_states))
    keys = [s.c.kode_desa, s.c.id]
    return Rows(row, where, keys, None, keys)


def lots(row: Row, args: Args) -> Rows:
    """The lots that make up a row of `stock`, first expiring first."""
    seen_at = row["dilihat_pada"] if "dilihat_pada" in row.source.c else None
    balances = _lot(row["kode_kab"], row["gudang"], seen_at, row["kode"])
    order = [balances.c.kedaluwarsa.asc().nulls_last(), balances.c.lot, balances.c.sumber_dana]
    return Rows(Row(balances), [balances.c.jumlah != _ZERO], order)


def movements(row: Row, args: Args) -> Rows:
    """The ledger in the order it was written; one kind of goods: its stock card."""
    m = STOK_MOVEMENT.alias()
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


def goods_by_code(args: Args) -> Rows:
    b = BARANG.alias()
    return Rows(Row(b), [b.c.kode == args.bind("kode", TEXT, lambda kode: kode.strip().upper())])


def lot_name(row: Row, args: Args) -> ColumnElement[Any]:
    return func.nullif(row["lot"], word(""), type_=Text())


document = link(STOK_DOCUMENT, {"bukti": "id"})
"""What was written about a movement; row-level security keeps it from those whom it does not concern."""


def warehouse(kab: str, id_: str) -> Link:
    """The warehouse that these two columns of a row name."""
    only = {"jenis": "GUDANG_BENCANA"}
    return link(SUMBER_DAYA, {id_: "id"}, kab=(kab, "kode_kab"), only=only, day=today_or_last)


counterpart = warehouse("lawan_kab", "lawan_gudang")
"""The warehouse on the other side of a transfer."""


# ---------- receipts ----------


def warehouse_of_receipt(args: Args) -> Rows:
    gudang = args.source.key
    s = SUMBER_DAYA.alias()
    id_ = cast(args.constant(gudang.id, TEXT), SUMBER_DAYA.c.id.type)
    kode_kab = args.constant(gudang.kode_kab, TEXT)
    kind = s.c.jenis == word("GUDANG_BENCANA")
    return Rows(Row(s, today_or_last(s)), [s.c.kode_kab == kode_kab, s.c.id == id_, kind])


def movements_of_receipt(args: Args) -> Rows:
    """The rows of the document on its own side: of a transfer, what went out. None where no movement was written."""
    m = STOK_MOVEMENT.alias()
    document_id = cast(args.constant(args.source.bukti, TEXT), STOK_MOVEMENT.c.bukti.type)
    gudang = cast(args.constant(args.source.key.id, TEXT), STOK_MOVEMENT.c.gudang.type)
    where = [
        m.c.kode_kab == args.constant(args.source.key.kode_kab, TEXT),
        m.c.bukti == document_id,
        m.c.gudang == gudang,
    ]
    return Rows(Row(m), where, [m.c.baris])


def stock_of_receipt(args: Args) -> Rows:
    gudang = args.source.key
    id_ = cast(args.constant(gudang.id, TEXT), SUMBER_DAYA.c.id.type)
    balances = _per_barang(cast(args.constant(gudang.kode_kab, TEXT), KODE), id_, None)
    return Rows(Row(balances), (), [balances.c.urut, balances.c.kode])


# ---------- the balance ----------


def _as_of(args: Args) -> ColumnElement[Any] | None:
    return args.bind("pada", TIME) if args.has("pada") else None


def _barang(row: Row, column_name: str) -> ColumnElement[Any]:
    b = BARANG.alias()
    return select(b.c[column_name]).where(b.c.kode == row["barang"]).correlate_except(b).scalar_subquery()


def _lot(
    kode_kab: ColumnElement[Any],
    gudang: ColumnElement[Any],
    as_of: ColumnElement[Any] | None,
    barang: ColumnElement[Any] | None = None,
) -> Subquery:
    """Balances per lot: barang, sumber_dana, lot, kedaluwarsa, jumlah."""
    table = (STOK if as_of is None else STOK_MOVEMENT).alias()
    where = [table.c.kode_kab == kode_kab, table.c.gudang == gudang]
    if barang is not None:
        where.append(table.c.barang == barang)
    keys = [table.c.barang, table.c.sumber_dana, table.c.lot, table.c.kedaluwarsa]
    if as_of is None:
        return select(*keys, table.c.jumlah).where(*where).correlate_except(table).subquery()
    amount = func.sum(table.c.jumlah, type_=Numeric()).label("jumlah")
    return select(*keys, amount).where(*where, table.c.pada <= as_of).group_by(*keys).correlate_except(table).subquery()


def _per_barang(kode_kab: ColumnElement[Any], gudang: ColumnElement[Any], as_of: ColumnElement[Any] | None) -> Subquery:
    """kode_kab, gudang, kode, barang (name), satuan, urut, jumlah, kedaluwarsa (of it), layak, minimum, keluar (within umur
    days), hari_tersisa, tingkat (0 AMAN … 3 KOSONG), tercatat."""
    day: ColumnElement[Any] = TODAY if as_of is None else func.hub_hari(as_of, type_=Date())
    lot, m, t, b = _lot(kode_kab, gudang, as_of), STOK_MOVEMENT.alias(), STOK_MINIMUM.alias(), BARANG.alias()

    def total_where(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(lot.c.jumlah).filter(*conditions), _ZERO, type_=Numeric())

    present = (
        select(
            lot.c.barang, total_where(TRUE).label("jumlah"), total_where(lot.c.kedaluwarsa <= day).label("lewat"),
            total_where(lot.c.kedaluwarsa > day, lot.c.kedaluwarsa <= day + number(LOW_DAYS)).label("segera"),
        )
        .group_by(lot.c.barang).correlate_except(lot).subquery()
    )  # fmt: skip
    newest_first = func.array_agg(aggregate_order_by(t.c.jumlah, t.c.sejak.desc()))
    minimum = (
        select(t.c.barang, type_coerce(number(1), Integer()).label("_"), newest_first.label("semua"))
        .where(t.c.kode_kab == kode_kab, t.c.gudang == gudang, t.c.sejak <= day)
        .group_by(t.c.barang).correlate_except(t).subquery()
    )  # fmt: skip
    until = [] if as_of is None else [m.c.pada <= as_of]
    window_start = func.hub_awal_hari(day - number(WINDOW_DAYS - 1), type_=DateTime(timezone=True))
    matching = [m.c.kode_kab == kode_kab, m.c.gudang == gudang, m.c.barang == b.c.kode, *until]
    # what was refused and came back never went: it is taken off where its leaving was counted
    went = or_(m.c.jenis.in_([word("KELUAR"), word("PINDAH_KELUAR")]), m.c.dikirim_pada >= window_start)
    outgoing = (
        select(-func.sum(m.c.jumlah))
        .where(*matching, went, m.c.pada >= window_start)
        .correlate_except(m)
        .scalar_subquery()
    )
    first_day = (
        select(func.hub_hari(func.min(m.c.pada), type_=Date())).where(*matching).correlate_except(m).scalar_subquery()
    )
    age = func.least(
        number(WINDOW_DAYS),
        func.greatest(number(_SHORTEST_WINDOW_DAYS), day - first_day + number(1)),
    )
    amount = func.coalesce(present.c.jumlah, _ZERO, type_=Numeric())
    expired, soon = (
        func.coalesce(present.c.lewat, _ZERO, type_=Numeric()),
        func.coalesce(present.c.segera, _ZERO, type_=Numeric()),
    )
    base = (
        select(
            kode_kab.label("kode_kab"), gudang.label("gudang"), b.c.kode, b.c.nama.label("barang"), b.c.satuan,
            b.c.urut, amount.label("jumlah"), expired.label("kedaluwarsa"), (amount - expired).label("layak"),
            soon.label("segera"), func.coalesce(minimum.c.semua[1], _ZERO, type_=Numeric()).label("minimum"),
            func.coalesce(outgoing, _ZERO, type_=Numeric()).label("keluar"), cast(age, Numeric).label("umur"),
            present.c.barang.is_not(None).label("tercatat"),
        )
        .select_from(b.outerjoin(present, present.c.barang == b.c.kode).outerjoin(minimum, minimum.c.barang == b.c.kode))
        .where(func.coalesce(present.c.barang, minimum.c.barang).is_not(None))
        .correlate_except(b, present, minimum)
        .subquery()
    )  # fmt: skip
    seen_at = [] if as_of is None else [as_of.label("dilihat_pada")]
    return (
        select(*base.c, days_left(base).label("hari_tersisa"), level_of_goods(base).label("tingkat"), *seen_at)
        .correlate_except(base)
        .subquery()
    )
