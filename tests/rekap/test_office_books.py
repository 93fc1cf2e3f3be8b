"""Workbooks as offices make them, each read through the whole path: file, child process, table, columns, rows, figures."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.temuan import ERROR
from tests.rekap.books_of_cells import CELLS
from tests.rekap.books_of_layouts import LAYOUTS
from tests.rekap.books_of_regions import REGIONS
from tests.rekap.file_texts import regions_of
from tests.rekap.office_books import Book, book, lines_read, wrong_of

BOOKS = (*LAYOUTS, *CELLS, *REGIONS)


def test_there_are_enough_of_them_and_no_two_are_called_alike() -> None:
    names = {b.name for b in BOOKS}
    assert len(names) == len(BOOKS)
    assert len(names) >= 60
    assert {"xlsx", "xlsxwriter", "xls", "ods", "csv"} <= {b.kind for b in BOOKS}


@pytest.mark.parametrize("made", BOOKS, ids=lambda b: b.name)
def test_a_workbook_is_read_as_a_person_would_read_it(made: Book) -> None:
    assert wrong_of(made) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("53.14.03 BAN01 5", "read: 53.14.03 BAN01 5"),
        ("i BARIS_DILEWATI baris 8", "not said: i BARIS_DILEWATI baris 88"),
    ],
)
def test_a_reading_that_is_not_right_is_seen(change: str, told: str) -> None:
    made = LAYOUTS[0]
    assert told in wrong_of(replace(made, reading=made.reading.replace(change, change + "8")))


# ---------- what is written from a reading is read back the same ----------

_DESA = [w for w in regions_of().in_force.values() if w.kode.count(".") == 3]
_TITLES = {"BAN01": ("BAN01", "KPM PKH", "Jumlah KPM PKH"), "BAN03": ("BAN03", "KPM BPNT", "KPM Sembako")}
_SPELLINGS: dict[str, Callable[[int], str]] = {
    "number": str,
    "text": lambda n: f"'{n}",
    "thousands": lambda n: "'" + f"{n:,}".replace(",", "."),
    "unit": lambda n: f"{n} KPM",
    "both": lambda n: f"{n:,}".replace(",", ".") + " KPM",
}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 118), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8, unique_by=lambda c: c[0]),
    st.sampled_from(["xlsx", "xlsxwriter", "xls", "ods", "csv"]),
    st.sampled_from(["code", "beside", "section"]),
    st.sampled_from(list(_SPELLINGS)),
    st.lists(st.sampled_from(["titles", "numbering", "subtotals", "foot"]), unique=True),
    st.integers(0, 2),
)  # fmt: skip
def test_what_is_written_from_a_reading_is_read_back_the_same(
    cells: list[tuple[int, int, int]], kind: str, layout: str, spelling: str, around: list[str], title: int
) -> None:
    cells = sorted(cells)
    lines, right = _laid_out(cells, layout, _SPELLINGS[spelling], around, title)
    made = book("written", "\n".join("|".join(line) for line in lines), "", kind=kind)
    read, temuan = lines_read(made)
    assert [t.pesan for t in temuan if t.tingkat == ERROR] == []
    assert sorted(read) == sorted(right)


def _laid_out(
    cells: list[tuple[int, int, int]], layout: str, spell: Callable[[int], str], around: list[str], title: int
) -> tuple[list[list[str]], list[str]]:
    """The lines of a grid, and of its right reading."""
    named = {"code": ["Kode Wilayah"], "beside": ["Kecamatan", "Desa"], "section": ["Desa"]}[layout]
    header = ["No", *named, *(t[title] for t in _TITLES.values())]
    lines = [["REKAP BANTUAN SOSIAL"], ["TAHUN 2021"], [""]] if "titles" in around else []
    lines.append(header)
    if "numbering" in around:
        lines.append([f"({n})" for n in range(1, len(header) + 1)])
    right = []
    for kode, group in groupby(enumerate(cells, 1), key=lambda c: _DESA[c[1][0]].kode[:8]):
        kecamatan, rows = regions_of().in_force[kode].nama, list(group)
        if layout == "section":
            lines.append([f"KECAMATAN {kecamatan.upper()}"])
        for number, (at, *figures) in rows:
            desa = _DESA[at]
            place = {"code": [desa.kode], "beside": [kecamatan, desa.nama], "section": [desa.nama]}[layout]
            lines.append([str(number), *place, *map(spell, figures)])
            right += [f"{desa.kode} {e} {n}" for e, n in zip(_TITLES, figures, strict=True)]
        if "subtotals" in around:
            sums = [sum(c[k] for _, c in rows) for k in (1, 2)]
            lines.append(["", f"Jumlah Kec. {kecamatan}", *[""] * (len(named) - 1), *map(spell, sums)])
            right += [f"= {kode} {e} {n}" for e, n in zip(_TITLES, sums, strict=True)]
    if "foot" in around:
        lines += [["Sumber: Dinas Sosial"], [*[""] * len(named), "Kepala Dinas Sosial"]]
    return lines, right
