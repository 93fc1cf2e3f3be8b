"""A figure as it counts: read, checked, its place known."""

from decimal import Decimal
from typing import NamedTuple

from hub.base.temuan import Location
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen


class CleanCell(NamedTuple):  # made for every cell of a rekap: a frozen dataclass takes three times as long
    """`rincian`: sorted pairs; `nilai` None exactly when the status is one of EMPTY_STATUSES; `implied`: an empty table
    cell, kept as TIDAK_ADA_DATA."""

    wilayah: str
    elemen: Elemen
    rincian: Rincian
    nilai: Decimal | None
    status: str
    location: Location
    implied: bool = False
