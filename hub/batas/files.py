"""Boundary files: GeoPackage, FlatGeobuf, Shapefile, GeoJSON, file geodatabase; any CRS; the national mapping agency's column names
(KDEPUM, KDCPUM, KDPKAB, KDPPUM, NAMOBJ, WADM…) or plain `kode`, `name`; one layer or many.

What comes out is always EPSG:4326, longitude first, repaired.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyogrio

from hub.base.errors import InvalidInputError
from hub.batas.feature import BatasFeature
from hub.batas.files_crs import DEGREES
from hub.batas.files_layer import FAILURES, KODE_COLUMNS, BatasLayer, fields_named, reading

_FORMAT = "GeoPackage, FlatGeobuf, Shapefile (.shp beserta .shx, .dbf dan .prj) atau GeoJSON"


class BatasFile:
    """One boundary file. `layers`: those of its layers that are read; `chosen`: names of layers, none: all that hold boundaries.
    `skipped`: layers that are not read, each with the reason. `crs`: of the first layer.

    Raises InvalidInputError when it cannot be read, bears no code column or has no layer of that name.
    """

    def __init__(self, file: Path, chosen: Sequence[str] = ()) -> None:
        self.file = file
        _require_file(file)
        self.skipped: list[str] = []
        try:
            all_layers = [(str(n), None if j is None else str(j)) for n, j in _layers(file)]
        except pyogrio.errors.DataSourceError:
            raise InvalidInputError(_unreadable(file)) from None
        if unknown := [p for p in chosen if p not in dict(all_layers)]:
            raise InvalidInputError(
                f"{file}: tidak ada lapisan {', '.join(unknown)}; lapisannya: {', '.join(n for n, _ in all_layers)}."
            )
        self.layers: list[BatasLayer] = []
        for name, kind in all_layers:
            if not chosen or name in chosen:
                self._take(name, kind, is_only=len(all_layers) == 1)
        if not self.layers:
            self._refuse(len(all_layers))
        if all(lap.crs.hopeless(lap.bounds) for lap in self.layers):
            raise InvalidInputError(f"{file}: {self.layers[0].crs.complaint()}.")
        self.crs = self.layers[0].crs.crs or DEGREES
        self.feature_count = sum(lap.feature_count for lap in self.layers)
        self.version = _fingerprint(file)

    def features(self) -> Iterator[BatasFeature]:
        """Features in order of the file, layer by layer."""
        for layer in self.layers:
            yield from layer.features()

    def _take(self, name: str, kind: str | None, *, is_only: bool) -> None:
        if kind is None:
            self.skipped.append(f"{name}: tabel tanpa bentuk")
            return
        if "Point" in kind or "LineString" in kind:
            self.skipped.append(f"{name}: berisi titik atau garis, bukan luas")
            return
        try:
            info, encoding = _info(self.file, name)
        except (*FAILURES, UnicodeDecodeError):
            self.skipped.append(f"{name}: tidak dapat dibaca")
            return
        columns = [str(k) for k in info["fields"]]
        if fields_named(columns, KODE_COLUMNS) or not info["features"]:
            self.layers.append(BatasLayer(self.file, "" if is_only else name, name, info, encoding))
        else:
            self.skipped.append(
                f"{name}: tidak ada kolom kode; dicari {', '.join(KODE_COLUMNS[:5])}; yang ada: {', '.join(columns) or '(tidak ada)'}"
            )

    def _refuse(self, layer_count: int) -> None:
        if layer_count == 0:
            raise InvalidInputError(_unreadable(self.file))
        if layer_count == 1:
            cause = self.skipped[0].partition(": ")[2]
            if self.file.suffix.lower() == ".shp" and not _beside(self.file, ".dbf"):
                cause += f"; berkas {self.file.stem}.dbf, tempat kolomnya, tidak ada di sampingnya"
            raise InvalidInputError(f"{self.file}: {cause}")
        raise InvalidInputError(
            f"{self.file}: tidak satu pun lapisannya memuat batas: {'; '.join(self.skipped) or 'tidak ada lapisan'}."
        )


def _layers(file: Path) -> Any:
    try:
        with reading():
            return pyogrio.list_layers(file)
    except IndexError:  # an archive that holds no layer
        return []


def _info(file: Path, layer: str) -> tuple[dict[str, Any], str | None]:
    """About a layer, and the encoding of its texts where it is another than it says."""
    with reading():
        try:
            return pyogrio.read_info(file, layer=layer, force_feature_count=True), None
        except UnicodeDecodeError:
            return pyogrio.read_info(file, layer=layer, force_feature_count=True, encoding="cp1252"), "cp1252"


def _require_file(file: Path) -> None:
    if not file.exists():
        raise InvalidInputError(f"Berkas {file} tidak ada.")
    if not (file.is_file() or file.is_dir()):
        raise InvalidInputError(f"{file} bukan berkas; simpan dahulu isinya sebagai berkas.")
    if file.is_file() and file.stat().st_size == 0:
        raise InvalidInputError(f"Berkas {file} kosong (0 bita); salin atau unduh ulang.")


def _unreadable(file: Path) -> str:
    opening = f"{file} tidak dapat dibaca sebagai berkas batas"
    suffix = file.suffix.lower()
    if suffix == ".shp" and not _beside(file, ".shx"):
        return f"{opening}: {file.stem}.shx tidak ada di sampingnya; salin seluruh berkasnya (.shp, .shx, .dbf, .prj)."
    if suffix == ".zip" and (lacking := _missing_in(file)):
        return f"{opening}: di dalamnya tidak ada {', '.join(lacking)}; kemas ulang beserta .shp, .shx, .dbf dan .prj."
    if "json" in suffix:
        return f"{opening}: bukan GeoJSON yang utuh; barangkali terpotong, salin atau unduh ulang."
    return f"{opening}: rusak, terpotong atau berformat lain. Yang dibaca: {_FORMAT}."


def _beside(file: Path, suffix: str) -> bool:
    return any(file.with_suffix(a).exists() for a in (suffix, suffix.upper()))


def _missing_in(file: Path) -> list[str]:
    """What shapefiles in an archive lack to be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {n.casefold() for n in archive.namelist()}
    except (zipfile.BadZipFile, OSError):
        return []
    stems = [n.removesuffix(".shp") for n in sorted(names) if n.endswith(".shp")]
    return [d + a for d in stems for a in (".shx", ".dbf") if d + a not in names]


def _fingerprint(file: Path) -> str:
    """Of all files, for a geodatabase is a folder."""
    digest = hashlib.sha256()
    for each_file in sorted(b for b in file.rglob("*") if b.is_file()) if file.is_dir() else [file]:
        with each_file.open("rb") as opened:
            while chunk := opened.read(2**20):
                digest.update(chunk)
    return digest.hexdigest()[:16]
