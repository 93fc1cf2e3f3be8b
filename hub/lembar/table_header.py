"""Which rows of a sheet are the header of a table, and what stands above each of its columns. Pure."""

import re
from dataclasses import dataclass

from hub.lembar.harmless import as_written
from hub.lembar.row_words import column_numbers, is_figure, is_number_title, is_unit, letters_of, numbers_columns
from hub.lembar.sheet import Merged, Sheet
from hub.lembar.table import Titles

_DEEPEST = 3  # rows of a header
_SURE = 0.5  # a title is known from here on
_LONGEST_TITLE = 300  # letters: what is longer is a sentence
_YEAR = re.compile(r"(19|20)\d\d")

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """`first`, `depth`: its rows, counted from 0; `parts`: for every column of it; `known`: how many of its titles are known;
    `sureness`: of all of them together; `identifying`: columns that say what a row is of; `numbering`: the column of row numbers."""

    first: int
    depth: int
    parts: tuple[Parts, ...]
    known: int
    sureness: float
    identifying: frozenset[int]
    numbering: int | None

    @property
    def end(self) -> int:
        return self.first + self.depth

    @property
    def titled(self) -> int:
        return sum(1 for p in self.parts if p)


class Grid:
    """The rows of a sheet as they are asked about, and what its titles are worth, each asked for once."""

    def __init__(self, sheet: Sheet, titles: Titles) -> None:
        self.rows = [[t if (t := c.strip())[:1] != "'" else as_written(t).strip() for c in row] for row in sheet.rows]
        self.odd: dict[int, set[int]] = {}
        for row, column in sheet.odd:
            self.odd.setdefault(row - 1, set()).add(column)
            if row <= len(self.rows):  # as wide as what it holds, so that its cells can be asked for
                self.rows[row - 1] += [""] * (column + 1 - len(self.rows[row - 1]))
        self.merges: dict[int, list[Merged]] = {}
        for m in sheet.merged:
            self.merges.setdefault(m.top - 1, []).append(m)
        self._titles = titles
        self._asked: dict[Parts, tuple[float, bool]] = {}
        self._headers: dict[int, Header | None] = {}

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold something, those included whose content the file does not say."""
        cells = self.rows[row]
        places = [i for i, c in enumerate(cells) if c]
        if row in self.odd:
            places = sorted(self.odd[row].union(places))
        return places

    def title(self, parts: Parts) -> tuple[float, bool]:
        """(how surely such a column is known, whether it identifies)."""
        answer = self._asked.get(parts)
        if answer is None:
            answer = (0.0, False)
            if parts and sum(map(len, parts)) <= _LONGEST_TITLE:
                sureness = self._titles.sureness(parts)
                answer = (sureness, sureness >= _SURE and self._titles.identifies(parts))
            self._asked[parts] = answer
        return answer

    def header(self, row: int) -> Header | None:
        """The header that begins with this row, as deep as it goes; None: its titles are none that are known."""
        if row not in self._headers:
            self._headers[row] = self._deepest(row)
        return self._headers[row]

    def best_header(self, row: int) -> Header | None:
        """That of this row or, where a row or two above the titles belong to what stands above the table, the one below it."""
        best: Header | None = None
        for first in range(row, min(row + _DEEPEST, len(self.rows))):
            found = self.header(first)
            if found is not None and (best is None or (best.end > first and _is_better(found, best, self))):
                best = found
        return best

    def _deepest(self, first: int) -> Header | None:
        best = self._joined(first, 1)
        for depth in range(2, _DEEPEST + 1):
            row = first + depth - 1
            if row >= len(self.rows) or not self.filled(row) or not self._may_go_on(row):
                break
            if depth == 2 and (self._has_figures(first) or self._is_over_all(first)):
                break
            deeper = self._joined(first, depth)
            if self._goes_on(best, deeper, row):
                best = deeper
        while best.depth < _DEEPEST and best.end < len(self.rows) and self._names_units(best):
            best = self._joined(first, best.depth + 1)
        return best if best.identifying else None

    def _has_figures(self, row: int) -> bool:
        return any(c and is_figure(c) and not _YEAR.fullmatch(c) for c in self.rows[row])

    def _is_over_all(self, row: int) -> bool:
        """Whether a row is one text that begins no further right than what is below it: of the table, not of some columns."""
        places = self.filled(row)
        return len(places) == 1 and places[0] <= self.filled(row + 1)[0]

    def _may_go_on(self, row: int) -> bool:
        """Whether a row may be a row of titles: it holds no figures, but years and the numbers of a series ("1 2 3 4")."""
        texts = [c for c in self.rows[row] if c]
        figures = [c for c in texts if is_figure(c) and not _YEAR.fullmatch(c)]
        if not figures:
            return not numbers_columns(texts)
        return (
            len(figures) > 1
            and len(texts) == len(figures)
            and all(map(column_numbers, figures))
            and not self.rows[row][0]
        )

    def _goes_on(self, above: Header, deeper: Header, row: int) -> bool:
        """Whether the row that `deeper` has more is a part of the header."""
        cells = self.rows[row]
        for i in above.identifying:
            if i < len(cells) and cells[i] and self.title(deeper.parts[i])[0] < _SURE:
                return False
        if self._names_what_is_spanned(deeper, above, row):
            return True
        return deeper.sureness > above.sureness

    def _names_what_is_spanned(self, deeper: Header, above: Header, row: int) -> bool:
        """Whether a row only has titles for the columns over which one of the row above spans."""
        own = [self._own(above, i) for i in range(len(deeper.parts))]
        filled = self._news(row)
        new = [i for i in filled if not own[i]]
        if not new or any(len(deeper.parts[i]) < 2 for i in new):
            return False
        begin = {max((j for j in range(i) if own[j]), default=-1) for i in new}
        return all(i in new or i in begin for i in filled)

    def _news(self, row: int) -> list[int]:
        """The columns of a row that say something else than the row above: where a cell over both was written into each, it
        says nothing new."""
        above, cells = self.rows[row - 1], self.rows[row]
        return [i for i in self.filled(row) if i >= len(cells) or i >= len(above) or cells[i] != above[i]]

    def _own(self, header: Header, column: int) -> bool:
        return any(column < len(self.rows[r]) and self.rows[r][column] != "" for r in range(header.first, header.end))

    def _names_units(self, header: Header) -> bool:
        """Whether the row below says in what the columns are counted: "(KK)", "Rp", "%"."""
        filled = self._news(header.end)
        cells = self.rows[header.end]
        return bool(filled) and all(
            i < len(cells)
            and i < len(header.parts)
            and i not in header.identifying
            and header.parts[i] != ()
            and is_unit(cells[i])
            for i in filled
        )

    def _joined(self, first: int, depth: int) -> Header:
        parts = self._parts(first, depth)
        sure: dict[Parts, float] = {}
        identifying = set()
        numbering = None
        for i, p in enumerate(parts):
            if not p:
                continue
            if is_number_title("".join(p)) or (is_number_title(p[-1]) and not sure):
                numbering = i if numbering is None else numbering
                continue
            sureness, identifies = self.title(p)
            sure[p] = sureness
            if identifies:
                identifying.add(i)
        known = sum(1 for s in sure.values() if s >= _SURE)
        return Header(first, depth, tuple(parts), known, sum(sure.values()), frozenset(identifying), numbering)

    def _parts(self, first: int, depth: int) -> list[Parts]:
        width = max(len(self.rows[r]) for r in range(first, first + depth))
        labels = [[" ".join(c.split()) for c in self.rows[r]] for r in range(first, first + depth)]
        for row in labels:
            row += [""] * (width - len(row))
        exact = self._spread(labels, first, width)
        for level in range(depth - 1):
            self._fill(labels, exact, level, width)
        parts = []
        for i in range(width):
            column: list[str] = []
            for row in labels:
                if row[i] and (not column or letters_of(column[-1]) != letters_of(row[i])):
                    column.append(row[i])
            parts.append(tuple(column))
        return parts

    def _spread(self, labels: list[list[str]], first: int, width: int) -> set[tuple[int, int]]:
        """Writes what merged cells say into all they cover; those cells."""
        exact = set()
        for level in range(len(labels)):
            for m in self.merges.get(first + level, ()):
                text = labels[level][m.left] if m.left < width else ""
                for r in range(level, min(m.bottom - first, len(labels))):
                    for c in range(m.left, min(m.right + 1, width)):
                        exact.add((r, c))
                        if text:
                            labels[r][c] = text
        return exact

    def _fill(self, labels: list[list[str]], exact: set[tuple[int, int]], level: int, width: int) -> None:
        """Carries a title on to the right, over cells without one that have titles below them."""
        written = [list(row) for row in labels]
        parent = ""
        for c in range(width):
            if written[level][c] or (level, c) in exact:
                parent = "" if (level, c) in exact else written[level][c]
                if parent and not written[level + 1][c] and self.title((parent,))[1]:
                    parent = ""  # "Desa" is no parent of what stands beside it
            elif any(written[r][c] and (c == 0 or written[r][c] != written[r][c - 1]) for r in range(level)):
                parent = ""  # another one begins further up
            elif parent and any(written[r][c] for r in range(level + 1, len(labels))):
                labels[level][c] = parent
            else:
                parent = ""


def _is_better(found: Header, best: Header, grid: Grid) -> bool:
    """Whether a header that begins further down says more than the one above."""
    if found.sureness != best.sureness:
        return found.sureness > best.sureness
    if found.end > best.end:
        return found.titled > best.titled
    return not _spans_some(best, found, grid)


def _spans_some(above: Header, below: Header, grid: Grid) -> bool:
    """Whether what `above` has more are titles over some of the columns, not words over the whole table."""
    first_identifying = min(below.identifying, default=0)
    for row in range(above.first, below.first):
        places = grid.filled(row)
        merged = [m for m in grid.merges.get(row, ()) if m.right > m.left and m.left in places]
        if len(places) > 1 or any(m.left > first_identifying for m in merged):
            return True
    return False
