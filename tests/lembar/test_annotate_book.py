"""A workbook annotated: what is added is right and complete, everything else is what it was, byte for byte."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from hub.base.temuan import ERROR, INFO, WARNING
from hub.lembar.annotate_book import annotated_book, ending_of
from hub.lembar.annotate_notes import Earlier
from hub.lembar.annotate_styles import COLOURS
from hub.lembar.annotated import settled
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_reader import read_workbook
from hub.lembar.xml_reader import BrokenError
from tests.lembar.annotated_books import (
    changed,
    note,
    packed_parts,
    parts_of,
    picture,
    plain_book,
    rich_book,
    with_prefixes,
    wrong_links,
)

CHANGED = {
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml",
    "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
}  # fmt: skip
NOTES = [
    note("A5", level=WARNING, message="Ejaan lain.", proposal="53.14.01.2006 Oebou", written="Oebau"),
    note("B5", number=2), note("B4", number=3, level=INFO), note("D9", number=4), note("C20", number=5, level=INFO),
    replace(note("A1", number=6), sheet="", row=0),
]  # fmt: skip


def sheets_of(content: bytes) -> list[Sheet]:
    return list(read_workbook("rekap.xlsx", content))


def loaded(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=True)


def rest_of(cell: Any) -> list[str]:
    """Its look but for the fill."""
    return [cell.number_format, *(repr(x) for x in (cell.font, cell.border, cell.alignment, cell.protection))]


def test_what_does_not_have_to_change_goes_over_as_it_is_packed_and_in_its_order() -> None:
    book = rich_book()
    made = annotated_book(book, NOTES, None)
    old, new = packed_parts(book), packed_parts(made)
    assert [*new][: len(old)] == [*old]
    assert {n for n in old if old[n] != new[n]} == CHANGED
    assert set(new) - set(old) == {"xl/worksheets/sheet3.xml"}
    assert wrong_links(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert packed.testzip() is None


def test_cells_keep_their_looks_beside_the_mark() -> None:
    before, after = loaded(rich_book())["Data"], loaded(annotated_book(rich_book(), NOTES, None))["Data"]
    colours = {
        "A5": COLOURS[WARNING],
        "B5": COLOURS[ERROR],
        "B4": COLOURS[INFO],
        "D9": COLOURS[ERROR],
        "C20": COLOURS[INFO],
    }
    for row in after.iter_rows():
        for cell in row:
            old = before[cell.coordinate]
            if cell.coordinate in colours:
                assert cell.fill.fgColor.rgb == colours[cell.coordinate]
            else:
                assert repr(cell.fill) == repr(old.fill), cell.coordinate
            assert cell.value == old.value
            assert rest_of(cell) == rest_of(old), cell.coordinate


def test_only_looks_and_new_cells_differ_in_a_sheet() -> None:
    book = rich_book()
    old = parts_of(book)["xl/worksheets/sheet1.xml"].decode()
    new = parts_of(annotated_book(book, NOTES, None))["xl/worksheets/sheet1.xml"].decode()
    without = re.sub(r'<row r="(?:9|20)">.*?</row>', "", new)
    dimension = re.compile(r'<dimension ref="[^"]*"/>')
    look = re.compile(r' s="\d+"')
    assert look.sub("", dimension.sub("", without)) == look.sub("", dimension.sub("", old))
    assert dimension.search(new)[0] == '<dimension ref="A1:E20"/>'  # type: ignore[index]


def test_a_note_says_the_finding_and_the_remedy_and_others_notes_stay() -> None:
    data = loaded(annotated_book(rich_book(), NOTES, None))["Data"]
    assert (
        data["A5"].comment.text
        == "———— Temuan hub ————\nPERINGATAN: Ejaan lain.\nTindakan: Betulkan.\nUsulan: 53.14.01.2006 Oebou"
    )
    assert data["C6"].comment.text == "Lihat lampiran"
    assert data["C6"].comment.author == "Rina"
    assert data["B4"].comment.text.startswith("Diperiksa Ibu Rina")
    assert "INFO: Salah di B4." in data["B4"].comment.text


def test_boxes_have_numbers_of_their_own() -> None:
    drawing = parts_of(annotated_book(rich_book(), NOTES, None))["xl/drawings/vmlDrawing1.vml"].decode()
    ids = re.findall(r'id="(_x0000_s\d+)"', drawing)
    assert len(ids) == len(set(ids)) == 2 + 4  # a note of somebody else's has its box already
    blocks = {int(i[8:]) // 1024 for i in ids}
    listed = re.search(r'idmap [^>]*data="([\d,]+)"', drawing)
    assert listed is not None
    assert blocks <= {int(n) for n in listed[1].split(",")}


def test_all_findings_stand_on_a_sheet_of_their_own_with_the_way_to_each_cell() -> None:
    book = loaded(annotated_book(rich_book(), NOTES, None))
    assert book.sheetnames == ["Data", "Grafik & bagan", "Temuan"]
    own = book["Temuan"]
    titles = [c.value for c in own[3]]
    assert titles[:9] == ["No", "Lembar", "Sel", "Tingkat", "Pesan", "Tindakan", "Isi", "Usulan", "Terima usulan (ya)"]
    assert [c.value for c in own[4]][:9] == [
        1, "Data", "A5", "PERINGATAN", "Ejaan lain.", "Betulkan.", "Oebau", "53.14.01.2006 Oebou", None,
    ]  # fmt: skip
    assert own["C4"].hyperlink.location == "'Data'!A5"
    assert (own["B9"].value, own["C9"].value) == (None, None)
    assert own.column_dimensions["J"].hidden
    assert own.max_row == 3 + len(NOTES)


def test_it_is_read_as_before() -> None:
    assert settled(sheets_of(annotated_book(rich_book(), NOTES, None))).sheets == sheets_of(rich_book())


def test_annotated_again_nothing_of_before_is_left() -> None:
    book = rich_book()
    once = annotated_book(book, NOTES, None)
    earlier = settled(sheets_of(once)).earlier
    assert earlier is not None
    again = annotated_book(once, NOTES, earlier)
    for name, text in parts_of(once).items():
        if name.startswith("xl/worksheets/"):
            assert parts_of(again)[name] == text, name
    assert list(parts_of(again)) == list(parts_of(once))
    mended = annotated_book(once, [NOTES[1]], earlier)
    before, after = loaded(book), loaded(mended)
    assert after.sheetnames == ["Data", "Grafik & bagan", "Temuan"]
    assert after["Data"]["A5"].comment is None
    assert after["Data"]["B5"].comment is not None
    assert after["Data"]["B4"].comment.text == "Diperiksa Ibu Rina"
    for cell in ("A5", "B4", "C4"):
        assert after["Data"][cell]._style == before["Data"][cell]._style, cell
    assert wrong_links(mended) == []


def test_marks_are_known_without_their_sheet() -> None:
    once = annotated_book(rich_book(), NOTES, None)
    again = loaded(annotated_book(once, [NOTES[1]], None))
    assert again.sheetnames == ["Data", "Grafik & bagan", "Temuan", "Temuan (2)"]  # whoever keeps it has it
    marked = {c.coordinate for row in again["Data"].iter_rows() for c in row if c.fill.fgColor.rgb in COLOURS.values()}
    assert marked == {"B5"}
    assert {c.coordinate for row in again["Data"].iter_rows() for c in row if c.comment} == {"B4", "B5", "C6"}


def test_a_program_that_saves_it_in_its_own_way_hides_nothing_of_ours() -> None:
    """As LibreOffice does: nobody is named, other line ends, and the second colour of every fill is one of its palette."""
    once = changed(
        annotated_book(rich_book(), NOTES, None),
        {
            "xl/comments1.xml": lambda xml: re.sub(
                rb"(?<=[.a\x80-\xff])\n", b"&#10;", re.sub(rb"(?<=<author>)[^<]*", b" ", xml)
            ),
            "xl/styles.xml": lambda xml: xml.replace(
                b'<fgColor rgb="FFC6EFCE"/>', b'<fgColor rgb="FFC6EFCE"/><bgColor rgb="%b"/>' % COLOURS[INFO].encode()
            ),
        },
    )
    after = loaded(annotated_book(once, [NOTES[1]], settled(sheets_of(once)).earlier))["Data"]
    assert {c.coordinate for row in after.iter_rows() for c in row if c.comment} == {"B4", "B5", "C6"}
    assert after["B4"].comment.text == "Diperiksa Ibu Rina"
    assert after["C4"].fill.fgColor.rgb == "FFC6EFCE"


def test_a_fill_of_its_own_comes_back() -> None:
    book = rich_book()
    notes = [note("C5")]
    once = annotated_book(book, notes, None)
    earlier = settled(sheets_of(once)).earlier
    after = loaded(annotated_book(once, [], earlier))["Data"]["C5"]
    assert after.fill.fgColor.rgb == "FFC6EFCE"
    assert after.comment is None


def test_prefixed_elements_are_edited_with_their_prefix() -> None:
    content = changed(
        plain_book([["wilayah", "BAN01"], ["53.14.01.2005", 5]]),
        dict.fromkeys(("xl/worksheets/s0.xml", "xl/styles.xml"), with_prefixes),
    )
    made = annotated_book(content, [note("B2"), note("D2"), note("A7")], None)
    sheet = loaded(made)["Data"]
    assert {c: sheet[c].fill.fgColor.rgb for c in ("B2", "D2", "A7")} == dict.fromkeys(
        ("B2", "D2", "A7"), COLOURS[ERROR]
    )
    assert b"<x:legacyDrawing" in parts_of(made)["xl/worksheets/s0.xml"]
    assert settled(sheets_of(made)).sheets[0].rows[:2] == sheets_of(content)[0].rows


def test_a_strict_book_stays_one() -> None:
    def strict(xml: bytes) -> bytes:
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    names = ("xl/worksheets/s0.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels")
    content = changed(plain_book([["wilayah", "BAN01"], ["a", 5]]), dict.fromkeys(names, strict))
    made = annotated_book(content, [note("B2")], None)
    assert not [n for n, t in parts_of(made).items() if b"org/spreadsheetml/2006/main" in t]
    assert not [n for n, t in parts_of(made).items() if b"org/officeDocument/2006/relationships/" in t]
    assert wrong_links(made) == []


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="2"><c><v>1</v></c><c><v>2</v></c></row>', b"<row><c><v>1</v></c></row><row><c><v>3</v></c><c/></row>",
        b'<row r="2" spans="1:1"/>', b'<row r="2" spans="1:1"><!-- <c r="B2"/> --><c r="A2" t="inlineStr"><is><t>&lt;c&gt;</t></is></c></row>',
        b'<row r="2" s="1" customFormat="1"></row>', b"",
        b'<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2+1</f><v>1</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>2</v></c></row>',
    ],
)  # fmt: skip
def test_rows_of_every_shape_get_their_cells(row: bytes) -> None:
    def edit(xml: bytes) -> bytes:
        return re.sub(
            rb"<sheetData>.*</sheetData>", b"<sheetData>" + row + b"</sheetData>" if row else b"<sheetData/>", xml
        )

    content = changed(plain_book([["a"]]), {"xl/worksheets/s0.xml": edit})
    made = annotated_book(content, [note("B2"), note("D2"), note("B5")], None)
    sheet = loaded(made)["Data"]
    assert {sheet[c].fill.fgColor.rgb for c in ("B2", "D2", "B5")} == {COLOURS[ERROR]}
    assert settled(sheets_of(made)).sheets[0].rows == sheets_of(content)[0].rows
    numbers = [int(n) for n in re.findall(rb'<row r="(\d+)"', parts_of(made)["xl/worksheets/s0.xml"])]
    assert numbers == sorted(set(numbers))


def with_rows(rows: bytes) -> bytes:
    data = b"<sheetData>" + rows + b"</sheetData>"
    return changed(
        plain_book([["a"]]), {"xl/worksheets/s0.xml": lambda xml: re.sub(rb"<sheetData>.*</sheetData>", data, xml)}
    )


def test_what_only_looks_like_a_cell_is_none() -> None:
    notes = b'<row r="2"><!-- <c r="B2"/> --><c r="A2"><v>1</v></c></row>'
    text = b'<row r="2"><c r="A2" t="inlineStr"><is><t>a r="B2" b</t></is></c></row>'
    for row in (notes, text):
        made = annotated_book(with_rows(row), [note("B2")], None)
        assert loaded(made)["Data"]["B2"].fill.fgColor.rgb == COLOURS[ERROR]
        assert parts_of(made)["xl/worksheets/s0.xml"].count(b' s="') == 1


def test_a_row_says_no_span_that_it_has_outgrown() -> None:
    made = parts_of(
        annotated_book(with_rows(b'<row r="2" spans="1:1"><c r="A2"><v>1</v></c></row>'), [note("B2")], None)
    )
    assert b"spans" not in made["xl/worksheets/s0.xml"]
    kept = parts_of(
        annotated_book(with_rows(b'<row r="2" spans="1:2"><c r="A2"><v>1</v></c></row>'), [note("B2")], None)
    )
    assert b'spans="1:2"' in kept["xl/worksheets/s0.xml"]


def test_the_drawing_of_notes_stands_where_it_has_to() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Data")
        sheet.add_table("A1:B3", {"columns": [{"header": "wilayah"}, {"header": "BAN01"}]})
        sheet.insert_image("D2", "titik.png", {"image_data": io.BytesIO(picture())})
        sheet.conditional_format("B2:B3", {"type": "data_bar", "data_bar_2010": True})
    text = parts_of(annotated_book(out.getvalue(), [note("B2")], None))["xl/worksheets/sheet1.xml"].decode()
    order = re.findall(r"<(pageMargins|drawing|legacyDrawing|tableParts|extLst)\b", text)
    assert order[order.index("pageMargins") :] == ["pageMargins", "drawing", "legacyDrawing", "tableParts", "extLst"]


def test_macros_and_conversations_are_not_touched() -> None:
    thread = b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
    content = changed(
        rich_book(),
        {
            "xl/comments1.xml": lambda xml: xml.replace(b"<author>Rina</author>", b"<author>tc={A-1}</author>"),
            "[Content_Types].xml": lambda xml: xml.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            ).replace(b"<Override", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override', 1),
        },
        {"xl/vbaProject.bin": bytes(range(256)) * 9, "xl/threadedComments/threadedComment1.xml": thread},
    )  # fmt: skip
    made = annotated_book(content, NOTES, None)
    old, new = packed_parts(content), packed_parts(made)
    for name in ("xl/vbaProject.bin", "xl/threadedComments/threadedComment1.xml"):
        assert old[name] == new[name]
    assert ending_of(made) == "xlsm"
    data = loaded(made)["Data"]
    assert data["B4"].comment.text == "Diperiksa Ibu Rina"  # no words of ours in a conversation
    assert data["B4"].fill.fgColor.rgb == COLOURS[INFO]


def test_a_sheet_of_that_name_is_somebody_elses() -> None:
    content = plain_book([["wilayah", "BAN01"], ["53.14.01.2005", 5]], "Temuan")
    made = annotated_book(content, [note("B2", sheet="Temuan")], None)
    assert loaded(made).sheetnames == ["Temuan", "Temuan (2)"]
    assert [s.name for s in settled(sheets_of(made)).sheets] == ["Temuan"]


def test_a_book_without_styles_gets_some() -> None:
    content = changed(
        plain_book([["a", "b"]]),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: re.sub(rb'<Relationship Id="rIdG"[^>]*/>', b"", xml),
            "[Content_Types].xml": lambda xml: re.sub(rb'<Override PartName="/xl/styles.xml"[^>]*/>', b"", xml),
        },
        gone=["xl/styles.xml"],
    )
    made = annotated_book(content, [note("B1")], None)
    assert loaded(made)["Data"]["B1"].fill.fgColor.rgb == COLOURS[ERROR]


def test_what_is_no_workbook_is_refused() -> None:
    for content in (
        b"PK\x03\x04 nothing",
        changed(rich_book(), {"xl/worksheets/sheet1.xml": lambda _: b"<worksheet/>"}),
    ):
        with pytest.raises(BrokenError):
            annotated_book(content, NOTES, None)


def test_many_notes_are_all_there() -> None:
    content = plain_book([[1, 2, 3] for _ in range(900)])
    notes = [note(f"{c}{r}") for r in range(1, 901) for c in "ABC"]
    made = annotated_book(content, notes, Earlier("Tiada"))
    drawing = parts_of(made)["xl/drawings/vmlDrawing1.vml"].decode()
    ids = re.findall(r'id="_x0000_s(\d+)"', drawing)
    assert len(set(ids)) == 2_700
    assert 'data="1,2,3"' in drawing
