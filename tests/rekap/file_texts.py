"""Files of figures as text, read without a database: by the shipped catalogue and the regions of the demo."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from hub.lembar.csv_rows import csv_rows
from hub.lembar.sheet import Sheet
from hub.rekap.file_mapping import NO_MAPPING, FileMapping
from hub.rekap.file_reading import FileReading, Known, read_file
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah
from tests.rekap.shipped import shipped_katalog

_REGIONS = Path(__file__).parents[2] / "seeds" / "contoh" / "wilayah.csv"
_SINCE = date(2018, 1, 1)


@cache
def regions_of(pelapor: str = "53.14") -> RegionIndex:
    with _REGIONS.open(encoding="utf-8") as lines:
        rows = [
            r for r in csv.DictReader(lines) if r["kode_2020"] == pelapor or r["kode_2020"].startswith(f"{pelapor}.")
        ]
    return RegionIndex(
        pelapor, date(2021, 12, 31), [DatedWilayah(r["kode_2020"], _SINCE, None, r["nama_2020"]) for r in rows]
    )


def reading_of(
    content: str, formulir: str = "F02", mapping: FileMapping = NO_MAPPING, regions: RegionIndex | None = None
) -> FileReading:
    """What is read of a CSV, parted by semicolons."""
    sheet = Sheet("rekap.csv", list(csv_rows("rekap.csv", content.encode())))
    return reading_of_sheet(sheet, formulir, mapping, regions)


def reading_of_sheet(
    sheet: Sheet, formulir: str = "F02", mapping: FileMapping = NO_MAPPING, regions: RegionIndex | None = None
) -> FileReading:
    katalog = shipped_katalog()
    known = Known(katalog, katalog.formulir[formulir], regions or regions_of(), mapping=mapping)
    return read_file("rekap.csv", [sheet], known)


def figures(reading: FileReading) -> list[tuple[str, str, object]]:
    """(place, column, value) of every cell that holds something."""
    return [(str(c.place), str(c.column), c.nilai) for c in reading.cells if c.nilai is not None]


def totals(reading: FileReading) -> list[tuple[str, str | None, object]]:
    return [(t.elemen, t.wilayah, t.tertulis) for t in reading.total]


def asked(reading: FileReading) -> list[tuple[str, str | None]]:
    """(code, what it is about) of every error."""
    return [(t.kode, t.nilai) for t in reading.temuan if t.tingkat == "GALAT"]
