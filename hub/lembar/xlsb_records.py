"""The records of an XLSB that say what its values do not: faults, hidden rows and columns, merged cells. Formats are not read."""

import struct
from collections.abc import Iterator

from hub.lembar.sheet import Merged, OddKind
from hub.lembar.sheet_rows import SheetRows
from hub.lembar.xlsx_book import Parts
from hub.lembar.xml_reader import BrokenError

_ROW, _FAULT, _FORMULA_FAULT, _COLUMNS, _MERGED, _SHEET = 0x00, 0x03, 0x0B, 0x3C, 0xB0, 0x9C
_NO_HEIGHT = 0x10
_FAULTS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def sheet_parts(parts: Parts, part: str) -> dict[str, str]:
    """Name of a sheet → the part it is in. Raises BrokenError, KeyError."""
    targets = {name: target for name, _, target in parts.linked(part)}
    with parts.open(part) as opened:
        content = opened.read()
    found: dict[str, str] = {}
    for kind, data in _records(content):
        if kind == _SHEET:
            link, end = _text(data, 8)
            name, _ = _text(data, end)
            found[name] = targets.get(link, "")
    return found


def mark(rows: SheetRows, content: bytes) -> None:
    """Put what the records say of a sheet beside its cells. Raises BrokenError, InvalidInputError."""
    row = 0
    try:
        for kind, data in _records(content):
            if kind == _ROW:
                row = int.from_bytes(data[:4], "little") + 1
                if data[11:12] and data[11] & _NO_HEIGHT:
                    rows.hide_rows(row, row)
            elif kind in (_FAULT, _FORMULA_FAULT):
                column, _, fault = struct.unpack_from("<IIB", data)
                rows.put_odd(row, column, OddKind.FAULT, _FAULTS.get(fault, "#"))
            elif kind == _COLUMNS:
                first, last, width, _, flags = struct.unpack_from("<IIIIH", data)
                if flags & 1 or not width:
                    rows.hide_columns(first, last)
            elif kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<IIII", data)
                rows.merge(Merged(top + 1, left, bottom + 1, right))
    except struct.error:
        raise BrokenError from None


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and data of each: both numbers are of seven bits a byte, the lowest first."""
    at, length = 0, len(content)
    while at < length:
        kind = content[at]
        at += 1
        if kind & 0x80 and at < length:
            kind = kind & 0x7F | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < length and shift < 28:
            byte = content[at]
            at, size, shift = at + 1, size | (byte & 0x7F) << shift, shift + 7
            if not byte & 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def _text(data: bytes, at: int) -> tuple[str, int]:
    """What stands there, and where it ends."""
    end = at + 4 + 2 * int.from_bytes(data[at : at + 4], "little")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
