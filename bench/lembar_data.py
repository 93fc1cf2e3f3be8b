"""Untidy files of figures for `scripts/bench lembar`: of the small kabupaten (119 desa) and the large province (8.563 desa) of the
bench's country. What stands in a cell follows from its place alone."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import openpyxl
import xlwt

from bench.national_data import FOUR_PROVINCES, Size, regions
from hub.katalog.katalog import Katalog
from hub.rekap.file_reading import Known
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah
from tests.lembar.ods_book import OdsBook, cell
from tests.lembar.ods_book import row as ods_row
from tests.rekap.shipped import shipped_katalog

Value = str | int | None
Grid = list[list[Value]]
_FORMULIR = "F05"
_ELEMENTS = tuple(f"REH{n:02}" for n in (3, 4, 5, 6, 7, 8, 9, 10, 11, 1))  # each over a column of men and one of women
_SPELLINGS: tuple[Callable[[int], Value], ...] = (
    lambda n: n, lambda n: n, lambda n: n, lambda n: f"{n:,}".replace(",", "."), lambda n: f"{n} orang",
    lambda n: f"{n:,}".replace(",", ".") + " jiwa", lambda n: "nihil" if n % 3 else "-",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Untidy:
    """So many desa, so many columns of figures. `country`: whose regions they are."""

    desa: int
    columns: int
    country: Size = FOUR_PROVINCES

    @property
    def pelapor(self) -> str:
        return "53.14" if self.desa == FOUR_PROVINCES.small[1] else "33"


def known(size: Untidy) -> Known:
    """What the hub knows as it reads such a file: the shipped catalogue, the reporter's regions."""
    katalog = shipped_katalog()
    within = [w for w in regions(size.country) if w.kode == size.pelapor or w.kode.startswith(f"{size.pelapor}.")]
    dated = [DatedWilayah(w.kode, w.berlaku_sejak, None, w.nama) for w in within]
    return Known(katalog, katalog.formulir[_FORMULIR], RegionIndex(size.pelapor, date(2024, 12, 31), dated))


def grid(size: Untidy) -> Grid:
    """Titles, a header of two rows and the numbers of its columns, a section and a subtotal for each kecamatan, a foot."""
    return list(_rows(size, shipped_katalog()))


def _rows(size: Untidy, katalog: Katalog) -> Iterator[list[Value]]:
    elements = _ELEMENTS[: size.columns // 2]
    within = {w.kode: w.nama for w in regions(size.country) if w.kode.startswith(size.pelapor)}
    desa = [kode for kode in within if kode.count(".") == 3]
    yield ["REKAPITULASI PELAYANAN SOSIAL"]
    yield [f"{within[size.pelapor].upper()}, TAHUN 2024"]
    yield []
    yield ["No", "Kode Wilayah", "Desa/Kelurahan", *(t for e in elements for t in (katalog.elemen[e].nama, None))]
    yield [None, None, None, *(t for _ in elements for t in ("L", "P"))]
    yield [f"({n})" for n in range(1, size.columns + 4)]
    number = 0
    for kecamatan, below in groupby(sorted(desa), key=lambda kode: kode[:8]):
        yield [f"KECAMATAN {within[kecamatan].upper()}"]
        sums = [0] * size.columns
        for kode in below:
            number += 1
            figures = [(number * 37 + place * 101) % 1800 for place in range(size.columns)]
            written = [_SPELLINGS[(number + p) % len(_SPELLINGS)](n) for p, n in enumerate(figures)]
            counted = [0 if w in ("nihil", "-") else n for w, n in zip(written, figures, strict=True)]
            sums = [a + b for a, b in zip(sums, counted, strict=True)]
            yield [number, kode, within[kode], *written]
        yield [None, None, f"Jumlah Kec. {within[kecamatan]}", *sums]
    yield []
    yield ["Sumber: Dinas Sosial"]
    yield [*[None] * size.columns, "Kepala Dinas Sosial"]


# ---------- written ----------


def _xlsx(rows: Grid) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    return _saved(workbook.save)


def _xls(rows: Grid) -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Rekap")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    return _saved(workbook.save)


def _ods(rows: Grid) -> bytes:
    book = OdsBook()
    book.table("Rekap", (ods_row(cell(value) for value in line) for line in rows))
    return book.content()


def _csv(rows: Grid) -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=";").writerows(rows)
    return kept.getvalue().encode()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    kept = io.BytesIO()
    save(kept)
    return kept.getvalue()


WRITERS: Mapping[str, Callable[[Grid], bytes]] = {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv}
