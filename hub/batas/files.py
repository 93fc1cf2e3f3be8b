"""Boundary files: GeoPackage, FlatGeobuf, Shapefile, GeoJSON, file geodatabase; any CRS; the national mapping agency's column names
(KDEPUM, KDCPUM, KDPKAB, KDPPUM, NAMOBJ, WADM…) or plain `kode`, `nama`; one layer or many.

What comes out is always EPSG:4326, longitude first, repaired.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyogrio

from hub.base.errors import MasukanTidakSahError
from hub.batas.feature import FiturBatas
from hub.batas.files_crs import DEGREES
from hub.batas.files_layer import FAILURES, KOLOM_KODE, LapisanBatas, fields_named, reading

_FORMAT = "GeoPackage, FlatGeobuf, Shapefile (.shp beserta .shx, .dbf dan .prj) atau GeoJSON"


class BerkasBatas:
    """One boundary file. `lapisan`: those of its layers that are read; `pilih`: names of layers, none: all that hold boundaries.
    `dilewati`: layers that are not read, each with the reason. `crs`: of the first layer.

    Raises MasukanTidakSahError when it cannot be read, bears no code column or has no layer of that name.
    """

    def __init__(self, berkas: Path, pilih: Sequence[str] = ()) -> None:
        self.berkas = berkas
        _require_file(berkas)
        self.dilewati: list[str] = []
        try:
            semua = [(str(n), None if j is None else str(j)) for n, j in _layers(berkas)]
        except pyogrio.errors.DataSourceError:
            raise MasukanTidakSahError(_unreadable(berkas)) from None
        if asing := [p for p in pilih if p not in dict(semua)]:
            raise MasukanTidakSahError(
                f"{berkas}: tidak ada lapisan {', '.join(asing)}; lapisannya: {', '.join(n for n, _ in semua)}."
            )
        self.lapisan: list[LapisanBatas] = []
        for nama, jenis in semua:
            if not pilih or nama in pilih:
                self._take(nama, jenis, sendiri=len(semua) == 1)
        if not self.lapisan:
            self._refuse(len(semua))
        if all(lap.crs.hopeless(lap.batas) for lap in self.lapisan):
            raise MasukanTidakSahError(f"{berkas}: {self.lapisan[0].crs.complaint()}.")
        self.crs = self.lapisan[0].crs.crs or DEGREES
        self.banyak = sum(lap.banyak for lap in self.lapisan)
        self.versi = _sidik(berkas)

    def fitur(self) -> Iterator[FiturBatas]:
        """Features in order of the file, layer by layer."""
        for lapisan in self.lapisan:
            yield from lapisan.fitur()

    def _take(self, nama: str, jenis: str | None, *, sendiri: bool) -> None:
        if jenis is None:
            self.dilewati.append(f"{nama}: tabel tanpa bentuk")
            return
        if "Point" in jenis or "LineString" in jenis:
            self.dilewati.append(f"{nama}: berisi titik atau garis, bukan luas")
            return
        try:
            info, encoding = _info(self.berkas, nama)
        except (*FAILURES, UnicodeDecodeError):
            self.dilewati.append(f"{nama}: tidak dapat dibaca")
            return
        kolom = [str(k) for k in info["fields"]]
        if fields_named(kolom, KOLOM_KODE) or not info["features"]:
            self.lapisan.append(LapisanBatas(self.berkas, "" if sendiri else nama, nama, info, encoding))
        else:
            self.dilewati.append(
                f"{nama}: tidak ada kolom kode; dicari {', '.join(KOLOM_KODE[:5])}; yang ada: {', '.join(kolom) or '(tidak ada)'}"
            )

    def _refuse(self, banyak: int) -> None:
        if banyak == 0:
            raise MasukanTidakSahError(_unreadable(self.berkas))
        if banyak == 1:
            sebab = self.dilewati[0].partition(": ")[2]
            if self.berkas.suffix.lower() == ".shp" and not _beside(self.berkas, ".dbf"):
                sebab += f"; berkas {self.berkas.stem}.dbf, tempat kolomnya, tidak ada di sampingnya"
            raise MasukanTidakSahError(f"{self.berkas}: {sebab}")
        raise MasukanTidakSahError(
            f"{self.berkas}: tidak satu pun lapisannya memuat batas: {'; '.join(self.dilewati) or 'tidak ada lapisan'}."
        )


def _layers(berkas: Path) -> Any:
    try:
        with reading():
            return pyogrio.list_layers(berkas)
    except IndexError:  # an archive that holds no layer
        return []


def _info(berkas: Path, lapisan: str) -> tuple[dict[str, Any], str | None]:
    """About a layer, and the encoding of its texts where it is another than it says."""
    with reading():
        try:
            return pyogrio.read_info(berkas, layer=lapisan, force_feature_count=True), None
        except UnicodeDecodeError:
            return pyogrio.read_info(berkas, layer=lapisan, force_feature_count=True, encoding="cp1252"), "cp1252"


def _require_file(berkas: Path) -> None:
    if not berkas.exists():
        raise MasukanTidakSahError(f"Berkas {berkas} tidak ada.")
    if not (berkas.is_file() or berkas.is_dir()):
        raise MasukanTidakSahError(f"{berkas} bukan berkas; simpan dahulu isinya sebagai berkas.")
    if berkas.is_file() and berkas.stat().st_size == 0:
        raise MasukanTidakSahError(f"Berkas {berkas} kosong (0 bita); salin atau unduh ulang.")


def _unreadable(berkas: Path) -> str:
    dasar = f"{berkas} tidak dapat dibaca sebagai berkas batas"
    akhiran = berkas.suffix.lower()
    if akhiran == ".shp" and not _beside(berkas, ".shx"):
        return f"{dasar}: {berkas.stem}.shx tidak ada di sampingnya; salin seluruh berkasnya (.shp, .shx, .dbf, .prj)."
    if akhiran == ".zip" and (kurang := _missing_in(berkas)):
        return f"{dasar}: di dalamnya tidak ada {', '.join(kurang)}; kemas ulang beserta .shp, .shx, .dbf dan .prj."
    if "json" in akhiran:
        return f"{dasar}: bukan GeoJSON yang utuh; barangkali terpotong, salin atau unduh ulang."
    return f"{dasar}: rusak, terpotong atau berformat lain. Yang dibaca: {_FORMAT}."


def _beside(berkas: Path, akhiran: str) -> bool:
    return any(berkas.with_suffix(a).exists() for a in (akhiran, akhiran.upper()))


def _missing_in(berkas: Path) -> list[str]:
    """What shapefiles in an archive lack to be read."""
    try:
        with zipfile.ZipFile(berkas) as isi:
            nama = {n.casefold() for n in isi.namelist()}
    except (zipfile.BadZipFile, OSError):
        return []
    dasar = [n.removesuffix(".shp") for n in sorted(nama) if n.endswith(".shp")]
    return [d + a for d in dasar for a in (".shx", ".dbf") if d + a not in nama]


def _sidik(berkas: Path) -> str:
    """Of all files, for a geodatabase is a folder."""
    sidik = hashlib.sha256()
    for satu in sorted(b for b in berkas.rglob("*") if b.is_file()) if berkas.is_dir() else [berkas]:
        with satu.open("rb") as isi:
            while bagian := isi.read(2**20):
                sidik.update(bagian)
    return sidik.hexdigest()[:16]
