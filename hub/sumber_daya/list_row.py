"""A row of a list as it was read, before anybody asks what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hub.base.temuan import Lokasi, Temuan
from hub.sumber_daya.draft import Isian


@dataclass(frozen=True, slots=True)
class SuratBaca:
    """A paper of a row. `sejak` None: only known by its number, and only of use to find the row it belongs to; `dianggap`:
    the day follows from its last one."""

    jenis: str
    nomor: str | None
    sejak: date | None
    sampai: date | None = None
    peringkat: str | None = None
    dianggap: bool = False


@dataclass(slots=True)
class BarisBaca:
    """A row as read. `nilai`: columns of the register that it fills (pemilik, alamat, sejak, sampai, rahasia, sumber and what
    its kind has); `titik`: longitude and latitude; `aktif`: what its status says."""

    jenis: str
    lembar: str
    baris: int
    sel: list[str]
    kolom: Mapping[str, str]
    tulis: dict[str, str]
    nilai: dict[str, Isian | date] = field(default_factory=dict)
    titik: tuple[float, float] | None = None
    aktif: bool | None = None
    surat: list[SuratBaca] = field(default_factory=list)
    tanpa_setuju: bool = False
    temuan: list[Temuan] = field(default_factory=list)

    def catat(self, kode: str, tingkat: str, pesan: str, kolom: str, usulan: str | None = None) -> None:
        """A finding about one of its columns."""
        tulis = self.tulis.get(kolom)
        self.temuan.append(Temuan(kode, tingkat, pesan, nilai=tulis, usulan=usulan, lokasi=self.lokasi(kolom)))

    def lokasi(self, kolom: str) -> tuple[Lokasi, ...]:
        return (Lokasi(lembar=self.lembar, baris=self.baris, kolom=self.kolom.get(kolom, kolom)),)
