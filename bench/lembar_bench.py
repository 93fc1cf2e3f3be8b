"""scripts/bench lembar: how long a file of figures takes to be read, from its bytes to figures that are placed, beside openpyxl alone.

Untidy files as offices have them: titles, sections of kecamatan, subtotals, numbers in several spellings, a source and a signature.
The hub opens spreadsheets in a process of their own, whose start is part of the time. The peer, in this process, only takes the
cells out of the workbook (XLSX: openpyxl, read-only; XLS: xlrd; ODS: calamine; CSV: csv): it finds no table and reads no number.
"""

import argparse
import csv
import gc
import io
import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl
import xlrd
from python_calamine import CalamineWorkbook

from bench import lembar_data
from bench.lembar_data import Untidy
from bench.report import Work, conclude, show
from hub.lembar.files import read_sheets
from hub.rekap.file_reading import Known, read_file

_SIZES = (Untidy(119, 20), Untidy(8563, 10))
_BARS = {119: 0.5, 8563: 3.0}  # seconds


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench lembar", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=5, help="rounds per file (default 5)")
    options.add_argument("--kinds", default="xlsx,xls,ods,csv", help="kinds of files (default xlsx,xls,ods,csv)")
    chosen = options.parse_args()
    works: list[Work] = []
    rows: list[list[str]] = []
    for size in _SIZES:
        known, rekap = lembar_data.known(size), lembar_data.grid(size)
        for kind in chosen.kinds.split(","):
            content = lembar_data.WRITERS[kind](rekap)
            rounds = [_round(f"rekap.{kind}", content, known, size) for _ in range(chosen.rounds + 1)][1:]
            hub, opening, cpu, peer = (statistics.median(values) for values in zip(*rounds, strict=True))
            ratio = statistics.median(r.hub / r.peer for r in rounds)
            what = f"{size.desa:,} × {size.columns} {kind.upper()}".replace(",", ".")
            told = [f"{s:.2f}" for s in (hub, opening, cpu, peer)]
            rows.append([what, f"{len(content) / 1024:,.0f}", *told, f"{ratio:.1f}"])
            works.append(Work(f"{what}: berkas ke angka per wilayah", hub, "s", _BARS[size.desa], most=True))
    head = ["file", "KiB", "hub, s", "of which opening", "hub, s of a core", "cells alone, s", "ratio"]
    show("From bytes to placed figures", head, rows)
    return conclude([w.as_json() for w in works], chosen.json)


class Round(NamedTuple):
    """Seconds: the hub, its opening of the file, what both of its processes used of a core, the peer."""

    hub: float
    opening: float
    cpu: float
    peer: float


def _round(name: str, content: bytes, known: Known, size: Untidy) -> Round:
    """Raises RuntimeError where a figure is missing."""
    gc.collect()  # what the peer left of the last round is not the hub's
    used, start = _used(), time.perf_counter()
    sheets = read_sheets(name, content)
    opened = time.perf_counter()
    reading = read_file(name, sheets, known)
    end = time.perf_counter()
    cpu = _used() - used
    _check(name, len([c for c in reading.cells if c.nilai is not None]), size)
    before = time.perf_counter()
    _PEERS[name.rpartition(".")[2]](content)
    return Round(end - start, opened - start, cpu, time.perf_counter() - before)


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _check(name: str, figures: int, size: Untidy) -> None:
    if figures != size.desa * size.columns:
        raise RuntimeError(f"{name}: {figures} figures were read of {size.desa * size.columns}")


# ---------- cells alone ----------


def _openpyxl(content: bytes) -> int:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(1 for sheet in workbook for row in sheet.iter_rows(values_only=True) for _ in row)


def _xlrd(content: bytes) -> int:
    workbook = xlrd.open_workbook(file_contents=content)
    return sum(1 for sheet in workbook.sheets() for r in range(sheet.nrows) for _ in sheet.row_values(r))


def _calamine(content: bytes) -> int:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return sum(len(row) for name in workbook.sheet_names for row in workbook.get_sheet_by_name(name).to_python())


def _csv(content: bytes) -> int:
    return sum(len(row) for row in csv.reader(io.StringIO(content.decode()), delimiter=";"))


_PEERS: Mapping[str, Callable[[bytes], int]] = {"xlsx": _openpyxl, "xls": _xlrd, "ods": _calamine, "csv": _csv}


if __name__ == "__main__":
    raise SystemExit(main())
