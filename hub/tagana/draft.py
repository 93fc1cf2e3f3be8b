"""What a kabupaten says about one member of its Tagana register, as the services take it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.base import kode as kode_wilayah


@dataclass(frozen=True, slots=True)
class Training:
    nama: str
    tanggal: date
    penyelenggara: str | None = None


@dataclass(frozen=True, slots=True)
class Deployment:
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
    pelatihan: tuple[Training, ...] | None = None
    penugasan: tuple[Deployment, ...] | None = None

    @property
    def kode_kab(self) -> str:
        return kode_wilayah.kode_kab(self.kode_desa)


def public_id(kode_kab: str, id_: UUID) -> str:
    """The public id: it carries its kabupaten."""
    return f"{kode_kab}:{id_}"


def read_id(text: str) -> tuple[str, UUID] | None:
    """(kabupaten, id); None for what is no such id."""
    kab, _, tail = text.partition(":")
    try:
        id_ = UUID(tail)
    except ValueError:
        return None
    return (kab, id_) if len(kab) == 5 and kode_wilayah.is_valid(kab) and str(id_) == tail else None
