"""Official areas in a table as offices keep them (`hub.lembar`): a column of codes and one of km², wherever they stand."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.base.temuan import ERROR
from hub.lembar.files import content_of, read_sheets
from hub.lembar.find_tables import find_tables
from hub.lembar.sheet import Sheet
from hub.lembar.table import Row, Table
from hub.lembar.table_findings import Counting, cell_name, named_rows, seen_sheets, sheets_left_out, table_findings
from hub.wilayah.code_cells import code_text

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsb", ".xls", ".ods")
_AREAS = ("luas_km2", "luas", "luaswh", "luas_wilayah_km2", "luas_daerah_km2", "luas_wilayah", "luas_daerah")
_UNIT = re.compile(r"\s*km\s*(?:2|²|persegi)?\.?$", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@dataclass(slots=True)
class AreaList:
    """`areas`: code → km²; `said`: what there is to say of how the file was read."""

    areas: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Titles:
    """`hub.lembar.table.Titles` of a list of areas. `codes`: titles of codes, the likeliest first."""

    codes: tuple[str, ...]

    def sureness(self, parts: tuple[str, ...]) -> float:
        return 1.0 if _title(" ".join(parts)) in (*self.codes, *_AREAS) else 0.0

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return _title(" ".join(parts)) in self.codes


def read_area_table(file: Path, code_columns: Sequence[str]) -> AreaList:
    """`code_columns`: titles of codes, the likeliest first. Raises InvalidInputError."""
    titles = _Titles(tuple(_title(c) for c in code_columns))
    sheets, told_of_sheets = seen_sheets(read_sheets(file.name, content_of(file)))
    found = AreaList(said=[t.pesan for t in told_of_sheets])
    tables = [t for s in sheets for t in find_tables(s, titles) if _of(t, titles.codes) and _of(t, _AREAS)]
    if not tables:
        raise InvalidInputError(
            f"{file}: perlu kolom kode ({', '.join(code_columns)}) dan kolom luas dalam km² ({', '.join(_AREAS[:3])}); "
            f"yang ada: {', '.join(_first_row(sheets))}"
        )
    found.said += [t.pesan for t in sheets_left_out(sheets, tables, "kolom kode dan luas_km2")]
    for table in tables:
        _take(table, _of(table, titles.codes), _of(table, _AREAS)[0], found)
    return found


def _title(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "_".join(re.findall(r"[^\W_]+", plain))


def _of(table: Table, titles: Sequence[str]) -> list[int]:
    """Places of the columns so called, in the order of the titles."""
    return [c.place for t in titles for c in table.columns if _title(c.title) == t]


def _first_row(sheets: Sequence[Sheet]) -> list[str]:
    return next(
        ([c.strip() for c in row if c.strip()] for s in sheets for row in s.rows if any(map(str.strip, row))), []
    )


def _take(table: Table, codes: Sequence[int], area: int, found: AreaList) -> None:
    told = table_findings(table, Counting([*codes, area], [area]))
    found.said += [t.pesan for t in told]
    errors = [t for t in told if t.tingkat == ERROR]
    if any(t.kode == "KOLOM_TERSEMBUNYI" for t in errors):
        raise InvalidInputError(next(t.pesan for t in errors if t.kode == "KOLOM_TERSEMBUNYI"))
    unclear = {x.baris for t in errors for x in t.lokasi}
    without: list[int] = []
    for row in table.rows:
        kode = next(filter(None, (code_text(row.cells[p]) for p in codes)), "")
        text = _UNIT.sub("", row.cells[area]).strip()
        if row.number in unclear or not (kode and any(h.isdigit() for h in kode)):
            continue
        value = area_number(text)
        if value is None:
            without.append(row.number)
            continue
        found.areas[kode_wilayah.dotted(kode)] = value
        if _AMBIGUOUS.fullmatch(text) and (row.number, area) not in table.sheet.exact:
            found.said.append(_both_readings(table, row, area, text))
    if without:
        found.said.append(
            f'Lembar "{table.sheet.name}", {named_rows(without)}: luasnya kosong, nol atau bukan angka; tidak dipakai.'
        )


def _both_readings(table: Table, row: Row, area: int, text: str) -> str:
    whole, fraction = re.split("[.,]", text)
    return (
        f'Lembar "{table.sheet.name}", sel {cell_name((row.number, area))}: "{text}" dapat berarti {whole},{fraction} atau '
        f"{whole}.{fraction} km²; dibaca sebagai {whole},{fraction}. Bila bukan itu, tulis tanpa pemisah ribuan."
    )


def area_number(text: str) -> float | None:
    """A number above nought, or text with a decimal point or comma: "1.213,66", "1213.66", "1,213.66"."""
    text = text.strip()
    if "," in text and text.rfind(",") > text.rfind("."):
        text = text.replace(".", "").replace(",", ".")
    elif "." in text:
        text = text.replace(",", "")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None
