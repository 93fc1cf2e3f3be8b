"""A file of tables, opened: its sheets as rows of text. What reads files is handed in by whoever starts the hub."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.base.errors import InvalidInputError
from hub.base.temuan import ERROR, Temuan


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its rows as text, from the first row of the sheet on."""

    name: str
    rows: list[list[str]]


ReadSheets = Callable[[str, bytes], list[Sheet]]
"""(name of the file, content) → its sheets. Raises InvalidInputError saying what is wrong with the file."""


def file_temuan(error: InvalidInputError, name: str, wilayah: str | None = None) -> Temuan:
    """What is said of a file that was not read."""
    kode = "BERKAS_TAK_TERBACA" if error.kode == InvalidInputError.kode else error.kode
    return Temuan(kode, ERROR, error.message, wilayah=wilayah, nilai=name)
