"""Reading lists of regions: every line is used or said to be broken, and a broken one spoils no other."""

import codecs
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hub.base.errors import InvalidInputError
from hub.wilayah.draft import BrokenLine, ListLine, RegionChange, Remark, check_list
from hub.wilayah.files import read_changes, read_region_list
from tests.lembar.xlsx_book import workbook


def read(tmp_path: Path, content: str | bytes) -> list[ListLine | BrokenLine | Remark]:
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


def remarks(lines: list[ListLine | BrokenLine | Remark]) -> list[str]:
    return [x.text for x in lines if isinstance(x, Remark)]


def codes(lines: list[ListLine | BrokenLine | Remark]) -> list[str]:
    return [x.kode for x in lines if isinstance(x, ListLine)]


LONG = [(f"53.14.{k:02d}.{2001 + d}", f"Desa {k} {d}") for k in range(1, 41) for d in range(20)]


@pytest.mark.parametrize("count", [10, len(LONG)])
def test_what_stands_around_a_list_is_told_and_no_line_of_it_is_lost(tmp_path: Path, count: int) -> None:
    """As well where rows that evidently are the list's are not looked at one by one."""
    rows = [f"{k};{n}" for k, n in LONG[:count]]
    half = count // 2
    text = "\n".join(
        ["DAFTAR WILAYAH; 2025", "", "Kode;Nama", "(1);(2)", *rows[:half], "KODE;NAMA", "A. KECAMATAN LAIN;", *rows[half:], "",
         "Sumber: Kemendagri;"]
    )  # fmt: skip
    lines = read(tmp_path, text + "\n")
    assert [k for k in codes(lines) if k in dict(LONG)] == [k for k, _ in LONG[:count]]
    # what looks like a heading may be a region whose name was lost: it holds the list, it is not passed over
    others = [x for x in lines if isinstance(x, BrokenLine) or (isinstance(x, ListLine) and x.kode not in dict(LONG))]
    assert [x.number for x in others] == [4 + half + 2]
    numbers = [x.number for x in lines if isinstance(x, ListLine) and x.kode in dict(LONG)]
    assert numbers == [*range(5, 5 + half), *range(5 + half + 2, 5 + count + 2)]
    assert len(remarks(lines)) == 3  # header again, numbers of the columns, source


def test_a_broken_line_far_down_a_long_list_is_said(tmp_path: Path) -> None:
    rows = [f"{k},{n}" for k, n in LONG]
    rows[500] = LONG[500][0]  # its name is lost
    rows[501] = f"{LONG[501][0]},Desa, lagi"
    rows[502] = f'{LONG[502][0]},"Desa'
    rows[503] = "53.14.xx.2001,Desa"
    read_back = read(tmp_path, "kode,nama\n" + "\n".join(rows) + "\n")
    broken = [(x.number, x.cause.split(";")[0]) for x in read_back if isinstance(x, BrokenLine)]
    assert broken[:2] == [(502, "1 isian di bawah 2 kolom"), (503, "3 isian di bawah 2 kolom")]
    assert broken[2][0] == 504
    assert codes(read_back)[500] == "53.14.xx.2001"
    assert len(read_back) == len(LONG)


def test_every_sheet_with_the_columns_is_read_and_a_hidden_one_is_named(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.remove(made.active)
    written: dict[str, list[list[object]]] = {
        "Petunjuk": [["Isi lembar berikut"]],
        "NTT": [["kode", "nama"], ["53", "NTT"], ["53.14", "Rote Ndao"]],
        "NTB": [["DAFTAR"], ["No", "Kode", "Nama"], [1, "52", "NTB"]],
        "Lama": [["kode", "nama"], ["51", "Bali"]],
    }
    for title, rows in written.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made["Lama"].sheet_state = "hidden"
    made["NTT"].row_dimensions[3].hidden = True
    made["NTB"]["C3"] = "=A1&B1"
    kept = io.BytesIO()
    made.save(kept)
    lines = read(tmp_path, kept.getvalue())
    assert codes(lines) == ["53"]
    hidden, formula = (x for x in lines if isinstance(x, BrokenLine))
    assert hidden.message().startswith('lembar "NTT", baris 3: baris tersembunyi')
    assert (hidden.kode, hidden.name) == (("53.14",), "Rote Ndao")
    assert formula.message().startswith('lembar "NTB", baris 3: kode atau isinya berisi rumus')
    said = "\n".join(remarks(lines))
    assert 'Lembar "Lama" tersembunyi' in said
    assert 'Lembar "Petunjuk" tidak berkepala tabel' in said


def test_a_hidden_column_of_codes_is_refused(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in [["kode", "nama"], ["53", "NTT"]]:
        made.active.append(row)
    made.active.column_dimensions["A"].hidden = True
    kept = io.BytesIO()
    made.save(kept)
    with pytest.raises(InvalidInputError, match='kolom A "kode" tersembunyi'):
        read(tmp_path, kept.getvalue())


def test_letters_of_windows_1252_are_named_with_what_they_may_be(tmp_path: Path) -> None:
    (_, broken) = read(tmp_path, b"kode,nama\n53,NTT\n53.14,Bo\x92a\n")
    assert isinstance(broken, BrokenLine)
    assert "Windows-1252" in broken.cause
    assert broken.name == "Bo\u2019a"
