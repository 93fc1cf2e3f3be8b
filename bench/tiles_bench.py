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

_NAMA, _NEGARA = "bench_peta", "bench_negara"
_BERKAS = ("rbi_desa.gpkg", "rbi_kecamatan.fgb", "rbi_kabupaten.fgb", "rbi_provinsi.fgb")
_BERLAKU = "2025-01-01"
_TERSIBUK = 3  # tiles per zoom: the ones with the most desa

# What TiPg is given: one table with just what its tiles hold, so that it joins nothing and filters nothing; the boundaries as
# the hub stores them (EPSG:4326), the index that TiPg asks for, physical order by code, statistics.
_SEBAYA = """
DROP SCHEMA IF EXISTS sebaya_peta CASCADE;
CREATE SCHEMA sebaya_peta;
CREATE TABLE sebaya_peta.desa AS
SELECT b.kode, w.nama, 'DESA'::text AS tingkat, w.jenis, b.contoh, b.geom::geometry(MultiPolygon, 4326) AS geom
FROM batas b JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
WHERE b.tingkat = 4 AND b.sampai IS NULL AND w.berlaku_sampai IS NULL ORDER BY b.kode;
ALTER TABLE sebaya_peta.desa ADD PRIMARY KEY (kode);
CREATE INDEX ON sebaya_peta.desa USING gist (geom);
"""
_UBIN = """
WITH d AS (SELECT ST_XMin(k) AS a, ST_YMin(k) AS b, ST_XMax(k) AS c, ST_YMax(k) AS d FROM (
  SELECT geom::box3d AS k FROM batas_piramida WHERE tingkat = 4 AND pita = 4) s)
SELECT x, y, count(*) FROM d, LATERAL (SELECT 40075016.68557849 / 2 ^ %(z)s AS sisi, 20037508.342789244 AS separuh) u,
  LATERAL generate_series(floor((a + separuh) / sisi)::int, floor((c + separuh) / sisi)::int) x,
  LATERAL generate_series(floor((separuh - d) / sisi)::int, floor((separuh - b) / sisi)::int) y
GROUP BY x, y ORDER BY 3 DESC, 1, 2 LIMIT %(banyak)s"""


def main() -> int:
    pilihan = argparse.ArgumentParser(prog="scripts/bench tiles", description=__doc__)
    pilihan.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    pilihan.add_argument("--rounds", type=int, default=15, help="rounds per tile (default 15)")
    pilihan.add_argument("--seconds", type=float, default=0.4, help="seconds per server and round (default 0.4)")
    pilihan.add_argument("--bounds", action="store_true", help="only how large and slow tiles are, zoom by zoom")
    isi = pilihan.parse_args()
    with database.cluster() as klaster:
        url = _data(klaster)
        sebaya = database.loopback(klaster, _NAMA)
        works = [] if isi.bounds else uvloop.run(_measure(url, sebaya, isi.rounds, isi.seconds))
        works += uvloop.run(_bounds(url, country(klaster, _NAMA, _NEGARA)))
    return conclude([w.as_json() for w in works], isi.json)


def _data(klaster: PrivateCluster) -> str:
    """The address of a database with the real boundaries of two provinces, imported as an office does."""
    folder = Path(os.environ.get("HUB_DATA_DIR", servers.ROOT.parent / "shared/data"))
    if not (folder / "wilayah_2025.csv").is_file():
        raise SystemExit(f"{folder} does not hold the real boundaries; set HUB_DATA_DIR.")
    url = klaster.url(_NAMA)
    with psycopg.connect(klaster.url(), autocommit=True) as conn:
        ada = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_NAMA,)).fetchone()
        if ada is None:
            SCREEN.print(f"building {_NAMA} (once; kept in {database.home() / 'pg'})")
            conn.execute(f"CREATE DATABASE {_NAMA}")
    migrate(url)
    with psycopg.connect(url, autocommit=True) as conn:
        (banyak,) = conn.execute("SELECT count(*) FROM batas_piramida").fetchone() or (0,)
        if not banyak:
            _hub(url, "wilayah", str(folder / "wilayah_2025.csv"))
            for berkas in _BERKAS:
                _hub(url, "batas", str(folder / "batas_53_36" / berkas))
        conn.execute(_SEBAYA)
        conn.execute("VACUUM (ANALYZE) sebaya_peta.desa")
        conn.execute("VACUUM (ANALYZE) batas_piramida")
        # compiling plans just in time costs TiPg tens of milliseconds; the hub switches it off for itself
        conn.execute(f"ALTER DATABASE {_NAMA} SET jit = off")
        (desa,) = conn.execute("SELECT count(*) FROM sebaya_peta.desa").fetchone() or (0,)
    SCREEN.print(f"data: {desa} desa of provinces 36 and 53, full detail {_points(url):,} points")
    return url


def _hub(url: str, *kata: str) -> None:
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    perintah = [sys.executable, "-m", "hub", "import", *kata, "--berlaku", _BERLAKU]
    subprocess.run(perintah, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _points(url: str) -> int:
    with psycopg.connect(url) as conn:
        (banyak,) = conn.execute("SELECT sum(ST_NPoints(geom)) FROM sebaya_peta.desa").fetchone() or (0,)
    return int(banyak)


def busiest(url: str, z: int, banyak: int) -> list[tuple[TileAddress, int]]:
    """The tiles of a zoom whose box most desa touch, with how many."""
    with psycopg.connect(url) as conn:
        return [(TileAddress(z, x, y), n) for x, y, n in conn.execute(_UBIN, {"z": z, "banyak": banyak})]


async def _bounds(url: str, negara: str) -> list[Work]:
    works = []
    for title, address in (("dua provinsi", url), ("negara, 83.368 desa", negara)):
        await settle(address)
        with servers.hub(address, database.home(), "hub_batas", HUB_CACHE_UBIN_MB="0") as hub:
            works += await bounds(title, hub, address, busiest)
    return works


async def _measure(url: str, sebaya: str, rounds: int, seconds: float) -> list[Work]:
    home = database.home()
    with ExitStack() as nyala:
        polos = nyala.enter_context(servers.hub(url, home, HUB_CACHE_UBIN_MB="0"))
        layanan = {"hub": polos, "tipg": nyala.enter_context(servers.tipg(sebaya, home, "sebaya_peta"))}
        ((banten, desa),) = busiest(url, 7, 1)  # it lies in one tile of this zoom, whole
        jauh, besar = await _compare(f"zoom 7, {desa} desa", layanan, [banten], rounds, seconds)
        dekat = {
            z: (await _compare(f"zoom {z}", layanan, [a for a, _ in busiest(url, z, _TERSIBUK)], rounds, seconds))[0]
            for z in (9, 11, 13)
        }
    with servers.hub(url, home, "hub_cache") as hub:
        tersimpan = await _kept(hub, banten, home, rounds, seconds)
    return [
        Work("zoom 7, seluruh desa satu provinsi: lebih cepat dari TiPg", jauh, "x", 6),
        Work("zoom 7, seluruh desa satu provinsi: besar ubin", besar / 1000, "kB", 400, True),
        Work("zoom 9: lebih cepat dari TiPg", dekat[9], "x", 3),
        Work("zoom 11: lebih cepat dari TiPg", dekat[11], "x", 3),
        Work("zoom 13: lebih cepat dari TiPg", dekat[13], "x", 1.5),
        Work("ubin yang tersimpan: permintaan/detik terhadap berkas sebesar itu", tersimpan, "x", 0.6),
    ]


def _path(server: str, a: TileAddress) -> Ask:
    if server == "tipg":
        return Ask(f"/collections/sebaya_peta.desa/tiles/WebMercatorQuad/{a.z}/{a.x}/{a.y}")
    return Ask(f"/ubin/wilayah/{a.z}/{a.x}/{a.y}.mvt?tingkat=DESA")


async def _compare(
    title: str, layanan: Mapping[str, Server], ubin: Sequence[TileAddress], rounds: int, seconds: float
) -> tuple[float, int]:
    """How many times faster the hub is, median over tiles and rounds; bytes of its largest tile."""
    rasio: list[float] = []
    baris: list[list[str]] = []
    besar = 0
    for a in ubin:
        asks = {nama: [_path(nama, a)] for nama in layanan}
        for nama, s in layanan.items():
            if not await fetch(s.url, asks[nama][0]):
                raise RuntimeError(f"{nama} has nothing at {a}; there is nothing to compare")
            await load(s.url, asks[nama], 1, seconds)  # plans, and what else the first requests prepare
        putaran: dict[str, list[Measured]] = {nama: [] for nama in layanan}
        for _ in range(rounds):
            for nama, s in layanan.items():
                putaran[nama].append(await load(s.url, asks[nama], 1, seconds))
        satu = [t.median / h.median for h, t in zip(putaran["hub"], putaran["tipg"], strict=True)]
        rasio += satu
        besar = max(besar, *(max(m.sizes) for m in putaran["hub"]))
        for nama, p in putaran.items():
            m = sorted(p, key=lambda m: m.median)[len(p) // 2]
            faktor = f"{statistics.median(satu):.1f}" if nama == "tipg" else ""
            baris.append([f"{a.z}/{a.x}/{a.y} {nama}", f"{m.median:.2f}", f"{m.p95:.2f}", str(max(m.sizes)), faktor])
    show(title, ["tile", "median ms", "p95 ms", "bytes", "hub faster"], baris)
    return statistics.median(rasio), besar


async def _kept(hub: Server, a: TileAddress, home: Path, rounds: int, seconds: float) -> float:
    """Requests per second of a tile the hub keeps, against a file of the same bytes."""
    ubin = _path("hub", a)
    isi = await fetch(hub.url, ubin)
    folder = home / "statis"
    (folder / "aset").mkdir(parents=True, exist_ok=True)
    (folder / "aset/ubin.mvt").write_bytes(isi)
    with servers.static_files(folder, home) as berkas:
        pasangan = {"hub": (hub, ubin), "file": (berkas, Ask("/aset/ubin.mvt"))}
        if await fetch(berkas.url, pasangan["file"][1]) != isi:
            raise RuntimeError("the file is not what the hub gives; there is nothing to compare")
        putaran: dict[str, list[Measured]] = {nama: [] for nama in pasangan}
        for _ in range(rounds + 1):
            for nama, (s, ask) in pasangan.items():
                putaran[nama].append(await load(s.url, [ask], 4, seconds))
    show(f"a kept tile of {len(isi)} bytes, 4 clients", ["server", "requests/s"],
         [[n, f"{statistics.median(m.per_second for m in p[1:]):.0f}"] for n, p in putaran.items()])  # fmt: skip
    return statistics.median(
        h.per_second / b.per_second for h, b in zip(putaran["hub"][1:], putaran["file"][1:], strict=True)
    )


if __name__ == "__main__":
    raise SystemExit(main())
