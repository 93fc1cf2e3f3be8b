"""A file of tables, opened: its sheets as rows of text. What reads files is handed in by whoever starts the hub."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.base.errors import MasukanTidakSahError
from hub.base.temuan import GALAT, Temuan


@dataclass(frozen=True, slots=True)
class Lembar:
    """A sheet: its name and its rows as text, from the first row of the sheet on."""

    nama: str
    baris: list[list[str]]


BacaLembar = Callable[[str, bytes], list[Lembar]]
"""(name of the file, content) → its sheets. Raises MasukanTidakSahError saying what is wrong with the file."""


def temuan_berkas(error: MasukanTidakSahError, nama: str, wilayah: str | None = None) -> Temuan:
    """What is said of a file that was not read."""
    kode = "BERKAS_TAK_TERBACA" if error.kode == MasukanTidakSahError.kode else error.kode
    return Temuan(kode, GALAT, error.pesan, wilayah=wilayah, nilai=nama)
