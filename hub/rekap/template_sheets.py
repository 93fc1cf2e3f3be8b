"""The sheets of a form's template: a table of regions with its totals as formulas, or a list of figures. Pure.

The table's own header is the row of codes, which the reader knows whatever the names above it say. A total is empty as long as
nothing below it is filled in, for a sum of nothing is no nought.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from hub.base.kode import Level
from hub.base.region_names import name_key
from hub.base.temuan import display
from hub.katalog.formula import Rincian
from hub.katalog.katalog import NO_UNIT, Batas, Elemen, Katalog
from hub.lembar.template_book import Area, TemplateBook, demand, offer, print_on_pages, write_texts
from hub.rekap.template_layout import Asked, AskedSheet, FormTemplate, children, period_title
from hub.rekap.written_words import EMPTY_STATUSES

WORDS = tuple(s.lower().replace("_", " ") for s in EMPTY_STATUSES)
LIST_TITLES = ("Kode Wilayah", "Elemen", "Rincian", "Keterangan", "Satuan", "Nilai", "Status")
_COMPARED_TITLES = (
    "Pembanding (kode)",
    "Pembanding (nama)",
    "Pembanding (desa)",
)  # none that a reader takes for regions
_SUMMED = ("JUMLAH", "HITUNG")
_NAMES, _CHOICES, _CODES = 0, 1, 2  # rows of the header
_WIDE, _NARROW = 22, 12  # letters

Known = Mapping[tuple[str, str, Rincian], Decimal | str]
"""(region, element, breakdown) → figure, or why there is none."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is being written. `top`: its first row below the titles; `known`: of one to compare with, what stands in it."""

    book: TemplateBook
    template: FormTemplate
    asked: AskedSheet
    katalog: Katalog
    sheet: Any
    top: int
    known: Known | None

    def format(self, name: str) -> Any:
        return self.book.format(name)


def write_sheet(book: TemplateBook, template: FormTemplate, asked: AskedSheet, katalog: Katalog) -> None:
    titles = _titles(template, asked, period_title(template.periode))
    sheet = book.add_sheet(asked.name, titles, str(template.mark))
    sheet.write_string(len(titles) + 1, 0, _HINT, book.format("note"))
    _write(_Sheet(book, template, asked, katalog, sheet, len(titles) + 2, None))


def write_compared(
    book: TemplateBook, template: FormTemplate, asked: AskedSheet, katalog: Katalog, known: Known
) -> None:
    """The same with the figures of the period before, and nothing to fill in."""
    before = f"PEMBANDING: angka {period_title(template.periode.previous)}, bukan isian"
    sheet = book.add_sheet(f"Lalu {asked.name.lower()}", _titles(template, asked, before), None)
    sheet.set_tab_color("#A0A0A0")
    _write(_Sheet(book, template, asked, katalog, sheet, 5, known))


_HINT = (
    "Isi sel putih; yang tidak berlaku biarkan kosong. Nol ditulis 0. Tanpa data: tulis "
    + ", ".join(f'"{w}"' for w in WORDS)
    + ". Lihat lembar Penjelasan."
)


def _titles(template: FormTemplate, asked: AskedSheet, when: str) -> list[str]:
    f = template.formulir
    return [f"{f.kode} {f.nama}", f"{template.office} ({template.pelapor})", f"{when} - {asked.name.lower()}"]


def _write(s: _Sheet) -> None:
    if s.asked.is_list:
        _write_list(s)
    else:
        _write_table(s)


# ---------- a table of regions ----------


def _write_table(s: _Sheet) -> None:
    places = 3 if s.asked.level is Level.DESA else 2
    header = s.top + _CODES
    _region_titles(s, header, places)
    _figure_titles(s, places)
    row, subtotals = header + 1, []
    if s.asked.level is Level.DESA:
        names = [name_key(n) for n in s.template.kecamatan.values()]
        for kecamatan, desa in children(s.asked.regions).items():
            name = s.template.kecamatan.get(kecamatan, kecamatan)
            first = row
            for w in desa:
                _region_row(s, row, w.kode, (w.kode, name, w.nama))
                row += 1
            if names.count(name_key(name)) == 1:  # of two of one name nobody could tell which total is whose
                _sum_row(s, row, f"Jumlah Kec. {name}", places, [(first, row - 1)])
                subtotals.append((row, row))
                row += 1
            else:
                subtotals.append((first, row - 1))
    else:
        for w in s.asked.regions:
            _region_row(s, row, w.kode, (w.kode, w.nama))
            row += 1
        subtotals.append((header + 1, row - 1))
    _sum_row(s, row, f"Jumlah {s.template.office}", places, subtotals)
    entries = Area(header + 1, places, row - 1, places + len(s.asked.figures) - 1)
    s.sheet.freeze_panes(header + 1, places)
    print_on_pages(s.sheet, Area(0, 0, row, entries.right), (s.top, header), places)
    if s.known is None:
        for i, figure in enumerate(s.asked.figures, places):
            _check(s, figure, Area(entries.top, i, entries.bottom, i))
        _mark_wrong_parts(s, entries)


def _region_titles(s: _Sheet, header: int, places: int) -> None:
    own = ("Kode Wilayah", "Kecamatan", "Desa/Kelurahan") if s.known is None else _COMPARED_TITLES
    write_texts(s.sheet, header, own[:places], s.format("head"))
    s.sheet.set_column(0, 0, 14)
    s.sheet.set_column(1, places - 1, _WIDE)


def _figure_titles(s: _Sheet, places: int) -> None:
    """The name over all columns of an element, what part each is, and its code."""
    s.sheet.set_column(places, places + len(s.asked.figures) - 1, _NARROW + 1)
    s.sheet.set_row(s.top + _NAMES, 45)
    s.sheet.set_row(s.top + _CHOICES, 45)
    s.sheet.set_row(s.top + _CODES, 40)
    column = places
    for _, same in groupby(s.asked.figures, key=lambda f: f.elemen.kode):
        figures = list(same)
        name = figures[0].elemen.nama
        last = column + len(figures) - 1
        top = s.top + _NAMES
        if len(figures) > 1:
            s.sheet.merge_range(top, column, top, last, name, s.format("name"))
        else:
            s.sheet.write_string(top, column, name, s.format("name"))
        for i, f in enumerate(figures, column):
            words = f"{f.words} ({f.unit})" if f.words and f.unit else f.words or f.unit
            s.sheet.write_string(s.top + _CHOICES, i, words, s.format("choice"))
            s.sheet.write_string(s.top + _CODES, i, f.code, s.format("code"))
        column = last + 1


def _region_row(s: _Sheet, row: int, kode: str, texts: tuple[str, ...]) -> None:
    write_texts(s.sheet, row, texts, s.format("region"))
    for i, figure in enumerate(s.asked.figures, len(texts)):
        _write_entry(s, (row, i), kode, figure)


def _write_entry(s: _Sheet, place: tuple[int, int], kode: str, figure: Asked) -> None:
    own = s.format("whole" if _range(figure, s.katalog)[1] else "decimal")
    known = None if s.known is None else s.known.get((kode, figure.elemen.kode, figure.rincian))
    if known is None:
        s.sheet.write_blank(*place, None, own)
    elif isinstance(known, Decimal):
        s.sheet.write_number(*place, float(known), own)
    else:
        s.sheet.write_string(*place, known, own)


def _sum_row(s: _Sheet, row: int, label: str, places: int, ranges: list[tuple[int, int]]) -> None:
    write_texts(s.sheet, row, ("", label, "")[:places], s.format("sum_label"))
    for i, figure in enumerate(s.asked.figures, places):
        if figure.elemen.agregasi_wilayah in _SUMMED and s.known is None:
            cells = ",".join(_range_name(a, b, i) for a, b in ranges)
            # a stored result of nought would be taken for one
            s.sheet.write_formula(row, i, f'=IF(COUNT({cells})=0,"",SUM({cells}))', s.format("sum"), "")
        else:
            s.sheet.write_blank(row, i, None, s.format("sum"))


def _range_name(first: int, last: int, column: int) -> str:
    start = xl_rowcol_to_cell(first, column)
    return start if first == last else f"{start}:{xl_rowcol_to_cell(last, column)}"


def _mark_wrong_parts(s: _Sheet, entries: Area) -> None:
    """A whole whose parts are all there and add up to something else is shown red."""
    for whole, first, last in _wholes(s.asked.figures):
        at, row = entries.left + whole, entries.top + 1
        parts = f"${xl_col_to_name(entries.left + first)}{row}:${xl_col_to_name(entries.left + last)}{row}"
        cell = f"${xl_col_to_name(at)}{row}"
        rule = f"=AND(ISNUMBER({cell}),COUNT({parts})={last - first + 1},SUM({parts})<>{cell})"
        options = {"type": "formula", "criteria": rule, "format": s.format("wrong")}
        s.sheet.conditional_format(entries.top, at, entries.bottom, at, options)


def _wholes(figures: tuple[Asked, ...]) -> Iterator[tuple[int, int, int]]:
    """(a whole, the first and the last of its parts) for each breakdown whose choices make it."""
    wholes = {f.elemen.kode: i for i, f in enumerate(figures) if not f.rincian}
    parts: dict[tuple[str, str], list[int]] = {}
    for i, f in enumerate(figures):
        for name, _ in f.rincian:
            d = f.elemen.dimension(name)
            if d is not None and d.whole and f.elemen.kode in wholes:
                parts.setdefault((f.elemen.kode, name), []).append(i)
    for (kode, _), places in parts.items():
        yield wholes[kode], places[0], places[-1]


# ---------- a list of figures ----------


def _write_list(s: _Sheet) -> None:
    titles = LIST_TITLES if s.known is None else (_COMPARED_TITLES[0], *LIST_TITLES[1:5], "Angka", "Sebab kosong")
    write_texts(s.sheet, s.top, titles, s.format("head"))
    for column, width in enumerate((14, 46, 34, 40, 14, 18, 22)):
        s.sheet.set_column(column, column, width)
    value, status = 5, 6
    for row, f in enumerate(s.asked.figures, s.top + 1):
        rincian = ", ".join(f"{n}={p}" for n, p in f.rincian)
        texts = (s.template.pelapor, f"{f.elemen.kode} {f.elemen.nama}", rincian, f.words, f.unit)
        write_texts(s.sheet, row, texts, s.format("region"))
        known = None if s.known is None else s.known.get((s.template.pelapor, f.elemen.kode, f.rincian))
        _write_entry(s, (row, value), s.template.pelapor, f)
        s.sheet.write_blank(row, status, None, s.format("entry"))
        if isinstance(known, str):
            s.sheet.write_blank(row, value, None, s.format("entry"))
            s.sheet.write_string(row, status, known, s.format("entry"))
        if s.known is None:
            _check(s, f, Area(row, value, row, value))
    last = s.top + len(s.asked.figures)
    if s.known is None:
        offer(s.sheet, Area(s.top + 1, status, last, status), WORDS)
    s.sheet.freeze_panes(s.top + 1, 2)
    print_on_pages(s.sheet, Area(0, 0, last, status), (s.top, s.top))


# ---------- what a cell may hold ----------


def _check(s: _Sheet, figure: Asked, area: Area) -> None:
    bounds, whole = _range(figure, s.katalog)
    cell = xl_rowcol_to_cell(area.top, area.left)
    least = Decimal(0) if bounds.minimum is None else bounds.minimum
    conditions = [f"{cell}>={least}"]
    said = f"{'Bilangan bulat' if whole else 'Angka'}, paling sedikit {display(least)}"
    if whole:
        conditions.append(f"{cell}=INT({cell})")
    if bounds.maksimum is not None:
        conditions.append(f"{cell}<={bounds.maksimum}")
        said += f", paling banyak {display(bounds.maksimum)}"
    words = ",".join(f'{cell}="{w}"' for w in WORDS)
    formula = f"=IF(ISNUMBER({cell}),AND({','.join(conditions)}),OR({words}))"
    strict = bounds.tingkat == "GALAT"
    message = f"{figure.elemen.nama}: {said}; atau tulis {', '.join(WORDS)}."
    demand(s.sheet, area, formula, message, strict=strict)


def _range(figure: Asked, katalog: Katalog) -> tuple[Batas, bool]:
    """What a figure may be, and whether it is whole."""
    elemen: Elemen = figure.elemen
    if elemen.satuan in NO_UNIT and figure.unit:
        return Batas(katalog.satuan.get(figure.unit, Batas()).minimum, None, "PERINGATAN"), False
    return elemen.batas, elemen.bulat
