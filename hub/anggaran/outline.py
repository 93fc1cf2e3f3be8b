"""What belongs to what in a list that says it by numbers ("1", "1.1"; "a.", "(a)") or by how far a name is set in. Pure.

Rows of one style (as far in, numbered alike) are of one level. A style that was not met since the last higher one begins a
level below it; a name without a number that is set in no further begins at the top.
"""

import re
from collections.abc import Iterable, Sequence

from hub.anggaran.draft import ListedProgram

_PARTED = re.compile(r"[.\s-]+")
_SHAPE = re.compile(r"(\(?)([0-9]+(?:[.\s-][0-9]+)*|[A-Za-z]+)([.)]*)")
_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)

_Style = tuple[int, str]


def parents(rows: Sequence[ListedProgram]) -> list[int | None]:
    """For each row the place of the one it is part of."""
    outlines: dict[object, _Outline] = {}
    result: list[int | None] = []
    for place, row in enumerate(rows):
        outline = outlines.setdefault((row.lembar, row.sumber), _Outline())
        result.append(outline.add(place, row))
    return result


class _Outline:
    """The rows of one source in one sheet, as they come."""

    def __init__(self) -> None:
        self._open: list[tuple[_Style, int]] = []  # from the top down to the row before
        self._by_number: dict[tuple[str, ...], int] = {}
        self._last: dict[str, str] = {}  # kind of number → the last one met

    def add(self, place: int, row: ListedProgram) -> int | None:
        kind, number = self._kind(row.number)
        style = (row.indent, kind)
        parts = tuple(_PARTED.split(number)) if number[:1].isdigit() else ()
        above = next(
            (self._by_number[parts[:n]] for n in range(len(parts) - 1, 0, -1) if parts[:n] in self._by_number), None
        )
        self._close(style, above)
        if above is None and self._open:
            above = self._open[-1][1]
        self._open.append((style, place))
        if parts:
            self._by_number[parts] = place
        if kind:
            self._last[kind] = number.casefold()
        return above

    def _close(self, style: _Style, above: int | None) -> None:
        """Leave the levels that this row does not belong to."""
        open_rows = self._open
        level = next((i for i, (_, place) in enumerate(open_rows) if place == above), None)
        if level is not None:
            del open_rows[level + 1 :]
            return
        level = next((i for i, (s, _) in enumerate(open_rows) if s == style), None)
        if level is None:
            indent, kind = style
            outside = (s[0] >= indent if not kind else s[0] > indent for s, _ in open_rows)
            level = next((i for i, is_outside in enumerate(outside) if is_outside), len(open_rows))
        del open_rows[level:]

    def _kind(self, number: str) -> tuple[str, str]:
        """How it is numbered, and the number itself."""
        match = _SHAPE.fullmatch(number.strip())
        if match is None:
            return "", ""
        bare = match[2]
        if bare[0].isdigit():
            segments = len(_PARTED.split(bare))
            return (f"{match[1]}1{match[3]}" if segments == 1 else "1" * segments), bare
        for kind in self._letters(bare):
            return f"{match[1]}{kind.upper() if bare.isupper() else kind}{match[3]}", bare
        return "", ""

    def _letters(self, bare: str) -> Iterable[str]:
        """ "i" is a Roman number, unless it follows an "h"."""
        before = {last for kind, last in self._last.items() if "a" in kind.lower()}
        follows = len(bare) == 1 and chr(ord(bare.lower()) - 1) in before
        if _ROMAN.fullmatch(bare) and not follows:
            started = any("i" in kind.lower() for kind in self._last)
            if len(bare) > 1 or started or bare.lower() == "i":
                yield "i"
        if len(bare) == 1:
            yield "a"
