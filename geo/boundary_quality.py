"""What is wrong with boundaries as they came: overlaps, gaps, areas that lie outside the region above them.

Coordinates are EPSG:4326, longitude first; areas are geodesic (WGS 84), m². Codes say which region is which.
"""

from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import Geod

from geo.arrays import Bools, Geometries
from geo.coverage import as_multi, gaps
from geo.pyramid import unit_of

_GEOD = Geod(ellps="WGS84")
_M2_PER_DEG2 = 110_574.0 * 111_320.0  # at the equator, where a square degree is largest
_TOUCH = 1e-9  # degrees (0,1 mm): a gap's corner may be a rounding away from the area it lies beside


@dataclass(frozen=True, slots=True)
class Limits:
    """What is worth telling. `overlap`, `gap`: m². `inside`: share of an area that must lie in the region above it."""

    overlap: float = 10_000.0
    gap: float = 10_000.0
    inside: float = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a region. `others`: who else is concerned. `first`: not told from another side already
    (an overlap across a border is told to both kabupaten). `geom`: WKB, EPSG:4326, or None."""

    kind: str
    kode: str
    others: tuple[str, ...]
    m2: float | None
    share: float | None
    geom: bytes | None
    first: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """Regions of one level of a unit, and the regions of the level above that are near them; code → WKB."""

    parts: dict[str, bytes]
    above: dict[str, bytes] = field(default_factory=dict)


def examine(unit: str, areas: dict[str, bytes], levels: list[Parts], limits: Limits) -> list[Finding]:
    """What is wrong in one unit (kabupaten). `areas`: its finest areas and those around it."""
    kode = sorted(areas)
    shapes = shapely.from_wkb(np.array([areas[k] for k in kode], dtype=object))
    own = np.array([unit_of(k) == unit for k in kode])
    findings: list[Finding] = []
    if own.any():
        findings += _overlaps(kode, shapes, own, limits.overlap)
        findings += _gaps(unit, kode, shapes, own, limits.gap)
    for level in levels:
        findings += _outside(level, limits.inside)
    return findings


def _overlaps(kode: list[str], shapes: Geometries, own: Bools, m2: float) -> list[Finding]:
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    kept = (a < b) & (own[a] | own[b])
    a, b = a[kept], b[kept]
    intersections = shapely.intersection(shapes[a], shapes[b])
    large = shapely.area(intersections) * _M2_PER_DEG2 >= m2
    findings = []
    for i, j, piece in zip(a[large], b[large], intersections[large], strict=True):
        area = _m2(piece)
        if area <= 0 or area < m2:
            continue
        smaller = min(shapes[i].area, shapes[j].area)
        region, other = (kode[i], kode[j]) if own[i] else (kode[j], kode[i])
        findings.append(Finding(
            "TUMPANG_TINDIH", region, (other,), area, as_multi(piece).area / smaller, _wkb(piece), region < other
        ))  # fmt: skip
    return findings


def _gaps(unit: str, kode: list[str], shapes: Geometries, own_mask: Bools, m2: float) -> list[Finding]:
    gap_areas = gaps(shapely.union_all(shapes))
    gap_areas = gap_areas[shapely.area(gap_areas) * _M2_PER_DEG2 >= m2] if len(gap_areas) else gap_areas
    if not len(gap_areas):
        return []
    gap_index, neighbour_index = shapely.STRtree(shapes).query(gap_areas, predicate="dwithin", distance=_TOUCH)
    findings = []
    for i, gap in enumerate(gap_areas):
        around = sorted(kode[t] for t in neighbour_index[gap_index == i])
        own = [k for k in around if unit_of(k) == unit]
        if own and (area := _m2(gap)) >= m2:
            others = tuple(k for k in around if k != own[0])
            findings.append(Finding("CELAH", own[0], others, area, None, _wkb(gap), own[0] == around[0]))
    return findings


def _outside(level: Parts, least: float) -> list[Finding]:
    """Areas of which less than that lies in their own region above, or whose middle lies outside it."""
    above = {k: shapely.from_wkb(g) for k, g in level.above.items()}
    findings = []
    for kode, wkb in sorted(level.parts.items()):
        parent = above.get(kode.rpartition(".")[0])
        if parent is None:
            continue
        shape = shapely.from_wkb(wkb)
        inside = shapely.intersection(shape, parent).area / shape.area
        if inside >= least and shapely.intersects(parent, shapely.point_on_surface(shape)):
            continue
        outside = shapely.difference(shape, parent)
        overlaps = {k: shapely.intersection(shape, g).area for k, g in above.items() if shapely.intersects(shape, g)}
        largest = max(sorted(overlaps), key=lambda k: overlaps[k], default="")
        lies_in = (largest,) if largest and above[largest] is not parent and overlaps[largest] > 0 else ()
        findings.append(Finding("DI_LUAR_INDUK", kode, lies_in, _m2(outside), inside, _wkb(outside)))
    return findings


def _m2(shape: shapely.Geometry) -> float:
    area, _ = _GEOD.geometry_area_perimeter(shapely.orient_polygons(as_multi(shape)))
    return abs(float(area))


def _wkb(shape: shapely.Geometry) -> bytes:
    wkb: bytes = shapely.to_wkb(as_multi(shape))
    return wkb
