"""Templates filled in as people do it: by a program that keeps the workbook and works out no formula."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl

_CODE = re.compile(r"(?P<elemen>[A-Z]{3}\d\d)(?:\[(?P<dimension>[^=\]]+)=(?P<choice>[^\]]*)\])?")
_OVERLAPPING = frozenset(
    (
        "komponen_pkh",
        "basis_data",
        "barang",
        "jenis_ppks",
        "sarana_ksb",
        "tahap_verifikasi",
        "indikator",
        "tahun_renstra",
    )
)
"""Breakdowns whose choices make no whole."""
USUAL = 40
# of one region each, where the rules of the forms want something else than the same figure everywhere
_OF_ELEMENT = {
    "WIL06": 12.5, "WIL07": 3.25, "WIL01": 400, "WIL02": 100, "WIL03": 80,
    "BAN04": 119 * 40 * 200_000, "BAN05": 100_000, **{f"REH0{n}": 5_000 for n in range(1, 9)}, "BEN05": 100_000,
    "FAK06": 100_000, "SDM03": 1, "LEM10": 1, "LEM11": 1, "LEM14": 1, "LEM15": 12, "LEM16": 1, "LEM17": 1, "PPK03": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A cell to be filled in: of which figure and region; `siblings`: choices of the same breakdown beside it, in order."""

    elemen: str
    dimension: str | None
    choice: str | None
    region: str
    siblings: tuple[str, ...]
    cell: Any


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def places(book: Any) -> Iterator[Place]:
    """Every cell that is to be filled in."""
    for sheet in book.worksheets:
        header = next((r for r in range(1, 12) if sheet.cell(r, 1).value == "Kode Wilayah"), None)
        if header is None:
            continue
        titles = [c.value for c in sheet[header]]
        found = _of_list(sheet, header, titles) if "Elemen" in titles else _of_table(sheet, header, titles)
        siblings: dict[tuple[str, str | None], list[str]] = {}
        for elemen, dimension, choice, _, _ in found:
            if choice is not None:
                known = siblings.setdefault((elemen, dimension), [])
                if choice not in known:
                    known.append(choice)
        for elemen, dimension, choice, region, cell in found:
            yield Place(elemen, dimension, choice, region, tuple(siblings.get((elemen, dimension), ())), cell)


Found = tuple[str, str | None, str | None, str, Any]


def _of_table(sheet: Any, header: int, titles: list[Any]) -> list[Found]:
    found = []
    for row in range(header + 1, sheet.max_row + 1):
        region = sheet.cell(row, 1).value
        if region:
            for column, title in enumerate(titles, 1):
                if (code := _CODE.fullmatch(str(title))) is not None:
                    found.append((code["elemen"], code["dimension"], code["choice"], region, sheet.cell(row, column)))
    return found


def _of_list(sheet: Any, header: int, titles: list[Any]) -> list[Found]:
    found = []
    elemen, rincian, value = (titles.index(t) + 1 for t in ("Elemen", "Rincian", "Nilai"))
    for row in range(header + 1, sheet.max_row + 1):
        region = sheet.cell(row, 1).value
        if region:
            written = sheet.cell(row, rincian).value
            dimension, choice = written.split("=", 1) if written else (None, None)
            code = sheet.cell(row, elemen).value.split()[0]
            found.append((code, dimension, choice, region, sheet.cell(row, value)))
    return found


def plausible(place: Place) -> float | int:
    """A figure that agrees with every other one."""
    whole = _OF_ELEMENT.get(place.elemen, USUAL)
    if place.choice is None or place.dimension in _OVERLAPPING:
        return whole
    share, rest = divmod(int(whole), len(place.siblings))
    return share + (rest if place.choice == place.siblings[0] else 0)


def filled(content: bytes, value: Callable[[Place], Any] = plausible) -> bytes:
    """None from `value`: the cell stays empty."""
    book = opened(content)
    for place in places(book):
        given = value(place)
        if given is not None:
            place.cell.value = given
    return saved(book)


_SUM = re.compile(r"=IF\(COUNT\((?P<cells>[^)]*)\)=0,\"\",SUM\((?P=cells)\)\)")


def worked_out(content: bytes) -> bytes:
    """With the results of its totals in place of their formulas, as a program that works them out stores them."""
    book = opened(content)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():  # from the top down: the last one adds up the others
            for cell in row:
                if cell.data_type == "f" and (formula := _SUM.fullmatch(cell.value)) is not None:
                    cells = [c for area in formula["cells"].split(",") for c in _cells(sheet[area])]
                    figures = [c.value for c in cells if isinstance(c.value, int | float)]
                    cell.value = sum(figures) if figures else None
    return saved(book)


def _cells(area: Any) -> list[Any]:
    return [c for row in area for c in row] if isinstance(area, tuple) else [area]
