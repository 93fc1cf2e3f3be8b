"""CSV without end: reading stops at the limit and says so; a country's list goes through."""

from collections.abc import Iterator

import pytest

from hub.base.errors import InvalidInputError
from hub.lembar.csv_rows import csv_rows
from hub.lembar.files import read_sheets


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInputError) as error:
        read_sheets("daftar.csv", content)
    return error.value.message


def test_a_national_list_and_a_provinces_table_are_read() -> None:
    (regions,) = read_sheets("w.csv", b"kode,nama\n" + b"53.14.01.2005,Oeseli\n" * 91_600)
    assert len(regions.rows) == 91_601
    wide = ",".join(["5"] * 300) + "\n"
    (table,) = read_sheets("t.csv", (wide * 8_563).encode())
    assert (len(table.rows), {len(b) for b in table.rows}) == (8_563, {300})


def test_more_rows_than_anybody_has_are_refused_at_the_limit() -> None:
    assert "lebih dari 200.000 baris" in refused(b"wilayah,BAN01\n" + b"Oeseli,5\n" * 300_000)
    taken = 0

    def rows() -> Iterator[list[str]]:
        nonlocal taken
        for row in csv_rows("x.csv", b"a\n" * 1_000, most_rows=10):
            taken += 1
            yield row

    with pytest.raises(InvalidInputError, match=r"lebih dari 10 baris.*Bagi berkasnya"):
        list(rows())
    assert taken == 10


@pytest.mark.parametrize("content", [b"," * 20_000, b"," * 900_000, (b"," * 9_999 + b"\n") * 600])
def test_more_cells_than_anybody_has_are_refused(content: bytes) -> None:
    assert "paling banyak 200.000 baris, 16.384 kolom dan 5.000.000 sel" in refused(content)


def test_a_line_without_end_is_no_row() -> None:
    assert "baris 2 lebih panjang dari 1.048.576 huruf" in refused(b"wilayah,BAN01\n" + b"x" * 40_000_000)
    assert "tidak ditutup" in refused(b'wilayah,BAN01\n"' + b"x\n" * 200_000)


@pytest.mark.parametrize(("piece", "rows"), [(b"[", 2), (b"[]", 2), (b"x[y", 2), (b'"', 2), (b'a"b', 2)])
def test_a_header_of_brackets_and_quotes_takes_no_longer_than_it_is_long(piece: bytes, rows: int) -> None:
    """The separator was looked for in time that grew with the square of the first line: minutes, for a header of 100 kB."""
    (one,) = read_sheets("x.csv", piece * (100_000 // len(piece) // 2 * 2) + b"\nx;y")
    assert len(one.rows) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a,b", [["a", "b"]]),
        ("a,b\n", [["a", "b"]]),
        ("a\n\n\n", [["a"], [], []]),
        ("\ufeffa;b\r\nc;d\r\n", [["a", "b"], ["c", "d"]]),
        ("a;b\rc;d", [["a", "b"], ["c", "d"]]),
        ('"a\nb",c\n', [["a\nb", "c"]]),
        ('REH01[a=x,b=y];"x,y";z', [["REH01[a=x,b=y]", "x,y", "z"]]),
    ],
)
def test_rows_are_what_they_were(text: str, rows: list[list[str]]) -> None:
    assert list(csv_rows("x.csv", text.encode())) == rows


def test_a_quote_left_open_names_its_row() -> None:
    assert "dibuka pada baris 3 tidak ditutup" in refused(b'a,b\nc,d\ne,"f\ng,h\n')
    assert "dibuka pada baris 1 tidak ditutup" in refused(b'"')


def test_what_is_no_text_is_said_wherever_it_stands() -> None:
    assert "bukan teks UTF-8" in refused(b"a,b\n" * 50_000 + b"\xff\xfe")
