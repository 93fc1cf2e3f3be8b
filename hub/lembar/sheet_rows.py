"""The rows of a sheet as its cells are met, in whatever order, and what stands beside them; bounded while it grows."""

import re
from functools import lru_cache

from hub.base.errors import InvalidInputError
from hub.base.temuan import display
from hub.lembar.plain_text import plain
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet, Spot
from hub.lembar.sheet_limits import (
    MOST_CELL_LETTERS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ODD,
    MOST_ROW_LETTERS,
    MOST_ROWS,
    too_many_cells,
    too_many_merged,
    too_many_odd,
)
from hub.lembar.spots import Spots

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(20_000)
def column_number(letters: str) -> int:
    """ "A" → 1, "XFD" → 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def spot(reference: str) -> Spot | None:
    """ "B3" → (3, 1); None where it is none."""
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_number(found[1]) - 1) if found else None


class SheetRows:
    """`place`: the file and the sheet, for what is said of them. Cells that hold nothing, or blanks, are none."""

    def __init__(self, place: str, name: str, hidden: bool) -> None:
        self.place = place
        self._name, self._hidden = name, hidden
        self._rows: dict[int, list[str]] = {}
        self._odd: dict[Spot, Odd] = {}
        self._exact = Spots()
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[Merged] = []
        self.height = self.width = 0
        self._last: Spot = (1, 0)
        self._full = self._repeated = False

    def put(self, number: int, column: int, text: str, *, exact: bool = False) -> None:
        """The text of a cell: row from 1, column from 0."""
        if text.isspace() or not text or not self._takes(number, column):
            return
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = []
        if column < len(row):
            row[column] = text
        else:
            if column > len(row):
                row.extend([""] * (column - len(row)))
            row.append(text)
        if exact:
            self._exact.add(number, column)

    def repeat(self, number: int, column: int) -> bool:
        """Say beforehand how far a repeated cell goes; False where that is too far to go."""
        self._repeated = True
        return self._takes(number, column)

    def put_odd(self, number: int, column: int, kind: OddKind, text: str) -> None:
        """A cell that does not say what it holds; a fault is shown."""
        if not self._takes(number, column):
            return
        if len(self._odd) >= MOST_ODD:
            raise too_many_odd(self.place)
        self._odd[number, column] = Odd(kind, plain(text)[:MOST_CELL_LETTERS])
        row = self._rows.setdefault(number, [])
        row.extend([""] * (column + 1 - len(row)))
        row[column] = plain(text) if kind is OddKind.FAULT else ""

    def is_empty(self, number: int, column: int) -> bool:
        row = self._rows.get(number, ())
        return (column >= len(row) or not row[column]) and (number, column) not in self._odd

    def hide_rows(self, first: int, last: int) -> None:
        if first <= MOST_ROWS:
            self._hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        """Counted from 0."""
        if first < MOST_COLUMNS:
            self._hidden_columns.append((first, last))

    def merge(self, merged: Merged) -> None:
        self._merged.append(merged)
        if len(self._merged) > MOST_MERGED:
            raise too_many_merged(self.place)

    def sheet(self) -> Sheet:
        """Raises InvalidInputError where it holds more than a table does."""
        if self._full:
            # where something is repeated, its last cell is no place anybody knows
            place = self.place if self._repeated else f"{self.place}, terisi sampai {self._farthest()}"
            raise too_many_cells(place, self.height, self.width)
        merged = tuple(m for m in self._merged if m.top <= self.height and m.left < self.width)
        self._empty_covered(merged)
        rows = [self._rows.get(n, []) for n in range(1, self.height + 1)]
        for number, row in enumerate(rows, 1):
            self._check(number, row)
        return Sheet(
            self._name,
            rows,
            self._hidden,
            _within(self._hidden_rows, 1, self.height),
            _within(self._hidden_columns, 0, self.width - 1),
            merged,
            self._odd,
            self._exact - self._odd.keys() if self._odd else self._exact,
        )

    def _takes(self, number: int, column: int) -> bool:
        if number > self.height or column >= self.width:
            self.height, self.width = max(self.height, number), max(self.width, column + 1)
            if self.height > MOST_ROWS or self.width > MOST_COLUMNS or self.height * self.width > MOST_CELLS:
                self._full = True
                # it is refused; only how far it goes is still of interest
                self._rows, self._odd, self._exact = {}, {}, Spots()
        if self._full and number * (column + 1) >= self._last[0] * (self._last[1] + 1):
            self._last = (number, column)
        return not self._full

    def _farthest(self) -> str:
        return f"{column_letters(self._last[1] + 1)}{self._last[0]}"

    def _empty_covered(self, merged: tuple[Merged, ...]) -> None:
        """What a merged cell covers is there and nobody sees it."""
        looked_at = 0
        for m in merged:
            for number in range(m.top, min(m.bottom, self.height) + 1):
                row = self._rows.get(number, [])
                columns = range(m.left, min(m.right + 1, len(row)))
                looked_at += len(columns) + 1
                for column in columns:
                    if (row[column] or (number, column) in self._odd) and (number, column) != (m.top, m.left):
                        self.put_odd(number, column, OddKind.UNSEEN, row[column] or self._odd[number, column].text)
            if looked_at > 2 * MOST_CELLS:
                raise InvalidInputError(
                    f"{self.place}: sel gabungan saling menindih; berkasnya rusak. Salin tabelnya sebagai nilai saja ke berkas baru."
                )

    def _check(self, number: int, row: list[str]) -> None:
        if sum(map(len, row)) > MOST_CELL_LETTERS and (
            max(map(len, row)) > MOST_CELL_LETTERS or sum(map(len, row)) > MOST_ROW_LETTERS
        ):
            raise InvalidInputError(
                f"{self.place}: baris {number} berisi teks lebih panjang dari {display(MOST_CELL_LETTERS)} huruf dalam satu sel atau "
                f"{display(MOST_ROW_LETTERS)} huruf dalam satu baris; ini bukan tabel. Pendekkan isinya."
            )


def _within(ranges: list[tuple[int, int]], least: int, most: int) -> frozenset[int]:
    numbers: set[int] = set()
    for first, last in ranges:
        numbers.update(range(max(first, least), min(last, most) + 1))
    return frozenset(numbers)
