"""Areas made a coverage and simplified: nothing overlaps, nothing gapes, neighbours share their border vertex by vertex."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from shapely import LineString, MultiPolygon, Polygon

from geo.arrays import Geometries, geometries
from geo.coverage import as_multis, clean, dissolve, gaps, is_narrow, longest_border, simplify
from geo.edges import edges_of
from geo.mercator import to_degrees, to_mercator
from geo.zoom_bands import COARSER


@pytest.fixture(scope="module")
def rote(data: Path) -> tuple[list[str], Geometries]:
    """Codes and areas of the real desa of Rote Ndao, EPSG:3857; they overlap and gape."""
    _, _, wkb, (kode, *_) = pyogrio.raw.read(data / "rote_ndao" / "desa.geojson", columns=["kode"])
    urut = np.argsort(kode)
    return [str(k) for k in kode[urut]], to_mercator(shapely.from_wkb(wkb[urut]))


def test_an_overlap_goes_to_the_smaller_area() -> None:
    besar, kecil = shapely.box(0, 0, 100, 100), shapely.box(90, 20, 120, 60)
    bersih = clean(geometries([besar, kecil]), 0)[0]
    assert shapely.coverage_is_valid(bersih)
    assert bersih[1].equals(kecil)
    assert bersih[0].equals(besar.difference(kecil))


def test_an_area_inside_another_keeps_its_place() -> None:
    luar, dalam = shapely.box(0, 0, 100, 100), shapely.box(40, 40, 60, 60)
    bersih = clean(geometries([luar, dalam]), 0)[0]
    assert [g.area for g in bersih] == [9_600, 400]
    assert shapely.coverage_is_valid(bersih)


def test_a_narrow_gap_is_filled_by_the_neighbour_with_the_longest_border_and_a_lake_stays() -> None:
    kiri = Polygon([(0, 0), (50, 0), (50, 100), (0, 100)])
    kanan = Polygon([(50, 0), (100, 0), (100, 100), (50, 100), (58, 50)])  # leaves a sliver 8 wide, open nowhere
    bawah = Polygon([(0, 0), (100, 0), (100, -100), (0, -100)], [[(20, -80), (80, -80), (80, -20), (20, -20)]])
    bersih = clean(geometries([kiri, kanan, bawah]), 10)[0]
    assert shapely.coverage_is_valid(bersih)
    assert shapely.area(bersih).tolist() == pytest.approx([5_000, 5_000, 10_000 - 3_600])  # kanan: its border is longer
    (danau,) = gaps(shapely.union_all(bersih))
    assert danau.area == 3_600
    assert shapely.area(clean(geometries([kiri, kanan, bawah]), 0)[0]).tolist() == pytest.approx([5_000, 4_600, 6_400])


def test_a_gap_all_around_an_enclave_is_a_ring() -> None:
    luar = Polygon(shapely.box(0, 0, 100, 100).exterior, [shapely.box(40, 40, 60, 60).exterior])
    dalam = shapely.box(42, 42, 58, 58)
    (celah,) = gaps(shapely.union_all([luar, dalam]))
    assert celah.area == 400 - 256
    bersih = clean(geometries([luar, dalam]), 5)[0]
    assert shapely.area(bersih).tolist() == [9_600 + 144, 256]


def test_narrow_is_nowhere_wider_than_that() -> None:
    bentuk = geometries(
        [
            shapely.box(0, 0, 1_000, 9),
            shapely.box(0, 0, 11, 11),
            shapely.box(0, 0, 1_000, 9).union(shapely.Point(500, 0).buffer(30)),
        ]
    )
    assert is_narrow(bentuk, 10).tolist() == [True, False, False]


def test_the_longest_border_is_measured_and_the_first_wins_a_tie() -> None:
    tengah = shapely.box(0, 0, 10, 30)
    sekitar = geometries([
        Polygon([(10, 0), (20, 0), (20, 30), (10, 30)]), Polygon([(-10, 0), (0, 0), (0, 30), (-10, 30)]), shapely.box(0, 30, 10, 40),
    ])  # fmt: skip
    assert longest_border(geometries([tengah, shapely.box(50, 50, 60, 60)]), sekitar).tolist() == [0, -1]


def test_an_edge_is_the_same_from_both_sides() -> None:
    sisi = edges_of(
        geometries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), MultiPolygon([shapely.box(5, -0.0, 6, 1)])])
    )
    assert len(sisi.key) == 12
    sama = [k for k in np.unique(sisi.key) if (sisi.key == k).sum() == 2]
    assert len(sama) == 1
    assert sisi.owner[sisi.key == sama[0]].tolist() == [0, 1]
    assert sisi.length.tolist() == [1] * 12


def test_real_desa_come_out_as_a_coverage_that_differs_little(rote: tuple[list[str], Geometries]) -> None:
    _, asal = rote
    assert not shapely.coverage_is_valid(asal)
    bersih = clean(asal, 50)[0]
    assert shapely.coverage_is_valid(bersih)
    assert shapely.is_valid(bersih).all()
    assert not is_narrow(gaps(shapely.union_all(bersih)), 50).any()
    assert shapely.area(bersih) == pytest.approx(shapely.area(asal), rel=0.01)
    assert shapely.area(bersih).sum() == pytest.approx(shapely.union_all(asal).area, rel=1e-3)


def test_every_band_of_real_desa_stays_a_coverage(rote: tuple[list[str], Geometries]) -> None:
    kode, asal = rote
    petak = clean(asal, 50)[0]
    _, kecamatan = dissolve(petak, [k[:8] for k in kode])
    assert len(kecamatan) == 11
    for isi in (petak, kecamatan):
        titik = shapely.get_num_coordinates(isi).sum()
        for b in COARSER:
            isi = simplify(isi, b.tolerance)
            assert shapely.coverage_is_valid(isi)
            assert shapely.is_valid(isi).all()
            assert not shapely.is_empty(isi).any()
            assert shapely.area(isi).sum() == pytest.approx(shapely.union_all(isi).area, rel=1e-9)
            sekarang = shapely.get_num_coordinates(isi).sum()
            assert sekarang < titik
            titik = sekarang


def test_dissolving_gives_the_union_of_the_parts_in_order_of_key(rote: tuple[list[str], Geometries]) -> None:
    kode, asal = rote
    petak = clean(asal, 50)[0]
    kunci, gabung = dissolve(petak, [k[:8] for k in kode])
    assert kunci == sorted({k[:8] for k in kode})
    for k, g in zip(kunci, gabung, strict=True):
        assert g.equals(shapely.union_all(petak[[p.startswith(k) for p in kode]]))


def test_what_is_no_coverage_is_still_united_and_simplified() -> None:
    tindih = geometries([shapely.box(0, 0, 10, 10), shapely.box(5, 5, 15, 15), Polygon()])
    assert [g.area for g in dissolve(tindih, ["a", "a", "b"])[1]] == [175]
    assert shapely.is_valid(simplify(tindih[:2], 1)).all()


def test_everything_comes_out_as_multipolygons() -> None:
    bentuk = geometries(
        [shapely.box(0, 0, 1, 1), shapely.GeometryCollection([shapely.box(2, 2, 3, 3), LineString([(0, 0), (1, 1)])])]
    )
    multi = as_multis(bentuk)
    assert [g.geom_type for g in multi] == ["MultiPolygon"] * 2
    assert shapely.area(multi).tolist() == [1, 1]


def test_mercator_is_epsg_3857_and_comes_back() -> None:
    titik = geometries([shapely.Point(123.05, -10.73), shapely.Point(-179.9, 0), shapely.Point(141, 6)])
    datar = to_mercator(titik)
    ubah = Transformer.from_crs(4326, 3857, always_xy=True)
    for asal, d, kembali in zip(titik, datar, to_degrees(datar), strict=True):
        assert (d.x, d.y) == pytest.approx(ubah.transform(asal.x, asal.y), abs=1e-6)
        assert asal.distance(kembali) < 1e-12
