"""What a region's own boundary holds beyond its parts."""

import pytest
import shapely
from shapely import Polygon

from geo.uncovered import uncovered

_KM = 1 / 111.32  # degrees of one kilometre, near enough


def kotak(x: float, y: float, lebar: float, tinggi: float) -> Polygon:
    """A rectangle, kilometres east and north of 123° E, 10° S."""
    return shapely.box(123 + x * _KM, -10 + y * _KM, 123 + (x + lebar) * _KM, -10 + (y + tinggi) * _KM)


def sisa(own: Polygon, *parts: Polygon, whole: bool = False) -> shapely.Geometry | None:
    hasil = uncovered(own.wkb, [p.wkb for p in parts], whole=whole)
    return None if hasil is None else shapely.from_wkb(hasil)


def test_the_place_of_a_missing_part_is_kept() -> None:
    hasil = sisa(kotak(0, 0, 10, 10), kotak(0, 0, 10, 6), kotak(0, 6, 5, 4))
    assert hasil is not None
    assert hasil.equals(shapely.MultiPolygon([kotak(5, 6, 5, 4)]))


def test_the_difference_between_two_drawings_of_a_border_is_not() -> None:
    assert sisa(kotak(0, 0, 10, 10), kotak(0, 0, 10, 9.7)) is None  # 300 m of a strip is too narrow
    assert sisa(kotak(0, 0, 10, 10), kotak(0, 0, 10, 9.3)) is not None
    assert sisa(kotak(0, 0, 10, 10), kotak(0, 0, 10, 10)) is None


def test_a_small_region_has_smaller_parts() -> None:
    assert sisa(kotak(0, 0, 1, 1), kotak(0, 0, 1, 0.7)) is not None


def test_a_region_without_any_part_is_never_nothing() -> None:
    own, tetangga = kotak(0, 0, 10, 10), kotak(-5, -5, 20, 20)
    assert sisa(own, tetangga) is None
    utuh = sisa(own, tetangga, whole=True)
    assert utuh is not None
    assert utuh.equals(own)
    separuh = sisa(own, kotak(0, 0, 10, 9.5), whole=True)
    assert separuh is not None
    assert separuh.area == pytest.approx(own.area / 20, rel=1e-6)
