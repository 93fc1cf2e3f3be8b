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
            bersih = shapely.coverage_clean(areas, snapping_distance=_SNAP, gap_width=0, merge_strategy="min_area")
        return (_fill(bersih, gap) if gap > 0 else bersih), True
    except shapely.errors.GEOSException:
        return areas.copy(), False


def gaps(whole: shapely.Geometry) -> Geometries:
    """Places that areas surround and do not cover, as polygons: lakes, slivers, areas that are missing. `whole`: the areas
    united."""
    if whole.is_empty:
        return geometries([])
    x1, y1, x2, y2 = whole.bounds
    # all that is not covered falls apart into what reaches the frame and what does not; a gap may touch the outside in a point
    lebar, tinggi = x2 - x1, y2 - y1
    bingkai = shapely.box(x1 - lebar, y1 - tinggi, x2 + lebar, y2 + tinggi)
    sisa = shapely.get_parts(shapely.difference(bingkai, whole))
    hasil: Geometries = sisa[shapely.bounds(sisa)[:, 0] >= x1]
    return hasil


def is_narrow(areas: Geometries, width: float) -> Bools:
    """Whether an area is nowhere wider than that."""
    # area ≤ inradius × perimeter, so most wide ones are told without looking at their shape
    sempit: Bools = shapely.area(areas) <= shapely.length(areas) * (width / 2)
    sempit[sempit] = shapely.is_empty(shapely.buffer(areas[sempit], -width / 2, quad_segs=2, join_style="mitre"))
    return sempit


def _fill(coverage: Geometries, gap: float) -> Geometries:
    celah = gaps(_union(coverage, exact=True))
    celah = celah[is_narrow(celah, gap)] if len(celah) else celah
    if not len(celah):
        return coverage
    hasil = coverage.copy()
    penerima = longest_border(celah, coverage)
    for ke in np.unique(penerima[penerima >= 0]):
        hasil[ke] = _union(geometries([coverage[ke], *celah[penerima == ke]]), exact=True)
    return hasil


def longest_border(areas: Geometries, coverage: Geometries) -> Ints:
    """For each area the polygon of the coverage it shares the longest border with (the first of several); -1: none."""
    sendiri, lain = edges_of(areas), edges_of(coverage)
    urut = np.argsort(sendiri.key, kind="stable")
    ketemu = np.searchsorted(sendiri.key, lain.key, sorter=urut)
    ketemu = urut[np.minimum(ketemu, len(urut) - 1)]
    sama = sendiri.key[ketemu] == lain.key
    pasangan = sendiri.owner[ketemu[sama]] * np.int64(len(coverage)) + lain.owner[sama]
    unik, balik = np.unique(pasangan, return_inverse=True)
    panjang = np.bincount(balik, lain.length[sama], len(unik))
    hasil = np.full(len(areas), -1, dtype=np.int64)
    # from short to long, and from last to first among equals: what is written last stays
    for i in np.lexsort((-unik, panjang)):
        hasil[unik[i] // len(coverage)] = unik[i] % len(coverage)
    return hasil


def dissolve(coverage: Geometries, keys: Sequence[str], *, exact: bool = False) -> tuple[list[str], Geometries]:
    """The polygons of each key united: the keys in order, and one area per key. Keys of nothing but empty polygons are
    left out. `exact`: it is known to be a coverage, which spares a closer look."""
    anggota: dict[str, list[int]] = {}
    kosong = shapely.is_empty(coverage)
    for i, k in enumerate(keys):
        if not kosong[i]:
            anggota.setdefault(k, []).append(i)
    urut = sorted(anggota)
    satu = (coverage[isi[0]] if len(isi := anggota[k]) == 1 else _union(coverage[isi], exact=exact) for k in urut)
    return urut, geometries(list(satu))


def simplify(coverage: Geometries, tolerance: float) -> Geometries:
    """The coverage with less detail: neighbours keep the same border. Areas that come out broken are made whole."""
    if not len(coverage):
        return coverage
    try:
        hasil: Geometries = shapely.coverage_simplify(coverage, tolerance)
    except shapely.errors.GEOSException:  # an imperfect coverage that it cannot follow
        hasil = shapely.simplify(coverage, tolerance)
    rusak = ~shapely.is_valid(hasil) | shapely.is_empty(hasil)
    for i in np.flatnonzero(rusak):
        utuh, _ = repair(hasil[i])
        hasil[i] = utuh if utuh is not None else coverage[i]
    return hasil


def as_multi(shape: shapely.Geometry) -> MultiPolygon:
    """The area as a MultiPolygon, whatever union or simplification made of it."""
    if isinstance(shape, MultiPolygon):
        return shape
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    return MultiPolygon([p for p in shapely.get_parts(shape) if isinstance(p, Polygon)])


def as_multis(shapes: Geometries) -> Geometries:
    """Many areas as MultiPolygons; none of them empty."""
    bagian, milik = shapely.get_parts(shapes, return_index=True)
    luas = shapely.get_dimensions(bagian) == 2
    hasil: Geometries = shapely.multipolygons(bagian[luas], indices=milik[luas])
    return hasil


def _union(areas: Geometries, *, exact: bool) -> shapely.Geometry:
    isi = areas[~shapely.is_empty(areas)]
    try:
        utuh = shapely.coverage_union_all(isi)
    except shapely.errors.GEOSException:
        utuh = None
    # of areas that are not quite a coverage it may make what is no area, without a word
    return utuh if utuh is not None and (exact or utuh.is_valid) else shapely.union_all(isi)
