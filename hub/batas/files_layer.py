"""One layer of a boundary file: its columns by name, its features one by one, each with what is wrong with it."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
import shapely

from geo.repair import repair
from hub.base.errors import InvalidInputError
from hub.batas.feature import BatasFeature
from hub.batas.files_crs import CoordinateSystem
from hub.wilayah.code_cells import code_text

KODE_COLUMNS = ("KDEPUM", "KDCPUM", "KDPKAB", "KDPPUM", "kode", "kode_desa", "kode_wilayah", "kode_wilay")
_NAME_COLUMNS = ("NAMOBJ", "nama", "WADMKD", "WADMKC", "WADMKK", "WADMPR")
_AT_ONCE, _BYTES_AT_ONCE = 2000, 16_000_000  # features in memory at a time, and about how many bytes of them
_READINGS = 3  # readings of a file that must be read from its beginning each time
_MOST_UNREADABLE = 1000  # features of one layer that cannot be read; beyond, the file as a whole is damaged
_UNREADABLE = "tidak terbaca"
FAILURES = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError)
_READ_FAILURES = (*FAILURES, ValueError)  # the latter where what lies before cannot be passed over


@contextmanager
def reading() -> Iterator[None]:
    """What GDAL has to say of a file, in English and meant for programmers, is not for users; what matters is listed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def fields_named(fields: Iterable[str], wanted: Sequence[str]) -> list[str]:
    """Those of the fields that are wanted, in the order in which they are wanted; capitals do not matter."""
    by_name: dict[str, list[str]] = {}
    for f in fields:
        by_name.setdefault(f.casefold(), []).append(f)
    return [f for w in wanted for f in by_name.get(w.casefold(), ())]


@dataclass(frozen=True, slots=True)
class _Row:
    """A feature as read: its number in the layer, cells by column, WKB or None, what was wrong."""

    number: int
    cells: dict[str, Any]
    wkb: bytes | None
    problem: str | None = None


class BatasLayer:
    """`label`: how places in it are told apart from those in other layers; empty where it is the only one. `bounds`: west, south,
    east, north in its own system, where they are told without reading it."""

    def __init__(self, file: Path, label: str, name: str, info: dict[str, Any], encoding: str | None) -> None:
        self._file, self._name, self.label = file, name, label
        self._encoding = encoding
        self.feature_count = int(info["features"])
        columns = [str(k) for k in info["fields"]]
        self._kode = fields_named(columns, KODE_COLUMNS)
        self._name_columns = fields_named(columns, _NAME_COLUMNS)
        self.crs = CoordinateSystem(info["crs"])
        self.bounds = info["total_bounds"]
        size = max(1, file.stat().st_size)
        self._at_once = max(1, min(_AT_ONCE, _BYTES_AT_ONCE * self.feature_count // size))
        if str(info["driver"]).startswith("GeoJSON"):
            self._at_once = max(self._at_once, -(-self.feature_count // _READINGS))
        self._unreadable_count = 0

    def features(self) -> Iterator[BatasFeature]:
        """In order of the file. Raises InvalidInputError when so much cannot be read that the file must be damaged."""
        for start in range(0, self.feature_count, self._at_once):
            for row in self._rows(start, min(self._at_once, self.feature_count - start)):
                yield self._feature(row)

    # ---------- reading ----------

    def _rows(self, start: int, count: int) -> Iterator[_Row]:
        """Where one cannot be read, the others still are: the halves are tried, and halves of those."""
        try:
            rows = self._read(start, count)
        except _READ_FAILURES:
            if count > 1:
                yield from self._rows(start, count // 2)
                yield from self._rows(start + count // 2, count - count // 2)
                return
            rows = [self._without_shape(start)]
        yield from rows

    def _read(self, start: int, count: int, *, with_shape: bool = True) -> list[_Row]:
        options: dict[str, Any] = {"layer": self._name, "skip_features": start, "max_features": count}
        columns = self._kode + self._name_columns
        with reading():
            try:
                meta, _, wkb, values = pyogrio.raw.read(
                    self._file, columns=columns, read_geometry=with_shape, encoding=self._encoding, **options
                )
            except UnicodeDecodeError:
                if self._encoding is not None:
                    raise InvalidInputError(
                        f"{self._file}: huruf di dalamnya tidak terbaca; simpan ulang dengan pengodean UTF-8."
                    ) from None
                self._encoding = "cp1252"
                return self._read(start, count, with_shape=with_shape)
        # they come in the order of the file, whatever was asked for
        names_read = [str(k) for k in meta["fields"]]
        row_count = len(wkb) if wkb is not None else len(values[0]) if values else 0
        return [
            _Row(
                start + i + 1,
                {k: cells[i] for k, cells in zip(names_read, values, strict=True)},
                None if wkb is None else wkb[i],
            )
            for i in range(row_count)
        ]

    def _without_shape(self, start: int) -> _Row:
        self._unreadable_count += 1
        if self._unreadable_count > _MOST_UNREADABLE:
            raise InvalidInputError(
                f"{self._file}: lebih dari {_MOST_UNREADABLE} fitur tidak terbaca; berkasnya rusak atau terpotong, salin atau unduh ulang."
            )
        try:
            rows = self._read(start, 1, with_shape=False)
        except _READ_FAILURES:
            rows = []
        return _Row(start + 1, rows[0].cells if rows else {}, None, _UNREADABLE)

    # ---------- one feature ----------

    def _feature(self, row: _Row) -> BatasFeature:
        kode, column = self._kode_of(row)
        name = next((n for k in self._name_columns if (n := _name(row.cells.get(k)))), "")
        geom, problem = self._shape(row)
        return BatasFeature(row.number, kode, name, geom, problem, self.label, column)

    def _kode_of(self, row: _Row) -> tuple[str, str]:
        """The finest code that is filled, and its column if that is not the first."""
        for k in self._kode:
            if kode := code_text(row.cells.get(k)):
                return kode, "" if k == self._kode[0] else k
        return "", ""

    def _shape(self, row: _Row) -> tuple[shapely.MultiPolygon | None, str | None]:
        if row.wkb is None:
            return None, row.problem or f"kosong atau {_UNREADABLE}"
        unclosed = None
        with reading():
            shape = shapely.from_wkb(row.wkb, on_invalid="ignore")
            if shape is None:
                unclosed = "tepi tidak tertutup"
                shape = shapely.from_wkb(row.wkb, on_invalid="fix")
        if shape is None:
            return None, f"{_UNREADABLE} atau jenisnya bukan poligon"
        try:
            shape, cause = self.crs.to_degrees(shapely.force_2d(shape))
            if cause is not None:
                return None, cause
            repaired, cause = repair(shape)
        except (shapely.errors.GEOSException, ValueError):
            return None, "bentuknya tidak dapat diperbaiki"
        return repaired, cause or unclosed


def _name(cell: Any) -> str:
    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in ("nan", "none") else text
