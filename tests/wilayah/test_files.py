"""Reading lists of regions: every line is used or said to be broken, and a broken one spoils no other."""

from pathlib import Path

import pytest

from hub.base.errors import InvalidInputError
from hub.wilayah.draft import BrokenLine, ListLine, RegionChange
from hub.wilayah.files import read_changes, read_region_list


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
    ],
    ids=["plain", "semicolons", "tabs", "title", "order"],
)
def test_lists_as_programs_save_them_are_read(tmp_path: Path, content: str) -> None:
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
        ("kode,nama\n53,NTT\n".encode("utf-16"), "bukan teks UTF-8"),
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
