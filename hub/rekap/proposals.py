"""A returned revision with what the province proposes, as it is sent again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, Location, Temuan
from hub.katalog.formula import Rincian
from hub.rekap.draft import Cell, Column, Place, RekapDraft, Surat, Total
from hub.rekap.notes import Note
from hub.rekap.revision_statements import Return
from hub.rekap.statements import NilaiRow

_Key = tuple[str, str, Rincian]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a returned revision holds, and the notes it came back with. `total`: element, region, stated, computed."""

    nilai: Sequence[NilaiRow]
    total: Sequence[tuple[str, str, Decimal, Decimal | None]]
    surat: Surat | None
    notes: Sequence[Note]


def taken_over(key: RekapKey, revision: int, returned: Returned, idempotency_key: str) -> RekapDraft:
    """The same revision and notes make the same draft, so that a call that is made again is known."""
    cells: dict[_Key, Cell] = {}
    for b in returned.nilai:
        status = b.status if b.nilai is None else None
        place = Location(lembar=f"revisi {revision}", kolom=b.elemen)
        cells[b.elemen, b.kode_wilayah, b.rincian] = _cell(
            b.kode_wilayah, Column(b.elemen, b.rincian), b.nilai, status, place
        )
    for position, note in enumerate(returned.notes, 1):
        if note["usulan"] is None:
            continue
        place = Location(lembar="usulan", baris=position, kolom=note["elemen"])
        rincian = tuple(sorted(note.get("rincian", {}).items()))
        column = Column(note["elemen"], rincian)
        cells[note["elemen"], note["wilayah"], rincian] = _cell(
            note["wilayah"], column, Decimal(note["usulan"]), None, place
        )
    return RekapDraft(
        key.kode_kab, key.formulir, Periode.read(key.periode), idempotency_key, revision,
        tuple(cells[k] for k in sorted(cells)), tuple(Total(e, w, n) for e, w, n, _ in returned.total), returned.surat,
    )  # fmt: skip


def _cell(kode: str, column: Column, nilai: Decimal | None, status: str | None, place: Location) -> Cell:
    return Cell(Place(kode), column, nilai, status, place)


def nothing_proposed(key: RekapKey, revision: int, returns: Sequence[Return]) -> Temuan:
    """Why there is nothing to take over for the newest revision. `returns`: all there were, the last first."""
    if not returns:
        message = f"Rekap {key.id} belum pernah dikembalikan provinsi, jadi tidak ada usulan yang dapat diterima."
    elif returns[0].revisi == revision:
        message = f"Revisi {revision} dikembalikan tanpa usulan angka. Baca alasan dan catatannya, perbaiki angkanya, lalu ajukan lagi."
    else:
        message = (
            f"Yang dikembalikan provinsi ialah revisi {returns[0].revisi}; sesudah itu sudah ada revisi {revision}, dan isinya tidak ditimpa. "
            f"Terapkan catatan pengembalian itu pada revisi {revision}, lalu ajukan."
        )
    return Temuan("USULAN_TIDAK_ADA", ERROR, message, wilayah=key.kode_kab, nilai=str(revision))
