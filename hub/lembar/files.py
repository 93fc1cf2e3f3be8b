"""CSV and spreadsheets (XLSX, XLSB, XLS, ODS) as sheets of text. What may be large or may harm whoever opens it is opened
in a process of its own."""

import re
from pathlib import Path

from hub.base.errors import InvalidInputError
from hub.lembar.annotated import Opened, settled
from hub.lembar.csv_encoding import encoding_of
from hub.lembar.csv_rows import csv_rows
from hub.lembar.merged_cells import fill_down
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_child import read_in_child
from hub.lembar.sheet_limits import LARGEST_FILE

_SPREADSHEET_SUFFIXES = (".xlsx", ".xlsb", ".xls", ".ods")
# how such files begin, whatever their name; the last are of an XLS of before 1997
_SIGNATURES = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\0\4\0", b"\x09\2\6\0", b"\x09\4\6\0", b"\x09\x08\x08\0",
)  # fmt: skip
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|style|table|div|\?xml)", re.IGNORECASE)
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1f]")
_HEAD = 4096  # bytes that tell a text
_SMALL = 128 * 1024  # bytes of CSV that are read at once, quicker than another process starts


def read_sheets(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file, without what the hub put into it. Blocks: not for the event loop. Raises InvalidInputError."""
    return open_file(name, content).sheets


def open_file(name: str, content: bytes) -> Opened:
    """The same, and what the hub had put there. Raises InvalidInputError."""
    return settled(_sheets(name, content))


def _sheets(name: str, content: bytes) -> list[Sheet]:
    if _PAGE.match(content):
        raise InvalidInputError(
            f"{name} adalah halaman web (HTML atau XML), bukan lembar kerja, apa pun namanya. Buka di aplikasi lembar kerja, lalu simpan "
            "ulang sebagai XLSX."
        )
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
    """Whether it is one by how it begins, or by its name: but many a program names a CSV .xls."""
    return content.startswith(_SIGNATURES) or (
        name.lower().endswith(_SPREADSHEET_SUFFIXES) and not _is_text(content[:_HEAD])
    )


def _is_text(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or (bool(head) and not _NO_TEXT.search(head))
