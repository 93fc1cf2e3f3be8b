"""The demo's sample map: made-up areas for Rote Ndao (kecamatan, desa) and Banten's kabupaten, and for the rest that the story has;
EPSG:4326, longitude first.

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

_FOLDER = Path(__file__).parent / "contoh"
_OUTLINES, _STORY_OUTLINES = "garis.toml", "garis_cerita.toml"


def sample_areas(kode_desa: list[str]) -> dict[str, MultiPolygon]:
    """Code → area, for the kecamatan and kabupaten in the outline file, the desa given, and what they add up to."""
    area = _summed(_with_desa(_islands(_OUTLINES), kode_desa))
    area.pop("53", None)  # one kabupaten is not the province
    return area


def story_areas(kode: list[str]) -> dict[str, MultiPolygon]:
    """The same areas, and beside them the other kabupaten of NTT, and the kecamatan and desa of Banten that are among the codes."""
    area = _islands(_OUTLINES)
    per_kabupaten: dict[str, list[str]] = defaultdict(list)
    for kecamatan in sorted(k for k in kode if len(k) == 8 and k not in area and k[:5] in area):
        per_kabupaten[kecamatan[:5]].append(kecamatan)
    for kabupaten, parts in per_kabupaten.items():
        points = scatter(area[kabupaten], len(parts), kabupaten)
        area |= dict(zip(parts, cells(area[kabupaten], points), strict=True))
    drawn = _with_desa(area, [k for k in kode if len(k) == 13 and k[:8] in area])
    return _summed(drawn | _islands(_STORY_OUTLINES))


def _islands(name: str) -> dict[str, MultiPolygon]:
    content = tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
    area: dict[str, MultiPolygon] = {}
    for number, island in enumerate(content["pulau"]):
        outline = rough([(x, y) for x, y in island["tepi"]], f"pulau {number}")
        points = {k: Point(*t) for k, t in island["titik"].items()}
        area |= dict(zip(points, cells(outline, list(points.values())), strict=True))
    return area


def _with_desa(area: dict[str, MultiPolygon], kode_desa: list[str]) -> dict[str, MultiPolygon]:
    area = dict(area)
    per_kecamatan: dict[str, list[str]] = defaultdict(list)
    for kode in sorted(kode_desa):
        per_kecamatan[kode[:8]].append(kode)
    for kecamatan, desa in per_kecamatan.items():
        desa_points = scatter(area[kecamatan], len(desa), kecamatan)
        area |= dict(zip(desa, cells(area[kecamatan], desa_points), strict=True))
    return area


def _summed(area: dict[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    area = dict(area)
    for length, parent_length in ((8, 5), (5, 2)):
        parts: dict[str, list[MultiPolygon]] = defaultdict(list)
        for kode in [k for k in area if len(k) == length]:
            parts[kode[:parent_length]].append(area[kode])
        area |= {kode: _united(own_parts) for kode, own_parts in parts.items() if kode not in area}
    return area


def as_features(area: dict[str, MultiPolygon]) -> Iterator[BatasFeature]:
    for number, (kode, geom) in enumerate(sorted(area.items()), 1):
        yield BatasFeature(number, kode, "contoh", geom, None)


def _united(area: list[MultiPolygon]) -> MultiPolygon:
    whole = shapely.union_all(area)
    return whole if isinstance(whole, MultiPolygon) else MultiPolygon([whole])
