"""Codes of regions out of cells of any type: text, whole numbers, numbers with a point, empty ones."""

import math
import re
from typing import Any

_EMPTY = frozenset({"", "nan", "nat", "none", "null", "<null>", "n/a", "-", "0"})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NUMBER = re.compile(r"\d+(\.\d*)?([eE]\+?\d+)?", re.ASCII)
_PARTS = re.compile(r"(\d{2})[ .,/_-]+(\d{1,2})(?:[ .,/_-]+(\d{1,2})(?:[ .,/_-]+(\d{4}))?)?", re.ASCII)


def code_text(cell: Any) -> str:
    """The code as text, with dots or without; an empty cell is "". What is no code comes back as it is written.

    A column of numbers with an empty cell in it comes as 3601012001.0 and nan; a kabupaten of such a column as 36.1 for 36.10.
    """
    if cell is None:
        return ""
    if hasattr(cell, "item"):  # of numpy
        cell = cell.item()
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    if isinstance(cell, float):
        return _of_number(cell)
    text = " ".join(_INVISIBLE.sub("", str(cell)).split()).strip("'\"` ")
    if text.casefold() in _EMPTY:
        return ""
    if (parts := _PARTS.fullmatch(text)) and (parts[3] or len(parts[2]) == 2):  # 36.1 may be 36.01 and 36.10
        return ".".join(p.zfill(2) for p in parts.groups() if p)
    if _NUMBER.fullmatch(text) and not text.isdigit() and float(text).is_integer():
        return _of_number(float(text))
    return text


def _of_number(number: float) -> str:
    if not math.isfinite(number) or number == 0:
        return ""
    if number.is_integer():
        return str(int(number))
    if 10 <= number < 100 and math.isclose(number, round(number, 2), abs_tol=1e-9):
        return f"{number:.2f}"  # a kabupaten: its dot was taken for the point
    return repr(number)
