"""The pyramid of boundaries: every level of regions, simplified as a coverage for each band of zooms.

It is built unit by unit, or some units at a time. A unit is a kabupaten; it is looked at together with two rings of
neighbours, so that whatever decides its shape is there. Both sides of a border between two units then come out alike; that
they do is not taken on trust: each unit says by a hash what its border with each neighbour looks like, in every level and
band, and where two disagree they are built once more as one. Kabupaten and provinces are simplified together with all that
hangs together by land or province.

Regions are known by their codes alone: "53.14.01.2005" lies in "53.14.01", "53.14" and "53".
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import shapely

from geo.arrays import Bools, Geometries, geometries
from geo.coverage import as_multis, clean, dissolve, simplify
from geo.edges import edges_of
from geo.inside import keep_inside, label_points
from geo.mercator import to_mercator
from geo.zoom_bands import COARSER, FINEST

GAP = 50.0  # metres (EPSG:3857): enclosed gaps nowhere wider are taken for slips of the pen and filled
VERSION = 1  # of what is done here; a new one makes every unit be built again
_CODE_LENGTH = {1: 2, 2: 5, 3: 8, 4: 13}  # length of a code, by level
_SRID = 3857


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the map: the area of a desa, or what no desa covers of the region above it (its `kode` says which).
    `wkb`: EPSG:4326, longitude first."""

    kode: str
    wkb: bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """A region's area in one band, and a point inside it: EWKB, EPSG:3857."""

    kode: str
    band: int
    geom: bytes
    point: bytes


@dataclass(slots=True)
class Built:
    """What became of units. `shapes`: their desa and kecamatan. `whole`: unit → all of it, full detail, EWKB, EPSG:3857.
    `hashes`: unit → hash of its shapes. `borders`: (unit, neighbour) → hash of the border between them."""

    units: tuple[str, ...]
    shapes: list[Shape] = field(default_factory=list)
    whole: dict[str, bytes] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    borders: dict[tuple[str, str], str] = field(default_factory=dict)


def unit_of(kode: str) -> str:
    """The kabupaten a code lies in; for a province's own code the province."""
    return kode[:5]


def build_units(units: tuple[str, ...], cells: list[Cell]) -> Built:
    """Desa and kecamatan of these units. `cells`: theirs and those around them."""
    cells = sorted(cells, key=lambda c: c.kode)  # one order everywhere: ties are broken alike on both sides
    kode = [c.kode for c in cells]
    original = to_mercator(shapely.from_wkb(np.array([c.wkb for c in cells], dtype=object)))
    cleaned, is_coverage = clean(original, GAP)
    built = Built(units)
    borders: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for length in (_CODE_LENGTH[4], _CODE_LENGTH[3]):
        cut_codes = [k[:length] for k in kode]
        keys, areas = dissolve(cleaned, cut_codes, exact=is_coverage)
        _add_swallowed(
            built, {k for k in cut_codes if len(k) == length and unit_of(k) in units} - set(keys), cut_codes, original
        )
        own = np.array([unit_of(k) in units for k in keys])
        kept = own & np.array([len(k) == length for k in keys])
        bands = _bands(areas)
        _add(built.shapes, keys, kept, bands)
        _borders(borders, [unit_of(k) for k in keys], bands)
    # of kecamatan, the last of the two: fewer borders to take out
    unit_codes, wholes = dissolve(bands[FINEST], [unit_of(k) for k in keys], exact=is_coverage)
    built.whole = {k: g for k, g in zip(unit_codes, _ewkb(as_multis(wholes)), strict=True) if k in units}
    for u in set(units) - built.whole.keys():
        (built.whole[u],) = _ewkb(as_multis(geometries([_as_it_came(u, [unit_of(k) for k in kode], original)])))
    fingerprints = {u: hashlib.md5(g, usedforsecurity=False) for u, g in built.whole.items()}
    for b in built.shapes:
        fingerprints[unit_of(b.kode)].update(b.geom)
    built.hashes = {u: h.hexdigest() for u, h in fingerprints.items()}
    built.borders = {
        pair: hashlib.md5(b"".join(pieces), usedforsecurity=False).hexdigest()
        for pair, pieces in borders.items()
        if pair[0] in units and any(pieces)
    }
    return built


def build_above(whole: dict[str, bytes]) -> list[Shape]:
    """Kabupaten and provinces that hang together. `whole`: unit → area, full detail, EWKB, EPSG:3857."""
    unit = sorted(whole)
    areas = shapely.from_wkb(np.array([whole[u] for u in unit], dtype=object))
    shapes: list[Shape] = []
    _add(shapes, unit, np.array([len(u) == _CODE_LENGTH[2] for u in unit]), _bands(areas))
    provinsi, wholes = dissolve(areas, [u[:2] for u in unit])
    _add(shapes, provinsi, np.full(len(provinsi), True), _bands(wholes))
    return shapes


def _bands(areas: Geometries) -> dict[int, Geometries]:
    """A coverage in every band, finest first."""
    bands = {FINEST: areas}
    for b in COARSER:
        areas = simplify(areas, b.tolerance)
        bands[b.number] = areas
    return bands


def _add(
    shapes: list[Shape],
    kode: list[str],
    take: Bools,
    bands: dict[int, Geometries],
) -> None:
    kept_codes = [k for k, taken in zip(kode, take, strict=True) if taken]
    if not kept_codes:
        return
    points: Geometries | None = None
    for band, band_areas in bands.items():
        kept_areas = band_areas[take]
        points = label_points(kept_areas) if points is None else keep_inside(points, kept_areas)
        shapes += map(Shape, kept_codes, repeat(band), _ewkb(as_multis(kept_areas)), _ewkb(points))


def _add_swallowed(built: Built, missing: set[str], cell_codes: list[str], original: Geometries) -> None:
    """Regions that lie wholly in others are drawn as they came, on top: one with a boundary is never missing."""
    for kode in sorted(missing):
        _add(built.shapes, [kode], np.array([True]), _bands(geometries([_as_it_came(kode, cell_codes, original)])))


def _as_it_came(kode: str, cell_codes: list[str], original: Geometries) -> shapely.Geometry:
    return shapely.union_all(original[np.array([k == kode for k in cell_codes])])


def _borders(borders: dict[tuple[str, str], list[bytes]], unit: list[str], bands: dict[int, Geometries]) -> None:
    """Adds to each pair of units the hashes of the straight pieces they share, band by band."""
    unit_codes, unit_index = np.unique(np.array(unit), return_inverse=True)
    if len(unit_codes) < 2:
        return
    at_border = np.arange(len(unit))
    for areas in bands.values():
        edges = edges_of(areas[at_border])
        order = np.argsort(edges.key, kind="stable")
        keys, owners = edges.key[order], at_border[edges.owner[order]]
        owner_units = unit_index[owners]
        same = np.flatnonzero((keys[:-1] == keys[1:]) & (owner_units[:-1] != owner_units[1:]))
        first, second, shared_keys = owner_units[same], owner_units[same + 1], keys[same]
        for a, b in np.unique(np.column_stack([first, second]), axis=0):
            # sorted by hash: the order of the polygons does not matter
            hashes = shared_keys[(first == a) & (second == b)].tobytes()
            borders[str(unit_codes[a]), str(unit_codes[b])].append(hashes)
            borders[str(unit_codes[b]), str(unit_codes[a])].append(hashes)
        # no others come to lie on a border in coarser bands
        at_border = np.unique(owners[np.concatenate([same, same + 1])])


def _ewkb(shapes: Geometries) -> list[bytes]:
    return list(shapely.to_wkb(shapely.set_srid(shapes, _SRID), include_srid=True))
