"""Reading lists of regions: every line is used or said to be broken, and a broken one spoils no other."""

import codecs
from datetime import date
from pathlib import Path

import pytest

from hub.base.errors import InvalidInputError
from hub.wilayah.draft import BrokenLine, ListLine, RegionChange, check_list
from hub.wilayah.files import read_changes, read_region_list
from tests.lembar.xlsx_book import workbook


def read(tmp_path: Path, content: str | bytes) -> list[ListLine | BrokenLine]:
    file = tmp_path / "daftar.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_region_list(file))


@pytest.mark.parametrize(
    "content",
    [
        "kode,nama\n53,NTT\n53.14,Rote Ndao\n",
        "\ufeffkode;nama\r\n53;NTT\r\n53.14;Rote Ndao\r\n",
        "kode\tnama\n53\tNTT\n53.14\tRote Ndao\n",
        "DAFTAR WILAYAH, 2025\n\nNo,Kode,Nama\n1,53,NTT\n2,53.14,Rote Ndao\n,,\n",
        'nama,kode\r"NTT",53\r"Rote Ndao",53.14,,\r',
        "sep=;\r\nKODE;NAMA;;\r\n53;NTT;;\r\n53.14;Rote Ndao;;\r\n",
        "kode;nama;keterangan\n53;NTT;lama\n53.14;Rote Ndao\n",
        "kode,nama\n'53,NTT\n=\"53.14\",Rote Ndao\n",
        "kode\tnama\r\n53\tNTT\r\n53.14\tRote Ndao\r\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "kode,nama\n53,NTT\n53.14,Rote Ndao\n".encode("utf-16-be"),
        "kode,nama\n53,NTT\n53.14,Rote Ndao\n".encode("utf-16-le"),
        "kode|nama\n53|NTT\n53.14|Rote Ndao\n",
        "Daftar; wilayah, 2025\nkode;nama\n53;NTT\n53.14;Rote Ndao\nkode;nama\n\nSumber: Kemendagri, 2025\n",
        workbook({"Catatan": [["daftar ini"]], "Isi": [["Daftar"], ["No", "Kode", "Nama"], [1, 53, "NTT"], [2, "53.14", "Rote Ndao"], []]}),
    ],
    ids=[
        "plain", "semicolons", "tabs", "title", "order", "separator named", "blanks left out", "marked as text", "unicode text",
        "the other way round", "no mark", "bars", "title, header again, source", "workbook",
    ],
)  # fmt: skip
def test_lists_as_programs_save_them_are_read(tmp_path: Path, content: str | bytes) -> None:
    lines = read(tmp_path, content)
    assert [(x.kode, x.name) for x in lines if isinstance(x, ListLine) and not x.cut] == [
        ("53", "NTT"),
        ("53.14", "Rote Ndao"),
    ]


@pytest.mark.parametrize(
    ("line", "says", "codes"),
    [
        (b'53.14,"Rote Ndao', "tanda kutip", ("53.14",)),
        (b'53.14,"Rote" Ndao', "tanda kutip", ("53.14",)),
        (b"53.14,Rote, Ndao", "3 isian di bawah 2 kolom", ("53.14",)),
        (b"53.14", "1 isian di bawah 2 kolom", ("53.14",)),
        (b"53.14,Rote \xe9", "bukan teks UTF-8", ("53.14",)),
    ],
    ids=["open quote", "stray quote", "too many", "too few", "bytes"],
)
def test_a_broken_line_is_said_and_those_after_it_are_read(
    tmp_path: Path, line: bytes, says: str, codes: tuple[str, ...]
) -> None:
    before, broken, after = read(tmp_path, b"kode,nama\n53,NTT\n" + line + b"\n53.15,Manggarai Barat\n")
    assert before == ListLine(2, "53", "NTT")
    assert isinstance(broken, BrokenLine)
    assert (broken.number, broken.kode) == (3, codes)
    assert says in broken.cause
    assert after == ListLine(4, "53.15", "Manggarai Barat")


def test_a_line_without_an_end_is_marked(tmp_path: Path) -> None:
    assert read(tmp_path, "kode,nama\n53,NTT\n53.14,Rote") == [
        ListLine(2, "53", "NTT"),
        ListLine(3, "53.14", "Rote", cut=True),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"kode,name\n53,NTT\n", "kolom nama tidak ada; kolomnya: kode, name"),
        (b"kode,nama,nama\n53,NTT,NTT\n", "kolom nama lebih dari satu"),
        (b"", "kolom kode, nama tidak ada"),
        ("kode,nama\n53,NTT\n".encode("utf-32-le"), "bukan teks UTF-8"),
    ],
)
def test_a_file_without_its_columns_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        read(tmp_path, content)


def test_changes_are_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "perubahan.csv"
    file.write_text("Jenis;kode_lama;kode_baru\npindah;53.01;53.02\nhapus;53.03\n")
    moved, broken = read_changes(file)
    assert moved == RegionChange(2, "pindah", "53.01", "53.02")
    assert isinstance(broken, BrokenLine)
    assert (broken.kode, broken.message()) == (
        ("53.03",), "perubahan baris 3: 2 isian di bawah 3 kolom; barangkali baris itu terpotong",
    )  # fmt: skip


def test_names_beside_the_codes_of_a_change_are_read_where_they_are_there(tmp_path: Path) -> None:
    file = tmp_path / "perubahan.csv"
    file.write_text("jenis;kode_lama;nama_lama;kode_baru;nama_baru\npindah;53.14.01.2001;Boa;53.14.02.2001;Boa Raya\n")
    assert list(read_changes(file)) == [RegionChange(2, "pindah", "53.14.01.2001", "53.14.02.2001", "Boa", "Boa Raya")]


def test_changes_in_a_workbook_are_read(tmp_path: Path) -> None:
    file = tmp_path / "perubahan.xlsx"
    file.write_bytes(workbook({"A": [["Jenis", "Kode Lama", "Kode Baru"], ["PINDAH", "53.14.01.2001", "53.14.02.2001"], ["hapus", "53.14.03"]]}))  # fmt: skip
    assert list(read_changes(file)) == [
        RegionChange(2, "PINDAH", "53.14.01.2001", "53.14.02.2001"),
        RegionChange(3, "hapus", "53.14.03", ""),
    ]


def test_a_number_that_was_a_code_is_told_and_not_guessed(tmp_path: Path) -> None:
    content = workbook({"A": [["kode", "nama"], [53, "NTT"], [53.1, "Manggarai"]]})
    (broken,) = check_list(read(tmp_path, content), date(2020, 1, 1)).broken
    assert broken.message() == 'baris 3: "53.1" bukan kode wilayah; barangkali 53.10'


def test_a_workbook_without_the_columns_or_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="kolom nama tidak ada"):
        read(tmp_path, workbook({"A": [["kode", "daerah"], ["53", "NTT"]]}))
    with pytest.raises(InvalidInputError, match="lembar kerja"):
        read(tmp_path, b"PK\x03\x04" + bytes(50))
    with pytest.raises(InvalidInputError, match="UTF-16"):
        read(tmp_path, codecs.BOM_UTF16_LE + b"\x00\xd8\x00")
