"""Areas that lie side by side made a coverage: no overlaps, no slivers, shared borders the same on both sides, vertex by
vertex; and what one then does with it. Coordinates are metres (EPSG:3857).

Every step looks at a neighbourhood only and decides by what lies there, never by the order or the extent of the whole:
overlaps go to the smaller area, slivers to the longest border. So a kabupaten cleaned with a ring of its neighbours comes
out as it would with the whole country around it (GEOS' default, which lets overlaps go to the longest border, does not).
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geo.arrays import Bools, Geometries, Ints, geometries
from geo.edges import edges_of
from geo.repair import repair

_SNAP = 1e-4  # metres: end points so near are one, which only rounding tells apart


def clean(areas: Geometries, gap: float) -> tuple[Geometries, bool]:
    """The areas as a coverage, in the same order; enclosed gaps nowhere wider than `gap` are filled. An area that lies wholly
    in smaller ones comes back empty. And whether it is a coverage: where GEOS cannot make one, they come back as they are."""
    if len(areas) < 2:
        return areas.copy(), True
    try:
        with np.errstate(invalid="ignore"):  # GEOS compares areas of nothing
            cleaned = shapely.coverage_clean(areas, snapping_distance=_SNAP, gap_width=0, merge_strategy="min_area")
        return (_fill(cleaned, gap) if gap > 0 else cleaned), True
    except shapely.errors.GEOSException:
        return areas.copy(), False


def gaps(whole: shapely.Geometry) -> Geometries:
    """Places that areas surround and do not cover, as polygons: lakes, slivers, areas that are missing. `whole`: the areas
    united."""
    if whole.is_empty:
        return geometries([])
    x1, y1, x2, y2 = whole.bounds
    # all that is not covered falls apart into what reaches the frame and what does not; a gap may touch the outside in a point
    width, height = x2 - x1, y2 - y1
    frame = shapely.box(x1 - width, y1 - height, x2 + width, y2 + height)
    rest = shapely.get_parts(shapely.difference(frame, whole))
    enclosed: Geometries = rest[shapely.bounds(rest)[:, 0] >= x1]
    return enclosed


def is_narrow(areas: Geometries, width: float) -> Bools:
    """Whether an area is nowhere wider than that."""
    # area ≤ inradius × perimeter, so most wide ones are told without looking at their shape
    narrow: Bools = shapely.area(areas) <= shapely.length(areas) * (width / 2)
    narrow[narrow] = shapely.is_empty(shapely.buffer(areas[narrow], -width / 2, quad_segs=2, join_style="mitre"))
    return narrow


def _fill(coverage: Geometries, gap: float) -> Geometries:
    gap_areas = gaps(_union(coverage, exact=True))
    gap_areas = gap_areas[is_narrow(gap_areas, gap)] if len(gap_areas) else gap_areas
    if not len(gap_areas):
        return coverage
    filled = coverage.copy()
    recipients = longest_border(gap_areas, coverage)
    for recipient in np.unique(recipients[recipients >= 0]):
        filled[recipient] = _union(geometries([coverage[recipient], *gap_areas[recipients == recipient]]), exact=True)
    return filled


def longest_border(areas: Geometries, coverage: Geometries) -> Ints:
    """For each area the polygon of the coverage it shares the longest border with (the first of several); -1: none."""
    own, other = edges_of(areas), edges_of(coverage)
    order = np.argsort(own.key, kind="stable")
    found = np.searchsorted(own.key, other.key, sorter=order)
    found = order[np.minimum(found, len(order) - 1)]
    same = own.key[found] == other.key
    pairs = own.owner[found[same]] * np.int64(len(coverage)) + other.owner[same]
    unique, inverse = np.unique(pairs, return_inverse=True)
    lengths = np.bincount(inverse, other.length[same], len(unique))
    longest = np.full(len(areas), -1, dtype=np.int64)
    # from short to long, and from last to first among equals: what is written last stays
    for i in np.lexsort((-unique, lengths)):
        longest[unique[i] // len(coverage)] = unique[i] % len(coverage)
    return longest


def dissolve(coverage: Geometries, keys: Sequence[str], *, exact: bool = False) -> tuple[list[str], Geometries]:
    """The polygons of each key united: the keys in order, and one area per key. Keys of nothing but empty polygons are
    left out. `exact`: it is known to be a coverage, which spares a closer look."""
    members: dict[str, list[int]] = {}
    empty = shapely.is_empty(coverage)
    for i, k in enumerate(keys):
        if not empty[i]:
            members.setdefault(k, []).append(i)
    ordered = sorted(members)
    dissolved = (
        coverage[indices[0]] if len(indices := members[k]) == 1 else _union(coverage[indices], exact=exact)
        for k in ordered
    )
    return ordered, geometries(list(dissolved))


def simplify(coverage: Geometries, tolerance: float) -> Geometries:
    """The coverage with less detail: neighbours keep the same border. Areas that come out broken are made whole."""
    if not len(coverage):
        return coverage
    try:
        simplified: Geometries = shapely.coverage_simplify(coverage, tolerance)
    except shapely.errors.GEOSException:  # an imperfect coverage that it cannot follow
        simplified = shapely.simplify(coverage, tolerance)
    broken = ~shapely.is_valid(simplified) | shapely.is_empty(simplified)
    for i in np.flatnonzero(broken):
        whole, _ = repair(simplified[i])
        simplified[i] = whole if whole is not None else coverage[i]
    return simplified


def as_multi(shape: shapely.Geometry) -> MultiPolygon:
    """The area as a MultiPolygon, whatever union or simplification made of it."""
    if isinstance(shape, MultiPolygon):
        return shape
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    return MultiPolygon([p for p in shapely.get_parts(shape) if isinstance(p, Polygon)])


def as_multis(shapes: Geometries) -> Geometries:
    """Many areas as MultiPolygons; none of them empty."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    is_area = shapely.get_dimensions(parts) == 2
    multis: Geometries = shapely.multipolygons(parts[is_area], indices=owners[is_area])
    return multis


def _union(areas: Geometries, *, exact: bool) -> shapely.Geometry:
    parts = areas[~shapely.is_empty(areas)]
    try:
        whole = shapely.coverage_union_all(parts)
    except shapely.errors.GEOSException:
        whole = None
    # of areas that are not quite a coverage it may make what is no area, without a word
    return whole if whole is not None and (exact or whole.is_valid) else shapely.union_all(parts)
