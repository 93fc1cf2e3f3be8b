"""A social resource as it was sent: raw, frozen, before any check. Built by GraphQL and by the file readers alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from hub.base.temuan import Location

ColumnValue = str | int | Decimal | bool | None


class PlacedDraft(Protocol):
    """Any draft of something that stands in a desa."""

    @property
    def nama(self) -> str: ...

    @property
    def desa(self) -> str: ...

    def location(self, column: str, index: int | None = None) -> tuple[Location, ...]: ...


@dataclass(frozen=True, slots=True)
class SuratDraft:
    """A dated paper. `sampai`: first day no longer."""

    jenis: str
    sejak: date
    sampai: date | None = None
    nomor: str | None = None
    peringkat: str | None = None
    cakupan: str | None = None


@dataclass(frozen=True, slots=True)
class SumberDayaDraft:
    """The whole of a social resource: what is not given is unknown, except papers: None leaves them as they are.

    `id`: public id, None for a new one; `versi`: the version this edit started from. `titik`: a GeoJSON object as sent.
    `values`: what only some kinds have, under the column's name. `baris`: row of a file, `labels`: what the file or the
    input calls a column.
    """

    jenis: str
    nama: str
    pemilik: str
    desa: str
    sejak: date
    id: str | None = None
    versi: int | None = None
    sampai: date | None = None
    alamat: str | None = None
    titik: Mapping[str, object] | None = None
    rahasia: bool = False
    contoh: bool = False
    sumber: str | None = None
    values: Mapping[str, ColumnValue] = field(default_factory=dict)
    surat: tuple[SuratDraft, ...] | None = None
    lembar: str | None = None
    baris: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, column: str) -> str:
        """A column as the sender calls it."""
        return self.labels.get(column, column)

    def location(self, column: str, index: int | None = None) -> tuple[Location, ...]:
        """Where a column of it was written."""
        return (Location(indeks=index, lembar=self.lembar, baris=self.baris, kolom=self.label(column)),)
