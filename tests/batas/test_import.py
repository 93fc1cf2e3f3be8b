"""Importing boundaries: by code, in any file and coordinate system; what cannot be used is listed or refused."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Geod, Transformer
from shapely import MultiPolygon, Polygon

from geo.repair import repair
from hub.base.errors import InvalidInputError
from hub.batas.files import BatasFile
from tests.batas.boundary_hub import WILAYAH, A, B, C, Hub, feature, square


def test_a_boundary_is_stored_with_its_area_and_a_point_inside(hub_wilayah: Hub) -> None:
    laporan = hub_wilayah.batas([feature("5314012005", square(0, 0)), feature("53.14", square(0, 0, 1))])
    assert (laporan.features_read, laporan.stored) == (2, 2)
    assert (laporan.empty, laporan.without_kode, laporan.unknown_kode, laporan.duplicates) == ([], [], [], [])
    ((kab, kode, level, area, inside, wkb, source, srid),) = hub_wilayah.sql(
        "SELECT kode_kab, kode, tingkat, luas_km2, ST_Contains(geom, titik), ST_AsBinary(geom), sumber, ST_SRID(titik) "
        "FROM batas WHERE tingkat = 4"
    )
    assert (kab, kode, level, inside, source, srid) == ("53.14", "53.14.01.2005", 4, True, "uji", 4326)
    assert shapely.from_wkb(wkb).equals(square(0, 0))
    geodesic, _ = Geod(ellps="WGS84").geometry_area_perimeter(square(0, 0).geoms[0])
    assert area == pytest.approx(abs(geodesic) / 1e6, rel=1e-6)
    assert area == pytest.approx(1.21, abs=0.01)


def test_what_cannot_be_used_is_listed_line_by_line(hub_wilayah: Hub) -> None:
    laporan = hub_wilayah.batas(
        [
            feature("53.14.01.2005", square(0, 0), number=1),
            feature("53.14.01.2999", square(1, 0), number=2),
            feature("36.01", square(2, 0), number=3),
            feature("", square(3, 0), number=4),
            feature("  ", square(3, 0), number=5),
            feature("53.14.01.2006", None, "kosong", number=6),
            feature("bukan kode", square(4, 0), number=7),
        ]
    )
    assert (laporan.features_read, laporan.stored) == (7, 1)
    assert laporan.unknown_kode == ["fitur 2: 53.14.01.2999 Uji", "fitur 3: 36.01 Uji", "fitur 7: bukan kode Uji"]
    assert laporan.without_kode == ["fitur 4: (tanpa kode) Uji", "fitur 5: (tanpa kode) Uji"]
    assert laporan.empty == ["fitur 6: 53.14.01.2006 Uji: kosong"]
    assert [k for k, *_ in hub_wilayah.stored()] == ["53.14.01.2005"]


def test_a_code_beside_the_name_of_another_region_is_told_and_not_stored(hub_wilayah: Hub) -> None:
    features = [
        feature("53.14.01.2005", square(0, 0), number=1, name="Desa OEBOU"),
        feature("53.14.01.2006", square(1, 0), number=2, name="oe bou"),
        feature("53.14.01.2007", square(2, 0), number=3, name="Tanah Merah"),
        feature("53.14", square(0, 0, 1), number=4, name="KAB. ROTE NDAO"),
    ]
    laporan = hub_wilayah.batas(features)
    told = "fitur 1: 53.14.01.2005 Desa OEBOU: kode 53.14.01.2005 adalah Oeseli, nama itu milik 53.14.01.2006 Oebou"
    assert laporan.contradicting == [told]
    assert laporan.other_names == ["fitur 3: 53.14.01.2007 Tanah Merah: di hub Lalukoen"]
    assert [k for k, *_ in hub_wilayah.stored()] == ["53.14", "53.14.01.2006", "53.14.01.2007"]
    laporan = hub_wilayah.batas(features, trust_codes=True)
    assert (laporan.contradicting, laporan.stored) == ([told], 4)


def test_a_name_of_another_day_fits_its_code(hub_wilayah: Hub) -> None:
    hub_wilayah.wilayah({**WILAYAH, "53.14.01.2005": "Kisam"}, B)
    laporan = hub_wilayah.batas([feature("53.14.01.2005", square(0, 0), name="Oeseli")], C)
    assert (laporan.contradicting, laporan.other_names, laporan.stored) == ([], [], 1)


def test_regions_left_without_a_boundary_are_listed(hub_wilayah: Hub) -> None:
    laporan = hub_wilayah.batas([feature("53.14.01.2005", square(0, 0))])
    assert laporan.without_batas == ["53.14.01.2006 Oebou", "53.14.01.2007 Lalukoen"]
    laporan = hub_wilayah.batas([feature("53.14.01.2006", square(1, 0)), feature("53.14.01", square(0, 0, 1))])
    assert laporan.without_batas == ["53.14.01.2007 Lalukoen"]


def test_a_copy_is_ignored_and_another_part_of_the_same_code_is_united(hub_wilayah: Hub) -> None:
    laporan = hub_wilayah.batas(
        [
            feature("53.14.01.2005", square(0, 0), number=1),
            feature("53.14.01.2005", square(0, 0), number=2),
            feature("53.14.01.2005", square(5, 0), number=3),
        ]
    )
    assert laporan.duplicates == [
        "fitur 2: 53.14.01.2005 Uji: salinan, diabaikan",
        "fitur 3: 53.14.01.2005 Uji: digabungkan dengan fitur sebelumnya",
    ]
    ((wkb,),) = hub_wilayah.sql("SELECT ST_AsBinary(geom) FROM batas")
    assert shapely.from_wkb(wkb).equals(shapely.union(square(0, 0), square(5, 0)))


def test_repaired_boundaries_are_counted_by_what_was_wrong(hub_wilayah: Hub) -> None:
    x, y = 123.0, -11.0
    bow_tie = Polygon([(x, y), (x + 0.02, y + 0.02), (x + 0.02, y), (x, y + 0.02)])
    geom, problem = repair(bow_tie)
    laporan = hub_wilayah.batas(
        [
            feature("53.14.01.2005", geom, problem),
            feature("53.14.01.2006", geom, problem),
            feature("53.14.01.2007", square(9, 9)),
        ]
    )
    assert laporan.repaired == {"Self-intersection": 2}
    assert laporan.stored == 3
    assert hub_wilayah.sql("SELECT bool_and(ST_IsValid(geom)) FROM batas") == [(True,)]


def test_swapped_axes_are_refused_before_anything_is_stored(hub_wilayah: Hub) -> None:
    swapped = MultiPolygon([shapely.box(-10.9, 122.9, -10.8, 123.0)])
    with pytest.raises(InvalidInputError, match="sumbu tertukar") as error:
        hub_wilayah.batas([feature("53.14.01.2005", square(0, 0)), feature("53.14.01.2006", swapped, number=2)])
    assert "fitur 2: 53.14.01.2006" in error.value.message
    assert hub_wilayah.stored() == []


@pytest.mark.parametrize(
    "box",
    [
        (13_690_000, -1_225_000, 13_700_000, -1_220_000),
        (0, 0, 1, 1),
        (150, -11, 151, -10),
        (123, -13, 124, -12.5),
        (123, 9, 124, 10),
    ],
)
def test_coordinates_outside_indonesia_are_refused(hub_wilayah: Hub, box: tuple[float, float, float, float]) -> None:
    with pytest.raises(InvalidInputError, match="di luar Indonesia"):
        hub_wilayah.batas([feature("53.14.01.2005", MultiPolygon([shapely.box(*box)]))])
    assert hub_wilayah.stored() == []


def test_without_regions_on_that_day_nothing_can_be_imported(hub_wilayah: Hub) -> None:
    with pytest.raises(InvalidInputError, match=r"2019-12-31.*hub import wilayah"):
        hub_wilayah.batas([feature("53.14", square(0, 0))], date(2019, 12, 31))


def test_progress_is_told_now_and_then_and_at_the_end(hub_wilayah: Hub) -> None:
    told: list[int] = []
    hub_wilayah.batas((feature("53.14.01.2999", square(0, 0), number=i) for i in range(450)), advance=told.append)
    assert told == [200, 400, 450]


# ---------- one boundary after another ----------


def test_the_first_boundary_holds_from_the_regions_first_day(hub_wilayah: Hub) -> None:
    hub_wilayah.batas([feature("53.14.01.2005", square(0, 0))], C)
    assert hub_wilayah.stored() == [("53.14.01.2005", A, None, False, "v1")]


def test_a_boundary_of_a_later_date_ends_the_first_and_keeps_it(hub_wilayah: Hub) -> None:
    hub_wilayah.batas([feature("53.14.01.2005", square(0, 0)), feature("53.14.01.2006", square(1, 0))])
    hub_wilayah.batas([feature("53.14.01.2005", square(2, 0))], C, version="v2")
    assert hub_wilayah.stored() == [
        ("53.14.01.2005", A, C, False, "v1"),
        ("53.14.01.2005", C, None, False, "v2"),
        ("53.14.01.2006", A, None, False, "v1"),
    ]


def test_a_boundary_of_the_same_day_replaces_the_one_there(hub_wilayah: Hub) -> None:
    for version, as_of in (("v1", A), ("v2", A), ("v3", C), ("v4", C)):
        hub_wilayah.batas([feature("53.14.01.2005", square(0, 0))], as_of, version=version)
    assert hub_wilayah.stored() == [("53.14.01.2005", A, C, False, "v2"), ("53.14.01.2005", C, None, False, "v4")]


def test_the_same_file_on_the_same_day_again_leaves_one_boundary_each(hub_wilayah: Hub) -> None:
    for _ in range(2):
        hub_wilayah.batas([feature("53.14.01.2005", square(0, 0))], C)
    assert hub_wilayah.stored() == [("53.14.01.2005", A, None, False, "v1")]


def test_an_older_boundary_that_comes_late_never_makes_two_hold_on_one_day(hub_wilayah: Hub) -> None:
    for version, as_of in (("v2020", A), ("v2025", C), ("v2022", B)):
        hub_wilayah.batas([feature("53.14.01.2005", square(0, 0))], as_of, version=version)
    rows = hub_wilayah.stored()
    for day in (date(2021, 6, 1), date(2023, 6, 1), date(2026, 6, 1)):
        assert sum(since <= day and (until is None or day < until) for _, since, until, *_ in rows) == 1, (
            day,
            rows,
        )


def test_a_sample_is_replaced_by_a_real_boundary_only_where_there_is_one(hub_wilayah: Hub) -> None:
    hub_wilayah.batas(
        [feature("53.14.01.2005", square(0, 0)), feature("53.14.01.2006", square(1, 0))],
        A,
        is_sample=True,
        version="contoh",
    )
    hub_wilayah.batas([feature("53.14.01.2005", square(2, 0))], C, version="asli")
    assert hub_wilayah.stored() == [
        ("53.14.01.2005", A, None, False, "asli"),
        ("53.14.01.2006", A, None, True, "contoh"),
    ]


def test_each_region_under_a_reused_code_has_its_own_boundary(hub_wilayah: Hub) -> None:
    hub_wilayah.batas([feature("53.14.01.2005", square(0, 0))])
    hub_wilayah.wilayah({**WILAYAH, "53.14.01.2005": "Tasilo", "53.14.01.2009": "Oeseli"}, C)
    hub_wilayah.batas([feature("53.14.01.2005", square(5, 0)), feature("53.14.01.2009", square(0, 0))], C, version="v2")
    rows = hub_wilayah.sql("SELECT kode, wilayah_sejak, sejak, sampai, versi FROM batas ORDER BY 1, 2")
    assert rows == [
        ("53.14.01.2005", A, A, None, "v1"),
        ("53.14.01.2005", C, C, None, "v2"),
        ("53.14.01.2009", C, C, None, "v2"),
    ]


# ---------- files ----------

ACEH = [
    shapely.box(97.1, 4.1, 97.2, 4.2),
    MultiPolygon([shapely.box(97.3, 4.1, 97.4, 4.2), shapely.box(97.5, 4.1, 97.6, 4.2)]),
]


def write(
    file: Path, shapes: Sequence[Any], kode: Sequence[str | None], *, epsg: int | None = 4326, column: str = "KDEPUM"
) -> Path:
    """A boundary file whose coordinates are those of `shapes` (EPSG:4326), written in another system."""
    if epsg not in (None, 4326):
        transformer = Transformer.from_crs(4326, epsg, always_xy=True)
        shapes = [
            shapely.transform(g, lambda t: np.column_stack(transformer.transform(t[:, 0], t[:, 1]))) for g in shapes
        ]
    multipolygons = [g if isinstance(g, MultiPolygon) else MultiPolygon([g]) for g in shapes]
    names = np.array([f"Nama {i}" for i in range(len(multipolygons))], dtype=object)
    pyogrio.raw.write(
        file, geometry=np.array(shapely.to_wkb(multipolygons), dtype=object), field_data=[np.array(kode, dtype=object), names],
        fields=[column, "NAMOBJ"], geometry_type="MultiPolygon", crs=None if epsg is None else f"EPSG:{epsg}",
    )  # fmt: skip
    return file


@pytest.mark.parametrize(
    ("suffix", "epsg"), [("geojson", 4326), *((a, e) for a in ("shp", "fgb", "gpkg") for e in (4326, 3857, 23830))]
)
def test_every_format_and_system_comes_back_to_degrees(tmp_path: Path, suffix: str, epsg: int) -> None:
    file = BatasFile(write(tmp_path / f"batas.{suffix}", ACEH, ["11.05.01.2001", "11.05.01.2002"], epsg=epsg))
    assert (file.feature_count, file.crs.to_epsg()) == (2, epsg)
    by_code = {f.kode: f for f in file.features()}  # FlatGeobuf orders features by place
    assert by_code.keys() == {"11.05.01.2001", "11.05.01.2002"}
    for original, f in zip(ACEH, (by_code["11.05.01.2001"], by_code["11.05.01.2002"]), strict=True):
        assert f.geom is not None
        assert f.problem is None
        assert len(f.geom.geoms) == len(getattr(original, "geoms", [original]))
        assert f.geom.hausdorff_distance(original) < 1e-6
        assert f.geom.symmetric_difference(original).area < 1e-6 * original.area * 100
    assert sorted(f.name for f in by_code.values()) == ["Nama 0", "Nama 1"]


@pytest.mark.parametrize("column", ["KDCPUM", "KDPKAB", "KDPPUM", "kode", "KODE", "kode_desa", "kode_wilayah"])
def test_the_code_may_stand_in_any_known_column(tmp_path: Path, column: str) -> None:
    file = write(tmp_path / "batas.gpkg", ACEH, ["11.05.01.2001", None], column=column)
    assert [(f.number, f.kode, f.name) for f in BatasFile(file).features()] == [
        (1, "11.05.01.2001", "Nama 0"),
        (2, "", "Nama 1"),
    ]


def test_a_file_without_a_code_column_is_refused_naming_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"tidak ada kolom kode; dicari KDEPUM.*yang ada: FID_1, NAMOBJ"):
        BatasFile(write(tmp_path / "batas.gpkg", ACEH, ["1", "2"], column="FID_1"))


def test_a_file_that_is_missing_or_no_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"tidak-ada\.gpkg tidak ada"):
        BatasFile(tmp_path / "tidak-ada.gpkg")
    (tmp_path / "batas.gpkg").write_text("ini bukan peta")
    with pytest.raises(InvalidInputError, match="tidak dapat dibaca sebagai berkas batas"):
        BatasFile(tmp_path / "batas.gpkg")


def test_without_a_coordinate_system_only_degrees_are_believed(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="crs"):
        in_degrees = write(tmp_path / "derajat.shp", ACEH, ["11.05.01.2001", "11.05.01.2002"], epsg=None)
    assert BatasFile(in_degrees).crs.to_epsg() == 4326
    meter = [shapely.box(300_000, 500_000, 310_000, 510_000)]
    with pytest.warns(UserWarning, match="crs"):
        in_metres = write(tmp_path / "meter.shp", meter, ["11.05.01.2001"], epsg=None)
    with pytest.raises(InvalidInputError, match=r"bukan derajat; sertakan berkas \.prj"):
        BatasFile(in_metres)
