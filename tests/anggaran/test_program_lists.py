"""Lists of programmes as offices keep them: what belongs to what, however it is said; everything that is wrong at once; the same list
again; what is no longer in it."""

from pathlib import Path
from typing import Any

import pytest

from hub.anggaran.checks import check_programs
from hub.anggaran.files import read_programs
from hub.lembar.sheet import Odd, OddKind, Sheet
from tests.cli.run_commands import Output, run_here, sql
from tests.lembar.xlsx_book import xlsx


def read(*rows: list[str]) -> tuple[dict[str, str | None], dict[str, list[Any]]]:
    """Name → the name of what it is part of, and the findings by code."""
    written = read_programs([Sheet("a", list(rows))], lambda t: {"apbd": "APBD", "apbn": "APBN"}.get(t.strip().lower()))
    programs, temuan = check_programs(written, "APBD")
    names = {(p.sumber, p.kunci): p.nama for p in programs}
    found: dict[str, list[Any]] = {}
    for t in [*written.temuan, *temuan]:
        found.setdefault(t.kode, []).append(t)
    return {p.nama: names.get((p.sumber, p.induk or "")) for p in programs}, found


# ---------- what belongs to what ----------

_TREE = {
    "Belanja": None,
    "Tidak Langsung": "Belanja",
    "Langsung": "Belanja",
    "Penunjang": "Langsung",
    "Jaminan": "Langsung",
}


@pytest.mark.parametrize(
    "rows",
    [
        [["nama", "induk"], *([n, p or ""] for n, p in _TREE.items())],
        [["PROGRAM", "Induk Program"], *([n, (p or "").upper()] for n, p in reversed(_TREE.items()))],
        [["Uraian"], ["Belanja"], ["  Tidak Langsung"], ["  Langsung"], ["    Penunjang"], ["    Jaminan"]],
        [["Uraian"], ["Belanja"], ["\tTidak Langsung"], ["\tLangsung"], ["\t\ta. Penunjang"], ["\t\tb. Jaminan"]],
        [["Uraian", "", "", "Pagu"], ["Belanja", "", "", "9"], ["", "Tidak Langsung", "", "1"], ["", "Langsung", "", "8"],
         ["", "", "Penunjang", "5"], ["", "", "Jaminan", "3"]],
        [["No", "Uraian"], ["1", "Belanja"], ["1.1", "Tidak Langsung"], ["1.2", "Langsung"], ["1.2.1", "Penunjang"], ["1.2.2", "Jaminan"]],
        [["Kode Rekening", "Uraian"], ["5", "Belanja"], ["5.1", "Tidak Langsung"], ["5.2", "Langsung"], ["5.2.01", "Penunjang"],
         ["5.2.02.", "Jaminan"]],
        [["Uraian"], ["I. Belanja"], ["A. Tidak Langsung"], ["B. Langsung"], ["1. Penunjang"], ["2. Program Jaminan"]],
        [["Uraian"], ["Belanja"], ["A. Tidak Langsung"], ["B. Langsung"], ["(a) Penunjang"], ["(b) Jaminan"]],
        [["No.", "Nama Program"], ["A", "Belanja"], ["1", "Tidak Langsung"], ["2", "Langsung"], ["a", "Penunjang"], ["b", "Jaminan"]],
        [["Anggaran 2020"], [], ["Uraian", "", "Pagu"], ["Belanja", "", ""], ["1.", "Tidak Langsung", ""], ["2.", "Langsung", ""],
         ["  a.", "Penunjang", ""], ["  b.", "Jaminan", ""], ["Jumlah", "", "9"]],
    ],
    ids=["column", "column, parents last", "blanks", "tabs and letters", "columns", "1.1", "account codes", "I A 1", "A (a)", "in a column",
         "as printed"],
)  # fmt: skip
def test_parents_are_read_however_they_are_said(rows: list[list[str]]) -> None:
    tree, temuan = read(*rows)
    tree = {k.removeprefix("Program "): v for k, v in tree.items()}
    assert tree == _TREE
    assert not {k for k, found in temuan.items() if found[0].tingkat != "INFO"}, temuan


def test_a_plain_list_has_no_parents() -> None:
    assert read(["No", "Program"], ["1", "Satu saja"], ["2", "Lainnya"])[0] == {"Satu saja": None, "Lainnya": None}


def test_a_letter_after_h_is_a_letter_and_one_at_the_start_a_number() -> None:
    rows = [f"{c}. Urusan {c}{c}{c}" for c in "abcdefghijk"]
    assert set(read(["Uraian"], ["Induknya"], *([r] for r in rows))[0].values()) == {None, "Induknya"}
    roman = ["I. Pertama", "a. Bagian satu", "II. Kedua", "b. Bagian dua"]
    assert read(["Uraian"], *([r] for r in roman))[0] == {
        "Pertama": None, "Bagian satu": "Pertama", "Kedua": None, "Bagian dua": "Kedua",
    }  # fmt: skip


def test_a_row_that_only_names_a_source_says_it_for_those_below() -> None:
    written = read_programs(
        [Sheet("a", [["Uraian"], ["APBD"], ["Jaminan"], ["II. APBN"], ["Jaminan"]])],
        lambda t: t.strip() if t.strip() in ("APBD", "APBN") else None,
    )
    assert [(r.sumber, r.name) for r in written.rows] == [("APBD", "Jaminan"), ("APBN", "Jaminan")]


def test_a_printed_table_of_money_is_a_list_of_its_programmes() -> None:
    tree, temuan = read(
        ["Tabel 12"],
        ["Realisasi Keuangan"],
        ["No", "Uraian", "Pagu Anggaran (Rp)", "Realisasi", ""],
        ["", "", "", "Jumlah", "%"],
        ["1", "2", "3", "4", "5=4/3"],
        ["A.", "Belanja", "3.772.191.098.-", "3.497.552.382.-", "92,72%"],
        ["1", "Tidak Langsung", "1.464.405.368.-", "", ""],
        ["2", "Langsung", "2.307.785.730.-", "", ""],
        ["", "a. Program Penunjang", "", "", ""],
        ["No", "Uraian", "Pagu Anggaran (Rp)", "Realisasi", ""],
        ["", "", "", "Jumlah", "%"],
        ["", "b. Program Jaminan", "539.731.100.-", "", "91,87%"],
        ["Total Realisasi", "", "", "", "92,72"],
        ["Sumber: Dinas Sosial", "", "", "", ""],
        ["", "", "", "Kepala Dinas Sosial", ""],
    )
    assert {k.removeprefix("Program "): v for k, v in tree.items()} == _TREE
    assert {k: found[0].tingkat for k, found in temuan.items()} == {
        "BARIS_DILEWATI": "INFO", "KOLOM_TAK_DIKENAL": "INFO",
    }  # fmt: skip
    assert [t.nilai for t in temuan["KOLOM_TAK_DIKENAL"]] == ["Pagu Anggaran (Rp)"]


def test_what_nobody_sees_and_what_does_not_say_what_it_holds_is_told() -> None:
    rows = [["Uraian", "Induk"], ["Belanja", ""], ["Langsung", ""], ["Jaminan", "Belanja"]]
    sheets = [
        Sheet("a", rows, hidden_rows=frozenset((4,)), odd={(3, 1): Odd(OddKind.FORMULA, "=A2")}),
        Sheet("lama", rows, hidden=True), Sheet("Petunjuk", [["Isi lembar a"]]),
    ]  # fmt: skip
    written = read_programs(sheets, lambda t: None)
    assert [(t.kode, t.tingkat) for t in written.temuan] == [
        ("LEMBAR_TERSEMBUNYI", "PERINGATAN"), ("LEMBAR_DILEWATI", "INFO"), ("BARIS_TERSEMBUNYI", "GALAT"), ("SEL_RUMUS", "GALAT"),
    ]  # fmt: skip
    assert [r.baris for r in written.rows] == [2, 3, 4]


# ---------- what is wrong ----------


def test_everything_that_is_wrong_is_said_at_once() -> None:
    _, temuan = read(
        ["nama", "induk", "sumber", "alias", "Warna"],
        ["Satu Program", "Tidak Ada", "APBD", "", "biru"],
        ["Kiri", "Kanan", "APBD", "", ""],
        ["Kanan", "Kiri", "APBD", "", ""],
        ["b. Program KIRI", "", "APBD", "", ""],
        ["Perlindungan dan Jaminan", "", "APBD", "PJS", ""],
        ["Perlindungan & Jaminn", "", "APBD", "P.J.S.", ""],
        ["Lainnya", "", "Kas Negara", "", ""],
    )
    assert temuan.keys() == {
        "INDUK_TAK_DIKENAL", "INDUK_BERPUTAR", "PROGRAM_GANDA", "PROGRAM_MIRIP", "SUMBER_TAK_DIKENAL", "KOLOM_TAK_DIKENAL",
    }  # fmt: skip
    assert [t.nilai for t in temuan["PROGRAM_GANDA"]] == ["KIRI", "P.J.S."] or len(temuan["PROGRAM_GANDA"]) == 2
    assert temuan["PROGRAM_MIRIP"][0].usulan == "Perlindungan dan Jaminan"
    assert len(temuan["INDUK_BERPUTAR"]) == 1
    assert temuan["INDUK_BERPUTAR"][0].pesan.count("Kanan") == 1
    assert [t.lokasi[0].baris for t in temuan["INDUK_TAK_DIKENAL"]] == [2]


def test_a_parent_that_is_nearly_there_is_proposed_and_one_of_another_source_is_told() -> None:
    _, temuan = read(
        ["nama", "induk", "sumber"], ["Belanja Langsung", "", "APBD"], ["Satu", "Belanja Langsng", "APBD"],
        ["Dua", "Belanja Langsung", "APBN"],
    )  # fmt: skip
    first, second = temuan["INDUK_TAK_DIKENAL"]
    assert first.usulan == "Belanja Langsung"
    assert "APBD" in second.pesan


def test_names_that_come_close_and_differ_in_a_digit_are_no_finding() -> None:
    assert read(["nama"], ["Bantuan Tahap 1"], ["Bantuan Tahap 2"])[1].keys() == set()


# ---------- the register ----------

_FILE = (
    "nama,induk,sumber,alias\nBelanja,,APBD,\nLangsung,Belanja,APBD,BL\nTidak Langsung,Belanja,APBD,\nJaminan,,APBN,\n"
)
_KEPT = "SELECT sumber, nama, induk, urut, berlaku_sejak::text, berlaku_sampai::text FROM program ORDER BY sumber, urut"


@pytest.fixture
def kept(demo_url: str) -> str:
    sql(demo_url, "SET session_replication_role = replica; DELETE FROM program; DELETE FROM program_riwayat")
    return demo_url


def bring(url: str, tmp_path: Path, content: str, *more: str, since: str = "2020-01-01") -> Output:
    file = tmp_path / "program.csv"
    file.write_text(content)
    return run_here(url, "import", "program", str(file), "--wilayah", "53.14", "--berlaku", since, *more)


def test_a_list_is_kept_and_the_same_again_changes_nothing(kept: str, tmp_path: Path) -> None:
    tried = bring(kept, tmp_path, _FILE, "--uji")
    assert "Program 2020 akan ditulis: 4 baru, 0 berubah, 0 tetap, 0 ditutup." in tried.stderr
    assert sql(kept, _KEPT) == []
    assert "ditulis: 4 baru" in bring(kept, tmp_path, _FILE).stderr
    rows = sql(kept, _KEPT)
    assert rows == [
        ("APBD", "Belanja", None, 1, "2020-01-01", None),
        ("APBD", "Langsung", "belanja", 2, "2020-01-01", None),
        ("APBD", "Tidak Langsung", "belanja", 3, "2020-01-01", None),
        ("APBN", "Jaminan", None, 4, "2020-01-01", None),
    ]
    assert "0 baru, 0 berubah, 4 tetap, 0 ditutup" in bring(kept, tmp_path, _FILE).stderr
    assert sql(kept, "SELECT count(*) FROM program_riwayat") == [(0,)]


def test_what_a_later_list_lacks_is_closed_and_what_was_is_kept(kept: str, tmp_path: Path) -> None:
    bring(kept, tmp_path, _FILE)
    later = (
        _FILE.replace("Tidak Langsung,Belanja,APBD,\n", "")
        .replace("Jaminan,,APBN,\n", "")
        .replace("Langsung,Belanja", "Langsung,")
    )
    result = bring(kept, tmp_path, later, since="2020-10-01")
    assert "0 baru, 1 berubah, 1 tetap, 1 ditutup" in result.stderr
    assert "ditutup per 2020-09-30: Tidak Langsung" in result.stderr
    assert sql(kept, "SELECT nama, berlaku_sampai::text FROM program WHERE berlaku_sampai IS NOT NULL") == [
        ("Tidak Langsung", "2020-09-30")
    ]
    assert sql(kept, "SELECT nama, induk FROM program_riwayat ORDER BY nama") == [
        ("Langsung", "belanja"), ("Tidak Langsung", "belanja"),
    ]  # fmt: skip
    assert "2 berubah" in bring(kept, tmp_path, _FILE, since="2020-10-01").stderr
    assert sql(kept, "SELECT count(*) FROM program WHERE berlaku_sampai IS NOT NULL") == [(0,)]


def test_a_year_has_a_list_of_its_own(kept: str, tmp_path: Path) -> None:
    bring(kept, tmp_path, _FILE)
    assert "Program 2021 ditulis: 1 baru" in bring(kept, tmp_path, "tahun,nama\n2021,Lain\n", since="2021-01-01").stderr
    assert sql(kept, "SELECT tahun, count(*) FROM program GROUP BY tahun ORDER BY tahun") == [(2020, 4), (2021, 1)]
    refused = bring(kept, tmp_path, "tahun,nama\n2022,Lain\n", since="2021-01-01")
    assert refused.returncode == 1
    assert "Kolom Tahun menyebut 2022; daftar ini untuk tahun 2021" in refused.stderr


def test_a_year_that_no_day_can_be_in_is_refused(kept: str, tmp_path: Path) -> None:
    for content, since, said in (
        ("nama\nLain\n", "0001-01-01", "Tahun 1 tidak masuk akal"),
        ("tahun,nama\n0000,Lain\n", "2021-01-01", "0000"),
    ):
        refused = bring(kept, tmp_path, content, since=since)
        assert refused.returncode == 1
        assert said in refused.stderr
        assert "Traceback" not in refused.stderr
    assert sql(kept, _KEPT) == []


def test_a_list_with_mistakes_writes_nothing(kept: str, tmp_path: Path) -> None:
    result = bring(kept, tmp_path, "nama,induk\nSatu,Dua\nTiga,Empat\n")
    assert result.returncode == 1
    assert "Ditolak; tidak ada yang ditulis." in result.stderr
    assert "GALAT: 2" in result.stderr
    assert sql(kept, _KEPT) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("kolom,lain\nSatu,Dua\n", "Tidak ada lembar dengan kolom nama program"),
        ("nama,induk\n", "tidak ada program di bawahnya"),
    ],
)
def test_a_file_without_programmes_says_what_is_missing(kept: str, tmp_path: Path, content: str, words: str) -> None:
    result = bring(kept, tmp_path, content)
    assert result.returncode == 1
    assert words in result.stderr


def test_a_workbook_is_read_as_it_was_typed(kept: str, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Tabel 12. Anggaran"], [], ["No", "Uraian", "Pagu (Rp)"], ["A.", "Belanja APBD", 9], [1, "Belanja Tidak Langsung", 1],
        [2, "Belanja Langsung", 8], ["", "   a. Program Penunjang", 5], ["", "   b. Program Jaminan", 3], ["Jumlah", "Jumlah", 9],
    ]  # fmt: skip
    file = xlsx(tmp_path / "program.xlsx", {"APBD": rows})
    result = run_here(
        kept, "import", "program", str(file), "--wilayah", "53.14", "--berlaku", "2020-01-01", "--sumber", "apbd"
    )
    assert "5 baru" in result.stderr
    assert sql(kept, "SELECT nama, induk FROM program ORDER BY urut") == [
        ("Belanja APBD", None), ("Belanja Tidak Langsung", "belanjaapbd"), ("Belanja Langsung", "belanjaapbd"),
        ("Program Penunjang", "belanjalangsung"), ("Program Jaminan", "belanjalangsung"),
    ]  # fmt: skip
