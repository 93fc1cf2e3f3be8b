"""Tables are found wherever they stand in a sheet, with exactly their rows."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.errors import InvalidInputError
from hub.lembar.find_tables import find_tables
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet
from hub.lembar.table import Row, Table
from hub.lembar.table_findings import Counting, table_findings
from tests.lembar.table_shapes import SHAPES, Shape
from tests.lembar.written_sheets import Generous, Known, span, written


def told(table: Table) -> tuple[str, str, str]:
    """As the shapes write it."""
    columns = "|".join("/".join(c.parts) for c in table.columns)
    rows = " ".join("<".join((str(r.number), *r.sections)) for r in table.rows)
    return columns, rows, ", ".join(f"{s.number} {s.reason}" for s in sorted(table.skipped, key=lambda s: s.number))


@pytest.mark.parametrize("titles", [Known, Generous])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_a_table_is_read_as_a_person_reads_it(shape: Shape, titles: type[Known]) -> None:
    sheet = written(shape.text, shape.merged)
    tables = find_tables(sheet, titles())
    assert [told(t) for t in tables] == list(shape.tables)
    for table in tables:
        for row in table.rows:
            cells = sheet.rows[row.number - 1]
            assert row.cells == [*cells, *[""] * (len(table.columns) - len(cells))]
        heads = [n for n in table.header if any(sheet.rows[n - 1])]
        told_rows = {r.number for r in table.rows} | {s.number for s in table.skipped} | set(heads)
        assert all(s.text for s in table.skipped)
        if len(tables) == 1:  # nothing is lost: every row that holds something is told of
            assert told_rows == {n for n, cells in enumerate(sheet.rows, 1) if any(cells)}


def test_there_are_shapes_enough_to_tell() -> None:
    assert len(SHAPES) >= 45
    assert len({s.name for s in SHAPES}) == len(SHAPES)


def test_a_cell_merged_over_rows_stands_in_each_of_them_and_is_told() -> None:
    sheet = written(
        """
        No|Kecamatan|Desa|KPM
        1|Lobalain|Kuli|5
        |||
        ||Kolobolon|
        2|Rote Timur|Papela|7
        """,
        ("A2:A4", "B2:B4", "D2:D4"),
    )
    (table,) = find_tables(sheet, Known())
    assert table.rows == [
        Row(2, ["1", "Lobalain", "Kuli", "5"]),
        Row(4, ["1", "Lobalain", "Kolobolon", "5"]),  # the blank row between is nothing
        Row(5, ["2", "Rote Timur", "Papela", "7"]),
    ]
    assert table.merged[4, 3] == table.merged[2, 3] == span("D2:D4")
    assert {spot for spot in table.merged if spot[1] == 2} == set()


def test_a_cell_that_does_not_say_what_it_holds_is_no_empty_one() -> None:
    odd = {(r, 1): Odd(OddKind.FORMULA, "=B9") for r in (3, 4)} | {(4, 0): Odd(OddKind.FAULT, "#N/A")}
    sheet = written("Desa|KPM\nKuli|5\nKecamatan Lobalain|\n|\nKolobolon|6\nPapela|7", odd=odd)
    (table,) = find_tables(sheet, Known())
    assert [(r.number, r.sections) for r in table.rows] == [(2, ()), (3, ()), (4, ()), (5, ()), (6, ())]


def test_more_sections_and_footers_than_rows_that_reported_hide_no_row() -> None:
    """No region has reported yet: what numbers the rows is an untitled column that footers stand in too."""
    head = ["|Wilayah|Realisasi|", "||KPM|Kuota"]
    rows = ["1|Kuli||", "2|Kuli||", "3|Kuli||", "D. KECAMATAN 4|||", "4|Desa Papela||", "E. KECAMATAN 5|||", "5|Kuli||"]
    sheet = written("\n".join([*head, *rows, "JUMLAH||12|84", *["Sumber: Dinas Sosial"] * 3]))
    (table,) = find_tables(sheet, Known())
    assert [(r.number, r.sections) for r in table.rows] == [
        (3, ()), (4, ()), (5, ()), (7, ("D. KECAMATAN 4",)), (9, ("E. KECAMATAN 5",)), (10, ("E. KECAMATAN 5",)),
    ]  # fmt: skip


def test_tables_of_ten_thousands_of_cells_are_found_at_once() -> None:
    head = ["No", "Kecamatan", "Desa", "KPM", "", "Ket", "Kuota", "Aktif", "Status", "Klien"]
    counted = [[str(n), f"Kec {n % 30}", f"Desa {n}", "1.234", "7", "", "x", "3", "aktif", "5"] for n in range(8563)]
    named = [["", f"LKS {n}", "Desa", "", "", "", "x", "", "aktif", ""] for n in range(8563)]  # titles, as it were
    plain = [[f"{n}{c}" for c in "abcdefghij"] for n in range(8563)]
    for rows, most in (([head, counted[0], *counted], 1), ([head, *named], 1), (plain, 0)):
        known = Known()
        started = time.process_time()
        tables = find_tables(Sheet("Data", rows), known)
        assert time.process_time() - started < 1  # 0,2 s
        assert [len(t.rows) for t in tables] == [len(rows) - 1] * most
        assert known.asked < 30_000


def test_merged_cells_that_lie_over_each_other_cost_no_more_than_the_table() -> None:
    sheet = written("Desa|KPM\n" + "\n".join(f"D{n}|{n}" for n in range(300)))
    sheet = replace(sheet, merged=tuple(Merged(2 + n % 9, 0, 300, 16_000) for n in range(3_000)))
    (table,) = find_tables(sheet, Known())
    assert len(table.rows) == 300
    assert len(table.merged) <= 2 * 300


def test_one_cell_far_out_does_not_make_every_row_as_wide() -> None:
    rows = [["Desa", "KPM"], *([["Kuli", "5"]] * 20_000), [*[""] * 16_000, "x"]]
    with pytest.raises(InvalidInputError, match="Hapus isi sel yang jauh"):
        find_tables(Sheet("Data", rows), Known())


PLACES = (
    "Lobalain",
    "Rote Timur",
    "Kuli",
    "Sumber",
    "Desa Papela",
    "2 X 11 Kayu Tanam",
    "Kota Baru",
    "A. Yani",
    "Catatan Jaya",
)
ABOVE = ("Tabel 3", "REKAP KPM TAHUN 2024", "KABUPATEN ROTE NDAO", "Keadaan: 31 Desember 2024", "Bulan|Januari", "")
BELOW = (
    "Sumber: Dinas Sosial", "Catatan: *) angka sementara", "||Ba'a, 5 Januari 2025", "Mengetahui,||Kepala Dinas Sosial",
    "", "||NIP. 19000000 000000 1 000",
)  # fmt: skip
HEADS = (
    ("No|Wilayah|KPM|Kuota", ""),
    ("|Wilayah|Realisasi|", "||KPM|Kuota"),
    ("NO.|NAMA WILAYAH|KPM PKH||Ket", "||L|P|"),
    ("Kecamatan|Desa|KPM|Kuota", ""),
)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_stands_around_them_the_rows_are_found(data: st.DataObject) -> None:
    first, second = data.draw(st.sampled_from(HEADS))
    head = [first, *([second] if second else [])]
    numbers = data.draw(st.sampled_from(["", "(1)|(2)|(3)|(4)", "1|2|3|4=3:2"]))
    lines = [*data.draw(st.lists(st.sampled_from(ABOVE), max_size=4)), *head, *([numbers] if numbers else [])]
    expected: list[tuple[int, tuple[str, ...]]] = []
    section: tuple[str, ...] = ()
    count = data.draw(st.integers(1, 12))
    for n in range(1, count + 1):
        before = data.draw(st.sampled_from(["", "", "", "section", "header", "blank", "page"]))
        if before == "section":
            section = (f"{'ABCDEFGHIJKL'[n - 1]}. KECAMATAN {n}",)
            lines.append(f"{section[0]}|||")
        elif before == "header" and n > 1:
            lines += [*head, *([numbers] if numbers else [])]
        elif before == "blank":
            lines.append("")
        elif before == "page" and n > 1:
            lines += [f"Halaman {n} dari 20", *head]
        name = data.draw(st.sampled_from(PLACES))
        figure = data.draw(st.sampled_from(["5", "1.799 KK", "-", "Rp. 526.700.000.-", "12"]))
        first_cell = str(n) if not first.startswith("Kec") else "Lobalain"
        empty = first_cell != "Lobalain" and data.draw(st.integers(0, 5)) == 0  # a region that has not reported yet
        lines.append(f"{first_cell}|{name}||" if empty else f"{first_cell}|{name}|{figure}|7")
        expected.append((len(lines), section))
    if data.draw(st.booleans()):
        lines.append("JUMLAH||12|84")
        expected.append((len(lines), section))
    lines += data.draw(st.lists(st.sampled_from(BELOW), max_size=4))
    (table,) = find_tables(written("\n".join(["Judul", *lines])), Known())
    assert [(r.number - 1, r.sections) for r in table.rows] == expected, "\n".join(lines)


WORDS = st.sampled_from([
    "", "", "", "No", "Kecamatan", "Desa", "KPM", "Kuota", "L", "P", "1", "2", "3", "(1)", "a", "-", "1.799 KK", "Lobalain", "A.", "I",
    "A. KECAMATAN X", "Kecamatan Lobalain", "Desa Kuli :", "- Desa Kuli", "JUMLAH", "Sumber: x", "Kepala Dinas Sosial", "NIP", "2024",
    "Ba'a, 5 Januari 2025", "(KK)", "*) sementara", "'=1", "\n", "Keterangan",
])  # fmt: skip


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_no_row_is_lost_and_none_is_told_twice(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(WORDS, max_size=5), max_size=14))
    place = st.tuples(st.integers(1, 16), st.integers(0, 6))
    corners = data.draw(st.lists(st.tuples(place, st.integers(0, 4), st.integers(0, 4)), max_size=4))
    merged = tuple(Merged(top, left, top + down, left + right) for (top, left), down, right in corners)
    spots = st.tuples(st.integers(1, max(len(rows), 1)), st.integers(0, 6))
    odd = dict.fromkeys(data.draw(st.lists(spots, max_size=3)) if rows else [], Odd(OddKind.FORMULA, "=A1"))
    sheet = Sheet("Data", rows, merged=merged, odd=odd)
    tables = find_tables(sheet, data.draw(st.sampled_from([Known(), Generous()])))
    told_rows = [
        n
        for t in tables
        for n in (*t.header, *(r.number for r in t.rows), *(s.number for s in t.skipped))
        if any(c.strip() for c in rows[n - 1]) or any(spot[0] == n for spot in odd)
    ]
    filled = {n for n, cells in enumerate(rows, 1) if any(c.strip() for c in cells)} | {spot[0] for spot in odd}
    assert sorted(told_rows) == (sorted(filled) if tables else [])
    for t in tables:
        assert all(len(r.cells) >= len(t.columns) for r in t.rows)
        assert [r.number for r in t.rows] == sorted(r.number for r in t.rows)
        everything = Counting(range(len(t.columns)), range(len(t.columns)))
        assert all(x.pesan for x in table_findings(t, everything))
