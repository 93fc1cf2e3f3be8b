"""CSV, row by row and never more of it than was asked for: a file without end is refused at the limit, not after it."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from hub.base.errors import InvalidInputError
from hub.base.temuan import display
from hub.lembar.csv_encoding import Encoding, encoding_of
from hub.lembar.csv_separator import said_separator, separator
from hub.lembar.plain_text import plain
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


def csv_rows(
    name: str, content: bytes, most_rows: int = MOST_ROWS, encoding: Encoding | None = None
) -> Iterator[list[str]]:
    """The rows of a file, from the first one on, read as they are asked for. `encoding`: the file's, where it is known. Raises
    InvalidInputError, at any row."""
    encoding = encoding or encoding_of(name, content)
    row, started, last, cells = [_END], 1, 1, 0
    head = plain(encoding.head(content, _HEAD))
    said = said_separator(head)
    lines = _lines(name, encoding.lines(content), skipped=1 if said else 0)
    reader = csv.reader(chain(lines, [_END]), delimiter=said or separator(head))
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
    if row[-1:] != [_END]:  # the last cell took in what follows it, rows and all
        raise InvalidInputError(
            f'{name}: tanda kutip (") yang dibuka pada baris {last} tidak ditutup, sehingga baris-baris sesudahnya tertelan; '
            "tutup atau hapus tanda kutip itu."
        )


def _lines(name: str, text: TextIO, skipped: int) -> Iterator[str]:
    number = 0
    while line := text.readline(MOST_ROW_LETTERS + 1):
        number += 1
        if len(line) > MOST_ROW_LETTERS:
            raise InvalidInputError(
                f"{name}: baris {number} lebih panjang dari {display(MOST_ROW_LETTERS)} huruf; ini bukan tabel. Simpan ulang "
                "tabelnya sebagai CSV UTF-8, satu baris tabel satu baris teks."
            )
        if number > skipped:
            line = plain(line)
            yield line if line.endswith("\n") else f"{line}\n"  # else what follows would go on in it
