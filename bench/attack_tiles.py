"""Tiles of a whole country: the largest and the slowest of every zoom and level, and of the file a web server can give out."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
from pmtiles.reader import MmapSource, Reader, all_tiles

from bench import batas_bench, batas_data, database, servers, tiles_bench
from bench.report import SCREEN, Work, show
from geo.tile_address import TileAddress
from hub.db.private_cluster import PrivateCluster

_NAME = "bench_batas"
_LEVELS = ("PROVINSI", "KABUPATEN", "KECAMATAN", "DESA")
_KB, _MS = 500.0, 250.0


def tiles() -> list[Work]:
    with database.cluster() as cluster:
        url = _country(cluster)
        addresses = [TileAddress(z, x, y) for z in range(0, 12) for (x, y) in _addresses(url, z)]
        with servers.hub(url, database.home(), HUB_CACHE_UBIN_MB="0") as hub:
            rows, largest, slowest = [], 0.0, 0.0
            for z in range(0, 12):
                for level in _LEVELS:
                    got = [_tile(hub.url, a, level) for a in addresses if a.z == z]
                    kb, ms = max(g[0] for g in got) / 1000, max(g[1] for g in got)
                    largest, slowest = max(largest, kb), max(slowest, ms)
                    rows.append([f"{z} {level}", f"{kb:.0f}", f"{ms:.0f}"])
        show("Largest and slowest tile", ["zoom, level", "kB", "ms"], rows)
        packed = max(_packed(url, level) for level in ("DESA",))
    return [
        Work("tiles: the largest", largest, "kB", _KB, True),
        Work("tiles: the slowest", slowest, "ms", _MS, True),
        Work("tiles: the largest in PMTiles", packed, "kB", _KB, True),
    ]


def _country(cluster: PrivateCluster) -> str:
    """The address of the database of `scripts/bench batas`, filled by an import where it is not there."""
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        known = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_NAME,)).fetchone()
    url = cluster.url(_NAME)
    if known is not None:
        with psycopg.connect(url) as conn:
            count = conn.execute("SELECT count(*) FROM batas WHERE sampai IS NULL").fetchone()
        if count is not None and count[0] > 80_000:
            return url
    folder = batas_data.source()
    file = batas_data.national_file(folder)
    SCREEN.print(f"building {_NAME} (some minutes)")
    url = batas_bench.prepare(cluster, folder, batas_data.COPIES)
    batas_bench.run_hub(url, "import", "batas", str(file), "--berlaku", "2025-01-01", longest=1_200)
    return url


def _addresses(url: str, z: int) -> list[tuple[int, int]]:
    """The three tiles of a zoom that most desa touch."""
    return [(a.x, a.y) for a, _ in tiles_bench.busiest(url, z, 3)]


def _tile(url: str, a: TileAddress, level: str) -> tuple[int, float]:
    """Bytes, and the median of three times in milliseconds."""
    times, size = [], 0
    for _ in range(3):
        begin = time.perf_counter()
        with urllib.request.urlopen(f"{url}/ubin/wilayah/{a.z}/{a.x}/{a.y}.mvt?tingkat={level}", timeout=60) as answer:  # noqa: S310 - our own server
            size = len(answer.read())
        times.append((time.perf_counter() - begin) * 1000)
    return size, statistics.median(times)


def _packed(url: str, level: str) -> float:
    """The largest tile in the file that `hub export pmtiles` writes, kB as it lies there."""
    file = database.home() / "serangan.pmtiles"
    file.unlink(missing_ok=True)
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    command = [
        sys.executable,
        "-m",
        "hub",
        "export",
        "pmtiles",
        "wilayah",
        str(file),
        "--zoom",
        "0-8",
        "--isi",
        f"tingkat={level}",
    ]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Path(file).open("rb") as opened:
        return max(len(content) for _, content in all_tiles(Reader(MmapSource(opened)).get_bytes)) / 1000
