"""Official areas of regions: any table with a code and an area in km² (CSV, a spreadsheet, or the attributes of a boundary file)."""

from pathlib import Path

import pyogrio

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.batas.area_lists import SUFFIXES, AreaList, area_number, read_area_table
from hub.batas.files_layer import KODE_COLUMNS, fields_named, reading
from hub.wilayah.code_cells import code_text

_AREA_COLUMNS = ("luas_km2", "luas", "luaswh")


def read_areas(file: Path) -> AreaList:
    """Lines without a code are left out, those without an area named. Raises InvalidInputError."""
    if not file.exists():
        raise InvalidInputError(f"Berkas {file} tidak ada.")
    if not (file.is_file() or file.is_dir()):  # a pipe or a device may have no end
        raise InvalidInputError(f"{file} bukan berkas; simpan dahulu isinya sebagai berkas.")
    if file.suffix.casefold() in SUFFIXES and file.is_file():
        return read_area_table(file, KODE_COLUMNS)
    try:
        with reading():
            info, _, _, values = pyogrio.raw.read(file, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError):
        raise InvalidInputError(
            f"{file} tidak dapat dibaca sebagai tabel; yang dibaca: CSV, lembar kerja atau berkas batas."
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
        angka = area_number(str(nilai))
        text = next(filter(None, map(code_text, candidates)), "")
        if text and angka is not None:
            areas[kode_wilayah.dotted(text)] = angka
    return AreaList(areas)
