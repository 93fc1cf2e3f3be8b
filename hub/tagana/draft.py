"""What a kabupaten says about one member of its Tagana register, as the services take it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.base import kode as kode_wilayah


@dataclass(frozen=True, slots=True)
class Pelatihan:
    nama: str
    tanggal: date
    penyelenggara: str | None = None


@dataclass(frozen=True, slots=True)
class Penugasan:
    """`fase`: SEBELUM, SAAT, SESUDAH; `sampai`: first day no longer out."""

    kejadian: str
    fase: str
    sejak: date
    sampai: date | None = None
    peran: str | None = None


@dataclass(frozen=True, slots=True)
class TaganaDraft:
    """`id` None: a new member; `versi`: what the edit started from. `pelatihan` and `penugasan` None: as they are."""

    id: str | None
    versi: int | None
    nama: str
    tanggal_lahir: date
    jenis_kelamin: str
    kode_desa: str
    alamat: str | None
    nia: str | None
    didata: date
    sertifikat: str | None
    sampai: date | None
    keahlian: tuple[str, ...]
    berpengetahuan: bool
    bersedia_dilatih: bool
    beriman: bool
    setia_pancasila: bool
    pelatihan: tuple[Pelatihan, ...] | None = None
    penugasan: tuple[Penugasan, ...] | None = None

    @property
    def kode_kab(self) -> str:
        return kode_wilayah.kode_kab(self.kode_desa)


def id_umum(kode_kab: str, id_: UUID) -> str:
    """The public id: it carries its kabupaten."""
    return f"{kode_kab}:{id_}"


def baca_id(teks: str) -> tuple[str, UUID] | None:
    """(kabupaten, id); None for what is no such id."""
    kab, _, ekor = teks.partition(":")
    try:
        id_ = UUID(ekor)
    except ValueError:
        return None
    return (kab, id_) if len(kab) == 5 and kode_wilayah.sah(kab) and str(id_) == ekor else None
