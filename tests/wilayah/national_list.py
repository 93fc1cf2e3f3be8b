"""Lists of regions made by hand, and those of the national list."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from hub.base.region_names import official_name
from hub.wilayah.region_list import DatedWilayah, RegionList

START, AS_OF = date(2020, 1, 1), date(2020, 12, 31)


def wilayah(kode: str, name: str, *alias: str, since: date = START, until: date | None = None) -> DatedWilayah:
    return DatedWilayah(kode, since, until, name, alias)


@cache
def names_in(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {b["kode"]: official_name(b["nama"], b["kode"].count(".") + 1) for b in csv.DictReader(lines)}


@cache
def national(data: Path, year: int, kab: str) -> RegionList:
    return RegionList(kab, AS_OF, [wilayah(k, n) for k, n in _per_kabupaten(data, year)[kab]])


@cache
def _per_kabupaten(data: Path, year: int) -> dict[str, list[tuple[str, str]]]:
    regions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kode, name in names_in(data / f"wilayah_{year}.csv").items():
        regions[kode[:5]].append((kode, name))
    return regions
