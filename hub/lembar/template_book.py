"""A workbook that is sent out to be filled in: its formats, what its cells may hold, how it is printed. Nothing in it is protected, so
that whole columns can be pasted; what does not fit is said by the cell itself, and again when it comes back."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from hub.lembar.template_mark import NOT_READ

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIXED_DAY = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # equal templates are equal bytes
_A4 = 9
_COLUMNS_A_PAGE = 24
_LONGEST_LIST = 250  # letters of choices that a cell may have with it; more stand in a sheet
_EDGE = {"border": 1, "border_color": "#B0B7BF"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "subtitle": {"bold": True, "font_size": 11},
    "mark": {"font_size": 8, "font_color": "#808080"},
    "note": {"italic": True, "font_color": "#404040"},
    "name": {"bold": True, "bg_color": "#DCE6F1", "align": "center", "valign": "vcenter", "text_wrap": True, **_EDGE},
    "choice": {"bg_color": "#EDF2F9", "align": "center", "valign": "vcenter", "text_wrap": True, **_EDGE},
    "code": {
        "font_size": 7, "font_color": "#606060", "bg_color": "#EDF2F9", "align": "center", "valign": "top", "text_wrap": True, **_EDGE,
    },
    "head": {"bold": True, "bg_color": "#DCE6F1", "valign": "vcenter", "text_wrap": True, **_EDGE},
    "region": {"bg_color": "#F5F5F5", **_EDGE},
    "text": {"text_wrap": True, "valign": "top", **_EDGE},
    "entry": dict(_EDGE),
    "whole": {"num_format": "0", **_EDGE},
    "decimal": {**_EDGE},
    "sum_label": {"bold": True, "bg_color": "#E8E8E8", **_EDGE},
    "sum": {"bold": True, "bg_color": "#E8E8E8", "num_format": "0", **_EDGE},
    "wrong": {"font_color": "#C00000", "bg_color": "#FFE1E1"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from one row and column to another, both included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class TemplateBook:
    """`title`: for whoever looks at the file's properties; `mark`: what it is a template of, there as well."""

    def __init__(self, title: str, mark: str) -> None:
        self._bytes = io.BytesIO()
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **plain})
        self.book.set_properties({"title": title, "author": "Hub Dinas Sosial", "created": _FIXED_DAY})
        self.book.set_custom_property("templat_hub", mark, "text")
        self._formats = {name: self.book.add_format(given) for name, given in _FORMATS.items()}

    def format(self, name: str) -> Any:
        return self._formats[name]

    def add_sheet(self, name: str, titles: Sequence[str], mark: str | None) -> Any:
        """A sheet with its titles in the first rows, then the mark; None: it says that it is not read. The table begins two rows
        below."""
        sheet = self.book.add_worksheet(name)
        for row, text in enumerate(titles):
            sheet.write_string(row, 0, text, self.format("title" if row == 0 else "subtitle"))
        sheet.write_string(len(titles), 0, mark or NOT_READ, self.format("mark"))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&8&A&R&8Halaman &P dari &N")
        return sheet

    def content(self) -> bytes:
        self.book.close()
        return self._bytes.getvalue()


def print_on_pages(sheet: Any, area: Area, head: tuple[int, int], beside: int = 0) -> None:
    """`head`: rows that every page repeats; `beside`: columns that every page does."""
    sheet.print_area(area.top, area.left, area.bottom, area.right)
    sheet.repeat_rows(*head)
    if beside:
        sheet.repeat_columns(0, beside - 1)
    wide = area.right - area.left + 1
    sheet.fit_to_pages(max(1, -(-wide // _COLUMNS_A_PAGE)), 0)


def write_texts(sheet: Any, row: int, texts: Iterable[str], cell_format: Any) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, cell_format)


def height_of(texts: Iterable[str], widths: Iterable[float]) -> float:
    """How high a row must be, in points, for texts in columns so many letters wide."""
    return 15.0 * max((-(-len(t) // max(1, int(w * 0.95))) for t, w in zip(texts, widths, strict=False)), default=1) + 1


def offer(sheet: Any, area: Area, choices: Sequence[str] | str, *, strict: bool = True, message: str = "") -> None:
    """A drop-down: of these words, or of a range "=Daftar!$A$1:$A$9". Not `strict`: another word may be written, too."""
    source: Sequence[str] | str = choices
    if not isinstance(choices, str) and len(",".join(choices)) > _LONGEST_LIST:
        return  # what does not fit is told in the explanations
    if source:
        options = {
            "validate": "list", "source": source if isinstance(source, str) else list(source), "error_type": "stop" if strict else "information",
            "error_title": "Pilih dari daftar", "error_message": message[:250] or "Pilih salah satu dari daftar di selnya.",
        }  # fmt: skip
        sheet.data_validation(area.top, area.left, area.bottom, area.right, options)


def demand(sheet: Any, area: Area, formula: str, message: str, *, strict: bool = True) -> None:
    """What a cell must be, as a formula about the first cell of the area."""
    options = {
        "validate": "custom", "value": formula, "error_type": "stop" if strict else "warning", "error_title": "Periksa isian",
        "error_message": message[:250],
    }  # fmt: skip
    sheet.data_validation(area.top, area.left, area.bottom, area.right, options)
