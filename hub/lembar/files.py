"""CSV and spreadsheets (XLSX, XLSB, XLS, ODS) as sheets of text. What may be large or may harm whoever opens it is opened
in a process of its own."""

from pathlib import Path

from hub.base.errors import InvalidInputError
from hub.lembar.csv_encoding import encoding_of
from hub.lembar.csv_rows import csv_rows
from hub.lembar.merged_cells import fill_down
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_child import read_in_child
from hub.lembar.sheet_limits import LARGEST_FILE

_SPREADSHEET_SUFFIXES = (".xlsx", ".xlsb", ".xls", ".ods")
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # how such files begin, whatever their name
_SMALL = 128 * 1024  # bytes of CSV that are read at once, quicker than another process starts


def read_sheets(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file. Blocks: not for the event loop. Raises InvalidInputError."""
    spreadsheet = is_spreadsheet(name, content)
    if spreadsheet or len(content) > _SMALL:
        return read_in_child(name, content, spreadsheet=spreadsheet)
    encoding = encoding_of(name, content)
    return [Sheet(name, list(csv_rows(name, content, encoding=encoding)), said=encoding.said(name))]


def read_list(name: str, content: bytes) -> list[Sheet]:
    """The same for lists: a cell merged over several rows stands in each of them."""
    sheets = read_sheets(name, content)
    for sheet in sheets:
        fill_down(sheet)
    return sheets


def content_of(file: Path) -> bytes:
    """What is in a file on disk, or comes through a pipe. Raises InvalidInputError where there is none, or too much in it;
    OSError."""
    try:
        with file.open("rb") as opened:
            # not by its size: a pipe and a device have none, and may have no end
            content = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InvalidInputError(f"Berkas {file} tidak ada.") from None
    if len(content) > LARGEST_FILE:
        raise InvalidInputError(
            f"{file} berisi lebih dari {LARGEST_FILE // 2**20} MiB, paling banyak {LARGEST_FILE // 2**20} MiB; bagi berkasnya."
        )
    return content


def is_spreadsheet(name: str, content: bytes) -> bool:
    """Whether it is one by its name, or by how it begins."""
    return name.lower().endswith(_SPREADSHEET_SUFFIXES) or content.startswith(_SIGNATURES)
