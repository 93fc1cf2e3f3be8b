"""Rows of what the two offices of a rekap tell each other beside its figures: the cells a return marked, the letter of a revision. For
whoever reaches the reporter, nobody else."""

from sqlalchemy import ColumnElement, Integer, Numeric, cast, exists, func, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.closed_figures import reaches
from hub.katalog.tables import ELEMEN
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.words import TRUE, number, word
from hub.rekap import moves, reads
from hub.rekap.tables import READABLE_LETTER, READABLE_NILAI
from hub.wilayah.reads import region_by_code

_NO_CHOICES = literal_column("'{}'::jsonb", JSONB)  # notes of before a note could name a breakdown


def notes(row: Row, args: Args) -> Rows:
    """The cells that the last return marked, or that of a revision, in the order they were sent; `nilai`: what the revision that was
    returned says there, null also where it does not hold the cell."""
    events = reads.history(row, args)
    p, last = events.row.source, reads.history(row, args)
    entries = func.jsonb_array_elements(p.c.catatan).table_valued("sel", with_ordinality="urut").render_derived()
    note, e, v = cast(entries.c.sel, JSONB), ELEMEN.alias(), READABLE_NILAI.alias()
    kode, elemen = note["wilayah"].astext, note["elemen"].astext
    rincian = func.coalesce(note["rincian"], _NO_CHOICES, type_=JSONB())
    if args.has("revisi"):
        which = p.c.revisi == args.bind("revisi", Integer())
    else:
        newest = select(func.max(last.row["urut"])).where(*last.where, _is_return(last.row))
        which = p.c.urut == newest.correlate_except(last.row.source).scalar_subquery()
    sent = select(v.c.nilai).where(
        *(v.c[k] == p.c[k] for k in ("kode_kab", "formulir", "periode", "revisi")),
        v.c.elemen == elemen, v.c.kode_wilayah == kode, v.c.rincian == rincian,
    )  # fmt: skip
    marked = (
        select(
            p.c.kode_kab, p.c.formulir, p.c.periode, p.c.revisi, kode.label("kode_wilayah"), elemen.label("elemen"),
            rincian.label("rincian"), note["alasan"].astext.label("alasan"),
            cast(note["usulan"].astext, Numeric).label("usulan"), sent.correlate_except(v).scalar_subquery().label("nilai"),
            entries.c.urut,
        )
        .select_from(p.join(entries, TRUE))
        .where(*events.where, _is_return(events.row), which)
        .where(exists(select(e.c.kode).where(e.c.kode == elemen).correlate_except(e)))
        .correlate_except(p, entries)
        .offset(number(0))  # else PostgreSQL writes out the figure that was sent wherever its text is made
        .subquery()
    )  # fmt: skip
    found = Row(marked, row.reference_day)
    region = region_by_code(found, marked.c.kode_wilayah)
    # a hub of before took notes of what there is not
    known = exists(select(region.row["kode"]).where(*region.where).correlate_except(region.row.source))
    return Rows(found, [known], [marked.c.urut])


def _is_return(event: Row) -> ColumnElement[bool]:
    return event["aksi"] == word(moves.SEND_BACK)


def letter(row: Row, args: Args) -> Rows:
    """The letter of the newest revision, or of another; none where it came without one."""
    s = READABLE_LETTER.alias()
    asked = args.bind("revisi", Integer()) if args.has("revisi") else row["revisi"]
    where = [
        s.c.kode_kab == row["kode_kab"], s.c.formulir == row["formulir"], s.c.periode == row["periode"],
        s.c.revisi == asked, s.c.revisi <= row["revisi"], s.c.surat_nomor.is_not(None), s.c.surat_tanggal.is_not(None),
        reaches(row["kode_kab"]),
    ]  # fmt: skip
    return Rows(Row(s), where)
