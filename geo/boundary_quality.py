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

    jenis: str
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
    bentuk = shapely.from_wkb(np.array([areas[k] for k in kode], dtype=object))
    sendiri = np.array([unit_of(k) == unit for k in kode])
    hasil: list[Finding] = []
    if sendiri.any():
        hasil += _overlaps(kode, bentuk, sendiri, limits.overlap)
        hasil += _gaps(unit, kode, bentuk, sendiri, limits.gap)
    for tingkat in levels:
        hasil += _outside(tingkat, limits.inside)
    return hasil


def _overlaps(kode: list[str], bentuk: Geometries, sendiri: Bools, m2: float) -> list[Finding]:
    a, b = shapely.STRtree(bentuk).query(bentuk, predicate="intersects")
    pasang = (a < b) & (sendiri[a] | sendiri[b])
    a, b = a[pasang], b[pasang]
    irisan = shapely.intersection(bentuk[a], bentuk[b])
    besar = shapely.area(irisan) * _M2_PER_DEG2 >= m2
    hasil = []
    for i, j, bagian in zip(a[besar], b[besar], irisan[besar], strict=True):
        luas = _m2(bagian)
        if luas <= 0 or luas < m2:
            continue
        kecil = min(bentuk[i].area, bentuk[j].area)
        mana, lain = (kode[i], kode[j]) if sendiri[i] else (kode[j], kode[i])
        hasil.append(Finding(
            "TUMPANG_TINDIH", mana, (lain,), luas, as_multi(bagian).area / kecil, _wkb(bagian), mana < lain
        ))  # fmt: skip
    return hasil


def _gaps(unit: str, kode: list[str], bentuk: Geometries, sendiri: Bools, m2: float) -> list[Finding]:
    celah = gaps(shapely.union_all(bentuk))
    celah = celah[shapely.area(celah) * _M2_PER_DEG2 >= m2] if len(celah) else celah
    if not len(celah):
        return []
    ke, tetangga = shapely.STRtree(bentuk).query(celah, predicate="dwithin", distance=_TOUCH)
    hasil = []
    for i, satu in enumerate(celah):
        sekitar = sorted(kode[t] for t in tetangga[ke == i])
        milik = [k for k in sekitar if unit_of(k) == unit]
        if milik and (luas := _m2(satu)) >= m2:
            lain = tuple(k for k in sekitar if k != milik[0])
            hasil.append(Finding("CELAH", milik[0], lain, luas, None, _wkb(satu), milik[0] == sekitar[0]))
    return hasil


def _outside(tingkat: Parts, paling_sedikit: float) -> list[Finding]:
    """Areas of which less than that lies in their own region above, or whose middle lies outside it."""
    atas = {k: shapely.from_wkb(g) for k, g in tingkat.above.items()}
    hasil = []
    for kode, bita in sorted(tingkat.parts.items()):
        induk = atas.get(kode.rpartition(".")[0])
        if induk is None:
            continue
        bentuk = shapely.from_wkb(bita)
        dalam = shapely.intersection(bentuk, induk).area / bentuk.area
        if dalam >= paling_sedikit and shapely.intersects(induk, shapely.point_on_surface(bentuk)):
            continue
        sisa = shapely.difference(bentuk, induk)
        lain = {k: shapely.intersection(bentuk, g).area for k, g in atas.items() if shapely.intersects(bentuk, g)}
        terbesar = max(sorted(lain), key=lambda k: lain[k], default="")
        di_mana = (terbesar,) if terbesar and atas[terbesar] is not induk and lain[terbesar] > 0 else ()
        hasil.append(Finding("DI_LUAR_INDUK", kode, di_mana, _m2(sisa), dalam, _wkb(sisa)))
    return hasil


def _m2(bentuk: shapely.Geometry) -> float:
    luas, _ = _GEOD.geometry_area_perimeter(shapely.orient_polygons(as_multi(bentuk)))
    return abs(float(luas))


def _wkb(bentuk: shapely.Geometry) -> bytes:
    bita: bytes = shapely.to_wkb(as_multi(bentuk))
    return bita
