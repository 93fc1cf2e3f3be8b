"""What leaves the hub in a file of tables is run by no spreadsheet program, and is read back as it was."""

import ast
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.lembar.find_tables import find_tables
from hub.lembar.harmless import as_written, harmless, write_csv
from hub.lembar.sheet import Sheet
from tests.lembar.written_sheets import Known
from tests.project_files import sources, tree_of


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","klik")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\rx", " =1", "- Desa Keoen",
        "＝1", "\ufeff=1", "'=1", "''@x", "+62 812-0000", "-",
    ],
)  # fmt: skip
def test_a_formula_becomes_a_text_and_comes_back(text: str) -> None:
    written = harmless(text)
    assert written == (text if text == "-" else f"'{text}")
    assert as_written(written) == text


@pytest.mark.parametrize(
    "text", ["-5", "-10.73", "+62", "-1.250,5", "-12%", "--", "", "LKS Kasih", "Ba'a", "'Adn", "5=3+2", "a@b", " x"]
)
def test_what_runs_nothing_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text == as_written(text)


@given(st.text(alphabet="'=+-@\t\r \n1a.,%＝", max_size=8))
def test_everything_is_read_back_as_it_was(text: str) -> None:
    assert as_written(harmless(text)) == text
    assert harmless(text)[:1] not in tuple("=@\t\r")


def test_a_file_that_was_written_harmless_is_a_table_as_it_was() -> None:
    rows = [["Nama", "Desa", "KPM"], ["=1+1", "- Kuli", "-5"], ["'@x", "Papela", "7"]]
    out = io.StringIO()
    write_csv(out, [[*rows[0], 1], *rows[1:]])
    assert out.getvalue().splitlines()[1] == "'=1+1,'- Kuli,-5"
    (table,) = find_tables(Sheet("a", list(csv.reader(io.StringIO(out.getvalue())))), Known())
    assert [r.cells[:3] for r in table.rows] == rows[1:]


def test_no_other_csv_leaves_the_hub() -> None:
    writers = [
        f"{file}:{node.lineno}"
        for file in sources(".py", within=("hub", "schema"))
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute)
        and node.attr in ("writer", "DictWriter")
        and ast.unparse(node.value) == "csv"
    ]
    assert len(writers) == 1
    assert writers[0].startswith("hub/lembar/harmless.py:")
