"""A file annotated by a process of its own: what comes back is named for what it is; what cannot be annotated is said."""

import io
from typing import Any

import pytest
import xlwt

from hub.base.errors import InvalidInputError, QueueFullError
from hub.base.temuan import ERROR, INFO, Location, Temuan
from hub.lembar.annotate_child import annotate_in_child
from hub.lembar.annotation import AnnotatedFile, FileAnnotation
from hub.lembar.files import read_sheets
from tests.lembar.annotated_books import changed, note, plain_book

FOUND = [
    Temuan("BARIS_DILEWATI", INFO, "Baris 1 judul.", lokasi=(Location(lembar="Data", baris=1),)),
    Temuan(
        "ANGKA_NEGATIF",
        ERROR,
        "Kurang dari nol.",
        usulan="5",
        lokasi=(Location(lembar="Data", baris=2, kolom="BAN01"),),
    ),
]
ROWS: list[list[Any]] = [["wilayah", "BAN01"], ["53.14.01.2005", -5]]


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def macros() -> bytes:
    return changed(
        plain_book(ROWS),
        {"[Content_Types].xml": lambda xml: xml.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")},
    )  # fmt: skip


def annotated(name: str, content: bytes) -> AnnotatedFile:
    file = FileAnnotation()
    file.read(name, content)
    return file.make(name, content, FOUND)


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("rekap.xlsx", plain_book(ROWS), "rekap_temuan.xlsx"), ("rekap.xlsm", macros(), "rekap_temuan.xlsm"),
        ("rekap.xls", xls(), "rekap_temuan.xlsx"), ("rekap_temuan.xlsx", plain_book(ROWS), "rekap_temuan.xlsx"),
        ("rekap.v2.csv", b"wilayah,BAN01\n53.14.01.2005,-5\n", "rekap.v2_temuan.csv"),
    ],
)  # fmt: skip
def test_it_is_named_for_what_it_is_and_reads_as_before(name: str, content: bytes, wanted: str) -> None:
    made = annotated(name, content)
    assert made.name == wanted
    assert [t.kode for t in made.found] == ["ANGKA_NEGATIF", "BARIS_DILEWATI"]  # the gravest first
    assert read_sheets(name, made.content)[0].rows == read_sheets(name, content)[0].rows
    assert made.content != content


def test_what_nobody_opened_is_refused_with_what_was_said() -> None:
    with pytest.raises(InvalidInputError, match=r"Baris 1 judul\."):
        FileAnnotation().make("a.xlsx", b"", FOUND[:1])
    busy = Temuan("ANTREAN_PENUH", ERROR, "Tunggu sebentar.")
    with pytest.raises(QueueFullError):
        FileAnnotation().make("a.xlsx", b"", [busy])


def test_a_book_whose_parts_are_not_those_of_one_is_refused() -> None:
    broken = changed(plain_book(ROWS), {"xl/styles.xml": lambda _: b"<other/>"})
    with pytest.raises(InvalidInputError, match=r"a\.xlsx tidak dapat ditandai"):
        annotate_in_child("a.xlsx", broken, [note("A1")], None, None)
