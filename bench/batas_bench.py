"""scripts/bench batas: boundaries at national size, some 83.000 real desa, through the commands an operator uses.

    scripts/bench batas [--json FILE]

Measured: `hub import batas` of the whole country into an empty hub (reading, storing, drawing the pyramid), its time and the
most memory all its processes hold together; the same command for one kabupaten afterwards; `hub check batas`. The database
server's own memory is not counted: it is bounded by its settings.
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
from hub.store import wilayah_statements
from hub.store.database import Database
from hub.store.migrate import migrate
from hub.store.private_cluster import PrivateCluster

_DETIK, _MIB = 360.0, 1536.0
_DETIK_SATU, _DETIK_PERIKSA = 20.0, 180.0
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
        url = prepare(klaster, folder, batas_data.SALINAN)
        semua = run_hub(url, "import", "batas", str(berkas), "--berlaku", "2025-01-01")
        SCREEN.print(contents(url))
        satu = run_hub(url, "import", "batas", str(one_kabupaten(folder)), "--berlaku", "2025-01-01")
        periksa = run_hub(url, "check", "batas")
    bars = [
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


def run_hub(url: str, *kata: str) -> Ran:
    """One command in a process of its own. Raises RuntimeError with what it said when it fails."""
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    mulai = time.perf_counter()
    proses = subprocess.Popen(
        [sys.executable, "-m", "hub", *kata], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    ingat = _Memory(proses.pid)
    ingat.start()
    _, galat = proses.communicate()
    detik = time.perf_counter() - mulai
    ingat.join()
    if proses.returncode != 0:
        raise RuntimeError(f"hub {' '.join(kata)}: {galat[-2000:]}")
    return Ran(detik, ingat.peak_mib)


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
