"""scripts/bench batas: boundaries at national size, some 83.000 real desa, through the commands an operator uses.

    scripts/bench batas [--json FILE]

First `hub import batas` of one kabupaten whose shapes are nearly all invalid once rounded, for which PostGIS sends thousands of
notices: it ends, or the bench does. Then measured: the same command for the whole country, that kabupaten included, into an empty
hub (reading, storing, drawing the pyramid), its time and the most memory all its processes hold together; for one kabupaten
afterwards; `hub check batas`. The database server's own memory is not counted: it is bounded by its settings.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
import shapely

from bench import batas_data, database, servers
from bench.report import SCREEN, Work, conclude
from hub.db.database import Database
from hub.db.migrate import migrate
from hub.db.private_cluster import PrivateCluster
from hub.wilayah import statements as wilayah_statements

_SECONDS, _MIB = 360.0, 1536.0
_SECONDS_OF_ONE, _SECONDS_OF_CHECK, _SECONDS_OF_JAGGED = 20.0, 180.0, 60.0
_HANGS = 5  # times its bar: a command that is not done by then never will be
_CONTENTS = """SELECT (SELECT count(*) FROM batas), (SELECT count(*) FROM batas_piramida),
  (SELECT count(*) FROM piramida_satuan),
  pg_size_pretty(pg_total_relation_size('batas')), pg_size_pretty(pg_total_relation_size('batas_piramida'))"""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended well. `peak_mib`: the most its processes held resident at one time, added up."""

    seconds: float
    peak_mib: float


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench batas", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    chosen = options.parse_args()
    folder = batas_data.source()
    file = batas_data.national_file(folder)
    with database.cluster() as cluster:
        try:
            url = prepare(cluster, folder, batas_data.COPIES)
            jagged = import_file(url, jagged_kabupaten(), _SECONDS_OF_JAGGED)
            url = prepare(cluster, folder, batas_data.COPIES)
            whole = import_file(url, file, _SECONDS)
            SCREEN.print(contents(url))
            one = import_file(url, one_kabupaten(folder), _SECONDS_OF_ONE)
            checked = run_hub(url, "check", "batas", longest=_HANGS * _SECONDS_OF_CHECK)
        except HangsError as error:
            SCREEN.print(f"NO: {error}")
            return 1
    bars = [
        Work("impor satu kabupaten bergerigi", jagged.seconds, "s", _SECONDS_OF_JAGGED, True),
        Work("impor batas nasional, dengan peta", whole.seconds, "s", _SECONDS, True),
        Work("impor batas nasional: memori", whole.peak_mib, "MiB", _MIB, True),
        Work("impor ulang satu kabupaten", one.seconds, "s", _SECONDS_OF_ONE, True),
        Work("pemeriksaan mutu batas nasional", checked.seconds, "s", _SECONDS_OF_CHECK, True),
        Work("pemeriksaan mutu batas nasional: memori", checked.peak_mib, "MiB", _MIB, True),
    ]
    return conclude([b.as_json() for b in bars], chosen.json)


def prepare(cluster: PrivateCluster, folder: Path, copy_count: int, name: str = "bench_batas") -> str:
    """The address of a new database that holds the regions of the copies and nothing else."""
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        conn.execute(f"CREATE DATABASE {name}")
    url = cluster.url(name)
    migrate(url)

    async def fill() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            async with db.as_owner() as conn:
                await wilayah_statements.insert(conn, batas_data.regions(folder, copy_count))
        finally:
            await db.close()

    asyncio.run(fill())
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("VACUUM (ANALYZE) wilayah")
    return url


def one_kabupaten(folder: Path) -> Path:
    """The desa of one kabupaten of the first copy, a hundred metres further east than they were."""
    shapes, kode, names = batas_data.read(batas_data.national_file(folder))
    own = [k.startswith(batas_data.copies()["53"][0] + ".02") for k in kode]
    file = database.home() / "batas_satu.gpkg"
    file.unlink(missing_ok=True)
    shifted = shapely.transform(shapes[own], lambda points: points + np.array([0.001, 0.0]))
    batas_data.write(file, shifted, list(kode[own]), list(names[own]))
    return file


def jagged_kabupaten() -> Path:
    """The generated kabupaten alone."""
    file = database.home() / "batas_bergerigi.gpkg"
    file.unlink(missing_ok=True)
    batas_data.write(file, batas_data.jagged_areas(), batas_data.jagged_codes(), ["Bergerigi"] * batas_data.JAGGED)
    return file


class HangsError(RuntimeError):
    """A command did not end."""


def import_file(url: str, file: Path, bar: float) -> Ran:
    return run_hub(url, "import", "batas", str(file), "--berlaku", "2025-01-01", longest=_HANGS * bar)


def run_hub(url: str, *words: str, longest: float) -> Ran:
    """One command in a process of its own. Raises RuntimeError with what it said when it fails; HangsError when it is not done
    after `longest` seconds, with what its server is doing, once it is killed."""
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "hub", *words], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    memory = _Memory(process.pid)
    memory.start()
    try:
        _, errors = process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        busy = waiting(url)
        process.kill()
        process.communicate()
        raise HangsError(f"hub {' '.join(words)} hangs: not done after {longest:g} s; {busy}") from None
    seconds = time.perf_counter() - start
    memory.join()
    if process.returncode != 0:
        raise RuntimeError(f"hub {' '.join(words)}: {errors[-2000:]}")
    return Ran(seconds, memory.peak_mib)


def waiting(url: str) -> str:
    """What the other connections to the database are at, and what for they wait."""
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            "SELECT concat_ws(' ', state, wait_event_type, wait_event, left(query, 40)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        ).fetchall()
    return "; ".join(b for (b,) in rows) or "its server does nothing"


def contents(url: str) -> str:
    with psycopg.connect(url) as conn:
        row = conn.execute(_CONTENTS).fetchone()
    assert row is not None
    batas, shape_count, unit_count, batas_size, pyramid_size = row
    return f"{batas:,} boundaries ({batas_size}), {shape_count:,} shapes in the pyramid ({pyramid_size}), {unit_count} units"


class _Memory(threading.Thread):
    """Watches a process and those it starts, until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak_mib = 0.0

    def run(self) -> None:
        while Path(f"/proc/{self._pid}/task").exists():
            now = sum(_resident_kb(p) for p in _family(self._pid)) / 1024
            if now == 0:
                return
            self.peak_mib = max(self.peak_mib, now)
            time.sleep(0.1)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return [pid]
    return [pid, *(p for a in children for p in _family(int(a)))]


def _resident_kb(pid: int) -> int:
    try:
        line = next((b for b in Path(f"/proc/{pid}/status").read_text().splitlines() if b.startswith("VmRSS:")), None)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if line is None else int(line.split()[1])


if __name__ == "__main__":
    raise SystemExit(main())
