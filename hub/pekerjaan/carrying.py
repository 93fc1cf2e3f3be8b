"""Carrying what a node wrote to its province: a job, at most one that waits and one under way. What there is to carry stands in the outbox;
a job only says that somebody is to go. One that fails is tried again, ever more seldom, and never given up."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from hub.base.errors import HubError, ServiceNotReadyError
from hub.db.database import Database
from hub.pekerjaan.statements import leave_carrying
from hub.pekerjaan.stuck import reason

_log = structlog.get_logger("hub.pekerjaan")
QUEUE = "simpul"
TASK = "simpul_kirim"
FOR_EVER = 2**31 - 1  # attempts


@dataclass(frozen=True, slots=True)
class Carrying:
    """`deliver`: carries everything both ways, safe to repeat, raises HubError; `pending`: whether anything waits to be carried; None: nobody needs to
    go. Seconds:
    `pause`: after which somebody goes even so; `first`, `longest`: after a failure until the next attempt, and at most (twice as long
    each time, and by chance half as much again, so that nodes do not all come at once)."""

    node: str
    deliver: Callable[[], Awaitable[int]]
    pending: Callable[[], Awaitable[bool | None]]
    pause: float = 60.0
    first: float = 2.0
    longest: float = 900.0


class Backoff(BaseRetryStrategy):
    def __init__(self, carrying: Carrying) -> None:
        self._carrying = carrying

    def wait(self, attempts: int) -> float:
        """Seconds until it is tried again, after so many attempts."""
        c = self._carrying
        return float(min(c.first * 2.0 ** min(attempts - 1, 30), c.longest)) * random.uniform(1.0, 1.5)  # noqa: S311 - no secret

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        if not isinstance(exception, Exception):  # the hub stops, and the job has done nothing wrong
            return RetryDecision()
        return RetryDecision(retry_in={"milliseconds": int(self.wait(job.attempts + 1) * 1000)})


async def carry(carrying: Carrying, attempts: int) -> None:
    """The job itself. `attempts`: this one with those before."""
    try:
        await carrying.deliver()
    except HubError as error:
        _log.warning("kiriman ke provinsi gagal", simpul=carrying.node, percobaan=attempts, sebab=reason(error))
        raise
    except Exception as error:
        _log.error("kiriman ke provinsi gagal", simpul=carrying.node, percobaan=attempts, exc_info=error)
        raise


async def keep_carrying(db: Database, carrying: Carrying, look: float) -> None:
    """For ever: see that a job waits when there is something to carry, and every now and then. `look`: seconds between looks."""
    last = -carrying.pause
    while True:
        try:
            waits = await carrying.pending()
            if waits or (waits is not None and time.monotonic() - last >= carrying.pause):
                async with db.as_owner() as conn:
                    await leave_carrying(conn, QUEUE, TASK, f"{TASK}:{carrying.node}")
                last = time.monotonic()
        except ServiceNotReadyError:
            pass
        except Exception as error:  # a defect here must not leave what was written undelivered for good
            _log.error("kiriman ke provinsi tidak dapat disiapkan", exc_info=error)
        await asyncio.sleep(look)
