"""Files of tables, opened: text as it stands, dates as dates, merged cells in every row, nothing that unfolds without end."""

import io
import zipfile
from datetime import date

import pytest

from hub.base.errors import MasukanTidakSahError
from hub.lembar.files import baca_daftar, baca_lembar
from tests.xlsx_book import Tabel, buku

ISI: Tabel = [
    ["Kec", "Desa", "Tgl"],
    ["Lobalain", "Kolobolon", date(2021, 3, 5)],
    [None, "Bebalain", 44260.5],
    [None, "Oelunggu", 7],
]


def test_a_merged_cell_stands_in_every_row_of_a_list_and_only_there() -> None:
    berkas = buku({"Data": ISI}, {"Data": ["A2:A3", "A1:B1"]})
    daftar, rekap = baca_daftar("x.xlsx", berkas)[0].baris, baca_lembar("x.xlsx", berkas)[0].baris
    assert [b[0] for b in daftar] == ["Kec", "Lobalain", "Lobalain", ""]
    assert [b[0] for b in rekap] == ["Kec", "Lobalain", "", ""]
    assert daftar[0] == rekap[0] == ["Kec", "Desa", "Tgl"]  # across, a title stays where it is


def test_dates_and_whole_numbers_are_written_plainly() -> None:
    assert [b[2] for b in baca_daftar("x.xlsx", buku({"Data": ISI}))[0].baris] == ["Tgl", "2021-03-05", "44260.5", "7"]


def test_a_workbook_is_known_by_what_it_is_and_not_by_its_name() -> None:
    assert baca_daftar("unggahan", buku({"A": [["nama"]], "B": [["desa"]]}))[1].baris == [["desa"]]
    assert baca_daftar("unggahan", b"nama;desa\nX;Oeseli")[0].baris == [["nama", "desa"], ["X", "Oeseli"]]


@pytest.mark.parametrize("isi", [b"PK\x03\x04 broken", b"\x89PNG\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_table_is_said(isi: bytes) -> None:
    with pytest.raises(MasukanTidakSahError, match=r"tidak dapat dibaca|bukan teks UTF-8"):
        baca_daftar("berkas", isi)


def test_a_small_file_that_unfolds_to_a_huge_one_is_not_opened() -> None:
    bom = io.BytesIO()
    with zipfile.ZipFile(bom, "w", zipfile.ZIP_DEFLATED) as z:
        for i in range(5):
            with z.open(f"xl/worksheets/s{i}.xml", "w") as isi:
                for _ in range(60):
                    isi.write(bytes(2**20))
    assert len(bom.getvalue()) < 2**20
    with pytest.raises(MasukanTidakSahError, match="paling banyak 256 MiB"):
        baca_daftar("bom.xlsx", bom.getvalue())
