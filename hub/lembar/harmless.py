"""Text that leaves the hub in a file of tables, so that no spreadsheet program runs it, and the same read back. Pure.

A cell that begins with one of = + - @ is a formula to such programs, whoever wrote it; an apostrophe before it makes it a text. Numbers
stay numbers ("-5", "+62"), and a dash alone stays one.
"""

import csv
import re
from collections.abc import Iterable
from typing import Any, TextIO

_QUOTE = "'"
_FORMULA = "=+-@＝＋－＠"  # the wide ones are formulas too, where such letters are written
_BLANK = " \t\r\n\u00a0\u200b\ufeff"
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?|[-\s]+")


def harmless(text: str) -> str:
    """The text as it may stand in a cell of a file."""
    return _QUOTE + text if _is_formula(text) else text


def as_written(text: str) -> str:
    """What a cell of a file says that was made harmless; any other as it is."""
    return text[1:] if text[:1] == _QUOTE and _is_formula(text[1:]) else text


def write_csv(file: TextIO, rows: Iterable[Iterable[Any]], separator: str = ",") -> None:
    """Rows as CSV (RFC 4180), every text of theirs harmless."""
    csv.writer(file, delimiter=separator).writerows(
        [harmless(c) if isinstance(c, str) else c for c in row] for row in rows
    )


def _is_formula(text: str) -> bool:
    bare = text.lstrip(_QUOTE)  # a text that has the apostrophe already gets another one, so that both are read back
    if not bare or (bare[0] not in _FORMULA and bare[0] not in _BLANK):
        return False
    if bare[0] in "\t\r":
        return True
    bare = bare.strip(_BLANK)
    return bare[:1] != "" and bare[0] in _FORMULA and _NUMBER.fullmatch(bare) is None
