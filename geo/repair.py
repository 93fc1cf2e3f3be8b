"""Broken polygons made whole. Coordinates are whatever the caller uses; nothing here depends on units or axes."""

import numpy as np
import shapely
from shapely import GeometryCollection, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry


def repair(geometry: BaseGeometry | None) -> tuple[MultiPolygon | None, str | None]:
    """A valid 2-D MultiPolygon of the same place, and what was wrong (None when nothing was).

    Returns (None, reason) when no area can be made of it. Rings that boundary data is known to hold:
    - islets nested inside a shell, as polygons of their own: they belong to the unit and are united with it;
    - "holes" that lie outside the shell: islets written as rings of the mainland, united as well;
    - shells that cross themselves: every lobe is kept;
    - unclosed rings: closed by the reader.
    """
    if geometry is None or geometry.is_empty:
        return None, "kosong"
    flat = shapely.force_2d(geometry)
    parts = _polygons(flat)
    if not parts:
        return None, f"bukan poligon ({flat.geom_type})"
    if isinstance(flat, Polygon | MultiPolygon) and flat.is_valid:
        return MultiPolygon(parts), None
    reason = "campuran bentuk" if flat.is_valid else str(shapely.is_valid_reason(flat)).split("[")[0].strip()
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        return None, "koordinat bukan angka"
    whole = shapely.union_all([_whole(p) for p in parts])
    polygons = [p for p in _polygons(whole) if p.area > 0]
    return (MultiPolygon(polygons), reason) if polygons else (None, "tanpa luas")


def _whole(polygon: Polygon) -> BaseGeometry:
    shell = _ring_area(polygon.exterior)
    holes: list[BaseGeometry] = []
    islands: list[BaseGeometry] = []
    for ring in polygon.interiors:
        area = _ring_area(ring)
        (holes if area.intersection(shell).area > area.area / 2 else islands).append(area)
    return shapely.union_all([shell.difference(shapely.union_all(holes)), *islands])


def _ring_area(ring: shapely.LinearRing) -> BaseGeometry:
    """All area a ring encloses. "linework" keeps both lobes of a crossing ring but drops what is wound twice;
    "structure" keeps what is wound twice but may drop a lobe; together they drop nothing."""
    polygon = Polygon(ring)
    if polygon.is_valid:
        return polygon
    return shapely.union(
        _area(shapely.make_valid(polygon, method="linework")),
        _area(shapely.make_valid(polygon, method="structure", keep_collapsed=False)),
    )


def _area(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.union_all(_polygons(geometry))


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    if isinstance(geometry, MultiPolygon | GeometryCollection):
        return [p for part in geometry.geoms for p in _polygons(part)]
    return []
