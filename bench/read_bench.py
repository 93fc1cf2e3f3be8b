"""scripts/bench read: the hub's reads beside hand-written SQL and PostGraphile 5, on the same data, in one run.

Every server is one process. They are measured in turn, in many short rounds: what else the machine does falls on all of
them alike. A ratio is the median of the rounds' own ratios; the tables show each server's median round.
"""

import argparse
import json
import random
import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import uvloop

from bench import database, national_data, read_asks, servers
from bench.load_client import Ask, Measured, fetch, load
from bench.national_data import FOUR_PROVINCES, PERIODE, Size
from bench.report import SCREEN, Work, conclude, show
from bench.servers import Server

_HUB_MS = 50.0
_GROWTH = 1.3  # two medians of the same thing differ by less on a busy machine


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench read", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=25, help="rounds per work (default 25)")
    options.add_argument("--seconds", type=float, default=0.5, help="seconds per server and round (default 0.5)")
    options.add_argument(
        "--penuh", action="store_true", help="figures of every desa for all 12 periods (90 million rows)"
    )
    chosen = options.parse_args()
    size = Size(periode_desa=12) if chosen.penuh else Size()
    with database.cluster() as cluster:
        # the same province among few and among many: as many figures in both
        few = replace(FOUR_PROVINCES, periode_desa=size.periode_desa)
        among_four, among_all = database.ensure(cluster, few), database.ensure(cluster, size)
        _say(among_all, size)
        works = [w.as_json() for w in uvloop.run(_measure(among_four, among_all, chosen.rounds, chosen.seconds))]
    return conclude(works, chosen.json)


def _say(url: str, size: Size) -> None:
    counts = national_data.counts(url)
    all_periods = size.periode_desa == size.periode
    desa = "all of them" if all_periods else f"{size.periode_desa} of the periods (--penuh: all {size.periode})"
    SCREEN.print(
        f"data: {counts['provinsi']} provinsi, {counts['kabupaten']} kabupaten, {counts['kecamatan']} kecamatan, {counts['desa']} desa; "
        f"{counts['elemen']} elements x {size.periode} periods for every kabupaten and kecamatan, and for every desa for "
        f"{desa}; about {counts['angka']:,} rows of figures."
    )


async def _measure(among_four: str, among_all: str, rounds: int, seconds: float) -> list[Work]:
    home = database.home()
    with psycopg.connect(among_all) as conn:
        elemen = national_data.figure_elements(conn)
        katalog = [k for (k,) in conn.execute("SELECT kode FROM elemen ORDER BY kode")]
    with ExitStack() as running:
        peers = {name: running.enter_context(start(among_all, home)) for name, start in servers.PEERS.items()}
        prov = await _compare("province nested, 1 client", peers, read_asks.nested_province(), 1, rounds, seconds)
        kab = await _compare("kabupaten nested, 1 client", peers, read_asks.nested_kabupaten(), 1, rounds, seconds)
        angka = await _compare("kabupaten, 80 figures per desa, 1 client", peers, read_asks.figures(elemen), 1, rounds, seconds)  # fmt: skip
        busy = await _compare("kabupaten nested, 16 clients", peers, read_asks.nested_kabupaten(), 16, rounds, seconds)
        memory = peers["hub"].peak_mb
        show("Resident memory, MiB", ["server", "now", "peak"],
             [[n, f"{s.resident_mb:.0f}", f"{s.peak_mb:.0f}"] for n, s in peers.items()])  # fmt: skip
    with servers.hub(among_all, home) as large, servers.hub(among_four, home) as small:
        # a 95th percentile needs more answers per round
        agregat, growth = await _aggregates(large, small, katalog, -(-rounds // 4), seconds * 4)
        memory = max(memory, large.peak_mb)
    return [
        Work("provinsi bersarang, 1 klien: waktu terhadap SQL tulisan tangan", _ratio(prov, "hub", "sql"), "x", 1.15, True),
        Work("provinsi bersarang, 1 klien: lebih cepat dari PostGraphile 5", _ratio(prov, "postgraphile", "hub"), "x", 1.7),
        Work("satu kabupaten bersarang, 1 klien: lebih cepat dari PostGraphile 5", _ratio(kab, "postgraphile", "hub"), "x", 1.4),
        Work("satu kabupaten, 80 angka per desa, 1 klien: lebih cepat dari PostGraphile 5",
             # of elements that are public however small: they lie farther apart than the first forty of all, for the hub alone
             _ratio(angka, "postgraphile", "hub"), "x", 1.5),
        Work("satu kabupaten bersarang, 16 klien: permintaan/detik terhadap PostGraphile 5",
             _rate(busy, "hub", "postgraphile"), "x", 1.5),
        Work("satu kabupaten bersarang, 16 klien: permintaan/detik terhadap SQL tulisan tangan",
             _rate(busy, "hub", "sql"), "x", 0.75),
        Work("agregat satu provinsi setahun: p95", agregat, "ms", _HUB_MS, True),
        Work("agregat: 38 provinsi terhadap 4 provinsi", growth, "x", _GROWTH, True),
        Work("memori satu pekerja di bawah beban", memory, "MiB", 250, True),
    ]  # fmt: skip


async def _compare(
    title: str, peers: Mapping[str, Server], asks: Mapping[str, Ask], clients: int, rounds: int, seconds: float
) -> dict[str, list[Measured]]:
    """Each server in turn, round after round."""
    answers = {name: await fetch(s.url, asks[name]) for name, s in peers.items()}
    if json.loads(answers["hub"])["data"] != json.loads(answers["sql"])["data"]:
        raise RuntimeError(f"{title}: the hub and the hand-written SQL answer differently; there is nothing to compare")
    if b'"errors"' in answers["postgraphile"]:
        raise RuntimeError(f"{title}: PostGraphile answers {answers['postgraphile'][:500]!r}")
    measured: dict[str, list[Measured]] = {name: [] for name in peers}
    for name, s in peers.items():
        await load(s.url, [asks[name]], clients, seconds)  # caches, plans, just-in-time compilers
    for _ in range(rounds):
        for name, s in peers.items():
            measured[name].append(await load(s.url, [asks[name]], clients, seconds))
    middle_rounds = {name: sorted(p, key=lambda m: m.median)[len(p) // 2] for name, p in measured.items()}
    show(title, ["server", "median ms", "p95 ms", "requests/s", "bytes"],
         [[n, f"{m.median:.2f}", f"{m.p95:.2f}", f"{m.per_second:.0f}", str(max(m.sizes))] for n, m in middle_rounds.items()])  # fmt: skip
    return measured


async def _aggregates(
    large: Server, small: Server, katalog: list[str], rounds: int, seconds: float
) -> tuple[float, float]:
    """p95 over questions about whole provinces and years, and how the same province fares among 38 and among 4."""
    chance = random.Random(7)
    months = list(PERIODE)
    kinds = {
        "provinsi 33, 5 elements x 12 months": [
            read_asks.aggregate(chance.sample(katalog, 5), months, "33", "PROVINSI") for _ in range(20)
        ],
        "its 35 kabupaten, 1 element x 12 months": [
            read_asks.aggregate([e], months, "33", "KABUPATEN") for e in chance.sample(katalog, 20)
        ],
        "its 576 kecamatan, 1 element x 1 month": [
            read_asks.aggregate([e], [chance.choice(months)], "33", "KECAMATAN") for e in chance.sample(katalog, 20)
        ],
    }
    rows, p95, ratios = [], [], []
    for name, asks in kinds.items():
        measured: dict[str, list[Measured]] = {"38": [], "4": []}
        for s in (large, small):
            await load(s.url, asks, 1, 1e9, most=2 * len(asks))
        for _ in range(rounds):
            for k, s in (("38", large), ("4", small)):
                measured[k].append(await load(s.url, asks, 1, seconds))
        middle = {k: sorted(p, key=lambda m: m.p95)[len(p) // 2] for k, p in measured.items()}
        median = {k: statistics.median(m.median for m in p) for k, p in measured.items()}
        p95.append(middle["38"].p95)
        ratios.append(_ratio(measured, "38", "4"))
        rows.append([name, f"{median['38']:.1f}", f"{middle['38'].p95:.1f}", f"{median['4']:.1f}", f"{ratios[-1]:.2f}"])
    show(
        "agregat, one province over a year",
        ["question", "median ms", "p95 ms", "median among 4 provinces", "growth"],
        rows,
    )
    return max(p95), max(ratios)


def _ratio(measured: Mapping[str, list[Measured]], above: str, below: str) -> float:
    return statistics.median(a.median / b.median for a, b in zip(measured[above], measured[below], strict=True))


def _rate(measured: Mapping[str, list[Measured]], above: str, below: str) -> float:
    return statistics.median(a.per_second / b.per_second for a, b in zip(measured[above], measured[below], strict=True))


if __name__ == "__main__":
    raise SystemExit(main())
