"""What a region's own boundary holds beyond its parts."""

import pytest
import shapely
from shapely import Polygon

from geo.uncovered import uncovered

_KM = 1 / 111.32  # degrees of one kilometre, near enough


def rectangle(x: float, y: float, width: float, height: float) -> Polygon:
    """A rectangle, kilometres east and north of 123° E, 10° S."""
    return shapely.box(123 + x * _KM, -10 + y * _KM, 123 + (x + width) * _KM, -10 + (y + height) * _KM)


def remainder(own: Polygon, *parts: Polygon, whole: bool = False) -> shapely.Geometry | None:
    result = uncovered(own.wkb, [p.wkb for p in parts], whole=whole)
    return None if result is None else shapely.from_wkb(result)


def test_the_place_of_a_missing_part_is_kept() -> None:
    result = remainder(rectangle(0, 0, 10, 10), rectangle(0, 0, 10, 6), rectangle(0, 6, 5, 4))
    assert result is not None
    assert result.equals(shapely.MultiPolygon([rectangle(5, 6, 5, 4)]))


def test_the_difference_between_two_drawings_of_a_border_is_not() -> None:
    assert remainder(rectangle(0, 0, 10, 10), rectangle(0, 0, 10, 9.7)) is None  # 300 m of a strip is too narrow
    assert remainder(rectangle(0, 0, 10, 10), rectangle(0, 0, 10, 9.3)) is not None
    assert remainder(rectangle(0, 0, 10, 10), rectangle(0, 0, 10, 10)) is None


def test_a_small_region_has_smaller_parts() -> None:
    assert remainder(rectangle(0, 0, 1, 1), rectangle(0, 0, 1, 0.7)) is not None


def test_a_region_without_any_part_is_never_nothing() -> None:
    own, neighbour = rectangle(0, 0, 10, 10), rectangle(-5, -5, 20, 20)
    assert remainder(own, neighbour) is None
    whole = remainder(own, neighbour, whole=True)
    assert whole is not None
    assert whole.equals(own)
    strip = remainder(own, rectangle(0, 0, 10, 9.5), whole=True)
    assert strip is not None
    assert strip.area == pytest.approx(own.area / 20, rel=1e-6)
