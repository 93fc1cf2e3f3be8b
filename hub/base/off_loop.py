"""Work that would hold up the event loop, done beside it. Few threads: every one that computes is one more that the loop waits
for when it wants the interpreter back."""

import asyncio
import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from hub.base.errors import AntreanPenuhError

T = TypeVar("T")


class Desk:
    """So many pieces of work at a time; others wait their turn, at most `waiting` of them (None: as many as come)."""

    def __init__(self, name: str, threads: int, waiting: int | None) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = None if waiting is None else threads + waiting
        self._count = 0

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Raises AntreanPenuhError where too many wait already."""
        if self._most is not None and self._count >= self._most:
            raise AntreanPenuhError(
                f"Hub sedang membaca {self._count} berkas lain; tunggu sebentar, lalu kirim lagi berkas ini."
            )
        self._count += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, _undisturbing, work, *arguments)
        finally:
            self._count -= 1


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
BULK = Desk("bulk", threads=2, waiting=None)  # large inputs read, made and checked: of those who send a token
LEARNING = Desk("documents", threads=1, waiting=None)  # documents that were not met before: anybody's


async def let_go(size: int, *holders: list[Any]) -> None:
    """Empty lists that hold the last of what is not needed any more: taking so much apart takes its time, too."""
    await off_loop(size, _empty, holders)


def _empty(holders: Iterable[list[Any]]) -> None:
    for holder in holders:
        while holder:
            del holder[-_FEW:]  # the interpreter is handed on between two pieces, not within one


async def off_loop(size: int, work: Callable[..., T], *arguments: Any) -> T:
    """What `work` returns; others are served meanwhile. `size`: of how many pieces it is; few are done at once, sooner than
    behind others'."""
    return work(*arguments) if size <= _FEW else await BULK.run(work, *arguments)
