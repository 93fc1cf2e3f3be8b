"""scripts/bench jelaskan: the proof of figures of a province of 35 kabupaten, one question after the other, through HTTP.

    scripts/bench jelaskan [--json FILE] [--rounds N]

The bench starts a hub of its own, one process, over made-up regions and figures with an approved rekap behind each month
(bench/jelaskan_data.py). For each question it asks many elements in many short rounds and takes the 95th percentile of the whole
HTTP request: the median of the rounds. Every part of the answer is asked for.
"""

import argparse
import statistics
from pathlib import Path

import httpx
import psycopg
import uvloop

from bench import database, jelaskan_data, servers
from bench.jelaskan_data import PROVINCE
from bench.load_client import Ask, load
from bench.report import SCREEN, Work, conclude, show

_BAR_MS = 50.0
_PROOF = """query ($w: KodeWilayah!, $e: String!, $p: Periode!, $n: DateTime) { jelaskanAngka(wilayah: $w, elemen: $e, periode: $p, pada: $n) {
  baris { nilai status tertulis kelengkapan { diharapkan disetujui } } indikator { nilai pembilang penyebut status }
  cara sidik belumAda { kode nama } asal { kabupaten { kode nama } elemen { kode nama } sisi rekap { id revisiDisetujui } revisi sidik
    periode nilai status tertulis disetujuiPada disetujuiOleh } } }"""


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench jelaskan", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=9, help="rounds per question (default 9)")
    chosen = options.parse_args()
    with database.cluster() as cluster:
        url = database.ensure(cluster, jelaskan_data.SIZE, jelaskan_data)
        with servers.hub(url, database.home()) as hub:
            works = uvloop.run(_measure(hub.url, url, chosen.rounds))
            SCREEN.print(f"memory of the hub: {hub.resident_mb:.0f} MiB, peak {hub.peak_mb:.0f} MiB")
    return conclude([w.as_json() for w in works], chosen.json)


def questions(url: str) -> dict[str, list[Ask]]:
    """By what they are called; each of every element of its kind that there is."""
    with psycopg.connect(url) as conn:
        elemen = conn.execute(
            "SELECT DISTINCT a.elemen, e.agregasi_waktu = 'JUMLAH' FROM angka a JOIN elemen e ON e.kode = a.elemen "
            "WHERE a.kode_kab = %s AND a.tingkat = 2 AND a.periode = '2024' AND e.agregasi_wilayah IN ('JUMLAH', 'HITUNG') "
            "AND e.sensitif < 2 ORDER BY 1",
            (f"{PROVINCE}.01",),
        ).fetchall()
        ((now,),) = conn.execute("SELECT to_json(clock_timestamp())#>>'{}'").fetchall()
    flows, stocks = ([e for e, adds_up in elemen if adds_up is which] for which in (True, False))

    def asks(codes: list[str], wilayah: str, periode: str, **more: str) -> list[Ask]:
        return [Ask("/graphql", _PROOF, {"w": wilayah, "e": e, "p": periode, **more}) for e in codes]

    return {
        "provinsi, satu bulan": asks(flows + stocks, PROVINCE, "2024-05"),
        "provinsi, setahun, yang terbaru": asks(stocks, PROVINCE, "2024"),
        "provinsi, setahun, dijumlahkan: 12 rekap tiap kabupaten": asks(flows, PROVINCE, "2024"),
        "provinsi, setahun, sebagaimana diketahui": asks(stocks, PROVINCE, "2024", n=now),
        "provinsi, indikator, setahun": asks(["I01", "I02", "I03", "I14"], PROVINCE, "2024"),
        "kabupaten, setahun": asks(flows + stocks, f"{PROVINCE}.07", "2024"),
    }


async def _measure(hub: str, url: str, rounds: int) -> list[Work]:
    works, rows = [], []
    for name, asks in questions(url).items():
        parts = _check(hub, asks)
        await load(hub, asks, 1, 1e9, most=2 * len(asks))  # caches and plans
        measured = [await load(hub, asks, 1, 1e9, most=max(40, len(asks))) for _ in range(rounds)]
        p95 = statistics.median(m.p95 for m in measured)
        median = statistics.median(m.median for m in measured)
        rows.append([name, str(parts), f"{median:.1f}", f"{p95:.1f}", str(max(max(m.sizes) for m in measured))])
        works.append(Work(f"{name}: p95", round(p95, 1), "ms", _BAR_MS, True))
    show("a province of 35 kabupaten", ["question", "parts", "median ms", "p95 ms", "largest answer, bytes"], rows)
    return works


def _check(hub: str, asks: list[Ask]) -> int:
    """The most parts that one of them has. An answer with errors is none, and one whose parts are not the figure neither."""
    most = 0
    with httpx.Client(base_url=hub, timeout=60) as client:
        for a in asks:
            answer = client.post("/graphql", json={"query": a.query, "variables": a.variables}).json()
            if "errors" in answer:
                raise RuntimeError(f"{a.variables}: {answer['errors'][0]['message']}")
            proof = answer["data"]["jelaskanAngka"]
            found = [p["nilai"] for p in proof["asal"]]
            figure = proof["baris"]
            if figure is not None and figure["nilai"] is not None and found and sum(found) != figure["nilai"]:
                raise RuntimeError(f"{a.variables}: the parts are {sum(found)}, the figure is {figure['nilai']}")
            most = max(most, len(found))
    return most


if __name__ == "__main__":
    raise SystemExit(main())
