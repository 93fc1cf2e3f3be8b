"""Boundary files: GeoPackage, FlatGeobuf, Shapefile, GeoJSON; any CRS; the national mapping agency's column names
(KDEPUM, KDCPUM, KDPKAB, KDPPUM, NAMOBJ, WADM…) or plain `kode`, `nama`.

What comes out is always EPSG:4326, longitude first, repaired.
"""

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo.repair import repair
from hub.base.errors import MasukanTidakSahError
from hub.services.batas_import import FiturBatas

KOLOM_KODE = ("KDEPUM", "KDCPUM", "KDPKAB", "KDPPUM", "kode", "KODE", "kode_desa", "kode_wilayah")
_KOLOM_NAMA = ("NAMOBJ", "nama", "NAMA", "WADMKD", "WADMKC", "WADMKK", "WADMPR")
_SEKALI, _SEKALI_BITA = 2000, 16_000_000  # features in memory at a time, and about how many bytes of them
_BACAAN = 3  # readings of a file that must be read from its beginning each time


class BerkasBatas:
    """One boundary file. Raises MasukanTidakSahError when it cannot be read or bears no code column."""

    def __init__(self, berkas: Path) -> None:
        self.berkas = berkas
        if not berkas.exists():
            raise MasukanTidakSahError(f"Berkas {berkas} tidak ada.")
        try:
            info = pyogrio.read_info(berkas, force_feature_count=True)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as salah:
            raise MasukanTidakSahError(f"{berkas} tidak dapat dibaca sebagai berkas batas: {salah}") from None
        self.banyak = int(info["features"])
        kolom = [str(k) for k in info["fields"]]
        self._kode = next((k for k in KOLOM_KODE if k in kolom), None)
        if self._kode is None:
            raise MasukanTidakSahError(
                f"{berkas}: tidak ada kolom kode; dicari {', '.join(KOLOM_KODE[:5])}; yang ada: {', '.join(kolom)}"
            )
        self._nama = next((k for k in _KOLOM_NAMA if k in kolom), None)
        self.crs = self._baca_crs(info["crs"])
        self._ubah = None if self.crs.equals(CRS(4326)) else Transformer.from_crs(self.crs, 4326, always_xy=True)
        self.versi = _sidik(berkas)
        self._sekali = max(1, min(_SEKALI, _SEKALI_BITA * self.banyak // max(1, berkas.stat().st_size)))
        if str(info["driver"]).startswith("GeoJSON"):
            self._sekali = max(self._sekali, -(-self.banyak // _BACAAN))

    def _baca_crs(self, teks: str | None) -> CRS:
        if teks is None:
            barat, selatan, timur, utara = pyogrio.read_bounds(self.berkas, max_features=1)[1][:, 0]
            if not (-180 <= barat <= timur <= 180 and -90 <= selatan <= utara <= 90):
                raise MasukanTidakSahError(
                    f"{self.berkas}: sistem koordinat tidak disebut dan koordinatnya bukan derajat; sertakan berkas .prj."
                )
            return CRS(4326)
        try:
            return CRS(teks)
        except CRSError:
            raise MasukanTidakSahError(f"{self.berkas}: sistem koordinat tidak dikenal: {teks[:80]}") from None

    def fitur(self) -> Iterator[FiturBatas]:
        """Features in order of the file."""
        mulai = 0
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # unclosed rings are counted below
                _, _, wkb, isi = pyogrio.raw.read(
                    self.berkas, columns=[k for k in (self._kode, self._nama) if k],
                    skip_features=mulai, max_features=self._sekali,
                )  # fmt: skip
            if len(wkb) == 0:
                return
            for i, (bita, kode) in enumerate(zip(wkb, isi[0], strict=True)):
                nama = str(isi[1][i] or "") if len(isi) > 1 else ""
                yield self._satu(mulai + i + 1, "" if kode is None else str(kode), nama, bita)
            mulai += len(wkb)

    def _satu(self, nomor: int, kode: str, nama: str, bita: bytes | None) -> FiturBatas:
        terbuka = None
        bentuk = None
        if bita is not None:
            try:
                bentuk = shapely.from_wkb(bita)
            except shapely.errors.GEOSException:
                terbuka = "tepi tidak tertutup"
                bentuk = shapely.from_wkb(bita, on_invalid="fix")
        if bentuk is not None and self._ubah is not None:
            bentuk = shapely.transform(bentuk, self._proyeksikan)
        utuh, sebab = repair(bentuk)
        return FiturBatas(nomor, kode, nama, utuh, sebab or terbuka)

    def _proyeksikan(self, titik: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        assert self._ubah is not None
        x, y = self._ubah.transform(titik[:, 0], titik[:, 1])
        return np.column_stack([x, y])


def _sidik(berkas: Path) -> str:
    with berkas.open("rb") as isi:
        return hashlib.file_digest(isi, "sha256").hexdigest()[:16]
