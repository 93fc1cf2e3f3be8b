"""Lists of regions made by hand, and those of the national list."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from hub.base.nama import nama_resmi
from hub.wilayah.daftar import DaftarWilayah, WilayahSah

AWAL, PADA = date(2020, 1, 1), date(2020, 12, 31)


def wilayah(kode: str, nama: str, *alias: str, sejak: date = AWAL, sampai: date | None = None) -> WilayahSah:
    return WilayahSah(kode, sejak, sampai, nama, alias)


@cache
def _baca(berkas: Path) -> dict[str, str]:
    with berkas.open(encoding="utf-8", newline="") as isi:
        return {b["kode"]: nama_resmi(b["nama"], b["kode"].count(".") + 1) for b in csv.DictReader(isi)}


@cache
def _nasional(data: Path, tahun: int, kab: str) -> DaftarWilayah:
    return DaftarWilayah(kab, PADA, [wilayah(k, n) for k, n in _per_kabupaten(data, tahun)[kab]])


@cache
def _per_kabupaten(data: Path, tahun: int) -> dict[str, list[tuple[str, str]]]:
    isi: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kode, nama in _baca(data / f"wilayah_{tahun}.csv").items():
        isi[kode[:5]].append((kode, nama))
    return isi
