"""Files of figures annotated: read as before, each finding at the cell that it is about, and what is taken over settles it."""

import io
from typing import Any

import openpyxl
import pytest

from hub.base.periode import Periode
from hub.base.temuan import Temuan
from hub.katalog.katalog import Katalog
from hub.lembar.annotate_child import annotate_here
from hub.lembar.annotate_places import Places, notes_of
from hub.lembar.annotated import Opened, settled
from hub.lembar.csv_encoding import encoding_of
from hub.lembar.csv_rows import csv_rows
from hub.lembar.files import is_spreadsheet
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_reader import read_workbook
from hub.rekap.annotation import known_tables
from hub.rekap.cells import read_cells
from hub.rekap.draft import Envelope
from hub.rekap.file_reading import FileReading, Known, read_file
from hub.rekap.files import draft_of
from hub.rekap.totals import check_totals
from tests.rekap.books_of_cells import CELLS
from tests.rekap.books_of_layouts import LAYOUTS
from tests.rekap.books_of_regions import REGIONS
from tests.rekap.file_texts import regions_of
from tests.rekap.office_books import Book, book
from tests.rekap.shipped import shipped_katalog

BOOKS = (*LAYOUTS, *CELLS, *REGIONS)


class _Desk:
    """What reads a workbook, and says all there is to say of it."""

    def __init__(self, made: Book) -> None:
        self.katalog: Katalog = shipped_katalog()
        self.formulir = self.katalog.formulir[made.formulir]
        self.regions = made.regions or regions_of()
        self.known = Known(self.katalog, self.formulir, self.regions, Periode.read("2021"), mapping=made.mapping)

    def opened(self, name: str, content: bytes) -> Opened:
        if is_spreadsheet(name, content):
            return settled(list(read_workbook(name, content)))
        encoding = encoding_of(name, content)
        return settled([Sheet(name, list(csv_rows(name, content)), said=encoding.said(name))])

    def read(self, name: str, opened: Opened) -> tuple[FileReading, list[Temuan]]:
        reading = read_file(name, opened.sheets, self.known)
        draft = draft_of(reading, Envelope(self.regions.pelapor, self.formulir.kode, "2021", "a"), Periode.read("2021"))
        temuan = list(reading.temuan)
        cells = read_cells(draft, self.katalog, self.formulir, self.regions, temuan)
        temuan += check_totals(draft, self.katalog, self.formulir, self.regions, cells, {})[1]
        return reading, temuan

    def annotated(self, name: str, content: bytes) -> bytes:
        opened = self.opened(name, content)
        reading, temuan = self.read(name, opened)
        places = Places(opened.sheets, known_tables(reading.tables))
        header = None if is_spreadsheet(name, content) else places.header_of(name)
        return annotate_here(name, content, notes_of(temuan, places, opened), opened.earlier, header)[0]


@pytest.mark.parametrize("made", BOOKS, ids=lambda b: b.name)
def test_annotated_it_is_read_as_before(made: Book) -> None:
    desk = _Desk(made)
    name, content = made.file
    before, said = desk.read(name, desk.opened(name, content))
    once = desk.annotated(name, content)
    for again in (once, desk.annotated(name, once)):
        after, said_again = desk.read(name, desk.opened(name, again))
        assert after.cells == before.cells
        assert after.total == before.total
        assert [(t.kode, t.tingkat, t.pesan, t.usulan, t.lokasi) for t in said_again] == [
            (t.kode, t.tingkat, t.pesan, t.usulan, t.lokasi) for t in said
        ]


def _marked(content: bytes) -> dict[str, str]:
    """Cells of the first sheet with notes, and the first finding of each."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return {c.coordinate: c.comment.text.split("\n")[1] for row in sheet.iter_rows() for c in row if c.comment}


PLACES = {
    "the name of a region, not the figure beside it": (
        "No|Kecamatan|KPM PKH\n1|Lobalain|5\n2|Rote Timor|7", {"B3": "PERINGATAN"}),
    "figures below two rows of titles": (
        "Kecamatan|Tagana|\n|L|P\nLobalain|5|20", {"B3": "GALAT", "C3": "GALAT"}),
    "a code in the column of codes": (
        "Kode Wilayah|Kecamatan|KPM PKH\n99.99.99|Lobalain|5", {"A2": "GALAT"}),
    "a figure without a title": ("wilayah|BAN01|\n53.14.03|5|7", {"C2": "GALAT"}),
}  # fmt: skip


@pytest.mark.parametrize(("grid", "wanted"), PLACES.values(), ids=PLACES)
def test_a_finding_stands_at_the_cell_that_it_is_about(grid: str, wanted: dict[str, str]) -> None:
    made = book("a", grid, "", merged="B1:C1" if "Tagana" in grid else "")
    marked = _marked(_Desk(made).annotated(*made.file))
    assert {c: w.partition(":")[0] for c, w in marked.items()} == wanted


TAKEN = {
    "a name off by a letter": ("Kecamatan|KPM PKH\nLobalain|5\nRote Timor|7", "53.14.06"),
    "a desa of two kecamatan": ("Desa|KPM PKH\nOeseli|5\nNetenain|7", "53.14"),
    "beside its kecamatan": ("Kecamatan|Desa|KPM PKH\nRote Barat Daya|Oesely|5", "53.14.01.2005"),
}


@pytest.mark.parametrize(("grid", "kode"), TAKEN.values(), ids=TAKEN)
def test_a_proposal_taken_over_settles_its_finding(grid: str, kode: str) -> None:
    made = book("a", grid, "")
    desk = _Desk(made)
    name, content = made.file
    workbook = openpyxl.load_workbook(io.BytesIO(desk.annotated(name, content)))
    own = workbook["Temuan"]
    lines: list[Any] = [r for r in own.iter_rows(min_row=4) if r[7].value]
    for line in lines:
        line[7].value = str(line[7].value).split("; ")[0]
        line[8].value = "ya"
    assert lines
    kept = io.BytesIO()
    workbook.save(kept)
    reading, temuan = desk.read(name, desk.opened(name, kept.getvalue()))
    assert {t.kode for t in temuan} == {"USULAN_DITERIMA"}
    assert any(str(c.place).startswith(kode) for c in reading.cells)
    # annotated once more, what was taken over is still taken over
    again = desk.annotated(name, kept.getvalue())
    assert desk.read(name, desk.opened(name, again))[0].cells == reading.cells
