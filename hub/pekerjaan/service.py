"""The worker of one hub: does the jobs that wait, one at a time, beside what the hub serves.

Every hub that serves has one; whichever is first takes a job. A job may be done twice (its worker was only thought dead), so what
it calls must be safe to repeat. A defect in a job or here stops neither the worker nor the server.

Messages to another program wait in a queue of their own, and so does what a node carries to its province, so that a receiver who does not
answer holds up nothing else. Reminders are no jobs: each hub notes those of the day once it is time, which is safe to do as often as one likes.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.app import WorkerOptions
from procrastinate.jobs import DeleteJobCondition, Job
from psycopg.errors import UniqueViolation

from hub.base.errors import HubError, ServiceNotReadyError
from hub.db.database import Database
from hub.pekerjaan import carrying as carriage
from hub.pekerjaan.carrying import Backoff, Carrying, keep_carrying
from hub.pekerjaan.daily import Reminding, remind_daily
from hub.pekerjaan.hourly import Telling, tell_hourly
from hub.pekerjaan.queue import HubConnector, HubJobs
from hub.pekerjaan.statements import LostJob, take_up_lost
from hub.pekerjaan.stuck import note_failure, note_success, reason, stuck
from hub.pekerjaan.webhook import QUEUE, News, deliver, messages, note_reason, note_text, set_active
from hub.pekerjaan.webhook_sender import MOST, Webhook

_log = structlog.get_logger("hub.pekerjaan")
# what jobs and workers meet is logged by us, once; its own lines would reach stderr as they are
logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)

ReleaseTotals = Callable[[Database, str, str, str], Awaitable[None]]
"""Makes the released totals anew of a province (its code), form (its code) and period (as text). Safe to repeat."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, but for `most`. `poll`: between looks at what waits, beside what is heard; `heartbeat`: between signs of life;
    `silent`: after which a worker counts as dead; `grace`: that a job gets to end when the hub stops; `first`, `longest`: wait
    after a job's first failure, and at most (three times as long each time). `most`: times that a job is begun in all. `look`: between
    looks whether it is time for the day's reminders."""

    poll: float = 1.0
    heartbeat: float = 3.0
    silent: float = 10.0
    grace: float = 5.0
    first: float = 1.0
    longest: float = 300.0
    most: int = 12
    look: float = 60.0


@dataclass(frozen=True, slots=True)
class Outside:
    """Another program that is told what happens, and what it is told."""

    webhook: Webhook
    news: News


@dataclass(frozen=True, slots=True)
class Work:
    """What a hub's worker does, and how often it looks. `reminding` None: it notes no reminders; `outside` None: it tells nobody;
    `carrying` None: it carries nothing to a province; `telling` None: it tells nothing of itself."""

    release_totals: ReleaseTotals
    timing: Timing = field(default_factory=Timing)
    reminding: Reminding | None = None
    outside: Outside | None = None
    carrying: Carrying | None = None
    telling: Telling | None = None


class _GrowingWait(BaseRetryStrategy):
    def __init__(self, timing: Timing | Webhook) -> None:
        self._timing = timing

    def wait(self, attempts: int) -> float | None:
        """Seconds until it is tried again, after so many attempts; None: not any more."""
        if attempts >= self._timing.most:
            return None
        return float(min(self._timing.first * 3.0 ** min(attempts - 1, 30), self._timing.longest))

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, Exception):  # the hub stops, and the job has done nothing wrong
            return RetryDecision()
        seconds = self.wait(job.attempts + 1)
        return None if seconds is None else RetryDecision(retry_in={"milliseconds": int(seconds * 1000)})


class JobWorker:
    """`db` must be open while it works."""

    def __init__(self, db: Database, work: Work) -> None:
        self._db = db
        self._release_totals = work.release_totals
        self._timing = work.timing
        self._retry = _GrowingWait(work.timing)
        connector = HubConnector(db)
        self._app = App(connector=connector)
        self._app.job_manager = HubJobs(connector=connector)
        self._app.task(name="rilis_total", pass_context=True, retry=self._retry)(self._release)
        self._reminding = work.reminding
        self._outside = work.outside
        self._most_messages = MOST if work.outside is None else work.outside.webhook.most
        if work.outside is not None:
            self._resend = _GrowingWait(work.outside.webhook)
            self._app.task(name="webhook", pass_context=True, retry=self._resend)(self._tell)
        self._carrying, self._telling = work.carrying, work.telling
        if work.carrying is not None:
            self._app.task(name=carriage.TASK, pass_context=True, retry=Backoff(work.carrying))(self._carry)
        self._tasks: list[asyncio.Task[None]] = []

    async def prepare(self) -> None:
        """Before anything is served: what happens from then on leaves a message, where somebody is to be told. A database that is away
        hears of it as soon as it is back."""
        with suppress(ServiceNotReadyError):
            await set_active(self._db, self._outside is not None)

    def start(self) -> None:
        """Begin to work, without waiting for anything."""
        work = [self._work(self._options()), self._look_after_the_lost(), self._say_whether_messages_are_left()]
        if self._outside is not None:
            work.append(self._work(self._message_options(self._outside.webhook)))
        if self._carrying is not None:
            work.append(self._work(self._carrying_options()))
            work.append(keep_carrying(self._db, self._carrying, self._timing.poll))
        if self._reminding is not None:
            work.append(remind_daily(self._db, self._reminding, self._timing.look))
        if self._telling is not None:
            work.append(tell_hourly(self._telling, self._timing.look))
        self._tasks = [asyncio.create_task(w) for w in work]

    async def stop(self) -> None:
        """Let the job under way end, for as long as `grace` says; one that does not waits for another hub, or for the next
        start of this one. Takes a moment longer at most, even where the database is away."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=self._timing.grace + 1)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def run_waiting(self) -> None:
        """Do every job that waits and is due, then return. Raises what the database raises, but not what a job raises."""
        once = WorkerOptions(wait=False, listen_notify=False)
        await self._app.run_worker_async(**(self._options() | once))
        if self._outside is not None:
            await self._app.run_worker_async(**(self._message_options(self._outside.webhook) | once))
        if self._carrying is not None:
            await self._app.run_worker_async(**(self._carrying_options() | once))

    def _options(self) -> WorkerOptions:
        t = self._timing
        return WorkerOptions(
            queues=["default"], concurrency=1, fetch_job_polling_interval=t.poll, abort_job_polling_interval=60.0, shutdown_graceful_timeout=t.grace,
            delete_jobs=DeleteJobCondition.SUCCESSFUL, install_signal_handlers=False, update_heartbeat_interval=t.heartbeat,
            stalled_worker_timeout=t.silent,
        )  # fmt: skip

    def _message_options(self, webhook: Webhook) -> WorkerOptions:
        """Looks only, and does not listen: a connection of its own would be much for a second."""
        return self._options() | WorkerOptions(queues=[QUEUE], concurrency=webhook.at_once, listen_notify=False)

    def _carrying_options(self) -> WorkerOptions:
        """One at a time, looked for and not heard of."""
        return self._options() | WorkerOptions(queues=[carriage.QUEUE], listen_notify=False)

    async def _say_whether_messages_are_left(self) -> None:
        """As this hub has it: it is the last that began to serve."""
        while True:
            try:
                return await set_active(self._db, self._outside is not None)
            except ServiceNotReadyError:
                await asyncio.sleep(self._timing.poll)

    async def _work(self, options: WorkerOptions) -> None:
        while True:
            try:
                await self._app.run_worker_async(**options)
                _log.error("pekerja latar berhenti sendiri", mulai_lagi_detik=self._timing.poll)
            except ServiceNotReadyError as error:
                _log.warning("pekerja latar menunggu basis data", sebab=error.message)
            except Exception as error:  # a defect here must not leave totals undone for good
                _log.error("pekerja latar gagal", exc_info=error)
            await asyncio.sleep(self._timing.poll)

    async def _look_after_the_lost(self) -> None:
        with suppress(ServiceNotReadyError):
            for s in await stuck(self._db):
                if s.given_up:
                    _tell_given_up((s.provinsi, s.formulir, s.periode), s.why)
            if given_up := (await messages(self._db, 1)).given_up:
                _log.error("kabar tidak dikirim lagi", banyaknya=given_up, perintah="hub webhook status")
        while True:
            try:
                async with self._db.as_owner() as conn:
                    lost = await take_up_lost(
                        conn,
                        self._timing.silent,
                        self._timing.most,
                        {"webhook": self._most_messages, carriage.TASK: carriage.FOR_EVER},
                    )
                for job in lost:
                    await self._tell_lost(job)
            except (ServiceNotReadyError, UniqueViolation):
                pass
            except Exception as error:
                _log.error("pekerjaan yang ditinggal tidak dapat dicari", exc_info=error)
            await asyncio.sleep(self._timing.silent / 5)

    async def _tell_lost(self, job: LostJob) -> None:
        tell = _log.warning if job.again else _log.error
        tell("pekerjaan ditinggal pekerjanya", nomor=job.id, isi=job.args, diulang=job.again)
        if job.again:
            return
        if job.task == "webhook":
            await note_text(self._db, job.id, f"hub mati selagi mengirimnya, {self._most_messages} kali dimulai")
            return
        args = json.loads(job.args)
        key = args["provinsi"], args["formulir"], args["periode"]
        await self._note(key, f"hub mati selagi mengerjakannya, {self._timing.most} kali dimulai")

    async def _carry(self, context: JobContext, /) -> None:
        assert self._carrying is not None
        await carriage.carry(self._carrying, context.job.attempts + 1)

    async def _tell(self, context: JobContext, /, **args: Any) -> None:
        """One message. `args`: as it was left, and what became of it before."""
        assert self._outside is not None
        try:
            await deliver(self._db, self._outside.webhook, self._outside.news, args)
        except Exception as error:
            attempts = context.job.attempts + 1
            wait = self._resend.wait(attempts)
            tell = _log.error if wait is None or not isinstance(error, HubError) else _log.warning
            tell(
                "kabar belum terkirim", id=args["id"], percobaan=attempts, coba_lagi_detik=wait, sebab=reason(error),
                exc_info=None if isinstance(error, HubError) else error,
            )  # fmt: skip
            assert context.job.id is not None
            await note_reason(self._db, context.job.id, error)
            raise

    async def _release(self, context: JobContext, *, provinsi: str, formulir: str, periode: str) -> None:
        try:
            await self._release_totals(self._db, provinsi, formulir, periode)
        except Exception as error:
            attempts = context.job.attempts + 1
            _log.error(
                "total rilis gagal dibuat", provinsi=provinsi, formulir=formulir, periode=periode, percobaan=attempts,
                coba_lagi_detik=self._retry.wait(attempts), exc_info=error,
            )  # fmt: skip
            await self._note((provinsi, formulir, periode), reason(error), given_up=self._retry.wait(attempts) is None)
            raise
        with suppress(
            ServiceNotReadyError
        ):  # then it is told as tried again until the next success, and was made all the same
            await note_success(self._db, (provinsi, formulir, periode))

    async def _note(self, key: tuple[str, str, str], why: str, *, given_up: bool = True) -> None:
        with suppress(ServiceNotReadyError):
            await note_failure(self._db, key, why)
        if given_up:
            _tell_given_up(key, why)


def _tell_given_up(key: tuple[str, str, str], why: str) -> None:
    provinsi, formulir, periode = key
    _log.error(
        "total rilis tidak dicoba lagi", provinsi=provinsi, formulir=formulir, periode=periode, sebab=why,
        perintah=f"hub rilis bersama {provinsi}",
    )  # fmt: skip
