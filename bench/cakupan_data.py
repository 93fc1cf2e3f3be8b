"""Boundaries and social resources on top of the made-up country of `national_data`: one box of land shared out to desa,
so that regions whose codes are near lie near each other and the large province has neighbours on both sides.

Everything follows from one seed. Boundaries are the cells of a Voronoi diagram, their edges bent by a wave, so that
neighbours share them exactly.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np
import psycopg
import shapely
from numpy.typing import NDArray

from bench.national_data import SINCE, Size

PROVINSI = "33"
SUMBER_DAYA = 2_000  # in the large province; its neighbours have as many per desa
KINDS = ("PANTI", "LKS", "RUMAH_SINGGAH", "PUSKESOS")
LAND = (
    108.5,
    -8.0,
    111.4,
    -6.73,
)  # west, south, east, north: 4 km² for each desa of a country of 11.042, as in Central Java
_STEP = 0.0006  # degrees (70 m) between corners of a boundary, which then has 126

Floats = NDArray[np.float64]


def build(url: str, size: Size, say: Callable[[str], None]) -> None:
    """Boundaries of every desa, resources of the kinds in `KINDS`."""
    with psycopg.connect(url, autocommit=True) as conn:
        desa = [k for (k,) in conn.execute("SELECT kode FROM wilayah WHERE tingkat = 4 ORDER BY kode")]
        positions = _positions(desa)
        say(f"batas {len(desa):,} desa")
        _batas(conn, desa, positions)
        say("sumber daya")
        _sumber_daya(conn, desa, positions)
        for table in ("batas", "sumber_daya", "surat_sumber_daya"):
            conn.execute(f"VACUUM (ANALYZE) {table}")


def _positions(desa: Sequence[str]) -> Floats:
    """A point for each desa, (n, 2) degrees: the land is halved again and again, and with it the list of codes."""
    west, south, east, north = LAND
    chance = np.random.default_rng(20)
    points = np.column_stack([chance.uniform(west, east, len(desa)), chance.uniform(south, north, len(desa))])
    placed = np.empty_like(points)

    def divide(indices: NDArray[np.intp], start: int, stop: int, length: int) -> None:
        """`indices`: points for desa[dari:sampai], which are alike in the first `length` letters."""
        groups = [len(list(g)) for _, g in groupby(desa[start:stop], lambda k: k[:length])]
        if len(groups) == 1:
            if length >= 13:
                placed[start:stop] = points[indices]
            else:
                divide(indices, start, stop, length + 3 if length < 8 else 13)
            return
        count = sum(groups[: len(groups) // 2])
        axis = int(np.argmax(np.ptp(points[indices], axis=0)))
        order = indices[np.argsort(points[indices, axis], kind="stable")]
        divide(order[:count], start, start + count, length)
        divide(order[count:], start + count, stop, length)

    divide(np.arange(len(desa)), 0, len(desa), 2)
    return placed


def _batas(conn: psycopg.Connection[tuple[str]], desa: Sequence[str], positions: Floats) -> None:
    land = shapely.box(*LAND)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(positions), extend_to=land, ordered=True)
    shapes = shapely.segmentize(shapely.intersection(np.array(cells.geoms), land), _STEP)
    shapes = shapely.multipolygons([[b] for b in shapely.transform(shapes, _bent)])
    points = shapely.points(_bent(positions))
    with (
        conn.cursor() as cursor,
        cursor.copy(
            "COPY batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh) "
            "FROM STDIN"
        ) as copy,
    ):
        for kode, b, t in zip(desa, shapes, points, strict=True):
            wkb = [shapely.to_wkb(shapely.set_srid(g, 4326), hex=True, include_srid=True) for g in (b, t)]
            copy.write_row((kode[:5], kode, SINCE, SINCE, SINCE, 4, *wkb, 0.0, "bench", "bench", True))
    conn.execute("UPDATE batas SET luas_km2 = ST_Area(geom::geography) / 1e6, titik = ST_PointOnSurface(geom)")


def _bent(points: Floats) -> Floats:
    """The same displacement at the same place, at most 40 m: what was a neighbour stays one."""
    x, y = points[:, 0] * 1_100, points[:, 1] * 1_300
    return np.asarray(points + 0.00025 * np.column_stack([np.sin(x + 1.3 * y), np.cos(y - 0.7 * x)]))


def _sumber_daya(conn: psycopg.Connection[tuple[str]], desa: Sequence[str], positions: Floats) -> None:
    with (
        conn.cursor() as cursor,
        cursor.copy(
            "COPY sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, contoh, diubah_oleh, sasaran, "
            "daya_tampung, klien_l, klien_p) FROM STDIN"
        ) as copy,
    ):
        for row in _institutions(desa, positions):
            copy.write_row(row)
    conn.execute(
        "INSERT INTO surat_sumber_daya (kode_kab, id, jenis, sejak, sampai, nomor) SELECT kode_kab, id, 'TANDA_DAFTAR', "
        "'2022-01-01', CASE WHEN abs(hashtext(id::text)) % 5 > 0 THEN date '2090-01-01' ELSE date '2023-01-01' END, 'bench' "
        "FROM sumber_daya WHERE jenis = 'LKS'"
    )


def _institutions(desa: Sequence[str], positions: Floats) -> Iterator[tuple[object, ...]]:
    chance = random.Random(21)
    in_33 = [i for i, k in enumerate(desa) if k.startswith(PROVINSI + ".")]
    elsewhere = [i for i, k in enumerate(desa) if not k.startswith(PROVINSI + ".")]
    places = chance.choices(in_33, k=SUMBER_DAYA) + chance.choices(
        elsewhere, k=SUMBER_DAYA * len(elsewhere) // len(in_33)
    )
    for number, i in enumerate(places):
        kind = KINDS[number % len(KINDS)]
        lon, lat = positions[i] + np.array([chance.uniform(-0.01, 0.01), chance.uniform(-0.01, 0.01)])
        point = None if number % 10 == 9 else f"SRID=4326;POINT({lon:.6f} {lat:.6f})"  # one in ten nobody has measured
        capacity = None if kind == "PUSKESOS" else chance.randint(20, 120)
        clients = (
            (None, None) if capacity is None else (chance.randint(0, capacity // 2), chance.randint(0, capacity // 2))
        )
        yield (desa[i][:5], f"00000000-0000-7000-8000-{number:012x}", kind, f"{kind} {number}", "MASYARAKAT", desa[i], point,
               SINCE, True, "bench", "lanjut usia" if kind == "PANTI" else None, capacity, *clients)  # fmt: skip
