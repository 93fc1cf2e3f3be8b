"""Files of tables, opened: text as it stands, dates as dates, merged cells in every row, nothing that goes on without end."""

import io
import os
import threading
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hub.base.errors import InvalidInputError
from hub.lembar import files as lembar_files
from hub.lembar.files import content_of, read_list, read_sheets
from hub.rekap.draft import Envelope
from hub.rekap.files import read_rekap
from hub.wilayah import files as wilayah_csv
from hub.wilayah.draft import ListLine
from seeds.katalog_toml import read_katalog
from tests.lembar.xlsx_book import Table, workbook

ROWS: Table = [
    ["Kec", "Desa", "Tgl"],
    ["Lobalain", "Kolobolon", date(2021, 3, 5)],
    [None, "Bebalain", 44260.5],
    [None, "Oelunggu", 7],
]


def test_a_merged_cell_stands_in_every_row_of_a_list_and_only_there() -> None:
    workbook_bytes = workbook({"Data": ROWS}, {"Data": ["A2:A3", "A1:B1"]})
    listed, rekap = read_list("x.xlsx", workbook_bytes)[0].rows, read_sheets("x.xlsx", workbook_bytes)[0].rows
    assert [b[0] for b in listed] == ["Kec", "Lobalain", "Lobalain", ""]
    assert [b[0] for b in rekap] == ["Kec", "Lobalain", "", ""]
    assert listed[0] == rekap[0] == ["Kec", "", "Tgl"]  # across, a title stays where it is; what it covers nobody sees


def test_dates_and_whole_numbers_are_written_plainly() -> None:
    assert [b[2] for b in read_list("x.xlsx", workbook({"Data": ROWS}))[0].rows] == [
        "Tgl",
        "2021-03-05",
        "44260.5",
        "7",
    ]


def test_a_workbook_is_known_by_what_it_is_and_not_by_its_name() -> None:
    assert read_list("unggahan", workbook({"A": [["nama"]], "B": [["desa"]]}))[1].rows == [["desa"]]
    assert read_list("unggahan", b"nama;desa\nX;Oeseli")[0].rows == [["nama", "desa"], ["X", "Oeseli"]]


@pytest.mark.parametrize(
    "content", [b"nama\tdesa\r\nX\tOeseli\r\n", "nama\tdesa\nX\tOeseli\n".encode("utf-16"), b"nama;desa\nX;Oeseli"]
)
def test_a_text_that_is_named_as_a_workbook_is_read_as_the_text_it_is(content: bytes) -> None:
    assert read_sheets("unduhan.xls", content)[0].rows == [["nama", "desa"], ["X", "Oeseli"]]


@pytest.mark.parametrize(
    "content", [b"<html><table><tr><td>1", b"\xef\xbb\xbf\n<?xml version='1.0'?><Workbook>", b"<TABLE border=1>"]
)
@pytest.mark.parametrize("name", ["unduhan.xls", "unduhan.csv"])
def test_a_page_that_is_named_as_a_workbook_is_said_to_be_one(name: str, content: bytes) -> None:
    with pytest.raises(InvalidInputError, match=rf"{name} adalah halaman web.*simpan ulang sebagai XLSX"):
        read_sheets(name, content)


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x89PNG\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_table_is_said(content: bytes) -> None:
    with pytest.raises(InvalidInputError, match=r"tidak dapat dibaca|bukan teks UTF-8"):
        read_list("berkas", content)


def test_a_small_file_that_unfolds_to_a_huge_one_is_not_opened() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as z:
        for i in range(5):
            with z.open(f"xl/worksheets/s{i}.xml", "w") as part:
                for _ in range(60):
                    part.write(bytes(2**20))
    assert len(bomb.getvalue()) < 2**20
    with pytest.raises(InvalidInputError, match="paling banyak 256 MiB"):
        read_list("bom.xlsx", bomb.getvalue())


READERS: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "file": ("daftar.csv", content_of),
    "rekap": ("rekap.csv", lambda file: read_rekap(file, Envelope("53.14", "F07", "2021", "k"))),
    "regions": ("wilayah.csv", lambda file: list(wilayah_csv.read_region_list(file))),
    "changes": ("perubahan.csv", lambda file: list(wilayah_csv.read_changes(file))),
    "catalogue": ("F01.toml", lambda file: read_katalog(file.parent)),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_without_end_is_refused_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    monkeypatch.setattr(lembar_files, "LARGEST_FILE", 2**20)
    name, read = READERS[reader]
    (tmp_path / "indikator.toml").write_text("indikator = []\n")
    pipe, written = tmp_path / name, 0
    os.mkfifo(pipe)

    def pour() -> None:
        nonlocal written
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as end:
            while written < 2**26:  # else a reader without a limit would take all there is
                written += end.write(b"x,y\n" * 2**14)

    source = threading.Thread(target=pour)
    source.start()
    with pytest.raises(InvalidInputError, match="lebih dari 1 MiB, paling banyak 1 MiB; bagi berkasnya"):
        read(pipe)
    source.join()
    assert written < 2**22


def test_a_pipe_with_an_end_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "daftar.csv"
    os.mkfifo(pipe)
    source = threading.Thread(target=lambda: pipe.write_bytes(b"kode,nama\n53,NTT\n"))
    source.start()
    assert list(wilayah_csv.read_region_list(pipe)) == [ListLine(2, "53", "NTT")]
    source.join()
