"""A CSV with one column more: its lines stay as they are, and it is read as before."""

import pytest

from hub.lembar.annotate_csv import annotated_csv
from hub.lembar.files import read_sheets
from tests.lembar.annotated_books import note


def annotated(content: bytes, *cells: str, header: int = 1, message: str = "Salah.") -> bytes:
    notes = [note(c, sheet="a.csv", message=message) for c in cells]
    return annotated_csv("a.csv", content, notes, header)


def test_each_row_says_what_was_found_in_it_behind_what_stands_there() -> None:
    made = annotated(b'\xef\xbb\xbfwilayah;BAN01\r\n"Oeseli; desa";5\r\nOebau\r\n\r\n', "B2", "A3")
    words = b'"GALAT: Salah. Tindakan: Betulkan."'
    assert made == (
        b'\xef\xbb\xbfwilayah;BAN01;"Temuan hub"\r\n"Oeseli; desa";5;' + words + b"\r\nOebau;;" + words + b"\r\n\r\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"wilayah,BAN01\nOeseli,5\nOebau,6",
        b"kode,nama\n37,Uji, Bagian Timur\n38,Lain,x", b"wilayah\tBAN01\r\nOes\xe9li\t5\r\nOebau\t6\r\n", b"sep=;\r\nwilayah;BAN01\r\nOeseli;5\r\nOebau;6\r\n",
        "\ufeffwilayah;BAN01\r\nOeséli;5\r\nOebau;6\r\n".encode("utf-16-le"), b'wilayah;BAN01\r"Oeseli\rdesa";5\rOebau;6\r',
        "wilayah,BAN01\nOes\u200beli,5\nOebau".encode() + b"\xff,6\n",
    ],
)  # fmt: skip
def test_it_is_read_as_before_whatever_its_letters_and_signs(content: bytes) -> None:
    made = annotated(content, "B2", "A3", message='=2+3; "x", y\nz')
    before, after = read_sheets("a.csv", content), read_sheets("a.csv", made)
    assert [list(row) for row in after[0].rows] == before[0].rows
    assert after[0].said == before[0].said
    assert made.startswith(content[:7])


def test_annotated_again_the_column_is_replaced() -> None:
    content = b"judul\nwilayah,BAN01\nOeseli,5\nOebau,6\n"
    once = annotated(content, "B3", header=2)
    assert once != content
    assert annotated(once, "B4", header=2) == annotated(content, "B4", header=2)


def test_what_is_said_of_the_whole_file_stands_below_it() -> None:
    made = annotated(b"wilayah,BAN01\nOeseli,5", "A1")
    assert made == b'wilayah,BAN01,"Temuan hub"\nOeseli,5,\n,,"GALAT: Salah. Tindakan: Betulkan."\n'


def test_a_word_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    notes = [note("B2", sheet="a.csv", level="=cmd")]
    assert b"\"'=cmd: " in annotated_csv("a.csv", b"wilayah,BAN01\nOeseli,5\n", notes, 1)
