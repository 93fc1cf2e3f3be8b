"""A running worker: quick, stubborn, and gone in time."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import structlog
from procrastinate import utils
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from psycopg.conninfo import conninfo_to_dict

from hub.base.errors import ServiceNotReadyError
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.pekerjaan.service import Timing, Work
from tests.cli.hub_process import environment
from tests.hub_server import Server
from tests.pekerjaan.jobs import FAST, leave, opened, queue, until, working
from tests.project_files import ROOT

NAME = "rilis_total:53:F05:2024"


class _Releases:
    """A release that counts, and fails so many times first."""

    def __init__(self, failures: int = 0, error: Exception | None = None) -> None:
        self.begun: list[float] = []
        self.done = 0
        self._failures, self._error = failures, error or RuntimeError("uji")

    async def __call__(self, db: Database, provinsi: str, formulir: str, periode: str) -> None:
        self.begun.append(time.monotonic())
        if len(self.begun) <= self._failures:
            raise self._error
        self.done += 1


def test_a_job_is_done_at_once_by_a_worker_with_the_times_of_a_served_hub(database_url: str) -> None:
    """Heard, not found: within half of the time after which it looks by itself."""

    async def go() -> None:
        releases = _Releases()
        async with opened(database_url) as db, working(db, releases, Timing()):
            await _listens(database_url)
            for number in range(1, 4):
                await leave(db)
                assert await until(lambda number=number: releases.done == number, 2) < Timing().poll / 2

    asyncio.run(go())


async def _listens(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as conn:
        listeners = (
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hub_pekerjaan' "
            "AND state = 'idle' AND query LIKE 'LISTEN%'"
        )
        await until(lambda: conn.execute(listeners).fetchone() is not None, 5)


def test_a_job_that_is_told_of_while_the_worker_looks_for_one_is_not_forgotten(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = JobManager.fetch_job
    late: list[Database] = []

    async def slow(self: JobManager, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        found = await fetch(self, queues, worker_id)
        if late and found is None:  # it has looked, and has not yet said that there is none
            await leave(late.pop())
            await asyncio.sleep(0.3)
        return found

    monkeypatch.setattr(JobManager, "fetch_job", slow)

    async def go() -> None:
        releases = _Releases()
        async with opened(database_url) as db, working(db, releases, Timing(poll=20)):
            await _listens(database_url)
            late.append(db)
            await leave(db, "53", "F06", "2024")
            await until(lambda: releases.done == 2, 5)

    asyncio.run(go())


def test_a_job_that_fails_is_tried_again_with_growing_waits_and_told(database_url: str) -> None:
    async def go() -> None:
        releases = _Releases(3)
        with structlog.testing.capture_logs() as logs:
            async with opened(database_url) as db, working(db, releases):
                await leave(db)
                await until(lambda: releases.done == 1, 10)
                await until(lambda: queue(database_url) == [], 2)
        waits = [later - sooner for sooner, later in zip(releases.begun, releases.begun[1:], strict=False)]
        assert [w >= least for w, least in zip(waits, (0.1, 0.3, 0.5), strict=True)] == [True] * 3
        told = [(e["log_level"], e["percobaan"], e["coba_lagi_detik"]) for e in logs if "percobaan" in e]
        assert told == [("error", 1, 0.1), ("error", 2, pytest.approx(0.3)), ("error", 3, 0.5)]

    asyncio.run(go())


def test_a_job_that_never_succeeds_ends_as_failed_and_the_next_approval_has_all_its_tries(database_url: str) -> None:
    async def go() -> None:
        releases = _Releases(FAST.most + 1)
        async with opened(database_url) as db, working(db, releases):
            await leave(db)
            await until(lambda: queue(database_url) == [("failed", NAME, FAST.most)], 30)
            await leave(db)
            await until(lambda: releases.done == 1, 5)
            await until(lambda: queue(database_url) == [], 2)
            assert len(releases.begun) == FAST.most + 2

    asyncio.run(go())


def test_when_a_job_is_tried_again_does_not_depend_on_our_clock(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(utils, "utcnow", lambda: datetime.now(UTC) + timedelta(hours=1))

    async def go() -> None:
        releases = _Releases(1)
        async with opened(database_url) as db, working(db, releases):
            await leave(db)
            await until(lambda: releases.done == 1, 3)
            assert releases.begun[1] - releases.begun[0] >= FAST.first

    asyncio.run(go())


def test_an_approval_does_not_wait_as_long_as_a_job_that_failed(database_url: str) -> None:
    async def go() -> None:
        releases = _Releases(1)
        patient = Timing(poll=0.2, first=60)
        async with opened(database_url) as db, working(db, releases, patient):
            await leave(db)
            await until(lambda: queue(database_url) == [("todo", NAME, 1)], 2)
            await leave(db)
            await until(lambda: releases.done == 1, 2)

    asyncio.run(go())


def test_a_job_that_fails_makes_way_for_the_one_that_waits_behind_it(database_url: str) -> None:
    """Procrastinate alone would leave the first as running, for two of a kind cannot wait, and the second locked out for ever."""

    async def go() -> None:
        begun = asyncio.Event()
        go_on = asyncio.Event()
        calls = 0

        async def release(*_: object) -> None:
            nonlocal calls
            calls += 1
            begun.set()
            await go_on.wait()
            if calls == 1:
                raise RuntimeError("uji")

        async with opened(database_url) as db, working(db, release):
            await leave(db)
            await asyncio.wait_for(begun.wait(), 2)
            await leave(db)
            go_on.set()
            await until(lambda: calls == 2 and queue(database_url) == [], 5)

    asyncio.run(go())


@contextmanager
def _process(url: str, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.pekerjaan.worker_process", url, str(seconds)],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def _said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("newer", [False, True], ids=["alone", "with a newer one behind it"])
def test_a_job_whose_worker_was_killed_is_taken_up_by_another(database_url: str, newer: bool) -> None:
    async def go() -> None:
        releases = _Releases()
        async with opened(database_url) as db:
            with _process(database_url, 60) as process:
                assert await asyncio.to_thread(_said, process) == "ready"
                await leave(db)
                assert await asyncio.to_thread(_said, process) == "begun 53 F05 2024"
                async with working(db, releases):
                    if newer:
                        await leave(db)
                    await asyncio.sleep(2 * FAST.silent)
                    assert releases.begun == [], "its worker lives"
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    await until(lambda: releases.done == 1, FAST.silent + 3)
                    await until(lambda: queue(database_url) == [], 2)
                    await asyncio.sleep(3 * FAST.poll)
                    assert len(releases.begun) == 1

    asyncio.run(go())


def test_a_job_that_kills_its_workers_is_not_begun_for_ever(database_url: str) -> None:
    async def go() -> None:
        releases = _Releases()
        async with opened(database_url) as db:
            await leave(db)
            with psycopg.connect(database_url) as conn:
                conn.execute(
                    "UPDATE procrastinate.procrastinate_jobs SET status = 'doing', attempts = %s", (FAST.most - 1,)
                )
            async with working(db, releases):
                await until(lambda: queue(database_url) == [("failed", NAME, FAST.most)], 3)
        assert releases.begun == []

    asyncio.run(go())


def test_the_worker_goes_on_when_the_database_was_away(cluster: PrivateCluster, database_url: str) -> None:
    """In the middle of a job, whose end it then cannot tell."""
    name = conninfo_to_dict(database_url)["dbname"]
    forget = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"

    async def go() -> None:
        calls = 0
        go_on = asyncio.Event()

        async def release(*_: object) -> None:
            nonlocal calls
            calls += 1
            await go_on.wait()

        async with opened(database_url) as db, working(db, release):
            await leave(db)
            await until(lambda: calls == 1, 2)
            with psycopg.connect(cluster.url(), autocommit=True) as conn:
                conn.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
                conn.execute(forget, (name,))
                go_on.set()
                await asyncio.sleep(3)
                conn.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
            await until(lambda: queue(database_url) == [], 30)
            assert calls == 1, "it was done, and only its end not told"

            async def left() -> bool:
                try:
                    await leave(db)
                except ServiceNotReadyError:
                    return False
                return True

            await until(left, 30)
            await until(lambda: calls == 2, 5)

    asyncio.run(go())


def test_a_stopping_worker_waits_for_its_job_and_leaves_one_that_lasts(database_url: str) -> None:
    async def go(seconds: float) -> tuple[list[tuple[str, str, int]], float]:
        begun = asyncio.Event()

        async def release(*_: object) -> None:
            begun.set()
            await asyncio.sleep(seconds)

        async with opened(database_url) as db:
            async with working(db, release):
                await leave(db)
                await asyncio.wait_for(begun.wait(), 2)
                start = time.monotonic()
            return queue(database_url), time.monotonic() - start

    left, _ = asyncio.run(go(0.5))
    assert left == []
    left, lasted = asyncio.run(go(60))
    assert [(status, key) for status, key, _ in left] == [("todo", NAME)]
    assert lasted < FAST.grace + 1


def test_a_served_hub_works_and_stops_as_quickly_as_one_that_does_not(database_url: str) -> None:
    releases = _Releases()

    def lasts(work: Work | None) -> float:
        server = Server(database_url, work=work)
        server.start()
        if work is not None:
            with psycopg.connect(database_url) as conn:
                conn.execute(
                    "INSERT INTO procrastinate.procrastinate_jobs (queue_name, task_name, args) VALUES "
                    '(\'default\', \'rilis_total\', \'{"provinsi": "53", "formulir": "F05", "periode": "2024"}\')'
                )
            deadline = time.monotonic() + 2
            while releases.done == 0:
                assert time.monotonic() < deadline
                time.sleep(0.01)
        start = time.monotonic()
        server.stop()
        return time.monotonic() - start

    idle, working_too = lasts(None), lasts(Work(releases))
    assert working_too < idle + 0.5


def test_a_hub_in_tests_has_no_worker_unless_asked(database_url: str) -> None:
    server = Server(database_url)
    server.start()
    try:
        with psycopg.connect(database_url) as conn:
            assert conn.execute("SELECT count(*) FROM procrastinate.procrastinate_workers").fetchone() == (0,)
    finally:
        server.stop()
