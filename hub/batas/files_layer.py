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
from hub.base.errors import MasukanTidakSahError
from hub.batas.feature import FiturBatas
from hub.batas.files_crs import SistemKoordinat
from hub.wilayah.code_cells import code_text

KOLOM_KODE = ("KDEPUM", "KDCPUM", "KDPKAB", "KDPPUM", "kode", "kode_desa", "kode_wilayah", "kode_wilay")
_KOLOM_NAMA = ("NAMOBJ", "nama", "WADMKD", "WADMKC", "WADMKK", "WADMPR")
_SEKALI, _SEKALI_BITA = 2000, 16_000_000  # features in memory at a time, and about how many bytes of them
_BACAAN = 3  # readings of a file that must be read from its beginning each time
_RUSAK = 1000  # features of one layer that cannot be read; beyond, the file as a whole is damaged
_TAK_TERBACA = "tidak terbaca"
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

    nomor: int
    cells: dict[str, Any]
    wkb: bytes | None
    masalah: str | None = None


class LapisanBatas:
    """`label`: how places in it are told apart from those in other layers; empty where it is the only one. `batas`: west, south,
    east, north in its own system, where they are told without reading it."""

    def __init__(self, berkas: Path, label: str, nama: str, info: dict[str, Any], encoding: str | None) -> None:
        self._berkas, self._nama, self.label = berkas, nama, label
        self._encoding = encoding
        self.banyak = int(info["features"])
        kolom = [str(k) for k in info["fields"]]
        self._kode = fields_named(kolom, KOLOM_KODE)
        self._nama_nama = fields_named(kolom, _KOLOM_NAMA)
        self.crs = SistemKoordinat(info["crs"])
        self.batas = info["total_bounds"]
        besar = max(1, berkas.stat().st_size)
        self._sekali = max(1, min(_SEKALI, _SEKALI_BITA * self.banyak // besar))
        if str(info["driver"]).startswith("GeoJSON"):
            self._sekali = max(self._sekali, -(-self.banyak // _BACAAN))
        self._rusak = 0

    def fitur(self) -> Iterator[FiturBatas]:
        """In order of the file. Raises MasukanTidakSahError when so much cannot be read that the file must be damaged."""
        for mulai in range(0, self.banyak, self._sekali):
            for row in self._rows(mulai, min(self._sekali, self.banyak - mulai)):
                yield self._satu(row)

    # ---------- reading ----------

    def _rows(self, mulai: int, banyak: int) -> Iterator[_Row]:
        """Where one cannot be read, the others still are: the halves are tried, and halves of those."""
        try:
            rows = self._read(mulai, banyak)
        except _READ_FAILURES:
            if banyak > 1:
                yield from self._rows(mulai, banyak // 2)
                yield from self._rows(mulai + banyak // 2, banyak - banyak // 2)
                return
            rows = [self._without_shape(mulai)]
        yield from rows

    def _read(self, mulai: int, banyak: int, *, bentuk: bool = True) -> list[_Row]:
        pilihan: dict[str, Any] = {"layer": self._nama, "skip_features": mulai, "max_features": banyak}
        kolom = self._kode + self._nama_nama
        with reading():
            try:
                meta, _, wkb, isi = pyogrio.raw.read(
                    self._berkas, columns=kolom, read_geometry=bentuk, encoding=self._encoding, **pilihan
                )
            except UnicodeDecodeError:
                if self._encoding is not None:
                    raise MasukanTidakSahError(
                        f"{self._berkas}: huruf di dalamnya tidak terbaca; simpan ulang dengan pengodean UTF-8."
                    ) from None
                self._encoding = "cp1252"
                return self._read(mulai, banyak, bentuk=bentuk)
        # they come in the order of the file, whatever was asked for
        letak = [str(k) for k in meta["fields"]]
        panjang = len(wkb) if wkb is not None else len(isi[0]) if isi else 0
        return [
            _Row(
                mulai + i + 1,
                {k: milik[i] for k, milik in zip(letak, isi, strict=True)},
                None if wkb is None else wkb[i],
            )
            for i in range(panjang)
        ]

    def _without_shape(self, mulai: int) -> _Row:
        self._rusak += 1
        if self._rusak > _RUSAK:
            raise MasukanTidakSahError(
                f"{self._berkas}: lebih dari {_RUSAK} fitur tidak terbaca; berkasnya rusak atau terpotong, salin atau unduh ulang."
            )
        try:
            rows = self._read(mulai, 1, bentuk=False)
        except _READ_FAILURES:
            rows = []
        return _Row(mulai + 1, rows[0].cells if rows else {}, None, _TAK_TERBACA)

    # ---------- one feature ----------

    def _satu(self, row: _Row) -> FiturBatas:
        kode, kolom = self._kode_dari(row)
        nama = next((n for k in self._nama_nama if (n := _name(row.cells.get(k)))), "")
        geom, masalah = self._bentuk(row)
        return FiturBatas(row.nomor, kode, nama, geom, masalah, self.label, kolom)

    def _kode_dari(self, row: _Row) -> tuple[str, str]:
        """The finest code that is filled, and its column if that is not the first."""
        for k in self._kode:
            if kode := code_text(row.cells.get(k)):
                return kode, "" if k == self._kode[0] else k
        return "", ""

    def _bentuk(self, row: _Row) -> tuple[shapely.MultiPolygon | None, str | None]:
        if row.wkb is None:
            return None, row.masalah or f"kosong atau {_TAK_TERBACA}"
        terbuka = None
        with reading():
            bentuk = shapely.from_wkb(row.wkb, on_invalid="ignore")
            if bentuk is None:
                terbuka = "tepi tidak tertutup"
                bentuk = shapely.from_wkb(row.wkb, on_invalid="fix")
        if bentuk is None:
            return None, f"{_TAK_TERBACA} atau jenisnya bukan poligon"
        try:
            bentuk, sebab = self.crs.to_degrees(shapely.force_2d(bentuk))
            if sebab is not None:
                return None, sebab
            utuh, sebab = repair(bentuk)
        except (shapely.errors.GEOSException, ValueError):
            return None, "bentuknya tidak dapat diperbaiki"
        return utuh, sebab or terbuka


def _name(cell: Any) -> str:
    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in ("nan", "none") else text
