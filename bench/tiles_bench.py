"""scripts/bench tiles: the hub's tiles of desa beside TiPg's, on the same boundaries, in one run.

Every server is one process, and the hub keeps no tiles while it is compared (HUB_CACHE_UBIN_MB=0); what it does keep is
compared with a file of the same size. Then, zoom by zoom, the largest and the slowest tile of all levels, also of a country. They are measured in turn, in many short rounds: what else the machine does falls on
all of them alike. A ratio is the median of the rounds' own ratios.
"""

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg
import uvloop

from bench import database, servers
from bench.load_client import Ask, Measured, fetch, load
from bench.report import SCREEN, Work, conclude, show
from bench.servers import Server
from bench.tiles_country import bounds, country, settle
from geo.tile_address import TileAddress
from hub.db.migrate import migrate
from hub.db.private_cluster import PrivateCluster

_NAME, _COUNTRY = "bench_peta", "bench_negara"
_FILES = ("rbi_desa.gpkg", "rbi_kecamatan.fgb", "rbi_kabupaten.fgb", "rbi_provinsi.fgb")
_VALID_FROM = "2025-01-01"
_BUSY = 3  # tiles per zoom: the ones with the most desa

# What TiPg is given: one table with just what its tiles hold, so that it joins nothing and filters nothing; the boundaries as
# the hub stores them (EPSG:4326), the index that TiPg asks for, physical order by code, statistics.
_PEER_SCHEMA = """
DROP SCHEMA IF EXISTS sebaya_peta CASCADE;
CREATE SCHEMA sebaya_peta;
CREATE TABLE sebaya_peta.desa AS
SELECT b.kode, w.nama, 'DESA'::text AS tingkat, w.jenis, b.contoh, b.geom::geometry(MultiPolygon, 4326) AS geom
FROM batas b JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
WHERE b.tingkat = 4 AND b.sampai IS NULL AND w.berlaku_sampai IS NULL ORDER BY b.kode;
ALTER TABLE sebaya_peta.desa ADD PRIMARY KEY (kode);
CREATE INDEX ON sebaya_peta.desa USING gist (geom);
"""
_TILES = """
WITH d AS (SELECT ST_XMin(k) AS a, ST_YMin(k) AS b, ST_XMax(k) AS c, ST_YMax(k) AS d FROM (
  SELECT geom::box3d AS k FROM batas_piramida WHERE tingkat = 4 AND pita = 4) s)
SELECT x, y, count(*) FROM d, LATERAL (SELECT 40075016.68557849 / 2 ^ %(z)s AS sisi, 20037508.342789244 AS separuh) u,
  LATERAL generate_series(floor((a + separuh) / sisi)::int, floor((c + separuh) / sisi)::int) x,
  LATERAL generate_series(floor((separuh - d) / sisi)::int, floor((separuh - b) / sisi)::int) y
GROUP BY x, y ORDER BY 3 DESC, 1, 2 LIMIT %(banyak)s"""


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench tiles", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=15, help="rounds per tile (default 15)")
    options.add_argument("--seconds", type=float, default=0.4, help="seconds per server and round (default 0.4)")
    options.add_argument("--bounds", action="store_true", help="only how large and slow tiles are, zoom by zoom")
    chosen = options.parse_args()
    with database.cluster() as cluster:
        url = _data(cluster)
        peer_url = database.loopback(cluster, _NAME)
        works = [] if chosen.bounds else uvloop.run(_measure(url, peer_url, chosen.rounds, chosen.seconds))
        works += uvloop.run(_bounds(url, country(cluster, _NAME, _COUNTRY)))
    return conclude([w.as_json() for w in works], chosen.json)


def _data(cluster: PrivateCluster) -> str:
    """The address of a database with the real boundaries of two provinces, imported as an office does."""
    folder = Path(os.environ.get("HUB_DATA_DIR", servers.ROOT.parent / "shared/data"))
    if not (folder / "wilayah_2025.csv").is_file():
        raise SystemExit(f"{folder} does not hold the real boundaries; set HUB_DATA_DIR.")
    url = cluster.url(_NAME)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        known = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_NAME,)).fetchone()
        if known is None:
            SCREEN.print(f"building {_NAME} (once; kept in {database.home() / 'pg'})")
            conn.execute(f"CREATE DATABASE {_NAME}")
    migrate(url)
    with psycopg.connect(url, autocommit=True) as conn:
        (count,) = conn.execute("SELECT count(*) FROM batas_piramida").fetchone() or (0,)
        if not count:
            _hub(url, "wilayah", str(folder / "wilayah_2025.csv"))
            for file in _FILES:
                _hub(url, "batas", str(folder / "batas_53_36" / file))
        conn.execute(_PEER_SCHEMA)
        conn.execute("VACUUM (ANALYZE) sebaya_peta.desa")
        conn.execute("VACUUM (ANALYZE) batas_piramida")
        # compiling plans just in time costs TiPg tens of milliseconds; the hub switches it off for itself
        conn.execute(f"ALTER DATABASE {_NAME} SET jit = off")
        (desa,) = conn.execute("SELECT count(*) FROM sebaya_peta.desa").fetchone() or (0,)
    SCREEN.print(f"data: {desa} desa of provinces 36 and 53, full detail {_points(url):,} points")
    return url


def _hub(url: str, *words: str) -> None:
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    command = [sys.executable, "-m", "hub", "import", *words, "--berlaku", _VALID_FROM]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _points(url: str) -> int:
    with psycopg.connect(url) as conn:
        (count,) = conn.execute("SELECT sum(ST_NPoints(geom)) FROM sebaya_peta.desa").fetchone() or (0,)
    return int(count)


def busiest(url: str, z: int, many: int) -> list[tuple[TileAddress, int]]:
    """The tiles of a zoom whose box most desa touch, with how many."""
    with psycopg.connect(url) as conn:
        return [(TileAddress(z, x, y), n) for x, y, n in conn.execute(_TILES, {"z": z, "banyak": many})]


async def _bounds(url: str, country_url: str) -> list[Work]:
    works = []
    for title, address in (("dua provinsi", url), ("negara, 83.368 desa", country_url)):
        await settle(address)
        with servers.hub(address, database.home(), "hub_batas", HUB_CACHE_UBIN_MB="0") as hub:
            works += await bounds(title, hub, address, busiest)
    return works


async def _measure(url: str, peer_url: str, rounds: int, seconds: float) -> list[Work]:
    home = database.home()
    with ExitStack() as running:
        plain_hub = running.enter_context(servers.hub(url, home, HUB_CACHE_UBIN_MB="0"))
        peers = {"hub": plain_hub, "tipg": running.enter_context(servers.tipg(peer_url, home, "sebaya_peta"))}
        ((banten, desa),) = busiest(url, 7, 1)  # it lies in one tile of this zoom, whole
        far, largest = await _compare(f"zoom 7, {desa} desa", peers, [banten], rounds, seconds)
        near = {
            z: (await _compare(f"zoom {z}", peers, [a for a, _ in busiest(url, z, _BUSY)], rounds, seconds))[0]
            for z in (9, 11, 13)
        }
    with servers.hub(url, home, "hub_cache") as hub:
        kept = await _kept(hub, banten, home, rounds, seconds)
    return [
        Work("zoom 7, seluruh desa satu provinsi: lebih cepat dari TiPg", far, "x", 6),
        Work("zoom 7, seluruh desa satu provinsi: besar ubin", largest / 1000, "kB", 400, True),
        Work("zoom 9: lebih cepat dari TiPg", near[9], "x", 3),
        Work("zoom 11: lebih cepat dari TiPg", near[11], "x", 3),
        Work("zoom 13: lebih cepat dari TiPg", near[13], "x", 1.5),
        Work("ubin yang tersimpan: permintaan/detik terhadap berkas sebesar itu", kept, "x", 0.6),
    ]


def _path(server: str, a: TileAddress) -> Ask:
    if server == "tipg":
        return Ask(f"/collections/sebaya_peta.desa/tiles/WebMercatorQuad/{a.z}/{a.x}/{a.y}")
    return Ask(f"/ubin/wilayah/{a.z}/{a.x}/{a.y}.mvt?tingkat=DESA")


async def _compare(
    title: str, peers: Mapping[str, Server], tiles: Sequence[TileAddress], rounds: int, seconds: float
) -> tuple[float, int]:
    """How many times faster the hub is, median over tiles and rounds; bytes of its largest tile."""
    ratios: list[float] = []
    rows: list[list[str]] = []
    largest = 0
    for a in tiles:
        asks = {name: [_path(name, a)] for name in peers}
        for name, s in peers.items():
            if not await fetch(s.url, asks[name][0]):
                raise RuntimeError(f"{name} has nothing at {a}; there is nothing to compare")
            await load(s.url, asks[name], 1, seconds)  # plans, and what else the first requests prepare
        measured: dict[str, list[Measured]] = {name: [] for name in peers}
        for _ in range(rounds):
            for name, s in peers.items():
                measured[name].append(await load(s.url, asks[name], 1, seconds))
        one_tile = [t.median / h.median for h, t in zip(measured["hub"], measured["tipg"], strict=True)]
        ratios += one_tile
        largest = max(largest, *(max(m.sizes) for m in measured["hub"]))
        for name, p in measured.items():
            m = sorted(p, key=lambda m: m.median)[len(p) // 2]
            factor = f"{statistics.median(one_tile):.1f}" if name == "tipg" else ""
            rows.append([f"{a.z}/{a.x}/{a.y} {name}", f"{m.median:.2f}", f"{m.p95:.2f}", str(max(m.sizes)), factor])
    show(title, ["tile", "median ms", "p95 ms", "bytes", "hub faster"], rows)
    return statistics.median(ratios), largest


async def _kept(hub: Server, a: TileAddress, home: Path, rounds: int, seconds: float) -> float:
    """Requests per second of a tile the hub keeps, against a file of the same bytes."""
    tile = _path("hub", a)
    content = await fetch(hub.url, tile)
    folder = home / "statis"
    (folder / "aset").mkdir(parents=True, exist_ok=True)
    (folder / "aset/ubin.mvt").write_bytes(content)
    with servers.static_files(folder, home) as file_server:
        pairs = {"hub": (hub, tile), "file": (file_server, Ask("/aset/ubin.mvt"))}
        if await fetch(file_server.url, pairs["file"][1]) != content:
            raise RuntimeError("the file is not what the hub gives; there is nothing to compare")
        measured: dict[str, list[Measured]] = {name: [] for name in pairs}
        for _ in range(rounds + 1):
            for name, (s, ask) in pairs.items():
                measured[name].append(await load(s.url, [ask], 4, seconds))
    show(f"a kept tile of {len(content)} bytes, 4 clients", ["server", "requests/s"],
         [[n, f"{statistics.median(m.per_second for m in p[1:]):.0f}"] for n, p in measured.items()])  # fmt: skip
    return statistics.median(
        h.per_second / b.per_second for h, b in zip(measured["hub"][1:], measured["file"][1:], strict=True)
    )


if __name__ == "__main__":
    raise SystemExit(main())
