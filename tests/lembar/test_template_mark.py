"""What a sheet says of itself: known in whatever of its first rows, and in nothing else."""

import pytest

from hub.lembar.sheet import Sheet
from hub.lembar.table_findings import seen_sheets
from hub.lembar.template_mark import NOT_READ, TemplateMark, is_not_read, is_template, list_mark, mark_of

MARK = TemplateMark("F02", "53.14", "2025-TW1", 3)


@pytest.mark.parametrize("above", [0, 3, 7])
def test_a_mark_is_read_as_it_was_written(above: int) -> None:
    sheet = Sheet("Per desa", [*([["Judul"]] * above), [f" {MARK} "], ["Kode Wilayah"]])
    assert mark_of(sheet) == MARK
    assert is_template(sheet)
    assert not is_not_read(sheet)


@pytest.mark.parametrize(
    "rows",
    [
        [[f"Lihat {MARK}"]],
        [[str(MARK) + " dan seterusnya"]],
        [*([[""]] * 8), [str(MARK)]],
        [["", "", "", str(MARK)]],
        [["Templat hub: F02 / 53.14.01 / 2025 / versi 1"]],
    ],
)
def test_what_only_looks_like_one_is_none(rows: list[list[str]]) -> None:
    assert mark_of(Sheet("Lembar", rows)) is None


def test_a_list_is_a_template_without_a_form() -> None:
    sheet = Sheet("Isian", [["Daftar LKS"], [list_mark("sumber-daya LKS")]])
    assert is_template(sheet)
    assert mark_of(sheet) is None


def test_a_sheet_that_says_that_it_is_not_read_is_passed_over_in_silence() -> None:
    told = Sheet("Penjelasan", [["Penjelasan"], [NOT_READ], ["Kode", "Elemen"]])
    other = Sheet("Data", [[NOT_READ + " Kecuali ini."]])
    hidden = Sheet("Lalu", [[NOT_READ], ["5"]], hidden=True)
    seen, temuan = seen_sheets([told, other, hidden])
    assert (seen, temuan) == ([other], [])
