"""Workbooks with bytes changed at random: read or refused in a sentence, nothing else; and what is read passes between processes as
it is."""

import io
import random
import zipfile
from collections.abc import Callable

import openpyxl
import orjson
import pytest
import xlwt

from hub.base.errors import InvalidInputError
from hub.lembar.files import read_sheets
from hub.lembar.sheet_frames import FramesReader, frames_of
from hub.lembar.sheet_reader import read_workbook
from tests.lembar import xlsb_book as binary
from tests.lembar.far_sheets import ODS_HEAD, ods, packed

_PIECES = (b"99999999999999999999", b"-1", b"\xff", b'" r="', b"&#0;", b"e9999", b"1e400", b"<", b">", b'"')


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    for number in range(20):
        book.active.append([f"Desa {number}", number, number * 1.5, "=A1"])
    book.active.merge_cells("A2:A4")
    book.active.column_dimensions["B"].hidden = True
    book.active["C3"].number_format = '0" KK"'
    book.active["C4"].number_format = ";;;"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    made = book.add_sheet("Data")
    for number in range(20):
        made.write(number, 0, f"Desa {number}")
        made.write(number, 1, number * 1.5)
    made.write_merge(30, 32, 0, 0, "x")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsb() -> bytes:
    rows = [binary.real(0, n) + binary.cell(binary.TEXT, 1, binary.words(f"Desa {n}")) for n in range(20)]
    return binary.book(("Data", 0, binary.sheet(*rows, hidden=3)), ("Dua", 1, binary.sheet(*rows)))


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def text_changed(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        members = [(n, source.read(n)) for n in source.namelist()]
    at = chance.randrange(len(members))
    name, text = members[at]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text) + 1)
        cut = chance.choice((0, 0, 1, chance.randint(1, 30)))
        text = text[:place] + chance.choice((b"", *_PIECES, text[max(0, place - 30) : place])) + text[place + cut :]
    members[at] = (name, text)
    if chance.random() < 0.05:
        members.pop(chance.randrange(len(members)))
    return packed([*members])


FILES: dict[str, tuple[Callable[[], bytes], Callable[[bytes, random.Random], bytes]]] = {
    "xlsx": (xlsx, bytes_changed),
    "xlsx, its text": (xlsx, text_changed),
    "xls": (xls, bytes_changed),
    "ods": (lambda: ods(ODS_HEAD), bytes_changed),
    "ods, its text": (lambda: ods(ODS_HEAD), text_changed),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_file_is_read_or_refused(kind: str) -> None:
    make, change = FILES[kind]
    content, chance = make(), random.Random(kind)
    read = refused = 0
    for _ in range(150):
        try:
            sheets = list(read_workbook("a", change(content, chance)))
        except InvalidInputError:
            refused += 1
            continue
        read += 1
        answer = FramesReader()
        for sheet in sheets:
            for frame in frames_of(sheet, sheet.rows):
                answer.take(orjson.loads(frame))
        assert answer.sheets() == sheets
    assert read > 10
    assert refused > 10


@pytest.mark.parametrize("change", [bytes_changed, text_changed])
def test_a_damaged_xlsb_may_end_the_process_that_reads_it_and_no_other(
    change: Callable[[bytes, random.Random], bytes],
) -> None:
    content, chance = xlsb(), random.Random("xlsb")
    refused = 0
    for _ in range(12):
        try:
            assert len(read_sheets("a.xlsb", change(content, chance))) <= 2
        except InvalidInputError:
            refused += 1
    assert refused > 2
