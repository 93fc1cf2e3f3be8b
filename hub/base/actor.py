"""Who is asking: the role and region that a bearer token carries, or the public."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PUBLIC = "PUBLIK"
    KABUPATEN = "KABUPATEN"
    PROVINSI = "PROVINSI"
    ADMIN = "ADMIN"


@dataclass(frozen=True, slots=True)
class Actor:
    """`wilayah`: the code the role reaches (empty for PUBLIK and ADMIN); `name`: written into every event."""

    role: Role
    wilayah: str
    name: str


PUBLIC = Actor(Role.PUBLIC, "", "publik")
