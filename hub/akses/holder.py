"""Whom a token is for, and until when: checked alike for tokens that are shown and for those that are fetched with a code."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.base import kode as kode_wilayah
from hub.base.actor import Role
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.standing import Standing


@dataclass(frozen=True, slots=True)
class Holder:
    """`role`: KABUPATEN, PROVINSI or ADMIN; `wilayah`: the code it reaches, empty for ADMIN; `name`: who uses it."""

    role: str
    wilayah: str
    name: str


def checked(given: Holder, standing: Standing) -> Holder:
    """The same as it is stored. `standing`: of this hub. Raises InvalidInputError."""
    role = given.role.strip().upper()
    if role not in (Role.KABUPATEN, Role.PROVINSI, Role.ADMIN):
        raise InvalidInputError(f'Peran "{role}" tidak dikenal; pilih KABUPATEN, PROVINSI atau ADMIN.')
    wilayah = kode_wilayah.dotted(given.wilayah)
    if role == Role.ADMIN:
        wilayah = ""
    else:
        level = Level[role]
        if not kode_wilayah.is_valid(wilayah) or kode_wilayah.level_of(wilayah) is not level:
            sample = "53" if level is Level.PROVINSI else "53.14"
            raise InvalidInputError(
                f'Token {role} memerlukan kode {level.name.lower()}, seperti {sample}; bukan "{wilayah}".'
            )
        if (why := standing.why_not_admitted(wilayah)) is not None:
            raise InvalidInputError(why)
    if not given.name.strip():
        raise InvalidInputError("Token harus diberi nama: siapa yang memakainya.")
    return Holder(role, wilayah, given.name.strip())


def end_of(last_day: date | None, today: date, zone: ZoneInfo) -> datetime | None:
    """The moment that day ends at the office; None: there is no last day. Raises InvalidInputError."""
    if last_day is None:
        return None
    if last_day < today:
        raise InvalidInputError(f"Hari terakhir {last_day:%d-%m-%Y} sudah lewat; sebut hari ini atau sesudahnya.")
    try:
        return datetime.combine(last_day + timedelta(days=1), time.min, zone)
    except OverflowError:
        raise InvalidInputError(
            "Hari terakhir terlalu jauh; tanpa hari terakhir token berlaku sampai dicabut."
        ) from None
