"""Who is asking: the role and region that a bearer token carries, or the public."""

from dataclasses import dataclass
from enum import StrEnum


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


PUBLIK = Actor(Peran.PUBLIK, "", "publik")
