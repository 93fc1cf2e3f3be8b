"""The demo's sample map: made-up areas for Rote Ndao (kecamatan, desa) and Banten's kabupaten, EPSG:4326, longitude first.

Every row it makes is marked `contoh`; importing real boundaries replaces it.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import shapely
from shapely import MultiPolygon, Point

from geo.sample_areas import cells, rough, scatter
from hub.batas.service import BatasFeature

_OUTLINE_FILE = Path(__file__).parent / "contoh" / "garis.toml"


def sample_areas(kode_desa: list[str]) -> dict[str, MultiPolygon]:
    """Code → area, for the kecamatan and kabupaten in the outline file, the desa given, and what they add up to."""
    content = tomllib.loads(_OUTLINE_FILE.read_text(encoding="utf-8"))
    area: dict[str, MultiPolygon] = {}
    for number, island in enumerate(content["pulau"]):
        outline = rough([(x, y) for x, y in island["tepi"]], f"pulau {number}")
        points = {k: Point(*t) for k, t in island["titik"].items()}
        area |= dict(zip(points, cells(outline, list(points.values())), strict=True))
    per_kecamatan: dict[str, list[str]] = defaultdict(list)
    for kode in sorted(kode_desa):
        per_kecamatan[kode[:8]].append(kode)
    for kecamatan, desa in per_kecamatan.items():
        desa_points = scatter(area[kecamatan], len(desa), kecamatan)
        area |= dict(zip(desa, cells(area[kecamatan], desa_points), strict=True))
    for length, parent_length in ((8, 5), (5, 2)):
        parts: dict[str, list[MultiPolygon]] = defaultdict(list)
        for kode in [k for k in area if len(k) == length]:
            parts[kode[:parent_length]].append(area[kode])
        area |= {kode: _united(own_parts) for kode, own_parts in parts.items() if kode not in area}
    area.pop("53", None)  # one kabupaten is not the province
    return area


def as_features(area: dict[str, MultiPolygon]) -> Iterator[BatasFeature]:
    for number, (kode, geom) in enumerate(sorted(area.items()), 1):
        yield BatasFeature(number, kode, "contoh", geom, None)


def _united(area: list[MultiPolygon]) -> MultiPolygon:
    whole = shapely.union_all(area)
    return whole if isinstance(whole, MultiPolygon) else MultiPolygon([whole])
