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

_DETIK, _MIB = 360.0, 1536.0
_DETIK_SATU, _DETIK_PERIKSA, _DETIK_BERGERIGI = 20.0, 180.0, 60.0
_HANGS = 5  # times its bar: a command that is not done by then never will be
_ISI = """SELECT (SELECT count(*) FROM batas), (SELECT count(*) FROM batas_piramida),
  (SELECT count(*) FROM piramida_satuan),
  pg_size_pretty(pg_total_relation_size('batas')), pg_size_pretty(pg_total_relation_size('batas_piramida'))"""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended well. `peak_mib`: the most its processes held resident at one time, added up."""

    seconds: float
    peak_mib: float


def main() -> int:
    pilihan = argparse.ArgumentParser(prog="scripts/bench batas", description=__doc__)
    pilihan.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    isi = pilihan.parse_args()
    folder = batas_data.source()
    berkas = batas_data.national_file(folder)
    with database.cluster() as klaster:
        try:
            url = prepare(klaster, folder, batas_data.SALINAN)
            bergerigi = import_file(url, jagged_kabupaten(), _DETIK_BERGERIGI)
            url = prepare(klaster, folder, batas_data.SALINAN)
            semua = import_file(url, berkas, _DETIK)
            SCREEN.print(contents(url))
            satu = import_file(url, one_kabupaten(folder), _DETIK_SATU)
            periksa = run_hub(url, "check", "batas", longest=_HANGS * _DETIK_PERIKSA)
        except HangsError as salah:
            SCREEN.print(f"NO: {salah}")
            return 1
    bars = [
        Work("impor satu kabupaten bergerigi", bergerigi.seconds, "s", _DETIK_BERGERIGI, True),
        Work("impor batas nasional, dengan peta", semua.seconds, "s", _DETIK, True),
        Work("impor batas nasional: memori", semua.peak_mib, "MiB", _MIB, True),
        Work("impor ulang satu kabupaten", satu.seconds, "s", _DETIK_SATU, True),
        Work("pemeriksaan mutu batas nasional", periksa.seconds, "s", _DETIK_PERIKSA, True),
        Work("pemeriksaan mutu batas nasional: memori", periksa.peak_mib, "MiB", _MIB, True),
    ]
    return conclude([b.as_json() for b in bars], isi.json)


def prepare(klaster: PrivateCluster, folder: Path, salinan: int, nama: str = "bench_batas") -> str:
    """The address of a new database that holds the regions of the copies and nothing else."""
    with psycopg.connect(klaster.url(), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE IF EXISTS {nama} WITH (FORCE)")
        conn.execute(f"CREATE DATABASE {nama}")
    url = klaster.url(nama)
    migrate(url)

    async def isi() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            async with db.as_owner() as conn:
                await wilayah_statements.insert(conn, batas_data.regions(folder, salinan))
        finally:
            await db.close()

    asyncio.run(isi())
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("VACUUM (ANALYZE) wilayah")
    return url


def one_kabupaten(folder: Path) -> Path:
    """The desa of one kabupaten of the first copy, a hundred metres further east than they were."""
    bentuk, kode, nama = batas_data.read(batas_data.national_file(folder))
    milik = [k.startswith(batas_data.copies()["53"][0] + ".02") for k in kode]
    berkas = database.home() / "batas_satu.gpkg"
    berkas.unlink(missing_ok=True)
    geser = shapely.transform(bentuk[milik], lambda titik: titik + np.array([0.001, 0.0]))
    batas_data.write(berkas, geser, list(kode[milik]), list(nama[milik]))
    return berkas


def jagged_kabupaten() -> Path:
    """The generated kabupaten alone."""
    berkas = database.home() / "batas_bergerigi.gpkg"
    berkas.unlink(missing_ok=True)
    batas_data.write(berkas, batas_data.jagged_areas(), batas_data.jagged_codes(), ["Bergerigi"] * batas_data.BERGERIGI)
    return berkas


class HangsError(RuntimeError):
    """A command did not end."""


def import_file(url: str, berkas: Path, bar: float) -> Ran:
    return run_hub(url, "import", "batas", str(berkas), "--berlaku", "2025-01-01", longest=_HANGS * bar)


def run_hub(url: str, *kata: str, longest: float) -> Ran:
    """One command in a process of its own. Raises RuntimeError with what it said when it fails; HangsError when it is not done
    after `longest` seconds, with what its server is doing, once it is killed."""
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    mulai = time.perf_counter()
    proses = subprocess.Popen(
        [sys.executable, "-m", "hub", *kata], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    ingat = _Memory(proses.pid)
    ingat.start()
    try:
        _, galat = proses.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        sibuk = waiting(url)
        proses.kill()
        proses.communicate()
        raise HangsError(f"hub {' '.join(kata)} hangs: not done after {longest:g} s; {sibuk}") from None
    detik = time.perf_counter() - mulai
    ingat.join()
    if proses.returncode != 0:
        raise RuntimeError(f"hub {' '.join(kata)}: {galat[-2000:]}")
    return Ran(detik, ingat.peak_mib)


def waiting(url: str) -> str:
    """What the other connections to the database are at, and what for they wait."""
    with psycopg.connect(url) as conn:
        baris = conn.execute(
            "SELECT concat_ws(' ', state, wait_event_type, wait_event, left(query, 40)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        ).fetchall()
    return "; ".join(b for (b,) in baris) or "its server does nothing"


def contents(url: str) -> str:
    with psycopg.connect(url) as conn:
        baris = conn.execute(_ISI).fetchone()
    assert baris is not None
    batas, bentuk, satuan, besar_batas, besar_piramida = baris
    return f"{batas:,} boundaries ({besar_batas}), {bentuk:,} shapes in the pyramid ({besar_piramida}), {satuan} units"


class _Memory(threading.Thread):
    """Watches a process and those it starts, until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak_mib = 0.0

    def run(self) -> None:
        while Path(f"/proc/{self._pid}/task").exists():
            kini = sum(_resident_kb(p) for p in _family(self._pid)) / 1024
            if kini == 0:
                return
            self.peak_mib = max(self.peak_mib, kini)
            time.sleep(0.1)


def _family(pid: int) -> list[int]:
    try:
        anak = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return [pid]
    return [pid, *(p for a in anak for p in _family(int(a)))]


def _resident_kb(pid: int) -> int:
    try:
        baris = next((b for b in Path(f"/proc/{pid}/status").read_text().splitlines() if b.startswith("VmRSS:")), None)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if baris is None else int(baris.split()[1])


if __name__ == "__main__":
    raise SystemExit(main())
