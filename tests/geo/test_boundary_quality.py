"""What is wrong with boundaries: each kind told once per kabupaten concerned, with its place and geodesic area."""

import pytest
import shapely
from pyproj import Geod
from shapely import MultiPolygon, Polygon

from geo.boundary_quality import Finding, Limits, Parts, examine

NO_LIMITS = Limits(0, 0)


def rectangle(x: float, y: float, width: float = 1, height: float = 1) -> Polygon:
    """Hundredths of a degree from 123° E, 11° S."""
    return shapely.box(123 + x / 100, -11 + y / 100, 123 + (x + width) / 100, -11 + (y + height) / 100)


def check(unit: str, areas: dict[str, Polygon], *levels: Parts, limits: Limits = NO_LIMITS) -> list[Finding]:
    return examine(unit, {k: MultiPolygon([g]).wkb for k, g in areas.items()}, list(levels), limits)


def m2(shape: Polygon) -> float:
    return abs(float(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]))


def test_an_overlap_is_told_with_its_share_of_the_smaller() -> None:
    areas = {
        "53.14.01.2001": rectangle(0, 0, 2, 1),
        "53.14.01.2002": rectangle(1.5, 0),
        "53.14.01.2003": rectangle(2.5, 0),
    }
    (one,) = check("53.14", areas)
    assert (one.kind, one.kode, one.others, one.first) == (
        "TUMPANG_TINDIH",
        "53.14.01.2001",
        ("53.14.01.2002",),
        True,
    )
    assert one.share == pytest.approx(0.5)
    assert one.m2 == pytest.approx(m2(rectangle(1.5, 0, 0.5, 1)), rel=1e-9)
    assert one.geom is not None
    assert one.m2 is not None
    assert shapely.from_wkb(one.geom).equals(rectangle(1.5, 0, 0.5, 1))
    assert check("53.14", areas, limits=Limits(one.m2 + 1, 0)) == []
    assert check("53.14", areas, limits=Limits(one.m2 - 1, 0)) == [one]


def test_an_overlap_across_a_border_is_told_to_both_and_counted_once() -> None:
    areas = {"53.01.01.2001": rectangle(0, 0, 2, 1), "53.02.01.2001": rectangle(1, 0, 2, 1)}
    one, other = (check(u, areas)[0] for u in ("53.01", "53.02"))
    assert (one.kode, one.others, one.first) == ("53.01.01.2001", ("53.02.01.2001",), True)
    assert (other.kode, other.others, other.first) == ("53.02.01.2001", ("53.01.01.2001",), False)
    assert one.m2 == other.m2
    assert check("53.03", areas) == []


def test_a_gap_is_told_to_all_around_it() -> None:
    areas = {
        "53.01.01.2001": rectangle(0, 0, 3, 1), "53.01.01.2002": rectangle(0, 1, 1, 2), "53.02.01.2001": rectangle(1, 2, 2, 1),
        "53.02.01.2002": rectangle(2, 1), "53.01.01.2003": rectangle(4, 0),
    }  # fmt: skip
    (one,) = check("53.01", areas)
    (other,) = check("53.02", areas)
    assert (one.kind, one.kode, one.first, other.first) == ("CELAH", "53.01.01.2001", True, False)
    assert one.others == ("53.01.01.2002", "53.02.01.2001", "53.02.01.2002")
    assert other.kode == "53.02.01.2001"
    assert one.m2 == pytest.approx(m2(rectangle(1, 1)), rel=1e-9)


def test_an_area_outside_the_region_above_is_told_with_where_it_lies() -> None:
    kecamatan = {"53.14.01": rectangle(0, 0, 2, 2).wkb, "53.14.02": rectangle(2, 0, 2, 2).wkb}
    desa = {
        "53.14.01.2001": rectangle(0, 0, 2.5, 1).wkb,  # a little outside
        "53.14.01.2002": rectangle(1.8, 1).wkb,  # mostly in the other
        "53.14.01.2003": rectangle(6, 6).wkb,  # in none
        "53.14.03.2001": rectangle(0, 0).wkb,  # its own is not known
    }
    one, other = check("53.14", {}, Parts(desa, kecamatan))
    assert (one.kode, one.others, other.kode, other.others) == ("53.14.01.2002", ("53.14.02",), "53.14.01.2003", ())
    assert one.share == pytest.approx(0.2)
    assert other.share == 0
    assert other.m2 == pytest.approx(m2(rectangle(6, 6)), rel=1e-9)
    assert [f.kode for f in check("53.14", {}, Parts(desa, kecamatan), limits=Limits(0, 0, 0.9))] == [
        "53.14.01.2001", "53.14.01.2002", "53.14.01.2003",
    ]  # fmt: skip


def test_an_area_whose_middle_lies_outside_is_told_even_when_half_of_it_is_inside() -> None:
    hollow = Polygon(rectangle(0, 0, 3, 3).exterior, [rectangle(1, 1).exterior])
    (temuan,) = check(
        "53.14",
        {},
        Parts({"53.14.01.2001": rectangle(0.9, 0.9, 1.2, 1.2).wkb}, {"53.14.01": hollow.wkb}),
        limits=Limits(0, 0, 0.1),
    )
    assert temuan.share == pytest.approx(1 - 1 / 1.44)
