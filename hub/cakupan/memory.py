"""What was worked out is kept while the version of the data it came from stands (see Berita.versi), and only then."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from cachetools import LRUCache

T = TypeVar("T")
_Tasks = LRUCache[Hashable, "asyncio.Task[Any]"]


class Memory:
    """`version_now`: the version now, None when nobody knows. At most `most` things are kept, the ones not asked for longest are forgotten
    first. What several ask for at once is made once."""

    def __init__(self, version_now: Callable[[], str | None], most: int) -> None:
        self._version_now = version_now
        self._most = most
        self._version: str | None = None
        self._tasks: _Tasks = LRUCache(most)

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """The thing of that key, made when nobody has it yet. Whatever `make` raises is not kept."""
        version = (
            self._version_now()
        )  # taken before anything is read: what changes meanwhile belongs to the next version
        if version is None:
            return await make()
        if version != self._version:
            self._version, self._tasks = version, LRUCache(self._most)
        tasks = self._tasks
        task = tasks.get(key)
        if task is None:
            task = asyncio.ensure_future(_run(make))
            tasks[key] = task
            task.add_done_callback(lambda t: _forget(tasks, key, t))
        # whoever gives up waiting does not take the answer away from the others
        return cast(T, await asyncio.shield(task))


async def _run(make: Callable[[], Awaitable[T]]) -> T:
    return await make()


def _forget(tasks: "_Tasks", key: Hashable, task: "asyncio.Task[Any]") -> None:
    failed = task.cancelled() or task.exception() is not None
    if failed and tasks.get(key) is task:
        del tasks[key]
