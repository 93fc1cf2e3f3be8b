"""Made-up areas for a demo: an outline cut into cells around given points. EPSG:4326, longitude first.

The cells share their edges exactly (a Voronoi diagram), so they are a clean coverage; they are nobody's border.
"""

from collections.abc import Sequence
from random import Random

import shapely
from shapely import MultiPolygon, Point, Polygon


def cells(outline: Polygon | MultiPolygon, points: Sequence[Point]) -> list[MultiPolygon]:
    """One area per point, in the order of the points; together they are the outline.

    Raises ValueError when two points coincide or one lies outside the outline.
    """
    if len({(p.x, p.y) for p in points}) != len(points):
        raise ValueError("two points coincide")
    if not all(outline.contains(p) for p in points):
        raise ValueError("a point lies outside the outline")
    if len(points) == 1:
        return [_multi(outline)]
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(list(points)), extend_to=outline.buffer(1), ordered=True)
    return [_multi(outline.intersection(cell)) for cell in diagram.geoms]


def scatter(outline: Polygon | MultiPolygon, many: int, seed: str) -> list[Point]:
    """`many` points inside the outline, spread out, always the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311 - reproducible, not secret
    west, south, east, north = outline.bounds
    shapely.prepare(outline)
    points: list[Point] = []
    while len(points) < many:
        # of some candidates take the one farthest from those already placed: cells come out about equally large
        candidates: list[Point] = []
        while len(candidates) < 12:
            point = Point(round(chance.uniform(west, east), 5), round(chance.uniform(south, north), 5))
            if outline.contains(point):
                candidates.append(point)
        points.append(max(candidates, key=lambda t: min((t.distance(p) for p in points), default=0.0)))
    return points


def rough(points: Sequence[tuple[float, float]], seed: str, steps: int = 8) -> Polygon:
    """A closed outline through the given corners (lon, lat), roughened so that it looks like a coast."""
    chance = Random(seed)  # noqa: S311 - reproducible, not secret
    corners: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        for i in range(steps):
            t = i / steps
            shift = chance.uniform(-0.035, 0.035) * length if i else 0.0
            corners.append(
                (x1 + (x2 - x1) * t + (y2 - y1) * shift / length, y1 + (y2 - y1) * t - (x2 - x1) * shift / length)
            )
    polygon = Polygon([(round(x, 5), round(y, 5)) for x, y in corners])
    if not polygon.is_valid:
        raise ValueError("the corners make an outline that crosses itself")
    return polygon


def _multi(geometry: shapely.Geometry) -> MultiPolygon:
    if isinstance(geometry, Polygon):
        return MultiPolygon([geometry])
    return MultiPolygon([p for p in geometry.geoms if isinstance(p, Polygon)])
