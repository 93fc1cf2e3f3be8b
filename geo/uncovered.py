"""What a region's own area holds that the areas of its parts do not: where a part has no boundary of its own."""

import numpy as np
import shapely

from geo.arrays import geometries
from geo.coverage import as_multi
from geo.mercator import to_mercator

_SHARE = 0.01  # of the region's own area: less is a difference between two drawings of the same border
_WIDTH = 250.0  # metres that a place must be wide, to either side of its middle; less for small regions


def uncovered(own: bytes, parts: list[bytes], *, whole: bool) -> bytes | None:
    """The places no part covers, as WKB; None when there is none worth keeping. All is EPSG:4326, longitude first.

    `parts`: whatever may lie in it, its own parts and its neighbours'. `whole`: none of its own parts has an area, so
    something of it must stay: what the neighbours leave, or all.
    """
    own_shape = shapely.from_wkb(own)
    neighbours = shapely.from_wkb(np.array(parts, dtype=object)) if parts else geometries([])
    rest = own_shape if not parts else shapely.difference(own_shape, shapely.union_all(neighbours))
    places = geometries([p for p in shapely.get_parts(rest) if p.area > 0])
    kept = places[shapely.area(places) >= own_shape.area * _SHARE]
    if whole:
        if not len(kept):
            return own
    else:
        projected = to_mercator(kept)
        half_width = min(_WIDTH, float(np.sqrt(shapely.area(to_mercator(geometries([own_shape])))[0])) / 10)
        kept = kept[~shapely.is_empty(shapely.buffer(projected, -half_width, quad_segs=2))]
    if not len(kept):
        return None
    wkb: bytes = shapely.to_wkb(as_multi(shapely.multipolygons(shapely.get_parts(kept))))
    return wkb
