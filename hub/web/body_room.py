"""Room for the bodies that are on their way in, so that what many send at once has a bound."""

import asyncio

from hub.base.errors import PlaceLimitError
from hub.base.origin import Caller
from hub.base.places import Places, Shares

SMALLEST = 64 * 2**10  # bytes that the smallest body counts: what is taken in before anybody asks for it
_QUEUE = Shares(total=64, public=32, per_token=8, per_address=8)  # requests that wait for room


class BodyRoom:
    """`largest`: bytes of the largest body. Four of them fit in; one in all of those who bring no token. `wait`: seconds that
    a request waits for room."""

    def __init__(self, largest: int, wait: float) -> None:
        largest = max(largest, SMALLEST)
        self.largest = largest
        self._places = Places(Shares(4 * largest, largest, 2 * largest, max(largest // 2, SMALLEST)))
        self._queue = Places(_QUEUE)
        self._wait = wait
        self._waiting: dict[asyncio.Future[None], None] = {}

    @property
    def taken(self) -> int:
        """Bytes, as declared."""
        return self._places.taken

    async def enter(self, caller: Caller, size: int) -> None:
        """Wait for room of so many bytes. Raises PlaceLimitError when there is none in time."""
        if self._places.take(caller, size):
            return
        if not self._queue.take(caller):
            raise _full()
        try:
            async with asyncio.timeout(self._wait):
                while not self._places.take(caller, size):
                    await self._turn()
        except TimeoutError:
            raise _full() from None
        finally:
            self._queue.give_back(caller)

    def grow(self, caller: Caller, size: int) -> None:
        """Room for more, at once. Raises PlaceLimitError: who has some and waits for more would keep others from theirs."""
        if not self._places.take(caller, size):
            raise _full()

    def leave(self, caller: Caller, size: int) -> None:
        self._places.give_back(caller, size)
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


def _full() -> PlaceLimitError:
    return PlaceLimitError(
        "Hub sedang menerima terlalu banyak kiriman besar sekaligus; kirim lagi beberapa detik kemudian, satu demi satu."
    )


class Body:
    """The room that one request takes. Chunked bodies say no size; theirs grows as they come."""

    def __init__(self, room: BodyRoom, caller: Caller, declared: int | None) -> None:
        self._room = room
        self._caller = caller
        self._declared = declared
        self._held = 0
        self._came = 0
        self._released = False

    async def admit(self) -> None:
        """Before the first byte is read."""
        if not self._held and not self._released:
            size = min(max(self._declared or 0, SMALLEST), self._room.largest)  # more is refused by who reads it
            await self._room.enter(self._caller, size)
            self._held = size

    def came(self, size: int) -> None:
        self._came += size
        if self._held and self._held < min(self._came, self._room.largest):
            more = min(max(self._came - self._held, SMALLEST), self._room.largest - self._held)
            self._room.grow(self._caller, more)
            self._held += more

    def release(self) -> None:
        """Its bytes are used, or nobody will ask for them any more."""
        self._released = True
        if self._held:
            self._room.leave(self._caller, self._held)
        self._held = 0
