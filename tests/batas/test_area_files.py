"""Official areas from a table: by code, in km², with a decimal point or comma."""

import os
from pathlib import Path

import numpy as np
import openpyxl
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
    assert read_areas(file).areas == {"53.14": 1284.41, "53.14.01.2005": 12.5}


def test_a_workbook_with_a_title_and_notes_is_read_and_what_is_doubtful_is_said(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in [
        ["LUAS WILAYAH 2025"], [], ["No", "Kode", "Nama", "Luas Wilayah (km²)"], [1, "53.14", "Rote Ndao", 1284.417],
        [2, "53.15", "Manggarai Barat", "2.947"], [3, "53.16", "Nagekeo", "=1+1"], [4, "53.17", "Tanpa", None],
        [5, "53.18", "Tersembunyi", 5], ["Sumber: Kemendagri"],
    ]:  # fmt: skip
        made.active.append(row)
    made.active.row_dimensions[8].hidden = True
    made.create_sheet("Catatan")["A1"] = "lihat lembar pertama"
    file = tmp_path / "luas.xlsx"
    made.save(file)
    found = read_areas(file)
    assert found.areas == {"53.14": 1284.417, "53.15": 2.947}
    said = "\n".join(found.said)
    for part in ("sel D5", "dapat berarti 2,947 atau 2.947", "sel D6", "baris 7: luasnya kosong", "baris 8: tersembunyi", "baris 1:",
                 'Lembar "Catatan"', "baris 9: keterangan"):  # fmt: skip
        assert part in said, (part, said)
    assert "D4" not in said


@pytest.mark.parametrize(
    "content",
    ["kode;luas_km2\n53.14;1.284,41\n".encode("utf-16"), b"Kode\tLuas (km2)\n53.14\t1284,41 km2\n",
     b"kode|luas\n'53.14|1,284.41\n"],
)  # fmt: skip
def test_a_text_is_read_in_whatever_encoding_and_with_whatever_separator(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "luas.csv"
    file.write_bytes(content)
    assert read_areas(file).areas == {"53.14": 1284.41}


def test_the_attributes_of_a_boundary_file_will_do(tmp_path: Path) -> None:
    file = tmp_path / "batas.gpkg"
    pyogrio.raw.write(
        file, geometry=np.array([shapely.to_wkb(shapely.box(123, -11, 124, -10))], dtype=object), geometry_type="Polygon",
        crs="EPSG:4326", fields=["KDPKAB", "LUASWH"], field_data=[np.array(["53.14"], dtype=object), np.array([1284.41])],
    )  # fmt: skip
    assert read_areas(file).areas == {"53.14": 1284.41}


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
