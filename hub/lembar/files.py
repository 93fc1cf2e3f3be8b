"""CSV (UTF-8) and spreadsheets (XLSX, XLSB, XLS, ODS) as sheets of text. What may be large or may harm whoever opens it is opened
in a process of its own."""

from pathlib import Path

from hub.base.errors import MasukanTidakSahError
from hub.lembar.csv_rows import csv_rows
from hub.lembar.sheet import Lembar
from hub.lembar.sheet_child import read_in_child
from hub.lembar.sheet_limits import LARGEST_FILE

_LEMBAR_KERJA = (".xlsx", ".xlsb", ".xls", ".ods")
_TANDA = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # how such files begin, whatever their name
_SMALL = 128 * 1024  # bytes of CSV that are read at once, quicker than another process starts


def baca_lembar(nama: str, isi: bytes) -> list[Lembar]:
    """The sheets of a file. Blocks: not for the event loop. Raises MasukanTidakSahError."""
    return _baca(nama, isi, merged=False)


def baca_daftar(nama: str, isi: bytes) -> list[Lembar]:
    """The same for lists: a cell merged over several rows stands in each of them."""
    return _baca(nama, isi, merged=True)


def content_of(file: Path) -> bytes:
    """What is in a file on disk, or comes through a pipe. Raises MasukanTidakSahError where there is none, or too much in it;
    OSError."""
    try:
        with file.open("rb") as opened:
            # not by its size: a pipe and a device have none, and may have no end
            content = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise MasukanTidakSahError(f"Berkas {file} tidak ada.") from None
    if len(content) > LARGEST_FILE:
        raise MasukanTidakSahError(
            f"{file} berisi lebih dari {LARGEST_FILE // 2**20} MiB, paling banyak {LARGEST_FILE // 2**20} MiB; bagi berkasnya."
        )
    return content


def _baca(nama: str, isi: bytes, *, merged: bool) -> list[Lembar]:
    spreadsheet = nama.lower().endswith(_LEMBAR_KERJA) or isi.startswith(_TANDA)
    if spreadsheet or len(isi) > _SMALL:
        return read_in_child(nama, isi, spreadsheet=spreadsheet, merged=merged)
    return [Lembar(nama, list(csv_rows(nama, isi)))]
