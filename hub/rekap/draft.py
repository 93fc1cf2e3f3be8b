"""A rekap as it was sent: raw, frozen, before any check. Built by GraphQL and by the file readers alike."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import orjson

from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import Location, Temuan

_PIECE = 1_000  # cells
Nilai = Decimal | str | None  # a str is a number as written, not yet read


class Column(NamedTuple):  # looked up for every cell of a rekap, as Place and Cell are made for every one
    """Header of a column: element code and choices of breakdown as written."""

    elemen: str
    rincian: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        choices = ",".join(f"{name}={pilihan}" for name, pilihan in self.rincian)
        return f"{self.elemen}[{choices}]" if choices else self.elemen


class Place(NamedTuple):
    """A region as written: its code, or its name with or without its kecamatan."""

    kode: str | None = None
    name: str | None = None
    kecamatan: str | None = None

    def __str__(self) -> str:
        return self.kode or ", ".join(b for b in (self.name, self.kecamatan) if b) or "(kosong)"


class Cell(NamedTuple):
    """One figure: place, column, value, status as written, where it stood. `implied`: an empty cell of a table; `exact`: the text of a
    number cell with a fraction, whose dot is no sign of thousands."""

    place: Place
    column: Column
    nilai: Nilai
    status: str | None
    location: Location
    implied: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A total the sender wrote. `elemen`: a code, or a sum of codes; `wilayah`: a code, or a name as written, None: the reporter
    itself; `location`: where it stood, None: in the list of totals; `exact`: as of a cell."""

    elemen: str
    wilayah: str | None
    tertulis: Decimal | str
    location: Location | None = field(default=None, compare=False)
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Surat:
    nomor: str
    tanggal: date


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a file of figures does not say itself, as written: whose rekap it is, by which form, of which period, and the key
    that makes it one sending however often it comes."""

    pelapor: str
    formulir: str
    periode: str
    kunci_idempoten: str


@dataclass(frozen=True, slots=True)
class RekapDraft:
    """`revisi_dasar`: the revision the edit started from, None when the sender did not say; `found`: what was found as it was read
    from a file, no part of what was sent."""

    pelapor: str
    formulir: str
    periode: Periode
    kunci_idempoten: str
    revisi_dasar: int | None
    cells: tuple[Cell, ...]
    total: tuple[Total, ...] = ()
    surat: Surat | None = None
    found: tuple[Temuan, ...] = ()

    def hash(self) -> bytes:
        """SHA-256 of everything but the key and the base revision: equal for a retry, other for any change."""
        rest = (
            [(t.elemen, t.wilayah, str(t.tertulis)) for t in self.total],
            (self.surat.nomor, self.surat.tanggal.isoformat()) if self.surat else None,
        )
        # the JSON of all of it as one list, made piece by piece: the writer of JSON lets nobody else work meanwhile
        result = hashlib.sha256(orjson.dumps((self.pelapor, self.formulir, str(self.periode)))[:-1] + b",[")
        for start in range(0, len(self.cells), _PIECE):
            cells = [
                (*place, *column, None if nilai is None else str(nilai), status)
                for place, column, nilai, status, _, _, _ in self.cells[start : start + _PIECE]
            ]
            result.update((b"," if start else b"") + orjson.dumps(cells)[1:-1])
        result.update(b"]," + orjson.dumps(rest)[1:])
        return result.digest()


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """Rekap whose offices are to be reminded, their forms in capitals and their periods as they are kept; `channel`: how they are told."""

    asked: tuple[RekapKey, ...]
    channel: str


@dataclass(frozen=True, slots=True)
class DeadlineDraft:
    """A deadline to be set. `formulir`: its code in capitals; `wilayah`: a well-formed code."""

    formulir: str
    periode: Periode
    wilayah: str
    tanggal: date
    alasan: str
