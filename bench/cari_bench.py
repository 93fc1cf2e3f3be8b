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

_COUNT = 300
_SEED = 20
_BAR_MS = 30.0
_PROVINSI = ["11", "12", "32", "33", "35", "36", "53", "61", "73", "91"]
_REGIONS = """query ($k: KodeWilayah!) { provinsi(kode: $k) { nama kabupaten { nama kecamatan { nama desa { nama kode } } } } }"""
_SEARCH = "query ($t: String!) { cariWilayah(teks: $t) { jalur skor wilayah { kode nama tingkat } } }"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench cari", description=__doc__)
    options.add_argument("url", nargs="?", help="base address of a running hub; without it the bench starts its own")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    chosen = options.parse_args()
    if chosen.url:
        return conclude([measure(chosen.url).as_json()], chosen.json)
    with database.cluster() as cluster, servers.hub(_names(cluster), database.home()) as hub:
        return conclude([measure(hub.url).as_json()], chosen.json)


def _names(cluster: PrivateCluster) -> str:
    """The address of a database with every region of the 2025 list; made anew each time, it takes seconds."""
    list_file = Path(os.environ.get("HUB_DATA_DIR", servers.ROOT.parent / "shared/data")) / "wilayah_2025.csv"
    if not list_file.is_file():
        raise SystemExit(
            f"{list_file} is not there; set HUB_DATA_DIR, or give the URL of a hub that holds the national list."
        )
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS bench_nama WITH (FORCE)")
        conn.execute("CREATE DATABASE bench_nama")
    url = cluster.url("bench_nama")
    migrate(url)
    env = {**os.environ, **database.settings_for(url), "PYTHONPATH": str(servers.ROOT)}
    command = [sys.executable, "-m", "hub", "import", "wilayah", str(list_file), "--berlaku", "2025-04-25"]
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    SCREEN.print(f"{list_file.name} imported in {time.perf_counter() - start:.1f} s, the command's start included")
    return url


def measure(url: str) -> Work:
    """The 95th percentile of the whole HTTP request, ms; of three passes the middle one."""
    with httpx.Client(base_url=url, timeout=60) as client:
        texts = questions(client)
        rounds = []
        for _ in range(4):  # the first one warms caches and plans
            durations = []
            for t in texts:
                start = time.perf_counter()
                _ask(client, _SEARCH, {"t": t})
                durations.append((time.perf_counter() - start) * 1000)
            rounds.append(sorted(durations)[int(len(durations) * 0.95)])
    return Work("cariWilayah, 300 teks beragam: p95", round(sorted(rounds[1:])[1], 1), "ms", _BAR_MS, True)


def questions(client: httpx.Client) -> list[str]:
    """The same 300 texts for the same lists."""
    chance = random.Random(_SEED)
    places = [
        (d["kode"], d["nama"], c["nama"], k["nama"], p["nama"])
        for kode in _PROVINSI
        if (p := _ask(client, _REGIONS, {"k": kode})["provinsi"])
        for k in p["kabupaten"]
        for c in k["kecamatan"]
        for d in c["desa"]
    ]
    if not places:
        raise SystemExit("The hub holds none of the provinces; import the national lists first (README).")
    texts = []
    for i in range(_COUNT):
        kode, desa, kec, kab, prov = chance.choice(places)
        texts.append(
            [
                desa, _misspelt(desa, chance), _misspelt(_misspelt(desa, chance), chance), f"{desa} {kab}", f"{_misspelt(desa, chance)} {kec}",
                f"Desa {desa}", f"Kec. {kec}", f"{kec} {kab}", desa[: max(3, len(desa) // 2)],
                f"{desa}, {kec}, {kab}, {prov}", kode.replace(".", "")[: chance.choice([4, 6, 7, 10])], kode,
            ][i % 12]
        )  # fmt: skip
    return texts


def _misspelt(name: str, chance: random.Random) -> str:
    i = chance.randrange(len(name))
    match chance.randrange(4):
        case 0:
            return name[:i] + name[i + 1 :] if len(name) > 3 else name
        case 1:
            return name[:i] + name[i : i + 1] * 2 + name[i + 1 :]
        case 2:
            return name[:i] + name[i + 1 : i + 2] + name[i : i + 1] + name[i + 2 :]
        case _:
            return name[:i] + chance.choice(_ALPHABET) + name[i + 1 :]


def _ask(client: httpx.Client, query: str, variables: dict[str, str]) -> Any:
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    if "errors" in answer:
        raise SystemExit(f"The hub refused {variables}: {answer['errors'][0]['message']}")
    return answer["data"]


if __name__ == "__main__":
    raise SystemExit(main())
