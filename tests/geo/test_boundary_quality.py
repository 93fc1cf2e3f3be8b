"""What is wrong with boundaries: each kind told once per kabupaten concerned, with its place and geodesic area."""

import pytest
import shapely
from pyproj import Geod
from shapely import MultiPolygon, Polygon

from geo.boundary_quality import Finding, Limits, Parts, examine

SEMUA = Limits(0, 0)


def petak(x: float, y: float, lebar: float = 1, tinggi: float = 1) -> Polygon:
    """Hundredths of a degree from 123° E, 11° S."""
    return shapely.box(123 + x / 100, -11 + y / 100, 123 + (x + lebar) / 100, -11 + (y + tinggi) / 100)


def periksa(unit: str, areas: dict[str, Polygon], *tingkat: Parts, limits: Limits = SEMUA) -> list[Finding]:
    return examine(unit, {k: MultiPolygon([g]).wkb for k, g in areas.items()}, list(tingkat), limits)


def m2(bentuk: Polygon) -> float:
    return abs(float(Geod(ellps="WGS84").geometry_area_perimeter(bentuk)[0]))


def test_an_overlap_is_told_with_its_share_of_the_smaller() -> None:
    areas = {"53.14.01.2001": petak(0, 0, 2, 1), "53.14.01.2002": petak(1.5, 0), "53.14.01.2003": petak(2.5, 0)}
    (satu,) = periksa("53.14", areas)
    assert (satu.jenis, satu.kode, satu.others, satu.first) == (
        "TUMPANG_TINDIH",
        "53.14.01.2001",
        ("53.14.01.2002",),
        True,
    )
    assert satu.share == pytest.approx(0.5)
    assert satu.m2 == pytest.approx(m2(petak(1.5, 0, 0.5, 1)), rel=1e-9)
    assert satu.geom is not None
    assert satu.m2 is not None
    assert shapely.from_wkb(satu.geom).equals(petak(1.5, 0, 0.5, 1))
    assert periksa("53.14", areas, limits=Limits(satu.m2 + 1, 0)) == []
    assert periksa("53.14", areas, limits=Limits(satu.m2 - 1, 0)) == [satu]


def test_an_overlap_across_a_border_is_told_to_both_and_counted_once() -> None:
    areas = {"53.01.01.2001": petak(0, 0, 2, 1), "53.02.01.2001": petak(1, 0, 2, 1)}
    satu, dua = (periksa(u, areas)[0] for u in ("53.01", "53.02"))
    assert (satu.kode, satu.others, satu.first) == ("53.01.01.2001", ("53.02.01.2001",), True)
    assert (dua.kode, dua.others, dua.first) == ("53.02.01.2001", ("53.01.01.2001",), False)
    assert satu.m2 == dua.m2
    assert periksa("53.03", areas) == []


def test_a_gap_is_told_to_all_around_it() -> None:
    areas = {
        "53.01.01.2001": petak(0, 0, 3, 1), "53.01.01.2002": petak(0, 1, 1, 2), "53.02.01.2001": petak(1, 2, 2, 1),
        "53.02.01.2002": petak(2, 1), "53.01.01.2003": petak(4, 0),
    }  # fmt: skip
    (satu,) = periksa("53.01", areas)
    (dua,) = periksa("53.02", areas)
    assert (satu.jenis, satu.kode, satu.first, dua.first) == ("CELAH", "53.01.01.2001", True, False)
    assert satu.others == ("53.01.01.2002", "53.02.01.2001", "53.02.01.2002")
    assert dua.kode == "53.02.01.2001"
    assert satu.m2 == pytest.approx(m2(petak(1, 1)), rel=1e-9)


def test_an_area_outside_the_region_above_is_told_with_where_it_lies() -> None:
    kecamatan = {"53.14.01": petak(0, 0, 2, 2).wkb, "53.14.02": petak(2, 0, 2, 2).wkb}
    desa = {
        "53.14.01.2001": petak(0, 0, 2.5, 1).wkb,  # a little outside
        "53.14.01.2002": petak(1.8, 1).wkb,  # mostly in the other
        "53.14.01.2003": petak(6, 6).wkb,  # in none
        "53.14.03.2001": petak(0, 0).wkb,  # its own is not known
    }
    satu, dua = periksa("53.14", {}, Parts(desa, kecamatan))
    assert (satu.kode, satu.others, dua.kode, dua.others) == ("53.14.01.2002", ("53.14.02",), "53.14.01.2003", ())
    assert satu.share == pytest.approx(0.2)
    assert dua.share == 0
    assert dua.m2 == pytest.approx(m2(petak(6, 6)), rel=1e-9)
    assert [f.kode for f in periksa("53.14", {}, Parts(desa, kecamatan), limits=Limits(0, 0, 0.9))] == [
        "53.14.01.2001", "53.14.01.2002", "53.14.01.2003",
    ]  # fmt: skip


def test_an_area_whose_middle_lies_outside_is_told_even_when_half_of_it_is_inside() -> None:
    tengah_kosong = Polygon(petak(0, 0, 3, 3).exterior, [petak(1, 1).exterior])
    (temuan,) = periksa(
        "53.14",
        {},
        Parts({"53.14.01.2001": petak(0.9, 0.9, 1.2, 1.2).wkb}, {"53.14.01": tengah_kosong.wkb}),
        limits=Limits(0, 0, 0.1),
    )
    assert temuan.share == pytest.approx(1 - 1 / 1.44)
