"""Cells of XLSX as Excel, LibreOffice and libraries write them, each with what a person sees in it."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from hub.base.errors import InvalidInputError
from hub.lembar.files import read_sheets
from hub.lembar.sheet import Odd, OddKind, Sheet
from tests.lembar.far_sheets import HEAD, TABLE, shared_texts, sheet, text_cell, xlsx
from tests.lembar.xlsx_book import MAIN

FORMULA, FAULT, UNSEEN = OddKind.FORMULA, OddKind.FAULT, OddKind.UNSEEN


def one(content: bytes) -> Sheet:
    (read,) = read_sheets("a.xlsx", content)
    return read


def by_openpyxl(fill: Callable[[Any], None]) -> Sheet:
    book = openpyxl.Workbook()
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return one(content.getvalue())


def by_xlsxwriter(fill: Callable[[Any, Any], None], **options: Any) -> Sheet:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet())
    return one(content.getvalue())


VALUES = [
    # value, format, text, whether its point is that of a fraction
    (0.2754, "0.00%", "27.54%", True),
    (0.27, "0%", "27%", False),
    (1799, '0" KK"', "1799 KK", False),
    (526700000, '"Rp"#,##0', "Rp526700000", False),
    (-1500, "#,##0.00_);(#,##0.00)", "-1500", False),
    (5, "00", "05", False),
    (5314010001, "0000000000", "5314010001", False),
    (5314010001, '00"."00"."00"."0000', "53.14.01.0001", False),
    (526000000, '#,##0,,"juta"', "526000000", False),
    (12157475000, "General", "12157475000", False),
    (100000.0, "0.E+00", "100000", False),
    (0.00005, "General", "0.00005", True),
    (0.1 + 0.2, "General", "0.3", True),
    (1.799, "General", "1.799", True),
    ("1.799", "@", "1.799", False),
    ("005", "@", "005", False),
    (True, "General", "TRUE", False),
    (False, "General", "FALSE", False),
    (date(2021, 3, 5), "dd/mm/yyyy", "2021-03-05", False),
    (datetime(2021, 3, 5, 8, 30), "dd/mm/yyyy hh:mm", "2021-03-05 08:30:00", False),
    (time(8, 30), "hh:mm", "08:30:00", False),
    ("a\nb", "General", "a\nb", False),
    ("a\u200bb\u00a0c", "General", "ab c", False),
    ("_x000D_", "General", "_x000D_", False),
]


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_a_cell_says_what_was_written(writer: str) -> None:
    def fill_openpyxl(s: Any) -> None:
        for n, (value, code, _, _) in enumerate(VALUES, 1):
            s.cell(n, 2, value).number_format = code

    def fill_xlsxwriter(book: Any, s: Any) -> None:
        for n, (value, code, _, _) in enumerate(VALUES):
            look = book.add_format({"num_format": code})
            if isinstance(value, date | time):
                s.write_datetime(n, 1, value, look)
            else:
                s.write(n, 1, value, look)

    read = by_openpyxl(fill_openpyxl) if writer == "openpyxl" else by_xlsxwriter(fill_xlsxwriter)
    # openpyxl writes such a text as it is, and whoever reads it unescapes it
    skipped = {n for n, v in enumerate(VALUES) if writer == "openpyxl" and v[0] == "_x000D_"}
    assert [r[1] for n, r in enumerate(read.rows) if n not in skipped] == [
        text for n, (_, _, text, _) in enumerate(VALUES) if n not in skipped
    ]
    assert {number - 1 for number, column in read.exact if column == 1} == {n for n, v in enumerate(VALUES) if v[3]}
    assert not read.odd


def test_days_counted_from_1904() -> None:
    read = by_xlsxwriter(
        lambda book, s: s.write_datetime(0, 0, datetime(2021, 3, 5), book.add_format({"num_format": "d/m/yy"})),
        date_1904=True,
    )
    assert read.rows == [["2021-03-05"]]


def test_a_formula_without_a_result_is_no_empty_cell() -> None:
    def fill(s: Any) -> None:
        s.append(["wilayah", "REH09"])
        s.append(["Oeseli", "=2+3"])

    read = by_openpyxl(fill)
    assert read.odd == {(2, 1): Odd(FORMULA, "=2+3")}
    assert read.rows == [["wilayah", "REH09"], ["Oeseli", ""]]


def test_a_zero_that_was_never_worked_out_is_no_result_either() -> None:
    def fill(_: Any, s: Any) -> None:
        s.write_formula("A1", "=2+3")
        s.write_formula("A2", "=2+3", None, 5)
        s.write("A3", 0)

    read = by_xlsxwriter(fill)
    assert read.odd == {(1, 0): Odd(FORMULA, "=2+3")}
    assert read.rows == [[""], ["5"], ["0"]]


def cell(reference: str, inner: str, rest: str = "") -> str:
    return f'<row r="{reference.lstrip("ABCDEFGH")}"><c r="{reference}"{rest}>{inner}</c></row>'


RAW: dict[str, tuple[str, str, Odd | None]] = {
    # XML of the cell B2, its text, what is odd of it
    "a formula with its result": (cell("B2", "<f>2+3</f><v>5</v>"), "5", None),
    "a formula with an empty value": (cell("B2", "<f>A1</f><v/>"), "", Odd(FORMULA, "=A1")),
    "a formula that gave an empty text": (cell("B2", '<f>IF(A1,"","")</f><v></v>', ' t="str"'), "", None),
    "a formula that should give a text and has none": (cell("B2", "<f>A1</f>", ' t="str"'), "", Odd(FORMULA, "=A1")),
    "a formula that gave a text": (cell("B2", "<f>A1</f><v>Oeseli</v>", ' t="str"'), "Oeseli", None),
    "a fault": (cell("B2", "<v>#N/A</v>", ' t="e"'), "#N/A", Odd(FAULT, "#N/A")),
    "a formula that failed": (cell("B2", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"'), "#DIV/0!", Odd(FAULT, "#DIV/0!")),
    "rich text": (
        cell("B2", '<is><r><t>Ba</t></r><r><t xml:space="preserve">\u00a0a </t></r></is>', ' t="inlineStr"'), "Ba a ", None,
    ),
    "how a word is spoken": (
        cell("B2", '<is><t>Ba</t><rPh sb="0" eb="1"><t>BAA</t></rPh><phoneticPr/></is>', ' t="inlineStr"'), "Ba", None,
    ),
    "a shared text with both": (cell("B2", "<v>1</v>", ' t="s"'), "Ba\ra", None),
    "a day written out": (cell("B2", "<v>2021-03-05T00:00:00</v>", ' t="d"'), "2021-03-05", None),
    "a truth": (cell("B2", "<v>1</v>", ' t="b"'), "TRUE", None),
    "a whole number of 16 digits": (cell("B2", "<v>3171234567890123</v>"), "3171234567890123", None),
    "a power": (cell("B2", "<v>1.2157475E10</v>"), "12157475000", None),
    "binary dust": (cell("B2", "<v>0.27539999999999998</v>"), "0.2754", None),
    "a cell of an array formula": (
        '<row r="2"><c r="B2"><f t="array" ref="B2:B3">A1:A2</f></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3"/></row>',
        "", Odd(FORMULA, "=A1:A2"),
    ),
    "references of dollars": (cell("B2", "<v>5</v>").replace('"B2"', '"$B$2"'), "5", None),
    "small letters": (cell("B2", "<v>5</v>").replace('"B2"', '"b2"'), "5", None),
    "no references": ("<row><c/></row><row><c/><c><v>5</v></c></row>", "5", None),
    "what is no number": (cell("B2", "<v>lima</v>"), "lima", None),
    "a style there is not": (cell("B2", "<v>5</v>", ' s="99"'), "5", None),
}  # fmt: skip
SHARED = f'<sst xmlns="{MAIN}"><si><t>x</t></si><si><r><t>Ba_x000D_</t></r><r><t>a</t></r><rPh sb="0" eb="1"><t>BAA</t></rPh></si></sst>'


@pytest.mark.parametrize(("rows", "text", "odd"), RAW.values(), ids=RAW)
def test_a_cell_as_it_stands_in_the_file(rows: str, text: str, odd: Odd | None) -> None:
    read = one(xlsx(sheet(rows), shared=SHARED))
    row = read.rows[1] if len(read.rows) > 1 else []
    assert (row[1] if len(row) > 1 else "") == text
    assert read.odd.get((2, 1)) == odd


def test_shared_and_array_formulas_name_each_of_their_cells() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="array" ref="B3:B5">A1:A3</f></c></row>'
        '<row r="4"><c r="A4"><v>4</v></c></row><row r="5"><c r="A5"><v>5</v></c><c r="B5"/></row>'
    )
    odd = {spot: o.text for spot, o in one(xlsx(sheet(rows))).odd.items()}
    assert odd == {(1, 1): "=A1*2", (2, 1): "=A1*2", (3, 1): "=A1:A3", (4, 1): "=A1:A3", (5, 1): "=A1:A3"}


def test_a_text_that_is_not_there_makes_the_file_a_broken_one() -> None:
    with pytest.raises(InvalidInputError, match="tidak dapat dibaca sebagai lembar kerja"):
        one(xlsx(sheet(cell("A1", "<v>7</v>", ' t="s"')), shared=shared_texts("x")))


def test_a_cell_whose_format_shows_nothing_is_told() -> None:
    def fill(s: Any) -> None:
        s.append([5, "Oeseli", 0, 7])
        s.append([1, 1, 1, 1])
        for column, code in enumerate((";;;", ";;;", "0;-0;;@", "0"), 1):
            s.cell(1, column).number_format = code

    read = by_openpyxl(fill)
    assert read.odd == {(1, 0): Odd(UNSEEN, "5"), (1, 1): Odd(UNSEEN, "Oeseli"), (1, 2): Odd(UNSEEN, "0")}
    assert read.rows[0] == ["", "", "", "7"]


def test_zeros_that_a_sheet_does_not_show_are_told() -> None:
    def fill(s: Any) -> None:
        s.append([0, 7])
        s.sheet_view.showZeros = False

    read = by_openpyxl(fill)
    assert (read.rows, read.odd) == ([["", "7"]], {(1, 0): Odd(UNSEEN, "0")})


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("strict", [False, True])
def test_strict_and_prefixed_files_are_read_alike(prefix: str, strict: bool) -> None:
    text = sheet(HEAD + f'<row r="3">{text_cell("A3", "Ba&amp;a")}<c r="B3"><v>7</v></c></row>')
    if prefix:
        text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    if strict:
        text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert one(xlsx(text)).rows == [*TABLE, ["Ba&a", "7"]]
