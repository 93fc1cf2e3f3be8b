"""The template of a list: its titles are the reader's own, its cells offer what they may hold, and no row of it is filled in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from hub.lembar.template_book import Area, TemplateBook, demand, height_of, offer, print_on_pages, write_texts
from hub.lembar.template_mark import list_mark

ROWS = 500  # that can be filled in; below them a list may go on without drop-downs
_WIDTH = 16  # letters
_LISTS = "Daftar"
_EXPLAINED = (26, 10, 60, 60)  # letters


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`title`: as the reader knows it; `how`: what to write; `must`: whether every row needs it; `choices`: what it may be, `strict`:
    and nothing else; `number`: it counts, "whole" or "decimal"; `width`: letters."""

    title: str
    how: str
    must: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = True
    number: str = ""
    width: int = _WIDTH


@dataclass(frozen=True, slots=True)
class ListTemplate:
    """`name`: of the file and the sheet; `title`: over the table; `send`: how it is sent; `notes`: what else there is to know."""

    name: str
    title: str
    columns: tuple[ListColumn, ...]
    send: str
    notes: tuple[str, ...] = ()

    def content(self) -> bytes:
        """The workbook. Blocks: not for the event loop."""
        book = TemplateBook(self.title, list_mark(self.name))
        sheet = book.add_sheet("Isian", [self.title], list_mark(self.name))
        header = 3
        write_texts(sheet, header, [c.title for c in self.columns], book.format("head"))
        sheet.set_row(header, 32)
        last = header + ROWS
        offered = _Lists(book)
        for place, column in enumerate(self.columns):
            sheet.set_column(place, place, max(column.width, len(column.title) + 2))
            _check(sheet, Area(header + 1, place, last, place), column, offered)
        sheet.freeze_panes(header + 1, 1)
        print_on_pages(sheet, Area(0, 0, header + 40, len(self.columns) - 1), (header, header))
        self._explain(book)
        offered.write()
        return book.content()

    def _explain(self, book: TemplateBook) -> None:
        sheet = book.add_sheet("Penjelasan", [f"Penjelasan: {self.title}"], None)
        for column, width in enumerate(_EXPLAINED):
            sheet.set_column(column, column, width)
        row = 3
        for note in (self.send, *self.notes):
            sheet.merge_range(row, 0, row, 3, note, book.format("text"))
            sheet.set_row(row, height_of([note], [sum(_EXPLAINED)]))
            row += 1
        row += 1
        write_texts(sheet, row, ("Kolom", "Wajib", "Isinya", "Pilihan"), book.format("head"))
        for c in self.columns:
            row += 1
            shown = ", ".join(c.choices) if len(c.choices) <= 40 else f"lihat lembar {_LISTS}"
            texts = (c.title, "ya" if c.must else "", c.how, shown)
            write_texts(sheet, row, texts, book.format("text"))
            sheet.set_row(row, height_of(texts, _EXPLAINED))
        print_on_pages(sheet, Area(0, 0, row, 3), (0, 0))


class _Lists:
    """Choices that stand in a sheet of their own, a column each: cells take only short lists with them."""

    def __init__(self, book: TemplateBook) -> None:
        self._book = book
        self._columns: list[tuple[str, Sequence[str]]] = []

    def range_of(self, title: str, choices: Sequence[str]) -> str:
        place = len(self._columns)
        self._columns.append((title, choices))
        first = xl_rowcol_to_cell(3, place, row_abs=True, col_abs=True)
        return f"={_LISTS}!{first}:{xl_rowcol_to_cell(2 + len(choices), place, row_abs=True, col_abs=True)}"

    def write(self) -> None:
        if not self._columns:
            return
        sheet = self._book.add_sheet(_LISTS, ["Pilihan bagi kolom isian"], None)
        for place, (title, choices) in enumerate(self._columns):
            sheet.set_column(place, place, 40)
            sheet.write_string(2, place, title, self._book.format("head"))
            for row, choice in enumerate(choices, 3):
                sheet.write_string(row, place, choice, self._book.format("entry"))


def _check(sheet: Any, area: Area, column: ListColumn, offered: _Lists) -> None:
    if column.choices:
        short = len(",".join(column.choices)) <= 250 and not any("," in c for c in column.choices)
        source: Sequence[str] | str = column.choices if short else offered.range_of(column.title, column.choices)
        offer(sheet, area, source, strict=column.strict, message=f"{column.title}: pilih dari daftar di selnya.")
    elif column.number:
        cell = xl_rowcol_to_cell(area.top, area.left)
        whole = column.number == "whole"
        rule = f"{cell}=INT({cell})," if whole else ""
        message = f"{column.title}: {'bilangan bulat' if whole else 'angka'}, 0 atau lebih."
        demand(sheet, area, f"=IF(ISNUMBER({cell}),AND({rule}{cell}>=0),FALSE)", message)
