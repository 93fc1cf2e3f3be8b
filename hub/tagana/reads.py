"""Rows of the Tagana register as its own kabupaten sees them, of grants, of the log; and counts, which everybody sees.

Compiled reads cannot write, so they never show a province a name: row-level security asks for a note in the log that only
`bacaNamaTagana` writes.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Uuid,
    and_,
    cast,
    func,
    select,
)

from hub.akses.closed_figures import own_region
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.questions import kode_down_to
from hub.db.metadata import TextC
from hub.katalog.questions import answered_here
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TIME
from hub.plan.words import TRUE, number
from hub.tagana.counts import register_source
from hub.tagana.draft import read_id
from hub.tagana.tables import AKSES_LOG, NAME_IZIN, TAGANA, TAGANA_DEPLOYMENT, TAGANA_TRAINING
from hub.wilayah.reads import TODAY, in_force_on, today_or_last
from hub.wilayah.tables import WILAYAH

_UUID: Uuid[UUID] = Uuid()


def by_id(args: Args) -> Rows:
    t = TAGANA.alias()
    return Rows(Row(t), [
        t.c.kode_kab == args.bind("id", TEXT, lambda text: _key(text)[0]), t.c.id == args.bind("id", _UUID, lambda text: _key(text)[1]),
    ])  # fmt: skip


def of_receipt(args: Args) -> Rows:
    """The member a receipt is about; null for a province."""
    t = TAGANA.alias()
    kab, id_ = args.source.key
    return Rows(Row(t), [t.c.kode_kab == args.constant(kab, TEXT), t.c.id == args.constant(id_, _UUID)])


def listed(args: Args) -> Rows:
    """daftarTagana: the caller's own register, in order of id (of registration in the hub)."""
    t = TAGANA.alias()
    keys = [cast(t.c.id, TextC)]
    return Rows(Row(t), [t.c.kode_kab == own_region()], keys, None, keys)


def grants(args: Args) -> Rows:
    """daftarIzinNama: given by the caller's kabupaten, or to the caller's province."""
    i = NAME_IZIN.alias()
    keys = [i.c.kode_kab, cast(i.c.id, TextC)]
    return Rows(Row(i), (), keys, None, keys)


def grant_of_receipt(args: Args) -> Rows:
    i = NAME_IZIN.alias()
    kab, id_ = args.source.key
    return Rows(Row(i), [i.c.kode_kab == args.constant(kab, TEXT), i.c.id == args.constant(id_, _UUID)])


def readings(args: Args) -> Rows:
    """catatanAkses: of the caller's kabupaten, or by the caller's province; in order of time."""
    c = AKSES_LOG.alias()
    where = [c.c.pada >= args.bind("sejak", TIME)] if args.has("sejak") else []
    keys = [c.c.kode_kab, cast(c.c.id, TextC)]
    return Rows(Row(c), where, keys, None, keys)


def register(args: Args) -> Rows:
    """registerTagana: counts of the registers beside the rekap."""
    level = Level[args.choice("tingkat")]
    if level is Level.DESA:
        raise InvalidInputError("Register Tagana dihitung sampai kecamatan, seperti dalam rekap.")
    binds = {"wilayah": args.bind_checked("wilayah", TEXT, answered_here(kode_down_to(level)))}
    if args.has("periode"):
        binds["periode"] = args.bind("periode", TEXT)
        binds["akhir"] = args.bind("periode", Date(), lambda p: Periode.read(p).last_day)
    rows = register_source(binds, level)
    return Rows(Row(rows, rows.c.acuan), (), [rows.c.kode])


# ---------- of one row ----------


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return func.concat_ws(":", row["kode_kab"], row["id"])


def grant_identity(row: Row, args: Args) -> ColumnElement[Any]:
    return func.concat_ws(":", row["kode_kab"], row["izin"])


def desa(row: Row, args: Args) -> Rows:
    """The desa by its code: the one in force, else the last that bore the code."""
    w = WILAYAH.alias()
    matching = [w.c.kode_kab == row["kode_kab"], w.c.kode == row["kode_desa"]]
    order = [in_force_on(w, TODAY).desc(), w.c.berlaku_sejak.desc()]
    return Rows(Row(w, today_or_last(w)), matching, order, number(1))


def age(row: Row, args: Args) -> ColumnElement[Any]:
    """Full years on the day of registration."""
    # as timestamps without a zone: of dates PostgreSQL makes moments in the session's, and 1 November 1932 began at 0:10 in Jakarta
    registered, born = (cast(row[k], DateTime()) for k in ("didata", "tanggal_lahir"))
    return cast(func.extract("year", func.age(registered, born)), Integer())


def active(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(row["sampai"] > TODAY, TRUE, type_=Boolean())


training = link(TAGANA_TRAINING, {"id": "tagana"}, order=["urut"])
deployments = link(TAGANA_DEPLOYMENT, {"id": "tagana"}, order=["urut"])


def in_force(row: Row, args: Args) -> ColumnElement[Any]:
    """Whether the grant lets read now."""
    now = func.clock_timestamp()
    return and_(row["berakhir_pada"].is_(None), row["sejak"] <= now, row["sampai"] > now)


def read_count(row: Row, args: Args) -> ColumnElement[Any]:
    return func.cardinality(row["anggota"])


def read_members(row: Row, args: Args) -> ColumnElement[Any]:
    """Public ids of those whose names were read."""
    a = func.unnest(row["anggota"]).table_valued("id").render_derived()
    ids = select(func.json_agg(func.concat_ws(":", row["kode_kab"], a.c.id))).correlate_except(a).scalar_subquery()
    return func.coalesce(ids, EMPTY_LIST, type_=JSON)


def _key(text: str) -> tuple[str, UUID]:
    key = read_id(text)
    if key is None:
        raise InvalidInputError(f'"{text[:100]}" bukan id anggota; bentuknya "53.14:" diikuti UUID.')
    return key
