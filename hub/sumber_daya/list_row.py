"""A row of a list as it was read, before anybody asks what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hub.base.temuan import Location, Temuan
from hub.sumber_daya.draft import ColumnValue


@dataclass(frozen=True, slots=True)
class ListSurat:
    """A paper of a row. `sejak` None: only known by its number, and only of use to find the row it belongs to; `assumed`:
    the day follows from its last one."""

    jenis: str
    nomor: str | None
    sejak: date | None
    sampai: date | None = None
    peringkat: str | None = None
    assumed: bool = False


@dataclass(slots=True)
class ListRow:
    """A row as read. `nilai`: columns of the register that it fills (pemilik, alamat, sejak, sampai, rahasia, sumber and what
    its kind has); `titik`: longitude and latitude; `aktif`: what its status says."""

    jenis: str
    lembar: str
    baris: int
    cells: list[str]
    labels: Mapping[str, str]
    written: dict[str, str]
    nilai: dict[str, ColumnValue | date] = field(default_factory=dict)
    titik: tuple[float, float] | None = None
    aktif: bool | None = None
    surat: list[ListSurat] = field(default_factory=list)
    without_consent: bool = False
    temuan: list[Temuan] = field(default_factory=list)

    def add_finding(self, kode: str, level: str, message: str, column: str, proposal: str | None = None) -> None:
        """A finding about one of its columns."""
        written = self.written.get(column)
        self.temuan.append(Temuan(kode, level, message, nilai=written, usulan=proposal, lokasi=self.location(column)))

    def location(self, column: str) -> tuple[Location, ...]:
        return (Location(lembar=self.lembar, baris=self.baris, kolom=self.labels.get(column, column)),)
