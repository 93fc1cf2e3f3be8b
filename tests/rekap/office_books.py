"""Workbooks as offices make them, written as text, and how each is read: the file through the whole path up to figures of regions.

A grid has a line a row, its cells parted by "|": digits are a number cell, with 'apostrophe a text, "=" a formula without a stored
result, "#N/A" an error. A reading has a line a figure: "53.14.03 BAN01 1594"; "= 53.14 BAN01 2936" is a stated total; "! CODE text" an
error whose sentence has that text; "? CODE" a warning; "i CODE text" a note. Errors and warnings are all that there are.
"""

import csv
import io
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

from hub.base.periode import Periode
from hub.base.temuan import ERROR, INFO, WARNING, Temuan
from hub.lembar.files import read_sheets
from hub.rekap.cells import read_cells
from hub.rekap.draft import Envelope
from hub.rekap.file_mapping import NO_MAPPING, FileMapping
from hub.rekap.file_reading import Known, read_file
from hub.rekap.files import draft_of
from hub.rekap.totals import check_totals
from hub.wilayah.region_index import RegionIndex
from tests.lembar.ods_book import OdsBook
from tests.lembar.ods_book import cell as ods_cell
from tests.lembar.ods_book import row as ods_row
from tests.lembar.written_sheets import span
from tests.rekap.file_texts import regions_of
from tests.rekap.shipped import shipped_katalog

Grid = list[list[Any]]
Edit = Callable[[Any, Any], None]
_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?")


@dataclass(frozen=True, slots=True)
class Book:
    """`sheets`: name → grid; `merged`: ranges of the first sheet; `formats`: cell of the first sheet → its number format; `edit`: what
    else is done to the workbook and its first sheet, by openpyxl; `content`: the file itself, of the odd ones."""

    name: str
    sheets: Mapping[str, str]
    reading: str
    formulir: str = "F02"
    kind: str = "xlsx"
    merged: str = ""
    formats: Mapping[str, str] = field(default_factory=dict)
    edit: Edit | None = None
    content: bytes | None = None
    mapping: FileMapping = NO_MAPPING
    regions: RegionIndex | None = None

    @property
    def file(self) -> tuple[str, bytes]:
        """Its name and content."""
        if self.content is not None:
            return f"rekap.{self.kind}", self.content
        suffix = "xlsx" if self.kind == "xlsxwriter" else self.kind
        return f"rekap.{suffix}", _WRITERS[self.kind](self)


def book(name: str, grid: str, reading: str, formulir: str = "F02", **more: Any) -> Book:
    """A workbook of one sheet."""
    return Book(name, {"Sheet1": grid}, reading, formulir, **more)


def grid_of(text: str) -> Grid:
    lines = textwrap.dedent(text).strip("\n").split("\n")
    return [[_value(c.strip()) for c in line.split("|")] for line in lines]


def _value(text: str) -> Any:
    if text.startswith("'"):
        return text[1:]
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"date \d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text[5:])
    return text.replace("\\n", "\n") or None


# ---------- written by ----------


def _openpyxl(made: Book) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, text in made.sheets.items():
        sheet = workbook.create_sheet(name)
        for row in grid_of(text):
            sheet.append(row)
    first = workbook.worksheets[0]
    for area in made.merged.split():
        first.merge_cells(area)
    for cell, code in made.formats.items():
        first[cell].number_format = code
    if made.edit is not None:
        made.edit(workbook, first)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def _xlsxwriter(made: Book) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as workbook:
        for at, (name, text) in enumerate(made.sheets.items()):
            sheet = workbook.add_worksheet(name)
            formats = {k: workbook.add_format({"num_format": v}) for k, v in made.formats.items()} if at == 0 else {}
            for r, row in enumerate(grid_of(text)):
                for c, value in enumerate(row):
                    look = formats.get(f"{chr(65 + c)}{r + 1}")
                    if value is not None:
                        sheet.write(r, c, value, look)
            for area in made.merged.split() if at == 0 else ():
                m = span(area)
                text_there = grid_of(text)[m.top - 1][m.left]
                sheet.merge_range(area, "")
                sheet.write(m.top - 1, m.left, text_there)
    return kept.getvalue()


def _xlwt(made: Book) -> bytes:
    workbook = xlwt.Workbook()
    for at, (name, text) in enumerate(made.sheets.items()):
        sheet = workbook.add_sheet(name)
        grid = grid_of(text)
        looks = {k: xlwt.easyxf(num_format_str=v) for k, v in made.formats.items()} if at == 0 else {}
        merges = [span(a) for a in made.merged.split()] if at == 0 else []
        begun = {(m.top - 1, m.left) for m in merges}
        for r, row in enumerate(grid):
            for c, value in enumerate(row):
                if value is not None and (r, c) not in begun:
                    sheet.write(r, c, value, looks.get(f"{chr(65 + c)}{r + 1}", xlwt.Style.default_style))
        for m in merges:
            sheet.write_merge(m.top - 1, m.bottom - 1, m.left, m.right, grid[m.top - 1][m.left])
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def _ods(made: Book) -> bytes:
    book = OdsBook()
    for at, (name, text) in enumerate(made.sheets.items()):
        merges = [span(a) for a in made.merged.split()] if at == 0 else []
        book.table(
            name,
            [
                ods_row(_ods_cell(value, merges, r, c) for c, value in enumerate(line))
                for r, line in enumerate(grid_of(text), 1)
            ],
        )
    return book.content()


def _is_covered(merges: list[Any], row: int, column: int) -> bool:
    return any(
        m.top <= row <= m.bottom and m.left <= column <= m.right and (m.top, m.left) != (row, column) for m in merges
    )


def _ods_cell(value: Any, merges: list[Any], row: int, column: int) -> str:
    if _is_covered(merges, row, column):
        return ods_cell(None, covered=True)
    merge = next((m for m in merges if (m.top, m.left) == (row, column)), None)
    about = {} if merge is None else {
        "table:number-columns-spanned": merge.right - merge.left + 1, "table:number-rows-spanned": merge.bottom - merge.top + 1,
    }  # fmt: skip
    return ods_cell(value, about)


def _csv(made: Book) -> bytes:
    (text,) = made.sheets.values()
    kept = io.StringIO()
    csv.writer(kept, delimiter=";").writerows(grid_of(text))
    return kept.getvalue().encode()


_WRITERS: Mapping[str, Callable[[Book], bytes]] = {
    "xlsx": _openpyxl, "xlsxwriter": _xlsxwriter, "xls": _xlwt, "ods": _ods, "csv": _csv,
}  # fmt: skip


# ---------- read ----------


def lines_read(made: Book) -> tuple[list[str], list[Temuan]]:
    """Figures and totals of a workbook, as lines of a reading, and what is said of it."""
    katalog = shipped_katalog()
    formulir, regions = katalog.formulir[made.formulir], made.regions or regions_of()
    name, content = made.file
    reading = read_file(name, read_sheets(name, content), Known(katalog, formulir, regions, mapping=made.mapping))
    draft = draft_of(reading, Envelope(regions.pelapor, made.formulir, "2021", "a"), Periode.read("2021"))
    temuan = list(reading.temuan)
    cells = read_cells(draft, katalog, formulir, regions, temuan)
    figures = {(c.wilayah, c.elemen.kode, c.rincian): c for c in cells}
    totals, _ = check_totals(draft, katalog, formulir, regions, cells, {})
    lines = [
        f"{w} {_titled(e, rincian)} {c.status if c.nilai is None else f'{c.nilai:f}'}"
        for (w, e, rincian), c in figures.items()
        if not c.implied
    ]
    return lines + [f"= {t.wilayah} {t.elemen} {t.tertulis:f}" for t in totals], temuan


def _said(temuan: Temuan) -> str:
    """Its sentence and where it points to."""
    return " ".join([temuan.pesan, *(f"baris {p.baris} kolom {p.kolom}" for p in temuan.lokasi)])


def _titled(elemen: str, rincian: tuple[tuple[str, str], ...]) -> str:
    return elemen + (f"[{','.join(f'{n}={p}' for n, p in rincian)}]" if rincian else "")


def wrong_of(made: Book) -> list[str]:
    """What of a workbook is read otherwise than it is right; nothing where all is."""
    lines, temuan = lines_read(made)
    wanted = [" ".join(b.split()) for b in made.reading.strip().splitlines() if b.strip()]
    figures = [b for b in wanted if b[0] not in "!?i"]
    wrong = [f"not read: {b}" for b in figures if b not in lines] + [f"read: {b}" for b in lines if b not in figures]
    errors = [t for t in temuan if t.tingkat == ERROR]
    for mark, level in (("!", ERROR), ("i", INFO)):
        for line in (b[2:] for b in wanted if b[0] == mark):
            kode, _, text = line.partition(" ")
            met = [t for t in temuan if (t.kode, t.tingkat) == (kode, level) and text in _said(t)]
            errors = [t for t in errors if t not in met[:1]]
            if not met:
                wrong.append(f"not said: {mark} {line}")
    wrong += [f"said: {t.kode} {t.pesan}" for t in errors]
    warned, meant = {t.kode for t in temuan if t.tingkat == WARNING}, {b[2:] for b in wanted if b[0] == "?"}
    return wrong + [f"warning of one only: {kode}" for kode in sorted(warned ^ meant)]
