"""Bytes of answers kept in memory, ready to be sent; and one maker for what many ask for at once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from hub.base.sized_cache import SizedCache

T = TypeVar("T")

_KEY = 100  # bytes that the key of one takes, about


@dataclass(frozen=True, slots=True)
class Kept:
    """`coding`: how the bytes are packed (Content-Encoding); None: they are not."""

    body: bytes
    coding: str | None


class ByteCache:
    """At most so many bytes, keys and records included; what was not asked for longest goes first. 0: nothing is kept."""

    def __init__(self, most: int) -> None:
        self._kept: SizedCache[Kept] = SizedCache(most, share=4)  # one giant must not push out everything else

    @property
    def size(self) -> int:
        return self._kept.size

    def get(self, key: Hashable) -> Kept | None:
        return self._kept.get(key)

    def put(self, key: Hashable, kept: Kept) -> None:
        self._kept.put(key, kept, len(kept.body) + _KEY)

    def __len__(self) -> int:
        return len(self._kept)


class SingleFlight:
    """Whoever asks for what is already being made waits for that."""

    def __init__(self) -> None:
        self._in_flight: dict[Hashable, asyncio.Task[Any]] = {}

    async def run(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` gives; it runs once for all who ask meanwhile, and what it raises all of them get."""
        task = self._in_flight.get(key)
        if task is None:
            task = asyncio.ensure_future(_run(make))
            self._in_flight[key] = task
            task.add_done_callback(lambda t: self._done(key, t))
        # whoever gives up waiting does not take the answer away from the others
        return cast(T, await asyncio.shield(task))

    def _done(self, key: Hashable, task: "asyncio.Task[Any]") -> None:
        self._in_flight.pop(key, None)
        if not task.cancelled():
            task.exception()  # if all have gone, nobody looks at it: that is no defect


async def _run(make: Callable[[], Awaitable[T]]) -> T:
    return await make()
