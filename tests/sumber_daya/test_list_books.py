"""Workbooks of lists as offices make them: file, child process, table, rows; the right reading stands beside each."""

from typing import Any

import pytest

from hub.base.temuan import INFO
from hub.lembar.files import read_sheets
from hub.sumber_daya.list_cells import read_rows
from hub.sumber_daya.list_columns import read_lists
from tests.rekap.office_books import Book


def _hide_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


# kind, workbook, rows ("baris nama, desa, kecamatan: figures"), codes of what is more than a note
BOOKS: tuple[tuple[str, Book, list[str], list[str]], ...] = (
    ("LKS", Book("sections of kecamatan, two rows of header, a sheet of instructions", {
        "Petunjuk": "Isi lembar berikut",
        "Data": """
DAFTAR LKS KABUPATEN ROTE NDAO
No|Nama|Desa|Klien|
|||L|P
A. KECAMATAN ROTE BARAT DAYA||||
1|LKS Satu|Oeseli|4|5
2|LKS Dua|Oebou|6|7
B. KECAMATAN LOBALAIN||||
1|LKS Tiga|Kuli|8|9
Mengetahui,||||
|||Kepala Dinas|""",
    }, "", kind="xls"), [
        "5 LKS Satu, Oeseli, ROTE BARAT DAYA: klien_l=4 klien_p=5", "6 LKS Dua, Oebou, ROTE BARAT DAYA: klien_l=6 klien_p=7",
        "8 LKS Tiga, Kuli, LOBALAIN: klien_l=8 klien_p=9",
    ], []),
    ("SLRT", Book("a kecamatan merged over its rows", {"Data": """
Kecamatan|Nama|Desa|Tahun Berdiri
Lobalain|SLRT Satu|Kuli|2019
|SLRT Dua|Kolobolon|2020
Rote Timur|SLRT Tiga|Matasio|2021"""}, "", merged="A2:A3"), [
        "2 SLRT Satu, Kuli, Lobalain: tahun=2019", "3 SLRT Dua, Kolobolon, Lobalain: tahun=2020", "4 SLRT Tiga, Matasio, Rote Timur: tahun=2021",
    ], []),
    ("PANTI", Book("numbers of the columns, the header again, a source", {"Data": """
No|Nama|Desa|Kuota|laki_laki|perempuan
1|2|3|4|5|6
1|Panti Satu|Kuli|20|4|5
No|Nama|Desa|Kuota|laki_laki|perempuan
2|Panti Dua|Matasio|30|6|7
Sumber: Dinas Sosial|||||"""}, "", kind="ods"), [
        "3 Panti Satu, Kuli, -: daya_tampung=20 klien_l=4 klien_p=5", "5 Panti Dua, Matasio, -: daya_tampung=30 klien_l=6 klien_p=7",
    ], []),
    ("LKS", Book("two sheets", {
        "Lobalain": "KECAMATAN LOBALAIN\nNo|Nama|Desa\n1|LKS Satu|Kuli",
        "Rote Timur": "KECAMATAN ROTE TIMUR\nNo|Nama|Desa\n1|LKS Dua|Matasio",
    }, "", kind="xlsxwriter"), ["3 LKS Satu, Kuli, LOBALAIN:", "3 LKS Dua, Matasio, ROTE TIMUR:"], []),
    ("LKS", Book("a row that is hidden", {"Data": "Nama|Desa\nLKS Satu|Kuli\nLKS Dua|Matasio"}, "", edit=_hide_row),
     ["2 LKS Satu, Kuli, -:", "3 LKS Dua, Matasio, -:"], ["BARIS_TERSEMBUNYI"]),
    ("LKS", Book("a formula for a name", {"Data": 'Nama|Desa\n=A3|Kuli\nLKS Dua|Matasio'}, ""),
     ["2 -, Kuli, -:", "3 LKS Dua, Matasio, -:"], ["SEL_RUMUS"]),
    ("LKS", Book("persons", {"Data": "Nama|Desa|NIK Ketua\nLKS Satu|Kuli|'5314000000000001"}, ""),
     ["2 LKS Satu, Kuli, -:"], ["DATA_PRIBADI"]),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "made", "rows", "said"), BOOKS, ids=lambda v: v.name if isinstance(v, Book) else "")
def test_a_workbook_of_a_list_is_read_as_a_person_would_read_it(
    kind: str, made: Book, rows: list[str], said: list[str]
) -> None:
    tables, temuan = read_lists(read_sheets(*made.file), kind)
    read = []
    for table in tables:
        temuan = [*temuan, *table.temuan]
        for row in read_rows(table, kind):
            told = (row.written.get(k) or "-" for k in ("nama", "desa", "kecamatan"))
            counted = (f" {k}={v}" for k, v in sorted(row.nilai.items()) if isinstance(v, int))
            read.append(f"{row.baris} {', '.join(told)}:{''.join(counted)}")
            assert [t.kode for t in row.temuan] == []
    assert read == rows
    assert [t.kode for t in temuan if t.tingkat != INFO] == said
