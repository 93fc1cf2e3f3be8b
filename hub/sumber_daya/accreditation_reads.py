"""LKS and panti with what each lacks to be accredited. Which conditions there are is a code list of the catalogue; how the register
meets one is told here, under the condition's code. For the offices that answer for an institution: how many people it serves is
among the conditions, and closed to others."""

from typing import Any

from sqlalchemy import JSON, ColumnElement, Date, Text, and_, case, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from hub.akses.closed_figures import reaches
from hub.base.kode import Level
from hub.base.questions import kode_down_to
from hub.katalog.tables import DAFTAR_KODE
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT
from hub.plan.words import number, word
from hub.sumber_daya.reads import clients, holds, stands
from hub.sumber_daya.tables import SUMBER_DAYA, SURAT
from hub.wilayah.reads import TODAY

CODE_LIST = "SYARAT_AKREDITASI_LKS"
_KINDS = ("LKS", "PANTI")


def listed(args: Args) -> Rows:
    """daftarLksAkreditasi: what stands on the day asked for (today), in order of desa, of the caller's own region."""
    s = SUMBER_DAYA.alias()
    day = args.bind("pada", Date()) if args.has("pada") else TODAY
    region = args.bind("wilayah", TEXT, kode_down_to(Level.DESA))
    keys = [s.c.kode_desa, s.c.id]
    where = [
        s.c.jenis.in_([word(kind) for kind in _KINDS]), s.c.kode_desa >= region, s.c.kode_desa < region.concat("/"),
        stands(s, day), reaches(s.c.kode_kab),
    ]  # fmt: skip
    return Rows(Row(s, day), where, keys, None, keys)


def institution(row: Row, args: Args) -> Row:
    """The institution itself."""
    return row


def lacking(row: Row, args: Args) -> ColumnElement[Any]:
    """What it lacks, in words, in the order of the conditions."""
    d = DAFTAR_KODE.alias()
    lacks = _lacks(row, args, d)
    all_words = func.json_agg(aggregate_order_by(lacks, d.c.urut))
    words = select(func.coalesce(all_words, EMPTY_LIST, type_=JSON())).where(*_conditions(d), lacks.is_not(None))
    return words.correlate_except(d).scalar_subquery()


def qualifies(row: Row, args: Args) -> ColumnElement[Any]:
    """Whether it lacks nothing."""
    d = DAFTAR_KODE.alias()
    return ~select(d.c.kode).where(*_conditions(d), _lacks(row, args, d).is_not(None)).correlate_except(d).exists()


def _conditions(d: Any) -> list[ColumnElement[bool]]:
    return [d.c.daftar == word(CODE_LIST), d.c.berlaku]


def _lacks(row: Row, args: Args, d: Any) -> ColumnElement[Any]:
    """What is missing of the condition `d`; null where it is met."""
    of_people = case((clients(row, args).is_(None), word("jumlah klien belum diisi")))
    told: dict[str, ColumnElement[Any]] = {
        "TANDA_DAFTAR": _registration(row),
        "BELUM_TERAKREDITASI": _accreditation(row),
        "ALAMAT": case((func.coalesce(row["alamat"], word("")) == word(""), word("alamat belum diisi"))),
        "TITIK": case((and_(row["titik"].is_(None), ~row["rahasia"]), word("titik letak belum diisi"))),
        "BIDANG": case((func.coalesce(row["bidang"], row["sasaran"]).is_(None), word("bidang pelayanan belum diisi"))),
        "KLIEN": of_people,
    }
    return case(*((d.c.kode == word(code), words) for code, words in told.items()), else_=cast(None, Text))


def _registration(row: Row) -> ColumnElement[Any]:
    t = SURAT.alias()
    ended = word("tanda daftar berakhir ", Text).concat(_day(t.c.sampai - number(1)))
    newest = (
        select(case((t.c.sampai <= row.reference_day, ended), else_=word("")))
        .where(*_begun(row, t, "TANDA_DAFTAR"))
        .order_by(t.c.sejak.desc())
        .limit(number(1))
    )
    found = newest.correlate_except(t).scalar_subquery()
    return func.nullif(func.coalesce(found, word("tanda daftar belum ada")), word(""))


def _accreditation(row: Row) -> ColumnElement[Any]:
    t = SURAT.alias()
    assert row.reference_day is not None
    until = func.coalesce(word(" sampai ", Text).concat(_day(t.c.sampai - number(1))), word(" tanpa batas waktu"))
    words = word("akreditasi ", Text).concat(t.c.peringkat).concat(word(" masih berlaku", Text)).concat(until)
    valid = select(words).where(*_begun(row, t, "AKREDITASI"), holds(t, row.reference_day))
    return valid.order_by(t.c.sejak.desc()).limit(number(1)).correlate_except(t).scalar_subquery()


def _begun(row: Row, t: Any, kind: str) -> list[ColumnElement[bool]]:
    own = [t.c.kode_kab == row["kode_kab"], t.c.id == row["id"]]
    return [*own, t.c.jenis == word(kind), t.c.sejak <= row.reference_day]


def _day(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.to_char(day, word("DD-MM-YYYY"), type_=Text())
