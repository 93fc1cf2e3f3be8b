"""What comes back of an annotated file: its sheet of findings is no data, proposals that were taken over are what their cells say."""

import io
from typing import Any

import openpyxl
import pytest

from hub.base.temuan import ERROR, INFO
from hub.lembar.annotate_book import annotated_book
from hub.lembar.annotated import Opened, settled
from hub.lembar.sheet_reader import read_workbook
from tests.lembar.annotated_books import note, plain_book

BOOK: list[list[Any]] = [["wilayah", "BAN01"], ["Oeseli", 5], ["Oebau", 6.5]]
NOTES = [
    note("A3", written="Oebau", proposal="53.14.01.2006 Oebou"),
    note("B3", number=2, written="6.5", proposal="6"),
    note("B3", number=3, written="6.5", proposal="7"),
    note("A2", number=4, written="Oeseli", proposal="53.14.01.2005 Oeseli; 53.14.02.2001 Oeseli"),
    note("B2", number=5, written="5"),
]


def returned(edit: dict[str, Any]) -> Opened:
    """The file annotated, changed by its sender, opened again. `edit`: "Temuan!I4" → what was written there."""
    book = openpyxl.load_workbook(io.BytesIO(annotated_book(plain_book(BOOK), NOTES, None)))
    for place, value in edit.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    kept = io.BytesIO()
    book.save(kept)
    return settled(list(read_workbook("rekap.xlsx", kept.getvalue())))


def said(opened: Opened) -> list[tuple[str, str]]:
    return [(t.kode, t.tingkat) for s in opened.sheets for t in s.said]


def test_unanswered_it_is_the_file_that_was_sent() -> None:
    opened = returned({})
    assert [(s.name, s.rows) for s in opened.sheets] == [
        ("Data", [["wilayah", "BAN01"], ["Oeseli", "5"], ["Oebau", "6.5"]])
    ]
    assert said(opened) == []
    assert opened.earlier is not None


def test_a_proposal_taken_over_is_what_the_cell_says() -> None:
    opened = returned({"Temuan!I4": "Ya", "Temuan!I5": "ya"})
    assert opened.sheets[0].rows == [["wilayah", "BAN01"], ["Oeseli", "5"], ["53.14.01.2006 Oebou", "6"]]
    assert (3, 1) not in opened.sheets[0].exact
    assert said(opened) == [("USULAN_DITERIMA", INFO)] * 2
    assert opened.sheets[0].said[0].lokasi[0].baris == 3


def test_a_proposal_may_be_mended_first() -> None:
    opened = returned({"Temuan!I7": "ya", "Temuan!H7": "53.14.01.2005"})
    assert opened.sheets[0].rows[1] == ["53.14.01.2005", "5"]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ({"Temuan!I4": "ya", "Data!A3": "Tungganamo"}, 'sekarang "Tungganamo", bukan "Oebau"'),
        ({"Temuan!I5": "ya", "Temuan!I6": "ya"}, "sisakan satu"),
        ({"Temuan!I7": "ya"}, "beberapa usulan"),
        ({"Temuan!I8": "ya"}, "tidak ada usulan"),
        ({"Temuan!I4": "mungkin"}, '"mungkin" bukan ya'),
        ({"Temuan!I4": "ya", "Temuan!C4": "A99"}, "tidak ada"),
    ],
)
def test_an_answer_that_contradicts_is_said_and_nothing_is_changed(edit: dict[str, Any], words: str) -> None:
    opened = returned(edit)
    (found,) = (t for s in opened.sheets for t in s.said)
    assert (found.kode, found.tingkat) == ("USULAN_TAK_DITERAPKAN", ERROR)
    assert words in found.pesan
    assert opened.sheets[0].rows[2] == [edit.get("Data!A3", "Oebau"), "6.5"]


def test_a_cell_that_says_so_already_needs_no_word() -> None:
    opened = returned({"Temuan!I4": "ya", "Data!A3": "53.14.01.2006 Oebou"})
    assert said(opened) == []


def test_the_sheet_is_known_whatever_it_is_called() -> None:
    book = openpyxl.load_workbook(io.BytesIO(annotated_book(plain_book(BOOK), NOTES, None)))
    book["Temuan"].title = "Catatan saya"
    book.move_sheet("Catatan saya", -1)
    kept = io.BytesIO()
    book.save(kept)
    opened = settled(list(read_workbook("rekap.xlsx", kept.getvalue())))
    assert [s.name for s in opened.sheets] == ["Data"]


def test_a_sheet_of_that_name_with_figures_is_data() -> None:
    content = plain_book([["wilayah", "BAN01"], ["53.14.01.2005", 5]], "Temuan")
    assert [s.name for s in settled(list(read_workbook("a.xlsx", content))).sheets] == ["Temuan"]
