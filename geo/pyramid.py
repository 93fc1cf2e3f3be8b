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
_PANJANG = {1: 2, 2: 5, 3: 8, 4: 13}  # length of a code, by level
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
    pita: int
    geom: bytes
    titik: bytes


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
    asal = to_mercator(shapely.from_wkb(np.array([c.wkb for c in cells], dtype=object)))
    bersih, rapi = clean(asal, GAP)
    hasil = Built(units)
    tepi: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for panjang in (_PANJANG[4], _PANJANG[3]):
        semua = [k[:panjang] for k in kode]
        kunci, petak = dissolve(bersih, semua, exact=rapi)
        _add_swallowed(hasil, {k for k in semua if len(k) == panjang and unit_of(k) in units} - set(kunci), semua, asal)
        sendiri = np.array([unit_of(k) in units for k in kunci])
        simpan = sendiri & np.array([len(k) == panjang for k in kunci])
        pita = _bands(petak)
        _add(hasil.shapes, kunci, simpan, pita)
        _borders(tepi, [unit_of(k) for k in kunci], pita)
    # of kecamatan, the last of the two: fewer borders to take out
    milik, utuh = dissolve(pita[FINEST], [unit_of(k) for k in kunci], exact=rapi)
    hasil.whole = {k: g for k, g in zip(milik, _ewkb(as_multis(utuh)), strict=True) if k in units}
    for u in set(units) - hasil.whole.keys():
        (hasil.whole[u],) = _ewkb(as_multis(geometries([_as_it_came(u, [unit_of(k) for k in kode], asal)])))
    sidik = {u: hashlib.md5(g, usedforsecurity=False) for u, g in hasil.whole.items()}
    for b in hasil.shapes:
        sidik[unit_of(b.kode)].update(b.geom)
    hasil.hashes = {u: h.hexdigest() for u, h in sidik.items()}
    hasil.borders = {
        pasang: hashlib.md5(b"".join(isi), usedforsecurity=False).hexdigest()
        for pasang, isi in tepi.items()
        if pasang[0] in units and any(isi)
    }
    return hasil


def build_above(whole: dict[str, bytes]) -> list[Shape]:
    """Kabupaten and provinces that hang together. `whole`: unit → area, full detail, EWKB, EPSG:3857."""
    unit = sorted(whole)
    petak = shapely.from_wkb(np.array([whole[u] for u in unit], dtype=object))
    hasil: list[Shape] = []
    _add(hasil, unit, np.array([len(u) == _PANJANG[2] for u in unit]), _bands(petak))
    provinsi, utuh = dissolve(petak, [u[:2] for u in unit])
    _add(hasil, provinsi, np.full(len(provinsi), True), _bands(utuh))
    return hasil


def _bands(petak: Geometries) -> dict[int, Geometries]:
    """A coverage in every band, finest first."""
    pita = {FINEST: petak}
    for b in COARSER:
        petak = simplify(petak, b.tolerance)
        pita[b.pita] = petak
    return pita


def _add(
    shapes: list[Shape],
    kode: list[str],
    take: Bools,
    pita: dict[int, Geometries],
) -> None:
    nama = [k for k, ya in zip(kode, take, strict=True) if ya]
    if not nama:
        return
    titik: Geometries | None = None
    for nomor, semua in pita.items():
        isi = semua[take]
        titik = label_points(isi) if titik is None else keep_inside(titik, isi)
        shapes += map(Shape, nama, repeat(nomor), _ewkb(as_multis(isi)), _ewkb(titik))


def _add_swallowed(hasil: Built, hilang: set[str], kunci: list[str], asal: Geometries) -> None:
    """Regions that lie wholly in others are drawn as they came, on top: one with a boundary is never missing."""
    for kode in sorted(hilang):
        _add(hasil.shapes, [kode], np.array([True]), _bands(geometries([_as_it_came(kode, kunci, asal)])))


def _as_it_came(kode: str, kunci: list[str], asal: Geometries) -> shapely.Geometry:
    return shapely.union_all(asal[np.array([k == kode for k in kunci])])


def _borders(tepi: dict[tuple[str, str], list[bytes]], unit: list[str], pita: dict[int, Geometries]) -> None:
    """Adds to each pair of units the hashes of the straight pieces they share, band by band."""
    nama, nomor = np.unique(np.array(unit), return_inverse=True)
    if len(nama) < 2:
        return
    di_tepi = np.arange(len(unit))
    for petak in pita.values():
        sisi = edges_of(petak[di_tepi])
        urut = np.argsort(sisi.key, kind="stable")
        kunci, pemilik = sisi.key[urut], di_tepi[sisi.owner[urut]]
        milik = nomor[pemilik]
        sama = np.flatnonzero((kunci[:-1] == kunci[1:]) & (milik[:-1] != milik[1:]))
        satu, dua, bersama = milik[sama], milik[sama + 1], kunci[sama]
        for a, b in np.unique(np.column_stack([satu, dua]), axis=0):
            # sorted by hash: the order of the polygons does not matter
            isi = bersama[(satu == a) & (dua == b)].tobytes()
            tepi[str(nama[a]), str(nama[b])].append(isi)
            tepi[str(nama[b]), str(nama[a])].append(isi)
        # no others come to lie on a border in coarser bands
        di_tepi = np.unique(pemilik[np.concatenate([sama, sama + 1])])


def _ewkb(bentuk: Geometries) -> list[bytes]:
    return list(shapely.to_wkb(shapely.set_srid(bentuk, _SRID), include_srid=True))
