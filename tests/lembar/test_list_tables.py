"""The rows of a list in a file: what is read of its sheets, and what is said of all that is not."""

from dataclasses import replace

import pytest

from hub.base.errors import InvalidInputError
from hub.lembar.list_tables import OpenedList, read_list_tables
from hub.lembar.list_titles import ListTitles
from hub.lembar.sheet import Odd, OddKind, Sheet
from tests.lembar.written_sheets import written

TITLES = ListTitles(
    "uji",
    {"no": "no|temuan hub", "nama": "nama", "nia": "nia", "kecamatan": "kecamatan", "desa": "desa", "status": "status"},
    frozenset(("nama", "desa")),
    frozenset(("nama",)),
    single=frozenset(("nia",)),
)
SHEET = written(
    """
    DAFTAR UJI
    No|Nama|NIA|Desa|NIK|Warna|Temuan hub
    A.|KECAMATAN LOBALAIN
    1|Ana|T-1|Kuli|53|merah|
    2|Ben|-|Kuli|54||
    |Jumlah|2
    B.|KEC. ROTE TIMUR
    3|Cici|T-3|'=Desa|||
    Mengetahui, Kepala Dinas
    """
)


def opened(*sheets: Sheet) -> OpenedList:
    return read_list_tables("uji.xlsx", sheets, TITLES)


def said(*sheets: Sheet) -> list[tuple[str, str]]:
    return [(t.kode, t.tingkat) for t in opened(*sheets).about_tables()]


def test_rows_have_what_they_say_their_sections_and_their_places() -> None:
    rows = opened(SHEET).rows
    assert [b.written for b in rows] == [
        {"nama": "Ana", "nia": "T-1", "desa": "Kuli", "kecamatan": "LOBALAIN"},
        {"nama": "Ben", "desa": "Kuli", "kecamatan": "LOBALAIN"},
        {"nama": "Cici", "nia": "T-3", "desa": "=Desa", "kecamatan": "ROTE TIMUR"},
    ]
    (place,) = rows[2].location("nia")
    assert (place.lembar, place.baris, place.kolom) == ("Data", 8, "NIA")
    kode = [k for k, _ in said(SHEET)]
    assert {"DATA_PRIBADI", "KOLOM_TAK_DIKENAL", "BARIS_JUMLAH", "BARIS_DILEWATI"} <= set(kode)
    assert "KOLOM_GANDA" not in kode  # "No" and "Temuan hub" are both nothing that is kept


def test_what_nobody_sees_is_asked_for_and_never_read_silently() -> None:
    assert ("BARIS_TERSEMBUNYI", "GALAT") in said(replace(SHEET, hidden_rows=frozenset((5,))))
    assert ("KOLOM_TERSEMBUNYI", "GALAT") in said(replace(SHEET, hidden_columns=frozenset((2,))))
    assert ("KOLOM_TERSEMBUNYI", "INFO") in said(replace(SHEET, hidden_columns=frozenset((5,))))
    hidden = replace(SHEET, name="Lama", hidden=True)
    assert ("LEMBAR_TERSEMBUNYI", "PERINGATAN") in said(SHEET, hidden)
    assert len(opened(SHEET, hidden).tables) == 1
    with pytest.raises(InvalidInputError, match="tidak ada baris uji"):
        opened(hidden)


def test_a_cell_that_does_not_say_what_it_holds_is_no_empty_one() -> None:
    assert ("SEL_RUMUS", "GALAT") in said(replace(SHEET, odd={(5, 2): Odd(OddKind.FORMULA, "=A1")}))
    assert not {k for k, level in said(replace(SHEET, odd={(5, 5): Odd(OddKind.FORMULA, "=A1")})) if level == "GALAT"}


def test_what_a_cell_does_not_say_is_told_once() -> None:
    found = opened(replace(SHEET, odd={(5, 2): Odd(OddKind.FORMULA, "=A1")}))
    assert found.is_wrong
    row = found.rows[1]
    row.add_finding("ISIAN_WAJIB", "GALAT", "NIA kosong.", "nia")
    row.add_finding("DESA_KOSONG", "GALAT", "Desa kosong.", "desa")
    assert [t.kode for t in found.findings() if t.tingkat == "GALAT"] == ["SEL_RUMUS", "DESA_KOSONG"]


def test_one_number_for_two_rows_is_asked_for() -> None:
    merged = written("No|Nama|NIA\n1|Ana|T-1\n2|Ben|", merged=["C2:C3"])
    assert ("SEL_GABUNGAN", "GALAT") in said(merged)


def test_a_column_that_stands_there_twice_is_an_error_and_other_sheets_are_named() -> None:
    twice = written("No|Nama|NIA|Nama\n1|Ana|T-1|Ben")
    other = written("Petunjuk\nIsilah tabel", name="Petunjuk")
    kode = said(twice, other)
    assert ("KOLOM_GANDA", "GALAT") in kode
    assert ("LEMBAR_DILEWATI", "INFO") in kode


def test_a_number_with_a_fraction_is_known_as_one() -> None:
    (row,) = opened(replace(written("Nama|NIA\nAna|1.799"), exact=frozenset(((2, 1),)))).rows
    assert row.exact == {"nia"}
