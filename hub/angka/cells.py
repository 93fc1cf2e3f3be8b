"""A figure as it counts: read, checked, its place known."""

from dataclasses import dataclass
from decimal import Decimal

from hub.base.temuan import Location
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen


@dataclass(frozen=True, slots=True)
class CleanCell:
    """`rincian`: sorted pairs; `nilai` None exactly when the status is one of EMPTY_STATUSES; `implied`: an empty table
    cell, kept as TIDAK_ADA_DATA."""

    wilayah: str
    elemen: Elemen
    rincian: Rincian
    nilai: Decimal | None
    status: str
    location: Location
    implied: bool = False
