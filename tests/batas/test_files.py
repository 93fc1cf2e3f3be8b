"""Boundary files as people send them: columns wherever they stand, codes of any type, several layers, damaged shapes, other systems."""

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from hub.base.errors import InvalidInputError
from hub.batas.files import BatasFile
from hub.batas.service import BatasFeature
from tests.batas.boundary_files import damage, geojson, layer, square

A, B, C = "36.01.01.2001", "36.01.01.2002", "36.01.01.2003"
_TRIANGLE = struct.pack("<I", 4) + b"".join(
    struct.pack("<dd", *p) for p in ((105, -6), (105.1, -6), (105.1, -6.1), (105, -6))
)


def read(file: Path, *layers: str) -> list[BatasFeature]:
    return list(BatasFile(file, layers).features())


def codes(file: Path) -> list[str]:
    return [f.kode for f in read(file)]


# ---------- columns ----------


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "shp"])
@pytest.mark.parametrize(
    "order", [("KDEPUM", "NAMOBJ"), ("NAMOBJ", "KDEPUM"), ("NAMOBJ", "X", "KDEPUM", "Y"), ("X", "KDEPUM", "NAMOBJ")]
)
def test_columns_are_taken_by_name_wherever_they_stand(tmp_path: Path, ending: str, order: tuple[str, ...]) -> None:
    cells: dict[str, Any] = {"KDEPUM": [A], "NAMOBJ": ["Sumberjaya"], "X": ["x"], "Y": [7]}
    file = layer(tmp_path / f"batas.{ending}", {k: cells[k] for k in order}, kind="Polygon")
    assert [(f.kode, f.name) for f in read(file)] == [(A, "Sumberjaya")]


@pytest.mark.parametrize("column", ["kdepum", "Kode", "KODE_DESA", "Kode_Wilayah"])
def test_capitals_of_a_columns_name_do_not_matter(tmp_path: Path, column: str) -> None:
    assert codes(geojson(tmp_path / "b.geojson", ({column: A, "namobj": "x"}, square()))) == [A]


@pytest.mark.parametrize(
    "cells",
    [
        np.array([3601012001, 3601012002]), np.array([3601012001.0, np.nan]), np.array(["36 01 01 2001", None], dtype=object),
        np.array([" 3601012001.0 ", "nan"], dtype=object),
    ],
)  # fmt: skip
def test_codes_of_any_type_are_codes_and_empty_ones_are_none(tmp_path: Path, cells: "np.ndarray[Any, Any]") -> None:
    for file in (
        layer(tmp_path / "b.gpkg", {"kode": cells}),
        layer(tmp_path / "c.geojson", {"kode": cells}, kind="Polygon"),
    ):
        first, second = codes(file)
        assert first in ("3601012001", A)
        assert second in ("3601012002", "")


def test_numbers_with_an_empty_one_among_them_in_geojson(tmp_path: Path) -> None:
    assert codes(geojson(tmp_path / "b.geojson", ({"kode": 3601012001}, square()), ({"kode": None}, square(1)))) == [
        "3601012001",
        "",
    ]


def test_of_several_code_columns_the_filled_one_counts_feature_by_feature(tmp_path: Path) -> None:
    file = layer(tmp_path / "b.gpkg", {
        "KDPPUM": ["36", "36", "36", None], "KDPKAB": ["36.01", "36.01", "", None], "KDCPUM": ["36.01.01", "36.01.01", None, " "],
        "KDEPUM": [A, "", np.nan, ""],
    })  # fmt: skip
    assert [(f.kode, f.column) for f in read(file)] == [(A, ""), ("36.01.01", "KDCPUM"), ("36", "KDPPUM"), ("", "")]


def test_of_several_name_columns_the_filled_one_counts(tmp_path: Path) -> None:
    file = layer(tmp_path / "b.gpkg", {"WADMKC": ["Sumur", "Sumur"], "NAMOBJ": ["", "Taman Jaya"], "kode": [A, B]})
    assert [f.name for f in read(file)] == ["Sumur", "Taman Jaya"]


# ---------- layers ----------


def test_all_layers_are_read_and_those_without_boundaries_are_named(tmp_path: Path) -> None:
    file = layer(tmp_path / "b.gpkg", {"kode": ["36.01.01"]}, name="kecamatan")
    layer(file, {"NAMOBJ": ["Satu", "Dua"], "KDEPUM": [A, B]}, name="desa")
    layer(file, {"kode": [A]}, [shapely.Point(105, -6)], name="kantor", kind="Point")
    layer(file, {"lebar": [4]}, name="sungai")
    opened = BatasFile(file)
    assert opened.feature_count == 3
    assert [(f.layer, f.number, f.kode) for f in opened.features()] == [
        ("kecamatan", 1, "36.01.01"),
        ("desa", 1, A),
        ("desa", 2, B),
    ]
    offices, rivers = opened.skipped
    assert offices == "kantor: berisi titik atau garis, bukan luas"
    assert rivers.startswith("sungai: tidak ada kolom kode; dicari KDEPUM")
    assert rivers.endswith("yang ada: lebar")


def test_layers_may_be_chosen_and_others_are_refused_naming_those_there_are(tmp_path: Path) -> None:
    file = layer(tmp_path / "b.gpkg", {"kode": ["36.01.01"]}, name="kecamatan")
    layer(file, {"kode": [A]}, name="desa")
    assert [f.kode for f in read(file, "desa")] == [A]
    with pytest.raises(InvalidInputError, match=r"tidak ada lapisan desaa; lapisannya: kecamatan, desa\."):
        BatasFile(file, ["desaa"])


def test_where_no_layer_holds_boundaries_each_is_named_with_its_reason(tmp_path: Path) -> None:
    file = layer(tmp_path / "b.gpkg", {"kode": [A]}, [shapely.Point(105, -6)], name="kantor", kind="Point")
    layer(file, {"lebar": [4]}, name="sungai")
    with pytest.raises(InvalidInputError, match=r"kantor: berisi titik.*sungai: tidak ada kolom kode"):
        BatasFile(file)


# ---------- shapes ----------


def test_a_shape_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    count = 60
    names = [f"36.01.01.2{n:03}" for n in range(count)]
    file = layer(tmp_path / "b.gpkg", {"kode": names})
    damage(file, "kode IN ('36.01.01.2007', '36.01.01.2031')", b"\1\3\0\0\0\xff\xff\xff\x7f")
    found = read(file)
    assert [f.kode for f in found] == names
    assert {f.number: f.problem for f in found if f.geom is None} == dict.fromkeys((8, 32), "kosong atau tidak terbaca")


@pytest.mark.parametrize(
    ("wkb", "said"),
    [
        (b"\1" + struct.pack("<II", 17, 1) + _TRIANGLE, "bukan poligon"),
        (b"\1" + struct.pack("<II", 16, 1) + b"\1" + struct.pack("<II", 17, 1) + _TRIANGLE, "bukan poligon"),
        (b"\1" + struct.pack("<II", 99, 1), "tidak terbaca|kosong"),
        (b"\1\3", "tidak terbaca|kosong"),
        (b"", "tidak terbaca|kosong"),
        (b"\1" + struct.pack("<IIIdddddddd", 3, 1, 4, 105, np.nan, 105.1, -6, 105.1, -6.1, 105, np.nan), "bukan angka|tidak terbaca"),
        (shapely.to_wkb(shapely.Point(105, -6)), "bukan poligon"),
        (shapely.to_wkb(shapely.LineString([(105, -6), (106, -6)])), "bukan poligon"),
        (shapely.to_wkb(shapely.Polygon()), "kosong"),
    ],
)  # fmt: skip
def test_what_is_no_area_is_told_as_such(tmp_path: Path, wkb: bytes, said: str) -> None:
    (first, second) = read(damage(layer(tmp_path / "b.gpkg", {"kode": [A, B]}), f"kode = '{A}'", wkb))
    assert (first.kode, first.geom, second.kode) == (A, None, B)
    assert second.geom is not None
    assert first.problem is not None
    assert any(word in first.problem for word in said.split("|"))


@pytest.mark.parametrize(
    "wkb",
    [
        b"\1" + struct.pack("<III", 3003, 1, 4) + b"".join(struct.pack("<dddd", *p, 1, 2) for p in ((105, -6), (105.1, -6), (105.1, -6.1), (105, -6))),
        b"\1" + struct.pack("<II", 10, 1) + b"\1" + struct.pack("<II", 8, 5)
        + b"".join(struct.pack("<dd", *p) for p in ((105, -6), (105.05, -5.95), (105.1, -6), (105.05, -6.05), (105, -6))),
    ],
    ids=["with height and measure", "curved"],
)  # fmt: skip
def test_areas_of_other_kinds_are_areas(tmp_path: Path, wkb: bytes) -> None:
    first, _ = read(damage(layer(tmp_path / "b.gpkg", {"kode": [A, B]}), f"kode = '{A}'", wkb))
    assert first.geom is not None
    assert not first.geom.has_z
    assert first.geom.area == pytest.approx(0.005 if b"\xbb" in wkb[:5] else 0.00785, rel=0.01)


def test_shapes_that_are_no_geojson_are_told(tmp_path: Path) -> None:
    found = read(
        geojson(
            tmp_path / "b.geojson",
            ({"kode": A}, {"type": "Polygon", "coordinates": [[["a", 2], [1, 2], [2, 3]]]}),
            ({"kode": B}, {"type": "Apa"}),
            ({"kode": C}, square()),
            ({"kode": A}, None),
        )
    )
    nothing = "kosong atau tidak terbaca"
    assert [(f.kode, f.problem) for f in found] == [(A, nothing), (B, nothing), (C, None), (A, nothing)]
    assert [f.geom is not None for f in found] == [False, False, True, False]


def _many(file: Path) -> tuple[Path, list[str]]:
    names = [f"36.01.01.2{n:03}" for n in range(60)]
    return layer(file, {"kode": names}, kind="Polygon"), names


def test_where_the_reader_gives_up_the_others_are_read_one_by_one(tmp_path: Path) -> None:
    """In a FlatGeobuf a damaged feature stops the reading of all that are asked for with it, and of all behind it."""
    file, names = _many(tmp_path / "b.fgb")
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40] = b"\xff" * 40
    file.write_bytes(bytes(content))
    found = read(file)
    assert [f.number for f in found] == list(range(1, 61))
    lost = [f.number for f in found if f.geom is None]
    assert 0 < len(lost) < 60
    assert "tidak terbaca" in {f.problem for f in found if f.geom is None}
    assert {f.kode for f in found if f.geom is not None} < set(names)


def test_a_file_of_which_hardly_anything_can_be_read_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.batas.files_layer._MOST_UNREADABLE", 5)
    file, _ = _many(tmp_path / "b.fgb")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(InvalidInputError, match="lebih dari 5 fitur tidak terbaca; berkasnya rusak atau terpotong"):
        read(file)


# ---------- coordinate systems ----------


def test_of_an_unknown_system_only_degrees_are_believed_feature_by_feature(tmp_path: Path) -> None:
    metres = shapely.box(600_000, 9_250_000, 610_000, 9_260_000)
    file = layer(tmp_path / "b.shp", {"kode": [A, B]}, [square(), metres], kind="Polygon", crs=None)
    for prj in (None, "apa ini", 'LOCAL_CS["Setempat",UNIT["m",1]]', 'PROJCS["x",GEOGCS["y",DATUM["z",SPHEROID["s",6378137,298]],'
                'PRIMEM["G",0],UNIT["d",0.0174]],PROJECTION["Tak_Ada"],UNIT["m",1]]'):  # fmt: skip
        if prj is not None:
            file.with_suffix(".prj").write_text(prj)
        first, second = read(file)
        assert first.geom is not None, prj
        assert (second.kode, second.geom) == (B, None)
        assert second.problem is not None
        assert "sistem koordinat tidak" in second.problem
        assert ".prj" in second.problem


def test_a_layer_of_an_unknown_system_is_told_feature_by_feature_beside_one_that_is_read(tmp_path: Path) -> None:
    metres = shapely.box(600_000, 9_250_000, 610_000, 9_260_000)
    file = layer(tmp_path / "b.gpkg", {"kode": ["36.01.01"]}, [metres], name="kecamatan", crs=None)
    layer(file, {"kode": [A]}, name="desa")
    assert [(f.layer, f.number, f.geom is not None) for f in read(file)] == [
        ("kecamatan", 1, False),
        ("desa", 1, True),
    ]


def test_each_layer_has_a_system_of_its_own(tmp_path: Path) -> None:
    file = layer(tmp_path / "b.gpkg", {"kode": [A]}, name="derajat")
    layer(
        file, {"kode": [B]}, [shapely.box(11_788_700, -748_000, 11_790_000, -747_000)], name="mercator", crs="EPSG:3857"
    )
    first, second = read(file)
    assert first.geom is not None
    assert second.geom is not None
    assert second.geom.bounds == pytest.approx((105.9, -6.70, 105.912, -6.693), abs=0.01)


# ---------- files that cannot be read ----------


def _shapefile(folder: Path, *without: str) -> Path:
    whole = layer(folder / "utuh.shp", {"kode": [A]}, kind="Polygon")
    for ending in {".shp", ".shx", ".dbf", ".prj"} - set(without):
        shutil.copy(whole.with_suffix(ending), folder / f"desa{ending}")
    return folder / "desa.shp"


def _zipped(folder: Path, *without: str) -> Path:
    _shapefile(folder, *without)
    with zipfile.ZipFile(folder / "desa.zip", "w") as packed:
        for part in folder.glob("desa.???"):
            if part.suffix != ".zip":
                packed.write(part, part.name)
    return folder / "desa.zip"


def _bytes(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_bytes("a.gpkg", b""), r"kosong \(0 bita\)"),
        (_bytes("a.gpkg", b"ini bukan peta"), "tidak dapat dibaca sebagai berkas batas.*GeoPackage, FlatGeobuf"),
        (_bytes("a.geojson", b'{"type":"FeatureCollection","features":[{"type":"Feature","prop'), "bukan GeoJSON yang utuh"),
        (_bytes("a.json", b'{"a": 1}'), "bukan GeoJSON yang utuh"),
        (_bytes("a.zip", b"PK\3\4rusak"), "tidak dapat dibaca sebagai berkas batas"),
        (_bytes("a.csv", b"kode,nama\n36.01,x\n"), "tabel tanpa bentuk"),
        (lambda f: _shapefile(f, ".shx"), "desa.shx tidak ada di sampingnya"),
        (lambda f: _shapefile(f, ".dbf"), "tidak ada kolom kode.*desa.dbf, tempat kolomnya, tidak ada"),
        (lambda f: _zipped(f, ".shx"), "desa.shx"),
        (lambda f: _zipped(f, ".dbf"), "tidak ada kolom kode"),
        (lambda f: geojson(f / "a.geojson", ({"kode": A}, {"type": "Point", "coordinates": [105, -6]})), "titik atau garis"),
        (lambda f: f / "tidak.gpkg", "tidak ada"),
        (lambda f: f, "tidak dapat dibaca sebagai berkas batas"),
    ],
)  # fmt: skip
def test_what_is_no_boundary_file_is_refused_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InvalidInputError, match=said):
        BatasFile(make(tmp_path))
    assert capfd.readouterr() == ("", "")


def test_a_packed_shapefile_is_read(tmp_path: Path) -> None:
    assert codes(_zipped(tmp_path)) == [A]
    for name in ("desa.prj",):  # degrees are believed
        (tmp_path / name).unlink()
    (tmp_path / "dua").mkdir()
    assert codes(_zipped(tmp_path / "dua", ".prj")) == [A]


def test_texts_in_another_encoding_than_the_file_says_are_read(tmp_path: Path) -> None:
    file = layer(
        tmp_path / "b.shp", {"kode": [A], "NAMOBJ": ["Café"], "kepalá": ["x"]}, kind="Polygon", encoding="cp1252"
    )
    file.with_suffix(".cpg").write_text("UTF-8")
    assert [(f.kode, f.name) for f in read(file)] == [(A, "Café")]


def test_an_empty_layer_holds_nothing(tmp_path: Path) -> None:
    assert read(geojson(tmp_path / "a.geojson")) == []
