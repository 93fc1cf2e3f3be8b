"""scripts/bench simpul --lama: every kabupaten has a hub of its own, was offline for thirty days, and comes back with all others.

    scripts/bench simpul --lama [--kabupaten N] [--sekaligus N] [--json FILE]

Twenty-two submissions of some 350 figures each, in signed packages as nodes send them, over loopback to `hub serve` as it is shipped; of
these deliveries some are sent again, some cut off in the middle, of some the answer is lost. Afterwards all that was sent is there, none of
it twice, what the province could not take was refused, chains and completeness verify. Meanwhile others read.
"""

import argparse
import asyncio
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import orjson
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import database, intake_client, simpul_backlog_country, simpul_backlog_data, simpul_backlog_wire
from bench.intake_client import Caller, calling
from bench.intake_data import COUNTRY, Office, offices
from bench.intake_storm import QUESTIONS
from bench.report import SCREEN, Work, conclude, show
from bench.servers import Server, hub
from bench.simpul_backlog_data import Backlog
from bench.simpul_backlog_wire import Package, Seen
from hub.angka.verify_completeness import verify_completeness
from hub.berita.chain_verify import verify_chains
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul.keys import NodeKey, node_key

_BETWEEN = 0.1  # seconds between two questions of a reader
_READERS = 2
_FIRST = 4  # nodes that came back a moment earlier: a province's hub has been serving for long


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="scripts/bench simpul --lama", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument(
        "--kabupaten",
        type=int,
        default=510,
        metavar="N",
        help="nodes (default 510: all of 514 but the four that came back a moment earlier)",
    )
    options.add_argument("--sekaligus", type=int, default=16, metavar="N", help="deliveries at a time (default 16)")
    chosen = options.parse_args(argv)
    with database.cluster() as cluster:
        made = database.ensure_alone(cluster, "simpul", COUNTRY, simpul_backlog_country)
        with database.a_copy(cluster, made, "simpul_run") as url:
            works = _Run(cluster, url, chosen.kabupaten, chosen.sekaligus).works()
    return conclude([w.as_json() for w in works], chosen.json)


@dataclass
class _Reads:
    """What readers waited, in seconds, and what they were answered wrongly."""

    waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


class _Run:
    def __init__(self, cluster: PrivateCluster, url: str, nodes: int, at_once: int) -> None:
        self._cluster, self._url, self._at_once = cluster, url, at_once
        self._began = datetime.now(UTC)
        everybody = [simpul_backlog_data.backlog_of(o, self._began) for o in islice(_spread(), nodes + _FIRST)]
        self._first, self._backlogs = everybody[:_FIRST], everybody[_FIRST:]
        self._keys = {b.kode_kab: NodeKey(Ed25519PrivateKey.generate()) for b in everybody}

    def works(self) -> list[Work]:
        simpul_backlog_data.join(self._url, self._keys)
        first, packages = (
            [Package.of(b, self._keys[b.kode_kab]) for b in some] for some in (self._first, self._backlogs)
        )
        token = intake_client.make_tokens(self._url, {"33": "PROVINSI"})["33"]
        seen, reads = Seen(node_key(database.home())), _Reads()
        with hub(self._url, database.home(), "simpul_lama") as server:
            asyncio.run(
                simpul_backlog_wire.deliver(server.url, first, self._at_once, Seen(seen.province), random.Random(1))
            )
            for question in QUESTIONS:
                with calling(server.url, token) as caller:
                    caller.ask(question)
            readers = [threading.Thread(target=_read, args=(server, token, reads)) for _ in range(_READERS)]
            before, own, start = _cpu(self._cluster, server), time.process_time(), time.perf_counter()
            for reader in readers:
                reader.start()
            asyncio.run(simpul_backlog_wire.deliver(server.url, packages, self._at_once, seen, random.Random(7)))
            seconds = time.perf_counter() - start
            reads.ended.set()
            for reader in readers:
                reader.join()
            after = _cpu(self._cluster, server)
            cpu = [a - b for a, b in zip(after, before, strict=True)] + [time.process_time() - own]
            peak = server.peak_mb
        return self._told(seen, reads, seconds, (cpu, peak))

    def _told(self, seen: Seen, reads: _Reads, seconds: float, used: tuple[list[float], float]) -> list[Work]:
        cpu, peak = used
        figures = sum(b.figures for b in self._backlogs)
        waits = sorted(reads.waits) or [float("inf")]
        p95 = waits[-(-len(waits) * 95 // 100) - 1]
        show(
            f"{len(self._backlogs)} nodes, {sum(len(b.events) for b in self._backlogs):,} submissions, {figures:,} figures, "
            f"{self._at_once} at a time",
            ["seconds", "figures/s", "sent again", "cut off", "answer lost", "CPU s: hub", "PostgreSQL", "nodes and readers", "MiB"],
            [[f"{seconds:.1f}", f"{figures / seconds:,.0f}", f"{seen.again}", f"{seen.cut}", f"{seen.lost}",
              *(f"{c:.1f}" for c in cpu), f"{peak:.0f}"]],
        )  # fmt: skip
        show(
            "Others' questions meanwhile", ["questions", "median ms", "p95 ms", "longest ms"],
            [[str(len(waits)), *(f"{n * 1000:.0f}" for n in (waits[len(waits) // 2], p95, waits[-1]))]],
        )  # fmt: skip
        for line in (*seen.wrong[:10], *reads.wrong[:10]):
            SCREEN.print(line)
        missing, twice, otherwise = self._stored()
        broken = asyncio.run(_verified(self._url))
        return [
            Work(f"{len(self._backlogs)} simpul kembali sekaligus", figures / seconds, "angka/s", 30_000),
            Work("… hilang", missing, "ajuan", 0, most=True),
            Work("… ganda", twice, "ajuan", 0, most=True),
            Work("… diputuskan lain", otherwise, "ajuan", 0, most=True),
            Work("… jawaban yang bukan tanda terimanya", len(seen.wrong), "jawaban", 0, most=True),
            Work("… rantai dan kelengkapan yang tidak cocok", broken, "temuan", 0, most=True),
            Work("… pertanyaan lain yang gagal", len(reads.wrong), "pertanyaan", 0, most=True),
        ]

    def _stored(self) -> tuple[int, int, int]:
        """How many submissions are not there as they were sent, are there more than once, or were decided otherwise than they are to be."""
        missing = twice = otherwise = 0
        with psycopg.connect(self._url) as conn:
            there = {
                tuple(k): (int(n), int(s))
                for *k, n, s in conn.execute(
                    "SELECT kode_kab, formulir, periode, revisi, count(*), coalesce(sum(nilai), 0) FROM rekap_nilai "
                    "WHERE periode >= '2024' GROUP BY 1, 2, 3, 4"
                )
            }
            told = {
                tuple(k): int(n)
                for *k, n in conn.execute(
                    "SELECT kode_kab, formulir, periode, revisi, count(*) FROM rekap_peristiwa WHERE aksi = 'AJUKAN' GROUP BY 1, 2, 3, 4"
                )
            }
            refused = {
                (kab, n)
                for kab, n in conn.execute(
                    "SELECT kode_kab, nomor FROM rantai_peristiwa_masuk WHERE putusan = 'DITOLAK'"
                )
            }
            own_time = {
                tuple(k) for k in conn.execute(
                    "SELECT kode_kab, formulir, periode FROM rekap WHERE diajukan_pada < %s AND periode >= '2024'", (self._began,)
                )
            }  # fmt: skip
        for b in (*self._first, *self._backlogs):
            wanted = {(b.kode_kab, *k): v for k, v in b.taken.items()}
            missing += sum(there.pop(k, None) != v for k, v in wanted.items())
            twice += sum(told.get(k, 0) > 1 for k in wanted)
            otherwise += len({n for k, n in refused if k == b.kode_kab} ^ b.refused)
            otherwise += len({k for k in own_time if k[0] == b.kode_kab} ^ _in_time(b))
        return missing, twice + len(there), otherwise


def _in_time(b: Backlog) -> set[tuple[str, ...]]:
    """Rekap whose first submission that was taken counts by the time of origin."""
    first: dict[tuple[str, ...], bool] = {}
    for e in b.events:
        if e.number not in b.refused:
            data = orjson.loads(e.content)
            first.setdefault((b.kode_kab, data["formulir"], data["periode"]), e.number not in b.late)
    return {k for k, counts in first.items() if counts}


def _spread() -> list[Office]:
    """All kabupaten, so that the first of them come from many provinces."""
    listed = list(offices())
    return [o for start in range(7) for o in listed[start::7]]


async def _verified(url: str) -> int:
    db = Database(url, 2)
    await db.open()
    try:
        events, broken = await verify_chains(db)
        counted, wrong = await verify_completeness(db)
    finally:
        await db.close()
    for line in (*broken[:5], *wrong[:5]):
        SCREEN.print(str(line))
    SCREEN.print(f"looked at: {events:,} events of chains, {counted:,} counts of completeness")
    return len(broken) + len(wrong)


def _read(server: Server, token: str, reads: _Reads) -> None:
    """Small questions of a province, one after another."""
    caller, number = Caller(server.url, token, 30), 0
    while not reads.ended.wait(_BETWEEN):
        number += 1
        answer = caller.ask(QUESTIONS[number % len(QUESTIONS)])
        reads.waits.append(answer.seconds)
        if answer.status != 200 or b'"errors"' in answer.body:
            reads.wrong.append(f"reader: {answer.status} {answer.body[:200]!r}")
    caller.close()


def _cpu(cluster: PrivateCluster, server: Server) -> list[float]:
    """Seconds of CPU so far: of the hub, of PostgreSQL with the processes that it has now."""
    postmaster = int((cluster.folder / "data/postmaster.pid").read_text().split()[0])
    found = {server.pid: 0.0, postmaster: 0.0}
    tick = 100
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid, parent, own, waited = (
            int(folder.name),
            int(told[1]),
            int(told[11]) + int(told[12]),
            int(told[13]) + int(told[14]),
        )
        if pid == server.pid:
            found[server.pid] += (own + waited) / tick
        elif pid == postmaster:
            found[postmaster] += (own + waited) / tick
        elif parent == postmaster:
            found[postmaster] += own / tick
    return list(found.values())
