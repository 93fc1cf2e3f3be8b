"""scripts/bench jejaring: every question about 5.000 networks (WKSBM) and 40.000 links, one after the other, through HTTP.

    scripts/bench jejaring [--json FILE] [--rounds N]

The bench starts a hub of its own, one process, over made-up networks and regions (bench/jejaring_data.py). For each question it
asks many variants in many short rounds and takes the 95th percentile of the whole HTTP request: the median of the rounds.
"After a change" writes a link before each question, so the graph in memory is read and walked anew. Beside it, no bar:
networkx in Python over the same links, and a recursive statement written by hand.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import networkx
import psycopg
import uvloop

from bench import database, jejaring_data, servers
from bench.jejaring_data import JEJARING, LINKS, uuid_of
from bench.load_client import Ask, load
from bench.report import SCREEN, Work, conclude, show
from hub.db.private_cluster import PrivateCluster

_BAR_MS = 100.0
_NAMED = "id nama tahap desa { kode nama }"
_PROFILE = """query ($id: ID!) { wksbm(id: $id) { id nama tahap tahapSejak derajat jumlahAnggota jumlahSumber titik
  desa { nama kecamatan { nama kabupaten { nama provinsi { nama } } } } riwayatTahap { tahap sejak } anggota { nama jenis sejak }
  kegiatan { tanggal program uraian kode } kegiatanKurang { kode nama } hubungan { masuk jenis skala sejak sampai garis tujuan {
    __typename ... on Wksbm { id nama } ... on SumberDaya { id nama jenis } ... on MitraLuar { nama jenisMitra: jenis } } } } }"""
_REACH = "query ($id: ID!, $n: Int!) { wksbm(id: $id) { nama jangkauan(langkah: $n) { id nama tahap } } }"
_ANGKA = "simpul hubungan hubunganKeluar hubunganSumber komponen kepadatan jumlahTitikRapuh perTahap { tahap jumlah }"


def _jejaring(fields: str) -> str:
    return f"query ($w: KodeWilayah!) {{ jejaring(wilayah: $w) {{ {fields} }} }}"


def _page(name: str, arguments: str, fields: str, extra: str = "") -> str:
    return f"query ($w: KodeWilayah!) {{ {name}(wilayah: $w{arguments}) {{ pageInfo {{ hasNextPage }} edges {{ node {{ {fields} }} }} {extra}}} }}"


_CANDIDATES = f"alasan jarakKm asal {{ {_NAMED} }} tujuan {{ {_NAMED} }}"
_LINES = "jenis skala garis asal { id } tujuan { __typename ... on Wksbm { id } }"
_TRIWULAN = [f"{t}-TW{k}" for t in range(2020, 2025) for k in range(1, 5)]
_STAGES = "query ($w: KodeWilayah!, $p: [Periode!]!) { wksbmPerTahap(wilayah: $w, periode: $p) { periode penumbuhan pemantapan pengembangan jumlah } }"
_LIST = f"""query ($w: KodeWilayah!) {{ daftarWksbm(saring: {{di: $w, tahap: [PEMANTAPAN, PENGEMBANGAN]}}) {{ totalCount
  edges {{ node {{ {_NAMED} derajat jumlahAnggota }} }} }} }}"""
_PARTNERS = "{ daftarMitraLuar(takTerhubung: true) { totalCount edges { node { id nama jenis } } } }"


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench jejaring", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=9, help="rounds per question (default 9)")
    chosen = options.parse_args()
    with database.cluster() as cluster:
        url = _database(cluster)
        with servers.hub(url, database.home()) as hub:
            works = [*uvloop.run(_measure(hub.url, url, chosen.rounds)), *_after_change(hub.url, url, chosen.rounds)]
            _peers(hub.url, url)
            SCREEN.print(f"memory of the hub: {hub.resident_mb:.0f} MiB, peak {hub.peak_mb:.0f} MiB")
    return conclude([w.as_json() for w in works], chosen.json)


def _database(cluster: PrivateCluster) -> str:
    """Made anew each time, it takes some twenty seconds."""
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS bench_jejaring WITH (FORCE)")
        conn.execute("CREATE DATABASE bench_jejaring")
    url = cluster.url("bench_jejaring")
    start = time.perf_counter()
    jejaring_data.build(url)
    with psycopg.connect(url) as conn:
        (counts,) = conn.execute(
            "SELECT (SELECT count(*) FROM wksbm), (SELECT count(*) FROM hubungan_wksbm)"
        ).fetchall()
    SCREEN.print(f"data: {counts[0]} networks, {counts[1]} links, made in {time.perf_counter() - start:.0f} s")
    if counts[0] != JEJARING or not LINKS * 0.99 < counts[1] <= LINKS:
        raise RuntimeError("the data is not of the size it says")
    return url


def questions(url: str) -> dict[str, list[Ask]]:
    """Variants of every question: over networks, over kabupaten, over provinces."""
    chance = random.Random(9)
    with psycopg.connect(url) as conn:
        jejaring = [f"{k}:{i}" for k, i in conn.execute("SELECT kode_kab, id::text FROM wksbm ORDER BY id")]
        kab = [k for (k,) in conn.execute("SELECT DISTINCT kode_kab FROM wksbm ORDER BY 1")]
    prov = sorted({k[:2] for k in kab})
    chosen = chance.sample(jejaring, 40)
    wilayah = [*prov, *chance.sample(kab, 16)]

    def per_region(query: str, regions: list[str]) -> list[Ask]:
        return [Ask("/graphql", query, {"w": w}) for w in regions]

    return {
        "profil lengkap": [Ask("/graphql", _PROFILE, {"id": i}) for i in chosen],
        **{f"jangkauan {n} langkah": [Ask("/graphql", _REACH, {"id": i, "n": n}) for i in chosen] for n in (2, 3, 10)},
        "daftarWksbm, satu halaman": per_region(_LIST, wilayah),
        "jejaring: angka, satu provinsi": per_region(_jejaring(_ANGKA), prov),
        "jejaring: angka, satu kabupaten": per_region(_jejaring(_ANGKA), wilayah[len(prov) :]),
        "jejaring: kelompok": per_region(_jejaring(f"kelompok {{ ukuran wksbm {{ {_NAMED} }} }}"), wilayah),
        "jejaring: terpencil": per_region(_jejaring(f"terpencil {{ {_NAMED} }}"), wilayah),
        "jejaring: titik rapuh": per_region(_jejaring(f"titikRapuh {{ pecahan wksbm {{ {_NAMED} }} }}"), wilayah),
        "calon hubungan, satu provinsi": per_region(_page("calonHubungan", "", _CANDIDATES, "totalCount "), prov),
        "calon hubungan, satu kabupaten": per_region(
            _page("calonHubungan", "", _CANDIDATES, "totalCount "), wilayah[len(prov) :]
        ),
        "sumber daya tak terhubung": per_region(
            _page("sumberDayaTakTerhubung", "", "id nama jenis desa { nama }"), wilayah
        ),
        "mitra tak terhubung": [Ask("/graphql", _PARTNERS)],
        "per tahap, 20 triwulan": [Ask("/graphql", _STAGES, {"w": w, "p": _TRIWULAN}) for w in wilayah],
        "garis hubungan, 500 satu halaman": per_region(_page("hubunganJejaring", ", first: 500", _LINES), wilayah),
    }


async def _measure(hub: str, url: str, rounds: int) -> list[Work]:
    works, rows = [], []
    for name, asks in questions(url).items():
        _check(hub, asks)
        await load(hub, asks, 1, 1e9, most=2 * len(asks))  # caches and plans
        measured = [await load(hub, asks, 1, 1e9, most=max(40, len(asks))) for _ in range(rounds)]
        p95 = statistics.median(m.p95 for m in measured)
        rows.append(
            [
                name,
                f"{statistics.median(m.median for m in measured):.1f}",
                f"{p95:.1f}",
                str(max(max(m.sizes) for m in measured)),
            ]
        )
        works.append(Work(f"{name}: p95", round(p95, 1), "ms", _BAR_MS, True))
    show("5.000 networks, 40.000 links", ["question", "median ms", "p95 ms", "largest answer, bytes"], rows)
    return works


def _check(hub: str, asks: list[Ask]) -> None:
    """An answer with errors is none."""
    with httpx.Client(base_url=hub, timeout=60) as client:
        for a in asks:
            _ask(client, a)


def _ask(client: httpx.Client, a: Ask) -> Any:
    answer = client.post("/graphql", json={"query": a.query, "variables": a.variables}).json()
    if "errors" in answer:
        raise RuntimeError(f"{a.query} {a.variables}: {answer['errors'][0]['message']}")
    return answer["data"]


def _after_change(hub: str, url: str, rounds: int) -> list[Work]:
    """The graph of the whole country, read and walked anew for every question."""
    ask = Ask("/graphql", _jejaring(_ANGKA), {"w": "33"})
    durations: list[float] = []
    with httpx.Client(base_url=hub, timeout=60) as client, psycopg.connect(url, autocommit=True) as conn:
        for n in range(rounds * 8):
            conn.execute("UPDATE hubungan_wksbm SET diubah_oleh = %s WHERE id = %s", (f"bench {n}", uuid_of(4, n)))
            time.sleep(0.05)  # the database tells of it
            start = time.perf_counter()
            _ask(client, ask)
            durations.append((time.perf_counter() - start) * 1000)
    p95 = sorted(durations)[-(-len(durations) * 95 // 100) - 1]
    return [Work("jejaring: angka, satu provinsi, sesudah perubahan: p95", round(p95, 1), "ms", _BAR_MS, True)]


_BY_HAND = """WITH RECURSIVE t AS (SELECT asal AS a, tujuan AS b FROM hubungan_wksbm WHERE macam = 'WKSBM'
  UNION ALL SELECT tujuan, asal FROM hubungan_wksbm WHERE macam = 'WKSBM'),
r(id, n) AS (SELECT %s::uuid, 0 UNION SELECT t.b, r.n + 1 FROM r JOIN t ON t.a = r.id WHERE r.n < 3)
SELECT count(DISTINCT w.id) FROM r JOIN wksbm w ON w.id = r.id WHERE w.id <> %s"""


def _peers(hub: str, url: str) -> None:
    """No system models this. What one would reach for: networkx over the same links; a recursive statement by hand."""
    with psycopg.connect(url) as conn, httpx.Client(base_url=hub, timeout=60) as client:
        links = conn.execute("SELECT asal::text, tujuan::text FROM hubungan_wksbm WHERE macam = 'WKSBM'").fetchall()
        simpul = [i for (i,) in conn.execute("SELECT id::text FROM simpul_wksbm WHERE desa LIKE '33.%'")]
        (kab,) = conn.execute("SELECT kode_kab FROM wksbm WHERE id = %s", (uuid_of(1, 7),)).fetchall()
        inside = set(simpul)

        def networkx_graph() -> Any:
            g = networkx.Graph()
            g.add_nodes_from(simpul)
            g.add_edges_from(p for p in links if p[0] in inside and p[1] in inside)
            return networkx.number_connected_components(g), len(list(networkx.articulation_points(g)))

        def hub_graph() -> Any:
            j = _ask(client, Ask("/graphql", _jejaring("komponen jumlahTitikRapuh"), {"w": "33"}))["jejaring"]
            return j["komponen"], j["jumlahTitikRapuh"]

        def hand_reach() -> Any:
            ((n,),) = conn.execute(_BY_HAND, (uuid_of(1, 7), uuid_of(1, 7))).fetchall()
            return n

        def hub_reach() -> Any:
            ask = Ask("/graphql", _REACH, {"id": f"{kab[0]}:{uuid_of(1, 7)}", "n": 3})
            return len(_ask(client, ask)["wksbm"]["jangkauan"])

        rows = []
        for name, theirs, ours in (
            ("components and articulation points: networkx, links in memory", networkx_graph, hub_graph),
            ("three links: recursive SQL by hand, no HTTP", hand_reach, hub_reach),
        ):
            if theirs() != ours():
                raise RuntimeError(f"{name}: the hub answers otherwise")
            a, b = _duration(theirs), _duration(ours)
            rows.append([name, f"{a:.1f}", f"{b:.1f}", f"{a / b:.1f}"])
    show("Beside it", ["what", "theirs ms", "the hub, whole request ms", "x"], rows)


def _duration(f: Callable[[], Any], times: int = 9) -> float:
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        f()
        durations.append((time.perf_counter() - start) * 1000)
    return statistics.median(durations)


if __name__ == "__main__":
    raise SystemExit(main())
