"""CSV as offices save it: in their encodings, with their separators, and with signs in it that nobody sees."""

import codecs

import pytest

from hub.base.errors import InvalidInputError
from hub.base.temuan import INFO, WARNING
from hub.lembar import files as lembar_files
from hub.lembar.files import read_sheets
from hub.lembar.sheet import Sheet

HEAD = "wilayah;BAN01\nDesa Péta;5\n"
TABLE = [["wilayah", "BAN01"], ["Desa Péta", "5"]]


def one(content: bytes) -> Sheet:
    (sheet,) = read_sheets("a.csv", content)
    return sheet


def codes(sheet: Sheet) -> list[tuple[str, str]]:
    return [(t.kode, t.tingkat) for t in sheet.said]


ENCODED = {
    "UTF-8": (HEAD.encode(), None),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + HEAD.encode(), None),
    "UTF-8 with two marks": (codecs.BOM_UTF8 * 2 + HEAD.encode(), None),
    "UTF-16 LE with a mark": (HEAD.encode("utf-16"), "UTF-16"),
    "UTF-16 BE with a mark": (codecs.BOM_UTF16_BE + HEAD.encode("utf-16-be"), "UTF-16"),
    "UTF-16 LE": (HEAD.encode("utf-16-le"), "UTF-16"),
    "UTF-16 BE": (HEAD.encode("utf-16-be"), "UTF-16"),
    "Windows-1252": (HEAD.encode("cp1252"), "Windows-1252"),
    "Windows-1252 with Windows' line ends": (HEAD.replace("\n", "\r\n").encode("cp1252"), "Windows-1252"),
    "lone carriage returns": (HEAD.replace("\n", "\r").encode(), None),
    "zeros in it": (HEAD.replace("5", "\x005\0").encode(), None),
}


@pytest.mark.parametrize("in_child", [False, True], ids=["at once", "in a process"])
@pytest.mark.parametrize(("content", "said"), ENCODED.values(), ids=ENCODED)
def test_every_encoding_gives_the_same_table_and_is_said(
    monkeypatch: pytest.MonkeyPatch, content: bytes, said: str | None, in_child: bool
) -> None:
    if in_child:
        monkeypatch.setattr(lembar_files, "_SMALL", 1)
    sheet = one(content)
    assert sheet.rows == TABLE
    assert codes(sheet) == ([("BERKAS_PENYANDIAN", INFO)] if said else [])
    if said:
        assert f"a.csv dibaca sebagai {said};" in sheet.said[0].pesan


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_letters_in_utf8_are_said_with_their_rows_and_never_guessed(end: str) -> None:
    text = end.join(["wilayah;BAN01", "Desa Péta;5", "Desa P~ta;6", "Oeseli;7", "Bat~tua;8"])
    sheet = one(text.encode().replace(b"~", b"\xe9"))
    assert codes(sheet) == [("BERKAS_HURUF_RUSAK", WARNING)]
    assert "baris 3, 5 berisi huruf yang rusak" in sheet.said[0].pesan
    assert [row[0] for row in sheet.rows] == ["wilayah", "Desa Péta", "Desa P\ufffdta", "Oeseli", "Bat\ufffdtua"]


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        b"a,b\n\xff\xfe\n",  # letters nobody types
        b"a,b\nP\xe9ta\x01\n",  # no text has such a sign beside them
        b"a,b\nP\x81ta\n",  # none of Windows-1252
        ("é" + "a" * 9).encode() + b"\xe9" * 1_500,
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInputError, match="bukan teks UTF-8"):
        read_sheets("a.csv", content)


SEPARATED: dict[str, tuple[str, list[list[str]]]] = {
    "a title above": ("REKAP BANSOS KABUPATEN 2021\n\nwilayah;BAN01\nX;5", [["wilayah", "BAN01"], ["X", "5"]]),
    "a title of commas": ("REKAP, KABUPATEN ROTE NDAO, 2021\nwilayah;BAN01\nX;5", [["wilayah", "BAN01"], ["X", "5"]]),
    "a title of commas, no row": ("REKAP, ROTE NDAO, 2021\nwilayah;BAN01\n", [["wilayah", "BAN01"]]),
    "decimal commas": ("wilayah;A;B\nX;1,5;2,5\nY;3,25;4,1", [["wilayah", "A", "B"], ["X", "1,5", "2,5"], ["Y", "3,25", "4,1"]]),
    "commas of thousands": ("wilayah;A\nX;1,799,000\nY;2,000,000", [["wilayah", "A"], ["X", "1,799,000"], ["Y", "2,000,000"]]),
    "brackets": (
        "wilayah;REH01[lingkup=gabungan,JK=L];REH01[lingkup=gabungan,JK=P]\nX;1;2",
        [["wilayah", "REH01[lingkup=gabungan,JK=L]", "REH01[lingkup=gabungan,JK=P]"], ["X", "1", "2"]],
    ),
    "brackets in a table of commas": (
        "wilayah,REH01[a=x;b=y]\nX,1", [["wilayah", "REH01[a=x;b=y]"], ["X", "1"]],
    ),
    "semicolons in a text": ("nama,alamat\nX,Jl. A; RT 1; RW 2\nY,Jl. B", [["nama", "alamat"], ["X", "Jl. A; RT 1; RW 2"], ["Y", "Jl. B"]]),
    "tabs": ("wilayah\tBAN01\nX, Y\t5", [["wilayah", "BAN01"], ["X, Y", "5"]]),
    "upright lines": ("wilayah|BAN01\nX|5", [["wilayah", "BAN01"], ["X", "5"]]),
    "said, as Excel does": ("sep=;\nwilayah;BAN01\nX, a, b;5", [["wilayah", "BAN01"], ["X, a, b", "5"]]),
    "said with the rest of an empty row": ("sep=,,,\nwilayah,BAN01\nX,5", [["wilayah", "BAN01"], ["X", "5"]]),
    "said in quotes": ('"sep=|"\nwilayah|BAN01\nX;5', [["wilayah", "BAN01"], ["X;5"]]),
    "quoted commas": ('wilayah;BAN01\n"X, desa";5\n"Y, desa";6', [["wilayah", "BAN01"], ["X, desa", "5"], ["Y, desa", "6"]]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "table"), SEPARATED.values(), ids=SEPARATED)
def test_the_separator_is_that_of_the_table(text: str, table: list[list[str]]) -> None:
    assert one(text.encode()).rows[-len(table) :] == table


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\u200bwilayah\u200b", "wilayah"),
        ("wi\u00adla\u2060yah\ufeff", "wilayah"),
        ("\u202awilayah\u202c\u2066\u2069\u200e\u200f", "wilayah"),
        ("1\u00a0799\u2009KK\u2007x\u202fy", "1 799 KK x y"),
        ("\uff11\uff12\uff0e\uff15\uff05", "12.5%"),
        ("\U0001d7cf\U0001d7ff", "19"),
        ("a\x1fb\x07", "ab"),
        ("Péta", "Péta"),
    ],
)
def test_what_nobody_sees_is_not_there(written: str, read: str) -> None:
    assert one(f"a;b\n{written};5\n".encode()).rows[1] == [read, "5"]


def test_an_invisible_sign_before_a_quote_does_not_open_the_cell() -> None:
    assert one('a;b\n\u200b"x;y";5\n'.encode()).rows[1] == ["x;y", "5"]
