"""A figure as it counts: read, checked, its place known."""

from dataclasses import dataclass
from decimal import Decimal

from hub.base.temuan import Lokasi
from hub.katalog.katalog import Elemen
from hub.katalog.rumus import Rincian


@dataclass(frozen=True, slots=True)
class SelBersih:
    """`rincian`: sorted pairs; `nilai` None exactly when the status is one of STATUS_KOSONG; `tersirat`: an empty table
    cell, kept as TIDAK_ADA_DATA."""

    wilayah: str
    elemen: Elemen
    rincian: Rincian
    nilai: Decimal | None
    status: str
    lokasi: Lokasi
    tersirat: bool = False
