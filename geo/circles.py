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
_TEPI = 1e-5  # degrees: what is cut off lies beyond the areas, so that an area at the edge can be inside


def circles(centres: Floats, metres: float, corners: int = _CORNERS) -> Geometries:
    """A polygon around each centre, (n, 2) degrees, with just the circle's area: half of it a little outside the circle, half
    inside."""
    n = len(centres)
    sudut = 2 * np.pi / corners
    jari = metres * np.sqrt(sudut / np.sin(sudut))
    arah = np.tile(np.linspace(0.0, 360.0, corners, endpoint=False), n)
    lon, lat = np.repeat(centres[:, 0], corners), np.repeat(centres[:, 1], corners)
    x, y, _ = GEOD.fwd(lon, lat, arah, np.full(n * corners, jari))
    tepi = np.column_stack([x, y]).reshape(n, corners, 2)
    return np.asarray(shapely.polygons(tepi), dtype=object)


def corners_for(metres: float, tolerance: float) -> int:
    """How many corners keep the polygon's edge within `tolerance` metres of the circle (16 to 360)."""
    # a corner stands out by r·π²/3n², the middle of a side is in by half of that
    return int(np.clip(np.ceil(np.pi * np.sqrt(metres / (3 * max(tolerance, 0.01)))), _FEWEST, _MOST))


def union_reaching(centres: Floats, always: Bools, boxes: Floats, metres: float, corners: int) -> Geometry:
    """The area that circles cover together: those marked `always`, and of the others those that reach one of the boxes, (n, 4)
    degrees west, south, east, north (nan: no box). Coordinates with six decimals, about 0.1 m; empty without circles."""
    lingkar = circles(centres, metres, corners)
    ikut = always.copy()
    luar = np.flatnonzero(~always)
    pohon = shapely.STRtree(shapely.box(*boxes[~np.isnan(boxes).any(axis=1)].T))
    ikut[luar[np.unique(pohon.query(lingkar[luar], predicate="intersects")[0])]] = True
    gabung = shapely.transform(shapely.union_all(lingkar[ikut]), lambda titik: titik.round(6))
    return shapely.orient_polygons(gabung)  # counter-clockwise, as RFC 7946 has it


def settled(boxes: Floats, centres: Points, metres: float) -> Floats:
    """Share of each box, (n, 4) degrees west, south, east, north, that circles cover: 1 or 0 where that is plain without
    looking at what is in the box, nan where it is not (and where the box is nan)."""
    hasil = np.full(len(boxes), np.nan)
    ada = np.flatnonzero(~np.isnan(boxes).any(axis=1))
    if len(centres) == 0:
        hasil[ada] = 0.0
        return hasil
    kotak = boxes[ada]
    pusat = (kotak[:, :2] + kotak[:, 2:]) / 2
    xyz = earth_centred(pusat)
    sudut = [np.linalg.norm(earth_centred(kotak[:, [x, y]]) - xyz, axis=1) for x in (0, 2) for y in (1, 3)]
    jari = 1.01 * np.max(sudut, axis=0)  # chords are short, and parallels bulge, by less than that in a box of 100 km
    _, jarak = nearest(Points(pusat), centres)
    hasil[ada[jarak + jari <= 0.999 * metres]] = 1.0
    hasil[ada[jarak - jari > 1.001 * metres]] = 0.0
    return hasil


def share_covered(areas: Geometries, centres: Floats, metres: float) -> Floats:
    """What part of each area, polygons in EPSG:4326, lies within the circles: 0 to 1.

    Areas are compared in square degrees. Within one area a degree of longitude is nearly the same everywhere, so what it
    is drops out of the share: at 10 degrees of latitude, off by 0.0001 for an area 100 km high.
    """
    hasil = np.zeros(len(areas))
    if len(areas) == 0 or len(centres) == 0:
        return hasil
    lingkar = circles(centres, metres)
    tepi = shapely.bounds(areas)
    besar = _grouped(tepi, np.arange(len(areas)), _REGION)
    di_kotak, dekat = shapely.STRtree(lingkar).query([shapely.box(*_box(tepi, g)) for g in besar])
    milik = np.split(dekat, np.searchsorted(di_kotak, np.arange(1, len(besar))))

    def isi(nomor: int) -> None:
        gabung = shapely.union_all(lingkar[milik[nomor]])
        for sama in _grouped(tepi, besar[nomor], _PIECE):
            tutup = shapely.clip_by_rect(gabung, *_box(tepi, sama))
            shapely.prepare(tutup)
            penuh = shapely.contains_properly(tutup, areas[sama])
            hasil[sama[penuh]] = 1.0
            potong = sama[~penuh]
            hasil[potong] = _share(areas[potong], tutup)

    with ThreadPoolExecutor(_THREADS) as pelaksana:  # GEOS works without the interpreter's lock
        list(pelaksana.map(isi, range(len(besar))))
    return np.clip(hasil, 0.0, 1.0)


def _grouped(bounds: Floats, index: Ints, side: float) -> list[Ints]:
    """The areas of `index` by the square, `side` degrees wide, that the middle of their box lies in."""
    petak = np.floor((bounds[index, :2] + bounds[index, 2:]) / 2 / side).astype(np.int64)
    urut = np.lexsort(petak.T)
    ganti = np.flatnonzero((np.diff(petak[urut], axis=0) != 0).any(axis=1)) + 1
    return [index[g] for g in np.split(urut, ganti)]


def _box(bounds: Floats, index: Ints) -> tuple[float, ...]:
    """The box around those areas, and a little more."""
    return (*(bounds[index, :2].min(axis=0) - _TEPI), *(bounds[index, 2:].max(axis=0) + _TEPI))


def _share(areas: Geometries, covered: Geometry) -> Floats:
    try:
        potong = shapely.intersection(areas, covered)
    except shapely.GEOSException:  # an area that is not valid (an import repairs them, the database does not refuse)
        areas = shapely.make_valid(areas)
        potong = shapely.intersection(areas, covered)
    luas = shapely.area(areas)
    return np.asarray(np.divide(shapely.area(potong), luas, out=np.zeros(len(luas)), where=luas > 0))
