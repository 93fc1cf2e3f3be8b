"""scripts/bench cari: cariWilayah over 91.599 names, 300 mixed questions, one after the other, through HTTP.

    scripts/bench cari [URL] [--json FILE]

Without URL the bench starts a hub of its own over the real list of names, which the project does not carry: it is looked
for in HUB_DATA_DIR, else in ../shared/data. A URL is the address of a running hub that holds the national list. The questions are made from the names the hub itself holds (reached through it): as written, with one or two wrong
letters, with a region above, with a prefix, the beginning of a name, codes whole and in part.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg

from bench import database, servers
from bench.report import SCREEN, Work, conclude
from hub.db.migrate import migrate
from hub.db.private_cluster import PrivateCluster

_BANYAK = 300
_BENIH = 20
_BATAS_MS = 30.0
_PROVINSI = ["11", "12", "32", "33", "35", "36", "53", "61", "73", "91"]
_ISI = """query ($k: KodeWilayah!) { provinsi(kode: $k) { nama kabupaten { nama kecamatan { nama desa { nama kode } } } } }"""
_CARI = "query ($t: String!) { cariWilayah(teks: $t) { jalur skor wilayah { kode nama tingkat } } }"
_ABJAD = "abcdefghijklmnopqrstuvwxyz"


def main() -> int:
    pilihan = argparse.ArgumentParser(prog="scripts/bench cari", description=__doc__)
    pilihan.add_argument("url", nargs="?", help="base address of a running hub; without it the bench starts its own")
    pilihan.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    isi = pilihan.parse_args()
    if isi.url:
        return conclude([measure(isi.url).as_json()], isi.json)
    with database.cluster() as klaster, servers.hub(_names(klaster), database.home()) as hub:
        return conclude([measure(hub.url).as_json()], isi.json)


def _names(klaster: PrivateCluster) -> str:
    """The address of a database with every region of the 2025 list; made anew each time, it takes seconds."""
    daftar = Path(os.environ.get("HUB_DATA_DIR", servers.ROOT.parent / "shared/data")) / "wilayah_2025.csv"
    if not daftar.is_file():
        raise SystemExit(
            f"{daftar} is not there; set HUB_DATA_DIR, or give the URL of a hub that holds the national list."
        )
    with psycopg.connect(klaster.url(), autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS bench_nama WITH (FORCE)")
        conn.execute("CREATE DATABASE bench_nama")
    url = klaster.url("bench_nama")
    migrate(url)
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    perintah = [sys.executable, "-m", "hub", "import", "wilayah", str(daftar), "--berlaku", "2025-04-25"]
    mulai = time.perf_counter()
    subprocess.run(perintah, env=env, check=True, stdout=subprocess.DEVNULL)
    SCREEN.print(f"{daftar.name} imported in {time.perf_counter() - mulai:.1f} s, the command's start included")
    return url


def measure(url: str) -> Work:
    """The 95th percentile of the whole HTTP request, ms; of three passes the middle one."""
    with httpx.Client(base_url=url, timeout=60) as klien:
        teks = questions(klien)
        putaran = []
        for _ in range(4):  # the first one warms caches and plans
            lama = []
            for t in teks:
                mulai = time.perf_counter()
                _tanya(klien, _CARI, {"t": t})
                lama.append((time.perf_counter() - mulai) * 1000)
            putaran.append(sorted(lama)[int(len(lama) * 0.95)])
    return Work("cariWilayah, 300 teks beragam: p95", round(sorted(putaran[1:])[1], 1), "ms", _BATAS_MS, True)


def questions(klien: httpx.Client) -> list[str]:
    """The same 300 texts for the same lists."""
    acak = random.Random(_BENIH)
    tempat = [
        (d["kode"], d["nama"], c["nama"], k["nama"], p["nama"])
        for kode in _PROVINSI
        if (p := _tanya(klien, _ISI, {"k": kode})["provinsi"])
        for k in p["kabupaten"]
        for c in k["kecamatan"]
        for d in c["desa"]
    ]
    if not tempat:
        raise SystemExit("The hub holds none of the provinces; import the national lists first (README).")
    hasil = []
    for i in range(_BANYAK):
        kode, desa, kec, kab, prov = acak.choice(tempat)
        hasil.append(
            [
                desa, _salah(desa, acak), _salah(_salah(desa, acak), acak), f"{desa} {kab}", f"{_salah(desa, acak)} {kec}",
                f"Desa {desa}", f"Kec. {kec}", f"{kec} {kab}", desa[: max(3, len(desa) // 2)],
                f"{desa}, {kec}, {kab}, {prov}", kode.replace(".", "")[: acak.choice([4, 6, 7, 10])], kode,
            ][i % 12]
        )  # fmt: skip
    return hasil


def _salah(nama: str, acak: random.Random) -> str:
    i = acak.randrange(len(nama))
    match acak.randrange(4):
        case 0:
            return nama[:i] + nama[i + 1 :] if len(nama) > 3 else nama
        case 1:
            return nama[:i] + nama[i : i + 1] * 2 + nama[i + 1 :]
        case 2:
            return nama[:i] + nama[i + 1 : i + 2] + nama[i : i + 1] + nama[i + 2 :]
        case _:
            return nama[:i] + acak.choice(_ABJAD) + nama[i + 1 :]


def _tanya(klien: httpx.Client, query: str, variables: dict[str, str]) -> Any:
    isi = klien.post("/graphql", json={"query": query, "variables": variables}).json()
    if "errors" in isi:
        raise SystemExit(f"The hub refused {variables}: {isi['errors'][0]['message']}")
    return isi["data"]


if __name__ == "__main__":
    raise SystemExit(main())
