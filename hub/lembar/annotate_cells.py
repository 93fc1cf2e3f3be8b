"""The cells of a worksheet given other looks, in one pass over its text: what is in them stays, byte for byte. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping

from hub.lembar.annotate_xml import attribute_in, with_attribute, without_attribute
from hub.lembar.sheet_rows import column_letters, column_number, spot
from hub.lembar.spots import Spot
from hub.lembar.xml_reader import BrokenError, is_true, number

LookOf = Callable[[Spot, int], int]
"""(cell, its look) → the look it gets, which may be the same."""

_PART = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?P<name>(?:[\w.\-]++:)?(?:row|c|sheetData|col))(?=[\s/>])"
    rb"(?P<attributes>(?:[^\"'>/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(?P<empty>/?)>",
    re.DOTALL,
)
_LOOK = re.compile(rb"\ss\s*=\s*[\"'](\d{1,9})[\"']")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']")
_DIMENSION = re.compile(
    rb"(<(?:[\w.\-]++:)?dimension\s[^>]*?ref\s*=\s*[\"'])([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)([\"'])"
)


def with_looks(xml: bytes, wanted: Mapping[int, list[int]], look_of: LookOf, *, everywhere: bool) -> tuple[bytes, int]:
    """The text of a sheet whose cells got their looks, and where its cells end in it. `wanted`: row → columns in order, of cells that
    are made where there are none; `everywhere`: ask of every cell, not only of those. Raises BrokenError where it has no cells."""
    work = _Work(xml, wanted, look_of, everywhere)
    return work.done()


class _Work:
    def __init__(self, xml: bytes, wanted: Mapping[int, list[int]], look_of: LookOf, everywhere: bool) -> None:
        self._xml, self._wanted, self._look_of, self._everywhere = xml, wanted, look_of, everywhere
        self._pieces: list[bytes] = []
        self._length = self._at = 0
        self._rows_left = sorted(wanted, reverse=True)
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
            self._rows(parts)
        end = self._length
        self._copy(len(self._xml))
        return self._with_dimension(b"".join(self._pieces), end)

    def _rows(self, parts: Iterator[re.Match[bytes]]) -> None:
        row = 0
        for part in parts:
            local = _local(part)
            if local == b"sheetData" and part["end"]:
                self._copy(part.start())
                self._missing_rows(None)
                self._copy(part.end())
                return
            if local == b"row" and not part["end"]:
                row = number(attribute_in(part["attributes"], "r"), row + 1)
                while self._rows_left and self._rows_left[-1] < row:
                    self._copy(part.start())
                    self._missing_rows(row)
                columns = self._wanted.get(row, [])
                if self._rows_left and self._rows_left[-1] == row:
                    self._rows_left.pop()
                if columns or (self._everywhere and not part["empty"]):
                    self._cells(row, columns, part, parts)
        raise BrokenError

    def _cells(self, row: int, wanted: list[int], start: re.Match[bytes], parts: Iterator[re.Match[bytes]]) -> None:
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
            return
        for part in parts:
            local = _local(part)
            if local == b"row" and part["end"]:
                self._copy(part.start())
                self._missing_cells(row, left, None, own_look)
                return
            if local != b"c" or part["end"]:
                continue
            attributes = part["attributes"]
            place = _PLACE.search(attributes)
            column = column_number(place[1].decode()) - 1 if place else column + 1
            if left and left[-1] < column:
                self._copy(part.start())
                self._missing_cells(row, left, column, own_look)
            is_wanted = bool(left) and left[-1] == column
            if is_wanted:
                left.pop()
            elif not self._everywhere:
                continue
            found = _LOOK.search(attributes)
            look = int(found[1]) if found else 0
            new = self._look_of((row, column), look)
            if new != look:
                self._copy(part.start())
                self._put(with_attribute(part[0], b"s", str(new)))
                self._at = part.end()
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


def _local(part: re.Match[bytes]) -> bytes:
    name = part["name"]
    return name.rpartition(b":")[2] if name is not None else b""


def _own_look(attributes: bytes) -> int | None:
    """What a row gives cells that are not there."""
    if not is_true(attribute_in(attributes, "customFormat")):
        return None
    return number(attribute_in(attributes, "s"), 0)
