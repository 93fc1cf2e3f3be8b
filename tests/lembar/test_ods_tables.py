"""ODS as LibreOffice and libraries write it: the value stands beside what is shown."""

import pytest

from hub.base.errors import InvalidInputError
from hub.lembar.files import read_list, read_sheets
from hub.lembar.sheet import Merged, Odd, OddKind
from tests.lembar.far_sheets import ods
from tests.lembar.ods_book import OdsBook, cell, element, row

FORMULA, FAULT, UNSEEN = OddKind.FORMULA, OddKind.FAULT, OddKind.UNSEEN


def number(value: str, shown: str | None, kind: str = "float") -> str:
    text = "" if shown is None else f"<text:p>{shown}</text:p>"
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}">{text}</table:table-cell>'


def words(inner: str, rest: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {rest}>{inner}</table:table-cell>"


CELLS: dict[str, tuple[str, str, bool, Odd | None]] = {
    # XML, text, whether its point is that of a fraction, what is odd of it
    "a per cent": (number("0.2754", "27,54%", "percentage"), "27.54%", True, None),
    "a per cent that was rounded": (number("0.2754", "28%", "percentage"), "27.54%", True, None),
    "a whole number": (number("1799", "1.799"), "1799", False, None),
    "a whole number in English": (number("1799", "1,799.00"), "1799", False, None),
    "a fraction": (number("1.799", "1,8"), "1.799", True, None),
    "a unit": (number("1799", "1.799 KK"), "1799 KK", False, None),
    "a unit and a fraction": (number("12.5", "12,50 Ha"), "12.5 Ha", True, None),
    "a fraction rounded up": (number("9.96", "10,0 Ha"), "9.96 Ha", True, None),
    "money": (number("526700000", "Rp526.700.000", "currency"), "Rp526700000", False, None),
    "money with sen": (number("1500.5", "Rp 1.500,50", "currency"), "Rp 1500.5", True, None),
    "less than nothing": (number("-1500", "(Rp1.500)", "currency"), "-Rp1500", False, None),
    "millions": (number("526000000", "526 juta"), "526000000", False, None),
    "a code with zeros in front": (number("5", "05"), "05", False, None),
    "a code of ten digits": (number("5314010001", "5314010001"), "5314010001", False, None),
    "a code with points": (number("5314010001", "53.14.01.0001"), "53.14.01.0001", False, None),
    "a power": (number("12157475000", "1,22E+10"), "12157475000", False, None),
    "binary dust": (number("0.30000000000000004", "0,3"), "0.3", True, None),
    "something small": (number("5E-5", "0"), "0.00005", True, None),
    "a library's number": (number("7", None), "7", False, None),
    "nothing shown": (number("7", ""), "", False, Odd(UNSEEN, "7")),
    "a zero written as a stroke": (number("0", "-"), "0", False, None),
    "a day": (words("<text:p>05/03/21</text:p>", 'office:value-type="date" office:date-value="2021-03-05"'), "2021-03-05", False, None),
    "a moment": (
        words("<text:p>x</text:p>", 'office:value-type="date" office:date-value="2021-03-05T08:30:00"'),
        "2021-03-05 08:30:00", False, None,
    ),
    "a time": (words("<text:p>x</text:p>", 'office:value-type="time" office:time-value="PT08H30M00S"'), "08:30:00", False, None),
    "a truth": (
        words("<text:p>BENAR</text:p>", 'office:value-type="boolean" office:boolean-value="true"'), "TRUE", False, None,
    ),
    "lines, spaces, parts": (
        words("<text:p>Desa <text:span>Oe</text:span>seli<text:s text:c=\"2\"/>x</text:p><text:p>dua</text:p>"),
        "Desa Oeseli  x\ndua", False, None,
    ),
    "a comment is no content": (
        words("<office:annotation><text:p>periksa</text:p></office:annotation><text:p>Oeseli</text:p>"), "Oeseli", False, None,
    ),
    "a text with a figure": (words("<text:p>2 X 11 Kayu Tanam</text:p>"), "2 X 11 Kayu Tanam", False, None),
    "invisible signs": (words("<text:p>Oe\u200bseli\u00a0x</text:p>"), "Oeseli x", False, None),
    "a formula with its result": (
        words("<text:p>5</text:p>", 'table:formula="of:=2+3" office:value-type="float" office:value="5"'), "5", False, None,
    ),
    "a formula without one": (words("", 'table:formula="of:=2+3"'), "", False, Odd(FORMULA, "=2+3")),
    "a formula without a value": (
        words("", 'table:formula="of:=2+3" office:value-type="float"'), "", False, Odd(FORMULA, "=2+3"),
    ),
    "a formula that failed": (
        words(
            "<text:p>#DIV/0!</text:p>",
            'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error" '
            'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
        ),
        "#DIV/0!", False, Odd(FAULT, "#DIV/0!"),
    ),
    "a formula that failed long ago": (
        words("<text:p>Err:502</text:p>", 'table:formula="of:=X()" office:value-type="float" office:value="0"'),
        "Err:502", False, Odd(FAULT, "Err:502"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "text", "exact", "odd"), CELLS.values(), ids=CELLS)
def test_a_cell_says_what_was_written(xml: str, text: str, exact: bool, odd: Odd | None) -> None:
    (read,) = read_sheets("a.ods", ods(f"<table:table-row>{xml}{words('<text:p>akhir</text:p>')}</table:table-row>"))
    assert read.rows == [[text, "akhir"]]
    assert ((1, 0) in set(read.exact), read.odd.get((1, 0))) == (exact, odd)


def test_thousands_and_millions_that_are_shown_are_not_what_is_held() -> None:
    style = (
        '<number:number-style style:name="N1"><number:number number:display-factor="1000"/></number:number-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ce2" style:family="table-cell"/>'
    )
    cells = number("1799", "1,799 ribu").replace("<table:table-cell", '<table:table-cell table:style-name="ce1"')
    cells += number("1799", "1.799 KK").replace("<table:table-cell", '<table:table-cell table:style-name="ce2"')
    spaces = "".join(f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("number", "style"))
    whole = f"<office:automatic-styles{spaces.replace('number:1.0', 'datastyle:1.0')}>{style}</office:automatic-styles><office:body>"
    content = ods(f"<table:table-row>{cells}</table:table-row>", around=("<office:body>", whole))
    assert read_sheets("a.ods", content)[0].rows == [["1799", "1799 KK"]]


def test_what_is_hidden_is_told() -> None:
    book = OdsBook()
    flat = book.style("table-row", {"style:row-height": "0cm"})
    narrow = book.style("table-column", {"style:column-width": "0mm"})
    wide = book.style("table-column", {"style:column-width": "2.5cm"})
    unseen = book.style("table", {"table:display": "false"})
    columns = [
        element("table:table-column", about)
        for about in (
            {"table:style-name": wide, "table:number-columns-repeated": 2},
            {"table:style-name": narrow},
            {"table:visibility": "collapse"},
            {"table:visibility": "filter", "table:number-columns-repeated": 16000},
        )
    ]
    rows = [
        row(cell(c) for c in "abcde"),
        row([cell("x")], {"table:visibility": "collapse"}),
        row([cell("y")], {"table:visibility": "filter", "table:number-rows-repeated": 2}),
        row([cell("z")], {"table:style-name": flat}),
        row([cell("akhir")]),
    ]
    book.table("Data", rows, columns)
    book.table("Sembunyi", [row([cell("x")])], style=unseen)
    data, other = read_sheets("a.ods", book.content())
    assert [(s.name, s.hidden) for s in (data, other)] == [("Data", False), ("Sembunyi", True)]
    assert (set(data.hidden_rows), set(data.hidden_columns)) == ({2, 3, 4, 5}, {2, 3, 4})
    assert data.rows == [["a", "b", "c", "d", "e"], ["x"], ["y"], ["y"], ["z"], ["akhir"]]


def test_merged_cells_and_what_they_cover() -> None:
    book = OdsBook()
    book.table(
        "Data",
        [
            row([cell("Lobalain", {"table:number-rows-spanned": 2}), cell("a")]),
            row([cell(None, covered=True), cell("b")]),
            row([cell("c", {"table:number-columns-spanned": 2}), cell(7, covered=True)]),
        ],
    )
    (read,) = read_sheets("a.ods", book.content())
    assert read.merged == (Merged(1, 0, 2, 0), Merged(3, 0, 3, 1))
    assert (read.rows, read.odd) == ([["Lobalain", "a"], ["", "b"], ["c", ""]], {(3, 1): Odd(UNSEEN, "7")})


def test_groups_that_are_folded_in_and_rows_of_headers() -> None:
    rows = (
        f"<table:table-header-rows><table:table-row>{words('<text:p>a</text:p>')}</table:table-row></table:table-header-rows>"
        f'<table:table-row-group table:display="false"><table:table-row>{words("<text:p>b</text:p>")}</table:table-row>'
        f"</table:table-row-group><table:table-row>{words('<text:p>c</text:p>')}</table:table-row>"
    )
    (read,) = read_list("a.ods", ods(rows))
    assert (read.rows, set(read.hidden_rows)) == ([["a"], ["b"], ["c"]], {2})


def test_a_repeated_cell_stands_in_each_of_its_places() -> None:
    cell = number("5", "5").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="3"')
    row = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'
    (read,) = read_sheets("a.ods", ods(row))
    assert read.rows == [["5"] * 3] * 2


def test_what_another_file_once_said_is_no_sheet() -> None:
    row = f"<table:table-row>{words('<text:p>a</text:p>')}</table:table-row>"
    more = f'</table:table><table:table table:name="\'file:///b.ods\'#$A" table:style-name="ta_extref">{row}'
    assert [s.name for s in read_sheets("a.ods", ods(row + more))] == ["Data"]


@pytest.mark.parametrize("broken", ["<table:table-row>", "</table:table>", "<table:table-row><x>"])
def test_a_broken_file_is_said_to_be_one(broken: str) -> None:
    with pytest.raises(InvalidInputError, match=r"a\.ods tidak dapat dibaca"):
        read_sheets("a.ods", ods(broken))
