"""scripts/bench simpul: one province asks its 38 kabupaten live, each a hub of its own, of which one hangs, one refuses and one drips.

    scripts/bench simpul [--json FILE] [--limit MS] [--nodes N] [--lama …]

38 real processes over 38 databases of one PostgreSQL. `--lama`: what 514 kabupaten wrote in a month without a line comes at once.
"""

import argparse
import signal
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg

from bench import simpul_backlog, simpul_nodes
from bench.report import SCREEN, Work, conclude, show
from bench.simpul_nodes import Dripping, Hub

_KABUPATEN = 'nama nilai(elemen: ["BAN01", "BAN05", "REH09"], periode: ["2024-01"]) { nilai status } kecamatan { kode desa { kode nama } }'
_QUESTION = f"""query($k: [KodeWilayah!]!, $b: Int) {{ langsung(kabupaten: $k, batasWaktuMs: $b) {{ kode sumber umurDetik alasan
  kabupaten {{ {_KABUPATEN} }} }} }}"""
_PLAIN = f"query($k: KodeWilayah!) {{ kabupaten(kode: $k) {{ {_KABUPATEN} }} }}"
_BEYOND = 200  # ms that an answer may take beyond the limit
_ADDS = 15  # ms that a node which is left alone may add
_ROUNDS = 8
_SETTLES = 10  # seconds after joining; nodes that nobody let in try a few times to deliver


def main() -> int:
    if "--lama" in sys.argv[1:]:
        return simpul_backlog.main([word for word in sys.argv[1:] if word != "--lama"])
    options = argparse.ArgumentParser(prog="scripts/bench simpul", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--limit", type=int, default=3_000, metavar="MS", help="time of each node (default 3000)")
    options.add_argument("--nodes", type=int, default=simpul_nodes.COUNT, metavar="N", help="fewer of them, at least 4")
    chosen = options.parse_args()
    with (
        simpul_nodes.cluster() as cluster,
        simpul_nodes.running(simpul_nodes.databases(cluster, chosen.nodes)) as (province, nodes),
    ):
        _told(nodes, province)
        works = _measured(province, nodes, chosen.limit)
    return conclude([w.as_json() for w in works], chosen.json)


def _told(nodes: list[Hub], province: Hub) -> None:
    starts = sorted(n.started_s for n in nodes)
    rows = [
        ["province", f"{province.started_s:.1f}", f"{province.memory_mib('Rss'):.0f}", f"{province.memory_mib():.0f}"],
        *(
            [f"node, {name}", f"{pick(starts):.1f}", f"{pick([n.memory_mib('Rss') for n in nodes]):.0f}", f"{pick([n.memory_mib() for n in nodes]):.0f}"]
            for name, pick in (("median", statistics.median), ("largest", max))
        ),
    ]  # fmt: skip
    show(f"{len(nodes)} nodes, four started at a time", ["", "start s", "RSS MiB", "PSS MiB"], rows)


class _Asking:
    def __init__(self, province: Hub, token: str) -> None:
        self._client = httpx.Client(base_url=province.address, timeout=60, headers={"Authorization": f"Bearer {token}"})

    def __call__(self, codes: list[str], limit: int) -> tuple[float, list[dict[str, Any]]]:
        """Milliseconds of the whole request, and what was answered."""
        began = time.perf_counter()
        answer = self._client.post("/graphql", json={"query": _QUESTION, "variables": {"k": codes, "b": limit}}).json()
        ms = (time.perf_counter() - began) * 1_000
        if "errors" in answer:
            raise RuntimeError(str(answer["errors"])[:800])
        return ms, answer["data"]["langsung"]

    def plainly(self, kode: str) -> float:
        """Milliseconds of the same selection where nobody else is asked."""
        began = time.perf_counter()
        self._client.post("/graphql", json={"query": _PLAIN, "variables": {"k": kode}}).raise_for_status()
        return (time.perf_counter() - began) * 1_000


def _measured(province: Hub, nodes: list[Hub], limit: int) -> list[Work]:
    ask = _Asking(province, simpul_nodes.joined(province, nodes))
    codes = [n.kode for n in nodes]
    SCREEN.print(f"schemas of all known {simpul_nodes.known(province, len(nodes)):.1f} s after they joined")
    time.sleep(_SETTLES)
    cold, told = ask(codes, limit)
    first = _live(told)
    SCREEN.print(f"the first question of all: {cold:.0f} ms, {first} of {len(codes)} live")
    well = _warm(ask, codes, limit)
    medians = statistics.median(ms for ms, _ in well)
    SCREEN.print(f"all {len(codes)} well: median {medians:.0f} ms, longest {max(ms for ms, _ in well):.0f} ms")
    bad = _break(province, nodes)
    time.sleep(1)
    broken = [ask(codes, limit) for _n in range(3)]
    longest = max(ms for ms, _ in broken)
    live = min(_live([t for t in told if t["kode"] not in bad]) for _, told in broken)
    copies = sum(_is_copy(t) for t in broken[-1][1] if t["kode"] in bad)
    for t in broken[-1][1]:
        if t["kode"] in bad:
            SCREEN.print(f"  {t['kode']} {bad[t['kode']]}: {t['sumber']}, {t['umurDetik']} s, {t['alasan']}")
    alone, plain = [], []
    for _n in range(_ROUNDS):  # less than a node is left alone at first
        for k in bad:
            alone.append(ask([k], limit)[0])
            plain.append(ask.plainly(k))
    adds = statistics.median(alone) - statistics.median(plain)
    with_them, without = [], []
    for _n in range(4):
        with_them.append(ask(codes, limit)[0])
        without.append(ask([k for k in codes if k not in bad], limit)[0])
    SCREEN.print(
        f"three left alone: {statistics.median(with_them):.0f} ms with them, {statistics.median(without):.0f} ms without; "
        f"one of them alone: {statistics.median(alone):.1f} ms, the same asked of this hub plainly: {statistics.median(plain):.1f} ms"
    )
    return [
        Work("the very first question: the answer", cold, "ms", limit + _BEYOND, most=True),
        Work("live, of the very first question", first, "kabupaten", len(codes)),
        Work(f"{len(codes)} asked, three out of order: the answer", longest, "ms", limit + _BEYOND, most=True),
        Work("of the others live", live, "kabupaten", len(codes) - len(bad)),
        Work("of the three a copy with age and reason", copies, "kabupaten", len(bad)),
        Work("a node that is left alone adds", adds, "ms", _ADDS, most=True),
    ]


def _warm(ask: _Asking, codes: list[str], limit: int) -> list[tuple[float, list[dict[str, Any]]]]:
    """Questions in a row to which all were live. Raises RuntimeError where there are none within two minutes."""
    until = time.monotonic() + 120
    in_a_row: list[tuple[float, list[dict[str, Any]]]] = []
    while len(in_a_row) < 8:
        asked = ask(codes, limit)
        in_a_row = [*in_a_row, asked] if _live(asked[1]) == len(codes) else []
        if time.monotonic() > until:
            raise RuntimeError(
                f"not all live while all are well: {[t for t in asked[1] if t['sumber'] != 'LANGSUNG'][:3]}"
            )
    return in_a_row


def _break(province: Hub, nodes: list[Hub]) -> dict[str, str]:
    """One hangs, one refuses, one drips."""
    hanging, refusing, dripping = nodes[0], nodes[len(nodes) // 2], nodes[-1]
    assert hanging.process is not None
    hanging.process.send_signal(signal.SIGSTOP)
    refusing.stop()
    with psycopg.connect(province.url, autocommit=True) as conn:
        conn.execute("UPDATE simpul SET url = %s WHERE kode_kab = %s", (Dripping().address, dripping.kode))
    return {hanging.kode: "hangs", refusing.kode: "refuses", dripping.kode: "drips"}


def _live(told: list[dict[str, Any]]) -> int:
    return sum(t["sumber"] == "LANGSUNG" and t["alasan"] is None and t["kabupaten"] is not None for t in told)


def _is_copy(t: dict[str, Any]) -> bool:
    return t["sumber"] == "SALINAN" and t["umurDetik"] is not None and bool(t["alasan"]) and t["kabupaten"] is not None


if __name__ == "__main__":
    raise SystemExit(main())
