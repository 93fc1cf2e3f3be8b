"""A file of tables, opened: its sheets as rows of text. What reads files is handed in by whoever starts the hub."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lembar:
    """A sheet: its name and its rows as text, from the first row of the sheet on."""

    nama: str
    baris: list[list[str]]


BacaLembar = Callable[[str, bytes], list[Lembar]]
"""(name of the file, content) → its sheets. Raises MasukanTidakSahError saying what is wrong with the file."""
