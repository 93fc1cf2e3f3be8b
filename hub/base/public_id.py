"""Public ids: of what has no natural key, its kabupaten and a UUID ("53.14:0192f3a0-…"); of a rekap, its parts ("53.14:F05:2020");
of a region, its code, as of another day than today with that day ("53.14@2021-01-01")."""

import uuid
from dataclasses import dataclass
from datetime import date

from hub.base import kode
from hub.base.errors import InvalidInputError
from hub.base.periode import Periode

PARTNER_PREFIX = "mitra"  # before the id of a partner outside (MitraLuar), where other ids have their kabupaten


@dataclass(frozen=True, slots=True)
class PublicId:
    """`id`: the UUID in its usual spelling."""

    kode_kab: str
    id: str

    def __str__(self) -> str:
        return f"{self.kode_kab}:{self.id}"


@dataclass(frozen=True, slots=True)
class RekapKey:
    """A rekap: reporter's code, form, period."""

    kode_kab: str
    formulir: str
    periode: str

    @property
    def id(self) -> str:
        return f"{self.kode_kab}:{self.formulir}:{self.periode}"


def read_id(text: str, what: str) -> PublicId:
    """The parts of a public id. `what`: what it is the id of, for the reader of the refusal.

    Raises InvalidInputError.
    """
    kab, _, number = text.partition(":")
    try:
        if not kode.is_valid(kab) or kode.level_of(kab) is not kode.Level.KABUPATEN:
            raise ValueError
        return PublicId(kab, str(uuid.UUID(number)))
    except ValueError:
        sample = "53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"
        raise InvalidInputError(f'"{text}" bukan id {what}; bentuknya "{sample}".') from None


def rekap_key(text: str) -> RekapKey:
    """ "53.14:F05:2020" → its parts. Raises InvalidInputError."""
    parts = text.split(":")
    if len(parts) != 3 or not kode.is_valid(parts[0]) or not parts[1].isprintable():
        raise InvalidInputError(f'"{text}" bukan id rekap; bentuknya "53.14:F05:2020".')
    try:
        periode = str(Periode.read(parts[2]))
    except ValueError as error:
        raise InvalidInputError(str(error)) from None
    return RekapKey(parts[0], parts[1].upper(), periode)


@dataclass(frozen=True, slots=True)
class RegionId:
    """A region's code, with dots, and the day as of which it is looked at; None: today, or the last day it is in force."""

    kode: str
    day: date | None = None


def region_id(text: str) -> RegionId:
    """ "53.14", "5314", "53.14@2021-01-01" → its parts. Raises InvalidInputError."""
    written, at, day = text.partition("@")
    dotted = kode.dotted(written)
    try:
        if not kode.is_valid(dotted):
            raise ValueError
        return RegionId(dotted, date.fromisoformat(day) if at else None)
    except ValueError:
        raise InvalidInputError(
            f'"{text}" bukan id; id wilayah adalah kodenya ("53.14") atau kode dan hari ("53.14@2021-01-01"), id sumber daya '
            'berbentuk "53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10".'
        ) from None


def read_partner_id(text: str) -> str | None:
    """The UUID in a partner's public id, "mitra:0192f3a0-…"; None where it is no such id."""
    prefix, _, number = text.partition(":")
    try:
        return str(uuid.UUID(number)) if prefix == PARTNER_PREFIX else None
    except ValueError:
        return None


def partner_id(text: str) -> str:
    """The same. Raises InvalidInputError."""
    found = read_partner_id(text)
    if found is None:
        sample = f"{PARTNER_PREFIX}:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"
        raise InvalidInputError(f'"{text}" bukan id mitra luar; bentuknya "{sample}".')
    return found
