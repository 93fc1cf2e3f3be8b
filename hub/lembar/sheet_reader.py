"""Spreadsheets (XLSX, XLSB, XLS, ODS) as sheets. Only for a process of its own (sheet_child): what opens them may take all the
memory and time it is given."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from hub.base.errors import InvalidInputError
from hub.base.temuan import display
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_limits import (
    MOST_CELLS,
    MOST_MERGED,
    MOST_ODD,
    MOST_SHEETS,
    UNPACKED,
    too_many_cells,
    too_many_merged,
    too_many_odd,
)
from hub.lembar.xlsx_book import Parts, book_part, read_book
from hub.lembar.xml_reader import BrokenError

_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    OSError,
    ValueError,
)


def unreadable(name: str) -> InvalidInputError:
    return InvalidInputError(
        f"{name} tidak dapat dibaca sebagai lembar kerja (rusak, berkata sandi, atau bukan lembar kerja). Buka di aplikasi "
        "lembar kerja, hapus kata sandinya bila ada, lalu simpan ulang sebagai XLSX atau CSV UTF-8."
    )


def read_workbook(name: str, content: bytes) -> Iterator[Sheet]:
    """Every sheet. Raises InvalidInputError, at any sheet."""
    cells = odd = merged = 0
    try:
        for count, sheet in enumerate(_sheets(name, content), 1):
            if count > MOST_SHEETS:
                raise _too_many_sheets(name, count)
            width = max(map(len, sheet.rows), default=0)
            cells += len(sheet.rows) * width
            odd, merged = odd + len(sheet.odd), merged + len(sheet.merged)
            if cells > MOST_CELLS:
                raise too_many_cells(f'{name}, lembar "{sheet.name}" dan yang di depannya', len(sheet.rows), width)
            if odd > MOST_ODD:
                raise too_many_odd(name)
            if merged > MOST_MERGED:
                raise too_many_merged(name)
            yield sheet
    except (BrokenError, expat.ExpatError, *_UNPACKING):
        # what zipfile raises for members it cannot open: packed in a strange way, with a password, cut, left out
        raise unreadable(name) from None


def _sheets(name: str, content: bytes) -> Iterable[Sheet]:
    # each library only for the files it reads: the process begins for every file anew
    if not zipfile.is_zipfile(io.BytesIO(content)):
        from hub.lembar.xls_reader import read_xls

        return read_xls(name, content)
    return _packed_sheets(name, content)


def _packed_sheets(name: str, content: bytes) -> Iterator[Sheet]:

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        unpacked = sum(p.file_size for p in packed.infolist())
        if unpacked > UNPACKED:
            raise InvalidInputError(
                f"{name}: isinya {unpacked // 2**20} MiB setelah dibuka, paling banyak {UNPACKED // 2**20} MiB; bagi berkasnya."
            )
        parts = Parts(packed)
        if parts.has("content.xml"):
            yield from _ods(name, parts)
            return
        part = book_part(parts)
        if not part.endswith(".bin"):
            yield from _xlsx(name, parts, part)
            return
        from hub.lembar.xlsb_reader import read_xlsb

        yield from read_xlsb(name, content, parts, part)


def _ods(name: str, parts: Parts) -> Iterator[Sheet]:
    from hub.lembar.ods_reader import OdsTables

    tables = OdsTables(name)
    with parts.open("content.xml") as text:
        tables.read(text)
    if len(tables.sheets) > MOST_SHEETS:
        raise _too_many_sheets(name, len(tables.sheets))
    yield from tables.sheets


def _xlsx(name: str, parts: Parts, part: str) -> Iterator[Sheet]:
    from hub.lembar.sheet_rows import SheetRows
    from hub.lembar.xlsx_sheet import XlsxSheet

    book = read_book(parts, part)
    if len(book.sheets) > MOST_SHEETS:
        raise _too_many_sheets(name, len(book.sheets))
    for about in book.sheets:
        rows = SheetRows(f'{name}, lembar "{about.name}"', about.name, about.hidden)
        with parts.open(about.part) as text:
            XlsxSheet(book, rows).read(text)
        yield rows.sheet()


def _too_many_sheets(name: str, count: int) -> InvalidInputError:
    return InvalidInputError(
        f"{name}: {display(count)} lembar, paling banyak {MOST_SHEETS}; hapus lembar yang tidak dipakai."
    )
