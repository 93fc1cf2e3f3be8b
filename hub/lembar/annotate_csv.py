"""A CSV with one column more, in which each row says what was found in it; what stands in its lines stays byte for byte. Pure."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from hub.lembar.annotate_findings import MARKER
from hub.lembar.annotate_notes import Note
from hub.lembar.csv_encoding import encoding_of
from hub.lembar.csv_separator import said_separator, separator
from hub.lembar.harmless import harmless
from hub.lembar.plain_text import plain

COLUMN = MARKER
"""The title of that column."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_HEAD = 64 * 1024
_END = re.compile(r"[\r\n]*\Z")


def annotated_csv(name: str, content: bytes, notes: Sequence[Note], header: int) -> bytes:
    """`header`: the row of titles, 0: the first. A column that the hub put there before is replaced. Raises InvalidInputError."""
    encoding = encoding_of(name, content)
    errors = "surrogateescape" if encoding.codec == "utf-8" else "replace"
    text = content[encoding.skip :].decode(encoding.codec, errors)
    head = plain(text[:_HEAD].replace("\r\n", "\n").replace("\r", "\n"))
    said = said_separator(head)
    sign = said or separator(head)
    lines = [line[0] for line in _LINE.finditer(text) if line[0]]
    rows = list(_rows(lines, 1 if said else 0, sign))
    old = _old_column([cells for _, _, cells in rows])
    width = max((len(cells) if old is None else min(len(cells), old) for _, _, cells in rows), default=1)
    header = header or next((n for n, (_, _, cells) in enumerate(rows, 1) if any(cells)), 1)
    by_row = _by_row(notes, header)
    ending = next((e for line in lines if (e := _END.search(line)) and e[0]), None)
    end_of_line = ending[0] if ending else "\r\n"
    made = lines[: rows[0][0]] if rows else lines
    for number, (first, last, cells) in enumerate(rows, 1):
        record = "".join(lines[first:last])
        bare, end = record.rstrip("\r\n"), record[len(record.rstrip("\r\n")) :]
        if old is not None and len(cells) > old:
            bare, cells = _without(bare, sign, old), cells[:old]
        words = COLUMN if number == header else by_row.get(number, "")
        if any(cells) and (words or number > header):
            bare += sign * (width - len(cells) + 1) + (_quoted(words) if words else "")
        made.append(bare + end)
    about = by_row.get(0)
    if about and rows:  # what is said of the file as a whole stands at the end
        if made and not made[-1].endswith(("\r", "\n")):
            made[-1] += end_of_line
        made.append(sign * width + _quoted(about) + end_of_line)
    return content[: encoding.skip] + "".join(made).encode(encoding.codec, errors)


def without_column(rows: list[list[str]]) -> None:
    """Empty the column that the hub put there, if there is one."""
    at = _old_column(rows)
    if at is None:
        return
    of_file = len(rows[-1]) == at + 1 and not any(rows[-1][:at])  # what was said of the file as a whole
    for row in rows:
        if len(row) == at + 1:
            is_header = row.pop().strip() == COLUMN
            while is_header and row and not row[-1]:  # else rows longer than their header would be no longer
                row.pop()
        elif len(row) > at:  # somebody has put another one behind it
            row[at] = ""
    if of_file:
        rows.pop()


def _old_column(rows: Sequence[Sequence[str]]) -> int | None:
    for row in rows:
        if COLUMN in row:
            last = max(i for i, c in enumerate(row) if c)
            if row[last].strip() == COLUMN:
                return last
    return None


def _rows(lines: Sequence[str], skipped: int, sign: str) -> Iterator[tuple[int, int, list[str]]]:
    """The rows as csv_rows numbers them: their first line, the one after their last, their cells."""
    reader = csv.reader((_ended(plain(line)) for line in lines[skipped:]), delimiter=sign)
    at = 0
    for cells in reader:
        yield skipped + at, skipped + reader.line_num, cells
        at = reader.line_num


def _ended(line: str) -> str:
    return line.rstrip("\r\n") + "\n"


def _without(bare: str, sign: str, column: int) -> str:
    """A row up to a column."""
    cells, in_quotes = 0, False
    for at, letter in enumerate(bare):
        if letter == '"':
            in_quotes = not in_quotes
        elif letter == sign and not in_quotes:
            cells += 1
            if cells == column:
                return bare[:at]
    return bare


def _by_row(notes: Sequence[Note], header: int) -> Mapping[int, str]:
    """Row → what is said of it; 0: of the file, and of its titles, whose place in the column is taken."""
    said: dict[int, dict[str, None]] = {}
    for note in notes:
        said.setdefault(0 if note.row == header else note.row, {})[" ".join(note.words.split())] = None
    return {row: " | ".join(words) for row, words in said.items()}


def _quoted(words: str) -> str:
    return '"' + harmless(words).replace('"', '""') + '"'
