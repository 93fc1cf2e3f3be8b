"""A point that surely lies inside a polygon, where a label or a circle may stand."""

import numpy as np
import shapely
from shapely import MultiPolygon, Point

from geo.arrays import Geometries


def label_point(geometry: MultiPolygon) -> Point:
    """A point inside the largest part, same coordinates as the input; away from the edge where that is cheap."""
    terbesar = max(geometry.geoms, key=lambda p: p.area)
    pusat = terbesar.centroid
    if shapely.contains_properly(terbesar, pusat):
        return pusat
    return terbesar.representative_point()


def label_points(shapes: Geometries) -> Geometries:
    """The label point of each of many areas, none of them empty."""
    bagian, milik = shapely.get_parts(shapes, return_index=True)
    luas = shapely.area(bagian)
    terbesar = bagian[np.lexsort((-luas, milik))[np.searchsorted(milik, np.arange(len(shapes)))]]
    hasil: Geometries = shapely.centroid(terbesar)
    luar = ~shapely.contains_properly(terbesar, hasil)
    hasil[luar] = shapely.point_on_surface(terbesar[luar])
    return hasil


def keep_inside(points: Geometries, shapes: Geometries) -> Geometries:
    """The points, each that does not lie inside its shape replaced by the shape's own label point."""
    hasil = points.copy()
    luar = ~shapely.contains_properly(shapes, points)
    if luar.any():
        hasil[luar] = label_points(shapes[luar])
    return hasil
