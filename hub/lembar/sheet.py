"""A file of tables, opened: its sheets as rows of text, and what a cell says beside its text. What reads files is handed in by
whoever starts the hub."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum

from hub.base.errors import InvalidInputError
from hub.base.temuan import ERROR, Temuan
from hub.lembar.spots import Spot as Spot


class OddKind(StrEnum):
    """Why a cell does not say what it holds."""

    FORMULA = "RUMUS"  # a formula whose result is not stored in the file
    FAULT = "KESALAHAN"  # "#N/A", "#REF!", "#DIV/0!" …
    UNSEEN = "TAK_TAMPAK"  # a format that shows nothing (";;;")


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that does not say what it holds. `text`: the formula, the fault or the content, as the file has it."""

    kind: OddKind
    text: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One cell over several. Rows from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its rows as text, from the first row of the sheet on. A cell has the text that was written or is
    shown: 0.2754 in a format of per cent is "27.54%", 1799 in the format `0" KK"` is "1799 KK".

    `exact`: cells that hold a number with a fraction, so that their point is no sign of thousands. `merged`: its text stands in the
    first of its cells, the others are empty. `said`: what there is to say of how the file was read (its encoding)."""

    name: str
    rows: list[list[str]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()
    odd: Mapping[Spot, Odd] = field(default_factory=dict)
    exact: Set[Spot] = frozenset()
    said: tuple[Temuan, ...] = ()


ReadSheets = Callable[[str, bytes], list[Sheet]]
"""(name of the file, content) → its sheets. Raises InvalidInputError saying what is wrong with the file."""


def file_temuan(error: InvalidInputError, name: str, wilayah: str | None = None) -> Temuan:
    """What is said of a file that was not read."""
    kode = "BERKAS_TAK_TERBACA" if error.kode == InvalidInputError.kode else error.kode
    return Temuan(kode, ERROR, error.message, wilayah=wilayah, nilai=name)
