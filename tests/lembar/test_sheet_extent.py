"""Sheets that extend without end: far blanks are nothing, far contents are refused with the sheet, its extent and the remedy; all of
it in a process that may take a quarter of a gigabyte, where the tables those files declare would take hundreds."""

from dataclasses import replace

import pytest

from hub.base.errors import InvalidInputError
from hub.lembar import sheet_child
from hub.lembar.files import read_list, read_sheets
from hub.lembar.sheet_limits import IN_CHILD
from tests.lembar.far_sheets import (
    HEAD,
    ODS_HEAD,
    TABLE,
    lying,
    ods,
    ods_cell,
    ods_row,
    shared_texts,
    sheet,
    text_cell,
    xlsx,
)
from tests.lembar.xlsx_book import MAIN


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_child, "IN_CHILD", replace(IN_CHILD, memory=256 * 2**20))


def far(reference: str, text: str) -> str:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}">{text_cell(reference, text)}</row>'


STYLED = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16382"/>'
BLANK = {
    "a blank at the last cell": xlsx(sheet(HEAD + far("XFD1048576", " "))),
    "70 million cells": xlsx(sheet(HEAD + far("ZZ100000", " "))),
    "a blank at the end of every row": xlsx(sheet(HEAD + "".join(far(f"XFD{n}", " ") for n in range(3, 1_000)))),
    "a shared blank": xlsx(
        sheet(HEAD + '<row r="1048576"><c r="XFD1048576" t="s"><v>1</v></c></row>'), shared=shared_texts("x", " \t")
    ),
    "only a style": xlsx(sheet(HEAD + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')),
    "an empty last row": xlsx(sheet(HEAD + '<row r="1048576"/>')),
    "references in small letters": xlsx(sheet(HEAD + '<row r="9"><c r="xfd1048576" t="str"><v> </v></c></row>')),
    "cells that do not say where": xlsx(sheet(HEAD + f"<row>{'<c/>' * 50_000}</row>")),
    "a row number beyond all": xlsx(sheet(HEAD + '<row r="99999999999999"/>')),
    "merged all over": xlsx(sheet(HEAD, '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>')),
    "LibreOffice's styled rest": ods(
        ods_row(ods_cell("wilayah"), ods_cell("REH09"), STYLED)
        + ods_row(ods_cell("Sotimori"), ods_cell("5"), STYLED)
        + ods_row(STYLED, repeated=1_048_574)
    ),
}


@pytest.mark.parametrize("content", BLANK.values(), ids=BLANK)
def test_what_is_blank_far_away_is_nothing(content: bytes) -> None:
    for read in (read_sheets, read_list):
        (one,) = read("F05.xlsx", content)
        assert one.rows == TABLE


def test_a_workbook_is_read_alike_whether_it_was_strained_or_not() -> None:
    """Out of order, with prefixes, without references, with several texts in a cell; dates and formulas stay what they are."""
    rows = (
        f'<row r="2"><c r="B2"><f>2+3</f><v>5</v></c>{text_cell("A2", "Soti&amp;mori")}</row><row r="1">{text_cell("B1", "REH09")}'
        f'{text_cell("A1", "wilayah")}</row><row r="3"><c t="inlineStr"><is><r><t>Ba</t></r><r><t xml:space="preserve"> a </t></r>'
        '</is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c/><c><v>1.5</v></c></row>'
    )
    plain, strained = (
        [s.rows for s in read_sheets("x.xlsx", xlsx(sheet(rows + more)))] for more in ("", far("XFD1048576", " "))
    )
    assert plain == strained
    assert plain[0][:2] == [["wilayah", "REH09"], ["Soti&mori", "5"]]
    prefixed = (
        sheet(rows + far("XFD1048576", " ")).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    )
    assert [s.rows for s in read_sheets("x.xlsx", xlsx(prefixed))] == plain


FULL = {
    "XFD1048576": xlsx(sheet(HEAD), sheet(HEAD + far("XFD1048576", "x"))),
    "ZZ100000": xlsx(sheet(HEAD), sheet(HEAD + far("ZZ100000", "x"))),
    "XFD1002": xlsx(sheet(HEAD), sheet(HEAD + "".join(far(f"XFD{n}", "x") for n in range(3, 1_003)))),
    "A1048576": xlsx(sheet(HEAD), sheet(HEAD + '<row r="1048576"><c><v>1</v></c></row>')),
}


@pytest.mark.parametrize(("last", "content"), FULL.items())
def test_what_holds_something_far_away_is_refused_with_its_place(last: str, content: bytes) -> None:
    with pytest.raises(InvalidInputError) as error:
        read_sheets("F05.xlsx", content)
    for part in ('lembar "S1"', f"terisi sampai {last}", "paling banyak 200.000 baris", "salin tabelnya saja"):
        assert part in error.value.message


@pytest.mark.parametrize(
    ("rows", "extent"),
    [
        (ods_row(ods_cell("1", 16_000), repeated=4_000), "4.002 baris × 16.000 kolom"),
        (ods_row(ods_cell("1"), repeated=10**18), "1.000.000.000.000.000.002 baris × 2 kolom"),
        (ods_row(f"{STYLED * 200}{ods_cell('1')}", repeated=2), "4 baris × 3.276.401 kolom"),
        (ods_row(STYLED, repeated=1_000_000) + ods_row(ods_cell("1")), "1.000.003 baris × 2 kolom"),
    ],
)
def test_what_is_repeated_without_end_is_refused(rows: str, extent: str) -> None:
    with pytest.raises(InvalidInputError) as error:
        read_sheets("F05.ods", ods(ODS_HEAD + rows))
    assert 'lembar "Data"' in error.value.message
    assert f": {extent}, paling banyak" in error.value.message


def test_more_sheets_than_anybody_makes_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="256 lembar, paling banyak 255"):
        read_sheets("F05.xlsx", xlsx(*[sheet("")] * 256))


def test_a_document_type_is_not_unfolded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10_000}">' for n in range(9))
    bomb = (
        f"<!DOCTYPE worksheet [{entities}]>{sheet('<row><c t=' + chr(34) + 'str' + chr(34) + '><v>&e8;</v></c></row>')}"
    )
    for content in (
        xlsx(bomb),
        xlsx(sheet(HEAD + far("XFD1048576", " ")), shared=f"<!DOCTYPE sst [{entities}]><sst>&e8;</sst>"),
    ):
        with pytest.raises(InvalidInputError):
            read_sheets("F05.xlsx", content)


def test_a_member_that_lies_about_its_size_is_not_believed() -> None:
    honest = xlsx(sheet(HEAD + "<row/>" * 1_000_000))
    with pytest.raises(InvalidInputError, match="tidak dapat dibaca"):
        read_sheets("F05.xlsx", lying(honest, "xl/worksheets/s0.xml", 1_000))


def test_xml_nested_a_million_deep_is_read_or_refused() -> None:
    assert read_sheets("F05.xlsx", xlsx(sheet(HEAD, "<a>" * 1_000_000)))[0].rows == TABLE
    deep = f'<worksheet xmlns="{MAIN}"><sheetData><row><c><is>{"<t>" * 200_000}'
    with pytest.raises(InvalidInputError):
        read_sheets("F05.xlsx", xlsx(deep))


def test_an_answer_longer_than_any_table_is_a_sentence_with_a_remedy() -> None:
    """20.000 cells of one text of 30.000 letters: 600 MB that no extent tells of."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    with pytest.raises(InvalidInputError, match=r"terlalu banyak teks.*Salin tabelnya saja"):
        read_sheets("F05.xlsx", xlsx(sheet(cells), shared=shared_texts("x" * 30_000)))


def test_a_process_that_runs_out_of_memory_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_child, "IN_CHILD", replace(IN_CHILD, memory=128 * 2**20))
    texts = shared_texts(*("x" * 30_000 for _ in range(4_000)))
    with pytest.raises(InvalidInputError, match=r"terlalu banyak memori.*Salin tabelnya saja"):
        read_sheets("F05.xlsx", xlsx(sheet(HEAD), shared=texts))


def test_a_process_that_does_not_come_to_an_end_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_child, "IN_CHILD", replace(IN_CHILD, wall=0.01))
    with pytest.raises(InvalidInputError, match=r"tidak selesai dibaca.*Salin tabelnya saja"):
        read_sheets("F05.xlsx", xlsx(sheet(HEAD)))


def test_a_cell_longer_than_any_is_refused_with_its_row() -> None:
    with pytest.raises(InvalidInputError, match=r'lembar "S0": baris 3 berisi teks lebih panjang dari 32.767 huruf'):
        read_sheets("F05.xlsx", xlsx(sheet(HEAD + f'<row r="3">{text_cell("A3", "x" * 40_000)}</row>')))
