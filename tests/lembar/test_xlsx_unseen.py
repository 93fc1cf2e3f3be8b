"""What a workbook holds and does not show: sheets, rows, columns, and what merged cells cover."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from hub.base.errors import InvalidInputError
from hub.lembar import sheet_limits, sheet_rows
from hub.lembar.files import read_list, read_sheets
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet
from hub.lembar.sheet_rows import SheetRows
from tests.lembar.far_sheets import sheet, xlsx


def book(fill: Callable[[Any], None]) -> bytes:
    made = openpyxl.Workbook()
    for number in range(1, 6):
        made.active.append([f"Desa {number}", number, number * 10])
    fill(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def one(content: bytes) -> Sheet:
    (read,) = read_sheets("a.xlsx", content)
    return read


def test_hidden_sheets_are_there_and_said_to_be_hidden() -> None:
    def fill(made: Any) -> None:
        made.create_sheet("Sembunyi").sheet_state = "hidden"
        made.create_sheet("Sangat").sheet_state = "veryHidden"
        made.create_chartsheet("Grafik")

    assert [(s.name, s.hidden) for s in read_sheets("a.xlsx", book(fill))] == [
        ("Sheet", False), ("Sembunyi", True), ("Sangat", True),
    ]  # fmt: skip


def hidden_row(made: Any) -> None:
    made.active.row_dimensions[3].hidden = True


def collapsed_rows(made: Any) -> None:
    made.active.row_dimensions.group(3, 4, hidden=True)


def filtered_rows(made: Any) -> None:
    made.active.auto_filter.ref = "A1:C5"
    made.active.auto_filter.add_filter_column(1, ["1", "2"])
    for number in (3, 4, 5):
        made.active.row_dimensions[number].hidden = True


@pytest.mark.parametrize(("hide", "rows"), [(hidden_row, {3}), (collapsed_rows, {3, 4}), (filtered_rows, {3, 4, 5})])
def test_hidden_rows(hide: Callable[[Any], None], rows: set[int]) -> None:
    read = one(book(hide))
    assert set(read.hidden_rows) == rows
    assert (len(read.rows), set(read.hidden_columns)) == (5, set())


def hidden_column(made: Any) -> None:
    made.active.column_dimensions["B"].hidden = True


def collapsed_columns(made: Any) -> None:
    made.active.column_dimensions.group("B", "C", hidden=True)


@pytest.mark.parametrize(("hide", "columns"), [(hidden_column, {1}), (collapsed_columns, {1, 2})])
def test_hidden_columns(hide: Callable[[Any], None], columns: set[int]) -> None:
    read = one(book(hide))
    assert set(read.hidden_columns) == columns
    assert (read.rows[0], set(read.hidden_rows)) == (["Desa 1", "1", "10"], set())


def test_rows_and_columns_without_height_or_width() -> None:
    rows = '<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" ht="15"><c r="A2"><v>3</v></c></row>'
    columns = '<cols><col min="1" max="1" width="9"/><col min="2" max="2" width="0" customWidth="1"/></cols>'
    read = one(xlsx(sheet(rows).replace("<sheetData>", f"{columns}<sheetData>")))
    assert (set(read.hidden_rows), set(read.hidden_columns)) == ({1}, {1})


def test_what_is_hidden_beyond_the_table_is_not_told_a_million_times() -> None:
    read = one(
        xlsx(
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>'
            '<col min="2" max="16384" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>'
            '<row r="1048576" hidden="1"/></sheetData></worksheet>'
        )
    )
    assert (set(read.hidden_columns), set(read.hidden_rows)) == ({1, 2}, set())


def test_merged_cells_stand_beside_and_their_text_in_the_first_of_them() -> None:
    def fill(made: Any) -> None:
        for cells in ("A2:A4", "B1:C1", "B3:C4"):
            made.active.merge_cells(cells)

    content = book(fill)
    read = one(content)
    assert set(read.merged) == {Merged(2, 0, 4, 0), Merged(1, 1, 1, 2), Merged(3, 1, 4, 2)}
    assert read.rows[:5] == [["Desa 1", "1"], ["Desa 2", "2", "20"], ["", "3"], [], ["Desa 5", "5", "50"]]
    assert not read.odd
    (filled,) = read_list("a.xlsx", content)
    assert [r[0] for r in filled.rows] == ["Desa 1", "Desa 2", "Desa 2", "Desa 2", "Desa 5"]
    assert filled.rows[3] == ["Desa 2"]  # a block of cells is no list that goes on


def test_what_a_merged_cell_covers_is_told_as_unseen() -> None:
    read = one(
        xlsx(
            sheet(
                '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2.5</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
                '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2"/></mergeCells>',
            )
        )
    )
    assert read.rows == [["1", ""], ["3"]]
    assert (read.odd, set(read.exact)) == ({(1, 1): Odd(OddKind.UNSEEN, "2.5")}, set())
    assert read.merged == (Merged(1, 0, 1, 1),)


def test_a_row_of_nothing_but_an_odd_cell_is_a_row() -> None:
    read = one(xlsx(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="C4"><f>A1</f></c></row>')))
    assert read.rows == [["1"], [], [], ["", "", ""]]
    assert read.odd == {(4, 2): Odd(OddKind.FORMULA, "=A1")}


def test_more_odd_or_merged_cells_than_any_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sheet_limits.MOST_ODD < sheet_limits.MOST_CELLS
    monkeypatch.setattr(sheet_rows, "MOST_ODD", 3)
    monkeypatch.setattr(sheet_rows, "MOST_MERGED", 3)
    rows = SheetRows('a.xlsx, lembar "Data"', "Data", hidden=False)
    for number in (1, 2, 3):
        rows.put_odd(number, 0, OddKind.FORMULA, "=A1")
        rows.merge(Merged(number, 0, number, 1))
    with pytest.raises(
        InvalidInputError, match=r'lembar "Data": lebih dari 200.000 sel berisi rumus tanpa hasil.*salin sebagai nilai'
    ):
        rows.put_odd(4, 0, OddKind.FORMULA, "=A1")
    with pytest.raises(InvalidInputError, match=r'lembar "Data": lebih dari 200.000 sel gabungan'):
        rows.merge(Merged(4, 0, 4, 1))


def test_merged_cells_that_lie_on_each_other_are_not_gone_through_without_end() -> None:
    rows = "".join(f'<row r="{n}"><c r="Z{n}"><v>1</v></c></row>' for n in range(1, 2_001))
    merged = "".join(f'<mergeCell ref="A1:Z{2_000 + n}"/>' for n in range(400))
    with pytest.raises(InvalidInputError, match="saling menindih"):
        one(xlsx(sheet(rows, f"<mergeCells>{merged}</mergeCells>")))
