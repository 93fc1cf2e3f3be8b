"""Procrastinate on the hub's own connections: no pool beside ours, nothing written without a claim, and a database that is away
for a while ends no worker."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
from procrastinate import PsycopgConnector, exceptions, utils
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager, NotificationCallback
from psycopg.rows import DictRow, dict_row

from hub.base.errors import ServiceNotReadyError
from hub.db.claims import HubConnection
from hub.db.database import Database
from hub.pekerjaan.statements import CLOCK, TAKE_SCHEMA

_PAUSE = 1.0  # seconds until a database that did not answer is asked again


class HubConnector(PsycopgConnector):
    """Each of its statements is a transaction of the hub itself. It is open as long as `db` is, and needs no opening.

    Raises ServiceNotReadyError when the database does not answer, and what procrastinate makes of the rest."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    @asynccontextmanager
    async def _get_cursor(
        self, connection: "psycopg.AsyncConnection[Any] | None" = None
    ) -> AsyncIterator[psycopg.AsyncCursor[DictRow]]:
        if connection is not None:
            raise NotImplementedError  # jobs are left by hub_tunda_total, in the transaction of whoever leaves them
        async with self._db.as_owner() as conn:
            await conn.execute(TAKE_SCHEMA)
            async with conn.cursor(row_factory=dict_row) as cursor:
                yield cursor

    @asynccontextmanager
    async def _get_standalone_connection(self) -> AsyncIterator[HubConnection]:
        """To hear of new jobs, which takes no right at all."""
        async with self._db.listening("hub_pekerjaan") as conn:
            yield conn


class HubJobs(JobManager):
    """Procrastinate's, except where an error would leave a worker half alive or a job running for ever:

    - it watches heartbeat and listener only until the first of its side tasks ends, which without periodic jobs is at once; so
      neither may end.
    - what became of a job is told until the database has heard it, else the job would count as running as long as we live.
    - a job that is told of while the worker looks for one is looked for; it would forget what it heard until then.
    - when a job is tried again is said by the database's clock, which is asked what is due; ours may differ.
    - a job that failed makes way for a newer one of its kind: two cannot wait, and the newer does all that the older had to do.
    """

    def __init__(self, connector: HubConnector) -> None:
        super().__init__(connector)
        self._heard = 0  # jobs that were told of

    async def update_heartbeat(self, worker_id: int) -> None:
        await _insist(lambda: super(HubJobs, self).update_heartbeat(worker_id))

    async def listen_for_jobs(self, *, on_notification: NotificationCallback, **rest: Any) -> None:
        async def heard(**news: Any) -> None:
            self._heard += 1
            await on_notification(**news)

        while True:
            try:
                await super().listen_for_jobs(on_notification=heard, **rest)
            except (exceptions.ConnectorException, psycopg.Error):
                await asyncio.sleep(_PAUSE)  # meanwhile the worker looks by itself now and then

    async def fetch_job(self, queues: Any, worker_id: int) -> Job | None:
        while True:
            heard = self._heard
            try:
                job = await super().fetch_job(queues, worker_id)
            except (ServiceNotReadyError, exceptions.UniqueViolation):  # or another took its like in this very moment
                return None
            if job is not None or heard == self._heard:
                return job

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await _insist(lambda: super(HubJobs, self).finish_job(job, status, delete_job))

    async def retry_job(self, job: Job, retry_at: datetime | None = None, *rest: Any, **named: Any) -> None:
        wait = max(retry_at - utils.utcnow(), timedelta()) if retry_at is not None else timedelta()

        async def retry() -> None:
            clock = await self.connector.execute_query_one_async(CLOCK)  # by which it is decided what is due
            await super(HubJobs, self).retry_job(job, clock["now"] + wait, *rest, **named)

        try:
            await _insist(retry)
        except exceptions.UniqueViolation:
            await self.finish_job(job, Status.FAILED, delete_job=True)


async def _insist(call: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await call()
        except ServiceNotReadyError:
            await asyncio.sleep(_PAUSE)
