"""A whole country sends within one window: 32 at a time, the server killed at random moments, every office trying again with its
key until it has its receipt; meanwhile others read."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

import psycopg

from bench import database, intake_client
from bench.intake_client import SUBMIT, Caller, calling
from bench.intake_data import FORMULIR, Sending, offices
from bench.intake_run import Run
from bench.report import SCREEN, Work, show
from bench.servers import MortalHub

_AT_ONCE = 32
_TRIES, _PAUSE = 500, 0.3  # of one office; seconds between two
_BETWEEN = 0.1  # seconds between two questions of a reader
QUESTIONS = (
    '{ provinsi(kode: "33") { kabupaten { kode nama } } }',
    '{ agregat(elemen: ["PPK01"], periode: ["2024-S1"], wilayah: "33", tingkat: KABUPATEN) { nilai status } }',
    '{ kelengkapan(wilayah: "33", formulir: ["F07"], periode: ["2024-S1"]) { kabupaten { kode } status } }',
)


@dataclass
class _Seen:
    """What all threads saw. `waits`: of readers, (begun, seconds), by time.monotonic."""

    tries: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    waits: list[tuple[float, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def storm(run: Run) -> list[Work]:
    """Bars: nothing lost, doubled or deadlocked, readers' p95; throughput is told."""
    sent = [Sending(o) for o in islice(offices(), run.offices)]
    roles = {s.office.kode: "KABUPATEN" for s in sent} | {"33": "PROVINSI"}
    tokens, seen = intake_client.make_tokens(run.url, roles), _Seen()
    server = MortalHub(run.url, database.home(), "intake_storm")
    with run.cores():
        try:
            run.keep_to_first(server.start())
            helpers = [threading.Thread(target=_read, args=(server, tokens["33"], seen)) for _ in range(2)]
            helpers.append(threading.Thread(target=_kill, args=(run, server, seen)))
            for helper in helpers:
                helper.start()
            start = time.perf_counter()
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                list(threads.map(lambda s: _persist(server, tokens[s.office.kode], s, seen), sent))
            seconds = time.perf_counter() - start
            seen.ended.set()
            for helper in helpers:
                helper.join()
        finally:
            seen.ended.set()
            server.stop()
    return _told(run, sent, seen, server.deaths, seconds)


def _persist(server: MortalHub, token: str, sending: Sending, seen: _Seen) -> None:
    """Send until there is a receipt."""
    message = sending.as_table()
    for _ in range(_TRIES):
        seen.tries[sending.office.kode] += 1
        try:
            with calling(server.url, token) as caller:
                answer = caller.ask(SUBMIT, {"m": message})
        except (OSError, http.client.HTTPException):
            time.sleep(_PAUSE)
            continue
        if answer.status == 200:
            told = answer.data("ajukanRekap")
            if told["__typename"] != "RekapDiterima" or told["revisi"] != 1:
                seen.wrong.append(f"{sending.office.kode}: {str(told)[:300]}")
            return
        seen.refusals[str(answer.status)] += 1
        time.sleep(_PAUSE)
    seen.wrong.append(f"{sending.office.kode}: no receipt after {_TRIES} tries")


def _kill(run: Run, server: MortalHub, seen: _Seen) -> None:
    chance = random.Random()
    for _ in range(run.kills):
        if seen.ended.wait(chance.uniform(2, 15)):
            return
        server.kill()
        time.sleep(chance.uniform(0, 1))
        run.keep_to_first(server.start())


def _read(server: MortalHub, token: str, seen: _Seen) -> None:
    """Small questions of the province, one after another, each measured where the server lived from its beginning to its end."""
    number = 0
    caller = Caller(server.url, token, 30)
    while not seen.ended.wait(_BETWEEN):
        number += 1
        begun, since = time.monotonic(), server.up_since
        try:
            answer = caller.ask(QUESTIONS[number % len(QUESTIONS)])
        except (OSError, http.client.HTTPException):
            continue  # it was killed
        if answer.status != 200 or b'"errors"' in answer.body:
            seen.wrong.append(f"reader: {answer.status} {answer.body[:200]!r}")
        elif since is not None and since == server.up_since:
            seen.waits.append((begun, answer.seconds))
    caller.close()


def _told(run: Run, sent: Sequence[Sending], seen: _Seen, deaths: Sequence[float], seconds: float) -> list[Work]:
    lost, doubled, deadlocks = _stored(run, sent)
    waits = sorted(s for _, s in seen.waits)
    p95 = waits[max(0, -(-len(waits) * 95 // 100) - 1)] if waits else float("inf")
    cells = sum(s.cells for s in sent)
    show(
        f"{len(sent)} kabupaten, {cells:,} values, {_AT_ONCE} at a time, killed {len(deaths)} times",
        ["seconds", "values/s", "tries", "refusals", "reads", "read median ms", "p95 ms", "longest ms"],
        [[f"{seconds:.0f}", f"{cells / seconds:,.0f}", f"{sum(seen.tries.values())}", _counted(seen.refusals), str(len(waits)),
          *(f"{n * 1000:.0f}" for n in (waits[len(waits) // 2], p95, waits[-1]))]],
    )  # fmt: skip
    for line in seen.wrong[:10]:
        SCREEN.print(line)
    return [
        Work(f"{len(sent)} kabupaten sekaligus: hilang", lost, "rekap", 0, most=True),
        Work("… ganda", doubled, "rekap", 0, most=True),
        Work("… saling mengunci", deadlocks, "kali", 0, most=True),
        Work("… jawaban yang bukan tanda terima", len(seen.wrong), "jawaban", 0, most=True),
        Work("… pembaca lain: p95", p95 * 1000, "ms", 250, most=True),
    ]


def _stored(run: Run, sent: Sequence[Sending]) -> tuple[int, int, int]:
    """How many offices' figures are not there as they were sent, how many are there more than once, how often the database had to
    end a deadlock."""
    with psycopg.connect(run.url) as conn:
        sums = {
            kab: (int(n), int(s))
            for kab, n, s in conn.execute(
                "SELECT kode_kab, count(*), coalesce(sum(nilai), 0) FROM rekap_nilai WHERE formulir = %s AND revisi = 1 GROUP BY 1",
                (FORMULIR,),
            )
        }
        more = _count(conn, "SELECT count(DISTINCT kode_kab) FROM rekap_revisi WHERE revisi > 1")
        events = _count(
            conn, "SELECT count(*) FROM (SELECT 1 FROM rekap_peristiwa GROUP BY kode_kab HAVING count(*) > 1) e"
        )
        deadlocks = _count(conn, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    lost = sum(sums.get(s.office.kode) != (s.cells, sum(s.figures)) for s in sent)
    return lost, more + events, deadlocks


def _count(conn: psycopg.Connection[tuple[int]], query: str) -> int:
    row = conn.execute(query).fetchone()
    assert row is not None
    return row[0]


def _counted(counter: Mapping[str, int]) -> str:
    return ", ".join(f"{n} × {k}" for k, n in sorted(counter.items())) or "none"
