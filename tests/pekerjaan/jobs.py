"""What tests of jobs share: a database in Python's hands, approvals that leave a job, and a look at the queue."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.pekerjaan.service import JobWorker, ReleaseTotals, Timing, Work

KEY = ("53", "F05", "2024")
FAST = Timing(poll=0.2, heartbeat=0.3, silent=1.5, grace=1.0, first=0.1, longest=0.5, most=4)
# status, key, attempts
QUEUE = "SELECT status::text, queueing_lock, attempts FROM procrastinate.procrastinate_jobs ORDER BY id"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database as a hub has it. `url`: as its owner."""
    db = Database(login_url(url), 4)
    await db.open()
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def working(db: Database, release: ReleaseTotals, timing: Timing = FAST) -> AsyncIterator[JobWorker]:
    """A worker, as long as it is asked."""
    worker = JobWorker(db, Work(release, timing))
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def leave(db: Database, *key: str) -> None:
    """Leave a job in a transaction of the hub's own."""
    async with db.as_owner() as conn:
        await conn.execute("SELECT hub_tunda_total(%s, %s, %s)", key or KEY)


def queue(url: str) -> list[tuple[str, str, int]]:
    """The jobs there are: state, key, times they were begun and not ended. `url`: as the owner."""
    with psycopg.connect(url) as conn:
        return conn.execute(QUEUE).fetchall()


async def until(condition: Callable[[], bool] | Callable[[], Awaitable[bool]], seconds: float) -> float:
    """Wait until it holds; how long that took. Raises AssertionError after so many seconds."""
    start = time.monotonic()
    while True:
        holds = condition()
        if holds if isinstance(holds, bool) else await holds:
            return time.monotonic() - start
        assert time.monotonic() - start < seconds, f"not within {seconds} s"
        await asyncio.sleep(0.02)
