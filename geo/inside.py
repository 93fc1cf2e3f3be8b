"""A point that surely lies inside a polygon, where a label or a circle may stand."""

import numpy as np
import shapely
from shapely import MultiPolygon, Point

from geo.arrays import Geometries


def label_point(geometry: MultiPolygon) -> Point:
    """A point inside the largest part, same coordinates as the input; away from the edge where that is cheap."""
    largest = max(geometry.geoms, key=lambda p: p.area)
    centre = largest.centroid
    if shapely.contains_properly(largest, centre):
        return centre
    return largest.representative_point()


def label_points(shapes: Geometries) -> Geometries:
    """The label point of each of many areas, none of them empty."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    areas = shapely.area(parts)
    largest = parts[np.lexsort((-areas, owners))[np.searchsorted(owners, np.arange(len(shapes)))]]
    points: Geometries = shapely.centroid(largest)
    outside = ~shapely.contains_properly(largest, points)
    points[outside] = shapely.point_on_surface(largest[outside])
    return points


def keep_inside(points: Geometries, shapes: Geometries) -> Geometries:
    """The points, each that does not lie inside its shape replaced by the shape's own label point."""
    kept = points.copy()
    outside = ~shapely.contains_properly(shapes, points)
    if outside.any():
        kept[outside] = label_points(shapes[outside])
    return kept
