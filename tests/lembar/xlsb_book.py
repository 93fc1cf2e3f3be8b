"""A small XLSB workbook, written by hand, record by record: nothing else writes it."""

import struct

from tests.lembar.far_sheets import packed
from tests.lembar.xlsx_book import PACKAGES, RELATIONSHIPS

_SHEET, _END_SHEETS, _CALCULATION = 0x9C, 0x90, 0x9D
_BEGIN, _EXTENT, _BEGIN_CELLS, _END_CELLS, _END = 0x81, 0x94, 0x91, 0x92, 0x82
COLUMNS, MERGED = 0x3C, 0xB0
_ROW, FAULT, TRUTH, _REAL, TEXT = 0, 3, 4, 5, 6


def record(kind: int, data: bytes = b"") -> bytes:
    named = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return named + bytes([len(data)]) + data


def words(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(kind: int, column: int, data: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + data)


def sheet(*rows: bytes, hidden: int = -1, columns: bytes = b"", after: bytes = b"") -> bytes:
    """`hidden`: number of a row, from 0."""
    cells = b"".join(
        record(_ROW, struct.pack("<I", n) + bytes(7) + (b"\x10" if n == hidden else b"\0") + bytes(5)) + row
        for n, row in enumerate(rows)
    )
    extent = record(_EXTENT, struct.pack("<IIII", 0, len(rows), 0, 9))
    return record(_BEGIN) + extent + columns + record(_BEGIN_CELLS) + cells + record(_END_CELLS) + after + record(_END)


def book(*sheets: tuple[str, int, bytes]) -> bytes:
    """Each: its name, whether it is hidden (0, 1, 2), its records."""
    listed = b"".join(
        record(_SHEET, struct.pack("<II", state, n) + words(f"r{n}") + words(name))
        for n, (name, state, _) in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/s{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    start = f'<Relationship Id="a" Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.bin"/>'
    return packed(
        [
            ("_rels/.rels", f'<Relationships xmlns="{PACKAGES}/relationships">{start}</Relationships>'),
            ("xl/workbook.bin", listed + record(_END_SHEETS) + record(_CALCULATION)),
            ("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{PACKAGES}/relationships">{links}</Relationships>'),
            *((f"xl/worksheets/s{n}.bin", records) for n, (_, _, records) in enumerate(sheets, 1)),
        ]
    )


def real(column: int, value: float) -> bytes:
    return cell(_REAL, column, struct.pack("<d", value))
