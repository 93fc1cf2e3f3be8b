"""An approval leaves one job, in its own transaction; who may not approve leaves none and sees none."""

import asyncio

import psycopg
import pytest

from hub.base.actor import Actor, Role
from hub.db.claims import ROLES
from hub.db.database import Database
from hub.db.private_cluster import login_url
from tests.db.roles import take_role
from tests.pekerjaan.jobs import FAST, KEY, leave, opened, queue, until, working
from tests.waiting_jobs import run_jobs

PROVINCE = Actor(Role.PROVINSI, "53", "provinsi")
_LEAVE = "SELECT hub_tunda_total(%s, %s, %s)"
_WAITING = ("todo", "rilis_total:53:F05:2024", 0)


class _Seen:
    """A release that keeps what it was called with."""

    def __init__(self) -> None:
        self.keys: list[tuple[str, str, str]] = []

    async def __call__(self, db: Database, provinsi: str, formulir: str, periode: str) -> None:
        self.keys.append((provinsi, formulir, periode))


def test_a_job_is_there_when_the_transaction_commits_and_not_before(database_url: str) -> None:
    async def go() -> None:
        async with opened(database_url) as db:
            with pytest.raises(ZeroDivisionError):
                await _fail_after_leaving(db)
            assert queue(database_url) == []
            async with db.as_actor(PROVINCE) as conn:
                await conn.execute(_LEAVE, KEY)
                assert queue(database_url) == []
            assert queue(database_url) == [_WAITING]

    asyncio.run(go())


async def _fail_after_leaving(db: Database) -> None:
    async with db.as_actor(PROVINCE) as conn:
        await conn.execute(_LEAVE, KEY)
        raise ZeroDivisionError


def test_several_approvals_make_one_job_that_is_done_once(database_url: str) -> None:
    async def go() -> None:
        seen = _Seen()
        async with opened(database_url) as db:
            for _ in range(3):
                await leave(db)
            await leave(db, "53", "F05", "2025")
            assert [status for status, *_ in queue(database_url)] == ["todo", "todo"]
            assert await run_jobs(db, seen) == 2
            assert seen.keys == [KEY, ("53", "F05", "2025")]
            assert queue(database_url) == [], "what is done leaves nothing"
            assert await run_jobs(db, seen) == 0

    asyncio.run(go())


def test_a_job_under_way_swallows_no_new_one_and_the_two_never_run_at_once(database_url: str) -> None:
    async def go() -> None:
        running = most = done = 0
        release_now = asyncio.Event()

        async def slow(*_: object) -> None:
            nonlocal running, most, done
            running += 1
            most = max(most, running)
            await release_now.wait()
            running -= 1
            done += 1

        async with opened(database_url) as db, working(db, slow), working(db, slow):
            await leave(db)
            await until(lambda: running == 1, 2)
            await leave(db)
            await leave(db)
            assert [status for status, *_ in queue(database_url)] == ["doing", "todo"]
            await asyncio.sleep(4 * FAST.poll)  # the other worker has nothing to do, and yet may not
            assert running == 1
            release_now.set()
            await until(lambda: done == 2, 3)
            assert most == 1

    asyncio.run(go())


def test_a_waiting_job_is_not_begun_before_the_newest_approval_has_committed(database_url: str) -> None:
    """Begun before, it would not see that approval, which made none of its own."""

    async def go() -> None:
        seen = _Seen()
        async with opened(database_url) as db:
            await leave(db)
            async with db.as_actor(PROVINCE) as conn:
                await conn.execute(_LEAVE, KEY)
                assert await run_jobs(db, seen) == 0
            assert await run_jobs(db, seen) == 1

    asyncio.run(go())


def test_a_province_leaves_jobs_of_its_own_only_and_others_none(database_url: str) -> None:
    with psycopg.connect(login_url(database_url), autocommit=False) as conn:
        for role, wilayah, allowed in (
            ("hub_provinsi", "53", True),
            ("hub_provinsi", "36", False),
            ("hub_admin", "", True),
            ("hub_sistem", "", True),
            ("hub_kabupaten", "53.14", False),
            ("hub_publik", "", False),
        ):
            take_role(conn, role, wilayah)
            if allowed:
                conn.execute(_LEAVE, KEY)
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    conn.execute(_LEAVE, KEY)
            conn.rollback()
        for role in ("hub_provinsi", "hub_admin", "hub_sistem"):
            conn.execute(f"SET LOCAL ROLE {role}")  # taken on without a claim
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(_LEAVE, KEY)
            conn.rollback()


_TABLES = (
    "SELECT c.oid::regclass::text FROM pg_class c WHERE relnamespace = 'procrastinate'::regnamespace AND relkind = 'r'"
)


def test_jobs_are_for_the_hubs_own_work_alone(database_url: str) -> None:
    with psycopg.connect(database_url) as owner:
        tables = [t for (t,) in owner.execute(_TABLES).fetchall()]
    assert len(tables) == 4
    with psycopg.connect(login_url(database_url)) as conn:
        for role in ROLES:
            for statement in (
                *(f"SELECT count(*) FROM {t}" for t in tables),
                *(f"DELETE FROM {t}" for t in tables),
                "SELECT procrastinate.procrastinate_register_worker_v1()",
                "SELECT NULL::procrastinate.procrastinate_job_status",
            ):
                take_role(conn, role, {"hub_kabupaten": "53.14", "hub_provinsi": "53"}.get(role, ""))
                if role == "hub_sistem":
                    conn.execute("SET LOCAL search_path = procrastinate")
                    conn.execute(statement)
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        conn.execute(statement)
                conn.rollback()
        for t in tables:
            conn.execute("SET LOCAL ROLE hub_sistem")  # without a claim even it writes nothing
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="klaim"):
                conn.execute(f"DELETE FROM {t}")
            conn.rollback()
