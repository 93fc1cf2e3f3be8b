"""Sheets as frames of JSON from one process to another, each small enough to be decoded while others wait for the interpreter.

{"sheet": its name, "hidden": …, "said": […]}, then {"rows": […]} with what is odd or exact in them, then {"beside": …}: what is
hidden as ranges, and what is merged. {"refused": why} ends it.
"""

from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import Any

import orjson

from hub.base.temuan import Temuan
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet, Spot
from hub.lembar.spots import Spots

_LETTERS = 128 * 1024  # in a frame, at least
_CELLS = 5_000
_SHORT = 64  # letters of a text that is kept once however often it stands there
_MERGED = 5_000


def frames_of(sheet: Sheet, rows: Iterable[list[str]]) -> Iterator[bytes]:
    """`rows`: those of the sheet, which may be made as they are asked for."""
    said = [[t.kode, t.tingkat, t.pesan, t.nilai] for t in sheet.said]
    yield orjson.dumps({"sheet": sheet.name, "hidden": sheet.hidden, "said": said})
    exact = sheet.exact if isinstance(sheet.exact, Spots) else Spots(sheet.exact)
    odd: dict[int, list[list[Any]]] = {}
    for (number, column), why in sheet.odd.items():
        odd.setdefault(number, []).append([column, why.kind, why.text])
    batch: list[list[str]] = []
    letters = cells = number = 0
    for number, row in enumerate(rows, 1):
        batch.append(row)
        letters, cells = letters + sum(map(len, row)), cells + len(row) + 1
        if letters >= _LETTERS or cells >= _CELLS:
            yield _rows_frame(batch, number, exact, odd)
            batch, letters, cells = [], 0, 0
    yield _rows_frame(batch, number, exact, odd)
    yield orjson.dumps({"beside": {"rows": _ranges(sheet.hidden_rows), "columns": _ranges(sheet.hidden_columns)}})
    for start in range(0, len(sheet.merged), _MERGED):
        yield orjson.dumps(
            {"merged": [[m.top, m.left, m.bottom, m.right] for m in sheet.merged[start : start + _MERGED]]}
        )


def _rows_frame(batch: list[list[str]], last: int, exact: Spots, odd: dict[int, list[list[Any]]]) -> bytes:
    frame: dict[str, Any] = {"rows": batch}
    numbers = range(last - len(batch) + 1, last + 1)
    if exact:
        frame["exact"] = [[n, *columns] for n in numbers if (columns := exact.columns(n))]
    if odd:
        frame["odd"] = [[n, odd[n]] for n in numbers if n in odd]
    return orjson.dumps(frame)


def _ranges(numbers: frozenset[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


class FramesReader:
    """Makes sheets of the frames, one after the other."""

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []
        self._about: dict[str, Any] = {}
        self._rows: list[list[str]] = []
        self._exact = Spots()
        self._odd: dict[Spot, Odd] = {}
        self._merged: list[Merged] = []
        self._known: dict[str, str] = {}

    def take(self, frame: dict[str, Any]) -> None:
        if "rows" in frame:
            self._rows.extend([self._kept_once(c) for c in row] for row in frame["rows"])
            for number, *columns in frame.get("exact", ()):
                for column in columns:
                    self._exact.add(number, column)
            for number, cells in frame.get("odd", ()):
                self._odd.update(((number, c), Odd(OddKind(kind), text)) for c, kind, text in cells)
        elif "merged" in frame:
            self._merged.extend(Merged(*m) for m in frame["merged"])
        elif "sheet" in frame:
            self._close()
            self._about = frame
        else:
            self._about |= frame["beside"]

    def sheets(self) -> list[Sheet]:
        """All of them, after the last frame."""
        self._close()
        return self._sheets

    def _close(self) -> None:
        about = self._about
        if not about:
            return
        self._sheets.append(
            Sheet(
                about["sheet"],
                self._rows,
                about["hidden"],
                _numbers(about["rows"]),
                _numbers(about["columns"]),
                tuple(self._merged),
                self._odd,
                self._exact,
                tuple(starmap(_finding, about["said"])),
            )
        )
        self._about, self._rows, self._exact, self._odd, self._merged = {}, [], Spots(), {}, []

    def _kept_once(self, text: str) -> str:
        return self._known.setdefault(text, text) if len(text) <= _SHORT else text


def _numbers(ranges: list[list[int]]) -> frozenset[int]:
    return frozenset(n for first, last in ranges for n in range(first, last + 1))


def _finding(code: str, level: str, words: str, value: str | None) -> Temuan:
    return Temuan(code, level, words, nilai=value)
