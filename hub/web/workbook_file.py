"""XLSX made for one answer: written beside the event loop, into files.

    async def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("Isian")
        await aside(write_header, sheet)  # a piece of work of some milliseconds to some hundred
        ...

    with await workbook_file(fill, Made(created=today)) as file:
        ...

`fill` gets an open xlsxwriter Workbook and must not close it. Texts that begin with = and look like links stay texts: a formula is
written by `write_formula` alone. Whatever `fill` raises comes out, and no file stays behind. One address may use it for what has
to be refused with a status: nothing is sent before the whole workbook is there.
"""

import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from xlsxwriter import Workbook

from hub.base.off_loop import Desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Fill = Callable[[Workbook], Awaitable[None]]
T = TypeVar("T")

_DESK = Desk("workbooks", threads=2)
_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Made:
    """`created`: the day that the workbook says it was made; the same cells of the same day are the same bytes. `in_order`: rows are
    written one after the other, each from left to right, and none is looked at again; memory then holds one row."""

    created: date
    in_order: bool = False


async def aside(work: Callable[..., T], *arguments: Any) -> T:
    """What `work` returns; others are served meanwhile."""
    return await _DESK.go_on(work, *arguments)


async def workbook_file(fill: Fill, made: Made) -> BinaryIO:
    """The finished workbook, open at its beginning. It has no name any more: closed, it is gone."""
    with tempfile.TemporaryDirectory(prefix="hub-xlsx-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "buku.xlsx"
        options = {**_TEXTS, "tmpdir": folder, "constant_memory": made.in_order, "use_zip64": True}
        book = Workbook(str(path), options)
        book.set_properties({"created": datetime(made.created.year, made.created.month, made.created.day)})
        try:
            await fill(book)
            await aside(book.close)
        finally:
            if made.in_order:
                _let_go(book)
        return path.open("rb")


def _let_go(book: Workbook) -> None:
    """Of a workbook that was given up, the files its rows wait in; of a finished one there are none."""
    for sheet in book.worksheets():
        with suppress(OSError, AttributeError):
            sheet._opt_close()
