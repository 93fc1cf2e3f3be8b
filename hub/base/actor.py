"""Who is asking: the role and region that a bearer token carries, or the public."""

from dataclasses import dataclass
from enum import StrEnum

from hub.base import kode


class Peran(StrEnum):
    PUBLIK = "PUBLIK"
    KABUPATEN = "KABUPATEN"
    PROVINSI = "PROVINSI"
    ADMIN = "ADMIN"


@dataclass(frozen=True, slots=True)
class Actor:
    """`wilayah`: the code the role reaches (empty for PUBLIK and ADMIN); `nama`: written into every event."""

    peran: Peran
    wilayah: str
    nama: str

    def menjangkau(self, wilayah: str) -> bool:
        """Whether the caller sees drafts and raw figures of that region."""
        match self.peran:
            case Peran.ADMIN:
                return True
            case Peran.PROVINSI | Peran.KABUPATEN:
                return kode.di_dalam(wilayah, self.wilayah)
            case Peran.PUBLIK:
                return False


PUBLIK = Actor(Peran.PUBLIK, "", "publik")
