"""A row of a list as it was read, before anybody asks what it means."""

from dataclasses import dataclass, field
from datetime import date

from hub.lembar.written_row import WrittenRow
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
class ListRow(WrittenRow):
    """A row as read. `nilai`: columns of the register that it fills (pemilik, alamat, sejak, sampai, rahasia, sumber and what
    its kind has); `titik`: longitude and latitude; `aktif`: what its status says."""

    jenis: str = field(kw_only=True)
    nilai: dict[str, ColumnValue | date] = field(default_factory=dict, kw_only=True)
    titik: tuple[float, float] | None = field(default=None, kw_only=True)
    aktif: bool | None = field(default=None, kw_only=True)
    surat: list[ListSurat] = field(default_factory=list, kw_only=True)
    without_consent: bool = field(default=False, kw_only=True)
