"""Tokens looked up many at a time: however many are tried at once, one statement is under way."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from hub.akses.statements import TokenRow

Find = Callable[[Iterable[bytes]], Awaitable[dict[bytes, TokenRow]]]


class TokenLookup:
    """`find`: the tokens with these hashes, by hash. `pause`: seconds for which more are gathered before it is called.

    What waits is bounded by the requests under way, and each brings one hash.
    """

    def __init__(self, find: Find, pause: float = 0) -> None:
        self._find = find
        self._pause = pause
        self._asked: dict[bytes, asyncio.Future[TokenRow | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def get(self, hash_: bytes) -> TokenRow | None:
        """Raises ServiceNotReadyError when the database does not answer."""
        answer = self._asked.setdefault(hash_, asyncio.get_running_loop().create_future())
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await asyncio.shield(answer)  # another may wait for the same

    async def _run(self) -> None:
        asked: dict[bytes, asyncio.Future[TokenRow | None]] = {}
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

    async def _answer(self, asked: dict[bytes, asyncio.Future[TokenRow | None]]) -> None:
        try:
            found = await self._find(asked)
        except Exception as error:
            for answer in asked.values():
                answer.set_exception(error)
                answer.exception()  # seen, also where nobody waits any more
        else:
            for hash_, answer in asked.items():
                answer.set_result(found.get(hash_))
