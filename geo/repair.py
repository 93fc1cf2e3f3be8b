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
    datar = shapely.force_2d(geometry)
    bagian = _polygons(datar)
    if not bagian:
        return None, f"bukan poligon ({datar.geom_type})"
    if isinstance(datar, Polygon | MultiPolygon) and datar.is_valid:
        return MultiPolygon(bagian), None
    sebab = "campuran bentuk" if datar.is_valid else str(shapely.is_valid_reason(datar)).split("[")[0].strip()
    if not np.isfinite(shapely.get_coordinates(datar)).all():
        return None, "koordinat bukan angka"
    utuh = shapely.union_all([_whole(p) for p in bagian])
    hasil = [p for p in _polygons(utuh) if p.area > 0]
    return (MultiPolygon(hasil), sebab) if hasil else (None, "tanpa luas")


def _whole(polygon: Polygon) -> BaseGeometry:
    tepi = _ring_area(polygon.exterior)
    lubang: list[BaseGeometry] = []
    pulau: list[BaseGeometry] = []
    for ring in polygon.interiors:
        area = _ring_area(ring)
        (lubang if area.intersection(tepi).area > area.area / 2 else pulau).append(area)
    return shapely.union_all([tepi.difference(shapely.union_all(lubang)), *pulau])


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
        return [p for bagian in geometry.geoms for p in _polygons(bagian)]
    return []
