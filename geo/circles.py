"""Geodesic circles as polygons: their union on the map, and how much of an area they cover. EPSG:4326, longitude first;
distances in metres along the geodesic (WGS 84)."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely
from shapely import Geometry

from geo.arrays import Bools, Floats, Geometries, Ints
from geo.geodesic import GEOD, earth_centred
from geo.near import Points, nearest

_CORNERS = 48  # corners of a circle for shares of areas: its edge is off by 0.14 % of the radius, its area by nothing
_FEWEST, _MOST = 16, 360
# Circles are united in squares of 40 km, so that each is united about once, and areas meet what lies in squares of 10 km, so
# that each meets few edges. Sides in degrees.
_REGION, _PIECE = 0.36, 0.09
_THREADS = min(4, os.cpu_count() or 1)
_MARGIN = 1e-5  # degrees: what is cut off lies beyond the areas, so that an area at the edge can be inside


def circles(centres: Floats, metres: float, corners: int = _CORNERS) -> Geometries:
    """A polygon around each centre, (n, 2) degrees, with just the circle's area: half of it a little outside the circle, half
    inside."""
    n = len(centres)
    angle = 2 * np.pi / corners
    radius = metres * np.sqrt(angle / np.sin(angle))
    directions = np.tile(np.linspace(0.0, 360.0, corners, endpoint=False), n)
    lon, lat = np.repeat(centres[:, 0], corners), np.repeat(centres[:, 1], corners)
    x, y, _ = GEOD.fwd(lon, lat, directions, np.full(n * corners, radius))
    rings = np.column_stack([x, y]).reshape(n, corners, 2)
    return np.asarray(shapely.polygons(rings), dtype=object)


def corners_for(metres: float, tolerance: float) -> int:
    """How many corners keep the polygon's edge within `tolerance` metres of the circle (16 to 360)."""
    # a corner stands out by r·π²/3n², the middle of a side is in by half of that
    return int(np.clip(np.ceil(np.pi * np.sqrt(metres / (3 * max(tolerance, 0.01)))), _FEWEST, _MOST))


def union_reaching(centres: Floats, always: Bools, boxes: Floats, metres: float, corners: int) -> Geometry:
    """The area that circles cover together: those marked `always`, and of the others those that reach one of the boxes, (n, 4)
    degrees west, south, east, north (nan: no box). Coordinates with six decimals, about 0.1 m; empty without circles."""
    discs = circles(centres, metres, corners)
    included = always.copy()
    optional = np.flatnonzero(~always)
    tree = shapely.STRtree(shapely.box(*boxes[~np.isnan(boxes).any(axis=1)].T))
    included[optional[np.unique(tree.query(discs[optional], predicate="intersects")[0])]] = True
    union = shapely.transform(shapely.union_all(discs[included]), lambda points: points.round(6))
    return shapely.orient_polygons(union)  # counter-clockwise, as RFC 7946 has it


def settled(boxes: Floats, centres: Points, metres: float) -> Floats:
    """Share of each box, (n, 4) degrees west, south, east, north, that circles cover: 1 or 0 where that is plain without
    looking at what is in the box, nan where it is not (and where the box is nan)."""
    shares = np.full(len(boxes), np.nan)
    known = np.flatnonzero(~np.isnan(boxes).any(axis=1))
    if len(centres) == 0:
        shares[known] = 0.0
        return shares
    known_boxes = boxes[known]
    middles = (known_boxes[:, :2] + known_boxes[:, 2:]) / 2
    xyz = earth_centred(middles)
    corner_distances = [
        np.linalg.norm(earth_centred(known_boxes[:, [x, y]]) - xyz, axis=1) for x in (0, 2) for y in (1, 3)
    ]
    radii = 1.01 * np.max(
        corner_distances, axis=0
    )  # chords are short, and parallels bulge, by less than that in a box of 100 km
    _, distances = nearest(Points(middles), centres)
    shares[known[distances + radii <= 0.999 * metres]] = 1.0
    shares[known[distances - radii > 1.001 * metres]] = 0.0
    return shares


def share_covered(areas: Geometries, centres: Floats, metres: float) -> Floats:
    """What part of each area, polygons in EPSG:4326, lies within the circles: 0 to 1.

    Areas are compared in square degrees. Within one area a degree of longitude is nearly the same everywhere, so what it
    is drops out of the share: at 10 degrees of latitude, off by 0.0001 for an area 100 km high.
    """
    shares = np.zeros(len(areas))
    if len(areas) == 0 or len(centres) == 0:
        return shares
    discs = circles(centres, metres)
    bounds = shapely.bounds(areas)
    regions = _grouped(bounds, np.arange(len(areas)), _REGION)
    region_index, disc_index = shapely.STRtree(discs).query([shapely.box(*_box(bounds, g)) for g in regions])
    region_discs = np.split(disc_index, np.searchsorted(region_index, np.arange(1, len(regions))))

    def fill(region: int) -> None:
        union = shapely.union_all(discs[region_discs[region]])
        for piece in _grouped(bounds, regions[region], _PIECE):
            cover = shapely.clip_by_rect(union, *_box(bounds, piece))
            shapely.prepare(cover)
            full = shapely.contains_properly(cover, areas[piece])
            shares[piece[full]] = 1.0
            partial = piece[~full]
            shares[partial] = _share(areas[partial], cover)

    with ThreadPoolExecutor(_THREADS) as executor:  # GEOS works without the interpreter's lock
        list(executor.map(fill, range(len(regions))))
    return np.clip(shares, 0.0, 1.0)


def _grouped(bounds: Floats, index: Ints, side: float) -> list[Ints]:
    """The areas of `index` by the square, `side` degrees wide, that the middle of their box lies in."""
    squares = np.floor((bounds[index, :2] + bounds[index, 2:]) / 2 / side).astype(np.int64)
    order = np.lexsort(squares.T)
    breaks = np.flatnonzero((np.diff(squares[order], axis=0) != 0).any(axis=1)) + 1
    return [index[g] for g in np.split(order, breaks)]


def _box(bounds: Floats, index: Ints) -> tuple[float, ...]:
    """The box around those areas, and a little more."""
    return (*(bounds[index, :2].min(axis=0) - _MARGIN), *(bounds[index, 2:].max(axis=0) + _MARGIN))


def _share(areas: Geometries, covered: Geometry) -> Floats:
    try:
        intersections = shapely.intersection(areas, covered)
    except shapely.GEOSException:  # an area that is not valid (an import repairs them, the database does not refuse)
        areas = shapely.make_valid(areas)
        intersections = shapely.intersection(areas, covered)
    sizes = shapely.area(areas)
    return np.asarray(np.divide(shapely.area(intersections), sizes, out=np.zeros(len(sizes)), where=sizes > 0))
