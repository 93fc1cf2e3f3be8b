"""What whoever sends a file says of its columns and rows, and what an office has said before. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from hub.katalog.formula import read_rincian
from hub.rekap.file_rows import RowMapping, row_key
from hub.rekap.file_words import Meaning, title_key


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """`lembar`: of that sheet alone, None: of each; `kolom`: the title of the column, or its letters ("C")."""

    lembar: str | None
    kolom: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """`tertulis`: the row as written; `wilayah`: the code of its region; `left_out`: the row is not read."""

    lembar: str | None
    tertulis: str
    wilayah: str | None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class FileMapping:
    """Of two answers about the same the later one holds, of which one of that sheet goes before one of each."""

    columns: tuple[ColumnAnswer, ...] = ()
    rows: tuple[RowAnswer, ...] = ()

    def columns_of(self, lembar: str) -> dict[str, Meaning]:
        """Title as compared, in small letters, and letters of a column → meaning."""
        found: dict[str, Meaning] = {}
        for a in _for(lembar, self.columns):
            found[title_key(a.kolom)] = a.meaning
            if _LETTERS.fullmatch(a.kolom.strip()):
                found[a.kolom.strip()] = a.meaning
        return found

    def rows_of(self, lembar: str) -> dict[str, RowMapping]:
        """Row as compared → what it is."""
        return {row_key(a.tertulis): RowMapping(a.wilayah, a.left_out) for a in _for(lembar, self.rows)}


_T = TypeVar("_T", ColumnAnswer, RowAnswer)


def _for(lembar: str, answers: Iterable[_T]) -> list[_T]:
    met = [a for a in answers if a.lembar in (None, lembar)]
    met.sort(key=lambda a: a.lembar is not None)
    return met


NO_MAPPING = FileMapping()
_LETTERS = re.compile(r"[A-Z]{1,3}")


def element_of(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A code with or without choices, as it is proposed: "SDM05[JK=L]" → ("SDM05", (("JK", "L"),)). What cannot be read so stays
    whole: the checks say that there is no such element."""
    kode, bracket, rest = text.strip().partition("[")
    if not bracket or not rest.endswith("]"):
        return text.strip().upper(), ()
    try:
        return kode.strip().upper(), read_rincian(rest[:-1])
    except ValueError:
        return text.strip(), ()
