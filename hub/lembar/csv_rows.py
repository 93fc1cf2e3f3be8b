"""CSV (UTF-8), row by row and never more of it than was asked for: a file without end is refused at the limit, not after it."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain

from hub.base.errors import InvalidInputError
from hub.base.temuan import display
from hub.lembar.sheet_limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROW_LETTERS,
    MOST_ROWS,
    too_many_cells,
    too_many_rows,
)

_END = "\x1e akhir berkas"  # a row of our own after the last one: it comes back alone unless a quote was left open
_HEAD = 64 * 1024  # bytes in which the separator is looked for
_OPENING = re.compile(r'[\["]')
_CLOSING = {"[": "]", '"': '"'}


def csv_rows(name: str, content: bytes, most_rows: int = MOST_ROWS) -> Iterator[list[str]]:
    """The rows of a file, from the first one on, read as they are asked for. Raises InvalidInputError, at any row."""
    row, started, last, cells = [_END], 1, 1, 0
    reader = csv.reader(chain(_lines(name, content), [_END]), delimiter=_separator(content))
    count = 0
    try:
        for row in reader:
            if row == [_END]:
                return
            count, cells = count + 1, cells + len(row)
            if count > most_rows:
                raise too_many_rows(name, most_rows)
            if cells > MOST_CELLS or len(row) > MOST_COLUMNS:
                raise too_many_cells(name, count, max(len(row), cells // count))
            last, started = started, reader.line_num + 1
            yield row
    except csv.Error:
        raise InvalidInputError(
            f'{name}: isian pada baris {started} terlalu panjang; barangkali tanda kutip (") di sana tidak ditutup.'
        ) from None
    except UnicodeDecodeError:
        raise InvalidInputError(f"{name}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.") from None
    if row[-1:] != [_END]:  # the last cell took in what follows it, rows and all
        raise InvalidInputError(
            f'{name}: tanda kutip (") yang dibuka pada baris {last} tidak ditutup, sehingga baris-baris sesudahnya tertelan; '
            "tutup atau hapus tanda kutip itu."
        )


def _lines(name: str, content: bytes) -> Iterator[str]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline=None)
    number = 0
    while line := text.readline(MOST_ROW_LETTERS + 1):
        number += 1
        if len(line) > MOST_ROW_LETTERS:
            raise InvalidInputError(
                f"{name}: baris {number} lebih panjang dari {display(MOST_ROW_LETTERS)} huruf; ini bukan tabel. Simpan ulang "
                "tabelnya sebagai CSV UTF-8, satu baris tabel satu baris teks."
            )
        yield line if line.endswith("\n") else f"{line}\n"  # else what follows would go on in it


def _separator(content: bytes) -> str:
    head = _bare(content[:_HEAD].decode("utf-8-sig", errors="ignore").partition("\n")[0])
    return ";" if head.count(";") > head.count(",") else ","


def _bare(head: str) -> str:
    """Without what stands in brackets or in quotes. One pass, however many are opened and never closed."""
    last = {opening: head.rfind(closing) for opening, closing in _CLOSING.items()}
    pieces, at = [], 0
    for found in _OPENING.finditer(head):
        if found.start() < at or last[found[0]] <= found.start():
            continue
        pieces.append(head[at : found.start()])
        at = head.index(_CLOSING[found[0]], found.start() + 1) + 1
    return "".join([*pieces, head[at:]])
