"""The tables in a sheet: their headers, their rows, and what stands around them and is neither. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hub.lembar.sheet import Merged, Sheet, Spot


class Reason(StrEnum):
    """Why a row is not one of the table's."""

    TITLE = "JUDUL"  # above the header
    REPEATED_HEADER = "KEPALA_ULANG"
    NUMBERING = "NOMOR_KOLOM"  # 1 2 3 … or (1) (2) (3) … below the header
    SECTION = "BAGIAN"  # "A. KECAMATAN ROTE BARAT": it stands for the rows below it
    FOOTER = "KAKI"  # source, notes, place and date, signature


@dataclass(frozen=True, slots=True)
class Column:
    """`place`: counted from 0; `parts`: what stands above it, from the top row of the header down, as written, none twice in a row:
    ("KPM PKH", "L"); () where nothing does."""

    place: int
    parts: tuple[str, ...]

    @property
    def title(self) -> str:
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: in the sheet, from 1; `cells`: without the spaces around them, a cell merged over several rows in each of them, as
    many as there are columns at least; `sections`: the section rows it stands under, the outermost first, as written."""

    number: int
    cells: list[str]
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out: its number, what it says, why."""

    number: int
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Table:
    """`header`: the numbers of its rows; `merged`: cells that are one with others of other rows."""

    sheet: Sheet
    header: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: list[Row]
    skipped: list[Skipped] = field(default_factory=list)
    merged: Mapping[Spot, Merged] = field(default_factory=dict)


class Titles(Protocol):
    """What the titles of a kind of table are."""

    def sureness(self, parts: tuple[str, ...]) -> float:
        """How surely these words, from the top row of a header down, are the title of a column that the kind of table has: 0 to 1."""
        ...

    def identifies(self, parts: tuple[str, ...]) -> bool:
        """Whether such a column says what its row is of: a region, an institution."""
        ...
