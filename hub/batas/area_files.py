"""Official areas of regions: any table with a code and an area in km² (CSV, or the attributes of a boundary file)."""

from pathlib import Path

import pyogrio

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.batas.files_layer import KODE_COLUMNS, fields_named, reading
from hub.wilayah.code_cells import code_text

_AREA_COLUMNS = ("luas_km2", "luas", "luaswh")


def read_areas(file: Path) -> dict[str, float]:
    """Code → km². Lines without a code or an area are left out. Raises InvalidInputError."""
    if not file.exists():
        raise InvalidInputError(f"Berkas {file} tidak ada.")
    if not (file.is_file() or file.is_dir()):  # a pipe or a device may have no end
        raise InvalidInputError(f"{file} bukan berkas; simpan dahulu isinya sebagai berkas.")
    try:
        with reading():
            info, _, _, values = pyogrio.raw.read(file, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError):
        raise InvalidInputError(
            f"{file} tidak dapat dibaca sebagai tabel; yang dibaca: CSV (UTF-8) atau berkas batas."
        ) from None
    columns = [str(k) for k in info["fields"]]
    kode, area_columns = fields_named(columns, KODE_COLUMNS), fields_named(columns, _AREA_COLUMNS)
    if not kode or not area_columns:
        raise InvalidInputError(
            f"{file}: perlu kolom kode ({', '.join(KODE_COLUMNS)}) dan kolom luas dalam km² ({', '.join(_AREA_COLUMNS)}); "
            f"yang ada: {', '.join(columns)}"
        )
    areas: dict[str, float] = {}
    for *candidates, nilai in zip(*(values[columns.index(k)] for k in (*kode, area_columns[0])), strict=True):
        angka = _angka(nilai)
        text = next(filter(None, map(code_text, candidates)), "")
        if text and angka is not None:
            areas[kode_wilayah.dotted(text)] = angka
    return areas


def _angka(nilai: object) -> float | None:
    """A number, or text with a decimal point or comma: "1.213,66", "1213.66"."""
    text = str(nilai).strip()
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        angka = float(text)
    except ValueError:
        return None
    return angka if 0 < angka < float("inf") else None
