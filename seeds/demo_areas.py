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
from hub.batas.service import FiturBatas

_GARIS = Path(__file__).parent / "contoh" / "garis.toml"


def sample_areas(kode_desa: list[str]) -> dict[str, MultiPolygon]:
    """Code → area, for the kecamatan and kabupaten in the outline file, the desa given, and what they add up to."""
    isi = tomllib.loads(_GARIS.read_text(encoding="utf-8"))
    area: dict[str, MultiPolygon] = {}
    for nomor, pulau in enumerate(isi["pulau"]):
        tepi = rough([(x, y) for x, y in pulau["tepi"]], f"pulau {nomor}")
        titik = {k: Point(*t) for k, t in pulau["titik"].items()}
        area |= dict(zip(titik, cells(tepi, list(titik.values())), strict=True))
    per_kecamatan: dict[str, list[str]] = defaultdict(list)
    for kode in sorted(kode_desa):
        per_kecamatan[kode[:8]].append(kode)
    for kecamatan, desa in per_kecamatan.items():
        titik_desa = scatter(area[kecamatan], len(desa), kecamatan)
        area |= dict(zip(desa, cells(area[kecamatan], titik_desa), strict=True))
    for panjang, induk in ((8, 5), (5, 2)):
        bagian: dict[str, list[MultiPolygon]] = defaultdict(list)
        for kode in [k for k in area if len(k) == panjang]:
            bagian[kode[:induk]].append(area[kode])
        area |= {kode: _gabung(milik) for kode, milik in bagian.items() if kode not in area}
    area.pop("53", None)  # one kabupaten is not the province
    return area


def as_features(area: dict[str, MultiPolygon]) -> Iterator[FiturBatas]:
    for nomor, (kode, geom) in enumerate(sorted(area.items()), 1):
        yield FiturBatas(nomor, kode, "contoh", geom, None)


def _gabung(area: list[MultiPolygon]) -> MultiPolygon:
    satu = shapely.union_all(area)
    return satu if isinstance(satu, MultiPolygon) else MultiPolygon([satu])
