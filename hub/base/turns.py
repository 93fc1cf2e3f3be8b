"""Places that callers share and wait for, each a while."""

import asyncio

from hub.base.errors import PlaceLimitError
from hub.base.origin import Caller
from hub.base.places import Places, Shares


class Turns:
    """`places`: how many there are, of whom; `waiting`: callers that may wait, of whom; `seconds`: how long each; `full`: what it is
    told when none came free."""

    def __init__(self, places: Shares, waiting: Shares, seconds: float, full: str) -> None:
        self._places = Places(places)
        self._queue = Places(waiting)
        self._seconds = seconds
        self._full = full
        self._waiting: dict[asyncio.Future[None], None] = {}

    @property
    def taken(self) -> int:
        return self._places.taken

    async def enter(self, caller: Caller, amount: int = 1) -> None:
        """Wait for that many places. Raises PlaceLimitError when there are none in time."""
        if self._places.take(caller, amount):
            return
        if not self._queue.take(caller):
            raise PlaceLimitError(self._full)
        try:
            async with asyncio.timeout(self._seconds):
                while not self._places.take(caller, amount):
                    await self._turn()
        except TimeoutError:
            raise PlaceLimitError(self._full) from None
        finally:
            self._queue.give_back(caller)

    def enter_now(self, caller: Caller, amount: int = 1) -> None:
        """More of them, at once. Raises PlaceLimitError: who has some and waits for more would keep others from theirs."""
        if not self._places.take(caller, amount):
            raise PlaceLimitError(self._full)

    def leave(self, caller: Caller, amount: int = 1) -> None:
        self._places.give_back(caller, amount)
        for turn in self._waiting:
            if not turn.done():
                turn.set_result(None)

    async def _turn(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[turn] = None
        try:
            await turn
        finally:
            del self._waiting[turn]
