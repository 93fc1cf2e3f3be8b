"""What is said of how a file of tables is kept: each finding names the place as people find it, and the remedy."""

from dataclasses import replace

import pytest

from hub.base.temuan import Temuan
from hub.lembar.find_tables import find_tables
from hub.lembar.sheet import Odd, OddKind, Sheet
from hub.lembar.table import Table
from hub.lembar.table_findings import (
    Counting,
    cell_name,
    column_letters,
    named_cells,
    named_rows,
    range_name,
    seen_sheets,
    sheets_left_out,
    table_findings,
)
from tests.lembar.written_sheets import Known, span, written

SHEET = written(
    """
    Rekap KPM
    No|Kecamatan|KPM|Kuota|Catatan
    1|Lobalain|5|6|a
    2|Rote Timur|7|8|
    3|Rote Tengah|||
    4|Ndao Nuse|9|1|b
    Sumber: Dinas Sosial
    """
)
COUNTING = Counting(columns=(1, 2, 3), figures=(2, 3))


def table(**changes: object) -> Table:
    (found,) = find_tables(replace(SHEET, **changes), Known())  # type: ignore[arg-type]
    return found


def said(found: Table, *kode: str, counting: Counting = COUNTING) -> list[Temuan]:
    return [t for t in table_findings(found, counting) if t.kode in kode or not kode]


def test_a_table_that_is_kept_well_only_tells_what_stands_around_it() -> None:
    temuan = said(table())
    assert [(t.kode, t.tingkat, [x.baris for x in t.lokasi], t.nilai) for t in temuan] == [
        ("BARIS_DILEWATI", "INFO", [1], "Rekap KPM"),
        ("BARIS_DILEWATI", "INFO", [7], None),  # who signed is repeated nowhere
    ]
    assert temuan[0].pesan == 'Lembar "Data", baris 1: judul di atas tabel; tidak dibaca sebagai baris tabel.'


def test_rows_that_are_left_out_are_one_finding_a_reason() -> None:
    text = "\n".join(["Desa|KPM", *(f"Kuli|{n}\nDesa|KPM" for n in range(60))])
    (found,) = find_tables(written(text), Known())
    (temuan,) = said(found, "BARIS_DILEWATI", counting=Counting((0, 1)))
    assert len(temuan.lokasi) == 50
    assert "baris 3, 5, 7" in temuan.pesan
    assert "(60 seluruhnya)" in temuan.pesan
    assert "kepala tabel yang diulang" in temuan.pesan


def test_hidden_rows_that_hold_something_are_errors() -> None:
    (temuan,) = said(table(hidden_rows=frozenset((1, 3, 4, 20))), "BARIS_TERSEMBUNYI")
    assert (temuan.tingkat, [x.baris for x in temuan.lokasi]) == ("GALAT", [3, 4])
    assert "baris 3 sampai 4: tersembunyi" in temuan.pesan.replace("3 dan 4", "3 sampai 4")
    assert "Tampilkan" in temuan.pesan
    assert said(table(hidden_rows=frozenset((1, 7))), "BARIS_TERSEMBUNYI") == []  # a title, a source
    only_names = Counting(columns=(2, 3))
    assert said(table(hidden_rows=frozenset((5,))), "BARIS_TERSEMBUNYI", counting=only_names) == []


def test_a_hidden_column_is_an_error_where_it_counts() -> None:
    temuan = said(table(hidden_columns=frozenset((2, 4, 9))), "KOLOM_TERSEMBUNYI")
    assert [(t.tingkat, t.lokasi[0].kolom) for t in temuan] == [("GALAT", "KPM"), ("INFO", "Catatan")]
    assert 'kolom C "KPM": tersembunyi' in temuan[0].pesan


@pytest.mark.parametrize(
    ("kind", "kode", "remedy"),
    [
        (OddKind.FORMULA, "SEL_RUMUS", "rumus"), (OddKind.FAULT, "SEL_KESALAHAN", "perbaiki rumusnya"),
        (OddKind.UNSEEN, "SEL_TAK_TAMPAK", "format"),
    ],
)  # fmt: skip
def test_cells_that_do_not_say_what_they_hold_are_errors(kind: OddKind, kode: str, remedy: str) -> None:
    odd = {(r, c): Odd(kind, "=1+1") for r, c in ((1, 2), (3, 2), (4, 2), (6, 2), (5, 3), (4, 4), (7, 2))}
    temuan = said(table(odd=odd), "SEL_RUMUS", "SEL_KESALAHAN", "SEL_TAK_TAMPAK")
    assert [
        (t.kode, t.tingkat, [x.baris for x in t.lokasi], t.nilai) for t in temuan if t.lokasi[0].kolom == "Kuota"
    ] == [(kode, "GALAT", [5], "=1+1")]
    (of_kpm,) = [t for t in temuan if t.lokasi[0].kolom == "KPM"]
    assert [x.baris for x in of_kpm.lokasi] == [3, 4, 6, 7]  # the source's cell holds something too: the row is one
    assert 'sel C3 sampai C4 dan C6 sampai C7 (kolom C "KPM")' in of_kpm.pesan
    assert remedy in of_kpm.pesan
    assert len(temuan) == 2  # what does not count is not told


def test_one_figure_for_several_rows_is_an_error() -> None:
    sheet = written("Desa|KPM|Kuota\nKuli|11|1\nPapela||2\nOeseli|5|3\nJUMLAH|16|", ("B2:B3", "A4:A5", "B5:C5"))
    (found,) = find_tables(sheet, Known())
    counting = Counting((0, 1, 2), (1, 2), [r for r in found.rows if r.number < 5])
    (temuan,) = said(found, "SEL_GABUNGAN", counting=counting)
    assert (temuan.tingkat, temuan.nilai, [(x.baris, x.kolom) for x in temuan.lokasi]) == (
        "GALAT", "11", [(2, "KPM"), (3, "KPM")],
    )  # fmt: skip
    assert "B2:B3" in temuan.pesan
    assert "gabung" in temuan.pesan
    everything = Counting((0, 1, 2), (1, 2))
    assert [t.nilai for t in said(found, "SEL_GABUNGAN", counting=everything)] == ["11", "16"]  # one sum of two columns
    blank = replace(sheet, merged=(span("C5:C6"), span("B2:B2")))
    assert said(find_tables(blank, Known())[0], "SEL_GABUNGAN", counting=everything) == []


def test_hidden_sheets_and_those_without_a_table_are_named() -> None:
    sheets = [
        SHEET, Sheet("lama", [["Desa", "KPM"], ["Kuli", "7"]], hidden=True), Sheet("kosong", [["", " "]], hidden=True),
        Sheet("Petunjuk", [["Isi lembar Data"]]), Sheet("Sheet3", [[], [""]]),
        Sheet("rumus", [[""]], odd={(1, 0): Odd(OddKind.FORMULA, "=A1")}),
    ]  # fmt: skip
    seen, temuan = seen_sheets(sheets)
    assert [s.name for s in seen] == ["Data", "Petunjuk", "Sheet3", "rumus"]
    assert [(t.kode, t.tingkat, t.lokasi[0].lembar) for t in temuan] == [("LEMBAR_TERSEMBUNYI", "PERINGATAN", "lama")]
    tables = [t for s in seen for t in find_tables(s, Known())]
    left_out = sheets_left_out(seen, tables, "kolom Kecamatan atau Desa")
    assert [(t.kode, t.tingkat, t.nilai) for t in left_out] == [
        ("LEMBAR_DILEWATI", "INFO", "Petunjuk"), ("LEMBAR_DILEWATI", "INFO", "rumus"),
    ]  # fmt: skip


def test_places_are_named_as_spreadsheets_do() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert cell_name((2, 1)) == "B2"
    assert range_name(span("B2:C13")) == "B2:C13"
    assert named_rows([3]) == "baris 3"
    assert named_rows([3, 5, 6, 7, 9]) == "baris 3, 5 sampai 7 dan 9"
    assert named_cells([(2, 0), (9, 0)]) == "sel A2 dan A9"
