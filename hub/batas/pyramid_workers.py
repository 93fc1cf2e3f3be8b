"""Processes that do geometry beside this one, where there is enough of it. They end with this one, however it ends."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import Any, TypeVar

from hub.base.errors import SetupError

K = TypeVar("K")
T = TypeVar("T")
MOST_PROCESSES = 2  # each holds a kabupaten and its neighbours in memory, and the database wants a processor too


class Workers:
    """Runs functions of modules. `process_count`: processes; 0: none, the work is done here."""

    def __init__(self, process_count: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        if process_count > 0:
            # spawned: forking would copy this process' threads and connections in the middle of what they do
            self._pool = ProcessPoolExecutor(
                process_count, mp_context=get_context("spawn"), initializer=end_with_parent
            )
        self.process_count = max(1, process_count)

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Raises SetupError when a process dies, as it does where memory runs out."""
        if self._pool is None:
            return function(*arguments)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)
        except BrokenProcessPool:
            raise SetupError(
                "Proses yang menggambar peta dihentikan dari luar, biasanya karena memori habis; tidak ada yang berubah. "
                "Beri mesin ini lebih banyak memori, lalu ulangi."
            ) from None

    async def each(
        self, work: Iterable[tuple[K, Callable[..., T], Awaitable[tuple[Any, ...]]]]
    ) -> AsyncIterator[tuple[K, T]]:
        """Results of (key, function, its arguments) as they come, each with its key. No more is fetched ahead than keeps
        every process busy."""
        running: dict[asyncio.Task[T], K] = {}
        try:
            for key, function, arguments in work:
                running[asyncio.create_task(self.run(function, *await arguments))] = key
                while len(running) > self.process_count:
                    for finished in await _first(running):
                        yield running.pop(finished), finished.result()
            while running:
                for finished in await _first(running):
                    yield running.pop(finished), finished.result()
        finally:
            for unfinished in running:
                unfinished.cancel()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


async def _first(running: Iterable["asyncio.Task[T]"]) -> "set[asyncio.Task[T]]":
    return (await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED))[0]


def processes_for(pieces: int, threshold: int) -> int:
    """How many processes so many pieces of work are worth: none below `threshold`."""
    return min(MOST_PROCESSES, os.cpu_count() or 1) if pieces >= threshold else 0


def end_with_parent() -> None:
    """For a process of multiprocessing: a killed parent cannot tell its processes to stop; they watch for its end themselves."""
    parent = parent_process()
    assert parent is not None

    def watch(sentinel: int) -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
