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
    asal = shapely.from_wkb(own)
    lain = shapely.from_wkb(np.array(parts, dtype=object)) if parts else geometries([])
    sisa = asal if not parts else shapely.difference(asal, shapely.union_all(lain))
    bagian = geometries([p for p in shapely.get_parts(sisa) if p.area > 0])
    pakai = bagian[shapely.area(bagian) >= asal.area * _SHARE]
    if whole:
        if not len(pakai):
            return own
    else:
        datar = to_mercator(pakai)
        jari = min(_WIDTH, float(np.sqrt(shapely.area(to_mercator(geometries([asal])))[0])) / 10)
        pakai = pakai[~shapely.is_empty(shapely.buffer(datar, -jari, quad_segs=2))]
    if not len(pakai):
        return None
    bita: bytes = shapely.to_wkb(as_multi(shapely.multipolygons(shapely.get_parts(pakai))))
    return bita
