"""A country's worth of boundaries to draw: those of two provinces as the hub drew them, copied side by side seventeen times under
other codes (bench/batas_data.py tells where), and how large and how slow the tiles of every level are at every zoom."""

import math
import time
from collections.abc import Callable

import psycopg

from bench.batas_data import GRIDS, copies
from bench.load_client import Ask, fetch
from bench.report import SCREEN, Work, show
from bench.servers import Server
from geo.mercator import RADIUS
from geo.tile_address import TileAddress
from geo.zoom_bands import DEEPEST_DRAWN
from hub.base.kode import Level
from hub.batas.pyramid_statements import set_boundary_version
from hub.batas.pyramid_zoom import lowest_zooms
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster

_LARGEST, _SLOWEST = 500, 250  # kB, ms: what no tile may pass
_TIMES = 3  # a tile's time is the least of so many
_BUSY = 2  # tiles per zoom
_CORNER = "SELECT ST_XMin(e), ST_YMin(e) FROM (SELECT ST_Extent(geom) AS e FROM asal WHERE left(kode, 2) = %s) AS s"

Busiest = Callable[[str, int, int], list[tuple[TileAddress, int]]]


def country(cluster: PrivateCluster, source: str, name: str) -> str:
    """The address of the database with the country, made once out of that of the two provinces."""
    url = cluster.url(name)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return url
        SCREEN.print(f"building {name} (once; some minutes)")
        conn.execute(f"CREATE DATABASE {name}_baru TEMPLATE {source}")
    with psycopg.connect(cluster.url(f"{name}_baru"), autocommit=True) as conn:
        _multiply(conn)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"ALTER DATABASE {name}_baru RENAME TO {name}")
    return url


def _multiply(conn: psycopg.Connection[tuple[object, ...]]) -> None:
    conn.execute("SET client_min_messages = error")
    conn.execute("CREATE TEMP TABLE asal AS SELECT * FROM batas_piramida WHERE left(kode, 2) IN ('53', '36')")
    conn.execute("CREATE TEMP TABLE daftar AS SELECT * FROM wilayah WHERE left(kode, 2) IN ('53', '36')")
    conn.execute("TRUNCATE batas_piramida, wilayah CASCADE")
    for province, codes in copies().items():
        west, south, wide, high, columns = GRIDS[province]
        corner = conn.execute(_CORNER, (province,)).fetchone()
        assert corner is not None
        for number, code in enumerate(codes):
            moved = {
                "dx": _x(west + number % columns * wide) - float(str(corner[0])),
                "dy": _y(south + number // columns * high) - float(str(corner[1])),
                "kode": code, "asal": province,
            }  # fmt: skip
            conn.execute(
                "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) SELECT %(kode)s || substr(kode_kab, 3), "
                "%(kode)s || substr(kode, 3), berlaku_sejak, tingkat, jenis, nama, %(kode)s || substr(kode_induk, 3) FROM daftar "
                "WHERE left(kode, 2) = %(asal)s", moved)  # fmt: skip
            conn.execute(
                "INSERT INTO batas_piramida (kode_kab, kode, wilayah_sejak, tingkat, pita, geom, titik, contoh) "
                "SELECT %(kode)s || substr(kode_kab, 3), %(kode)s || substr(kode, 3), wilayah_sejak, tingkat, pita, "
                "ST_Translate(geom, %(dx)s, %(dy)s), ST_Translate(titik, %(dx)s, %(dy)s), contoh FROM asal "
                "WHERE left(kode, 2) = %(asal)s", moved)  # fmt: skip
    conn.execute("VACUUM (ANALYZE) batas_piramida")
    conn.execute("VACUUM (ANALYZE) wilayah")


async def settle(url: str) -> None:
    """Let the hub find from which zoom each level is drawn."""
    db = Database(url, 2)
    await db.open()
    try:
        async with db.as_owner() as conn:
            row = await (await conn.execute("SELECT versi FROM peta_versi")).fetchone()
            assert row is not None
            first = await lowest_zooms(conn)
            await set_boundary_version(conn, row[0], first)
        SCREEN.print("drawn from zoom: " + ", ".join(f"{t.name} {z}" for t, z in zip(Level, first, strict=True)))
    finally:
        await db.close()


async def bounds(title: str, hub: Server, url: str, busiest: Busiest) -> list[Work]:
    """The largest and the slowest tile of each zoom, of all levels, as they come without a kept answer."""
    rows: list[list[str]] = []
    largest, slowest = (0, ""), (0.0, "")
    for zoom in range(DEEPEST_DRAWN + 1):
        sizes: list[tuple[int, str]] = []
        times: list[tuple[float, str]] = []
        for tile, _ in busiest(url, zoom, _BUSY):
            for asked in ("", *(f"tingkat={t.name}" for t in Level)):
                where = f"{tile.z}/{tile.x}/{tile.y}"
                ask = Ask(f"/ubin/wilayah/{where}.mvt?{asked}")
                took = []
                for _ in range(_TIMES):
                    begun = time.perf_counter()
                    content = await fetch(hub.url, ask)
                    took.append((time.perf_counter() - begun) * 1000)
                what = f"{where} {asked.rpartition('=')[2] or 'menurut zoom'}"
                sizes.append((len(content), what))
                times.append((min(took), what))
        (size, which), (ms, slow) = max(sizes), max(times)
        rows.append([str(zoom), f"{size / 1000:.1f}", which, f"{ms:.1f}", slow])
        largest, slowest = max(largest, (size, which)), max(slowest, (ms, slow))
    show(title, ["zoom", "largest kB", "tile", "slowest ms", "tile"], rows)
    return [
        Work(f"{title}, semua tingkat dan zoom: ubin terbesar ({largest[1]})", largest[0] / 1000, "kB", _LARGEST, True),
        Work(f"{title}, semua tingkat dan zoom: ubin terlambat ({slowest[1]})", slowest[0], "ms", _SLOWEST, True),
    ]


def _x(lon: float) -> float:
    return math.radians(lon) * RADIUS


def _y(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat))) * RADIUS
