"""The cells a province marks when it returns a rekap, and what it proposes to write there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hub.base.many_findings import FindingList
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, Location, Temuan
from hub.db.database import Conn
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap.cells import read_cells
from hub.rekap.checks import check_levels
from hub.rekap.choices import Spellings
from hub.rekap.draft import Cell, Column, Place, RekapDraft
from hub.rekap.examination import read_regions, read_spellings
from hub.rekap.ranges import check_ranges
from hub.rekap.written_words import NO_DATA
from hub.wilayah.region_list import RegionList

Note = Mapping[str, Any]
"""As it is kept: wilayah, elemen, rincian (name → choice), alasan, usulan (digits, or null)."""


@dataclass(frozen=True, slots=True)
class CatatanSel:
    """A cell the province marked when returning a rekap, as it was sent."""

    wilayah: str
    elemen: str
    alasan: str
    usulan: Decimal | None
    rincian: Rincian = ()


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """Notes as they are kept, in the order they were sent, and what was found in them."""

    notes: Sequence[dict[str, Any]]
    temuan: Sequence[Temuan]


NO_NOTES = ReadNotes((), ())


async def read_notes(
    conn: Conn, key: RekapKey, notes: Sequence[CatatanSel], katalog: Katalog, formulir: Formulir
) -> ReadNotes:
    """Whether each is of a cell that the form has, and proposes what could stand there; a cell that the returned revision left out may
    be marked too."""
    draft = _as_draft(key, notes)
    regions = await read_regions(conn, draft)
    spellings = await read_spellings(conn, draft, formulir)
    return await off_loop(len(notes), lambda: _check(draft, notes, katalog, formulir, (regions, spellings)))


def _as_draft(key: RekapKey, notes: Sequence[CatatanSel]) -> RekapDraft:
    """The cells that are marked, as if they were sent: read by the same rules."""
    cells = tuple(
        Cell(
            Place(n.wilayah), Column(n.elemen, n.rincian), n.usulan, NO_DATA if n.usulan is None else None,
            Location(indeks=i),
        )
        for i, n in enumerate(notes)
    )  # fmt: skip
    return RekapDraft(key.kode_kab, key.formulir, Periode.read(key.periode), "", None, cells)


def _check(
    draft: RekapDraft,
    notes: Sequence[CatatanSel],
    katalog: Katalog,
    formulir: Formulir,
    beside: tuple[RegionList, Spellings],
) -> ReadNotes:
    regions, spellings = beside
    temuan = FindingList()
    for i, n in enumerate(notes):
        if not n.alasan.strip():
            message = "Catatan ini tidak beralasan; tulis apa yang perlu dilihat pada angka itu."
            about = {"wilayah": n.wilayah, "elemen": n.elemen}
            temuan.append(
                Temuan("ALASAN_KOSONG", ERROR, message, **about, lokasi=(Location(indeks=i, kolom="alasan"),))
            )
    cells = read_cells(draft, katalog, formulir, regions, temuan, spellings)
    temuan.add(t for t in check_levels(cells, draft.pelapor) if t.kode == "PEKA_TERLALU_RINCI")
    names = {kode: w.nama for kode, w in regions.in_force.items()}
    temuan.add(t for t in check_ranges(cells, katalog, names) if t.tingkat == ERROR)
    kept: dict[int, dict[str, Any]] = {}
    for s in cells:
        assert s.location.indeks is not None
        note = notes[s.location.indeks]
        kept[s.location.indeks] = {
            "wilayah": s.wilayah, "elemen": s.elemen.kode, "rincian": dict(s.rincian), "alasan": note.alasan.strip(),
            "usulan": None if note.usulan is None else str(note.usulan),
        }  # fmt: skip
    return ReadNotes([kept[i] for i in sorted(kept)], [*temuan, *temuan.more()])
