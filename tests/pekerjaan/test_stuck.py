"""Totals that could not be made are told, with what frees them, until they are."""

import asyncio
from dataclasses import replace
from functools import partial

import psycopg
import structlog

from hub.base.errors import InvalidInputError
from hub.db.database import Database
from hub.pekerjaan.stuck import stuck
from hub.rekap.release_again import release_waiting
from tests.cli.run_commands import run_here
from tests.pekerjaan.jobs import FAST, KEY, leave, opened, queue, until, working

CALM = replace(FAST, silent=60)
"""On a busy machine a worker that lives may be silent for a while."""
NAME = ":".join(("rilis_total", *KEY))


class _Fails:
    """A release that fails as often as it is told to."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def __call__(self, db: Database, provinsi: str, formulir: str, periode: str) -> None:
        if self.errors:
            raise self.errors.pop(0)


def _fail_for_good(url: str) -> None:
    async def go() -> None:
        async with opened(url) as db, working(db, _Fails(*[ZeroDivisionError("ruang nol")] * FAST.most), CALM):
            await leave(db)
            await until(lambda: queue(url) == [("failed", NAME, FAST.most)], 30)

    asyncio.run(go())


def test_a_job_that_failed_for_good_is_listed_until_the_command_it_names_has_freed_it(database_url: str) -> None:
    cli = partial(run_here, database_url)
    assert "gagal" not in cli("rilis", "status", "53").stderr
    _fail_for_good(database_url)
    listed = cli("rilis", "status", "53", columns=240)
    for words in (
        "F05",
        "2024",
        "ZeroDivisionError: ruang nol",
        f" {FAST.most} ",
        "hub rilis bersama 53",
        "hub rebuild rilis",
    ):
        assert words in listed.stdout, listed.stdout
    assert "1 formulir dan periode gagal dibuat di 53" in listed.stderr
    assert "gagal" not in cli("rilis", "status", "36").stderr
    done = cli("rilis", "bersama", "53")
    assert done.returncode == 0, done.stderr
    assert "gagal" not in cli("rilis", "status", "53").stderr
    assert queue(database_url) == []


_BAD = "INSERT INTO rilis_kantor VALUES ('53.14', 'REH09', '2024', 0, '[]', '[[]]', '[]', '{}', 0)"


def test_what_fails_by_hand_too_is_said_and_stays_listed(database_url: str) -> None:
    """A stored release that nobody can read: the totals themselves fail, not a stand-in."""
    cli = partial(run_here, database_url)

    async def go() -> None:
        async with opened(database_url) as db:
            async with db.as_owner() as conn:
                await conn.execute(_BAD)
            async with working(db, release_waiting, CALM):
                await leave(db)
                await until(lambda: queue(database_url) == [("failed", NAME, FAST.most)], 30)

    asyncio.run(go())
    done = cli("rilis", "bersama", "53")
    assert (done.returncode, "total F05 2024: ValueError" in done.stderr) == (1, True), done.stderr
    assert "hub rilis status 53" in done.stderr
    assert "ValueError" in cli("rilis", "status", "53", columns=240).stdout
    with psycopg.connect(database_url) as conn:
        conn.execute("DELETE FROM rilis_kantor WHERE kode_kab = '53.14'")
    assert cli("rilis", "bersama", "53").returncode == 0
    assert "gagal" not in cli("rilis", "status", "53").stderr


def test_what_is_tried_again_by_itself_says_so_and_since_when(database_url: str) -> None:
    async def go() -> None:
        fails = _Fails(RuntimeError("pertama"), InvalidInputError("Kedua."))
        async with opened(database_url) as db:
            async with working(db, fails, CALM):
                await leave(db)
                await until(lambda: queue(database_url) == [("todo", NAME, 1)], 5)
                (first,) = await stuck(db, "53")
                await until(lambda: fails.errors == [], 5)
                await until(lambda: queue(database_url) == [("todo", NAME, 2)], 5)
                (second,) = await stuck(db)
                await until(lambda: queue(database_url) == [], 5)
            assert (first.why, second.why) == ("RuntimeError: pertama", "Kedua.")
            assert (first.tries, second.tries) == (1, 2)
            assert first.since == second.since
            assert not first.given_up
            assert "sendiri" in first.remedy
            assert await stuck(db) == [], "it succeeded"

    asyncio.run(go())


def test_a_hub_that_starts_tells_its_log_what_is_stuck(database_url: str) -> None:
    _fail_for_good(database_url)

    async def go() -> None:
        with structlog.testing.capture_logs() as logs:
            async with opened(database_url) as db, working(db, _Fails(), CALM):
                await until(lambda: any("perintah" in e for e in logs), 20)
        (told,) = [e for e in logs if "perintah" in e]
        assert (told["log_level"], told["formulir"], told["perintah"]) == ("error", "F05", "hub rilis bersama 53")
        assert "ruang nol" in told["sebab"]

    asyncio.run(go())


def test_a_job_that_kills_its_workers_is_stuck_with_that_reason(database_url: str) -> None:
    async def go() -> None:
        async with opened(database_url) as db:
            await leave(db)
            with psycopg.connect(database_url) as conn:
                conn.execute(
                    "UPDATE procrastinate.procrastinate_jobs SET status = 'doing', attempts = %s", (FAST.most - 1,)
                )
            async with working(db, _Fails()):
                await until(lambda: queue(database_url) == [("failed", NAME, FAST.most)], 20)

                async def told() -> bool:
                    return [(s.given_up, "hub mati" in s.why) for s in await stuck(db)] == [(True, True)]

                await until(told, 20)
            await leave(db)
            assert queue(database_url) == [("todo", NAME, 0)]
            (waiting,) = await stuck(db)
            assert not waiting.given_up

    asyncio.run(go())
