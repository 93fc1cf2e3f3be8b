"""Rows of what differs between two revisions of a rekap: `beda`.

Cells are the same when region, element and breakdown are, and differ by number or by status, as in hub/rekap/difference.py,
which tells the same of a revision that is not stored yet.

What kind of difference each is, the first that holds:

1. nothing to compare with: BARU
2. its borders moved: BATAS_PINDAH. The region began, ended, gave something off or took something in after the first day of the
   period and until its last, or after the day that `dari` was sent and until the day of `ke`; or it is no region of the period any
   more (a list came in between), or came out of one that is not
3. it had been answered (a number, or a reason for none), or the cell is gone: KOREKSI
4. it had not (absent, or TIDAK_ADA_DATA), is answered now, and `ke` was sent on a day after the deadline: TERLAMBAT
5. else: BARU
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Numeric,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    union,
)

from hub.akses.closed_figures import reaches
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.words import number, word
from hub.rekap.reads import day_once, of_rekap
from hub.rekap.tables import READABLE_NILAI, REKAP_JUMP, REKAP_REVISION
from hub.wilayah.moved_regions import moved_regions
from hub.wilayah.reads import in_force_on
from hub.wilayah.tables import LINEAGE, WILAYAH

_KEY = ("elemen", "kode_wilayah", "rincian")
_NO_DATA = "TIDAK_ADA_DATA"


def differences(row: Row, args: Args) -> Rows:
    """Cells that differ, unusual ones first, then in order of element, region, breakdown. `dari`: without it the revision in force
    (none: all is new); `ke`: without it the newest. Of a revision that there is not, and for whoever does not reach the reporter,
    no rows."""
    since = args.bind("dari", Integer()) if args.has("dari") else row["revisi_disetujui"]
    until = args.bind("ke", Integer()) if args.has("ke") else row["revisi"]
    there = [
        r.between(number(1), row["revisi"]) for name, r in (("dari", since), ("ke", until)) if args.has(name)
    ]  # revisions are numbered without a gap
    found = _compared(row, since, until)
    once = day_once(row)
    order = [found.c.tidak_biasa.desc(), *(found.c[k] for k in _KEY)]
    return Rows(Row(found, once.c.hari), [*there, reaches(row["kode_kab"])], order, beside=[once])


def _compared(row: Row, since: ColumnElement[Any], until: ColumnElement[Any]) -> Subquery:
    old, new = _cells(row, since), _cells(row, until)
    moved, jumps = _moved(row, since, until), REKAP_JUMP.alias()
    key = {k: func.coalesce(new.c[k], old.c[k], type_=new.c[k].type) for k in _KEY}
    is_answered = {c: func.coalesce(c.c.status != word(_NO_DATA), False) for c in (old, new)}
    kind = case(
        (since.is_(None), word("BARU")),
        (moved.c.kode.is_not(None), word("BATAS_PINDAH")),
        (or_(is_answered[old], new.c.status.is_(None)), word("KOREKSI")),
        (and_(is_answered[new], _sent_on(row, until) > row["tenggat"]), word("TERLAMBAT")),
        else_=word("BARU"),
    )
    told = and_(*of_rekap(row, jumps), jumps.c.revisi == until, *(jumps.c[k] == new.c[k] for k in _KEY))
    return (
        select(
            *(c.label(k) for k, c in key.items()),
            old.c.nilai.label("lama"),
            new.c.nilai.label("baru"),
            kind.label("jenis"),
            jumps.c.revisi.is_not(None).label("tidak_biasa"),
        )
        .select_from(
            old.join(new, and_(*(old.c[k] == new.c[k] for k in _KEY)), full=True)
            .outerjoin(moved, moved.c.kode == key["kode_wilayah"])
            .outerjoin(jumps, told)
        )
        .where(or_(old.c.nilai.is_distinct_from(new.c.nilai), old.c.status.is_distinct_from(new.c.status)))
        .correlate_except(old, new, moved, jumps)
        .subquery()
    )


def _cells(row: Row, revision: ColumnElement[Any]) -> Subquery:
    v = READABLE_NILAI.alias()
    columns = [v.c[k] for k in (*_KEY, "nilai", "status")]
    return select(*columns).where(*of_rekap(row, v), v.c.revisi == revision).correlate_except(v).subquery()


def _moved(row: Row, since: ColumnElement[Any], until: ColumnElement[Any]) -> Subquery:
    """Codes of the reporter's regions whose borders moved between the two, or within the period."""
    last: ColumnElement[Any] = func.hub_akhir(row["periode"], type_=Date())
    months = func.hub_bulan(row["periode"], type_=Integer())
    first = cast(func.date_trunc(word("month"), last) - func.make_interval(number(0), months - number(1)), Date)
    windows = ((first, last), (_sent_on(row, since), _sent_on(row, until)))

    def falls(day: ColumnElement[Any]) -> ColumnElement[bool]:
        return or_(*(and_(day > after, day <= end) for after, end in windows))

    stale = _no_longer_there(row, since)
    s = LINEAGE.alias()
    of_stale = (
        select(s.c.kode_baru)
        .where(s.c.kode_lama.in_(select(stale.c.kode_wilayah).correlate_except(stale)))
        .correlate_except(s)
    )
    codes = union(
        moved_regions(row["kode_kab"], falls), select(stale.c.kode_wilayah).correlate_except(stale), of_stale
    ).subquery()
    return codes


def _no_longer_there(row: Row, since: ColumnElement[Any]) -> Subquery:
    """Regions of the earlier revision that the period has not by the lists there are now."""
    v, w = READABLE_NILAI.alias(), WILAYAH.alias()
    assert row.reference_day is not None
    codes = (
        select(v.c.kode_wilayah).where(*of_rekap(row, v), v.c.revisi == since).distinct().correlate_except(v).subquery()
    )
    in_force = exists(select(w.c.kode).where(*_region(w, codes.c.kode_wilayah), in_force_on(w, row.reference_day)))
    return select(codes.c.kode_wilayah).where(~in_force.correlate_except(w)).correlate_except(codes).subquery()


def _sent_on(row: Row, revision: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day, in the office's zone, that a revision was sent; null where there is none."""
    r = REKAP_REVISION.alias()
    day = select(cast(r.c.dibuat_pada, Date)).where(*of_rekap(row, r), r.c.revisi == revision)
    return day.correlate_except(r).scalar_subquery()


def _region(w: FromClause, kode: ColumnElement[Any]) -> Sequence[ColumnElement[bool]]:
    return w.c.kode_kab == func.left(kode, 5), w.c.kode == kode


# ---------- of one row ----------


def region_then(row: Row, args: Args) -> Rows:
    """Its region as of the period; of one that the period has not any more, as it was last."""
    w, day = WILAYAH.alias(), row.reference_day
    assert day is not None
    nearest = func.greatest(func.least(day, w.c.hari_terakhir), w.c.berlaku_sejak, type_=Date())
    order = [in_force_on(w, day).desc(), w.c.berlaku_sejak.desc()]
    return Rows(Row(w, nearest), _region(w, row["kode_wilayah"]), order, number(1))


def by_how_much(row: Row, args: Args) -> ColumnElement[Any]:
    return row["baru"] - row["lama"]


def in_percent(row: Row, args: Args) -> ColumnElement[Any]:
    """Of the earlier number; null where it is 0 or one of the two is missing."""
    share = (row["baru"] - row["lama"]) * 100 / func.nullif(func.abs(row["lama"]), 0)
    return func.round(share, 2, type_=Numeric())
