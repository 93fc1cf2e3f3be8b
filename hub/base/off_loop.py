"""Work that would hold up the event loop, done beside it. Few threads: every one that computes is one more that the loop waits
for when it wants the interpreter back."""

import asyncio
import gc
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from hub.base.errors import PlaceLimitError, QueueFullError
from hub.base.origin import Caller
from hub.base.places import Places, Shares

T = TypeVar("T")


class HungUpError(Exception):
    """The client has hung up; what waited for its turn was dropped."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose work it is. `gone`: done once the client has hung up; None where nobody notices."""

    caller: Caller
    gone: "asyncio.Future[None] | None" = None


ASKER: ContextVar[Asker | None] = ContextVar("asker", default=None)
"""For everything that is done for one request; None: the hub's own work."""


def let_in(caller: Caller, scope: Mapping[str, Any]) -> None:
    """From here on the work of this task is that caller's. `scope`: of its connection."""
    ASKER.set(Asker(caller, scope.get("hub.gone")))


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    official: bool  # somebody with a token waits for it
    done: "Future[Any]" = field(default_factory=Future)


class Desk:
    """So many pieces of work at a time; others wait their turn, those of token holders before the public's. `waiting`: how
    many may wait (None: as many as come); `shares`: how many pieces, under way or waiting, there may be of whom."""

    def __init__(self, name: str, threads: int, waiting: int | None = None, shares: Shares | None = None) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = None if waiting is None else threads + waiting
        self._places = None if shares is None else Places(shares)
        self._guard = threading.Lock()  # tests run several hubs, each with a loop of its own
        self._queue: tuple[deque[_Job], deque[_Job]] = deque(), deque()  # officers', the public's
        self._called = 0  # threads that were called and have not come for their piece yet
        self.count = 0  # pieces under way or waiting

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Raises QueueFullError where too many wait already, PlaceLimitError where this caller has too many here,
        HungUpError where it hangs up before its turn comes."""
        asker = ASKER.get()
        if self._most is not None and self.count >= self._most:
            raise QueueFullError(
                f"Hub sedang membaca {self.count} berkas lain; tunggu sebentar, lalu kirim lagi berkas ini."
            )
        if asker is None or self._places is None:
            return await self.go_on(work, *arguments)
        with self._guard:
            taken = self._places.take(asker.caller)
        if not taken:
            whose = "dengan token ini" if asker.caller.token else "tanpa token, dari alamat ini atau pada hub ini"
            raise PlaceLimitError(
                f"Terlalu banyak permintaan {whose} menunggu giliran dibaca; coba lagi beberapa detik kemudian."
            )
        job = self._put(work, arguments, asker)
        job.done.add_done_callback(lambda _: self._give_back(asker.caller))
        drop = partial(self._drop, job)
        if asker.gone is not None:
            asker.gone.add_done_callback(drop)
        try:
            result: T = await asyncio.wrap_future(job.done)
        except asyncio.CancelledError:
            if asker.gone is None or not asker.gone.done() or not job.done.cancelled() or _ended():
                raise
            raise HungUpError from None
        finally:
            drop()  # does nothing where it has begun
            if asker.gone is not None:
                asker.gone.remove_done_callback(drop)
        return result

    async def go_on(self, work: Callable[..., T], *arguments: Any) -> T:
        """The same in the middle of what somebody was let in for: never refused, and done also for who has hung up."""
        job = self._put(work, arguments, ASKER.get())
        try:
            result: T = await asyncio.wrap_future(job.done)
        finally:
            self._drop(job)
        return result

    def _put(self, work: Callable[..., Any], arguments: tuple[Any, ...], asker: Asker | None) -> _Job:
        job = _Job(partial(work, *arguments), asker is None or bool(asker.caller.token))
        with self._guard:
            self.count += 1
            self._queue[not job.official].append(job)
            call = self._called < sum(map(len, self._queue))
            self._called += call
        if call:
            self._threads.submit(self._next)
        return job

    def _drop(self, job: _Job, _: object = None) -> None:
        with self._guard:
            if job not in self._queue[not job.official]:
                return
            self._queue[not job.official].remove(job)
            self.count -= 1
        job.done.cancel()

    def _next(self) -> None:
        """In a thread: the piece whose turn it is."""
        with self._guard:
            self._called -= 1
            queue = self._queue[0] or self._queue[1]
            if not queue:
                return  # it was dropped
            job = queue.popleft()
        started = job.done.set_running_or_notify_cancel()
        result, error = None, None
        try:
            if started:
                result = _undisturbing(job.work)
        except BaseException as e:
            error = e
        with self._guard:
            self.count -= 1
        if error is not None:
            job.done.set_exception(error)
        elif started:
            job.done.set_result(result)

    def _give_back(self, caller: Caller) -> None:
        with self._guard:
            assert self._places is not None
            self._places.give_back(caller)


def _ended() -> bool:
    """Whether it is the task at hand that was cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


_USUAL, _NEVER = gc.get_threshold()[2], 1_000_000
_under_way = 0
_guard = threading.Lock()


def _undisturbing(work: Callable[..., T], *arguments: Any) -> T:
    with no_full_collection():
        return work(*arguments)


@contextmanager
def no_full_collection() -> Iterator[None]:
    """While rows are made by the ten thousand, what is garbage is looked for among the new only: going through all of them
    again and again would stop everybody for as long as a second each time."""
    global _under_way
    with _guard:
        _under_way += 1
        gc.set_threshold(*gc.get_threshold()[:2], _NEVER)
    try:
        yield
    finally:
        with _guard:
            _under_way -= 1
            if not _under_way:
                gc.set_threshold(*gc.get_threshold()[:2], _USUAL)


FILES = Desk("files", threads=2, waiting=8)  # each waits for a process that opens one
_FEW = 100  # rows or cells: some milliseconds
_SHARES = Shares(total=300, public=200, per_token=100, per_address=100)
BULK = Desk("bulk", threads=2, shares=_SHARES)  # large inputs read, made and checked
LEARNING = Desk("documents", threads=1, shares=_SHARES)  # documents that are long, or were not met before


async def let_go(size: int, *holders: list[Any]) -> None:
    """Empty lists that hold the last of what is not needed any more: taking so much apart takes its time, too."""
    await off_loop(size, _empty, holders)


def _empty(holders: Iterable[list[Any]]) -> None:
    for holder in holders:
        while holder:
            del holder[-_FEW:]  # the interpreter is handed on between two pieces, not within one


async def off_loop(size: int, work: Callable[..., T], *arguments: Any) -> T:
    """What `work` returns; others are served meanwhile. `size`: of how many pieces it is; few are done at once, sooner than
    behind others'. In the middle of what somebody was let in for: it is not refused."""
    return work(*arguments) if size <= _FEW else await BULK.go_on(work, *arguments)
