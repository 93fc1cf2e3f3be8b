"""Tokens and codes looked up many at a time: however many are tried at once, one statement is under way."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class BatchedLookup(Generic[Key, Found]):
    """`find`: what there is under these keys, by key. `pause`: seconds for which more are gathered before it is called.

    What waits is bounded by the requests under way, and each brings one key.
    """

    def __init__(self, find: Callable[[Iterable[Key]], Awaitable[dict[Key, Found]]], pause: float = 0) -> None:
        self._find = find
        self._pause = pause
        self._asked: dict[Key, asyncio.Future[Found | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def get(self, key: Key) -> Found | None:
        """Raises ServiceNotReadyError when the database does not answer."""
        answer = self._asked.setdefault(key, asyncio.get_running_loop().create_future())
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await asyncio.shield(answer)  # another may wait for the same

    async def _run(self) -> None:
        asked: dict[Key, asyncio.Future[Found | None]] = {}
        try:
            while self._asked:
                await asyncio.sleep(self._pause)
                asked, self._asked = self._asked, {}
                await self._answer(asked)
        finally:
            self._task = None
            for answer in (*asked.values(), *self._asked.values()):
                answer.cancel()  # only when the hub stops; one that has its answer keeps it
            self._asked.clear()

    async def _answer(self, asked: dict[Key, asyncio.Future[Found | None]]) -> None:
        try:
            found = await self._find(asked)
        except Exception as error:
            for answer in asked.values():
                answer.set_exception(error)
                answer.exception()  # seen, also where nobody waits any more
        else:
            for key, answer in asked.items():
                answer.set_result(found.get(key))
