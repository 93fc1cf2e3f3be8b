"""Who is asking: the role and region that a bearer token carries, or the public."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hub.base.standing import EVERYWHERE, Standing


class Role(StrEnum):
    PUBLIC = "PUBLIK"
    KABUPATEN = "KABUPATEN"
    PROVINSI = "PROVINSI"
    ADMIN = "ADMIN"


@dataclass(frozen=True, slots=True)
class Actor:
    """`wilayah`: the code the role reaches (empty for PUBLIK and ADMIN); `name`: written into every event. `standing`: of the
    hub that let him in: what nobody may do there. `expires`: when the token ends; None: when it is revoked."""

    role: Role
    wilayah: str
    name: str
    standing: Standing = field(default=EVERYWHERE, compare=False, repr=False)
    expires: datetime | None = field(default=None, compare=False, repr=False)


PUBLIC = Actor(Role.PUBLIC, "", "publik")
