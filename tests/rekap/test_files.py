"""Rekap files as offices write them: CSV and XLSX, wide and long, with totals, breakdowns and gaps."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from hub.base.actor import Actor, Role
from hub.base.errors import InvalidInputError
from hub.base.periode import Periode
from hub.base.temuan import Location, Temuan
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.draft import Cell, Column, Envelope, Place, RekapDraft, Total
from hub.rekap.files import read_rekap
from hub.rekap.service import RekapWorkflow
from tests.lembar.xlsx_book import Table, xlsx

SAMPLES = Path(__file__).parents[2] / "seeds" / "contoh"


def read(file: Path) -> RekapDraft:
    return read_rekap(file, Envelope("5314", "f05", "2020", "kunci-1"))


def csv(tmp_path: Path, content: str | bytes) -> RekapDraft:
    file = tmp_path / "rekap.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(file)


def summary(draft: RekapDraft) -> list[tuple[str, str, Any]]:
    """(place, column, value) of every cell."""
    return [
        (str(s.place), s.column.elemen + "".join(f"[{n}={p}]" for n, p in s.column.rincian), s.nilai)
        for s in draft.cells
    ]


BASE = [("Oeseli, Rote Barat Daya", "REH09", "10"), ("Oeseli, Rote Barat Daya", "REH10", "4")]
CONTENT = "wilayah,kecamatan,REH09,REH10\nOeseli,Rote Barat Daya,10,4\n"


def test_a_wide_csv_has_one_cell_per_row_and_column(tmp_path: Path) -> None:
    draft = csv(tmp_path, CONTENT)
    assert (draft.pelapor, draft.formulir, draft.kunci_idempoten) == ("53.14", "F05", "kunci-1")
    assert (draft.periode, draft.revisi_dasar, draft.total) == (Periode.read("2020"), None, ())
    place = Place(None, "Oeseli", "Rote Barat Daya")
    assert draft.cells == (
        Cell(place, Column("REH09"), "10", None, Location(lembar="rekap.csv", baris=2, kolom="REH09")),
        Cell(place, Column("REH10"), "4", None, Location(lembar="rekap.csv", baris=2, kolom="REH10")),
    )


@pytest.mark.parametrize(
    "content",
    [
        CONTENT.replace(",", ";"),
        "\ufeff" + CONTENT,
        "\ufeff" + CONTENT.replace(",", ";"),
        CONTENT.replace("\n", "\r\n"),
        CONTENT.rstrip("\n"),
        CONTENT.replace("wilayah,kecamatan", " Wilayah ,KECAMATAN"),
        CONTENT.replace("Oeseli", '"Oeseli"').replace(",10,", ", 10 ,"),
        "No,wilayah,kecamatan,REH09,REH10\n1,Oeseli,Rote Barat Daya,10,4\n",
        "kecamatan,REH09,wilayah,REH10\nRote Barat Daya,10,Oeseli,4\n",
    ],
    ids=[
        "semicolon",
        "BOM",
        "BOM and semicolon",
        "CRLF",
        "no last newline",
        "spaces and case",
        "quotes",
        "number column",
        "order",
    ],
)
def test_ways_to_save_the_same_table_make_no_difference(tmp_path: Path, content: str) -> None:
    assert summary(csv(tmp_path, content)) == BASE


def test_a_place_may_be_a_code(tmp_path: Path) -> None:
    draft = csv(tmp_path, "wilayah,REH09\n5314012005,1\n53.14.01.2006,2\nOeseli,3\n")
    assert [s.place for s in draft.cells] == [
        Place(kode="53.14.01.2005"), Place(kode="53.14.01.2006"), Place(name="Oeseli"),
    ]  # fmt: skip


def test_breakdown_columns(tmp_path: Path) -> None:
    header = 'wilayah,"SDM01[jabatan=kasubag/kasie, JK=L]",REH01[lingkup=gabungan],reh02 [ JK = P ]'
    draft = csv(tmp_path, header + "\n53.14,3,3455,7\n")
    assert [s.column for s in draft.cells] == [
        Column("SDM01", (("JK", "L"), ("jabatan", "kasubag/kasie"))),
        Column("REH01", (("lingkup", "gabungan"),)),
        Column("reh02", (("JK", "P"),)),
    ]
    assert [s.nilai for s in draft.cells] == ["3", "3455", "7"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_semicolons_part_columns_whose_breakdowns_hold_commas(tmp_path: Path, quote: str) -> None:
    header = ";".join(f"{quote}SDM01[JK={sex},golongan=III,jabatan=pelaksana]{quote}" for sex in "LP")
    draft = csv(tmp_path, f"wilayah;{header}\n53.14;3;4\n")
    assert [(s.column.rincian[0], s.nilai) for s in draft.cells] == [(("JK", "L"), "3"), (("JK", "P"), "4")]


def test_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    draft = csv(tmp_path, 'wilayah;a1;b1;c1\n53.14;1.799 KK;"12,157,475,000";92,72%\n')
    assert [s.nilai for s in draft.cells] == ["1.799 KK", "12,157,475,000", "92,72%"]


def test_empty_cells_are_implied_and_zero_is_not_empty(tmp_path: Path) -> None:
    draft = csv(tmp_path, "wilayah,REH09,REH10,REH11\nOeseli,, ,0\nOebou,5\n")
    assert [(s.nilai, s.implied) for s in draft.cells] == [
        (None, True), (None, True), ("0", False), ("5", False), (None, True), (None, True),
    ]  # fmt: skip


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    draft = csv(tmp_path, "wilayah,REH09\n\nOeseli,1\n,\n , \nOebou,2\n")
    assert [(s.place.name, s.location.baris) for s in draft.cells] == [("Oeseli", 3), ("Oebou", 6)]


@pytest.mark.parametrize(
    "word", ["TOTAL", "Total", "JUMLAH", "jumlah", "Jumlah Total", "TOTAL KESELURUHAN", "Total :", "JUMLAH KABUPATEN"]
)
def test_a_row_that_begins_with_total_states_totals(tmp_path: Path, word: str) -> None:
    draft = csv(tmp_path, f"wilayah,kecamatan,REH09,REH01[lingkup=gabungan],REH11\nOeseli,,10,,\n{word},,240,3.455,\n")
    assert draft.total == (Total("REH09", None, "240"), Total("REH01[lingkup=gabungan]", None, "3.455"))
    assert {str(s.place) for s in draft.cells} == {"Oeseli"}


def test_a_total_written_across_number_and_region_is_a_total(tmp_path: Path) -> None:
    draft = csv(tmp_path, "No,wilayah,REH09\n1,Oeseli,10\nJUMLAH,,240\n")
    assert draft.total == (Total("REH09", None, "240"),)
    assert [str(s.place) for s in draft.cells] == ["Oeseli"]


def test_a_long_table_has_one_cell_per_row(tmp_path: Path) -> None:
    draft = csv(
        tmp_path,
        "wilayah,kecamatan,elemen,rincian,nilai,status\nOeseli,Rote Barat Daya,REH09,,10,\n53.14,,REH01,lingkup=gabungan,3455,\n"
        '53.14,,SDM01,"JK=L,golongan=IV",0,\n\n53.14,,KIN05,,,tidak_dilaksanakan\n53.14,,REH11,,,\n',
    )
    assert [(str(s.place), s.column, s.nilai, s.status, s.location.baris) for s in draft.cells] == [
        ("Oeseli, Rote Barat Daya", Column("REH09"), "10", None, 2),
        ("53.14", Column("REH01", (("lingkup", "gabungan"),)), "3455", None, 3),
        ("53.14", Column("SDM01", (("JK", "L"), ("golongan", "IV"))), "0", None, 4),
        ("53.14", Column("KIN05"), None, "TIDAK_DILAKSANAKAN", 6),
        ("53.14", Column("REH11"), None, None, 7),
    ]
    assert not any(s.implied for s in draft.cells)


def test_a_long_table_may_lack_the_columns_it_does_not_need(tmp_path: Path) -> None:
    draft = csv(tmp_path, "Nilai;Elemen;Wilayah\n5;BAN01;53.14.01\n")
    assert summary(draft) == [("53.14.01", "BAN01", "5")]


@pytest.mark.parametrize("content", ["", "\n", "wilayah,REH09\n"])
def test_a_file_without_rows_has_no_cells(tmp_path: Path, content: str) -> None:
    assert csv(tmp_path, content).cells == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "lembaga,REH09\nOeseli,1\n",
            r"rekap\.csv: kepala tabel dengan kolom wilayah .* baris pertamanya: lembaga, REH09",
        ),
        ("wilayah,SDM01[JK]\n53.14,1\n", r'rekap\.csv, baris 1: Rincian "JK" harus berbentuk'),
        ("wilayah,elemen,rincian,nilai\n53.14,A1,,1\n53.14,A1,JK,1\n", r'rekap\.csv, baris 3: Rincian "JK" harus'),
        (b"wilayah,REH09\nBo\x81a,1\n", r"rekap\.csv: bukan teks UTF-8"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_with_file_and_row(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(InvalidInputError, match=message):
        csv(tmp_path, content)


def test_a_missing_file_and_a_period_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"tiada\.csv tidak ada"):
        read(tmp_path / "tiada.csv")
    (tmp_path / "ada.csv").write_text(CONTENT)
    with pytest.raises(InvalidInputError, match='Periode "2020-13" tidak dikenal'):
        read_rekap(tmp_path / "ada.csv", Envelope("53.14", "F05", "2020-13", "k"))


@pytest.mark.parametrize(
    "content",
    ["wilayah,REH09\nOeseli,92,72\n", "wilayah,REH09,\nOeseli,92,72\n"],
    ids=["beyond the header", "under no heading"],
)
def test_a_figure_without_a_column_reaches_the_checks(tmp_path: Path, content: str) -> None:
    assert summary(csv(tmp_path, content))[1:] == [("Oeseli", "kolom ke-3 tanpa kepala", "72")]


# ---------- XLSX ----------


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    rows: Table = [
        ["wilayah", "kecamatan", "REH09", "REH10"],
        ["Oeseli", "Rote Barat Daya", 10, "4"],
        ["TOTAL", None, 10, 4.0],
    ]
    draft = read(xlsx(tmp_path / "rekap.xlsx", {"Data": rows}))
    assert summary(draft) == BASE
    assert draft.total == (Total("REH09", None, "10"), Total("REH10", None, "4"))
    assert draft.cells[0].location == Location(lembar="Data", baris=2, kolom="REH09")


def test_numbers_of_a_workbook_keep_their_value(tmp_path: Path) -> None:
    rows: Table = [["wilayah", "a1", "b1", "c1", "d1", "e1"], [5314012005, 12157475000, 92.72, "1.799 KK", 0, None]]
    draft = read(xlsx(tmp_path / "REKAP.XLSX", {"Data": rows}))
    assert {s.place for s in draft.cells} == {Place(kode="53.14.01.2005")}
    assert [s.nilai for s in draft.cells] == ["12157475000", "92.72", "1.799 KK", "0", None]


def test_every_sheet_is_read_and_empty_ones_are_passed_over(tmp_path: Path) -> None:
    first: Table = [["wilayah", "REH09"], ["Oeseli", 1]]
    second: Table = [["wilayah", "elemen", "rincian", "nilai"], ["53.14", "REH01", "lingkup=gabungan", 3455]]
    draft = read(xlsx(tmp_path / "rekap.xlsx", {"Desa": first, "Kosong": [], "Kab": second}))
    assert summary(draft) == [("Oeseli", "REH09", "1"), ("53.14", "REH01[lingkup=gabungan]", "3455")]
    assert [s.location.lembar for s in draft.cells] == ["Desa", "Kab"]


def test_rows_of_a_sheet_keep_their_numbers_below_empty_rows(tmp_path: Path) -> None:
    rows: Table = [[], [], ["wilayah", "REH09"], [], ["Oeseli", 1]]
    draft = read(xlsx(tmp_path / "rekap.xlsx", {"Data": rows}))
    assert [(str(s.place), s.location.baris) for s in draft.cells] == [("Oeseli", 5)]


def test_a_fault_in_a_sheet_names_the_sheet_and_the_row(tmp_path: Path) -> None:
    rows: Table = [["wilayah", "elemen", "rincian", "nilai"], ["53.14", "REH01", "gabungan", 1]]
    with pytest.raises(InvalidInputError, match="Data 2020, baris 2: Rincian"):
        read(xlsx(tmp_path / "rekap.xlsx", {"Data 2020": rows}))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rekap.xlsx").write_bytes(b"\0\1" + CONTENT.encode())
    with pytest.raises(InvalidInputError, match=r"rekap\.xlsx tidak dapat dibaca sebagai lembar kerja .* simpan ulang"):
        read(tmp_path / "rekap.xlsx")


def test_a_text_that_is_named_as_a_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "rekap.xlsx").write_text(CONTENT)
    assert read(tmp_path / "rekap.xlsx").cells


def test_lines_may_end_as_any_machine_ends_them(tmp_path: Path) -> None:
    for ending in ("\n", "\r\n", "\r"):
        (tmp_path / "rekap.csv").write_bytes(CONTENT.replace("\n", ending).encode())
        assert summary(read(tmp_path / "rekap.csv")) == BASE


# ---------- the demo's files ----------


def test_the_demos_table_4_is_read_whole() -> None:
    draft = read(SAMPLES / "rote_ndao_2020" / "F05.csv")
    assert [(t.elemen, t.tertulis) for t in draft.total] == [("REH09", "240"), ("REH10", "96"), ("REH11", "15")]
    assert sum(int(str(s.nilai)) for s in draft.cells if s.column.elemen == "REH09" and s.nilai) == 240
    assert len({s.place for s in draft.cells}) == 26


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*_2020/F*.csv")), ids=lambda b: f"{b.parent.name} {b.stem}")
def test_every_file_of_the_demo_can_be_read(file: Path) -> None:
    draft = read_rekap(file, Envelope("53.14", file.stem, "2020", "k"))
    assert draft.cells
    assert all(s.place.kode or s.place.name for s in draft.cells)


def test_a_stated_total_of_a_breakdown_is_compared_with_that_breakdown(demo_url: str, tmp_path: Path) -> None:
    (tmp_path / "F05.csv").write_text("wilayah,REH01[lingkup=gabungan]\nRote Barat,3000\nLobalain,455\nTOTAL,3455\n")
    draft = read_rekap(tmp_path / "F05.csv", Envelope("53.14", "F05", "2021", "total rincian"))

    async def work() -> list[Temuan]:
        db = Database(demo_url, 2)
        await db.open()
        try:
            workflow = RekapWorkflow(db, KatalogCache(db))
            return list((await workflow.submit(Actor(Role.KABUPATEN, "53.14", "uji"), draft, dry_run=True)).temuan)
        finally:
            await db.close()

    assert [t.pesan for t in asyncio.run(work()) if t.tingkat == "GALAT"] == []
