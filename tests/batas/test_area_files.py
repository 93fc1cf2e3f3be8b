"""Official areas from a table: by code, in km², with a decimal point or comma."""

import os
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from hub.base.errors import InvalidInputError
from hub.batas.area_files import read_areas


def test_a_csv_file_is_read_however_numbers_and_codes_are_written(tmp_path: Path) -> None:
    file = tmp_path / "luas.csv"
    file.write_text(
        'kode,nama,luas_km2\n53.14,Rote Ndao,"1.284,41"\n5314012005,Oeseli,12.5\n53.15,Tanpa angka,\n,Tanpa kode,3\n53.16,Nol,0\n'
    )
    assert read_areas(file) == {"53.14": 1284.41, "53.14.01.2005": 12.5}


def test_the_attributes_of_a_boundary_file_will_do(tmp_path: Path) -> None:
    file = tmp_path / "batas.gpkg"
    pyogrio.raw.write(
        file, geometry=np.array([shapely.to_wkb(shapely.box(123, -11, 124, -10))], dtype=object), geometry_type="Polygon",
        crs="EPSG:4326", fields=["KDPKAB", "LUASWH"], field_data=[np.array(["53.14"], dtype=object), np.array([1284.41])],
    )  # fmt: skip
    assert read_areas(file) == {"53.14": 1284.41}


def test_a_table_without_the_columns_is_refused_naming_them(tmp_path: Path) -> None:
    file = tmp_path / "luas.csv"
    file.write_text("kode,hektar\n53.14,3\n")
    with pytest.raises(InvalidInputError, match=r"luas_km2.*yang ada: kode, hektar"):
        read_areas(file)
    with pytest.raises(InvalidInputError, match="tidak ada"):
        read_areas(tmp_path / "tidak.csv")
    (tmp_path / "gambar.png").write_bytes(b"\x89PNG")
    with pytest.raises(InvalidInputError, match="tidak dapat dibaca"):
        read_areas(tmp_path / "gambar.png")


def test_a_pipe_is_no_file_to_look_around_in(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "luas.csv")
    with pytest.raises(InvalidInputError, match="bukan berkas; simpan dahulu isinya"):
        read_areas(tmp_path / "luas.csv")
