"""A point that surely lies inside a polygon, where a label or a circle may stand."""

import shapely
from shapely import MultiPolygon, Point


def label_point(geometry: MultiPolygon) -> Point:
    """A point inside the largest part, same coordinates as the input; away from the edge where that is cheap."""
    terbesar = max(geometry.geoms, key=lambda p: p.area)
    pusat = terbesar.centroid
    if shapely.contains_properly(terbesar, pusat):
        return pusat
    return terbesar.representative_point()
