"""Official areas of regions: any table with a code and an area in km² (CSV, or the attributes of a boundary file)."""

from pathlib import Path

import pyogrio

from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.batas.files_layer import KOLOM_KODE, fields_named, reading
from hub.wilayah.code_cells import code_text

_KOLOM_LUAS = ("luas_km2", "luas", "luaswh")


def baca_luas(berkas: Path) -> dict[str, float]:
    """Code → km². Lines without a code or an area are left out. Raises MasukanTidakSahError."""
    if not berkas.exists():
        raise MasukanTidakSahError(f"Berkas {berkas} tidak ada.")
    if not (berkas.is_file() or berkas.is_dir()):  # a pipe or a device may have no end
        raise MasukanTidakSahError(f"{berkas} bukan berkas; simpan dahulu isinya sebagai berkas.")
    try:
        with reading():
            info, _, _, isi = pyogrio.raw.read(berkas, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError):
        raise MasukanTidakSahError(
            f"{berkas} tidak dapat dibaca sebagai tabel; yang dibaca: CSV (UTF-8) atau berkas batas."
        ) from None
    kolom = [str(k) for k in info["fields"]]
    kode, luas = fields_named(kolom, KOLOM_KODE), fields_named(kolom, _KOLOM_LUAS)
    if not kode or not luas:
        raise MasukanTidakSahError(
            f"{berkas}: perlu kolom kode ({', '.join(KOLOM_KODE)}) dan kolom luas dalam km² ({', '.join(_KOLOM_LUAS)}); "
            f"yang ada: {', '.join(kolom)}"
        )
    hasil: dict[str, float] = {}
    for *calon, nilai in zip(*(isi[kolom.index(k)] for k in (*kode, luas[0])), strict=True):
        angka = _angka(nilai)
        teks = next(filter(None, map(code_text, calon)), "")
        if teks and angka is not None:
            hasil[kode_wilayah.rapikan(teks)] = angka
    return hasil


def _angka(nilai: object) -> float | None:
    """A number, or text with a decimal point or comma: "1.213,66", "1213.66"."""
    teks = str(nilai).strip()
    if "," in teks:
        teks = teks.replace(".", "").replace(",", ".")
    try:
        angka = float(teks)
    except ValueError:
        return None
    return angka if 0 < angka < float("inf") else None
