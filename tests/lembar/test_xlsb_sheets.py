"""XLSB: values, faults, and what is hidden or merged."""

import struct

from hub.lembar.files import read_sheets
from hub.lembar.sheet import Merged, Odd, OddKind
from tests.lembar.xlsb_book import COLUMNS, FAULT, MERGED, TEXT, TRUTH, book, cell, real, record, sheet, words


def test_values_faults_and_hidden_sheets() -> None:
    content = book(
        (
            "Data",
            0,
            sheet(
                cell(TEXT, 0, words("Oe\u200bseli")) + real(1, 5.0) + real(2, 0.1 + 0.2) + real(3, 12157475000.0),
                cell(TRUTH, 1, b"\1") + cell(FAULT, 2, b"\x2a") + real(3, 0.00005),
            ),
        ),
        ("Sembunyi", 1, sheet(real(0, 1.0))),
        ("Sangat", 2, sheet(real(0, 1.0))),
    )
    data, *others = read_sheets("a.xlsb", content)
    assert data.rows == [["Oeseli", "5", "0.3", "12157475000"], ["", "TRUE", "#N/A", "0.00005"]]
    assert set(data.exact) == {(1, 2), (2, 3)}
    assert data.odd == {(2, 2): Odd(OddKind.FAULT, "#N/A")}
    assert [(s.name, s.hidden) for s in (data, *others)] == [("Data", False), ("Sembunyi", True), ("Sangat", True)]


def test_hidden_rows_and_columns_and_merged_cells() -> None:
    row = b"".join(real(c, float(c)) for c in range(3))
    columns = record(COLUMNS, struct.pack("<IIIIH", 1, 1, 2304, 0, 1)) + record(
        COLUMNS, struct.pack("<IIIIH", 2, 9, 0, 0, 0)
    )
    merged = record(MERGED, struct.pack("<IIII", 0, 2, 0, 0))
    content = book(("Data", 0, sheet(row, real(1, 5.0), real(1, 6.0), hidden=1, columns=columns, after=merged)))
    (data,) = read_sheets("a.xlsb", content)
    assert (set(data.hidden_rows), set(data.hidden_columns)) == ({2}, {1, 2})
    assert data.merged == (Merged(1, 0, 3, 0),)
    assert data.rows == [["0", "1", "2"], ["", "5"], ["", "6"]]
