"""What stands below a header, sorted: rows of the table, sections, the header again, the foot. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from hub.lembar.row_words import (
    has_bullet,
    is_caption,
    is_figure,
    is_foot,
    is_signature,
    is_total,
    level_named,
    mark_of,
)
from hub.lembar.table import Reason
from hub.lembar.table_header import Grid, Header

_THIN = 3  # cells: a row with more of them is none of words alone
_SENTENCE = 40  # letters: longer than names are
_FEW = 0.2  # share of rows that may look like a section and be rows all the same
_LEVEL_WORDS = {2: ("kab", "kota"), 3: ("kec",), 4: ("desa", "kel")}


class Kind(Enum):
    ROW = "row"
    REPEATED = "repeated"
    NUMBERING = "numbering"


@dataclass(frozen=True, slots=True)
class Item:
    """A row below a header that holds something. `row`: from 0; `places`: its columns that do; `gap`: the row above is blank."""

    row: int
    places: list[int]
    kind: Kind = Kind.ROW
    gap: bool = False


Sorted = list[tuple[Item, Reason | None, tuple[str, ...]]]
"""Every row, why it is none of the table's, and the sections it stands under."""


class Body:
    """The rows below one header."""

    def __init__(self, grid: Grid, header: Header, items: Sequence[Item]) -> None:
        self._grid = grid
        self._header = header
        self._items = items
        self._first = min(header.identifying)
        self._numbering = header.numbering
        if self._numbering is None:
            self._numbering = self._unnamed_numbering()
        self._looks: dict[int, tuple[dict[object, int], int]] = {}
        self._below: list[Item | None] = []  # from every row on down, the first that is full
        self._stack: list[tuple[object, str]] = []

    def sorted(self, sections: Sequence[str]) -> Sorted:
        """`sections`: those that were named above the header."""
        self._stack = [(("level", level_named(s)), s) for s in sections]
        done: Sorted = []
        waiting: list[tuple[int, Item]] | None = (
            None  # what stands below a foot: of it, unless rows of the table follow
        )
        last_number = 0
        for at, item in enumerate(self._items):
            number = self._number(item)
            if item.kind is not Kind.ROW:
                done += self._rest(waiting or [])
                waiting = None
                self._put(done, item, Reason.REPEATED_HEADER if item.kind is Kind.REPEATED else Reason.NUMBERING)
                continue
            if self._is_caption(item, at):
                self._put(done, item, Reason.TITLE)
                continue
            if waiting is None and self._is_foot(item):
                waiting = []
            if waiting is not None:
                if not self._is_certain(item, number, last_number):
                    waiting.append((at, item))
                    continue
                done += self._rest(waiting)
                waiting = None
            last_number = number or last_number
            self._sort(done, item, at)
        self._foot(done, [item for _, item in waiting or []])
        return done

    def _is_caption(self, item: Item, at: int) -> bool:
        """Whether a row numbers the table that the header below it goes on with: "Tabel 1 (lanjutan)"."""
        following = self._items[at + 1] if at + 1 < len(self._items) else None
        if following is None or following.kind is not Kind.REPEATED or len(item.places) > 1 or self._is_odd(item):
            return False
        return is_caption(self.text(item))

    # -- the foot

    def _rest(self, waiting: list[tuple[int, Item]]) -> Sorted:
        """What stood below a foot that was none of the table's: a page's, in the middle of it."""
        done: Sorted = []
        for at, item in waiting:
            if self._is_foot(item):
                self._put(done, item, Reason.FOOTER)
            else:
                self._sort(done, item, at)
        return done

    def _foot(self, done: Sorted, waiting: list[Item]) -> None:
        while done and done[-1][1] is None and self._is_note(done[-1][0], signed=bool(waiting)):
            waiting.insert(0, done.pop()[0])
        for item in waiting:
            self._put(done, item, Reason.FOOTER)

    def _is_note(self, item: Item, *, signed: bool) -> bool:
        """Whether the last row is none: a sentence beside the columns, or a name above what signs."""
        if len(item.places) != 1 or self._is_odd(item):
            return False
        place, text = item.places[0], self._grid.rows[item.row][item.places[0]]
        if place in self._header.identifying or is_figure(text) or is_total(text):
            return False
        return len(text) > _SENTENCE or (signed and place != self._numbering)

    def _is_foot(self, item: Item) -> bool:
        if len(item.places) > _THIN or self._is_odd(item) or self._number(item):
            return False
        cells = self._grid.rows[item.row]
        first, last = cells[item.places[0]], cells[item.places[-1]]
        if any(is_figure(cells[p]) for p in item.places):
            return False
        if is_foot(first):
            return True
        if self._first in item.places:
            return False
        return is_signature(first) or is_foot(last) or is_signature(last)

    def _is_certain(self, item: Item, number: int, last_number: int) -> bool:
        """Whether a row below a foot is one of the table: it counts something of something, or goes on with the numbers."""
        if self._is_odd(item) or (number and number == last_number + 1 and len(item.places) > 1):
            return True
        cells = self._grid.rows[item.row]
        figures = [p for p in item.places if p != self._numbering and cells[p] and is_figure(cells[p])]
        named = any(p in self._header.identifying or p <= self._first for p in item.places if p not in figures)
        titled = [p for p in figures if p < len(self._header.parts) and self._header.parts[p]]
        return bool(named and titled) or (bool(number) and len(item.places) > _THIN)

    # -- sections

    def _sort(self, done: Sorted, item: Item, at: int) -> None:
        look = self._section(item, at)
        if look is None:
            self._put(done, item, None)
            return
        text = self.text(item)
        self._leave(look)
        self._put(done, item, Reason.SECTION)
        self._stack.append((look, text))

    def _leave(self, look: object) -> None:
        """Ends the sections that one of this look ends: its like and what is further in."""
        for depth, (open_look, _) in enumerate(self._stack):
            if open_look == look or (_level(open_look) and _level(look) and _level(open_look) > _level(look)):
                del self._stack[depth:]
                return

    def _section(self, item: Item, at: int) -> object | None:
        """What a section row looks like; None: it is a row."""
        if len(item.places) > 2 or self._is_odd(item):
            return None
        cells = self._grid.rows[item.row]
        place, text = item.places[-1], cells[item.places[-1]]
        mark, level = mark_of(text)[0], level_named(text)
        if len(item.places) == 2:
            mark, rest = mark_of(cells[item.places[0]])
            if rest.strip() or mark is None or item.places[0] > self._first:
                return None
        if (is_figure(text) and mark is None) or is_total(text) or not any(h.isalpha() for h in text):
            return None
        following = self._following(at)
        if following is None or place > max(self._first, *self._header.identifying):
            return None
        look: object = ("level", level) if level else ("mark", mark) if mark else ("plain",)
        if self._is_wide(item):
            return look
        numbered = len(item.places) == 2 and mark == "1"
        return look if self._stands_over(text, place, level, mark, numbered, following) else None

    def _stands_over(
        self, text: str, place: int, level: int | None, mark: str | None, numbered: bool, following: Item
    ) -> bool:
        if following.kind is not Kind.ROW:
            if level is None or numbered:
                return False
            return place not in self._header.identifying or self._is_level_above(level, place, "")
        cells = self._grid.rows[following.row]
        below = cells[place] if place < len(cells) else ""
        below_numbered = self._number(following) > 0
        if text.endswith(":") or (has_bullet(below) and not has_bullet(text)):
            return not numbered or not below_numbered
        if numbered and (below_numbered or level is None):
            return False
        if place not in self._header.identifying:
            return place == self._numbering or not below or is_figure(below)
        if level is not None:
            return self._is_level_above(level, place, below)
        if mark is not None and not numbered:
            return self._share(place, ("mark", mark)) == 0
        return below_numbered and self._number(following) == 1 and self._numbering != place

    def _is_level_above(self, level: int, place: int, below: str) -> bool:
        """Whether the rows of a column are further in than this level; a region's row without figures is no section."""
        level_below = level_named(below)
        if level_below is not None:
            return level_below > level
        # below "Kecamatan" a kecamatan is what the rows are of, unless they are also of a desa
        titles = [" ".join(self._header.parts[i]).casefold() for i in self._header.identifying]
        deeper = [w for n, words in _LEVEL_WORDS.items() if n > level for w in words]
        if any(w in " ".join(self._header.parts[place]).casefold() for w in _LEVEL_WORDS.get(level, ())) and not any(
            w in t for t in titles for w in deeper
        ):
            return False
        return self._share(place, ("level", level)) <= _FEW

    def _following(self, at: int) -> Item | None:
        """The row below, past other sections: the first that is full, or the header again."""
        if not self._below:
            self._below = [None] * (len(self._items) + 1)
            for n in range(len(self._items) - 1, -1, -1):
                item = self._items[n]
                if item.kind is Kind.REPEATED:
                    self._below[n] = item
                elif self._is_full(item):
                    self._below[n] = None if is_total(self.text(item)) else item
                elif item.kind is not Kind.ROW or self._may_be_section(item):
                    self._below[n] = self._below[n + 1]
        return self._below[at + 1]

    def _may_be_section(self, item: Item) -> bool:
        cells = self._grid.rows[item.row]
        text = cells[item.places[-1]] if item.places[-1] < len(cells) else ""
        return len(item.places) <= 2 and (
            self._is_wide(item) or level_named(text) is not None or mark_of(text)[0] in ("A", "I")
        )

    def _is_full(self, item: Item) -> bool:
        if item.kind is not Kind.ROW or self._is_foot(item):
            return False
        return len(item.places) > 2 or self._is_odd(item) or self._number(item) > 0 or self._has_figure(item)

    def _has_figure(self, item: Item) -> bool:
        cells = self._grid.rows[item.row]
        return any(cells[p] and is_figure(cells[p]) for p in item.places if p not in self._header.identifying)

    def _share(self, place: int, look: object) -> float:
        """How many of the full rows look so in that column."""
        if place not in self._looks:
            counted: dict[object, int] = {}
            rows = 0
            for item in self._items:
                cells = self._grid.rows[item.row]
                if not self._is_full(item) or place >= len(cells) or not cells[place]:
                    continue
                rows += 1
                mark = mark_of(cells[place])[0]
                looks: list[object] = [("mark", mark)]
                if mark in ("A", "I", "a", "i"):
                    looks = [("mark", "A"), ("mark", "I")] if mark in ("A", "I") else [("mark", "a"), ("mark", "i")]
                looks.append(("level", level_named(cells[place])))
                for each in looks:
                    counted[each] = counted.get(each, 0) + 1
            self._looks[place] = (counted, rows)
        counted, rows = self._looks[place]
        return counted.get(look, 0) / rows if rows else 0.0

    # -- what a row is

    def text(self, item: Item) -> str:
        cells = self._grid.rows[item.row]
        return " ".join(" ".join(cells[p].split()) for p in item.places if p < len(cells) and cells[p])

    def _put(self, done: Sorted, item: Item, reason: Reason | None) -> None:
        done.append((item, reason, tuple(text for _, text in self._stack)))

    def _is_odd(self, item: Item) -> bool:
        return item.row in self._grid.odd

    def _number(self, item: Item) -> int:
        """The number of a row in its table; 0: it has none."""
        cells = self._grid.rows[item.row]
        if self._numbering is None or self._numbering >= len(cells):
            return 0
        text = cells[self._numbering].rstrip(".) ").removesuffix(",0").removesuffix(".0")
        return int(text) if text.isdigit() and text.isascii() and len(text) < 7 else 0

    def _is_wide(self, item: Item) -> bool:
        """Whether one cell goes over most of the table."""
        titled = sum(1 for p in self._header.parts if p)
        return any(
            m.top == m.bottom
            and m.left == item.places[-1]
            and (m.right - m.left + 1) * 2 >= titled
            and m.right > self._first
            for m in self._grid.merges.get(item.row, ())
        )

    def _unnamed_numbering(self) -> int | None:
        """A column without a title, left of what identifies, that holds the numbers of the rows."""
        for place in range(self._first):
            if place < len(self._header.parts) and self._header.parts[place]:
                continue
            # sections and footers stand alone in their row: they are nobody's numbers, and may be more than the rows
            several = (i for i in self._items[:50] if len(i.places) > 1)
            texts = [c[place] for i in several if place < len(c := self._grid.rows[i.row])]
            if any(texts) and sum(1 for t in texts if t[:1].isdigit()) * 2 >= sum(1 for t in texts if t):
                return place
        return None


def _level(look: object) -> int:
    return look[1] if isinstance(look, tuple) and look[0] == "level" and isinstance(look[1], int) else 0
