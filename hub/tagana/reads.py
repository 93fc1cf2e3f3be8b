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

from hub.akses.tertutup import own_region
from hub.base.errors import MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.base.periode import Periode
from hub.base.questions import kode_ke_bawah
from hub.db.metadata import TeksC
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TIME
from hub.plan.words import TRUE, number
from hub.tagana.counts import register_source
from hub.tagana.draft import baca_id
from hub.tagana.tables import CATATAN_AKSES, IZIN_NAMA, PELATIHAN_TAGANA, PENUGASAN_TAGANA, TAGANA
from hub.wilayah.reads import HARI_INI, berlaku, today_or_last
from hub.wilayah.tables import WILAYAH

_UUID: Uuid[UUID] = Uuid()


def by_id(args: Args) -> Rows:
    t = TAGANA.alias()
    return Rows(Row(t), [
        t.c.kode_kab == args.bind("id", TEXT, lambda teks: _kunci(teks)[0]), t.c.id == args.bind("id", _UUID, lambda teks: _kunci(teks)[1]),
    ])  # fmt: skip


def of_receipt(args: Args) -> Rows:
    """The member a receipt is about; null for a province."""
    t = TAGANA.alias()
    kab, id_ = args.source.kunci
    return Rows(Row(t), [t.c.kode_kab == args.constant(kab, TEXT), t.c.id == args.constant(id_, _UUID)])


def listed(args: Args) -> Rows:
    """daftarTagana: the caller's own register, in order of id (of registration in the hub)."""
    t = TAGANA.alias()
    kunci = [cast(t.c.id, TeksC)]
    return Rows(Row(t), [t.c.kode_kab == own_region()], kunci, None, kunci)


def grants(args: Args) -> Rows:
    """daftarIzinNama: given by the caller's kabupaten, or to the caller's province."""
    i = IZIN_NAMA.alias()
    kunci = [i.c.kode_kab, cast(i.c.id, TeksC)]
    return Rows(Row(i), (), kunci, None, kunci)


def grant_of_receipt(args: Args) -> Rows:
    i = IZIN_NAMA.alias()
    kab, id_ = args.source.kunci
    return Rows(Row(i), [i.c.kode_kab == args.constant(kab, TEXT), i.c.id == args.constant(id_, _UUID)])


def readings(args: Args) -> Rows:
    """catatanAkses: of the caller's kabupaten, or by the caller's province; in order of time."""
    c = CATATAN_AKSES.alias()
    where = [c.c.pada >= args.bind("sejak", TIME)] if args.has("sejak") else []
    kunci = [c.c.kode_kab, cast(c.c.id, TeksC)]
    return Rows(Row(c), where, kunci, None, kunci)


def register(args: Args) -> Rows:
    """registerTagana: counts of the registers beside the rekap."""
    tingkat = Tingkat[args.choice("tingkat")]
    if tingkat is Tingkat.DESA:
        raise MasukanTidakSahError("Register Tagana dihitung sampai kecamatan, seperti dalam rekap.")
    ikat = {"wilayah": args.bind("wilayah", TEXT, kode_ke_bawah(tingkat))}
    if args.has("periode"):
        ikat["periode"] = args.bind("periode", TEXT)
        ikat["akhir"] = args.bind("periode", Date(), lambda p: Periode.baca(p).akhir)
    baris = register_source(ikat, tingkat)
    return Rows(Row(baris, baris.c.acuan), (), [baris.c.kode])


# ---------- of one row ----------


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return func.concat_ws(":", row["kode_kab"], row["id"])


def grant_identity(row: Row, args: Args) -> ColumnElement[Any]:
    return func.concat_ws(":", row["kode_kab"], row["izin"])


def desa(row: Row, args: Args) -> Rows:
    """The desa by its code: the one in force, else the last that bore the code."""
    w = WILAYAH.alias()
    sama = [w.c.kode_kab == row["kode_kab"], w.c.kode == row["kode_desa"]]
    urut = [berlaku(w, HARI_INI).desc(), w.c.berlaku_sejak.desc()]
    return Rows(Row(w, today_or_last(w)), sama, urut, number(1))


def age(row: Row, args: Args) -> ColumnElement[Any]:
    """Full years on the day of registration."""
    # as timestamps without a zone: of dates PostgreSQL makes moments in the session's, and 1 November 1932 began at 0:10 in Jakarta
    didata, lahir = (cast(row[k], DateTime()) for k in ("didata", "tanggal_lahir"))
    return cast(func.extract("year", func.age(didata, lahir)), Integer())


def active(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(row["sampai"] > HARI_INI, TRUE, type_=Boolean())


training = link(PELATIHAN_TAGANA, {"id": "tagana"}, order=["urut"])
deployments = link(PENUGASAN_TAGANA, {"id": "tagana"}, order=["urut"])


def in_force(row: Row, args: Args) -> ColumnElement[Any]:
    """Whether the grant lets read now."""
    kini = func.clock_timestamp()
    return and_(row["berakhir_pada"].is_(None), row["sejak"] <= kini, row["sampai"] > kini)


def read_count(row: Row, args: Args) -> ColumnElement[Any]:
    return func.cardinality(row["anggota"])


def read_members(row: Row, args: Args) -> ColumnElement[Any]:
    """Public ids of those whose names were read."""
    a = func.unnest(row["anggota"]).table_valued("id").render_derived()
    isi = select(func.json_agg(func.concat_ws(":", row["kode_kab"], a.c.id))).correlate_except(a).scalar_subquery()
    return func.coalesce(isi, EMPTY_LIST, type_=JSON)


def _kunci(teks: str) -> tuple[str, UUID]:
    kunci = baca_id(teks)
    if kunci is None:
        raise MasukanTidakSahError(f'"{teks[:100]}" bukan id anggota; bentuknya "53.14:" diikuti UUID.')
    return kunci
