"""The cells of a worksheet given other looks, in one pass over its text: what is in them stays, byte for byte. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hub.lembar.annotate_xml import attribute_in, with_attribute, without_attribute
from hub.lembar.sheet_rows import column_letters, column_number, spot
from hub.lembar.spots import Spot
from hub.lembar.xml_reader import BrokenError, is_true, number

LookOf = Callable[[Spot, int], int]
"""(cell, its look) → the look it gets, which may be the same."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`cells`: row → columns in order, of cells that get another look, and are made where there are none; `looks`: those whose cells are
    asked for wherever they stand."""

    cells: Mapping[int, list[int]]
    look_of: LookOf
    looks: frozenset[int] = frozenset()


_PART = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?P<name>(?:[\w.\-]++:)?(?:row|c|sheetData|col))(?=[\s/>])"
    rb"(?P<attributes>(?:[^\"'>/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(?P<empty>/?)>",
    re.DOTALL,
)
_ROW = re.compile(
    rb"<(?P<end>/?)(?P<name>(?:[\w.\-]++:)?(?:row|sheetData))(?=[\s/>])(?P<attributes>(?:[^\"'>/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(?P<empty>/?)>"
)
_NUMBER = re.compile(rb"(?:^|\s)r=\"(\d{1,7})\"")
_LOOK = re.compile(rb"\ss\s*=\s*[\"'](\d{1,9})[\"']")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']")
_DIMENSION = re.compile(
    rb"(<(?:[\w.\-]++:)?dimension\s[^>]*?ref\s*=\s*[\"'])([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)([\"'])"
)


def with_looks(xml: bytes, wanted: Wanted) -> tuple[bytes, int]:
    """The text of a sheet whose cells got their looks, and where its cells end in it. Raises BrokenError where it has no cells."""
    return _Work(xml, wanted).done()


class _Work:
    def __init__(self, xml: bytes, wanted: Wanted) -> None:
        self._xml, self._wanted, self._look_of, self._looks = xml, wanted.cells, wanted.look_of, wanted.looks
        self._asked = _any_of(wanted.looks)
        self._has_notes = b"<!" in xml  # in which anything may stand that looks like a cell
        self._pieces: list[bytes] = []
        self._length = self._at = 0
        self._rows_left = sorted(wanted.cells, reverse=True)
        self._columns: list[tuple[int, int, int]] = []  # first, last, look
        self._made: list[Spot] = []
        self._prefix = b""

    def done(self) -> tuple[bytes, int]:
        parts = _PART.finditer(self._xml)
        for part in parts:
            local = _local(part)
            if local == b"col" and not part["end"]:
                self._column(part["attributes"])
            elif local == b"sheetData":
                self._prefix = part["name"][: -len(local)]
                break
        else:
            raise BrokenError
        if part["empty"] and not self._wanted:
            self._copy(part.end())
        elif part["empty"]:
            self._copy(part.end() - 2)
            self._put(b">")
            self._missing_rows(None)
            self._put(b"</" + part["name"] + b">")
            self._at = part.end()
        else:
            self._rows(part.end())
        end = self._length
        self._copy(len(self._xml))
        return self._with_dimension(b"".join(self._pieces), end)

    def _rows(self, start: int) -> None:
        row, at = 0, start
        while True:
            part = (_PART if self._has_notes else _ROW).search(self._xml, at)
            if part is None:
                raise BrokenError
            local, at = _local(part), part.end()
            if local == b"sheetData" and part["end"]:
                self._copy(part.start())
                self._missing_rows(None)
                self._copy(part.end())
                return
            if local == b"row" and not part["end"]:
                found = _NUMBER.search(part["attributes"])
                row = int(found[1]) if found else number(attribute_in(part["attributes"], "r"), row + 1)
                if self._rows_left and self._rows_left[-1] < row:
                    self._copy(part.start())
                    self._missing_rows(row)
                if self._rows_left and self._rows_left[-1] == row:
                    self._rows_left.pop()
                at = self._row(row, self._wanted.get(row, []), part)

    def _row(self, row: int, columns: list[int], part: re.Match[bytes]) -> int:
        """Where to go on."""
        end = part.end()
        if not part["empty"] and not self._has_notes:
            end = self._xml.find(b"</" + part["name"], end)
            if end < 0:
                raise BrokenError
            if not columns and (self._asked is None or self._asked.search(self._xml, part.end(), end) is None):
                return end
            if self._quickly(row, columns, part.end(), end):
                return end
        if columns or (self._asked is not None and not part["empty"]):
            return self._cells(row, columns, part)
        return end

    def _quickly(self, row: int, columns: list[int], start: int, end: int) -> bool:
        """Whether all the cells are there by their names, and no others are asked for; if so they are done."""
        if self._asked is not None and self._asked.search(self._xml, start, end) is not None:
            return False
        tags = []
        for column in columns:
            at = self._xml.find(b' r="%b%d"' % (column_letters(column + 1).encode(), row), start, end)
            opened = self._xml.rfind(b"<", start, at) if at >= 0 else -1
            tag = _PART.match(self._xml, opened) if opened >= 0 else None
            if tag is None or _local(tag) != b"c" or tag.end() <= at:
                return False
            tags.append((column, tag))
        for column, tag in tags:
            self._change(row, column, tag)
        return True

    def _change(self, row: int, column: int, tag: re.Match[bytes]) -> None:
        found = _LOOK.search(tag["attributes"])
        look = int(found[1]) if found else 0
        new = self._look_of((row, column), look)
        if new != look:
            self._copy(tag.start())
            self._put(with_attribute(tag[0], b"s", str(new)))
            self._at = tag.end()

    def _cells(self, row: int, wanted: list[int], start: re.Match[bytes]) -> int:
        """Cell by cell; where to go on."""
        own_look = _own_look(start["attributes"])
        left = wanted[::-1]
        column = -1
        spans = attribute_in(start["attributes"], "spans")
        if spans is not None and wanted:
            first, _, last = spans.partition(":")
            if not number(first, 1) - 1 <= wanted[0] <= wanted[-1] < number(last, 0):
                self._copy(start.start())
                self._put(without_attribute(start[0], b"spans"))
                self._at = start.end()
        if start["empty"]:
            if self._at < start.end():
                self._copy(start.end() - 2)
            else:  # its beginning was put already, with its end
                self._cut(2)
            self._put(b">")
            self._missing_cells(row, left, None, own_look)
            self._put(b"</" + start["name"] + b">")
            self._at = start.end()
            return start.end()
        for part in _PART.finditer(self._xml, start.end()):
            local = _local(part)
            if local == b"row" and part["end"]:
                self._copy(part.start())
                self._missing_cells(row, left, None, own_look)
                return part.end()
            if local != b"c" or part["end"]:
                continue
            attributes = part["attributes"]
            place = _PLACE.search(attributes)
            column = column_number(place[1].decode()) - 1 if place else column + 1
            if left and left[-1] < column:
                self._copy(part.start())
                self._missing_cells(row, left, column, own_look)
            if left and left[-1] == column:
                left.pop()
                self._change(row, column, part)
            elif self._looks and (found := _LOOK.search(attributes)) and int(found[1]) in self._looks:
                self._change(row, column, part)
        raise BrokenError

    def _missing_rows(self, before: int | None) -> None:
        while self._rows_left and (before is None or self._rows_left[-1] < before):
            row = self._rows_left.pop()
            self._put(b'<%brow r="%d">' % (self._prefix, row))
            self._missing_cells(row, self._wanted[row][::-1], None, None)
            self._put(b"</%brow>" % self._prefix)

    def _missing_cells(self, row: int, left: list[int], before: int | None, own_look: int | None) -> None:
        while left and (before is None or left[-1] < before):
            column = left.pop()
            look = own_look if own_look is not None else self._look_of_column(column)
            name = f"{column_letters(column + 1)}{row}".encode()
            self._put(b'<%bc r="%b" s="%d"/>' % (self._prefix, name, self._look_of((row, column), look)))
            self._made.append((row, column))

    def _column(self, attributes: bytes) -> None:
        first, last, look = (number(attribute_in(attributes, n), 0) for n in ("min", "max", "style"))
        if look:
            self._columns.append((first - 1, last - 1, look))

    def _look_of_column(self, column: int) -> int:
        return next((look for first, last, look in self._columns if first <= column <= last), 0)

    def _with_dimension(self, xml: bytes, end: int) -> tuple[bytes, int]:
        """`dimension` takes in the cells that were made."""
        found = _DIMENSION.search(xml, 0, min(end, 64 * 1024)) if self._made else None
        if found is None:
            return xml, end
        first, _, last = found[2].decode().partition(":")
        top, bottom = spot(first), spot(last or first)
        if top is None or bottom is None:
            return xml, end
        rows = [top[0], bottom[0], *(r for r, _ in self._made)]
        columns = [top[1], bottom[1], *(c for _, c in self._made)]
        new = (
            f"{column_letters(min(columns) + 1)}{min(rows)}:{column_letters(max(columns) + 1)}{max(rows)}"
        ).encode()  # fmt: skip
        changed = xml[: found.start(2)] + new + xml[found.end(2) :]
        return changed, end + len(changed) - len(xml)

    def _copy(self, until: int) -> None:
        if until > self._at:
            self._put(self._xml[self._at : until])
            self._at = until

    def _put(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _cut(self, count: int) -> None:
        self._pieces[-1] = self._pieces[-1][:-count]
        self._length -= count


def _any_of(looks: frozenset[int]) -> re.Pattern[bytes] | None:
    """What finds cells that may have one of these."""
    return re.compile(rb"\ss\s*=\s*[\"'](?:%b)[\"']" % b"|".join(b"%d" % n for n in sorted(looks))) if looks else None


def _local(part: re.Match[bytes]) -> bytes:
    name = part["name"]
    return name.rpartition(b":")[2] if name is not None else b""


def _own_look(attributes: bytes) -> int | None:
    """What a row gives cells that are not there."""
    if not is_true(attribute_in(attributes, "customFormat")):
        return None
    return number(attribute_in(attributes, "s"), 0)
