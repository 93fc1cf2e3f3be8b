"""What becomes of a list that is brought in, whatever it is a list of."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.base.temuan import Temuan

MOST_ROWS = 20_000  # rows in one file


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out, as it was written below which header and sections, and why."""

    lembar: str
    baris: int
    header: Sequence[str]
    cells: Sequence[str]
    temuan: tuple[Temuan, ...]
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many rows are new, changed, as they were; what was found; what was left out."""

    baru: int
    berubah: int
    tetap: int
    temuan: tuple[Temuan, ...]
    refused: tuple[RefusedRow, ...] = ()
